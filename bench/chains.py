"""Articles with gold chains of parties across documents -> how well the ledger knows them again, beside joining by name: a table to standard output.

    python -m bench.chains --data DIR [--sets newswcl50.dev]

As ``bench.happenings``, for the mentions of parties: the ledger joins two when their parties are one person, organisation or state. Baseline: the same words
(articles and case aside) are one party. Both are taken over the mentions that the coder found and the gold has; a gold mention without a party's label
(objects, "misc") is left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

from backchannel.coder import code
from backchannel.ledger.entities import entities
from backchannel.ledger.facts import Filed
from backchannel.records import Coded
from backchannel.register.names import fold, without_possessive
from bench.happenings import Anchor, Found, aligned, gold, rows

PARTIES = frozenset(("ACTOR", "COUNTRY", "GROUP"))


def found(path: Path) -> Found:
    """The set, coded, its parties joined across reports."""
    coded, anchors, true, stands_for = [], [], [], {}
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for record in map(json.loads, lines):
            report = code(record["text"], publisher=record.get("outlet"), url=record.get("url"))
            coded.append(report)
            record["mentions"] = [m for m in record["mentions"] if m["label"] in PARTIES]
            there = list(gold(record, "entity"))
            here = [
                Anchor(record["id"], record["topic"], m.start, m.end, fold(without_possessive(m.text)), f"{report.report.id}:{actor.key}")
                for actor in report.actors
                for m in actor.mentions
                if m.named_by != "pronoun"
            ]
            true += there
            anchors += here
            stands_for |= aligned(here, there)
    return Found(anchors, true, stands_for, known(coded))


def known(coded: list[Coded]) -> dict[str, str]:
    """REPORT:KEY of every party -> who it is in the ledger."""
    filed = [Filed(c, "2025-01-01T00:00:00Z") for c in sorted(coded, key=lambda c: c.report.id)]
    own = {f"{c.report.id}:{a.key}": a.entity or f"{c.report.id}:{a.key}" for c in coded for a in c.actors}
    return own | {mention: one.id for one in entities(filed) for mention in one.mentions}


def main() -> None:
    """Code, join, score, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", default=("newswcl50.dev",))
    given = parser.parse_args()
    print("| set | joined by | CoNLL F1 | MUC: precision, recall | B-cubed | CEAF-e |\n|---|---|---|---|---|---|")
    for name in given.sets:
        for row in rows(name, found(given.data / f"coref.{name}.jsonl.gz"), full=False, base="the same words"):
            print(row, flush=True)


if __name__ == "__main__":
    main()
