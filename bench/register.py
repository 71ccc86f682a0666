"""How well the register knows who is who: tables to standard output.

    python bench/register.py [--shared ../shared] [--verbose]

1. Terms: (title, country, date) -> person, against tables that are not shipped (reign, archigos) and, with ``--held-out DIR`` (a build made by
   ``training/build_register.py --without eps --out DIR``), against the table left out.
2. Entities of ../shared/gold/train: name -> country, kind, sector.
3. Speed and size.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import time
from collections import Counter
from pathlib import Path

import yaml

from backchannel.register import Register
from backchannel.register.names import fold, skeleton
from backchannel.register.offices import SINGLE_POSTS, post_of

# G20, Middle East, post-Soviet, permanent members, both Koreas
COVERED = frozenset(
    "ARG AUS BRA CAN CHN FRA DEU IND IDN ITA JPN KOR MEX RUS SAU ZAF TUR GBR USA PRK EGY IRN IRQ ISR "
    "JOR KWT LBN OMN QAT SYR ARE YEM BHR PSE UKR BLR MDA GEO ARM AZE KAZ UZB KGZ TJK TKM EST LVA LTU".split()
)

TITLE_OF = {
    "president": "president",
    "prime minister": "prime minister",
    "foreign": "foreign minister",
    "defence": "defence minister",
    "interior": "interior minister",
}


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a TSV."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def same(a: str, names: list[str]) -> bool:
    """Whether one name's last or first words and the other's overlap, spelling aside."""
    mine = {skeleton(w)[:5] for w in fold(a).split() if len(w) > 2}
    return any(mine & {skeleton(w)[:5] for w in fold(n).split() if len(w) > 2} for n in names)


def names_of(register: Register, id: str) -> list[str]:
    """All spellings of an entity."""
    entity = register.entity(id)
    return [entity.name, *entity.aliases] if entity else []


def leaders(register: Register, shared: Path, verbose: bool) -> dict[str, Counter[str]]:
    """Effective leaders of reign, 2003-2021, asked as ("leader", country, middle of the term), for covered countries and for the rest."""
    found: dict[str, Counter[str]] = {}
    for row in table(shared / "data/register.reign.tsv"):
        if not row["iso3"] or (row["end"] or "2021") < "2003" or len(row["start"]) < 7 or row["iso3"] in ("SMR", "CHE", "BIH"):
            continue
        middle = mid(max(row["start"], "2003-03"), row["end"] or "2021-03")
        if middle is None:
            continue
        holders = register.holder("leader", row["iso3"], middle)
        result = "unknown" if not holders else "right" if same(row["person"], names_of(register, holders[0].person)) else "wrong"
        group = ("covered" if row["iso3"] in COVERED else "rest") + (" since 2010" if middle >= "2010" else " before 2010")
        found.setdefault(group, Counter())[result] += 1
        if verbose and result == "wrong":
            print("reign", group, row["iso3"], row["person"], middle, [h.name for h in holders])
    return found


def mid(start: str, end: str) -> str | None:
    """The month in the middle of a term, or null for terms of less than three months."""
    a, b = (int(x[:4]) * 12 + int((x + "-06")[5:7]) - 1 for x in (start, end))
    return None if b - a < 3 else f"{(a + b) // 2 // 12:04d}-{(a + b) // 2 % 12 + 1:02d}-15"


def held_out(register: Register, shared: Path, verbose: bool) -> dict[str, Counter[str]]:
    """Terms of eps (2010-2022) asked of a register built without it, by post."""
    found: dict[str, Counter[str]] = {}
    for row in table(shared / "data/register.eps.tsv"):
        post, _ = post_of(row["office"], row["iso3"])
        if post not in TITLE_OF or post not in SINGLE_POSTS or len(row["iso3"]) != 3 or len(row["start"]) < 7 or len(row["end"]) < 7 or row["end"] < "2010":
            continue
        middle = mid(max(row["start"], "2010-01"), row["end"])
        if middle is None:
            continue
        holders = register.holder(TITLE_OF[post], row["iso3"], middle)
        counts = found.setdefault(post, Counter())
        result = "unknown" if not holders else "right" if same(row["person"], names_of(register, holders[0].person)) else "wrong"
        counts[result] += 1
        if verbose and result == "wrong":
            print("eps", row["iso3"], post, row["person"], middle, [(h.name, h.source) for h in holders])
    return found


def gold(register: Register, shared: Path, verbose: bool) -> None:
    """The entities of gold/train by their name and by their fullest quote, as of the day of publication."""
    totals: Counter[str] = Counter()
    for path in sorted((shared / "gold/train").glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for entity in data["entities"].values():
            says = max(entity.get("says") or [entity["name"]], key=len)
            for how, phrase in (("name", entity["name"]), ("says", says)):
                read = register.describe(phrase, on=str(data["published"])[:10] if data.get("published") else None)
                country, kind, sector = (read.country, read.kind, read.sector) if read else (None, None, ())
                hit = {
                    "country": country == entity.get("country"),
                    "kind": kind == entity.get("kind"),
                    "sector": str(entity.get("sector")) in sector or (not sector and not entity.get("sector")),
                }
                totals[how] += 1
                totals[how, "read"] += read is not None  # type: ignore[index]
                wrong = read is not None and country is not None and not hit["country"]
                totals[how, "country wrong"] += wrong  # type: ignore[index]
                for key, value in hit.items():
                    totals[how, key] += value  # type: ignore[index]
                if verbose and how == "name" and not all(hit.values()):
                    print(
                        "gold",
                        phrase,
                        "|",
                        entity.get("kind"),
                        entity.get("country"),
                        entity.get("sector"),
                        "| got",
                        kind,
                        country,
                        sector,
                        "|",
                        read.why if read else "",
                    )
    for how in ("name", "says"):
        n = totals[how]
        print(f"gold/train by {how:5} n={n}  " + "  ".join(f"{k} {totals[how, k] / n:.3f}" for k in ("read", "country", "country wrong", "kind", "sector")))  # type: ignore[index]


def speed(register: Register) -> None:
    """Look-ups a second over a mix of names."""
    rng = random.Random(1)
    names = [
        rng.choice(["Netanyahu", "Vladimir Putin", "Hamas", "Moscow", "the Kremlin", "Jane Doe", "Russian", "State Department", "Zelenskyy", "U.S."])
        for _ in range(20000)
    ]
    register.find("Putin")
    for label, call in (
        ("find", register.find),
        ("country_of", register.country_of),
        ("organisation", register.organisation),
        ("parse_title", register.parse_title),
    ):
        start = time.perf_counter()
        for name in names:
            call(name)
        print(f"{label:12} {len(names) / (time.perf_counter() - start):>10,.0f} a second")
    for label, resolve in (("resolve, first time", register._resolve), ("resolve, cached", register.resolve)):
        start = time.perf_counter()
        for name in names:
            resolve(name, on="2025-08-05", country=None, kind=None)
        print(f"{label:20} {len(names) / (time.perf_counter() - start):>10,.0f} a second")


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--held-out", type=Path)
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    register = Register.load()
    light = time.perf_counter() - start
    register.find("Putin")
    register.holder("president", "RUS", "2025-08-05")
    full = time.perf_counter() - start
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"load {light * 1000:.0f} ms, with persons {full * 1000:.0f} ms, {memory:.0f} MB")
    if not args.shared.is_dir():
        print(f"skipped: no {args.shared}")
        return speed(register)
    for group, counts in sorted(leaders(register, args.shared, args.verbose).items()):
        print(f"leaders of reign, {group}: {dict(counts)}")
    if args.held_out:
        for post, counts in held_out(Register(data=args.held_out), args.shared, args.verbose).items():
            print(f"held out eps, {post}: {dict(counts)}")
    gold(register, args.shared, args.verbose)
    speed(register)


if __name__ == "__main__":
    main()
