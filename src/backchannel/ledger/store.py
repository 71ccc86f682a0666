"""Coded reports in, the same records out, with what was known when: the ledger itself.

``add`` files a report whole or not at all, and filing it twice changes nothing. Nothing is overwritten: verdicts, judgements and withdrawals
are rows of their own, applied on reading. ``as_known_on`` replays any reading with the rows the ledger had at the end of that day (UTC).
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
from sqlalchemy import Connection, Table, func, select

from backchannel.collecting import no_collecting
from backchannel.errors import InputError, UsageError
from backchannel.ledger import recoding, rows, schema
from backchannel.ledger.entities import members
from backchannel.ledger.events import Affairs, fuse
from backchannel.ledger.facts import Fact, Filed
from backchannel.ledger.filing import batches, insert, insert_new
from backchannel.ledger.opening import complaints, ledger_url, open_engine
from backchannel.ledger.recoding import Recoded, Recoding
from backchannel.ledger.verdicts import Withdrawal, apply_verdicts, must_be_text, ruling
from backchannel.records import Coded, Event, Judgement, Refusal, Report, Verdict, digest, from_json, to_json


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What filing one report came to."""

    report: str
    new: bool
    claims: int


@dataclass
class _Read:
    """What was read last time, and the state of the ledger it holds for."""

    mark: object
    filed: tuple[Filed, ...]
    back: tuple[Filed, ...]
    affairs: Affairs | None = None


def utc_now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


def instant(moment: datetime) -> str:
    """An instant as the ledger writes it: fixed width, so that order by text is order in time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Ledger:
    """A ledger of coded reports; a context manager."""

    def __init__(self, url: str | Path | None = None, *, create: bool = True, read_only: bool = False, clock: Callable[[], datetime] = utc_now) -> None:
        """Opens (and makes, when it is new and ``create``) the ledger at a URL or path, $BACKCHANNEL_LEDGER, or the user's own.

        Raises:
            LedgerError: it cannot be opened or made, is no ledger, or is newer than this program.

        """
        self.url = ledger_url(url)
        self.name = self.url.database if self.url.get_backend_name() == "sqlite" and self.url.database else self.url.render_as_string()
        self._engine = open_engine(self.url, create=create, read_only=read_only)
        self._clock = clock
        self._read: dict[str | None, _Read] = {}

    # -------------------------------------------------------------- opening and closing
    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        """The ledger itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Closes it."""
        self.close()

    def __repr__(self) -> str:
        """Which ledger it is."""
        return f"Ledger({self.name!r})"

    # -------------------------------------------------------------- writing
    def add(self, coded: Coded, *, known_at: str | None = None) -> Added:
        """Files one report with all that was read out of it, in one transaction; nothing happens when it is there already.

        Raises:
            InputError: the records do not hold (an offset that does not slice back, a key that points nowhere).
            LedgerError: the ledger cannot be written to.

        """
        rows.check(coded)
        return self._file([coded], known_at)[0]

    def add_many(self, items: Iterable[Coded | Refusal]) -> Iterator[Added | Refusal]:
        """Files reports as they come, those that come quickly together in one transaction; what is handed back is filed for good.
        Refusals pass through, and one bad report does not stop the rest.
        """
        for batch in batches(items):
            checked = [_checked(item) for item in batch]
            filed = iter(self._file([c for c in checked if isinstance(c, Coded)]))
            for item in checked:
                yield item if isinstance(item, Refusal) else next(filed)

    def _file(self, items: Sequence[Coded], known_at: str | None = None) -> list[Added]:
        """Files sound reports in one transaction."""
        if not items:
            return []
        at = known_at or instant(self._clock())
        with self.writing() as connection:
            written = insert(connection, [(c, at) for c in items])
        found = []
        for coded in items:
            found.append(Added(report=coded.report.id, new=coded.report.id in written, claims=len(coded.claims)))
            written.discard(coded.report.id)  # brought twice, new once
        return found

    def recode(self, items: Iterable[Coded | Refusal]) -> Iterator[Recoded | Refusal]:
        """Files new codings of reports that are there, those that tell something else than what counts now; claims that people judged stay as they were
        judged. Nothing is overwritten. Refusals pass through.
        """
        version = importlib.metadata.version("backchannel")
        with self.reading() as connection:
            there = {f.report.id: f.coded for f in recoding.newest(rows.load(connection, None), recoding.codings(connection, None))[0]}
        joined = (c for j in self.judgements() for c in (j.left, j.right))
        judged = frozenset((*(v.record for v in self.verdicts()), *(w.record for w in self.withdrawals()), *joined))
        for batch in batches(items):
            found = [self._recoded(_checked(item), there, judged, version) for item in batch]
            changed = [row for _, row in found if row]
            if changed:
                with self.writing() as connection:
                    connection.execute(insert_new(connection, schema.recodings), changed)
            yield from (told for told, _ in found)

    def _recoded(self, item: Coded | Refusal, there: dict[str, Coded], judged: frozenset[str], version: str) -> tuple[Recoded | Refusal, dict[str, Any] | None]:
        """What a new coding comes to, and its row when it tells something else."""
        if isinstance(item, Refusal):
            return item, None
        old = there.get(item.report.id)
        if old is None:
            return InputError("a report that is not in the ledger", "one that was filed", "backchannel add").refusal(item.report.id, "ledger"), None
        new = recoding.with_judged(item, old, judged)
        told = recoding.compared(old, new, judged)
        if not told.changed:
            return told, None
        there[told.report], made_at = new, instant(self._clock())
        row = {"id": "n" + digest(told.report, version, made_at), "report_id": told.report, "version": version, "known_at": made_at}
        return told, row | {"record": to_json(new)}

    def verdict(self, record: str, decision: str, *, by: str | None = None, note: str | None = None, amendment: dict[str, Any] | None = None) -> Verdict:
        """Keeps a human judgement of one record.

        Raises:
            UsageError: the decision is unknown, an amendment is missing or does not fit the record.

        """
        made = ruling(record, decision, by=by, note=note, amendment=amendment, made_at=instant(self._clock()))
        self.keep_verdicts([made])
        return made

    def keep_verdicts(self, made: Sequence[Verdict]) -> None:
        """Keeps human judgements, all of them or none.

        Raises:
            UsageError: there is no such record, or an amendment does not fit it.

        """
        self._must_hold(v.record for v in made)
        amended = {v.record for v in made if v.decision == "amend"}
        if amended:
            apply_verdicts([f for f in self.filed() if any(c.id in amended for c in f.coded.claims)], made, strict=True)
        found = [
            {"id": v.id, "record_id": v.record, "decision": v.decision, "by": v.by, "note": v.note, "known_at": v.made_at}
            | {"amendment": msgspec.json.encode(v.amendment).decode()}
            for v in made
        ]
        if found:
            with self.writing() as connection:
                connection.execute(schema.verdicts.insert(), found)

    def judge(self, left: str, right: str, same: bool, *, by: str, why: str = "") -> Judgement:
        """Keeps a person's decision that two claims are, or are not, the same happening (two members of ``entities``: one party); it wins over
        Backchannel's own.

        Raises:
            UsageError: one of them is not there, both are the same, or a word is no text.

        """
        left, right = sorted((left, right))
        if left == right:
            raise UsageError(f"{left} twice", "two records")
        must_be_text(by, why)
        self._must_hold((left, right))
        made_at = instant(self._clock())
        made = Judgement(
            id="j" + digest(left, right, same, by, made_at), left=left, right=right, same=same, score=float(same), why=(why,) if why else (), by=by,
            made_at=made_at,
        )  # fmt: skip
        row = {"id": made.id, "left": left, "right": right, "same": same, "score": made.score, "by": by, "known_at": made_at}
        self._write(schema.judgements, row | {"why": msgspec.json.encode(made.why).decode()})
        return made

    def undo(self, judgement: str, *, by: str | None = None) -> None:
        """Takes a judgement back, a person's or Backchannel's own; the judgement itself is kept."""
        must_be_text(by)
        made_at = instant(self._clock())
        self._write(schema.undoings, {"id": "u" + digest(judgement, by, made_at), "judgement": judgement, "by": by, "known_at": made_at})

    def withdraw(self, record: str, *, reason: str, superseded_by: str | None = None, by: str | None = None) -> None:
        """Takes a report or a claim back; it is kept, and no longer counts from now on.

        Raises:
            UsageError: it is not there.

        """
        must_be_text(reason, by)
        self._must_hold([record])
        made_at = instant(self._clock())
        row = {"id": "w" + digest(record, reason, made_at), "record_id": record, "reason": reason, "superseded_by": superseded_by}
        self._write(schema.withdrawals, row | {"by": by, "known_at": made_at})

    def _must_hold(self, wanted: Iterable[str]) -> None:
        """UsageError when one of the ids is neither a record's nor a party's."""
        with self.reading() as connection:
            lost = recoding.without_record(connection, wanted)
        if lost and (lost := lost - members((*self.filed(), *self.superseded()))):
            raise UsageError(f"no record {', '.join(sorted(lost))} in {self.name}", "the ids of reports, claims, statements or parties in it")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes."""
        with complaints(self.name), self._engine.execution_options(writing=True).begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that reads: all of it sees the ledger of one instant."""
        with complaints(self.name), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    def now(self) -> datetime:
        """The present instant by the ledger's clock."""
        return self._clock()

    def _write(self, table: Table, row: dict[str, Any]) -> None:
        with self.writing() as connection:
            connection.execute(table.insert(), row)

    # -------------------------------------------------------------- reading
    def filed(self, as_known_on: str | None = None) -> tuple[Filed, ...]:
        """The reports that stood at the end of that day (or stand now), with verdicts applied, in order of id."""
        return self._reading(as_known_on).filed

    def superseded(self, as_known_on: str | None = None) -> tuple[Filed, ...]:
        """The reports that no longer stood (and reports with the claims of theirs that did not), as they were filed, in order of id."""
        return self._reading(as_known_on).back

    def facts(self, as_known_on: str | None = None) -> list[Fact]:
        """Every claim that stood, as a fact, in order of report and place in it."""
        return [fact for filed in self.filed(as_known_on) for fact in filed.facts()]

    def affairs(self, as_known_on: str | None = None) -> Affairs:
        """The events made of the claims, with what was judged on the way."""
        read = self._reading(as_known_on)
        if read.affairs is None:
            read.affairs = fuse(read.filed, self.judgements(as_known_on), self.undone(as_known_on))
        return read.affairs

    def fused(self, as_known_on: str | None = None) -> tuple[Event, ...]:
        """The events, in order of date."""
        return self.affairs(as_known_on).events

    def report(self, report_id: str) -> Report | None:
        """One report as it was filed."""
        with complaints(self.name), self._engine.connect() as connection:
            row = connection.execute(select(schema.reports.c.record).where(schema.reports.c.id == report_id)).first()
        return from_json(Report, row[0]) if row else None

    def verdicts(self, as_known_on: str | None = None) -> list[Verdict]:
        """The human verdicts, oldest first."""
        return [
            Verdict(id=r.id, record=r.record_id, decision=r.decision, by=r.by, note=r.note, amendment=msgspec.json.decode(r.amendment), made_at=r.known_at)
            for r in self._rows(schema.verdicts, as_known_on)
        ]

    def judgements(self, as_known_on: str | None = None) -> list[Judgement]:
        """The judgements people made, oldest first, those taken back included (``undone_at``)."""
        undone = {r.judgement: r.known_at for r in self._rows(schema.undoings, as_known_on)}
        return [
            Judgement(
                id=r.id,
                left=r.left,
                right=r.right,
                same=bool(r.same),
                score=r.score,
                why=tuple(msgspec.json.decode(r.why)),
                by=r.by,
                made_at=r.known_at,
                undone_at=undone.get(r.id),
            )
            for r in self._rows(schema.judgements, as_known_on)
        ]

    def undone(self, as_known_on: str | None = None) -> frozenset[str]:
        """The ids of judgements that were taken back."""
        return frozenset(r.judgement for r in self._rows(schema.undoings, as_known_on))

    def withdrawals(self, as_known_on: str | None = None) -> list[Withdrawal]:
        """What was taken back, oldest first."""
        return [
            Withdrawal(id=r.id, record=r.record_id, superseded_by=r.superseded_by, reason=r.reason, by=r.by, made_at=r.known_at)
            for r in self._rows(schema.withdrawals, as_known_on)
        ]

    def recodings(self, as_known_on: str | None = None) -> list[Recoding]:
        """Which reports were coded again, oldest first."""
        table = schema.recodings.c
        query = select(table.id, table.report_id, table.version, table.known_at).order_by(table.known_at, table.id)
        limit = known_before(as_known_on)
        with complaints(self.name), self._engine.connect() as connection:
            found = connection.execute(query.where(table.known_at < limit) if limit else query).all()
        return [Recoding(id=r.id, report=r.report_id, version=r.version, made_at=r.known_at) for r in found]

    def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        tables = (schema.reports, schema.actors, schema.statements, schema.claims, schema.judgements, schema.verdicts, schema.withdrawals, schema.recodings)
        with complaints(self.name), self._engine.connect() as connection:
            return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table in a fixed order: two ledgers are equal when their dumps are."""
        with complaints(self.name), self._engine.connect() as connection:
            return {t.name: sorted((tuple(r) for r in connection.execute(select(t))), key=repr) for t in schema.metadata.sorted_tables}

    def _rows(self, table: Table, as_known_on: str | None) -> list[Any]:
        query = select(table).order_by(table.c.known_at, table.c.id)
        limit = known_before(as_known_on)
        with complaints(self.name), self._engine.connect() as connection:
            return list(connection.execute(query.where(table.c.known_at < limit) if limit else query))

    def _reading(self, as_known_on: str | None) -> _Read:
        """The reading kept from last time, or a new one when rows have come since."""
        mark = tuple(sorted(self.counts().items())), len(self._rows(schema.undoings, None))
        kept = self._read.get(as_known_on)
        if kept is None or kept.mark != mark:
            with self.reading() as connection, no_collecting():
                before = known_before(as_known_on)
                loaded, older = recoding.newest(rows.load(connection, before), recoding.codings(connection, before))
            stand, back = rows.standing(loaded, self.withdrawals(as_known_on))
            kept = _Read(mark, tuple(apply_verdicts(stand, self.verdicts(as_known_on))), tuple(sorted((*older, *back), key=lambda f: f.report.id)))
            self._read = {k: v for k, v in self._read.items() if v.mark == mark} | {as_known_on: kept}  # what is outdated is let go
        return kept


def _checked(item: Coded | Refusal) -> Coded | Refusal:
    """The report when its records hold, else why not."""
    if isinstance(item, Refusal):
        return item
    try:
        rows.check(item)
    except InputError as error:
        report = getattr(item, "report", None)
        return error.refusal((report.path or report.given_id or report.id) if report else type(item).__name__, "ledger")
    return item


def known_before(as_known_on: str | None) -> str | None:
    """The instant before which a row must be known to count on that day.

    Raises:
        UsageError: it is not an ISO date.

    """
    if as_known_on is None:
        return None
    try:
        return f"{date.fromisoformat(as_known_on) + timedelta(days=1)}T"
    except (ValueError, OverflowError):
        raise UsageError(f"date {as_known_on!r}", "an ISO date", "2025-08-04") from None
