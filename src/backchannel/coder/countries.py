"""The country of parties whose own words do not name one: their owner's ("Iraq's leaders", "his lawyer"), that of a body or place they are of
("Menendez of New Jersey"), or of the report, when it tells of one country before all others.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from backchannel.coder.cast import OFFICIAL, Party, Stand
from backchannel.coder.mentions import SEAT
from backchannel.reader import Reading
from backchannel.register import Register
from backchannel.register.model import CountryWord

NOWHERE = frozenset("state igo place armed_group".split())  # they have a country by their own words or none
OF = frozenset(["of", "in", "from", "for"])
ABROAD = frozenset(("IGO", "REB"))  # sectors of no one state
CONGRESS, ITS_COUNTRY = frozenset(("sen", "rep")), "USA"  # "Sen.", "Rep.": so written of the U.S. Congress, unless the report is about another country
SHARE, LEAST = 0.6, 5  # of the mentions with a country: so many make it the report's


def settle(reading: Reading, register: Register, parties: list[Party], stands: list[Stand]) -> None:
    """Fills in countries, once it is known which words stand for whom; an owner may get his own on the way, so owners are asked twice."""
    at: dict[int, int] = {}
    for lo, hi, ats, _ in sorted(stands, key=lambda s: s[1] - s[0]):  # the narrowest first
        for i in range(lo, hi) if len(ats) == 1 else ():
            at.setdefault(i, ats[0])
    called = {p.name.split()[-1]: p for p in parties if p.kind == "person"}
    for _ in range(2):
        for lo, hi, ats, by in stands:
            party = parties[ats[0]]
            if len(ats) == 1 and party.country is None and by != "pronoun" and party.kind not in NOWHERE and "IGO" not in party.sector:
                party.country = _owner(reading, at, parties, lo, hi) or _named(reading, register, called, lo, hi)
    home = _home(parties, stands)
    owned = {a for lo, hi, ats, by in stands if by != "pronoun" and _has_owner(reading, lo, hi) for a in ats}
    for n, party in enumerate(parties):
        if party.country is None and party.entity is None and n not in owned and _at_home(party):
            party.country = home or (ITS_COUNTRY if any(t.post in CONGRESS for _, _, t in party.titles) else None)


def _at_home(party: Party) -> bool:
    """May it be of the country that the report is about? Persons, and what belongs to a state; not rebels, nor what stands between states."""
    official = party.kind not in NOWHERE and not OFFICIAL.isdisjoint(party.sector) and (party.kind, party.sector) != ("other", ("GOV",))
    return ABROAD.isdisjoint(party.sector) and (party.kind == "person" or official)


def _has_owner(reading: Reading, lo: int, hi: int) -> bool:
    return any(reading.rels[i] == "nmod:poss" for i in reading.children[reading.head_of(lo, hi)])


def _owner(reading: Reading, at: dict[int, int], parties: list[Party], lo: int, hi: int) -> str | None:
    """The country of the party that owns the mention, or of the state or place it is of."""
    head = reading.head_of(lo, hi)
    own = at.get(head)
    for top in (head, *_appositions(reading, head)):
        for i in reading.children[top]:
            other, rel = at.get(i), reading.rels[i]
            if other is None or other == own:
                continue
            if rel == "nmod:poss" or (rel == "nmod" and i >= hi and parties[other].kind in ("state", "place") and reading.case_of(i) in OF):
                return parties[other].country
    return None


def _appositions(reading: Reading, head: int) -> list[int]:
    return [i for i in reading.children[head] if reading.rels[i] == "appos"]


def _named(reading: Reading, register: Register, called: dict[str, Party], lo: int, hi: int) -> str | None:
    """The country of a body, place or person named in a mention or its apposition, unless it stands behind "to", "with", "on": there one goes, is not from."""
    if hi + 1 < len(reading.words) and reading.words[hi] == "(" and SEAT.fullmatch(reading.words[hi + 1]):
        return ITS_COUNTRY
    head = reading.head_of(lo, hi)
    inside = set(range(lo, hi)).union(*(reading.subtree(i) for i in _appositions(reading, head)))
    names = reading.names  # in text order: those from the first word to the last
    for first, last, kind in names[bisect_left(names, (min(inside),)) : bisect_left(names, (max(inside) + 1,))]:
        if (
            kind != "MISC"
            and head not in range(first, last)
            and inside.issuperset(range(first, last))
            and reading.case_of(reading.head_of(first, last)) in OF | {""}
        ):
            phrase = reading.quote(first, last)
            word, body = register.country_of(phrase), register.organisation(phrase)
            if found := word or body or called.get(reading.words[last - 1]):
                return found.iso3 if isinstance(found, CountryWord) else found.country
    return None


def _home(parties: list[Party], stands: list[Stand]) -> str | None:
    """The country that most of the mentions with a country are of."""
    told = Counter(c for _, _, ats, by in stands if by != "pronoun" for c in {parties[a].country for a in ats} if c)
    most = told.most_common(1)
    return most[0][0] if most and most[0][1] >= max(LEAST, SHARE * told.total()) else None
