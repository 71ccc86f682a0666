"""Time to act, deadlines and "or else" are demands and threats; what stands with them says who is to do what, by when, and what of them is threatened."""

from __future__ import annotations

from pathlib import Path

import pytest

from backchannel.coder import code
from backchannel.coder.acts.anchors import anchors
from backchannel.reader import read
from backchannel.records import Coded, EventClaim
from backchannel.views.affairs import Ledger

DAY = "2020-02-05"


def act(coded: Coded, word: str) -> EventClaim:
    """The claim on this word."""
    return next(c for c in coded.claims if isinstance(c, EventClaim) and word in c.anchor.text)


def sides(coded: Coded, word: str) -> tuple[list[str], list[str]]:
    """Names of who does and who suffers the act on this word."""
    names = {a.key: a.name for a in coded.actors}
    claim = act(coded, word)
    return [names[k] for k in claim.actor], [names[k] for k in claim.recipient]


@pytest.mark.parametrize(("text", "word", "kind"), [
    ("Iran has until Friday to free the sailors or Britain will close its embassy.", "has", "THREATEN"),
    ("Slobodan Milosevic has until Sunday to accept the plan, NATO said.", "has", "REQUEST"),
    ("Baku has told Yerevan that its last two posts above the lake must be gone by Saturday, or they will be shelled.", "told", "THREATEN"),
    ("Iran stormed out on Friday after the UN nuclear watchdog gave it until October 31 to open its workshops to inspectors.", "open", "RETREAT"),
    ("A three-day deadline for Yemen's parties to fill the vacant presidency runs out tonight. Houthi gunmen shelled the palace.", "deadline", "REQUEST"),
])  # fmt: skip
def test_time_to_act_and_or_else(text: str, word: str, kind: str) -> None:
    """Who has time to act is asked, who must act "or else" is threatened; what there is time for is an act, too."""
    assert act(code(text, published=DAY), word).event == kind


@pytest.mark.parametrize("text", [
    "Voters living abroad have until 15 May to register at an embassy.",
    "Tenants have until Friday to pay or face eviction.",
    "The envoy told reporters that the talks might last two days or three.",
])  # fmt: skip
def test_time_for_what_is_no_act(text: str) -> None:
    """Where the head sees next to nothing there is no demand."""
    assert not [a for a in anchors(read(text)) if a.type in ("REQUEST", "THREATEN")]


def test_who_has_time_is_asked() -> None:
    """By who says so; what the time is for is demanded."""
    coded = code("The World Food Programme has until New Year's Day to empty its warehouses in Somalia, al Shabaab announced.", published=DAY)
    assert sides(coded, "has") == (["Al-Shabaab"], ["World Food Programme"])
    assert sides(code("Slobodan Milosevic has until Sunday to accept the plan, NATO said.", published=DAY), "has")[1] == ["Slobodan Milošević"]
    assert act(coded, "empty").status == "demanded"


@pytest.mark.parametrize(("text", "word", "expected"), [
    ("Kenya told Somalia's envoys to leave or be deported.", "deported", (["Kenya"], ["Somalia's envoys"])),
    ("Turkey told Syria to free the pilots or be bombed.", "bombed", (["Türkiye"], ["Syria"])),
    (
        "Amazonian leaders have served notice on Peru's Congress: repeal Legislative Decree 1090 before the month is out, or see every river port shut.",
        "repeal", (["Peru's Congress"], []),
    ),
])  # fmt: skip
def test_who_asks_is_not_who_is_to_do_it(text: str, word: str, expected: tuple[list[str], list[str]]) -> None:
    """Who is asked is to do it, and suffers what is threatened."""
    assert sides(code(text, published=DAY), word) == expected


@pytest.mark.parametrize(("text", "word"), [
    ("Kenya told Somalia's envoys to leave or be deported.", "deported"),
    ("The Taliban gave Kabul a week to free the prisoners, failing which they would attack.", "attack"),
])  # fmt: skip
def test_what_is_done_otherwise_is_threatened(text: str, word: str) -> None:
    """And is no part of what is demanded."""
    coded = code(text, published=DAY)
    assert act(coded, word).status == "threatened"
    demand = next(c for c in coded.claims if isinstance(c, EventClaim) and c.event == "THREATEN").roles.demand
    assert [d.text.removeprefix("to ") for d in demand] in (["leave"], ["free the prisoners"])


@pytest.mark.parametrize(("text", "mode"), [
    ("Kenya told Somalia's envoys to leave or be deported.", "expel"),
    ("Rebels told the miners to hand in their guns or be arrested.", "arrest"),
    ("Ukraine said that Russia's admiral had given its garrisons until Friday to lay down their arms or be stormed.", "violence"),
])  # fmt: skip
def test_a_threat_is_of_the_kind_of_what_is_threatened(text: str, mode: str) -> None:
    """Its mode follows from the act."""
    assert next(c for c in code(text, published=DAY).claims if isinstance(c, EventClaim) and c.event == "THREATEN").mode == mode


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "Niger broke relations with France on Thursday. The French ambassador must leave within 48 hours.",
            "Unnamed to French ambassador: leave Niger by Sun 22 Nov 2026 (standing)",
        ),
        ("M23 rebels are required to withdraw from Walikale by Nov. 30.", "Unnamed to M23: withdraw by Mon 30 Nov 2026 (standing)"),
        ("Under the agreement, Israeli troops must leave Lebanon by Dec. 26.", "Unnamed to Israel Defense Forces: leave by Sat 26 Dec 2026 (standing)"),
        ("Chad ordered Germany's ambassador to leave by Sunday.", "Chad to Germany's ambassador: leave by Sun 22 Nov 2026 (standing)"),
    ],
)
def test_what_must_be_done_by_a_day_is_an_ultimatum(tmp_path: Path, text: str, row: str) -> None:
    """Though no word demands it: who must do it is addressed, who demands it is open; an order to leave has not been carried out by being given."""
    ledger = Ledger(tmp_path / "ledger.db")
    ledger.add(code(text, published="2026-11-20", publisher="Post"))
    assert [u.what().replace(": to leave", ": leave") for u in ledger.ultimatums()] == [row]


def test_what_time_is_given_for_is_demanded() -> None:
    """Whichever word the tree hangs it on."""
    assert act(code("French troops have 48 hours to leave the country, the junta said.", published=DAY), "leave").status == "demanded"


@pytest.mark.parametrize(("text", "kind"), [
    ("Macron shortened the deadline for Iran to free the two teachers.", "REQUEST"),
    ("The deadline for Rwanda was shortened by the council on Monday.", "REQUEST"),
    ("The council extended the deadline for Rwanda on Monday.", "CONCEDE"),
])  # fmt: skip
def test_a_deadline_made_shorter_is_no_concession(text: str, kind: str) -> None:
    """Only one made longer is."""
    assert [c.event for c in code(text, published=DAY).claims if isinstance(c, EventClaim) and c.status != "demanded"] == [kind]


def test_whom_one_phrase_names_is_threatened_together() -> None:
    """What would be done to "either country" is threatened to both."""
    text = (
        "Ecuador shelled Peruvian posts on Monday, and Peru bombed an airfield in Ecuador. Brazilian President Lula da Silva spoke to both sides on Friday and "
        "warned that he would not lend money to either country if the fighting did not stop."
    )
    assert set(sides(code(text, published=DAY), "warned")[1]) == {"Ecuador", "Peru"}
