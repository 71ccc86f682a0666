"""Phrases by which a report says that something is not known, told or decided ("the jury is still out on whether", "mystery surrounds the death of").

They are matched word by word (``questions.toml``: regular expressions over the lower-case words of a sentence with one space between them), as their sense
is in no single word of them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import accumulate

from backchannel.coder.questions.asked import ABOUT, Words, clause_at, subject_of
from backchannel.coder.questions.fronted import fronted
from backchannel.reader import Reading

BETWEEN = frozenset("ADP ADV SCONJ PUNCT".split())  # what stands between a phrase and its question
KINDS = ("of_clause", "of_thing", "of_subject")


def phrased(reading: Reading) -> Iterator[tuple[int, int, Words]]:
    """First and last word of each phrase with what is unknown."""
    for first, last in reading.bounds:
        words = [w.lower() for w in reading.words[first:last]]
        text = " ".join(words)
        starts = dict(zip(accumulate((len(w) + 1 for w in words), initial=0), range(first, last), strict=False))
        for kind, pattern in _patterns():
            for m in pattern.finditer(text):
                begin, after = starts[m.start()], starts.get(m.end() + 1, last)
                what = _clause_behind(reading, after, last) or (_thing(reading, begin, after, last) if kind != "of_clause" else ())
                if not what:
                    what = subject_of(reading, begin) if kind == "of_subject" else fronted(reading, after - 1)
                if what:
                    yield begin, after - 1, what


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    table = tomllib.loads(resources.files(__package__).joinpath("questions.toml").read_text(encoding="utf8"))["phrases"]
    return [(kind, re.compile(rf"(?<!\S)(?:{'|'.join(table[kind])})(?!\S)")) for kind in KINDS]


def _clause_behind(reading: Reading, after: int, last: int) -> Words:
    """The clause that asks right behind a phrase, with nothing but prepositions between ("as to whether")."""
    for j in range(after, min(after + 4, last)):
        if what := clause_at(reading, j):
            return what
        if reading.upos[j] not in BETWEEN:
            return ()
    return ()


def _thing(reading: Reading, begin: int, after: int, last: int) -> Words:
    """What the phrase is over or about, else the object of its verb."""
    for j in (after, after - 1):
        if j < last and reading.words[j].lower() in ABOUT and reading.rels[j] == "case" and reading.heads[j] > j:
            return tuple(k for k in reading.subtree(reading.heads[j]) if k > j)
    return next((tuple(reading.subtree(c)) for c in reading.children[after - 1] if c >= after and reading.rels[c] == "obj"), ())
