"""A report's text -> its fingerprint: the set of its word sequences, hashed, by which copies are found.

Sequences of five words (Broder 1997), each as a 32-bit CRC, boilerplate left out. The ledger keeps the fingerprint with the name of the scheme
that made it; one of another scheme is not compared but made again from the text.
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
SCHEME = f"w{WORDS}-crc32-1"  # raised with every change to what a fingerprint is made of
Grams = npt.NDArray[np.uint32]  # sorted, each once

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
    words = [w.encode() for w in _WORD.findall(text.lower())]
    found = {crc32(b" ".join(words[i : i + WORDS])) for i in range(len(words) - WORDS + 1)}
    return np.array(sorted(found), dtype=np.uint32)


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
