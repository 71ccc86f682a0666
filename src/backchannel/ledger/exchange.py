"""A ledger -> JSON lines and back, without loss; and two ledgers -> one, nothing counted twice.

One object a line: a header, then each report with all that was first read out of it and the instant at which it became known, then what came later:
codings anew, what people judged.
Reading lines in is adding: what is there already stays as it is, so doing it twice changes nothing. Everything keeps the instant at which its own
ledger learnt it; where both ledgers hold a report, the receiving one's instant and coding stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, select

from backchannel.errors import InputError
from backchannel.intake.text import broken
from backchannel.ledger import rows, schema
from backchannel.ledger.filing import batches, insert, insert_new
from backchannel.ledger.opening import complaints
from backchannel.ledger.store import Added, Ledger
from backchannel.ledger.verdicts import DECISIONS
from backchannel.records import SCHEMA, Coded, Refusal, from_json

LATER = {
    "recodings": schema.recodings,
    "judgements": schema.judgements,
    "undoings": schema.undoings,
    "verdicts": schema.verdicts,
    "withdrawals": schema.withdrawals,
}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")  # as store.instant writes one: time travel compares them as text
AT_ONCE = 500  # reports read at a time


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line: the header (``ledger`` = version of the records), a report, or a row of what came later: codings anew, what people judged."""

    kind: str
    ledger: int | None = None
    known_at: str | None = None
    coded: Coded | None = None
    row: dict[str, Any] | None = None


_DECODER = msgspec.json.Decoder(Line)


# ------------------------------------------------------------------ out
def export_lines(ledger: Ledger) -> Iterator[str]:
    """The whole ledger, one line at a time, in a fixed order."""
    yield _line(Line(kind="header", ledger=SCHEMA))
    with complaints(ledger.name), ledger.reading() as connection:
        ids = list(connection.execute(select(schema.reports.c.id).order_by(schema.reports.c.known_at, schema.reports.c.id)).scalars())
        for start in range(0, len(ids), AT_ONCE):
            chosen = ids[start : start + AT_ONCE]
            filed = {f.report.id: f for f in rows.load(connection, None, chosen)}
            yield from (_line(Line(kind="report", known_at=filed[i].known_at, coded=filed[i].coded)) for i in chosen)
        for kind, table in LATER.items():
            for row in connection.execute(select(table).order_by(table.c.known_at, table.c.id)).mappings():
                yield _line(Line(kind=kind, row={"".join(name): value for name, value in row.items()}))  # joined: some are SQLAlchemy's own kind of string


def _line(line: Line) -> str:
    return msgspec.json.encode(line).decode()


# ------------------------------------------------------------------ in
def import_lines(ledger: Ledger, lines: Iterable[str | bytes]) -> Iterator[Added | Refusal]:
    """Adds every line to the ledger, some hundred in one transaction; a line that does not hold is refused, the others go on.

    Raises:
        InputError: the first line is no header of a ledger, or one of a newer Backchannel.

    """
    numbered = ((n, text) for n, text in enumerate(headed(lines), 1) if text.strip())
    next(numbered)
    for batch in batches(_read(n, text) for n, text in numbered):
        sound = [item for item in batch if isinstance(item, Line)]
        with ledger.writing() as connection:
            written = insert(connection, [(item.coded, item.known_at) for item in sound if item.coded and item.known_at])
            for kind, table in LATER.items():
                _insert_rows(connection, table, [item.row for item in sound if item.kind == kind and item.row])
        for item in batch:
            if isinstance(item, Refusal):
                yield item
            elif item.coded:
                yield Added(report=item.coded.report.id, new=item.coded.report.id in written, claims=len(item.coded.claims))
                written.discard(item.coded.report.id)


def merge(into: Ledger, other: Ledger) -> Iterator[Added | Refusal]:
    """Adds everything of the other ledger to the first."""
    return import_lines(into, export_lines(other))


def headed(lines: Iterable[str | bytes]) -> Iterator[str | bytes]:
    """The lines again, their first looked at.

    Raises:
        InputError: it is no header of a ledger, or one of a newer Backchannel.

    """
    rest, begin = iter(lines), list[str | bytes]()
    for line in rest:
        begin.append(line)
        if line.strip():
            break
    _check_header(begin[-1] if begin else "")
    return chain(begin, rest)


def _check_header(first: str | bytes) -> None:
    try:
        head = _DECODER.decode(first)
    except msgspec.MsgspecError:
        head = None
    if head is None or head.kind != "header" or head.ledger is None:
        raise InputError("lines that begin with no ledger's header", "what backchannel ledger export writes", "backchannel add for reports as JSON lines")
    if head.ledger > SCHEMA:
        raise InputError(f"a ledger's records of version {head.ledger}", f"at most {SCHEMA}", "a newer Backchannel")


def _read(number: int, text: str | bytes) -> Line | Refusal:
    """A line that holds, or why it does not."""
    name = f"line {number}"
    try:
        line = _DECODER.decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return Refusal(name=name, stage="ledger", found=f"a line that does not hold ({error})", expected="a line of backchannel ledger export")
    if line.kind == "report" and line.coded and line.known_at and INSTANT.fullmatch(line.known_at):
        try:
            rows.check(line.coded)
        except InputError as error:
            return error.refusal(name, "ledger")
        return line
    table = LATER.get(line.kind)
    if table is None or line.row is None or not _holds(table, line.row):
        return Refusal(name=name, stage="ledger", found=f"a line of kind {line.kind!r} that does not hold", expected="a line of backchannel ledger export")
    return line


def _holds(table: Table, row: dict[str, Any]) -> bool:
    """Are a row's columns and values those of the table, so that it can be written and read again?"""
    if set(row) != {c.name for c in table.columns}:
        return False
    for column in table.columns:
        value = row[column.name]
        if value is None:
            if not column.nullable:
                return False
            continue
        expected = (int, float) if column.type.python_type is float else column.type.python_type
        if not isinstance(value, expected) or (isinstance(value, str) and (broken(value) or len(value) > (getattr(column.type, "length", None) or len(value)))):
            return False
    for name, kind in (("amendment", dict), ("why", list)):
        try:
            if name in row and not isinstance(msgspec.json.decode(row[name]), kind):
                return False
        except msgspec.MsgspecError:
            return False
    if "record" in row and not _is_coding(row["record"], row["report_id"]):
        return False
    return bool(INSTANT.fullmatch(row["known_at"])) and row.get("decision", "accept") in DECISIONS


def _is_coding(record: str, report: str) -> bool:
    """Whether it is all that was read out of that report, and holds."""
    try:
        coded = from_json(Coded, record)
        rows.check(coded)
    except (msgspec.MsgspecError, InputError):
        return False
    return coded.report.id == report


def _insert_rows(connection: Connection, table: Table, found: list[dict[str, Any]]) -> None:
    """Adds the rows that are not there."""
    if found:
        connection.execute(insert_new(connection, table), found)
