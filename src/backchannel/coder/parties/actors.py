"""Reading -> actors: every party of the report with all its mentions (names, titles, metonyms, demonyms, pronouns at a first level).

A mention is a stretch of words; it stands for one actor, or for two ("the two leaders"). Mentions are joined by name and surname, by country, by the
title only one person of the report bears; pronouns by agreement and nearness. Who they are in the world is looked up in the register as of the report's
date; what it does not know stays an actor local to the report with what the text says of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

import msgspec

from backchannel import records as r
from backchannel.coder.parties.appositions import settle_appositions, settle_members
from backchannel.coder.parties.bearing import (
    COUNTERPARTS,
    country_by_title,
    held,
    holds_other,
    is_one_of_many,
    key,
    may_hold,
    most_named,
    same_office,
    settle_owned,
    spoken_for,
    titles_of_owners,
)
from backchannel.coder.parties.bodies import is_short_for, named_body
from backchannel.coder.parties.cast import Cast, Party, Stand, gathered, speaks
from backchannel.coder.parties.countries import settle
from backchannel.coder.parties.descriptions import settle_descriptions, unclaimed, without_strangers
from backchannel.coder.parties.groups import BARE, PEOPLE, as_both, dealing, group, is_group, is_told_apart
from backchannel.coder.parties.homes import Homes
from backchannel.coder.parties.mentions import mention_spans
from backchannel.coder.parties.naming import MARKS, shortened, with_owners
from backchannel.coder.parties.persons import Persons
from backchannel.coder.parties.phrases import are_people, beside, country_in, in_full, is_several, kind_of, sector_of
from backchannel.coder.parties.places import region_behind, with_towns
from backchannel.coder.parties.pronouns import SIDE, first_persons, homes, resolve
from backchannel.coder.parties.proper import bare
from backchannel.coder.parties.seats import body_party, settle_seats
from backchannel.coder.parties.twos import PAIRS, pair, two_sides
from backchannel.coder.syntax.mediating import thirds
from backchannel.reader import Reading
from backchannel.register import Entity, Register, Title

INDEFINITE = frozenset("a an one some another any no every each several many".split())
KOREAS = {"North": "PRK", "South": "KOR"}  # what reports that name one of them call them
OWNED = frozenset(("person", "ministry", "office", "government", "military"))  # kinds that are of the state that owns them
LAND = re.compile(r"^(?:[a-z][\w-]* )*(?:country|nation|republic|state) of (?:the )?")  # "the oil-rich nation of Qatar"
REACH = 600  # words that "both countries" looks back
NAMED_BY: dict[str, r.NamedBy] = {"name": "name", "former": "name", "demonym": "description", "capital": "metonym"}


class Casting(Persons):
    """Collects the parties of one reading."""

    def __init__(self, reading: Reading, register: Register, on: str | None) -> None:
        super().__init__(reading, with_towns(reading, register), on)
        self._countries: dict[str, int] = {}
        self._others: dict[str, int] = {}
        self._owners: dict[int, int] = {}  # party -> whose it is ("Syria's army")

    def run(self) -> Cast:
        """All mentions in text order; full names first, so that "Putin" finds "Vladimir Putin" wherever that stands."""
        spans = mention_spans(self.reading, self.register)
        self.homes = Homes(self.reading, self.register, spans, self.on)
        for lo, hi, name in spans:
            if name and name[2] == "PER" and name[1] - name[0] > 1:
                self.person(lo, hi, name[:2])
        for n, (lo, hi, name) in enumerate(spans):
            if name and name[2] == "PER":
                if name[1] - name[0] == 1:
                    self.person(lo, hi, name[:2])
            elif full := in_full(self.reading, self.register, spans, n):
                self._thing(lo, hi, name, full)
            elif not self._title(lo, hi) and not self._counterpart(lo, hi) and not self._pair(lo, hi):
                self._thing(lo, hi, name)
        titles_of_owners(self.reading, self.register, self.parties, self.stands)
        self.titles_within(spans)
        self.stands.sort(key=lambda s: (s[0], s[1]))
        settle_seats(self.reading, self.register, self.parties, self.stands)
        settle_appositions(self.reading, self.register, self.parties, self.stands)
        settle_members(self.reading, self.parties, self.stands)
        unclaimed(self.reading, self.register, self.parties, self.stands)
        without_strangers(self.reading, self.register, self.parties, self.stands, self.on)
        settle_descriptions(self.reading, self.register, self.parties, self.stands)
        self._drop_unmentioned()
        resolve(self.reading, self.parties, self.stands)
        settle_owned(self.reading, self.register, self.parties, self.stands, self._bearers, self._holder)
        own = {(lo, hi): country for lo, hi, country in homes(self.reading, self.parties, self.stands)}
        known: list[Stand] = [(*span, (self._state(country),), "description") for span, country in own.items()]
        self.stands = sorted([*(s for s in self.stands if s[:2] not in own), *known], key=lambda s: (s[0], s[1]))
        self._drop_unmentioned()
        settle(self.reading, self.register, self.parties, self.stands)
        with_owners(self.reading, self.register, self.parties, self.stands)
        return gathered(self.reading, self.parties, self.stands)

    def _drop_unmentioned(self) -> None:
        """Leaves out the parties whose mentions turned out to be another's; the numbers of those behind them change."""
        kept = sorted({n for _, _, ats, _ in self.stands for n in ats})
        now = {n: i for i, n in enumerate(kept)}
        self.parties = [self.parties[n] for n in kept]
        self.stands = [(lo, hi, tuple(now[n] for n in ats), by) for lo, hi, ats, by in self.stands]
        self._countries = {iso3: now[n] for iso3, n in self._countries.items() if n in now}

    def speakers(self, said: Iterable[r.Statement]) -> Cast:
        """The cast once it is known who says what: "I" within a quotation is its speaker, "we" of an official is his country, of who speaks for an alliance or
        armed group that body, of anybody else himself.

        Read off the annotated training articles: "I" 7 of 7 with a speaker in the role, "we" 13 of 20 the speaker's country, 6 of 9 the body he speaks for.
        """
        for word, low, at in list(first_persons(self.reading, self.stands, said)):
            party = self.parties[at]
            body = spoken_for(self.register, party) if low in SIDE else None
            country = party.country if low in SIDE and speaks(party) else None
            side = body_party(self.parties, body) if body else self._state(country) if country else at
            self.stands.append((word, word + 1, (side,), "pronoun"))
        self.stands.sort(key=lambda s: (s[0], s[1]))
        return gathered(self.reading, self.parties, self.stands)

    # -------------------------------------------------------------- titles
    def _title(self, lo: int, hi: int) -> bool:
        """A title without a name ("the Russian president", "the foreign minister"): who bears it in this report, or holds it on the date."""
        phrase = self.reading.quote(lo, hi)
        title = self.register.parse_title(phrase)
        if not title or title.shape in ("rank", "plain"):
            return False
        at = self.reading.tokens[head := self.reading.head_of(lo, hi)].start - self.reading.tokens[lo].start
        other = self.reading.upos[head] == "NOUN" and self.reading.words[head] != "office" and not title.start <= at < title.end
        other |= " of " in phrase[: title.start] and self.reading.upos[head] == "PROPN"  # "the Eurogroup of finance ministers"
        if is_several(self.reading, lo, hi) or other:  # "the wife of Russia's president", "the president's aide"
            return False
        if not title.of and (home := self._owner_country(lo, hi, "person")):
            title = msgspec.structs.replace(title, of=home)
        before = self.reading.words[lo - 1].lower() if lo else ""
        if before == "as":
            return True  # "as Israeli prime minister" is an office, no party
        if phrase.split()[0].lower() in INDEFINITE or before in INDEFINITE:
            return False
        definite = phrase.split()[0].lower() in ("the", "this", "its", "his", "their", "our") or before in ("'s", "’s") or title.of or phrase[0].isupper()
        called, title = title, self.homes.of_report(title)
        if not (bears := self._bearers(title)) and title.of != called.of:  # "the defense secretary" whom the report calls just so, of another country
            bears = [n for n in self._bearers(called) if any(key(t.office) == key(title.office) for _, _, t in self.parties[n].titles)]
        if len(bears) > 1 and not title.of and definite:
            bears = most_named(self.parties, bears, self._said)
        alone = definite and len(set(bears)) == 1
        meant = bears[0] if alone else self._holder(title, (lo, hi)) if definite and not bears else None
        if meant is not None and phrase[called.end :].lstrip()[:1].isupper() and self.parties[meant].name.split()[-1] not in phrase:
            return False  # "the office of Prime Minister Jan Borowski" is not that of who holds the post by the register
        self.stands += [] if meant is None else [(lo, hi, (meant,), "title")]
        return meant is not None

    def _holder(self, title: Title, span: tuple[int, int]) -> int | None:
        """The number of the one person who holds a country's office on the report's date by the register."""
        asked = title.of and len(title.of) == 3 and title.tense == "current"
        holders = self.register.holder(title.office, title.of or "", self.on) if self.on and asked else []
        alone = len({h.person for h in holders}) == 1 and not is_one_of_many(holders[0], title)
        return self.office_holder(holders[0].person, title, span) if alone else None

    def _bearers(self, title: Title) -> list[int]:
        """Who may be meant by a title: whom the report gives it, or who holds it by the register; by one without a country both, of the report's those whom it
        calls just so ("the president" may be Mr. Trump beside President Xi, but not the leader Kim Jong Un).
        """
        parties, of = self.parties, title.of if title.of and len(title.of) == 3 else None
        given = {n: t for n, p in enumerate(parties) for _, _, t in p.titles if same_office(t, title) and (not of or p.country in (None, of))}
        if given and title.of:
            return list(given)
        holding = [n for n, p in enumerate(parties) if n not in given and held(self.register, p, title, self.on)]
        just_so = [n for n, t in given.items() if key(t.office) == key(title.office)]
        return [*just_so, *holding] or list(given)

    @cached_property
    def _said(self) -> Counter[str]:
        return Counter(map(key, self.reading.words))

    def _counterpart(self, lo: int, hi: int) -> bool:
        """ "His Turkish counterpart": the one person of that country in the report who may hold the same office as who was named before, else its holder."""
        reading = self.reading
        if reading.words[reading.head_of(lo, hi)].lower() not in COUNTERPARTS:
            return False
        country = country_in(reading, self.register, lo, hi)
        before = [(a, ats[0]) for a, _, ats, _ in self.stands if a < lo and self.parties[ats[0]].titles and self.parties[ats[0]].country != country]
        if not country or not before:
            return False
        title = self.parties[max(before)[1]].titles[-1][2]
        persons = ((n, p) for n, p in enumerate(self.parties) if p.country == country and p.kind == "person" and may_hold(p, title))
        alike = [n for n, p in persons if not (p.entity and holds_other(self.register, p.entity, (lo, hi, title), self.on))]
        asked = self.on if title.tense == "current" and not alike else None
        holders = {h.person for h in self.register.holder(title.office, country, asked)} if asked else set[str]()
        if len(alike) != 1 and len(holders) != 1:
            return False
        at = alike[0] if alike else self.office_holder(holders.pop(), msgspec.structs.replace(title, of=country), (lo, hi))
        self.stands.append((lo, hi, (at,), "title"))
        return True

    # -------------------------------------------------------------- states, organisations, groups
    def _thing(self, lo: int, hi: int, name: tuple[int, int, str] | None, phrase: str = "") -> None:
        """``phrase``: what stands there in full, when it shares its noun with the next ("U.S. and Iranian negotiators")."""
        reading = self.reading
        own = None if phrase else named_body(reading, self.register, lo, hi)
        hi = own[1] if own and reading.words[own[1] : own[1] + 1] == [","] else hi
        phrase = phrase or bare(reading.quote(*(own or (lo, hi))))
        one = phrase in KOREAS and ("Korea" in reading.words[hi : hi + 3] or any(p.country in KOREAS.values() for p in self.parties))
        if koreas := [KOREAS[phrase]] if one else [*KOREAS.values()] if phrase.split()[-1] == "Koreas" else []:
            self.stands.append((lo, hi, tuple(sorted(map(self._state, koreas))), "name"))
            return
        word = self.register.country_of(LAND.sub("", phrase.removesuffix(" side")))  # "the French side" is France
        if beyond := region_behind(reading, self.register, hi) if word else None:
            self.stands.append((lo, hi, (self._place(phrase, beyond.iso3),), "name"))
            return
        if word and word.what in NAMED_BY and not (word.what == "demonym" and are_people(reading, lo, hi)):
            self.stands.append((lo, hi, (self._state(word.iso3),), NAMED_BY[word.what]))
            return
        owned = self._owned(lo, hi)
        asked = phrase.lower() if name is None and hi - lo == 1 and reading.upos[lo] == "NOUN" else phrase  # "Guards", not the Revolutionary Guards
        entity = owned or self.register.organisation(asked)
        told = self.register.describe(asked, on=self.on)
        if told and told.kind == "person" and is_several(reading, lo, hi):  # "forces loyal to President Kiir"
            told = None
        unknown = not entity and key(phrase) not in self._others and (not told or (told.kind == "media" and name is not None and name[2] == "ORG"))
        if name and (lo, hi) != name[:2] and unknown and not beside(reading, self.register, lo, hi, name):
            self._thing(name[0], name[1], name)  # "Russia's alliance", "Russian coast", "a report from Kan News": only the name is a party
            return
        owner = self._owner(lo)
        known = None if owned else self._others.get(key(phrase))
        if owner is not None and known is not None and self._owners.setdefault(known, owner) != owner:
            known = self._others.get(f"{key(phrase)} of {owner}")  # "Egypt's army" is not "Syria's army"
        known = self._others.get(entity.id) if known is None and entity else known
        if told and told.entity and told.kind == "person":  # "Trump" of "Trump's", where the name head saw no person
            known = self._persons.get(key(phrase), next((n for n, p in enumerate(self.parties) if p.entity == told.entity.id), known))
        if known is not None:
            self._others[key(phrase)] = known
            self.stands.append((lo, hi, (known,), "name"))
            return
        country = country_in(reading, self.register, lo, hi)
        if entity:
            party = Party(entity.name, entity.kind, entity.country, tuple(entity.sector), entity.id)
            if party.country is None and entity.kind in ("ministry", "office", "government", "military"):
                party.country = country
        else:
            place = told is None and name == (lo, hi, "LOC")
            kind: r.ActorKind = told.kind if told else "place" if place else kind_of(reading, lo, hi)
            sector = told.sector if told and told.sector else () if kind == "place" else sector_of(reading, lo, hi)
            several = told is not None and told.several
            by_title = None if is_several(reading, lo, hi) else country_by_title(self.register, self.parties, phrase) or self.homes.country(phrase)
            country = None if several else (told.country if told else None) or country or by_title
            country = country if several else self._owner_country(lo, hi, kind) or country
            party = Party(phrase, kind, country, sector, told.entity.id if told and told.entity else None, several=several)
        self.parties.append(party)
        at = len(self.parties) - 1
        self._others[key(phrase)] = at
        if owner is not None:
            self._owners[at] = owner
            self._others[f"{key(phrase)} of {owner}"] = at
        if entity:
            self._others[entity.id] = at
        for short_name in shortened(bare(party.name)) if party.kind == "media" else ():
            self._others.setdefault(key(short_name), at)
        short = reading.words[hi + 1] if reading.words[hi : hi + 3 : 2] == ["(", ")"] else ""
        acronym = short if is_short_for(short, phrase.split()) else "".join(w[0] for w in phrase.split() if w[0].isupper())
        if (name and name[2] == "ORG" and len(acronym) >= 3) or (short and acronym == short):
            self._others.setdefault(key(acronym), at)
        self.stands.append((lo, hi, (at,), "name" if name else "description"))

    def _owned(self, lo: int, hi: int) -> Entity | None:
        """The body that a mention names together with its owner ("China's foreign ministry"), if the register reads the two as one, in capitals or not."""
        owner = next((a for a, b, _, by in self.stands if b == lo - 1 and by != "pronoun"), None) if self._owner(lo) is not None else None
        whole = () if owner is None else (self.reading.quote(owner, hi), f"{self.reading.quote(owner, lo)} {self.reading.quote(lo, hi).title()}")
        return next((body for name in whole if (body := self.register.organisation(name))), None)

    def _owner(self, lo: int) -> int | None:
        """The number of the party that owns a mention."""
        ends = (ats[0] for _, b, ats, _ in reversed(self.stands) if b == lo - 1 and len(ats) == 1)
        return next(ends, None) if lo and self.reading.words[lo - 1] in MARKS else None

    def _owner_country(self, lo: int, hi: int, kind: r.ActorKind) -> str | None:
        """The country of "China's ambassador in Stockholm": of the state that owns officials and no other country is said of before their noun."""
        reading = self.reading
        if kind not in OWNED or reading.words[lo - 1] not in ("'s", "’s") or country_in(reading, self.register, lo, reading.head_of(lo, hi)):
            return None
        return next((p.country for _, b, ats, _ in reversed(self.stands) if b == lo - 1 and (p := self.parties[ats[0]]).kind == "state"), None)

    def _state(self, iso3: str) -> int:
        at = self._countries.get(iso3)
        if at is None:
            state = self.register.entity(f"state:{iso3}")
            self.parties.append(Party(state.name if state else iso3, "state", iso3, ("GOV",), state.id if state else None))
            at = self._countries[iso3] = len(self.parties) - 1
        return at

    def _as_sides(self, met: tuple[int, ...], phrase: str) -> tuple[int, ...]:
        """The states of persons who speak for them, or of all who are called countries; leaders are who they are."""
        if PEOPLE.match(phrase):
            return met
        sides = phrase.lower().endswith(("sides", "parties"))
        return tuple(sorted({self._state(p.country) if (p := self.parties[n]).country and (speaks(p) if sides else p.kind != "state") else n for n in met}))

    def _place(self, name: str, country: str) -> int:
        """The number of a place that bears the name of another ("Lebanon, Ohio")."""
        known = f"{key(name)} in {country}"
        if known not in self._others:
            self._others[known] = len(self.parties)
            self.parties.append(Party(name, "place", country))
        return self._others[known]

    def _pair(self, lo: int, hi: int) -> bool:
        reading, verb, phrase = self.reading, self.reading.heads[self.reading.head_of(lo, hi)], as_both(self.reading.quote(lo, hi))
        met = dealing(reading, phrase, lo, self.parties, self.stands)
        if several := self._as_sides(met, phrase) or group(reading, phrase, lo, self.parties, self.stands):
            self.stands.append((lo, hi, several, "description"))
            return True
        if not PAIRS.match(phrase) or is_told_apart(reading, hi):  # a group is nobody where the party head saw none
            return phrase.lower() in BARE or (is_group(phrase) and not any(a < hi and lo < b for a, b in reading.spans("party")))
        subjects = [i for c in reading.children[verb] if reading.rels[c].startswith("nsubj") and c < lo for i in (c, *reading.children[c])]  # is none of them
        before = [s for s in self.stands if lo - REACH <= s[0] < lo]
        outside = thirds(reading, max(0, lo - REACH), lo)
        before = [s for s in before if reading.head_of(s[0], s[1]) not in outside]
        placed = [a for a, b, _, _ in before if reading.case_of(reading.head_of(a, b)) == "in"]
        both = pair(phrase, lo, self.parties, before, reading.sentence_of, [*subjects, *placed])
        both = both or tuple(sorted(map(self._state, two_sides(phrase, lo, self.parties, before, placed))))
        both = both or pair(phrase, lo, self.parties, before, reading.sentence_of, subjects)
        if both:
            self.stands.append((lo, hi, both, "description"))
        return bool(both)
