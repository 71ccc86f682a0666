"""Words of a mention -> what they tell of whoever it stands for: its kind, sector and country, and whether a name in it is its own."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import numpy as np

from backchannel import records as r
from backchannel.coder.parties.places import is_of_feature
from backchannel.coder.parties.proper import Name, bare
from backchannel.coder.parties.titles import hyphened
from backchannel.reader import Reading
from backchannel.reader.labels import KINDS, SECTORS
from backchannel.register import Register
from backchannel.register.names import WORDS

STATE, PERSON = (np.array([kind == own for kind in KINDS]) for own in ("state", "person"))
TEXTS = frozenset("bill document legislation letter memo statement study survey text".split())
LISTED = 8  # mentions that may share one noun
INITIALS = re.compile(r"(?:[A-Z]\.?){2,3}")  # what is noun and adjective in one: "U.S.", "EU"
PLACED = frozenset(("in", "from", "at", "near", "inside"))
HUMAN = frozenset(("person", "people", "military", "armed_group", "company", "media", "ngo", "party", "office", "government", "ministry"))  # kinds of who acts


def kind_of(reading: Reading, lo: int, hi: int) -> r.ActorKind:
    """The likeliest kind of the words ``lo`` to ``hi`` (exclusive) but a state: those are all in the register; of several no person, of a text neither."""
    if reading.lemmas[reading.head_of(lo, hi)].lower() in TEXTS:
        return "other"
    rated = np.where(STATE | (PERSON & is_several(reading, lo, hi)), -np.inf, reading.mean_of("kind", lo, hi))
    return KINDS[int(rated.argmax())]  # type: ignore[return-value]


def is_several(reading: Reading, lo: int, hi: int) -> bool:
    """Is the mention's noun a plural?"""
    return "Number=Plur" in reading.feats[reading.head_of(lo, hi)]


def sector_of(reading: Reading, lo: int, hi: int) -> tuple[str, ...]:
    """The likeliest PLOVER sector, alone."""
    return (SECTORS[int(reading.mean_of("sector", lo, hi).argmax())],)


def country_in(reading: Reading, register: Register, lo: int, hi: int) -> str | None:
    """The country (ISO 3166-1 alpha-3) named inside a mention: "Russian attacks", "troops from Chad"; none of "Iranian-backed", nor of two that are joined,
    nor where somebody is posted ("our ambassador in Iraq").
    """
    words = reading.words
    head = reading.head_of(lo, hi)
    if words[head].lower() in WORDS["posted"]:
        hi = next((i for i in range(head + 1, hi) if words[i].lower() == "in"), hi)
    for size in (3, 2, 1):
        for i in range(lo, hi - size + 1):
            if words[i][0].isupper() and not hyphened(words, i, i + size) and not is_of_feature(reading, i, i + size):
                found = register.country_of(reading.quote(i, i + size))
                if found:
                    return None if _joined(reading, register, i + size, hi, found.iso3) else found.iso3
    return None


def _joined(reading: Reading, register: Register, end: int, hi: int, iso3: str) -> bool:
    """Does another country follow, joined to one that ends here ("British and French diplomats")?"""
    at = end + 1
    if at >= hi or reading.words[end] not in (",", "and", "or", "&"):
        return False
    others = (register.country_of(reading.quote(at, at + size)) for size in (3, 2, 1) if at + size <= hi)
    return next((other.iso3 != iso3 for other in others if other), False)


def are_people(reading: Reading, lo: int, hi: int) -> bool:
    """Are "Americans" meant, not "the Americans", who are their state (15 of 18 such wordings of annotated articles), nor what is "American"?"""
    head = reading.head_of(lo, hi)
    definite = "the" in (reading.words[lo].lower(), reading.words[lo - 1].lower() if lo else "")
    return not definite and reading.upos[head] in ("NOUN", "PROPN") and is_several(reading, lo, hi)


def beside(reading: Reading, register: Register, lo: int, hi: int, name: tuple[int, int, str]) -> bool:
    """Is a mention of somebody else than the name in it: of who is where it says ("relatives in Miami"), or of people of that country ("U.S. banks")?"""
    head, top = reading.head_of(lo, hi), reading.head_of(*name[:2])
    if head in range(*name[:2]) or reading.upos[head] != "NOUN":
        return False
    country = register.country_of(reading.quote(*name[:2])) and not hyphened(reading.words, *name[:2])
    placed = name[2] == "LOC" and reading.rels[top] in ("nmod", "obl") and reading.case_of(top) in PLACED
    return placed or bool(country and reading.rels[top] in ("compound", "amod") and kind_of(reading, lo, hi) in HUMAN)


def in_full(reading: Reading, register: Register, spans: Sequence[tuple[int, int, Name | None]], n: int) -> str | None:
    """What a mention says with the words that it shares with others: "U.S. negotiators" of "U.S. and Iranian negotiators"."""
    phrase = bare(reading.quote(*spans[n][:2]))
    if noun := shared_noun(reading, register, spans, n):
        return f"{phrase} {noun}"
    of = shared_of(reading, register, spans, n)
    return f"{bare(of)} {phrase}" if of else None


def shared_noun(reading: Reading, register: Register, spans: Sequence[tuple[int, int, Name | None]], n: int) -> str | None:
    """The noun that a country's adjective shares with the mention behind it, or at the end of the list it begins, when that is of people ("U.S. and Iranian
    negotiators").
    """
    lo, hi, name = spans[n]
    if name is None or not _is_adjective(reading, register, lo, hi):
        return None
    for (first, end, _), (a, b, other) in itertools.pairwise(spans[n : n + LISTED]):
        joined = a == end + 1 and reading.words[end].lower() in ("and", ",", "&")
        if not joined or (other and other[2] == "PER") or not _is_adjective(reading, register, first, end):
            return None
        size = next((size for size in (2, 1) if a + size <= b and register.country_of(reading.quote(a, a + size))), 0)
        if a + size < b:
            plural = size and is_several(reading, b - 1, b) and reading.upos[b - 1] == "NOUN"
            told = register.describe(f"{bare(reading.quote(lo, hi))} {reading.quote(a + size, b)}") if plural else None
            return reading.quote(a + size, b) if told and told.kind in HUMAN else None
    return None


def shared_of(reading: Reading, register: Register, spans: Sequence[tuple[int, int, Name | None]], n: int) -> str | None:
    """What stands before the first of some countries and holds for all of them ("foreign ministers of" Jordan and Iraq)."""
    lo, hi, _ = spans[n]
    top = reading.head_of(lo, hi)
    first = reading.heads[top]
    noun = reading.heads[first]
    if reading.rels[top] != "conj" or reading.rels[first] != "nmod" or reading.case_of(first) != "of" or not register.country_of(reading.quote(lo, hi)):
        return None
    start = next((a for a, b, _ in spans[max(0, n - LISTED) : n] if a <= noun < first < b), None)
    case = next(i for i in reading.children[first] if reading.rels[i] == "case")
    return reading.quote(start, case + 1) if start is not None and is_several(reading, noun, noun + 1) else None


def _is_adjective(reading: Reading, register: Register, lo: int, hi: int) -> bool:
    """Is it a country's adjective ("Iranian"), or may it be one ("U.S.", not "the U.S.")?"""
    phrase = bare(reading.quote(lo, hi))
    word = register.country_of(phrase)
    return word is not None and (word.what == "demonym" or bool(INITIALS.fullmatch(phrase) and reading.words[lo - 1].lower() != "the"))
