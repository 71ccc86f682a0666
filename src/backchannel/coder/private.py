"""Event claims -> those that tell of politics: acts among firms, athletes, patients or spouses are none (../shared/gold/GUIDE.md, rules 2 and 6).

The event head sees an act ("accused", "agreed to a deal"), not between whom. In political news private people act too (relatives demand, firms stop sales), so
what they do is left out only where most acts of the report are nobody political's: of the annotated reports of three sets none is like that.
"""

from __future__ import annotations

from collections.abc import Sequence

from backchannel import records as r
from backchannel.coder.anchors import Anchor
from backchannel.coder.cast import Cast

POLITICAL_KINDS = frozenset("state government ministry office military armed_group igo party".split())
POLITICAL_SECTORS = frozenset("GOV MIL LEG JUD COP SPY IGO PTY OPP REB".split())
PRIVATE_KINDS = frozenset("person people company media other".split())
PRIVATE_SECTORS = frozenset("CVL BUS MED EDU".split())  # between the two: unions, churches, aid organisations, refugees, criminals
FORCE = frozenset("SANCTION MOBILIZE COERCE ASSAULT".split())


def told_of_politics(cast: Cast, acts: Sequence[Anchor], events: Sequence[r.EventClaim], labelled: Sequence[r.EventClaim]) -> list[r.EventClaim]:
    """The claims ``labelled`` without those of private acts in a report of such, and without those that are not likely enough for an act of nobody political.
    What a type of the user's own names stays (there the labelled claim is another than the event).
    """
    parties = [[cast.get(k) for k in (*c.actor, *c.recipient)] for c in events]
    political = [any(map(is_political, some)) for some in parties]
    of_such = 2 * sum(political) < sum(map(bool, parties))
    return [
        claim
        for claim, event, act, some, public in zip(labelled, events, acts, parties, political, strict=True)
        if public or claim is not event or (act.score >= act.alone and not (of_such and some and all(map(is_private, some)) and not _in_public(cast, event)))
    ]


def is_political(actor: r.Actor) -> bool:
    """Is it a state, one of its bodies or officials, a party, an armed group, an international organisation?"""
    return actor.kind in POLITICAL_KINDS or not POLITICAL_SECTORS.isdisjoint(actor.sector)


def is_private(actor: r.Actor) -> bool:
    """Is it a firm, a medium, a school, or people of no office?"""
    return actor.kind in PRIVATE_KINDS and bool(actor.sector) and PRIVATE_SECTORS.issuperset(actor.sector)


def _in_public(cast: Cast, claim: r.EventClaim) -> bool:
    """Is it a protest, or force by people without a name or by nobody named? So militants act, and so who arrests or executes is left out."""
    by_whom = not claim.actor or any(cast.get(k).kind == "people" for k in claim.actor)
    return claim.event == "PROTEST" or (claim.event in FORCE and by_whom)
