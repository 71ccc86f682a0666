"""Made-up coded reports -> how fast the ledger files and fuses them, and how that grows: tables to standard output.

    python -m bench.ledger [--n 100000] [--dense] [--curve 10000 30000 100000 300000 1000000] [--plot FILE.svg] [--ledger URL]

One process on one core, reports made beforehand (bench/synthetic.py). Filing: reports a second into a new ledger. Fusing: seconds from an open
ledger to its events, reading the rows included. Each size runs in a process of its own, whose peak memory the operating system tells. ``--plot`` draws
reading and fusing over the sizes, beside n log n through the first, with matplotlib.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

from bench.speed import machine

AT_ONCE = 5_000  # reports
ROOT = Path(__file__).resolve().parents[1]


def once(n: int, dense: bool, url: str) -> dict[str, Any]:
    """Files and fuses so many claims in this process."""
    from backchannel.ledger import Ledger
    from backchannel.ledger.origins import n_origins
    from bench.synthetic import reports

    waiting, n_reports, filing = reports(n, dense=dense), 0, 0.0
    with Ledger(url) as ledger:
        while made := list(islice(waiting, AT_ONCE)):  # made beforehand, and not all at once: a million claims are eight gigabytes
            begun = time.process_time()
            n_reports += sum(1 for _ in ledger.add_many(made))
            filing += time.process_time() - begun
        begun = time.process_time()
        filed = ledger.filed()
        reading = time.process_time() - begun
        begun = time.process_time()
        affairs = ledger.affairs()
        fusing = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    n_claims = sum(len(f.coded.claims) for f in filed)
    most = max(n_origins(e.origins) for e in affairs.events)
    return {
        "claims": n_claims, "reports": n_reports, "filing": filing, "reading": reading, "fusing": fusing, "events": len(affairs.events),
        "judgements": len(affairs.judgements), "most_origins": most, "peak_mb": peak,
    }  # fmt: skip


def apart(n: int, dense: bool, url: str | None) -> dict[str, Any]:
    """The same in a process of its own, into a new file unless a ledger is named."""
    with tempfile.TemporaryDirectory() as folder:
        call = f"import json; from bench.ledger import once; print(json.dumps(once({n}, {dense}, {url or f'{folder}/l.db'!r})))"
        run = subprocess.run([sys.executable, "-c", call], cwd=ROOT, env={**os.environ, "OMP_NUM_THREADS": "1"}, capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(f"bench.ledger: {n} claims failed\n{run.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def table(rows: list[dict[str, Any]]) -> str:
    """The figures as a table in Markdown; the last column is time over n log n, which must not grow."""
    lines = [
        "| claims | reports | filed, reports/s | read, s | fused, s | events | peak MB | (read + fused) / (n log n), µs |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for r in rows:
        per = 1e6 * (r["reading"] + r["fusing"]) / (r["claims"] * math.log2(r["claims"]))
        pace = r["reports"] / r["filing"]
        lines.append(
            f"| {r['claims']:,} | {r['reports']:,} | {pace:,.0f} | {r['reading']:.1f} | {r['fusing']:.1f} | {r['events']:,} | {r['peak_mb']:,.0f} | {per:.2f} |"
        )
    return "\n".join(lines)


def plot(rows: list[dict[str, Any]], path: Path) -> None:
    """Draws seconds over claims, both on logarithmic scales, beside n log n through the first size."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "backchannel"  # the same figures give the same file
    from matplotlib import pyplot

    sizes = [r["claims"] for r in rows]
    taken = [r["reading"] + r["fusing"] for r in rows]
    unit = taken[0] / (sizes[0] * math.log2(sizes[0]))
    figure, axes = pyplot.subplots(figsize=(6, 4))
    axes.loglog(sizes, taken, "o-", label="read and fused")
    axes.loglog(sizes, [unit * n * math.log2(n) for n in sizes], "--", label="n log n")
    axes.set(xlabel="claims in the ledger", ylabel="seconds of one core", title="From an open ledger to its events")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=100_000, help="how many claims")
    parser.add_argument("--curve", type=int, nargs="+", metavar="N", help="several sizes instead")
    parser.add_argument("--dense", action="store_true", help="ten times as much news a day")
    parser.add_argument("--ledger", metavar="URL", help="another store than a new SQLite file; must be empty")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the growth into an SVG file")
    given = parser.parse_args()
    print(machine(), flush=True)
    rows = []
    for n in given.curve or [given.n]:
        rows.append(apart(n, given.dense, given.ledger))
        print(json.dumps(rows[-1]), file=sys.stderr, flush=True)
    print(table(rows))
    if given.plot:
        plot(rows, given.plot)


if __name__ == "__main__":
    main()
