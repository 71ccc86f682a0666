"""A word -> the clause it is told in: of whom it and its sentence tell, how they begin. By that a sentence goes on with the one before it, and with the day
told there: "The minister met the envoys on Monday. He also praised the truce."
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from backchannel.reader import Reading

STEPS = 8  # arcs between a word and the verb of its clause at most
KINDS = {"PRON": "pronoun", "PROPN": "name"}  # of subjects; all others are nouns
ADVERBS = frozenset("also then later afterward afterwards meanwhile separately earlier again still too now just already immediately soon".split())
OPENING = frozenset('but and also meanwhile then later earlier after before since in on he she they it the “ "'.split())  # first words that tell


class Clause(NamedTuple):
    """The clause of a word."""

    subject: str  # what its subject is
    about: frozenset[str]  # the parties of its subject
    main: frozenset[str]  # the parties of its sentence's subject
    adverb: str  # that links it to what was told before
    opening: str  # the word that its sentence begins with


def clause_of(reading: Reading, parties: Mapping[int, tuple[str, ...]], word: int) -> Clause:
    """The clause a word is told in; ``parties``: word -> keys of the actors its mention stands for."""
    verb = _verb(reading, word)
    own, main = _subject(reading, verb), _subject(reading, _root(reading, word))
    first = reading.words[reading.bounds[reading.sentence_of[word]][0]].lower()
    kind = "none" if own is None else KINDS.get(reading.upos[own], "noun")
    about, of_sentence = (frozenset(parties.get(i, ()) if i is not None else ()) for i in (own, main))
    return Clause(kind, about, of_sentence, _adverb(reading, word) or _adverb(reading, verb), first if first in OPENING else "other")


def in_common(one: Clause, other: Clause) -> str:
    """Do two clauses, or their sentences, tell of the same parties?"""
    if one.about & other.about:
        return "clause"
    if (one.about | one.main) & (other.about | other.main):
        return "sentence"
    return "none" if one.about and other.about else "unknown"


def _verb(reading: Reading, word: int) -> int:
    """The verb with a subject above a word, else the highest word."""
    for _ in range(STEPS):
        if reading.heads[word] == word or (reading.upos[word] in ("VERB", "AUX") and _subject(reading, word) is not None):
            break
        word = reading.heads[word]
    return word


def _root(reading: Reading, word: int) -> int:
    """The word that a sentence hangs on."""
    while reading.heads[word] != word:
        word = reading.heads[word]
    return word


def _subject(reading: Reading, verb: int) -> int | None:
    return next((c for c in reading.children[verb] if reading.rels[c].startswith("nsubj")), None)


def _adverb(reading: Reading, word: int) -> str:
    told = (reading.words[c].lower() for c in reading.children[word] if reading.rels[c].startswith("advmod"))
    return next((w for w in told if w in ADVERBS), "")


def is_infinitive(reading: Reading, word: int) -> bool:
    """Does a word head a clause with "to" that hangs from a verb or noun ("gave them a day *to leave*")?"""
    return reading.rels[word] in ("xcomp", "acl", "advcl") and any(reading.words[c].lower() == "to" for c in reading.children[word])
