"""The rows of all tables for a person and a seat -> one for each term, with the end that the tables give or the next holder's start."""

from __future__ import annotations

from collections import defaultdict

from backchannel.register.names import fold
from backchannel.register.offices import SINGLE_POSTS
from training.register.people import Person
from training.register.row import PRIORITY, Row, days

GAP_DAYS = 92  # held-out check of 2026-11: without this bound 30 % of the terms that end in a gap of the tables name a holder long gone
SUPPLEMENT_WRITTEN = "2026-01"


def merge_rows(person: Person) -> list[Row]:
    """One row for one term: overlapping rows of the same post become the one of the better source."""
    kept: list[Row] = []
    for row in sorted(person.rows, key=lambda r: (PRIORITY[r.source], days(r.start))):
        twin = next((k for k in kept if same_term(k, row)), None)
        if twin is None:
            kept.append(row)
        elif twin.end.startswith("~") and row.end and not row.end.startswith("~"):
            twin.end = row.end
        elif twin.end.startswith("~") and not row.end:
            twin.end = ""
        elif twin.end.startswith("~"):  # seen under two spellings
            twin.end = max(twin.end, row.end)
    return kept


def end_by_successor(rows: list[Row]) -> None:
    """A term without a known end ends when the next holder of a one-holder seat begins; else it keeps its last sighting, marked by low confidence."""
    seats: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.post in SINGLE_POSTS and "cting" not in row.office and "nterim" not in row.office:
            seats[row.of, row.post].append(row)
    for seat in seats.values():
        seat.sort(key=lambda r: days(r.start))
        for i, row in enumerate(seat):
            later = [x for x in seat[i + 1 :] if x.person != row.person and days(x.start) > days(row.start) + 5 and may_end(x, row)]
            if later and row.end.startswith("~") and days(later[0].start) - days(row.end) > GAP_DAYS:
                continue  # too long unseen: somebody else may have come between
            if later and (row.end.startswith("~") or not row.end):
                row.end, row.note = later[0].start, "end: successor's start"
            elif later and row.source == "factbook" and days(later[0].start) < days(row.end or "2100"):
                row.end = later[0].start
    for row in rows:
        if row.end.startswith("~"):
            row.end, row.confidence, row.note = row.end[1:], min(row.confidence, 0.6), "end: last seen"


def start_only(rows: list[Row]) -> None:
    """A term that would end before it starts is a slip of the table: only its start is kept."""
    for row in rows:
        if row.end and days(row.end) < days(row.start[: len(row.end)]):
            row.end, row.confidence = row.start, 0.5


def same_term(a: Row, b: Row) -> bool:
    """The same post of the same country, at overlapping or nearly the same time."""
    if a.of != b.of or a.post != b.post or (a.post not in SINGLE_POSTS and fold(a.office) != fold(b.office)):
        return False
    end_a, end_b = (days(x.end) if x.end else 10**7 for x in (a, b))
    near = abs(days(a.start) - days(b.start)) <= 62 and not a.source == b.source == "supplement"  # an acting term and the full one after it
    return near or (days(a.start) < end_b - 31 and days(b.start) < end_a - 31)


def may_end(later: Row, row: Row) -> bool:
    """Whether a later holder ends this term: not by a lesser table; an open hand-written row only by later news of the factbook."""
    if row.source == "supplement" and later.source != "supplement":
        return later.source == "factbook" and later.start > SUPPLEMENT_WRITTEN and not row.end
    return PRIORITY[later.source] <= max(PRIORITY[row.source], PRIORITY["factbook"])
