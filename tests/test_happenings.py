"""Reports of several outlets on one thing as it develops (tests/cases/happenings.yaml): what the ledger shows in the end, and on the days between."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from backchannel.coder import code
from backchannel.export.ical import calendar
from backchannel.records import Coded
from backchannel.views.affairs import Ledger
from backchannel.views.timeline import EventRow
from backchannel.views.view import country_code, is_called

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "happenings.yaml").read_text(encoding="utf8"))
EXPECTED = [(case, expected) for case in CASES for expected in case["expect"]]


def name_of(case: dict[str, Any], expected: dict[str, Any]) -> str:
    """What a test of one expectation is called."""
    return f"{case['name']}, {case['expect'].index(expected) + 1}"


@cache
def coded(name: str) -> tuple[tuple[Coded, str], ...]:
    """The reports of a scenario with the instants at which they are filed."""
    reports = next(case["reports"] for case in CASES if case["name"] == name)
    return tuple(
        (code(r["text"], publisher=r["from"], published=str(r["day"]), url=r.get("url")), f"{r['day']}T12:00:0{n}.000000Z") for n, r in enumerate(reports)
    )


@cache
def ledger(name: str, order: int = 0) -> Ledger:
    """A ledger of the scenario, its reports filed in some order."""
    made, filed = Ledger("sqlite://"), list(coded(name))
    random.Random(order).shuffle(filed)
    for report, known_at in filed:
        made.add(report, known_at=known_at)
    return made


def events(made: Ledger, expected: dict[str, Any]) -> list[EventRow]:
    """The events that an expectation speaks of, those of most claims first."""
    found = [r for r in made.timeline(as_known_on=known(expected)) if r.type in (expected["event"], *expected.get("or", ()))]
    found = [r for r in found if expected.get("mode") in (None, r.mode) and all(any(is_called(p, name) for p in r.parties) for name in expected["with"])]
    if day := expected.get("when") and str(expected["when"]):
        found = [r for r in found if r.when and (r.when.start or "9")[:10] <= day <= (r.when.end or "")[:10]]
    return sorted(found, key=lambda r: -len(r.claims))


def known(expected: dict[str, Any]) -> str | None:
    """The day as of which the ledger is read."""
    return str(expected["known"]) if "known" in expected else None


def shown(made: Ledger, expected: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """(what, expected, shown) for each part of an expectation."""
    as_known_on = known(expected)
    if "event" in expected:
        found = events(made, expected)
        yield "n", expected.get("n", 1), len(found)
        row = found[0] if found else None
        yield from ((k, expected[k], getattr(row, k, None)) for k in ("standing", "status") if k in expected)
        if "origins" in expected:
            yield "origins", sorted(expected["origins"]), sorted(row.origins) if row else None
        if "denied" in expected:
            yield "denied", *({country_code(n) or n for n in names} for names in (expected["denied"], row.denied_by if row else ()))
        for number in expected.get("quantity", ()):
            yield "quantity", number, number if row and any(number in text for text in row.quantity) else None
    elif "ultimatum" in expected:
        told = [u for u in made.ultimatums(as_known_on=as_known_on) if expected["ultimatum"].lower() in " ".join(u.issuer).lower()]
        yield "n", 1, len(told)
        yield "state", expected["state"], told[0].state if told else None
        if "due" in expected:
            yield "due", str(expected["due"]), told[0].deadline.end if told and told[0].deadline else None
    elif "question" in expected:
        asked = [q for q in made.questions(as_known_on=as_known_on) if expected["question"].lower() in q.what().lower()]
        yield "states", [expected["state"]], [q.state for q in asked]
    else:
        lines = calendar(made, as_known_on=as_known_on).decode().splitlines()
        days = sorted({f"{line[-8:-4]}-{line[-4:-2]}-{line[-2:]}" for line in lines if line.startswith("DTSTART")})
        yield "calendar", [str(day) for day in expected["calendar"]], days


@pytest.mark.parametrize(("case", "expected"), EXPECTED, ids=[name_of(*e) for e in EXPECTED])
def test_what_the_ledger_shows(case: dict[str, Any], expected: dict[str, Any]) -> None:
    """Each expectation holds, but for those marked as not reached, which do not."""
    found = [part for part in shown(ledger(case["name"]), expected) if part[1] != part[2]]
    if "missed" in expected:
        assert found, f"reached now: {expected}"
    else:
        assert not found


@pytest.mark.parametrize("name", [case["name"] for case in CASES])
def test_the_order_of_filing_changes_nothing(name: str) -> None:
    """The same events, with the same standing, whichever report was filed first."""
    shown_at_first = [(e.id, e.standing, e.status, e.claims, e.origins) for e in ledger(name).fused()]
    for order in (1, 2):
        assert [(e.id, e.standing, e.status, e.claims, e.origins) for e in ledger(name, order).fused()] == shown_at_first
