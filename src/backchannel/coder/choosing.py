"""Small networks that rate candidates beside each other: who acts in an act and who is acted on, when, where; for whom a pronoun stands;
of which country a party is.

Its weights are fitted on annotated articles, on what the shipped reader reads in them (``training/choosing.py``), so they belong to one version of the
reader. Each candidate comes with numbers and with words of a fixed kind each ("obj", "state", "attack"); a word that the weights do not know counts as none.
Shapes: N candidates, D numbers, V the act's vector, H hidden, K classes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from importlib import resources
from itertools import accumulate, chain, pairwise, repeat
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backchannel.reader.encoder import Floats

Asked = tuple[Floats, Sequence[Sequence[str]], Floats]  # numbers (N, D), N times one word of each kind, the act's vector (V,)
AT_ONCE = 200  # questions in one product: all of most reports, and no more memory for a book


class Together(NamedTuple):
    """The candidates of several questions, none without any, one after the other."""

    numbers: Floats  # (N, D)
    words: list[Sequence[str]]
    acts: Floats  # (questions, V)
    sizes: NDArray[np.int64]  # candidates of each question
    starts: NDArray[np.int64]  # the first of each


class Rater:
    """Rates the candidates of a question beside each other."""

    n_classes: int

    def __init__(self, known: Sequence[Collection[str]]) -> None:
        """``known``: the words of each kind. They are numbered through, each kind behind one number for all other words."""
        self.others = [*accumulate((1 + len(words) for words in known[:-1]), initial=0)]
        self.rows = [{word: n for n, word in enumerate(words, other + 1)} for words, other in zip(known, self.others, strict=True)]

    def rated(self, numbers: Floats, words: Sequence[Sequence[str]], act: Floats) -> Floats:
        """Probability of each class: (N, D) numbers, N times one word of each kind, (V,) -> (N, K)."""
        return self.each([(numbers, words, act)])[0]

    def each(self, asked: Sequence[Asked]) -> list[Floats]:
        """``rated`` of several questions; (0, K) for one without candidates."""
        return [rated for n in range(0, len(asked), AT_ONCE) for rated in self._together(asked[n : n + AT_ONCE])]

    def _together(self, asked: Sequence[Asked]) -> list[Floats]:
        some = [one for one in asked if len(one[1])]
        if not some:
            return [np.zeros((0, self.n_classes), np.float32) for _ in asked]
        sizes = np.array([len(words) for _, words, _ in some])
        numbers, words, acts = zip(*some, strict=True)
        given = Together(np.concatenate(numbers), list(chain.from_iterable(words)), np.array(acts), sizes, sizes.cumsum() - sizes)
        rated, ends = self.rate(given), accumulate((len(words) for _, words, _ in asked), initial=0)
        return [rated[first:last] for first, last in pairwise(ends)]

    def places(self, words: Sequence[Sequence[str]]) -> NDArray[np.int64]:
        """The numbers of the candidates' words: (kinds, N)."""
        columns = zip(self.rows, self.others, zip(*words, strict=True), strict=True)
        return np.array([list(map(rows.get, column, repeat(other))) for rows, other, column in columns])

    def numbers(self, kind: int, words: Iterable[str]) -> list[int]:
        """The number of any other word of a kind, then those of the words."""
        return [self.others[kind], *(self.rows[kind].get(word, self.others[kind]) for word in words)]

    def rate(self, given: Together) -> Floats:
        """The probabilities of all candidates: (N, K)."""
        raise NotImplementedError


class Network(Rater):
    """The weights of one question."""

    def __init__(self, name: str | Path) -> None:
        """``name``: a file of the coder ("acts/sides.npz"), or any path."""
        with (resources.files(__package__) / name if isinstance(name, str) else name).open("rb") as file:
            kept = np.load(file, allow_pickle=False)
            known: list[list[str]] = json.loads(kept["known"].tobytes().decode())
            self.weights: dict[str, Floats] = {k: kept[k].astype(np.float32) for k in kept.files if k != "known"}
        # What a word adds to the first layer is the same wherever it stands, so it is worked out once: a row for each word of each kind, and one for any other.
        super().__init__(known)
        added: list[Floats] = []
        column = 0
        for i in range(len(known)):
            table = self.weights.pop(f"table{i}")
            added.append(table @ self.weights["first"][:, column : column + table.shape[1]].T)
            column += table.shape[1]
        self.added = np.concatenate(added)  # (words of all kinds, H)
        w = self.weights
        turned, self.n_classes = len(w["act_bias"]), len(w["last"])
        by_number, by_act = w["first"][:, column:-turned], w["first"][:, -turned:]
        self.by_number = by_number.T.copy()  # (D, H)
        self.by_act, self.first_bias = by_act @ w["act"], by_act @ w["act_bias"] + w["first_bias"]  # (H, V), (H,)
        self.own, self.best, self.mean = (part.T.copy() for part in np.split(w["second"], 3, axis=1))  # (H, H2) each

    def rate(self, given: Together) -> Floats:
        """As ``Rater.rate``."""
        return self.rate_at(given, self.places(given.words))

    def rate_at(self, given: Together, places: NDArray[np.int64]) -> Floats:
        """``rate``, where the words' rows in ``added`` are known: (kinds, N)."""
        w, sizes = self.weights, given.sizes
        told, acts = self.added.take(places, 0).sum(0), given.acts @ self.by_act.T + self.first_bias
        first = np.maximum(told + given.numbers @ self.by_number + acts.repeat(sizes, 0), 0)  # (N, H)
        best, mean = np.maximum.reduceat(first, given.starts), np.add.reduceat(first, given.starts) / sizes[:, None].astype(np.float32)
        beside = best @ self.best + mean @ self.mean + w["second_bias"]  # what there is to choose from
        scores = np.maximum(first @ self.own + beside.repeat(sizes, 0), 0) @ w["last"].T + w["last_bias"]
        e = np.exp(scores - scores.max(1, keepdims=True))
        out: Floats = e / e.sum(1, keepdims=True)
        return out


class Networks(Rater):
    """Several networks of one question: what they say in the mean, which is right more often than any of them."""

    def __init__(self, members: Sequence[Network]) -> None:
        kinds = list(zip(*(member.rows for member in members), strict=True))
        super().__init__([dict.fromkeys(chain.from_iterable(rows)) for rows in kinds])  # looked up once for all, though not all know each
        self.members, self.n_classes = members, members[0].n_classes
        self._own = [np.array([n for i, rows in enumerate(self.rows) for n in member.numbers(i, rows)]) for member in members]  # number -> that of a member

    def rate(self, given: Together) -> Floats:
        """As ``Rater.rate``."""
        places = self.places(given.words)
        rated = [member.rate_at(given, own[places]) for member, own in zip(self.members, self._own, strict=True)]
        out: Floats = np.add.reduce(rated) / len(rated)
        return out


@cache
def network(name: str) -> Rater:
    """The network of a file of the coder ("acts/sides.npz"), with those numbered after it ("sides_2.npz") where there are any; loaded once."""
    room, stem = name.removesuffix(".npz").split("/")
    others = sorted(f"{room}/{f.name}" for f in (resources.files(__package__) / room).iterdir() if re.fullmatch(rf"{stem}_\d\.npz", f.name))
    return Networks([Network(file) for file in (name, *others)]) if others else Network(name)
