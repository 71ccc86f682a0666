"""Expressions that name a day from the day of publication (Friday, Tuesday of last week, two days after today, this morning) -> their value and that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from backchannel.coder.times.calendar import (
    PARTS,
    Reading,
    Sense,
    amount,
    base,
    clock_value,
    is_due,
    period,
    shift,
    unit_of,
    unit_sense,
    value_of,
    weekday_of,
    which,
    width,
)
from backchannel.coder.times.dates import iso, month_day, named
from backchannel.coder.times.holidays import holiday


def weekday(r: Reading) -> Sense | None:
    """Friday, last Friday, next Friday, late Friday night, noon Friday."""
    number = weekday_of(r)
    behind = (r.day.weekday() - number) % 7
    ahead = (number - r.day.weekday()) % 7
    if r.has("FOLLOWING", "PREV"):
        start = base(r)
        back, on = (start.weekday() - number) % 7 or 7, (number - start.weekday()) % 7 or 7
        day = shift(start, on if r.has("FOLLOWING") else -back, "D")
    elif r.has("LAST"):
        day = shift(r.day, -(behind or 7), "D")
    elif r.has("NEXT"):
        day = shift(r.day, 7 - r.day.weekday() + number, "D")
    elif r.has("COMING") or is_due(r):
        day = shift(r.day, ahead or (0 if r.bound in ("by", "until") else 7), "D")  # three of three annotated "by Friday" of a Friday are that day
    else:
        day = shift(r.day, ahead if r.tense() == "future" else -behind, "D")
    return day_sense(r, day, f"XXXX-WXX-{number + 1}")


def day_sense(r: Reading, day: date, vague: str) -> Sense:
    """A day with its part of day or clock time."""
    part, clock = r.get("PART"), clock_value(r)
    if clock:
        return Sense("TIME", day.isoformat() + clock, day, day, "day", vague + clock)
    if part:
        code = "T" + PARTS[part.removesuffix("s")]
        return Sense("TIME", day.isoformat() + code, day, day, "day", vague + code)
    return Sense("DATE", day.isoformat(), day, day, "day", vague)


def weekday_span(r: Reading) -> Sense | None:
    """A week from Friday, the week of Monday."""
    inner = today(r) if r.has("TODAY") else weekday(r)
    if inner is None or inner.start is None or unit_of(r).islower():
        return None
    unit = unit_of(r)
    day = shift(inner.start, 1, unit)
    return Sense("DATE", value_of(day, "D"), day, day, "day", "XXXX-XX-XX") if r.has("FROM") else unit_sense(inner.start, unit)


def day_span(r: Reading) -> Sense | None:
    """Two days after today, three weeks from Tuesday, the day before Christmas: counted to the day from the day named."""
    split = next(i for i, w in enumerate(r.words) if w.cls in ("FROM", "AFTER", "BEFORE"))
    count_, named_ = replace(r, words=tuple(w for w in r.words[:split] if w.cls not in ("MORE", "THAN"))), replace(r, words=r.words[split + 1 :])
    kinds = {"TODAY": today, "HOLIDAY": holiday, "NEW": holiday, "MONTH": month_day, "ISO": iso, "SLASH": iso, "NAMED": named}
    inner = next((read for cls, read in kinds.items() if named_.has(cls)), weekday)(named_)
    unit = unit_of(count_)
    low, high, number = amount(count_)
    if inner is None or inner.start is None or unit.islower() or number == "X" or low != high or "." in number:
        return None
    back = r.has("BEFORE")
    day = shift(inner.start, -low if back else low, unit)
    if r.has("FROM") and r.lead == "for":  # "for 3 days from today"
        return Sense("DURATION", f"P{number}{unit}", inner.start, shift(day, -1, "D"), width(inner.start, shift(day, -1, "D")), fixed=inner.fixed)
    sense = Sense("DATE", day.isoformat(), day, day, "day", "XXXX-XX-XX", fixed=inner.fixed)
    if not r.has("THAN") or inner.end is None:
        return sense
    if r.get("MORE") == "more":
        return replace(sense, bound="before" if back else "since")
    return replace(sense, start=shift(day, 1, "D") if back else inner.end, end=inner.start if back else shift(day, -1, "D"))


def weekday_in(r: Reading) -> Sense | None:
    """Tuesday of last week, Wednesday next week, next week on Tuesday."""
    number = weekday_of(r)
    start = base(r) if r.has("PREV", "FOLLOWING") else r.day
    day = shift(period(shift(start, which(r), "W"), "W")[0], number, "D")
    return day_sense(r, day, f"XXXX-WXX-{number + 1}")


def today(r: Reading) -> Sense | None:
    """Today, yesterday, tomorrow, tonight, yesterday morning."""
    word = r.get("TODAY")
    day = shift(r.day, {"yesterday": -1, "tomorrow": 1, "tmrw": 1}.get(word or "", 0), "D")
    if word in ("tonight", "tonite"):
        return Sense("TIME", day.isoformat() + "TNI", day, day, "day", "XXXX-XX-XXTNI")
    return day_sense(r, day, "XXXX-XX-XX")


def part(r: Reading) -> Sense | None:
    """For this morning, last night, the next morning, the night before."""
    if r.has("THIS"):
        day = r.day
    elif r.has("LAST"):
        day = shift(r.day, -1, "D")
    else:
        day = shift(base(r), -1 if r.has("BEFORE") else which(r), "D")
    return day_sense(r, day, "XXXX-XX-XX")


def overnight(r: Reading) -> Sense | None:
    """The night into the day of publication."""
    yesterday = shift(r.day, -1, "D")
    return Sense("TIME", yesterday.isoformat() + "TNI", yesterday, r.day, "day", "XXXX-XX-XXTNI")
