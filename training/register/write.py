"""What was gathered -> the CSV files of the register."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from backchannel.register.names import first_last, fold, skeleton, surnames
from training.register.people import People
from training.register.row import PRIORITY, Row, days

BRIEF = 31  # days in an office that make nobody known by surname alone


def write_csv(path: Path, header: list[str], rows: list[list[str]]) -> None:
    """A CSV with Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"{path.name}: {len(rows):,} rows, {path.stat().st_size / 1e6:.2f} MB")


def write_people(out: Path, people: People, kept: list[Row]) -> None:
    """Persons and occupancies, apart for the share-alike table."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in kept:
        rows[row.person].append(row)
    for suffix, apart in (("", False), (".countryinfo", True)):
        persons, occupancies = [], []
        for person in people.all.values():
            if not rows[person.id] or ({r.source for r in person.rows} == {"countryinfo"}) is not apart:
                continue
            best = min(person.rows, key=lambda r: PRIORITY[r.source])
            aliases = [n for n in person.names if n != best.name]
            kinds = {r.kind for r in rows[person.id] if not r.end or r.note or len(r.end) < 10 or days(r.end) - days(r.start) > BRIEF}
            fame = 2 if kinds & {"head_of_state", "head_of_government"} else 1 if kinds & {"foreign"} else 0
            countries = sorted(c for c in person.countries if len(c) == 3) or sorted(person.countries)
            family = dict.fromkeys(s for n in (best.name, *aliases) for s in surnames(n, countries[0])) if fame else {}
            rough = skeleton(best.name)
            keys = dict.fromkeys(fold(n) for n in person.names)
            if fame:
                keys.update(dict.fromkeys(first_last(n) for n in person.names if len(n.split()) > 2 and first_last(n).count(" ") == 1))
            persons.append([person.id, best.name, "|".join(aliases), "|".join(countries), str(fame), "|".join(keys), "|".join(family), rough])
            for r in sorted(rows[person.id], key=lambda r: r.start):
                occupancies.append([person.id, r.office, r.kind, r.post, r.of, r.start, r.end, r.source, f"{r.confidence:.2f}", r.note])
        write_csv(out / f"persons{suffix}.csv", ["id", "name", "aliases", "countries", "fame", "keys", "surnames", "skeleton"], persons)
        write_csv(out / f"occupancies{suffix}.csv", ["person", "office", "kind", "post", "of", "start", "end", "source", "confidence", "note"], occupancies)
