"""Coded reports -> rows in the ledger: several reports in one transaction, each whole or not at all, none twice, also with several writers.

Reports are written in order of id, so that two writers that bring the same reports wait for each other and never lock each other out.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import sqlite

from backchannel.ledger import rows, schema
from backchannel.ledger.versions import Version, succession
from backchannel.records import Coded

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

T = TypeVar("T")
AT_ONCE = 250  # reports in a transaction, about what comes while one waits: a page of an index that several change is written once
PATIENCE_S = 0.25  # a report is not kept waiting for others longer than this


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """The items in lists of at most ``AT_ONCE``; when they come slowly, each by itself."""
    waiting: list[T] = []
    begun = time.monotonic()
    for item in items:
        waiting.append(item)
        if len(waiting) >= AT_ONCE or time.monotonic() - begun > PATIENCE_S:
            yield waiting
            waiting, begun = [], time.monotonic()
    if waiting:
        yield waiting


def insert(connection: Connection, items: Sequence[tuple[Coded, str]]) -> set[str]:
    """Writes the reports that are not there yet, known since the instants beside them; gives the ids of those written."""
    by_id = {c.report.id: (c, at) for c, at in reversed(items)}
    table = schema.reports
    there = set(connection.execute(select(table.c.id).where(table.c.id.in_(by_id))).scalars())
    new = [by_id[i] for i in sorted(by_id) if i not in there]
    if not new:
        return set()
    made = [rows.report_row(c, at) for c, at in new]
    written = {r.id for r in connection.execute(insert_new(connection, table).returning(table.c.id), made)}
    new = [(c, at) for c, at in new if c.report.id in written]
    for part, values in rows.batch(new):
        _write(connection, part, values)
    _supersede(connection, {a for row in made if row["id"] in written and (a := row["address"])})
    return written


def _write(connection: Connection, table: Table, values: list[dict[str, Any]]) -> None:
    """Inserts rows whose values the database takes as they are: handing each value through SQLAlchemy cost a seventh of filing."""
    compiled = table.insert().compile(dialect=connection.dialect, column_keys=list(values[0]))
    order = getattr(compiled, "positiontup", None)  # of drivers that take values by place
    connection.exec_driver_sql(str(compiled), list(map(itemgetter(*order), values)) if order else values)


def insert_new(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that passes over rows that are there, also those that another writer has brought meanwhile."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def _supersede(connection: Connection, addresses: set[str]) -> None:
    """Notes which reports at these addresses give way to which."""
    if not addresses:
        return
    told = schema.reports.c
    versions: dict[str, list[Version]] = {}
    for row in connection.execute(select(told.address, told.known_at, told.id, told.publisher).where(told.address.in_(addresses))):
        versions.setdefault(row.address, []).append(Version(row.known_at, row.id))
    found = [row for several in versions.values() for row in succession(several)]
    if found:
        connection.execute(insert_new(connection, schema.withdrawals), found)
