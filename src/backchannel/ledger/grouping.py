"""Event claims, and what people judged -> groups that are one happening, whatever the order of arrival, with every decision and its reason.

First claims that agree on the day (or name none) are joined, best pairs first; two groups join only when no pair across them contradicts. Then the
vaguer ones - a week, no day, one party left unnamed - attach to the happening they fit; one that fits several which exclude each other stays by
itself, and says so. What a person judged wins over every score; a decision of the program that was taken back keeps its two claims apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from typing import NamedTuple

from backchannel.ledger.blocking import candidates, nodes
from backchannel.ledger.facts import Fact
from backchannel.ledger.intervals import LAST
from backchannel.ledger.matching import COPIED, MUTUAL, SAME, Pairing, compare, contradict, tells_nothing
from backchannel.ledger.repeats import Repeat, repeats
from backchannel.ledger.settings import SETTINGS
from backchannel.ledger.unions import Unions
from backchannel.records import Judgement, digest

CHECKS = 400  # pairs looked at before two big groups are taken to agree
MARGIN: float = SETTINGS["margin"]
BETWEEN: float = SETTINGS["told"]["between"]


class Decision(NamedTuple):
    """Two claims that were, or were not, taken to be one happening."""

    left: str
    right: str
    same: bool
    pairing: Pairing

    @property
    def id(self) -> str:
        """The same for the same two claims, whenever and wherever it is decided."""
        return "j" + digest(self.left, self.right)

    def judgement(self) -> Judgement:
        """The decision as a record."""
        return Judgement(id=self.id, left=self.left, right=self.right, same=self.same, score=self.pairing.score, why=self.pairing.why)


def decision(a: Fact, b: Fact, pairing: Pairing, same: bool = True) -> Decision:
    """A decision on two claims."""
    return Decision(min(a.id, b.id), max(a.id, b.id), same, pairing)


def group(facts: Sequence[Fact], human: Iterable[Judgement] = (), undone: frozenset[str] = frozenset()) -> tuple[list[list[Fact]], list[Decision]]:
    """The claims that are one happening, each group in order of id, and what was decided on the way. ``facts`` must be sorted by id."""
    said = {(min(j.left, j.right), max(j.left, j.right)): j for j in sorted(human, key=lambda j: (j.made_at, j.id))}
    judged = frozenset(i for pair in said for i in pair)
    firsts, copied = repeats(facts, judged)
    taken_back = _taken_back(firsts, copied, judged, undone)
    if taken_back:
        judged |= frozenset(i for pair in taken_back for i in pair)
        firsts, copied = repeats(facts, judged)
    work = _Work(nodes(firsts, judged), said, taken_back)
    work.within_reports()
    work.tight()
    work.loose()
    groups = work.groups()
    home = {f.id: g for g in groups for f in g}
    for one in copied:
        home[one.first.id].append(one.copy)
    found = [decision(one.first, one.copy, COPIED) for one in copied] + work.decisions
    return [sorted(g, key=lambda f: (f.id, f.filed.report.id)) for g in groups], found


# ------------------------------------------------------------------ groups
def _taken_back(firsts: Sequence[Fact], copied: Sequence[Repeat], judged: frozenset[str], undone: frozenset[str]) -> frozenset[tuple[str, str]]:
    """The pairs of claims whose joining by the program was taken back: they stay apart."""
    if not undone:
        return frozenset()
    free = _Work(nodes(firsts, judged), {}, frozenset())
    free.within_reports()
    free.tight()
    free.loose()
    made = [decision(one.first, one.copy, COPIED) for one in copied] + free.decisions
    return frozenset((d.left, d.right) for d in made if d.same and d.id in undone)


class _Cluster:
    """Nodes that are one happening so far."""

    def __init__(self, place: int, members: list[Fact]) -> None:
        self.nodes = [place]
        self.reports: dict[str, list[Fact]] = defaultdict(list)
        for fact in members:
            self.reports[fact.filed.report.id].append(fact)

    def take(self, other: _Cluster) -> None:
        """Becomes both."""
        self.nodes += other.nodes
        for report, facts in other.reports.items():
            self.reports[report] += facts


class _Work:
    """The state of one grouping: nodes, the clusters they are in, the scores seen, the decisions taken."""

    def __init__(self, members: list[list[Fact]], said: dict[tuple[str, str], Judgement], taken_back: frozenset[tuple[str, str]]) -> None:
        self.members = members
        self.firsts = [m[0] for m in members]
        self.vague = [vagueness(f) for f in self.firsts]
        self.off = [f.event.status == "did_not_happen" for f in self.firsts]
        self.joined = Unions()
        self.clusters = {i: _Cluster(i, m) for i, m in enumerate(members)}
        self.scores: dict[int, float] = {}  # by pair: i * len(members) + j, i < j
        self.decisions: list[Decision] = []
        self.apart: dict[str, set[str]] = defaultdict(set)  # claim -> claims it may not join
        for a, b in [pair for pair, j in said.items() if not j.same] + list(taken_back):
            self.apart[a].add(b)
            self.apart[b].add(a)
        place = {f.id: i for i, m in enumerate(members) for f in m}
        self.trusted = {place[i] for pair, j in said.items() if j.same for i in pair if i in place}
        self.trusted_ids = {self.firsts[i].id for i in self.trusted}
        for left, right in sorted(pair for pair, j in said.items() if j.same):
            if left in place and right in place:
                self._join(place[left], place[right], trusting=True)
        self.edges: list[tuple[float, int, int, Pairing]] = []
        for i, m in enumerate(members):
            self._alike(i, m)

    def _alike(self, place: int, members: list[Fact]) -> None:
        """Notes why the claims of a node are one."""
        if len(members) > 1:
            pairing = compare(members[0], members[1])
            self.decisions += [decision(members[0], other, pairing) for other in members[1:]]

    # -------------------------------------------------------------- the three steps
    def within_reports(self) -> None:
        """Joins what one report tells of one act twice."""
        homes: dict[str, list[tuple[Fact, int]]] = defaultdict(list)
        for i, members in enumerate(self.members):
            for fact in members:
                homes[fact.filed.report.id].append((fact, i))
        found = []
        for report in sorted(homes):
            by_type: dict[str, list[tuple[Fact, int]]] = defaultdict(list)
            for fact, i in homes[report]:
                by_type[fact.event.event].append((fact, i))
            for told in by_type.values():
                told.sort(key=lambda t: t[0].id)
                for n, (a, i) in enumerate(told):
                    found += [(-p.score, a.id, b.id, i, j, a, b, p) for b, j in told[n + 1 :] if i != j and (p := compare(a, b)).score >= SAME]
        for *_, i, j, a, b, pairing in sorted(found, key=lambda e: e[:3]):
            self._link(i, j, decision(a, b, pairing))

    def tight(self) -> None:
        """Joins claims that are equally exact, best first; keeps the other pairs for ``loose``."""
        for i, j in candidates(self.firsts):
            a, b = self.firsts[i], self.firsts[j]
            if a.filed is b.filed:
                continue
            pairing = compare(a, b)
            self.scores[i * len(self.members) + j] = pairing.score
            if pairing.score >= SAME:
                self.edges.append((-pairing.score, i, j, pairing))
        self.edges.sort()  # no two have one pair, so that no reasons are compared
        waiting = []
        for edge in self.edges:
            _, i, j, pairing = edge
            if pairing.told or (self.vague[i] == self.vague[j] and self.firsts[i].days == self.firsts[j].days):
                self._link(i, j, decision(self.firsts[i], self.firsts[j], pairing))
            else:
                waiting.append(edge)
        self.edges = waiting

    def loose(self) -> None:
        """Attaches the vaguer claims, the least vague first, each to the happening it fits when no other fits as well."""
        options: dict[int, list[tuple[float, int, Pairing]]] = defaultdict(list)
        for minus, i, j, pairing in self.edges:
            child, host = (i, j) if (self.vague[i], i) > (self.vague[j], j) else (j, i)
            options[child].append((minus, host, pairing))
        for child in sorted(options, key=lambda c: (self.vague[c], c)):
            hosts = sorted((o for o in options[child] if self._root(o[1]) != self._root(child)), key=lambda o: o[:2])
            if not hosts:
                continue
            _, host, pairing = hosts[0]
            rival = next((h for minus, h, _ in hosts[1:] if minus <= hosts[0][0] + MARGIN and self._exclude(host, h)), None)
            if rival is None:
                self._link(child, host, decision(self.firsts[child], self.firsts[host], pairing))
            else:
                why = (f"fits {self.firsts[host].id} and {self.firsts[rival].id}, which are two happenings", *pairing.why)
                self.decisions.append(decision(self.firsts[child], self.firsts[host], Pairing(pairing.score, why), same=False))

    def _exclude(self, i: int, j: int) -> bool:
        """Whether two nodes belong to different happenings that cannot be one."""
        return self._root(i) != self._root(j) and self._score(i, j) == 0

    # -------------------------------------------------------------- joining
    def _link(self, i: int, j: int, why: Decision) -> None:
        """Joins two nodes' clusters unless something forbids it; the decision is kept when it holds."""
        if self._join(i, j):
            self.decisions.append(why)

    def _root(self, i: int) -> int:
        found: int = self.joined.root(i)
        return found

    def _join(self, i: int, j: int, *, trusting: bool = False) -> bool:
        a, b = self._root(i), self._root(j)
        if a == b:
            return True
        if a > b:
            a, b = b, a
        left, right = self.clusters[a], self.clusters[b]
        if self._kept_apart(left, right) or not (trusting or self._agree(left, right)):
            return False
        self.joined.join(a, b)
        big, small = (left, right) if len(left.reports) >= len(right.reports) else (right, left)
        big.take(small)
        self.clusters[a] = big
        del self.clusters[b]
        return True

    def _kept_apart(self, left: _Cluster, right: _Cluster) -> bool:
        """Whether somebody keeps a claim of one from a claim of the other."""
        if not self.apart:
            return False
        there = {f.id for facts in right.reports.values() for f in facts}
        return any(not there.isdisjoint(self.apart[f.id]) for facts in left.reports.values() for f in facts if f.id in self.apart)

    def _agree(self, left: _Cluster, right: _Cluster) -> bool:
        """Whether nothing in one contradicts the other, and their pairs, those of one report included, are alike in the mean: one pair in many may be so
        by chance. Claims that a person joined contradict nobody.
        """
        scores = []
        for i, j in islice(product(sorted(left.nodes), sorted(right.nodes)), CHECKS):
            if (self.off[i] or self.off[j]) and tells_nothing(self.firsts[i], self.firsts[j]):
                continue
            if i not in self.trusted and j not in self.trusted and (score := self._score(i, j)) is not None:
                scores.append(score)
                if not score and contradict(self.firsts[i], self.firsts[j]):
                    return False
        for a, b in self._twice(left, right):
            scores.append(compare(a, b).score)
            if not scores[-1]:
                return False
        return sum(scores) >= BETWEEN * len(scores)

    def _twice(self, left: _Cluster, right: _Cluster) -> Iterator[tuple[Fact, Fact]]:
        """The pairs of claims that one report has in both."""
        small, big = sorted((left, right), key=lambda c: len(c.reports))
        for report, facts in small.reports.items():
            for a, b in product(facts, big.reports.get(report, ())):
                if not {a.id, b.id} & self.trusted_ids:
                    yield a, b

    def _score(self, i: int, j: int) -> float | None:
        """How far two nodes are one happening; null for claims of one report alone, which are left to ``_twice``."""
        if i > j:
            i, j = j, i
        pair = i * len(self.members) + j
        found = self.scores.get(pair)
        if found is None:
            a, b = self.firsts[i], self.firsts[j]
            other = next((f for f in self.members[j] if f.filed is not a.filed), None) if a.filed is b.filed else b
            if other is None:
                return None
            found = self.scores[pair] = compare(a, other).score
        return found

    def groups(self) -> list[list[Fact]]:
        """The claims of each cluster."""
        return [[f for i in c.nodes for f in self.members[i]] for _, c in sorted(self.clusters.items())]


def vagueness(fact: Fact) -> tuple[int, int]:
    """How much a claim leaves open: sides that it does not name, and over how many days the act may lie."""
    cast = fact.cast
    open_sides = max(0, 2 - len(cast.sides)) if fact.event.event in MUTUAL else (not cast.actors) + (not cast.recipients)
    return open_sides, fact.days.length if fact.days else LAST
