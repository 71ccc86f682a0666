"""Anchor of a contact -> how open it was: public, undisclosed, its contents undisclosed (disclosure.toml, silence.py, records.md)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources

from backchannel import records as r
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.contacts.silence import kept_back
from backchannel.coder.syntax.passives import NOUNS
from backchannel.reader import Reading

CLAUSES = ("advcl", "conj", "ccomp", "parataxis", "acl", "acl:relcl", "root", "csubj")
CLOSED = frozenset("private closed confidential classified".split())  # of a meeting nobody else was at


@cache
def _patterns() -> list[tuple[r.Disclosure, re.Pattern[str]]]:
    table = tomllib.loads(resources.files(__package__).joinpath("disclosure.toml").read_text(encoding="utf8"))
    return [(kind, re.compile("|".join(table[kind]), re.IGNORECASE)) for kind in ("undisclosed", "contents_undisclosed", "public")]


def disclosure(reading: Reading, anchor: Anchor) -> r.Disclosure:
    """What the sentence of the contact says of it; unknown when it says nothing. Secrecy told anywhere in it is told of the contact, unless of another."""
    (secret, secretly), (closed, privately), (public, publicly) = _patterns()
    own, sentence = clause(reading, anchor), reading.sentence_of[anchor.first]
    others = _of_others(reading, anchor)
    if secretly.search(_text(reading, (i for i in range(*reading.bounds[sentence]) if i not in others))):
        return secret
    modified = any(reading.lemmas[c].lower() in CLOSED for i in anchor.words for c in (i, *reading.children[i]) if reading.upos[c] == "ADJ")
    kept = kept_back(reading, sentence) or (closed if modified or privately.search(own) else None)
    return kept or (public if publicly.search(own) or publicly.search(reading.quote(*reading.bounds[sentence])) else "unknown")


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
    return _text(reading, (w for w in reading.subtree(i) if w not in skip))


def _text(reading: Reading, words: Iterable[int]) -> str:
    """Words of a sentence as they stand in the text: "face-to-face"."""
    out, end = "", -1
    for i in words:
        token = reading.tokens[i]
        out += ("" if token.start == end else " ") + token.text
        end = token.end
    return out


def _of_others(reading: Reading, anchor: Anchor) -> set[int]:
    """Adjectives of other contacts of the sentence ("after months of secret talks they will meet")."""
    head = reading.head_of(anchor.first, anchor.last)
    near = {*anchor.words, head, reading.heads[head]}
    lo, hi = reading.bounds[reading.sentence_of[anchor.first]]
    return {
        i for i in range(lo, hi) if reading.rels[i] == "amod" and reading.lemmas[h := reading.heads[i]].lower() in NOUNS and not {h, reading.heads[h]} & near
    }
