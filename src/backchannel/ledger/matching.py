"""Two event claims -> how far they are one happening: a score and readable reasons.

A pair is compared on its type and mode, its parties (register entry, name, state), its days and its place; weights and thresholds are in
matching.toml. Where these leave it open, the odds of all other evidence decide (evidence.py). Which pairs are compared at all: blocking.py. What becomes of
the scores: grouping.py.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from backchannel.ledger.blocking import MUTUAL, RECURRING, RELATED
from backchannel.ledger.evidence import COMING, REAL, exclude, odds, one_matter, other_channel, story
from backchannel.ledger.facts import CASTS, Cast, Fact, Profile, Role, name_words
from backchannel.ledger.intervals import MONTH, Days
from backchannel.ledger.meaning import meaning
from backchannel.ledger.parties import likeness
from backchannel.ledger.sayings import is_contrary, stance
from backchannel.ledger.settings import SETTINGS
from backchannel.plover import quad
from backchannel.records import When

SAME: float = SETTINGS["same"]
W, TYPE, TIME, PARTIES, SENTENCE, STORY, TOLD = (SETTINGS[name] for name in ("weights", "type", "time", "parties", "sentence", "story", "told"))
SIDES: tuple[Role, Role] = ("actor", "recipient")
EITHER = REAL | COMING
AHEAD, HELD = frozenset({"planned", "expected"}), frozenset({"happened", "ongoing"})


class Pairing(NamedTuple):
    """How far two claims are one happening; score 0 = they cannot be."""

    score: float
    why: tuple[str, ...]
    told: bool = False  # by the odds of all evidence, whatever is left open of parties and days


NO = Pairing(0.0, ())
WEAK = Pairing(SENTENCE["weak"], ("nothing speaks against it",))
FREE = Pairing(SENTENCE["free"], WEAK.why)
DENIED = Pairing(TOLD["denied"], ("one of those who take part denies it",))
ONE_VISIT = Pairing(SENTENCE["again"], ("stages of one visit",))
COPIED = Pairing(1.0, ("the same words in a copy of the report",))
__all__ = ["COPIED", "MUTUAL", "NO", "SAME", "SIDES", "WEAK", "Pairing", "compare", "contradict", "tells_nothing"]


# ------------------------------------------------------------------ one pair
def compare(a: Fact, b: Fact) -> Pairing:
    """How far two event claims are one happening, with reasons; ``NO`` when what is told of them forbids it."""
    if b.id < a.id or (b.id == a.id and b.filed.report.id < a.filed.report.id):
        a, b = b, a
    if _one_visit(a, b):
        return ONE_VISIT
    kind, time = _kind(a, b), _times(a, b)
    if _contradict(a, b, kind, time):
        return NO
    if a.filed is b.filed:
        return _within_report(a, b)
    if _is_denied_by_a_side(a, b):
        return DENIED
    if tells_nothing(a, b) or (is_contrary(a, b) and not (a.days and b.days)):
        return WEAK
    agreed = _agreed(a, b, kind, time) if time and kind.score else NO
    if time is NO or (agreed.score >= SAME and ((a.days and b.days) or not is_open(a, b))):
        return agreed
    return _told(a, b) or (Pairing(min(agreed.score, SAME - TOLD["step"]), ()) if agreed.score else WEAK)


def contradict(a: Fact, b: Fact) -> bool:
    """Whether two claims cannot be one act: their types, statuses, days or mediators differ, or they are told in full and name parties that exclude
    each other. Parties of claims that leave something open may be mistaken, so these only speak against it.
    """
    return not _one_visit(a, b) and _contradict(a, b, _kind(a, b), _times(a, b))


def _contradict(a: Fact, b: Fact, kind: Pairing, time: Pairing | None) -> bool:
    if not _modality(a, b) or not (kind.score or _one_word(a, b)) or _otherwise_mediated(a, b) or _days_differ(a, b, time):
        return True
    return (bool(a.days and b.days) or (a.filed is b.filed and _persons(a) and _persons(b))) and _others(a, b)


def _days_differ(a: Fact, b: Fact, time: Pairing | None) -> bool:
    """Whether their days, or those of their reports, are too far apart for one act; within a report whether they are not the same."""
    if a.filed is b.filed:
        return bool(a.days and b.days and a.days != b.days)
    if _off_before(a, b):
        return False
    return time is NO if a.days and b.days else _far(a, b)


def _others(a: Fact, b: Fact) -> bool:
    """Whether both claims name both sides, and these exclude each other."""
    return _both_sides(a) and _both_sides(b) and exclude(a, b)


def _persons(fact: Fact) -> bool:
    """Whether all its sides are persons, who are seldom mistaken for one another."""
    return all(p.kind == "person" for p in fact.cast.sides)


def _both_sides(fact: Fact) -> bool:
    return len(fact.cast.sides) > 1 if fact.event.event in MUTUAL else bool(fact.cast.actors and fact.cast.recipients)


def _agreed(a: Fact, b: Fact, kind: Pairing, time: Pairing) -> Pairing:
    """How far they agree on parties and days, which is what tells one act from another wherever both are known."""
    parties = _parties(a.cast, b.cast, a.event.event in MUTUAL and b.event.event in MUTUAL)
    if parties.score < PARTIES["least"]:
        return NO
    place, reason = _places(a, b)
    score = round(min(1.0, max(0.0, W["type"] * kind.score + W["parties"] * parties.score + W["time"] * time.score + place)), 3)
    dated = a.days and b.days and max(a.days.length, b.days.length) <= MONTH
    if not ((dated or _one_kind(a, b)) and one_matter(a, b)):
        score = min(score, SAME - TOLD["step"])  # without days, or with only a year, parties alone make no act one, nor words of which the matter is not known
    if score < SAME:
        return Pairing(score, ())  # nobody asks why
    when = time.why or (f"{_span(a.event.when)} and {_span(b.event.when)} overlap",)
    return Pairing(score, (*kind.why, *parties.why, *when, *([reason] if reason else [])))


def _one_kind(a: Fact, b: Fact) -> bool:
    """Whether the words of two acts are near in meaning, or both tell contacts of one mode."""
    left, right = a.event, b.event
    return bool(left.mode and left.mode == right.mode and left.event in MUTUAL) or meaning(left.anchor.text, right.anchor.text) >= TOLD["least_meaning"]


def _told(a: Fact, b: Fact) -> Pairing | None:
    """How far all evidence together makes claims of two reports one act whose parties or days do not decide; null where it is not asked."""
    if exclude(a, b):
        return NO
    if not is_open(a, b):
        return None
    found = odds(a, b)
    return Pairing(max(WEAK.score, found.score), found.why, told=True) if found.score else None


def is_open(a: Fact, b: Fact) -> bool:
    """Whether it is for other evidence to tell if the claims are one act: both are asserted, or both denied, not told of two days, and none calls off."""
    if a.event.polarity != b.event.polarity or _vaguely_dated(a, b) or called_off(a, b):
        return False
    return not (a.days and b.days and a.days != b.days)


def _is_denied_by_a_side(a: Fact, b: Fact) -> bool:
    """Whether what one report tells is denied in another, within a few days, by one of those who take part, who names nobody besides: "Iran denied that any
    meeting had taken place".
    """
    no, yes = (a, b) if is_against(a) else (b, a)
    if is_against(yes) or no.event.polarity != "-" or stance(no) != "denies" or no.days or _vague(no) or yes.event.status not in REAL:
        return False
    gap = _distance(a, b, a.days, b.days)
    speaker, own, sides = no.speaker, {p.country for p in no.cast.sides}, {p.country for p in yes.cast.sides}
    if gap is None or gap > TIME["near_days"] or no.event.event != yes.event.event or speaker is None or not (speaker.official or speaker.state_like):
        return False
    return None not in own and bool(own or speaker.country) and own | ({speaker.country} - {None}) <= sides and story(a, b) >= STORY["least"]


def is_against(fact: Fact) -> bool:
    """Whether it tells the act as not done."""
    return fact.event.polarity == "-" or fact.event.status == "did_not_happen"


def _one_word(a: Fact, b: Fact) -> bool:
    """Whether two types of one quarter of PLOVER hang on one word, or nearly: then one of them is the coder's mistake ("killed" told as COERCE)."""
    left, right = a.event, b.event
    return quad(left.event) == quad(right.event) and meaning(left.anchor.text, right.anchor.text) >= TOLD["one_word"]


def _otherwise_mediated(a: Fact, b: Fact) -> bool:
    """Whether two others mediate, or one is a mediation and the other the talks it serves, which are two things; talks of the same two on one day are one, even
    if only one report names who chaired them.
    """
    if not (a.cast.mediators or b.cast.mediators):
        return False
    both = likeness(a.cast.mediators, b.cast.mediators)
    if both:
        return not both[0]
    modes = {a.event.mode, b.event.mode}
    one_talk = "visit" not in modes and a.days is not None and a.days == b.days and not (_mediates(a) or _mediates(b)) and _same_two(a, b)
    return None in modes and not one_talk


def _mediates(fact: Fact) -> bool:
    """Whether its word is for what a third party does ("mediated", "shuttled")."""
    return any(word in fact.event.anchor.text.lower() for word in TYPE["mediating"])


def _kind(a: Fact, b: Fact) -> Pairing:
    """How far their types and modes agree, and the channels of contacts: a meeting is no call."""
    left, right = a.event, b.event
    if other_channel(left, right):
        return Pairing(TYPE["other_mode"], (f"both {left.event}, {left.channel} and {right.channel}",))
    return _types(left.event, right.event, left.mode, right.mode)


@cache
def _types(left: str, right: str, left_mode: str | None, right_mode: str | None) -> Pairing:
    if left == right:
        if left_mode == right_mode:
            return Pairing(TYPE["same"], (f"both {left}" + (f"-{left_mode}" if left_mode else ""),))
        if left_mode and right_mode:
            return Pairing(TYPE["other_mode"], (f"both {left}, {left_mode} and {right_mode}",))
        return Pairing(TYPE["one_mode"], (f"both {left}, one says {left_mode or right_mode}",))
    if frozenset({left, right}) in RELATED:
        return Pairing(TYPE["related"], (f"{left} and {right} can be one act",))
    return NO


def _modality(a: Fact, b: Fact) -> bool:
    """Whether their statuses can be of one act: done with done, wanted with wanted; a plan meets its fulfilment only on the same dated day, or where two
    reports tell it within a few days, of a contact that has no day in one of them (of other acts told so, 4 of 11 read were fulfilled); or it is called off.
    """
    left, right = a.event.status, b.event.status
    if called_off(a, b):
        return True
    if left == right or (left in REAL and right in REAL) or (left in COMING and right in COMING):
        return True
    if _contacts(a, b) and {left, right} & AHEAD and (({left, right} & HELD and not _planned_after(a, b)) or a.is_called_off or b.is_called_off):
        return True
    if left in EITHER and right in EITHER:
        first, second = a.days, b.days
        return bool(first and second and first.meet(second) and min(first.length, second.length) <= 7)
    return False


def _planned_after(a: Fact, b: Fact) -> bool:
    """Whether one is planned in a report that came out after the day on which the other was held: then it is the next."""
    plan, held = (a, b) if a.event.status in AHEAD else (b, a)
    return bool(plan.filed.out and held.days and plan.filed.out.first > held.days.last)


def called_off(a: Fact, b: Fact) -> bool:
    """Whether one report plans for a day an act of the same two sides that another, before that day, tells as called off, without naming it."""
    if not _off_before(a, b):
        return False
    plan, off = (a, b) if a.days else (b, a)
    first, told = plan.filed.out, off.filed.out
    return plan.event.status in AHEAD and first is not None and told is not None and first.first <= told.first


def tells_nothing(a: Fact, b: Fact) -> bool:
    """Whether only a plan, told before, could say that it was this contact that was called off."""
    return _off_before(a, b) and not called_off(a, b)


def _off_before(a: Fact, b: Fact) -> bool:
    """Whether one is an act on a day and the other, told before that day, one of the same two sides that is called off, nobody says on which day."""
    if a.event.status != "did_not_happen" != b.event.status:
        return False
    dated, off = (a, b) if a.days else (b, a)
    if not off.is_called_off or off.days or _vague(off) or not dated.days or dated.days.length > MONTH:
        return False
    told = off.filed.out
    return dated.event.status in EITHER and bool(told and told.first <= dated.days.last <= told.last + TIME["ahead_days"]) and _same_two(a, b)


def _contacts(a: Fact, b: Fact) -> bool:
    """Whether two reports tell within a few days of contacts of the same two sides, at least one without a day."""
    return a.event.event == "CONSULT" and not (a.days and b.days) and _same_two(a, b) and not _far(a, b)


def _same_two(a: Fact, b: Fact) -> bool:
    """Whether two dated reports tell of an act of one kind by the same two sides."""
    if a.event.event != b.event.event or a.filed is b.filed or not (a.filed.dated and b.filed.dated):
        return False
    if a.event.event not in MUTUAL:
        sides = [likeness(getattr(a.cast, role), getattr(b.cast, role)) for role in ("actors", "recipients")]
        return all(side and side[0] for side in sides)
    alike = likeness(a.cast.sides, b.cast.sides) if min(len(a.cast.sides), len(b.cast.sides)) > 1 else None
    return bool(alike and alike[0])


@lru_cache(maxsize=CASTS)
def _parties(a: Cast, b: Cast, mutual: bool) -> Pairing:
    if mutual:
        left, right = a.sides, b.sides
        both = likeness(left, right)
        if not both or not both[0]:
            return NO
        lonely = min(len(left), len(right)) == 1 < max(len(left), len(right))  # "Putin held talks" and "Putin and Netanyahu spoke"
        return Pairing((both[0] + PARTIES["unnamed_side"]) / 2 if lonely else both[0], tuple(both[1]))
    scores, reasons = [], []
    for left, right in ((a.actors, b.actors), (a.recipients, b.recipients)):
        side = likeness(left, right)
        if side is None:
            scores.append(PARTIES["unnamed_side"] if left or right else None)
        elif not side[0]:
            return NO
        else:
            scores.append(side[0])
            reasons += side[1]
    known = [s for s in scores if s is not None]
    return Pairing(sum(known) / len(known), tuple(reasons)) if known and reasons else NO


def _times(a: Fact, b: Fact) -> Pairing | None:
    """How far their days agree; null when nothing is known of how they lie to one another."""
    left, right = a.days, b.days
    if left and right:
        return _dated(left, right, a.event.event in RECURRING)
    if _vaguely_dated(a, b):
        return Pairing(TIME["vague"], ("one has no day",))
    if called_off(a, b):
        return Pairing(TIME["undated"], ("called off before its day",))
    gap = _distance(a, b, left, right)
    if gap is None:
        return None
    return Pairing(TIME["undated"], (f"no day given, told within {gap} days of each other",)) if gap <= TIME["near_days"] else NO


@lru_cache(maxsize=CASTS)
def _dated(left: Days, right: Days, recurring: bool) -> Pairing:
    if left.meet(right) is None:
        near = left.gap(right) == 1 and left.length == right.length == 1 and not recurring
        return Pairing(TIME["next_day"], ("neighbouring days",)) if near else NO
    wider, narrower = max(left.length, right.length), min(left.length, right.length)
    grade = "exact" if wider == 1 else "within" if wider <= 7 else "loose" if wider <= 31 or (narrower <= 7 and wider <= 92) else "wide"
    return Pairing(TIME[grade], ())


def _vague(fact: Fact) -> bool:
    return fact.days is None and bool(fact.claim.when and fact.claim.when.text)


def _vaguely_dated(a: Fact, b: Fact) -> bool:
    """Whether one has a day and the other only a word like "recently", which is no day."""
    return bool(a.days or b.days) and _vague(a) != _vague(b)


def _distance(a: Fact, b: Fact, left: Days | None, right: Days | None) -> int | None:
    """Days between two acts of which at least one is undated, by the publication of their reports; null when that is unknown."""
    first, second = left or a.filed.out, right or b.filed.out
    if first is None or second is None or max(first.length, second.length) > MONTH:
        return None
    return first.gap(second)


def _far(a: Fact, b: Fact) -> bool:
    """Whether two acts that are not both dated are told too long after one another."""
    first, second = a.filed.out, b.filed.out
    return bool(first and second and max(first.length, second.length) <= MONTH and first.gap(second) > TIME["near_days"])


def _span(when: When | None) -> str:
    return "no day" if when is None else str(when.start) if when.start == when.end else f"{when.start or '...'}/{when.end or '...'}"


def _places(a: Fact, b: Fact) -> tuple[float, str]:
    if not a.event.where or not b.event.where:
        return 0.0, ""
    left, right = set(name_words(a.event.where.text)), set(name_words(b.event.where.text))
    return (W["place"], "the same place") if left & right else (-W["place"], f"places {a.event.where.text} and {b.event.where.text}")


def _within_report(a: Fact, b: Fact) -> Pairing:
    """Two claims of one report are two acts, unless it tells one act of two sources, one act again, or a series in one sentence."""
    left, right = a.event, b.event
    if left.event != right.event or (left.mode and right.mode and left.mode != right.mode):
        return NO
    if _met_there(a, b):
        return Pairing(SENTENCE["series"], ("a visit and whom it was to, in one sentence",))
    first, second = a.days, b.days
    if first and second and first != second:
        return NO
    if _same_parties(a, b, strictly=True):
        if (left.anchor.start, left.anchor.end) == (right.anchor.start, right.anchor.end):
            return Pairing(SENTENCE["same_act"], ("one anchor, two sources",))
        if first == second:
            if set(left.said_by) != set(right.said_by) and left.mode == right.mode and (first or left.polarity != right.polarity):
                return WEAK if is_contrary(a, b) else Pairing(SENTENCE["restated"], ("one act told again with another source",))
            if left.event == "CONSULT" and first is None and left.mode == right.mode and left.status == right.status and _one_sentence(a, b):
                return Pairing(SENTENCE["series"], ("parts of one series in one sentence",))
    near = meaning(left.anchor.text, right.anchor.text)
    if _denied_next(a, b) and (near >= SENTENCE["again_meaning"] or is_against(a) == is_against(b)) and not exclude(a, b):
        return Pairing(SENTENCE["restated"], ("told, and denied in the next sentence" if is_against(a) != is_against(b) else "one act denied again",))
    if is_against(a) != is_against(b) or _vaguely_dated(a, b) or exclude(a, b):
        return NO
    if near >= SENTENCE["again_meaning"] and _same_parties(a, b, strictly=False):
        return Pairing(SENTENCE["again"], (f"“{left.anchor.text}” and “{right.anchor.text}”: one act named again",))
    return FREE


def _denied_next(a: Fact, b: Fact) -> bool:
    """Whether the second of two sentences that follow each other denies an act of the same sides as the first tells, or denies: "A said that B had shelled C.
    B denied any shelling." Without such a place an undated denial is mostly of another act.
    """
    first, second = sorted((a, b), key=lambda f: f.claim.anchor.start)
    undated = second.days is None and not _vague(second)
    if not undated or second.event.polarity != "-" or stance(second) != "denies" or not (first.claim.evidence and second.claim.evidence):
        return False
    between = a.filed.report.text[first.claim.evidence[-1].end : second.claim.evidence[0].start]
    return not between.strip() and (stance(first) == "denies" or not is_against(first)) and _same_parties(a, b, strictly=True)


def _met_there(a: Fact, b: Fact) -> bool:
    """Whether one sentence tells that somebody came and met somebody: "flew to Jerusalem on Monday and met Netanyahu"."""
    left, right = a.event, b.event
    visit = left.event == "CONSULT" and {left.mode, right.mode} == {"visit", None} and _one_sentence(a, b)
    alike = left.status == right.status and left.polarity == right.polarity and set(left.said_by) == set(right.said_by)
    return visit and alike and (not a.days or not b.days or a.days == b.days) and _same_parties(a, b, strictly=True)


def _one_visit(a: Fact, b: Fact) -> bool:
    """Whether a report tells one visit twice: "arrived on Tuesday", "is visiting this week", "his visit". Who is received by another host, or at a time that
    the first does not hold, pays another visit.
    """
    left, right = a.event, b.event
    if a.filed is not b.filed or left.event != "CONSULT" or left.mode != "visit" or right.mode != "visit":
        return False
    if left.polarity == right.polarity == "-" or left.polarity != right.polarity or not _modality(a, b) or _vaguely_dated(a, b):
        return False
    if a.days and b.days and a.days.meet(b.days) is None:
        return False
    visitors = _who(a, "actor")
    return bool(visitors) and visitors == _who(b, "actor") and _one_host(a.parties("recipient"), b.parties("recipient"))


def _one_host(left: tuple[Profile, ...], right: tuple[Profile, ...]) -> bool:
    """Whether those visited can be one side: the same, or a state and somebody of it."""
    if not left or not right:
        return False
    countries, others = {p.country for p in left}, {p.country for p in right}
    state = countries == others and None not in countries and any(p.state_like for p in (*left, *right))
    return state or {p.words for p in left} == {p.words for p in right}


def _same_parties(a: Fact, b: Fact, *, strictly: bool) -> bool:
    """Whether two claims of one report have the same parties, which the report itself tells apart; unless ``strictly``, one may leave a side out."""
    if a.event.event in MUTUAL:
        left, right = _who(a, *SIDES), _who(b, *SIDES)
        if strictly or left == right:
            return left == right
        return left < right or right < left or len(left) == len(right) == 1  # "Trump's summit", "the summit with Kim"
    pairs = [(_who(a, role), _who(b, role)) for role in SIDES]
    if strictly:
        return all(left == right for left, right in pairs)
    return all(left == right or not left or not right for left, right in pairs) and any(left and left == right for left, right in pairs)


def _who(fact: Fact, *roles: Role) -> set[tuple[str, ...]]:
    return {p.words or (p.key,) for p in fact.parties(*roles)}


def _one_sentence(a: Fact, b: Fact) -> bool:
    first, last = sorted((a.claim.anchor, b.claim.anchor), key=lambda s: s.start)
    between = a.filed.report.text[first.end : last.start]
    return len(between) < 400 and "\n" not in between and ". " not in between
