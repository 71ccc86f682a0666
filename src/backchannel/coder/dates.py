"""Expressions that name a date (Aug. 5, July 2014, the late 1990s, the third quarter, Easter) -> their value and their first and last day.

Without a year the nearest one is meant, or the one that "last", "next" or the tense of the clause asks for.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from backchannel.coder.calendar import (
    DECADES,
    SEASONS,
    Kind,
    Reading,
    Sense,
    base,
    clock_value,
    data,
    make,
    modifier,
    month_end,
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
    elif r.tense() == "future":
        year = day.year + (number < day.month and number - day.month + 12 <= 9)
    else:
        year = day.year - (number > day.month)
        if day.month < number <= day.month + 2 or (number + 12 <= day.month + 2):  # ten months ago would be called "last"
            year += 1
    s = unit_sense(date(max(year, 1), number, 1), "M", modifier(r))
    return Sense(s.kind, s.value, s.start, s.end, s.precision, f"XXXX-{number:02}")


def edge(r: Reading) -> Sense | None:
    """The end of May, the beginning of 2015, the end of the week, year-end: the last (first) day, month or quarter of it."""
    word = r.get("EDGE")
    if r.has("MONTH"):
        inner = month_year(r) if r.has("YEAR") else month(r)
    elif year := year_in(r):
        inner = unit_sense(date(year, 1, 1), "Y")
    else:
        unit = unit_of(r)
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
    value = end.isoformat() if word in ("end", "close") and (r.has("HYPHEN") or r.has("UNIT")) and days <= 366 else inner.value
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
        return -1 if first + 2 >= r.day.month else 0
    if which(r) > 0:
        return 1 if first <= r.day.month else 0
    if first == 12 and r.day.month <= 2:
        return -1
    return -1 if r.tense() == "past" and first > r.day.month else 0


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
    """The first half of 2014, H1 2025."""
    number = ordinal(r.get("HN", "ORD") or "2nd")
    year = year_in(r) or r.day.year + (which(r) if r.has("UNIT") and r.has("THIS", "NEXT") else 0)
    if number not in (1, 2):
        return None
    return Sense("DATE", f"{year:04}-H{number}", date(year, 6 * number - 5, 1), month_end(year, 6 * number), "season", fixed=r.has("YEAR"))


def decade(r: Reading) -> Sense | None:
    """The 1990s, the late '80s, the nineties."""
    word = r.get("DECADE") or ""
    digits = re.sub(r"\D", "", word)
    number = int(digits) if digits else DECADES[word]
    year = number if number > 99 else (2000 if number < 20 else 1900) + number
    if number > 99 and number % 100 == 0 and number % 1000 != 0:
        return Sense("DATE", f"{number // 100:02}XX", date(number, 1, 1), date(number + 99, 12, 31), "year", fixed=True)
    s = unit_sense(date(year, 1, 1), "E", modifier(r))
    return Sense(s.kind, s.value, s.start, s.end, "year", fixed=True)


def century(r: Reading) -> Sense | None:
    """The 20th century."""
    number = ordinal(r.get("ORD"))
    if number is None or not 1 <= number <= 30:
        return None
    first = 100 * (number - 1)
    return Sense("DATE", f"{number - 1:02}XX", date(max(first, 1), 1, 1), date(first + 99, 12, 31), "year", fixed=True)


def year(r: Reading) -> Sense | None:
    """2014, early 2014, fiscal 2014."""
    number = year_in(r)
    if number is None:
        return None
    s = unit_sense(date(number, 1, 1), "Y", modifier(r))
    return Sense(s.kind, s.value, s.start, s.end, s.precision, fixed=True)


def holiday(r: Reading) -> Sense | None:
    """Christmas, New Year's Eve, Thanksgiving, Easter (the nearest, or by last and next)."""
    name = r.get("HOLIDAY") or "new year"
    if name == "ramadan":
        return None
    eve = r.has("EVE") or "eve" in r.all("UNIT")

    def on(year: int) -> date:
        if name == "christmas":
            day = date(year, 12, 25)
        elif name == "thanksgiving":
            first = date(year, 11, 1)
            day = first + timedelta(days=(3 - first.weekday()) % 7 + 21)
        elif name == "easter":
            day = easter(year)
        elif name == "halloween":
            day = date(year, 10, 31)
        else:
            day = date(year, 1, 1)
        return day - timedelta(days=eve)

    days = [on(y) for y in range(max(r.day.year - 1, 1), r.day.year + 3)]
    said = year_in(r)
    if said:
        day = on(said)
    elif which(r) < 0:
        day = max(d for d in [on(max(r.day.year - 2, 1)), *days] if d < base(r))
    elif which(r) > 0 or r.tense() == "future":
        day = min(d for d in days if d > r.day)
    else:
        day = min(days, key=lambda d: (abs((d - r.day).days), d))
    if r.get("UNIT") == "weekend":
        return weekend(day)
    return Sense("DATE", day.isoformat(), day, day, "day", "XXXX-XX-XX", fixed=bool(said))


def easter(year: int) -> date:
    """Easter Sunday (Gregorian; the anonymous computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
