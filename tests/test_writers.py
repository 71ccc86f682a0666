"""Several writers at once, on each store: nothing lost, nothing doubled."""

from __future__ import annotations

from bench.synthetic import reports
from bench.writers import faults, shares, together


def test_every_report_is_brought_by_two() -> None:
    """The writers do meet: each report is in two shares, in orders of their own."""
    made = list(reports(200))
    found = shares(made, 4)
    assert sorted(c.report.id for share in found for c in share) == sorted(c.report.id for c in made for _ in range(2))


def test_four_writers_at_once(place: str) -> None:
    """Four processes bring the same reports in different orders; the ledger is as if one had brought each once (speed: python -m bench.writers)."""
    made = list(reports(600))
    assert together(place, made, 4) > 0
    assert set(faults(place, made).values()) == {0}
