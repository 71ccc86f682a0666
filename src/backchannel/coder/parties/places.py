"""Names of places -> the whole name ("Gulf of Mexico", "Port Sudan", where the reader saw only a part), and of which country: towns that several states have
(shared_places.csv) are of the one that the report speaks of, towns before their region ("Lebanon, Ohio") of the region's, waters and valleys of none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from backchannel.reader import Reading
from backchannel.register import Register
from backchannel.register.additions import Word
from backchannel.register.model import CountryWord
from backchannel.register.names import WORDS, fold

LONGER = 3  # words by which the known name of a place may go on at either side
WATERS = WORDS["waters"]
FEATURES = WATERS | WORDS["features"]
OF = frozenset(("of", "the"))
FEDERAL = frozenset(("AUS", "CAN", "USA"))  # whose towns stand before their region: of others "Lebanon, Gaza" are two
PARTS = frozenset(("city", "region"))
ABROAD = "USA"  # reports everywhere speak of Washington: only its parts tell that a town is there


def is_wide(name: str) -> bool:
    """Is a place larger than a country ("Asia", "the Persian Gulf")?"""
    words = fold(name).split()
    return fold(name) in WORDS["wide"] or not WATERS.isdisjoint(words[-1:]) or (len(words) > 2 and words[0] in WATERS and words[1] == "of")


def is_of_feature(reading: Reading, lo: int, hi: int) -> bool:
    """Is the name of a country only a part of that of a water or valley ("Lake" Chad, Korean "Peninsula", Gulf of" Oman)?"""
    before = next((i for i in range(lo - 1, max(-1, lo - 4), -1) if reading.words[i] not in OF), -1)
    around = ([hi] if hi < len(reading.words) else []) + ([before] if before >= 0 and (before < lo - 1 or reading.words[before] in ("Lake", "River")) else [])
    return any(reading.words[i][0].isupper() and reading.words[i].lower() in FEATURES for i in around)


def whole_place(reading: Reading, register: Register, lo: int, hi: int) -> tuple[int, int]:
    """The words of the longest name of a place that the register has around a name, or of the water that it begins ("Gulf" of Mexico)."""
    words = reading.words
    first, end = reading.bounds[reading.sentence_of[lo]]
    if hi - lo == 1 and words[lo].lower() in WATERS and words[lo][0].isupper() and words[hi : hi + 1] == ["of"]:
        last = next((i for i in range(hi, end) if words[i] not in OF and not words[i][0].isupper()), end)
        return (lo, last) if words[last - 1] not in OF else (lo, hi)
    if lo - 2 >= first and words[lo - 1] == "of" and words[lo - 2][0].isupper() and words[lo - 2].lower() in WATERS:
        return lo - 2, hi
    around = ((a, b) for b in range(min(hi + LONGER, end), hi - 1, -1) for a in range(max(first, lo - LONGER), lo + 1) if b - a > hi - lo)
    known = (
        (a, b) for a, b in around if words[a][0].isupper() and words[a] != "The" and words[b - 1][0].isupper() and register.country_of(reading.quote(a, b))
    )
    return max(known, key=lambda span: span[1] - span[0], default=(lo, hi))


def region_behind(reading: Reading, register: Register, hi: int) -> CountryWord | None:
    """The region that stands behind a town and a comma ("Lebanon", "Ohio")."""
    word = _behind(reading, register, hi)
    return word if word and word.what == "region" and word.iso3 in FEDERAL else None


def with_towns(reading: Reading, register: Register) -> Register:
    """The register as it is to be read in a report: the towns of several states that it names are of one of them, if it tells of which."""
    named = list(_named(reading, register, frozenset(register.shared_places)))
    if not named:
        return register
    countries: Counter[str] = Counter()
    for lo, hi in _named(reading, register, None):
        word = register.country_of(reading.quote(lo, hi))
        if word and (lo, hi) not in named and (word.iso3 != ABROAD or word.what in PARTS):
            countries[word.iso3] += 1
    return register.reading_as(
        tuple(word for key in dict.fromkeys(fold(reading.quote(*at)) for at in named) for word in _told(reading, register, key, named, countries))
    )


def _named(reading: Reading, register: Register, among: frozenset[str] | None) -> Iterator[tuple[int, int]]:
    """Where a report names places: those among some, or all that are of a country."""
    i, words = 0, reading.words
    firsts = {key.split()[0] for key in among or ()}
    while i < len(words):
        begins = words[i][0].isupper() and (among is None or fold(words[i]) in firsts)
        sizes = (n for n in (3, 2, 1) if begins and i + n <= len(words) and words[i + n - 1][0].isupper())
        size = next((n for n in sizes if (fold(reading.quote(i, i + n)) in among if among is not None else register.country_of(reading.quote(i, i + n)))), 0)
        if size:
            yield i, i + size
        i += size or 1


def _behind(reading: Reading, register: Register, hi: int) -> CountryWord | None:
    """What stands behind a place and a comma, if it is of a country."""
    found = (register.country_of(reading.quote(hi + 1, hi + 1 + n)) for n in (2, 1) if hi + 1 + n <= len(reading.words))
    return next((word for word in found if word), None) if reading.words[hi : hi + 1] == [","] else None


def _told(reading: Reading, register: Register, key: str, named: list[tuple[int, int]], countries: Counter[str]) -> Iterator[Word]:
    """What a shared name means in a report, where it is not what it usually means: the country right behind it, else the most named of those that have it."""
    usual, others = register.shared_places[key]
    states = (*filter(None, (usual,)), *others)
    at = [span for span in named if fold(reading.quote(*span)) == key]
    beside = next((word.iso3 for _, hi in at if (word := _behind(reading, register, hi)) and word.iso3 in states), None)
    meant = beside or max(states, key=lambda c: countries[c])
    if meant != usual and (beside or countries[meant]):
        known = register.country_of(reading.quote(*at[0]))
        yield Word(text=reading.quote(*at[0]), iso3=meant, what="region" if known and known.what == "name" else "city")
