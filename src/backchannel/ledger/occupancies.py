"""Office claims of all reports -> dated occupancies with their sources, and what later reports may take from them.

One occupancy a person and office: from the beginning a report states, or the first report that calls the person so; until a report calls him
former. One report is a sighting and holds for a quarter; a stated beginning, or a second origin, makes it stand until it is contradicted
(docs/custom.md). The shipped tables are never edited: ``known`` is laid over them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from backchannel.ledger.facts import Fact, Profile
from backchannel.records import OfficeClaim, When
from backchannel.register import Occupancy, Register
from backchannel.register.additions import Additions, Ended, Named, Office
from backchannel.register.names import fold
from backchannel.register.offices import SINGLE_POSTS, post_of

SEEN_DAYS = 92  # how long after its last report an occupancy seen by one origin still holds: a quarter, as for the tables' sightings
SURE, SEEN = 0.8, 0.6  # confidence; register.holders lets only what is above 0.65 contradict a shipped row
DOUBTFUL = frozenset({"denies", "predicts", "questions", "speculates", "demands", "declines_to_comment"})  # stances that assert no occupancy


class Held(NamedTuple):
    """A person in an office as the ledger's reports tell it."""

    person: str  # register id, or ledger:NAME-COUNTRY
    name: str
    names: tuple[str, ...]
    office: str
    of: str
    post: str
    kind: str
    start: str
    end: str | None
    stated: bool  # whether a report states the beginning
    first_told: str
    last_told: str
    former_by: tuple[str, ...]  # origins that call the person former
    origins: tuple[str, ...]
    claims: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether it may contradict what is built in."""
        return self.stated or len(self.origins) > 1

    def contradicts(self, register: Register) -> Occupancy | None:
        """The row of a register (without the ledger) that lets somebody else hold the office when this one was first told to; null = none does."""
        if self.post not in SINGLE_POSTS or not self.origins:
            return None
        there = register.holder(self.office, self.of, max(self.start, self.first_told))
        return None if any(o.person == self.person for o in there) else next(iter(there), None)

    def source(self) -> str:
        """Whom it comes from, in words."""
        n = len(self.origins)
        return f"{n} origin{'s' if n != 1 else ''}, {self.first_told}" + (f" to {self.last_told}" if self.last_told != self.first_told else "")


def occupancies(facts: Iterable[Fact]) -> list[Held]:
    """All occupancies, by person, office and beginning."""
    told: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        key = _key(fact)
        if key:
            told[key].append(fact)
    return sorted(h for key, group in told.items() for h in [_held(key, group)] if h)


def known(facts: Iterable[Fact]) -> Additions:
    """What later reports may take from the ledger: new names, dated offices, and built-in terms that two origins call over."""
    found = _succeeded(occupancies(facts))
    named = {h.person: Named(id=h.person, name=h.name, kind="person", country=_iso(h.of), aliases=h.names) for h in found if h.origins}
    offices = tuple(
        Office(person=h.person, office=h.office, of=h.of, start=h.start, end=_until(h), source="ledger", confidence=SURE if h.sure else SEEN, note=h.source())
        for h in found
        if h.origins
    )
    ended = tuple(
        Ended(person=h.person, of=h.of, post=h.post, on=h.end, note=f"{len(h.former_by)} origins call it over")
        for h in found
        if h.end and len(h.former_by) > 1 and not h.person.startswith("ledger:")
    )
    return Additions(named=tuple(named.values()), offices=offices, ended=ended)


def _key(fact: Fact) -> tuple[str, str, str] | None:
    """(person, of, post) of an office claim that can be used: a full name, an office of somewhere, a dated report, and no doubt."""
    claim = fact.claim
    if not isinstance(claim, OfficeClaim) or not claim.of or not fact.filed.published[1] or any(s.stance in DOUBTFUL for s in fact.sources):
        return None
    person = next(iter(fact.parties("person")), None)
    if person is None or (not person.entity and len(person.words) < 2):
        return None
    return person_key(person, claim.of), claim.of, post_of(claim.office, claim.of)[0]


def person_key(person: Profile, of: str | None) -> str:
    """The register id of a person, else one made of the name and whose office it is: the same in every report."""
    if person.entity and not person.entity.startswith("ledger:"):
        return person.entity
    return f"ledger:{'-'.join(person.words)}-{re.sub(r'[^a-z]+', '-', fold(of or ''))}"


def _held(key: tuple[str, str, str], group: list[Fact]) -> Held | None:
    claims = [(f, f.claim) for f in group if isinstance(f.claim, OfficeClaim)]
    current = [(f, c) for f, c in claims if c.tense in ("current", "acting") or (c.tense == "incoming" and c.from_ and c.from_.start)]
    former = [f for f, c in claims if c.tense == "former"]
    if not current and not former:
        return None
    begins = sorted(filter(None, (_day(c.from_) for _, c in current if c.from_)))
    seen = sorted(_told(f) for f, _ in current)
    over = [f for f in former if not seen or _told(f) > seen[-1]]
    end = min((_told(f) for f in over), default=None)
    names = [p.name for f, _ in claims for p in f.parties("person")]
    name = max(dict.fromkeys(names), key=lambda n: (len(n.split()), names.count(n)))
    first = seen[0] if seen else min(map(_told, former))
    office = max((c for _, c in claims), key=lambda c: len(c.office)).office
    start = begins[0] if begins else first
    if end and end < start[: len(end)]:
        return None  # told out of order: nothing to rely on
    return Held(
        person=key[0], name=name, names=tuple(dict.fromkeys(n for n in names if n != name and len(n.split()) > 1)), office=office, of=key[1], post=key[2],
        kind=post_of(office, key[1])[1], start=start, end=end, stated=bool(begins), first_told=first, last_told=seen[-1] if seen else first,
        former_by=_origins(over), origins=_origins(f for f, _ in current), claims=tuple(sorted({f.id for f in group})),
    )  # fmt: skip


def _succeeded(found: list[Held]) -> list[Held]:
    """With the end of a term at the beginning of the next sure one, where an office has one holder."""
    out = []
    for held in found:
        later = [h.start for h in found if (h.of, h.post) == (held.of, held.post) and h.person != held.person and h.sure and h.start > held.start]
        cut = held.post in SINGLE_POSTS and later and (held.end is None or min(later) < held.end)
        out.append(held._replace(end=min(later)) if cut else held)
    return out


def _until(held: Held) -> str:
    """Until when it holds for later reports; empty = until contradicted."""
    if held.end or held.sure:
        return held.end or ""
    return f"{date.fromisoformat(held.last_told) + timedelta(days=SEEN_DAYS)}"


def _origins(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(sorted({f.filed.report.publisher or f.filed.report.id for f in facts}))


def _told(fact: Fact) -> str:
    return fact.filed.published[1] or ""


def _day(when: When | None) -> str | None:
    """A stated beginning as exactly as it is stated: day, month or year; of "since 2023" its start."""
    if when is None or not when.start:
        return None
    return when.start[: {"day": 10, "instant": 10, "week": 7, "month": 7}.get(when.precision or "", 10 if when.precision == "open" and not when.end else 4)]


def _iso(of: str) -> str | None:
    return of if re.fullmatch("[A-Z]{3}", of) else None
