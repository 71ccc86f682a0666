"""Words -> how rare they are and how near in meaning: a table made of the reader's base model (training/meanings.py).

The meaning of a word is its vector out of context; of several words, the sum of theirs, function words left out. A word's rarity follows from its place
in the model's vocabulary, which is in order of frequency (Zipf): it is the same for every ledger, so that no event hangs on what else was filed.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from backchannel.ledger.settings import SETTINGS

LIGHT = frozenset(SETTINGS["told"]["light"])
FUNCTION = 150  # places of the vocabulary that are taken by "the", "of", "their": they mean nothing by themselves
UNKNOWN = 30_000  # the place of a word the vocabulary does not have: rarer than all that it has
NUMBER = 3_000  # and of a number of two digits and more

WORD = re.compile(r"[a-z]{3,}|\d[\d.,:]*\d")


class _Table:
    """The table, read once."""

    def __init__(self) -> None:
        with (resources.files("backchannel.ledger") / "meanings.npz").open("rb") as file:
            kept = np.load(file, allow_pickle=False)
            words, rows, vectors = kept["words"].tobytes().decode().split("\n"), kept["meant"], kept["vectors"].astype(np.float32)
        self.place = {word: i for i, word in enumerate(words)}
        self.vectors: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        self.row = {words[i]: n for n, i in enumerate(rows.tolist())}


@cache
def _table() -> _Table:
    return _Table()


@lru_cache(maxsize=100_000)
def rarity(word: str) -> float:
    """How much a word in small letters tells of what is spoken of: 0 for function words, about 6 for the rarest."""
    place = NUMBER if word[0].isdigit() else _table().place.get(word, UNKNOWN)
    return math.log1p(place / 100) if place > FUNCTION else 0.0


@lru_cache(maxsize=100_000)
def meaning(a: str, b: str) -> float:
    """How near two anchors are in meaning: 1 for the same words, 0 when one of them has none that tells anything ("held") or that is known."""
    left, right = plain(a), plain(b)
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    first, second = _vector(left), _vector(right)
    return 0.0 if first is None or second is None else max(0.0, round(float(first @ second), 3))


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """An anchor as compared: small letters, single spaces, no light verbs."""
    return " ".join(word for word in text.lower().split() if word not in LIGHT)


@lru_cache(maxsize=20_000)
def _vector(text: str) -> NDArray[np.float32] | None:
    table = _table()
    known = [w for w in WORD.findall(text) if w in table.row]
    telling = [w for w in known if rarity(w)] or known
    if not telling:
        return None
    vector: NDArray[np.float32] = table.vectors[[table.row[w] for w in telling]].sum(0)
    return vector / np.linalg.norm(vector)
