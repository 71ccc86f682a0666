"""Expressions that name a month, a season, a quarter, a year, a decade (July 2014, last spring, the late 1990s) -> their value and their first and last day.

Without a year the nearest one is meant, or the one that "last", "next" or the tense of the clause asks for.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from backchannel.coder.times.calendar import (
    DECADES,
    PAST,
    SEASONS,
    Reading,
    Sense,
    base,
    is_due,
    modifier,
    month_end,
    month_of,
    ordinal,
    shift,
    unit_of,
    unit_sense,
    which,
    width,
    year_in,
)


def month_year(r: Reading) -> Sense | None:
    """July 2014, late July 2014."""
    year = year_in(r)
    if year is None:
        return None
    s = unit_sense(date(year, month_of(r.get("MONTH") or ""), 1), "M", modifier(r))
    return Sense(s.kind, s.value, s.start, s.end, s.precision, fixed=True)


def month(r: Reading) -> Sense | None:
    """July, last July, early next July, October last year, "the following May"."""
    number = month_of(r.get("MONTH") or "")
    day = r.day
    if r.has("UNIT"):  # October last year
        year = base(r).year + which(r) if r.has("PREV", "FOLLOWING") else day.year + which(r)
    elif which(r) < 0:
        year = day.year - (number >= day.month)
    elif which(r) > 0:
        year = day.year + (number <= day.month)
    elif r.has("THIS"):
        year = day.year
    elif is_due(r) or r.tense() == "future":
        year = day.year + (number < day.month and number - day.month + 12 <= 9)
    else:
        year = day.year - (number > day.month)
        near = day.month < number <= day.month + 2 or number + 12 <= day.month + 2
        if near and r.bound != "since" and (r.lead == "for" or r.tense() not in ("did", "done")):  # ten months ago would be called "last"
            year += 1
    s = unit_sense(date(max(year, 1), number, 1), "M", modifier(r))
    return Sense(s.kind, s.value, s.start, s.end, s.precision, f"XXXX-{number:02}")


CLOSINGS = {"eod": "D", "cob": "D", "eow": "W", "eom": "M", "eoq": "Q", "eoy": "Y"}


def edge(r: Reading) -> Sense | None:
    """The end of May, the beginning of 2015, the end of the week, year-end, EOM: the last (first) day, month or quarter of it."""
    closing = r.get("CLOSING")
    word = "end" if closing else r.get("EDGE")
    if r.has("MONTH"):
        inner = month_year(r) if year_in(r) else month(r)
    elif year := year_in(r):
        inner = unit_sense(date(year, 1, 1), "Y")
    else:
        unit = CLOSINGS[closing] if closing else unit_of(r)
        if unit.islower():
            return None
        inner = unit_sense(shift(r.day, which(r), unit), unit)
    if inner is None or inner.start is None or inner.end is None:
        return None
    start, end = inner.start, inner.end
    days = (end - start).days
    slice_ = 0 if days <= 31 else 30 if days <= 366 else 365
    if word == "end" or word == "close":
        start = end - timedelta(days=slice_)
    elif word in ("beginning", "start"):
        end = start + timedelta(days=slice_)
    elif word in ("rest", "remainder", "remaining") and start <= r.day <= end:
        start = r.day
    value = end.isoformat() if word in ("end", "close") and r.has("HYPHEN", "UNIT", "CLOSING") and days <= 366 else inner.value
    return Sense("DATE", value, start, end, width(start, end), inner.vague, fixed=inner.fixed)


def years(r: Reading) -> Sense | None:
    """2014-2016, 2014-16."""
    first = int(r.words[0].low)
    last = int(re.sub(r"\D", "", r.words[-1].low))
    last = last if last > 99 else first - first % 100 + last
    if not (0 < first <= last < 9999):
        return None
    return Sense("DATE", f"{first:04}", date(first, 1, 1), date(last, 12, 31), "year", fixed=True)


def season(r: Reading) -> Sense | None:
    """Last spring, the summer of 2014 (meteorological: March-May, June-August, September-November, December-February)."""
    code, first = SEASONS[r.get("SEASON") or "spring"]
    year = year_in(r)
    fixed = year is not None
    if year is None:
        year = r.day.year + season_shift(r, first)
    if not 1 <= year <= 9000:
        return None
    if code == "WI" and fixed:
        either = "the winter before or after the turn of that year"
        return Sense("DATE", f"{year:04}-WI", date(max(year - 1, 1), 12, 1), month_end(year + 1, 2), "year", fixed=True, note=either)
    start = date(year, first, 1)
    end_year, end_month = (year + 1, 2) if code == "WI" else (year, first + 2)
    return Sense("DATE", f"{year:04}-{code}", start, month_end(end_year, end_month), "season", f"XXXX-{code}", fixed=fixed)


def season_shift(r: Reading, first: int) -> int:
    """Years to add for the season meant: the last one over, the next one to begin, or this year's."""
    if which(r) < 0:
        return -2 if first == 12 and r.day.month <= 2 else -1 if first + 2 >= r.day.month else 0
    if which(r) > 0:
        return 1 if first <= r.day.month else 0
    if first == 12 and r.day.month <= 2:
        return -1
    ahead = first - r.day.month  # "this fall" said in July of what is planned; in March of last year's
    return -1 if r.tense() in PAST and ahead > 0 and (not r.has("THIS") or ahead >= 10 - ahead) else 0


def quarter(r: Reading) -> Sense | None:
    """The third quarter, this year's third quarter, the 1988 second quarter (calendar quarters; a bare one is the latest that has ended)."""
    number = ordinal(r.get("QN", "ORD"))
    if number is None or not 1 <= number <= 4:
        return None
    year, fixed = year_in(r), True
    if year is None:
        fixed = False
        now = (r.day.month + 2) // 3
        year = r.day.year + (which(r) if r.has("UNIT") else -1 if number > now and r.tense() != "future" else 0)
    s = unit_sense(date(year, 3 * number - 2, 1), "Q")
    return Sense(s.kind, s.value, s.start, s.end, s.precision, f"XXXX-Q{number}", fixed=fixed)


def half(r: Reading) -> Sense | None:
    """The first half of 2014, H1 2025, the second half of last year or of June; a bare one is the latest that has begun."""
    number = ordinal(r.get("HN", "ORD") or "2nd")
    if number not in (1, 2):
        return None
    year = year_in(r)
    if r.has("MONTH") and (whole := month_year(r) if year else month(r)) and whole.start and whole.end:
        middle = whole.start.replace(day=15)
        first, last = (whole.start, middle) if number == 1 else (middle + timedelta(days=1), whole.end)
        return replace(whole, start=first, end=last, precision=width(first, last))
    if year is None:
        said = next((a.cls for a, b in pairwise(r.words) if b.cls == "UNIT"), "")
        ahead = number == 2 and r.day.month <= 6 and not r.has("UNIT") and r.tense() != "future"
        year = r.day.year + {"LAST": -1, "NEXT": 1}.get(said, -ahead)
    return Sense("DATE", f"{year:04}-H{number}", date(year, 6 * number - 5, 1), month_end(year, 6 * number), "season", fixed=r.has("YEAR"))


def decade(r: Reading) -> Sense | None:
    """The 1990s, the late '80s, the nineties."""
    word = r.get("DECADE") or ""
    digits = re.sub(r"\D", "", word)
    number = int(digits) if digits else DECADES[word]
    year = number if number > 99 else (2000 if number < 20 else 1900) + number
    if number > 99 and number % 100 == 0 and number % 1000 != 0:
        return Sense("DATE", f"{number // 100:02}", date(number, 1, 1), date(number + 99, 12, 31), "year", fixed=True)
    s = unit_sense(date(year, 1, 1), "E", modifier(r))
    return Sense(s.kind, s.value, s.start, s.end, "year", fixed=True)


def century(r: Reading) -> Sense | None:
    """The 20th century."""
    number = ordinal(r.get("ORD"))
    if number is None or not 1 <= number <= 30:
        return None
    first = 100 * (number - 1)
    return Sense("DATE", f"{number - 1:02}", date(max(first, 1), 1, 1), date(first + 99, 12, 31), "year", fixed=True)


def year(r: Reading) -> Sense | None:
    """2014, early 2014, fiscal 2014."""
    number = year_in(r)
    if number is None:
        return None
    s = unit_sense(date(number, 1, 1), "Y", modifier(r))
    return Sense(s.kind, s.value, s.start, s.end, s.precision, fixed=True)
