"""Words that give time to act, set or shorten a deadline or say "or else" -> the demands and threats that they are, also where the event head is less sure.

Who has or is given time to do something ("gave them ten days to leave", "has until Friday to answer") is asked to, and so is whom a deadline is for. Who is
told or given time to do something "or face war" is threatened: so are 24 of 24 annotated ones, while who must do it or is wanted to is asked (5 of 5). What
time is given for is an act itself (9 of 13 of which the head is unsure).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from backchannel.coder.syntax.clauses import is_infinitive
from backchannel.reader import Reading
from backchannel.reader.encoder import Floats
from backchannel.reader.labels import EVENTS

# Probability of being some act, from which it is one: time that is given "or else", time that is given, a deadline that is set, any word.
FAINT, GIVEN, SET, NAMED = 0.02, 0.1, 0.25, 0.5
GRANTING, LENGTHS = frozenset("give have get allow grant leave".split()), frozenset("hour day week month year".split())
TELLING = frozenset("tell give have set serve let".split())  # whose "or" makes a threat
DEADLINES, SETTING = frozenset(("deadline", "ultimatum")), frozenset("set impose issue give announce".split())
PROLONGING = frozenset("extend prolong postpone delay defer renew push".split())  # what is done to a deadline that comes later
SHORTENING = frozenset("shorten tighten advance".split())  # what is done to a deadline that comes earlier
WORDS = GRANTING | TELLING | DEADLINES | SHORTENING
HURTING = frozenset("REJECT PROTEST SANCTION MOBILIZE COERCE ASSAULT".split())  # types of what is threatened
Types = NDArray[np.bool_]  # (1 + EVENTS,), as the columns of the head


def _only(*types: str) -> Types:
    """No act, or one of these types."""
    return np.array([True, *(t in types for t in EVENTS)])


ASKED, SET_OR_ASKED, THREATENED = _only("REQUEST"), _only("REQUEST", "THREATEN"), _only("THREATEN")
DONE = _only(*(t for t in EVENTS if t not in ("REQUEST", "THREATEN", "RELATION", "QUESTION")))


def made(reading: Reading, scores: Floats) -> dict[int, Types]:
    """The words that name an act for what they stand with, each with the types it may have; ``scores``: of the event head, (words, 1 + EVENTS)."""
    acts = 1.0 - scores[:, 0]
    found: dict[int, Types] = {}
    for word in reading.having(WORDS):
        lemma, given = reading.lemmas[word].lower(), given_for(reading, word)
        if acts[word] < (FAINT if given else GIVEN):
            continue
        if lemma in TELLING and is_or_else(reading, word, scores):
            found[word] = THREATENED
        elif acts[word] < GIVEN:
            continue
        elif given:
            found[word] = ASKED if lemma == "have" else SET_OR_ASKED  # nobody threatens by what another "has"
        elif lemma in SHORTENING and acts[word] >= NAMED and _is_shortened(reading, word):
            found[word] = ASKED
        elif lemma in DEADLINES and (_is_for_somebody(reading, word) or (SET <= acts[word] < NAMED and _is_set(reading, word))):
            found[word] = SET_OR_ASKED
        found |= dict.fromkeys((verb for verb in given if acts[verb] >= GIVEN), DONE)
    return found


def given_for(reading: Reading, word: int) -> list[int]:
    """What a verb gives somebody so much time for, or until a day."""
    children = reading.children[word]
    if reading.lemmas[word].lower() not in GRANTING:
        return []
    until = any(reading.case_of(c) in ("until", "till") for c in children)
    timed = until or any(reading.lemmas[c].lower() in LENGTHS and any(reading.rels[i] == "nummod" for i in reading.children[c]) for c in children)
    return [i for c in children for i in (c, *reading.children[c]) if is_infinitive(reading, i)] if timed else []


def _is_for_somebody(reading: Reading, word: int) -> bool:
    """Is it a deadline to do something ("a deadline for the parties to form an executive")?"""
    return any(is_infinitive(reading, c) for c in reading.children[word])


def _is_shortened(reading: Reading, verb: int) -> bool:
    """Is it a deadline that comes earlier by the verb? Of eleven annotated concessions of one each prolongs, drops or lets it pass."""
    return any(reading.rels[c] in ("obj", "nsubj:pass") and reading.lemmas[c].lower() in DEADLINES for c in reading.children[verb])


def _is_set(reading: Reading, word: int) -> bool:
    """Is it a deadline that somebody sets?"""
    setting = [reading.heads[word]] * (reading.rels[word] == "obj") + [c for c in reading.children[word] if reading.rels[c].startswith("acl")]
    return any(reading.lemmas[v].lower() in SETTING for v in setting)


def is_or_else(reading: Reading, word: int, scores: Floats) -> bool:
    """Does what a verb tells, gives time for or is end in what is done otherwise ("leave or be shot", "leave or face sanctions")?"""
    below = (w for w in reading.subtree(word) if w > word and reading.rels[w] == "conj")
    return any(_hurts(scores, w) for other in below if _is_after_or(reading, other) for w in (other, *reading.children[other]))


def is_otherwise(reading: Reading, act: int, kind: str) -> bool:
    """Is an act of this type what is done otherwise, by what a verb tells or gives time for, or by what must be done?"""
    if kind not in HURTING:
        return False
    joined = next((w for w in (act, reading.heads[act]) if reading.rels[w] == "conj" and _is_after_or(reading, w)), None)
    while joined is not None and reading.heads[joined] != joined:
        joined = reading.heads[joined]
        if reading.lemmas[joined].lower() in TELLING or any(reading.words[c].lower() == "must" for c in reading.children[joined]):
            return True
    return False


def _is_after_or(reading: Reading, joined: int) -> bool:
    """Is it joined by "or", which the tree may hang from a word between?"""
    joining = [c for c in reading.children[joined] if reading.rels[c] == "cc"] or range(reading.heads[joined] + 1, joined)
    return any(reading.words[c].lower() == "or" for c in joining)


def _hurts(scores: Floats, word: int) -> bool:
    """Does a word name an act against somebody?"""
    return bool(1.0 - scores[word, 0] >= NAMED) and EVENTS[int(scores[word, 1:].argmax())] in HURTING


__all__ = ["given_for", "is_or_else", "is_otherwise", "made"]
