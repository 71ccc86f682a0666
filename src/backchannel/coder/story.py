"""Acts of a report -> what the others say of the candidates of each: who struck whom before, who is acted on throughout, who answers whom.

Half of what annotators give an act that names no recipient is known from the story alone (``docs/decisions.md``), so ``sides.py`` rates the candidates of
all acts once by their own sentences, and again with these numbers beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backchannel.reader.encoder import Floats

NEAR = 40  # acts before and after that are looked at
SIZE = 16  # numbers of each candidate


class Seen(NamedTuple):
    """An act with its candidates as rated by its own sentence."""

    first: int  # its first word
    type: str
    lemma: str
    keys: list[str]
    rated: Floats  # (candidates, CLASSES)


def told_by_others(acts: Sequence[Seen]) -> list[Floats]:
    """Of each act, in order of text: (candidates, SIZE)."""
    column = {key: n for n, key in enumerate(dict.fromkeys(key for act in acts for key in act.keys))}
    columns = [[column[key] for key in act.keys] for act in acts]
    there, shares = np.zeros((len(acts), len(column)), bool), np.zeros((len(acts), len(column), 2), np.float32)
    for i, act in enumerate(acts):
        there[i, columns[i]], shares[i, columns[i]] = True, act.rated[:, 1:]
    return [_told(acts, i, columns[i], there, shares) for i in range(len(acts))]


def _told(acts: Sequence[Seen], i: int, columns: list[int], there: NDArray[np.bool_], shares: Floats) -> Floats:
    """Actor and recipient shares of each candidate: mean, most, sum; in the nearest act of the type, in those of the word; by who acts here; just before."""
    before = range(max(0, i - NEAR), i)
    at_others, act, n = [*before, *range(i + 1, min(len(acts), i + 1 + NEAR))], acts[i], len(columns)
    if not at_others or not n:
        return np.zeros((n, SIZE), np.float32)
    others = [acts[j] for j in at_others]
    there, p = there[np.ix_(at_others, columns)], shares[np.ix_(at_others, columns)]  # (others, candidates), (others, candidates, 2)
    total = p.sum(0)
    away = np.array([abs(o.first - act.first) for o in others])
    alike = np.where(there & np.array([o.type == act.type for o in others])[:, None], away[:, None], np.iinfo(np.int64).max)
    nearest, at = alike.argmin(0), np.arange(n)
    found = alike[nearest, at] < np.iinfo(np.int64).max
    worded = p[[i for i, o in enumerate(others) if o.lemma == act.lemma]]
    last = np.where(there[: len(before)], np.arange(len(before))[:, None], -1).max(0, initial=-1)
    return np.column_stack([
        total / np.maximum(1, there.sum(0))[:, None], p.max(0), np.log1p(total),
        p[nearest, at] * found[:, None], np.where(found, 1 / np.log1p(np.where(found, alike[nearest, at], 1) + 1), 0),
        worded.max(0, initial=0),
        _beside(p, act.rated[:, 1]), _beside(p, act.rated[:, 2])[:, ::-1],
        np.where(last >= 0, p[last, at, 1], 0),
    ]).astype(np.float32)  # fmt: skip


def _beside(p: Floats, here: Floats) -> Floats:
    """How far each candidate stood opposite, and how far on the other side of, the likeliest other on one side here: (candidates, 2)."""
    n = p.shape[1]
    if n < 2:
        return np.zeros((n, 2), np.float32)
    best, second = np.argsort(-here, kind="stable")[:2]
    other = np.where(np.arange(n) == best, second, best)  # of each candidate
    partner = p[:, other]  # (others, candidates, 2)
    out: Floats = np.stack([(p[:, :, 1] * partner[:, :, 0]).max(0), (p[:, :, 0] * partner[:, :, 1]).max(0)], 1)
    return out
