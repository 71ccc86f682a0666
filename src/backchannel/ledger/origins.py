"""The claims of an event -> its independent origins: how many outlets know it of their own, and why each was or was not independent.

Syndicated copies (copies.py), reposts and sites of one publisher (outlets.py), credits and retellings ("according to Kan News") count once. An
origin that nobody names ("Israeli media") is kept with name null and counts as none. Adding a copy can only join origins, never add one. Whose a
claim is that was read in one copy alone, its words decide: if its sentence stands in an earlier one, it is that outlet's; a paragraph that only the copy
has is its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np

from backchannel.ledger.copies import Copy, Sheet, copies
from backchannel.ledger.facts import Fact, Filed
from backchannel.ledger.fingerprints import grams
from backchannel.ledger.outlets import is_outlet, names_outlet, outlet_key
from backchannel.ledger.unions import Unions
from backchannel.records import Origin

HELD = 0.8  # share of the word sequences of a claim's sentence from which another text has it, too: a word or two may be edited


class Copied(NamedTuple):
    """Which reports are copies of one text; those without copies are absent."""

    of: Mapping[str, tuple[str, str]]  # report id -> the first report of its group by id, and why it is a copy
    texts: Mapping[str, tuple[Filed, ...]]  # that first report -> the reports of the group, the earliest first


def origins(facts: Sequence[Fact], copied: Copied | None = None) -> tuple[Origin, ...]:
    """The independent origins of claims that are about one event, named ones first, each with its reports and the reason.

    ``copied``: which reports of the whole ledger are copies; left out, the reports of these claims are compared alone.
    """
    if copied is None:
        copied = copied_of({f.filed.report.id: f.filed for f in facts}.values())
    told = [(fact, *origin_name(fact, fact.filed)) for fact in facts]
    own = {f.filed.report.id: f.filed for f, _, why in told if not why.startswith("retold")}
    texts = Counter(copied.of[r][0] for r in own if r in copied.of)
    joined, named = Unions(), dict[str, str]()
    reasons: dict[str, set[str]] = defaultdict(set)
    members: dict[str, list[tuple[Fact, str | None, str]]] = defaultdict(list)
    for fact, name, why in told:
        report, key = fact.filed.report.id, outlet_key(name) if name else ""
        node = f"c:{report}:{key if why.startswith('retold') else ''}"
        first = _first_print(fact, copied)
        by, how = (name, why) if first is fact.filed or why.startswith("retold") else origin_name(fact, first)
        members[node].append((fact, by, how if first is fact.filed else f"{how}, in the same words"))
        joined.join(node, node)
        for outlet in dict.fromkeys(x for x in (name, by) if x):
            named[outlet_key(outlet)] = min(outlet, named.get(outlet_key(outlet), outlet))
            joined.join(node, "o:" + outlet_key(outlet))
        if not why.startswith("retold") and report in copied.of and texts[copied.of[report][0]] > 1:
            joined.join(node, "t:" + copied.of[report][0])
            reasons[node].add(copied.of[report][1])
    parts = defaultdict(list)
    for node in members:
        parts[joined.root(node)].append(node)
    found = [_origin([m for n in nodes for m in members[n]], {r for n in nodes for r in reasons[n] if r}, named) for nodes in parts.values()]
    return tuple(sorted(found, key=lambda o: (o.name is None, o.name or "", o.reports)))


def n_origins(found: Iterable[Origin]) -> int:
    """How many of them count: those with a name."""
    return sum(o.name is not None for o in found)


def _first_print(fact: Fact, copied: Copied) -> Filed:
    """The earliest of the reports with the text of a claim's that has its sentence."""
    root = copied.of.get(fact.filed.report.id, ("", ""))[0]
    for filed in copied.texts.get(root, ()):
        if filed.report.id == fact.filed.report.id:
            break
        words = grams(fact.claim.evidence[0].text) if fact.claim.evidence else np.empty(0)
        if len(words) and len(np.intersect1d(words, filed.grams)) >= HELD * len(words):
            return filed
    return fact.filed


def origin_name(fact: Fact, filed: Filed) -> tuple[str | None, str]:
    """Who knows it of its own, and why: the innermost outlet among its sources, else where the report was carried from, else its publisher. ``filed``: the
    report that told it first, in the same words.
    """
    for statement in reversed(fact.sources):
        source = statement.source
        actor = fact.filed.profiles.get(source.actor) if source and source.actor else None
        outlet = actor.name if actor and actor.kind == "media" else source.text if source and actor is None and is_outlet(source.text) else None
        if outlet:
            return (outlet, f"retold from {outlet} (source of the claim)") if names_outlet(outlet) else (None, f"retold from {outlet}, which names no outlet")
    report = filed.report
    if report.carried_from:
        return report.carried_from[-1].outlet, f"carried from {report.carried_from[-1].outlet}"
    if report.publisher:
        return report.publisher, f"published by {report.publisher}"
    host = urlsplit(report.url or "").hostname
    return (host.removeprefix("www."), f"published at {host}") if host else (None, "the report names no publisher")


def copied_of(reports: Iterable[Filed]) -> Copied:
    """Which of the reports are copies of one text."""
    joined, why, every = Unions(), dict[str, str](), list(reports)
    for copy in copies(sheet(f) for f in every):
        joined.join(copy.left, copy.right)
        for report in (copy.left, copy.right):
            why[report] = min(why.get(report, copy.why), copy.why, key=_strength)
    texts: dict[str, list[Filed]] = defaultdict(list)
    for filed in sorted((f for f in every if f.report.id in why), key=lambda f: (f.published[0] or "9999", f.report.id)):
        texts[joined.root(filed.report.id)].append(filed)
    return Copied({report: (joined.root(report), reason) for report, reason in why.items()}, {root: tuple(own) for root, own in texts.items()})


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
