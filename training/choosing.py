"""Candidates of acts with what is right of them -> the weights of a ``backchannel.coder.choosing.Network``.

Adam with a rate that rises and falls, candidates of one act kept together; a minute on one core for thirty thousand acts. Seeds are fixed.
"""

from __future__ import annotations

import collections
import json
import pathlib
import random
from typing import NamedTuple

import numpy as np
import torch
from torch import nn

from backchannel.reader.encoder import Floats

SEED = 20261129
MIN_COUNT = 10  # a word seen with fewer candidates counts as none
OPEN = 100  # kinds with more words than this are lemmas and ways: their words need 30 candidates, and have wider rows
MIN_COUNT_OPEN = 30
HIDDEN, TURNED = 96, 16
RATE, DECAY = 4e-3, 0.02  # highest rate; weight decay
DROPPED = 0.25  # of the inputs of a layer
IGNORED = -100


class Row(NamedTuple):
    """The candidates of one act: numbers (N, D), words of each kind, the act's vector (V,), the class of each or IGNORED."""

    numbers: Floats
    words: list[tuple[str, ...]]
    act: Floats
    right: list[int]


class Chooser(nn.Module):
    """``Network`` in torch; shapes as there."""

    def __init__(self, known: list[list[str]], numbers: int, act: int, classes: int) -> None:
        super().__init__()
        self.rows = [{word: n for n, word in enumerate(words, 1)} for words in known]
        self.tables = nn.ModuleList(nn.Embedding(len(words) + 1, 12 if len(words) > OPEN else 5) for words in known)
        for table in self.tables:
            nn.init.normal_(table.weight, 0, 0.1)
        self.act = nn.Linear(act, TURNED)
        self.first = nn.Linear(sum(t.embedding_dim for t in self.tables) + numbers + TURNED, HIDDEN)
        self.second = nn.Linear(3 * HIDDEN, HIDDEN // 2)
        self.last = nn.Linear(HIDDEN // 2, classes)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, numbers: torch.Tensor, words: torch.Tensor, act: torch.Tensor, of: torch.Tensor) -> torch.Tensor:
        """Scores (N, K) of the candidates of several acts; ``of``: the act of each, in order; ``act``: its vector (N, V)."""
        meant = [table(words[:, i]) for i, table in enumerate(self.tables)]
        first = torch.relu(self.first(self.drop(torch.cat([*meant, numbers, self.act(act)], 1))))
        _, at, n = torch.unique_consecutive(of, return_inverse=True, return_counts=True)
        most = torch.zeros(len(n), HIDDEN).scatter_reduce(0, at[:, None].expand_as(first), first, "amax")
        mean = torch.zeros(len(n), HIDDEN).index_add(0, at, first) / n[:, None]
        second = torch.relu(self.second(self.drop(torch.cat([first, most[at], mean[at]], 1))))
        out: torch.Tensor = self.last(second)
        return out

    def save(self, path: pathlib.Path) -> None:
        """The form that ``Network`` loads."""
        found = {f"table{i}": table.weight for i, table in enumerate(self.tables)}
        for name in ("act", "first", "second", "last"):
            layer = getattr(self, name)
            found |= {name: layer.weight, f"{name}_bias": layer.bias}
        known = np.frombuffer(json.dumps([list(rows) for rows in self.rows], ensure_ascii=False).encode(), np.uint8)
        np.savez_compressed(path, known=known, **{k: v.detach().numpy().astype(np.float16) for k, v in found.items()})


def fit(rows: list[Row], classes: int, *, passes: int = 5, batch: int = 128, seed: int = SEED) -> Chooser:
    """The weights that make what is right likeliest; ``batch``: acts a step."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = Chooser(_known(rows), rows[0].numbers.shape[1], len(rows[0].act), classes)
    ready = [
        (torch.tensor(r.numbers), torch.tensor([[k.get(w, 0) for k, w in zip(model.rows, own, strict=True)] for own in r.words]), torch.tensor(r.act),
         torch.tensor(r.right)) for r in rows
    ]  # fmt: skip
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, passes * (len(rows) // batch) + 1)
    for epoch in range(passes):
        rng.shuffle(ready)
        total = 0.0
        for at in range(0, len(ready) - batch + 1, batch):
            own = ready[at : at + batch]
            of = torch.repeat_interleave(torch.arange(batch), torch.tensor([len(b[0]) for b in own]))
            act = torch.stack([b[2] for b in own])[of]
            scores = model(torch.cat([b[0] for b in own]), torch.cat([b[1] for b in own]), act, of)
            loss = nn.functional.cross_entropy(scores, torch.cat([b[3] for b in own]), ignore_index=IGNORED)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"pass {epoch + 1}: loss {total / (len(ready) // batch):.4f}", flush=True)
    return model.eval()


def _known(rows: list[Row]) -> list[list[str]]:
    """Of each kind the words seen often enough, in order."""
    counts = [collections.Counter(words) for words in zip(*(own for r in rows for own in r.words), strict=True)]
    return [sorted(w for w, n in c.items() if n >= (MIN_COUNT_OPEN if len(c) > OPEN else MIN_COUNT)) for c in counts]
