"""No room, or no right to write: one clear line, and the file stays sound (limits of the file; a small file system where one may be mounted)."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.synthetic import reports
from click.testing import CliRunner
from sqlalchemy import event

import stories
from backchannel.cli import main
from backchannel.errors import LedgerError
from backchannel.ledger import Added, Ledger
from backchannel.ledger.checking import check


def fill(ledger: Ledger) -> list[str]:
    """The ids of reports that were said to be filed until there was no room; the complaint is one line."""
    told: list[str] = []
    with pytest.raises(LedgerError, match="no space") as caught:
        for added in ledger.add_many(reports(20_000)):
            assert isinstance(added, Added)
            told.append(added.report)
    assert "\n" not in str(caught.value)
    assert "what was filed before is safe" in str(caught.value)
    return told


def sound(ledger: Ledger, told: list[str]) -> bool:
    """Whether the ledger passes its check and holds what it said it had filed, and nothing by halves."""
    return all(f.good is not False for f in check(ledger)) and {f.report.id for f in ledger.filed()} == set(told)


def test_no_room_in_the_middle_of_many(tmp_path: Path) -> None:
    """Batches filed before stay, the one without room is not there at all, and with room again the same ledger goes on."""
    path = tmp_path / "l.db"
    with Ledger(path) as ledger:

        @event.listens_for(ledger._engine, "connect")
        def limit(connection: sqlite3.Connection, _: object) -> None:
            connection.execute("PRAGMA max_page_count = 2500")

        ledger._engine.dispose()
        told = fill(ledger)
        assert len(told) >= 100
        assert sound(ledger, told)
    with Ledger(path) as ledger:
        assert sound(ledger, told)
        assert ledger.add(stories.call("Post")).new


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of eight megabytes; skips where none may be mounted."""
    folder = tmp_path / "small"
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() or not shutil.which("mount"):
        pytest.skip("only root may mount a small file system, on Linux")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], capture_output=True, check=False).returncode:
        pytest.skip("a small file system may not be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_file_system(small: Path) -> None:
    """The disk itself is full: the same."""
    with Ledger(small / "l.db") as ledger:
        told = fill(ledger)
        assert len(told) >= 100
        assert sound(ledger, told)
    with Ledger(small / "l.db") as ledger:
        assert sound(ledger, told)


def test_a_read_only_file_system(small: Path) -> None:
    """A ledger that lies where nothing may be written is read; filing in it, and making one there, are refused in one line."""
    path = small / "l.db"
    with Ledger(path) as ledger:
        ledger.add(stories.call("Post"))
    article = small / "article.txt"
    article.write_text("Minister Arland met his colleague in Geneva on Monday, officials said.", encoding="utf8")
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    with Ledger(path) as ledger:
        assert len(ledger.fused()) == 1
        with pytest.raises(LedgerError, match="cannot be written"):
            ledger.add(stories.ultimatum())
        assert all(f.good is not False for f in check(ledger))
    for place, complaint in ((path, "cannot be written to"), (small / "new.db", "cannot be opened")):
        result = CliRunner().invoke(main, ["--ledger", str(place), "add", str(article)])
        assert result.exit_code == 3
        assert complaint in result.stderr
        assert len(result.stderr.strip().splitlines()) == 1
