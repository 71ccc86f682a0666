"""Ledger -> iCalendar (RFC 5545): the deadlines of ultimatums, and what is planned or expected, as all-day entries a calendar program can show.

Only what has dates goes in; "soon" has none. An entry says who says so and how sure it is; its UID is the record's id, so that a calendar that is read
again is renewed, not doubled.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Unpack

from backchannel.errors import UsageError
from backchannel.records import When
from backchannel.views.affairs import Ledger
from backchannel.views.rows import Row
from backchannel.views.view import Filters

if TYPE_CHECKING:
    from icalendar import Event

AHEAD = frozenset({"planned", "expected", "proposed", "offered"})
LONGEST = 31  # days: an expectation for "this year" is no entry of a calendar
CLOSED = frozenset({"met", "withdrawn", "carried_out"})  # states of an ultimatum whose deadline nobody waits for any more


def calendar(ledger: Ledger, **wanted: Unpack[Filters]) -> bytes:
    """The calendar of what passes the filters, in order of date; the same ledger gives the same bytes.

    Raises:
        UsageError: the package icalendar is not installed.

    """
    try:
        from icalendar import Calendar
    except ImportError:
        raise UsageError("no icalendar", "the package icalendar beside backchannel", "pip install 'backchannel[calendar]'") from None
    made = Calendar()
    made.add("prodid", "-//Backchannel//deadlines and plans//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Backchannel: deadlines and plans")
    every: Filters = {**wanted, "limit": None}  # it counts entries: of the rows of the views most are none
    for _, _, entry in sorted([*_deadlines(ledger, every), *_plans(ledger, every)], key=lambda x: x[:2])[: wanted.get("limit")]:
        made.add_component(entry)
    written: bytes = made.to_ical()
    return written


def _deadlines(ledger: Ledger, wanted: Filters) -> Iterator[tuple[date, str, Event]]:
    for u in ledger.ultimatums(**wanted):
        day = _day(u.deadline.end) if u.deadline else None
        if day and u.state not in CLOSED:
            yield day, u.id, _entry(u, f"Deadline: {u.what()}", day, day, "DEADLINE")


def _plans(ledger: Ledger, wanted: Filters) -> Iterator[tuple[date, str, Event]]:
    for row in ledger.timeline(**wanted):
        dates = _dates(row.when)
        ahead = dates and (row.told_on or "") <= dates[1].isoformat()  # not what was over when it was told ("voted in June to leave")
        if row.status in AHEAD and row.standing not in ("denied", "lapsed") and dates and ahead:
            yield dates[0], row.id, _entry(row, row.what(), *dates, "PLANNED")


def _dates(when: When | None) -> tuple[date, date] | None:
    """The first and last day of an interval that is known on both sides and short enough for a calendar."""
    first, last = (_day(when.start), _day(when.end)) if when else (None, None)
    return (first, last) if first and last and (last - first).days < LONGEST else None


def _day(moment: str | None) -> date | None:
    return date.fromisoformat(moment[:10]) if moment else None


def _entry(row: Row, summary: str, first: date, last: date, category: str) -> Any:
    from icalendar import Event

    told = _day(row.told_on) or first
    entry = Event()
    entry.add("uid", f"{row.id}@backchannel")
    entry.add("dtstamp", datetime(told.year, told.month, told.day, tzinfo=UTC))  # when it was told: a clock's time would change the bytes
    entry.add("dtstart", first)
    entry.add("dtend", last + timedelta(days=1))
    entry.add("summary", summary)
    entry.add("categories", [category])
    quoted = [f"“{' '.join(e.text.split())}”" for e in row.evidence[:2]]
    entry.add("description", "\n".join(x for x in (*row.notes(), f"{row.says()}: {row.sure()}", *quoted, f"backchannel show {row.id[:9]}") if x))
    return entry
