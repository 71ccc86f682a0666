"""A sentence with two marked parties -> the PLOVER root of what the first does to the second (the PLV task, Hu et al. 2022).

Every word is a possible anchor: how strongly it is linked to the two parties weighs what root it says.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from backchannel.reader import read
from backchannel.reader.labels import EVENTS, ROLES

ROOTS = EVENTS[:16]


class Pair(NamedTuple):
    """The likeliest root and the probability of each."""

    root: str
    probabilities: dict[str, float]


def classify_pair(text: str, actor: tuple[int, int], recipient: tuple[int, int] | None = None) -> Pair:
    """The PLOVER root between two spans of ``text`` (half-open character offsets), with probabilities of all sixteen.

    Raises:
        ValueError: a span lies outside the text or holds no word.

    """
    reading = read(text)
    logits = reading.logits("root")
    weight = np.zeros(len(reading.tokens), np.float32)
    for span, role in ((actor, "actor"), (recipient, "recipient")):
        if span is None:
            continue
        words = [i for i, t in enumerate(reading.tokens) if t.start < span[1] and t.end > span[0]]
        if not words or not 0 <= span[0] < span[1] <= len(text):
            raise ValueError(f"found no word in {span}; expected offsets of a party in the text")
        for lo, hi, scores in reading.chunk_links():
            own = [w - lo for w in words if lo <= w < hi]
            if own:
                weight[lo:hi] += np.log(np.maximum(scores[:, own, ROLES.index(role)].max(1), 1e-9))
            else:
                weight[lo:hi] += np.log(1e-9)
    x = logits + weight[:, None]
    top = x.max()
    scores = np.exp(x - top).sum(0)
    p = scores / scores.sum()
    return Pair(ROOTS[int(p.argmax())], {k: round(float(v), 4) for k, v in zip(ROOTS, p, strict=True)})
