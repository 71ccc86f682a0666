"""Pronouns: for whom "he", "they", "we" stand. A pronoun's candidates are the parties of its kind named shortly before, rated by nearness, the tree and what
they are (``choosing.py``).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from math import log1p
from typing import NamedTuple

import numpy as np

from backchannel import records as r
from backchannel.coder.acts.expulsions import EXPELLING, is_diplomat
from backchannel.coder.choosing import network
from backchannel.coder.parties.cast import Party, Stand
from backchannel.coder.syntax import ways
from backchannel.coder.syntax.dependents import joined
from backchannel.coder.syntax.offers import is_answered
from backchannel.intake.datelines import dateline
from backchannel.reader import Reading
from backchannel.reader.coreference import pronouns
from backchannel.reader.encoder import Floats

PERSONAL, FEMALE, NEUTRAL, PLURAL = pronouns("he", "she"), pronouns("she"), pronouns("it"), pronouns("they")
THIRD = PERSONAL | NEUTRAL | PLURAL
SPEAKER, SIDE = pronouns("i"), pronouns("we")
HOME = re.compile(r"(?:his|her|their|its) (?:own )?(?:country|nation|homeland)", re.I)
LIKELY = 0.3  # a pronoun stands for the likeliest candidate from here on: on a fifth of the annotated part kept aside 0.77 of "it", 0.70 of "they" are right
OWNED = 4  # words above what is theirs at which its owners may be subject
REACH = 4  # sentences a pronoun looks back; beyond that the nearest candidate was wrong more often than right on gold/train
ORGANISED = ("state", "government", "igo", "armed_group", "ministry", "office", "military", "party", "media", "company", "ngo")
MANY = ("people", "armed_group", "military", "government", "igo", "state", "ministry")


def first_persons(reading: Reading, stands: Sequence[Stand], said: Iterable[r.Statement]) -> Iterator[tuple[int, str, int]]:
    """The words "I" and "we" in what a party is quoted with, in small letters, each with the number of that party: the innermost speaker."""
    taken = {i for lo, hi, _, _ in stands for i in range(lo, hi)}
    sources = sorted((s for s in said if s.source and s.source.actor), key=lambda s: s.content.start - s.content.end)  # widest first
    for i, word in enumerate(reading.words):
        if i in taken or (low := word.lower()) not in SPEAKER | SIDE:
            continue
        token = reading.tokens[i]
        holding = [s.source for s in sources if (s.verbatim or reading.quoted[i]) and s.content.start <= token.start and token.end <= s.content.end]
        if holding and holding[-1] and holding[-1].actor:
            yield i, low, int(holding[-1].actor[1:]) - 1


def homes(reading: Reading, parties: list[Party], stands: list[Stand]) -> Iterator[tuple[int, int, str]]:
    """ "His country", "their own nation": first word, last word exclusive, the country (ISO 3166-1 alpha-3) of whom the pronoun stands for."""
    for lo, _, ats, by in stands:
        if by == "pronoun" and len(ats) == 1:
            last = min(lo + 3, reading.bounds[reading.sentence_of[lo]][1])
            hi = next((hi for hi in range(last, lo + 1, -1) if HOME.fullmatch(reading.quote(lo, hi))), 0)
            if hi and (country := parties[ats[0]].country):
                yield lo, hi, country


class Candidate(NamedTuple):
    """A party that a pronoun may stand for, by its last mention before it."""

    party: int
    near: float  # how near, as a subject rather than not: the likeliest by rule has most
    numbers: tuple[float, ...]
    words: tuple[str, ...]


Chooser = Callable[[int, list[Candidate]], Candidate | None]


def resolve(reading: Reading, parties: list[Party], stands: list[Stand], choose: Chooser | None = None) -> None:
    """Adds to ``stands`` (in text order) what the pronouns of the third person stand for. ``choose``: picks the candidate of a word, in place of the shipped
    weights.
    """
    women = {n: party.female for n, party in enumerate(parties) if party.female is not None}
    taken = {i for lo, hi, _, _ in stands for i in range(lo, hi)}
    for i, word in enumerate(reading.words):
        low = word.lower()
        if low not in THIRD:
            continue
        if i in taken and low not in PERSONAL and reading.rels[i] != "nmod:poss":  # "its" of "its foes"
            continue
        kinds = ("person",) if low in PERSONAL else ORGANISED if low in NEUTRAL else MANY
        female = low in FEMALE if low in PERSONAL else None
        if low in PLURAL and (both := _joined_above(reading, stands, i)):
            insort(stands, (i, i + 1, both, "pronoun"), key=lambda s: (s[0], s[1]))
            continue
        found = _candidates(reading, parties, stands, i, kinds, female, women)
        chosen = (choose or partial(_likeliest, reading))(i, found) if found else None
        if chosen:
            insort(stands, (i, i + 1, (chosen.party,), "pronoun"), key=lambda s: (s[0], s[1]))
            if female is not None:
                women[chosen.party] = female


def _candidates(
    reading: Reading, parties: list[Party], stands: list[Stand], i: int, kinds: tuple[str, ...], female: bool | None, women: dict[int, bool]
) -> list[Candidate]:
    """The parties of the right kind named in the sentences before a pronoun, the likeliest by rule first."""
    here, governor = reading.sentence_of[i], reading.heads[i]
    begin = reading.bounds[max(0, here - REACH)][0]
    before = stands[bisect_left(stands, begin, key=_begin) : bisect_left(stands, i, key=_begin)]
    last: dict[int, Stand] = {}
    named: Counter[int] = Counter()
    line = dateline(reading.text)
    for stand in before:
        if len(stand[2]) == 1 and not (line and line.start <= reading.tokens[stand[0]].start < line.end):  # nobody is the town of the dateline
            last[stand[2][0]] = stand
            named[stand[2][0]] += 1
    starts = sorted(stand[0] for stand in last.values())
    of_word = (reading.words[i].lower(), ways.relation(reading, i), reading.lemmas[governor], reading.upos[governor])
    doing, below = _doing(reading, i), _named_below(reading, stands, i)
    found = []
    for number, (lo, hi, _, by) in last.items():
        party = parties[number]
        if number in below or party.kind not in kinds or (female is not None and women.get(number, female) != female):
            continue
        head = reading.head_of(lo, hi)
        gap = here - reading.sentence_of[lo]
        if gap == 0 and (reading.heads[head] == i or head in doing):
            continue
        subject = reading.rels[head].startswith("nsubj")
        leaving = bool(reading.quoted[lo]) and not reading.quoted[i]
        near = -gap + 0.8 * subject - leaving - 0.5 * (by == "description")
        apart = (log1p(i - lo), log1p(len(starts) - bisect_right(starts, lo)), reading.paragraph_of(i) - reading.paragraph_of(lo))
        numbers = (near, gap, subject, leaving, *apart, log1p(named[number]), number in women, reading.quoted[i] > 0)
        words = (*of_word, by, party.kind, ways.relation(reading, head), reading.upos[head], reading.case_of(head), party.sector[0] if party.sector else "none",
                 "plural" if "Number=Plur" in reading.feats[head] else "singular", reading.lemmas[reading.heads[head]])  # fmt: skip
        found.append(Candidate(number, near + 0.001 * lo / i, tuple(map(float, numbers)), words))
    return sorted(found, key=lambda c: (-c.near, c.party))


def _doing(reading: Reading, i: int) -> list[int]:
    """Who does what is done to a pronoun, or to what nobody does it to of his own, and so cannot be it: "Clinton and Obama attack him" (him, not himself),
    "Ghana accused Togo and expelled its ambassador", "Sudan accepted his offer".
    """
    verb = reading.heads[i]
    expelled = is_diplomat(reading, verb) and reading.lemmas[reading.heads[verb]].lower() in EXPELLING
    if reading.rels[i] == "nmod:poss" and (expelled or is_answered(reading, verb)):
        verb = reading.heads[verb]
        while reading.rels[verb] == "conj" and not any(reading.rels[c] == "nsubj" for c in reading.children[verb]):
            verb = reading.heads[verb]
    elif reading.rels[i] not in ("obj", "iobj"):
        return []
    return [w for c in reading.children[verb] if reading.rels[c] == "nsubj" for w in joined(reading, c)]


def _joined_above(reading: Reading, stands: list[Stand], i: int) -> tuple[int, ...]:
    """The parties joined as subject of the verb whose clause a plural pronoun begins ("Peru and Chile said that they would ..."), or which has what is theirs
    ("Peru and Chile reopened their border").
    """
    clause = reading.heads[i]
    above = reading.heads[clause]
    if reading.rels[i] == "nmod:poss":
        above = next((w for w in islice(_upwards(reading, clause), OWNED) if _subject_before(reading, w, i) is not None), above)
    elif not reading.rels[i].startswith("nsubj") or reading.rels[clause] != "ccomp":
        return ()
    subject = _subject_before(reading, above, i)
    if subject is None:
        return ()
    words = joined(reading, subject)
    first = stands[bisect_left(stands, reading.bounds[reading.sentence_of[i]][0], key=_begin) : bisect_left(stands, i, key=_begin)]
    found = {n for lo, hi, ats, by in first if len(ats) == 1 and reading.head_of(lo, hi) in words for n in ats}
    return tuple(sorted(found)) if len(found) > 1 else ()


def _subject_before(reading: Reading, verb: int, i: int) -> int | None:
    """The subject of a verb that stands before a word, the nearest to it."""
    return max((c for c in reading.children[verb] if reading.rels[c].startswith("nsubj") and c < i), default=None)


def _upwards(reading: Reading, word: int) -> Iterator[int]:
    """A word and those above it."""
    while True:
        yield word
        if reading.heads[word] == word:
            return
        word = reading.heads[word]


def _named_below(reading: Reading, stands: list[Stand], i: int) -> set[int]:
    """Whom the clause of a pronoun that is its subject goes on to name, and so does not mean by it: "they demand that Iran let inspectors in"."""
    if not reading.rels[i].startswith("nsubj"):
        return set()
    inside = {w for w in reading.subtree(reading.heads[i]) if w > i}
    end = reading.bounds[reading.sentence_of[i]][1]
    after = stands[bisect_right(stands, i, key=_begin) : bisect_left(stands, end, key=_begin)]
    return {n for lo, hi, ats, by in after if by == "name" and len(ats) == 1 and reading.head_of(lo, hi) in inside for n in ats}


def _likeliest(reading: Reading, i: int, candidates: list[Candidate]) -> Candidate | None:
    p = network("parties/pronouns.npz").rated(*described(candidates), reading.act_vector(reading.heads[i]))[:, 1]
    best = int(p.argmax())
    return candidates[best] if p[best] >= LIKELY else None


def described(candidates: list[Candidate]) -> tuple[Floats, list[tuple[str, ...]]]:
    """Numbers (candidates, D) and words of each kind for the network."""
    return np.array([c.numbers for c in candidates], np.float32), [c.words for c in candidates]


def _begin(stand: Stand) -> int:
    return stand[0]
