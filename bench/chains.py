"""Articles with gold chains of parties across documents -> how well the ledger knows them again, beside joining by name: a table to standard output.

    python -m bench.chains --data DIR [--sets newswcl50.dev]

As ``bench.happenings``, for the mentions of parties: the ledger joins two when their parties are one person, organisation or state. Baseline: the same words
(articles and case aside) are one party. Both are taken over the mentions that the coder found and the gold has, pronouns left out; a gold mention without a
party's label (objects, "misc") is left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backchannel.ledger.entities import entities
from backchannel.ledger.facts import Filed
from backchannel.records import Coded
from backchannel.register.names import fold, without_possessive
from bench.happenings import KNOWN_AT, Anchor, Found, collected, rows

PARTIES = frozenset(("ACTOR", "COUNTRY", "GROUP"))


def found(path: Path) -> Found:
    """The set, coded, its parties joined across reports."""
    coded, *rest = collected(path, "entity", _mentions, PARTIES)
    return Found(*rest, _known(coded))


def _mentions(record: dict[str, Any], report: Coded) -> Iterator[Anchor]:
    for actor in report.actors:
        for m in actor.mentions:
            if m.named_by != "pronoun":
                yield Anchor(record["id"], record["topic"], m.start, m.end, fold(without_possessive(m.text)), f"{report.report.id}:{actor.key}")


def _known(coded: list[Coded]) -> dict[str, str]:
    """REPORT:KEY of every party -> who it is in the ledger."""
    own = {f"{c.report.id}:{a.key}": a.entity or f"{c.report.id}:{a.key}" for c in coded for a in c.actors}
    return own | {mention: one.id for one in entities(Filed(c, KNOWN_AT) for c in coded) for mention in one.mentions}


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
