"""What is installed: the wheel holds every data file that the code reads, and nothing else of the repository."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/backchannel"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel built from here."""
    folder = tmp_path_factory.mktemp("wheel")
    if importlib.util.find_spec("hatchling"):
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    elif importlib.util.find_spec("pip"):
        command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--disable-pip-version-check", "-w", str(folder), str(ROOT)]
    else:
        pytest.skip("neither hatchling nor pip here to build a wheel with")
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found = list(folder.glob("*.whl"))
    if not found and "hatchling" in built.stderr:
        pytest.skip(f"hatchling cannot be had here: {built.stderr.strip().splitlines()[-1]}")
    assert found, built.stderr
    with zipfile.ZipFile(found[0]) as archive:
        return set(archive.namelist())


def test_all_code_and_data_are_in_the_wheel(wheel: set[str]) -> None:
    """Every module, table and weight under src/backchannel is installed."""
    wanted = {f"backchannel/{p.relative_to(SOURCE).as_posix()}" for p in SOURCE.rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    assert wanted - wheel == set()


def test_nothing_else_is_in_the_wheel(wheel: set[str]) -> None:
    """No tests, training data or examples are installed."""
    assert {name.split("/")[0] for name in wheel if "dist-info" not in name} == {"backchannel"}


def test_the_weights_are_there(wheel: set[str]) -> None:
    """The reader works as installed: network, vocabulary and labels are inside."""
    assert {f"backchannel/reader/model/{n}" for n in ("reader.onnx", "tokenizer.json", "labels.json", "matrices.npz", "about.json")} <= wheel
