"""Reports -> which of them are copies of one text, and why.

Equal texts are found by their digest. Near copies share word sequences (fingerprints.py): an index over a sample of the sequences proposes pairs,
all sequences of a proposed pair decide. Sequences that stand in several unlike texts of one publisher are its page furniture (captions, sign-up
forms) and count for nothing. Work grows with the number of reports and of true copies, not with the number of pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backchannel.ledger.fingerprints import Grams
from backchannel.ledger.settings import ORIGINS
from backchannel.ledger.unions import Unions

SET = ORIGINS["copies"]
CONTAINED, STRONG, LEAST = SET["contained"], SET["strong_contained"], SET["least"]
FURNITURE, SAMPLE, CROWD = SET["furniture"], SET["sample"], SET["crowd"]
PROPOSED = 0.5  # of CONTAINED: what the sample must show before a pair is compared in full; samples vary


class Sheet(NamedTuple):
    """What is compared of a report."""

    report: str
    digest: str
    publisher: str | None
    grams: Grams


class Copy(NamedTuple):
    """Two reports that are copies, and why."""

    left: str
    right: str
    why: str


def copies(sheets: Iterable[Sheet]) -> list[Copy]:
    """The pairs that make up the groups of copies, in a fixed order; every copy is linked to its group, not to every member."""
    ordered = sorted(sheets, key=lambda s: s.report)
    firsts: dict[str, Sheet] = {}
    found = []
    for sheet in ordered:
        first = firsts.setdefault(sheet.digest, sheet)
        if first is not sheet:
            found.append(Copy(first.report, sheet.report, "the same text"))
    rest = [s for s in firsts.values() if len(s.grams) >= LEAST]
    return found + _near(rest, _proposed(rest))


def _near(sheets: Sequence[Sheet], pairs: Sequence[tuple[int, int]]) -> list[Copy]:
    """The proposed pairs that are near copies."""
    shared = [np.intersect1d(sheets[a].grams, sheets[b].grams, assume_unique=True) for a, b in pairs]
    alike = Unions()
    for (a, b), both in zip(pairs, shared, strict=True):
        if len(both) >= STRONG * min(len(sheets[a].grams), len(sheets[b].grams)):
            alike.join(a, b)
    furniture = _furniture(sheets, sorted({i for pair in pairs for i in pair}), alike)
    found = []
    for (a, b), both in zip(pairs, shared, strict=True):
        left, right = sheets[a].grams, sheets[b].grams
        share = len(both) / min(len(left), len(right))
        page = [furniture[p] for i in (a, b) if (p := sheets[i].publisher) in furniture]
        if page and not alike.same(a, b):
            pages = np.unique(np.concatenate(page))
            left, right, both = (np.setdiff1d(g, pages, assume_unique=True) for g in (left, right, both))
            share = len(both) / max(LEAST, min(len(left), len(right)))
        if share >= CONTAINED or alike.same(a, b):
            found.append(Copy(sheets[a].report, sheets[b].report, f"nearly the same text ({share:.0%} of the shorter one's 5-word sequences)"))
    return found


def _furniture(sheets: Sequence[Sheet], places: Sequence[int], alike: Unions) -> dict[str, Grams]:
    """The sequences that stand in several unlike texts of one publisher, by publisher."""
    texts: dict[str, dict[object, list[Grams]]] = defaultdict(lambda: defaultdict(list))
    for place in places:
        publisher = sheets[place].publisher
        if publisher is not None:
            texts[publisher][alike.root(place)].append(sheets[place].grams)
    found = {}
    for publisher, groups in texts.items():
        if len(groups) >= FURNITURE:
            every, counts = np.unique(np.concatenate([np.unique(np.concatenate(g)) for g in groups.values()]), return_counts=True)
            if (counts >= FURNITURE).any():
                found[publisher] = every[counts >= FURNITURE]
    return found


def _proposed(sheets: Sequence[Sheet]) -> list[tuple[int, int]]:
    """Pairs whose samples of sequences overlap enough to be worth comparing, in order."""
    samples = [s.grams[s.grams % SAMPLE == 0] for s in sheets]
    sizes = np.array([len(s) for s in samples], dtype=np.int64)
    if not sizes.sum():
        return []
    grams, owners = np.concatenate(samples), np.repeat(np.arange(len(sheets)), sizes)
    order = np.argsort(grams, kind="stable")  # owners stay in order within a gram
    grams, owners = grams[order], owners[order]
    starts = np.flatnonzero(np.r_[True, grams[1:] != grams[:-1]])
    lengths = np.diff(np.r_[starts, len(grams)])
    keys = np.concatenate([_pairs(owners, starts, lengths, n) for n in np.unique(lengths[lengths > 1])] or [np.empty(0, np.int64)])
    pairs, counts = np.unique(keys, return_counts=True)
    a, b = pairs >> 32, pairs & 0xFFFFFFFF
    enough = counts >= np.maximum(1, PROPOSED * CONTAINED * np.minimum(sizes[a], sizes[b]))
    return list(zip(a[enough].tolist(), b[enough].tolist(), strict=True))


def _pairs(owners: npt.NDArray[np.int64], starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64], n: int) -> npt.NDArray[np.int64]:
    """The pairs of owners, as one number each, within every run of ``n`` owners; in a crowd only neighbours and the first."""
    runs = owners[starts[lengths == n][:, None] + np.arange(n)]
    if n <= CROWD:
        first, second = np.triu_indices(n, 1)
    else:
        first, second = np.r_[np.arange(n - 1), np.zeros(n - 2, np.int64)], np.r_[np.arange(1, n), np.arange(2, n)]
    found: npt.NDArray[np.int64] = ((runs[:, first] << 32) | runs[:, second]).ravel()
    return found
