"""Which words name one act."""

from __future__ import annotations

import pytest

from backchannel.coder import code
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
