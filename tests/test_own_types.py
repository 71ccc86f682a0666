"""Types and modes of the user's own: examples in a file are enough, a file with a fault is refused whole, and without files nothing changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import backchannel as bc
from backchannel import kept, plover
from backchannel.cli import main
from backchannel.coder import own_types
from backchannel.errors import UsageError
from backchannel.records import EventClaim

CASES = Path(__file__).parent / "cases"
GOOD = '[types.OATH]\nlike = "AGREE"\nwhat = "an oath"\nexamples = ["Arnor renewed its [oath] to Gondor."]\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for imports that is this test's alone."""
    monkeypatch.setenv("BACKCHANNEL_TYPES", str(tmp_path / "types"))
    yield tmp_path / "types"


def events(text: str) -> list[EventClaim]:
    """The event claims of a text."""
    return [c for c in bc.code(text, published="2025-08-05").claims if isinstance(c, EventClaim)]


def own(claim: EventClaim) -> tuple[str, ...]:
    """The contexts that are none of PLOVER's."""
    return tuple(c for c in claim.contexts if c not in plover.contexts())


@pytest.mark.parametrize(("text", "anchor", "event", "mode", "contexts"), [
    ("Rohan swore an oath to Gondor in Edoras on Monday.", "oath", "AGREE", None, ("OATH",)),
    ("On Friday Harad delivered the tribute of gold to Mordor.", "tribute", "AID", None, ("TRIBUTE",)),
    ("Gondor lit the beacons after the attack on Osgiliath.", "lit", "MOBILIZE", "beacons", ()),
])  # fmt: skip
def test_own_types_are_coded(folder: Path, text: str, anchor: str, event: str, mode: str | None, contexts: tuple[str, ...]) -> None:
    """A sentence none of the examples has is coded as the own type or mode, with the example named as the reason."""
    kept.keep(own_types.KIND, CASES / "arda.toml")
    found = [c for c in events(text) if anchor in c.anchor.text]
    assert [(c.event, c.mode, own(c)) for c in found] == [(event, mode, contexts)]
    assert any("arda.toml" in reason for reason in found[0].why)


@pytest.mark.parametrize("text", ["The president was sworn in on Monday.", "The fire lit up the sky over Minas Tirith."])
def test_other_senses_are_not(folder: Path, text: str) -> None:
    """The same word in another sense, or without the other marked words, is no act of the own type."""
    kept.keep(own_types.KIND, CASES / "arda.toml")
    assert not [c for c in events(text) if own(c) or c.mode == "beacons"]


def test_without_files_nothing_changes(folder: Path) -> None:
    """No file, no own type; a forgotten file leaves none behind."""
    text = "Rohan swore an oath to Gondor in Edoras on Monday."
    before = events(text)
    kept.keep(own_types.KIND, CASES / "arda.toml")
    assert events(text) != before
    kept.forget(own_types.KIND, own_types.SUFFIX, "arda")
    assert events(text) == before


@pytest.mark.parametrize(("content", "says"), [
    ("not toml at all", "cannot be read as TOML"), ("", "no types and no modes"), (GOOD.replace("AGREE", "AGREED"), "no PLOVER type"),
    (GOOD.replace("[oath]", "oath"), "square brackets"), (GOOD.replace("OATH", "ASSAULT"), "PLOVER's own"), (GOOD + "colour = 1\n", "not known"),
    (GOOD.replace('what = "an oath"\n', ""), "definition"), ('[modes.AGREE]\noath = "x"\n', "no table"), ("[sorts.X]\n", "no such table"),
    (GOOD.replace("OATH", '"two words"'), "no name"),
])  # fmt: skip
def test_a_file_with_a_fault_is_refused(tmp_path: Path, content: str, says: str) -> None:
    """One line says what is wrong, and nothing is taken from the file."""
    path = tmp_path / "own.toml"
    path.write_text(content, encoding="utf8")
    with pytest.raises(UsageError, match=says) as caught:
        own_types.read_types(path)
    assert "\n" not in str(caught.value)


def test_the_commands(folder: Path, tmp_path: Path) -> None:
    """Import, list, filter by the own type, forget."""
    run = CliRunner().invoke
    done = run(main, ["types", "import", str(CASES / "arda.toml")])
    assert done.exit_code == 0 and "2 types, 1 modes" in done.output
    assert "MOBILIZE-beacons" in run(main, ["types", "imported"]).output
    report = tmp_path / "report.txt"
    report.write_text("Rohan swore an oath to Gondor in Edoras on Monday. Mordor attacked Osgiliath on Sunday, the steward said.", encoding="utf8")
    ledger = str(tmp_path / "ledger.db")
    assert run(main, ["--ledger", ledger, "add", str(report), "--published", "2025-08-05"]).exit_code == 0
    shown = run(main, ["--ledger", ledger, "timeline", "--event", "OATH", "--json"]).output.splitlines()
    assert shown and all('"OATH"' in line for line in shown)
    assert run(main, ["types", "forget", "arda"]).exit_code == 0
    assert run(main, ["types", "forget", "arda"]).exit_code == 2
    assert run(main, ["types", "import", str(tmp_path / "nothing.toml")]).exit_code == 2
