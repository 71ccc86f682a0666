"""floors.toml and what is reached now -> a table, and exit code 1 when something has got worse: ``python -m bench.floors [PART ...]`` (make floors).

Parts: claims (the whole line on annotated news), alarms (on news without politics), reader (trees and attribution), speed. What needs the data in ../shared
is skipped, and said so, where it is absent. Under 3 minutes on 2 cores.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

from bench import false_alarms, speed

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = Path(__file__).with_name("floors.toml")
N_TREES = 40  # documents of EWT dev (of 318)
N_ATTRIBUTION = 12  # articles of PolNeAR dev (of 84)
N_SPEED = 40  # articles


class Skipped(Exception):
    """A part that cannot be measured here, and why."""


# ------------------------------------------------------------------ parts
def claims() -> dict[str, float]:
    """Every row of the claims scorer: F1 or accuracy by its name, and the number of spans that do not hold."""
    scorer, gold = SHARED / "score/score_claims.py", SHARED / "gold/dev"
    if not (scorer.exists() and gold.is_dir()):
        raise Skipped(f"no {scorer.relative_to(ROOT.parent)} or {gold.relative_to(ROOT.parent)} beside the repository")
    product = f"{sys.executable} -m backchannel.cli code --json -"
    run = subprocess.run([sys.executable, str(scorer), str(gold), "--run", product, "--json"], cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode or not run.stdout.strip():
        raise SystemExit(f"bench.floors: the scorer failed\n{run.stderr[-2000:]}")
    found = json.loads(run.stdout)
    reached: dict[str, float] = {row["measure"]: float(value) for row in found["measures"] if (value := row.get("f1", row.get("accuracy"))) is not None}
    return reached | {
        "wrong offsets": float(sum(wrong_spans(p) for p in found["problems"])),
        "articles without output": float(missing(found["problems"])),
    }


def wrong_spans(problem: str) -> int:
    """How many spans a problem says do not slice back."""
    m = re.match(r"(\d+) of \d+ spans", problem)
    return int(m[1]) if m else 0


def missing(problems: list[str]) -> int:
    """How many articles have no usable output."""
    return sum(any(words in p for words in ("no output", "error:", "is not the text")) for p in problems)


def alarms() -> dict[str, float]:
    """False claims an article in news without politics."""
    if not speed.SAMPLE.exists():
        raise Skipped("no ../shared/data")
    return {"false claims an article": false_alarms.mean_beyond(false_alarms.counted())}


def reader() -> dict[str, float]:
    """Trees and attribution on the first documents of dev sets that the reader was not trained on."""
    if not (SHARED / "data/load.py").exists():
        raise Skipped("no ../shared/data")
    from training import evaluate

    trees = evaluate.trees("ewt", "dev", N_TREES)
    words = evaluate.attribution(N_ATTRIBUTION)
    return {f"EWT dev {k}": v for k, v in trees.items()} | {f"PolNeAR dev {k}": v for k, v in words.items()}


def pace() -> dict[str, float]:
    """Speed, memory and start-up times, as they would be on a machine where the yardstick takes a second (``speed.yardstick``)."""
    found = speed.measure(N_SPEED)
    pace = found["yardstick"]
    return {
        "articles a second": found["articles_per_second"] * pace,
        "peak MB": found["peak_mb"],
        "help seconds": found["help_seconds"] / pace,
        "first brief seconds": found["first_brief_seconds"] / pace,
        "wrong offsets": found["faults"],
    }


PARTS: dict[str, Callable[[], dict[str, float]]] = {"claims": claims, "alarms": alarms, "reader": reader, "speed": pace}


# ------------------------------------------------------------------ comparing
def compare(floors: dict[str, dict[str, float]], reached: dict[str, float]) -> list[tuple[str, str, float | None, bool]]:
    """(measure, bound as text, reached, whether it holds) for every floor of a part; a floor for what is not measured does not hold."""
    rows = []
    for name, bound in floors.items():
        value = reached.get(name)
        low, high = bound.get("low"), bound.get("high")
        holds = value is not None and (low is None or round(value, 4) >= low) and (high is None or round(value, 4) <= high)
        rows.append((name, f">= {low:g}" if low is not None else f"<= {high:g}", value, holds))
    return rows


def main() -> int:
    """Measure, print, and say whether every floor holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; default all")
    parts = parser.parse_args().parts or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    floors = tomllib.loads(FLOORS.read_text("utf8"))
    broken = 0
    print(speed.machine())
    for part in parts:
        begun = time.perf_counter()
        try:
            reached = PARTS[part]()
        except Skipped as why:
            print(f"{part:8} SKIPPED: {why}")
            continue
        for name, bound, value, holds in compare(floors.get(part, {}), reached):
            broken += not holds
            print(f"{part:8} {name:28} {'not measured' if value is None else f'{value:.3f}':>12}  floor {bound:9} {'ok' if holds else 'BELOW'}")
        print(f"{part:8} took {time.perf_counter() - begun:.0f} s", flush=True)
    if broken:
        print(f"{broken} floors do not hold")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
