"""A chronology -> the day of each entry: "July 24: Fighting breaks out along the border" tells when in front of a colon or a dash, which no word of the act
hangs on, in a present tense that speaks of the past.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from backchannel import records as r

LINE = re.compile(r"[^\n]+")
BEHIND = re.compile(r"\s*(?::|[-–—]\s)")  # what parts the day from the entry
YEAR = re.compile(r"\d{4}")
LEAST = 3  # entries of a chronology; one such line may be anything
TOLD = frozenset(("happened", "ongoing", "ended", "attempted", "did_not_happen"))  # statuses of what was done on the day


def in_order(text: str, times: Sequence[r.TimeExpression]) -> tuple[r.TimeExpression, ...]:
    """The times, those that open entries in the year in which each stands before the next: no entry is told before an earlier one."""
    entries, now, bound = _entries(text, times), {t.start: t for t in times}, "9999"
    days = [str(when.start)[5:] for _, _, when in entries]
    if len(entries) < LEAST or 2 * sum(a <= b for a, b in pairwise(days)) < len(days):  # the newest first, as in a live blog
        return tuple(times)
    for start, _, _ in reversed(entries):
        t = now[start]
        if (t.when.start or "") > bound and t.when.start == t.when.end and not YEAR.search(t.text) and not str(t.when.start).endswith("02-29"):
            t = now[start] = _a_year_before(t)
        bound = t.when.start or bound
    return tuple(now[t.start] for t in times)


def _a_year_before(t: r.TimeExpression) -> r.TimeExpression:
    day = f"{int(str(t.when.start)[:4]) - 1}{str(t.when.start)[4:]}"
    when = msgspec.structs.replace(t.when, start=day, end=day, direction="past", why="before the next entry")
    return msgspec.structs.replace(t, when=when, timex=msgspec.structs.replace(t.timex, value=day))


def with_days_of_entries(text: str, claims: Sequence[r.AnyClaim], times: Sequence[r.TimeExpression]) -> list[r.AnyClaim]:
    """The claims; acts in an entry that have no time of their own have its day."""
    entries = _entries(text, times)
    if len(entries) < LEAST:
        return list(claims)
    starts = [start for start, _, _ in entries]
    out = []
    for claim in claims:
        at = bisect_right(starts, claim.anchor.start) - 1
        if at >= 0 and claim.anchor.start < entries[at][1] and isinstance(claim, r.EventClaim) and claim.when is None and claim.status in TOLD:
            when = entries[at][2]
            claim = msgspec.structs.replace(claim, when=when, why=(*claim.why, f"in the entry of '{when.text}'"))
        out.append(claim)
    return out


def _entries(text: str, times: Sequence[r.TimeExpression]) -> list[tuple[int, int, r.When]]:
    """Where the lines begin and end that open with a day and a colon or dash, and the day."""
    first = {t.start: t for t in times if t.when.start}
    found = []
    for line in LINE.finditer(text):
        start = line.start() + len(line[0]) - len(line[0].lstrip(" \t•*-–"))
        t = first.get(start)
        if t and BEHIND.match(text, t.end):
            found.append((start, line.end(), t.when))
    return found
