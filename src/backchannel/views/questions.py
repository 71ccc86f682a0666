"""What reports say is unknown: open, or answered by which later claim. An answer closes nothing: the question keeps all its alternatives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Unpack

from backchannel.ledger import Fact, Happening, Ledger
from backchannel.ledger.events import Affairs
from backchannel.ledger.facts import name_words
from backchannel.ledger.intervals import days
from backchannel.ledger.matching import SAME, SIDES
from backchannel.ledger.meaning import rarity
from backchannel.ledger.parties import likeness
from backchannel.ledger.standing import REALISED, affirms
from backchannel.records import EventClaim, Party, QuestionClaim, Span, digest
from backchannel.views.rows import Row, of_facts, texts
from backchannel.views.view import Filters, View, chosen
from backchannel.views.wording import clean, joined

SHARED = 0.5  # of the words that a question speaks of beyond act, parties and time those an answer must share (one: both answers in 150 reports were wrong)
STEM = 5  # letters at which words of an answer are compared with those of the question ("struck" and "strike" are the act's own)
AHEAD = frozenset(("will", "would", "to", "may", "might", "could", "can", "should"))  # words before an act that is asked about as to come
CLAUSE = 3  # words of a clause at least: "that the truth may never be known" asks for the truth
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
        asked = f"whether {self.about or joined(self.alternatives, 'or')}" if self.alternatives else clean(self.about or "something unknown")
        return f"{asked} ({self.state})"

    def notes(self) -> list[str]:
        """Who asks, and the answer."""
        asker = [f"asked by {clean(self.asked_by)}"] if self.asked_by else []
        return asker + ([f"answered on {self.answered_on or 'an unknown day'}: {self.answer}"] if self.state == "answered" else [])

    def sure(self) -> str:
        """How many know of it; that what is asked is uncertain goes without saying."""
        return super().sure().removeprefix("certainty unknown, ")

    def date(self) -> str:
        """When it was asked."""
        return f"asked {self.told_on}" if self.told_on else "undated"


def rows(ledger: Ledger, **wanted: Unpack[Filters]) -> View[Question]:
    """The questions, oldest first, open ones before answered ones."""
    affairs = ledger.affairs(wanted.get("as_known_on"))
    found = [question(group, affairs) for group in _same(affairs.others)]
    return chosen("questions", sorted(found, key=lambda q: (q.state != "open", q.told_on or "", q.id)), wanted)


def _same(others: Sequence[Fact]) -> list[list[Fact]]:
    """The questions, those that reports put in nearly the same words about the same sides together."""
    groups: list[list[Fact]] = []
    for fact in others:
        if isinstance(fact.claim, QuestionClaim):
            mine = _words(fact)
            for group in groups:
                theirs = _words(group[0])
                if mine and len(mine & theirs) / len(mine | theirs) >= SAME_QUESTION and not _of_others(fact, group[0]):
                    group.append(fact)
                    break
            else:
                groups.append([fact])
    return groups


def _words(fact: Fact) -> set[str]:
    """The words of what is asked; function words ("it will", "to") count where there are no others."""
    found = set(name_words(" ".join(s.text for s in _spans(fact))))
    return {w for w in found if _tells(w)} or found


def _of_others(a: Fact, b: Fact) -> bool:
    """Whether two questions ask the same of different sides ("Norway has not decided whether to expel them", "Sweden ...")."""
    return any(x.event.event == y.event.event and not _alike_parties(x, y) for x in _claims_inside(a) for y in _claims_inside(b))


def question(group: Sequence[Fact], affairs: Affairs) -> Question:
    """The question of these claims, with its answer when a later report gives one."""
    claim = group[0].claim
    assert isinstance(claim, QuestionClaim)
    inside = [f for g in group for f in _claims_inside(g)]
    answer = _answer(group, inside, affairs.happenings)
    parties = {(p.name, p.country, p.entity): p for f in inside for p in f.parties()}
    text = group[0].filed.report.text
    whole = _spans(group[0])[-1]
    return Question(
        **of_facts(group),
        id="q" + digest(min(f.id for f in group)),
        about=_about(text, claim.about) if claim.about else clean(whole.text) if whole not in claim.alternatives else None,
        alternatives=texts(claim.alternatives),
        asked_by=next((p.name for g in group for p in g.filed.profiles.values() if p.key == _asker(g)), None),
        parties=tuple(Party(name=p.name, role="actor", country=p.country, entity=p.entity) for p in parties.values()),
        state="answered" if answer else "open",
        answered_by=answer[0].id if answer else None,
        answer=answer[1] if answer else None,
        answered_on=answer[0].filed.published[0] if answer else None,
    )


def _asker(fact: Fact) -> str | None:
    return fact.claim.asked_by if isinstance(fact.claim, QuestionClaim) else None


def _about(text: str, span: Span) -> str:
    """What is not known in its words, with the "whether" before them, also of what is "not clear that"."""
    before, clause = " ".join(text[: span.start].split()[-1:]).lower(), len(span.text.split()) >= CLAUSE
    return f"whether {clean(span.text)}" if before in ("whether", "if") or (before == "that" and clause) else clean(span.text)


def _spans(fact: Fact) -> tuple[Span, ...]:
    """The words of what is asked: alternatives, what it is about; of alternatives that name no act ("the army or the rebels") also the clause they begin."""
    claim = fact.claim
    assert isinstance(claim, QuestionClaim)
    spans = (*claim.alternatives, *((claim.about,) if claim.about else ()))
    anchors = [c.anchor for c in fact.filed.coded.claims if isinstance(c, EventClaim)]
    first, last = claim.alternatives[:1], claim.evidence[-1:]
    if first and last and first[0].end <= last[0].end and not any(_holds(s, a) for s in spans for a in anchors):
        whole = fact.filed.report.text[first[0].start : last[0].end].rstrip(".! ")
        return (*spans, Span(start=first[0].start, end=first[0].start + len(whole), text=whole))
    return spans


def _claims_inside(fact: Fact) -> list[Fact]:
    """The event claims that hang on words of what is asked."""
    spans = _spans(fact)
    return [Fact(c, fact.filed) for c in fact.filed.coded.claims if isinstance(c, EventClaim) and any(_holds(s, c.anchor) for s in spans)]


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _answer(group: Sequence[Fact], inside: Sequence[Fact], happenings: Sequence[Happening]) -> tuple[Fact, str] | None:
    """The earliest later claim that asserts one of the alternatives as a fact, and that alternative."""
    asked = {f.filed.report.id for f in group}
    first = min((f.filed.published[0] or "" for f in group), default="")
    found = []
    for mine in (f for f in inside if first):
        for clause in _clauses(group, mine):
            rest, ahead = _beyond(mine, clause), _is_ahead(mine, clause)
            for fact in (f for h in happenings for f in h.facts if f.filed.report.id not in asked and (f.filed.published[0] or "") >= first):
                told = fact.event.event == mine.event.event and _asserts(fact) and _alike_parties(mine, fact) and _fits(fact, rest, ahead, mine)
                if told and (answer := _alternative(group, clause, fact)) is not None:
                    found.append((fact.filed.published[0] or "", fact.id, fact, answer))
    return min(found, key=lambda f: f[:2])[2:] if found else None


def _asserts(fact: Fact) -> bool:
    return fact.event.status in REALISED and affirms(fact) and fact.event.certainty in ("certain", "probable")


def _clauses(group: Sequence[Fact], mine: Fact) -> list[Span]:
    """The clauses that ask whether the act takes place: alternatives, or behind "whether" (who asks why or how takes it for done)."""
    own = [(g, g.claim.about) for g in group if g.filed is mine.filed and isinstance(g.claim, QuestionClaim)]
    spans = [s for g, about in own for s in _spans(g) if s != about or _about(g.filed.report.text, s).startswith("whether ")]
    return [s for s in spans if _holds(s, mine.claim.anchor)]


def _beyond(mine: Fact, clause: Span) -> set[str]:
    """Beginnings of the words of a clause beyond its act, parties and time: what else an answer speaks of ("the hospital in Rafah")."""
    keys = {p.key for p in mine.parties()}
    known = [m.text for a in mine.filed.coded.actors if a.key in keys for m in a.mentions if clause.start <= m.start < clause.end]
    apart = " ".join([mine.claim.anchor.text, *known, mine.claim.when.text if mine.claim.when and mine.claim.when.text else ""])
    return _stems(clause.text) - _stems(apart)


def _stems(text: str) -> set[str]:
    return {w[:STEM] for w in name_words(text) if _tells(w)}


def _tells(word: str) -> bool:
    """Whether a word is no function word (those of two letters are not in the table of rarity)."""
    return len(word) > 2 and rarity(word) > 0


def _is_ahead(mine: Fact, clause: Span) -> bool:
    """Whether the clause asks of what is to come."""
    before = mine.filed.report.text[clause.start : mine.claim.anchor.start].lower().split()
    return not AHEAD.isdisjoint(before)


def _fits(fact: Fact, rest: set[str], ahead: bool, mine: Fact) -> bool:
    """Whether a later claim can be the act asked about: it speaks of the same things, and is no act from before where one to come was asked about."""
    if len(rest & _stems(" ".join(s.text for s in fact.claim.evidence))) < SHARED * len(rest):
        return False
    asked = days(mine.filed.report.published)
    if asked is None or fact.days is None:
        return True
    return fact.days.last >= asked.first if ahead else fact.days.first <= asked.last


def _alternative(group: Sequence[Fact], clause: Span, fact: Fact) -> str | None:
    """The alternative that the act asserts: the clause itself, or of several parties the one that did it."""
    given = [s for g in group if isinstance(g.claim, QuestionClaim) for s in (*g.claim.alternatives, g.claim.about)]
    if clause in given:
        return clean(clause.text)
    words = {w for p in fact.parties("actor") for w in p.words}
    inside = [s for s in given if s and _holds(clause, s) and words & set(name_words(s.text))]
    return clean(inside[0].text) if len(inside) == 1 else None


def _alike_parties(a: Fact, b: Fact) -> bool:
    sides = [likeness(a.parties(r), b.parties(r)) for r in SIDES]
    known = [s[0] for s in sides if s is not None]
    return bool(known) and min(known) > 0 and sum(known) / len(known) >= SAME
