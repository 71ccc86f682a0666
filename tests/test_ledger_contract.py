"""What every ledger does, on each store: it keeps what it is given, once, whole, says since when, and hands it on."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import create_engine

import stories
from backchannel.errors import InputError, UsageError
from backchannel.ledger import Ledger, schema
from backchannel.ledger.checking import check
from backchannel.ledger.exchange import export_lines, import_lines, merge
from backchannel.ledger.opening import ledger_url, upgrade
from backchannel.ledger.store import instant
from backchannel.records import Coded, Refusal
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


def test_parties_are_joined_whatever_their_names_length(place: str) -> None:
    """Register entries of bodies have longer names than records have ids."""
    m = Maker("The old board met the new board.", publisher="Post", published="2025-08-05")
    names = ("org:" + "old-" * 30, "org:" + "new-" * 30)
    old, new = (m.actor(said, "igo", entity=name) for said, name in zip(("The old board", "the new board"), names, strict=True))
    m.event("met", "CONSULT", actor=[old], recipient=[new])
    with Ledger(place) as ledger:
        ledger.add(m.coded())
        ledger.judge(*names, same=True, by="reader")
        assert [(j.left, j.right) for j in ledger.judgements()] == [tuple(sorted(names))]
        assert all(f.good is not False for f in check(ledger))


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

    engine = create_engine(ledger_url(place))
    with engine.begin() as connection:
        upgrade(connection)
        found = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    with Ledger(place) as ledger:  # takes them as its own
        assert ledger.add(stories.call("Post")).new
    engine.dispose()
    assert not [d for d in found if "alembic_version" not in str(d)]


def test_a_new_ledger_is_of_the_newest_revision(place: str) -> None:
    """A ledger made from the declared tables can be opened again, and later revisions find out which it is of."""
    from alembic.migration import MigrationContext

    Ledger(place).close()
    with Ledger(place) as ledger, ledger._engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == schema.REVISION
        upgrade(connection)  # nothing to do


def versions() -> tuple[Coded, Coded]:
    """A report and its correction at the same address."""
    old = stories.call("Post", extra="They spoke of grain.")
    new = stories.call("Post", extra="They spoke of gas. An earlier version said grain.", day="2025-08-02")
    put = msgspec.structs.replace
    url = "https://www.post.example/news/call?utm_source=feed"
    return put(old, report=put(old.report, url=url)), put(new, report=put(new.report, url="http://post.example/news/call/"))


def test_a_corrected_report_takes_the_place_of_the_first(place: str) -> None:
    """Another text at the same address is a new version: it counts, the old one is kept, shown, and replayed as it stood."""
    old, new = versions()
    with at(NOON, place) as ledger:
        ledger.add(old)
    with at(NOON.replace(day=7), place) as ledger:
        ledger.add(new)
        ledger.add(old)
        assert [f.report.id for f in ledger.filed()] == [new.report.id]
        assert [f.report.id for f in ledger.superseded()] == [old.report.id]
        assert [f.report.id for f in ledger.filed("2025-08-06")] == [old.report.id]
        assert [(w.record, w.superseded_by) for w in ledger.withdrawals()] == [(old.report.id, new.report.id)]
        assert ledger.fused()[0].when == new.claims[0].when


def full(place: str | Path) -> Ledger:
    """A ledger with a little of everything."""
    ledger = at(NOON, place)
    reports = [stories.call("Herald"), stories.call_confirmed("Mail"), stories.ultimatum(), *versions()]
    assert all(not isinstance(a, Refusal) and a.new for a in ledger.add_many(reports))
    one, two = reports[0].claims[0].id, reports[1].claims[0].id
    ledger.verdict(one, "accept", by="reader", note="heard it")
    judged = ledger.judge(one, two, same=False, by="reader")
    ledger.undo(judged.id)
    ledger.withdraw(reports[2].report.id, reason="taken back")
    return ledger


def test_export_and_import_lose_nothing(place: str, tmp_path: Path) -> None:
    """What is written out and read in again, on either store, is the same ledger, row by row; reading it in twice changes nothing."""
    with full(place) as ledger, Ledger(tmp_path / "copy.db") as copy:
        lines = list(export_lines(ledger))
        for _ in range(2):
            assert not [i for i in import_lines(copy, lines) if isinstance(i, Refusal)]
            assert copy.dump() == ledger.dump()
        assert list(export_lines(copy)) == lines
        assert copy.fused() == ledger.fused()


def test_lines_that_do_not_hold_are_refused(place: str, tmp_path: Path) -> None:
    """A damaged line is named and passed over; a file that is no export is refused as a whole."""
    with full(tmp_path / "full.db") as ledger, Ledger(place) as copy:
        lines = list(export_lines(ledger))
        lines[2] = lines[2].replace('"text":"', '"text":"Oh, ', 1)
        found = list(import_lines(copy, [lines[0], "{", *lines[1:], '{"kind": "dream"}']))
        refused = [i.name for i in found if isinstance(i, Refusal)]
        assert refused == ["line 2", "line 4", f"line {len(lines) + 2}"]
        assert copy.counts()["reports"] == ledger.counts()["reports"] - 1
        with pytest.raises(InputError, match="no ledger's header"):
            list(import_lines(copy, ['{"text": "a report"}']))


@pytest.mark.parametrize(
    "wrong", [{"amendment": "{"}, {"decision": "banana"}, {"known_at": "2025"}, {"id": None}, {"note": {}}, {"note": "\x00"}, {"amendment": "[]"}]
)
def test_judgements_that_cannot_be_read_again_are_refused(place: str, wrong: dict[str, Any]) -> None:
    """One bad row would end every later view: it is refused, the next one is taken in."""
    row = {"id": "v1", "record_id": "x", "decision": "accept", "by": None, "note": None, "amendment": "{}", "known_at": "2025-08-05T10:00:00.000000Z"}
    with Ledger(place) as ledger:
        head = next(iter(export_lines(ledger)))
        lines = [head, *(json.dumps({"kind": "verdicts", "row": r}) for r in (row | wrong, row | {"id": "v2"}))]
        assert [i.name for i in import_lines(ledger, lines) if isinstance(i, Refusal)] == ["line 2"]
        assert [v.id for v in ledger.verdicts()] == ["v2"]


def test_two_ledgers_merge_without_counting_twice(place: str, tmp_path: Path) -> None:
    """What both hold is there once, each record keeps its instant, and merging again changes nothing."""
    with full(place) as mine, at(NOON.replace(day=9), tmp_path / "other.db") as other:
        for coded in (stories.call("Herald"), stories.call("Courier")):
            other.add(coded)
        added = [a for a in merge(mine, other) if not isinstance(a, Refusal)]
        assert sorted(a.new for a in added) == [False, True]
        known = {f.report.publisher: f.known_at[:10] for f in mine.filed()}
        assert (known["Herald"], known["Courier"]) == ("2025-08-05", "2025-08-09")
        before = mine.dump()
        assert not any(a.new for a in merge(mine, other) if not isinstance(a, Refusal))
        assert mine.dump() == before
        assert all(f.good is not False for f in check(mine))


def test_check_finds_what_does_not_hold(place: str) -> None:
    """A sound ledger is found sound; a changed record, a lost row and a verdict on nothing are found out."""
    with full(place) as ledger:
        assert all(f.good is not False for f in check(ledger))
        with ledger.writing() as connection:
            row = {"id": "v1", "record_id": "c-nothing", "decision": "reject", "known_at": instant(NOON), "amendment": "{}"}
            connection.execute(schema.verdicts.insert(), row)
        assert [f.what for f in check(ledger) if f.good is False] == ["judged"]
        with ledger.writing() as connection:
            connection.execute(schema.parties.delete().where(schema.parties.c.role == "recipient"))
        assert [f.what for f in check(ledger) if f.good is False] == ["rows", "judged"]
        with ledger.writing() as connection:
            connection.execute(schema.claims.update().values(record="{}"))
        assert [f.what for f in check(ledger) if f.good is False] == ["reading"]


def test_many_verdicts_are_kept_together(place: str) -> None:
    """Verdicts of a file: the sound ones are kept, each of an event's claims; the others are refused with their line."""
    from backchannel.views.affairs import Ledger as Views
    from backchannel.views.rulings import read_rulings, rule

    with full(place), Views(place, clock=lambda: NOON) as ledger:
        event = next(e for e in ledger.fused() if len(e.claims) > 1)
        lines = [f'{{"id": "{event.id}", "decision": "reject", "by": "editor"}}', '{"id": "cffffffff", "decision": "reject"}', "no json", '{"id": "x"}']
        found = list(rule(ledger, read_rulings(line.encode() for line in lines)))
        assert sorted(f.name for f in found if isinstance(f, Refusal)) == ["line 2", "line 3", "line 4"]
        assert {f.record for f in found if not isinstance(f, Refusal)} == set(event.claims)
        assert not set(event.claims) & {f.id for f in ledger.facts()}


def test_fingerprints_of_another_scheme_are_made_again(place: str) -> None:
    """Copies are found whatever scheme the kept fingerprints are of."""
    long = "The envoy told reporters in the capital on Monday that grain, gas and the border had been spoken of at length. " * 3
    with Ledger(place) as ledger:
        ledger.add(stories.call("Post", extra=long))
        ledger.add(stories.call("Herald", extra=long + "Rain fell."))
        assert [len(e.origins) for e in ledger.fused()] == [1]
        with ledger.writing() as connection:
            connection.execute(schema.fingerprints.update().values(scheme="w3-old", grams=b""))
    with Ledger(place) as ledger:
        assert [len(e.origins) for e in ledger.fused()] == [1]
