"""Reports -> how far two of them tell one story, and which may at all.

What a report tells of shows in its telling words: those that are rare in the language and frequent in it (names, places, numbers, the matter itself),
each weighed by both (tf-idf, Salton and Buckley 1988, with the rarity of meaning.py, so that no weight hangs on what else was filed). Two reports tell
one story as far as these words agree. Only reports that share several of their best words and are close in time are compared, each with the few that
are most like it, so work grows with the number of reports.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from sys import intern

from backchannel.ledger.intervals import Days
from backchannel.ledger.meaning import WORD, rarity
from backchannel.ledger.settings import SETTINGS

SET = SETTINGS["story"]
KEPT, KEYS, SHARED, CROWD, NEAREST = SET["kept"], SET["keys"], SET["shared"], SET["crowd"], SET["nearest"]
LEAST: float = SET["least"]
NEAR: int = SETTINGS["time"]["near_days"]

Telling = Mapping[str, float]


def telling(text: str) -> dict[str, float]:
    """The telling words of a text with their weights, best first; the weights' squares add up to one."""
    counts = Counter(WORD.findall(text.lower()))
    weights = [(weight * (1 + math.log(n)), word) for word, n in counts.items() if (weight := rarity(word))]
    best = sorted(weights, reverse=True)[:KEPT]
    norm = math.sqrt(sum([weight * weight for weight, _ in best]))
    return {intern(word): weight / norm for weight, word in best}  # one string for a word of many reports: less memory, and found sooner


def likeness(a: Telling, b: Telling) -> float:
    """How far two reports tell one story, 0..1."""
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return sum([weight * large[word] for word, weight in small.items() if word in large])


def neighbours(told: Sequence[Telling], out: Sequence[Days | None]) -> list[tuple[int, int]]:
    """Pairs of reports that may tell one story, in order: each with the most alike of those that came out at its time (``out``) or nobody knows when."""
    timeless: dict[str, list[int]] = defaultdict(list)
    dated: dict[str, deque[int]] = defaultdict(deque)
    found: list[list[tuple[float, int]]] = [[] for _ in told]
    day = {i: when.first for i, when in enumerate(out) if when is not None and when.length <= 31}
    for i in sorted(range(len(told)), key=lambda i: (i in day, day.get(i, 0), i)):
        shared: Counter[int] = Counter()
        for word in list(told[i])[:KEYS]:
            if len(timeless[word]) <= CROWD:
                shared.update(timeless[word])
            if i not in day:
                timeless[word].append(i)
                continue
            here = dated[word]
            while here and day[here[0]] < day[i] - NEAR:
                here.popleft()
            if len(here) <= CROWD:
                shared.update(here)
            here.append(i)
        for j, n in shared.items():
            if n >= SHARED and (score := likeness(told[i], told[j])) >= LEAST:
                found[i].append((-score, j))
                found[j].append((-score, i))
    return sorted({(min(i, j), max(i, j)) for i, several in enumerate(found) for _, j in sorted(several)[:NEAREST]})
