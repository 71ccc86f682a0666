"""What people judged, by the beginnings of ids -> verdicts in the ledger: one, or a file of many, all of the sound ones in one transaction.

A line of the file is an object: ``id`` (the beginning is enough; of an event it stands for each of its claims), ``decision`` (accept, reject, amend),
and ``by``, ``note``, ``set`` (fields to amend).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from backchannel.errors import UsageError
from backchannel.ledger import Ledger
from backchannel.ledger.store import instant
from backchannel.ledger.verdicts import apply_verdicts, ruling
from backchannel.records import Refusal, Verdict
from backchannel.views.show import Index

KEYS = frozenset({"id", "decision", "by", "note", "set"})
EXPECTED = "an object of id, decision, and by, note, set"
Ruling = dict[str, Any]


def read_rulings(lines: Iterable[bytes], *, by: str | None = None, note: str | None = None) -> Iterator[Ruling | Refusal]:
    """The rulings of a file; lines that are none as refusals. ``by`` and ``note`` are for lines that have none."""
    n = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        n += 1
        try:
            found = msgspec.json.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            found = str(error)
        if isinstance(found, dict) and {"id", "decision"} <= set(found) <= KEYS and isinstance(found["id"], str) and isinstance(found.get("set", {}), dict):
            yield {"by": by, "note": note, "set": {}, "line": f"line {number}"} | found
        else:
            said = f"a line with {', '.join(sorted(found)) or 'nothing'}" if isinstance(found, dict) else "a line that is no JSON object"
            yield Refusal(name=f"line {number}", stage="verdict", found=said, expected=EXPECTED)
    if not n:
        yield Refusal(name="verdicts", stage="verdict", found="an empty file", expected=f"lines, each {EXPECTED}")


def rule(ledger: Ledger, asked: Iterable[Ruling | Refusal], *, strict: bool = False) -> Iterator[Verdict | Refusal]:
    """Keeps the verdicts; what names no record or does not fit is handed back refused, and the rest is kept.

    Raises:
        UsageError: (strict) a ruling does not fit.

    """
    index, sound, made_at = Index(ledger), list[Verdict](), instant(ledger.now())
    filed = ledger.filed()
    for one in asked:
        if isinstance(one, Refusal):
            yield one
            continue
        try:
            row = index.find(one["id"])
            made = [
                ruling(record, one["decision"], by=one["by"], note=one["note"], amendment=one["set"], made_at=made_at) for record in row.claims or (row.id,)
            ]
            if one["decision"] == "amend":
                apply_verdicts([f for f in filed if f.report.id in row.reports], made, strict=True)
            sound += made
        except UsageError as error:
            if strict:
                raise
            yield error_of(error, one)
    ledger.keep_verdicts(list({v.id: v for v in sound}.values()))
    yield from sound


def error_of(error: UsageError, one: Ruling) -> Refusal:
    """The refusal of one line."""
    return Refusal(name=str(one.get("line") or one["id"]), stage="verdict", found=error.found, expected=error.expected, hint=error.hint)
