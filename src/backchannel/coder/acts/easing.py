"""Acts of a report -> those that ease sanctions or tariffs, with whom they weigh on as whom the easing is for.

"If sanctions are lifted" names nobody who lifts them, so the networks only choose somebody, mostly the one that wants them gone.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from backchannel import records as r
from backchannel.coder.acts.roles import Links
from backchannel.coder.acts.sides import LIKELY, Rating

MEASURES = frozenset("sanction tariff duty levy embargo blockade penalty restriction".split())


def with_relieved(linked: Sequence[Links], sides: Sequence[Rating], claims: Sequence[r.EventClaim]) -> list[r.EventClaim]:
    """The claims of a report, each with its links and rated sides: who is under sanctions and imposes none is not taken for who eases them."""
    easing = [_eases(links) for links in linked]
    under = {k for c, eased in zip(claims, easing, strict=True) if eased or c.event == "SANCTION" for k in c.recipient}
    under -= {k for c in claims if c.event == "SANCTION" for k in c.actor}
    doubted = [{k for k, p in actors if p < LIKELY} & under if eased else set[str]() for eased, (actors, *_) in zip(easing, sides, strict=True)]
    return [_relieving(c, own) for c, own in zip(claims, doubted, strict=True)]


def _eases(links: Links) -> bool:
    """Does an act take back measures ("lifted sanctions", "sanctions relief", "relief from tariffs")?"""
    reading, head = links.reading, links.head
    words = (*range(links.anchor.first, links.anchor.last), *reading.children[head])
    return links.anchor.type in ("RETREAT", "CONCEDE") and any(reading.lemmas[w].lower() in MEASURES for w in words)


def _relieving(claim: r.EventClaim, relieved: set[str]) -> r.EventClaim:
    """The claim with those actors as recipients."""
    moved = tuple(k for k in claim.actor if k in relieved)
    others = tuple(k for k in claim.recipient if k not in relieved)
    return msgspec.structs.replace(claim, actor=tuple(k for k in claim.actor if k not in relieved), recipient=(*moved, *others)) if moved else claim
