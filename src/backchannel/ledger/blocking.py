"""Event claims -> the few pairs of them that may be one happening: what lets fusing grow with the ledger and not with its square.

Claims of different reports that nothing distinguishes are one node (``nodes``); nodes are compared only when they share a kind of act and their
parties and lie close in time (``candidates``). A claim so vague that more than ``crowd`` others lie within its time is compared only with those
that are exactly as vague: it could be any of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import NamedTuple

from backchannel.ledger.facts import Cast, Fact, Filed, Profile, name_words
from backchannel.ledger.intervals import LAST, MONTH, Days
from backchannel.ledger.meaning import meaning, plain
from backchannel.ledger.parties import blocks
from backchannel.ledger.settings import SETTINGS
from backchannel.ledger.stories import neighbours
from backchannel.plover import quad

TYPE, TIME = SETTINGS["type"], SETTINGS["time"]
RELATED = frozenset(frozenset(pair) for pair in TYPE["pairs"])
MUTUAL, RECURRING = frozenset(TYPE["mutual"]), frozenset(TIME["recurring"])
NEAR: int = TIME["near_days"]
AHEAD: int = TIME["ahead_days"]
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
    if not fact.roles or (fact.days is None and fact.filed.out is None):
        return fact.id, fact.filed.report.id  # nothing says when, or of whom: two such claims need not be one
    out = fact.filed.out if fact.days is None else None
    word = plain(event.anchor.text) if fact.days is None or fact.days.length > MONTH else None  # without a day words tell acts apart
    return event.event, event.mode, event.status, fact.days, vague, out, word, where, fact.cast.look


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
    """How a claim lies in its boxes: the days it may belong to, and what else says with which it is compared."""

    first: int
    last: int
    dated: bool
    recurring: bool
    one_sided: bool


def candidates(facts: Sequence[Fact]) -> Iterator[tuple[int, int]]:
    """Index pairs worth comparing, lower index first, each once; those of one kind of act, parties and day after one another."""
    told_of: dict[tuple[str, Cast], list[int]] = defaultdict(list)
    for place, fact in enumerate(facts):
        told_of[fact.event.event, fact.cast].append(place)
    keys = _PartyKeys({cast for _, cast in told_of})
    own = {act: _boxes(*act, keys) for act in told_of}
    lonely = {box for found in own.values() for box in found if len(box) == 3}
    boxes: dict[Box, list[int]] = defaultdict(list)
    for act, found in own.items():
        for box in found.union(half for whole in found if len(whole) == 4 for half in _halves(whole) if half in lonely):
            boxes[box] += told_of[act]
    entries, n = [_entry(fact) for fact in facts], len(facts)
    seen = dict.fromkeys([a * n + b for a, b in _told(facts)])
    for box, members in boxes.items():
        if len(members) > 1:
            seen.update(dict.fromkeys([a * n + b if a < b else b * n + a for a, b in _in_box(members, entries, single=len(box) == 3)]))
    return (divmod(pair, n) for pair in seen)


def _in_box(members: list[int], entries: list[_Entry], *, single: bool) -> Iterator[tuple[int, int]]:
    """Pairs that lie close in time; in the box of a ``single`` party only pairs with a claim that names no other."""
    anchors = {p for p in members if entries[p].one_sided} if single else None
    days: dict[int, list[int]] = defaultdict(list)
    spans: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place in members:
        e = entries[place]
        (days[e.first] if e.dated and e.first == e.last else spans[e.first, e.last]).append(place)
    for day, here in days.items():
        yield from _all(here, anchors)
        if day + 1 in days:
            once, next_day = ([p for p in told if not entries[p].recurring] for told in (here, days[day + 1]))
            yield from _across(once, next_day, anchors)
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
        near = edges[bisect_left(edges, (first, 0)) : bisect_right(edges, (last, LAST))]
        if upto[b] - upto[a] + len(near) > CROWD:
            continue
        for day in order[a:b]:
            yield from _across(here, days[day], anchors)
        for edge in near:
            if edge != (first, last):
                yield from _across(here, spans[edge], anchors)


def _all(here: Sequence[int], anchors: set[int] | None) -> Iterator[tuple[int, int]]:
    if anchors is None:
        yield from combinations(here, 2)
    else:
        one = [p for p in here if p in anchors]
        yield from combinations(one, 2)
        yield from product(one, [p for p in here if p not in anchors])


def _across(left: Sequence[int], right: Sequence[int], anchors: set[int] | None) -> Iterator[tuple[int, int]]:
    if anchors is None:
        yield from product(left, right)
    else:
        yield from product([p for p in left if p in anchors], right)
        yield from product([p for p in left if p not in anchors], [p for p in right if p in anchors])


def _entry(fact: Fact) -> _Entry:
    reach, event = _reach(fact), fact.event.event
    return _Entry(*reach, fact.days is not None, event in RECURRING, _one_sided(event, fact.cast))


def _reach(fact: Fact) -> Days:
    """The days in which the act may be looked for."""
    if fact.days:
        return fact.days
    out, after = fact.filed.out, AHEAD if fact.is_called_off else NEAR
    return Days(out.first - NEAR, out.last + after) if out and out.length <= 31 else Days(LAST, LAST)


# ------------------------------------------------------------------ boxes
class _PartyKeys:
    """The keys under which a party is looked for; parties that are alike share one. A party of a known state is found under its state; its name
    counts only where somebody of that name comes without a state or with another.
    """

    def __init__(self, casts: Iterable[Cast]) -> None:
        states: dict[str, set[str | None]] = defaultdict(set)
        self._found: dict[int, tuple[str, ...]] = {}
        for party in {p.mark: p for cast in casts for _, p in cast.roles}.values():
            for key in blocks(party):
                if key != party.country:
                    states[key].add(party.country)
        self._split = {key for key, found in states.items() if len(found) > 1}

    def of(self, party: Profile) -> tuple[str, ...]:
        """The party's keys."""
        found = self._found.get(party.mark)
        if found is None:
            found = self._found[party.mark] = tuple(k for k in blocks(party) if k == party.country or party.country is None or k in self._split)
        return found


def _one_sided(event: str, cast: Cast) -> bool:
    if event in MUTUAL:
        return len(cast.sides) < 2
    return not (cast.actors and cast.recipients)


def _boxes(event: str, cast: Cast, keys: _PartyKeys) -> set[Box]:
    """(family, side, key) of a claim that names one side, (family, "", key, key) of one that names both."""
    families = FAMILIES.get(event, (event,))
    if event in MUTUAL:
        sides = [set(keys.of(p)) for p in cast.sides]
        if len(sides) == 1:
            return {(f, "", k) for f in families for k in sides[0]}
        pairs = {(a, b) if a <= b else (b, a) for left, right in combinations(sides, 2) for a in left for b in right}
        return {(f, "", a, b) for f in families for a, b in pairs}
    left, right = ({k for p in parties for k in keys.of(p)} for parties in (cast.actors, cast.recipients))
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
