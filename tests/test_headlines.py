"""Texts that are nothing but headlines: no sentence of them ends."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from backchannel.coder import code
from backchannel.reader import read
from backchannel.records import EventClaim

CASES: list[tuple[str, str]] = yaml.safe_load((Path(__file__).parent / "cases" / "headlines.yaml").read_text(encoding="utf8"))


def acts(text: str) -> list[EventClaim]:
    """The acts of a text."""
    return [c for c in code(text, published="2025-03-06").claims if isinstance(c, EventClaim)]


def test_headlines_tell_acts() -> None:
    """Nine in ten of ours have an act of their type; with no more care than for sentences half had."""
    found = sum(any(c.event in types.split("|") for c in acts(text)) for text, types in CASES)
    assert found >= 0.9 * len(CASES)


def test_several_headlines_are_as_many_sentences() -> None:
    """A list of headlines, one a line: each is read by itself, and its words stand where they stand."""
    text = "Hamas rejects Israeli truce offer\nMexico hands over 26 cartel suspects to US\nKim vows revenge over drills"
    reading = read(text)
    assert [reading.quote(lo, hi) for lo, hi in reading.bounds] == text.split("\n")
    found = acts(text)
    assert {c.event for c in found} >= {"REJECT", "COOPERATE", "THREATEN"}
    assert all(text[c.anchor.start : c.anchor.end] == c.anchor.text for c in found)


@pytest.mark.parametrize(
    "text", ["How to choose a winter coat", "Arsenal beat Chelsea to go top", "Stocks slip as chipmakers tumble", "Storm leaves thousands without power"]
)
def test_headlines_on_other_matters_tell_none(text: str) -> None:
    """Sport, markets, weather."""
    assert not acts(text)


def test_a_headline_above_a_report_is_read_as_before() -> None:
    """Where sentences end, nothing is a mere headline: the report tells its act once."""
    text = "Kenya closes embassy\n\nNAIROBI (Reuters) - Kenya closed its embassy in Lima on Monday, the foreign ministry said."
    assert not read(text).are_headlines
    assert [c.event for c in acts(text)] == ["SANCTION"]


def test_a_text_without_stops_may_be_long() -> None:
    """A list of thousands of words without a full stop is cut to fit the window, and read."""
    assert len(read("sanctions " * 3000).words) == 3000
