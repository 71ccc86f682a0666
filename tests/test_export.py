"""Exports read back in the programs they are for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import stories
from backchannel.cli import main
from backchannel.views.affairs import Ledger
from support import Maker

icalendar = pytest.importorskip("icalendar", reason="icalendar is not installed")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An ultimatum until 8 August, a visit expected on the 12th, a meeting that was, and one without a date."""
    m = Maker(
        "Arland expects Carl Caan to visit on Tuesday. Borduria met Arland last week. Both plan to meet again soon.",
        publisher="Post", published="2025-08-07",
    )  # fmt: skip
    a, b, c = m.actor("Arland", "state", "ARL"), m.actor("Borduria", "state", "BOR"), m.actor("Carl Caan", country="CAA")
    m.event("visit", "CONSULT", mode="visit", actor=[c], recipient=[a], status="expected", when_="2025-08-12")
    m.event("met", "CONSULT", actor=[a, b], when_="2025-07-28/2025-08-03")
    m.event("meet", "CONSULT", actor=[a, b], status="planned", in_="plan to meet again")
    with Ledger(tmp_path / "l.db", clock=lambda: datetime(2025, 8, 7, 12, tzinfo=UTC)) as made:
        made.add(stories.ultimatum())
        made.add(m.coded())
        yield made


def entries(written: bytes) -> dict[str, tuple[date, date]]:
    """Summary -> first day and the day after the last."""
    return {str(e["summary"]): (e["dtstart"].dt, e["dtend"].dt) for e in icalendar.Calendar.from_ical(written).walk("VEVENT")}


def test_a_calendar_holds_deadlines_and_plans_and_nothing_else(ledger: Ledger) -> None:
    """The last day of the ultimatum and the expected visit are whole-day entries; what was, and what has no date, are not in it."""
    from backchannel.export import ical

    found = entries(ical.calendar(ledger))
    assert len(found) == 2
    (deadline, due), (visit, days) = sorted(found.items(), key=lambda x: x[1])
    assert deadline.startswith("Deadline: ")
    assert due == (date(2025, 8, 8), date(2025, 8, 9))
    assert "Carl Caan" in visit
    assert days == (date(2025, 8, 12), date(2025, 8, 13))


def test_a_calendar_is_the_same_each_time_and_narrows(ledger: Ledger) -> None:
    """Same ledger, same bytes; filters of the views hold here too."""
    from backchannel.export import ical

    assert ical.calendar(ledger) == ical.calendar(ledger)
    assert all("Caan" in summary for summary in entries(ical.calendar(ledger, actor="Carl Caan")))


def test_the_command_writes_the_calendar(ledger: Ledger, tmp_path: Path) -> None:
    """``export ical`` prints it; another format is wrong use."""
    run = CliRunner().invoke(main, ["--ledger", str(tmp_path / "l.db"), "export", "ical"], standalone_mode=False)
    assert len(entries(run.stdout_bytes)) == 2
    assert CliRunner().invoke(main, ["export", "pdf"]).exit_code == 2
