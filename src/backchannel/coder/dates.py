"""Expressions that name a day or a week of the calendar (Aug. 5, 3/5/14, the 18th, the first week of May) -> their value and their first and last day.

Without a year the nearest one is meant, or the one that "last", "next" or the tense of the clause asks for.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from backchannel.coder.calendar import (
    Kind,
    Reading,
    Sense,
    base,
    clock_value,
    data,
    make,
    month_of,
    ordinal,
    period,
    shift,
    unit_of,
    unit_sense,
    value_of,
    weekday_of,
    weekend,
    which,
    width,
    year_in,
)
from backchannel.coder.periods import month, month_year, year

FAR = 45  # days: "the Oct. 7 attack" farther off than this is some year's, and which is not said


def iso(r: Reading) -> Sense | None:
    """2014-05-03, 05/03/2014 (month first), 3/5/14, 3.5.2014 (day first)."""
    word = r.words[0].low
    first, second, third = (int(part) for part in re.split(r"[-/.]", word))
    if first > 99:
        day = make(first, second, third)
    elif "." in word:
        day = make(third, second, first)
    else:
        year = full_year(third, r.day)
        day = make(year, first, second) or make(year, second, first)
    return Sense("DATE", day.isoformat(), day, day, "day", fixed=True) if day else None


def full_year(year: int, day: date) -> int:
    """A two-digit year as the one nearest to the day, not more than 20 years ahead."""
    if year > 99:
        return year
    century = day.year - day.year % 100
    return century + year if century + year <= day.year + 20 else century - 100 + year


def month_day(r: Reading) -> Sense | None:
    """Aug. 5; Aug. 5, 2019; Friday, Aug. 5; 5 August; May 3-5. Without a year: the nearest one, or the one that the tense asks for."""
    at = next(i for i, w in enumerate(r.words) if w.cls == "MONTH")
    numbers = [n for w in r.words if w.cls in ("DAY", "ORD") and (n := ordinal(w.low)) is not None]
    if not numbers or (any(w.cls in ("CLOCK", "AMPM") for w in r.words[:at]) and len(numbers) < 1):
        return None
    months = [month_of(w.low) for w in r.words if w.cls == "MONTH"]
    if r.has("AMPM") and len(numbers) > 1:
        numbers = numbers[1:]
    year = year_in(r)
    if year is None and not 1 <= numbers[0] <= 31:
        return None
    if year is None and r.lead == "the" and (known := known_day(months[0], numbers[0], r)):
        return known
    start = make(year, months[0], numbers[0]) if year else near_day(months[0], numbers[0], r)
    if start is None:
        return None
    end = start
    if len(numbers) > 1 and r.has("HYPHEN", "TO"):
        end = make(start.year, months[-1], numbers[1]) or start
        end = max(end, start)
    value = start.isoformat()
    kind: Kind = "DATE"
    if clock := clock_value(r):
        kind, value = "TIME", value + clock
    return Sense(kind, value, start, end, width(start, end), f"XXXX-{months[0]:02}-{numbers[0]:02}", fixed=year is not None)


def day_month_year(r: Reading) -> Sense | None:
    """05-Aug-2016, 22/Jan/2019, 2019-Aug-01."""
    month = month_of(r.get("MONTH") or "")
    year = year_in(r)
    numbers = [int(w.low) for w in r.words if w.cls in ("DAY", "NUM")]
    if year is None and len(numbers) == 2:
        year = full_year(numbers.pop(), r.day)
    day = make(year, month, numbers[0]) if year and numbers else None
    return Sense("DATE", day.isoformat(), day, day, "day", fixed=True) if day else None


def numbered(r: Reading, around: int) -> list[date]:
    """The days of that number in the month of the publication and so many months before and after."""
    months = [period(shift(r.day, n, "M"), "M")[0] for n in range(-around, around + 1)]
    return [d for m in months if (d := make(m.year, m.month, ordinal(r.get("ORD")) or 0))]


def day_of_month(r: Reading) -> Sense | None:
    """On the 18th: of the month of the publication or the one that the tense asks for."""
    days = numbered(r, 1)
    if r.has("UNIT"):
        month = shift(r.day, which(r), "M").month
        day = next((d for d in days if d.month == month), None)
    elif r.tense() == "future" or r.bound in ("by", "until", "before"):
        day = min((d for d in days if d >= r.day), default=None)
    elif r.tense() == "past":
        day = max((d for d in days if d <= r.day), default=None)
    else:
        day = min(days, key=lambda d: abs((d - r.day).days), default=None)
    return Sense("DATE", day.isoformat(), day, day, "day", f"XXXX-XX-{day.day:02}") if day else None


def weekday_and_day(r: Reading) -> Sense | None:
    """Tuesday the 11th: the nearest day that is both."""
    days = [d for d in numbered(r, 12) if d.weekday() == weekday_of(r)]
    day = min(days, key=lambda d: abs((d - r.day).days), default=None)
    return Sense("DATE", day.isoformat(), day, day, "day", f"XXXX-XX-{day.day:02}") if day else None


def week_of(r: Reading) -> Sense | None:
    """The week of April 10, the week starting on February 4: the calendar week of that day; a week "ending" on a day is the seven days up to it."""
    inner = month_day(r)
    if inner is None or inner.start is None:
        return None
    if r.get("STARTING") == "ending":
        first = shift(inner.start, -6, "D")
        return Sense("DATE", value_of(inner.start, "W"), first, inner.start, "week", "XXXX-WXX", fixed=inner.fixed)
    return replace(unit_sense(inner.start, "W"), fixed=inner.fixed)


def nth(r: Reading) -> Sense | None:
    """The first week of January, the last Friday of May, the third day of this month: weeks count when their Thursday lies inside (ISO 8601)."""
    head = next(i for i, w in enumerate(r.words) if w.cls in ("OF", "IN"))
    number = ordinal(next((w.low for w in r.words[:head] if w.cls == "ORD"), None)) or -1
    inner = replace(r, words=r.words[head + 1 :])
    if inner.has("MONTH"):
        whole = month_year(inner) if inner.has("YEAR") else month(inner)
    elif inner.has("YEAR"):
        whole = year(inner)
    else:
        unit = unit_of(inner)
        whole = unit_sense(shift(base(inner) if inner.has("PREV", "FOLLOWING") else r.day, which(inner), unit), unit) if unit in "WMY" else None
    if whole is None or whole.start is None or whole.end is None:
        return None
    part = replace(r, words=r.words[:head])
    day = part.get("WEEKDAY", "SHORTDAY")
    unit = "D" if day or part.get("UNIT") == "weekend" else unit_of(part)
    mark = weekday_of(part) if day else 5 if part.get("UNIT") == "weekend" else 3 if unit == "W" else None
    span = (whole.end - whole.start).days + 1
    if unit not in "DWM" or span > 366 or (unit == "M" and span < 300):
        return None
    if unit == "M":
        starts = [shift(whole.start, n, "M") for n in range(12)]
    else:
        starts = [d for n in range(span) if (d := shift(whole.start, n, "D")) and (mark is None or d.weekday() == mark)]
    if not -1 <= number <= len(starts) or number == 0:
        return None
    chosen = starts[number - 1 if number > 0 else -1]
    found = weekend(chosen) if part.get("UNIT") == "weekend" else unit_sense(chosen, unit)
    return replace(found, fixed=whole.fixed)


def known_day(month: int, dom: int, r: Reading) -> Sense | None:
    """For "the Oct. 7 attack": the day of the event known by its date, or no day when the nearest such day is far off and the year is not said."""
    if not r.follow or not r.follow[0].isalpha():
        return None
    for row in data()["known_day"]:
        day = date.fromisoformat(row["day"])
        if (day.month, day.day) == (month, dom) and r.follow[0] in row["words"] and r.follow[-1] != "on" and r.day >= day:
            return Sense("DATE", day.isoformat(), day, day, "day", f"XXXX-{month:02}-{dom:02}", note=f"known by its date: {row['name']}")
    near = near_day(month, dom, r)
    if near is None or abs((near - r.day).days) <= FAR:
        return None
    return Sense("DATE", f"XXXX-{month:02}-{dom:02}", fixed=True, note="no dates: which year is not said")


def named(r: Reading) -> Sense | None:
    """9/11."""
    day = date(2001, 9, 11)
    return Sense("DATE", day.isoformat(), day, day, "day", fixed=True)


def near_day(month: int, dom: int, r: Reading) -> date | None:
    """The nearest such day; one long past or far ahead is the other year's when the tense says so."""
    days = [d for year in (r.day.year - 1, r.day.year, r.day.year + 1) if (d := make(year, month, dom))]
    if not days:
        return None
    nearest = min(days, key=lambda d: abs((d - r.day).days))
    off, tense = (nearest - r.day).days, r.tense()
    if tense == "past" and off > 60:
        return max((d for d in days if d <= r.day), default=nearest)
    if tense == "future" and off < -60:
        return min((d for d in days if d >= r.day), default=nearest)
    return nearest
