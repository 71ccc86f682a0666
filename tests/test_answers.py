"""What is denied or confirmed by a bare word is the act told before it, told again."""

from __future__ import annotations

import pytest

from backchannel import code
from backchannel.records import EventClaim
from backchannel.views.affairs import Ledger


def told(text: str) -> list[tuple[str, str, str, str | None]]:
    """Anchor, type, polarity and innermost source of each act."""
    coded = code(text, published="2024-02-07", publisher="Post")
    by = {s.key: s.source.text if s.source else None for s in coded.statements}
    return [(c.anchor.text, c.event, c.polarity, by[c.said_by[-1]] if c.said_by else None) for c in coded.claims if isinstance(c, EventClaim)]


@pytest.mark.parametrize(
    ("text", "again"),
    [
        (
            "The Sudanese army said it had retaken two villages from the Rapid Support Forces. The RSF, which seized El Fasher last month, denied it.",
            ("it", "ASSAULT", "-", "The RSF"),
        ),
        ("The United States accuses Iran of attacking two tankers in the Gulf. Tehran denies the allegations.", ("the allegations", "ASSAULT", "-", "Tehran")),
        ("Rwandan troops crossed into Congo on Monday, the United Nations said. Kigali denied this.", ("this", "MOBILIZE", "-", "Kigali")),
    ],
)
def test_a_bare_denial_is_of_the_act_before_it(text: str, again: tuple[str, str, str, str]) -> None:
    """With its type and parties, by who denies it; what was asserted stays so."""
    found = told(text)
    assert again in found
    assert [polarity for anchor, event, polarity, _ in found if event == again[1] and anchor != again[0]].count("-") == 0


def test_an_accusation_is_not_of_what_its_maker_does() -> None:
    """What a spokesman says of his own state is no charge against another."""
    text = (
        "Congo's government spokesman, Patrick Muyaya, accused Rwanda of violating the agreement and said Kinshasa was recalling its ambassador from Kigali. "
        "Rwanda's foreign minister, Olivier Nduhungirehe, rejected the accusation and said Congolese forces had bombed villages close to the border."
    )
    assert not any(anchor == "the accusation" for anchor, *_ in told(text))


def test_an_answer_that_the_reader_sees_has_the_parties_of_the_act() -> None:
    """What is denied was done to whom it was said to be done."""
    text = (
        "BRUSSELS, March 5 (Reuters) - The European Union summoned Iran's ambassador on Tuesday over the supply of drones to Russia, its foreign policy chief, "
        "Josep Borrell, said. Tehran denies the charge."
    )
    coded = code(text, published="2024-03-05")
    aid = [c for c in coded.claims if isinstance(c, EventClaim) and c.event == "AID"]
    assert [(c.actor, c.recipient) for c in aid] == [(aid[0].actor, aid[0].recipient)] * 2 and aid[0].recipient


def test_an_answer_of_its_own_is_not_told_again() -> None:
    """Who denies something else, or has no part in what was told, answers nothing."""
    assert len(told("Kyiv said Russian drones had hit a school in Kharkiv. Russia's defence ministry denied that it targets civilians.")) == 2
    assert not [a for a in told("Rwandan troops crossed into Congo on Monday, the United Nations said. Brazil denied it.") if a[2] == "-"]


def test_of_two_sources_of_the_same_words_one_may_deny_them() -> None:
    """ "Accuse Russia of it, charges the Kremlin denies": asserted by one, denied by the other."""
    found = told("Western countries accuse Russia of sending troops into eastern Ukraine, charges the Kremlin denies.")
    assert {(polarity, by) for _, event, polarity, by in found if event == "MOBILIZE"} == {("+", "Western countries"), ("-", "the Kremlin")}


def test_the_act_is_disputed() -> None:
    """The ledger has one event of what one side says and the other denies."""
    text = "Rwandan troops crossed into Congo on Monday, the United Nations said. Kigali denied this."
    with Ledger("sqlite://") as ledger:
        ledger.add(code(text, published="2024-02-07", publisher="Post"))
        assert [e.standing for e in ledger.events() if e.type == "MOBILIZE"] == ["disputed"]


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("Congo accused Rwanda of backing M23. Kigali rejected the allegations.", ("the allegations", "AID", "-", "Kigali")),
        (
            "Ukraine said that Hungarian drones had entered its airspace. Budapest dismissed those claims as absurd.",
            ("those claims", "MOBILIZE", "-", "Budapest"),
        ),
        (
            "Uganda's army shelled a camp on Tuesday, aid workers said. Ugandan troops crossed the border last week. Kampala denied those claims.",
            ("those claims", "ASSAULT", "-", "Kampala"),
        ),
    ],
)
def test_rejected_claims_are_what_somebody_claimed(text: str, again: tuple[str, str, str, str]) -> None:
    """To reject or dismiss them is to deny them and no act; what the report tells itself is no claim."""
    found = told(text)
    assert again in found
    assert not any(event == "REJECT" for _, event, _, _ in found)


def test_what_nobody_claimed_is_not_denied() -> None:
    """The report's own act stays as it is told."""
    assert not any(p == "-" for _, _, p, _ in told("Turkey struck a convoy near Aleppo on Sunday. Turkish officials rejected the allegations."))


def test_a_parliament_that_rejects_a_report_denies_nothing() -> None:
    """It is an act."""
    assert [s.stance for s in code("Parliament rejected the report.").statements] == []
