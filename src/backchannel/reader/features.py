"""Words -> the numbers the model takes: word pieces, word shapes, chunks. Used alike in training and at run time.

The vocabulary knows small letters only, so what case tells (names, shouting, initials) comes in beside the pieces as a shape, together with whether the
word begins its sentence and whether it stands inside quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MAX_PIECES = 160  # word pieces in a chunk of consecutive sentences: recipe of the training set-up; longer windows cost speed and gave nothing on dev
HARD_LIMIT = 500  # a single sentence longer than this is cut (the encoder has 512 positions)
N_SHAPES = 32
CLS, SEP = 101, 102
_OPEN, _CLOSE, _STRAIGHT = frozenset(("“", "``", "«", "„")), frozenset(("”", "''", "»")), '"'
MARKS = _OPEN | _CLOSE | {_STRAIGHT}  # of quotations
BEFORE, BEHIND = "([—–", ".,;:!?)]—–"  # what stands beside a mark as a space does


class Word(NamedTuple):
    """What the features need to know of a word."""

    text: str
    first: bool  # begins its sentence
    quoted: bool  # stands between quotation marks


def shape(word: Word) -> int:
    """0..31: letter case (8) x begins its sentence x inside quotation marks."""
    return _case(word.text) + 8 * word.first + 16 * word.quoted


@lru_cache(maxsize=50_000)
def _case(text: str) -> int:
    if text.isdigit():
        return 5
    if not any(c.isalnum() for c in text):
        return 0
    if any(c.isdigit() for c in text):
        return 6
    if text.islower():
        return 1
    if text.isupper():
        return 7 if len(text.replace(".", "")) == 1 else 3
    return 2 if text[0].isupper() and (text[1:].islower() or len(text) == 1) else 4


def quoted(words: Sequence[str], breaks: Iterable[bool], offsets: Sequence[tuple[int, int]]) -> list[bool]:
    """For each word whether it stands inside quotation marks. A paragraph break (``breaks``: word begins a paragraph) closes what was left open; a straight
    mark is turned by the spaces beside it (``offsets``: start and end of each word), or else by the mark before it.
    """
    inside = within = inner = False  # inside marks; inside such as are not straight; inside straight ones within these
    found = []
    for i, (word, begins) in enumerate(zip(words, breaks, strict=True)):
        if begins:
            inside = within = inner = False
        if word in MARKS and word != _STRAIGHT:
            inside = within = word in _OPEN
            inner = False
        elif word == _STRAIGHT:
            opens = _opens(words, offsets, i)
            if inner or (within and opens):
                inner = not inner
            else:
                inside, within = (not inside if opens is None else opens), False
        found.append(inside or word in MARKS)
    return found


def _opens(words: Sequence[str], offsets: Sequence[tuple[int, int]], i: int) -> bool | None:
    """Does a straight mark open (space before it, none behind it) or close (the other way round)? Unknown when both or neither is a space."""
    opens = i == 0 or offsets[i - 1][1] < offsets[i][0] or words[i - 1] in BEFORE
    closes = i + 1 == len(words) or offsets[i][1] < offsets[i + 1][0] or words[i + 1][0] in BEHIND
    return opens if opens != closes else None


def words_of(sentences: Sequence[Sequence[str]], breaks: Sequence[bool], offsets: Sequence[tuple[int, int]]) -> list[list[Word]]:
    """The sentences' words with their features' inputs; ``breaks[i]``: sentence i begins a paragraph; ``offsets``: start and end of each word."""
    flat = [w for s in sentences for w in s]
    begins = [b and i == 0 for s, b in zip(sentences, breaks, strict=True) for i in range(len(s))]
    state = iter(quoted(flat, begins, offsets))
    return [[Word(w, i == 0, next(state)) for i, w in enumerate(s)] for s in sentences]


class Pieces:
    """Word -> word piece ids, remembered."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        ids = self._known.get(word)
        if ids is None:
            ids = tuple(self._tokenizer.encode(word[:100], add_special_tokens=False).ids)[:16] or (100,)
            if len(self._known) < 200_000:
                self._known[word] = ids
        return ids


def chunks(lengths: Sequence[int], limit: int = MAX_PIECES) -> list[tuple[int, int]]:
    """Consecutive sentences packed into chunks: (first, last exclusive). ``lengths``: word pieces of each sentence."""
    found, first, size = [], 0, 0
    for i, n in enumerate(lengths):
        if size and size + n > limit:
            found.append((first, i))
            first, size = i, 0
        size += n
    if size:
        found.append((first, len(lengths)))
    return found
