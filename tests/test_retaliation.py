"""What somebody does who only "responds"."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.records import EventClaim


@pytest.mark.parametrize(("text", "word", "kind", "mode"), [
    ("Chad's army shelled two villages on Monday, and Sudanese troops responded.", "responded", "ASSAULT", None),
    ("Police responded to the protest in Nairobi.", "responded", "MOBILIZE", "police"),
])  # fmt: skip
def test_an_answer_to_an_attack_is_one(text: str, word: str, kind: str, mode: str | None) -> None:
    """Who is only called somewhere moves."""
    claims = [c for c in code(text, published="2026-11-20").claims if isinstance(c, EventClaim) and c.anchor.text == word]
    assert [(c.event, c.mode) for c in claims] == [(kind, mode)]
