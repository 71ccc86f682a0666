"""Claims + human verdicts -> the claims as people left them: rejected ones out, accepted ones certain, amended ones changed.

The latest verdict on a record wins. The claims as they were coded stay in the ledger; this is applied on reading.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from backchannel.errors import UsageError
from backchannel.intake.text import broken
from backchannel.ledger.facts import Filed
from backchannel.ledger.intervals import holds
from backchannel.records import AnyClaim, Coded, Full, Verdict, digest

DECISIONS = ("accept", "reject", "amend")
FIXED = frozenset({"key", "id", "kind", "anchor"})  # what a record is; the rest may be amended


class Withdrawal(Full, frozen=True, kw_only=True):
    """A report or claim taken back, and what stands in its place."""

    id: str
    record: str
    superseded_by: str | None = None
    reason: str | None = None
    by: str | None = None
    made_at: str = ""


def ruling(record: str, decision: str, *, by: str | None = None, note: str | None = None, amendment: dict[str, Any] | None = None, made_at: str) -> Verdict:
    """A human judgement as a record.

    Raises:
        UsageError: the decision is unknown, an amendment is missing or given where there is nothing to amend.

    """
    if decision not in DECISIONS:
        raise UsageError(f"decision {decision!r}", "accept, reject or amend")
    must_be_text(by, note)
    if (decision == "amend") != bool(amendment):
        raise UsageError("an amendment without fields" if decision == "amend" else f"fields with {decision!r}", "amend with fields to change")
    return Verdict(
        id="v" + digest(record, decision, by, note, made_at),
        record=record,
        decision=decision,  # type: ignore[arg-type]
        by=by,
        note=note,
        amendment=amendment or {},
        made_at=made_at,
    )


def must_be_text(*words: str | None) -> None:
    """UsageError when one of them cannot be written and read again."""
    if any(not isinstance(w, str) or broken(w) for w in words if w is not None):
        raise UsageError("a name or note that is no text", "words without zero bytes and half characters")


def apply_verdicts(filed: Iterable[Filed], verdicts: Iterable[Verdict], *, strict: bool = False) -> list[Filed]:
    """The reports with their claims as the verdicts leave them.

    Raises:
        UsageError: (strict) an amendment does not fit its record.

    """
    latest = {v.record: v for v in verdicts}
    return [_judged(f, latest, strict) for f in filed] if latest else list(filed)


def _judged(filed: Filed, latest: dict[str, Verdict], strict: bool) -> Filed:
    if not any(c.id in latest for c in filed.coded.claims):
        return filed
    claims = tuple(j for c in filed.coded.claims if (j := _apply(c, latest[c.id], filed, strict) if c.id in latest else c) is not None)
    return filed.with_claims(claims)


def _apply(claim: AnyClaim, verdict: Verdict, filed: Filed, strict: bool) -> AnyClaim | None:
    """The claim after the verdict; null when it was rejected."""
    if verdict.decision == "reject":
        return None
    reason = f"{verdict.decision}ed by {verdict.by or 'a reader'}" + (f": {verdict.note}" if verdict.note else "")
    try:
        changed = amended(claim, verdict.amendment, filed) if verdict.decision == "amend" else claim
    except UsageError:
        if strict:
            raise
        return claim
    return msgspec.structs.replace(changed, confidence=1.0, why=(*changed.why, reason))


def amended(claim: AnyClaim, amendment: dict[str, object], filed: Filed) -> AnyClaim:
    """The claim with fields changed.

    Raises:
        UsageError: a field is unknown or fixed, a value does not fit, or the result points nowhere.

    """
    now = msgspec.to_builtins(claim)
    wrong = sorted(k for k in amendment if k in FIXED or k not in now)
    if wrong:
        raise UsageError(f"fields {', '.join(wrong)}", "fields of the record that may be amended: " + ", ".join(sorted(set(now) - FIXED)))
    try:
        changed = msgspec.convert(now | amendment, type(claim))
    except msgspec.ValidationError as error:
        raise UsageError(f"an amendment that does not fit ({error})", "values as in the data dictionary") from None
    times = [getattr(changed, name, None) for name in ("when", "deadline", "from_", "to")]
    wrong = [f"a time {t.start} - {t.end}" for t in times if t and not holds(t)] + [f"a confidence {changed.confidence}"] * (not 0 <= changed.confidence <= 1)
    if wrong:
        raise UsageError(f"an amendment with {' and '.join(wrong)}", "real dates in order (2025-08-05), a confidence from 0 to 1")
    faults = Coded(report=filed.report, actors=filed.coded.actors, statements=filed.coded.statements, claims=(changed,)).faults()
    if faults:
        raise UsageError(f"an amendment that does not hold ({faults[0]})", "keys and quotes of the same report")
    return changed
