"""Report.text and its publication date -> time expressions: where they stand, their TIMEX3 type and value, and their interval (When).

timematch.py finds where they stand, timex.py reads a match on a day. An expression is read on the first and on the last possible day of
publication: where both readings agree it is exact, else it is the interval between them, so an unsure publication date never becomes a made-up day.
Extents are TimeML's (no preposition); ``When.text`` has the preposition, and "before", "by", "since" ... are kept as its bound.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from backchannel.coder.calendar import Reading, Sense, Tense, data, width
from backchannel.coder.timematch import Found, matches
from backchannel.coder.timewords import tokenise
from backchannel.coder.timex import READ
from backchannel.records import Direction, TimeExpression, Timex, When

REACH = 400  # characters within which "the following day" counts from the expression before it
SPOKEN_OF = 800  # characters within which "a year earlier" is the same quarter of the year before; "the quarter" keeps it spoken of
BASE_READINGS = {
    "month_day",
    "month_year",
    "month",
    "weekday",
    "today",
    "iso",
    "year",
    "ago",
    "shift",
    "calendar",
    "holiday",
    "edge",
    "part",
    "season",
}
PREPOSITION = re.compile(
    r"(?:^|(?<=[^\w]))((?:on|in|at|during|over|for|since|by|before|until|till|after|within|from|through|starting(?: on)?)\s{1,3}(?:the\s{1,3})?)$",
    re.I,
)


def find(text: str, *, published: When | None, start: int = 0, end: int | None = None, tense: Callable[[int], Tense] | None = None) -> list[TimeExpression]:
    """The time expressions between two offsets (of the whole text), in order. ``tense``: the tense of the clause around an offset, when known."""
    tokens = tokenise(text, start, len(text) if end is None else end)
    first, last = limits(published)
    out: list[TimeExpression] = []
    back: tuple[int, date, date] | None = None
    quarter: tuple[int, date] | None = None
    previous: tuple[Found, TimeExpression] | None = None
    for match in matches(tokens, tense):
        spoken_of = quarter[1] if quarter and match.start - quarter[0] <= SPOKEN_OF else None
        expression = resolve(match, first, last, back if back and match.start - back[0] <= REACH else None, text, spoken_of)
        if expression is None:
            continue
        if previous and (joined := join(previous, (match, expression), text, first, last)):
            out[-1], expression = joined
        out.append(expression)
        previous = match, expression
        days = dates(expression.when)
        if match.rule in BASE_READINGS and days and expression.when.bound != "since":
            back = (match.end, *days)
        if days and match.rule in ("quarter", "the_unit") and QUARTER.fullmatch(expression.timex.value):
            quarter = (match.end, days[0])
        elif expression.timex.value in LONGER:
            quarter = None
    return out


def expressions(text: str, sentences: list[tuple[int, int]], published: When | None) -> list[TimeExpression]:
    """The time expressions that lie inside one of the sentences (each a pair of offsets)."""
    starts = [s for s, _ in sentences]
    inside = []
    for item in find(text, published=published):
        at = bisect_left(starts, item.start + 1) - 1
        if at >= 0 and item.end <= sentences[at][1]:
            inside.append(item)
    return inside


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


ANYDAY = date(2001, 1, 17)  # read on when nothing is known of the publication; its dates are then thrown away
QUARTER = re.compile(r"\d{4}-Q\d")
LONGER = {"P6M", "P9M", "P1Y", "P12M"}  # after "for the nine months" a year earlier is of those months, no more of the quarter
ANAPHORIC = {"PREV", "FOLLOWING", "LATER", "EARLIER", "SAME", "THAT", "BEFORE", "AFTER"}


def resolve(
    match: Found, first: date | None, last: date | None, back: tuple[int, date, date] | None, text: str, quarter: date | None = None
) -> TimeExpression | None:
    """The expression read on the first and on the last possible day, and what both leave possible."""
    refers = match.rule == "clock" or (back is not None and bool(ANAPHORIC & {w.cls for w in match.words}))
    low = sense(match, first or last or (back[1] if back else ANYDAY), back[1] if back else None, quarter)
    high = sense(match, last or first or (back[2] if back else ANYDAY), back[2] if back else None, quarter)
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
    days = [d for s in (low, high) for d in (s.start, s.end) if d]
    if not days or not known:
        why = low.note or (None if low.kind in ("SET", "DURATION") or not low.start else "no dates: the day of publication is not known")
        return When(text=quote, bound=match.bound, why=why)
    begin, finish = min(days), max(days)
    precision = low.precision
    why = low.note or None
    if low != high:
        precision = widest(width(begin, finish), precision)
        if first and last and not back and (last - first).days > 31 and abs((begin - first).days) < 15 and abs((finish - last).days) < 15:
            begin, finish = first, last
        why = "; ".join(filter(None, [why, "as wide as the day of publication is unsure" if not back else "as wide as the expression it counts from"]))
    anchor = None if low.fixed else f"{back[1]}" + (f"/{back[2]}" if back[1] != back[2] else "") if back else "publication"
    open_end = match.bound == "since"
    return When(
        start=begin.isoformat(), end=None if open_end else finish.isoformat(), precision="open" if open_end else precision, text=quote, anchor=anchor,
        direction=direction(begin, finish, first, last), bound=match.bound, why=why,
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


LINK = re.compile(r"\s{0,3}(to|into|through|until|till|and|or|-|–)\s{1,3}(?:until\s)?(?:the\s|on\s|in\s)?|\s{0,3}(?:-|–)\s{0,3}", re.I)


def join(
    left: tuple[Found, TimeExpression], right: tuple[Found, TimeExpression], text: str, first: date | None, last: date | None
) -> tuple[TimeExpression, TimeExpression] | None:
    """For "from X to Y", "between X and Y", "May and June": both expressions with the whole interval; null when they are no range."""
    (a, one), (b, two) = left, right
    gap = text[a.end : b.start]
    link = LINK.fullmatch(gap) if len(gap) < 16 else None
    if not link or one.timex.type not in ("DATE", "TIME") or two.timex.type not in ("DATE", "TIME"):
        return None
    word = (link.group(1) or "-").lower()
    lead = text[max(a.start - 12, 0) : a.start].lower().split()
    opened = bool(lead) and lead[-1] in ("from", "between")
    if word in ("and", "or") and not opened and a.rule != b.rule:
        return None
    if a.rule == b.rule and two.when.anchor == "publication" and one.when.anchor == "publication":
        two = resolve(replace(b, tense=a.tense), first, last, None, text) or two
    if a.rule in ("month", "month_day") and one.when.anchor == "publication" and two.when.anchor is None and two.when.end:
        again = resolve(replace(a, tense=lambda: "past"), day_of(two.when.end), day_of(two.when.end), None, text)
        one = again or one
    if a.rule == b.rule == "weekday" and one.when.start and one.when.start == one.when.end and (two.when.end or "") < one.when.start and not b.bound:
        known = day_of(one.when.start)
        two = resolve(replace(b, tense=lambda: "future"), known, known, None, text) or two
    if not (one.when.start and two.when.end) or two.when.end < one.when.start:
        return None
    end_open = one.when.bound == "since"
    whole = {"start": one.when.start, "end": two.when.end, "precision": widest(one.when.precision if not end_open else None, two.when.precision)}
    quote = text[a.start : b.end]
    return tuple(changed(e, whole, quote) for e in (one, two))  # type: ignore[return-value]


def changed(expression: TimeExpression, whole: dict[str, Any], quote: str) -> TimeExpression:
    """The expression with the interval of its range."""
    w = expression.when
    when = When(**whole, text=quote, anchor=w.anchor, direction=w.direction, bound=None, why=w.why)
    return TimeExpression(start=expression.start, end=expression.end, text=expression.text, when=when, timex=expression.timex)
