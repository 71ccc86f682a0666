"""How openly a verbal act was said: by its words, or by being quoted from whoever does it; never where the words say otherwise."""

from __future__ import annotations

import pytest

from backchannel.coder.publicity import with_publicity
from backchannel.reader import read
from support import Maker

MALI = "Mali"


@pytest.mark.parametrize(("text", "anchor", "source", "channel", "disclosure"), [
    ("Mali accused Togo of theft in a speech on Monday.", "accused", "", "public_statement", "public"),
    ("Mali accused Togo of theft on Twitter.", "accused", "", "social_media", "public"),
    ("Mali accused Togo of theft on Monday.", "accused", "", "unknown", "unknown"),
    ("Togo \"stole our gold\", Mali said.", "stole our gold", "Mali", "unknown", "public"),
    ("Togo \"stole our gold\", Mali said in an interview.", "stole our gold", "Mali", "public_statement", "public"),
    ("Togo \"stole our gold\", Mali told envoys privately.", "stole our gold", "Mali", "unknown", "unknown"),
])  # fmt: skip
def test_verbal_acts(text: str, anchor: str, source: str, channel: str, disclosure: str) -> None:
    """Channel and disclosure of an accusation by Mali."""
    m = Maker(text, published="2024-03-05")
    mali = m.actor(MALI, "state", "MLI")
    said = [m.said(source, "stole our gold", by=mali, cue="said" if " said" in text else "told")] if source else []
    m.event(anchor, "ACCUSE", actor=[mali], said_by=said)
    coded = m.coded()
    (claim,) = with_publicity(read(text), coded.claims, coded.statements)
    assert (claim.channel, claim.disclosure) == (channel, disclosure)


def test_acts_that_are_not_said_are_left_alone() -> None:
    """A strike told in a speech was no public strike; a threat still to come has not been made."""
    text = "Mali attacked Togo, it said in a speech."
    m = Maker(text, published="2024-03-05")
    m.event("attacked", "ASSAULT", actor=[m.actor(MALI, "state", "MLI")])
    m.event("attacked", "THREATEN", actor=["a1"], status="planned")
    assert [c.disclosure for c in with_publicity(read(text), m.coded().claims, ())] == ["unknown", "unknown"]
