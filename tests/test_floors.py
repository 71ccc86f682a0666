"""The floors of bench/floors.toml: what they compare, and that they only rise."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

import pytest
from bench import floors

ROOT = Path(__file__).resolve().parents[1]
NOW = tomllib.loads((ROOT / "bench/floors.toml").read_text("utf8"))


def test_every_part_has_floors_and_every_floor_one_side() -> None:
    """Floors are kept for parts that are measured; each is a least or a greatest value."""
    assert set(NOW) == set(floors.PARTS)
    assert all(len(bound) == 1 and set(bound) <= {"low", "high"} for part in NOW.values() for bound in part.values())


@pytest.mark.parametrize(("bound", "value", "holds"), [
    ({"low": 0.5}, 0.5, True), ({"low": 0.5}, 0.499, False), ({"high": 3}, 3.0, True), ({"high": 3}, 3.1, False), ({"low": 0.5}, None, False),
])  # fmt: skip
def test_a_floor_holds_or_not(bound: dict[str, float], value: float | None, holds: bool) -> None:
    """At least, at most; and what could not be measured does not hold."""
    ((_, _, seen, held),) = floors.compare({"speed": bound}, {} if value is None else {"speed": value})
    assert (seen, held) == (value, holds)


def test_problems_of_the_scorer_are_counted() -> None:
    """Spans that do not slice back and articles without output are read off the scorer's lines."""
    problems = ["7 of 90 spans lie outside the text or do not slice back to their quoted text", "x: no output", "y: error: broken"]
    assert sum(map(floors.wrong_spans, problems)) == 7
    assert floors.missing(problems) == 2


@pytest.mark.parametrize("revision", ["HEAD", "HEAD~1"])
def test_floors_only_rise(revision: str) -> None:
    """No floor is lower, and none is gone, than in the commit before."""
    shown = subprocess.run(["git", "show", f"{revision}:bench/floors.toml"], cwd=ROOT, capture_output=True, text=True, check=False)
    if shown.returncode:
        pytest.skip(f"no floors at {revision}")
    for part, before in tomllib.loads(shown.stdout).items():
        for name, bound in before.items():
            now = NOW.get(part, {}).get(name)
            assert now, f"{part}: {name} is gone"
            assert now.get("low", 0) >= bound.get("low", 0), f"{part}: {name} was lowered"
            assert now.get("high", 0) <= bound.get("high", 0), f"{part}: {name} was raised"
