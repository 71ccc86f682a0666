"""Articles on standard input (JSON lines: id, text, outlet) -> one line each with the group of copies it belongs to, for ../shared/score/score_copies.py.

    python -m bench.copies --articles FILE.jsonl [--strangers FILE.jsonl.gz] > groups.jsonl
    python ../shared/score/score_copies.py pairs.jsonl --pred groups.jsonl

``--strangers`` puts other articles beside them, as a ledger would hold; only the articles asked for are printed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from backchannel import intake
from backchannel.ledger.copies import Sheet, copies
from backchannel.ledger.fingerprints import fingerprint, text_digest
from backchannel.ledger.outlets import outlet_key
from backchannel.ledger.unions import Unions
from backchannel.records import Report


def rows(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a file, plain or gzip."""
    with gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def sheet(row: dict[str, Any]) -> Sheet:
    """What is compared of an article; the id is the file's."""
    report: Report = intake.report(row["text"], publisher=row.get("outlet"))
    key = outlet_key(report.publisher) if report.publisher else None
    return Sheet(row["id"], text_digest(report.text), key, fingerprint(report))


def groups(articles: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Article -> the first article of its group of copies."""
    sheets = [sheet(row) for row in articles]
    joined = Unions()
    for copy in copies(sheets):
        joined.join(copy.left, copy.right)
    return {s.report: joined.root(s.report) for s in sheets}


def main() -> None:
    """Read, group, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--strangers", type=Path, help="other articles to put beside them")
    given = parser.parse_args()
    asked = rows(given.articles)
    beside = {r["id"]: r for r in [*(rows(given.strangers) if given.strangers else []), *asked]}
    found = groups(beside.values())
    for row in asked:
        sys.stdout.write(json.dumps({"report": row["id"], "origin": found[row["id"]]}) + "\n")


if __name__ == "__main__":
    main()
