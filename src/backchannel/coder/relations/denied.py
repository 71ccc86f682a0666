"""What is denied of a relation: "never warm", "no longer allies", "not enemies", "neither friends nor foes"; not "never been closer", which says the most."""

from __future__ import annotations

from collections.abc import Sequence

from backchannel.coder.syntax.negation import NEVER
from backchannel.reader import Reading

NAMED = {"good": "strained", "allied": "none", "strained": "correct", "hostile": "correct"}  # of what there is none
OPPOSITE = {"good": "strained", "allied": "strained", "correct": "strained", "strained": "unknown", "hostile": "unknown"}  # of what is denied
BEARING = {"good": "strained", "allied": "strained", "strained": "correct", "hostile": "correct"}  # of a friend, ally, rival or enemy that one is not
NOT = NEVER | frozenset(("hardly", "barely"))
BETTER = frozenset("better closer warmer stronger".split())
COMPARED = BETTER | frozenset("worse lower colder greater".split())
MOST = frozenset(("never", "could"))
HAVING = frozenset("have enjoy maintain".split())
PREDICATE = ("xcomp", "compound", "amod", "obj")  # relations of a word to what its denial may hang from


def is_denied(reading: Reading, word: int) -> bool:
    """Is a word that says how it is denied ("never warm", "are not good", "barely on speaking terms", "no friend")?"""
    beside = _beside(reading, word)
    if _is_most(reading, word, beside):
        return False
    return is_over(reading, word) or any(reading.lemmas[c].lower() in (*NOT, "no") and reading.rels[c] in ("advmod", "det") for c in beside)


def has_none(reading: Reading, word: int) -> bool:
    """Is a noun what there is none of, or what somebody is said not to have ("no quarrel", "do not have an alliance"; not "did not ease tensions")?"""
    return is_not_had(reading, word) or any(reading.words[c].lower() == "no" for c in reading.children[word])


def is_not_had(reading: Reading, word: int) -> bool:
    """Is a noun what somebody is said not to have ("never had close ties")?"""
    above = reading.heads[word]
    owned = reading.rels[word] == "obj" and reading.lemmas[above].lower() in HAVING
    return owned and any(reading.lemmas[c].lower() in NEVER and reading.rels[c] == "advmod" for c in reading.children[above])


def is_over(reading: Reading, word: int) -> bool:
    """Is it said to be so no longer ("no longer allies", "are enemies no longer", "no longer on speaking terms")?"""
    return any(c and reading.words[c].lower() == "longer" and reading.words[c - 1].lower() == "no" for c in _beside(reading, word))


def is_neither(reading: Reading, word: int) -> bool:
    """Is it neither the one nor the other ("neither friends nor foes")?"""
    first = min(reading.subtree(word))
    return any(reading.words[i].lower() == "neither" for i in range(max(first - 1, reading.bounds[reading.sentence_of[word]][0]), word))


def is_best(reading: Reading, word: int) -> bool:
    """Is it as good as can be ("have never been better")?"""
    return reading.words[word].lower() in BETTER and _is_most(reading, word, _beside(reading, word))


def _beside(reading: Reading, word: int) -> Sequence[int]:
    """The words below it, and those below what it is a part of."""
    above = reading.heads[word]
    return (*reading.children[word], *(reading.children[above] if reading.rels[word] in PREDICATE else ()))


def _is_most(reading: Reading, word: int, beside: Sequence[int]) -> bool:
    """Is it the most that can be ("have never been closer", "could not be worse", "no closer ally")?"""
    most = any(reading.words[c].lower() in MOST for c in beside)
    return any(reading.words[w].lower() in COMPARED and (most or w != word) for w in (word, *reading.children[word]))
