"""Annotated articles -> the weights of ``backchannel.coder.acts.circumstances``: ``python -m training.statuses`` writes status.npz and prints how many
statuses of the held-out articles' acts are right by them alone, by the reader's head, and by both.

Multinomial logistic regression on what stands about an act; the casebook is left out (it adds nothing: its sentences are plainer than news). Six minutes on
one core.
"""

from __future__ import annotations

import json
import pathlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn

from backchannel import intake
from backchannel.coder.acts import circumstances as c
from backchannel.coder.acts import status as s
from backchannel.coder.pipeline import stages
from backchannel.reader.encoder import Floats
from backchannel.reader.labels import STATUSES
from backchannel.register import Register
from training.acts import annotated_articles, gold_articles, held_out_articles
from training.choices import claim_of
from training.data import SHARED

OUT = pathlib.Path(c.__file__).with_name("status.npz")
MIN_COUNT = 10  # acts with a circumstance from which it has a row; 20 would do, too
WEIGHT = 0.3  # inverse of the pull of all weights to zero; from 0.1 to 1.0 within 0.002 on the held-out articles
STEPS = 150
INT8 = 127


class Act(NamedTuple):
    """An act that the reader finds and types right."""

    told: list[str]
    head: Floats  # (STATUSES,) what the reader's head says
    right: int


def acts(articles: Iterable[dict[str, Any]]) -> Iterator[Act]:
    """The acts of annotated articles whose status was asked."""
    register = Register.load(())
    for article in articles:
        found = stages(intake.report(article["text"], published=article["published"] or None), register)
        for anchor in found.acts:
            if claim := claim_of(found, anchor, article):
                told = c.circumstances(found.reading, anchor, found.times.statement(anchor))
                yield Act(told, found.reading.mean_of("status", anchor.first, anchor.last), STATUSES.index(claim.get("status") or "happened"))


def fit(taught: list[Act], *, min_count: int = MIN_COUNT) -> tuple[list[str], Floats, Floats]:
    """The circumstances with rows, the rows (N, STATUSES), the scores to begin with (STATUSES,)."""
    counts = Counter(x for act in taught for x in act.told)
    known = sorted(x for x, n in counts.items() if n >= min_count)
    row = {x: n for n, x in enumerate(known)}
    bags = [[row[x] for x in act.told if x in row] for act in taught]
    flat, at = torch.tensor([i for bag in bags for i in bag]), torch.tensor([0, *(len(bag) for bag in bags[:-1])]).cumsum(0)
    right = torch.tensor([act.right for act in taught])
    table, first = nn.Parameter(torch.zeros(len(known), len(STATUSES))), nn.Parameter(torch.zeros(len(STATUSES)))
    optimiser = torch.optim.LBFGS([table, first], max_iter=STEPS, history_size=10, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        scores = nn.functional.embedding_bag(flat, table, at, mode="sum") + first
        out = nn.functional.cross_entropy(scores, right, reduction="sum") + (table**2).sum() / (2 * WEIGHT)
        out.backward()
        return out

    optimiser.step(loss)
    return known, table.detach().numpy(), first.detach().numpy()


def save(path: pathlib.Path, known: list[str], table: Floats, first: Floats) -> None:
    """The form that ``circumstances`` loads: rows in steps of a 127th of each status's largest weight."""
    scale = (np.abs(table).max(0) / INT8).astype(np.float32)
    names = np.frombuffer(json.dumps(known, ensure_ascii=False).encode(), np.uint8)
    np.savez_compressed(path, known=names, table=np.rint(table / scale).astype(np.int8), scale=scale, first=first.astype(np.float32))


def main() -> None:
    """Fit, write, print."""
    taught = list(acts(chain(annotated_articles(), gold_articles(SHARED / "gold" / "train"))))
    print(f"{len(taught)} acts", flush=True)
    save(OUT, *fit(taught))
    held = list(acts(held_out_articles()))
    ways = {"by circumstances": lambda a: c.likelihoods(a.told), "by the head": lambda a: a.head, "by both": lambda a: s.weighed(a.head, c.likelihoods(a.told))}
    for name, way in ways.items():
        print(f"held-out articles, {name}: {sum(int(way(a).argmax()) == a.right for a in held)} of {len(held)} statuses right")


if __name__ == "__main__":
    main()
