"""Rows of all tables -> persons: one for each Wikidata id, name within a country, or seat taken by the same surname at the same time."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from backchannel.register.names import DYNASTIES, FAMILY_FIRST, first_last, fold, skeleton, surnames
from backchannel.register.offices import SINGLE_POSTS
from training.register.row import Row, days


@dataclass
class Person:
    """One person with every spelling the tables give."""

    id: str
    name: str
    countries: set[str] = field(default_factory=set)
    names: dict[str, None] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)


class People:
    """Persons found so far; ``file`` merges a row's person with one of them or adds a new one."""

    def __init__(self) -> None:
        self.all: dict[str, Person] = {}
        self.by_q: dict[str, Person] = {}
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        self.by_seat: dict[tuple[str, str], list[tuple[int, Person]]] = defaultdict(list)

    def file(self, row: Row) -> None:
        """Give the row its person."""
        person = self.by_q.get(row.q) if row.q else None
        person = person or self._same_name(row) or self._same_seat(row)
        if person is None:
            person = self._new(row)
        if row.q:
            self.by_q.setdefault(row.q, person)
        person.countries.add(row.of)
        for name in (row.name, *row.aliases):
            if name not in person.names:
                person.names[name] = None
                for key in {fold(name), first_last(name), "~" + skeleton(first_last(name))}:
                    if person not in self.by_name[key]:
                        self.by_name[key].append(person)
        row.person = person.id
        person.rows.append(row)
        if row.post in SINGLE_POSTS:
            self.by_seat[row.of, row.post].append((days(row.start), person))

    def given(self, least: int) -> set[str]:
        """First names that so many persons have."""
        names = Counter(fold(p.name).split()[0] for p in self.all.values() if " " in p.name)
        return {name for name, n in names.items() if n >= least}

    def _new(self, row: Row) -> Person:
        slug = re.sub(r"[^a-z0-9]+", "-", fold(row.name)).strip("-")
        key = row.q or f"p:{slug}-{re.sub(r'[^a-z]+', '-', row.of.lower())}"
        while key in self.all:
            key += "x"
        self.all[key] = Person(key, row.name)
        return self.all[key]

    def _same_name(self, row: Row) -> Person | None:
        """One person with this name in the same country, or of the very same name when one side is an international post."""
        for name in (row.name, *row.aliases):
            if len(name.split()) < 2 and row.source != "supplement":
                continue
            for key in (fold(name), first_last(name), "~" + skeleton(first_last(name))):
                same = [p for p in self.by_name.get(key, ()) if self._may_be(p, row) and not (row.q and p.id.startswith("Q"))]
                if len(same) == 1:
                    return same[0]
                if same:
                    break
        return None

    def _may_be(self, person: Person, row: Row) -> bool:
        near = any(abs(days(r.start) - days(row.start)) < 45 * 366 for r in person.rows)
        same_place = row.of in person.countries
        written = "supplement" in (row.source, *(r.source for r in person.rows))
        post_abroad = written and (len(row.of) != 3 or any(len(c) != 3 for c in person.countries)) and fold(row.name) in map(fold, person.names)
        return near and (same_place or post_abroad) and not any(_other_initial(n, row.name) for n in person.names)

    def _same_seat(self, row: Row) -> Person | None:
        """The same seat taken within two months by somebody of the same surname, or with all the words of one name in the other, is the same person."""
        if row.post not in SINGLE_POSTS:
            return None
        mine = {skeleton(s) for s in surnames(row.name, row.of)} | {skeleton(row.name.split()[-1])}
        common = row.of in FAMILY_FIRST or fold(row.name).split()[-1] in DYNASTIES
        for day, person in self.by_seat.get((row.of, row.post), ()):
            if abs(day - days(row.start)) <= 62 and any(contains(n, row.name) for n in person.names):
                return person
            if common and not any(given(n) == given(row.name) for n in person.names):
                continue  # Lee after Lee, Al-Sabah after Al-Sabah: the surname tells nothing
            if abs(day - days(row.start)) <= 62 and any(mine & {skeleton(s) for s in (*surnames(n, row.of), n.split()[-1])} for n in person.names):
                return person
        return None


def _other_initial(a: str, b: str) -> bool:
    """Whether two names have other initials in their middle ("George W. Bush", "George H. W. Bush")."""
    one, other = (re.findall(r" ([A-Z])\.", n) for n in (a, b))
    return bool(one and other) and one[0] != other[0]


def contains(a: str, b: str) -> bool:
    """Whether one name has all the words of the other, two at least ("Abiy Ahmed", "Abiy Ahmed Ali")."""
    one, other = (set(skeleton(n).split()) for n in (a, b))
    return min(len(one), len(other)) > 1 and (one <= other or other <= one)


def given(name: str) -> str:
    """The first two sounds of the second word: what tells persons of one surname apart where the surname comes first."""
    return "".join(skeleton(w)[:2] for w in fold(name).split()[1:2])
