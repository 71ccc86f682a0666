"""Chronologies: each entry's day stands before its colon."""

from __future__ import annotations

from backchannel.coder import code
from backchannel.records import EventClaim

ENTRIES = [
    "Dec. 20: Norway offers to mediate between Sudan and Chad.",
    "May 28: Soldiers of Sudan attack a post in Chad.",
    "June 15: Chad expels the ambassador of Sudan.",
    "Oct. 26: Sudan and Chad sign a peace accord in Oslo, with Norway as witness. Chad releases 12 prisoners.",
]


def days(text: str) -> dict[str, str | None]:
    """The first day of each act by its words."""
    claims = code(text, published="2025-12-09").claims
    return {c.anchor.text: c.when.start if c.when else None for c in claims if isinstance(c, EventClaim) and c.status == "happened"}


def test_an_entry_has_the_day_before_its_colon() -> None:
    """In the present tense, every act of the line, in the year that keeps the entries in order."""
    found = days("Chronology of the crisis\n" + "\n".join(ENTRIES))
    assert found | {"attack": "2025-05-28", "expels": "2025-06-15", "sign": "2025-10-26", "releases": "2025-10-26"} == found


def test_the_newest_entry_may_stand_first() -> None:
    """Then nothing is put a year back."""
    found = days("Chronology of the crisis\n" + "\n".join(reversed(ENTRIES[1:])))
    assert found.get("sign") == "2025-10-26"
