"""Imports run one way only (docs/development.md): records plover errors | intake reader register | coder | ledger | views | the doors."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import backchannel

SOURCE = Path(backchannel.__file__).parent
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"records", "plover", "errors", "collecting", "kept"}),
    frozenset({"intake", "reader", "register"}),
    frozenset({"coder"}),
    frozenset({"ledger"}),
    frozenset({"views"}),
    frozenset({"export", "batch", "web", "cli", "cli_actors", "cli_kit", "cli_ledger", "cli_types", "doctor"}),
)
# Within a floor nothing may import a neighbour, but for these: the foundation stands on records, a door is made of its own parts.
NEIGHBOURS = {
    ("errors", "records"),
    ("plover", "records"),
    ("kept", "errors"),
    ("cli", "cli_kit"),
    ("cli", "cli_actors"),
    ("cli_actors", "cli_kit"),
    ("cli", "cli_types"),
    ("cli_types", "cli_kit"),
    ("cli", "cli_ledger"),
    ("cli_ledger", "cli_kit"),
    ("cli", "doctor"),
    ("cli", "export"),
    ("cli", "batch"),
    ("cli", "web"),
}


def room(module: str) -> str:
    """The room a module lives in: the first name after the package's; the package itself for the package."""
    return module.split(".")[1] if "." in module else module


def floor(name: str) -> int:
    """How far a room is from the foundation."""
    return next(n for n, rooms in enumerate(FLOORS) if name in rooms)


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of the package with its file."""
    for path in sorted(SOURCE.rglob("*.py")):
        parts = ("backchannel", *path.relative_to(SOURCE).with_suffix("").parts)
        yield ".".join(parts).removesuffix(".__init__"), path


def imported(path: Path, module: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything of ours that a file imports, wherever in the file it does so."""
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, a.name) for a in node.names if a.name.split(".")[0] == "backchannel")
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
                base = ".".join([*package[: len(package) - node.level + 1], *([base] if base else [])])
            if base == "backchannel":
                yield from ((node.lineno, f"backchannel.{a.name}") for a in node.names)
            elif base.startswith("backchannel."):
                yield node.lineno, base


def forbidden(importer: str, target: str) -> bool:
    """Whether one room may not import from another."""
    if importer == target or importer == "backchannel":  # the package's own door hands out names from everywhere, lazily
        return False
    if target == "backchannel":
        return True
    if floor(importer) == floor(target):
        return (importer, target) not in NEIGHBOURS
    return floor(importer) < floor(target)


def test_every_room_has_a_floor() -> None:
    """A new room must be given its place before anything may import it."""
    known = frozenset().union(*FLOORS) | {"backchannel"}
    assert {room(name) for name, _ in modules()} <= known


def test_imports_run_one_way() -> None:
    """No room imports a room above it or beside it."""
    known = frozenset().union(*FLOORS)
    wrong = [
        f"{path.relative_to(SOURCE)}:{line} imports {target}"
        for name, path in modules()
        for line, target in imported(path, name)
        if room(target) in known and forbidden(room(name), room(target))
    ]
    assert not wrong, "\n".join(wrong)


def test_inner_rooms_do_not_use_the_public_door() -> None:
    """Code inside takes names from where they are made, not from ``backchannel`` itself."""
    rooms = frozenset().union(*FLOORS)
    wrong = [
        f"{path.relative_to(SOURCE)}:{line} takes {target} from the package"
        for name, path in modules()
        if name != "backchannel"
        for line, target in imported(path, name)
        if room(target) not in rooms
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("importer", "target", "wrong"), [
    ("records", "coder", True), ("errors", "records", False), ("intake", "reader", True), ("coder", "register", False),
    ("coder", "ledger", True), ("views", "ledger", False), ("ledger", "views", True), ("cli", "views", False), ("views", "cli", True),
])  # fmt: skip
def test_the_rule_itself(importer: str, target: str, wrong: bool) -> None:
    """The rule says yes and no where house rules do."""
    assert forbidden(importer, target) is wrong


def test_every_module_says_what_it_is() -> None:
    """Every module has a docstring, and can be imported by itself."""
    silent = [name for name, path in modules() if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text("utf8")))]
    assert not [s for s in silent if ".migrations" not in s]
    for found in pkgutil.iter_modules([str(SOURCE)]):
        importlib.import_module(f"backchannel.{found.name}")


def test_runtime_needs_no_training_parts() -> None:
    """Nothing in the package imports torch, yaml or the training rooms: they are not installed with it.

    spaCy is met only where a reading is turned into its Doc.
    """
    banned = {"torch", "yaml", "training", "bench", "tests", "pytest", "spacy", "transformers"}
    used = {
        (str(path.relative_to(SOURCE)), (node.module or "") if isinstance(node, ast.ImportFrom) else a.name)
        for _, path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf8")))
        if isinstance(node, ast.Import | ast.ImportFrom) and not (isinstance(node, ast.ImportFrom) and node.level)
        for a in node.names
    }
    found = {(where, name.split(".")[0]) for where, name in used} - {("reader/convert.py", "spacy")}
    assert not [(where, name) for where, name in found if name in banned]
    loads = "import sys, backchannel as bc; bc.read('Japan met Chad.'); bc.Ledger; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loads], check=False).returncode == 0  # in a process of its own: spaCy's parts load torch where it is installed
