"""Anchors that name a mediation -> who mediates, between whom.

"X tried to mediate between A and B": the subject mediates, what stands after "between" are the parties. The event head knows that it is a consultation; these
verbs and nouns leave no choice as to the roles (PLOVER: the mediator is a third party of the talks). Generic parties ("the countries", "the two sides") are
the last two states or groups named before, the mediator's own side left out.
"""

from __future__ import annotations

import re

from backchannel.coder.anchors import Anchor
from backchannel.coder.cast import Cast
from backchannel.reader import Reading

MEDIATING = re.compile(r"mediat|broker|arbitrat|interced|intermediar|go-between", re.IGNORECASE)
GENERIC = frozenset("country side party nation leader state neighbour neighbor capital government two rival foe".split())
COLLECTIVE = frozenset(("state", "government", "armed_group", "igo", "party"))
STEPS = 4  # verbs above the mediating one that may carry its subject ("has been trying to mediate")


def mediation(reading: Reading, cast: Cast, anchor: Anchor) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """(mediators, parties) of an anchor that names a mediation; None when it does not, or when nobody can be told to mediate."""
    word = next((i for i in anchor.words if MEDIATING.match(reading.words[i])), None)
    if word is None:
        return None
    mediators = _subject(reading, cast, word)
    parties = _between(reading, cast, word, mediators)
    return (mediators, tuple(k for k in parties if k not in mediators)) if mediators and parties else None


def _subject(reading: Reading, cast: Cast, word: int) -> tuple[str, ...]:
    i = word
    for _ in range(STEPS):
        for child in reading.children[i]:
            if reading.rels[child].startswith(("nsubj", "nmod:poss")) and child in cast.at:
                return tuple(dict.fromkeys(k for w in _joined(reading, child) for k in cast.at.get(w, ())))
        if reading.heads[i] == i:
            break
        i = reading.heads[i]
    return ()


def _between(reading: Reading, cast: Cast, word: int, mediators: tuple[str, ...]) -> list[str]:
    end = reading.bounds[reading.sentence_of[word]][1]
    mark = next((i for i in range(word, end) if reading.words[i].lower() == "between"), None)
    if mark is None:
        return []
    head = reading.heads[mark]
    if reading.lemmas[head].lower() in GENERIC and head not in cast.at:
        return _last_two(reading, cast, mark, mediators)
    named = [k for w in _joined(reading, head) for k in cast.at.get(w, ())]
    return list(dict.fromkeys(named))


def _joined(reading: Reading, head: int) -> list[int]:
    """The head and what is coordinated with it."""
    return [head, *(c for c in reading.children[head] if reading.rels[c] == "conj")]


def _last_two(reading: Reading, cast: Cast, before: int, mediators: tuple[str, ...]) -> list[str]:
    own = {cast.get(k).country for k in mediators}
    found: list[str] = []
    for lo, _, keys in reversed(cast.spans):
        for key in keys if lo < before else ():
            actor = cast.get(key)
            if actor.kind in COLLECTIVE and actor.country not in own and key not in found:
                found.append(key)
        if len(found) >= 2:
            return found[:2]
    return []
