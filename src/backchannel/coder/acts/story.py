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
FAR = 1 << 62  # no word is so far away


class Seen(NamedTuple):
    """An act with its candidates as rated by its own sentence."""

    first: int  # its first word
    type: str
    lemma: str
    keys: list[str]
    rated: Floats  # (candidates, CLASSES)


class Report(NamedTuple):
    """The acts of a report, a row each: who is a candidate, his shares of actor and recipient, and what the acts are."""

    there: NDArray[np.bool_]  # (acts, parties)
    shares: Floats  # (acts, parties, 2)
    firsts: NDArray[np.int64]
    types: NDArray[np.int64]  # a number for each type and lemma
    lemmas: NDArray[np.int64]


def told_by_others(acts: Sequence[Seen]) -> list[Floats]:
    """Of each act, in order of text: (candidates, SIZE)."""
    column = {key: n for n, key in enumerate(dict.fromkeys(key for act in acts for key in act.keys))}
    columns = [[column[key] for key in act.keys] for act in acts]
    there, shares = np.zeros((len(acts), len(column)), bool), np.zeros((len(acts), len(column), 2), np.float32)
    for i, act in enumerate(acts):
        there[i, columns[i]], shares[i, columns[i]] = True, act.rated[:, 1:]
    report = Report(there, shares, np.array([a.first for a in acts]), _numbered([a.type for a in acts]), _numbered([a.lemma for a in acts]))
    return [_told(report, i, act.rated, own) for i, (act, own) in enumerate(zip(acts, columns, strict=True))]


def _numbered(names: Sequence[str]) -> NDArray[np.int64]:
    """A number for each name, the same for the same."""
    numbers = {name: n for n, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names], np.int64)


def _told(report: Report, i: int, rated: Floats, columns: list[int]) -> Floats:
    """Actor and recipient shares of each candidate: mean, most, sum; in the nearest act of the type, in those of the word; by who acts here; just before."""
    near, here, n = slice(max(0, i - NEAR), i + 1 + NEAR), min(i, NEAR), len(columns)
    if not n:
        return np.zeros((0, SIZE), np.float32)
    there, p = report.there[near].take(columns, 1), report.shares[near].take(columns, 1)  # (acts, candidates), (acts, candidates, 2)
    there[here], p[here] = False, 0.0  # the act itself tells nothing
    total = p.sum(0)
    alike = np.where(there & (report.types[near] == report.types[i])[:, None], np.abs(report.firsts[near] - report.firsts[i])[:, None], FAR)
    nearest, at = alike.argmin(0), np.arange(n)
    away = alike[nearest, at]
    found = away < FAR
    worded = p[report.lemmas[near] == report.lemmas[i]]
    last = np.where(there[:here], np.arange(here)[:, None], -1).max(0, initial=-1)
    return np.concatenate([
        total / np.maximum(1, there.sum(0))[:, None], p.max(0), np.log1p(total),
        p[nearest, at] * found[:, None], np.where(found, 1 / np.log1p(np.where(found, away, 1) + 1), 0)[:, None],
        worded.max(0, initial=0),
        _beside(p, rated[:, 1]), _beside(p, rated[:, 2])[:, ::-1],
        np.where(last >= 0, p[last, at, 1], 0)[:, None],
    ], 1).astype(np.float32)  # fmt: skip


def _beside(p: Floats, here: Floats) -> Floats:
    """How far each candidate stood opposite, and how far on the other side of, the likeliest other on one side here: (candidates, 2)."""
    if len(here) < 2:
        return np.zeros((len(here), 2), np.float32)
    best, second = (-here).argsort(kind="stable")[:2].tolist()
    turned = p[:, :, ::-1]  # the recipient's share beside the other's share of actor, and the other way round
    out: Floats = (turned * p[:, best, None]).max(0)
    out[best] = (turned[:, best] * p[:, second]).max(0)  # the likeliest one's other is the next
    return out
