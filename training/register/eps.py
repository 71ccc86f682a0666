"""The tables of every-politician-scrapers -> cabinet posts by Wikidata, of 31 countries and the United Nations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training.register.row import Row
from training.register.tables import table

EPS_SEEN = "2022-07"  # until when an open row of the table is known to hold


def eps(tables: Path) -> Iterator[Row]:
    """Cabinet posts from Wikidata, frozen in 2022."""
    for r in table(tables / "register.eps.tsv"):
        if len(r["start"]) < 4 or r["start"] < "1985" or not r["person"]:
            continue
        if (r["iso3"], r["office"]) == ("IND", "Minister of Foreign Affairs"):
            continue  # these are foreign secretaries, officials; the ministers stand under External Affairs
        of = r["iso3"] or "world"
        if of in ("world", "WORLD") or r["repo"] == "world":
            of = "United Nations" if "United Nations" in r["office"] else ""
            if not of:
                continue
        yield Row(
            r["person"],
            r["office"][:1].upper() + r["office"][1:],
            of,
            r["start"],
            r["end"] or "~" + max(EPS_SEEN, r["start"][:7]),
            "eps",
            q=r["wikidata"],
        )
