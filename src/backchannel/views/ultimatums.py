"""Who threatens whom with what unless which demand is met by when; and what became of it.

A threatened act (SANCTION, ASSAULT, COERCE, MOBILIZE) and the threatening told in the same sentence are one ultimatum when a demand, condition
or deadline goes with them. Its state follows from later claims: carried out, met, extended, withdrawn; lapsed when the term has passed with
nothing reported.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Unpack

from backchannel.ledger import Fact, Happening, Ledger
from backchannel.ledger.events import participants
from backchannel.ledger.facts import Profile
from backchannel.ledger.intervals import days, iso
from backchannel.ledger.parties import alike
from backchannel.ledger.standing import REALISED, SAME_PARTY, affirms
from backchannel.records import Party, Span, UltimatumState, When
from backchannel.views.rows import Row, is_background, of_facts, texts
from backchannel.views.view import Filters, View, chosen
from backchannel.views.wording import act, clean, due, joined, on

ACTS = frozenset({"SANCTION", "ASSAULT", "COERCE", "MOBILIZE"})
STEPS = frozenset({"AGREE", "CONCEDE", "RETREAT"})  # what meeting a demand can look like


FEW_WORDS = 2
# Conditions that are the affair of the threatener.
OWN = re.compile(r"(?:if|unless)\s+(?:I\b.*|\w+\s+(?:can|could|must|may|might|will|wish|want|be|have to|need to))", re.IGNORECASE | re.DOTALL)
ANSWER_DAYS = 366  # an act reported later than this after the threat is not taken for the threatened one
FRESH_DAYS = 31  # nor an undated one reported later than this


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
        term = f" {due(self.deadline)}" if self.deadline else ""
        if self.demand:
            terms = f"{joined(self.demand)}{term}, or else {threat}"
        else:  # a conditional threat: nothing is asked for in so many words
            terms = f"{threat}{term}" + (f" “{joined(self.condition)}”" if self.condition else "")
        return f"{sides}: {terms} ({self.state.replace('_', ' ')})"

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
    """Threats and threatened acts that make up one ultimatum each: joined by a shared sentence and issuer, and kept when they have terms."""
    threats = [h for h in happenings if h.event.type == "THREATEN" or (h.event.type in ACTS and any(f.event.status == "threatened" for f in h.facts))]
    sentences: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for place, happening in enumerate(threats):
        for fact in happening.facts:
            for span in fact.claim.evidence[:1] or (fact.claim.anchor,):
                sentences[fact.filed.report.id, span.start, span.end].append(place)
    parent = list(range(len(threats)))
    for members in sentences.values():
        for one, two in itertools.combinations(members, 2):  # a sentence may tell of the threats of several
            if _same_issuer(threats[one], threats[two]):
                a, b = sorted((_root(parent, one), _root(parent, two)))
                parent[b] = a
    found: dict[int, list[Happening]] = defaultdict(list)
    for place, happening in enumerate(threats):
        found[_root(parent, place)].append(happening)
    return [group for group in found.values() if _has_terms(group) or _demanded(group, asked or {})]


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        i = parent[i]
    return i


def _same_issuer(a: Happening, b: Happening) -> bool:
    left, right = _parties([a], "actor"), _parties([b], "actor")
    return not left or not right or any(alike(p, q)[0] >= 0.5 for p in left for q in right)


def _has_terms(group: Sequence[Happening]) -> bool:
    return any(f.event.deadline or _condition(f) or (f.event.event == "THREATEN" and f.event.roles.demand) for h in group for f in h.facts)


def _condition(fact: Fact) -> Span | None:
    """The condition, when it is one that somebody else can meet: not "if necessary", "if they can", "if I win"."""
    condition = fact.event.condition
    return condition if condition and len(condition.text.split()) > FEW_WORDS and not OWN.fullmatch(condition.text) else None


def _demanded(group: Sequence[Happening], asked: Asked) -> list[Fact]:
    """The acts demanded in the sentences of a threatened act."""
    keys = dict.fromkeys((f.filed.report.id, s) for h in group if h.event.type in ACTS for f in h.facts for s in f.claim.evidence[:1])
    return [f for key in keys for f in asked.get(key, ())]


def _told(fact: Fact, demand: Span) -> str:
    """A demand in its words, "against" included: "warned against striking"."""
    before = fact.filed.report.text[: demand.start].rstrip()
    return f"against {clean(demand.text)}" if before.endswith(" against") else clean(demand.text)


def _act_told(fact: Fact) -> str:
    """A demanded act by its word and whom it is done to: "release Andrew Brunson"."""
    return " ".join([clean(fact.claim.anchor.text), joined(p.name for p in fact.parties("recipient"))]).strip()


def _parties(group: Sequence[Happening], role: Any) -> list[Profile]:
    return [p for h in group for f in h.facts for p in f.parties(role)]


def ultimatum(group: Sequence[Happening], happenings: Sequence[Happening], horizon: str | None, asked: Asked | None = None) -> Ultimatum:
    """The ultimatum these happenings make up."""
    facts = [f for h in group for f in h.facts]
    demanded = _demanded(group, asked or {})
    condition = texts([c for f in facts if (c := _condition(f))])
    demands = tuple(dict.fromkeys(_told(f, s) for f in facts for s in f.event.roles.demand))
    acts = [f for f in facts if f.event.event in ACTS]
    lead = (acts or facts)[0]
    deadline = _latest([f for f in facts if f.event.deadline] or [f for f in demanded if f.event.deadline])
    state, why = _state(group, facts, happenings, horizon, deadline)
    told = participants(facts)
    issuers = _names(told, "actor")
    told = tuple(p for p in told if p.role != "recipient" or clean(p.name) not in issuers)  # nobody threatens himself
    threat_when = next((h.event.when for h in group if h.event.type == "THREATEN" and h.event.when and h.event.when != deadline), None)
    shared = of_facts(facts) | {
        "id": "u" + min(h.event.id for h in group)[1:],
        "parties": told,
        "background": is_background(deadline or threat_when, facts),
    }
    return Ultimatum(
        **shared,
        when=threat_when,
        status=lead.event.status,
        standing=next((h.event.standing for h in group if h.event.type in ACTS), group[0].event.standing),
        mode=lead.event.mode,
        issuer=issuers,
        addressee=_names(told, "recipient"),
        threatened_type=lead.event.event if acts else None,
        demand=_shortest(demands or (() if condition else tuple(dict.fromkeys(map(_act_told, demanded))))),
        threat=_threat(acts),
        deadline=deadline,
        condition=condition,
        state=state,
        state_why=why,
    )


def _threat(acts: Sequence[Fact]) -> tuple[str, ...]:
    """The threatened acts in their words, as the reports have them one after the other."""
    return texts([f.claim.anchor for f in sorted(acts, key=lambda f: (f.filed.published[0] or "", f.filed.report.id, f.claim.anchor.start))])


def _shortest(found: tuple[str, ...]) -> tuple[str, ...]:
    """Without those that another one contains."""
    return tuple(t for t in found if not any(o != t and t in o for o in found))


def _names(told: Sequence[Party], role: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean(p.name) for p in told if p.role == role))


def _latest(facts: Sequence[Fact]) -> When | None:
    """The deadline as the newest report gives it."""
    return max(facts, key=lambda f: (f.filed.published[1] or "", f.id)).event.deadline if facts else None


def _state(
    group: Sequence[Happening], facts: Sequence[Fact], happenings: Sequence[Happening], horizon: str | None, deadline: When | None
) -> tuple[UltimatumState, str]:
    """What became of it, by later claims, and which."""
    issuers = _parties(group, "actor")
    addressees = [p for p in _parties(group, "recipient") if not any(alike(p, q)[0] >= SAME_PARTY for q in issuers)]
    first_told = min((p for f in facts if (p := f.filed.published[0])), default="")
    inside = {id(h) for h in group}
    later = [h for h in happenings if id(h) not in inside and h.event.status in REALISED and _told_after(h, first_told)]
    acts = {(f.event.event, f.event.mode) for f in facts if f.event.event in ACTS}
    for h in [*group, *later]:
        done = h.event.status in REALISED and any(h.event.type == t and (not m or not h.event.mode or h.event.mode == m) for t, m in acts)
        answers = done and _soon(h, first_told) and _is_evidence(h, first_told, deadline)
        if answers and _match(issuers, _parties([h], "actor")) and _match(addressees, _parties([h], "recipient")):
            return "carried_out", f"{act(h.event.type, h.event.mode)} reported" + (f" on {on(h.event.when)}" if h.event.when else ", undated")
    if any(not affirms(f) and f.speaker and _match(issuers, [f.speaker]) for f in facts):
        return "withdrawn", "taken back by its issuer"
    wanted = {(f.event.event, f.event.mode) for h in happenings for f in h.facts if f.event.status == "demanded" and _shares_sentence(f, facts)}
    for h in later:
        if h.event.type in STEPS and (h.event.type, h.event.mode) in wanted and _match(addressees, _parties([h], "actor")):
            return "met", f"{act(h.event.type, h.event.mode)} by {joined(p.name for p in h.event.participants if p.role == 'actor')} reported"
    ends = {(f.filed.published[1] or "", d.last) for f in facts if (d := days(f.event.deadline))}
    if len({e for _, e in ends}) > 1 and max(ends)[1] > min(ends)[1]:
        return "extended", f"first due {iso(min(ends)[1])}"
    span = days(deadline)
    last = iso(span.last) if span else None
    if last and horizon and last < horizon:
        return "lapsed", f"its term ({last}) has passed with nothing reported"
    return "standing", ""


def _told_after(happening: Happening, first_told: str) -> bool:
    """Whether it is news that came after the threat: reported later, and not as something older."""
    span = days(happening.event.when)
    fresh = span is None or (iso(span.last) or "9999") >= first_told
    return fresh and any((f.filed.published[0] or "") > first_told for f in happening.facts)


def _soon(happening: Happening, first_told: str) -> bool:
    """Whether it can be the answer to a threat of that day: reported within ``ANSWER_DAYS``."""
    start = days(When(start=first_told, end=first_told)) if first_told else None
    told = [d for f in happening.facts if (d := f.filed.out)]
    return start is None or any(d.first - start.last <= ANSWER_DAYS for d in told)


def _is_evidence(happening: Happening, first_told: str, deadline: When | None) -> bool:
    """Whether it shows that the threat was carried out: not when it is denied or began before the threat; when undated, only as fresh news of an act, told soon
    after the threat and when its term was over ("two days before the sanctions deadline").
    """
    if happening.event.standing in ("disputed", "denied") or not first_told:
        return False
    if span := days(happening.event.when):
        return (iso(span.first) or "") >= first_told
    due = days(deadline)
    told = [(f.filed.published[0] or "", d) for f in happening.facts if (d := f.filed.out) and f.event.status == "happened"]
    start = days(When(start=first_told, end=first_told))
    return any(p > ((iso(due.last) if due else None) or "") and start and 0 <= d.first - start.last <= FRESH_DAYS for p, d in told)


def _match(some: Sequence[Profile], others: Sequence[Profile]) -> bool:
    return any(alike(a, b)[0] >= 0.5 for a in some for b in others)


def _shares_sentence(fact: Fact, facts: Sequence[Fact]) -> bool:
    return any(fact.filed is f.filed and set(fact.claim.evidence) & set(f.claim.evidence) for f in facts)


__all__ = ["Ultimatum", "groups", "rows", "ultimatum"]
