"""Reading -> the stretches that may stand for something: noun phrases and pronouns, nested, each head word with the bounds that its phrase may have.

Where a phrase ends is what a tree gets wrong most often (what hangs on which noun), so a head's phrase comes in versions: as the tree has it, cut before a
part of its right edge, with the part that follows, without adverbs before it. ``reader.coreference`` chooses.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from backchannel.reader.reading import Reading

PERSONS = {
    **dict.fromkeys("i me my mine myself".split(), "i"),
    **dict.fromkeys("we us our ours ourselves".split(), "we"),
    **dict.fromkeys("you your yours yourself yourselves".split(), "you"),
    **dict.fromkeys("he him his himself".split(), "he"),
    **dict.fromkeys("she her hers herself".split(), "she"),
    **dict.fromkeys("it its itself".split(), "it"),
    **dict.fromkeys("they them their theirs themselves".split(), "they"),
}
POINTING = frozenset("this that these those".split())
DEICTIC = frozenset("here there today now yesterday tomorrow".split())
RELATIVE = frozenset("who whom whose which what".split())
NO_HEADS = frozenset("flat fixed goeswith case mark cc discourse".split())
LEFT_OUT = frozenset("case cc mark conj punct parataxis discourse cop aux nsubj csubj expl advcl appos orphan reparandum dislocated vocative list dep".split())
OWNERS = frozenset("'s ’s ' ’".split())
LOOSE = frozenset("ADV PART PUNCT CCONJ INTJ".split())  # a phrase may begin after these
ALONE = frozenset("ADJ DET SYM X".split())  # parts of speech that head a phrase when they qualify nothing
LONGER = 15  # words after a phrase among which a part that may belong to it is looked for


class Span(NamedTuple):
    """Words first .. last-1 around a head. ``several``: X and Y. Of the spans of one head, several and not, one at most is right."""

    head: int
    first: int
    last: int
    several: bool
    pronoun: bool


def spans(reading: Reading) -> list[Span]:
    """All candidates, by head; the versions of one phrase one after the other, the tree's own first."""
    return list(dict.fromkeys(_spans(reading)))


def _spans(reading: Reading) -> Iterator[Span]:
    extents = _extents(reading)
    for i, (pos, rel) in enumerate(zip(reading.upos, reading.rels, strict=True)):
        low, base = reading.words[i].lower(), rel.split(":")[0]
        if base in NO_HEADS or low in RELATIVE or rel == "nmod:desc":
            continue
        if low in PERSONS or (low in POINTING and pos in ("PRON", "DET")):
            if base != "det":
                yield Span(i, i, i + 1, False, True)
                if reading.children[i]:
                    yield from (Span(i, first, last, False, True) for first, last in _versions(reading, extents, i) if first == i)
        elif pos in ("NOUN", "PROPN", "NUM") or low in DEICTIC or (pos == "PRON" and base != "det") or (pos in ALONE and base not in ("amod", "det", "advmod")):
            found = _versions(reading, extents, i)
            yield from (Span(i, first, last, False, False) for first, last in found)
            lo, hi = found[0]
            partners = (c for c in reading.children[i] if reading.rels[c] == "conj" and reading.upos[c] in ("NOUN", "PROPN", "PRON"))
            yield from (Span(i, lo, end, True, False) for end in (_phrase(reading, extents, c)[1] for c in partners) if end > hi)


def _extents(reading: Reading) -> list[tuple[int, int]]:
    """Of each word the first and the last word below it, itself included."""
    heads = np.array(reading.heads)
    lo, hi = np.arange(len(heads)), np.arange(len(heads))
    while True:
        before = lo.sum(), hi.sum()
        np.minimum.at(lo, heads, lo)
        np.maximum.at(hi, heads, hi)
        if before == (lo.sum(), hi.sum()):
            return list(zip(lo.tolist(), hi.tolist(), strict=True))


def _versions(reading: Reading, extents: list[tuple[int, int]], head: int) -> list[tuple[int, int]]:
    """The bounds that a noun phrase may have."""
    lo, hi = _phrase(reading, extents, head)
    end = reading.bounds[reading.sentence_of[head]][1]
    after = hi + (hi < end and reading.upos[hi] == "PUNCT")
    lasts = [hi]
    lasts += [extents[c][0] for c in range(head + 1, hi) if extents[c][0] > head and (reading.heads[c] == head or extents[c][1] >= hi - 1)]
    lasts += [extents[c][1] + 1 for c in range(hi, min(end, hi + LONGER)) if hi <= extents[c][0] <= after and reading.heads[c] < hi]
    for n, last in enumerate(lasts):
        while last - 1 > head and reading.upos[last - 1] in ("PUNCT", "CCONJ"):
            last -= 1
        lasts[n] = last
    firsts = [lo]
    while firsts[-1] < head and reading.upos[firsts[-1]] in LOOSE:
        firsts.append(firsts[-1] + 1)
    return list(dict.fromkeys((first, last) for first in firsts for last in lasts))


def _phrase(reading: Reading, extents: list[tuple[int, int]], head: int) -> tuple[int, int]:
    """The stretch of a noun phrase: what hangs on its head, without prepositions, conjuncts, appositions and clauses about it."""
    first = last = head
    rels, words = reading.rels, reading.words
    kept = [c for c in reading.children[head] if rels[c].split(":")[0] not in LEFT_OUT or (rels[c] == "case" and words[c].lower() in OWNERS)]
    for c in reversed(kept):
        if c < head and all(reading.upos[i] == "PUNCT" for i in range(extents[c][1] + 1, first)):
            first = extents[c][0]
    for c in kept:
        if c > head and all(reading.upos[i] == "PUNCT" for i in range(last + 1, extents[c][0])):
            last = extents[c][1]
    while first < head and reading.upos[first] in ("PUNCT", "CCONJ"):
        first += 1
    while last > head and reading.upos[last] == "PUNCT":
        last -= 1
    return first, last + 1
