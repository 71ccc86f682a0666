"""The ledger keeps what it is given, once, whole, and says since when."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

import stories
from backchannel.errors import LedgerError
from backchannel.ledger import Ledger, opening
from backchannel.ledger.checking import check
from backchannel.ledger.filing import AT_ONCE
from backchannel.ledger.opening import ledger_url
from backchannel.ledger.versions import Change, changes

NOON = datetime(2025, 8, 5, 12, tzinfo=UTC)


def at(moment: datetime, path: Path) -> Ledger:
    """A ledger whose clock stands still."""
    return Ledger(path, clock=lambda: moment)


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
import sys, time; sys.path.insert(0, {tests!r})
from datetime import UTC, datetime
import stories
from backchannel.ledger import Ledger
def calls():
    for n in range({n}):
        while n == {hold}:  # so that it does not end before it is killed, however busy the machine
            time.sleep(1)
        yield stories.call(f"Post {{n}}", extra=f"Number {{n}}. " * 40)
with Ledger({path!r}, clock=lambda: datetime(2025, 8, 5, tzinfo=UTC)) as ledger:
    for n, _ in enumerate(ledger.add_many(calls())):
        print(n, flush=True)
"""


def test_killed_in_the_middle_then_run_again_equals_one_run(tmp_path: Path) -> None:
    """Kill -9 leaves only whole reports, and running again completes them to the same ledger as one uninterrupted run."""
    tests, n = str(Path(__file__).parent), AT_ONCE + 50

    def run(path: Path, *, kill_after: int | None = None) -> None:
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER.format(tests=tests, path=str(path), n=n, hold=n - 1 if kill_after else None)], stdout=subprocess.PIPE, text=True
        )
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
        assert 60 <= n_reports < n
        assert all(not f.coded.faults() and len(f.coded.claims) == 1 for f in ledger.filed())
    run(killed)
    run(whole)
    with Ledger(killed) as one, Ledger(whole) as other:
        assert one.counts()["reports"] == n
        assert one.dump() == other.dump()


def test_two_writers_at_once_file_everything_once(tmp_path: Path) -> None:
    """Writers wait for each other; a report that both bring is there once."""
    path = tmp_path / "l.db"
    Ledger(path).close()
    code = WRITER.format(tests=str(Path(__file__).parent), path=str(path), n=40, hold=None)
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


def test_a_ledger_of_the_first_revision_is_brought_up_to_date(tmp_path: Path) -> None:
    """A ledger made by the first release opens, keeps every record, and gets what later revisions added."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine

    path, url = tmp_path / "old.db", "https://post.example/call"
    coded = stories.call("Post")
    coded = msgspec.structs.replace(coded, report=msgspec.structs.replace(coded.report, url=url))
    with Ledger(path) as ledger:
        ledger.add(coded)
    config = Config()
    config.set_main_option("script_location", str(Path(opening.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    engine.dispose()
    with sqlite3.connect(path) as raw:
        assert "address" not in [row[1] for row in raw.execute("PRAGMA table_info(reports)")]
    with Ledger(path) as ledger:
        assert [f.coded for f in ledger.filed()] == [coded]
        assert all(f.good is not False for f in check(ledger))


def test_kills_lose_and_double_nothing() -> None:
    """Killed at random moments while filing and fusing, the ledger keeps what it said it had, whole and once (200 kills: python -m bench.kills)."""
    from bench.kills import kills

    with tempfile.TemporaryDirectory() as folder:
        found = kills(6, f"{folder}/l.db", 300)
    assert {found[k] for k in ("lost", "unclean", "differs")} == {0}


def test_rewritten_texts_of_any_length_are_compared_in_time() -> None:
    """What is the same at both ends is set aside; a long stretch between, rewritten, is one change."""
    begun = time.perf_counter()
    assert changes("a " * 60_000 + "b" + " a" * 60_000, "a " * 60_000 + "c" + " a" * 60_000) == [Change("b", "c")]
    (whole,) = changes("start " + "a " * 50_000 + "end", "start " + "b a " * 50_000 + "end")
    assert whole.before.startswith("a a") and whole.after.startswith("b a") and time.perf_counter() - begun < 5
