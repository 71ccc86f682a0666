"""Which words name one act, and how sure that is."""

from __future__ import annotations

import math

import pytest

from backchannel.coder import code
from backchannel.coder.acts.anchors import anchors
from backchannel.coder.confidence import calibrated, standing
from backchannel.reader import read
from backchannel.records import EventClaim


@pytest.mark.parametrize(("text", "words"), [
    ("Peru said that the potential for a cease-fire with the rebels was being watched.", "cease-fire"),
    ("Mali and the rebels are near a five-day cease-fire, the minister said.", "cease-fire"),
    ("The two ministers traded name-calling for weeks, and Chad test-fired a missile on Monday.", "test-fired"),
])  # fmt: skip
def test_a_compound_with_a_hyphen_is_one_act(text: str, words: str) -> None:
    """The words before and behind a hyphen are one anchor, not two."""
    named = [c.anchor.text for c in code(text, published="2024-03-07").claims if isinstance(c, EventClaim)]
    assert [w for w in named if w in words or words in w] == [words]


@pytest.mark.parametrize(("text", "words"), [
    ("Gangs burned down a police station in Cabaret on Tuesday and took eight missionaries hostage.", "took"),
    ("JNIM said its fighters had seized nine vehicles and taken 11 troops prisoner.", "taken"),
])  # fmt: skip
def test_who_is_taken_prisoner_is_taken_once(text: str, words: str) -> None:
    """The verb tells it, not what he is taken as."""
    acts = [c.anchor.text for c in code(text, published="2024-03-07").claims if isinstance(c, EventClaim) and c.mode == "abduct"]
    assert acts == [words]


@pytest.mark.parametrize(("text", "words"), [
    ("Peru lifted a ban on military cooperation with Chile.", ["lifted"]),
    ("Egypt ended its embargo on military cooperation with Sudan.", ["ended"]),
    ("Chad and Sudan expanded their military cooperation on Monday.", ["cooperation"]),
])  # fmt: skip
def test_what_a_restriction_is_on_is_no_act(text: str, words: list[str]) -> None:
    """Nobody cooperates by lifting it, as far as is told."""
    acts = [c.anchor.text for c in code(text, published="2024-03-07").claims if isinstance(c, EventClaim)]
    assert acts == words


def test_confidence_counts_how_an_act_stands_in_its_sentence() -> None:
    """Of one raw score, an act on which many words hang is surer than a bare one, and one beside a likelier act less sure."""
    reading = read("France condemned the attack in which the army of Chad killed nine soldiers of Niger on Monday.")
    told = {reading.quote(a.first, a.last): standing(reading, a) for a in anchors(reading)}
    assert told["condemned"]["words"] > told["killed"]["words"] > 0
    assert told["condemned"]["beside"] < 1e-3 < 1 < told["killed"]["beside"]
    bare, full = {"words": 0.0, "beside": 0.0}, {"words": math.log(10), "beside": 0.0}
    assert calibrated("event", 0.8, **full) > calibrated("event", 0.8, **bare) > calibrated("event", 0.8, words=0.0, beside=3.0)
