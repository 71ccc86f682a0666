"""Event claims -> which of them are one happening: pairs with a score and readable reasons, then groups that do not depend on the order of arrival.

A pair is compared on its type and mode, its parties (register entry, name, state), its days and its place; weights and thresholds are in
matching.toml. Only claims that share a kind of act and a party and lie close in time are compared at all. Groups grow along the best pairs
first, and two groups join only when no pair across them contradicts; what a person judged wins over every score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from backchannel.ledger.facts import Fact, Role, name_words
from backchannel.ledger.intervals import LAST, Days
from backchannel.ledger.origins import text_digest
from backchannel.ledger.parties import blocks, likeness
from backchannel.ledger.settings import SETTINGS
from backchannel.records import Judgement, When, digest

SAME: float = SETTINGS["same"]
W, TYPE, TIME, SENTENCE = SETTINGS["weights"], SETTINGS["type"], SETTINGS["time"], SETTINGS["sentence"]
RELATED = frozenset(frozenset(pair) for pair in TYPE["pairs"])
MUTUAL = frozenset(TYPE["mutual"])
SIDES: tuple[Role, Role] = ("actor", "recipient")
REAL = frozenset({"happened", "ongoing", "ended", "attempted", "did_not_happen"})
COMING = frozenset({"planned", "expected", "offered", "proposed"})
CHECKS = 400  # pairs looked at before two big groups are taken to agree
REACH = 45  # days around its publication in which an undated act is looked for


class Pairing(NamedTuple):
    """How far two claims are one happening; score 0 = they cannot be."""

    score: float
    why: tuple[str, ...]


NO = Pairing(0.0, ())
COPIED = Pairing(1.0, ("the same words in a copy of the report",))


# ------------------------------------------------------------------ one pair
def compare(a: Fact, b: Fact) -> Pairing:
    """How far two event claims are one happening, with reasons."""
    a, b = sorted((a, b), key=lambda f: (f.id, f.filed.report.id))
    kind = _types(a, b)
    if not kind.score or not _modality(a, b):
        return NO
    if a.filed is b.filed:
        return _within_report(a, b)
    parties = _parties(a, b)
    if parties.score < SETTINGS["parties"]["least"]:
        return NO
    time = _times(a, b)
    if not time.score:
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
            near = left.gap(right) == 1 and left.length == right.length == 1
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


# ------------------------------------------------------------------ all pairs worth a look
def candidates(facts: Sequence[Fact]) -> Iterator[tuple[int, int]]:
    """Index pairs that share a kind of act and a party and lie close in time; each once, in order."""
    boxes: dict[tuple[str, str], list[int]] = defaultdict(list)
    reach = [_reach(f) for f in facts]
    for place, fact in enumerate(facts):
        keys = {key for party in fact.parties() for key in blocks(party)}
        for family in _families(fact.event.event):
            for key in keys:
                boxes[family, key].append(place)
    seen: set[tuple[int, int]] = set()
    for members in boxes.values():
        open_ones: list[int] = []
        for here in sorted(members, key=lambda i: (reach[i].first, i)):
            open_ones = [i for i in open_ones if reach[i].last >= reach[here].first - 1]
            seen.update((min(i, here), max(i, here)) for i in open_ones)
            open_ones.append(here)
    return iter(sorted(seen))


def _families(event: str) -> list[str]:
    return [event, *sorted("/".join(sorted(pair)) for pair in RELATED if event in pair)]


def _reach(fact: Fact) -> Days:
    """The days in which the act may be looked for."""
    told = fact.days
    if told:
        return told
    out = fact.filed.out
    return Days(out.first - REACH, out.last + REACH) if out else Days(1, LAST)


def judge(facts: Sequence[Fact]) -> list[Judgement]:
    """The pairs that are judged one happening, with score and reasons. ``facts`` must be sorted by id.

    The same words in copies of one report are one without comparing; only the first of each is compared with the rest of the ledger.
    """
    firsts, found = _copied(facts)
    for i, j in candidates(firsts):
        pairing = compare(firsts[i], firsts[j])
        if pairing.score >= SAME:
            found.append(_judgement(firsts[i], firsts[j], pairing))
    return found


def _judgement(a: Fact, b: Fact, pairing: Pairing) -> Judgement:
    left, right = sorted((node(a), node(b)))
    return Judgement(id="j" + digest(left, right), left=left, right=right, same=True, score=pairing.score, why=pairing.why)


def _copied(facts: Sequence[Fact]) -> tuple[list[Fact], list[Judgement]]:
    """The facts without those that a copy of their report tells in the same words, and the judgements that join these."""
    firsts: dict[tuple[object, ...], Fact] = {}
    rest, found = [], []
    for fact in facts:
        claim = fact.event
        words = (text_digest(fact.filed.report.text), claim.anchor.start, claim.anchor.end, claim.event, claim.mode, claim.status, claim.polarity)
        first = firsts.setdefault((*words, claim.said_by, fact.days, fact.parties()), fact)
        if first is fact or first.filed is fact.filed:
            rest.append(fact)
        else:
            found.append(_judgement(first, fact, COPIED))
    return rest, found


def node(fact: Fact) -> str:
    """What a judgement calls a claim."""
    return fact.id


# ------------------------------------------------------------------ groups
def group(facts: Sequence[Fact], judged: Sequence[Judgement], human: Iterable[Judgement]) -> list[list[Fact]]:
    """Claims that are one happening, best pairs first; a person's "same" joins whatever the scores, a person's "not the same" keeps apart."""
    said = {frozenset((j.left, j.right)): j for j in sorted(human, key=lambda j: (j.made_at, j.id))}
    apart = {pair for pair, j in said.items() if not j.same}
    place = {node(f): i for i, f in enumerate(facts)}
    parent = list(range(len(facts)))
    members = [[i] for i in range(len(facts))]
    trusted = {n for j in said.values() if j.same for n in (j.left, j.right)}
    copies = {max(j.left, j.right) for j in judged if j.why == COPIED.why}  # stand or fall with the first of their words
    edges = [(0, 0.0, j.left, j.right) for j in said.values() if j.same] + [(1, -j.score, j.left, j.right) for j in judged]
    for rank, _, left, right in sorted(edges):
        if left not in place or right not in place:
            continue
        a, b = sorted((_root(parent, place[left]), _root(parent, place[right])))
        if a != b and not _forbidden(facts, members[a], members[b], apart, trusted | copies if rank else None):
            parent[b] = a
            members[a] += members[b]
            members[b] = []
    return [[facts[i] for i in sorted(m)] for m in members if m]


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = i = parent[parent[i]]
    return i


def _forbidden(facts: Sequence[Fact], left: list[int], right: list[int], apart: set[frozenset[str]], trusted: set[str] | None) -> bool:
    """Whether two groups may not join: a person keeps a pair apart, or a pair contradicts. Claims that a person joined (``trusted``)
    contradict nobody; with null, only people are asked.
    """
    pairs = [(facts[i], facts[j]) for i in sorted(left) for j in sorted(right)]
    if apart and any(frozenset((node(a), node(b))) in apart for a, b in pairs):
        return True
    return trusted is not None and any(not compare(a, b).score for a, b in pairs[:CHECKS] if node(a) not in trusted and node(b) not in trusted)
