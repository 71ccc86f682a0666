"""A CSV of the user's own actors (docs/custom.md) -> additions to the register: states, organisations, persons and their offices.

One row an actor and office. What it says wins over what is built in. Nothing is taken from a file with a fault: every faulty line is named.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import get_args

from backchannel.errors import UsageError
from backchannel.records import ActorKind
from backchannel.register.additions import Additions, Named, Office, Word
from backchannel.register.model import CountryWordKind
from backchannel.register.names import fold

COLUMNS = ("name", "aliases", "kind", "country", "sector", "office", "start", "end", "demonyms", "capital", "metonyms")
KINDS = frozenset(get_args(ActorKind))
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_DEMONYM = re.compile(r"(ian|ean|an|ese|ish|i|ic)$")  # of a state's aliases, where no column says which are demonyms
SHOWN = 3  # faults named in the message


def read_custom(path: Path) -> Additions:
    """The additions of one file.

    Raises:
        UsageError: it is missing, has other columns, or a line that cannot be used.

    """
    if not path.is_file():
        raise UsageError(f"no file {path}", f"a CSV with columns {','.join(COLUMNS)}", "docs/custom.md")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = [c.strip() for c in reader.fieldnames or ()]
            if not {"name", "kind"} <= set(columns) or set(columns) - set(COLUMNS):
                raise UsageError(f"columns {', '.join(columns)[:100] or 'none'} in {path}", f"name, kind and any of {', '.join(COLUMNS)}", "docs/custom.md")
            reader.fieldnames = columns
            rows = [(reader.line_num, {k: (v or "").strip() for k, v in row.items() if isinstance(k, str) and not isinstance(v, list)}) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read as CSV ({error})", "UTF-8 text, one actor a line", "docs/custom.md") from None
    rows = [(line, row) for line, row in rows if any(row.values())]
    faults = [f"line {line}: {fault}" for line, row in rows for fault in _faults(row)]
    if faults or not rows:
        more = f" and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        raise UsageError(f"{path}: {'; '.join(faults[:SHOWN]) or 'no actors'}{more}", "lines as in docs/custom.md")
    made = Additions()
    for _, row in rows:
        made += _additions(row)
    return made


def _faults(row: dict[str, str]) -> list[str]:
    """What is wrong with a line."""
    country, kind = row.get("country", ""), row.get("kind", "")
    dates = [row.get(k, "") for k in ("start", "end")]
    return [
        fault
        for wrong, fault in (
            (not row.get("name"), "no name"),
            (kind not in KINDS, f"kind {kind!r} (one of {', '.join(sorted(KINDS))})"),
            (bool(country) and not re.fullmatch("[A-Z]{3}", country), f"country {country!r} (three capital letters)"),
            (kind == "state" and not country, "a state without its country code"),
            (any(d and not _DATE.fullmatch(d) for d in dates), f"dates {', '.join(filter(None, dates))} (2025, 2025-08 or 2025-08-05)"),
            (all(dates) and dates[1] < dates[0][: len(dates[1])], f"an end {dates[1]} before the start {dates[0]}"),
            (bool(row.get("office")) and kind != "person", "an office of something that is no person"),
            (bool(row.get("office")) and not country, "an office without a country"),
        )
        if wrong
    ]


def _additions(row: dict[str, str]) -> Additions:
    """One line."""
    name, kind, country = row["name"], row["kind"], row.get("country", "")
    aliases = _parts(row, "aliases")
    demonyms = _parts(row, "demonyms")
    if kind == "state" and not demonyms:
        demonyms = tuple(a for a in aliases if _DEMONYM.search(a))
        aliases = tuple(a for a in aliases if a not in demonyms)
    id = f"state:{country}" if kind == "state" else "custom:" + re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") + (f"-{country.lower()}" if country else "")
    sector = tuple(s for s in re.split(r"[|;]", row.get("sector", "").upper()) if s) or (("GOV",) if kind in ("state", "government") else ())
    named = Named(id=id, name=name, kind=kind, country=country or None, sector=sector, aliases=aliases, wins=True)  # type: ignore[arg-type]
    words: list[Word] = []
    seats: tuple[Named, ...] = ()
    if kind == "state":
        found: list[tuple[CountryWordKind, tuple[str, ...]]] = [
            ("name", (name, *aliases)),
            ("demonym", (*demonyms, *(d + "s" for d in demonyms))),
            ("capital", _parts(row, "capital")),
            ("metonym", _parts(row, "metonyms")),
        ]
        words = [Word(text=text, iso3=country, what=what) for what, texts in found for text in texts]
        seats = tuple(_seat(text, country) for text in _parts(row, "metonyms"))
    start, end = row.get("start") or "0001", row.get("end", "")
    office = row.get("office")
    offices = (Office(person=id, office=office, of=country, start=start, end=end, alone=True),) if office else ()
    return Additions(named=(named, *seats), words=tuple(words), offices=offices)


def _seat(text: str, country: str) -> Named:
    """What a metonym stands for, as a party of its own: the Kremlin is the Russian government's, not all of Russia."""
    id = "custom:" + re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-") + f"-{country.lower()}"
    return Named(id=id, name=text, kind="government", country=country, sector=("GOV",), wins=True)


def _parts(row: dict[str, str], column: str) -> tuple[str, ...]:
    return tuple(p.strip() for p in row.get(column, "").split("|") if p.strip())
