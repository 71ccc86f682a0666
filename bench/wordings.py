"""Are acts found whatever words tell them? ``python -m bench.wordings [FILE]`` over ``wordings.txt``, sentences of ours that nothing was trained on or set by.

Some are plain agency English, some unusual. An act is found when a coded event's anchor overlaps the marked words, typed when it has the marked type
too, its status right when that is equal as well. Words marked as doubtful count for nothing. The form of the lines: ``training/written.py``.
"""

from __future__ import annotations

import collections
import sys
from collections.abc import Iterable
from pathlib import Path

from training.written import lines, parsed

import backchannel as bc
from backchannel.records import EventClaim
from bench.casebook import best

FILE = Path(__file__).with_name("wordings.txt")


def counts(marked: Iterable[str]) -> dict[str, collections.Counter[str]]:
    """By type and in all: acts marked, coded, found, typed, with the right status."""
    total: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for line in marked:
        record = parsed(line)
        coded = [c for c in bc.code(record["text"]).claims if isinstance(c, EventClaim)]
        for want in record["claims"]:
            hit = best({"event": None, **want}, coded)
            if hit and want["kind"] != "event":
                coded.remove(hit)
            elif want["kind"] == "event":
                n = collections.Counter(marked=1)
                if hit:
                    coded.remove(hit)
                    typed = hit.event == want["event"]
                    n.update(found=1, typed=typed, status=typed and hit.status == want["status"])
                    total[hit.event]["coded"] += 1
                total[want["event"]].update(n)
        for c in coded:
            total[c.event]["coded"] += 1
    for n in list(total.values()):
        total["all"].update(n)
    return total


def main(names: list[str]) -> None:
    """Print the table."""
    total = counts(line for _, _, line in lines(Path(names[0]) if names else FILE))
    print("| type | acts | coded | found | typed | typed, F1 | status right of typed |\n|---|---|---|---|---|---|---|")
    for kind in sorted(total):
        n = total[kind]
        share = n["typed"] / max(1, n["marked"]), 2 * n["typed"] / max(1, n["marked"] + n["coded"]), n["status"] / max(1, n["typed"])
        print(f"| {kind} | {n['marked']} | {n['coded']} | {n['found'] / max(1, n['marked']):.2f} | {share[0]:.2f} | {share[1]:.2f} | {share[2]:.2f} |")


if __name__ == "__main__":
    main(sys.argv[1:])
