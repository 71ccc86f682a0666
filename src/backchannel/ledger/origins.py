"""The claims of an event -> its independent origins: how many outlets know it of their own.

Syndicated copies, reposts of one publisher and retellings ("according to Kan News") count once. Reports are copies when their texts are equal,
when they share most of their word 5-grams (Broder 1997), or when the republication chain says so. An origin that nobody names is kept with name
null and counts as none. Adding a copy can only join origins, never add one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from backchannel.ledger.facts import Fact, Filed, name_words
from backchannel.records import Origin, digest, normalise

SHINGLE = 5  # words; long enough that two reports of the same facts share few by chance
JACCARD = 0.5  # of all 5-grams: an edited copy
CONTAINED = 0.7  # of the shorter report's 5-grams: a cut copy, or a copy inside a longer report
MIN_SHINGLES = 20  # shorter texts are copies only when they are equal
OUTLET_NOISE = frozenset({"news", "online", "agency", "com", "www", "org", "net", "newspaper", "daily", "channel"})


def origins(facts: Sequence[Fact]) -> tuple[Origin, ...]:
    """The independent origins of claims that are about one event, named ones first, each with its reports and the reason."""
    groups = _Groups()
    named: dict[str, str] = {}
    for fact in facts:
        name, reason = origin_name(fact)
        node = _node(fact, name)
        groups.add(node, fact, reason)
        if name:
            named.setdefault("o:" + outlet_key(name), name)
            groups.join(node, "o:" + outlet_key(name), "")
    own_voice = {f.filed.report.id: f for f in facts if not _retold(f)}
    for left, right, reason in copies([f.filed for f in own_voice.values()]):
        a, b = (_node(own_voice[i], origin_name(own_voice[i])[0]) for i in (left, right))
        groups.join(a, b, reason)
    found = [_origin(members, reasons, named) for members, reasons in groups.parts()]
    return tuple(sorted(found, key=lambda o: (o.name is None, o.name or "", o.reports)))


def n_origins(found: Iterable[Origin]) -> int:
    """How many of them count: those with a name."""
    return sum(o.name is not None for o in found)


def origin_name(fact: Fact) -> tuple[str | None, str]:
    """Who knows it of its own, and why: the innermost outlet among its sources, else where the report was carried from, else its publisher."""
    for statement in reversed(fact.sources):
        actor = fact.filed.profiles.get(statement.source.actor) if statement.source and statement.source.actor else None
        if actor and actor.kind == "media":
            return actor.name, f"retold from {actor.name} (source of the claim)"
    report = fact.filed.report
    if report.carried_from:
        return report.carried_from[-1].outlet, f"carried from {report.carried_from[-1].outlet}"
    if report.publisher:
        return report.publisher, f"published by {report.publisher}"
    host = urlsplit(report.url or "").hostname
    return (host.removeprefix("www."), f"published at {host}") if host else (None, "the report names no publisher")


def copies(reports: Sequence[Filed]) -> list[tuple[str, str, str]]:
    """(report id, report id, reason) for pairs that are copies of each other; candidates come from an inverted index of 5-grams."""
    ordered = sorted(reports, key=lambda f: f.report.id)
    index: dict[int, list[int]] = defaultdict(list)
    sketches = [shingles(f.report.text) for f in ordered]
    found = []
    for here, filed in enumerate(ordered):
        shared: dict[int, int] = defaultdict(int)
        for gram in sketches[here]:
            for there in index[gram]:
                shared[there] += 1
            index[gram].append(here)
        for there in range(here):
            reason = _copy_reason(ordered[there], filed, shared.get(there, 0), sketches[there], sketches[here])
            if reason:
                found.append((ordered[there].report.id, filed.report.id, reason))
    return found


def _copy_reason(left: Filed, right: Filed, n_shared: int, a: frozenset[int], b: frozenset[int]) -> str:
    if text_digest(left.report.text) == text_digest(right.report.text):
        return "the same text"
    if min(len(a), len(b)) < MIN_SHINGLES or not n_shared:
        return ""
    jaccard, contained = n_shared / (len(a) + len(b) - n_shared), n_shared / min(len(a), len(b))
    if jaccard >= JACCARD or contained >= CONTAINED:
        return f"nearly the same text ({contained:.0%} of the shorter one's 5-word sequences)"
    return ""


@lru_cache(maxsize=4096)
def text_digest(text: str) -> str:
    """What two equal texts share."""
    return digest(normalise(text))


@lru_cache(maxsize=1024)
def shingles(text: str) -> frozenset[int]:
    """The text's word 5-grams, hashed (within one process: never stored)."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(hash(tuple(words[i : i + SHINGLE])) for i in range(len(words) - SHINGLE + 1))


@lru_cache(maxsize=4096)
def outlet_key(name: str) -> str:
    """What two ways of writing an outlet's name share."""
    words = name_words(re.sub(r"\.(com|org|net|co|uk|ru|il)\b", "", name.lower()))
    return " ".join([w for w in words if w not in OUTLET_NOISE] or words)


def _retold(fact: Fact) -> bool:
    return origin_name(fact)[1].startswith("retold")


def _node(fact: Fact, name: str | None) -> str:
    return f"c:{fact.filed.report.id}:{outlet_key(name) if name and _retold(fact) else ''}"


class _Groups:
    """Union-find over nodes, keeping the reasons for each join."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}
        self.facts: dict[str, list[tuple[Fact, str]]] = defaultdict(list)
        self.reasons: list[tuple[str, str]] = []

    def root(self, node: str) -> str:
        self.parent.setdefault(node, node)
        while self.parent[node] != node:
            self.parent[node] = node = self.parent[self.parent[node]]
        return node

    def add(self, node: str, fact: Fact, reason: str) -> None:
        self.root(node)
        self.facts[node].append((fact, reason))

    def join(self, a: str, b: str, reason: str) -> None:
        a, b = sorted((self.root(a), self.root(b)))
        self.parent[b] = a
        if reason:
            self.reasons.append((a, reason))

    def parts(self) -> list[tuple[list[tuple[Fact, str]], list[str]]]:
        """The facts of each group, and why they are one."""
        members: dict[str, list[tuple[Fact, str]]] = defaultdict(list)
        for node, facts in self.facts.items():
            members[self.root(node)] += facts
        return [(facts, sorted({r for node, r in self.reasons if self.root(node) == root})) for root, facts in members.items()]


def _origin(members: list[tuple[Fact, str]], reasons: list[str], named: dict[str, str]) -> Origin:
    """The origin of a group: where it was carried or retold from, else the earliest to publish, else the first by name."""
    options = []
    for fact, why in members:
        name, _ = origin_name(fact)
        if name:
            options.append((not why.startswith(("retold", "carried")), fact.filed.published[0] or "9999", name))
    name = named["o:" + outlet_key(min(options)[2])] if options else None
    reports = tuple(sorted({f.filed.report.id for f, _ in members}))
    return Origin(name=name, reports=reports, why="; ".join([*sorted({why for _, why in members}), *reasons]))
