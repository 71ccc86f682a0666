"""Accusations and threats against each other: who the two sides are."""

from __future__ import annotations

import pytest

from backchannel.coder import code


def sides(text: str, anchor: str) -> tuple[set[str], set[str]]:
    """Names of actors and recipients of the last act that the word names."""
    coded = code(text, published="2024-05-10")
    names = {a.key: a.name for a in coded.actors}
    act = [c for c in coded.claims if getattr(c, "event", "") in ("ACCUSE", "THREATEN") and anchor in c.anchor.text][-1]
    return {names[k] for k in act.actor}, {names[k] for k in act.recipient}


@pytest.mark.parametrize(
    ("text", "anchor", "both"),
    [
        ("India and Pakistan exchanged fire on Monday. Each side accused the other of firing first.", "accused", {"India", "Pakistan"}),
        ("Armenia and Azerbaijan accused each other of violating the truce.", "accused", {"Armenia", "Azerbaijan"}),
        ("Israel and Hamas each accused the other of breaking the ceasefire.", "accused", {"Israel", "Hamas"}),
        ("Serbia and Kosovo signed a deal in Brussels. They accused each other of bad faith.", "accused", {"Serbia", "Kosovo"}),
    ],
)
def test_who_accuses_each_other_is_accused(text: str, anchor: str, both: set[str]) -> None:
    """Both sides act and are acted on, named in the sentence or in the one before."""
    assert sides(text, anchor) == (both, both)


def test_traded_accusations_have_both_sides() -> None:
    """As actors alone, as annotators have it; nobody else is their recipient."""
    text = "Israel and Hamas broke the ceasefire. The United States and China exchanged accusations over the balloon."
    assert sides(text, "accusations") == ({"United States", "China"}, set())


def test_a_group_of_unknown_members_names_nobody() -> None:
    """Officials who blame each other are not the two states of the sentence before."""
    text = "Ethiopia and Eritrea signed a truce. Local officials blamed each other for the delay."
    assert "Ethiopia" not in set.union(*sides(text, "blamed"))
