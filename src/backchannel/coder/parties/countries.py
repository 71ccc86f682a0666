"""The country of parties that neither the register nor their own words tell it of: rated among the countries that the report speaks of (``choosing.py``), by
their owner ("Iraq's leaders", "his lawyer"), a body or place it is of ("Menendez of New Jersey"), what stands near, and how much of the report is
about each.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log1p
from typing import NamedTuple

import numpy as np

from backchannel.coder.choosing import network
from backchannel.coder.parties.cast import Party, Stand
from backchannel.coder.parties.places import is_wide
from backchannel.coder.parties.titles import VERSED, hyphened, land
from backchannel.coder.syntax import ways
from backchannel.reader import Reading
from backchannel.reader.encoder import Floats
from backchannel.register import Register
from backchannel.register.model import CountryWord
from backchannel.register.names import WORDS, fold

LIKELY = 0.45  # a country from here on: of the held-out articles' 422 parties without one 0.80 right, 0.15 given a wrong one; fewer right above and below
OF_STATES = frozenset("foreign defence interior finance justice".split())  # kinds of offices
MINISTERS = 0.25  # the same of a minister, who is of some country, whether the report says of which or not
OWNED = 0.3  # that of the owner from here on, whatever is likelier
MOST = 8  # countries that are looked at: the most spoken of
NOWHERE = frozenset(("state", "igo", "company", "ngo", "other"))  # by the register or none: of 13 inferred for firms and NGOs 3 were right, of 13 for others 2
OF = frozenset(["of", "in", "from", "for"])
AT = "at"  # where one works
COUNTRY = frozenset(("country", "nation", "kingdom", "republic"))  # "the country's military" is that of the state named before
RULERS = frozenset(("junta", "regime"))  # "the junta's leader" is of the country of the government named before
ELSEWHERE = "elsewhere"
MEMBER = re.compile(r"[(,]\s?[RDI](?:-|\., ?)[A-Z]\w")  # "(D-Ohio)", ", R-Ky.,", "(R., Ariz.)" behind a member of the U.S. Congress
AFTER = 8  # characters after a name in which a seat begins
CONGRESS, ITS_COUNTRY = frozenset(("sen", "rep")), "USA"  # "Sen.", "Rep.": so written of the U.S. Congress


class Question(NamedTuple):
    """A party whose country is to be told, the countries to choose from, and what the network is given of each."""

    party: int
    countries: list[str]
    numbers: Floats  # (countries, D)
    words: list[tuple[str, ...]]
    act: Floats  # (V,): the head of the party's first mention


class Mention(NamedTuple):
    """Words that stand for a party."""

    first: int
    head: int
    party: int


def settle(reading: Reading, register: Register, parties: list[Party], stands: list[Stand]) -> None:
    """Fills in countries, once it is known which words stand for whom."""
    for lo, hi, ats, by in stands:
        if by == "name" and parties[ats[0]].kind == "person" and not parties[ats[0]].country and MEMBER.search(reading.text, *_from_name(reading, lo, hi)):
            parties[ats[0]].country = ITS_COUNTRY
    for lo, hi, ats, by in stands:
        if len(ats) == 1 and by != "pronoun" and not parties[ats[0]].country:
            parties[ats[0]].country = _of_the_country(reading, parties, stands, lo, hi)
    for party in parties:
        party.told = party.country
    spoken = Spoken(reading, register, parties, stands)
    questions = list(spoken.questions())
    for asked, rated in zip(questions, network("parties/countries.npz").each([(q.numbers, q.words, q.act) for q in questions]), strict=True):
        p = rated[:, 1]
        party, owner = parties[asked.party], spoken.by_owner.get(asked.party)
        if owner in asked.countries and p[asked.countries.index(owner)] >= OWNED:
            party.country = owner
        elif p.max() >= (MINISTERS if _is_minister(party) else LIKELY):
            party.country = asked.countries[int(p.argmax())]
            party.inferred = party.country != owner


def _is_minister(party: Party) -> bool:
    """Is it somebody by an office that only states have?"""
    return any(title.office_kind in OF_STATES for _, _, title in party.titles)


class Spoken:
    """Where a report speaks of which country."""

    def __init__(self, reading: Reading, register: Register, parties: list[Party], stands: list[Stand]) -> None:
        self.reading, self.parties, self.register = reading, parties, register
        named = [s for s in stands if s[3] != "pronoun"]
        self.by_owner = _by_owner(reading, register, parties, stands)
        self.between = {ats[0] for lo, hi, ats, _ in named if len(ats) == 1 and _of_igo(reading, register, lo, hi)}  # who acts for several states has none
        self.own: dict[int, list[Mention]] = defaultdict(list)
        self.of: dict[str, list[Mention]] = defaultdict(list)  # of each country
        self.alike: dict[str, Counter[str]] = defaultdict(Counter)  # kind or sector -> countries of the mentions of such parties
        for lo, hi, ats, _ in named:
            mention = Mention(lo, reading.head_of(lo, hi), ats[0])
            for country in dict.fromkeys(c for a in ats if (c := parties[a].told or self.by_owner.get(a))):
                self.of[country].append(mention)
            if len(ats) == 1:
                self.own[ats[0]].append(mention)
                if known := parties[ats[0]].told or self.by_owner.get(ats[0]):
                    self.alike[parties[ats[0]].kind][known] += 1
                    self.alike[_sector(parties[ats[0]])][known] += 1
        self.ranked = sorted(self.of, key=lambda c: (-len(self.of[c]), self.of[c][0]))
        self.first = min(self.of, key=lambda c: self.of[c][0].first, default="")
        self.total = sum(map(len, self.of.values()))

    def questions(self) -> Iterator[Question]:
        """One for each party whose country is not told, when the report speaks of any."""
        for n, party in enumerate(self.parties):
            nowhere = party.several or n in self.between or (party.kind in NOWHERE and "COP" not in party.sector)
            nowhere |= party.kind == "place" and is_wide(party.name)
            nowhere |= any(self._is_regional(mention.head) for mention in self.own.get(n, ()))
            nowhere |= party.kind == "armed_group" and party.entity is not None  # al-Qaeda is of several
            if self.ranked and n in self.own and not party.told and not nowhere:
                yield self._asked(n)

    def _asked(self, n: int) -> Question:
        reading, party, (first, head, _) = self.reading, self.parties[n], self.own[n][0]
        congress = any(t.post in CONGRESS for _, _, t in party.titles)
        likely = (self.by_owner.get(n), *self.ranked[:MOST], ITS_COUNTRY if congress else None)
        others = {c: [m for m in self.of.get(c, ()) if m.party != n] for c in likely if c and not _has_no(self.register, c, party.name)}  # in text order
        firsts = {c: [m.first for m in at] for c, at in others.items()}
        here = {reading.sentence_of[m.first] for m in self.own[n]}
        last = max(((at[bisect_left(at, first) - 1], c) for c, at in firsts.items() if at and at[0] < first), default=(0, ""))[1]
        begin, end = reading.bounds[reading.sentence_of[first]]
        heights, of_party = ways.above(reading, head), self._words(n)
        numbers, words = [], []
        for c, at in others.items():
            n_told, rank = len(self.of.get(c, ())), self.ranked.index(c) if c in self.of else MOST
            before, after = bisect_left(firsts[c], first), bisect_right(firsts[c], first)
            beside = at[bisect_left(firsts[c], begin) : bisect_left(firsts[c], end)]
            near = min(beside, key=lambda m: abs(m.first - first), default=None)
            numbers.append((
                n_told / self.total, log1p(n_told) / 3, min(rank, MOST) / MOST, c == self.first, c == last, c == self.by_owner.get(n),
                1 / log1p(first - at[before - 1].first + 1) if before else 0.0, 1 / log1p(at[after].first - first + 1) if after < len(at) else 0.0,
                len(here.intersection([reading.sentence_of[i] for i in firsts[c]])) / len(here),
                len(others) / MOST, bool(beside), congress and c == ITS_COUNTRY,
                n in self.by_owner, log1p(len(self.own[n])) / 2, log1p(first) / 7,
                *(self.alike[what][c] / max(1, self.alike[what].total()) for what in (party.kind, _sector(party))),
            ))  # fmt: skip
            way = ways.told(ways.way(reading, heights, near.head), 0) if near else ELSEWHERE
            case, kind = (reading.case_of(near.head), self.parties[near.party].kind) if near else (ELSEWHERE, ELSEWHERE)
            words.append((*of_party, way, case, kind, "owner" if c == self.by_owner.get(n) else "none", c))
        return Question(n, list(others), np.array(numbers, np.float32), words, reading.act_vector(head))

    def _is_regional(self, head: int) -> bool:
        """Is a noun described as of a region of several countries ("a Western diplomat")?"""
        near = range(max(0, head - 3), head)
        return any(
            fold(self.reading.quote(i, i + n)) in WORDS["regional"]
            for i in near
            for n in (1, 2)
            if i + n <= head and self.reading.heads[i] in range(i, head + 1)
        )

    def _words(self, n: int) -> tuple[str, ...]:
        """What a party is called and what it is."""
        reading, party, (first, head, _) = self.reading, self.parties[n], self.own[n][0]
        owned = "owned" if any(reading.rels[i] == "nmod:poss" for i in reading.children[head]) else "free"
        return (
            party.kind, _sector(party), reading.lemmas[head], "plural" if "Number=Plur" in reading.feats[head] else "singular", ways.relation(reading, head),
            reading.case_of(head), reading.words[first].lower() if reading.upos[first] == "DET" else "none", owned,
            "named" if reading.upos[head] == "PROPN" else "described", "known" if party.entity else "local",
            next((reading.lemmas[i].lower() for i in reversed(reading.children[head]) if i < head and reading.rels[i] in ("amod", "compound")), "none"),
            reading.lemmas[reading.heads[head]].lower() if reading.rels[head] != "root" else "root",
        )  # fmt: skip


def _from_name(reading: Reading, lo: int, hi: int) -> tuple[int, int]:
    start, end = reading.chars(lo, hi)
    return start, end + AFTER


def _has_no(register: Register, country: str, name: str) -> bool:
    """Is a party by its name an office that the country does not have ("the prime minister" is of no country with a president alone)?"""
    return fold(name).endswith("prime minister") and not register.has_seat(country, "prime minister")


def _sector(party: Party) -> str:
    return party.sector[0] if party.sector else "none"


def _by_owner(reading: Reading, register: Register, parties: list[Party], stands: list[Stand]) -> dict[int, str]:
    """Party -> the country of its owner, or of what it is of; an owner may get his own on the way, so owners are asked twice."""
    at: dict[int, int] = {}
    for lo, hi, ats, _ in sorted(stands, key=lambda s: s[1] - s[0]):  # the narrowest first
        for i in range(lo, hi) if len(ats) == 1 else ():
            at.setdefault(i, ats[0])
    called = {p.name.split()[-1]: n for n, p in enumerate(parties) if p.kind == "person"}
    found: dict[int, str] = {}
    for _ in range(2):
        countries = {n: c for n, p in enumerate(parties) if (c := p.told or found.get(n))}
        for lo, hi, ats, by in stands:
            if len(ats) == 1 and by != "pronoun" and ats[0] not in found:
                country = _owner(reading, at, parties, countries, lo, hi) or _named(reading, register, called, countries, lo, hi)
                if country:
                    found[ats[0]] = country
    return found


def _of_the_country(reading: Reading, parties: list[Party], stands: list[Stand], lo: int, hi: int) -> str | None:
    """That of the state last named before "the country's military", "the nation's parliament", of the government before "the junta's leader"."""
    head = reading.head_of(lo, hi)
    owner = next((i for i in reading.children[head] if reading.rels[i] == "nmod:poss" and reading.words[i].lower() in COUNTRY | RULERS), None)
    if owner is None or not any(reading.words[i].lower() == "the" for i in reading.children[owner]):
        return None
    before = (parties[ats[0]] for a, _, ats, _ in reversed(stands) if a < owner and len(ats) == 1)
    kind = "state" if reading.words[owner].lower() in COUNTRY else "government"
    return next((party.country for party in before if party.kind == kind and party.country), None)


def _of_igo(reading: Reading, register: Register, lo: int, hi: int) -> bool:
    """Is a mention of somebody of an international organisation it names ("EP member", "the UN Security Council's sanctions committee")?"""
    head, names = reading.head_of(lo, hi), reading.names
    if reading.upos[head] not in ("NOUN", "PROPN"):
        return False
    own = names[bisect_left(names, (lo,)) : bisect_left(names, (hi,))]
    inside = (name for name in own if name[1] <= hi and head not in range(*name[:2]))
    bodies = (register.organisation(reading.quote(*name[:2])) for name in inside if reading.case_of(reading.head_of(*name[:2])) in ("", "of", "for"))
    return any(body is not None and body.kind == "igo" for body in bodies)


def _owner(reading: Reading, at: dict[int, int], parties: list[Party], countries: dict[int, str], lo: int, hi: int) -> str | None:
    """The country of the party that owns the mention, or of the state or place it is of."""
    head = reading.head_of(lo, hi)
    own = at.get(head)
    described = [reading.heads[head]] if reading.rels[head] == "appos" else []  # "his daughter, Yulia"
    for top in (head, *_appositions(reading, head), *described):
        for i in reading.children[top]:
            other, rel = at.get(i), reading.rels[i]
            if other is None or other == own:
                continue
            of = rel == "nmod" and i >= hi and parties[other].kind in ("state", "place") and reading.case_of(i) in OF
            posted = reading.words[top].lower() in WORDS["posted"] and reading.case_of(i) == "in"
            if rel == "nmod:poss" or (of and not posted):
                return countries.get(other)
    return None


def _appositions(reading: Reading, head: int) -> list[int]:
    return [i for i in reading.children[head] if reading.rels[i] == "appos"]


def _named(reading: Reading, register: Register, called: dict[str, int], countries: dict[int, str], lo: int, hi: int) -> str | None:
    """The country of a body, place or person named in a mention or its apposition, unless it stands behind "to", "with", "on": there one goes, is not from."""
    head = reading.head_of(lo, hi)
    inside = set(range(lo, hi)).union(*(reading.subtree(i) for i in _appositions(reading, head)))
    names = reading.names  # in text order: those from the first word to the last
    own = [(a, b) for a, b, kind in names[bisect_left(names, (min(inside),)) : bisect_left(names, (max(inside) + 1,))] if kind != "MISC"]
    runs = [run for top in (head, *_appositions(reading, head)) if (run := _capitals_before(reading, top)) and run not in own]
    if not runs and not own:
        return None
    told = {i for top in inside for c in reading.children[top] if reading.rels[c] == "acl:relcl" for i in reading.subtree(c)}
    if reading.words[head].lower() in WORDS["posted"]:  # "our ambassador in Iraq"
        told |= {i for c in reading.children[head] if reading.case_of(c) == "in" for i in reading.subtree(c)}
    for first, last in (*runs, *own):
        if (
            not hyphened(reading.words, first, last)
            and head not in range(first, last)
            and first not in told  # "a former Treasury Department official who represented the agency in the Iran talks"
            and inside.issuperset(range(first, last))
            and (case := reading.case_of(reading.head_of(first, last))) in OF | {"", AT}
        ):
            phrase = reading.quote(first, last)
            word, body = land(reading, register, first, last), register.organisation(phrase)
            word = None if (first, last) in runs or case == AT else word  # "Treasury Department", not "American"; "at Harvard", not "at Geneva"
            if word and word.what == "name" and not VERSED.isdisjoint(reading.lemmas[i] for i in inside.intersection(ways.above(reading, first))):
                continue  # "an Iran sanctions expert"
            if found := word or body:
                return found.iso3 if isinstance(found, CountryWord) else found.country
            if reading.words[last - 1] in called:
                return countries.get(called[reading.words[last - 1]])
    return None


def _capitals_before(reading: Reading, noun: int) -> tuple[int, int] | None:
    """The words with capitals right before a common noun ("Treasury Department" official)."""
    first = noun
    while first > 0 and reading.heads[first - 1] in range(first, noun + 1) and reading.words[first - 1][0].isupper():
        first -= 1
    return (first, noun) if first < noun and reading.upos[noun] == "NOUN" else None
