"""The claims of one happening -> how well it is established: who confirms it, who denies it, whether its day has passed.

A side of an event is a state (or, within one state, a party). What a side's own officials say counts for that side: a confirmation by two sides
is ``confirmed_by_both``; a party that merely says so itself is ``claimed``; a report's own voice, or a source that takes no part, is
``reported``. Whoever only told of the plan does not say that it was done (``bearing``), and who declines to comment says nothing. A plan or threat
``lapsed`` when its last day lies before the newest report of the ledger and nobody has reported it done: no clock but the news is used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from backchannel.ledger.facts import Fact, Profile, day
from backchannel.ledger.intervals import days, iso
from backchannel.ledger.parties import alike
from backchannel.records import Standing, Status

DONE: tuple[Status, ...] = ("ended", "happened", "ongoing")
REALISED: tuple[Status, ...] = (*DONE, "attempted")
COMING: tuple[Status, ...] = ("planned", "expected", "offered")
UNSETTLED: tuple[Status, ...] = ("demanded", "proposed", "possible", "hypothetical")
WEAK_STANCES = frozenset({"speculates", "questions", "predicts"})
JOINT_SOURCE = re.compile(r"(?:both|their|the two|each)\b", re.IGNORECASE)  # "their offices", "both governments": speaks for all sides
SECOND = re.compile(r",? and (?:by )?")
SAME_PARTY = 0.85


class Stand(NamedTuple):
    """How an event stands, and who made it so."""

    standing: Standing
    status: Status  # of the act
    why: str
    confirmed_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()


def stand(facts: Sequence[Fact], horizon: str | None) -> Stand:
    """How the happening stands by its claims, as of the day of the newest report (``horizon``)."""
    silent = [f for f in facts if _silent(f)]
    yes, no = [f for f in facts if affirms(f)], [f for f in facts if not affirms(f) and not _silent(f)]
    if not yes and not no:
        return Stand("unclear", act_status(silent), f"{' and '.join(names(silent))} declined to comment")
    deniers = names([f for f in no if not _failed(f)])
    if no and not yes and all(map(_failed, no)):
        return Stand("reported", "did_not_happen", "reported not to have happened")
    if not yes:
        return Stand("denied", act_status(no), f"denied by {' and '.join(deniers)}" if deniers else "reported not to have happened", (), deniers)
    status = act_status(yes)
    if no and status in (*COMING, "proposed") and all(map(_failed, no)):
        return Stand("lapsed", "did_not_happen", "planned, and reported not to have happened")
    told = _saying(yes, status)
    confirmed, asserted = sides(told)
    if no:
        return Stand(
            "disputed",
            status,
            f"said by {' and '.join(names(told)) or 'nobody'}, denied by {' and '.join(deniers) or 'the report'}",
            confirmed,
            deniers,
        )
    if status in REALISED:
        return _realised(told, status, confirmed, asserted)
    return _unrealised(yes, status, horizon)


def bearing(facts: Sequence[Fact], how: Stand) -> list[Fact]:
    """Of the claims those that say of the act what it is taken for: that it was done, that it is to come, that it did not happen. The others (its plan, once
    it is done; who denies it) corroborate nothing.
    """
    if how.standing == "denied" or how.status == "did_not_happen":
        return [f for f in facts if not affirms(f) and not _silent(f)] or list(facts)
    return _saying([f for f in facts if affirms(f)], how.status) or list(facts)


def _saying(yes: Sequence[Fact], status: Status) -> list[Fact]:
    """Those that hold the act to be of that status."""
    alike = next((kind for kind in (DONE, REALISED, COMING, ("threatened",)) if status in kind), None)
    return [f for f in yes if alike is None or f.event.status in alike]


def _realised(yes: Sequence[Fact], status: Status, confirmed: tuple[str, ...], asserted: tuple[str, ...]) -> Stand:
    together = tuple(dict.fromkeys(confirmed + asserted))
    if confirmed and _n_sides(yes) >= 2:
        return Stand("confirmed_by_both", status, f"confirmed by {' and '.join(together)}", together)
    if confirmed:
        return Stand("confirmed_by_one", status, f"confirmed by {' and '.join(confirmed)}", confirmed)
    if all(f.event.certainty in ("possible", "unknown") or (f.sources and f.sources[-1].stance in WEAK_STANCES) for f in yes):
        return Stand("unclear", status, "only held to be possible")
    if _n_sides(yes) >= 2:
        return Stand("confirmed_by_both", status, f"said by {' and '.join(together)}", together)
    if asserted and all(_side_of(f) is not None for f in yes):
        return Stand("claimed", status, f"only {' and '.join(asserted)} says so")
    if all(f.sources and f.sources[-1].stance == "accuses" for f in yes):
        return Stand("claimed", status, f"only its accuser says so: {' and '.join(names(yes))}")
    return Stand("reported", status, "reported")


def _unrealised(yes: Sequence[Fact], status: Status, horizon: str | None) -> Stand:
    last = last_day(yes)
    passed = bool(last and horizon and last < horizon)
    if status in COMING:
        return (
            Stand("lapsed", status, f"its day ({last}) has passed with nothing reported")
            if passed
            else Stand("planned", status, f"{status}, not reported done")
        )
    if status == "threatened":
        return (
            Stand("lapsed", status, f"its term ({last}) has passed with nothing reported")
            if passed
            else Stand("threatened", status, "threatened, not reported done")
        )
    return Stand("unclear", status, f"{status}, not reported done")


def _failed(fact: Fact) -> bool:
    """Whether it tells of something that was to happen and did not: no denial of anybody's words."""
    return fact.event.status == "did_not_happen" and not (fact.sources and fact.sources[-1].stance == "denies")


def affirms(fact: Fact) -> bool:
    """Whether the claim says that the act is (or will be) so: not negated, not denied by its source, not reported as a failure to happen."""
    if fact.event.polarity == "-" or fact.event.status == "did_not_happen":
        return False
    return not (fact.sources and fact.sources[-1].stance in ("denies", "declines_to_comment"))


def _silent(fact: Fact) -> bool:
    """Whether its source only declines to comment on it: neither a yes nor a no."""
    return bool(fact.sources) and fact.sources[-1].stance == "declines_to_comment"


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


def names(facts: Sequence[Fact]) -> tuple[str, ...]:
    """Who holds the claims, each once."""
    return tuple(dict.fromkeys(n for f in facts if (n := speaker_name(f))))


def speaker_name(fact: Fact) -> str | None:
    """The innermost source by name, else in its own words; null for the report's own voice."""
    if fact.speaker:
        return fact.speaker.name
    source = fact.sources[-1].source if fact.sources else None
    return source.text if source else None


# ------------------------------------------------------------------ sides
def sides(facts: Sequence[Fact]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(who confirms for a side, who merely says so for a side), by name."""
    confirmed: list[str] = []
    asserted: list[str] = []
    for fact in facts:
        if _side_of(fact) is not None:
            (confirmed if fact.sources[-1].stance == "confirms" else asserted).append(speaker_name(fact) or "")
    return tuple(dict.fromkeys(confirmed)), tuple(n for n in dict.fromkeys(asserted) if n not in confirmed)


def _n_sides(facts: Sequence[Fact]) -> int:
    found: set[str] = set()
    for fact in facts:
        side = _side_of(fact)
        if side == "*":
            return 2
        if side is not None:
            found.add(side)
    return len(found)


def _side_of(fact: Fact) -> str | None:
    """The side for which the claim's source speaks; "*" for all sides at once; null when it takes no part."""
    if not fact.sources:
        return None
    source, speaker = fact.sources[-1].source, fact.speaker
    camps = camps_of(fact.parties())
    if speaker is None or speaker.entity is None:
        joint = source is not None and JOINT_SOURCE.match(source.text) is not None and fact.sources[-1].stance == "confirms"
        if joint and len(set(camps.values())) > 1:
            return "*"
    if speaker is None:
        return None
    second = _second(fact)
    speakers = [speaker, second] if second and second.country != speaker.country else [speaker]
    found = {side for one in speakers if (side := _side(fact, one, camps))}
    return "*" if len(found) > 1 else next(iter(found), None)


def _side(fact: Fact, speaker: Profile, camps: dict[str, str]) -> str | None:
    for party in fact.parties():
        spokesman = speaker.official and speaker.kind != "media" and speaker.country is not None and speaker.country == party.country
        if spokesman or alike(speaker, party)[0] >= SAME_PARTY:
            return camps[party.key]
    return None


def _second(fact: Fact) -> Profile | None:
    """The other of two who say it together: "the White House and the Kremlin said"."""
    source = fact.sources[-1].source
    joint = source and SECOND.search(source.text)
    if not source or not joint:
        return None
    start = source.start + joint.end()
    return next((fact.filed.profiles[a.key] for a in fact.filed.coded.actors if any(start <= m.start <= start + len("the ") for m in a.mentions)), None)


def camps_of(parties: Sequence[Profile]) -> dict[str, str]:
    """The side of each party by actor key: its state, or itself when all are of one state."""
    states = {p.country for p in parties}
    one_state = len(states) == 1
    return {p.key: p.country if p.country and not one_state else " ".join(p.words) for p in parties}


def horizon_of(published: Sequence[tuple[str | None, str | None]]) -> str | None:
    """The day of the newest report; reports whose day is known to no better than a month do not count."""
    known = [last for first, last in published if first and last and first[:7] == last[:7]]
    return max((d for k in known if (d := day(k))), default=None)
