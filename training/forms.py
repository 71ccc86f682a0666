"""Annotated articles -> how statuses are spread over the grammatical forms of acts: ``python -m training.forms > src/backchannel/coder/forms.toml``."""

from __future__ import annotations

import collections
import itertools
from bisect import bisect_right

from backchannel.coder.forms import form
from backchannel.reader import read
from training.data import SHARED, annotated_articles, gold_articles

RARE = 12  # forms seen less often say nothing


def main() -> None:
    """Print the table."""
    seen: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    everything: collections.Counter[str] = collections.Counter()
    for article in itertools.chain(gold_articles(SHARED / "gold" / "train"), annotated_articles()):
        reading = read(article["text"])
        for claim in article["claims"]:
            first, last = claim["anchor"]
            words = [i for i in range(max(0, bisect_right(reading.starts, first) - 1), len(reading.tokens)) if reading.tokens[i].start < last]
            words = [i for i in words if reading.tokens[i].end > first]
            if claim["kind"] == "event" and words:
                status = claim.get("status", "happened")
                seen[form(reading, reading.head_of(words[0], words[-1] + 1))][status] += 1
                everything[status] += 1
    print("# How often acts of each grammatical form have each status, in the annotated training articles: python -m training.forms")
    print("weight = 0.5 # best status accuracy on the held-out articles in steps of 0.25")
    print("smoothing = 2.0 # added to every count")
    print(f"\n[all]\n{row(everything)}\n")
    for name, counts in sorted(seen.items(), key=lambda x: -x[1].total()):
        if counts.total() >= RARE:
            print(f'[forms."{name}"]\n{row(counts)}\n')


def row(counts: collections.Counter[str]) -> str:
    """One table's lines."""
    return "\n".join(f"{status} = {n}" for status, n in counts.most_common())


if __name__ == "__main__":
    main()
