"""Verbal acts + statements -> verbal acts, with how openly they were said: a threat in a speech, an accusation on Twitter (records.md: channel, disclosure).

An accusation that is quoted from whoever makes it was made in public unless the words say otherwise; so was one whose sentence names the medium.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

import msgspec

from backchannel import records as r
from backchannel.reader import Reading

VERBAL = frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "CONCEDE", "AGREE"))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = tomllib.loads(resources.files("backchannel.coder").joinpath("disclosure.toml").read_text(encoding="utf8"))["said"]
    return {kind: re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) for kind, words in table.items()}


def with_publicity(reading: Reading, claims: Sequence[r.AnyClaim], said: Iterable[r.Statement]) -> list[r.AnyClaim]:
    """The claims, in order; what was said in public has its channel and disclosure."""
    said = [s for s in said if s.source and s.source.actor]
    return [_opened(reading, c, said) if isinstance(c, r.EventClaim) and c.event in VERBAL and c.status == "happened" else c for c in claims]


def _opened(reading: Reading, claim: r.EventClaim, said: Sequence[r.Statement]) -> r.EventClaim:
    own = [s for s in said if s.source and s.source.actor in claim.actor and _told(s, claim)]
    words = " ".join({_sentence(reading, claim.anchor.start), *(_sentence(reading, s.cue.start) for s in own if s.cue)})
    channel = next((k for k in ("social_media", "public_statement") if _patterns()[k].search(words)), None)
    if claim.disclosure != "unknown" or not (own or channel) or _patterns()["privately"].search(words):
        return claim
    return msgspec.structs.replace(claim, channel=channel or claim.channel, disclosure="public")


def _told(s: r.Statement, claim: r.EventClaim) -> bool:
    """Is the act in what is said, or the saying itself?"""
    inside = s.content.start <= claim.anchor.start and claim.anchor.end <= s.content.end
    return inside or (s.cue is not None and s.cue.start < claim.anchor.end and claim.anchor.start < s.cue.end)


def _sentence(reading: Reading, offset: int) -> str:
    return reading.quote(*reading.bounds[reading.sentence_of[bisect_right(reading.starts, offset) - 1]])
