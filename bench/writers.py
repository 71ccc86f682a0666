"""Several processes that file into one ledger at once -> how fast they are together, and whether anything was lost or doubled: one line to standard output.

    python -m bench.writers [--n 20000] [--writers 4] [--ledger URL]

Made-up reports (bench/synthetic.py) of so many claims. Every report is brought by two of the writers, each in an order of its own, so that they meet;
all begin at once. Afterwards the ledger must hold every report once, equal one that was filled by a single writer, and pass ``ledger check``. Without
``--ledger`` (which must name an empty database) a PostgreSQL server is started as the tests do it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time
from collections.abc import Sequence
from multiprocessing.synchronize import Barrier
from pathlib import Path
from threading import BrokenBarrierError

from backchannel.ledger import Ledger
from backchannel.ledger.checking import check
from backchannel.records import Coded
from bench.kills import open_ledger
from bench.synthetic import reports


def write(url: str, made: Sequence[Coded], start: Barrier, end: Barrier) -> None:
    """Files the reports once everybody is ready."""
    with open_ledger(url) as ledger:
        start.wait()
        for _ in ledger.add_many(made):
            pass
        end.wait()


def shares(made: Sequence[Coded], n_writers: int, seed: int = 1) -> list[list[Coded]]:
    """What each writer brings: every report is with two of them (with the one, when there is one)."""
    rng = random.Random(seed)
    found: list[list[Coded]] = [[] for _ in range(n_writers)]
    for report in made:
        for writer in rng.sample(range(n_writers), min(2, n_writers)):
            found[writer].append(report)
    for share in found:
        rng.shuffle(share)
    return found


def together(url: str, made: Sequence[Coded], n_writers: int) -> float:
    """Seconds that the writers took from the moment when all were ready to the last one's end.

    Raises:
        RuntimeError: a writer failed.

    """
    context = multiprocessing.get_context("fork")  # the reports are made before, and shared
    Ledger(url).close()
    start, end = context.Barrier(n_writers + 1), context.Barrier(n_writers + 1)
    writers = [context.Process(target=write, args=(url, share, start, end), daemon=True) for share in shares(made, n_writers)]
    for writer in writers:
        writer.start()
    try:
        start.wait(60)
        begun = time.perf_counter()
        end.wait(600)
        taken = time.perf_counter() - begun
    except BrokenBarrierError as error:
        raise RuntimeError("a writer failed or did not come to an end") from error
    for writer in writers:
        writer.join(60)
    if any(writer.exitcode for writer in writers):
        raise RuntimeError(f"writers ended with {[w.exitcode for w in writers]}")
    return taken


def faults(url: str, made: Sequence[Coded]) -> dict[str, int]:
    """What went wrong: reports lost, rows that a ledger of one writer does not have or has, faults of the check."""
    with open_ledger(url) as ledger, open_ledger("sqlite://") as whole:
        for _ in whole.add_many(made):
            pass
        there = [f.report.id for f in ledger.filed()]
        mine, alone = ledger.dump(), whole.dump()
        rows = sum(len(set(map(repr, mine[t])) ^ set(map(repr, alone[t]))) + abs(len(mine[t]) - len(alone[t])) for t in alone if t != "alembic_version")
        return {
            "lost": len({c.report.id for c in made} - set(there)), "doubled": len(there) - len(set(there)), "rows that differ": rows,
            "faults": sum(f.good is False for f in check(ledger)),
        }  # fmt: skip


def main() -> None:
    """Write, check, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=20_000, help="how many claims")
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--ledger", metavar="URL", help="another store than a PostgreSQL server of our own; must be empty")
    given = parser.parse_args()
    if given.ledger is None:
        sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
        from postgres import database

        given.ledger = database()
    made = list(reports(given.n))
    taken = together(given.ledger, made, given.writers)
    n_reports = len({c.report.id for c in made})
    found = ", ".join(f"{name}: {count}" for name, count in faults(given.ledger, made).items())
    print(f"{given.writers} writers, {n_reports} reports: {n_reports / taken:,.0f} reports/s filed ({2 * n_reports / taken:,.0f} brought); {found}")


if __name__ == "__main__":
    main()
