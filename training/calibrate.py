"""Annotated articles -> the two numbers a kind that turn raw scores into confidence: ``python -m training.calibrate`` prints what confidence.toml holds.

Events by the held-out articles alone, for in those trained on far more are right; statements, which are found no better there, by the gold training articles
too, whose annotators passed over less.

Platt scaling (1999) by Newton's method on the log loss, with the raw scores as the coder writes them while confidence.toml says slope 1, offset 0.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from bench.calibration import events, statements

from backchannel.coder import code, confidence
from training.acts import gold_articles, held_out_articles
from training.data import SHARED

STEPS = 30


def fitted(raw: list[float], right: list[bool]) -> tuple[float, float]:
    """(slope, offset) that make ``sigmoid(slope * logit(raw) + offset)`` the likeliest share right."""
    x = np.stack([[confidence.logit(r) for r in raw], np.ones(len(raw))], 1)
    y, w = np.array(right, float), np.array([1.0, 0.0])
    for _ in range(STEPS):
        p = 1.0 / (1.0 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(2)
        step = np.linalg.solve(hessian, x.T @ (p - y))
        w = w - step / max(1.0, float(np.linalg.norm(step)))  # a bounded step: the plain one overshoots where most scores are near 1
    return float(w[0]), float(w[1])


def main() -> None:
    """Print the table of confidence.toml."""
    confidence._curves = lambda: {k: {"slope": 1.0, "offset": 0.0} for k in ("event", "statement", "quotation")}  # type: ignore[assignment]
    held_out, taught = list(held_out_articles()), list(gold_articles(SHARED / "gold" / "train"))
    coded = [(code(a["text"], published=a["published"] or None), a) for a in (*held_out, *taught)]
    cued, uncued = partial(statements, cued=True), partial(statements, cued=False)
    for kind, scored, n in (("event", events, len(held_out)), ("statement", cued, len(coded)), ("quotation", uncued, len(coded))):
        rows = [x for c, a in coded[:n] for x in scored(c, a)]
        slope, offset = fitted([r for r, _ in rows], [ok for _, ok in rows])
        print(f"[{kind}] # {len(rows)} records, {sum(ok for _, ok in rows)} right\nslope = {slope:.3f}\noffset = {offset:.3f}\n")


if __name__ == "__main__":
    main()
