"""A match and what is known of the day of publication -> a time expression with its TIMEX3 value and its interval.

It is read on the first and on the last possible day: where both readings agree it is exact, else it is the interval between them, so an unsure publication
date never becomes a made-up day.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from backchannel.coder.times.calendar import Reading, Sense, data, width
from backchannel.coder.times.matching import Found
from backchannel.coder.times.timex import READ
from backchannel.records import Direction, TimeExpression, Timex, When

PREPOSITION = re.compile(
    r"(?:^|(?<=[^\w]))((?:on|in|at|during|over|for|since|by|before|until|till|after|within|from|through|(?:starting|beginning)(?: on)?)\s{1,3}"
    r"(?:the\s{1,3})?)$",
    re.I,
)
ANYDAY = date(2001, 1, 17)  # read on when nothing is known of the publication; its dates are then thrown away
ANAPHORIC = {"PREV", "FOLLOWING", "LATER", "EARLIER", "SAME", "THAT", "BEFORE", "AFTER"}


def limits(published: When | None) -> tuple[date | None, date | None]:
    """First and last possible day of publication; none when either is open, because nothing relative can then be resolved."""
    days = dates(published) if published else None
    return days or (None, None)


def day_of(value: str | None) -> date | None:
    """The day of an ISO date or instant."""
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def dates(when: When) -> tuple[date, date] | None:
    """First and last day of a When, when it has both."""
    start, end = day_of(when.start), day_of(when.end)
    return (start, end) if start and end else None


def is_day_of(when: When | None, published: When | None) -> bool:
    """Is a time the known day of the report?"""
    return bool(when and published and when.start and when.start == when.end == published.start == published.end)


def resolve(
    match: Found, first: date | None, last: date | None, back: tuple[int, date, date] | None, text: str, quarter: date | None = None
) -> TimeExpression | None:
    """The expression read on the first and on the last possible day, and what both leave possible."""
    refers = match.rule == "clock" or (back is not None and bool(ANAPHORIC & {w.cls for w in match.words}))
    early = first or last or (back[1] if back else ANYDAY), back[1] if back else None
    late = last or first or (back[2] if back else ANYDAY), back[2] if back else None
    low = sense(match, *early, quarter)
    high = low if early == late else sense(match, *late, quarter)
    if low is None or high is None:
        return None
    start, end = match.words[0].start, match.words[-1].end
    known = (first is not None and last is not None) or low.fixed or (refers and back is not None)
    value = low.value if known and low.value == high.value else low.value if low.kind == "SET" or low.start is None else low.vague or low.value
    if not known and low.start is not None and low.kind in ("DATE", "TIME"):
        value = low.vague or "XXXX"
    when = interval(match, low, high, first, last, known, back if refers else None, text)
    return TimeExpression(start=start, end=end, text=text[start:end], when=when, timex=Timex(type=low.kind, value=value))


def sense(match: Found, day: date, back: date | None, quarter: date | None) -> Sense | None:
    """The match read on one day."""
    reading = Reading(match.words, day, back, match.tense, data()["vague"], match.bound, match.lead, match.follow, quarter)
    try:
        return READ[match.rule](reading)
    except (ValueError, OverflowError):
        return None


def interval(match: Found, low: Sense, high: Sense, first: date | None, last: date | None, known: bool, back: tuple[int, date, date] | None, text: str) -> When:
    """The When: from the earliest start to the latest end, as exact as the publication date allows."""
    start, end = match.words[0].start, match.words[-1].end
    before = PREPOSITION.search(text, max(start - 24, 0), start)
    quote = text[before.start(1) if before else start : end]
    bound = low.bound or match.bound
    days = [d for s in (low, high) for d in (s.start, s.end) if d]
    if not days or not known:
        why = low.note or (None if low.kind in ("SET", "DURATION") or not low.start else "no dates: the day of publication is not known")
        return When(text=quote, bound=bound, why=why)
    begin, finish = min(days), max(days)
    precision = low.precision
    why = low.note or None
    if low != high:
        precision = widest(width(begin, finish), precision)
        if first and last and not back and (last - first).days > 31 and abs((begin - first).days) < 15 and abs((finish - last).days) < 15:
            begin, finish = first, last
        why = "; ".join(filter(None, [why, "as wide as the day of publication is unsure" if not back else "as wide as the expression it counts from"]))
    anchor = None if low.fixed else f"{back[1]}" + (f"/{back[2]}" if back[1] != back[2] else "") if back else "publication"
    open_end = bound == "since"
    return When(
        start=begin.isoformat(), end=None if open_end else finish.isoformat(), precision="open" if open_end else precision, text=quote, anchor=anchor,
        direction=direction(begin, finish, first, last), bound=bound, why=why,
    )  # fmt: skip


ORDER = ("instant", "day", "week", "month", "season", "year", "open")


def widest(a: Any, b: Any) -> Any:
    """The coarser of two precisions."""
    return max(filter(None, (a, b)), key=ORDER.index)


def direction(start: date, end: date, first: date | None, last: date | None) -> Direction | None:
    """Before, around or after the publication."""
    if first is None or last is None:
        return None
    return "past" if end < first else "future" if start > last else "present"
