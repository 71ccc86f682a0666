"""Annotated articles -> the numbers a kind that turn raw scores into confidence: ``python -m training.calibrate`` prints what confidence.toml holds.

Events by the held-out articles alone, for in those trained on far more are right; statements, which are found no better there, by the gold training articles
too, whose annotators passed over less, and so the others, of which only the share right is known.

Platt scaling (1999) by Newton's method on the log loss, with the raw scores as the coder writes them while confidence.toml says slope 1, offset 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
from bench.calibration import events, offices, questions, relations, statements

from backchannel import intake
from backchannel.coder import code, confidence
from backchannel.coder.pipeline import stages
from backchannel.records import EventClaim
from backchannel.register import Register
from training.acts import gold_articles, held_out_articles
from training.data import SHARED

STEPS = 30
NAMES = ("slope", "offset", "words", "beside")  # the first two of every kind, the others of events (``confidence.standing``)
Row = tuple[list[float], bool]  # log odds of the raw score, 1, what else tells; right


def fitted(rows: list[Row]) -> list[float]:
    """The weights that make ``sigmoid(row @ weights)`` the likeliest share right."""
    x, y = np.array([r for r, _ in rows]), np.array([ok for _, ok in rows], float)
    w = np.eye(x.shape[1])[0]
    for _ in range(STEPS):
        p = 1.0 / (1.0 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(len(w))
        step = np.linalg.solve(hessian, x.T @ (p - y))
        w = w - step / max(1.0, float(np.linalg.norm(step)))  # a bounded step: the plain one overshoots where most scores are near 1
    return [float(n) for n in w]


def acts(article: dict[str, Any]) -> Iterator[Row]:
    """The coded events of an article whose anchors the reader found."""
    report = intake.report(article["text"], published=article["published"] or None)
    found, coded = stages(report, Register.load()), code(report)
    standing = {found.reading.chars(a.first, a.last): confidence.standing(found.reading, a) for a in found.acts}
    claims = (c for c in coded.claims if isinstance(c, EventClaim))
    for claim, (raw, right) in zip(claims, events(coded, article), strict=True):
        if more := standing.get((claim.anchor.start, claim.anchor.end)):
            yield [confidence.logit(raw), 1.0, *more.values()], right


def main() -> None:
    """Print the table of confidence.toml."""
    plain = {"slope": 1.0, "offset": 0.0, "words": 0.0, "beside": 0.0}
    confidence._curves = lambda: dict.fromkeys(("event", "statement", "quotation", "relation", "office", "question"), plain)  # type: ignore[assignment]
    held_out, taught = list(held_out_articles()), list(gold_articles(SHARED / "gold" / "train"))
    coded = [(code(a["text"], published=a["published"] or None), a) for a in (*held_out, *taught)]
    found = {"event": [row for a in held_out for row in acts(a)]}
    for kind, scored in (("statement", partial(statements, cued=True)), ("quotation", partial(statements, cued=False))):
        found[kind] = [([confidence.logit(raw), 1.0], ok) for c, a in coded for raw, ok in scored(c, a)]
    for kind, scored in (("relation", relations), ("office", offices), ("question", questions)):
        found[kind] = [([1.0], ok) for c, a in coded for _, ok in scored(c, a)]
    for kind, rows in found.items():
        print(f"[{kind}] # {len(rows)} records, {sum(ok for _, ok in rows)} right")
        names = NAMES if len(rows[0][0]) > 1 else NAMES[1:2]
        print("".join(f"{name} = {number:.3f}\n" for name, number in zip(names, fitted(rows), strict=False)))


if __name__ == "__main__":
    main()
