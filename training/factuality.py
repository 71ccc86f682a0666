"""UW train -> ``reader/factuality.npz``: ``python -m training.factuality`` fits it on what the shipped reader reads, and prints what UW dev
says; ``--hold-out`` tries on a fifth of UW train's documents. A minute or two on one core; run it after the export.
"""

from __future__ import annotations

import argparse
import pathlib

import numpy as np
import torch
from torch import nn

from backchannel.reader import factuality
from backchannel.reader.encoder import Floats
from backchannel.reader.reading import read_tokens
from training.data import load

OUT = pathlib.Path(factuality.__file__).with_name("factuality.npz")
SEED, PASSES, BATCH, RATE = 20261129, 25, 128, 1e-3
HIDDEN, DROPPED = 128, 0.3
NOT = -0.5  # what lies below counts as not happened


class Judge(nn.Module):
    """Two layers over ``factuality.inputs``, and one number."""

    def __init__(self, x: torch.Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", x.mean(0))
        self.register_buffer("spread", x.std(0) + 1e-3)
        self.first, self.second, self.last = nn.Linear(x.shape[1], HIDDEN), nn.Linear(HIDDEN, HIDDEN // 2), nn.Linear(HIDDEN // 2, 1)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(N, D) -> (N,)."""
        x = ((x - self.mean) / self.spread).clamp(-5, 5)
        for layer in (self.first, self.second):
            x = self.drop(torch.relu(layer(x)))
        return self.last(x)[:, 0]


def rows(split: str) -> tuple[Floats, Floats, list[str]]:
    """Inputs (N, D), annotated factuality (N,) and document of every target of a part of UW."""
    found, gold, documents = [], [], []
    for r in load("factuality", "uw", split):
        reading = read_tokens(r["text"], [[tuple(o) for o in r["offsets"]]])
        found.append(factuality.inputs(reading, [first for first, _, _ in r["targets"]]))
        gold.extend(score for _, _, score in r["targets"])
        documents.extend([r["doc"]] * len(r["targets"]))
    return np.concatenate([f for f in found if len(f)]), np.array(gold, np.float32), documents


def fit(x: Floats, y: Floats) -> Judge:
    """The network with the least mean absolute error."""
    torch.manual_seed(SEED)
    xs, ys = torch.tensor(x), torch.tensor(y)
    model = Judge(xs)
    optimiser, steps = torch.optim.AdamW(model.parameters(), RATE, weight_decay=1e-4), PASSES * -(-len(x) // BATCH)
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: max(0.0, 1 - s / steps))
    for _ in range(PASSES):
        for at in torch.randperm(len(x)).split(BATCH):
            loss = (model(xs[at]) - ys[at]).abs().mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            rate.step()
    return model.eval()


def reached(said: Floats, gold: Floats) -> str:
    """Mean absolute error, Pearson's r, F1 of what did not happen."""
    no, wrong = said < NOT, gold < NOT
    f1 = 2 * int((no & wrong).sum()) / max(1, int(no.sum() + wrong.sum()))
    return f"MAE {np.abs(said - gold).mean():.3f}, r {np.corrcoef(said, gold)[0, 1]:.3f}, not happened F1 {f1:.3f} ({wrong.mean():.3f} of {len(gold)})"


def said_by(model: Judge, x: Floats) -> Floats:
    """Its verdicts: (N,)."""
    with torch.no_grad():
        return model(torch.tensor(x)).clamp(-3, 3).numpy()


def main() -> None:
    """Fit and write, or try."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hold-out", action="store_true", help="fit on four fifths of UW train's documents, print what the others say, write nothing")
    x, y, documents = rows("train")
    if parser.parse_args().hold_out:
        order = sorted(set(documents))
        apart = np.isin(documents, order[::5])
        print("held out:", reached(said_by(fit(x[~apart], y[~apart]), x[apart]), y[apart]))
        return
    model = fit(x, y)
    np.savez_compressed(OUT, **{k: v.numpy().astype(np.float16 if k.endswith("weight") else np.float32) for k, v in model.state_dict().items()})
    x, y, _ = rows("dev")
    print("UW dev:", reached(said_by(model, x), y))


if __name__ == "__main__":
    main()
