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
AHEAD = frozenset(("will", "wo", "would", "'ll", "’ll", "shall"))  # auxiliaries of what is yet to come


def stance_of(reading: Reading, s: Said) -> str:
    """What the speaker does with the words: by the cue word where that leaves no choice (statements.toml), else by the stance head. A turn of a transcript
    that ends so is a question.
    """
    if not s.cue:
        return "questions" if s.spoken and reading.words[s.content[1] - 1] == "?" else "asserts"
    worded = cue_stance(reading.quote(*s.cue))
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


def cue_stance(cue: str) -> str | None:
    """The stance that a cue's words leave no choice about (statements.toml), else None."""
    low = cue.lower()
    return next((stance for stance, pattern in _cue_words() if pattern.search(low)), None)


@cache
def _cue_words() -> list[tuple[str, re.Pattern[str]]]:
    table = tomllib.loads(resources.files(__package__).joinpath("statements.toml").read_text(encoding="utf8"))
    return [(stance, re.compile(pattern)) for stance, pattern in table.items()]
