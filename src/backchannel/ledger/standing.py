"""The claims of one happening -> how well it is established: who confirms it, who denies it, whether its day has passed.

What a side's own officials say counts for that side (``camps``): a confirmation by two sides is ``confirmed_by_both``; a party that merely says so itself is
``claimed``; a report's own voice, or a source that takes no part, is ``reported``. Whoever only told of the plan does not say that it was done (``bearing``),
and who declines to comment says nothing (``sayings``). A plan or threat ``lapsed`` when it was called off, or its last day lies before the newest report of
the ledger and nobody has reported it done: no clock but the news is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from backchannel.ledger.camps import SAME_PARTY, Camps, names, speaker_name
from backchannel.ledger.facts import Fact, day
from backchannel.ledger.intervals import days, iso
from backchannel.ledger.sayings import COMING, DONE, REALISED, affirms, called_off, failed, last_words, negates, stance, standing_denials
from backchannel.records import Standing, Status

UNSETTLED: tuple[Status, ...] = ("demanded", "proposed", "possible", "hypothetical")
WEAK_STANCES = frozenset({"speculates", "questions", "predicts"})


class Stand(NamedTuple):
    """How an event stands, and who made it so."""

    standing: Standing
    status: Status  # of the act
    why: str
    confirmed_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()


def stand(facts: Sequence[Fact], horizon: str | None) -> Stand:
    """How the happening stands by its claims, as of the day of the newest report (``horizon``)."""
    camps = Camps(facts)
    yes, no = last_words(*([(f, camps.word_of(f)) for f in facts if holds(f)] for holds in (affirms, negates)))
    if not yes and not no:
        quiet = all(stance(f) == "declines_to_comment" for f in facts)
        return Stand("unclear", act_status(facts), f"{' and '.join(names(facts))} declined to comment" if quiet else "neither asserted nor denied")
    no = standing_denials(yes, no)
    deniers = names([f for f in no if not failed(f)])
    if not yes and all(map(called_off, no)) and any(map(failed, no)):
        return Stand("reported", "did_not_happen", "reported not to have happened")
    if not yes:
        return Stand("denied", act_status(no), f"denied by {' and '.join(deniers)}" if deniers else "reported not to have happened", (), deniers)
    status = act_status(yes)
    if no and status in (*COMING, "proposed", "threatened") and all(map(called_off, no)):
        return Stand("lapsed", "did_not_happen", "planned, and reported not to have happened")
    if no and status in UNSETTLED:
        return Stand("unclear", status, f"{status}, denied by {' and '.join(deniers) or 'the report'}", (), deniers)
    told = _saying(yes, status)
    if no:
        why = f"said by {' and '.join(names(told)) or 'the report'}, denied by {' and '.join(deniers) or 'the report'}"
        return Stand("disputed", status, why, camps.speaking(told)[0], deniers)
    return _realised(told, status, camps) if status in REALISED else _unrealised(yes, status, horizon)


def bearing(facts: Sequence[Fact], how: Stand) -> list[Fact]:
    """Of the claims those that say of the act what it is taken for: that it was done, that it is to come, that it did not happen. The others (its plan, once
    it is done; who denies it) corroborate nothing.
    """
    if how.standing == "denied" or how.status == "did_not_happen":
        return [f for f in facts if negates(f)] or list(facts)
    return _saying([f for f in facts if affirms(f)], how.status) or list(facts)


def _saying(yes: Sequence[Fact], status: Status) -> list[Fact]:
    """Those that hold the act to be of that status."""
    alike = next((kind for kind in (DONE, REALISED, COMING, ("threatened",)) if status in kind), None)
    return [f for f in yes if alike is None or f.event.status in alike]


def _realised(yes: Sequence[Fact], status: Status, camps: Camps) -> Stand:
    confirmed, asserted = camps.speaking(yes)
    together = tuple(dict.fromkeys(confirmed + asserted))
    n_sides = camps.n_sides(yes)
    if confirmed and n_sides >= 2:
        return Stand("confirmed_by_both", status, f"confirmed by {' and '.join(together)}", together)
    if confirmed:
        return Stand("confirmed_by_one", status, f"confirmed by {' and '.join(confirmed)}", confirmed)
    if all(f.event.certainty in ("possible", "unknown") or (f.sources and f.sources[-1].stance in WEAK_STANCES) for f in yes):
        return Stand("unclear", status, "only held to be possible")
    if n_sides >= 2:
        return Stand("confirmed_by_both", status, f"said by {' and '.join(together)}", together)
    if asserted and all(camps.of(f) is not None for f in yes):
        return Stand("claimed", status, f"only {' and '.join(asserted)} says so")
    if all(f.sources and f.sources[-1].stance == "accuses" for f in yes):
        return Stand("claimed", status, f"only its accuser says so: {' and '.join(names(yes))}")
    return Stand("reported", status, "reported")


def _unrealised(yes: Sequence[Fact], status: Status, horizon: str | None) -> Stand:
    if status not in (*COMING, "threatened"):
        return Stand("unclear", status, f"{status}, not reported done")
    last = last_day(yes)
    if not last or not horizon or last >= horizon:
        return Stand("threatened" if status == "threatened" else "planned", status, f"{status}, not reported done")
    if all((f.filed.published[0] or "") > last for f in yes):  # "voted in June to leave": nobody waited for it then
        return Stand("unclear", status, f"{status} for a day ({last}) that was over when it was told")
    return Stand("lapsed", status, f"its {'term' if status == 'threatened' else 'day'} ({last}) has passed with nothing reported")


def act_status(facts: Sequence[Fact]) -> Status:
    """The status of the act: done wins over wanted, then the newest report, then the order of the vocabulary."""
    order: tuple[Status, ...] = (*REALISED, *COMING, "threatened", *UNSETTLED, "did_not_happen")
    real = [f for f in facts if f.event.status in REALISED] or list(facts)
    newest = max((f.filed.published[1] or "") for f in real)
    return min((f.event.status for f in real if (f.filed.published[1] or "") == newest), key=order.index)


def last_day(facts: Sequence[Fact]) -> str | None:
    """The last day on which a plan or threat is due, the latest named; null when none is."""
    due = [d.last for f in facts for d in (days(f.event.deadline) or days(f.event.when),) if d]
    return iso(max(due)) if due else None


def horizon_of(published: Sequence[tuple[str | None, str | None]]) -> str | None:
    """The day of the newest report; reports whose day is known to no better than a month do not count."""
    known = [last for first, last in published if first and last and first[:7] == last[:7]]
    return max((d for k in known if (d := day(k))), default=None)


__all__ = ["REALISED", "SAME_PARTY", "Stand", "act_status", "affirms", "bearing", "horizon_of", "speaker_name", "stand"]
