"""Expressions of how long something lasts (two years, 48 hours, the past three weeks, one year and a quarter) -> their value, and their days where a day
at one end is known.
"""

from __future__ import annotations

from dataclasses import replace

from backchannel.coder.times.calendar import PAST, Reading, Sense, amount, base, period, shift, unit_of, unit_sense, which, width

PARTS = {"5": 0.5, "25": 0.25}  # after the point: halves and quarters
YEARS = {"E": 10, "C": 100}
FINER = {"Y": (12, "M"), "D": (24, "H"), "h": (60, "M"), "m": (60, "S")}  # unit -> how many of which are one


def duration_value(r: Reading) -> str:
    """P3D, PT48H, PXW, P2Y6M."""
    unit = unit_of(r)
    _, _, number = amount(r)
    if r.get("UNIT") in ("decade", "decades") and number not in ("X",) and "." not in number:
        return f"P{int(number) * 10}Y"
    if r.get("UNIT") in ("century", "centuries") and number != "X" and "." not in number:
        return f"P{int(number) * 100}Y"
    if r.get("UNIT") in ("fortnight", "fortnights") and number != "X":
        return f"P{2 * int(float(number))}W"
    if r.has("QUARTER") and number != "X" and "." not in number:
        return f"P{int(number) * 3}M"
    if (r.get("UNIT") or "").startswith("weekend"):
        return f"P{number}WE"
    whole, _, part = number.partition(".")
    if part in PARTS and unit in YEARS:
        return f"P{float(number) * YEARS[unit]:g}Y"
    if part in PARTS and unit in FINER:
        per, finer = FINER[unit]
        main, rest = f"{whole}{unit.upper()}" if int(whole) else "", f"{round(per * PARTS[part])}{finer}"
        return f"PT{main}{rest}" if unit.islower() else f"P{main}{'T' if finer == 'H' else ''}{rest}"
    return f"PT{number}{unit.upper()}" if unit.islower() else f"P{number}{unit}"


def window(r: Reading) -> Sense | None:
    """The past three years, the next few weeks: a duration that ends or begins on the day of publication (or the expression before)."""
    unit, value = unit_of(r), duration_value(r)
    if value == "PT24H":
        value = "P1D"
    if r.has("ORD"):
        return Sense("DURATION", value)
    _, high, number = amount(r)
    if number == "X":
        return Sense("DURATION", value, note="no dates: how many is not said")
    high *= 2 if (r.get("UNIT") or "").startswith("fortnight") else 1
    sign = which(r)
    start = base(r) if r.has("PREV", "FOLLOWING") else r.day
    if unit == "Q":
        ends = sorted((period(shift(start, sign, "Q"), "Q"), period(shift(start, sign * high, "Q"), "Q")))
        return Sense("DURATION", value, ends[0][0], ends[1][1], width(ends[0][0], ends[1][1]))
    if unit == "D" and r.get("FISCAL") in ("business", "working", "trading"):
        days = [d for n in range(1, 2 * high + 8) if (d := shift(start, sign * n, "D")).weekday() < 5][:high]
        return Sense("DURATION", value, min(days), max(days), width(min(days), max(days)))
    many = float(number) if "." in number else high
    other = shift(start, sign * days_of(high), "D") if unit == "h" else start if unit.islower() else shift(start, sign * many, unit)
    first, last = sorted((shift(start, 1, "D") if sign > 0 and not unit.islower() and r.bound != "within" else start, other))
    return Sense("DURATION", value, first, last, width(first, last))


def days_of(hours: int) -> int:
    """The days that so many hours reach over: below twelve mostly none."""
    return -(-hours // 24) if hours >= 12 else 0


def compound(r: Reading) -> Sense | None:
    """Two years and three months, 2 weeks and 2 days ago, the past year and six months: a length in more than one unit, and the day it leads to."""
    cuts = [i for i, w in enumerate(r.words) if w.cls in ("UNIT", "CLOCKUNIT")]
    parts = [replace(r, words=r.words[a:b]) for a, b in zip([0, *(i + 1 for i in cuts)], [i + 1 for i in cuts], strict=False)]
    lengths = [(amount(p), unit_of(p)) for p in parts]
    if any("." in number or number == "X" for (_, _, number), _ in lengths):
        return None
    dates = "".join(f"{n}{unit}" for (_, _, n), unit in lengths if not unit.islower())
    clocks = "".join(f"{n}{unit.upper()}" for (_, _, n), unit in lengths if unit.islower())
    value = f"P{dates}" + (f"T{clocks}" if clocks else "")
    if not r.has("AGO", "LATER", "EARLIER", "LAST", "NEXT", "COMING"):
        return Sense("DURATION", value, fixed=True)
    start = base(r) if r.has("LATER", "EARLIER") else r.day
    day = start
    for (low, _, _), unit in lengths:
        day = day if unit.islower() else shift(day, low if r.has("LATER", "NEXT", "COMING") else -low, unit)
    if r.has("LAST", "NEXT", "COMING"):
        first, last = (day, start) if day < start else (shift(start, 1, "D"), day)
        return Sense("DURATION", value, first, last, width(first, last))
    return unit_sense(day, "D") if not clocks else Sense("DURATION", value, fixed=True)


def duration(r: Reading) -> Sense | None:
    """Two years, 48 hours, a six-month, several weeks, years: no dates of their own."""
    value = duration_value(r)
    _, high, number = amount(r)
    high *= 2 if (r.get("UNIT") or "").startswith("fortnight") else 1
    unit = unit_of(r)
    if r.bound == "within" and number != "X" and r.follow[:1] != ("of",) and r.tense() not in PAST:
        last = shift(r.day, days_of(high), "D") if unit == "h" else r.day if unit.islower() else shift(r.day, high, unit)
        return Sense("DURATION", value, r.day, last, width(r.day, last), note="counted from the day of publication")
    ahead = "time" in r.follow[:2] or r.tense() == "future"
    if r.lead == "in" and number != "X" and unit.islower() and not (unit == "h" and days_of(high)) and ahead:
        return Sense("DURATION", value, r.day, r.day, "day", note="counted from the day of publication")
    if r.lead == "in" and number != "X" and not unit.islower() and ahead:
        due = unit_sense(shift(r.day, high, unit), unit)
        return Sense("DURATION", value, due.start, due.end, due.precision, note="counted from the day of publication")
    return Sense("DURATION", value, fixed=True)
