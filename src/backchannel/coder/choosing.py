"""A small network that rates the candidates of one act beside each other: who acts, who is acted on.

Its weights are fitted on annotated articles, on what the shipped reader reads in them (``training/choosing.py``), so they belong to one version of the
reader. Each candidate comes with numbers and with words of a fixed kind each ("obj", "state", "attack"); a word that the weights do not know counts as none.
Shapes: N candidates, D numbers, V the act's vector, H hidden, K classes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import resources

import numpy as np

from backchannel.reader.encoder import Floats


class Network:
    """The weights of one question."""

    def __init__(self, name: str) -> None:
        with (resources.files("backchannel.coder") / name).open("rb") as file:
            kept = np.load(file, allow_pickle=False)
            known: list[list[str]] = json.loads(kept["known"].tobytes().decode())
            self.weights: dict[str, Floats] = {k: kept[k].astype(np.float32) for k in kept.files if k != "known"}
        # What a word adds to the first layer is the same wherever it stands, so it is worked out once: a row for each word of each kind, and one for any other.
        self.rows: list[dict[str, int]] = []
        self.others: list[int] = []
        added: list[Floats] = []
        column = size = 0
        for i, words in enumerate(known):
            table = self.weights.pop(f"table{i}")
            self.others.append(size)
            self.rows.append({word: self.others[-1] + n for n, word in enumerate(words, 1)})
            added.append(table @ self.weights["first"][:, column : column + table.shape[1]].T)
            column, size = column + table.shape[1], size + len(table)
        self.added = np.concatenate(added)  # (words of all kinds, H)
        self.weights["first"] = self.weights["first"][:, column:]

    def rated(self, numbers: Floats, words: Sequence[Sequence[str]], act: Floats) -> Floats:
        """Probability of each class: (N, D) numbers, N times one word of each kind, (V,) -> (N, K)."""
        w = self.weights
        told = self.added[[[rows.get(word, other) for rows, other, word in zip(self.rows, self.others, own, strict=True)] for own in words]].sum(1)
        turned = np.broadcast_to(w["act"] @ act + w["act_bias"], (len(numbers), len(w["act_bias"])))
        first = np.maximum(told + np.concatenate([numbers, turned], 1) @ w["first"].T + w["first_bias"], 0)  # (N, H)
        beside = [np.broadcast_to(x, first.shape) for x in (first.max(0), first.mean(0))]  # what there is to choose from
        second = np.maximum(np.concatenate([first, *beside], 1) @ w["second"].T + w["second_bias"], 0)
        scores = second @ w["last"].T + w["last_bias"]
        e = np.exp(scores - scores.max(1, keepdims=True))
        out: Floats = e / e.sum(1, keepdims=True)
        return out
