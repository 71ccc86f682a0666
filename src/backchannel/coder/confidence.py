"""Raw scores -> confidence: how often records of such a score are right, by the two numbers of confidence.toml (Platt 1999).

The numbers are fitted on annotated articles, those of events on articles that no weight was trained on (``python -m training.calibrate``); how well they
hold on gold/dev is printed by ``python -m bench.calibration``.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib import resources
from typing import Literal

EDGE = 1e-4  # raw scores are kept this far from 0 and 1, where the logit has no value


@cache
def _curves() -> dict[str, dict[str, float]]:
    return tomllib.loads(resources.files("backchannel.coder").joinpath("confidence.toml").read_text(encoding="utf8"))


def calibrated(kind: Literal["event", "statement", "quotation"], raw: float) -> float:
    """The share of records of this kind and raw score (0..1) that are right, to three places."""
    curve = _curves()[kind]
    return round(1.0 / (1.0 + math.exp(-(curve["slope"] * logit(raw) + curve["offset"]))), 3)


def logit(raw: float) -> float:
    """The log odds of a raw score."""
    p = min(1.0 - EDGE, max(EDGE, raw))
    return math.log(p / (1.0 - p))
