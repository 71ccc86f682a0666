"""A statement -> what its speaker does with the words: asserts, denies, demands, promises, ..."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from backchannel.coder.statements.said import Said
from backchannel.coder.syntax.negation import is_negated
from backchannel.reader import Reading
from backchannel.reader.labels import STANCES

PLAIN = 1.8  # odds of "asserts" over what the head gives it: from 1.6 to 2.2 best on gold/dev and the held-out articles
# Nouns for what somebody has said, and verbs that deny it.
WORDS = frozenset("allegation accusation claim charge report suggestion rumour rumor assertion notion idea speculation story insinuation theory".split())
TALK = frozenset("allegation accusation claim charge assertion suggestion insinuation".split())  # those of them that are somebody's talk
DENYING = frozenset("deny dismiss reject refute rebut rubbish dispute debunk".split())
DEFINITE = frozenset("the this that these those all any such both his her its their".split())
AHEAD = frozenset(("will", "wo", "would", "'ll", "’ll", "shall"))  # auxiliaries of what is yet to come


def stance_of(reading: Reading, s: Said) -> str:
    """What the speaker does with the words: by the cue word where that leaves no choice (statements.toml), else by the stance head. A turn of a transcript
    that ends so is a question.
    """
    if not s.cue:
        return "questions" if s.spoken and reading.words[s.content[1] - 1] == "?" else "asserts"
    worded = cue_stance(reading.quote(*s.cue)) or ("denies" if denied_words(reading, reading.head_of(*s.cue)) is not None else None)
    told = worded or _likeliest(reading, s)
    either = told == "confirms" or worded == "denies"  # "would not confirm", "did not deny"
    return "declines_to_comment" if either and is_negated(reading, reading.head_of(*s.cue)) else told


def _likeliest(reading: Reading, s: Said) -> str:
    """The stance head's own choice; what will not be done is refused, not denied ("We will not negotiate")."""
    rated = reading.mean_of("stance", *s.cue or s.content).copy()
    rated[STANCES.index("asserts")] *= PLAIN
    head = reading.head_of(*s.content)
    if is_negated(reading, head) and any(reading.words[c].lower() in AHEAD for c in reading.children[head]):
        rated[STANCES.index("denies")] = 0.0
    return STANCES[int(rated.argmax())]


def denied_words(reading: Reading, verb: int) -> int | None:
    """The noun for what was said that a verb denies ("rejected *the allegations*", "dismissed reports that it had paid")."""
    if reading.lemmas[verb].lower() not in DENYING:
        return None
    court = reading.lemmas[verb].lower() == "dismiss"  # "dismissed the charges"
    nouns = (c for c in reading.children[verb] if reading.rels[c] == "obj" and reading.lemmas[c].lower() in WORDS)
    return next((c for c in nouns if not (court and reading.lemmas[c].lower() == "charge")), None)


def is_bare(reading: Reading, noun: int) -> bool:
    """Does a noun for what was said leave it open what that is ("the allegations", "such claims")?"""
    below = reading.children[noun]
    around = {reading.words[c].lower() for c in below if c < noun}
    return around <= DEFINITE and not any(reading.rels[c].startswith(("acl", "nmod", "ccomp")) and reading.rels[c] != "nmod:poss" for c in below)


def is_talk(reading: Reading, noun: int) -> bool:
    """Does a noun name, bare, what somebody has said (not "the report", which a parliament may reject)?"""
    return reading.lemmas[noun].lower() in TALK and is_bare(reading, noun)


def cue_stance(cue: str) -> str | None:
    """The stance that a cue's words leave no choice about (statements.toml), else None."""
    low = cue.lower()
    return next((stance for stance, pattern in _cue_words() if pattern.search(low)), None)


@cache
def _cue_words() -> list[tuple[str, re.Pattern[str]]]:
    table = tomllib.loads(resources.files(__package__).joinpath("statements.toml").read_text(encoding="utf8"))
    return [(stance, re.compile(pattern)) for stance, pattern in table.items()]
