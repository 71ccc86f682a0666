"""Pairs of claims that are or are not one act -> the weights of ``backchannel.ledger.evidence``: ``python -m training.happenings`` prints what matching.toml
holds under [evidence], and how well pairs that were left out are told.

Pairs, each of two reports, come from ECB+ train (mentions of one topic, anchors far less likely than the coder's included, for it finds few) and from
annotated articles (``annotations/happenings/pairs.jsonl``: article, where its extent begins, anchor; drawn by kind of pair, and from what a first fit would
have joined; read by us), which count half as much in all as the many of ECB+. Logistic regression with a ridge, by Newton's method. Five minutes on one core.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from bench.happenings import KNOWN_AT, aligned_claims
from numpy.typing import NDArray

from backchannel.coder import anchors, code, pipeline
from backchannel.ledger.evidence import STORY, evidence, exclude
from backchannel.ledger.facts import Fact, Filed
from backchannel.ledger.matching import contradict, is_open
from backchannel.records import EventClaim
from training.acts import annotated_articles
from training.data import HERE, load

PAIRS = HERE / "annotations" / "happenings" / "pairs.jsonl"
LIKELY = 0.12  # probability from which a word is an anchor here
RIDGE, STEPS, FOLDS = 0.02, 30, 5
ANNOTATED = 0.5  # how much all pairs of annotated articles count beside all of ECB+
Floats = NDArray[np.float64]


class Pair(NamedTuple):
    """Two claims: their evidence, whether they are one act, and what is left out together when the fit is tried."""

    found: dict[str, float]
    same: bool
    group: str


def from_ecb() -> Iterator[Pair]:
    """Pairs of ECB+ train's mentions."""
    anchors.SURE = anchors.ALONE = anchors.SPARSE = LIKELY
    pipeline.anchors = partial(anchors.anchors, hot=LIKELY)  # type: ignore[attr-defined]
    by_topic: dict[str, list[tuple[Fact, str]]] = defaultdict(list)
    for record in load("coref", "ecbplus", "train"):
        by_topic[record["topic"]] += aligned_claims(record)
    for topic in sorted(by_topic):
        told = sorted(by_topic[topic], key=lambda t: t[0].id)
        yield from (p for (a, x), (b, y) in combinations(told, 2) if (p := _pair(a, b, x == y, topic)) and p.found["story"] >= STORY["least"])


def from_articles() -> Iterator[Pair]:
    """Pairs of annotated articles."""
    read = [json.loads(line) for line in PAIRS.read_text(encoding="utf8").splitlines()]
    wanted = {tuple(one[side][:2]) for one in read for side in "ab"}
    facts: dict[tuple[Any, ...], Fact] = {}
    for article in annotated_articles():
        key = article["id"], article.get("extent", [0])[0]
        if key in wanted:
            filed = Filed(code(article["text"], published=article["published"] or None), KNOWN_AT)
            facts |= {(*key, f.claim.anchor.start, f.claim.anchor.end): f for f in filed.facts() if isinstance(f.claim, EventClaim)}
    for one in read:
        a, b = facts.get(tuple(one["a"])), facts.get(tuple(one["b"]))
        if a and b and (p := _pair(a, b, one["same"], one["a"][0])):
            yield p


def _pair(a: Fact, b: Fact, same: bool, group: str) -> Pair | None:
    asked = a.filed is not b.filed and is_open(a, b) and not exclude(a, b) and not contradict(a, b)
    return Pair(evidence(a, b), same, group) if asked else None


# ------------------------------------------------------------------ fit
def fitted(x: Floats, y: Floats, weight: Floats) -> Floats:
    """The weights (D + 1,) of evidence (N, D), the bias last, that make ``y`` (N,) likeliest, big ones held back by the ridge."""
    spread = x.std(0)
    spread[spread < 0.05] = 1.0  # what is hardly ever seen stays small
    z = np.concatenate([(x - x.mean(0)) / spread, np.ones((len(x), 1))], 1)
    ridge = 2 * RIDGE * np.diag([*np.ones(x.shape[1]), 0.0])
    w, weight = np.zeros(z.shape[1]), weight / weight.sum()
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-z @ w))
        w -= np.linalg.solve((z.T * (weight * p * (1 - p))) @ z + ridge + 1e-9 * np.eye(len(w)), z.T @ (weight * (p - y)) + ridge @ w)
    raw = w[:-1] / spread
    return np.array([*raw, w[-1] - raw @ x.mean(0)])


def main() -> None:
    """Fit, try, print."""
    annotated = list(from_articles())
    ecb = list(from_ecb())
    pairs = ecb + annotated
    names = list(pairs[0].found)
    x, y = np.array([[p.found[n] for n in names] for p in pairs]), np.array([float(p.same) for p in pairs])
    weight = np.array([1.0] * len(ecb) + [ANNOTATED * len(ecb) / len(annotated)] * len(annotated))
    groups = sorted({p.group for p in pairs})
    fold = np.array([groups.index(p.group) % FOLDS for p in pairs])
    odds = np.zeros(len(pairs))
    for k in range(FOLDS):
        w = fitted(x[fold != k], y[fold != k], weight[fold != k])
        odds[fold == k] = x[fold == k] @ w[:-1] + w[-1]
    for name, part in (("ECB+ train", slice(0, len(ecb))), ("annotated articles", slice(len(ecb), None))):
        right = (odds[part] > 0) == (y[part] > 0)
        print(f"# {name}: {len(right)} pairs, {y[part].mean():.2f} one act, {right.mean():.3f} right when left out")
    *weights, bias = fitted(x, y, weight).tolist()
    print("\n".join(["[evidence]", f"bias = {bias:.2f}", *(f"{n} = {v:.2f}" for n, v in zip(names, weights, strict=True))]))


if __name__ == "__main__":
    main()
