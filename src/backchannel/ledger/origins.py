"""The claims of an event -> its independent origins: how many outlets know it of their own, and why each was or was not independent.

Syndicated copies (copies.py), reposts and sites of one publisher (outlets.py), credits and retellings ("according to Kan News") count once. An
origin that nobody names ("Israeli media") is kept with name null and counts as none. Adding a copy can only join origins, never add one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from backchannel.ledger.copies import Copy, Sheet, copies
from backchannel.ledger.facts import Fact, Filed
from backchannel.ledger.outlets import is_outlet, names_outlet, outlet_key
from backchannel.ledger.unions import Unions
from backchannel.records import Origin

Copied = Mapping[str, tuple[str, str]]  # report id -> the first report of its group of copies, and why it is one; reports without copies are absent


def origins(facts: Sequence[Fact], copied: Copied | None = None) -> tuple[Origin, ...]:
    """The independent origins of claims that are about one event, named ones first, each with its reports and the reason.

    ``copied``: which reports of the whole ledger are copies; left out, the reports of these claims are compared alone.
    """
    told = [(fact, *origin_name(fact)) for fact in facts]
    own = {f.filed.report.id: f.filed for f, _, why in told if not why.startswith("retold")}
    if copied is None:
        copied = copied_of(own.values()) if len(own) > 1 else {}
    texts = Counter(copied[r][0] for r in own if r in copied)
    joined, named = Unions(), dict[str, str]()
    reasons: dict[str, set[str]] = defaultdict(set)
    members: dict[str, list[tuple[Fact, str | None, str]]] = defaultdict(list)
    for fact, name, why in told:
        report, key = fact.filed.report.id, outlet_key(name) if name else ""
        node = f"c:{report}:{key if why.startswith('retold') else ''}"
        members[node].append((fact, name, why))
        joined.join(node, node)
        if name:
            named[key] = min(name, named.get(key, name))
            joined.join(node, "o:" + key)
        if not why.startswith("retold") and report in copied and texts[copied[report][0]] > 1:
            joined.join(node, "t:" + copied[report][0])
            reasons[node].add(copied[report][1])
    parts = defaultdict(list)
    for node in members:
        parts[joined.root(node)].append(node)
    found = [_origin([m for n in nodes for m in members[n]], {r for n in nodes for r in reasons[n] if r}, named) for nodes in parts.values()]
    return tuple(sorted(found, key=lambda o: (o.name is None, o.name or "", o.reports)))


def n_origins(found: Iterable[Origin]) -> int:
    """How many of them count: those with a name."""
    return sum(o.name is not None for o in found)


def origin_name(fact: Fact) -> tuple[str | None, str]:
    """Who knows it of its own, and why: the innermost outlet among its sources, else where the report was carried from, else its publisher."""
    for statement in reversed(fact.sources):
        source = statement.source
        actor = fact.filed.profiles.get(source.actor) if source and source.actor else None
        outlet = actor.name if actor and actor.kind == "media" else source.text if source and actor is None and is_outlet(source.text) else None
        if outlet:
            return (outlet, f"retold from {outlet} (source of the claim)") if names_outlet(outlet) else (None, f"retold from {outlet}, which names no outlet")
    report = fact.filed.report
    if report.carried_from:
        return report.carried_from[-1].outlet, f"carried from {report.carried_from[-1].outlet}"
    if report.publisher:
        return report.publisher, f"published by {report.publisher}"
    host = urlsplit(report.url or "").hostname
    return (host.removeprefix("www."), f"published at {host}") if host else (None, "the report names no publisher")


def copied_of(reports: Iterable[Filed]) -> Copied:
    """Which of the reports are copies of one text."""
    joined, why = Unions(), dict[str, str]()
    for copy in copies(sheet(f) for f in reports):
        joined.join(copy.left, copy.right)
        for report in (copy.left, copy.right):
            why[report] = min(why.get(report, copy.why), copy.why, key=_strength)
    return {report: (joined.root(report), reason) for report, reason in why.items()}


def _strength(why: str) -> tuple[int, str]:
    return len(why), why  # "the same text" is the shorter reason


def sheet(filed: Filed) -> Sheet:
    """What is compared of a filed report."""
    publisher = filed.report.publisher
    return Sheet(filed.report.id, filed.text_digest, outlet_key(publisher) if publisher else None, filed.grams)


def _origin(members: Sequence[tuple[Fact, str | None, str]], reasons: Iterable[str], named: Mapping[str, str]) -> Origin:
    """The origin of a group: where it was carried or retold from, else the earliest to publish, else the first by name."""
    options = [(not why.startswith(("retold", "carried")), f.filed.published[0] or "9999", name) for f, name, why in members if name]
    name = named[outlet_key(min(options)[2])] if options else None
    reports = tuple(sorted({f.filed.report.id for f, _, _ in members}))
    return Origin(name=name, reports=reports, why="; ".join([*sorted({why for _, _, why in members}), *sorted(reasons)]))


__all__ = ["Copied", "Copy", "copied_of", "n_origins", "origin_name", "origins", "outlet_key", "sheet"]
