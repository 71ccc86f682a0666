"""Is confidence what it says? Records of annotated articles by their confidence, and how many of them are right: ``python -m bench.calibration``.

An event is right when an annotated event of the same type has an overlapping anchor; a statement when it shares at least half of the words of an annotated
content and is at most twice as long; relations, offices and questions as told below. Expected calibration error (Naeini et al. 2015): mean distance between
confidence and share right over ten bins, weighted by size. Measured on ../shared/gold/dev, on which nothing is trained or fitted.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import backchannel as bc
from backchannel.records import Coded, EventClaim, Mention, OfficeClaim, QuestionClaim, RelationClaim

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold" / "dev"
BINS = 10
Scored = tuple[float, bool]  # confidence, right


def events(coded: Coded, article: dict[str, Any]) -> Iterator[Scored]:
    """The coded events of an article."""
    gold = [(*c["anchor"], c["event"]) for c in article["claims"] if c["kind"] == "event"]
    for claim in coded.claims:
        if isinstance(claim, EventClaim):
            yield claim.confidence, any(a < claim.anchor.end and claim.anchor.start < b and kind == claim.event for a, b, kind in gold)


def statements(coded: Coded, article: dict[str, Any], *, cued: bool | None = None) -> Iterator[Scored]:
    """The coded statements of an article; ``cued``: those with a cue, or those without."""
    for s in coded.statements:
        if cued is not None and cued == (s.cue is None):
            continue
        size, right = s.content.end - s.content.start, False
        for a, b in (g["content"] for g in article["statements"]):
            right = right or (min(b, s.content.end) - max(a, s.content.start) >= 0.5 * (b - a) and size <= 2 * (b - a))
        yield s.confidence, right


def relations(coded: Coded, article: dict[str, Any]) -> Iterator[Scored]:
    """The coded relations of an article; right when an annotated one has the same sides."""
    who = _entities(coded, article)
    gold = [c["between"] for c in article["claims"] if c["kind"] == "relation"]
    for claim in coded.claims:
        if isinstance(claim, RelationClaim):
            yield claim.confidence, any(len(sides) == len(claim.between) and _pair(sides, [who[k] for k in claim.between]) for sides in gold)


def offices(coded: Coded, article: dict[str, Any]) -> Iterator[Scored]:
    """The coded offices of an article; right when the same person has an annotated one of which more than half of the words are the same."""
    who = _entities(coded, article)
    gold = [(c["person"], _words(c["office"])) for c in article["claims"] if c["kind"] == "office"]
    for claim in coded.claims:
        if isinstance(claim, OfficeClaim):
            words = _words(claim.office)
            yield claim.confidence, any(p in who[claim.person] and 2 * len(w & words) > (len(w) + len(words)) / 2 for p, w in gold)


def questions(coded: Coded, article: dict[str, Any]) -> Iterator[Scored]:
    """The coded questions of an article; right when one is annotated in the same sentence."""
    gold = [c["anchor"][0] for c in article["claims"] if c["kind"] == "question"]
    for claim in coded.claims:
        if isinstance(claim, QuestionClaim):
            yield claim.confidence, any(claim.evidence[0].start <= at < claim.evidence[0].end for at in gold)


def _entities(coded: Coded, article: dict[str, Any]) -> dict[str, set[str]]:
    """The annotated parties that each actor may be: those of which it has half of a mention."""

    def near(m: Mention, span: tuple[int, int]) -> bool:
        start, end = span
        return min(m.end, end) - max(m.start, start) >= 0.5 * (max(m.end, end) - min(m.start, start))

    entities = article["entities"].items()
    return {a.key: {key for key, e in entities if any(near(m, span) for m in a.mentions for span in e["spans"])} for a in coded.actors}


def _pair(gold: list[str], sides: list[set[str]]) -> bool:
    """Whether each side is one of the annotated, and each of the annotated a side."""
    return all(side.intersection(gold) for side in sides) and all(any(g in side for side in sides) for g in gold)


def _words(office: str) -> set[str]:
    return set(re.findall(r"\w+", office.lower())) - {"of", "the", "to", "for", "and"}


KINDS: dict[str, Callable[[Coded, dict[str, Any]], Iterator[Scored]]] = {
    "events": events,
    "statements": statements,
    "relations": relations,
    "offices": offices,
    "questions": questions,
}


def table(rows: Iterable[Scored]) -> tuple[list[tuple[str, int, float, float]], float]:
    """((bin, records, mean confidence, share right) of each bin that is not empty, expected calibration error)."""
    bins: list[list[Scored]] = [[] for _ in range(BINS)]
    for confidence, right in rows:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    n = max(1, sum(map(len, bins)))
    shown, error = [], 0.0
    for i, rows_in in enumerate(bins):
        if rows_in:
            mean, share = sum(c for c, _ in rows_in) / len(rows_in), sum(ok for _, ok in rows_in) / len(rows_in)
            shown.append((f"{i / BINS:.1f}-{(i + 1) / BINS:.1f}", len(rows_in), mean, share))
            error += abs(mean - share) * len(rows_in) / n
    return shown, error


def main() -> int:
    """Print a table for each kind of record."""
    if not GOLD.is_dir():
        print("bench.calibration: SKIPPED, no ../shared/gold/dev beside the repository")
        return 0
    from training.acts import gold_articles

    articles = [(bc.code(a["text"], published=a["published"] or None), a) for a in gold_articles(GOLD)]
    for name, scored in KINDS.items():
        bins, error = table(row for coded, article in articles for row in scored(coded, article))
        print(f"\n| {name}: confidence | records | mean confidence | right |\n|---|---|---|---|")
        for label, n, mean, share in bins:
            print(f"| {label} | {n} | {mean:.2f} | {share:.2f} |")
        print(f"\nexpected calibration error, {name}: {error:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
