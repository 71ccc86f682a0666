"""Names of persons -> who they are: the same as somebody named before, in the register, or new to it, with their titles and countries."""

from __future__ import annotations

import re
from collections import defaultdict

from backchannel.coder.parties.bearing import families, holds_other, is_namesake, is_royal, key, of_family, same_given
from backchannel.coder.parties.cast import Party, Stand, cased
from backchannel.coder.parties.homes import Homes
from backchannel.coder.parties.phrases import sector_of
from backchannel.coder.parties.proper import Name
from backchannel.coder.parties.titles import core, country_before, country_beside, title_of, without_place
from backchannel.reader import Reading
from backchannel.register import Register, Title
from backchannel.register.names import is_she


class Persons:
    """The persons of one reading, as far as they are known."""

    homes: Homes  # known once there are mentions

    def __init__(self, reading: Reading, register: Register, on: str | None) -> None:
        self.reading, self.register, self.on = reading, register, on
        self.parties: list[Party] = []
        self.stands: list[Stand] = []
        self._persons: dict[str, int] = {}
        self._firsts: dict[str, set[int]] = defaultdict(set)  # first name -> persons known by it and more

    def person(self, lo: int, hi: int, name: tuple[int, int]) -> None:
        """Files a mention under the person whom its name means."""
        name, home = without_place(self.reading, self.register, *core(self.reading, self.register, *name))
        full = re.sub(r"\s+", " ", self.reading.quote(*name))
        full = re.sub(r"['’]s?$", "", full) or full  # a name may be noise: "'s"
        words = full.split()
        if title := title_of(self.reading, self.register, min(lo, name[0]), *name):
            title = (*title[:2], self.homes.of_person(title[2], full))
        before = self.reading.words[name[0] - 1] if name[0] else ""
        female = is_she("", before)
        at = self._known_person(words, title, female)
        if at is None:
            at = self._new_person(full, words, title, (lo, hi), female)
        party = self.parties[at]
        if party.female is None:
            party.female = is_she(party.name if len(party.name.split()) > 1 else full, before)
        party.country = party.country or home
        if len(words) > len(party.name.split()) and not party.entity:
            party.name = cased(full)
        if title:
            party.titles.append(title)
            party.role = party.role or title[2].office
            if not party.country and title[2].of and len(title[2].of) == 3:
                party.country = title[2].of
            if not party.sector and title[2].sector:
                party.sector = (title[2].sector,)
        called = () if is_namesake(self.register, words, self.on) else families(words, party.country)
        for family in (*called, key(words[-1]), key(" ".join(words[-2:])), key(full)):
            self._persons.setdefault(family, at)
        if title and is_royal(title[2]):
            self._persons[key(full)] = at
        if " " in party.name:
            self._firsts[key(party.name.split()[0])].add(at)
        if not party.country:
            party.country = country_before(self.reading, self.register, name[0]) or country_beside(self.reading, self.register, *name)
        self.stands.append((lo, hi, (at,), "name"))

    def titles_within(self, spans: list[tuple[int, int, Name | None]]) -> None:
        """Adds the titles of those who are named within others' descriptions ("supporters of Egyptian President Mohamed Morsi"), too."""
        within = [(lo, core(self.reading, self.register, *n[:2])) for lo, hi, own in spans if own is None for n in self._full_names(lo, hi)]
        for lo, name in within:
            at = self._known_person(self.reading.quote(*name).split(), None, None)
            title = title_of(self.reading, self.register, lo, *name)
            if at is not None and title and title[2].shape != "rank":
                self.parties[at].titles.append(title)

    def _full_names(self, lo: int, hi: int) -> list[tuple[int, int, str]]:
        """The names of persons behind the first word of a stretch that are more than a surname."""
        return [n for n in self.reading.names if lo < n[0] and n[1] <= hi and n[2] == "PER" and n[1] - n[0] > 1]

    def _known_person(self, words: list[str], title: tuple[int, int, Title] | None, female: bool | None) -> int | None:
        exact = self._persons.get(key(" ".join(words)))
        if exact is not None and title and is_royal(title[2]) and key(self.parties[exact].name.split()[0]) != key(words[0]):
            return None  # "King Salman" is not Mohammed bin Salman
        if exact is not None and len(words) == 1:
            named = [n for n, p in enumerate(self.parties) if n == exact or (p.kind == "person" and key(words[0]) in families(p.name.split(), p.country))]
            if female is not None and self.parties[exact].female is not female:  # "Ms. Trump"
                return next((n for alike in (female, None) for n in named if self.parties[n].female is alike), None)
            return of_family(self.register, self.parties, named, exact, title, self.on)
        if exact is not None:
            return exact
        at = self._persons.get(key(words[-1]))
        if at is None and len(words) == 1:  # "Anwar" is Anwar Ibrahim
            bears = self._firsts.get(key(words[0]), set())
            return next(iter(bears)) if len(bears) == 1 else None
        if at is None or len(words) == 1:
            return at
        known = self.parties[at].name.split()
        return at if len(known) == 1 or same_given(words, known) else None

    def _new_person(self, full: str, words: list[str], title: tuple[int, int, Title] | None, span: tuple[int, int], female: bool | None) -> int:
        country = title[2].of if title and title[2].of and len(title[2].of) == 3 else None
        found = self.register.resolve(full, on=self.on, country=country, kind="person")
        entity = found.entity if found else None
        alone = entity if len(words) == 1 else None
        if alone and ((female is not None and is_she(alone.name) is (not female)) or holds_other(self.register, alone.id, title, self.on)):
            entity = None  # a namesake
        if not entity and title and title[2].tense == "current" and self.on and len(words) == 1:
            entity = self.register.titled(full, title[2].office, self.on)  # "Secretary Carter"
        party = Party(cased(full), "person", country=country)
        if entity:
            party.entity, party.name = entity.id, entity.name
            party.sector = self.register.sector_on(entity, self.on)
            if self.on and party.sector == ("GOV",) and not self.register.held(entity.id, self.on):
                party.sector = sector_of(self.reading, *span)  # a candidate is of his party
            party.country = None if party.sector == ("IGO",) else entity.country or country
            for at, other in enumerate(self.parties):
                if other.entity == entity.id:
                    return at
        if not party.sector:
            stated = title and title[2].sector and (title[2].of or title[2].sector != "GOV" or title[2].office_kind not in ("head_of_state", "other"))
            party.sector = (title[2].sector,) if title and stated else sector_of(self.reading, *span)
        self.parties.append(party)
        return len(self.parties) - 1

    def office_holder(self, entity_id: str, title: Title, span: tuple[int, int]) -> int:
        """The number of somebody of the register who holds the office of a title."""
        for at, p in enumerate(self.parties):
            if p.entity == entity_id:
                return at
        entity = self.register.entity(entity_id)
        assert entity
        sector = self.register.sector_on(entity, self.on) or ((title.sector,) if title.sector else ())
        self.parties.append(Party(entity.name, "person", entity.country or title.of, sector, entity.id, title.office))
        for family in families(entity.name.split(), entity.country):
            self._persons.setdefault(family, len(self.parties) - 1)
        self._firsts[key(entity.name.split()[0])].add(len(self.parties) - 1)
        return len(self.parties) - 1
