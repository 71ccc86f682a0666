"""UW train -> ``reader/factuality.npz``: ``python -m training.factuality`` fits it on what the shipped reader reads, and prints what UW dev
says; ``--folds`` tries in five folds of UW train's sentences. Two minutes on one core, the folds eight; run it after the export.
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
SEED, PASSES, BATCH, RATE = 20261129, 25, 256, 1.5e-3
HIDDEN, DROPPED = 64, 0.3
MEMBERS, FOLDS = 3, 5
NOT = -0.5  # what lies below counts as not happened


class Judge(nn.Module):
    """Two layers over ``factuality.inputs``, and how likely each step of the scale is."""

    def __init__(self, x: torch.Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", x.mean(0))
        self.register_buffer("spread", x.std(0) + 1e-3)
        self.first, self.second = nn.Linear(x.shape[1], HIDDEN), nn.Linear(HIDDEN, HIDDEN // 2)
        self.last = nn.Linear(HIDDEN // 2, len(factuality.STEPS))
        self.drop = nn.Dropout(DROPPED)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(N, D) -> (N, K)."""
        x = ((x - self.mean) / self.spread).clamp(-5, 5)
        for layer in (self.first, self.second):
            x = self.drop(torch.relu(layer(x)))
        return self.last(x)


def rows(split: str) -> tuple[Floats, Floats]:
    """Inputs (N, D) and annotated factuality (N,) of every target of a part of UW."""
    found, gold = [], []
    for r in load("factuality", "uw", split):
        reading = read_tokens(r["text"], [[tuple(o) for o in r["offsets"]]])
        found.append(factuality.inputs(reading, [first for first, _, _ in r["targets"]]))
        gold.extend(score for _, _, score in r["targets"])
    return np.concatenate([f for f in found if len(f)]), np.array(gold, np.float32)


def off(scores: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    """Continuous ranked probability score (Matheson and Winkler 1976): a distribution far from the gold step costs more than one beside it; with a single
    number under dropout the network kept below 3 what half of the judges put there.
    """
    below = torch.softmax(scores, 1).cumsum(1)[:, :-1]
    reached = torch.tensor(factuality.STEPS)[None, :-1] >= gold[:, None] - 1e-3
    return ((below - reached.float()) ** 2).sum(1).mean()


def fit(x: Floats, y: Floats, seed: int) -> Judge:
    """One network."""
    torch.manual_seed(seed)
    xs, ys = torch.tensor(x), torch.tensor(y)
    model = Judge(xs)
    optimiser, steps = torch.optim.AdamW(model.parameters(), RATE, weight_decay=1e-4), PASSES * -(-len(x) // BATCH)
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: max(0.0, 1 - s / steps))
    for _ in range(PASSES):
        for at in torch.randperm(len(x)).split(BATCH):
            loss = off(model(xs[at]), ys[at])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            rate.step()
    return model.eval()


def fitted(x: Floats, y: Floats) -> list[Judge]:
    """Networks that differ by chance alone; their mean is nearer than any."""
    return [fit(x, y, SEED + n) for n in range(MEMBERS)]


def reached(said: Floats, gold: Floats) -> str:
    """Mean absolute error, Pearson's r, F1 of what did not happen."""
    no, wrong = said < NOT, gold < NOT
    f1 = 2 * int((no & wrong).sum()) / max(1, int(no.sum() + wrong.sum()))
    return f"MAE {np.abs(said - gold).mean():.3f}, r {np.corrcoef(said, gold)[0, 1]:.3f}, not happened F1 {f1:.3f} ({wrong.mean():.3f} of {len(gold)})"


def said_by(models: list[Judge], x: Floats) -> Floats:
    """Their verdicts: (N,)."""
    with torch.no_grad():
        return factuality.median(np.stack([model(torch.tensor(x)).numpy() for model in models]))


def in_folds(x: Floats, y: Floats, sentences: Floats) -> Floats:
    """What networks fitted on the other folds say of each: (N,)."""
    fold = np.random.default_rng(1).permutation(int(sentences.max()) + 1)[sentences.astype(int)] % FOLDS
    said = np.zeros_like(y)
    for n in range(FOLDS):
        said[fold == n] = said_by(fitted(x[fold != n], y[fold != n]), x[fold == n])
    return said


def stacked(models: list[Judge]) -> dict[str, Floats]:
    """The weights of all side by side, as ``factuality`` multiplies them."""
    states = [model.state_dict() for model in models]
    kept = {"mean": states[0]["mean"].numpy(), "spread": states[0]["spread"].numpy()}
    for layer in ("first", "second", "last"):
        kept[f"{layer}.weight"] = np.stack([s[f"{layer}.weight"].numpy().T for s in states]).astype(np.float16)
        kept[f"{layer}.bias"] = np.stack([s[f"{layer}.bias"].numpy()[None] for s in states])
    return kept


def main() -> None:
    """Fit and write, or try."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", action="store_true", help="print what five folds of UW train say, write nothing")
    x, y = rows("train")
    if parser.parse_args().folds:
        sentences = np.repeat(*np.array([(n, len(r["targets"])) for n, r in enumerate(load("factuality", "uw", "train"))]).T)
        print("UW train, in folds:", reached(in_folds(x, y, sentences), y))
        return
    models = fitted(x, y)
    np.savez_compressed(OUT, **stacked(models))
    x, y = rows("dev")
    print("UW dev:", reached(said_by(models, x), y))


if __name__ == "__main__":
    main()
