"""A coded report -> its rows in the ledger, and rows -> coded reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Select, Table, select

from backchannel.errors import InputError
from backchannel.ledger import schema
from backchannel.ledger.facts import Filed, party_keys
from backchannel.ledger.fingerprints import SCHEME, fingerprint, pack
from backchannel.ledger.verdicts import Withdrawal
from backchannel.ledger.versions import address
from backchannel.records import Actor, AnyClaim, Coded, EventClaim, Report, Statement, TimeExpression, digest, from_json, normalise, to_json


def check(coded: Coded) -> None:
    """Refuses records that could not be read back: one such row would stop every later reading."""
    try:
        from_json(Coded, to_json(coded))
    except msgspec.ValidationError as error:
        raise InputError(f"records that do not hold: {error}", "values as in the data dictionary") from None
    faults = coded.faults()
    twice = [k for k, n in Counter(r.key for group in (coded.actors, coded.statements, coded.claims) for r in group).items() if n > 1]
    faults += [f"the key {k} is used twice" for k in twice]
    faults += [f"the id or key {k[:50]!r} is too long" for k in _names(coded) if len(k) > 40]
    if faults:
        raise InputError(f"records that do not hold: {faults[0]}" + (f" and {len(faults) - 1} more" if len(faults) > 1 else ""), "sound offsets and keys")


def _names(coded: Coded) -> Iterator[str]:
    yield coded.report.id
    for record in (*coded.actors, *coded.statements, *coded.claims):
        yield record.key
        yield getattr(record, "id", "")


def plain(text: str | None, longest: int | None = None) -> str | None:
    """The text as a column to filter on can hold it in any database; the record beside it keeps it whole."""
    return text.replace("\0", " ")[:longest] if text else text


def batch(items: Sequence[tuple[Coded, str]]) -> list[tuple[Table, list[dict[str, Any]]]]:
    """The rows of these reports and instants, table by table in the order in which they may be written; reports themselves left out."""
    found: dict[str, list[dict[str, Any]]] = {t.name: [] for t in PARTS}
    for coded, known_at in items:
        stamp = {"report_id": coded.report.id, "known_at": known_at}
        found["fingerprints"].append(fingerprint_row(coded))
        found["actors"] += [stamp | actor_row(a) | {"place": i} for i, a in enumerate(coded.actors)]
        found["statements"] += [stamp | statement_row(s) | {"place": i} for i, s in enumerate(coded.statements)]
        found["claims"] += [stamp | claim_row(c) | {"place": i} for i, c in enumerate(coded.claims)]
        found["parties"] += party_rows(coded)
    return [(t, found[t.name]) for t in PARTS if found[t.name]]


def report_row(coded: Coded, known_at: str) -> dict[str, Any]:
    """The report, with the times found in it."""
    report, published = coded.report, coded.report.published
    return {
        "id": report.id,
        "known_at": known_at,
        "publisher": plain(report.publisher),
        "title": plain(report.title),
        "published_start": plain(published.start, 32) if published else None,
        "published_end": plain(published.end, 32) if published else None,
        "text_digest": digest(normalise(report.text)),
        "times": msgspec.json.encode(coded.times).decode(),
        "record": to_json(report),
        "address": address(report.url),
    }


def fingerprint_row(coded: Coded) -> dict[str, Any]:
    """The report's fingerprint."""
    return {"report_id": coded.report.id, "scheme": SCHEME, "grams": pack(fingerprint(coded.report))}


def actor_row(actor: Actor) -> dict[str, Any]:
    """An actor."""
    return {
        "key": actor.key,
        "name": plain(actor.name),
        "kind": actor.kind,
        "country": plain(actor.country, 3),
        "entity": plain(actor.entity),
        "record": to_json(actor),
    }


def statement_row(statement: Statement) -> dict[str, Any]:
    """A statement."""
    actor = statement.source.actor if statement.source else None
    shown = {"stance": statement.stance, "actor": actor, "verbatim": statement.verbatim}
    return {"key": statement.key, "id": statement.id, "record": to_json(statement)} | shown


def claim_row(claim: AnyClaim) -> dict[str, Any]:
    """A claim."""
    event = claim if isinstance(claim, EventClaim) else None
    act = {"type": event.event if event else None, "status": event.status if event else None}
    dates = {"start": plain(claim.when.start, 32) if claim.when else None, "end": plain(claim.when.end, 32) if claim.when else None}
    return {"key": claim.key, "id": claim.id, "kind": claim.__struct_config__.tag, "record": to_json(claim)} | act | dates


def party_rows(coded: Coded) -> list[dict[str, Any]]:
    """Who takes part in which claim, and as what."""
    found = ((claim, role, key) for claim in coded.claims for role, key in party_keys(claim))
    return [{"report_id": coded.report.id, "claim_key": claim.key, "actor_key": key, "role": role} for claim, role, key in found]


PARTS = (schema.fingerprints, schema.actors, schema.statements, schema.claims, schema.parties)
_TIMES = msgspec.json.Decoder(tuple[TimeExpression, ...])
_DECODERS: tuple[tuple[Table, msgspec.json.Decoder[Any]], ...] = (
    (schema.actors, msgspec.json.Decoder(Actor)),
    (schema.statements, msgspec.json.Decoder(Statement)),
    (schema.claims, msgspec.json.Decoder(AnyClaim)),
)


def load(connection: Connection, before: str | None, only: Sequence[str] | None = None) -> list[Filed]:
    """Every report known before that instant (or at all), or those of ``only``, in order of id.

    Rows are taken as they lie, which is how they came: what is told at one time is then close in memory when it is compared.
    """

    def wanted(query: Select[Any], report: Column[Any], known_at: Column[Any] | None) -> Select[Any]:
        if before is not None and known_at is not None:
            query = query.where(known_at < before)
        return query if only is None else query.where(report.in_(only))

    parts: dict[str, tuple[list[tuple[int, Any]], ...]] = {}
    for place, (table, decoder) in enumerate(_DECODERS):
        records = select(table.c.report_id, table.c.place, table.c.record)
        for report_id, at, record in connection.execute(wanted(records, table.c.report_id, table.c.known_at)):
            parts.setdefault(report_id, ([], [], []))[place].append((at, decoder.decode(record)))
    marks, told = schema.fingerprints.c, schema.reports.c
    query = select(marks.report_id, marks.grams).where(marks.scheme == SCHEME)
    prints = {r: bytes(g) for r, g in connection.execute(wanted(query, marks.report_id, None))}
    every = select(told.record, told.times, told.known_at)
    found = []
    for record, times, known_at in connection.execute(wanted(every, told.id, told.known_at)):
        report = from_json(Report, record)
        actors, statements, claims = (tuple(r for _, r in sorted(rows, key=itemgetter(0))) for rows in parts.get(report.id, ([], [], [])))
        coded = Coded(report=report, actors=actors, times=_TIMES.decode(times), statements=statements, claims=claims)
        found.append(Filed(coded, known_at, prints.get(report.id)))
    return sorted(found, key=lambda f: f.report.id)


def standing(filed: Sequence[Filed], withdrawals: Iterable[Withdrawal]) -> tuple[list[Filed], list[Filed]]:
    """The reports with the claims that stand, and those with what was taken back."""
    gone = {w.record for w in withdrawals}
    if not gone:
        return list(filed), []
    stand, back = [], []
    for one in filed:
        if one.report.id in gone:
            back.append(one)
            continue
        lost = [c for c in one.coded.claims if c.id in gone]
        stand.append(one.with_claims(tuple(c for c in one.coded.claims if c.id not in gone)) if lost else one)
        if lost:
            back.append(one.with_claims(tuple(lost)))
    return stand, back
