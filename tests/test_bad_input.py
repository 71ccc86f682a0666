"""Bad input, end to end through the command: one clear line each, the right exit code, the rest of the batch coded, nothing half-written."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from backchannel.cli import main
from backchannel.errors import ModelError
from backchannel.ledger import Ledger

GOOD = (
    "BERLIN, Aug. 5, 2025 — German Chancellor Friedrich Merz met French President Emmanuel Macron in Berlin on Tuesday. "
    "The two leaders discussed sanctions on Russia, a government spokesman said."
)
FRENCH = (
    "Le président français Emmanuel Macron a rencontré mardi à Berlin le chancelier allemand Friedrich Merz. Les deux dirigeants ont parlé des "
    "sanctions contre la Russie et de la guerre en Ukraine, a dit un porte-parole du gouvernement. Ils se verront de nouveau dans les prochains "
    "jours à Paris."
)
PAGE_WITHOUT_ARTICLE = "<!doctype html><html><head><title>Sign in</title></head><body><form><input name=user><button>Go</button></form></body></html>"


def png() -> bytes:
    """A real PNG image of one grey dot."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0\x80")), (b"IEND", b"")]
    packed = (struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def html() -> str:
    """A page with an article in it."""
    words = "".join(f"<p>{GOOD} It was their {n} meeting this year, officials in both capitals said.</p>" for n in ("third", "fourth"))
    head = "<!doctype html><html><head><title>Merz meets Macron</title></head>"
    return f"{head}<body><nav>Home</nav><article><h1>Talks</h1>{words}</article></body></html>"


def empty(path: Path) -> None:
    """Nothing at all."""
    path.write_bytes(b"")


def spaces(path: Path) -> None:
    """White space only."""
    path.write_text(" \n\t\n")


def huge(path: Path) -> None:
    """50 MB (sparse: it takes no room on the disk)."""
    with path.open("wb") as file:
        file.write(GOOD.encode())
        file.truncate(50_000_000)


def image(path: Path) -> None:
    """A picture under the name of a text."""
    path.write_bytes(png())


def french(path: Path) -> None:
    """Another language."""
    path.write_text(FRENCH, "utf8")


def no_article(path: Path) -> None:
    """A page that holds no article."""
    path.write_text(PAGE_WITHOUT_ARTICLE)


def folder(path: Path) -> None:
    """A folder with no report in it."""
    path.mkdir()
    (path / "picture.png").write_bytes(png())


def missing(path: Path) -> None:
    """A path that is not there."""


# name of the file, how it is made, words its line must hold
REFUSED: list[tuple[str, Callable[[Path], None], tuple[str, ...]]] = [
    ("empty.txt", empty, ("empty",)),
    ("spaces.txt", spaces, ("empty",)),
    ("huge.txt", huge, ("50 MB", "at most")),
    ("picture.txt", image, ("PNG",)),
    ("french.txt", french, ("French", "expected English")),
    ("signin.html", no_article, ("article",)),
    ("folder", folder, ("folder", "expected")),
    ("gone.txt", missing, ("no such file",)),
]


@pytest.fixture(scope="module", autouse=True)
def reader() -> None:
    """The reader's weights must be there for anything to be coded."""
    try:
        from backchannel.reader import describe

        describe()
    except ModelError as error:
        pytest.skip(f"no reader weights: {error}")


def run(*args: str | Path, stdin: bytes | None = None) -> Result:
    """A command's result."""
    return CliRunner().invoke(main, [str(a) for a in args], input=stdin)


def filed(path: Path) -> dict[str, int]:
    """What a ledger holds, by table; it must open, and be sound."""
    with Ledger(path) as ledger:
        return ledger.counts()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A report that can be coded."""
    path = tmp_path / "good.txt"
    path.write_text(GOOD, "utf8")
    return path


@pytest.mark.parametrize(("name", "make", "words"), REFUSED, ids=[r[0] for r in REFUSED])
def test_one_clear_line_and_the_rest_goes_on(tmp_path: Path, good: Path, name: str, make: Callable[[Path], None], words: tuple[str, ...]) -> None:
    """Beside a good report: exit 1, one line that says what was found, the good one in the ledger and nothing else."""
    bad = tmp_path / name
    make(bad)
    result = run("add", bad, good, "--ledger", tmp_path / "l.db")
    assert result.exit_code == 1, result.output
    lines = [x for x in result.stderr.splitlines() if x.startswith(str(bad))]
    assert len(lines) == 1, result.stderr
    assert all(w in lines[0] for w in words), lines[0]
    assert "found " in lines[0]
    assert "Traceback" not in result.output
    assert filed(tmp_path / "l.db")["reports"] == 1


@pytest.mark.parametrize("command", ["brief", "code", "read", "add"])
def test_nothing_could_be_done(tmp_path: Path, command: str) -> None:
    """Only bad input: exit 3, a line for each item, nothing on standard output, nothing in the ledger."""
    for name, make, _ in REFUSED:
        make(tmp_path / name)
    ledger: list[str | Path] = ["--ledger", tmp_path / "l.db"] if command in ("brief", "add") else []
    result = run(command, *(tmp_path / name for name, _, _ in REFUSED), *ledger)
    assert result.exit_code == 3, result.output
    assert len([x for x in result.stderr.splitlines() if "found " in x]) == len(REFUSED)
    assert result.stdout == ""
    if ledger:
        counts = filed(tmp_path / "l.db")
        assert not any(counts.values()), counts


def test_a_word_can_be_read_but_is_no_report() -> None:
    """The linguistic layer takes a single word, as a sentence of a corpus may be one; only a report must have three."""
    line = json.dumps({"text": "Obama!"}).encode()
    result = run("read", "-", stdin=line)
    assert result.exit_code == 0, result.output
    assert [w["text"] for w in json.loads(result.stdout)["sentences"][0]["tokens"]] == ["Obama", "!"]
    refused = run("code", "-", stdin=line)
    assert (refused.exit_code, refused.stdout) == (3, "")
    assert "found 1 word; expected a news report of at least 3 words" in refused.stderr


def test_utf16_without_a_mark_is_read(tmp_path: Path, good: Path) -> None:
    """UTF-16 without a byte-order mark, either way round, is the same text as UTF-8."""
    for encoding in ("utf-16-le", "utf-16-be"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(GOOD.encode(encoding))
        result = run("code", path)
        assert result.exit_code == 0, result.output
        assert json.loads(result.stdout)["report"]["text"] == GOOD


def test_an_html_page_gives_its_article(tmp_path: Path) -> None:
    """An HTML page is coded by its article alone (with the extra web-pages), or refused with the extra's name."""
    path = tmp_path / "page.html"
    path.write_text(html(), "utf8")
    result = run("code", path)
    if result.exit_code:
        assert result.exit_code == 3
        assert "web-pages" in result.stderr
        return
    text = json.loads(result.stdout)["report"]["text"]
    assert "Merz met" in text
    assert "<p>" not in text
    assert "Home" not in text


def test_a_folder_gives_its_reports(tmp_path: Path, good: Path) -> None:
    """A folder is read for the reports in it; what is no report there is left alone."""
    (tmp_path / "picture.png").write_bytes(png())
    result = run("code", tmp_path)
    assert result.exit_code == 0, result.output
    assert len(result.stdout.splitlines()) == 1


def test_a_broken_line_is_named_by_its_number(tmp_path: Path) -> None:
    """JSON lines with a broken line: that line is refused by file and number, those before and after it are coded and filed."""
    path = tmp_path / "many.jsonl"
    rows = [
        json.dumps({"id": "a", "text": GOOD}),
        '{"id": "b", "text": "broken',
        json.dumps({"id": "c", "text": GOOD + " They will meet again in Paris."}),
    ]
    path.write_text("\n".join(rows) + "\n", "utf8")
    result = run("add", path, "--ledger", tmp_path / "l.db")
    assert result.exit_code == 1, result.output
    assert [x.split(": found")[0] for x in result.stderr.splitlines() if "found " in x] == [f"{path}, line 2"]
    assert filed(tmp_path / "l.db")["reports"] == 2


def test_standard_input(tmp_path: Path) -> None:
    """JSON lines on standard input: one answer a good line, in order, the broken one named by its number."""
    rows = [
        json.dumps({"id": "a", "text": GOOD, "published": "2025-08-05", "desk": "world"}),
        "{oops",
        json.dumps({"id": "c", "text": GOOD + " More later."}),
    ]
    result = run("code", "--json", "-", stdin="\n".join(rows).encode())
    assert result.exit_code == 1, result.output
    reports = [json.loads(x)["report"] for x in result.stdout.splitlines()]
    assert [r["given_id"] for r in reports] == ["a", "c"]
    assert reports[0]["extra"] == {"desk": "world"}
    assert "line 2" in result.stderr
    spaced = run("code", "--json", "-", stdin="\n\n".join(["", *rows]).encode())
    assert "line 5" in spaced.stderr  # empty lines count
    nothing = run("code", "-", stdin=b"")
    assert nothing.exit_code == 3
    assert "nothing on standard input" in nothing.stderr


def test_a_json_file_of_lines_counts_its_empty_lines(tmp_path: Path) -> None:
    """A .json file that holds JSON lines names a broken line by where it stands in the file."""
    path = tmp_path / "many.json"
    path.write_text("\n\n".join([json.dumps({"text": GOOD}), "{oops", json.dumps({"text": GOOD})]), encoding="utf8")
    result = run("code", "--json", path)
    assert result.exit_code == 1, result.output
    assert "line 3" in result.stderr


@pytest.mark.parametrize("date", ["2025-02-30", "soon", "2025-13-01", "05/08/2025"])
def test_an_impossible_date_is_refused(tmp_path: Path, good: Path, date: str) -> None:
    """A publication date that does not exist or can be read two ways ends in one line, and nothing is filed."""
    result = run("add", good, "--published", date, "--ledger", tmp_path / "l.db")
    assert result.exit_code in (2, 3), result.output
    assert date in result.stderr
    assert len(result.stderr.splitlines()) <= 2
    assert not (tmp_path / "l.db").exists() or not any(filed(tmp_path / "l.db").values())


def test_an_impossible_date_in_a_line_refuses_that_line(tmp_path: Path) -> None:
    """In JSON lines a bad date costs its own line only."""
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"text": GOOD + f" Note {d}.", "published": d}) + "\n" for d in ("2025-08-05", "2025-02-30")), "utf8")
    result = run("code", path)
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 1), result.output
    assert "line 2" in result.stderr


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    """Control characters, markup and script in a report reach no terminal: the brief prints without them."""
    path = tmp_path / "hostile.txt"
    path.write_text(f'{GOOD} "[red]\x1b[2J<script>alert(1)</script>[/red]," Merz said on Tuesday.', "utf8")
    result = run("brief", path, "--ledger", tmp_path / "l.db")
    assert result.exit_code == 0, result.output
    assert "\x1b" not in result.stdout


def test_a_file_that_may_not_be_read(tmp_path: Path, good: Path) -> None:
    """A file without permission is refused and named."""
    locked = tmp_path / "locked.txt"
    locked.write_text(GOOD + " Locked.")
    locked.chmod(0)
    if os.access(locked, os.R_OK):
        pytest.skip("this user may read everything")
    result = run("code", locked, good)
    assert (result.exit_code, "locked.txt" in result.stderr) == (1, True)


def test_the_installed_command_ends_the_same_way(tmp_path: Path, good: Path) -> None:
    """As a program of its own: the exit code reaches the shell, refusals go to stderr, records to stdout."""
    command = [sys.executable, "-m", "backchannel.cli", "code", str(tmp_path / "gone.txt"), str(good)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf8")
    assert result.returncode == 1
    assert "gone.txt: found no such file" in result.stderr
    assert json.loads(result.stdout)["report"]["path"] == str(good)
