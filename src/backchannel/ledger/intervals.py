"""When -> a stretch of days that can be compared, joined and measured; an open or unknown end stays open."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from backchannel.records import When

FIRST, LAST = date(1, 1, 1).toordinal(), date(9999, 12, 31).toordinal()
MONTH = 31  # days: what is known less well than that tells no two acts, or reports, apart


class Days(NamedTuple):
    """First and last day, as ordinals, both inclusive."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many days it may be on."""
        return self.last - self.first + 1

    def meet(self, other: Days) -> Days | None:
        """The days in both, or null."""
        both = Days(max(self.first, other.first), min(self.last, other.last))
        return both if both.first <= both.last else None

    def gap(self, other: Days) -> int:
        """How many days lie between the two; 0 when they touch or overlap."""
        return max(0, max(self.first, other.first) - min(self.last, other.last))


def days(when: When | None) -> Days | None:
    """The days of a When; null when it has no dates. Dates that are none (a month of a text, an impossible day) count as not there."""
    if when is None or (when.start is None and when.end is None):
        return None
    first, last = _ordinal(when.start, end=False), _ordinal(when.end, end=True)
    if first is None and last is None:
        return None
    return Days(FIRST if first is None else first, LAST if last is None else max(last, first or last))


def holds(when: When) -> bool:
    """Whether its dates are such, and in order."""
    ends = [(d, _ordinal(d, end=end)) for d, end in ((when.start, False), (when.end, True)) if d]
    found = [ordinal for _, ordinal in ends]
    return None not in found and all(len(d) < 11 or _is_instant(d) for d, _ in ends) and found == sorted(found, key=lambda x: x or 0)


def _is_instant(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=50_000)
def _ordinal(text: str | None, *, end: bool) -> int | None:
    """The first or last day of an ISO date, month or year."""
    if not text:
        return None
    try:
        parts = [int(p) for p in text[:10].split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else (12 if end else 1)
        if len(parts) > 2:
            return date(year, month, parts[2]).toordinal()
        if not end:
            return date(year, month, 1).toordinal()
        return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).toordinal() if year < 9999 else LAST
    except ValueError:
        return None


def iso(ordinal: int) -> str | None:
    """The ISO date of a day; null for an open end."""
    return None if ordinal in (FIRST, LAST) else date.fromordinal(ordinal).isoformat()


def tightest(whens: list[When]) -> When | None:
    """What all of them together say: the days they share, named by the most precise of them; the most precise alone when they share none."""
    dated = sorted(((d.length, w.start or "", w.end or "", w.text or "", w) for w in whens if (d := days(w))), key=lambda t: t[:4])
    if not dated:
        undated = sorted((w for w in whens if w.text), key=lambda w: w.text or "")
        return undated[0] if undated else None
    best = dated[0][-1]
    shared = days(best)
    for *_, when in dated[1:]:
        shared = shared.meet(days(when) or shared) if shared else None
    if shared is None or shared == days(best):
        return best
    return When(
        start=iso(shared.first),
        end=iso(shared.last),
        precision="day" if shared.length == 1 else best.precision,
        text=best.text,
        why="what all claims leave",
    )
