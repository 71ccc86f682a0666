"""The parties of all reports -> persons and organisations, each one across reports, by judgements that can be undone.

A party the register knows is its register entry. Others are joined to one another, or to an entry, by name; every such joining is a judgement
with score and reason, made again on reading under the same id: undoing it is one row (``Ledger.undo``), and so is a person's own decision that
two are, or are not, one (``Ledger.judge`` with the ids of ``One.members``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from backchannel.ledger.facts import Filed, Profile
from backchannel.ledger.unions import Unions
from backchannel.records import Actor, Judgement, digest
from backchannel.register.names import skeleton

ORGANISATIONS = frozenset({"igo", "ngo", "company", "media", "party", "armed_group", "military", "ministry", "government", "office"})
SAME_NAME, SPELT_ALIKE = 0.9, 0.8
FIRST = re.compile(r"(?:^|[.!?:\n\"“])[\s\"“‘(]*$")  # what stands before the first word of a sentence


class One(NamedTuple):
    """A person or organisation with everything that stands for it."""

    id: str
    name: str
    kind: str
    country: str | None
    names: tuple[str, ...]
    members: tuple[str, ...]  # register ids, and REPORT:KEY of the parties the register does not know
    mentions: tuple[str, ...]  # REPORT:KEY of all parties
    judgements: tuple[Judgement, ...]  # of Backchannel, in force


class _Node(NamedTuple):
    id: str
    profile: Profile
    mention: str
    named: bool  # by a name of its own, not only by what it is


def entities(filed: Iterable[Filed], judged: Iterable[Judgement] = (), undone: Collection[str] = ()) -> list[One]:
    """All of them, by name; a party with a single name that no register entry bears stays alone within its report."""
    nodes = list(_nodes(filed))
    people = [j for j in judged if j.undone_at is None and j.id not in undone]
    apart = {frozenset((j.left, j.right)) for j in people if not j.same}
    made = [j for j in _links(nodes) if j.id not in undone and frozenset((j.left, j.right)) not in apart]
    known, joined = {n.id for n in nodes}, Unions()
    for j in [*made, *(j for j in people if j.same)]:
        if j.left in known and j.right in known:
            joined.join(j.left, j.right)
    groups: dict[str, list[_Node]] = defaultdict(list)
    for node in nodes:
        groups[joined.root(node.id)].append(node)
    within: dict[str, list[Judgement]] = defaultdict(list)
    for j in made:
        within[joined.root(j.left)].append(j)
    return sorted((_one(group, within[root]) for root, group in groups.items()), key=lambda o: (o.name, o.id))


def members(filed: Iterable[Filed]) -> frozenset[str]:
    """What persons and organisations may be called in a judgement: register entries, parties of reports."""
    return frozenset(node.id for node in _nodes(filed))


def _nodes(filed: Iterable[Filed]) -> Iterator[_Node]:
    for report in filed:
        for actor, profile in zip(report.coded.actors, report.profiles.values(), strict=True):
            if profile.words and (profile.kind == "person" or profile.kind in ORGANISATIONS):
                mention = f"{report.report.id}:{profile.key}"
                known = profile.entity and not profile.entity.startswith(("ledger:", "org:-:"))
                yield _Node(profile.entity if known and profile.entity else mention, profile, mention, _is_named(actor, report.report.text))


def _is_named(actor: Actor, text: str) -> bool:
    """Does a name end in a proper noun: "Trump", not "the government", "senior U.S. official", nor "Authorities" that only begins sentences?"""
    last = actor.name.split()[-1]
    own = [m.start for m in actor.mentions if m.text == actor.name]
    return any(c.isupper() for c in last) and (last != actor.name or not own or not all(FIRST.search(text, max(0, at - 9), at) for at in own))


def _links(nodes: list[_Node]) -> Iterator[Judgement]:
    """Backchannel's own judgements: each party without an entry to the first of the same name and country, entries before reports. What is only described
    ("the government", "Russian forces") is one with its like when both are known to be of one country; a person, never.
    """
    named: dict[tuple[str, ...], list[_Node]] = defaultdict(list)
    spelt: dict[tuple[str, ...], list[_Node]] = defaultdict(list)
    for node in sorted(nodes, key=lambda n: (":" in n.id, n.id)):
        p = node.profile
        if p.kind == "person" and (len(p.words) < 2 or not node.named):
            continue
        kind = "person" if p.kind == "person" else "organisation"
        for buckets, key, score, why in (
            (named, (kind, *p.words), SAME_NAME, "the same name"),
            (spelt, (kind, skeleton(" ".join(p.words)), p.country or "?"), SPELT_ALIKE, "names spelt alike, of the same country"),
        ):
            first = next((n for n in buckets[key] if _may_be_one(node, n)), None)
            if node.id == node.mention and first and first.id != node.id:
                left, right = sorted((first.id, node.id))
                id = "j" + digest("entity", left, right)
                yield Judgement(id=id, left=left, right=right, same=True, score=score, why=(f"{first.profile.name}, {p.name}: {why}",))
                break
        named[(kind, *p.words)].append(node)
        spelt[kind, skeleton(" ".join(p.words)), p.country or "?"].append(node)


def _may_be_one(a: _Node, b: _Node) -> bool:
    one, other = a.profile.country, b.profile.country
    return not (one and other and one != other) if a.named and b.named else one is not None and one == other


def _one(group: list[_Node], made: list[Judgement]) -> One:
    members = tuple(sorted({n.id for n in group}))
    names = [n.profile.name for n in group]
    entry = next((n for n in group if n.id != n.mention), None)
    name = entry.profile.name if entry else max(dict.fromkeys(names), key=lambda n: (len(n.split()), names.count(n)))
    return One(
        id=entry.id if entry else "e" + digest("entity", min(members)), name=name, kind=(entry or group[0]).profile.kind,
        country=next((n.profile.country for n in group if n.profile.country), None), names=tuple(dict.fromkeys(names)), members=members,
        mentions=tuple(sorted(n.mention for n in group)), judgements=tuple(made),
    )  # fmt: skip
