"""Words of a tree as the networks of ``choosing.py`` are given them: relations, what an act's word is, the way from one word to another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate, chain

import numpy as np

from backchannel.coder.acts.anchors import Anchor
from backchannel.reader import Reading
from backchannel.reader.encoder import Floats

FAR = 5  # steps of the tree beyond which all ways are alike
BEYOND = 2  # and sentences
CLIP = 7.0  # log odds of a link at most
KEPT = frozenset(("pass", "agent", "poss"))  # subtypes of relations that tell something of sides


def log_odds(p: Floats) -> Floats:
    """Of link probabilities, about -2.3 to 2.3."""
    inner = np.minimum(np.maximum(p, 1e-6), 1 - 1e-6)
    out: Floats = np.minimum(np.maximum(np.log(inner / (1 - inner)), -CLIP), CLIP) / 3
    return out


def best_over(scores: Floats, groups: Sequence[Sequence[int]]) -> Floats:
    """The best of each column over the rows of each group, none empty: (rows, D) -> (groups, D)."""
    starts = list(accumulate(map(len, groups[:-1]), initial=0))
    out: Floats = np.maximum.reduceat(scores[list(chain.from_iterable(groups))], starts, axis=0)
    return out


def relation(reading: Reading, i: int) -> str:
    """The relation of a word to the one above, without most subtypes."""
    return _shortened(reading.rels[i])


@cache
def _shortened(rel: str) -> str:
    name, _, subtype = rel.partition(":")
    return rel if subtype in KEPT else name


def act_words(reading: Reading, anchor: Anchor, head: int) -> tuple[str, ...]:
    """An act's type, lemma, part of speech, relation, preposition, voice, whether it has an object."""
    below = {relation(reading, c) for c in reading.children[head]}
    voice = "passive" if below & {"nsubj:pass", "aux:pass"} else "active"
    has = "object" if "obj" in below else "no object"
    return anchor.type, reading.lemmas[head], reading.upos[head], relation(reading, head), reading.case_of(head), voice, has


def above(reading: Reading, i: int) -> dict[int, int]:
    """A word and all above it in the tree, with their heights over it."""
    found = {i: 0}
    while reading.heads[i] != i:
        i = reading.heads[i]
        found[i] = len(found)
    return found


def way(reading: Reading, heights: dict[int, int], i: int) -> tuple[str, ...]:
    """The steps of the tree to a word of the same sentence: up (^) to the word above both, then down (v); ``heights``: ``above`` of where the way begins."""
    down: list[str] = []
    while i not in heights:
        down.append(f"v{relation(reading, i)}")
        i = reading.heads[i]
    return (*(f"^{relation(reading, w)}" for w in list(heights)[: heights[i]]), *reversed(down))


def told(steps: tuple[str, ...] | None, away: int) -> str:
    """A way as one word; None: to a word of another sentence, ``away`` sentences on."""
    return f"other {max(-BEYOND, min(BEYOND, away))}" if steps is None else " ".join(steps) if len(steps) <= FAR else "far"
