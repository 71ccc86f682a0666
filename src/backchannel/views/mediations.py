"""Who mediates, or tried to, between whom; who asked for it, who offered it, or that this is an open question; what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Unpack

from backchannel.ledger import Fact, Happening, Ledger
from backchannel.ledger.facts import Profile, name_words
from backchannel.ledger.intervals import days
from backchannel.ledger.parties import alike
from backchannel.ledger.standing import SAME_PARTY
from backchannel.records import EventClaim, OfficeClaim, QuestionClaim, Span
from backchannel.views.contacts import is_contact, is_mediated, onward, speaks_of_mediation
from backchannel.views.rows import Row, of_happening, texts
from backchannel.views.view import Filters, View, chosen
from backchannel.views.wording import clean, joined, named, words

NEAR_DAYS = 60  # a contact of the mediator with a party this close in time belongs to the mediation


class Mediation(Row, frozen=True, kw_only=True, tag="mediation"):
    """A mediation, attempted ones included."""

    type: str = "CONSULT"
    mode: str | None = None
    mediators: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    as_office: tuple[str, ...] = ()
    asked_by: tuple[str, ...] = ()
    offered_by: tuple[str, ...] = ()
    initiative: str | None = None  # "open" when a question about it stands
    question: str | None = None  # id of that question
    alternatives: tuple[str, ...] = ()
    outcome: str | None = None  # failed, ongoing, ...; null when nothing is said of it
    contacts: tuple[str, ...] = ()  # ids of the contacts that belong to it
    topics: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()

    def what(self) -> str:
        """Netanyahu between the Trump administration and Putin: attempted."""
        state = ", ".join(dict.fromkeys(s for s in ((self.status or "").replace("_", " "), self.outcome or "") if s))
        office = f" (as {joined(self.as_office)})" if self.as_office else ""
        several = len(self.between) > 1 or any(_is_several(side.lower()) for side in self.between)
        between = f" between {joined(self.between if several else (*self.between, 'an unnamed side'))}" if self.between else ""
        return f"{joined(self.mediators) or 'Unnamed mediator'}{office}{between}: {state}"

    def notes(self) -> list[str]:
        """Initiative, purpose, contacts."""
        return [
            *([f"initiative open: {joined(self.alternatives, 'or')}"] if self.initiative == "open" else []),
            *([f"asked by {joined(self.asked_by)}"] if self.asked_by else []),
            *([f"offered by {joined(self.offered_by)}"] if self.offered_by else []),
            *([f"purpose: {joined(self.purpose)}"] if self.purpose else []),
            *([f"topics: {joined(self.topics)}"] if self.topics else []),
            *(["1 contact belongs to it" if len(self.contacts) == 1 else f"{len(self.contacts)} contacts belong to it"] if self.contacts else []),
        ]


def rows(ledger: Ledger, **wanted: Unpack[Filters]) -> View[Mediation]:
    """The mediations, in order of date."""
    affairs = ledger.affairs(wanted.get("as_known_on"))
    happenings = [h for h in affairs.happenings if is_mediation(h)]
    talks = {work for h in happenings if h.event.type == "CONSULT" for work in _works(h)}
    once = [h for h in happenings if h.event.type == "CONSULT" or not talks & set(_works(h))]  # not the truce beside its brokering
    found = (mediation(h, affairs.happenings, affairs.others) for h in _told_once(once))
    return chosen("mediations", found, wanted)


def _is_several(side: str) -> bool:
    """Does one name stand for both sides, or all ("the delegations", "two administrations")?"""
    several = words()["sides"]
    return side.split(" ", 1)[0] in several["counted"] or side.rsplit(" ", 1)[-1] in several["nouns"]


def is_mediation(happening: Happening) -> bool:
    """Whether the event is talks with a mediator, or talks of two named parties through a third party."""
    event = happening.event
    return event.type in ("CONSULT", "AGREE") and is_mediated(happening)


def _works(happening: Happening) -> Iterator[tuple[str, Span, str]]:
    """Where it is told who mediates: report, sentence, mediator."""
    return ((f.filed.report.id, s, p.key) for f in happening.facts for s in f.claim.evidence[:1] for p in f.parties("mediator"))


def _told_once(happenings: Sequence[Happening]) -> Iterator[Happening]:
    """Without what the same sentence tells again, of the same mediator and sides ("held talks, with C mediating")."""
    seen = set[tuple[tuple[str, Span, str], tuple[str, ...]]]()
    for h in sorted(happenings, key=lambda h: -len(h.facts)):
        told = {(work, tuple(sorted(named(h.event.participants, "actor", "recipient")))) for work in _works(h)}
        if not told or not told <= seen:
            yield h
        seen |= told


def mediation(happening: Happening, happenings: Sequence[Happening], others: Sequence[Fact]) -> Mediation:
    """The event as a mediation."""
    facts, event = happening.facts, happening.event
    mediators = [p for f in facts for p in f.parties("mediator")]
    question = _question(facts, mediators, others)
    asked = question is not None and isinstance(question.claim, QuestionClaim)
    return Mediation(
        **of_happening(happening),
        mode=event.mode,
        type=event.type,
        mediators=tuple(named(event.participants, "mediator")),
        between=tuple(named(event.participants, "actor", "recipient")),
        as_office=_offices(facts, mediators),
        asked_by=() if asked else _askers(happening, mediators, happenings),
        offered_by=tuple(named(event.participants, "mediator")) if event.status == "offered" else (),
        initiative="open" if asked else None,
        question=question.id if question else None,
        alternatives=_alternatives(question),
        outcome=_outcome(facts),
        contacts=_contacts(happening, mediators, happenings),
        topics=texts([s for f in facts for s in f.event.roles.topic]),
        purpose=texts([s for f in facts for s in f.event.roles.purpose]),
    )


def _question(facts: Sequence[Fact], mediators: Sequence[Profile], others: Sequence[Fact]) -> Fact | None:
    """The question, in one of the same reports, that is about this mediator's mediating."""
    reports = {f.filed.report.id for f in facts}
    for fact in others:
        if not isinstance(fact.claim, QuestionClaim) or fact.filed.report.id not in reports:
            continue
        spans = [*fact.claim.alternatives, *([fact.claim.about] if fact.claim.about else []), *fact.claim.evidence]
        said = " ".join(s.text for s in spans)
        if speaks_of_mediation(said) and any(m.words and m.words[-1] in name_words(said) for m in mediators):
            return fact
    return None


def _alternatives(question: Fact | None) -> tuple[str, ...]:
    return texts(question.claim.alternatives) if question and isinstance(question.claim, QuestionClaim) else ()


def _outcome(facts: Sequence[Fact]) -> str | None:
    """failed, when the sentence says so of it or the report gives it as not having happened."""
    for fact in facts:
        after = " ".join(s.text for s in fact.claim.evidence).lower()
        if fact.event.status == "did_not_happen" or any(cue in after for cue in words()["cues"]["failed"]):
            return "failed"
    return None


def _offices(facts: Sequence[Fact], mediators: Sequence[Profile]) -> tuple[str, ...]:
    """The offices in which the mediator acted: those named in the sentence of the mediation."""
    found = []
    for fact in facts:
        keys = {m.key for m in fact.parties("mediator")}
        for claim in fact.filed.coded.claims:
            near = any(s.start <= claim.anchor.start < s.end for s in fact.claim.evidence)
            if isinstance(claim, OfficeClaim) and claim.person in keys and near:
                found.append(clean(claim.office))
    return tuple(dict.fromkeys(found))


def _askers(mediation: Happening, mediators: Sequence[Profile], happenings: Sequence[Happening]) -> tuple[str, ...]:
    """Who requested the mediation of this mediator, in a claim of its own: in a report that tells of the mediation, or near in time and one of its sides."""
    sides = [p for f in mediation.facts for p in f.parties("actor", "recipient")]
    found: list[str] = []
    for happening in happenings:
        if happening.event.type != "REQUEST" or happening.stand.standing in ("denied", "unclear"):
            continue
        shared, near = _together(mediation, happening)
        for fact in happening.facts:
            to_mediator = any(alike(m, p)[0] >= SAME_PARTY for m in mediators for p in fact.parties("recipient"))
            of_it = shared or (near and _in(sides, fact.parties("actor")))
            if to_mediator and of_it and speaks_of_mediation(_words_of(fact)):
                found += [p.name for p in fact.parties("actor")]
    return tuple(dict.fromkeys(map(clean, found)))


def _together(a: Happening, b: Happening) -> tuple[bool, bool]:
    """Whether a report tells of both, and whether both may be of the same ``NEAR_DAYS``."""
    first, second = (days(h.event.when) or next((d for f in h.facts if (d := f.filed.out)), None) for h in (a, b))
    shared = {f.filed.report.id for f in a.facts} & {f.filed.report.id for f in b.facts}
    return bool(shared), first is None or second is None or first.gap(second) <= NEAR_DAYS


def _words_of(fact: Fact) -> str:
    """What is asked for: the words of its roles, and those of the sentence from the asking on."""
    claim = fact.claim
    assert isinstance(claim, EventClaim)
    return " ".join((*onward(fact), *(s.text for s in (*claim.roles.demand, *claim.roles.topic, *claim.roles.purpose))))


def _contacts(happening: Happening, mediators: Sequence[Profile], happenings: Sequence[Happening]) -> tuple[str, ...]:
    sides = [p for f in happening.facts for p in f.parties("actor", "recipient")]
    found = []
    for other in happenings:
        if other is happening or not is_contact(other):
            continue
        parties = [p for f in other.facts for p in f.parties()]
        if all(_together(happening, other)) and _in(mediators, parties) and _in(sides, parties):
            found.append(other.event.id)
    return tuple(found)


def _in(some: Sequence[Profile], parties: Sequence[Profile]) -> bool:
    return any(alike(a, b)[0] >= SAME_PARTY for a in some for b in parties)
