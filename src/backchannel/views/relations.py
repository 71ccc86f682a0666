"""How two parties stand to each other: each turn that a report gives, with its reasons; and the monthly balance of what they did to each other.

A leader's relation with a leader counts for their states. A state of things that somebody denies is disputed, and denied where nobody else tells it: it is not
dropped, and not passed on as a fact either. The balance is the mean PLOVER score (-10 conflict .. +10 cooperation) of what has
happened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Unpack

from backchannel import plover
from backchannel.ledger import Fact, Happening, Ledger
from backchannel.ledger.camps import names
from backchannel.ledger.facts import Profile
from backchannel.ledger.intervals import days, iso, tightest
from backchannel.ledger.sayings import stance
from backchannel.ledger.standing import REALISED
from backchannel.records import Party, Quality, RelationClaim, Standing, Trend, digest
from backchannel.views.rows import Row, is_background, of_facts, texts
from backchannel.views.view import Filters, View, chosen
from backchannel.views.wording import clean, joined, named, on, on_day

Sides = tuple[Profile, Profile]


class RelationTurn(Row, frozen=True, kw_only=True, tag="relation"):
    """What the state of a relation is said to be."""

    pair: tuple[str, ...] = ()  # ISO codes, or names where there is no country; in order
    quality: Quality = "unknown"
    trend: Trend = "unknown"
    because: tuple[str, ...] = ()

    def what(self) -> str:
        """Russia – United States: worsening."""
        state = ", ".join(s.replace("_", " ") for s in (self.quality, self.trend) if s != "unknown") or "characterised, not rated"
        held = [*([self.standing] if self.standing else []), *([self.certainty] if self.certainty != "certain" else [])]
        return f"{' – '.join(named(self.parties))}: {state}{f' ({joined(held)})' if held else ''}"

    def date(self) -> str:
        """When it was so; else the day it was told."""
        return on(self.when) if self.when and (self.when.start or self.when.end) else f"as of {on_day(self.told_on)}" if self.told_on else "undated"

    def notes(self) -> list[str]:
        """The reasons given."""
        return [f"because of {joined(self.because)}"] if self.because else []


class Balance(Row, frozen=True, kw_only=True, tag="balance"):
    """One month of what two states did to each other."""

    pair: tuple[str, ...] = ()
    month: str = ""
    n_events: int = 0
    score: float = 0.0  # mean PLOVER score
    cooperation: int = 0
    conflict: int = 0

    def what(self) -> str:
        """RUS – USA 2025-08: -3.2 over 4 events."""
        return f"{' – '.join(self.pair)} {self.month}: {self.score:+.1f} over {self.n_events} event{'s' * (self.n_events != 1)}"

    def notes(self) -> list[str]:
        """How many of each sign."""
        return [f"{self.cooperation} cooperative, {self.conflict} conflictual"]


def rows(ledger: Ledger, **wanted: Unpack[Filters]) -> View[RelationTurn]:
    """The turns of relations, by pair and date; of several allies each with the first, whose they are."""
    affairs = ledger.affairs(wanted.get("as_known_on"))
    told: dict[tuple[object, ...], list[tuple[Fact, Sides]]] = defaultdict(list)
    for fact in affairs.others:
        if isinstance(claim := fact.claim, RelationClaim):
            parties = fact.parties("between")
            for other in parties[1:]:
                sides = parties[0], other
                told[pair_of(sides), claim.quality, claim.trend, claim.certainty, claim.when and claim.when.start].append((fact, sides))
    found = [_turn([fact for fact, _ in facts], facts[0][1]) for facts in told.values()]
    return chosen("relations", sorted(found, key=lambda r: (r.pair, (r.when.start if r.when else None) or r.told_on or "", r.id)), wanted)


def pair_of(parties: Sequence[Profile]) -> tuple[str, ...]:
    """The states (or names) of the parties, in order."""
    return tuple(sorted({p.country or clean(p.name) for p in parties}))


def _turn(facts: list[Fact], sides: Sides) -> RelationTurn:
    claims = [f.claim for f in facts if isinstance(f.claim, RelationClaim)]
    first = claims[0]
    when = tightest([c.when for c in claims if c.when])
    ordered = sorted(sides, key=lambda p: (p.country or p.name, p.name))
    parties = tuple(Party(name=p.name, role="actor", country=p.country, entity=p.entity) for p in ordered)
    several = pair_of(sides) if max(len(c.between) for c in claims) > 2 else ()
    return RelationTurn(
        **of_facts(facts),
        id="l" + digest(min(f.id for f in facts), *several),
        parties=parties,
        when=when,
        **_standing(facts),
        pair=pair_of(sides),
        quality=first.quality,
        trend=first.trend,
        because=texts([s for c in claims for s in c.because]),
        background=is_background(when, facts),
    )


def _standing(facts: list[Fact]) -> dict[str, Any]:
    """How it stands where somebody denies that it is so."""
    no = [f for f in facts if stance(f) == "denies"]
    if not no:
        return {}
    yes = [f for f in facts if stance(f) not in ("denies", "declines_to_comment")]
    deniers = joined(names(no)) or "an unnamed source"
    standing: Standing = "disputed" if yes else "denied"
    told = f"said by {joined(names(yes)) or 'the report'}, " if yes else ""
    return {"standing": standing, "standing_why": f"{told}denied by {deniers}"}


def balances(ledger: Ledger, **wanted: Unpack[Filters]) -> View[Balance]:
    """The monthly balance of pairs of states, from events that happened and are dated to the month."""
    affairs = ledger.affairs(wanted.get("as_known_on"))
    months: dict[tuple[tuple[str, ...], str], list[Happening]] = defaultdict(list)
    for happening in affairs.happenings:
        month = _month(happening)
        if month and happening.event.status in REALISED and happening.stand.standing != "denied":
            for pair in _pairs(happening):
                months[pair, month].append(happening)
    found = (_balance(pair, month, events) for (pair, month), events in sorted(months.items()))
    return chosen("balance", found, wanted)


def _pairs(happening: Happening) -> list[tuple[str, str]]:
    """The pairs of states between which it happened: actors with recipients, or with each other when nobody is acted upon."""
    sides = happening.event.participants
    actors, recipients = ({p.country for p in sides if p.role == role and p.country} for role in ("actor", "recipient"))
    pairs = {(min(a, b), max(a, b)) for a in actors for b in (recipients or actors) if a != b}
    return sorted(pairs)


def _month(happening: Happening) -> str | None:
    span = days(happening.event.when) or min((d for f in happening.facts if (d := days(f.filed.report.published))), default=None)
    first, last = (iso(span.first), iso(span.last)) if span else (None, None)
    return first[:7] if first and last and first[:7] == last[:7] else None


def _balance(pair: tuple[str, ...], month: str, happenings: list[Happening]) -> Balance:
    scores = [plover.score(h.event.type, h.event.mode) for h in happenings]
    shared = of_facts([f for h in happenings for f in h.facts])
    return Balance(
        **shared,
        id="b" + digest(*pair, month),
        parties=tuple(Party(name=c, role="actor", country=c) for c in pair),
        pair=pair,
        month=month,
        n_events=len(scores),
        score=round(sum(scores) / len(scores), 2),
        cooperation=sum(s > 0 for s in scores),
        conflict=sum(s < 0 for s in scores),
    )
