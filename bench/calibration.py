"""Is confidence what it says? Records of annotated articles by their confidence, and how many of them are right: ``python -m bench.calibration``.

An event is right when an annotated event of the same type has an overlapping anchor; a statement when it shares at least half of the words of an annotated
content and is at most twice as long. Expected calibration error (Naeini et al. 2015): mean distance between confidence and share right over ten bins,
weighted by size. Measured on ../shared/gold/dev, on which nothing is trained or fitted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import backchannel as bc
from backchannel.records import Coded, EventClaim

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
    """Print a table for events and one for statements."""
    if not GOLD.is_dir():
        print("bench.calibration: SKIPPED, no ../shared/gold/dev beside the repository")
        return 0
    from training.acts import gold_articles

    articles = [(bc.code(a["text"], published=a["published"] or None), a) for a in gold_articles(GOLD)]
    for name, rows in (("events", [x for c, a in articles for x in events(c, a)]), ("statements", [x for c, a in articles for x in statements(c, a)])):
        bins, error = table(rows)
        print(f"\n| {name}: confidence | records | mean confidence | right |\n|---|---|---|---|")
        for label, n, mean, share in bins:
            print(f"| {label} | {n} | {mean:.2f} | {share:.2f} |")
        print(f"\nexpected calibration error, {name}: {error:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
