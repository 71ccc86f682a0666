"""Turns of phrase that name an act by more than one word."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from backchannel.coder import code
from backchannel.reader.labels import EVENTS
from backchannel.records import EventClaim


def types(text: str) -> set[str]:
    """The types of the acts of a text."""
    return {c.event for c in code(text, published="2025-03-06").claims if isinstance(c, EventClaim)}


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Armenia and Azerbaijan inked a peace deal in Washington.", "AGREE"),
        ("A peace accord was inked by Armenia and Azerbaijan.", "AGREE"),
        ("Ankara and Cairo patched up their differences.", "AGREE"),
        ("Japan threw its weight behind the Philippine claim.", "SUPPORT"),
        ("Kuwait wrote off the debt of Somalia.", "AID"),
        ("Lavrov sat down with Fidan in Antalya.", "CONSULT"),
        ("Budapest dug in its heels over the sanctions.", "REJECT"),
        ("Pakistan hauled in the Indian envoy over the raid.", "ACCUSE"),
        ("Crowds poured into the streets of Belgrade.", "PROTEST"),
        ("Washington put Damascus on notice.", "THREATEN"),
        ("Turkey clamped down on the pro-Kurdish party.", "COERCE"),
        ("A car bomb went off in Mogadishu.", "ASSAULT"),
        ("Moscow owned up to the downing of the plane.", "CONCEDE"),
        ("The rebels laid down their arms.", "RETREAT"),
        ("Haiti reached out to Kenya for police.", "REQUEST"),
        ("Malaysia showed the North Korean ambassador the door.", "SANCTION"),
    ],
)
def test_a_turn_of_phrase_is_an_act(text: str, event: str) -> None:
    """The table's type, whatever the verb names elsewhere; its words once."""
    assert types(text) == {event}


@pytest.mark.parametrize(
    "text",
    [
        "Katie Couric sat down with a psychiatrist on Monday.",  # private people
        "The Kenyan president sat down with the BBC for an interview.",
        "The alarm went off at the embassy of Kenya in Paris.",
        "A singer hammered out a compromise with her label.",
    ],
)
def test_what_is_said_of_anybody_is_none(text: str) -> None:
    """A turn without a political actor, or of another matter, is no act."""
    assert types(text) == set()


def test_the_table_holds_types() -> None:
    """Every heading of the table is a type of act."""
    table = tomllib.loads(resources.files("backchannel.coder.acts").joinpath("idioms.toml").read_text(encoding="utf8"))
    assert set(table) <= set(EVENTS)
    assert all(len(phrase.split()) > 1 for phrases in table.values() for phrase in phrases)
