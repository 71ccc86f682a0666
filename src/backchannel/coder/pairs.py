"""A sentence with two marked parties -> the PLOVER root of what the first does to the second (the PLV task, Hu et al. 2022).

Every word is a possible anchor: how strongly it is linked to the two parties weighs what root it says. What the reader's heads say of the words so
weighed is turned into a root by logistic regression (``training.pairs``), as the coders of PLV draw the lines elsewhere than the guide of our articles: who
says that he will release somebody agrees, a court that convicts accuses, a blockade or an attack on computers is an assault.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backchannel.reader import read
from backchannel.reader.encoder import Floats
from backchannel.reader.labels import EVENTS, ROLES
from backchannel.reader.reading import Reading

ROOTS = EVENTS[:16]
YIELD = ("CONCEDE", "RETREAT")  # one root in PLV: the reader says which of the two
CLASSES = (*(r for r in ROOTS if r not in YIELD), "YIELD")
HEADS = ("root", "event", "mode", "status", "polarity", "stance", "cue", "upos")
FLOOR = 1e-3  # added to shares before their logarithm is taken
UNLINKED = 1e-9


class Pair(NamedTuple):
    """The likeliest root and the probability of each."""

    root: str
    probabilities: dict[str, float]


def classify_pair(text: str, actor: tuple[int, int] | None, recipient: tuple[int, int] | None = None) -> Pair:
    """The PLOVER root between two spans of ``text`` (half-open character offsets), with probabilities of all sixteen. One of the two may be unknown.

    Raises:
        ValueError: a span lies outside the text or holds no word, or there is none.

    """
    if actor is None and recipient is None:
        raise ValueError("found no party; expected the offsets of an actor or a recipient")
    reading = read(text)
    likely = anchors(reading, actor, recipient)
    table, first = _weights()
    scores = evidence(reading, likely.sum(1)) @ table + first
    p = np.exp(scores - scores.max())
    found = dict(zip(CLASSES, p / p.sum(), strict=True))
    own = dict(zip(ROOTS, likely.sum(0), strict=True))
    yields, both = found.pop("YIELD"), sum(own[r] for r in YIELD)
    found |= {r: yields * (own[r] / both if both else 1 / len(YIELD)) for r in YIELD}
    return Pair(max(ROOTS, key=lambda r: found[r]), {r: round(float(found[r]), 4) for r in ROOTS})


def anchors(reading: Reading, actor: tuple[int, int] | None, recipient: tuple[int, int] | None) -> Floats:
    """How likely each word is to be the anchor between two spans and each root what it says: (words, ROOTS), sum 1."""
    weight = np.zeros(len(reading.tokens), np.float32)
    for span, role in ((actor, "actor"), (recipient, "recipient")):
        if span is None:
            continue
        words = [i for i, t in enumerate(reading.tokens) if t.start < span[1] and t.end > span[0]]
        if not words or not 0 <= span[0] < span[1] <= len(reading.text):
            raise ValueError(f"found no word in {span}; expected offsets of a party in the text")
        for lo, hi, scores in reading.chunk_links():
            own = [w - lo for w in words if lo <= w < hi]
            weight[lo:hi] += np.log(np.maximum(scores[:, own, ROLES.index(role)].max(1), UNLINKED) if own else UNLINKED)
    x = reading.logits("root") + weight[:, None]
    p: Floats = np.exp(x - x.max())
    out: Floats = p / p.sum()
    return out


def evidence(reading: Reading, likely: NDArray[np.floating]) -> Floats:
    """What the heads say of the words, each counted as ``likely`` (words,) it is the anchor: log shares of all labels of ``HEADS``, side by side."""
    return np.log(np.concatenate([likely @ reading.probabilities(head) for head in HEADS]) + FLOOR)


@cache
def _weights() -> tuple[Floats, Floats]:
    """A row for each label of ``HEADS``, a column for each of ``CLASSES``; the scores to begin with."""
    with np.load(Path(__file__).with_name("pairs.npz"), allow_pickle=False) as stored:
        return stored["table"], stored["first"]
