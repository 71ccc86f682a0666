"""Anchor of a contact -> how open it was: public, undisclosed, its contents undisclosed (disclosure.toml, records.md)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from backchannel import records as r
from backchannel.coder.anchors import Anchor
from backchannel.reader import Reading

CLAUSES = ("advcl", "conj", "ccomp", "parataxis", "acl", "acl:relcl", "root", "csubj")


@cache
def _patterns() -> list[tuple[r.Disclosure, re.Pattern[str]]]:
    table = tomllib.loads(resources.files("backchannel.coder").joinpath("disclosure.toml").read_text(encoding="utf8"))
    return [(kind, re.compile("|".join(table[kind]), re.IGNORECASE)) for kind in ("undisclosed", "contents_undisclosed", "public")]


def disclosure(reading: Reading, anchor: Anchor) -> r.Disclosure:
    """What the clause of the contact, else its sentence, says of it; unknown when they say nothing. Secrecy told anywhere in the sentence is told of it."""
    texts = (clause(reading, anchor), _sentence(reading, anchor))
    (secret, pattern), *others = _patterns()
    if any(map(pattern.search, texts)):
        return secret
    for text in texts:
        for kind, pattern in others:
            if pattern.search(text):
                return kind
    return "unknown"


def clause(reading: Reading, anchor: Anchor) -> str:
    """The words of the anchor's own clause: below its verb, without the clauses that hang from it by conjunction."""
    i = reading.head_of(anchor.first, anchor.last)
    while reading.rels[i].split(":")[0] not in CLAUSES and reading.heads[i] != i:
        i = reading.heads[i]
    skip = {
        w
        for c in reading.children[i]
        if reading.rels[c] in ("conj", "parataxis", "ccomp") and anchor.first not in reading.subtree(c)
        for w in reading.subtree(c)
    }
    return " ".join(reading.words[w] for w in reading.subtree(i) if w not in skip)


def _sentence(reading: Reading, anchor: Anchor) -> str:
    return reading.quote(*reading.bounds[reading.sentence_of[anchor.first]])
