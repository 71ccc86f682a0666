"""Acts of nobody political: firms, athletes and families accuse, agree and apologise too, but no event of politics is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from backchannel import kept
from backchannel.coder import code, own_types
from backchannel.records import EventClaim

MARKETS = (
    "Shares rose on Tuesday after three days of losses. Makers of chips led the gains, with Norvex up by 6 percent. Oil was little changed. The euro fell to "
    "its lowest level since March. Analysts had expected worse. A survey showed that shops sold more shoes in May. {} Gold closed at 2,310 dollars an ounce. "
    "Volume was thin before the holiday. Trading resumes on Thursday."
)


def events(text: str) -> list[EventClaim]:
    """The event claims of a text."""
    return [c for c in code(text, published="2024-05-10").claims if isinstance(c, EventClaim)]


@pytest.mark.parametrize("text", [
    "Apple accused Samsung of copying its phones and demanded a billion dollars.",
    "Scientists agreed on Thursday to cooperate on a new telescope.",
    "The author condemned her critics and defended the translation.",  # no opposition
    "She invited her brother to talks about the inheritance, but he refused to come.",
    "The bakery accused its rival of theft. The rival apologised. The baker promised to reply.",
])  # fmt: skip
def test_private_acts_are_none(text: str) -> None:
    """What firms and private people do to each other is no event."""
    assert not events(text)


@pytest.mark.parametrize(("text", "kinds"), [
    ("France accused Spain of copying its plans and demanded a billion euros.", ["ACCUSE", "REQUEST"]),
    ("Gunmen attacked a bus near the market and killed nine passengers.", ["ASSAULT"]),
    ("Tenants protested against the landlord.", ["PROTEST"]),
    ("A writer was executed on Monday.", ["ASSAULT"]),
    ("Syria and Turkey agreed to exchange prisoners. Relatives of the prisoners accused a newspaper of spreading rumours.", ["AGREE", "RETREAT", "ACCUSE"]),
])  # fmt: skip
def test_acts_of_states_and_crowds_stay(text: str, kinds: list[str]) -> None:
    """So do acts by force of the unnamed, and what private people do in a report of politics."""
    assert [c.event for c in events(text)] == kinds


def test_a_report_of_few_acts_tells_those_of_political_actors() -> None:
    """Where hardly anything is an act, what a ministry does need be less likely than what others do, and the claim says so."""
    (claim,) = events(MARKETS.format("The finance ministry rejected a request by two banks for more time."))
    assert claim.event == "REJECT"
    assert "a political actor's: of nobody's it would need 0.90 here" in claim.why
    assert not events(MARKETS.format("The chemist rejected a request by two neighbours for more time."))


def test_types_of_ones_own_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who defines a type for what firms do gets what firms do."""
    monkeypatch.setenv("BACKCHANNEL_TYPES", str(tmp_path / "types"))
    mine = tmp_path / "mine.toml"
    mine.write_text('[types.LAWSUIT]\nlike = "ACCUSE"\nwhat = "a charge"\nexamples = ["Nokia [accused] Ericsson of theft."]\n', encoding="utf8")
    kept.keep(own_types.KIND, mine)
    assert [c.anchor.text for c in events("Apple accused Samsung of copying its phones.")] == ["accused"]


@pytest.mark.parametrize(("text", "anchors"), [
    ("The government imposed a state of emergency in Ankara.", ["state of emergency"]),
    ("A round of talks in Geneva between Iran and France ended on Friday.", ["talks"]),
])  # fmt: skip
def test_two_words_of_a_type_are_one_act(text: str, anchors: list[str]) -> None:
    """A state of emergency is one act, not a state and an emergency; of a round of talks the talks are."""
    assert [c.anchor.text for c in events(text)] == anchors
