"""Who threatens whom with what unless which demand is met by when; and what became of it.

A threatened act (SANCTION, ASSAULT, COERCE, MOBILIZE), the threatening and the demand told in the same sentence are one ultimatum when a demand, condition
or deadline goes with them; so is a demand alone that has a deadline. Its state follows from later claims: carried out, met, extended, withdrawn; lapsed when
the term has passed with nothing reported.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Unpack

from backchannel.ledger import Fact, Happening, Ledger
from backchannel.ledger.events import participants
from backchannel.ledger.intervals import days
from backchannel.ledger.parties import alike
from backchannel.ledger.standing import REALISED
from backchannel.records import Party, Span, Standing, UltimatumState, When
from backchannel.views.fates import ACTS, alike_to, fate, parties_of
from backchannel.views.rows import Row, in_words, is_background, of_facts, texts
from backchannel.views.view import Filters, View, chosen
from backchannel.views.wording import act, clean, due, joined, on, once

SETTING = frozenset({"THREATEN", "REQUEST"})  # acts of whoever issues it
SPEAKING = frozenset({"threatens", "demands", "promises"})  # stances of one's own threat

FEW_WORDS = 2
# Conditions that are the affair of the threatener.
OWN = re.compile(r"(?:if|unless)\s+(?:I\b.*|\w+\s+(?:can|could|must|may|might|will|wish|want|be|have to|need to))", re.IGNORECASE | re.DOTALL)
UNMET = re.compile(r"\b(?:unless|not|no|without|fails?|refuses?)\b|n['’]t\b", re.IGNORECASE)  # in a condition: what happens when a demand is not met
# A condition that only points back at a demand: "should it refuse", "if they fail", "if not", "otherwise".
POINTING = re.compile(
    r"(?:otherwise|if not|(?:if|should|unless)\s+(?:\S+\s+){1,3}(?:(?:do|does|did|will)(?:\s+not|n['’]t)|refuses?d?|fails?|failed|declines?d?))\W*", re.I
)
# The object right behind a verb, up to what begins another phrase; what has a preposition behind it, as the nouns of acts have, stands for itself.
PREPOSITIONS = "about|against|among|at|between|by|for|from|in|into|of|off|on|out|over|to|toward|towards|up|upon|with"
LINKS = "after|and|as|because|before|but|if|in case|or|should|that|unless|until|when|which|while|within"
OBJECT = re.compile(rf"\s+(?!(?:{PREPOSITIONS}|{LINKS})\b)(?:(?!(?:{LINKS}|by)\b)(?:[\w'’$€£%-]|[.,](?=\d))+\s*){{1,7}}(?<=\S)")
BOUND = re.compile(r"(?:by|until|till|before|within)\b", re.IGNORECASE)
HANGING = re.compile(rf"(?:\s+(?:{PREPOSITIONS}|the|an?))+$")  # what a cut after so many words leaves without its noun
SOON = 7  # days after its term within which an ultimatum may be prolonged


class Ultimatum(Row, frozen=True, kw_only=True, tag="ultimatum"):
    """A threat with terms."""

    type: str = "THREATEN"
    mode: str | None = None
    issuer: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    demand: tuple[str, ...] = ()
    threat: tuple[str, ...] = ()
    threatened_type: str | None = None
    deadline: When | None = None
    condition: tuple[str, ...] = ()
    state: UltimatumState = "standing"
    state_why: str = ""

    def what(self) -> str:
        """Trump to Russia: agree to a ceasefire before Fri 8 Aug 2025, or else sanctions."""
        kind = self.threatened_type or ("THREATEN" if self.mode else None)
        threat = joined(self.threat) or (act(kind, self.mode) if kind else "consequences that are not named")
        sides = (joined(self.issuer) or "Unnamed") + (f" to {joined(self.addressee)}" if self.addressee else "")
        term = f" {self._term()}" if self.deadline else ""
        if self.type == "REQUEST":
            terms = self._asked(joined(self.demand) or ("leave" if self.mode == "expel" else "a demand"))
        elif self.demand:
            terms = f"{self._asked(joined(self.demand))}, or else {threat}"
        else:  # a conditional threat: nothing is asked for in so many words
            terms = f"{threat}{term}" + (f" “{joined(self.condition)}”" if self.condition else "")
        return f"{sides}: {terms} ({self.state.replace('_', ' ')})"

    def _asked(self, demand: str) -> str:
        """What is asked with its term, in the place of the words for it where the demand has them: "withdraw by Wed 5 Nov 2025 before any talks"."""
        term, words = self._term(), clean((self.deadline and self.deadline.text) or "")
        demand = demand.removeprefix("to ")
        return demand.replace(words, term, 1) if words and words in demand else f"{demand} {term}".strip()

    def _term(self) -> str:
        """By when it is due; what time is given for is due by its end ("gave them until Sunday to leave")."""
        term, words = due(self.deadline), clean((self.deadline and self.deadline.text) or "")
        given = term.startswith("until ") and any(f"{words} to " in clean(e.text) for e in self.evidence)
        return term.replace("until", "by", 1) if given else term

    def notes(self) -> list[str]:
        """The condition in its own words, and why it stands as it does."""
        return [
            *([f"condition: “{joined(self.condition)}”"] if self.condition and self.demand else []),
            *([self.state_why] if self.state_why else []),
        ]

    def date(self) -> str:
        """The day of the threat; else of the report."""
        return on(self.when) if self.when else on(When(start=self.told_on, end=self.told_on)) if self.told_on else "undated"


def rows(ledger: Ledger, **wanted: Unpack[Filters]) -> View[Ultimatum]:
    """The ultimatums, by deadline."""
    affairs = ledger.affairs(wanted.get("as_known_on"))
    asked = _asked(affairs.happenings)
    found = [ultimatum(group, affairs.happenings, affairs.horizon, asked) for group in groups(affairs.happenings, asked)]
    return chosen("ultimatums", sorted(found, key=lambda u: ((u.deadline.end if u.deadline else None) or "9999", u.told_on or "", u.id)), wanted)


Asked = dict[tuple[str, Span], list[Fact]]  # report and sentence -> the acts that are demanded there


def _asked(happenings: Sequence[Happening]) -> Asked:
    found: Asked = defaultdict(list)
    for fact in (f for h in happenings for f in h.facts if f.event.status == "demanded"):
        for span in fact.claim.evidence[:1]:
            found[fact.filed.report.id, span].append(fact)
    return found


def groups(happenings: Sequence[Happening], asked: Asked | None = None) -> list[list[Happening]]:
    """Demands, threats and threatened acts that make up one ultimatum each: joined by a shared sentence and issuer, and kept when they have terms."""
    told = [h for h in happenings if _is_threat(h) or h.event.type == "REQUEST" or _is_order(h)]
    sentences: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for place, happening in enumerate(told):
        for fact in happening.facts:
            for span in fact.claim.evidence[:1] or (fact.claim.anchor,):
                sentences[fact.filed.report.id, span.start, span.end].append(place)
    parent = list(range(len(told)))
    for one, two in (*_of_one_sentence(sentences), *_pointing_back(told, sentences)):
        if _same_issuer(told[one], told[two]) or _same_term(told[one], told[two]):  # a sentence may tell of the threats of several
            a, b = sorted((_root(parent, one), _root(parent, two)))
            parent[b] = a
    found: dict[int, list[Happening]] = defaultdict(list)
    for place, happening in enumerate(told):
        found[_root(parent, place)].append(happening)
    return _prolonged([*(group for group in found.values() if _is_ultimatum(group, asked or {})), *_merely_due(happenings, told)])


def _merely_due(happenings: Sequence[Happening], told: Sequence[Happening]) -> Iterator[list[Happening]]:
    """What somebody must do by a day though no word demands it ("the envoy must leave by Friday"): demanded acts with a term in whose sentences nobody asks or
    threatens.
    """
    sentences = {(f.filed.report.id, s) for h in told for f in h.facts for s in f.claim.evidence[:1]}
    for happening in happenings:
        due = any(f.event.status == "demanded" and _has_term(f) and f.parties("actor") for f in happening.facts)
        if due and sentences.isdisjoint((f.filed.report.id, s) for f in happening.facts for s in f.claim.evidence[:1]):
            yield [happening]


def _prolonged(groups: Sequence[list[Happening]]) -> list[list[Happening]]:
    """The ultimatums, those that only tell an older one of the same sides and matter again, or give a later day for it, joined to it."""
    kept: list[list[Happening]] = []
    for group in sorted(groups, key=_first_told):
        older = next((g for g in reversed(kept) if _prolongs(group, g)), None)
        if older is None:
            kept.append(list(group))
        else:
            older += group
    return kept


def _prolongs(group: Sequence[Happening], older: Sequence[Happening]) -> bool:
    """Whether it is the older ultimatum told again with its day and demand, or with a later day, told before or soon after that was over."""
    term, last = _last_day(group), _last_day(older)
    told = days(When(start=_first_told(group), end=_first_told(group))) if _first_told(group) else None
    if term is None or last is None or told is None or term < last:
        return False
    if term > last and (told.first > last + SOON or _first_told(group) <= _first_told(older)):
        return False
    sides = all(alike_to(parties_of(group, role), parties_of(older, role)) for role in ("actor", "recipient"))
    one, two = ({w for h in g for f in h.facts for s in f.event.roles.demand for w in s.text.lower().split()} for g in (group, older))
    return sides and (len(one & two) * 4 >= len(one) + len(two) if one and two else term > last)


def _first_told(group: Sequence[Happening]) -> str:
    return min((p for h in group for f in h.facts if (p := f.filed.published[0])), default="")


def _last_day(group: Sequence[Happening]) -> int | None:
    return max((d.last for h in group for f in h.facts if (d := days(f.event.deadline))), default=None)


def _is_threat(happening: Happening) -> bool:
    """Whether it is a threat or a threatened act; so is one that is planned for the case that a demand is not met ("will leave unless")."""
    if happening.event.type == "THREATEN":
        return True
    return happening.event.type in ACTS and any(f.event.status == "threatened" or _is_planned_unless(f) for f in happening.facts)


def _is_order(happening: Happening) -> bool:
    """Whether it is an expulsion with a last day: a demand to leave by then."""
    return happening.event.type == "SANCTION" and happening.event.mode == "expel" and any(f.event.status in REALISED and _has_term(f) for f in happening.facts)


def _is_planned_unless(fact: Fact) -> bool:
    condition = _condition(fact)
    return fact.event.status == "planned" and condition is not None and condition.text.lower().startswith("unless")


def _is_ultimatum(group: Sequence[Happening], asked: Asked) -> bool:
    """Whether what is joined has terms: a threat a demand, a condition or a deadline, a demand alone a deadline."""
    if not any(map(_is_threat, group)):
        return any(f.event.mode != "meet" and f.event.status in REALISED and _has_term(f) for h in group for f in h.facts)
    return _has_terms(group) or bool(_demanded(group, asked))


def _of_one_sentence(sentences: Mapping[tuple[str, int, int], list[int]]) -> Iterator[tuple[int, int]]:
    for members in sentences.values():
        yield from itertools.combinations(members, 2)


def _pointing_back(told: Sequence[Happening], sentences: Mapping[tuple[str, int, int], list[int]]) -> Iterator[tuple[int, int]]:
    """Threatened acts and the demands of the sentence before that their condition points back at ("Should it refuse, ...")."""
    ends = {(report, end): members for (report, _, end), members in sentences.items()}
    for (report, start, _), members in sentences.items():
        before = next((found for gap in range(4) if (found := ends.get((report, start - gap)))), [])
        yield from ((one, two) for two in members for one in before if any(_points_back(f, report) for f in told[two].facts))


def _points_back(fact: Fact, report: str) -> bool:
    condition = fact.event.condition
    return fact.filed.report.id == report and fact.event.status == "threatened" and condition is not None and bool(POINTING.fullmatch(condition.text))


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        i = parent[i]
    return i


def _same_issuer(a: Happening, b: Happening) -> bool:
    left, right = (parties_of([h], "actor") + [f.speaker for f in h.facts if f.speaker and f.sources[-1].stance in SPEAKING] for h in (a, b))
    if "REQUEST" in (a.event.type, b.event.type) and not alike_to(parties_of([a], "recipient"), parties_of([b], "recipient")):
        return False  # a demand is that of the threat when both are directed at one side
    return not left or not right or any(alike(p, q)[0] >= 0.5 for p in left for q in right)


def _same_term(a: Happening, b: Happening) -> bool:
    """Whether both are due on one day."""
    left, right = ({f.event.deadline.end for f in h.facts if f.event.deadline and f.event.deadline.end} for h in (a, b))
    return not left.isdisjoint(right)


def _has_term(fact: Fact) -> bool:
    """Whether a last day is set, though it may not be known which: "within 30 days"."""
    term = fact.event.deadline
    return term is not None and bool(days(term) or BOUND.match(term.text or ""))


def _has_terms(group: Sequence[Happening]) -> bool:
    return any(f.event.deadline or _condition(f) or (f.event.event in SETTING and f.event.roles.demand) for h in group for f in h.facts)


def _condition(fact: Fact) -> Span | None:
    """The condition, when it is one that somebody else can meet: not "if necessary", "if they can", "if I win"."""
    condition = fact.event.condition
    return condition if condition and len(condition.text.split()) > FEW_WORDS and not OWN.fullmatch(condition.text) else None


def _demanded(group: Sequence[Happening], asked: Asked) -> list[Fact]:
    """The acts demanded in the sentences of a threatened act or of a demand."""
    keys = dict.fromkeys((f.filed.report.id, s) for h in group if h.event.type != "THREATEN" for f in h.facts for s in f.claim.evidence[:1])
    return [f for key in keys for f in asked.get(key, ())]


def _act_told(fact: Fact) -> str:
    """A demanded act by its word and whom it is done to: "release Andrew Brunson"."""
    return " ".join([clean(fact.claim.anchor.text), joined(p.name for p in fact.parties("recipient"))]).strip()


def _standing(group: Sequence[Happening], lead: Fact, state: UltimatumState) -> Standing:
    """How the threatened act stands; who threatens not to do something is denied by nobody, and what something came of has not lapsed."""
    found = next((h.event.standing for h in group if h.event.type in ACTS), group[0].event.standing)
    not_to = lead.event.polarity == "-" and lead.event.status in ("threatened", "planned", "expected")
    came_of_it = found == "lapsed" and state not in ("lapsed", "standing")
    return "threatened" if came_of_it or (found == "denied" and not_to) else found


def ultimatum(group: Sequence[Happening], happenings: Sequence[Happening], horizon: str | None, asked: Asked | None = None) -> Ultimatum:
    """The ultimatum these happenings make up."""
    facts = [f for h in group for f in h.facts]
    demanded = _demanded(group, asked or {})
    condition = texts([c for f in facts if (c := _condition(f))])
    demands = tuple(in_words(f, s) for f in facts for s in f.event.roles.demand)
    acts = [f for f in facts if f.event.event in ACTS] if any(map(_is_threat, group)) else []
    lead = (acts or facts)[0]
    deadline = _latest([f for f in facts if f.event.deadline] or [f for f in demanded if f.event.deadline]) or _unless_then(acts)
    state, why = fate(group, facts, happenings, horizon, deadline)
    told = participants(facts)
    setting = participants([f for f in facts if f.event.event in SETTING])
    asked_of = _names(told, "actor") if lead.event.status == "demanded" and not (acts or setting) else ()  # nobody is told to demand it
    issuers = _names(setting, "actor") or (() if asked_of else _names(told, "actor")) or tuple(n for n in _speakers(facts) if n not in asked_of)
    told = tuple(p for p in told if p.role != "recipient" or clean(p.name) not in issuers)  # nobody threatens himself
    threat_when = next((h.event.when for h in group if h.event.type == "THREATEN" and h.event.when and h.event.when != deadline), None)
    shared = of_facts(facts) | {
        "id": "u" + min(h.event.id for h in group)[1:],
        "parties": told,
        "background": is_background(deadline or threat_when, facts),
    }
    return Ultimatum(
        **shared,
        type="THREATEN" if any(map(_is_threat, group)) else "REQUEST",
        when=threat_when,
        status=lead.event.status,
        standing=_standing(group, lead, state),
        mode=lead.event.mode,
        issuer=issuers,
        addressee=asked_of or tuple(n for n in _names(setting, "recipient") if n not in issuers) or _names(told, "recipient"),
        threatened_type=lead.event.event if acts else None,
        demand=tuple(once({"demand": demands or (() if condition else tuple(map(_act_told, demanded)) or _due_acts(facts, asked_of))})["demand"]),
        threat=_threat(acts),
        deadline=deadline,
        condition=condition,
        state=state,
        state_why=why,
    )


def _threat(acts: Sequence[Fact]) -> tuple[str, ...]:
    """The threatened acts in their words, as the reports have them one after the other; "not conclude" where what is threatened is not to do it."""
    ordered = sorted(acts, key=lambda f: (f.filed.published[0] or "", f.filed.report.id, f.claim.anchor.start))
    told, negated = texts(list(map(_with_object, ordered))), {clean(_with_object(f).text) for f in acts if f.event.polarity == "-"}
    return tuple(f"not {t}" if t in negated else t for t in told)


def _due_acts(facts: Sequence[Fact], asked_of: Sequence[str]) -> tuple[str, ...]:
    """What must be done, in its words."""
    return texts([_with_object(f) for f in facts]) if asked_of else ()


def _with_object(fact: Fact) -> Span:
    """The words of an act, of a verb with the object that follows it ("close" "its border with Benin")."""
    anchor, sentence = fact.claim.anchor, next(iter(fact.claim.evidence), fact.claim.anchor)
    match = OBJECT.match(sentence.text, anchor.end - sentence.start)
    object_ = HANGING.sub("", match[0]) if match else ""
    return Span(start=anchor.start, end=anchor.end + len(object_), text=anchor.text + object_)


def _names(told: Sequence[Party], role: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean(p.name) for p in told if p.role == role))


def _speakers(facts: Sequence[Fact]) -> tuple[str, ...]:
    """Who says the words of a threat, by name."""
    return tuple(dict.fromkeys(clean(f.speaker.name) for f in facts if f.speaker))


def _unless_then(acts: Sequence[Fact]) -> When | None:
    """The day for which an act is threatened in case a demand is not met ("tariffs on June 10 unless ...")."""
    due = (f.event.when for f in acts if (c := f.event.condition) and UNMET.search(c.text) and f.event.when and f.event.when.direction == "future")
    return next((w for w in due if days(w)), None)


def _latest(facts: Sequence[Fact]) -> When | None:
    """The deadline as the newest report gives it."""
    return max(facts, key=lambda f: (f.filed.published[1] or "", f.id)).event.deadline if facts else None


__all__ = ["Ultimatum", "groups", "rows", "ultimatum"]
