"""A mediation that does not tell between whom it is ("Oman mediated the talks", "hosted an earlier round") -> between the two whose act, or whose mediation
by another, was told last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from backchannel import records as r
from backchannel.coder.acts.sides import MUTUAL
from backchannel.coder.parties.cast import Cast
from backchannel.coder.syntax.spans import head_at
from backchannel.reader import Reading

SENTENCES = 2  # how far back the two may stand
TWO = 2


def between_the_two(reading: Reading, cast: Cast, claims: Iterable[r.AnyClaim]) -> Iterator[r.AnyClaim]:
    """The claims, in order of text, mediations with the two sides that they leave open. Nobody mediates between his own side and another."""
    last: tuple[int, tuple[str, ...]] | None = None  # the sentence and the two
    for claim in claims:
        if not isinstance(claim, r.EventClaim):
            yield claim
            continue
        sides, here = tuple(dict.fromkeys(claim.actor + claim.recipient)), reading.sentence_of[head_at(reading, claim.anchor)]
        if last and _is_open(claim, sides) and here - last[0] <= SENTENCES and set(sides) <= set(last[1]) and _is_third(cast, claim.roles.mediator, last[1]):
            sides, why = last[1], (*claim.why, "sides last spoken of")
            claim = msgspec.structs.replace(claim, actor=sides, recipient=(), why=why)
        if len(sides) == TWO and claim.polarity != "-" and (claim.event in MUTUAL or (claim.event == "SUPPORT" and not claim.recipient)):
            last = here, sides
        yield claim


def _is_open(claim: r.EventClaim, sides: tuple[str, ...]) -> bool:
    """Is it a mediation that names its mediator and not both sides?"""
    return claim.event == "CONSULT" and bool(claim.roles.mediator) and len(sides) < TWO


def _is_third(cast: Cast, mediators: tuple[str, ...], sides: tuple[str, ...]) -> bool:
    """Is no mediator one of the two, nor of the country of one of them?"""
    ours = {cast.get(k).country for k in mediators} - {None}
    return not set(mediators) & set(sides) and not ours & {cast.get(k).country for k in sides}
