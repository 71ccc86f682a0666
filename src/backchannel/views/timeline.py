"""Everything that happened, happens or is to happen, in order of date, whatever its kind, with its terms and how it stands."""

from __future__ import annotations

from typing import Any, Unpack

from backchannel import plover
from backchannel.ledger import Happening, Ledger
from backchannel.ledger.standing import affirms
from backchannel.records import EventType, When
from backchannel.views.rows import Row, of_happening, texts
from backchannel.views.view import Filters, View, chosen
from backchannel.views.wording import act, clean, due, joined, named

TERMS = ("topic", "demand", "instrument", "quantity", "trigger", "purpose")


class EventRow(Row, frozen=True, kw_only=True, tag="event"):
    """An event with its terms."""

    type: EventType = "CONSULT"
    mode: str | None = None
    contexts: tuple[str, ...] = ()  # PLOVER contexts, then types of the user's own
    score: float = 0.0  # PLOVER
    anchors: tuple[str, ...] = ()  # the words the reports use for it
    where: str | None = None
    topic: tuple[str, ...] = ()
    demand: tuple[str, ...] = ()
    instrument: tuple[str, ...] = ()
    quantity: tuple[str, ...] = ()
    trigger: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()
    deadline: When | None = None
    condition: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()

    def what(self) -> str:
        """Trump → Russia: deployment of weapons (“deployment”), happened."""
        actors, recipients, mediators = (named(self.parties, role) for role in ("actor", "recipient", "mediator"))
        sides = f"{joined(actors) or 'Unnamed'}" + (f" → {joined(recipients)}" if recipients else "") + (f" (through {joined(mediators)})" if mediators else "")
        status = "" if self.status in ("happened", None) else f", {self.status.replace('_', ' ')}"
        return f"{sides}: {act(self.type, self.mode, self.contexts)} (“{joined(self.anchors[:2])}”){status}"

    def notes(self) -> list[str]:
        """Place, terms, reasons."""
        amount = joined([*self.quantity, *self.instrument], "") if self.quantity and self.instrument else joined([*self.quantity, *self.instrument])
        return [
            *([" ".join(amount.split())] if amount else []),
            *([clean(self.where)] if self.where else []),
            *([f"topic: {joined(self.topic)}"] if self.topic else []),
            *([f"demand: {joined(self.demand)}"] if self.demand else []),
            *([f"triggered by {joined(self.trigger)}"] if self.trigger else []),
            *([f"for: {joined(self.purpose)}"] if self.purpose else []),
            *([due(self.deadline)] if self.deadline else []),
            *([f"condition: “{joined(self.condition)}”"] if self.condition else []),
            *([f"denied by {joined(map(clean, self.denied_by))}"] if self.denied_by else []),
        ]


def rows(ledger: Ledger, **wanted: Unpack[Filters]) -> View[EventRow]:
    """All events, in order of date."""
    return chosen("timeline", (event_row(h) for h in ledger.affairs(wanted.get("as_known_on")).happenings), wanted)


def event_row(happening: Happening) -> EventRow:
    """The event with the terms its claims give."""
    event, facts = happening.event, happening.facts
    yes = [f for f in facts if affirms(f)] or list(facts)
    terms: dict[str, Any] = {name: texts([s for f in yes for s in getattr(f.event.roles, name)]) for name in TERMS}
    return EventRow(
        **of_happening(happening),
        **terms,
        type=event.type,
        mode=event.mode,
        contexts=tuple(dict.fromkeys(c for f in yes for c in f.event.contexts)),
        score=plover.score(event.type, event.mode),
        where=event.where,
        anchors=texts([f.claim.anchor for f in yes]),
        deadline=next((f.event.deadline for f in yes if f.event.deadline), None),
        condition=texts([f.event.condition for f in yes if f.event.condition]),
        denied_by=happening.stand.denied_by,
    )
