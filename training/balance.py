"""How much each head pulls at the encoder: ``python -m training.balance --weights FILE``.

For a few batches of every labelled set: the norm of the gradient that each head's weighted loss (``train.WEIGHTS``) sends into the encoder's layers. Adam
and clipping care for a batch's whole gradient only, so a head with a hundredth of its neighbours' norm learns next to nothing: links had fifty times that of
the event head until this was looked at.
"""

from __future__ import annotations

import argparse
import collections
import pathlib

import numpy as np
import torch
from torch import Tensor

from training import losses
from training.corpus import CORPUS, Corpus
from training.model import Reader, resume
from training.train import PLANS, WEIGHTS, WORK, read

BATCH, BATCHES = 8, 3


def norms(model: Reader, found: dict[str, Tensor]) -> dict[str, float]:
    """Head -> norm of its weighted loss's gradient in the encoder's layers."""
    layers = [p for n, p in model.named_parameters() if n.startswith("layers")]
    pulled = {}
    for head, loss in found.items():
        parts = torch.autograd.grad(WEIGHTS.get(head, 1.0) * loss, layers, retain_graph=True, allow_unused=True)
        pulled[head] = float(torch.sqrt(torch.stack([(g**2).sum() for g in parts if g is not None]).sum()))
    return pulled


def main() -> None:
    """Print the table, a line a set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=pathlib.Path, default=WORK / "shipped.safetensors")
    args = parser.parse_args()
    model, _ = resume(args.weights)
    model.train()
    corpus, rng = Corpus(CORPUS, "cpu"), np.random.default_rng(20261124)
    for name in PLANS["teacher"]:
        sums: collections.Counter[str] = collections.Counter()
        for _ in range(BATCHES):
            batch = corpus.batch(rng.choice(corpus.of(name), BATCH, replace=False))
            said = read(model, batch, batch.pieces)
            sums.update(norms(model, losses.labelled(model, said, batch, torch.ones(BATCH))))
        print(f"{name:10}", *(f"{k} {v / BATCHES:.2f}" for k, v in sums.most_common() if v), flush=True)


if __name__ == "__main__":
    main()
