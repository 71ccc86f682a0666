"""What every ledger does, on each store: it keeps what it is given, once, whole, says since when, and hands it on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

import stories
from backchannel.errors import InputError, UsageError
from backchannel.ledger import Ledger, schema
from backchannel.records import Refusal
from support import Maker, gold, gold_files

NOON = datetime(2025, 8, 5, 12, tzinfo=UTC)


def at(moment: datetime, place: str | Path) -> Ledger:
    """A ledger whose clock stands still."""
    return Ledger(place, clock=lambda: moment)


def test_a_filed_report_comes_back_as_it_was(place: str) -> None:
    """What is read out of the ledger equals what was filed."""
    coded = stories.ultimatum()
    with Ledger(place) as ledger:
        assert ledger.add(coded).new
        assert [f.coded for f in ledger.filed()] == [coded]
        assert ledger.report(coded.report.id) == coded.report


@pytest.mark.skipif(not gold_files(), reason="../shared/gold is not there")
def test_annotated_articles_come_back_as_they_were(place: str) -> None:
    """Real articles of any shape survive the ledger."""
    articles = [gold(p) for p in gold_files()[:20]]
    with Ledger(place) as ledger:
        assert all(a.new for a in map(ledger.add, articles))
        assert {f.report.id: f.coded for f in ledger.filed()} == {a.report.id: a for a in articles}


def test_adding_twice_changes_nothing(place: str) -> None:
    """Filing a report again leaves every row as it is, also later."""
    with at(NOON, place) as ledger:
        ledger.add(stories.ultimatum())
        before = ledger.dump()
    with at(datetime(2026, 1, 1, tzinfo=UTC), place) as ledger:
        assert not ledger.add(stories.ultimatum()).new
        assert ledger.dump() == before


def test_one_bad_report_does_not_stop_the_rest(place: str) -> None:
    """Unsound records and refusals become rows of the run report; the others are filed."""
    good, other = stories.call("Post"), stories.ultimatum()
    bad = msgspec.structs.replace(good, report=msgspec.structs.replace(good.report, id="rbad", text="too short"))
    with Ledger(place) as ledger:
        out = list(ledger.add_many([good, bad, Refusal(name="x.png", stage="intake", found="a PNG image"), other]))
        assert [isinstance(o, Refusal) for o in out] == [False, True, True, False]
        assert ledger.counts()["reports"] == 2
        with pytest.raises(InputError, match="do not hold"):
            ledger.add(bad)


def test_values_that_could_not_be_read_back_are_refused(place: str) -> None:
    """A record outside the vocabulary never reaches the ledger, where it would stop every reading."""
    m = Maker("Arlen left.", publisher="Post")
    m.actor("Arlen", "wizard")
    with Ledger(place) as ledger, pytest.raises(InputError, match="wizard"):
        ledger.add(m.coded())


def test_as_known_on_replays_what_was_known(place: str) -> None:
    """A report counts from the day the ledger learnt it, not before, whatever it is about."""
    with at(NOON, place) as ledger:
        ledger.add(stories.call("Post"))
    with at(NOON.replace(day=9), place) as ledger:
        ledger.add(stories.call_confirmed("Herald"))
        assert [len(ledger.filed(d)) for d in ("2025-08-04", "2025-08-05", "2025-08-08", "2025-08-09", None)] == [0, 1, 1, 2, 2]
        assert [e.standing for e in ledger.fused("2025-08-05")] == ["reported"]
        assert [e.standing for e in ledger.fused()] == ["confirmed_by_both"]
        with pytest.raises(UsageError, match="ISO date"):
            ledger.filed("last week")


def test_verdicts_are_applied_on_reading_and_replayed(place: str) -> None:
    """A rejected claim no longer counts, from the day of the verdict on; the latest verdict wins."""
    coded = stories.call("Post")
    claim = coded.claims[0].id
    with at(NOON, place) as ledger:
        ledger.add(coded)
    with at(NOON.replace(day=7), place) as ledger:
        ledger.verdict(claim, "reject", by="reader", note="another call")
        assert not ledger.facts()
        assert len(ledger.facts("2025-08-06")) == 1
    with at(NOON.replace(day=8), place) as ledger:
        ledger.verdict(claim, "accept", by="editor")
        assert ledger.facts()[0].claim.confidence == 1.0
        assert any("accepted by editor" in w for w in ledger.facts()[0].claim.why)
        assert ledger.counts()["verdicts"] == 2


def test_amendments_must_fit(place: str) -> None:
    """An amendment changes the named fields; one that does not fit the record is refused and not kept."""
    coded = stories.call("Post")
    claim = coded.claims[0].id
    with Ledger(place) as ledger:
        ledger.add(coded)
        for wrong in ({"id": "other"}, {"colour": "red"}, {"status": "danced"}, {"actor": ["a99"]}):
            with pytest.raises(UsageError):
                ledger.verdict(claim, "amend", amendment=wrong)
        with pytest.raises(UsageError):
            ledger.verdict(claim, "shrug")
        assert not ledger.verdicts()
        ledger.verdict(claim, "amend", amendment={"status": "planned"})
        assert ledger.facts()[0].event.status == "planned"


def test_withdrawn_reports_are_kept_and_no_longer_count(place: str) -> None:
    """A withdrawal points at the report; nothing is deleted."""
    coded = stories.call("Post")
    with Ledger(place) as ledger:
        ledger.add(coded)
        ledger.withdraw(coded.report.id, reason="the outlet took it back", superseded_by="r2")
        assert not ledger.filed()
        assert ledger.counts()["reports"] == 1
        assert ledger.withdrawals()[0].superseded_by == "r2"


def test_the_migrated_tables_are_the_declared_ones(place: str) -> None:
    """Alembic's newest revision makes exactly the tables of schema.py."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with Ledger(place) as ledger, ledger._engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    assert not [d for d in found if "alembic_version" not in str(d)]
