"""Event claims in articles that are hardly about politics: ``python -m bench.false_alarms [--verbose]``.

The AllSides sample has no articles without politics, but topics where acts between political actors are rare: sport, technology, culture, science, health,
holidays, school, religion. What is coded there is counted, an article; some of it is right ("Russia banned from Olympics"), so the figure is an upper bound
of the false alarms. The casebook's negatives (``bench.casebook negative``) are the other side: texts in which every claim beyond the expected is false.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import sys

import backchannel as bc
from backchannel.records import EventClaim
from bench.speed import SAMPLE

TOPICS = (
    "sports technology culture science holidays arts_and_entertainment religion_and_faith education animal_welfare food family_and_marriage public_health "
    "obesity_and_malnutrition coronavirus"
).split()


def main() -> int:
    """Print claims an article by topic, and over all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--verbose", action="store_true", help="print the anchors too")
    verbose = parser.parse_args().verbose
    if not SAMPLE.exists():
        print("bench.false_alarms: SKIPPED, needs the articles in ../shared/data")
        return 0
    found: dict[str, list[int]] = collections.defaultdict(list)
    with gzip.open(SAMPLE, "rt", encoding="utf8") as lines:
        rows = [json.loads(line) for line in lines]
    for row in rows:
        if row["topic"] in TOPICS:
            claims = [c for c in bc.code(row["text"], published=row["date"] or None).claims if isinstance(c, EventClaim)]
            found[row["topic"]].append(len(claims))
            if verbose:
                print(row["title"], *(f"[{c.event} {c.anchor.text}]" for c in claims))
    for topic, counts in sorted(found.items()):
        print(f"{topic:28} {len(counts):4} articles, {sum(counts) / len(counts):.2f} claims an article")
    every = [n for counts in found.values() for n in counts]
    print(f"{'all':28} {len(every):4} articles, {sum(every) / len(every):.2f} claims an article, {sum(not n for n in every)} articles without any")
    return 0


if __name__ == "__main__":
    sys.exit(main())
