"""Two time expressions beside each other -> both with the interval of the stretch they are the ends of ("from X to Y", "May and June"), or of the part they
name together ("the first nine months of 1997", "three days starting Monday").
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace as change

from backchannel.coder.times.calendar import WEEKDAYS, Word, period, shift, width
from backchannel.coder.times.matching import Found
from backchannel.coder.times.resolving import day_of, resolve, widest
from backchannel.records import TimeExpression, When

Placed = tuple[Found, TimeExpression]
LINK = re.compile(r"\s{0,3}(to|into|through|until|till|and|or|-|–|~)\s{1,3}(?:until\s)?(?:the\s|on\s|in\s)?|\s{0,3}(?:-|–|~)\s{0,3}", re.I)
PART = re.compile(r"\s{1,3}(?:of|in)\s{1,3}", re.I)
BEGINS = re.compile(r",?\s{1,3}(?:starting|beginning|from)\s{1,3}(?:from\s|on\s)?(?:the\s)?", re.I)
DAYS = frozenset("day days week weeks fortnight fortnights".split())  # "Thursday, two weeks from now" is one day, "Friday, a year earlier" is none
COUNTED = re.compile(r"P(\d+)([DWMY])")  # TIMEX3 durations of whole units


def join(left: Placed, right: Placed, text: str, first: date | None, last: date | None) -> tuple[TimeExpression, TimeExpression] | None:
    """Both expressions with the interval that they have together; null when they have none. ``first``, ``last``: the days of publication."""
    (a, one), (b, two) = left, right
    gap = text[a.end : b.start]
    if len(gap) > 24:
        return None
    counted = COUNTED.fullmatch(one.timex.value) if one.timex.type == "DURATION" else None
    if counted:
        n, unit = int(counted[1]), counted[2]
        stretch = part_of(a, n, unit, two.when) if PART.fullmatch(gap) else counted_from(n, unit, two.when) if BEGINS.fullmatch(gap) else None
        return (with_days(one, *stretch), two) if stretch else None
    to_day = b.rule in ("shift", "day_span", "weekday_span") and DAYS & {w.low for w in b.words}
    if a.rule == "weekday" and len(a.words) == 1 and to_day and re.fullmatch(r",?\s", gap):
        day = day_of(two.when.start)
        day = shift(period(day, "W")[0], WEEKDAYS.index(a.words[0].low[:3]), "D") if day else None
        return (with_days(one, day, day), two) if day else None
    link = LINK.fullmatch(gap)
    return ends(left, right, text, first, last, (link.group(1) or "-").lower()) if link else None


def part_of(a: Found, n: int, unit: str, whole: When) -> tuple[date, date] | None:
    """The first or the last so many days, weeks or months of a month or year; weeks count when their Thursday lies inside (ISO 8601)."""
    start, end = day_of(whole.start), day_of(whole.end)
    head = {w.low for w in a.words if w.cls in ("ORD", "LAST")}
    if not (start and end and head & {"first", "last"}) or unit == "Y" or start == end or n > 366:
        return None
    if unit == "W":
        start, end = (start + timedelta(days=(3 - start.weekday()) % 7 - 3), end - timedelta(days=(end.weekday() - 3) % 7 - 3))
    if "first" in head:
        return start, min(end, shift(shift(start, n, unit), -1, "D"))
    return max(start, shift(shift(end, 1, "D"), -n, unit)), end


def counted_from(n: int, unit: str, begin: When) -> tuple[date, date] | None:
    """So many days, weeks, months or years from a day on."""
    start = day_of(begin.start)
    return (start, shift(shift(start, n, unit), -1, "D")) if start and begin.start == begin.end else None


def ends(left: Placed, right: Placed, text: str, first: date | None, last: date | None, word: str) -> tuple[TimeExpression, TimeExpression] | None:
    """Both ends of "from X to Y", "between X and Y", "May and June" with the whole interval; null when they are no range."""
    (a, one), (b, two) = left, right
    lead = text[max(a.start - 12, 0) : a.start].lower().split()
    opened = bool(lead) and lead[-1] in ("from", "between")
    if opened or word in ("to", "until", "till", "through"):
        one, two = or_today(a, one, first, last, text), or_today(b, two, first, last, text)
    if one.timex.type not in ("DATE", "TIME") or two.timex.type not in ("DATE", "TIME"):
        return None
    if word in ("and", "or") and not opened and a.rule != b.rule:
        return None
    if a.rule == b.rule and two.when.anchor == "publication" and one.when.anchor == "publication":
        two = resolve(replace(b, tense=a.tense), first, last, None, text) or two
    one = before(a, one, b, two, text, unsure=first != last)
    if (
        a.rule == b.rule == "weekday"
        and one.when.start
        and one.when.start == one.when.end
        and (two.when.end or "") < one.when.start
        and not b.bound
        and len(b.words) == 1
    ):
        known = day_of(one.when.start)
        two = resolve(replace(b, tense=lambda: "future"), known, known, None, text) or two
    if not (one.when.start and two.when.end) or two.when.end < one.when.start:
        return None
    start, end = one.when.start, two.when.end
    if first != last:  # the day of publication is unsure: wide enough for every day on which they may be no range
        days = [d for e in (one, two, left[1], right[1]) for d in (e.when.start, e.when.end) if d]
        start, end = min(days), max(days)
    precision = widest(None if one.when.bound == "since" else one.when.precision, two.when.precision)
    whole = {"start": start, "end": end, "precision": precision}
    quote = text[a.start : b.end]
    return tuple(changed(e, whole, quote) for e in (one, two))  # type: ignore[return-value]


def or_today(match: Found, expression: TimeExpression, first: date | None, last: date | None, text: str) -> TimeExpression:
    """The expression; "now" with the day of publication."""
    if expression.timex.value != "PRESENT_REF":
        return expression
    today = resolve(replace(match, rule="today", words=(Word(match.start, match.end, "today", "TODAY"),)), first, last, None, text)
    return change(expression, when=today.when) if today else expression


def before(a: Found, one: TimeExpression, b: Found, two: TimeExpression, text: str, *, unsure: bool) -> TimeExpression:
    """The first of two ends, read so that it comes before the second: a clock time on the day of the second, a month or day without a year just before it.
    ``unsure``: the day of publication is, so that it may have to come before the earliest second.
    """
    day = day_of(two.when.start if unsure else two.when.end)
    if day is None or two.when.anchor == one.when.anchor is None:
        return one
    if a.rule == "clock" and b.rule != "clock" and ":" in two.timex.value:
        return resolve(a, day, day, (b.start, day, day), text) or one
    last = (one.when.end if unsure else one.when.start) or ""
    said = any(w.cls in ("THIS", "LAST", "NEXT") for w in a.words)
    if a.rule not in ("month", "month_day", "slash_day") or one.when.anchor != "publication" or said:
        return one
    if two.when.anchor is not None and last <= day.isoformat():
        return one
    earlier = [resolve(replace(a, tense=lambda: "past"), d, d, None, text) for d in (day, shift(day, -3, "M"))]
    return next((e for e in earlier if e and e.when.start and e.when.start <= day.isoformat()), one)


def with_days(expression: TimeExpression, start: date, end: date) -> TimeExpression:
    """The expression with other days."""
    when = change(expression.when, start=start.isoformat(), end=end.isoformat(), precision=width(start, end), bound=None)
    return change(expression, when=when)


def changed(expression: TimeExpression, whole: dict[str, Any], quote: str) -> TimeExpression:
    """The expression with the interval of its range."""
    return change(expression, when=change(expression.when, **whole, text=quote, bound=None))
