"""A ledger -> what was checked and found: does the file hold, does every row say what its record says, does everything point somewhere.

Every report is read back and its rows are made again: they must be the rows that are there. Nothing is repaired; a ledger that does not hold is best
taken back from a copy or made again by ``ledger export`` of what can be read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select, text

from backchannel.errors import InputError, LedgerError
from backchannel.ledger import recoding, rows, schema
from backchannel.ledger.entities import members
from backchannel.ledger.facts import Filed
from backchannel.ledger.fingerprints import SCHEME
from backchannel.ledger.opening import complaints
from backchannel.ledger.store import Ledger
from backchannel.records import Coded

AT_ONCE = 500  # reports held in memory at a time


class Finding(NamedTuple):
    """One thing that was checked; ``good`` is null for what is worth knowing and no fault."""

    what: str
    found: str
    good: bool | None


def check(ledger: Ledger) -> Iterator[Finding]:
    """What was checked, one finding at a time; a fault of the store itself ends the list."""
    try:
        with complaints(ledger.name), ledger.reading() as connection:
            yield _store(connection)
            yield from _records(connection)
            yield _recodings(connection)
            lost, prints = _lost(connection), _prints(connection)
        parties = members((*ledger.filed(), *ledger.superseded())) if lost else frozenset[str]()
        yield _judged([f"{name}: {i}" for name, i in lost if i not in parties])
        yield prints
    except LedgerError as error:
        yield Finding("reading", str(error), False)


def _store(connection: Connection) -> Finding:
    """Whether the database itself holds."""
    if connection.dialect.name != "sqlite":
        return Finding("store", "PostgreSQL, whose pages are its server's to check", True)
    said = [str(r[0]) for r in connection.execute(text("PRAGMA integrity_check"))]
    lost = connection.execute(text("PRAGMA foreign_key_check")).all()
    faults = [s for s in said if s != "ok"] + [f"{len(lost)} rows whose report is gone"] * bool(lost)
    return Finding("store", "; ".join(faults[:3]) or "every page and every key holds", not faults)


def _records(connection: Connection) -> Iterator[Finding]:
    """Whether every report reads back, and its rows are those that it makes."""
    ids = list(connection.execute(select(schema.reports.c.id).order_by(schema.reports.c.id)).scalars())
    broken: list[str] = []
    differing: list[str] = []
    for start in range(0, len(ids), AT_ONCE):
        chosen = ids[start : start + AT_ONCE]
        for one in rows.load(connection, None, chosen):
            try:
                rows.check(one.coded)
            except InputError as error:
                broken.append(f"{one.report.id} ({error.found})")
        there = _rows_there(connection, chosen)
        for one in rows.load(connection, None, chosen):
            if _rows_made(one) != there[one.report.id]:
                differing.append(one.report.id)
    yield Finding("reports", _few(broken) or f"{len(ids)} read back, every span on its words", not broken)
    yield Finding("rows", f"rows that differ from their records: {_few(differing)}" if differing else "every row says what its record says", not differing)


def _recodings(connection: Connection) -> Finding:
    """Whether every later coding holds and is of a report that is there."""
    known = set(connection.execute(select(schema.reports.c.id)).scalars())
    later = recoding.codings(connection, None)
    broken = [report for report, several in later.items() if report not in known or any(not _holds(c) or c.report.id != report for c in several)]
    n = sum(map(len, later.values()))
    return Finding("recodings", f"that do not hold: {_few(broken)}" if broken else f"{n} read back" if n else "none", not broken)


def _holds(coded: Coded) -> bool:
    try:
        rows.check(coded)
    except InputError:
        return False
    return True


def _rows_made(filed: Filed) -> Counter[tuple[Any, ...]]:
    """The rows that a report makes."""
    made = [("reports", rows.report_row(filed.coded, filed.known_at))]
    made += [(t.name, row) for t, several in rows.batch([(filed.coded, filed.known_at)]) if t is not schema.fingerprints for row in several]
    return Counter((name, *sorted((k, str(v)) for k, v in row.items() if v is not None)) for name, row in made)


def _rows_there(connection: Connection, chosen: list[str]) -> dict[str, Counter[tuple[Any, ...]]]:
    """The rows that are there, by report."""
    found: dict[str, Counter[tuple[Any, ...]]] = defaultdict(Counter)
    for table in (schema.reports, *(t for t in rows.PARTS if t is not schema.fingerprints)):
        column = table.c.id if table is schema.reports else table.c.report_id
        for row in connection.execute(select(table).where(column.in_(chosen))).mappings():
            mark = (table.name, *sorted((k, str(v)) for k, v in row.items() if v is not None))
            found[row["id" if table is schema.reports else "report_id"]][mark] += 1
    return found


def _lost(connection: Connection) -> list[tuple[str, str]]:
    """What people judged that is no record, by the kind of judgement."""
    asked = {
        "verdicts": schema.verdicts.c.record_id, "withdrawals": schema.withdrawals.c.record_id,
        "judgements (left)": schema.judgements.c.left, "judgements (right)": schema.judgements.c.right,
    }  # fmt: skip
    judged = [(name, i) for name, column in asked.items() for i in connection.execute(select(column)).scalars()]
    lost = recoding.without_record(connection, (i for _, i in judged))
    return [(name, i) for name, i in judged if i in lost]


def _judged(lost: list[str]) -> Finding:
    """Whether what people judged is there: a record, or a party."""
    return Finding("judged", f"about records that are not there: {_few(lost)}" if lost else "everything judged is about records that are there", not lost)


def _prints(connection: Connection) -> Finding:
    """How many fingerprints are of the present scheme; the others are made again on reading."""
    total = connection.execute(select(func.count()).select_from(schema.reports)).scalar_one()
    marks = schema.fingerprints
    good = connection.execute(select(func.count()).select_from(marks).where(marks.c.scheme == SCHEME)).scalar_one()
    return Finding("fingerprints", f"{good} of {total} of scheme {SCHEME}" + ("; the rest are made on reading" if good < total else ""), None)


def _few(found: list[str]) -> str:
    return ", ".join(found[:3]) + (f" and {len(found) - 3} more" if len(found) > 3 else "")
