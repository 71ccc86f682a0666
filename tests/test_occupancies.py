"""The register feeds itself: office claims of filed reports become dated occupancies that later reports use, and entities are one across reports."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import backchannel as bc
from backchannel.cli import main
from backchannel.records import Coded
from backchannel.register import Register
from backchannel.views.affairs import Ledger
from support import Maker


def told(publisher: str, published: str, *, name: str = "Dana Levin", tense: str = "current", since: str | None = None, entity: str | None = None) -> Coded:
    """A report that calls somebody foreign minister of Israel, in one tense."""
    m = Maker(f"Foreign Minister {name} of Israel arrived, {publisher} learnt on {published}.", publisher=publisher, published=published)
    person = m.actor(name, country="ISR", entity=entity)
    m.office("Foreign Minister", person, "Foreign Minister", "ISR", tense=tense, from_=since)
    return m.coded()


def holders(ledger: Ledger, on: str) -> list[str]:
    """Who is foreign minister of Israel on a day for a report coded with the ledger."""
    return [o.name for o in Register.load((), known=ledger.known()).holder("Israeli foreign minister", None, on)]


def test_one_report_is_a_sighting_two_origins_stand() -> None:
    """A single report does not contradict the register; a second origin does, from the first sighting on, and never before it."""
    with Ledger("sqlite://") as ledger:
        ledger.add(told("Wire A", "2026-09-10"))
        assert holders(ledger, "2026-09-20") == ["Gideon Sa'ar"]
        ledger.add(told("Wire A", "2026-09-12"))
        assert holders(ledger, "2026-09-20") == ["Gideon Sa'ar"]  # the same outlet again is no second origin
        ledger.add(told("Wire B", "2026-09-14"))
        assert holders(ledger, "2026-09-20") == ["Dana Levin"]
        assert holders(ledger, "2026-09-01") == ["Gideon Sa'ar"]
    assert [o.name for o in Register.load(()).holder("foreign minister", "ISR", "2026-09-20")] == ["Gideon Sa'ar"]


def test_a_stated_beginning_is_enough() -> None:
    """ "Who became foreign minister on June 3" dates the occupancy from that day."""
    with Ledger("sqlite://") as ledger:
        ledger.add(told("Wire A", "2026-09-10", since="2026-06-03"))
        assert holders(ledger, "2026-06-03") == ["Dana Levin"] and holders(ledger, "2026-06-02") == ["Gideon Sa'ar"]
        (held,) = ledger.occupancies()
        assert (held.person, held.start, held.end, held.stated) == ("ledger:dana-levin-isr", "2026-06-03", None, True)


def test_the_former_one_is_over() -> None:
    """Two origins that call a built-in holder former end his open term for later reports."""
    with Ledger("sqlite://") as ledger:
        for publisher, day in (("Wire A", "2026-09-10"), ("Wire B", "2026-09-12")):
            ledger.add(told(publisher, day, name="Gideon Sa'ar", tense="former", entity="Q966349"))
        assert holders(ledger, "2026-09-20") == [] and holders(ledger, "2026-09-01") == ["Gideon Sa'ar"]


def test_a_sighting_in_an_empty_seat_holds_for_a_quarter() -> None:
    """Where nobody built in holds the office, one report is enough for three months and no longer."""
    with Ledger("sqlite://") as ledger:
        m = Maker("Chief of Protocol Petra Novak of Slovakia arrived.", publisher="Wire A", published="2026-09-10")
        m.office("Chief of Protocol", m.actor("Petra Novak", country="SVK"), "Chief of Protocol", "SVK")
        ledger.add(m.coded())
        rows = ledger.known().offices
        assert [(o.start, o.end, o.confidence < 0.65) for o in rows] == [("2026-09-10", "2026-12-11", True)]


def test_conflicts_are_shown() -> None:
    """The offices view says who else holds the office, by the register or by other reports."""
    with Ledger("sqlite://") as ledger:
        ledger.add(told("Wire A", "2026-09-10"))
        (row,) = ledger.offices()
        assert row.conflict is not None and row.conflict.startswith("the register has Gideon Sa'ar from 2024-11-10")
        ledger.add(told("Wire B", "2026-09-10", name="Noa Peretz"))
        assert {r.person: r.conflict for r in ledger.offices()}["Noa Peretz"] == "other reports: Dana Levin, 1 origin, 2026-09-10"


def test_denied_and_rejected_offices_teach_nothing() -> None:
    """A claim that a person rejected is no occupancy."""
    with Ledger("sqlite://") as ledger:
        coded = told("Wire A", "2026-09-10", since="2026-06-03")
        ledger.add(coded)
        ledger.verdict(coded.claims[0].id, "reject")
        assert not ledger.known() and ledger.occupancies() == []


@given(st.permutations(range(4)))
def test_the_order_of_filing_changes_nothing(order: list[int]) -> None:
    """Occupancies depend on what was filed, not when."""
    reports = [
        told("Wire A", "2026-09-10"),
        told("Wire B", "2026-09-14"),
        told("Wire A", "2026-09-12", name="Noa Peretz"),
        told("Wire C", "2026-10-01", tense="former"),
    ]
    with Ledger("sqlite://") as ledger, Ledger("sqlite://") as other:
        for i in order:
            ledger.add(reports[i])
        for report in reports:
            other.add(report)
        assert ledger.occupancies() == other.occupancies() and ledger.known() == other.known()
        assert all(date.fromisoformat(h.start) for h in ledger.occupancies())


def test_a_later_report_is_coded_with_what_the_ledger_knows() -> None:
    """ "The Israeli foreign minister" of a later report is whom the ledger has in that office; a name keeps its id."""
    with Ledger("sqlite://") as ledger:
        ledger.add(told("Wire A", "2026-09-10"))
        ledger.add(told("Wire B", "2026-09-14"))
        text = "Israeli Foreign Minister Dana Levin met Jordanian Foreign Minister Ayman Safadi in Amman on Monday."
        coded = bc.code(text, published="2026-09-21", known=ledger.known())
        assert "ledger:dana-levin-isr" in {a.entity for a in coded.actors}
        assert "ledger:dana-levin-isr" not in {a.entity for a in bc.code(text, published="2026-09-21").actors}


# ------------------------------------------------------------------ one across reports
def test_one_person_across_reports_and_undone() -> None:
    """The same name in two reports is one person by a judgement; undoing it parts them, a person's decision joins or parts, and neither deletes."""
    with Ledger("sqlite://") as ledger:
        ledger.add(told("Wire A", "2026-09-10"))
        ledger.add(told("Wire B", "2026-09-14"))
        (one,) = [o for o in ledger.entities() if o.name == "Dana Levin"]
        assert len(one.mentions) == 2 and len(one.judgements) == 1 and one.judgements[0].why
        ledger.undo(one.judgements[0].id)
        apart = [o for o in ledger.entities() if o.name == "Dana Levin"]
        assert [len(o.mentions) for o in apart] == [1, 1]
        mine = ledger.judge(apart[0].members[0], apart[1].members[0], True, by="tester")
        assert [len(o.mentions) for o in ledger.entities() if o.name == "Dana Levin"] == [2]
        ledger.undo(mine.id)
        assert [len(o.mentions) for o in ledger.entities() if o.name == "Dana Levin"] == [1, 1]


def test_namesakes_of_other_countries_and_entries_stay_apart() -> None:
    """A name of another country is another person; a register entry takes the plain name in."""
    with Ledger("sqlite://") as ledger:
        ledger.add(told("Wire A", "2026-09-10", name="Gideon Sa'ar", entity="Q966349"))
        ledger.add(told("Wire B", "2026-09-14", name="Gideon Sa'ar"))
        m = Maker("Gideon Sa'ar of Jordan spoke.", publisher="Wire C", published="2026-09-15")
        m.actor("Gideon Sa'ar", country="JOR")
        ledger.add(m.coded())
        assert sorted((o.id[:7], o.country, len(o.mentions)) for o in ledger.entities())[0] == ("Q966349", "ISR", 2)
        assert len(ledger.entities()) == 2


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Met lists the judgements, undo and same take their ids, show names the conflict."""
    url = str(tmp_path / "l.db")
    monkeypatch.setenv("BACKCHANNEL_LEDGER", url)
    with Ledger(url) as ledger:
        ledger.add(told("Wire A", "2026-09-10"))
        ledger.add(told("Wire B", "2026-09-14"))
        (one,) = ledger.entities()
    run = CliRunner()
    assert one.judgements[0].id in run.invoke(main, ["actors", "met", "levin"]).output
    assert run.invoke(main, ["actors", "undo", one.judgements[0].id]).exit_code == 0
    assert run.invoke(main, ["actors", "same", *one.members, "--why", "checked"]).exit_code == 0
    assert run.invoke(main, ["actors", "same", "x", "y"]).exit_code == 2 and run.invoke(main, ["actors", "undo", "j0"]).exit_code == 2
    shown = run.invoke(main, ["actors", "show", "ledger:dana-levin-isr"])
    assert shown.exit_code == 0 and "conflict: Foreign Minister of ISR" in shown.output and "Gideon Sa'ar" in shown.output
