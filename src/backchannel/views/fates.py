"""What became of an ultimatum, by later reports: carried out, met, extended, withdrawn; lapsed when its term has passed with nothing reported."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Any

from backchannel.ledger import Fact, Happening
from backchannel.ledger.facts import Profile
from backchannel.ledger.intervals import days, iso
from backchannel.ledger.parties import alike
from backchannel.ledger.sayings import REALISED, affirms, negates
from backchannel.ledger.standing import SAME_PARTY
from backchannel.records import EventType, UltimatumState, When
from backchannel.views.wording import act, joined, on

ACTS = frozenset({"SANCTION", "ASSAULT", "COERCE", "MOBILIZE"})
STEPS = frozenset({"AGREE", "CONCEDE", "RETREAT"})  # what meeting a demand can look like
PROLONGED = re.compile(r"extend|prolong|postpon|delay|defer|renew|put|push", re.IGNORECASE)
ANSWER_DAYS = 366  # an act reported later than this after the threat is not taken for the threatened one
FRESH_DAYS = 31  # nor an undated one reported later than this


def fate(
    group: Sequence[Happening], facts: Sequence[Fact], happenings: Sequence[Happening], horizon: str | None, deadline: When | None
) -> tuple[UltimatumState, str]:
    """What became of it, by later claims, and which."""
    issuers = parties_of(group, "actor")
    addressees = [p for p in parties_of(group, "recipient") if not any(alike(p, q)[0] >= SAME_PARTY for q in issuers)]
    first_told = min((p for f in facts if (p := f.filed.published[0])), default="")
    inside = {id(h) for h in group}
    later = [h for h in happenings if id(h) not in inside and h.event.status in REALISED and _told_after(h, first_told)]
    acts = {(f.event.event, f.event.mode) for f in facts if f.event.event in ACTS and f.event.status not in (*REALISED, "demanded")}
    for h in [*group, *later]:
        done = h.event.status in REALISED and any(h.event.type == t and (not m or not h.event.mode or h.event.mode == m) for t, m in acts)
        answers = done and _soon(h, first_told) and _is_evidence(h, first_told, deadline)
        if answers and alike_to(issuers, parties_of([h], "actor")) and alike_to(addressees, parties_of([h], "recipient")):
            return "carried_out", f"{act(h.event.type, h.event.mode)} reported" + (f" on {on(h.event.when)}" if h.event.when else ", undated")
    if any(f.speaker and alike_to(issuers, [f.speaker]) for f in _denied(acts, happenings, first_told)):
        return "withdrawn", "taken back by its issuer"
    if any(alike_to(issuers, f.parties("actor")) and alike_to(addressees, f.parties("recipient")) for f in _taken_back(happenings, first_told)):
        return "withdrawn", "given up by its issuer"
    wanted = {(f.event.event, f.event.mode) for h in happenings for f in h.facts if f.event.status == "demanded" and _shares_sentence(f, facts)}
    for h in later:
        if h.event.type in STEPS and (h.event.type, h.event.mode) in wanted and alike_to(addressees, parties_of([h], "actor")):
            return "met", f"{act(h.event.type, h.event.mode)} by {joined(p.name for p in h.event.participants if p.role == 'actor')} reported"
    span = days(deadline)
    last = iso(span.last) if span else None
    if last and horizon and last < horizon:
        return "lapsed", f"its term ({last}) has passed with nothing reported"
    ends = {(f.filed.published[1] or "", d.last) for f in facts if (d := days(f.event.deadline))}
    if len({e for _, e in ends}) > 1 and max(ends)[1] > min(ends)[1]:
        return "extended", f"first due {iso(min(ends)[1])}"
    return "standing", ""


def _denied(acts: Set[tuple[EventType, str | None]], happenings: Sequence[Happening], first_told: str) -> list[Fact]:
    """What is told later to be not so of acts like the threatened ones ("will not impose sanctions")."""
    like = (h for h in happenings if any(h.event.type == t and (not m or not h.event.mode or h.event.mode == m) for t, m in acts))
    return [f for h in like for f in h.facts if (f.filed.published[0] or "") > first_told and negates(f)]


def _taken_back(happenings: Sequence[Happening], first_told: str) -> list[Fact]:
    """What concedes a threat in the words of a later report ("dropped his threat to impose tariffs"), unless it only gives another day."""
    later = [f for h in happenings for f in h.facts if (f.filed.published[0] or "") > first_told]
    threats = {(f.filed.report.id, s) for f in later if f.event.event == "THREATEN" for s in f.claim.evidence[:1]}
    conceded = (f for f in later if f.event.event == "CONCEDE" and f.event.status in REALISED and affirms(f) and not PROLONGED.match(f.claim.anchor.text))
    return [f for f in conceded if any((f.filed.report.id, s) in threats for s in f.claim.evidence[:1])]


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


def alike_to(some: Sequence[Profile], others: Sequence[Profile]) -> bool:
    """Whether one of some parties can be one of the others."""
    return any(alike(a, b)[0] >= 0.5 for a in some for b in others)


def _shares_sentence(fact: Fact, facts: Sequence[Fact]) -> bool:
    return any(fact.filed is f.filed and set(fact.claim.evidence) & set(f.claim.evidence) for f in facts)


def parties_of(group: Sequence[Happening], role: Any) -> list[Profile]:
    """The parties in a role of what is told of happenings."""
    return [p for h in group for f in h.facts for p in f.parties(role)]
