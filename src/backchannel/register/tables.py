"""data/*.csv -> the look-up tables of the register: what each name, word and office stands for, with what is laid over them (``plus``).

Persons are read when first asked for: most commands need countries and organisations only. Rows are kept as the files have them, for speed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Self, TypeVar, cast

from backchannel.collecting import no_collecting
from backchannel.records import ActorKind, Precision
from backchannel.register.additions import Office, Word
from backchannel.register.model import CountryWord, CountryWordKind, Entity, NounClass, Occupancy, at_or_after
from backchannel.register.names import FAMILY_FIRST, GENERATIONS, WORDS, fold, skeleton
from backchannel.register.sectors import SECTOR_WORDS

K = TypeVar("K")
V = TypeVar("V")
FAMOUS = frozenset({"head_of_state", "head_of_government", "foreign"})  # kinds whose holders a report may call by surname alone
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_COMMANDS = re.compile(r"\bcommander\b")  # of an alliance: a soldier of his own country
_COLLECTIVE = WORDS["collective"]
_BODIES = frozenset(("office", "government", "ministry", "party", "ngo", "company", "media", "other"))  # kinds that a longer noun has from its last word
CALLED_YEARS = 10  # years after which nobody is called by an office he held ("Secretary Panetta")


def _gathered(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """The values of each key, in order."""
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        if key in found:
            found[key].append(value)
        else:
            found[key] = [value]
    return found


class Tables:
    """The tables, frozen once made."""

    def __init__(self, *, data: Path | None = None) -> None:
        self._data = data  # another build of the tables, for measuring
        self._country_words: dict[str, CountryWord] = {}
        self._adjectives: dict[str, str] = {}
        self._organisations: dict[str, list[str]] = {}
        self._entities: dict[str, Entity] = {}
        self._forms: dict[str, set[str]] = {}  # the spellings of short keys, whose case matters
        self._custom_names: dict[str, list[str]] = {}
        self._own_offices: tuple[Office, ...] = ()  # of additions: titles of theirs may be new
        self._read_as: dict[tuple[Word, ...], Self] = {}
        with no_collecting():
            self._load_countries()
            self._load_organisations()
        self._bodies = {fold(row[0]): (cast(ActorKind, row[1]), row[2]) for row in self._read("bodies.csv")}

    # ------------------------------------------------------------------ an entity by its id
    def entity(self, id: str) -> Entity | None:
        """The entity with this id (a Wikidata Q id, ``state:RUS``, ``org:nato``, ``p:steve-witkoff-usa``), or null."""
        return self._entities.get(id) or self._person(id)

    def adjective(self, country: str) -> str | None:
        """What is of a country is called so ("Egyptian"); null where the tables have only a noun ("New Zealander")."""
        adjective = "U.S." if country == "USA" else self._adjectives.get(country, "")
        return adjective if adjective and not adjective.endswith("er") else None

    def sector_on(self, entity: Entity, on: str | None) -> tuple[str, ...]:
        """PLOVER sectors of what the entity is on the date, else of all it has been."""
        rows = [r for r in self._rows.get(entity.id, ()) if on is None or (at_or_after(on, r[5]) and (not r[6] or at_or_after(r[6], on)))]
        return self._sector(rows) if rows else entity.sector

    def _sector(self, rows: Sequence[list[str]]) -> tuple[str, ...]:
        """PLOVER sectors of the most senior of the offices."""
        order = {"head_of_state": 0, "head_of_government": 0, "foreign": 1, "defence": 1, "legislature": 3, "other": 4}
        if not rows:
            return ()
        row = min(rows, key=lambda r: (order.get(r[2], 2), -int(r[5][:4] or 0)))
        party = self._organisations.get(fold(row[4]))
        if party and f"state:{row[4]}" not in self._entities and not (self._entities[party[0]].kind == "igo" and _COMMANDS.search(fold(row[1]))):
            return self._entities[party[0]].sector
        if row[2] == "legislature":
            return ("LEG",)
        office = fold(row[1])
        if row[2] == "spokesperson" and re.match(r"(defen[cs]e ministry|military|army)\b", office):
            return ("MIL",)
        return (next((s for p, s in SECTOR_WORDS if row[2] == "other" and p.search(office)), "GOV"),)

    # ------------------------------------------------------------------ persons, read when first needed
    @cached_property
    def _persons(self) -> dict[str, list[str]]:
        with no_collecting():
            return {row[0]: row for name in ("persons.csv", "persons.countryinfo.csv") for row in self._read(name)}

    @cached_property
    def _rows(self) -> dict[str, list[list[str]]]:
        with no_collecting():
            return _gathered((row[0], row) for row in [*self._read("occupancies.csv"), *self._read("occupancies.countryinfo.csv")])

    @cached_property
    def _seats(self) -> dict[tuple[str, str], list[list[str]]]:
        with no_collecting():
            return _gathered(((row[4], row[3]), row) for rows in self._rows.values() for row in rows)

    @cached_property
    def _seats_of(self) -> dict[str, list[list[str]]]:
        return _gathered((of, row) for (of, _), rows in self._seats.items() for row in rows)

    @cached_property
    def _person_names(self) -> dict[str, list[str]]:
        with no_collecting():
            return _gathered((key, row[0]) for row in self._persons.values() for key in row[5].split("|"))

    @cached_property
    def _skeletons(self) -> dict[str, list[str]]:
        return _gathered((row[7], row[0]) for row in self._persons.values())

    @cached_property
    def _surnames(self) -> dict[str, list[str]]:
        return _gathered((key, row[0]) for row in self._persons.values() if row[6] for key in row[6].split("|"))

    @cached_property
    def _families(self) -> dict[str, set[str]]:
        """Family name -> everybody who bears it, famous or not."""
        found: dict[str, set[str]] = {}
        for row in self._persons.values():
            for key in row[5].split("|"):
                found.setdefault(key.split(" ", 1)[0] if row[3] in FAMILY_FIRST else key.rsplit(" ", 1)[-1], set()).add(row[0])
        return found

    def titled(self, surname: str, office: str, on: str) -> Entity | None:
        """The one person of this family name who held an office of these words on the date ("Carter", "Secretary"), or not long before, for some are called by
        it ever after; null when nobody or several did.
        """
        words, now, before = set(fold(office).split()), set[str](), set[str]()
        for person in self._families.get(fold(surname), ()):
            terms = [self._occupancy(row) for row in self._rows.get(person, ()) if words <= set(fold(row[1]).split(" to ")[0].split())]
            now |= {person for o in terms if o.covers(on)}
            before |= {person for o in terms if o.end and o.end < on and int(on[:4]) - int(o.end[:4]) <= CALLED_YEARS}
        found = now or before
        return self.entity(found.pop()) if len(found) == 1 else None

    def has_seat(self, country: str, post: str) -> bool:
        """Does the register have a holder of a post in the country?"""
        return (country, post) in self._seats

    def is_borne_abroad(self, surname: str, person: str) -> bool:
        """Does somebody of another country than a person's bear a surname?"""
        own = set(self._countries(person))
        return any(own.isdisjoint(self._countries(other)) for other in self._families.get(fold(surname), ()))

    def _given_name_only(self, person: str, name: str) -> bool:
        """Whether the name is a monarch's or pope's one name: "Francis" alone may be anybody; "Pope Francis" may not."""
        return person in self._persons and " " not in self._persons[person][1] and fold(name) == fold(self._persons[person][1])

    def _named_in_full(self, name: str, bare: str) -> tuple[list[str], str]:
        for text in (name, bare):
            key = fold(text)
            if key in self._person_names:
                return self._person_names[key], "full name"
            short = " ".join(w for w in key.split() if len(w) > 1 and w not in GENERATIONS)
            if short in self._person_names and " " in short:
                suffix = GENERATIONS.intersection(key.split())  # "Donald Trump Jr." is none of those who are never called so
                return [p for p in self._person_names[short] if not suffix or suffix & set(self._words_of(p))], "full name"
        if " " not in fold(bare):
            return [], ""
        return self._skeletons.get(skeleton(bare), []), "transliteration"

    def _words_of(self, person: str) -> list[str]:
        """The words of all names that somebody goes by, folded."""
        entity = self.entity(person)
        return [w for name in (entity.name, *entity.aliases) for w in fold(name).split()] if entity else []

    def _countries(self, person: str) -> list[str]:
        return self._persons[person][3].split("|") if person in self._persons else [self._entities[person].country or ""]

    def _served(self, person: str) -> str:
        """The country in which somebody held most of his offices, of those alike the first."""
        held = [row[4] for row in self._rows.get(person, ())]
        return max(self._countries(person), key=held.count)

    def _fame(self, person: str) -> int:
        return int(self._persons[person][4]) if person in self._persons else 0

    def _person(self, id: str) -> Entity | None:
        row = self._persons.get(id)
        if row is None:
            return None
        country = self._served(id)
        organisation = None if f"state:{country}" in self._entities else self._organisations.get(fold(country))
        iso = self._entities[organisation[0]].country if organisation else country if f"state:{country}" in self._entities else None
        entity = Entity(
            id=id,
            name=row[1],
            kind="person",
            country=iso,
            sector=self._sector(self._rows.get(id, ())),
            aliases=tuple(filter(None, row[2].split("|"))),
        )
        self._entities[id] = entity
        return entity

    def _occupancy(self, row: list[str]) -> Occupancy:
        person = self.entity(row[0])
        precision: Precision = {4: "year", 7: "month"}.get(len(row[5]), "day")  # type: ignore[assignment]
        return Occupancy(person=row[0], name=person.name if person else row[0], office=row[1], office_kind=row[2], of=row[4], start=row[5],
                         end=row[6] or None,
                         precision=precision, source=row[7] + (f" ({row[9]})" if row[9] else ""), confidence=float(row[8]))  # fmt: skip

    # ------------------------------------------------------------------ reading the files
    def _read(self, name: str) -> list[list[str]]:
        shipped = files("backchannel.register") / "data" / name
        other = self._data / name if self._data else None
        text = (other if other and other.is_file() else shipped).read_text(encoding="utf-8")
        lines = text.splitlines()[1:]
        if '"' not in text:
            return [line.split(",") for line in lines]
        # most lines have no quotes, and splitting them is four times as fast as the csv module
        return [next(csv.reader([line])) if '"' in line else line.split(",") for line in lines]

    def _load_countries(self) -> None:
        words: dict[str, CountryWord] = {}
        for iso3, name, official, aliases, demonyms, capitals, _, _, independent in self._read("states.csv"):
            self._entities[f"state:{iso3}"] = Entity(
                id=f"state:{iso3}",
                name=name,
                kind="state",
                country=iso3,
                sector=("GOV",),
                aliases=tuple(filter(None, [official, *aliases.split("|")])),
            )
            self._adjectives[iso3] = demonyms.split("|")[0].split(",")[0]
            for text in (name, official, *aliases.split("|")):
                words.setdefault(fold(text), CountryWord(iso3=iso3, what="name", name=name))
            for text in filter(None, demonyms.split("|")):
                for form in (text, text + "s"):
                    words.setdefault(fold(form), CountryWord(iso3=iso3, what="demonym", name=name))
            for text in filter(None, capitals.split("|") if independent == "1" else ()):
                words.setdefault(fold(text), CountryWord(iso3=iso3, what="capital", name=name))
        for text, iso3, what in self._read("country_words.csv"):
            state = self._entities.get(f"state:{iso3}")
            if state is None:
                self._entities[f"state:{iso3}"] = state = Entity(id=f"state:{iso3}", name=text, kind="state", country=iso3, sector=("GOV",))
            words[fold(text)] = CountryWord(iso3=iso3, what=cast(CountryWordKind, what), name=state.name)
        words.pop("", None)
        for text, iso3, what in self._read("places.csv"):
            if f"state:{iso3}" in self._entities:
                words.setdefault(fold(text), CountryWord(iso3=iso3, what=cast(CountryWordKind, what), name=self._entities[f"state:{iso3}"].name))
        self._country_words = words

    def _load_organisations(self) -> None:
        for name, aliases, kind, country, sector, _, _ in self._read("organisations.csv"):
            self._add_organisation(name, aliases, kind, country, sector, first=True)
        for name, aliases, kind, country, sector in self._read("groups.csv"):
            self._add_organisation(name, aliases, kind, country, sector, first=False)

    def _add_organisation(self, name: str, aliases: str, kind: str, country: str, sector: str, *, first: bool) -> None:
        id = "org:" + _NOT_IN_ID.sub("-", fold(name)).strip("-")
        while id in self._entities:
            id += "-"
        names = [name, *filter(None, aliases.split("|"))]
        self._entities[id] = Entity(
            id=id, name=name, kind=cast(ActorKind, kind), country=country or None, sector=tuple(sector.split("|")), aliases=tuple(names[1:])
        )
        for text in names:
            key = fold(text)
            ids = self._organisations.setdefault(key, [])
            if key and id not in ids and (first or not ids or self._entities[ids[0]].id not in self._firsts):
                ids.append(id)
            if len(key) <= 5:
                self._forms.setdefault(key, set()).add(text)
        if first:
            self._firsts.add(id)

    def has_body(self, name: str) -> bool:
        """Whether the tables have an organisation under just these words."""
        return len(self._organisations.get(fold(name), ())) == 1 and self._cased(fold(name), name)

    def _cased(self, key: str, name: str) -> bool:
        """Whether the case fits: "IS" is an organisation, "is" is not; "Time" but not "time"."""
        bare = name.removeprefix("the ").removeprefix("The ")
        forms = self._forms.get(key, set())
        if any(f.removeprefix("the ").removeprefix("The ") == bare for f in forms):
            return True
        if len(key) <= 5 and any(f.isupper() for f in forms):
            return bare.isupper()
        return any(c.isupper() for c in bare)

    @cached_property
    def _firsts(self) -> set[str]:
        return set()

    @cached_property
    def _nouns(self) -> dict[str, NounClass]:
        found: dict[str, NounClass] = {}
        for name in ("nouns.csv", "nouns.phoenix.csv"):
            own = dict(found)
            for noun, plural, kind, sector in self._read(name):
                if own and kind == "people":
                    head = own.get(re.split(r" (?:of|in|to|for) ", noun)[0].split()[-1])
                    kind = head.kind if head and head.kind in _BODIES else kind  # a "federal court" is nobody
                one = "person" if kind == "people" and plural and noun not in _COLLECTIVE else kind
                many = {"person": "people", "state": "other"}.get(kind, kind)
                found.setdefault(fold(noun), NounClass(kind=cast(ActorKind, one), sector=sector))
                found.setdefault(fold(plural), NounClass(kind=cast(ActorKind, many), sector=sector, plural=True))
        found.pop("", None)
        return found

    @cached_property
    def seats(self) -> dict[str, tuple[str, tuple[tuple[str, ...], ...]]]:
        """Seat of international bodies -> its country, and the bodies, each with its institutions behind it."""
        return {seat.removeprefix("The "): (iso3, tuple(tuple(b.split(">")) for b in bodies.split("|"))) for seat, iso3, bodies in self._read("seats.csv")}

    @cached_property
    def _called(self) -> dict[str, list[str]]:
        """The names of each country and of what is of it, folded."""
        return _gathered((word.iso3, text) for text, word in self._country_words.items() if word.what in ("name", "demonym"))

    @cached_property
    def shared_places(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """The names (folded) that places of several countries bear -> whose it usually is, or nothing, and the others."""
        return {fold(name): (usual, tuple(others.split("|"))) for name, usual, others in self._read("shared_places.csv")}

    @cached_property
    def _leads(self) -> dict[str, str]:
        return dict(self._read("leads.csv"))
