"""Event claims -> those that tell of politics: acts among firms, athletes, patients or spouses are none (../shared/gold/GUIDE.md, rules 2 and 6).

The event head sees an act ("accused", "agreed to a deal"), not between whom. In political news private people act too (relatives demand, firms stop sales), so
what they do is left out only where fewer than a third of the acts are protests or have a political party: in no article of the held-out ones or gold/dev.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec
import numpy as np

from backchannel import records as r
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.parties.cast import Cast
from backchannel.reader import Reading
from backchannel.reader.labels import SECTORS

POLITICAL_KINDS = frozenset("state government ministry office military armed_group igo party".split())
POLITICAL = frozenset("GOV MIL LEG JUD COP SPY IGO PTY OPP REB".split())
PRIVATE = frozenset("CVL BUS MED EDU".split())  # between the two: unions, churches, aid organisations, refugees, criminals
IS_POLITICAL, IS_PRIVATE = (np.array([s in some for s in SECTORS]) for some in (POLITICAL, PRIVATE))
FORCE = frozenset("RETREAT SANCTION MOBILIZE COERCE ASSAULT".split())  # and its end
Standing = Literal["political", "private", "other"]


def told_of_politics(
    reading: Reading, cast: Cast, acts: Sequence[Anchor], events: Sequence[r.EventClaim], labelled: Sequence[r.EventClaim]
) -> list[r.EventClaim]:
    """The claims ``labelled`` without those of private acts in a report of such, and without those that are not likely enough for an act of nobody political.
    What a type of the user's own names stays (there the labelled claim is another than the event).
    """
    parties = [{standing(reading, cast, k) for k in (*c.actor, *c.recipient, *c.roles.mediator)} for c in events]
    of_politics = sum("political" in some or c.event == "PROTEST" for some, c in zip(parties, events, strict=True))
    of_such = 3 * of_politics < max(1, sum(map(bool, parties)))
    told = []
    for claim, event, act, some in zip(labelled, events, acts, parties, strict=True):
        enough = act.score >= act.alone
        if "political" in some and not enough:  # the report tells few acts
            told.append(msgspec.structs.replace(claim, why=(*claim.why, f"a political actor's: of nobody's it would need {act.alone:.2f} here")))
        elif "political" in some or claim is not event or (enough and not (of_such and some <= {"private"} and not _in_public(cast, event))):
            told.append(claim)
    return told


def standing(reading: Reading, cast: Cast, key: str) -> Standing:
    """Is it a state, one of its bodies or officials, a party, an armed group, an international organisation; a firm, a medium, a school or people of no office;
    or neither? Whom the register does not know is what it is called and what the sector head sees in it: "the king" may be one of chess.
    """
    actor = cast.get(key)
    political = actor.kind in POLITICAL_KINDS or not POLITICAL.isdisjoint(actor.sector)
    private = actor.kind != "place" and PRIVATE.issuperset(actor.sector)
    if not actor.entity:
        first, last, _ = cast.party(key).mentions[0]
        seen = reading.mean_of("sector", first, last)
        political = political and seen[IS_POLITICAL].sum() >= 0.5
        private = private or seen[IS_PRIVATE].sum() >= 0.5
    return "political" if political else "private" if private else "other"


def _in_public(cast: Cast, claim: r.EventClaim) -> bool:
    """Is it a protest, or force by people without a name or by nobody named? So militants act, and so who arrests or executes is left out."""
    by_whom = not claim.actor or any(cast.get(k).kind == "people" for k in claim.actor)
    return claim.event == "PROTEST" or (claim.event in FORCE and by_whom)
