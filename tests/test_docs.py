"""The documents say what there is: every command, option and public name; and they are current."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import backchannel
from backchannel.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf8")
CLI = (ROOT / "docs/cli.md").read_text("utf8")
PYTHON = (ROOT / "docs/python.md").read_text("utf8")
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "examples").glob("*.md")])


def commands(group: click.Group = main, above: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command by its full name."""
    for name, command in group.commands.items():
        full = f"{above} {name}".strip()
        if isinstance(command, click.Group):
            yield from commands(command, full)
        else:
            yield full, command


COMMANDS = dict(commands())


def blocks(text: str, language: str = "") -> list[str]:
    """The fenced blocks of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def anchors(path: Path) -> set[str]:
    """What a page's headings are called in links."""
    heads = re.findall(r"^#+ (.+)$", path.read_text("utf8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in heads}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    """A command stands in docs/cli.md at the head of a table row, with all its options and arguments on the page."""
    assert re.search(rf"^\| (?:`[\w \[\]]+` ?)*`{name}\b", CLI, re.MULTILINE), f"{name} has no row"
    for parameter in COMMANDS[name].params:
        if isinstance(parameter, click.Option):
            for option in parameter.opts:
                assert f"`{option}" in CLI, f"{name} {option} is not documented"


def test_no_command_is_made_up() -> None:
    """Every backchannel command that a page shows exists, with the options it is shown with."""
    known = {o for _, c in COMMANDS.items() for p in c.params for o in p.opts} | {"--help", "-h", "--version", "--ledger"}
    shown = [(p, line) for p in PAGES for line in re.findall(r"^(?:\$ )?(backchannel [^\n`]+)", p.read_text("utf8"), re.MULTILINE)]
    for page, line in shown:
        words = line.split("|")[0].split()[1:]
        rest = [w for i, w in enumerate(words) if w != "--ledger" and (i == 0 or words[i - 1] != "--ledger")]
        if rest and not rest[0].startswith("-"):
            assert any(" ".join(rest).startswith(name) for name in COMMANDS), f"{page.name}: {line}"
        assert {w for w in words if w.startswith("--")} <= known, f"{page.name}: {line}"


def test_commands_say_what_they_do() -> None:
    """Every command and option has a help text."""
    silent = [name for name, command in COMMANDS.items() if not command.help]
    silent += [f"{name} {p.opts[0]}" for name, c in COMMANDS.items() for p in c.params if isinstance(p, click.Option) and not p.help and p.nargs == 1]
    assert not silent


@pytest.mark.parametrize("name", backchannel.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    """A public name exists and stands in docs/python.md."""
    if not hasattr(backchannel, name):
        pytest.fail(f"backchannel.{name} does not exist")
    assert re.search(rf"`{name}\b", PYTHON), f"{name} is not in docs/python.md"


def test_the_data_dictionary_is_current() -> None:
    """docs/data.md is what the code says now: run python -m docs.generate."""
    from docs import generate

    assert generate.TARGET.read_text("utf8") == generate.page()


def test_the_casebook_pages_are_current() -> None:
    """docs/casebook/ is what the casebook says now: run python -m docs.cases."""
    from docs import cases

    assert {p.name: p.read_text("utf8") for p in cases.TARGET.glob("*.md")} == cases.pages()


def test_the_first_screen_of_the_readme() -> None:
    """What it is in one sentence, exactly two commands, a session, what it does not do, where the documents are."""
    screen = README.split("\n## ")[0]
    sentence = screen.split("\n\n")[1]
    assert sentence.startswith("Backchannel ")
    assert sentence.count(".") == 1
    lines = [line.removeprefix("$ ") for block in blocks(screen) for line in block.splitlines()]
    shown = [line.split("#")[0].strip() for line in lines if line.startswith("make ")]
    assert sorted(set(shown)) == ["make brief", "make test"]
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf8"), re.MULTILINE)
    assert {"brief", "test"} <= set(targets)
    assert "does not do" in screen
    assert all(f"docs/{p.name}" in screen for p in (ROOT / "docs").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file of the repository, and to a heading in it, finds it."""
    text = re.sub(r"```.*?```", "", page.read_text("utf8"), flags=re.DOTALL)
    for target in re.findall(r"\]\((?!https?://)([^)\s]+)\)", text):
        name, _, heading = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        assert path.exists(), f"{page.name}: {target}"
        assert not heading or heading in anchors(path), f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_pages_name_files_that_exist(page: Path) -> None:
    """Files of the repository that a page names in code marks are there."""
    for name in re.findall(r"`((?:src|tests|docs|bench|examples|training|casebook)/[\w./-]+)`", page.read_text("utf8")):
        if not name.endswith(".db"):
            assert (ROOT / name).exists(), f"{page.name}: {name}"


@pytest.mark.parametrize(("page", "block"), [(p.name, b) for p in PAGES for b in blocks(p.read_text("utf8"), "python")])
def test_python_examples_run(page: str, block: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python on a page runs as it stands, from the repository's root."""
    monkeypatch.chdir(ROOT)
    exec(compile(block, page, "exec"), {"__name__": "example"})


def test_the_changelog_has_this_version() -> None:
    """The version of the package has a dated heading, newest first."""
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text("utf8"), re.MULTILINE)
    assert version
    assert re.search(rf"^## \[{re.escape(version[1])}\] - \d{{4}}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text("utf8"), re.MULTILINE)
