"""Everything that happened, happens or is to happen, in order of date, whatever its kind, with its terms and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

from backchannel import plover
from backchannel.ledger import Happening, Ledger
from backchannel.ledger.standing import affirms
from backchannel.records import EventType, Party, When
from backchannel.register.describe import is_share
from backchannel.views.rows import Row, in_words, of_happening, place_of, texts
from backchannel.views.view import Filters, View, chosen
from backchannel.views.wording import act, act_by, clean, due, joined, named, once, quoted

TERMS = ("topic", "demand", "instrument", "quantity", "trigger", "purpose")  # of two that are the same the first is shown

PERSONS = ("Q", "p:")  # what the ids of persons begin with in the register


class EventRow(Row, frozen=True, kw_only=True, tag="event"):
    """An event with its terms."""

    type: EventType = "CONSULT"
    mode: str | None = None
    contexts: tuple[str, ...] = ()  # PLOVER contexts, then types of the user's own
    score: float = 0.0  # PLOVER
    anchors: tuple[str, ...] = ()  # the words the reports use for it
    where: str | None = None
    place: str | None = None  # with its preposition
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
        actors, recipients, mediators = (_most_specific([p for p in self.parties if p.role == role]) for role in ("actor", "recipient", "mediator"))
        others = [_of_whom(actors, name) for name in recipients]
        sides = f"{joined(actors) or 'Unnamed'}" + (f" → {joined(others)}" if others else "") + (f" (through {joined(mediators)})" if mediators else "")
        status = "" if self.status in ("happened", None) else f", {self.status.replace('_', ' ')}"
        return f"{sides}: {act_by(act(self.type, self.mode, self.contexts), self.anchors)} ({quoted(self.anchors)}){status}"

    def notes(self) -> list[str]:
        """Place, terms, reasons: each thing once, and nothing that the parties' names tell."""
        parties = named(self.parties)
        told = once({name: getattr(self, name) for name in TERMS}, parties)
        return [
            *_amounts(told["quantity"], told["instrument"]),
            *([clean(self.place)] if self.place else []),
            *([f"topic: {joined(told['topic'])}"] if told["topic"] else []),
            *([f"demand: {joined(told['demand'])}"] if told["demand"] else []),
            *([f"triggered by {joined(told['trigger'])}"] if told["trigger"] else []),
            *([f"purpose: {joined(told['purpose'])}"] if told["purpose"] else []),
            *([due(self.deadline)] if self.deadline else []),
            *([f"condition: “{joined(self.condition)}”"] if self.condition else []),
            *([f"denied by {joined(map(clean, self.denied_by))}"] if self.denied_by else []),
        ]


def _amounts(quantity: Sequence[str], instrument: Sequence[str]) -> list[str]:
    """How many and with what: one phrase where the one counts the other ("two", "submarines"; not "three sailors", "a coast guard vessel")."""
    parts = [clean(joined(phrases)) for phrases in (quantity, instrument) if phrases]
    counted = len(parts) == 2 and is_share(parts[0].removesuffix(" of").split(" ")[-1])
    return [" ".join(parts)] if counted else parts


def _most_specific(parties: Sequence[Party]) -> list[str]:
    """The names of one side: a state only where no person of it is named, nobody's people beside himself."""
    persons = {p.country for p in parties if p.entity and p.entity.startswith(PERSONS)}
    names = named(p for p in parties if not ((p.entity or "").startswith("state:") and p.country in persons))
    return [n for n in names if not any(n.startswith((f"{other}'s ", f"{other}' ")) for other in names)]


def _of_whom(actors: Sequence[str], name: str) -> str:
    """A party that is called by its owner, who is the actor, as "own": "Mexico → own diplomats"."""
    owner = next((a for a in actors if name.startswith((f"{a}'s ", f"{a}' ", f"{a}’s "))), None)
    return f"own {name[len(owner) :].split(' ', 1)[1]}" if owner and len(actors) == 1 else name


def rows(ledger: Ledger, **wanted: Unpack[Filters]) -> View[EventRow]:
    """All events, in order of date."""
    return chosen("timeline", (event_row(h) for h in ledger.affairs(wanted.get("as_known_on")).happenings), wanted)


def event_row(happening: Happening) -> EventRow:
    """The event with the terms its claims give."""
    event, facts = happening.event, happening.facts
    yes = [f for f in facts if affirms(f)] or list(facts)
    terms: dict[str, Any] = {name: texts([s for f in yes for s in getattr(f.event.roles, name)]) for name in TERMS}
    terms["demand"] = tuple(dict.fromkeys(in_words(f, s) for f in yes for s in f.event.roles.demand if clean(s.text) in terms["demand"]))
    return EventRow(
        **of_happening(happening),
        **terms,
        type=event.type,
        mode=event.mode,
        contexts=tuple(dict.fromkeys(c for f in yes for c in f.event.contexts)),
        score=plover.score(event.type, event.mode),
        where=event.where,
        place=place_of(yes, event.where),
        anchors=texts([f.claim.anchor for f in yes]),
        deadline=next((f.event.deadline for f in yes if f.event.deadline), None),
        condition=texts([f.event.condition for f in yes if f.event.condition]),
        denied_by=happening.stand.denied_by,
    )
