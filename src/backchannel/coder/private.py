"""Event claims -> those that tell of politics: acts among firms, athletes, patients or spouses are none (../shared/gold/GUIDE.md, rules 2 and 6).

The event head sees an act ("accused", "agreed to a deal"), not between whom. In political news private people act too (relatives demand, firms stop sales), so
what they do is left out only where most acts of the report are theirs: of the annotated reports of three sets none is like that.
"""

from __future__ import annotations

from collections.abc import Sequence

from backchannel import records as r
from backchannel.coder.anchors import Anchor
from backchannel.coder.cast import Cast

POLITICAL_KINDS = frozenset("state government ministry office military armed_group igo party".split())
POLITICAL_SECTORS = frozenset("GOV MIL LEG JUD COP SPY IGO PTY OPP REB".split())


def told_of_politics(cast: Cast, acts: Sequence[Anchor], events: Sequence[r.EventClaim], labelled: Sequence[r.EventClaim]) -> list[r.EventClaim]:
    """The claims ``labelled`` without those of private acts in a report of such, and without those that are not likely enough for an act of nobody political.
    What a type of the user's own names stays (there the labelled claim is another than the event).
    """
    public = [any(is_political(cast.get(k)) for k in (*c.actor, *c.recipient)) for c in events]
    named = [bool(c.actor or c.recipient) for c in events]
    private = 2 * sum(public) < sum(named)
    return [
        claim
        for claim, event, act, open_, some in zip(labelled, events, acts, public, named, strict=True)
        if open_ or claim is not event or (act.score >= act.alone and not (private and some and not _of_many(cast, event)))
    ]


def is_political(actor: r.Actor) -> bool:
    """Is it a state, one of its bodies or officials, a party, an armed group, an international organisation?"""
    return actor.kind in POLITICAL_KINDS or not POLITICAL_SECTORS.isdisjoint(actor.sector)


def _of_many(cast: Cast, claim: r.EventClaim) -> bool:
    """Is it what makes a crowd political: a protest, or violence by or against people?"""
    return claim.event == "PROTEST" or (claim.event == "ASSAULT" and any(cast.get(k).kind == "people" for k in (*claim.actor, *claim.recipient)))
