"""Two event claims of two reports whose parties and days do not settle it -> how likely they are one act, from named pieces of evidence, and the reasons.

Most of what news tells of an act it tells without a day, and half of it without one of the sides: "the talks", "his meeting with Kim". What such claims
have in common - their words, the story of their reports, their sentences, whoever is named - is weighed (a logistic model: matching.toml has the
weights, training/happenings.py fits them).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from backchannel.ledger.blocking import MUTUAL
from backchannel.ledger.facts import CASTS, Cast, Fact, Profile
from backchannel.ledger.meaning import meaning, plain
from backchannel.ledger.parties import alike, likeness
from backchannel.ledger.settings import SETTINGS
from backchannel.ledger.stories import likeness as likeness_of_stories

SAME: float = SETTINGS["same"]
STORY, TOLD = SETTINGS["story"], SETTINGS["told"]
WEIGHTS: dict[str, float] = SETTINGS["evidence"]
COMING = frozenset({"planned", "expected", "offered", "proposed", "possible", "demanded"})
PAGE = 400  # characters: a claim as far down a report is half as much what the report is about
NUMBER = re.compile(r"\d[\d.,]*\d|\d")


class Odds(NamedTuple):
    """How likely two claims are one act, 0..1 with even odds at ``SAME``, and why."""

    score: float
    why: tuple[str, ...]


NONE = Odds(0.0, ())


def odds(a: Fact, b: Fact, *, known: bool = True) -> Odds:
    """How likely two claims that nothing forbids are one act; ``NONE`` when their reports do not tell one story. ``known``: whether it is known when both
    reports came out; others may lie years apart, and must be of one story beyond doubt and tell the act near their heads.
    """
    told = story(a, b)
    if told < STORY["least" if known else "least_undated"]:
        return NONE
    found = evidence(a, b, told)
    if not known and found["early"] < TOLD["early_undated"]:
        return NONE
    if found["mutual"] and not found["sides"] and found["context"] < TOLD["context"]:
        return NONE
    score = SAME + TOLD["step"] * (WEIGHTS["bias"] + sum([WEIGHTS[name] * value for name, value in found.items()]))
    shared = sorted(_numbers(a) & _numbers(b))
    if shared:
        score += TOLD["quantity"]
    if found["meaning"] < TOLD["least_meaning"]:
        score = min(score, SAME - TOLD["step"])  # story and parties alone make no act one
    return Odds(round(min(1.0, max(0.0, score)), 3), (*_reasons(a, b, found), *(f"both say {n}" for n in shared[:1])) if score >= SAME else ())


def evidence(a: Fact, b: Fact, told: float | None = None) -> dict[str, float]:
    """Each piece of evidence by its name in matching.toml, 0..1: what speaks for one act, what against. ``told``: their story, where it is known."""
    left, right = a.event, b.event
    mutual = left.event in MUTUAL
    shared = _shared(a.cast, b.cast, mutual)[0]
    context = likeness_of_stories(a.context, b.context)
    word = plain(left.anchor.text)
    return {
        "meaning": meaning(left.anchor.text, right.anchor.text),
        "word": float(bool(word) and word == plain(right.anchor.text)),
        "story": story(a, b) if told is None else told,
        "context": min(context, STORY["most"]),
        "early": 1 / (1 + max(left.anchor.start, right.anchor.start) / PAGE),
        "status": float(left.status == right.status),
        "coming": float(left.status in COMING and right.status in COMING),
        "sides": shared if mutual else 0.0,
        "recipient": 0.0 if mutual else shared,
        "mode": float(bool(left.mode) and left.mode == right.mode),
        "other_mode": float(bool(left.mode and right.mode) and left.mode != right.mode),
        "other_type": float(left.event != right.event),
        "days": float(bool(a.days and b.days)),
        "mutual": float(mutual),
    }


def story(a: Fact, b: Fact) -> float:
    """How far the reports of two claims tell one story; more than ``most`` tells no more."""
    return min(float(STORY["most"]), likeness_of_stories(a.filed.telling, b.filed.telling))


def _numbers(fact: Fact) -> set[str]:
    """The numbers among its quantities."""
    return {n for span in fact.event.roles.quantity for n in NUMBER.findall(span.text)}


def _reasons(a: Fact, b: Fact, found: dict[str, float]) -> tuple[str, ...]:
    words = f"“{a.event.anchor.text}” and “{b.event.anchor.text}”"
    why = [f"{words} are near in meaning ({found['meaning']:.2f})", f"the reports tell one story ({found['story']:.2f})"]
    shared, who = _shared(a.cast, b.cast, bool(found["mutual"]))
    if shared:
        why += who
    elif found["context"] >= STORY["least"]:
        why.append(f"their sentences are alike ({found['context']:.2f})")
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
