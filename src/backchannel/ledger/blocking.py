"""Event claims -> the few pairs of them that may be one happening: what lets fusing grow with the ledger and not with its square.

Claims of different reports that nothing distinguishes are one node (``nodes``); nodes are compared only when they share a kind of act and their
parties and lie close in time (``candidates``). A claim so vague that more than ``crowd`` others lie within its time is compared only with those
that are exactly as vague: it could be any of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import NamedTuple

from backchannel.ledger.facts import Fact, Filed, Profile, name_words
from backchannel.ledger.intervals import LAST, Days
from backchannel.ledger.meaning import meaning
from backchannel.ledger.parties import blocks
from backchannel.ledger.settings import SETTINGS
from backchannel.ledger.stories import neighbours
from backchannel.plover import quad

TYPE, TIME = SETTINGS["type"], SETTINGS["time"]
RELATED = frozenset(frozenset(pair) for pair in TYPE["pairs"])
MUTUAL, RECURRING = frozenset(TYPE["mutual"]), frozenset(TIME["recurring"])
NEAR: int = TIME["near_days"]
CROWD: int = SETTINGS["crowd"]
LEAST_MEANING: float = SETTINGS["told"]["least_meaning"]
ONE_WORD: float = SETTINGS["told"]["one_word"]
FAMILIES = {e: (e, *sorted("/".join(sorted(p)) for p in RELATED if e in p)) for e in sorted({e for pair in RELATED for e in pair})}

Box = tuple[str, ...]


# ------------------------------------------------------------------ claims that nothing distinguishes
def nodes(facts: Sequence[Fact], alone: frozenset[str] = frozenset()) -> list[list[Fact]]:
    """The claims in groups of what cannot be told apart across reports, each group in order, groups in order of their first.

    The second such claim of one report goes with the second of another. ``alone``: ids of claims that people judged; each stays by itself.
    """
    found: dict[object, list[Fact]] = {}
    seen: dict[object, int] = defaultdict(int)
    for fact in sorted(facts, key=lambda f: (f.filed.report.id, f.claim.anchor.start, f.id)):
        if fact.id in alone:
            found[fact.id] = [fact]
            continue
        mark = signature(fact)
        seen[mark, fact.filed.report.id] += 1
        found.setdefault((mark, seen[mark, fact.filed.report.id]), []).append(fact)
    return sorted((sorted(n, key=_order) for n in found.values()), key=lambda n: _order(n[0]))


def _order(fact: Fact) -> tuple[str, str]:
    return fact.id, fact.filed.report.id


def signature(fact: Fact) -> object:
    """All that comparing looks at; claims of different reports with one signature compare alike with everything."""
    event = fact.event
    where = frozenset(name_words(event.where.text)) if event.where else None
    vague = bool(fact.days is None and event.when and event.when.text)
    parties = tuple(sorted((role, p.words, p.kind, p.country or "", p.entity or "", p.official) for role, p in fact.roles))
    if not parties or (fact.days is None and fact.filed.out is None):
        return fact.id, fact.filed.report.id  # nothing says when, or of whom: two such claims need not be one
    return event.event, event.mode, event.status, fact.days, vague, fact.filed.out if fact.days is None else None, where, parties


# ------------------------------------------------------------------ pairs worth a look
def _told(facts: Sequence[Fact]) -> Iterator[tuple[int, int]]:
    """Claims of one kind of act, or of one word, in reports that may tell one story: whatever their parties are called."""
    told: dict[str, tuple[Filed, dict[str, list[int]]]] = {}
    for place, fact in enumerate(facts):
        told.setdefault(fact.filed.report.id, (fact.filed, defaultdict(list)))[1][quad(fact.event.event)].append(place)
    reports = [told[i] for i in sorted(told)]
    for i, j in neighbours([filed.telling for filed, _ in reports], [filed.out for filed, _ in reports]):
        for kind, left in reports[i][1].items():
            for a, b in product(left, reports[j][1].get(kind, ())):
                first, second = facts[a].event, facts[b].event
                if meaning(first.anchor.text, second.anchor.text) >= (LEAST_MEANING if first.event == second.event else ONE_WORD):
                    yield min(a, b), max(a, b)


class _Entry(NamedTuple):
    """A claim in a box: the days it may belong to, and which it is."""

    first: int
    last: int
    place: int
    dated: bool
    recurring: bool


def candidates(facts: Sequence[Fact]) -> list[tuple[int, int]]:
    """Index pairs worth comparing, each once, in order."""
    boxes: dict[Box, list[_Entry]] = defaultdict(list)
    keys = _PartyKeys(facts)
    lonely = {box for f in facts for box in _boxes(f, keys) if len(box) == 3}
    for place, fact in enumerate(facts):
        reach = _reach(fact)
        entry = _Entry(reach.first, reach.last, place, fact.days is not None, fact.event.event in RECURRING)
        for box in _boxes(fact, keys):
            boxes[box].append(entry)
            if len(box) == 4:
                for half in _halves(box):
                    if half in lonely:
                        boxes[half].append(entry)
    seen = set(_told(facts))
    for box, members in boxes.items():
        if len(members) > 1:
            seen.update(_in_box(members, {e.place for e in members if len(box) == 3 and _one_sided(facts[e.place])} if len(box) == 3 else None))
    return sorted(seen)


def _in_box(members: list[_Entry], anchors: set[int] | None) -> Iterator[tuple[int, int]]:
    """Pairs that lie close in time; in the box of a single party only pairs with a claim that names no other (``anchors``)."""
    days: dict[int, list[_Entry]] = defaultdict(list)
    spans: dict[tuple[int, int], list[_Entry]] = defaultdict(list)
    for e in dict.fromkeys(members):
        (days[e.first] if e.dated and e.first == e.last else spans[e.first, e.last]).append(e)
    for day, here in days.items():
        yield from _all(here, anchors)
        if day + 1 in days:
            yield from _across([e for e in here if not e.recurring], [e for e in days[day + 1] if not e.recurring], anchors)
    order = sorted(days)
    upto = [0]
    for day in order:
        upto.append(upto[-1] + len(days[day]))
    edges = sorted(spans)
    for (first, last), here in spans.items():
        if first == LAST:
            continue  # undated, told nobody knows when
        yield from _all(here, anchors)
        a, b = bisect_left(order, first), bisect_right(order, last)
        n_spans = bisect_right(edges, (last, LAST)) - bisect_left(edges, (first, 0))
        if upto[b] - upto[a] + n_spans > CROWD:
            continue
        for day in order[a:b]:
            yield from _across(here, days[day], anchors)
        for edge in edges[bisect_left(edges, (first, 0)) : bisect_right(edges, (last, LAST))]:
            if edge != (first, last):
                yield from _across(here, spans[edge], anchors)


def _all(here: Sequence[_Entry], anchors: set[int] | None) -> Iterator[tuple[int, int]]:
    if anchors is None:
        yield from ((min(a.place, b.place), max(a.place, b.place)) for a, b in combinations(here, 2))
    else:
        one = [e for e in here if e.place in anchors]
        yield from _all(one, None)
        yield from _across(one, [e for e in here if e.place not in anchors], None)


def _across(left: Sequence[_Entry], right: Sequence[_Entry], anchors: set[int] | None) -> Iterator[tuple[int, int]]:
    for a in left:
        for b in right:
            if a.place != b.place and (anchors is None or a.place in anchors or b.place in anchors):
                yield min(a.place, b.place), max(a.place, b.place)


def _reach(fact: Fact) -> Days:
    """The days in which the act may be looked for."""
    if fact.days:
        return fact.days
    out = fact.filed.out
    return Days(out.first - NEAR, out.last + NEAR) if out and out.length <= 31 else Days(LAST, LAST)


# ------------------------------------------------------------------ boxes
class _PartyKeys:
    """The keys under which a party is looked for; parties that are alike share one. A party of a known state is found under its state; its name
    counts only where somebody of that name comes without a state or with another.
    """

    def __init__(self, facts: Sequence[Fact]) -> None:
        states: dict[str, set[str | None]] = defaultdict(set)
        self._found: dict[tuple[object, ...], tuple[str, ...]] = {}
        for fact in facts:
            for party in fact.parties():
                for key in blocks(party):
                    if key != party.country:
                        states[key].add(party.country)
        self._split = {key for key, found in states.items() if len(found) > 1}

    def of(self, party: Profile) -> tuple[str, ...]:
        """The party's keys."""
        mark = party.words, party.kind, party.country, party.entity
        found = self._found.get(mark)
        if found is None:
            found = self._found[mark] = tuple(k for k in blocks(party) if k == party.country or party.country is None or k in self._split)
        return found


def _one_sided(fact: Fact) -> bool:
    if fact.event.event in MUTUAL:
        return len(fact.parties("actor", "recipient")) < 2
    return not (fact.parties("actor") and fact.parties("recipient"))


def _boxes(fact: Fact, keys: _PartyKeys) -> set[Box]:
    """(family, side, key) of a claim that names one side, (family, "", key, key) of one that names both."""
    event = fact.event.event
    families = FAMILIES.get(event, (event,))
    if event in MUTUAL:
        sides = [set(keys.of(p)) for p in fact.parties("actor", "recipient")]
        if len(sides) == 1:
            return {(f, "", k) for f in families for k in sides[0]}
        pairs = {(a, b) if a <= b else (b, a) for left, right in combinations(sides, 2) for a in left for b in right}
        return {(f, "", a, b) for f in families for a, b in pairs}
    left, right = ({k for p in fact.parties(role) for k in keys.of(p)} for role in ("actor", "recipient"))
    if left and right:
        return {(f, "", a, b) if not _mixed(f) else (f, "", *sorted((a, b))) for f in families for a in left for b in right}
    return {(f, "" if _mixed(f) else "<" if left else ">", k) for f in families for k in left or right}


def _mixed(family: str) -> bool:
    """Whether a family has a mutual act in it, so that sides may change places."""
    return any(e in MUTUAL for e in family.split("/"))


def _halves(box: Box) -> tuple[Box, Box]:
    """The boxes of claims that name only one of the two sides."""
    family, _, a, b = box
    return ((family, "", a), (family, "", b)) if _mixed(family) else ((family, "<", a), (family, ">", b))
