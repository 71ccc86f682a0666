"""The ledger keeps what it is given, once, whole, and says since when."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

import stories
from backchannel.errors import InputError, LedgerError, UsageError
from backchannel.ledger import Ledger, schema
from backchannel.ledger.opening import ledger_url
from backchannel.records import Refusal
from support import Maker, gold, gold_files

NOON = datetime(2025, 8, 5, 12, tzinfo=UTC)


def at(moment: datetime, path: Path) -> Ledger:
    """A ledger whose clock stands still."""
    return Ledger(path, clock=lambda: moment)


def test_a_filed_report_comes_back_as_it_was(tmp_path: Path) -> None:
    """What is read out of the ledger equals what was filed."""
    coded = stories.ultimatum()
    with Ledger(tmp_path / "l.db") as ledger:
        assert ledger.add(coded).new
        assert [f.coded for f in ledger.filed()] == [coded]
        assert ledger.report(coded.report.id) == coded.report


@pytest.mark.skipif(not gold_files(), reason="../shared/gold is not there")
def test_annotated_articles_come_back_as_they_were(tmp_path: Path) -> None:
    """Real articles of any shape survive the ledger."""
    articles = [gold(p) for p in gold_files()[:20]]
    with Ledger(tmp_path / "l.db") as ledger:
        assert all(a.new for a in map(ledger.add, articles))
        assert {f.report.id: f.coded for f in ledger.filed()} == {a.report.id: a for a in articles}


def test_adding_twice_changes_nothing(tmp_path: Path) -> None:
    """Filing a report again leaves every row as it is, also later."""
    path = tmp_path / "l.db"
    with at(NOON, path) as ledger:
        ledger.add(stories.ultimatum())
        before = ledger.dump()
    with at(datetime(2026, 1, 1, tzinfo=UTC), path) as ledger:
        assert not ledger.add(stories.ultimatum()).new
        assert ledger.dump() == before


def test_one_bad_report_does_not_stop_the_rest(tmp_path: Path) -> None:
    """Unsound records and refusals become rows of the run report; the others are filed."""
    import msgspec

    good, other = stories.call("Post"), stories.ultimatum()
    bad = msgspec.structs.replace(good, report=msgspec.structs.replace(good.report, id="rbad", text="too short"))
    with Ledger(tmp_path / "l.db") as ledger:
        out = list(ledger.add_many([good, bad, Refusal(name="x.png", stage="intake", found="a PNG image"), other]))
        assert [isinstance(o, Refusal) for o in out] == [False, True, True, False]
        assert ledger.counts()["reports"] == 2
        with pytest.raises(InputError, match="do not hold"):
            ledger.add(bad)


def test_values_that_could_not_be_read_back_are_refused(tmp_path: Path) -> None:
    """A record outside the vocabulary never reaches the ledger, where it would stop every reading."""
    m = Maker("Arlen left.", publisher="Post")
    m.actor("Arlen", "wizard")
    with Ledger(tmp_path / "l.db") as ledger, pytest.raises(InputError, match="wizard"):
        ledger.add(m.coded())


def test_as_known_on_replays_what_was_known(tmp_path: Path) -> None:
    """A report counts from the day the ledger learnt it, not before, whatever it is about."""
    path = tmp_path / "l.db"
    with at(NOON, path) as ledger:
        ledger.add(stories.call("Post"))
    with at(NOON.replace(day=9), path) as ledger:
        ledger.add(stories.call_confirmed("Herald"))
        assert [len(ledger.filed(d)) for d in ("2025-08-04", "2025-08-05", "2025-08-08", "2025-08-09", None)] == [0, 1, 1, 2, 2]
        assert [e.standing for e in ledger.fused("2025-08-05")] == ["reported"]
        assert [e.standing for e in ledger.fused()] == ["confirmed_by_both"]
        with pytest.raises(UsageError, match="ISO date"):
            ledger.filed("last week")


def test_verdicts_are_applied_on_reading_and_replayed(tmp_path: Path) -> None:
    """A rejected claim no longer counts, from the day of the verdict on; the latest verdict wins."""
    path = tmp_path / "l.db"
    coded = stories.call("Post")
    claim = coded.claims[0].id
    with at(NOON, path) as ledger:
        ledger.add(coded)
    with at(NOON.replace(day=7), path) as ledger:
        ledger.verdict(claim, "reject", by="reader", note="another call")
        assert not ledger.facts()
        assert len(ledger.facts("2025-08-06")) == 1
    with at(NOON.replace(day=8), path) as ledger:
        ledger.verdict(claim, "accept", by="editor")
        assert ledger.facts()[0].claim.confidence == 1.0
        assert any("accepted by editor" in w for w in ledger.facts()[0].claim.why)
        assert ledger.counts()["verdicts"] == 2


def test_amendments_must_fit(tmp_path: Path) -> None:
    """An amendment changes the named fields; one that does not fit the record is refused and not kept."""
    coded = stories.call("Post")
    claim = coded.claims[0].id
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add(coded)
        for wrong in ({"id": "other"}, {"colour": "red"}, {"status": "danced"}, {"actor": ["a99"]}):
            with pytest.raises(UsageError):
                ledger.verdict(claim, "amend", amendment=wrong)
        with pytest.raises(UsageError):
            ledger.verdict(claim, "shrug")
        assert not ledger.verdicts()
        ledger.verdict(claim, "amend", amendment={"status": "planned"})
        assert ledger.facts()[0].event.status == "planned"


def test_withdrawn_reports_are_kept_and_no_longer_count(tmp_path: Path) -> None:
    """A withdrawal points at the report; nothing is deleted."""
    coded = stories.call("Post")
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add(coded)
        ledger.withdraw(coded.report.id, reason="the outlet took it back", superseded_by="r2")
        assert not ledger.filed()
        assert ledger.counts()["reports"] == 1
        assert ledger.withdrawals()[0].superseded_by == "r2"


def test_the_migrated_tables_are_the_declared_ones(tmp_path: Path) -> None:
    """Alembic's newest revision makes exactly the tables of schema.py."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with Ledger(tmp_path / "l.db") as ledger, ledger._engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    assert not [d for d in found if "alembic_version" not in str(d)]


@pytest.mark.parametrize("content", [b"not a database at all, but some text that is long enough", b"\x89PNG\r\n\x1a\n" + bytes(200)])
def test_a_file_that_is_no_ledger_is_one_line(tmp_path: Path, content: bytes) -> None:
    """Any other file is refused with what it is and what to try, and left as it was."""
    path = tmp_path / "l.db"
    path.write_bytes(content)
    with pytest.raises(LedgerError, match="not a ledger") as caught:
        Ledger(path)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    """A SQLite file with other tables is not taken over."""
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name)")
    with pytest.raises(LedgerError, match="without a ledger's tables"):
        Ledger(path)


def test_a_newer_ledger_is_refused(tmp_path: Path) -> None:
    """A ledger of a later version says so."""
    path = tmp_path / "l.db"
    Ledger(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerError, match="newer Backchannel"):
        Ledger(path)


def test_a_damaged_ledger_is_one_line(tmp_path: Path) -> None:
    """Broken pages give a LedgerError, not a stack trace."""
    path = tmp_path / "l.db"
    with Ledger(path) as ledger:
        for n in range(30):
            ledger.add(stories.call(f"Post {n}", extra=f"Number {n}. " + "word " * 200))
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 20] = os.urandom(4096 * 17)
    path.write_bytes(data)
    with pytest.raises(LedgerError), Ledger(path) as ledger:
        ledger.affairs()


def test_a_read_only_ledger_reads_and_refuses_to_write(tmp_path: Path) -> None:
    """Reading works where writing does not; writing says so in one line."""
    path = tmp_path / "l.db"
    with Ledger(path) as ledger:
        ledger.add(stories.call("Post"))
    with Ledger(path, read_only=True) as ledger:
        assert len(ledger.fused()) == 1
        with pytest.raises(LedgerError, match="cannot be written"):
            ledger.add(stories.ultimatum())


def test_a_missing_ledger_is_made_only_when_asked(tmp_path: Path) -> None:
    """Reading commands never leave an empty ledger behind."""
    with pytest.raises(LedgerError, match="no ledger"):
        Ledger(tmp_path / "none.db", create=False)
    assert not list(tmp_path.iterdir())


def test_a_full_disk_leaves_the_ledger_whole(tmp_path: Path) -> None:
    """When there is no room, the report is refused and what was there stays."""
    path = tmp_path / "l.db"
    with Ledger(path) as ledger:
        ledger.add(stories.call("Post"))
        from sqlalchemy import event

        @event.listens_for(ledger._engine, "connect")
        def limit(connection: sqlite3.Connection, _: object) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")

        ledger._engine.dispose()
        with pytest.raises(LedgerError, match="no space"):
            ledger.add(stories.call("Herald", extra="More. " * 9000))
        assert [f.report.publisher for f in ledger.filed()] == ["Post"]


def test_addresses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A path, a URL and the environment name ledgers; PostgreSQL goes through psycopg."""
    assert ledger_url(tmp_path / "a.db").database == str(tmp_path / "a.db")
    assert ledger_url("postgresql://host/name").drivername == "postgresql+psycopg"
    monkeypatch.setenv("BACKCHANNEL_LEDGER", str(tmp_path / "b.db"))
    assert ledger_url().database == str(tmp_path / "b.db")
    with pytest.raises(LedgerError):
        ledger_url("what://is this://")


WRITER = """
import sys; sys.path.insert(0, {tests!r})
from datetime import UTC, datetime
import stories
from backchannel.ledger import Ledger
with Ledger({path!r}, clock=lambda: datetime(2025, 8, 5, tzinfo=UTC)) as ledger:
    for n, _ in enumerate(ledger.add_many(stories.call(f"Post {{n}}", extra=f"Number {{n}}. " * 40) for n in range(200))):
        print(n, flush=True)
"""


def test_killed_in_the_middle_then_run_again_equals_one_run(tmp_path: Path) -> None:
    """Kill -9 leaves only whole reports, and running again completes them to the same ledger as one uninterrupted run."""
    tests = str(Path(__file__).parent)

    def run(path: Path, *, kill_after: int | None = None) -> None:
        process = subprocess.Popen([sys.executable, "-c", WRITER.format(tests=tests, path=str(path))], stdout=subprocess.PIPE, text=True)
        assert process.stdout
        for line in process.stdout:
            if kill_after is not None and int(line) >= kill_after:
                process.send_signal(signal.SIGKILL)
                break
        process.stdout.close()
        process.wait()

    killed, whole = tmp_path / "killed.db", tmp_path / "whole.db"
    run(killed, kill_after=60)
    with Ledger(killed) as ledger:
        n_reports = ledger.counts()["reports"]
        assert 60 <= n_reports < 200
        assert all(not f.coded.faults() and len(f.coded.claims) == 1 for f in ledger.filed())
    run(killed)
    run(whole)
    with Ledger(killed) as one, Ledger(whole) as other:
        assert one.counts()["reports"] == 200
        assert one.dump() == other.dump()


def test_two_writers_at_once_file_everything_once(tmp_path: Path) -> None:
    """Writers wait for each other; a report that both bring is there once."""
    path = tmp_path / "l.db"
    Ledger(path).close()
    code = WRITER.format(tests=str(Path(__file__).parent), path=str(path)).replace("range(200)", "range(40)")
    writers = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [w.wait() for w in writers] == [0, 0]
    with Ledger(path) as ledger:
        assert ledger.counts()["reports"] == 40


def test_filing_is_quick(tmp_path: Path) -> None:
    """A report takes a few milliseconds: the whole line has 100."""
    with Ledger(tmp_path / "l.db") as ledger:
        reports = [stories.call(f"Post {n}", extra=f"Number {n}.") for n in range(50)]
        start = time.perf_counter()
        for coded in reports:
            ledger.add(coded)
        assert time.perf_counter() - start < 2.5
