"""Days with a name of their own (Christmas, Thanksgiving, Easter) -> the nearest one, or the one that the year, "last", "next" or the tense asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from backchannel.coder.times.calendar import Reading, Sense, base, data, unit_sense, weekend, which, year_in


def holiday(r: Reading) -> Sense | None:
    """Christmas, New Year's Eve, Thanksgiving, Easter (the nearest, or by last and next)."""
    name = r.get("HOLIDAY", "NAMEDDAY") or "new year"
    return nearest(r, name, -int(r.has("EVE") or "eve" in r.all("UNIT"))) if name != "ramadan" else None


def feast(r: Reading) -> Sense | None:
    """Good Friday, Easter Monday; not an agreement that has its name from the day."""
    counted = data()["feast"][f"{r.words[0].low} {r.words[1].low}"]
    return nearest(r, *counted) if counted and r.follow[:1] not in (("agreement",), ("accord",), ("accords",), ("peace",)) else None


def nearest(r: Reading, name: str, off: int) -> Sense:
    """The day so many days off a holiday: of the year that is said, or the nearest, or the one that "last", "next" or the tense asks for."""

    def on(year: int) -> date:
        return (easter(year) if name == "easter" else dated(name, year)) + timedelta(days=off)

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
    if "weekend" in r.all("UNIT"):
        return long_weekend(day)
    if "week" in r.all("UNIT"):
        return unit_sense(day, "W")
    return Sense("DATE", day.isoformat(), day, day, "day", "XXXX-XX-XX", fixed=bool(said))


def long_weekend(day: date) -> Sense:
    """Saturday and Sunday nearest to a day, and the days from it to them."""
    saturday = day + timedelta(days=(7 - day.weekday()) % 7 - 2 if day.weekday() < 2 or day.weekday() == 6 else 5 - day.weekday())
    start, end = min(day, saturday), max(day, saturday + timedelta(days=1))
    return replace(weekend(saturday), start=start, end=end)


def dated(name: str, year: int) -> date:
    """The day of a year that a named day falls on by times.toml."""
    row = next(row for row in data()["holiday"] if row["name"] == name)
    first = date(year, row["month"], row.get("day", 1))
    return first if "day" in row else first + timedelta(days=(row["weekday"] - first.weekday()) % 7 + 7 * (row["nth"] - 1))


def easter(year: int) -> date:
    """Easter Sunday (Gregorian; the anonymous computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
