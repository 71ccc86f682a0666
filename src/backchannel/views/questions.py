"""What reports say is unknown: open, or answered by which later claim. An answer closes nothing: the question keeps all its alternatives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Unpack

from backchannel.ledger import Fact, Happening, Ledger
from backchannel.ledger.events import Affairs
from backchannel.ledger.facts import name_words
from backchannel.ledger.matching import SAME, SIDES
from backchannel.ledger.parties import likeness
from backchannel.ledger.standing import REALISED, affirms
from backchannel.records import EventClaim, Party, QuestionClaim, Span, digest
from backchannel.views.rows import Row, of_facts, texts
from backchannel.views.view import Filters, View, chosen
from backchannel.views.wording import clean, joined

SAME_QUESTION = 0.6  # share of words two reports' questions must have in common to be one


class Question(Row, frozen=True, kw_only=True, tag="question"):
    """Something a report says is unknown."""

    about: str | None = None
    alternatives: tuple[str, ...] = ()
    asked_by: str | None = None
    state: Literal["open", "answered"] = "open"
    answered_by: str | None = None  # claim id
    answer: str | None = None  # the alternative it asserts
    answered_on: str | None = None  # publication of the answer

    def what(self) -> str:
        """Whether A or B."""
        asked = f"whether {joined(self.alternatives, 'or')}" if self.alternatives else clean(self.about or "something unknown")
        return f"{asked} ({self.state})"

    def notes(self) -> list[str]:
        """The answer."""
        return [f"answered on {self.answered_on or 'an unknown day'}: {self.answer}"] if self.state == "answered" else []

    def date(self) -> str:
        """When it was asked."""
        return f"asked {self.told_on}" if self.told_on else "undated"


def rows(ledger: Ledger, **wanted: Unpack[Filters]) -> View[Question]:
    """The questions, oldest first, open ones before answered ones."""
    affairs = ledger.affairs(wanted.get("as_known_on"))
    found = [question(group, affairs) for group in _same(affairs.others)]
    return chosen("questions", sorted(found, key=lambda q: (q.state != "open", q.told_on or "", q.id)), wanted)


def _same(others: Sequence[Fact]) -> list[list[Fact]]:
    """The questions, those that reports put in nearly the same words together."""
    groups: list[list[Fact]] = []
    for fact in others:
        if isinstance(fact.claim, QuestionClaim):
            mine = _words(fact)
            for group in groups:
                theirs = _words(group[0])
                if mine and len(mine & theirs) / len(mine | theirs) >= SAME_QUESTION:
                    group.append(fact)
                    break
            else:
                groups.append([fact])
    return groups


def _words(fact: Fact) -> set[str]:
    claim = fact.claim
    assert isinstance(claim, QuestionClaim)
    return set(name_words(" ".join(s.text for s in (*claim.alternatives, *((claim.about,) if claim.about else ())))))


def question(group: Sequence[Fact], affairs: Affairs) -> Question:
    """The question of these claims, with its answer when a later report gives one."""
    claim = group[0].claim
    assert isinstance(claim, QuestionClaim)
    inside = [f for g in group for f in _claims_inside(g)]
    answer = _answer(group, inside, affairs.happenings)
    parties = {(p.name, p.country, p.entity): p for f in inside for p in f.parties()}
    return Question(
        **of_facts(group),
        id="q" + digest(min(f.id for f in group)),
        about=_about(group[0].filed.report.text, claim.about) if claim.about else None,
        alternatives=texts(claim.alternatives),
        asked_by=claim.asked_by,
        parties=tuple(Party(name=p.name, role="actor", country=p.country, entity=p.entity) for p in parties.values()),
        state="answered" if answer else "open",
        answered_by=answer[0].id if answer else None,
        answer=answer[1] if answer else None,
        answered_on=answer[0].filed.published[0] if answer else None,
    )


def _about(text: str, span: Span) -> str:
    """What is not known in its words, with the "whether" before them, also of what is "not clear that"."""
    before = text[: span.start].split()[-1:]
    return f"whether {clean(span.text)}" if before and before[0].lower() in ("whether", "if", "that") else clean(span.text)


def _claims_inside(fact: Fact) -> list[Fact]:
    """The event claims that hang on words inside the question's alternatives."""
    claim = fact.claim
    assert isinstance(claim, QuestionClaim)
    spans = (*claim.alternatives, *((claim.about,) if claim.about else ()))
    return [Fact(c, fact.filed) for c in fact.filed.coded.claims if isinstance(c, EventClaim) and any(_holds(s, c.anchor) for s in spans)]


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _answer(group: Sequence[Fact], inside: Sequence[Fact], happenings: Sequence[Happening]) -> tuple[Fact, str] | None:
    """The earliest later claim that asserts one of the alternatives as a fact, and that alternative."""
    asked = {f.filed.report.id for f in group}
    first = min((f.filed.published[0] or "" for f in group), default="")
    found = []
    for mine in (f for f in inside if first and _is_asked(f)):
        for happening in happenings:
            for fact in happening.facts:
                later = fact.filed.report.id not in asked and (fact.filed.published[0] or "") >= first
                if (
                    later
                    and fact.event.event == mine.event.event
                    and fact.event.status in REALISED
                    and affirms(fact)
                    and fact.event.certainty in ("certain", "probable")
                ) and _alike_parties(mine, fact):
                    found.append((fact.filed.published[0] or "", fact.id, fact, _alternative(mine)))
    return min(found, key=lambda f: f[:2])[2:] if found else None


def _is_asked(fact: Fact) -> bool:
    """Whether the question is if the act takes place: it stands in an alternative, or behind "whether" (who asks why or how takes it for done)."""
    text = fact.filed.report.text
    questions = [c for c in fact.filed.coded.claims if isinstance(c, QuestionClaim)]
    whether = [c.about for c in questions if c.about and _about(text, c.about).startswith("whether ")]
    return any(_holds(s, fact.claim.anchor) for s in (*whether, *(a for c in questions for a in c.alternatives)))


def _alike_parties(a: Fact, b: Fact) -> bool:
    sides = [likeness(a.parties(r), b.parties(r)) for r in SIDES]
    known = [s[0] for s in sides if s is not None]
    return bool(known) and min(known) > 0 and sum(known) / len(known) >= SAME


def _alternative(fact: Fact) -> str:
    for claim in fact.filed.coded.claims:
        if isinstance(claim, QuestionClaim):
            for span in claim.alternatives:
                if _holds(span, fact.claim.anchor):
                    return clean(span.text)
    return clean(fact.claim.anchor.text)
