"""Annotated articles -> the numbers that turn raw scores into confidence: ``python -m training.calibrate`` prints what confidence.toml holds.

Events by the held-out articles alone, for in those trained on far more are right; statements, which are found no better there, by the gold training articles
too, whose annotators passed over less.

Platt scaling (1999) by Newton's method on the log loss, with the raw scores as the coder writes them while confidence.toml says slope 1, offset 0.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from bench.calibration import events, statements

from backchannel.coder import code, confidence
from backchannel.coder.anchors import among_others
from backchannel.reader import read
from training.acts import gold_articles, held_out_articles
from training.data import SHARED

STEPS = 30


def fitted(raw: list[float], right: list[bool], others: list[tuple[float, ...]]) -> list[float]:
    """Slope, weights of ``others`` (a row a record) and offset that make the logistic function's values the likeliest shares right."""
    x = np.array([[confidence.logit(r), *more, 1.0] for r, more in zip(raw, others, strict=True)])
    y, w = np.array(right, float), np.eye(x.shape[1])[0]
    for _ in range(STEPS):
        p = 1.0 / (1.0 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(len(w))
        step = np.linalg.solve(hessian, x.T @ (p - y))
        w = w - step / max(1.0, float(np.linalg.norm(step)))  # a bounded step: the plain one overshoots where most scores are near 1
    return [float(v) for v in w]


def main() -> None:
    """Print the table of confidence.toml."""
    plain = {"slope": 1.0, "offset": 0.0, "mean": 0.0, "most": 0.0}
    confidence._curves = lambda: dict.fromkeys(("event", "statement", "quotation"), plain)  # type: ignore[assignment]
    held_out, taught = list(held_out_articles()), list(gold_articles(SHARED / "gold" / "train"))
    coded = [(code(a["text"], published=a["published"] or None), a) for a in (*held_out, *taught)]
    among = [(mean, confidence.logit(most)) for mean, most in (among_others(read(c.report.text)) for c, _ in coded[: len(held_out)])]
    cued, uncued = partial(statements, cued=True), partial(statements, cued=False)
    for kind, scored, n in (("event", events, len(held_out)), ("statement", cued, len(coded)), ("quotation", uncued, len(coded))):
        rows = [(x, among[i] if kind == "event" else ()) for i, (c, a) in enumerate(coded[:n]) for x in scored(c, a)]
        values = fitted([r for (r, _), _ in rows], [ok for (_, ok), _ in rows], [more for _, more in rows])
        names = ("slope", "mean", "most", "offset") if kind == "event" else ("slope", "offset")
        print(f"[{kind}] # {len(rows)} records, {sum(ok for (_, ok), _ in rows)} right")
        print("\n".join(f"{name} = {value:.3f}" for name, value in zip(names, values, strict=True)), end="\n\n")


if __name__ == "__main__":
    main()
