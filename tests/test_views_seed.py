"""With the right claims, every row of the seed report's list comes out, and nothing that must not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from backchannel.views.affairs import Ledger
from support import gold, seed_file

pytestmark = pytest.mark.skipif(seed_file() is None, reason="../shared/seed is not there")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger with the annotated seed report."""
    path = seed_file()
    assert path
    with Ledger(tmp_path_factory.mktemp("seed") / "l.db") as made:
        made.add(gold(path))
        yield made


def test_contacts(ledger: Ledger) -> None:
    """Calls, conversation and visits, with disclosure and confirmations; no contact of Trump and Putin."""
    rows = {(r.when.start if r.when else None, r.status, tuple(sorted(p.name.split()[-1] for p in r.parties))): r for r in ledger.contacts()}
    both = ("Netanyahu", "Putin")
    assert set(rows[None, "happened", both].disclosure) == {"public", "undisclosed"}
    sunday = rows["2025-08-03", "happened", both]
    assert (sunday.standing, sunday.disclosure, len(sunday.confirmed_by)) == ("confirmed_by_both", ("contents_undisclosed",), 2)
    week = rows["2025-07-27", "happened", both]
    assert (week.standing, week.topics) == ("confirmed_by_both", ("Syria", "Iran"))
    assert ("2025-08-06", "expected", ("Kremlin", "Witkoff")) in rows
    assert ("2025-07-28", "happened", ("Israel", "Witkoff")) in rows
    assert ("2025-07-01", "happened", ("Sa'ar", "Ukraine")) in rows
    assert not ledger.contacts(between=("Trump", "Putin"))
    assert not ledger.contacts(between=("Witkoff", "Kremlin"), status="happened")


def test_mediations(ledger: Ledger) -> None:
    """Netanyahu's is open in its initiative, Bennett's failed; none is between Israel and Russia."""
    rows = {r.mediators: r for r in ledger.mediations()}
    now, then = rows["Benjamin Netanyahu",], rows["Naftali Bennett",]
    assert (now.initiative, now.origins, now.status) == ("open", ("Kan News",), "attempted")
    assert set(now.between) == {"Trump administration", "Vladimir Putin"}
    assert (then.outcome, then.as_office, set(then.between)) == ("failed", ("prime minister",), {"Russia", "Ukraine"})
    assert len(rows) == 2


def test_ultimatum(ledger: Ledger) -> None:
    """One, standing, with demand and term; no sanction has happened."""
    (row,) = ledger.ultimatums()
    assert (row.issuer, row.addressee, row.state) == (("Donald Trump",), ("Russia",), "standing")
    assert row.deadline and row.deadline.end == "2025-08-08"
    assert row.demand == ("agree to a ceasefire in Ukraine",)
    assert not ledger.timeline(event="SANCTION", status="happened")


def test_the_rest(ledger: Ledger) -> None:
    """Question, deployment with its trigger, background, quotations, relations, offices, provenance."""
    assert [q.state for q in ledger.questions()] == ["open"]
    (ships,) = ledger.timeline(event="MOBILIZE")
    assert (ships.quantity, ships.instrument, bool(ships.trigger)) == (("two",), ("submarines",), True)
    assert [r.when.start for r in ledger.timeline(event="ASSAULT") if r.background and r.when] == ["2022-01-01"]
    assert len([s for s in ledger.statements() if s.verbatim]) >= 6
    assert {(r.pair, r.trend) for r in ledger.relations()} >= {
        (("RUS", "USA"), "worsening"),
        (("ISR", "RUS"), "worsening"),
        (("IRN", "RUS"), "improving"),
    }
    assert [r.certainty for r in ledger.relations(between=("Israel", "Ukraine"))] == ["possible"]
    offices = {r.person: (r.office.lower(), r.tense) for r in ledger.offices()}
    assert offices["Dmitry Medvedev"] == ("president", "former")
    assert len(offices) == 8
    assert ledger.reports()[0].chain().startswith("Kan News → ")


def test_the_brief_holds_it_all(ledger: Ledger) -> None:
    """Every section is there, and no line is longer than the page is wide."""
    made = ledger.brief()
    text = made.to_text()
    assert [s.title for s in made.sections][:3] == ["Contacts", "Mediations", "Ultimatums and deadlines"]
    assert max(map(len, text.splitlines())) <= 100
    assert "confirmed by both sides" in text
