"""Causes on CausalNews dev: ``python -m bench.causes [--verbose]``.

Of the cause-effect pairs in whose two spans an act each was coded: the share in which an act of the effect has a trigger, purpose, demand or condition that
overlaps the cause's span (the set counts motives as causes). And of the triggers given, the share that overlap a marked cause of a span that holds their
act (sentences with marks only).
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import backchannel as bc
from backchannel.records import EventClaim, Span

DATA = Path(__file__).resolve().parents[2] / "shared/data/causal.causalnews.dev.jsonl.gz"


def meets(span: Span, spans: list[list[int]]) -> bool:
    """Does a span overlap one of the others?"""
    return any(span.start < b and a < span.end for a, b in spans)


def counted(row: dict[str, Any], verbose: bool) -> Counter[str]:
    """Pairs coded and linked, triggers given and right, of one sentence."""
    claims = [c for c in bc.code(row["text"]).claims if isinstance(c, EventClaim)]
    n: Counter[str] = Counter()
    for pair in row["relations"]:
        effects = [c for c in claims if meets(c.anchor, pair["effect"])]
        if not effects or not any(meets(c.anchor, pair["cause"]) for c in claims):
            continue
        told = [s for c in effects for s in (*c.roles.trigger, *c.roles.purpose, *c.roles.demand, *([c.condition] if c.condition else []))]
        linked = any(meets(s, pair["cause"]) for s in told)
        n.update(pairs=1, linked=linked)
        if verbose and not linked:
            print("MISS", row["text"], "| cause:", [row["text"][a:b] for a, b in pair["cause"]], "| acts:", [c.anchor.text for c in effects])
    for c in claims:
        for s in c.roles.trigger:
            right = any(meets(s, pair["cause"]) and meets(c.anchor, pair["effect"]) for pair in row["relations"])
            n.update(triggers=1, right=right)
            if verbose and not right:
                print("FALSE", row["text"], "|", c.anchor.text, "<-", s.text)
    return n


def main() -> int:
    """Print both shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--verbose", action="store_true", help="print what was missed and what was linked falsely")
    verbose = parser.parse_args().verbose
    if not DATA.exists():
        print("bench.causes: SKIPPED, needs ../shared/data")
        return 0
    with gzip.open(DATA, "rt", encoding="utf8") as lines:
        rows = [json.loads(line) for line in lines]
    n: Counter[str] = Counter()
    for row in rows:
        if row["relations"]:
            n += counted(row, verbose)
    print(f"pairs with both ends coded: {n['pairs']}, linked {n['linked']} ({n['linked'] / max(1, n['pairs']):.3f})")
    print(f"triggers given in sentences with marks: {n['triggers']}, of a marked cause {n['right']} ({n['right'] / max(1, n['triggers']):.3f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
