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
        raise InputError(
            f"records that do not hold: {faults[0]}" + (f" and {len(faults) - 1} more" if len(faults) > 1 else ""), "sound offsets and keys"
        )


def insert(connection: Connection, coded: Coded, known_at: str) -> None:
    report = coded.report
    published = report.published
    connection.execute(
        schema.reports.insert(),
        {
            "id": report.id,
            "known_at": known_at,
            "publisher": report.publisher,
            "title": report.title,
            "record": to_json(report),
            "published_start": published.start if published else None,
            "published_end": published.end if published else None,
            "text_digest": digest(normalise(report.text)),
            "times": msgspec.json.encode(coded.times).decode(),
        },
    )
    stamp = {"report_id": report.id, "known_at": known_at}
    rows: list[tuple[Table, list[dict[str, Any]]]] = [
        (
            schema.actors,
            [
                stamp | {"key": a.key, "name": a.name, "kind": a.kind, "country": a.country, "entity": a.entity, "record": to_json(a)}
                for a in coded.actors
            ],
        ),
        (
            schema.statements,
            [
                stamp
                | {
                    "key": s.key,
                    "id": s.id,
                    "stance": s.stance,
                    "actor": s.source.actor if s.source else None,
                    "verbatim": s.verbatim,
                    "record": to_json(s),
                }
                for s in coded.statements
            ],
        ),
        (schema.claims, [stamp | claim_row(c) for c in coded.claims]),
        (
            schema.parties,
            [{"report_id": report.id, "claim_key": c.key, "actor_key": key, "role": role} for c in coded.claims for role, key in party_keys(c)],
        ),
    ]
    for table, values in rows:
        if values:
            connection.execute(table.insert(), values)


def claim_row(claim: AnyClaim) -> dict[str, Any]:
    event = claim if isinstance(claim, EventClaim) else None
    when = claim.when
    return {
        "key": claim.key,
        "id": claim.id,
        "kind": claim.__struct_config__.tag,
        "type": event.event if event else None,
        "status": event.status if event else None,
        "start": when.start if when else None,
        "end": when.end if when else None,
        "record": to_json(claim),
    }


_CLAIM: msgspec.json.Decoder[AnyClaim] = msgspec.json.Decoder(AnyClaim)
_TIMES = msgspec.json.Decoder(tuple[TimeExpression, ...])


def load(connection: Connection, before: str | None) -> list[Filed]:
    """Every report known before that instant, in order of id."""
    parts: dict[str, tuple[list[Actor], list[Statement], list[AnyClaim]]] = {}
    decoders: tuple[tuple[Table, Any], ...] = (
        (schema.actors, msgspec.json.Decoder(Actor)),
        (schema.statements, msgspec.json.Decoder(Statement)),
        (schema.claims, _CLAIM),
    )
    for place, (table, decoder) in enumerate(decoders):
        query = select(table.c.report_id, table.c.record)
        for report_id, record in connection.execute(query.where(table.c.known_at < before) if before else query):
            parts.setdefault(report_id, ([], [], []))[place].append(decoder.decode(record))
    reports = select(schema.reports.c.record, schema.reports.c.times, schema.reports.c.known_at).order_by(schema.reports.c.id)
    found = []
    for record, times, known_at in connection.execute(reports.where(schema.reports.c.known_at < before) if before else reports):
        report = from_json(Report, record)
        actors, statements, claims = parts.get(report.id, ([], [], []))
        coded = Coded(
            report=report,
            actors=tuple(sorted(actors, key=order)),
            times=_TIMES.decode(times),
            statements=tuple(sorted(statements, key=order)),
            claims=tuple(sorted(claims, key=order)),
        )
        found.append(Filed(coded, known_at))
    return found


def order(record: Actor | Statement | AnyClaim) -> tuple[int, str]:
    """Keys in counting order: s2 before s10."""
    digits = "".join(c for c in record.key if c.isdigit())
    return (int(digits) if digits else 0, record.key)


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
