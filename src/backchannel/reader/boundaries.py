"""Where sentences begin: a small network that looks over the rules of ``segment`` at each place where a sentence may begin.

Rules see a full stop and a capital; letters, posts and lists end lines without either. The network
sees the words around the place (itself, its ending, its shape), the verdict of the rules, and how far apart their cuts are. ``training/boundaries.py`` fits
it on the raw text of EWT and GUM, and on reports as the rules cut them.
Shapes: N words of all paragraphs with one mark before each paragraph, M places, D inputs of a word, H hidden.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from backchannel.reader.encoder import Floats

if TYPE_CHECKING:
    from backchannel.reader.segment import Token

PARAGRAPH = "¶"  # stands before each paragraph
NEAR = (-2, -1, 0, 1, 2)  # words that the first layer sees of each word
AROUND = (-5, -3, -2, -1, 0, 1, 2, 4)  # words whose first layers the second sees of a place; 0 is the word that may begin a sentence
MARGIN = max(map(abs, AROUND)) + max(NEAR)
BLOCK = 4096  # words at a time, for memory
KEPT, MADE = 0.5, 0.6  # least probability of a beginning that the rules see, and of one that they do not: tried on a third of EWT and GUM train
N_SHAPES = 16
_DIGIT = re.compile(r"\d")


class Layout(NamedTuple):
    """Words of all paragraphs, one mark before each: the marks, the beginnings that the rules see (N,), the places where a sentence may begin (M,)."""

    words: list[str]
    marks: NDArray[np.bool_]
    ruled: NDArray[np.bool_]
    places: NDArray[np.intp]

    @property
    def state(self) -> NDArray[np.intp]:
        """0..3 of each word: may a sentence begin with it, do the rules begin one (N,)."""
        found = 2 * self.ruled.astype(np.intp)
        found[self.places] += 1
        return found

    @property
    def numbers(self) -> Floats:
        """For each place (M, 5): words since the last cut of the rules, until the next, since the paragraph began; is it the first, how many are there?"""
        at, n = np.arange(len(self.words)), len(self.words)
        cut = self.marks | self.ruled
        begun = np.maximum.accumulate(np.where(self.marks, at, 0))[self.places]
        last = np.maximum.accumulate(np.where(cut, at, 0))[self.places - 1]
        following = np.append(np.minimum.accumulate(np.where(cut, at, n)[::-1])[::-1], n)[self.places + 1]
        lengths = np.log1p(np.stack([self.places - last, following - self.places, self.places - begun]) - 1.0) / 3
        paragraphs = np.full(len(begun), min(int(self.marks.sum()), 10) / 10)
        return np.stack([*lengths, begun == 0, paragraphs], axis=1).astype(np.float32)


class Boundaries:
    """The weights."""

    def __init__(self) -> None:
        with resources.files("backchannel.reader").joinpath("boundaries.npz").open("rb") as file:
            kept = np.load(file, allow_pickle=False)
            known: list[list[str]] = json.loads(kept["known"].tobytes().decode())
            w: dict[str, Floats] = {k: kept[k].astype(np.float32) * kept[f"{k}_scale"] for k in kept.files if f"{k}_scale" in kept.files}
        self.words, self.endings = ({word: n for n, word in enumerate(rows, 1)} for rows in known)
        self.tables = [w[f"table{i}"] for i in range(4)]
        self.first, self.first_bias = w["first"].T.copy(), w["first_bias"]
        self.second, self.second_bias = w["second"].T.copy(), w["second_bias"]
        self.last, self.last_bias = w["last"][0], w["last_bias"][0]
        self._rows: dict[str, tuple[int, int, int]] = {}

    def row(self, word: str) -> tuple[int, int, int]:
        """Numbers of the word, its ending and its shape."""
        found = self._rows.get(word)
        if found is None:
            low = _DIGIT.sub("0", word.lower())
            found = self.words.get(low, 0), self.endings.get(low[-3:], 0), shape(word)
            if len(self._rows) < 200_000:
                self._rows[word] = found
        return found

    def rated(self, layout: Layout) -> Floats:
        """Probability that a sentence begins at each of the places: (M,)."""
        n, places, numbers = len(layout.words), layout.places, layout.numbers
        own = np.fromiter(chain.from_iterable(map(self.row, layout.words)), np.intp, 3 * n).reshape(n, 3)
        rows = np.column_stack([own, layout.state])
        rows = np.pad(rows, ((MARGIN, MARGIN), (0, 0)))
        scores: list[Floats] = [np.zeros(0, np.float32)]
        for lo in range(0, n, BLOCK):
            a, b = np.searchsorted(places, (lo, lo + BLOCK))
            scores.append(self._scores(rows[lo : lo + BLOCK + 2 * MARGIN], places[a:b] - lo + MARGIN, numbers[a:b]))
        return (1 / (1 + np.exp(-np.concatenate(scores)))).astype(np.float32)

    def _scores(self, rows: NDArray[np.intp], places: NDArray[np.intp], numbers: Floats) -> Floats:
        """Raw scores (M,) of places among rows (N, 4)."""
        inputs = np.concatenate([table[rows[:, i]] for i, table in enumerate(self.tables)], axis=1)
        reach = max(NEAR)
        seen = sliding_window_view(inputs, len(NEAR), axis=0).transpose(0, 2, 1).reshape(-1, len(NEAR) * inputs.shape[1])
        first = np.maximum(seen @ self.first + self.first_bias, 0)  # (N - 4, H)
        around = np.concatenate([first[(places - reach)[:, None] + np.array(AROUND)].reshape(len(places), len(AROUND) * first.shape[1]), numbers], axis=1)
        scores: Floats = np.maximum(around @ self.second + self.second_bias, 0) @ self.last + self.last_bias
        return scores


@cache
def boundaries() -> Boundaries:
    """The weights, loaded once."""
    return Boundaries()


def begins(paragraphs: Sequence[Sequence[Token]], ruled: Sequence[Sequence[int]]) -> list[list[int]]:
    """For each paragraph the words that begin a sentence, the first among them; ``ruled``: those that the rules see."""
    layout = laid_out(paragraphs, ruled)
    least = np.where(layout.ruled[layout.places], KEPT, MADE)
    begun = set(layout.places[boundaries().rated(layout) > least].tolist())
    found, at = [], 0
    for paragraph in paragraphs:
        found.append([i for i in range(len(paragraph)) if not i or at + 1 + i in begun])
        at += 1 + len(paragraph)
    return found


def laid_out(paragraphs: Sequence[Sequence[Token]], ruled: Sequence[Sequence[int]]) -> Layout:
    """Paragraphs one after the other.

    A sentence may begin after white space or where the rules see one begin without it ("North Korea.The"), but not with a small letter after a letter (that
    loses 116 of 15,694 in the training texts), nor after a colon: who speaks and what he says are one sentence (EWT cuts there; 0.003 of its F1).
    """
    words: list[str] = []
    marks: list[int] = []
    cuts: list[int] = []
    places: list[int] = []
    for paragraph, firsts in zip(paragraphs, ruled, strict=True):
        marks.append(len(words))
        words.append(PARAGRAPH)
        cuts.extend(len(words) + i for i in firsts if i)
        before, seen = None, set(firsts)
        for i, token in enumerate(paragraph):
            if before and (token.start > before.end or i in seen) and before.text != ":" and not (token.text[0].islower() and before.text[-1].isalpha()):
                places.append(len(words))
            words.append(token.text)
            before = token
    flags = np.zeros((2, len(words)), np.bool_)
    flags[0, marks] = True
    flags[1, cuts] = True
    return Layout(words, flags[0], flags[1], np.array(places, np.intp))


def shape(word: str) -> int:
    """0..15: what its letters and figures look like, and whether it keeps a full stop."""
    if word == PARAGRAPH:
        return 0
    if not any(c.isalnum() for c in word):
        return 1
    if word.isdigit():
        return 2 if len(word) <= 2 else 3 if len(word) == 4 else 4
    if "@" in word or "/" in word or word.startswith("www."):
        return 6
    if any(c.isdigit() for c in word):
        return 5
    stop = word.endswith(".")
    if word.islower():
        return 7 + stop
    if len(word.strip(".")) == 1:
        return 9 + stop
    if word.isupper():
        return 11 + stop
    return 13 + stop if word[0].isupper() and word[1:].islower() else 15
