"""Pairs of claims from real news, judged by readers -> how many of those that the ledger joins are one happening: a table to standard output.

    python -m bench.joins

``joins.jsonl`` holds pairs of claims of two AllSides articles each: article, where the anchor begins and ends, whether both tell of one happening, of which
draw, and whether weights were fitted on it ("fit", half of each draw). The first, 393 pairs, was drawn from what the ledger of 29 November joined ("joined"),
or nearly joined, in 220 articles on foreign affairs, trade and immigration; the second, 183 pairs, on 30 November from dated articles on any matter that tell
one story within four days: likely ones, unlikely ones, plans beside acts; the third, 172 pairs, from what the ledger of that day joined, or nearly joined, in
106 other articles on foreign affairs, its halves of different stories. Language-model readers judged them by the text around both. The articles of a draw lie
in one ledger, as they are, with the dates that the samples have (half of the first have none). Of a pair it is asked whether the claims at its places are in
one event now; pairs of which one claim is no longer found count as apart.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backchannel.coder import code_many
from backchannel.ledger.events import fuse
from backchannel.ledger.facts import Filed
from backchannel.ledger.intervals import MONTH
from backchannel.records import Coded, EventClaim
from bench.happenings import KNOWN_AT
from bench.speed import SAMPLE

PAIRS = Path(__file__).with_suffix(".jsonl")
ARTICLES = SAMPLE, SAMPLE.with_name("articles.allsides_pairs.dev.jsonl.gz")
DRAWS = 1, 2, 3


def filed(wanted: set[str]) -> dict[str, Filed]:
    """The articles of the samples by id, coded."""
    read: dict[str, dict[str, Any]] = {}
    for path in ARTICLES:
        with gzip.open(path, "rt", encoding="utf8") as lines:
            read |= {r["id"]: r for r in map(json.loads, lines) if r["id"] in wanted}
    found = [r for _, r in sorted(read.items())]
    about = [{"id": r["id"], "text": r["text"], "title": r["title"], "publisher": r["outlet"], "published": r["date"] or None} for r in found]
    return {r["id"]: Filed(c, KNOWN_AT) for r, c in zip(about, code_many(about), strict=True) if isinstance(c, Coded)}


def claims_at(report: Filed | None, start: int, end: int) -> Iterator[str]:
    """Ids of the event claims whose anchor meets the place."""
    for f in report.facts() if report else ():
        if isinstance(f.claim, EventClaim) and f.claim.anchor.start < end and start < f.claim.anchor.end:
            yield f.id


def dated(report: Filed | None) -> bool:
    """Whether it is known to a month when the report came out."""
    return report is not None and report.out is not None and report.out.length <= MONTH


def rows(draw: str, pairs: list[dict[str, Any]], reports: dict[str, Filed]) -> Iterator[str]:
    """The lines of the table for a draw."""
    home = {claim: e.id for e in fuse(sorted(reports.values(), key=lambda r: r.report.id)).events for claim in e.claims}
    seen: Counter[tuple[str, bool, bool]] = Counter()
    for pair in pairs:
        (a, *first), (b, *second) = pair["a"], pair["b"]
        left, right = ({home[c] for c in claims_at(reports.get(i), *place) if c in home} for i, place in ((a, first), (b, second)))
        kind = "both reports dated" if dated(reports.get(a)) and dated(reports.get(b)) else "a report's day unknown"
        for row in (kind, "not fitted on") if not pair.get("fit") else (kind,):
            seen[row, bool(left & right), pair["same"]] += 1
    for kind in sorted({k for k, _, _ in seen}):
        right, wrong = seen[kind, True, True], seen[kind, True, False]
        share = f"{right / (right + wrong):.2f}" if right + wrong else "-"
        n, same = sum(n for (k, _, _), n in seen.items() if k == kind), right + seen[kind, False, True]
        yield f"| {draw} | {kind} | {n} | {right + wrong} | {share} | {right} of {same} |"


def main() -> None:
    """Code, fuse, compare, print."""
    if missing := [path for path in ARTICLES if not path.exists()]:
        raise SystemExit(f"found no {missing[0]}; expected the AllSides articles of ../shared/data")
    pairs = [json.loads(line) for line in PAIRS.read_text("utf8").splitlines()]
    print("| draw | pairs of claims | n | joined | of those one happening | of the same ones joined |\n|---|---|---|---|---|---|")
    for draw in DRAWS:
        drawn = [pair for pair in pairs if pair["draw"] == draw]
        print("\n".join(rows(str(draw), drawn, filed({pair[side][0] for pair in drawn for side in "ab"}))), flush=True)


if __name__ == "__main__":
    main()
