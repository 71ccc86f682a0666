"""Diplomats sent home, called home or to be gone by a day: sentences written for the purpose."""

from __future__ import annotations

import pytest

from backchannel import code
from backchannel.records import Coded, EventClaim

PUBLISHED = "2026-11-20"
Told = tuple[str, str, str | None, list[str], list[str]]


def acts(text: str) -> list[Told]:
    """Anchor, type, mode, actors and recipients of each act."""
    coded: Coded = code(text, published=PUBLISHED)
    names = {a.key: a.name for a in coded.actors}
    events = [c for c in coded.claims if isinstance(c, EventClaim)]
    return [(c.anchor.text, c.event, c.mode, [names[k] for k in c.actor], [names[k] for k in c.recipient]) for c in events]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (
            "Romania declared two employees of the Russian embassy persona non grata, citing activities incompatible with their status.",
            ("persona non grata", "SANCTION", "expel", ["Romania"], ["two employees of the Russian embassy"]),
        ),
        ("Panama declared the Venezuelan consul persona non-grata.", ("persona non-grata", "SANCTION", "expel", ["Panama"], ["Venezuelan consul"])),
        ("Two Slovak diplomats were ordered to leave Russia.", ("ordered", "SANCTION", "expel", [], ["Two Slovak diplomats"])),
        ("Azerbaijan asked two French diplomats to leave.", ("asked", "SANCTION", "expel", ["Azerbaijan"], ["two French diplomats"])),
        ("Chad on Saturday ordered Germany's ambassador out of the country.", ("ordered", "SANCTION", "expel", ["Chad"], ["Germany's ambassador"])),
    ],
)
def test_an_expulsion_in_so_many_words_is_one_act(text: str, act: Told) -> None:
    """No demand and no leaving beside it, no half of a Latin phrase; done to the diplomat, and not also to whose he is."""
    assert acts(text) == [act]


def test_an_order_to_leave_keeps_its_term() -> None:
    """ "Within a week" is a deadline."""
    (claim,) = code("The Maldives ordered the Indian high commissioner to leave by Friday.", published="2026-11-17").claims
    assert isinstance(claim, EventClaim)
    assert claim.deadline is not None
    assert claim.deadline.end == "2026-11-20"


def test_nobody_expels_his_own_ambassador() -> None:
    """ "Its" is another's, who was named before."""
    found = acts("Ghana accused Togo of spying and expelled its ambassador.")
    assert [who for _, event, _, who, whom in found if event == "SANCTION" and "Togo's ambassador" in whom] == [["Ghana"]]


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Peru recalled its envoy to Mexico on Monday.", ["Mexico"]),
        ("Sri Lanka postponed a visit by its navy chief to India.", ["India"]),
        ("Pakistan postponed a visit by its foreign minister to Kabul.", ["Afghanistan"]),
    ],
)
def test_ones_own_envoy_is_not_acted_on(text: str, whom: list[str]) -> None:
    """Who is recalled, or whose visit is put off, is on the actor's side; on the other is the host."""
    assert acts(text)[0][4] == whom


@pytest.mark.parametrize(
    "text",
    ["The United States sanctioned judges of the International Criminal Court on Thursday.", "Britain sanctioned three Georgian officials on Monday."],
)
def test_sanctions_on_persons_are_no_expulsion(text: str) -> None:
    """They break off exchange, like all that is called sanctions."""
    assert [(event, mode) for _, event, mode, _, _ in acts(text)] == [("SANCTION", "discontinue")]


def test_a_party_may_expel_a_member_of_its_own() -> None:
    """Only diplomats are never sent away by those whose they are."""
    assert acts("The Labour Party expelled its former leader, Jeremy Corbyn, on Monday.")[0][4] == ["Jeremy Corbyn"]
