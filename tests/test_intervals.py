"""Times compare as stretches of days; what is not known stays open."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from backchannel.ledger.intervals import days, tightest
from backchannel.records import When
from backchannel.views.wording import due, on
from support import when

DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))


def test_dates_months_and_years_are_stretches() -> None:
    """A short form means all its days."""
    whole = days(When(start="2024", end="2024"))
    assert whole and whole.length == 366
    month = days(When(start="2024-02", end="2024-02"))
    assert month and month.length == 29


def test_open_ends_stay_open() -> None:
    """Since and until reach as far as there are days; a text without dates is no stretch."""
    assert on(when("2023-10-07/")) == "since 7 Oct 2023"
    assert days(When(text="recently")) is None
    assert days(When(start="2025-13-45")) is None


def test_times_read_as_people_write_them() -> None:
    """Each precision has its form."""
    shown = {
        "2025-08-03": "Sun 3 Aug 2025",
        "2025-07-28/2025-08-03": "28 Jul – 3 Aug 2025",
        "2025-08-01/2025-08-05": "1–5 Aug 2025",
        "2025-07": "Jul 2025",
        "2022": "2022",
    }
    assert {k: on(when(k)) for k in shown} == shown
    assert due(When(start="2025-08-08", end="2025-08-08", bound="before")) == "before Fri 8 Aug 2025"
    assert due(When(text="within 50 days", bound="within")) == due(When(text="50 days", bound="within")) == "within 50 days"
    assert on(None) == "undated"
    assert on(When(text="several days ago")) == "“several days ago”"


@given(DATES, DATES, DATES, DATES)
def test_what_two_times_leave_lies_in_both(a: date, b: date, c: date, d: date) -> None:
    """The tightest of overlapping times lies within each of them, in whatever order they come."""
    first, second = (When(start=str(min(x, y)), end=str(max(x, y))) for x, y in ((a, b), (c, d)))
    left, right = days(first), days(second)
    assert left and right
    found = days(tightest([first, second]))
    assert found == days(tightest([second, first]))
    shared = left.meet(right)
    if shared:
        assert found == shared
