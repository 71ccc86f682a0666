"""Expressions that name a day or a week of the calendar (Aug. 5, 3/5/14, the 18th, the first week of May) -> their value and their first and last day.

Without a year the nearest one is meant, or the one that "last", "next" or the tense of the clause asks for.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from backchannel.coder.times.calendar import (
    MONTHS,
    PAST,
    Kind,
    Reading,
    Sense,
    base,
    clock_value,
    data,
    full_year,
    is_due,
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
from backchannel.coder.times.periods import month, month_year, year

FAR = 45  # days: "the Oct. 7 attack" farther off than this is some year's, and which is not said


AHEAD = frozenset(("effective", "payable", "due"))  # words before a day that is to come


def iso(r: Reading) -> Sense | None:
    """2014-05-03, 05/03/2014 (month first), 3/5/14, 3.5.2014 (day first)."""
    word = r.words[0].low
    parts = (word[:4], word[4:6], word[6:]) if word.isdigit() else re.split(r"[-/.]", word)
    first, second, third = map(int, parts)
    if first > 99:
        day = make(first, second, third)
    elif "." in word:
        day = make(third, second, first)
    else:
        year = full_year(third, r.day)
        day = make(year, first, second) or make(year, second, first)
    return Sense("DATE", day.isoformat(), day, day, "day", fixed=True) if day else None


def month_day(r: Reading) -> Sense | None:
    """Aug. 5; Aug. 5, 2019; Friday, Aug. 5; 5 August; May 3-5. Without a year: the nearest one, or the one that the tense asks for."""
    at = next((i for i, w in enumerate(r.words) if w.cls == "MONTH"), None)
    if at is None:
        return day_by_month(r)
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


def day_by_month(r: Reading) -> Sense | None:
    """The 24 of "24 and 25 April" (the month follows), the 25 of "April 24 and 25" (of the month of the expression before, or of the next one)."""
    dom = ordinal(r.get("DAY", "ORD")) or 0
    leads = r.follow[:1] not in ((), (".",), (",",)) and r.lead not in ("and", "or", "to", "through", "until", "till")
    at = next((i for i, low in enumerate(r.follow) if low[:3] in MONTHS and low[0].isalpha()), None) if leads else None
    if at is not None:
        year = next((int(low) for low in r.follow[at + 1 : at + 4] if low.isdigit() and len(low) == 4), None)
        month = month_of(r.follow[at])
        day = make(year, month, dom) if year else near_day(month, dom, r)
        fixed = year is not None
    elif r.back:
        start = r.back if r.back.day < dom else shift(r.back.replace(day=1), 1, "M")
        day, fixed = make(start.year, start.month, dom), False
    else:
        return None
    return Sense("DATE", day.isoformat(), day, day, "day", f"XXXX-{day.month:02}-{day.day:02}", fixed=fixed) if day else None


def slash_day(r: Reading) -> Sense | None:
    """4/22, 22/4, Friday 5/12, "5/7, 2020" (month first, unless there is no such month): the nearest one or the one that the tense asks for."""
    first, second = (int(part) for part in (r.get("SLASHNUM") or "0/0").split("/"))
    month, dom = (first, second) if first <= 12 else (second, first)
    year = year_in(r)
    day = make(year, month, dom) if year else near_day(month, dom, r)
    return Sense("DATE", day.isoformat(), day, day, "day", f"XXXX-{month:02}-{dom:02}", fixed=year is not None) if day else None


def iso_month(r: Reading) -> Sense | None:
    """2015-12, 12-2015."""
    s = unit_sense(date(year_in(r) or 1, int(r.get("DAY") or 1), 1), "M")
    return replace(s, fixed=True)


def iso_day(r: Reading) -> Sense | None:
    """2016 10 16."""
    day = make(*(int(w.low) for w in r.words))
    return Sense("DATE", day.isoformat(), day, day, "day", fixed=True) if day else None


def day_month_year(r: Reading) -> Sense | None:
    """05-Aug-2016, 22/Jan/2019, 2019-Aug-01, 2019/01/Aug."""
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
    return [d for m in months if (d := make(m.year, m.month, ordinal(r.get("ORD", "DAY")) or 0))]


def day_of_month(r: Reading) -> Sense | None:
    """On the 18th: of the month of the publication or the one that the tense asks for."""
    days = numbered(r, 1)
    if r.has("UNIT"):
        month = shift(r.day, which(r), "M").month
        day = next((d for d in days if d.month == month), None)
    elif r.tense() == "future" or is_due(r):
        day = min((d for d in days if d >= r.day), default=None)
    elif r.tense() in PAST:
        day = max((d for d in days if d <= r.day), default=None)
    else:
        day = min(days, key=lambda d: abs((d - r.day).days), default=None)
    return Sense("DATE", day.isoformat(), day, day, "day", f"XXXX-XX-{day.day:02}") if day else None


def days_of_month(r: Reading) -> Sense | None:
    """4-6 this month."""
    month = shift(r.day, which(r), "M")
    first, last = (make(month.year, month.month, int(low)) for low in r.all("DAY"))
    return Sense("DATE", first.isoformat(), first, last, width(first, last), f"XXXX-XX-{first.day:02}") if first and last else None


def weekday_and_day(r: Reading) -> Sense | None:
    """Tuesday the 11th: the nearest day that is both."""
    days = [d for d in numbered(r, 12) if d.weekday() == weekday_of(r)]
    day = min(days, key=lambda d: abs((d - r.day).days), default=None)
    return Sense("DATE", day.isoformat(), day, day, "day", f"XXXX-XX-{day.day:02}") if day else None


def week_of(r: Reading) -> Sense | None:
    """The week of April 10, the week starting on February 4, w/c Feb. 4: the calendar week of that day; a week "ending" on a day is the seven days up to it."""
    inner = month_day(r) if r.has("MONTH") else day_of_month(r)
    if inner is None or inner.start is None:
        return None
    if r.get("STARTING", "WC") in ("ending", "w/e"):
        first = shift(inner.start, -6, "D")
        return Sense("DATE", value_of(inner.start, "W"), first, inner.start, "week", "XXXX-WXX", fixed=inner.fixed)
    return replace(unit_sense(inner.start, "W"), fixed=inner.fixed)


def nth(r: Reading) -> Sense | None:
    """The first week of January, the last Friday of May, the third day of this month: weeks count when their Thursday lies inside (ISO 8601)."""
    head, whole = whole_of(r)
    number = ordinal(next((w.low for w in r.words[:head] if w.cls == "ORD"), None)) or -1
    part = replace(r, words=r.words[:head])
    starts = starts_in(part, whole)
    if whole is None or not -1 <= number <= len(starts) or number == 0:
        return None
    chosen = starts[number - 1 if number > 0 else -1]
    unit = "D" if part.has("WEEKDAY", "SHORTDAY") else unit_of(part)
    found = weekend(chosen) if part.get("UNIT") == "weekend" else unit_sense(chosen, unit)
    return replace(found, fixed=whole.fixed)


def whole_of(r: Reading) -> tuple[int, Sense | None]:
    """(words before "of", the month, week or year after it)."""
    head = next(i for i, w in enumerate(r.words) if w.cls in ("OF", "IN"))
    inner = replace(r, words=r.words[head + 1 :])
    if inner.has("MONTH"):
        return head, month_year(inner) if year_in(inner) else month(inner)
    if inner.has("YEAR"):
        return head, year(inner)
    unit = unit_of(inner)
    return head, unit_sense(shift(base(inner) if inner.has("PREV", "FOLLOWING") else r.day, which(inner), unit), unit) if unit in "WMY" else None


def starts_in(part: Reading, whole: Sense | None) -> list[date]:
    """A day of each of the weekdays, days, weekends, weeks or months that lie in a whole."""
    if whole is None or whole.start is None or whole.end is None:
        return []
    day, unit = part.get("WEEKDAY", "SHORTDAY"), unit_of(part)
    span = (whole.end - whole.start).days + 1
    if span > 366 or (not day and (unit not in "DWM" or (unit == "M" and span < 300))):
        return []
    if unit == "M" and not day:
        return [shift(whole.start, n, "M") for n in range(12)]
    mark = weekday_of(part) if day else 5 if (part.get("UNIT") or "").startswith("weekend") else 3 if unit == "W" else None
    return [d for n in range(span) if (d := shift(whole.start, n, "D")) and (mark is None or d.weekday() == mark)]


def week_number(r: Reading) -> Sense | None:
    """Week 31, week 3 of 2027, week 27 of last year (ISO 8601)."""
    number = int(r.get("NUM", "DAY") or 0)
    year = year_in(r) or (r.day.isocalendar().year + (which(r) if len(r.all("UNIT")) > 1 else 0))
    monday = date.fromisocalendar(year, number, 1)
    return replace(unit_sense(monday, "W"), fixed=r.has("YEAR"))


def known_day(month: int, dom: int, r: Reading) -> Sense | None:
    """For "the Oct. 7 attack": the day of the event known by its date, or no day when the nearest such day is far off and the year is not said."""
    if not r.follow or not r.follow[0].isalpha():
        return None
    for row in data()["known_day"]:
        day = date.fromisoformat(row["day"])
        if (day.month, day.day) == (month, dom) and r.follow[0] in row["words"] and r.follow[1:2] != ("on",) and r.day >= day:
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
    if which(r) and not r.has("WEEKDAY", "SHORTDAY"):  # "next 6th of April"
        return min((d for d in days if d > r.day), default=None) if which(r) > 0 else max((d for d in days if d < r.day), default=None)
    off, tense = (nearest - r.day).days, "future" if r.lead in AHEAD or r.bound in ("by", "until") else r.tense()
    if tense in PAST and off > 60:
        return max((d for d in days if d <= r.day), default=nearest)
    if tense == "future" and off < -60:
        return min((d for d in days if d >= r.day), default=nearest)
    return nearest
