"""A phrase that names a party -> its kind, country and sector by its own words ("Russian troops", "aides of Viktor Yanukovych", "FBI agents").

Tried in order: an organisation or state, a person, two parties named together, an office as a place of work, a title, a common noun.
What the words do not say stays null.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from backchannel.records import ActorKind
from backchannel.register.model import Description, Resolution
from backchannel.register.names import WORDS, fold, without_possessive
from backchannel.register.offices import ABROAD, tokens_of

if TYPE_CHECKING:
    from backchannel.register.entities import Register

_OUTSIDE, _OWNED, _LINKS, _SHARES, _DETERMINERS, _POSTED = (WORDS[k] for k in ("outside", "owned", "links", "shares", "determiners", "posted"))
_FEATURES = WORDS["waters"] | WORDS["features"]
MOST_WORDS = 7  # on either side of an "of": "as many as hundreds of thousands of"


def is_share(word: str) -> bool:
    """Whether a word says how many: "hundreds", "3,000", "least"."""
    return fold(word) in _SHARES or word[:1].isdigit()


class Describer:
    """Describes phrases of one date."""

    def __init__(self, register: Register, on: str | None) -> None:
        self._register, self._on = register, on

    def describe(self, phrase: str) -> Description | None:
        """Kind, country and sector, or null when no rule reads the phrase."""
        phrase = re.sub(r"\s*\([^)]*\)\s*$", "", phrase).strip()
        if not phrase:
            return None
        return (
            self._describe_body(phrase)
            or self._describe_person(phrase)
            or self._describe_pair(phrase)
            or self._describe_share(phrase)
            or self._describe_several(phrase)
            or self._describe_office(phrase)
            or self._describe_title(phrase)
            or self._describe_noun(phrase)
        )

    def _describe_body(self, phrase: str) -> Description | None:
        """An organisation, a state, or a place."""
        found = self._register.resolve_body(phrase, None)
        if found:
            e = found.entity
            return Description(kind=e.kind, country=e.country, sector=e.sector, entity=e, why=found.why)
        word = self._register.country_of(phrase)
        if word and word.what in ("city", "region"):
            return Description(kind="place", country=word.iso3, why=f"{word.what} of {word.iso3}")
        return None

    def _describe_person(self, phrase: str) -> Description | None:
        found = self._register.resolve(phrase, on=self._on, kind="person")
        return self._as_person(found) if found and found.score >= 0.5 else None

    def _as_person(self, found: Resolution) -> Description:
        """A resolved person; who serves an international organisation on the date serves no country."""
        sector = self._register.sector_on(found.entity, self._on)
        return Description(kind="person", country=None if sector == ("IGO",) else found.entity.country, sector=sector, entity=found.entity, why=found.why)

    def _describe_pair(self, phrase: str) -> Description | None:
        """Two parties named together: "Trump and Xi", "the United States and China"."""
        left, link, right = phrase.partition(" and ")
        if not link:
            return None
        a, b = (self._describe_body(x) or self._describe_person(x) for x in (left.strip(), right.strip()))
        if a is None or b is None:
            return None
        kind: ActorKind = "people" if a.kind == b.kind == "person" else "other"
        return Description(kind=kind, country=a.country if a.country == b.country else None, sector=a.sector, why=f"{left} and {right}")

    def _describe_share(self, phrase: str) -> Description | None:
        """Some of many are what the many are: "thousands of Palestinian refugees", "one of the Israeli hostages"; but part of a state is none."""
        words = phrase.split()
        at = max((i for i, w in enumerate(words[:MOST_WORDS]) if w.lower() == "of" and all(map(is_share, words[:i]))), default=0)
        if not at:
            return None
        found = self._described(words[at + 1 :])
        if found is None or found.kind in ("state", "place"):
            return None
        kind: ActorKind = "person" if found.kind == "people" and fold(words[at - 1]) == "one" else found.kind
        return Description(kind=kind, country=found.country, sector=found.sector, several=found.several, why=f"{' '.join(words[: at + 1])}: {found.why}")

    def _describe_several(self, phrase: str) -> Description | None:
        """People of several countries, and so of none: "Chinese and American officials", "diplomats from Britain, France and Germany"."""
        words, before, i = phrase.split(), (0, 0, ""), 0
        if not {"and", "or", "&"} & set(words):
            return None
        while i < len(words):
            size, iso = self._country_at(words, i)
            start, end, other = before
            joined = words[end:i] in (["and"], ["or"], ["&"]) or (i == end and words[i - 1].endswith(","))
            if size and other and iso != other and joined:
                found = self._described([*words[:start], *words[i:]])
                return msgspec.structs.replace(found, country=None, entity=None, several=True) if found and found.kind not in ("state", "place") else None
            if size:
                before = (i, i + size, iso)
            i += size or 1
        return None

    def _country_at(self, words: list[str], i: int) -> tuple[int, str]:
        """How many words from here on name a country, and which: the longest name."""
        names = ((n, self._register.country_of(" ".join(words[i : i + n]).rstrip(","))) for n in (4, 3, 2, 1))
        return next(((n, word.iso3) for n, word in names if word), (0, ""))

    def _describe_office(self, phrase: str) -> Description | None:
        """An office as a place of work: "Office of the President of South Korea", "Haniyeh's office"."""
        if re.match(r"(the )?(.* )?office of ", phrase, re.I) or re.search(r"['’]s? office$", phrase, re.I):
            return Description(kind="office", country=self._any_country(phrase), sector=("GOV",), why="office of")
        return None

    def _describe_title(self, phrase: str) -> Description | None:
        title = self._register.parse_title(phrase)
        if title is None:
            return None
        rest = phrase[title.end :].strip(" ,")
        tokens = tokens_of(phrase)
        if title.end < tokens[-1].end and not rest[:1].isupper() and fold(rest.split()[0] if rest else "") not in _LINKS:
            return None  # the title is not the head: "prime minister's spokesman"
        if not _LINKS.isdisjoint(map(fold, phrase[: title.start].split())):
            return None  # "government of President Moon Jae-in" is not he
        of = title.of if title.of and len(title.of) == 3 and title.of.isupper() else None
        if rest[:1].isupper() and title.shape != "plain":
            named = self._register.resolve(rest, on=self._on, country=of, kind="person")
            if named:
                return self._as_person(named)
        if self._register.noun(tokens[-1].text) and title.end < tokens[-1].end:
            return None
        words = [self._register.noun(t.key) for t in tokens if title.start <= t.start and t.end <= title.end]
        plural = any(word is not None and word.plural for word in words)
        party = self._register.organisation(title.of) if title.of and of is None else None
        sector = party.sector if party and title.office_kind not in (None, "ambassador") else (title.sector,)
        country = of or (None if title.office_kind in ABROAD else self._any_country(phrase))
        return Description(kind="people" if plural else "person", country=country, sector=sector, why=f"title {title.office}")

    def _describe_noun(self, phrase: str) -> Description | None:
        """A common noun with what stands before it and after "of", "in", "from": "Russian troops", "protesters in Hong Kong"."""
        words = phrase.split()
        cut = next(
            (
                i
                for i, w in enumerate(words)
                if i and (fold(w) in _LINKS or words[i - 1].endswith(",") or (fold(w).endswith(("ed", "ing", "ly")) and self._noun_at(words, i)))
            ),
            len(words),
        )
        for start in range(max(0, cut - 3), cut):
            noun = self._register.noun(" ".join(words[start:cut]))
            if noun:
                country = self._any_country(" ".join(words[:cut])) if start else None
                posted = fold(words[cut - 1]) in _POSTED and words[cut : cut + 1] == ["in"]
                if country is None and not posted and not _OUTSIDE & {fold(w) for w in words[:cut]}:
                    country = self._complement_country(words[cut:])
                sector = (noun.sector,) if noun.sector else self._any_sector(" ".join(words[:start])) or self._complement_sector(words[cut:])
                return Description(kind=noun.kind, country=country, sector=sector, why=f"noun {' '.join(words[start:cut])}")
        for word in (words[cut - 1], phrase):
            found = self._register.country_of(word)
            if found and found.what == "demonym":
                return Description(kind="people", country=found.iso3, sector=("CVL",), why="demonym")
        return None

    def _any_sector(self, phrase: str) -> tuple[str, ...]:
        """The sector of an organisation that stands before a noun without one: "al-Qaida members"."""
        words = phrase.split()
        parties = (self._register.organisation(" ".join(words[i:])) for i in range(len(words)))
        return next((p.sector for p in parties if p), ())

    def _noun_at(self, words: list[str], i: int) -> bool:
        word = self._register.country_of(words[i - 1])
        return self._register.noun(words[i - 1]) is not None or (word is not None and word.what == "demonym")

    def _complement_country(self, words: list[str]) -> str | None:
        """The country of "of Bashar Assad", "in Hong Kong", "of the Israeli hostages"."""
        if len(words) < 2 or fold(words[0]) not in ("of", "in", "from"):
            return None
        told = self._described(words[1:])
        return told.country if told else None

    def _complement_sector(self, words: list[str]) -> tuple[str, ...]:
        """The sector of whom a noun without one is of: "members of the Iranian parliament"."""
        told = self._described(words[1:]) if words and fold(words[0]) == "of" else None
        return told.sector if told else ()

    def _described(self, words: list[str]) -> Description | None:
        """What is said of the words behind an "of", when they are few."""
        if words and fold(words[0]) in _DETERMINERS:
            words = words[1:]
        return self.describe(" ".join(words)) if 0 < len(words) <= MOST_WORDS else None

    def _any_country(self, phrase: str) -> str | None:
        """The country of the first country word of the phrase, else of an organisation or a well-known person in it."""
        words = phrase.split()
        spans = ((i, j) for i in range(len(words)) for j in range(min(len(words), i + 5), i, -1))
        pieces = [" ".join(words[i:j]).strip(",") for i, j in spans if _FEATURES.isdisjoint(map(str.lower, words[j : j + 1]))]  # no "Indian" Ocean
        for piece in pieces:
            found = self._register.country_of(piece)
            if found:
                return found.iso3
        for piece in pieces:
            party = self._register.organisation(piece)
            if party and party.country and (party.kind != "media" or " " in piece):
                return party.country
        for i, word in enumerate(words[:-1]):  # "the Trump administration", "Assad's forces"
            if word[:1].isupper() and (fold(words[i + 1]) in _OWNED or word != without_possessive(word)):
                name = without_possessive(word)
                person = self._register.resolve(name, on=self._on, kind="person")
                if person is None and fold(words[i + 1]) in _OWNED:  # "the Obama administration" is told of in 2019 too
                    person = self._register.resolve(name, kind="person")
                named = [person.entity] if person else self._register.find(name) if fold(words[i + 1]) in _OWNED else []
                if len({e.country for e in named}) == 1:  # "the Bush administration" is of one country, whichever of them led it
                    return named[0].country
        return None
