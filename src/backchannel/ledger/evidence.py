"""Two event claims of two reports whose parties and days do not settle it -> how likely they are one act, from named pieces of evidence, and the reasons.

Most of what news tells of an act it tells without a day, and half of it without one of the sides: "the talks", "his meeting with Kim". What such claims
have in common - their words, the story of their reports, their sentences, whoever is named - is weighed (a logistic model: matching.toml has the
weights, training/happenings.py fits them).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from backchannel.ledger.blocking import MUTUAL
from backchannel.ledger.facts import CASTS, Cast, Fact, Profile, name_words
from backchannel.ledger.meaning import meaning, plain
from backchannel.ledger.parties import alike, likeness
from backchannel.ledger.settings import SETTINGS
from backchannel.ledger.stories import likeness as likeness_of_stories
from backchannel.records import EventClaim

SAME: float = SETTINGS["same"]
STORY, TOLD = SETTINGS["story"], SETTINGS["told"]
WEIGHTS: dict[str, float] = SETTINGS["evidence"]
COMING = frozenset({"planned", "expected", "offered", "proposed", "possible", "demanded"})
REAL = frozenset({"happened", "ongoing", "ended", "attempted", "did_not_happen"})
WORDS = frozenset(SETTINGS["type"]["words"])
SURE = 0.9  # scores above are drawn together below 1
PAGE = 400  # characters: a claim as far down a report is half as much what the report is about
NUMBER = re.compile(r"\d[\d.,]*\d|\d")


class Odds(NamedTuple):
    """How likely two claims are one act, 0..1 with even odds at ``SAME``, and why."""

    score: float
    why: tuple[str, ...]


NONE = Odds(0.0, ())


def odds(a: Fact, b: Fact) -> Odds:
    """How likely two claims that nothing forbids are one act; ``NONE`` when their reports do not tell one story. Reports of which it is not known when they
    came out may lie years apart: they must be of one story beyond doubt, and tell the act not too far down.
    """
    told, known = story(a, b), a.filed.dated and b.filed.dated
    if told < STORY["least" if known else "least_undated"]:
        return NONE
    found = evidence(a, b)
    if not known and found["early"] < TOLD["early_undated"]:
        return NONE
    if found["mutual"] and not found["sides"] and likeness_of_stories(a.context, b.context) < TOLD["context"]:
        return NONE
    score = SAME + TOLD["step"] * (WEIGHTS["bias"] + sum([WEIGHTS[name] * value for name, value in found.items() if value]))
    shared = sorted(_numbers(a) & _numbers(b)) if a.event.roles.quantity and b.event.roles.quantity else []
    if shared:
        score += TOLD["quantity"]
    if found["meaning"] < TOLD["least_meaning"]:
        score = min(score, SAME - TOLD["step"])  # story and parties alone make no act one
    return Odds(_bounded(score), (*_reasons(a, b, found, told), *(f"both say {n}" for n in shared[:1])) if score >= SAME else ())


def _bounded(score: float) -> float:
    """The score between 0 and 1; near 1 the surer of two stays the surer, for the best pairs join first."""
    return round(max(0.0, score) if score <= SURE else 1 - (1 - SURE) * math.exp((SURE - score) / (1 - SURE)), 4)


def evidence(a: Fact, b: Fact) -> dict[str, float]:
    """Each piece of evidence by its name in matching.toml, 0..1: what speaks for one act, what against."""
    left, right = a.event, b.event
    mutual = left.event in MUTUAL
    shared = _shared(a.cast, b.cast, mutual)[0]
    word = plain(left.anchor.text)
    first, last = sorted((left.anchor.start, right.anchor.start))
    return {
        "meaning": meaning(left.anchor.text, right.anchor.text),
        "word": float(bool(word) and word == plain(right.anchor.text)),
        "shared": _shared_words(a, b),
        "matter": float(bool(a.matter and b.matter) and a.matter.isdisjoint(b.matter)),
        "lead": max(likeness_of_stories(a.context, b.filed.lead), likeness_of_stories(b.context, a.filed.lead)),
        "early": 1 / (1 + last / PAGE),
        "first": 1 / (1 + first / PAGE),
        "status": float(left.status == right.status),
        "coming": float(left.status in COMING and right.status in COMING),
        "real": float(left.status in REAL and right.status in REAL),
        "sides": shared if mutual else 0.0,
        "both": float(mutual and bool(shared) and min(len(a.cast.sides), len(b.cast.sides)) > 1),
        "recipient": 0.0 if mutual else shared,
        "mode": float(bool(left.mode) and left.mode == right.mode),
        "other_mode": float((bool(left.mode and right.mode) and left.mode != right.mode) or other_channel(left, right)),
        "other_type": float(left.event != right.event),
        "mutual": float(mutual),
        "words": float(left.event in WORDS and right.event in WORDS),
        "day": float(bool(a.days and b.days)),
        "place": float(_one_place(left, right)),
        "unknown": float(not (a.filed.dated and b.filed.dated)),
    }


def one_matter(a: Fact, b: Fact) -> bool:
    """Whether two acts are of one matter, where it takes that to tell them apart: who accuses or praises somebody does so again and again, also on one day."""
    return not {a.event.event, b.event.event} <= WORDS or not a.matter.isdisjoint(b.matter)


def _shared_words(a: Fact, b: Fact) -> float:
    """The share of the other words of one's sentences that the other's have, of whichever has fewer."""
    return len(a.rest & b.rest) / max(1, min(len(a.rest), len(b.rest)))


def other_channel(left: EventClaim, right: EventClaim) -> bool:
    """Whether it is told of both by which channel they came about, and these differ: a meeting is no call."""
    return left.event == right.event and "unknown" not in (left.channel, right.channel) and left.channel != right.channel


def _one_place(left: EventClaim, right: EventClaim) -> bool:
    """Whether both have a place, and its names share a word."""
    return left.where is not None and right.where is not None and not set(name_words(left.where.text)).isdisjoint(name_words(right.where.text))


def story(a: Fact, b: Fact) -> float:
    """How far the reports of two claims tell one story; more than ``most`` tells no more."""
    return min(float(STORY["most"]), likeness_of_stories(a.filed.telling, b.filed.telling))


def _numbers(fact: Fact) -> set[str]:
    """The numbers among its quantities."""
    return {n for span in fact.event.roles.quantity for n in NUMBER.findall(span.text)}


def _reasons(a: Fact, b: Fact, found: dict[str, float], told: float) -> tuple[str, ...]:
    words = f"“{a.event.anchor.text}” and “{b.event.anchor.text}”"
    why = [f"{words} are near in meaning ({found['meaning']:.2f})", f"the reports tell one story ({told:.2f})"]
    shared, who = _shared(a.cast, b.cast, bool(found["mutual"]))
    if shared:
        why += who
    elif (context := likeness_of_stories(a.context, b.context)) >= STORY["least"]:
        why.append(f"their sentences are alike ({context:.2f})")
    if found["lead"] >= STORY["least_undated"]:
        why.append(f"one is told in the head of the other's report ({found['lead']:.2f})")
    return tuple(why)


@lru_cache(maxsize=CASTS)
def _shared(a: Cast, b: Cast, mutual: bool) -> tuple[float, tuple[str, ...]]:
    """How alike those acted on are, or all sides of a mutual act, and why; 0 when there are none."""
    found = likeness(a.sides, b.sides) if mutual else likeness(a.recipients, b.recipients)
    return (found[0], tuple(found[1])) if found else (0.0, ())


# ------------------------------------------------------------------ parties that exclude each other
def exclude(a: Fact, b: Fact) -> bool:
    """Whether the parties that are known by name or state cannot be those of one act. A description ("the gunman") may be of anybody, and of a mutual
    act each claim may name another side. Within one report its own names decide who is who, not register entries.
    """
    return _exclude(a.cast, b.cast, a.event.event in MUTUAL and b.event.event in MUTUAL, a.filed is b.filed)


@lru_cache(maxsize=CASTS)
def _exclude(a: Cast, b: Cast, mutual: bool, one_report: bool) -> bool:
    if mutual:
        left, right = _known(a.sides, one_report), _known(b.sides, one_report)
        if not left or not right or len(left) == len(right) == 1:
            return False
        small, large = (left, right) if len(left) <= len(right) else (right, left)
        return sum(any(alike(p, q)[0] for q in large) for p in small) < min(2, len(small))
    for here, there in ((a.actors, b.actors), (a.recipients, b.recipients)):
        left, right = _known(here, one_report), _known(there, one_report)
        if left and right and not any(alike(p, q)[0] for p in left for q in right):
            return True
    return False


def _known(parties: Sequence[Profile], one_report: bool) -> list[Profile]:
    known = [p for p in parties if p.entity or p.country or (p.kind == "person" and len(p.words) > 1 and p.name.istitle())]
    return [p._replace(entity=None, mark=-1) if p.kind == "person" else p for p in known] if one_report else known
