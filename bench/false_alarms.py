"""False event claims an article in news without politics: ``python -m bench.false_alarms [--verbose]``.

``unpolitical.csv`` lists AllSides articles on sport, entertainment, health, science, technology, education, everyday life, markets and disasters. Each was
read as a whole, before it was ever coded, and judged by rules 2 and 6 of ../shared/gold/GUIDE.md: it tells no act of political actors but ``acts`` in passing
("the mayor came under criticism"). What is coded beyond that number is false; where acts are missed, as many false ones go uncounted, so what is coded in the
articles that tell none has a row of its own. Articles on crime are not listed (our annotators code arrests and charges), nor any that are annotated, for the
reader has learnt them. By a hash of the id half of them are for developing, of which ``--verbose`` prints every anchor; the other half is only counted. The
casebook's negatives (``bench.casebook``) are short texts of ours in which likewise every claim is false.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import backchannel as bc
from backchannel.records import EventClaim
from bench.speed import SAMPLE

LIST = Path(__file__).with_name("unpolitical.csv")


class Listed(NamedTuple):
    """An article without politics: its id, what it is about, how many acts it tells in passing."""

    article: str
    kind: str
    acts: int

    @property
    def half(self) -> str:
        """The half it belongs to, by its id alone."""
        return ("develop", "report")[hashlib.sha256(self.article.encode()).digest()[-1] % 2]


def listed() -> list[Listed]:
    """The articles of the list, in its order."""
    with LIST.open(encoding="utf8", newline="") as lines:
        return [Listed(row["article"], row["kind"], int(row["acts"])) for row in csv.DictReader(lines)]


def beyond(coded: int, acts: int) -> int:
    """How many claims are false: those beyond the acts that are told."""
    return max(0, coded - acts)


def mean_beyond(some: Sequence[tuple[Listed, int]]) -> float:
    """False claims an article."""
    return sum(beyond(coded, one.acts) for one, coded in some) / max(1, len(some))


def counted(*, verbose: bool = False) -> list[tuple[Listed, int]]:
    """Every article with the number of its event claims; ``verbose``: prints the anchors of the developing half."""
    with gzip.open(SAMPLE, "rt", encoding="utf8") as lines:
        rows = {row["id"]: row for row in map(json.loads, lines)}
    found = []
    for one in listed():
        row = rows[one.article]
        claims = [c for c in bc.code(row["text"], published=row["date"] or None).claims if isinstance(c, EventClaim)]
        found.append((one, len(claims)))
        if verbose and one.half == "develop":
            print(row["title"], f"({one.acts})", *(f"[{c.event} {c.anchor.text}]" for c in claims))
    return found


def _printed(name: str, some: Sequence[tuple[Listed, int]]) -> None:
    acts, coded = sum(one.acts for one, _ in some), sum(n for _, n in some)
    clean = sum(not beyond(n, one.acts) for one, n in some)
    print(f"{name:16} {len(some):4} articles, {coded:4} claims, {acts:3} acts, {mean_beyond(some):.2f} false claims an article, {clean} without any")


def main() -> int:
    """Print false claims an article by half, by kind, and over all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--verbose", action="store_true", help="print the anchors of the developing half too")
    verbose = parser.parse_args().verbose
    if not SAMPLE.exists():
        print("bench.false_alarms: SKIPPED, needs the articles in ../shared/data")
        return 0
    every = counted(verbose=verbose)
    for kind in sorted({one.kind for one, _ in every}):
        _printed(kind, [(one, n) for one, n in every if one.kind == kind])
    for half in ("develop", "report"):
        _printed(f"half to {half}", [(one, n) for one, n in every if one.half == half])
    _printed("no act told", [(one, n) for one, n in every if not one.acts])
    _printed("all", every)
    return 0


if __name__ == "__main__":
    sys.exit(main())
