"""Articles -> speed, memory and start-up times of the whole line on one core: tables to standard output.

    python -m bench.speed [--n 100] [--json]          (make bench)

Articles: every k-th of the AllSides sample in ../shared/data, so that long and short ones are in; where that is absent the example reports, over and
over, and the table says so. Coding runs in a process of its own whose peak memory the operating system tells. Times are wall-clock.

Machines differ by a factor of three, shared ones from hour to hour too. So a yardstick is timed beside all that, a fixed piece of work of the two kinds that
coding is made of; at its pace, times and speeds of two machines can be compared (``bench.floors`` does).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT.parent / "shared/data/articles.allsides.trial.jsonl.gz"
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
COMMAND = [sys.executable, "-m", "backchannel.cli"]
TIMES = 3  # start-up times are the best of so many: the rest is what else the machine did


# ------------------------------------------------------------------ what is measured on
def articles(n: int) -> tuple[list[dict[str, Any]], str]:
    """``n`` articles as JSON-lines input, and what they are."""
    if not SAMPLE.exists():
        texts = islice(cycle(p.read_text("utf8") for p in EXAMPLES), n)
        return [{"id": str(i), "text": f"{text}\n{i}"} for i, text in enumerate(texts)], f"{n} example reports (no ../shared/data)"
    with gzip.open(SAMPLE, "rt", encoding="utf8") as lines:
        rows = [json.loads(line) for line in lines]
    picked = rows[:: max(1, len(rows) // n)][:n]
    about = [{"id": r["id"], "text": r["text"], "title": r.get("title"), "published": r.get("date")} for r in picked]
    return [{k: v for k, v in row.items() if v} for row in about], f"{len(picked)} articles of the AllSides sample"


def machine() -> str:
    """Processor, cores, system."""
    info = Path("/proc/cpuinfo")
    names = [line.split(":")[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")] if info.exists() else []
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{names[0] if names else platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}{load}"


# ------------------------------------------------------------------ measuring
def yardstick() -> float:
    """Seconds that a fixed piece of work takes, plain Python and products of matrices of the encoder's size: about one on a good laptop,
    three on a slow shared machine.
    """
    import numpy as np

    left, right = np.ones((160, 384), np.float32), np.ones((384, 1536), np.float32)
    begun, total = time.perf_counter(), 0
    for i in range(15_000_000):
        total += i
    for _ in range(480):
        left @ right
    return time.perf_counter() - begun


def code_all(path: str) -> None:
    """In a process of its own: code a file of articles; prints counts and times as JSON."""
    from backchannel.coder import code_many
    from backchannel.records import Refusal

    rows = [json.loads(line) for line in Path(path).read_text("utf8").splitlines()]
    warm = next(iter(code_many([rows[0]])))
    pace = yardstick()
    ready = time.perf_counter()
    n = refused = faults = claims = words = 0
    for row, item in zip(rows, code_many(rows), strict=True):
        n += 1
        words += len(row["text"].split())
        if isinstance(item, Refusal):
            refused += 1
        else:
            claims += len(item.claims)
            faults += len(item.faults())
    took = time.perf_counter() - ready
    pace = (pace + yardstick()) / 2
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    found = {"n": n, "refused": refused, "claims": claims, "faults": faults, "words": words, "seconds": took, "peak_mb": peak, "yardstick": pace}
    print(json.dumps({**found, "warm": not isinstance(warm, Refusal)}))


def line_speed(n: int) -> dict[str, Any]:
    """Articles a second, words a second and peak memory of the whole line without a ledger."""
    rows, what = articles(n)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf8")
        limits = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        run = subprocess.run(
            [sys.executable, "-c", f"from bench.speed import code_all; code_all({str(path)!r})"],
            cwd=ROOT, env={**os.environ, **limits}, capture_output=True, text=True, check=False,
        )  # fmt: skip
    if run.returncode:
        raise SystemExit(f"bench.speed: coding failed\n{run.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return {**found, "what": what, "articles_per_second": found["n"] / found["seconds"], "words_per_second": found["words"] / found["seconds"]}


def best(command: list[str], times: int = TIMES) -> float:
    """The shortest wall-clock time of a command, in seconds."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        took.append(time.perf_counter() - begun)
    return min(took)


def start_up() -> dict[str, float]:
    """Seconds for --help, and for a first brief of one report into a new ledger."""
    first = []
    for _ in range(TIMES):
        with tempfile.TemporaryDirectory() as folder:
            first.append(best([*COMMAND, "--ledger", f"{folder}/l.db", "brief", str(EXAMPLES[0])], 1))
    return {"help_seconds": best([*COMMAND, "--help"]), "first_brief_seconds": min(first)}


def measure(n: int) -> dict[str, Any]:
    """Everything this file measures."""
    return {**line_speed(n), **start_up(), "machine": machine(), "command": f"python -m bench.speed --n {n}"}


def table(found: dict[str, Any]) -> str:
    """The figures as a table in Markdown."""
    rows = [
        ("articles a second, one core", f"{found['articles_per_second']:.1f}"),
        ("words a second, one core", f"{found['words_per_second']:,.0f}"),
        ("peak memory", f"{found['peak_mb']:.0f} MB"),
        ("`backchannel --help`", f"{found['help_seconds']:.2f} s"),
        ("first brief, cold, of one report", f"{found['first_brief_seconds']:.2f} s"),
        ("yardstick; articles in its time", f"{found['yardstick']:.1f} s; {found['articles_per_second'] * found['yardstick']:.1f}"),
        ("refused; claims; offsets that do not hold", f"{found['refused']}; {found['claims']}; {found['faults']}"),
    ]
    head = f"{found['command']}\n{found['machine']}\n{found['what']}\n\n| measure | reached |\n|---|---|\n"
    return head + "\n".join(f"| {name} | {value} |" for name, value in rows)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=100, help="how many articles")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    given = parser.parse_args()
    found = measure(given.n)
    print(json.dumps(found) if given.json else table(found))


if __name__ == "__main__":
    main()
