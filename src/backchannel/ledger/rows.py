"""A coded report -> its rows in the ledger, and rows -> coded reports."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, select

from backchannel.errors import InputError
from backchannel.ledger import schema
from backchannel.ledger.facts import Filed, party_keys
from backchannel.ledger.verdicts import Withdrawal
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
    if faults:
        raise InputError(f"records that do not hold: {faults[0]}" + (f" and {len(faults) - 1} more" if len(faults) > 1 else ""), "sound offsets and keys")


def insert(connection: Connection, coded: Coded, known_at: str) -> None:
    """Writes every row of a report."""
    connection.execute(schema.reports.insert(), report_row(coded, known_at))
    stamp = {"report_id": coded.report.id, "known_at": known_at}
    for table, values in (
        (schema.actors, [stamp | actor_row(a) | {"place": i} for i, a in enumerate(coded.actors)]),
        (schema.statements, [stamp | statement_row(s) | {"place": i} for i, s in enumerate(coded.statements)]),
        (schema.claims, [stamp | claim_row(c) | {"place": i} for i, c in enumerate(coded.claims)]),
        (schema.parties, party_rows(coded)),
    ):
        if values:
            connection.execute(table.insert(), values)


def report_row(coded: Coded, known_at: str) -> dict[str, Any]:
    """The report, with the times found in it."""
    report, published = coded.report, coded.report.published
    return {
        "id": report.id,
        "known_at": known_at,
        "publisher": report.publisher,
        "title": report.title,
        "published_start": published.start if published else None,
        "published_end": published.end if published else None,
        "text_digest": digest(normalise(report.text)),
        "times": msgspec.json.encode(coded.times).decode(),
        "record": to_json(report),
    }


def actor_row(actor: Actor) -> dict[str, Any]:
    """An actor."""
    return {"key": actor.key, "name": actor.name, "kind": actor.kind, "country": actor.country, "entity": actor.entity, "record": to_json(actor)}


def statement_row(statement: Statement) -> dict[str, Any]:
    """A statement."""
    actor = statement.source.actor if statement.source else None
    shown = {"stance": statement.stance, "actor": actor, "verbatim": statement.verbatim}
    return {"key": statement.key, "id": statement.id, "record": to_json(statement)} | shown


def claim_row(claim: AnyClaim) -> dict[str, Any]:
    """A claim."""
    event = claim if isinstance(claim, EventClaim) else None
    act = {"type": event.event if event else None, "status": event.status if event else None}
    dates = {"start": claim.when.start if claim.when else None, "end": claim.when.end if claim.when else None}
    return {"key": claim.key, "id": claim.id, "kind": claim.__struct_config__.tag, "record": to_json(claim)} | act | dates


def party_rows(coded: Coded) -> list[dict[str, Any]]:
    """Who takes part in which claim, and as what."""
    found = ((claim, role, key) for claim in coded.claims for role, key in party_keys(claim))
    return [{"report_id": coded.report.id, "claim_key": claim.key, "actor_key": key, "role": role} for claim, role, key in found]


_TIMES = msgspec.json.Decoder(tuple[TimeExpression, ...])
_DECODERS: tuple[tuple[Table, msgspec.json.Decoder[Any]], ...] = (
    (schema.actors, msgspec.json.Decoder(Actor)),
    (schema.statements, msgspec.json.Decoder(Statement)),
    (schema.claims, msgspec.json.Decoder(AnyClaim)),
)


def load(connection: Connection, before: str | None) -> list[Filed]:
    """Every report known before that instant (or at all), in order of id."""
    parts: dict[str, tuple[list[Any], ...]] = {}
    for place, (table, decoder) in enumerate(_DECODERS):
        query = select(table.c.report_id, table.c.record).order_by(table.c.report_id, table.c.place)
        for report_id, record in connection.execute(query.where(table.c.known_at < before) if before else query):
            parts.setdefault(report_id, ([], [], []))[place].append(decoder.decode(record))
    told = schema.reports.c
    every = select(told.record, told.times, told.known_at).order_by(told.id)
    found = []
    for record, times, known_at in connection.execute(every.where(told.known_at < before) if before else every):
        report = from_json(Report, record)
        actors, statements, claims = map(tuple, parts.get(report.id, ([], [], [])))
        found.append(Filed(Coded(report=report, actors=actors, times=_TIMES.decode(times), statements=statements, claims=claims), known_at))
    return found


def standing(filed: list[Filed], withdrawals: list[Withdrawal]) -> list[Filed]:
    """The reports without what was taken back."""
    gone = {w.record for w in withdrawals}
    kept = [f for f in filed if f.report.id not in gone]
    return [
        Filed(msgspec.structs.replace(f.coded, claims=tuple(c for c in f.coded.claims if c.id not in gone)), f.known_at)
        if any(c.id in gone for c in f.coded.claims)
        else f
        for f in kept
    ]
