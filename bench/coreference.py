"""Groups of mentions, said and true -> how far they agree: MUC, B-cubed, CEAF-e and their mean, the CoNLL score (Pradhan et al. 2014).

MUC (Vilain et al. 1995) counts links, B-cubed (Bagga and Baldwin 1998) mentions, CEAF-e (Luo 2005) whole groups under the best one-to-one pairing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

Groups = Sequence[frozenset[Hashable]]


class Score(NamedTuple):
    """Precision and recall of one measure."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def groups(found: Iterable[Iterable[Hashable]]) -> Groups:
    """The groups as sets, empty ones left out."""
    return [frozenset(g) for g in map(list, found) if g]


def muc(true: Groups, said: Groups) -> Score:
    """Links kept."""
    return Score(_links(said, true), _links(true, said))


def _links(whole: Groups, parts: Groups) -> float:
    """The share of the links that make up ``whole`` that ``parts`` keeps."""
    home = _home(parts)
    n_links = sum(len(g) - 1 for g in whole)
    kept = sum(len(g) - len({home[m] for m in g if m in home}) - sum(m not in home for m in g) for g in whole)
    return kept / n_links if n_links else 0.0


def b_cubed(true: Groups, said: Groups) -> Score:
    """Mentions in the company that they belong in."""
    return Score(_company(said, true), _company(true, said))


def _company(whole: Groups, parts: Groups) -> float:
    """Over the mentions of ``whole``: the share of a mention's group that its group in ``parts`` holds."""
    home = _home(parts)
    shares = [len(g & parts[home[m]]) / len(g) if m in home else 0.0 for g in whole for m in g]
    return sum(shares) / len(shares) if shares else 0.0


def ceaf_e(true: Groups, said: Groups) -> Score:
    """Groups found, by the best pairing of true and said ones."""
    from scipy.optimize import linear_sum_assignment

    if not true or not said:
        return Score(0.0, 0.0)
    home, alike = _home(said), np.zeros((len(true), len(said)))
    for i, g in enumerate(true):
        for j, n in Counter(home[m] for m in g if m in home).items():
            alike[i, j] = 2 * n / (len(g) + len(said[j]))
    total = float(alike[linear_sum_assignment(alike, maximize=True)].sum())
    return Score(total / len(said), total / len(true))


def conll(true: Groups, said: Groups) -> float:
    """The mean F1 of the three."""
    return sum(measure(true, said).f1 for measure in (muc, b_cubed, ceaf_e)) / 3


def _home(found: Groups) -> dict[Hashable, int]:
    """Mention -> the place of its group."""
    return {m: i for i, g in enumerate(found) for m in g}
