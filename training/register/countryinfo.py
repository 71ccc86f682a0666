"""CountryInfo's posts -> heads since 1945 and main ministers of 2003-2011; the table is share-alike and stays in files of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from training.register.row import Row
from training.register.tables import table

# Of countryinfo's 24,000 posts of 2003-2011 only these kinds: the rest are names that a later report would meet by chance.
KEPT_KINDS = {"head_of_state", "head_of_government", "foreign", "defence", "interior", "finance"}
TODAY = {"TMP": "TLS", "KSV": "KIR"}  # a code that is no longer, and a slip: those of KSV were presidents of Kiribati


def countryinfo(tables: Path) -> Iterator[Row]:
    """Heads and main ministers of 2003-2011 and heads since 1945."""
    for r in table(tables / "register.countryinfo_posts.tsv"):
        if len(r["iso3"]) != 3 or r["person"].lower() in ("vacant", "") or len(r["person"].split()) < 2 or " & " in r["office"]:
            continue  # parts of countries; and of several offices in one cell the dates belong to none for certain
        office = r["office"].replace('"', "").strip()
        start = r["start"] or ("2003-01" if r["block"] == "government" else "")
        row = Row(re.sub(r"\s+", " ", r["person"]), office, TODAY.get(r["iso3"], r["iso3"]), start, r["end"], "countryinfo")
        if row.kind not in KEPT_KINDS or not row.start or row.start < "1945" or "acting" in office.lower():
            continue
        # Open ends of the posts were found wrong after 2010; of the heads' nothing is known.
        row.end = row.end or ("~2010-06" if r["block"] == "government" else "~" + row.start)
        yield row
