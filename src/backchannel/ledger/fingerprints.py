"""A report's text -> its fingerprint: the set of its word sequences, hashed, by which copies are found.

Sequences of five words (Broder 1997), each as 32 bits of a sum of its words' hashes, boilerplate left out. The ledger keeps the fingerprint with the
name of the scheme that made it; one of another scheme is not compared but made again from the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from backchannel.ledger.settings import ORIGINS
from backchannel.records import Report, digest, normalise

WORDS: int = ORIGINS["copies"]["words"]
SCHEME = f"w{WORDS}-crc32-2"  # raised with every change to what a fingerprint is made of
Grams = npt.NDArray[np.uint32]  # sorted, each once

# One odd 64-bit factor for each place in a sequence, any but the same: the upper half of the sum then depends on every bit of every word.
FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F][:WORDS], dtype=np.uint64)
assert len(FACTORS) == WORDS

_WORD = re.compile(r"\w+")


def fingerprint(report: Report) -> Grams:
    """The hashed word sequences of the report, sorted, each once; those that touch boilerplate left out."""
    return grams(own_text(report))


def own_text(report: Report) -> str:
    """The report's text with its boilerplate blanked out."""
    text = report.text
    for span in report.boilerplate:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def grams(text: str) -> Grams:
    """The hashed word sequences of a text, sorted, each once."""
    words = _WORD.findall(text.lower())
    if len(words) < WORDS:
        return np.empty(0, dtype=np.uint32)
    hashed = np.fromiter(map(_hash, words), dtype=np.uint64, count=len(words))
    sums = np.zeros(len(words) - WORDS + 1, dtype=np.uint64)
    for place, factor in enumerate(FACTORS):  # the place of a word counts: sums wrap around
        sums += hashed[place : place + len(sums)] * factor
    found = np.sort((sums >> np.uint64(32)).astype(np.uint32))
    once: Grams = found[np.append(True, found[1:] != found[:-1])]  # ``np.unique`` would load masked arrays
    return once


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return crc32(word.encode())


def pack(found: Grams) -> bytes:
    """The fingerprint as the ledger keeps it: little-endian, the same on every machine."""
    return found.astype("<u4").tobytes()


def unpack(kept: bytes) -> Grams:
    """The fingerprint back."""
    return np.frombuffer(kept, dtype="<u4").astype(np.uint32)


@lru_cache(maxsize=4096)
def text_digest(text: str) -> str:
    """What two equal texts share, whatever their spaces, quotation marks and case."""
    return digest(normalise(text))
