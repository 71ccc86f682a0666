"""A matched time expression and the day it is read on -> its TIMEX3 type and value, and its first and last day (ISO-TimeML).

Conventions: weeks run from Monday to Sunday; "last week" is the calendar week before, "last month" the calendar month before; "two weeks ago" is that
calendar week, "a month ago" that month, "five years ago" that year; "this week" in the past runs to the day of publication; a weekday in the past
that equals the day of publication is that day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from backchannel.coder.times.calendar import (
    PARTS,
    PAST,
    SEASONS,
    VAGUE,
    Reading,
    Sense,
    amount,
    base,
    clock_value,
    count,
    modifier,
    month_of,
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
from backchannel.coder.times.dates import (
    day_month_year,
    day_of_month,
    days_of_month,
    iso,
    iso_day,
    iso_month,
    month_day,
    named,
    nth,
    slash_day,
    week_number,
    week_of,
    weekday_and_day,
)
from backchannel.coder.times.days import day_span, overnight, part, today, weekday, weekday_in, weekday_span
from backchannel.coder.times.holidays import feast, holiday
from backchannel.coder.times.lengths import compound, duration, window
from backchannel.coder.times.periods import century, decade, edge, half, month, month_year, quarter, season, year, years

SUNDAY = 6  # what is to come "this week" is of the week that begins


def next_but_one(r: Reading) -> Sense | None:
    """The week after next, the month before last."""
    unit = unit_of(r)
    return None if unit.islower() else unit_sense(shift(r.day, 2 if r.has("AFTER") else -2, unit), unit)


def to_date(r: Reading) -> Sense | None:
    """The year to date."""
    unit = unit_of(r)
    if unit not in "WMY":
        return None
    return Sense("DATE", value_of(r.day, unit), period(r.day, unit)[0], r.day, width(period(r.day, unit)[0], r.day))


def ago(r: Reading) -> Sense | None:
    """Three weeks ago, several days ago, a decade ago."""
    return year_ago(r) or moved(r, -1, r.day)


def year_ago(r: Reading) -> Sense | None:
    """A year ago, a year earlier, the year-earlier period: the same quarter of the year before when a quarter is spoken of (results of firms, accounts)."""
    if r.quarter is None or unit_of(r) != "Y" or amount(r) != (1, 1, "1") or r.has("APPROX", "MORE", "LATER", "AFTER", "NOWWORD"):
        return None
    return known_quarter(r.quarter, -1)


def known_quarter(day: date, years: int = 0) -> Sense:
    """The quarter spoken of, or the same of another year: known whether or not the day of publication is."""
    return replace(unit_sense(shift(day, years, "Y"), "Q"), fixed=True)


def quarter_read(r: Reading) -> Sense | None:
    """The quarter spoken of ("the latest period"), else the quarter of the publication; "the year-earlier quarter" the one a year before, "the 1988 quarter"
    the one of that year (the year, when no quarter is spoken of).
    """
    if year := year_in(r) or (r.day.year - 1 if r.has("SAME") and r.has("UNIT") else None):
        return replace(unit_sense(r.quarter.replace(year=year), "Q") if r.quarter else unit_sense(date(year, 1, 1), "Y"), fixed=True)
    if r.has("EARLIER", "AGO"):
        return known_quarter(r.quarter, -1) if r.quarter else None
    if r.quarter:
        return known_quarter(r.quarter)
    return None if r.has("PERIOD") else unit_sense(shift(r.day, -1 if r.has("LAST") else 0, "Q"), "Q")


def shift_read(r: Reading) -> Sense | None:
    """Two days later, a year earlier, the day before, a month from now."""
    if sense := year_ago(r):
        return sense
    if r.has("NOWWORD"):
        return moved(r, 1, r.day)
    if r.has("LATER") and r.back is None and r.tense() in PAST:
        return Sense("DATE", "FUTURE_REF", note="no dates: what it counts from is not known")
    return moved(r, 1 if r.has("LATER", "AFTER") else -1, base(r) if not r.has("AGO") else r.day)


def vague_ago(r: Reading) -> Sense | None:
    """Weeks ago, days later, years from now."""
    return moved(r, 1 if r.has("LATER", "FROM") else -1, r.day if r.has("AGO", "FROM") else base(r))


def moved(r: Reading, sign: int, start: date) -> Sense | None:
    """So many units from a day, as coarse as the unit: days to the day, weeks to the calendar week, months to the month, years to the year."""
    unit = unit_of(r)
    low, high, number = amount(r)
    if (r.get("UNIT") or "").startswith("fortnight") and number != "X":
        low, high, number = 2 * low, 2 * high, f"{2 * float(number):g}"
    if unit.islower():
        if number == "X":
            known = unit == "h" and (r.back is not None or not r.has("LATER", "EARLIER"))  # "hours later" than what has a day
            first, last = sorted((start, shift(start, sign, "D")))
            reference = Sense("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF")
            return replace(reference, start=first, end=last, precision=width(first, last)) if known else reference
        days = -(-high // 24) if unit == "h" else 0
        first, last = sorted((start, shift(start, sign * days, "D")))
        return Sense("TIME", value_of(last if sign > 0 else first, "D"), first, last, width(first, last), "XXXX-XX-XX")
    if number == "X" and unit in "YEC" and r.get("FEW") in (None, "many"):
        return Sense("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", note="no dates: how many is not said")
    exact = float(number) if number != "X" else None
    if exact is not None and low == high:
        day = shift(start, sign * exact, unit)
        if unit in "EC":
            slack = max(1, round(0.2 * low * (10 if unit == "E" else 100)))
            first, last = shift(day, -slack, "Y"), shift(day, slack, "Y")
            return Sense("DATE", value_of(day, "Y"), period(first, "Y")[0], period(last, "Y")[1], "year", "XXXX")
        if unit == "Y" and r.has("APPROX", "MORE"):
            return loose(unit_sense(day, "Y"), 1)
        return unit_sense(day, unit)
    ends = sorted((shift(start, sign * low, unit), shift(start, sign * high, unit)))
    first, last = period(ends[0], unit)[0], period(ends[1], unit)[1]
    value = value_of(ends[1], unit) if number != "X" else "PAST_REF" if sign < 0 else "FUTURE_REF"
    return Sense("DATE", value, first, last, width(first, last), VAGUE[unit], note=f"{low} to {high} {unit_word(unit)}s")


def unit_word(unit: str) -> str:
    """The unit's English word."""
    return {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year", "E": "decade", "C": "century"}[unit]


def loose(s: Sense, years: int) -> Sense:
    """The same with a year more on either side ("nearly four years ago")."""
    if s.start is None or s.end is None:
        return s
    return Sense(s.kind, s.value, shift(s.start, -years, "Y"), shift(s.end, years, "Y"), s.precision, s.vague, note="about")


def calendar(r: Reading) -> Sense | None:
    """Last week, this year, next month, the previous week, the following day, that year, earlier this month, this weekend."""
    if r.has("PERIOD"):
        return None
    unit, word = unit_of(r), r.get("UNIT", "QUARTER")
    sign = which(r)
    if word in ("days", "weeks", "months", "years", "decades", "centuries", "quarters"):
        if r.has("COMING") or r.get("LAST") == "past":
            return Sense("DATE", "FUTURE_REF" if r.has("COMING") else "PAST_REF", note="no dates: how many is not said")
        return Sense("DURATION", f"PX{unit}", note="no dates: how many is not said")
    anaphoric = r.has("PREV", "FOLLOWING", "SAME", "THAT")
    if word == "weekend":
        return weekend_read(r, sign, base(r) if anaphoric and r.back else r.day)
    if r.get("LAST") == "past" and r.has("THE") and unit not in "D":
        first = shift(r.day, -1, unit)
        return Sense("DURATION", f"P1{unit}".replace("P1E", "P10Y").replace("P1C", "P100Y").replace("P1Q", "P3M"), first, r.day, width(first, r.day))
    of = r.has("THE") and r.get("LAST", "NEXT") in ("last", "next") and r.follow[:1] == ("of",)  # "the last year of the war"
    if of or (unit == "D" and sign < 0 and r.has("LAST")):
        return None
    start = base(r) if anaphoric or (r.has("NEXT") and r.has("THE")) or (unit == "D" and sign > 0 and r.has("NEXT")) else r.day
    if unit == "W" and sign < 0 and r.back and r.has("PREV") and start.weekday() == 6:
        first = shift(start, -7, "D")
        return Sense("DATE", value_of(first, "W"), first, shift(start, -1, "D"), "week", "XXXX-WXX", note="the seven days before that Sunday")
    begins = unit == "W" and r.has("THIS") and not r.has("EARLIER", "LATER") and r.day.weekday() == SUNDAY and r.tense() == "future"
    s = unit_sense(shift(start, sign + begins, unit), unit, modifier(r))
    if word == "workweek" or (unit == "W" and r.get("FISCAL") in ("working", "business", "trading")):
        return replace(s, end=s.start and shift(s.start, 4, "D"))
    return to_now(r, s, unit) if r.has("THIS") and not r.has("EARLY") else s


def to_now(r: Reading, s: Sense, unit: str) -> Sense:
    """For "this week": to the day of publication when past, "earlier this week" to the day before; later and planned ones keep the whole week."""
    if unit != "W" or s.start is None or s.end is None:
        return s
    if r.has("EARLIER"):
        return replace(s, end=max(s.start, shift(r.day, -1, "D")))
    if r.has("LATER"):
        return replace(s, start=r.day)
    return s if r.tense() == "future" else replace(s, end=r.day)


def weekend_read(r: Reading, sign: int, day: date) -> Sense:
    """For this, last or next weekend."""
    monday = period(day, "W")[0]
    if sign:
        return weekend(shift(monday, 7 * sign, "D")) if sign > 0 or day.weekday() >= 5 else weekend(shift(monday, -7, "D"))
    if day.weekday() >= (3 if r.has("THIS") else 5) or r.tense() == "future" or (r.has("THIS") and r.tense() not in PAST):
        return weekend(monday)
    return weekend(shift(monday, -7, "D"))


def the_unit(r: Reading) -> Sense | None:
    """The weekend; the year, the week, the quarter of the expression before or of the publication; "earlier in the day"."""
    if r.get("UNIT") == "weekend":
        return weekend_read(r, 0, r.day)
    unit = unit_of(r)
    if unit == "Q":
        return quarter_read(r)
    if r.follow[:1] in (("ended",), ("ending",)):  # its dates are in the words after it
        return Sense("DURATION", f"P1{unit}", fixed=True)
    if r.has("EARLIER", "LATER") and unit == "W" and period(base(r), "W") == period(r.day, "W"):
        return to_now(r, unit_sense(r.day, unit), unit)
    if r.has("EARLIER", "LATER", "EARLY"):
        return unit_sense(base(r), unit)
    return unit_sense(r.day, unit)


def set_read(r: Reading) -> Sense | None:
    """Every week, daily, twice a month, each Thursday."""
    word = r.get("SETWORD")
    if word:
        return Sense(
            "SET",
            {"daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M", "quarterly": "P3M", "hourly": "PT1H"}.get(word, "P1Y"),
            fixed=True,
        )
    if r.has("WEEKDAY", "SHORTDAY"):
        return Sense("SET", f"XXXX-WXX-{weekday_of(r) + 1}", fixed=True)
    if name := r.get("MONTH"):
        return Sense("SET", f"XXXX-{month_of(name):02}", fixed=True)
    if name := r.get("SEASON"):
        return Sense("SET", f"XXXX-{SEASONS[name][0]}", fixed=True)
    if name := r.get("PART"):
        return Sense("SET", f"XXXX-XX-XXT{PARTS[name.removesuffix('s')]}", fixed=True)
    number = f"{count(r.all('NUM', 'DAY', 'ONE')) or 1:g}" if not r.has("TIMES") else "1"
    number = "2" if r.has("OTHER") else "X" if r.has("FEW") else number
    unit = unit_of(r)
    return Sense("SET", f"PT{number}{unit.upper()}" if unit.islower() else f"P{number}{unit}".replace("P1Q", "P3M").replace("P1E", "P10Y"), fixed=True)


REFERENCES = {"now": "PRESENT_REF", "currently": "PRESENT_REF", "nowadays": "PRESENT_REF", "soon": "FUTURE_REF", "shortly": "FUTURE_REF"}


def reference(r: Reading) -> Sense | None:
    """Now, recently, in recent months, the future: a direction without dates."""
    word = r.get("REF", "NOWWORD")
    if r.has("FUTURE", "COMING"):
        return Sense("DATE", "FUTURE_REF", fixed=True)
    if r.get("THESE") == "those":
        return Sense("DATE", "PAST_REF", fixed=True)
    if r.has("THIS", "THESE", "MOMENT", "PRESENT", "DATEWORD"):
        return Sense("DATE", "PRESENT_REF", fixed=True)
    return Sense("DATE", REFERENCES.get(word or "", "PAST_REF"), fixed=True)


def clock(r: Reading) -> Sense | None:
    """10 p.m., 8:30 a.m. EST, noon: on the day of the expression before it, else of the publication."""
    value = clock_value(r)
    if value is None:
        return None
    day = base(r)
    return Sense("TIME", day.isoformat() + value, day, day, "day", "XXXX-XX-XX" + value)


READ: dict[str, Callable[[Reading], Sense | None]] = {
    "iso": iso, "month_day": month_day, "month_year": month_year, "month": month, "edge": edge, "years": years, "season": season, "quarter": quarter,
    "half": half, "decade": decade, "century": century, "year": year, "holiday": holiday, "named": named, "weekday": weekday, "weekday_span": weekday_span,
    "today": today, "day_span": day_span, "weekday_in": weekday_in, "next_but_one": next_but_one, "to_date": to_date, "iso_month": iso_month,
    "iso_day": iso_day, "days_of_month": days_of_month,
    "slash_day": slash_day, "week_number": week_number, "day_month_year": day_month_year, "day_of_month": day_of_month, "weekday_and_day": weekday_and_day,
    "week_of": week_of, "nth": nth, "part": part, "overnight": overnight, "window": window, "compound": compound, "ago": ago, "shift": shift_read,
    "vague_ago": vague_ago, "calendar": calendar, "the_unit": the_unit, "quarter_read": quarter_read, "set": set_read, "reference": reference,
    "duration": duration, "clock": clock, "feast": feast,
}  # fmt: skip
