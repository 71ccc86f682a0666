"""Are acts found whatever words tell them? ``python -m bench.wordings [FILE ...]`` over ``wordings.txt``, sentences of ours that nothing was trained
on or set by.

Some are plain agency English, some unusual. An act is found when a coded event's anchor overlaps the marked words, typed when it has the marked type
too, its status right when that is equal as well. Words marked as doubtful count for nothing. The form of the lines: ``training/written.py``.

Of files that mark relations and questions in full (``training/written/states_*.txt``, which rules were written with in view) a second table says how many of
these are found, and how many channels and disclosures of the contacts found are right.
"""

from __future__ import annotations

import collections
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from training.written import FULL, lines, parsed

import backchannel as bc
from backchannel.records import AnyClaim, EventClaim, QuestionClaim, RelationClaim
from bench.casebook import best

FILE = Path(__file__).with_name("wordings.txt")
STATES: dict[str, type[AnyClaim]] = {"question": QuestionClaim, "relation": RelationClaim}
TOLD = ("channel", "disclosure")


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


def states(marked: Iterable[str]) -> dict[str, collections.Counter[str]]:
    """Of relations and questions: marked, coded, found; of channels and disclosures of contacts found: marked, right."""
    total: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for line in marked:
        record = parsed(line)
        coded = bc.code(record["text"]).claims
        doubtful = [c["anchor"] for c in record["claims"] if c["kind"] == "doubtful"]
        for kind, made in STATES.items():
            left = [c for c in coded if isinstance(c, made)]
            for want in (c["anchor"] for c in record["claims"] if c["kind"] == kind):
                hit = next((c for c in left if _meet(c, [want])), None)
                total[kind].update(marked=1, coded=hit is not None, found=hit is not None)
                left = [c for c in left if c is not hit and not _meet(c, [want])]  # told twice counts once
            total[kind]["coded"] += sum(not _meet(c, doubtful) for c in left)
        events = [c for c in coded if isinstance(c, EventClaim)]
        for want in (c for c in record["claims"] if c.get("event") == "CONSULT"):
            hit = best(want, events)
            for name in TOLD if hit and hit.event == "CONSULT" else ():
                if name in want:
                    total[name].update(marked=1, right=getattr(hit, name) == want[name])
    return total


def _meet(claim: AnyClaim, spans: Sequence[Sequence[int]]) -> bool:
    return any(first < claim.anchor.end and claim.anchor.start < last for first, last in spans)


def main(names: list[str]) -> None:
    """Print the table."""
    marked = [(path, line) for name in names or [str(FILE)] for path, _, line in lines(Path(name))]
    total = counts(line for _, line in marked)
    print("| type | acts | coded | found | typed | typed, F1 | status right of typed |\n|---|---|---|---|---|---|---|")
    for kind in sorted(total):
        n = total[kind]
        share = n["typed"] / max(1, n["marked"]), 2 * n["typed"] / max(1, n["marked"] + n["coded"]), n["status"] / max(1, n["typed"])
        print(f"| {kind} | {n['marked']} | {n['coded']} | {n['found'] / max(1, n['marked']):.2f} | {share[0]:.2f} | {share[1]:.2f} | {share[2]:.2f} |")
    if full := [line for path, line in marked if path.name.startswith(FULL)]:
        print("\n| what | marked | coded | found, or right |\n|---|---|---|---|")
        for name, n in sorted(states(full).items()):
            print(f"| {name} | {n['marked']} | {n['coded'] or ''} | {n['found'] + n['right']} |")


if __name__ == "__main__":
    main(sys.argv[1:])
