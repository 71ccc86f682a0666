"""The times that may be an act's -> what sets each apart from the others: how many there are, which is the nearest before the act, how far from the report's
day each lies, where in the report the act is told. Shapes: N candidates.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import copysign, log1p
from typing import NamedTuple

import numpy as np

from backchannel import records as r
from backchannel.coder.times.resolving import day_of
from backchannel.reader.encoder import Floats

AT_MOST = 5  # times before the act that are told apart
HEAD = 10  # sentences of a report's head


class Candidate(NamedTuple):
    """An expression that may tell when an act was."""

    first: int
    words: list[int]  # in the act's chunk
    expression: r.TimeExpression
    when: r.When  # as the time of the act
    tells_saying: bool
    compares: bool  # "the first since 2022": rated beside the others, but never the act's
    away: int  # sentences after the act's


def among(candidates: Sequence[Candidate], start: int, sentence: int, n_sentences: int, published: r.When | None) -> Floats:
    """Numbers of the candidates of an act that begins at character ``start`` of a sentence: (N, 12)."""
    today = day_of(published.start) if published else None
    before = sorted({c.expression.start for c in candidates if c.expression.start < start}, reverse=True)
    times = [(c.when.start, c.when.end) for c in candidates]
    in_sentence = sum(not c.away for c in candidates)
    place = (sentence / n_sentences, min(sentence, HEAD) / HEAD, in_sentence / 3, len(set(times)) / 5)
    numbers = []
    for c in candidates:
        rank = before.index(c.expression.start) if c.expression.start < start else -1
        last = day_of(c.when.end)
        off = (today - last).days if today and last else None
        days = (copysign(log1p(abs(off)), off) / 5 if off else 0.0, off == 0, off == 1, off is None)
        rivals = len({own for own, other in zip(times, candidates, strict=True) if other.away == c.away})
        numbers.append((*place, min(rank, AT_MOST) / 3, rank == 0, *days, sentence + c.away == 0, rivals / 3))
    return np.array(numbers, np.float32)
