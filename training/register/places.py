"""The country tables -> states with their names, and the cities and regions that belong to one of them only."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from backchannel.register.names import fold
from training.register.tables import read_csv, table


def states(tables: Path) -> list[list[str]]:
    """Countries with names, demonyms and capitals (ODbL)."""
    rows = []
    for r in table(tables / "register.countries.tsv"):
        aliases = [a for a in r["aliases"].split("|") if len(a) > 3 and a.isascii() and a != r["name"]]
        rows.append([r["iso3"], r["name"], r["official"], "|".join(aliases), r["demonym"], r["capital"], r["region"], r["subregion"], r["independent"]])
    return rows


WITHHELD = frozenset(("salisbury",))  # of one country in the table only because it has old names: Harare's, but news means the English city


def places(tables: Path, hand: Path) -> list[list[str]]:
    """Cities and regions that belong to one country only (CC BY-SA 3.0), by our own list of shared names, too; features and nationalities are left out."""
    withheld = WITHHELD.union(fold(r["name"]) for r in read_csv(hand / "shared_places.csv") if not r["usual"])
    found: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for r in table(tables / "register.countryinfo_names.tsv"):
        if r["kind"] in ("city", "region", "capital") and len(r["name"]) > 4 and fold(r["name"]) not in withheld:
            found[fold(r["name"])].add((r["name"], r["iso3"], "region" if r["kind"] == "region" else "city"))
    return sorted([min(v)[0], min(v)[1], min(v)[2]] for v in found.values() if len({x[1] for x in v}) == 1)
