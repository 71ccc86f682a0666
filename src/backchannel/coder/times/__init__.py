"""Report.text and its publication date -> time expressions: where they stand, their TIMEX3 type and value, and their interval (When).

matching.py finds where they stand, timex.py reads a match on a day, resolving.py reads it on the days on which the report may have been published, and
ranges.py joins two that are the ends of one stretch. Extents are TimeML's (no preposition); ``When.text`` has the preposition, and "before", "by", "since" ...
are kept as its bound.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from backchannel.coder.times.calendar import Tense
from backchannel.coder.times.matching import Found, matches
from backchannel.coder.times.ranges import join
from backchannel.coder.times.resolving import dates, limits, resolve
from backchannel.coder.times.words import tokenise
from backchannel.records import TimeExpression, When

REACH = 400  # characters within which "the following day" counts from the expression before it
SPOKEN_OF = 1500  # characters within which "a year earlier" is the same quarter of the year before; "the quarter" keeps it spoken of
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
    "day_month_year",
    "day_of_month",
    "days_of_month",
    "iso_day",
    "day_span",
    "slash_day",
    "weekday_and_day",
    "weekday_in",
}
QUARTER = re.compile(r"\d{4}-Q\d")
SENTENCE = re.compile(r"[.!?:][”\"’')]{0,2}\s|\n")  # ends between two words
A_DAY = re.compile(r"[\dX]{4}-(?:[\dX]{2}-\d{2}|WXX-\d)")  # the TIMEX3 value of a day, also of one whose year or week is not sure
LONGER = {"P6M", "P9M", "P1Y", "P12M"}  # after "for the nine months" a year earlier is of those months, no more of the quarter


def find(text: str, *, published: When | None, start: int = 0, end: int | None = None, tense: Callable[[int], Tense] | None = None) -> list[TimeExpression]:
    """The time expressions between two offsets (of the whole text), in order. ``tense``: the tense of the clause around an offset, when known."""
    tokens = tokenise(text, start, len(text) if end is None else end)
    first, last = limits(published)
    out: list[TimeExpression] = []
    back: Back = None
    back_day: Back = None  # the same, when it is a day: "two days later" and "that night" count from no year
    quarter: tuple[int, date] | None = None  # the quarter spoken of, and where last
    latest: date | None = None  # the same, kept for "the latest quarter" when a longer stretch is spoken of since
    previous: tuple[Found, TimeExpression] | None = None
    for match in matches(tokens, tense):
        spoken_of = quarter[1] if quarter and match.start - quarter[0] <= SPOKEN_OF else None
        spoken_of = latest if match.rule in ("quarter_read", "the_unit") else spoken_of
        expression = resolve(match, first, last, counts_from(match, back, back_day, text), text, spoken_of)
        if expression is None:
            continue
        if previous and (joined := join(previous, (match, expression), text, first, last)):
            out[-1], expression = joined
        out.append(expression)
        previous = match, expression
        days = dates(expression.when)
        if match.rule in BASE_READINGS and days and expression.when.bound != "since":
            back = (match.end, *days)
            back_day = back if days[0] == days[1] or A_DAY.match(expression.timex.value) else back_day
        if days and match.rule in ("quarter", "quarter_read", "the_unit") and QUARTER.fullmatch(expression.timex.value):
            if speaks_of(days, latest, last):
                quarter, latest = (match.end, days[0]), days[0]
        elif expression.timex.value in LONGER:
            quarter, back = None, None if quarter else back
    return out


Back = tuple[int, date, date] | None  # where an expression ends, its first and last day


def counts_from(match: Found, back: Back, back_day: Back, text: str) -> Back:
    """What a match counts from, when it is near: "two days later", "the same night" from a day, if one is told, "hours later" from nothing else, "2 p.m." from
    a week or a year only inside the sentence ("last week at 2 p.m.").
    """
    near, near_day = (b if b and match.start - b[0] <= REACH else None for b in (back, back_day))
    if any(w.cls == "CLOCKUNIT" for w in match.words):
        return near_day
    if match.rule == "clock" and near and SENTENCE.search(text, near[0], match.start):
        return near_day
    days = any(w.cls == "PART" or (w.cls == "UNIT" and w.low in ("day", "days")) for w in match.words)
    return (near_day if days else None) or near


def speaks_of(quarter: tuple[date, date], latest: date | None, last: date | None) -> bool:
    """Does what follows count from this quarter? Not from one still to end beside one that is over (a forecast), nor from the same quarter of a year before."""
    compared = latest is not None and quarter[0] < latest and quarter[0].month == latest.month
    return not compared and (latest is None or last is None or quarter[1] <= last)
