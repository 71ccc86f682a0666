"""Pairs of claims that are or are not one act -> the weights of ``backchannel.ledger.evidence``: ``python -m training.happenings`` prints what matching.toml
holds under [evidence], and how well pairs that were left out are told.

Pairs, each of two reports, come from ECB+ train (mentions of one topic, anchors far less likely than the coder's included, for it finds few), from annotated
articles (``annotations/happenings/pairs.jsonl``: article, where its extent begins, anchor; read by us) and from real news (``bench/joins.jsonl``, of which
half, marked "fit", are for this). Each of these kinds counts as much as the others, however many pairs it has, ECB+ half of that: its reports are all
of a few matters. Logistic regression with a ridge, by Newton's method. Ten minutes on one core.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import combinations, product
from typing import Any, NamedTuple

import numpy as np
from bench import joins
from bench.happenings import KNOWN_AT, aligned_claims
from numpy.typing import NDArray

from backchannel.coder import code, pipeline
from backchannel.coder.acts import anchors
from backchannel.ledger.evidence import evidence, exclude
from backchannel.ledger.facts import Fact, Filed
from backchannel.ledger.matching import SAME, compare, contradict, is_open
from backchannel.ledger.stories import neighbours
from backchannel.records import EventClaim
from training.acts import annotated_articles
from training.data import HERE, load

PAIRS = HERE / "annotations" / "happenings" / "pairs.jsonl"
LIKELY = 0.12  # probability from which a word is an anchor here
RIDGE, STEPS, FOLDS = 0.02, 30, 5
ECB = 0.5  # how much all pairs of ECB+ count beside all of another kind
EASE = 0.3  # added to the bias: groups, whose mean decides, need less than pairs
Floats = NDArray[np.float64]


class Pair(NamedTuple):
    """Two claims: of which kind, their evidence, whether they are one act, and what is left out together when the fit is tried."""

    kind: str
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
        near = _near(f.filed for f, _ in told)
        yield from (p for (a, x), (b, y) in combinations(told, 2) if (p := _pair("ECB+ train", a, b, x == y, topic, near)))


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
    near = _near(f.filed for f in facts.values())
    for one in read:
        a, b = facts.get(tuple(one["a"])), facts.get(tuple(one["b"]))
        if a and b and (p := _pair("annotated articles", a, b, one["same"], one["a"][0], near)):
            yield p


def from_news(draw: int) -> Iterator[Pair]:
    """Pairs of real news that were judged for this."""
    read = [one for one in map(json.loads, joins.PAIRS.read_text("utf8").splitlines()) if one["draw"] == draw]
    reports = joins.filed({one[side][0] for one in read for side in "ab"})
    near = _near(reports.values())
    facts = {f.id: f for report in reports.values() for f in report.facts()}
    for one in read:
        (a, *first), (b, *second) = one["a"], one["b"]
        for x, y in product(joins.claims_at(reports.get(a), *first), joins.claims_at(reports.get(b), *second)):
            if one.get("fit") and (p := _pair(f"news, draw {draw}", facts[x], facts[y], one["same"], a, near)):
                yield p


def _near(filed: Iterable[Filed]) -> set[frozenset[str]]:
    """The pairs of reports, by their ids, that may tell one story."""
    reports = [one for _, one in sorted({f.report.id: f for f in filed}.items())]
    found = neighbours([f.telling for f in reports], [f.out for f in reports])
    return {frozenset((reports[i].report.id, reports[j].report.id)) for i, j in found}


def _pair(kind: str, a: Fact, b: Fact, same: bool, group: str, near: set[frozenset[str]]) -> Pair | None:
    """The pair, where its evidence is asked for."""
    if frozenset((a.filed.report.id, b.filed.report.id)) not in near or not is_open(a, b) or exclude(a, b) or contradict(a, b):
        return None
    pairing = compare(a, b)
    return Pair(kind, evidence(a, b), same, group) if pairing.told or pairing.score < SAME else None


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
    pairs = [*from_news(1), *from_news(2), *from_news(3), *from_articles(), *from_ecb()]  # ECB+ last: it changes what is an anchor
    count = Counter(p.kind for p in pairs)
    names = list(pairs[0].found)
    x, y = np.array([[p.found[n] for n in names] for p in pairs]), np.array([float(p.same) for p in pairs])
    weight = np.array([(ECB if p.kind.startswith("ECB") else 1.0) / count[p.kind] for p in pairs])
    groups = sorted({p.group for p in pairs})
    fold = np.array([groups.index(p.group) % FOLDS for p in pairs])
    odds = np.zeros(len(pairs))
    for k in range(FOLDS):
        w = fitted(x[fold != k], y[fold != k], weight[fold != k])
        odds[fold == k] = x[fold == k] @ w[:-1] + w[-1]
    for kind in sorted(count):
        part = np.array([p.kind == kind for p in pairs])
        right = (odds[part] > 0) == (y[part] > 0)
        print(f"# {kind}: {len(right)} pairs, {y[part].mean():.2f} one act, {right.mean():.3f} right when left out")
    *weights, bias = fitted(x, y, weight).tolist()
    print("\n".join(["[evidence]", f"bias = {bias + EASE:.2f}", *(f"{n} = {v:.2f}" for n, v in zip(names, weights, strict=True))]))


if __name__ == "__main__":
    main()
