"""A user's own actors: invented countries work wherever the built-in ones do, and the shipped tables stay as they are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import backchannel as bc
from backchannel.cli import main
from backchannel.errors import UsageError
from backchannel.register import Register, imported
from backchannel.register.custom import COLUMNS, read_custom

ARDA = Path(__file__).parent / "cases/arda.csv"
REPORT = """MINAS TIRITH, Aug. 5, 2025 - Gondorian Foreign Minister Faramir Hurin met Arnorian President Arvedui Fornost in Annuminas on Monday.

"We will keep our word," Aragorn Telcontar told reporters at the border with Arnor. The White Tower denounced an attack on Mordor.

The Rangers of the North attacked a Mordorian convoy last week, the White Council said.
"""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for imports that is this test's alone."""
    monkeypatch.setenv("BACKCHANNEL_ACTORS", str(tmp_path / "actors"))
    yield tmp_path / "actors"


@pytest.fixture(scope="module")
def arda() -> Register:
    """The register with Gondor, Arnor and Mordor."""
    return Register.load([ARDA])


@pytest.mark.parametrize(("word", "iso3", "what"), [
    ("Gondor", "GON", "name"), ("Realm of Gondor", "GON", "name"), ("Gondorian", "GON", "demonym"), ("Gondorians", "GON", "demonym"),
    ("Minas Tirith", "GON", "capital"), ("the White Tower", "GON", "metonym"), ("Arnor's", "ARN", "name"), ("Arnorian", "ARN", "demonym"),
])  # fmt: skip
def test_words_of_invented_countries(arda: Register, word: str, iso3: str, what: str) -> None:
    """Names, demonyms, capitals and metonyms give the invented country and say what they are."""
    found = arda.country_of(word)
    assert found is not None and (found.iso3, found.what) == (iso3, what)


@pytest.mark.parametrize(("title", "on", "name"), [
    ("Gondorian king", "2025-08-05", "Aragorn Telcontar"), ("king of Gondor", "2025-08-05", "Aragorn Telcontar"), ("Gondorian king", "2024-04-01", None),
    ("Steward", "2020-01-01", "Denethor"), ("Steward of Gondor", "2025-08-05", None), ("Arnorian president", "2025-08-05", "Arvedui Fornost"),
    ("Gondor's foreign minister", "2025-08-05", "Faramir Hurin"),
])  # fmt: skip
def test_offices_of_invented_countries(arda: Register, title: str, on: str, name: str | None) -> None:
    """Titles, also new ones, name their holder on the dates of the file and nobody else."""
    assert [o.name for o in arda.holder(title, None, on)] == ([name] if name else [])


@pytest.mark.parametrize(("name", "entity"), [
    ("Strider", "custom:aragorn-telcontar-gon"), ("Telcontar", "custom:aragorn-telcontar-gon"), ("King Aragorn", "custom:aragorn-telcontar-gon"),
    ("White Council", "custom:white-council"), ("the Rangers", "custom:rangers-of-the-north-arn"), ("Gondor", "state:GON"),
])  # fmt: skip
def test_names_of_invented_actors(arda: Register, name: str, entity: str) -> None:
    """A name, an alias or a surname finds the user's actor, before anybody built in."""
    found = arda.resolve(name, on="2025-08-05")
    assert found is not None and found.entity.id == entity


def test_bodies_of_invented_countries(arda: Register) -> None:
    """The grammar of ministries and armies reads the new demonyms."""
    ministry, army = arda.organisation("the Gondorian Foreign Ministry"), arda.describe("Mordorian troops")
    assert ministry is not None and (ministry.kind, ministry.country) == ("ministry", "GON")
    assert army is not None and (army.kind, army.country, army.sector) == ("military", "MOR", ("MIL",))


def test_a_report_of_invented_countries_is_coded(kept: Path) -> None:
    """The coder gives invented parties their entities, countries and offices, as it does built-in ones."""
    imported.keep(ARDA)
    coded = bc.code(REPORT, published="2025-08-05")
    entities = {a.entity: a.country for a in coded.actors if a.entity}
    people = {"custom:faramir-hurin-gon", "custom:arvedui-fornost-arn", "custom:aragorn-telcontar-gon"}
    assert people | {"custom:rangers-of-the-north-arn", "custom:white-council", "custom:white-tower-gon"} <= set(entities)
    assert (entities["state:GON"], entities["state:ARN"], entities["state:MOR"]) == ("GON", "ARN", "MOR")
    keys = {a.key: a.entity for a in coded.actors}
    met = next(c for c in coded.claims if isinstance(c, bc.EventClaim) and c.anchor.text == "met")
    assert {keys[k] for k in (*met.actor, *met.recipient)} == {"custom:faramir-hurin-gon", "custom:arvedui-fornost-arn"}
    assert {(keys[c.person], c.of) for c in coded.claims if isinstance(c, bc.OfficeClaim)} >= {("custom:faramir-hurin-gon", "GON")}


def test_imports_come_and_go(kept: Path) -> None:
    """An imported file is known everywhere at once, listed, and gone when it is forgotten; the shipped register never changes."""
    run = CliRunner()
    assert Register.load().country_of("Gondorian") is None
    assert run.invoke(main, ["actors", "import", str(ARDA)]).exit_code == 0
    assert Register.load().country_of("Gondorian") is not None and Register.load(()).country_of("Gondorian") is None
    assert "arda: " in run.invoke(main, ["actors", "imported"]).output
    assert "custom:aragorn-telcontar-gon" in run.invoke(main, ["actors", "find", "Strider"]).output
    assert run.invoke(main, ["actors", "forget", "arda"]).exit_code == 0
    assert Register.load().country_of("Gondorian") is None and not list(kept.glob("*.csv"))
    assert run.invoke(main, ["actors", "forget", "arda"]).exit_code == 2


@pytest.mark.parametrize(("line", "fault"), [
    ("Gondor,,state,,,,,", "a state without its country code"), ("Gondor,,kingdom,GON,,,,", "kind 'kingdom'"), ("Gondor,,state,gon,,,,", "country 'gon'"),
    ("Boromir,,person,GON,,Captain,3000,2999", "an end 2999 before"), ("Boromir,,person,GON,,Captain,soon,", "dates soon"),
    ("Boromir,,person,,,Captain,,", "an office without a country"), (",,person,GON,,,,", "no name"),
])  # fmt: skip
def test_a_faulty_line_is_named(tmp_path: Path, line: str, fault: str) -> None:
    """Nothing is taken from a file with a fault, and the line says which."""
    path = tmp_path / "x.csv"
    path.write_text(f"{','.join(COLUMNS[:8])}\nShire,,state,SHI,,,,\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=f"line 3: .*{fault}"):
        read_custom(path)


def test_a_broken_import_changes_nothing(kept: Path, tmp_path: Path) -> None:
    """A file that cannot be used is refused with exit code 2, and what was kept stays."""
    imported.keep(ARDA)
    bad = tmp_path / "arda.csv"
    bad.write_text("name,kind\nGondor,kingdom\n", encoding="utf-8")
    before = (kept / "arda.csv").read_bytes()
    assert CliRunner().invoke(main, ["actors", "import", str(bad)]).exit_code == 2
    assert (kept / "arda.csv").read_bytes() == before and os.environ["BACKCHANNEL_ACTORS"] == str(kept)
