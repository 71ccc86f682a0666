"""The commands: what they print where, and how they end."""

from __future__ import annotations

import json
import os
import pty
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import stories
from backchannel.cli import main
from backchannel.errors import UsageError
from backchannel.records import Coded, Refusal, Report
from backchannel.register import NOTHING, Additions
from backchannel.views.affairs import Ledger
from support import Maker

REPORTS = {"call": stories.call("Post"), "mail": stories.call_confirmed("Mail"), "ultimatum": stories.ultimatum()}


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading and coding stand in: a path is the name of a story, or refused."""
    import backchannel.coder
    import backchannel.intake

    def read(sources: Iterable[str], **_: Any) -> Iterator[Report | Refusal]:
        for name in sources:
            yield (
                REPORTS[name].report
                if name in REPORTS
                else Refusal(name=name, stage="intake", found="a missing path", expected="a report", hint="another path")
            )

    def code_many(reports: Iterable[Report | Refusal], *, processes: int = 1, known: Additions = NOTHING) -> Iterator[Coded | Refusal]:
        for one in reports:
            yield one if isinstance(one, Refusal) else next(c for c in REPORTS.values() if c.report is one)

    monkeypatch.setattr(backchannel.intake, "read", read)
    monkeypatch.setattr(backchannel.coder, "code_many", code_many)


def run(*args: str) -> Result:
    """A command's result."""
    return CliRunner().invoke(main, list(args))


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    """The path of a ledger with three reports."""
    path = tmp_path / "l.db"
    with Ledger(path) as made:
        for coded in REPORTS.values():
            made.add(coded)
    return str(path)


def test_brief_files_and_prints(line: None, tmp_path: Path) -> None:
    """Brief PATH... keeps the reports and prints the page as plain text; again gives the same page."""
    url = str(tmp_path / "l.db")
    first = run("brief", "call", "mail", "--ledger", url)
    assert first.exit_code == 0, first.output
    assert "CONTACTS" in first.stdout
    assert "confirmed by both sides" in first.stdout
    assert "\x1b" not in first.stdout
    assert run("--ledger", url, "brief", "call", "mail").stdout == first.stdout
    with Ledger(url) as made:
        assert made.counts()["reports"] == 2


def test_brief_as_json(line: None, ledger: str) -> None:
    """--json gives one object with the sections' rows."""
    found = json.loads(run("brief", "--json", "--ledger", ledger).stdout)
    assert found["contacts"][0]["standing"] == "confirmed_by_both"
    assert len(found["provenance"]) == 3


@pytest.mark.parametrize(("paths", "code"), [(["call"], 0), (["call", "nope"], 1), (["nope", "nope2"], 3)])
@pytest.mark.parametrize("command", ["brief", "code", "add"])
def test_exit_codes_and_refusals(line: None, tmp_path: Path, command: str, paths: list[str], code: int) -> None:
    """0 when all is done, 1 when some were refused, 3 when nothing could be done; each refusal is one line on stderr."""
    ledger = ["--ledger", str(tmp_path / "l.db")] if command != "code" else []
    result = run(command, *paths, *ledger)
    assert result.exit_code == code, result.output
    assert [x for x in result.stderr.splitlines() if x.startswith("nope")] == [
        f"{p}: found a missing path; expected a report; try another path" for p in paths if p.startswith("nope")
    ]


def test_what_is_no_ledgers_makes_no_ledger(tmp_path: Path) -> None:
    """Lines without a ledger's header, or none, are refused before anything is made."""
    for n, text in enumerate(("not a ledger\n", "\n\n", "")):
        lines, url = tmp_path / f"{n}.jsonl", tmp_path / f"{n}.db"
        lines.write_text(text, encoding="utf8")
        result = run("--ledger", str(url), "ledger", "import", str(lines))
        assert result.exit_code == 3
        assert result.stderr.splitlines() == [
            "backchannel: found lines that begin with no ledger's header; expected what backchannel ledger export writes; "
            "try backchannel add for reports as JSON lines"
        ]
        assert not url.exists()


def test_code_prints_one_object_a_line_and_keeps_nothing(line: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code is stateless: records out, no ledger made."""
    monkeypatch.setenv("BACKCHANNEL_LEDGER", str(tmp_path / "l.db"))
    lines = run("code", "call", "ultimatum").stdout.splitlines()
    assert [json.loads(x)["report"]["publisher"] for x in lines] == ["Post", "Daily Post"]
    assert not list(tmp_path.iterdir())


def test_add_counts(line: None, tmp_path: Path) -> None:
    """Add says what is new; the second time nothing is."""
    url = str(tmp_path / "l.db")
    assert "2 new of 2 reports" in run("add", "call", "mail", "--ledger", url).stderr
    assert "0 new of 2 reports" in run("add", "call", "mail", "--ledger", url).stderr


@pytest.mark.parametrize("name", ["contacts", "mediations", "ultimatums", "relations", "statements", "questions", "timeline", "offices", "reports"])
def test_views_print_json_lines_in_a_pipe(ledger: str, name: str) -> None:
    """Every view takes the shared filters and prints one object a line."""
    result = run(name, "--ledger", ledger, "--actor", "Arlen", "--since", "2025-01-01", "--limit", "1")
    assert result.exit_code == 0, result.output
    assert all(json.loads(x)["view"] for x in result.stdout.splitlines())


def test_relations_of_a_pair(ledger: str) -> None:
    """Relations A B takes names as arguments."""
    assert run("relations", "Arlen", "Berg", "--ledger", ledger).exit_code == 0
    assert run("relations", "Arlen", "--ledger", ledger).exit_code == 0


def test_show_and_verdict(ledger: str) -> None:
    """The beginning of an id is enough; a verdict changes what is read; unknown ids and fields are wrong use."""
    contact = json.loads(run("contacts", "--ledger", ledger).stdout.splitlines()[0])
    shown = run("show", contact["id"][:8], "--ledger", ledger)
    assert shown.exit_code == 0, shown.output
    assert "»" in shown.stdout
    assert "why" in shown.stdout
    assert json.loads(run("show", contact["id"][:8], "--json", "--ledger", ledger).stdout)["records"]
    assert run("show", "zzzz", "--ledger", ledger).exit_code == 2
    assert run("verdict", contact["id"][:9], "amend", "--set", "status=danced", "--ledger", ledger).exit_code == 2
    assert run("verdict", contact["id"][:9], "amend", "--set", "nonsense", "--ledger", ledger).exit_code == 2
    rejected = run("verdict", contact["id"][:9], "reject", "--by", "me", "--ledger", ledger)
    assert rejected.exit_code == 0, rejected.output
    assert run("contacts", "--ledger", ledger).stdout == ""


def test_wrong_use_and_missing_ledgers(tmp_path: Path) -> None:
    """Wrong use ends with 2, a ledger that is not there with 3, each with one line that says what to try."""
    assert run("contacts", "--limit", "many").exit_code == 2
    assert run("dance").exit_code == 2
    missing = run("contacts", "--ledger", str(tmp_path / "none.db"))
    assert missing.exit_code == 3
    assert len(missing.stderr.splitlines()) == 1
    assert "try backchannel add" in missing.stderr


def test_a_bad_date_is_wrong_use(ledger: str) -> None:
    """A filter that is no date says so."""
    result = run("contacts", "--as-known-on", "soon", "--ledger", ledger)
    assert (result.exit_code, "ISO date" in result.stderr) == (2, True)


def test_hostile_names_do_not_reach_the_terminal(line: None, tmp_path: Path) -> None:
    """A refused file's name is printed without its control characters."""
    assert "\x1b" not in run("code", "no\x1b[2Jpe").stderr


def test_a_closed_pipe_is_quiet(ledger: str) -> None:
    """A reader that stops reading is no error."""
    command = f"{sys.executable} -m backchannel.cli timeline --ledger {ledger} | head -c 10"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (len(result.stdout), result.stderr) == (10, "")


def test_help_is_quick() -> None:
    """--help takes less than 0.3 seconds: nothing heavy is loaded before it is needed."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, backchannel, backchannel.cli; print(*sys.modules)"], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"sqlalchemy", "numpy", "onnxruntime", "rich", "alembic"} & set(loaded)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "backchannel.cli", "--help"], capture_output=True, check=True)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.6  # 0.3 on an idle machine; test machines are shared


def test_actors_are_found_and_shown() -> None:
    """The register answers by name and by id; a name it does not know ends with 3."""
    found = run("actors", "find", "Netanyahu")
    assert found.exit_code == 0, found.output
    first = json.loads(found.stdout.splitlines()[0])
    assert "Netanyahu" in first["name"]
    shown = run("actors", "show", first["id"])
    assert json.loads(shown.stdout.splitlines()[0])["id"] == first["id"]
    assert run("actors", "find", "Zyxwvut Qqqq").exit_code == 3
    assert run("actors", "show", "Q0").exit_code == 3


def test_doctor_looks_at_everything(tmp_path: Path) -> None:
    """Doctor names parts, model and ledger, and makes no ledger of its own."""
    found = {x["what"]: x for x in map(json.loads, run("doctor", "--json", "--ledger", str(tmp_path / "none.db")).stdout.splitlines())}
    assert set(found) == {"backchannel", "parts", "extras", "model", "ledger", "self-test"}
    assert found["parts"]["good"]
    assert "not made yet" in found["ledger"]["found"]
    assert not list(tmp_path.iterdir())


def test_the_public_names_are_there() -> None:
    """Every public name can be had from the package, and comes from one place."""
    import backchannel

    for name in backchannel.__all__:
        if name != "classify_pair" or hasattr(__import__("backchannel.coder", fromlist=["x"]), "classify_pair"):
            assert getattr(backchannel, name) is not None
    with pytest.raises(AttributeError):
        _ = backchannel.nonsense


def test_the_ledger_as_a_whole(tmp_path: Path) -> None:
    """A ledger is written out, read in, merged and checked from the command line; a broken one ends with code 3."""
    one, two = str(tmp_path / "one.db"), str(tmp_path / "two.db")
    with Ledger(one) as ledger:
        ledger.add(stories.call("Post"))
    run = CliRunner()
    lines = run.invoke(main, ["--ledger", one, "ledger", "export"]).stdout
    (tmp_path / "out.jsonl").write_text(lines, "utf8")
    assert run.invoke(main, ["--ledger", two, "ledger", "import", str(tmp_path / "out.jsonl")]).exit_code == 0
    merged = run.invoke(main, ["ledger", "merge", one, two])
    assert merged.exit_code == 0
    assert "0 new of 1 reports" in merged.output
    assert run.invoke(main, ["--ledger", two, "ledger", "check"]).exit_code == 0
    with sqlite3.connect(two) as raw:
        raw.execute("UPDATE claims SET status = 'planned'")
    checked = run.invoke(main, ["--ledger", two, "ledger", "check"])
    assert checked.exit_code == 3
    assert "BAD rows" in checked.output


def test_verdicts_from_a_file(tmp_path: Path) -> None:
    """Verdicts of a file are kept; a line that fits nothing is refused and named, with code 1."""
    place = str(tmp_path / "l.db")
    coded = stories.call("Post")
    with Ledger(place) as ledger:
        ledger.add(coded)
    (tmp_path / "v.jsonl").write_text(f'{{"id": "{coded.claims[0].id}", "decision": "reject"}}\n{{"id": "czzz", "decision": "reject"}}\n', "utf8")
    done = CliRunner().invoke(main, ["--ledger", place, "verdict", "--from", str(tmp_path / "v.jsonl"), "--by", "editor"])
    assert done.exit_code == 1
    assert "line 2: found no record" in done.output
    with Ledger(place) as ledger:
        assert [v.by for v in ledger.verdicts()] == ["editor"]


def test_an_export_to_a_terminal_shows_no_control_characters(tmp_path: Path) -> None:
    """What a pipe gets without loss, a terminal gets with everything but ASCII escaped."""
    m = Maker("Arlen met Berg\x9b31m in Zürich.", publisher="Post", published="2025-08-07")
    with Ledger(tmp_path / "l.db") as made:
        made.add(m.coded())
    command = [sys.executable, "-m", "backchannel.cli", "ledger", "export", "--ledger", str(tmp_path / "l.db")]
    piped = subprocess.run(command, capture_output=True, check=True).stdout
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdout=theirs) as process:
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b""))
    assert process.returncode == 0
    assert "\x9b" in piped.decode() and shown.isascii()
    assert [json.loads(x) for x in piped.splitlines()] == [json.loads(x) for x in shown.splitlines()]


def _read(descriptor: int) -> bytes:
    """The next bytes of a pseudo-terminal; nothing when its other side is closed."""
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def test_a_misspelt_filter_is_wrong_use(ledger: str) -> None:
    """A type, status or date that is none, an empty name, dates out of order: exit 2 and one line, never an empty answer."""
    wrong = [("--event", "CONSULTS"), ("--event", "CONSULT-visits"), ("--status", "plannned"), ("--actor", " "), ("--since", ""), ("--since", "2025-13-01")]
    for option in (*wrong, ("--since", "2025-08-10", "--until", "2025-08-01"), ("--limit", "-1"), ("--limti", "1")):
        result = run("timeline", "--ledger", ledger, *option)
        assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1), (option, result.output)
    asked = [run("timeline", "--ledger", ledger, "--status", s).stdout for s in ("confirmed_by_both", "Confirmed by both")]
    assert asked[0] == asked[1] != ""
    assert run("timeline", "--ledger", ledger, "--event", "consult-phone").exit_code == 0


def test_filters_of_python_callers(ledger: str) -> None:
    """A filter that does not exist is named; dates may be dates."""
    with Ledger(ledger) as made:
        with pytest.raises(UsageError, match="sinse"):
            made.contacts(sinse="2025-08-01")  # type: ignore[call-arg]
        with pytest.raises(UsageError, match="two names"):
            made.contacts(between="Arlen")  # type: ignore[arg-type]
        assert made.timeline(since=date(2025, 8, 1)).to_json() == made.timeline(since="2025-08-01").to_json()  # type: ignore[arg-type]


def test_output_that_cannot_be_written(ledger: str) -> None:
    """A full disk behind standard output: one line, exit 3; a reader that has gone away from the help: no error."""
    command = [sys.executable, "-m", "backchannel.cli", "ledger", "export", "--ledger", ledger]
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (result.returncode, len(result.stderr.splitlines())) == (3, 1), result.stderr
    helped = subprocess.run(["bash", "-c", f"{sys.executable} -m backchannel.cli --help | true; exit ${{PIPESTATUS[0]}}"], capture_output=True, check=False)
    assert (helped.returncode, helped.stderr) == (0, b"")
    assert run("ledger", "export", "/nowhere/x.jsonl", "--ledger", ledger).exit_code == 3


def test_verdicts_that_cannot_be_kept(ledger: str, tmp_path: Path) -> None:
    """Impossible dates, a confidence above 1, names that cannot be written: refused, and nothing is kept; an empty file of verdicts is said to be empty."""
    id_ = json.loads(run("contacts", "--ledger", ledger).stdout.splitlines()[0])["id"]
    times = ['when={"start": "2025-99-99"}', 'when={"start": "2025-08-05", "end": "2025-08-01"}', 'when={"start": "2025-08-05Tnoon"}']
    for field in (*times, "confidence=7", "confidence=NaN"):
        assert run("verdict", id_, "amend", "--set", field, "--ledger", ledger).exit_code == 2, field
    for words in ("a\udcffb", "a\0b"):
        assert run("verdict", id_, "accept", "--by", words, "--ledger", ledger).exit_code == 2
    (tmp_path / "v.jsonl").write_text("\n")
    empty = run("verdict", "--from", str(tmp_path / "v.jsonl"), "--ledger", ledger)
    assert (empty.exit_code, "an empty file" in empty.stderr) == (3, True)
    with Ledger(ledger) as made:
        assert not made.verdicts()


def test_a_decision_about_parties_is_no_fault(ledger: str) -> None:
    """A ledger with a decision that two parties are one is whole; one about nothing, or about one party twice, is not taken."""
    members = [json.loads(x)["members"][0] for x in run("actors", "met", "--json", "--ledger", ledger).stdout.splitlines()]
    assert run("actors", "same", *members[:2], "--ledger", ledger).exit_code == 0
    assert run("ledger", "check", "--ledger", ledger).exit_code == 0
    assert run("actors", "same", members[0], members[0], "--ledger", ledger).exit_code == 2
    with Ledger(ledger) as made:
        for wrong in (lambda: made.judge("a", "b", True, by="me"), lambda: made.verdict("c0", "accept"), lambda: made.withdraw("r0", reason="none")):
            with pytest.raises(UsageError, match="no record"):
                wrong()


def test_a_record_that_does_not_read_back(ledger: str) -> None:
    """A damaged record ends every command in one line."""
    with sqlite3.connect(ledger) as raw:
        raw.execute("UPDATE reports SET record = '{}'")
    for command in (["contacts"], ["show", "abc"], ["ledger", "export"], ["ledger", "check"]):
        result = run(*command, "--ledger", ledger)
        assert result.exit_code == 3
        assert "does not read back" in result.output
