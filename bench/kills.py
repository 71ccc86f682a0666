"""Many processes that are killed while they file and fuse -> whether the ledger lost, doubled or broke anything: one line to standard output.

    python -m bench.kills [--n 200] [--ledger URL]

Each child files the same made-up reports, fuses them, and is killed (SIGKILL) at a random moment. What a child was told is filed must be there
afterwards, and ``ledger check`` clean; after five kills one undisturbed run completes the ledger, which must equal a ledger made in one go.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime

from backchannel.ledger import Added, Ledger
from backchannel.ledger.checking import check
from backchannel.records import Coded
from bench.synthetic import reports

EACH = 5  # kills of one ledger: afterwards everything is in it, and a run has nothing left to file
NOON = datetime(2025, 8, 5, 12, tzinfo=UTC)


def open_ledger(url: str) -> Ledger:
    """A ledger whose clock stands still, so that two can be compared."""
    return Ledger(url, clock=lambda: NOON)


def child(url: str, made: list[Coded], tell: int) -> None:
    """Files every report, tells which are filed for good, and fuses."""
    with open_ledger(url) as ledger:
        for added in ledger.add_many(made):
            if isinstance(added, Added):
                os.write(tell, added.report.encode() + b"\n")
        ledger.affairs()


def kill_once(url: str, made: list[Coded], after_s: float) -> tuple[list[str], bool]:
    """The ids that a child said were filed, and whether it was killed (or came to its end before)."""
    hear, tell = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(hear)
        try:
            child(url, made, tell)
        finally:
            os._exit(0)
    os.close(tell)
    time.sleep(after_s)
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    with os.fdopen(hear, "rb") as pipe:
        return [line.decode() for line in pipe.read().split(b"\n")[:-1]], os.WIFSIGNALED(status)


def kills(n: int, url: str, n_claims: int = 1500, seed: int = 1) -> dict[str, int]:
    """How often what went wrong in so many kills of one ledger."""
    rng = random.Random(seed)
    made = list(reports(n_claims))
    faults = {"killed filing": 0, "killed fusing": 0, "ended before": 0, "lost": 0, "unclean": 0, "differs": 0}
    for _ in range(n):
        rng.shuffle(made)
        told, killed = kill_once(url, made, rng.uniform(0.005, 0.5))
        faults["ended before" if not killed else "killed filing" if len(told) < len(made) else "killed fusing"] += 1
        with open_ledger(url) as ledger:
            faults["lost"] += len({i for i in told if not ledger.report(i)})
            faults["unclean"] += any(f.good is False for f in check(ledger))
    with open_ledger(url) as ledger, open_ledger("sqlite://") as whole:
        for one in (ledger, whole):
            for _ in one.add_many(made):
                pass
        faults["unclean"] += any(f.good is False for f in check(ledger))
        faults["differs"] += ledger.dump() != whole.dump() or ledger.fused() != whole.fused()
    return faults


def main() -> None:
    """Kill, check, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=200, help="how many kills")
    parser.add_argument("--ledger", metavar="URL", help="another store than a new SQLite file; must be empty")
    given = parser.parse_args()
    total = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(0, given.n, given.n if given.ledger else EACH):
            total.update(kills(min(given.n if given.ledger else EACH, given.n - turn), given.ledger or f"{folder}/{turn}.db", seed=turn))
    print(", ".join(f"{name}: {count}" for name, count in total.items()))


if __name__ == "__main__":
    main()
