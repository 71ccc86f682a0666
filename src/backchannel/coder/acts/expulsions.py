"""Words that send a diplomat home -> one act each: "declared the envoy persona non grata", "ordered the ambassador to leave", "asked two diplomats to go".

The event head, which is taught single words, takes the ordering for a demand and the leaving for a withdrawal, or half of a Latin phrase for the act. Of nine
such orders to another state's diplomats in annotated articles and cases nine are expulsions (SANCTION); a state's own are called home.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.acts.idioms import POLITICAL, SURE
from backchannel.reader import Reading
from backchannel.reader.labels import EVENTS

DIPLOMATS = frozenset("ambassador envoy diplomat attaché attache attach consul charge chargé nuncio legate".split())
ORDERING = frozenset("order ask tell request instruct direct".split())
GOING = frozenset("leave depart quit go".split())
DECLARING = frozenset("declare name pronounce proclaim call deem designate make".split())
PERSONS = frozenset(("persona", "personae"))
EXPELLING = frozenset("expel oust banish".split())  # nobody does so to a diplomat of his own
SANCTION = np.array([float(t == "SANCTION") for t in EVENTS], np.float32)


def with_expulsions(reading: Reading, found: Sequence[Anchor]) -> list[Anchor]:
    """The anchors, in order; one for each expulsion in so many words, in place of those of its parts."""
    out = list(found)
    for first, last, also, known in (*_not_welcome(reading), *_ordered_out(reading)):
        inside = [a for a in out if (a.first < last and first < a.last) or any(i in a.words for i in also)]
        if not (inside or known):
            continue
        own = [a for a in inside if a.type == "SANCTION" and a.first < last and first < a.last]
        score, alone = max((a.score for a in inside), default=SURE), 0.0 if inside else POLITICAL
        begin, end = min([first, *(a.first for a in own)]), max([last, *(a.last for a in own)])
        out = [a for a in out if not any(a is part for part in inside)] + [Anchor(begin, end, "SANCTION", score, SANCTION, alone)]
    return sorted(out, key=lambda a: a.first)


def is_expelling(reading: Reading, words: range) -> bool:
    """Do the words of an anchor name an expulsion in so many words?"""
    return any(reading.lemmas[i].lower() in PERSONS or _going(reading, i) is not None for i in words)


def is_diplomat(reading: Reading, word: int) -> bool:
    """Is it a noun for who represents a state abroad?"""
    high = reading.lemmas[word].lower() == "commissioner" and any(reading.words[c].lower() == "high" for c in reading.children[word])
    return high or (reading.lemmas[word].lower() in DIPLOMATS and reading.upos[word] in ("NOUN", "PROPN"))


class Turn(NamedTuple):
    """Words for an expulsion."""

    first: int
    last: int  # exclusive
    parts: tuple[int, ...]  # further words of it that are no acts of their own
    known: bool  # is it one whether or not the event head sees any act there?


def _not_welcome(reading: Reading) -> Iterator[Turn]:
    """The words "persona non grata", with the verb that declares somebody so."""
    for i in reading.having(PERSONS):
        lo, hi = reading.bounds[reading.sentence_of[i]]
        rest = [w.lower() for w in reading.words[i + 1 : hi]][:2]
        size = 2 if rest and rest[0].startswith("non-") else 3 if rest[:1] == ["non"] and len(rest) == 2 else 0
        if size:
            verb = next((v for v in range(i, lo - 1, -1) if reading.lemmas[v].lower() in DECLARING), None)
            yield Turn(i, i + size, () if verb is None else (verb,), verb is not None)


def _ordered_out(reading: Reading) -> Iterator[Turn]:
    """The verbs by which another's diplomat is ordered to leave."""
    for verb in reading.having(ORDERING):
        if (go := _going(reading, verb)) is not None:
            yield Turn(verb, verb + 1, (go,), True)


def _going(reading: Reading, verb: int) -> int | None:
    """What another's diplomat is ordered to do by a verb when that is to leave ("to leave", "out")."""
    if reading.lemmas[verb].lower() not in ORDERING or reading.upos[verb] != "VERB":
        return None
    below = reading.children[verb]
    whom = next((c for c in below if reading.rels[c] in ("obj", "iobj", "nsubj:pass") and is_diplomat(reading, c)), None)
    if whom is None or any(reading.upos[c] == "PRON" and reading.rels[c] == "nmod:poss" for c in reading.children[whom]):
        return None
    to_leave = (c for c in (*below, *reading.children[whom]) if reading.lemmas[c].lower() in GOING and reading.rels[c] in ("xcomp", "ccomp", "acl", "advcl"))
    out = (i for c in below if c > whom for i in (c, *reading.children[c]) if reading.words[i].lower() in ("out", "home"))
    go = next(chain(to_leave, out), None)
    return None if go is None or any(reading.words[i].lower() == "or" for i in reading.subtree(go)) else go  # "or be deported" makes it a threat
