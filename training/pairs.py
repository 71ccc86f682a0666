"""PLV train -> the weights of ``backchannel.coder.pairs``: ``python -m training.pairs`` writes pairs.npz and prints what five folds of the pairs reach.

Multinomial logistic regression on what the reader's heads say of the words between the two parties. The reader has been taught the roots of all folds, so
the figures tell how PLV's lines are learnt, and are too good for new sentences. A minute on one core; run it after the export.
"""

from __future__ import annotations

import pathlib
from collections.abc import Sequence

import numpy as np
import torch
from torch import nn

from backchannel import plover
from backchannel.coder import pairs
from backchannel.reader import read
from backchannel.reader.encoder import Floats
from training.data import load

OUT = pathlib.Path(pairs.__file__).with_name("pairs.npz")
STRENGTH = 0.05  # inverse of the pull of all weights to zero; from 0.03 to 0.1 within 0.005 of macro-F1 in four other partitions
FOLDS, STEPS, SEED = 5, 300, 20261130
QUADS = {root: plover.quad(root) for root in pairs.ROOTS} | {"YIELD": plover.quad("RETREAT")}


def examples() -> tuple[Floats, list[str]]:
    """Evidence of every pair of PLV train whose two parties are marked (N, labels of the heads), and its root."""
    rows, roots = [], []
    for record in load("events", "plv", "train"):
        event = record["events"][0]
        spans = {x["role"]: tuple(x["span"]) for x in event["args"] if x.get("span")}
        if {"source", "target"} <= set(spans):
            reading = read(record["text"])
            rows.append(pairs.evidence(reading, pairs.anchors(reading, spans["source"], spans["target"]).sum(1)))
            roots.append(event["type"])
    return np.array(rows, np.float32), roots


def fit(rows: Floats, roots: Sequence[str]) -> tuple[Floats, Floats]:
    """The table (labels of the heads, CLASSES) and the scores to begin with (CLASSES,)."""
    x, right = torch.tensor(rows), torch.tensor([pairs.CLASSES.index(r) for r in roots])
    table, first = nn.Parameter(torch.zeros(x.shape[1], len(pairs.CLASSES))), nn.Parameter(torch.zeros(len(pairs.CLASSES)))
    optimiser = torch.optim.LBFGS([table, first], max_iter=STEPS, history_size=10, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        out = nn.functional.cross_entropy(x @ table + first, right, reduction="sum") + (table**2).sum() / (2 * STRENGTH)
        out.backward()
        return out

    optimiser.step(loss)
    return table.detach().numpy(), first.detach().numpy()


def folds(rows: Floats, roots: Sequence[str]) -> list[str]:
    """The root that each pair is given by what is fitted on the other folds."""
    fold = np.random.default_rng(SEED).permutation(len(rows)) % FOLDS
    found = np.full(len(rows), "", object)
    for n in range(FOLDS):
        table, first = fit(rows[fold != n], [r for r, f in zip(roots, fold, strict=True) if f != n])
        found[fold == n] = [pairs.CLASSES[i] for i in (rows[fold == n] @ table + first).argmax(1)]
    return list(found)


def macro(found: Sequence[str], right: Sequence[str]) -> float:
    """Mean F1 of the classes."""
    return float(np.mean([2 * sum(f == g == c for f, g in zip(found, right, strict=True)) / (found.count(c) + right.count(c)) for c in sorted(set(right))]))


def main() -> None:
    """Fit, write, print."""
    rows, roots = examples()
    table, first = fit(rows, roots)
    np.savez_compressed(OUT, table=table, first=first)
    found = folds(rows, roots)
    quads, right = ([str(QUADS[r]) for r in side] for side in (found, roots))
    print(f"{len(roots)} pairs, {FOLDS} folds: root macro-F1 {macro(found, roots):.3f}, quad macro-F1 {macro(quads, right):.3f}")


if __name__ == "__main__":
    main()
