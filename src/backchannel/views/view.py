"""Rows -> a result that prints, exports and filters: what every view hands back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any, Generic, TypedDict, TypeVar, cast, get_args, overload

import msgspec

from backchannel import plover
from backchannel.errors import UsageError
from backchannel.ledger.facts import name_words
from backchannel.ledger.intervals import FIRST, LAST, Days, days
from backchannel.records import Party, Standing, Status, UltimatumState, When
from backchannel.views.rows import Row

R = TypeVar("R", bound=Row)
WANTED = {"limit": "a whole number, 0 or more", "min_origins": "a whole number, 0 or more", "between": "two names"}
STATUSES = tuple(
    dict.fromkeys((*get_args(Status), *get_args(Standing), *get_args(UltimatumState), "open", "answered"))
)  # of acts, events, ultimatums, questions


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
def asked(wanted: Mapping[str, Any]) -> Filters:
    """The filters that were given, in the form in which rows are compared with them.

    Raises:
        UsageError: there is no such filter, or its value is none.

    """
    unknown = sorted(wanted.keys() - Filters.__annotations__.keys())
    if unknown:
        raise UsageError(f"filters {', '.join(unknown)}", "filters of " + ", ".join(Filters.__annotations__))
    return cast(Filters, {name: _value(name, value) for name, value in wanted.items() if value is not None})


def _value(name: str, value: Any) -> Any:
    """A filter's value: dates as ISO dates, words without space around them."""
    if name in ("limit", "min_origins"):
        good = isinstance(value, int) and value >= 0
    elif name == "reports":
        return frozenset([value] if isinstance(value, str) else value)
    elif name == "between":
        good = isinstance(value, tuple | list) and len(value) == 2 and all(isinstance(v, str) and v.strip() for v in value)
        value = tuple(value) if good else value
    else:
        value = value.isoformat()[:10] if isinstance(value, date) else value.strip() if isinstance(value, str) else value
        good = isinstance(value, str) and bool(value)
    if not good:
        raise UsageError(f"{name} {value!r}", WANTED.get(name, "a name, a word or a date that is not empty"))
    return value


def chosen(name: str, rows: Iterable[R], wanted: Filters) -> View[R]:
    """The rows that pass the filters, in order, at most ``limit``.

    Raises:
        UsageError: there is no such event type or status, or a date is none.

    """
    reach, rows = _reach(wanted), list(rows)
    _check_words(rows, wanted)
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
    if status and _word(status) not in _stands(row):
        return False
    if event and not _is_act(row, event):
        return False
    return reach is None or _in_reach(row, reach)


def _is_act(row: Row, event: str) -> bool:
    if event in getattr(row, "contexts", ()):  # a type of the user's own
        return True
    kind, _, mode = event.partition("-")
    return getattr(row, "type", None) == kind.upper() and (not mode or getattr(row, "mode", None) == mode)


def _stands(row: Row) -> tuple[str | None, ...]:
    return row.status, row.standing, getattr(row, "state", None)


def _word(status: str) -> str:
    """A status as records have it: "Confirmed by both" is ``confirmed_by_both``."""
    return status.lower().replace(" ", "_")


def _check_words(rows: Sequence[Row], wanted: Filters) -> None:
    """Whether event and status are words that a row may have: a misspelt one would look like nothing found."""
    event, status = wanted.get("event"), wanted.get("status")
    if event and not _is_type(event) and not any(_is_act(r, event) for r in rows):
        raise UsageError(f"event {event!r}", f"one of {', '.join(plover.TYPES)}, with a mode (CONSULT-visit) or without, or a type of your own")
    if status and _word(status) not in STATUSES and not any(_word(status) in _stands(r) for r in rows):
        raise UsageError(f"status {status!r}", f"one of {', '.join(STATUSES)}")


def _is_type(event: str) -> bool:
    """Whether it is a type or context of PLOVER, a type with its mode, or one of the user's own."""
    kind, _, mode = event.partition("-")
    if event in plover.contexts() or (kind.upper() in plover.TYPES and (not mode or mode in plover.modes(kind.upper()))):
        return True
    from backchannel.coder import own_types

    return any(event == (f"{t.like}-{t.name}" if t.mode else t.name) for t in own_types.imported())


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
    first, last = (days(When(start=d, end=d)) if d else None for d in (since, until))
    for name, given, found in (("since", since, first), ("until", until, last)):
        if given and found is None:
            raise UsageError(f"{name} {given!r}", "an ISO date", "2025-08-04")
    if first and last and first.first > last.last:
        raise UsageError(f"since {since}, until {until}", "dates in order of time")
    return Days(first.first if first else FIRST, last.last if last else LAST)


def _in_reach(row: Row, reach: Days) -> bool:
    span = days(row.when) or (days(When(start=row.told_on, end=row.told_on)) if row.told_on else None)
    return span is not None and span.meet(reach) is not None
