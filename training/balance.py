"""How much each head pulls at the encoder: ``python -m training.balance --weights FILE [--plan base|full]``.

For a few batches of every set of the plan: the norm of the gradient that each head's weighted loss (``train.WEIGHTS``) sends into the encoder's layers. Adam
and clipping care for a batch's whole gradient only, so a head with a hundredth of its neighbours' norm learns next to nothing: links had fifty times that of
the event head until this was looked at.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import random

import torch
from torch import Tensor

from training.model import Reader, resume
from training.train import PLANS, WEIGHTS, WORK, examples, head_losses

BATCH, BATCHES = 8, 3


def norms(model: Reader, losses: dict[str, Tensor]) -> dict[str, float]:
    """Head -> norm of its weighted loss's gradient in the encoder's layers."""
    layers = [p for n, p in model.named_parameters() if n.startswith("layers")]
    found = {}
    for head, loss in losses.items():
        parts = torch.autograd.grad(WEIGHTS.get(head, 1.0) * loss, layers, retain_graph=True, allow_unused=True)
        found[head] = float(torch.sqrt(torch.stack([(g**2).sum() for g in parts if g is not None]).sum()))
    return found


def main() -> None:
    """Print the table, a line a set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=pathlib.Path, default=WORK / "last.safetensors")
    parser.add_argument("--plan", choices=list(PLANS), default="full")
    args = parser.parse_args()
    model, inventories = resume(args.weights)
    model.train()
    rng = random.Random(20261124)
    for name, rows in examples(args.plan, inventories).items():
        sums: collections.Counter[str] = collections.Counter()
        for _ in range(BATCHES):
            sums.update(norms(model, head_losses(model, rng.sample(rows, min(BATCH, len(rows))), "cpu", model)))
        print(f"{name:10}", *(f"{k} {v / BATCHES:.2f}" for k, v in sums.most_common()), flush=True)


if __name__ == "__main__":
    main()
