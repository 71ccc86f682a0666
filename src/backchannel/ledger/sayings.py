"""A claim -> what it says of its act: that it is so, that it is not, neither; and, of the claims of one happening, which words still count.

A denial is told by polarity: what a source that denies something says besides ("denied that the strike marked a change") it neither asserts nor denies. Nor
does it deny an act to want it left undone. Who admits what it denied before denies it no longer, and of two words of one side otherwise the newer counts. That
an act will not be, or was called off before its day, says nothing against its being done in the end, nor against a newer plan.
"""

from __future__ import annotations

from collections.abc import Sequence

from backchannel.ledger.facts import Fact
from backchannel.ledger.intervals import iso
from backchannel.records import Status

DONE: tuple[Status, ...] = ("ended", "happened", "ongoing")
REALISED: tuple[Status, ...] = (*DONE, "attempted")
COMING: tuple[Status, ...] = ("planned", "expected", "offered")
WANTED: tuple[Status, ...] = ("demanded", "proposed", "hypothetical")


def affirms(fact: Fact) -> bool:
    """Whether the claim says that the act is (or will be) so: not negated, not told beside a denial, not reported as a failure to happen."""
    return not negates(fact) and not silent(fact)


def negates(fact: Fact) -> bool:
    """Whether it says that the act is not (or will not be) so."""
    if fact.event.status == "did_not_happen":
        return stance(fact) != "declines_to_comment"
    return fact.event.polarity == "-" and fact.event.status not in WANTED and stance(fact) not in ("declines_to_comment", "demands")


def silent(fact: Fact) -> bool:
    """Whether it says neither: its source declines to comment, denies something else, or wants the act left undone."""
    return not negates(fact) and (fact.event.polarity == "-" or stance(fact) in ("denies", "declines_to_comment"))


def failed(fact: Fact) -> bool:
    """Whether it tells of something that was to happen and did not: no denial of anybody's words."""
    return fact.event.status == "did_not_happen" and stance(fact) != "denies"


def called_off(fact: Fact) -> bool:
    """Whether it tells of something that is not to be, or was not: no denial of anybody's words."""
    return stance(fact) != "denies" and negates(fact) and fact.event.status in (*COMING, "did_not_happen")


def is_contrary(a: Fact, b: Fact) -> bool:
    """Whether one of two claims tells as not so what the other tells as so, and denies nobody's words. It is mostly of another act: of 29 such pairs with the
    same parties in one report ("did not directly tell me", "had implicitly encouraged me") one was of one act, of ten undated ones of two reports none; of 25
    with a denial in one report 17.
    """
    against, other = (a, b) if a.event.polarity == "-" else (b, a)
    return against.event.polarity != other.event.polarity and stance(against) != "denies"


def stance(fact: Fact) -> str | None:
    """How the innermost source holds it; null in the report's own voice."""
    return fact.sources[-1].stance if fact.sources else None


# ------------------------------------------------------------------ what still counts
def standing_denials(yes: Sequence[Fact], no: Sequence[Fact]) -> list[Fact]:
    """Of what is told against an act that which no later words overtake. (Of five acts that reports told without a day as not done, and others as done, none
    was disputed: it was another act, or one that was foiled.)
    """
    done = [f for f in yes if f.event.status in REALISED]
    return [f for f in no if not (_came_after_all(f, done) or (failed(f) and f.days is None) if done else _planned_anew(f, yes))]


def _came_after_all(against: Fact, done: Sequence[Fact]) -> bool:
    """Whether it was told before the day of the act, as something that would not be."""
    ahead = against.event.status in COMING or against.event.status == "did_not_happen"
    told = against.filed.published[1]
    begun = min((day for f in done if (day := iso(f.days.first) if f.days else f.filed.published[0])), default=None)
    return bool(ahead and told and begun and told < begun)


def _planned_anew(against: Fact, yes: Sequence[Fact]) -> bool:
    """Whether the plan was told again after it was called off."""
    told = against.filed.published[1]
    return bool(called_off(against) and told and any((f.filed.published[0] or "") > told for f in yes if f.event.status in COMING))


def last_words(yes: Sequence[tuple[Fact, str | None]], no: Sequence[tuple[Fact, str | None]]) -> tuple[list[Fact], list[Fact]]:
    """Both without what its side (named beside it) took back."""
    return [f for f, side in yes if not _taken_back(f, side, no)], [f for f, side in no if not _taken_back(f, side, yes)]


def _taken_back(fact: Fact, side: str | None, others: Sequence[tuple[Fact, str | None]]) -> bool:
    """Whether its side says the opposite later, or admits it at any time: that it once denied it is told after the admission, too."""
    theirs = [f for f, other in others if side is not None and other == side and not called_off(f)]
    if stance(fact) == "confirms" or called_off(fact):
        return False
    told = fact.filed.published[1]
    return any(stance(f) == "confirms" or (told and (f.filed.published[0] or "") > told) for f in theirs)
