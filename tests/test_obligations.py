"""What somebody says that another must do is a demand of his."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.records import EventClaim

DAY = "2020-02-05"


def requests(text: str) -> list[tuple[str, list[str], list[str]]]:
    """Anchor, actors and recipients of each demand."""
    coded = code(text, published=DAY)
    names = {a.key: a.name for a in coded.actors}
    acts = [c for c in coded.claims if isinstance(c, EventClaim) and c.event == "REQUEST" and c.status == "happened"]
    return [(c.anchor.text, [names[k] for k in c.actor], [names[k] for k in c.recipient]) for c in acts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia says Israel must end its attacks on Gaza.", ("must", ["Russia"], ["Israel"])),
        ("Iran must allow inspections, Kerry told reporters in London on Saturday.", ("must", ["Kerry"], ["Iran"])),
        ("Turkey said Greece must not extend its territorial waters.", ("extend", ["Türkiye"], ["Greece"])),
        ("China's foreign minister, Wang Yi, said North Korea must resume talks.", ("resume", ["Wang Yi"], ["North Korea"])),
    ],
)
def test_must_said_of_another_is_a_demand(text: str, expected: tuple[str, list[str], list[str]]) -> None:
    """The speaker asks, the subject is asked; where the verb names an act of its own, the word of obligation is the anchor."""
    assert requests(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "President Emmanuel Macron said that France must invest in its army.",  # his own country
        "Kerry said that he must leave Geneva tonight.",
        "If Syria must hand over its weapons, Assad said, the region will be at war.",
        "Germany must reach the Elbe before the river freezes.",  # nobody says so
        "The minister said the United States might have to close its embassy in Sanaa.",
    ],
)
def test_what_must_be_is_not_always_asked(text: str) -> None:
    """Not of oneself or one's own country, not what is only supposed, and not without a speaker."""
    assert not [r for r in requests(text) if "must" in r[0] or "have" in r[0]]


def test_what_one_has_yet_to_do_is_not_asked() -> None:
    """It is told as not done."""
    assert not requests("The country has yet to ratify the treaty. The EU said Georgia has yet to free the judges.")


def test_or_else_is_a_demand_whoever_makes_it() -> None:
    """What is done otherwise is threatened and no part of the demand."""
    coded = code("The Maldives must free its former president or face targeted sanctions, as a draft resolution has it.", published=DAY)
    asked, _, sanctions = [c for c in coded.claims if isinstance(c, EventClaim)]
    assert (asked.anchor.text, asked.event, [d.text for d in asked.roles.demand]) == ("must", "REQUEST", ["free its former president"])
    assert (sanctions.event, sanctions.status) == ("SANCTION", "threatened")


def test_a_dateline_is_not_asked() -> None:
    """Who is asked is the subject nearest to the verb."""
    text = "BELGRADE, June 2 - Slobodan Milosevic has until Sunday to free the pilots, NATO said."
    assert requests(text) == [("has", ["NATO"], ["Slobodan Milošević"])]


def test_the_demand_has_its_words_and_its_day() -> None:
    """It is made when it is said, and says what is asked; what is asked is an act of its own, demanded."""
    coded = code("Secretary of State John Kerry said on Saturday that Syria must end the siege of Homs.", published=DAY)
    demand, end, *_ = [c for c in coded.claims if isinstance(c, EventClaim)]
    assert (demand.anchor.text, demand.when and demand.when.start) == ("must", "2020-02-01")
    assert [s.text for s in demand.roles.demand] == ["end the siege of Homs"]
    assert (end.anchor.text, end.status) == ("end", "demanded")


def test_what_is_stressed_and_must_be_is_asked_once() -> None:
    """Where the word that announces it is taken for the demand, "must" is no second one."""
    found = requests("Mr Putin stressed that Kiev must stop shelling the plant, and said that Ukraine must withdraw its troops from Kursk.")
    assert [(anchor, to) for anchor, _, to in found] == [("stressed", ["Ukraine"]), ("must", ["Ukraine"])]
