"""All rows that let somebody hold an office on a day -> those that stand: one person, or several between whom the title does not tell.

Each rule drops a row only for another that is there: a row of a later term on the day of handing over, an acting holder unless he is asked for,
a row that was only seen beside one with dates, a shipped row that later reports of the user's own ledger contradict.
"""

from __future__ import annotations

import msgspec

from backchannel.register.model import Occupancy
from backchannel.register.names import fold

NEAR_YEARS = 2  # a bare surname must be of somebody famous this near to the date
SURE = 0.65  # rows below it end with their last sighting, not with the term
# Until when the built-in tables and the hand-written rows were kept (SOURCES.md): an open term is sure until then.
KNOWN_UNTIL = "2026-01-31"
STALE = 0.7  # of the confidence of an open term that is asked beyond that day
_ACTING = frozenset({"acting", "interim", "caretaker", "transitional"})
_WRITTEN = ("custom", "ledger", "refresh", "supplement")  # whose rows come before those of the tables, all else being equal


def is_acting(office: str) -> bool:
    """Whether the office is held for the time being."""
    return not _ACTING.isdisjoint(fold(office).split())


def standing(found: list[Occupancy], on: str, *, acting: bool, single: bool) -> list[Occupancy]:
    """The rows that stand on the day, likeliest first; ``single``: the office has one holder at a time."""
    if len(found) > 1 and single:
        found = _without(found, [o for o in found if o.confidence < SURE])
        found = _without(found, [o for o in found if is_acting(o.office) != acting])
        found = _without(found, [o for o in found if any(_hands_over(o, p) for p in found)])
        found = _without(found, [o for o in found if any(_is_newer(p, o) for p in found)])
    found.sort(key=lambda o: o.start, reverse=True)
    found.sort(key=lambda o: (is_acting(o.office) != acting, o.confidence < SURE, not o.source.startswith(_WRITTEN)))
    if single:
        found = list({o.person: o for o in reversed(found)}.values())[::-1]  # two sources of one term are one holder
    return [stale(o, on) for o in found]


def stale(held: Occupancy, on: str) -> Occupancy:
    """An open built-in term beyond the day until which it was known to hold: the same, less sure, and why."""
    if held.end is not None or on <= KNOWN_UNTIL or held.source.startswith(("custom", "ledger", "refresh")):
        return held
    return msgspec.structs.replace(held, confidence=round(held.confidence * STALE, 2), source=f"{held.source} (known until {KNOWN_UNTIL})")


def _without(found: list[Occupancy], dropped: list[Occupancy]) -> list[Occupancy]:
    """Without some rows, unless nothing would be left."""
    kept = [o for o in found if not any(o is d for d in dropped)]
    return kept or found


def _hands_over(out: Occupancy, to: Occupancy) -> bool:
    """Whether one term ends on the day on which another person's begins."""
    return out.person != to.person and out.end is not None and len(out.end) == 10 and out.end == to.start


def _is_newer(report: Occupancy, row: Occupancy) -> bool:
    """Whether what the ledger holds for sure begins after an open row that is not of the user's own."""
    return (
        report.person != row.person
        and report.source.startswith(("ledger", "refresh"))
        and report.confidence >= SURE
        and row.end is None
        and not row.source.startswith(("custom", "ledger", "refresh"))
        and report.start > row.start
    )


def presence_words(score: float, on: str | None) -> str:
    """What a score of presence on a date says."""
    if on is None:
        return "no date given"
    return {
        1.0: f"in office on {on}",
        0.9: f"in office within {NEAR_YEARS} years of {on}",
        0.8: "in office before",
        0.6: "in office long before",
        0.5: "in office only later",
    }[score]
