"""Rows -> a result that prints, exports and filters: what every view hands back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from typing import Any, Generic, TypedDict, TypeVar, overload

import msgspec

from backchannel.errors import UsageError
from backchannel.ledger.facts import name_words
from backchannel.ledger.intervals import Days, days
from backchannel.records import Party, When
from backchannel.views.rows import Row

R = TypeVar("R", bound=Row)
RowKind = TypeVar("RowKind", bound=Row)


class Filters(TypedDict, total=False):
    """The filters every view takes; a filter that is absent or null lets everything through."""

    actor: str | None  # a name or part of one, a country's name or ISO code, a register id
    between: tuple[str, str] | None  # both take part
    since: str | None  # ISO date: what happened (or, undated, was published) on or after it
    until: str | None
    event: str | None  # PLOVER type, or type-mode; a type of the user's own
    status: str | None  # status of the act, or standing
    min_origins: int | None
    as_known_on: str | None  # ISO date: with what the ledger knew at the end of that day
    limit: int | None
    reports: frozenset[str] | None  # only what these reports tell


class View(Sequence[R], Generic[R]):
    """The rows of one view."""

    def __init__(self, name: str, rows: Iterable[R]) -> None:
        self.name, self._rows = name, tuple(rows)

    @overload
    def __getitem__(self, place: int) -> R: ...
    @overload
    def __getitem__(self, place: slice) -> View[R]: ...
    def __getitem__(self, place: int | slice) -> R | View[R]:
        """A row, or a view of some of them."""
        return View(self.name, self._rows[place]) if isinstance(place, slice) else self._rows[place]

    def __len__(self) -> int:
        """How many rows."""
        return len(self._rows)

    def __iter__(self) -> Iterator[R]:
        """The rows in order."""
        return iter(self._rows)

    def __repr__(self) -> str:
        """The view's name and size."""
        return f"<{self.name}: {len(self)} rows>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as plain dictionaries."""
        return [msgspec.to_builtins(r) for r in self._rows]

    def to_json(self) -> str:
        """One row a line."""
        return "".join(msgspec.json.encode(r).decode() + "\n" for r in self._rows)

    def to_arrow(self) -> Any:
        """The rows as a pyarrow Table (extra ``arrow``)."""
        try:
            import pyarrow
        except ImportError:
            raise UsageError("no pyarrow", "the arrow extra", "pip install 'backchannel[arrow]'") from None
        return pyarrow.Table.from_pylist(self.to_dicts())

    def to_pandas(self) -> Any:
        """The rows as a pandas DataFrame, where pandas is installed."""
        try:
            import pandas  # type: ignore[import-untyped, unused-ignore]
        except ImportError:
            raise UsageError("no pandas", "pandas beside Backchannel", "pip install pandas") from None
        return pandas.DataFrame(self.to_dicts())

    def _repr_html_(self) -> str:
        """A table for notebooks; everything from reports is escaped."""
        if not self._rows:
            return f"<p>{escape(self.name)}: nothing</p>"
        heads = list(self._rows[0].cells())
        head = "".join(f"<th style='text-align:left'>{escape(h)}</th>" for h in heads)
        body = "".join("<tr>" + "".join(f"<td style='text-align:left'>{escape(c)}</td>" for c in r.cells().values()) + "</tr>" for r in self._rows)
        return f"<table><caption>{escape(self.name)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


# ------------------------------------------------------------------ filtering
def chosen(name: str, rows: Iterable[R], wanted: Filters) -> View[R]:
    """The rows that pass the filters, in order, at most ``limit``."""
    reach = _reach(wanted)
    kept = [r for r in rows if _passes(r, wanted, reach)]
    limit = wanted.get("limit")
    return View(name, kept if limit is None else kept[:limit])


def _passes(row: Row, wanted: Filters, reach: Days | None) -> bool:
    actor, between, event, status = wanted.get("actor"), wanted.get("between"), wanted.get("event"), wanted.get("status")
    reports, least = wanted.get("reports"), wanted.get("min_origins")
    if reports is not None and not reports.intersection(row.reports):
        return False
    if actor and not any(is_called(p, actor) for p in row.parties):
        return False
    if between and not both_there(row.parties, *between):
        return False
    if least is not None and row.n_origins < least:
        return False
    if status and status not in (row.status, row.standing, getattr(row, "state", None)):
        return False
    if event and not _is_act(row, event):
        return False
    return reach is None or _in_reach(row, reach)


def _is_act(row: Row, event: str) -> bool:
    if event in getattr(row, "contexts", ()):  # a type of the user's own
        return True
    kind, _, mode = event.partition("-")
    return getattr(row, "type", None) == kind.upper() and (not mode or getattr(row, "mode", None) == mode)


def both_there(parties: Sequence[Party], a: str, b: str) -> bool:
    """Whether two different parties are called a and b."""
    first, second = ([i for i, p in enumerate(parties) if is_called(p, name)] for name in (a, b))
    return any(i != j for i in first for j in second)


def is_called(party: Party, name: str) -> bool:
    """Whether a name, a part of it, its country (name or ISO code) or its register id was asked for."""
    if name in (party.country, party.entity):
        return True
    asked, has = name_words(name), name_words(party.name)
    if asked and (set(asked) <= set(has)):
        return True
    return party.country is not None and country_code(name) == party.country


@lru_cache(maxsize=512)
def country_code(name: str) -> str | None:
    """The ISO code of a country by its name, by the register; null when it is none."""
    if re.fullmatch(r"[A-Z]{3}", name):
        return name
    from backchannel.register import Register

    found = Register.load().country_of(name)
    return found.iso3 if found is not None else None


@lru_cache(maxsize=512)
def country_name(code: str | None) -> str | None:
    """The name of a state by its ISO code, by the register; null when it is none."""
    from backchannel.register import Register

    state = Register.load().entity(f"state:{code}") if code else None
    return state.name if state else None


def _reach(wanted: Filters) -> Days | None:
    since, until = wanted.get("since"), wanted.get("until")
    if not since and not until:
        return None
    reach = days(When(start=since, end=until))
    if reach is None or any(d and days(When(start=d)) is None for d in (since, until)):
        raise UsageError(f"dates {since!r}, {until!r}", "ISO dates", "2025-08-04")
    return reach


def _in_reach(row: Row, reach: Days) -> bool:
    span = days(row.when) or (days(When(start=row.told_on, end=row.told_on)) if row.told_on else None)
    return span is not None and span.meet(reach) is not None
