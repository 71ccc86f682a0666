"""Raw scores -> confidence: how often records of such a score are right, by the numbers of confidence.toml (Platt 1999).

The numbers are fitted on annotated articles, those of events on articles that no weight was trained on (``python -m training.calibrate``); how well they
hold on gold/dev is printed by ``python -m bench.calibration``.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from backchannel.coder.acts.anchors import Anchor
    from backchannel.reader import Reading

EDGE = 1e-4  # raw scores are kept this far from 0 and 1, where the logit has no value


@cache
def _curves() -> dict[str, dict[str, float]]:
    return tomllib.loads(resources.files("backchannel.coder").joinpath("confidence.toml").read_text(encoding="utf8"))


def calibrated(kind: Literal["event", "statement", "quotation", "relation", "office", "question"], raw: float = 0.5, **more: float) -> float:
    """The share of records of this kind and raw score (0..1) that are right, to three places; ``more``: what else tells, each with its weight in the table.
    Relations, offices and questions have no score that tells the right ones from the others.
    """
    curve = _curves()[kind]
    odds = curve["slope"] * logit(raw) + curve["offset"] + sum(curve[name] * x for name, x in more.items())
    return round(1.0 / (1.0 + math.exp(-odds)), 3)


def of_act(reading: Reading, anchor: Anchor) -> float:
    """The confidence of a claim that hangs on an anchor."""
    return calibrated("event", anchor.score * float(anchor.types.max() / max(1e-6, anchor.types.sum())), **standing(reading, anchor))


def standing(reading: Reading, anchor: Anchor) -> dict[str, float]:
    """How an act stands in its sentence. ``words``: the log of how many hang on it, for of several mentions that with the most is told of; ``beside``: by
    how much the log odds of the sentence's likeliest word for an act lie above its own.
    """
    lo, hi = reading.bounds[reading.sentence_of[anchor.first]]
    likeliest = 1.0 - float(reading.probabilities("event")[lo:hi, 0].min())
    words = len(reading.subtree(reading.head_of(anchor.first, anchor.last)))
    return {"words": math.log(words), "beside": max(0.0, logit(likeliest) - logit(anchor.score))}


def logit(raw: float) -> float:
    """The log odds of a raw score."""
    p = min(1.0 - EDGE, max(EDGE, raw))
    return math.log(p / (1.0 - p))
