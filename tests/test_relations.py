"""A relation is read off its noun: between whom, how it is, and only what is said to be so."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.records import RelationClaim


@pytest.mark.parametrize(("text", "told"), [
    ("Pressure is mounting on Russia, Syria's strongest ally, the minister said.", {("RUS", "SYR", "allied", "unknown")}),
    ("Relations between Kenya and Sudan have been strained since 2020.", {("KEN", "SDN", "strained", "worsening")}),
    ("Kenya offered talks to Sudan in a bid to ease tensions with Sudan.", {("KEN", "SDN", "strained", "unknown")}),
])  # fmt: skip
def test_relations(text: str, told: set[tuple[str, ...]]) -> None:
    """The two countries, quality and trend of what the sentence says."""
    coded = code(text, published="2025-06-03")
    of = {a.key: a.country or a.name for a in coded.actors}
    claims = [c for c in coded.claims if isinstance(c, RelationClaim)]
    assert {(*sorted(of[k] for k in c.between), c.quality, c.trend) for c in claims} == told
