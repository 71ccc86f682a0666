"""Two event claims -> how far they are one happening: a score and readable reasons.

A pair is compared on its type and mode, its parties (register entry, name, state), its days and its place; weights and thresholds are in
matching.toml. Which pairs are compared at all: blocking.py. What becomes of the scores: grouping.py.
"""

from __future__ import annotations

from typing import NamedTuple

from backchannel.ledger.blocking import MUTUAL, RECURRING, RELATED
from backchannel.ledger.facts import Fact, Role, name_words
from backchannel.ledger.intervals import Days
from backchannel.ledger.parties import likeness
from backchannel.ledger.settings import SETTINGS
from backchannel.records import When

SAME: float = SETTINGS["same"]
W, TYPE, TIME, SENTENCE = SETTINGS["weights"], SETTINGS["type"], SETTINGS["time"], SETTINGS["sentence"]
SIDES: tuple[Role, Role] = ("actor", "recipient")
REAL = frozenset({"happened", "ongoing", "ended", "attempted", "did_not_happen"})
COMING = frozenset({"planned", "expected", "offered", "proposed"})


class Pairing(NamedTuple):
    """How far two claims are one happening; score 0 = they cannot be."""

    score: float
    why: tuple[str, ...]


NO = Pairing(0.0, ())
COPIED = Pairing(1.0, ("the same words in a copy of the report",))
__all__ = ["COPIED", "MUTUAL", "NO", "SAME", "SIDES", "Pairing", "compare"]


# ------------------------------------------------------------------ one pair
def compare(a: Fact, b: Fact) -> Pairing:
    """How far two event claims are one happening, with reasons."""
    if (b.id, b.filed.report.id) < (a.id, a.filed.report.id):
        a, b = b, a
    kind = _types(a, b)
    if not kind.score or not _modality(a, b):
        return NO
    if a.filed is b.filed:
        return _within_report(a, b)
    time = _times(a, b)
    if not time.score:
        return NO
    parties = _parties(a, b)
    if parties.score < SETTINGS["parties"]["least"]:
        return NO
    place, reason = _places(a, b)
    score = W["type"] * kind.score + W["parties"] * parties.score + W["time"] * time.score + place
    return Pairing(round(min(1.0, max(0.0, score)), 3), (*kind.why, *parties.why, *time.why, *([reason] if reason else [])))


def _types(a: Fact, b: Fact) -> Pairing:
    left, right = a.event, b.event
    if left.event == right.event:
        if left.mode == right.mode:
            return Pairing(TYPE["same"], (f"both {left.event}" + (f"-{left.mode}" if left.mode else ""),))
        if left.mode and right.mode:
            return Pairing(TYPE["other_mode"], (f"both {left.event}, {left.mode} and {right.mode}",))
        return Pairing(TYPE["one_mode"], (f"both {left.event}, one says {left.mode or right.mode}",))
    if frozenset({left.event, right.event}) in RELATED:
        return Pairing(TYPE["related"], (f"{left.event} and {right.event} can be one act",))
    return NO


def _modality(a: Fact, b: Fact) -> bool:
    """Whether their statuses can be of one act: done with done, wanted with wanted; a plan meets its fulfilment only on the same dated day."""
    left, right = a.event.status, b.event.status
    if left == right or (left in REAL and right in REAL) or (left in COMING and right in COMING):
        return True
    if {left, right} <= REAL | COMING:
        first, second = a.days, b.days
        return bool(first and second and first.meet(second) and min(first.length, second.length) <= 7)
    return False


def _parties(a: Fact, b: Fact) -> Pairing:
    mediators = likeness(a.parties("mediator"), b.parties("mediator"))
    if mediators is not None and not mediators[0]:
        return NO
    if bool(a.parties("mediator")) != bool(b.parties("mediator")) and a.event.mode is None and b.event.mode is None:
        return NO  # a mediation and the talks it serves are two things
    if a.event.event in MUTUAL and b.event.event in MUTUAL:
        left, right = a.parties("actor", "recipient"), b.parties("actor", "recipient")
        both = likeness(left, right)
        if not both or not both[0]:
            return NO
        lonely = min(len(left), len(right)) == 1 < max(len(left), len(right))  # "Putin held talks" and "Putin and Netanyahu spoke"
        return Pairing((both[0] + SETTINGS["parties"]["unnamed_side"]) / 2 if lonely else both[0], tuple(both[1]))
    scores, reasons = [], []
    for role in SIDES:
        side = likeness(a.parties(role), b.parties(role))
        if side is None:
            scores.append(SETTINGS["parties"]["unnamed_side"] if a.parties(role) or b.parties(role) else None)
        elif not side[0]:
            return NO
        else:
            scores.append(side[0])
            reasons += side[1]
    known = [s for s in scores if s is not None]
    return Pairing(sum(known) / len(known), tuple(reasons)) if known and reasons else NO


def _times(a: Fact, b: Fact) -> Pairing:
    left, right = a.days, b.days
    if left and right:
        both = left.meet(right)
        if both is None:
            near = left.gap(right) == 1 and left.length == right.length == 1 and a.event.event not in RECURRING
            return Pairing(TIME["next_day"], ("neighbouring days",)) if near else NO
        wider, narrower = max(left.length, right.length), min(left.length, right.length)
        grade = "exact" if wider == 1 else "within" if wider <= 7 else "loose" if wider <= 31 or (narrower <= 7 and wider <= 92) else "wide"
        return Pairing(TIME[grade], (f"{_span(a.event.when)} and {_span(b.event.when)} overlap",))
    if _vague(a) != _vague(b) and (left or right):
        return Pairing(TIME["vague"], ())
    gap = _distance(a, b, left, right)
    return Pairing(TIME["undated"], (f"no day given, told within {gap} days of each other",)) if gap is not None and gap <= TIME["near_days"] else NO


def _vague(fact: Fact) -> bool:
    return fact.days is None and bool(fact.claim.when and fact.claim.when.text)


def _distance(a: Fact, b: Fact, left: Days | None, right: Days | None) -> int | None:
    """Days between two acts of which at least one is undated, by the publication of their reports; null when that is unknown."""
    first, second = left or a.filed.out, right or b.filed.out
    if first is None or second is None or max(first.length, second.length) > 31:
        return None
    return first.gap(second)


def _span(when: When | None) -> str:
    return "no day" if when is None else str(when.start) if when.start == when.end else f"{when.start or '...'}/{when.end or '...'}"


def _places(a: Fact, b: Fact) -> tuple[float, str]:
    if not a.event.where or not b.event.where:
        return 0.0, ""
    left, right = set(name_words(a.event.where.text)), set(name_words(b.event.where.text))
    return (W["place"], "the same place") if left & right else (-W["place"], f"places {a.event.where.text} and {b.event.where.text}")


def _within_report(a: Fact, b: Fact) -> Pairing:
    """Two claims of one report are two acts, unless it tells one act of two sources, one act again, or a series in one sentence."""
    if a.event.event != b.event.event or (a.event.mode and b.event.mode and a.event.mode != b.event.mode):
        return NO
    parties = _parties(a, b)
    if parties.score < SETTINGS["parties"]["same_name"] or len(a.parties()) != len(b.parties()):
        return NO
    left, right = a.event, b.event
    if (left.anchor.start, left.anchor.end) == (right.anchor.start, right.anchor.end):
        return Pairing(SENTENCE["same_act"], ("one anchor, two sources",))
    first, second = a.days, b.days
    if bool(first) != bool(second) or (first and second and first != second):
        return NO
    if set(left.said_by) != set(right.said_by) and left.mode == right.mode and (first or left.polarity != right.polarity):
        return Pairing(SENTENCE["restated"], ("one act told again with another source", *parties.why))
    if left.event == "CONSULT" and first is None and left.mode == right.mode and left.status == right.status and _one_sentence(a, b):
        return Pairing(SENTENCE["series"], ("parts of one series in one sentence", *parties.why))
    return NO


def _one_sentence(a: Fact, b: Fact) -> bool:
    first, last = sorted((a.claim.anchor, b.claim.anchor), key=lambda s: s.start)
    between = a.filed.report.text[first.end : last.start]
    return len(between) < 400 and "\n" not in between and ". " not in between
