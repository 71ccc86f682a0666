"""The rows written by hand (supplement.csv, aliases.csv) -> occupancies with all spellings of the person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training.register.row import Row
from training.register.tables import read_csv


def supplement(hand: Path) -> Iterator[Row]:
    """The hand-written rows of this century."""
    names = {(r["person"], r["of"]): tuple(filter(None, r["aliases"].split("|"))) for r in read_csv(hand / "aliases.csv")}
    for r in read_csv(hand / "supplement.csv"):
        precision = len(r["start"])
        yield Row(r["person"], r["office"], r["of"], r["start"], r["end"], "supplement", aliases=names.get((r["person"], r["of"]), ()),
                  confidence={10: 0.9, 7: 0.8, 4: 0.7}[precision])  # fmt: skip
