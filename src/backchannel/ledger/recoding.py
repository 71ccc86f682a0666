"""A report coded again by a newer Backchannel -> the coding that counts from then on, with everything kept that people judged.

The first coding of a report is its rows; each later one is one row that holds it whole (``schema.recodings``). The newest that is known counts; claims
that it no longer makes are superseded. Claim ids follow from report, kind and words, so most verdicts hold by themselves; a claim that somebody judged
is carried over as it was, with its parties and sources, and what the new coding says of the same words gives way to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, select

from backchannel.ledger import schema
from backchannel.ledger.facts import Filed
from backchannel.records import Actor, AnyClaim, Coded, Statement, from_json

Keyed = TypeVar("Keyed", Actor, Statement, AnyClaim)
Part = TypeVar("Part", Actor, Statement)
PARTIES = frozenset({"actor", "recipient", "mediator", "third_party", "initiative", "between", "person", "asked_by"})  # fields that name actors by key
SAID = frozenset({"said_by", "within"})  # those that name statements
AT_ONCE = 500  # ids asked for at a time


class Recoded(msgspec.Struct, frozen=True, kw_only=True):
    """What coding one report again came to."""

    report: str
    changed: bool
    new: int = 0  # claims that were not there
    gone: int = 0  # claims that are no longer made
    judged: int = 0  # claims kept as people judged them


class Recoding(msgspec.Struct, frozen=True, kw_only=True):
    """That a report was coded again, by which version of Backchannel, and since when the ledger knows."""

    id: str
    report: str
    version: str
    made_at: str


# ------------------------------------------------------------------ what counts
def codings(connection: Connection, before: str | None) -> dict[str, list[Coded]]:
    """The later codings of each report known before that instant (or at all), oldest first."""
    table = schema.recodings.c
    query = select(table.report_id, table.record).order_by(table.known_at, table.id)
    found: dict[str, list[Coded]] = {}
    for report, record in connection.execute(query.where(table.known_at < before) if before else query):
        found.setdefault(report, []).append(from_json(Coded, record))
    return found


def without_record(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of the ids that are no report's, claim's or statement's, of later codings too."""
    left = sorted(set(ids))
    for table in (schema.reports, schema.claims, schema.statements):
        there: set[str] = set()
        for n in range(0, len(left), AT_ONCE):
            there |= set(connection.execute(select(table.c.id).where(table.c.id.in_(left[n : n + AT_ONCE]))).scalars())
        left = [i for i in left if i not in there]
    if not left:
        return set()
    return set(left) - {r.id for several in codings(connection, None).values() for coded in several for r in (*coded.claims, *coded.statements)}


def newest(filed: Sequence[Filed], later: Mapping[str, Sequence[Coded]]) -> tuple[list[Filed], list[Filed]]:
    """The reports by their newest coding, and the claims of older ones that it no longer makes, each as last coded."""
    stand, back = [], []
    for one in filed:
        *older, last = one.coded, *later.get(one.report.id, ())
        stand.append(Filed(last, one.known_at) if older else one)
        told = {c.id for c in last.claims}
        for coded in reversed(older):
            lost = tuple(c for c in coded.claims if c.id not in told)
            told |= {c.id for c in lost}
            back += [Filed(coded, one.known_at).with_claims(lost)] if lost else []
    return stand, back


# ------------------------------------------------------------------ what people judged
def with_judged(new: Coded, old: Coded, judged: frozenset[str]) -> Coded:
    """The new coding with those claims of the old one that people judged; what it says of the same words is left out."""
    kept = [c for c in old.claims if c.id in judged]
    claims = tuple(c for c in new.claims if not any(c.id == k.id or (type(c) is type(k) and _meet(c, k)) for k in kept))
    coded = msgspec.structs.replace(new, claims=claims)
    for claim in kept:
        coded = _with_claim(coded, claim, old)
    return coded


def compared(old: Coded, new: Coded, judged: frozenset[str]) -> Recoded:
    """What the new coding of a report changes."""
    before, after = {c.id for c in old.claims}, {c.id for c in new.claims}
    changes = {"new": len(after - before), "gone": len(before - after), "judged": len(before & judged)}
    return Recoded(report=old.report.id, changed=old != new, **changes)


def _meet(a: AnyClaim, b: AnyClaim) -> bool:
    return a.anchor.start < b.anchor.end and b.anchor.start < a.anchor.end


def _with_claim(new: Coded, claim: AnyClaim, old: Coded) -> Coded:
    """The coding with a claim of another coding of the same text: its parties and sources are those of the same words, or are brought along."""
    told = _chain(claim, {s.key: s for s in old.statements})
    involved = {*_keys(claim), *(s.source.actor for s in told if s.source)}
    parties = [a for a in old.actors if a.key in involved]
    actors = _names(parties, new.actors, _same_party)
    said = _names(told, new.statements, lambda s, t: (s.source and s.source.text, s.content) == (t.source and t.source.text, t.content))
    moved = _renamed(claim, actors, said)
    moved = msgspec.structs.replace(moved, key=_free(moved.key, {c.key for c in new.claims}))
    return msgspec.structs.replace(
        new,
        actors=_joined(new.actors, [msgspec.structs.replace(a, key=actors[a.key]) for a in parties]),
        statements=_joined(new.statements, [msgspec.structs.replace(_renamed(s, actors, said), key=said[s.key]) for s in told]),
        claims=tuple(sorted((*new.claims, moved), key=lambda c: (c.anchor.start, c.anchor.end))),
    )


def _chain(claim: AnyClaim, statements: Mapping[str, Statement]) -> list[Statement]:
    """The statements that the claim stands in, and those that contain them."""
    todo, found = list(claim.said_by), dict[str, Statement]()
    while todo:
        key = todo.pop()
        if key in statements and key not in found:
            found[key] = statements[key]
            todo += [w] if (w := found[key].within) else []
    return list(found.values())


def _same_party(a: Actor, b: Actor) -> bool:
    """Whether both are named by one stretch of the text."""
    return not {(m.start, m.end) for m in a.mentions}.isdisjoint((m.start, m.end) for m in b.mentions)


def _names(records: Sequence[Part], there: Sequence[Part], same: Callable[[Part, Part], bool]) -> dict[str, str]:
    """By which key each record goes among others: that of the same one there, or one that is free."""
    taken, found = {r.key for r in there}, dict[str, str]()
    for record in records:
        twin = next((t.key for t in there if same(record, t)), None)
        found[record.key] = twin or _free(record.key, taken)
        taken.add(found[record.key])
    return found


def _free(key: str, taken: set[str]) -> str:
    return next(k for n in range(1, len(taken) + 2) if (k := key if n == 1 else f"{key}-{n}") not in taken)


def _joined(there: tuple[Part, ...], others: Sequence[Part]) -> tuple[Part, ...]:
    """Those that are there, and of the others those whose key is not."""
    keys = {r.key for r in there}
    return there + tuple(r for r in others if r.key not in keys)


def _keys(record: AnyClaim) -> list[str]:
    """The actors that a record names."""
    found: list[str] = []
    _walk(msgspec.to_builtins(record), "", lambda value, field: found.append(value) if field in PARTIES else None)
    return found


def _renamed(record: Keyed, actors: Mapping[str, str], statements: Mapping[str, str]) -> Keyed:
    """The record with its actors and statements under other keys."""
    names = dict.fromkeys(PARTIES, actors) | dict.fromkeys(SAID, statements)
    plain = _walk(msgspec.to_builtins(record), "", lambda value, field: names.get(field, {}).get(value, value))
    return msgspec.convert(plain, type(record))


def _walk(value: Any, field: str, at: Callable[[str, str], Any]) -> Any:
    """Plain data with what ``at`` makes of each text, which is told the field that holds it."""
    if isinstance(value, dict):
        return {k: _walk(v, k, at) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_walk(v, field, at) for v in value]
    return at(value, field) if isinstance(value, str) else value
