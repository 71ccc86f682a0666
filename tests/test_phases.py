"""Acts that end others, and acts that are told as not done: sentences written for the purpose."""

from __future__ import annotations

import pytest

from backchannel import code
from backchannel.records import EventClaim


def acts(text: str) -> list[EventClaim]:
    """The event claims of a text."""
    return [c for c in code(text).claims if isinstance(c, EventClaim)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("President Kovac said on Monday that Slovenia would stop its naval exercises with Croatia.", [("stop", "SANCTION", "planned")]),
        ("The European Union lifted sanctions on Belarus on Monday.", [("lifted", "RETREAT", "happened")]),
        ("The foreign minister urged Israel to end the occupation of the West Bank.", [("urged", "REQUEST", "happened"), ("end", "RETREAT", "demanded")]),
        ("North Korea stopped testing long-range missiles in 2018.", [("stopped", "RETREAT", "happened")]),
        ("France said it would no longer train Malian soldiers.", [("no longer", "SANCTION", "planned")]),
    ],
)
def test_what_an_act_ends_is_no_act_beside_it(text: str, kinds: list[tuple[str, str, str]]) -> None:
    """Who stops his exercises does one thing; the exercises do not go on beside it."""
    assert [(c.anchor.text, c.event, c.status) for c in acts(text)] == kinds


def test_what_is_told_of_by_itself_stays_an_act() -> None:
    """By whom it was done is told in a clause of its own."""
    found = acts("South Korea's parliament voted to lift the martial law that President Yoon Suk Yeol had declared hours earlier.")
    assert [c.event for c in found if "martial" in c.anchor.text] == ["COERCE"]


def test_the_end_of_a_blockade_is_no_ceasefire() -> None:
    """That is the end of an attack."""
    modes = [
        [c.mode for c in acts(text) if c.event == "RETREAT"]
        for text in ("Ethiopia promised to end the blockade of Tigray.", "The militia agreed to stop its attacks on the port.")
    ]
    assert modes == [[None], ["ceasefire"]]


def test_a_cancelled_meeting_is_refused_and_did_not_happen() -> None:
    """The guide has both."""
    found = {c.event: c.status for c in acts("President Akoto sent a letter saying that he was canceling the summit with Togo.")}
    assert found == {"REJECT": "happened", "CONSULT": "did_not_happen"}


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("He declined to thank the president.", "thank", "did_not_happen"),
        ("The minister said the army had failed to protect the pipeline and to arrest the gunmen.", "arrest", "did_not_happen"),
        ("The statement fell short of a condemnation of Russia.", "condemnation", "did_not_happen"),
        ("The council imposed fines instead of expelling the ambassador.", "expelling", "did_not_happen"),
        ("The police foiled an attack on a mosque in Lyon.", "attack", "did_not_happen"),
        ("The two leaders may avoid a strike.", "strike", "possible"),
        ('The mayor said the explosion "was an attempted terrorist attack," adding that there was no other threat.', "attack", "attempted"),
        ('"Ali and Garba tried to force us to accept it under the power of the league," the senator said to cheers.', "force", "attempted"),
    ],
)
def test_what_is_failed_foiled_or_tried_did_not_happen(text: str, word: str, status: str) -> None:
    """Whoever says so; only where the failing is told as a fact."""
    assert [c.status for c in acts(text) if word in c.anchor.text] == [status]


def test_what_somebody_is_accused_of_not_doing_is_the_accusation() -> None:
    """ "Failed to honour": the charge was made."""
    found = [c for c in acts("The Houthis have failed to honour the peace deal, the president said, and that is a betrayal.") if c.event == "ACCUSE"]
    assert all(c.status == "happened" for c in found)


def test_who_repels_an_attack_does_not_make_it() -> None:
    """The army is not its actor."""
    coded = code("The army repelled a rebel attack near Goma on Sunday.")
    claim = next(c for c in coded.claims if isinstance(c, EventClaim))
    assert [a.name for a in coded.actors if a.key in claim.actor] == ["rebel"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The junta is unlikely to free the president.", "free"),
        ("Analysts see no chance that Iran will give up the weapons.", "give"),
        ("The ministry said on Monday that Chile did not participate in the sanctions against Cuba.", "sanctions"),
        ("The court said that the king had not renewed his call for talks.", "call"),
    ],
)
def test_what_is_unlikely_or_of_which_there_is_no_sign_is_negative(text: str, word: str) -> None:
    """A negation above the act."""
    assert [c.polarity for c in acts(text) if word in c.anchor.text] == ["-"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The European Union has delayed new tariffs on American goods.", "tariffs"),
        ("The army shelved a raid on the camp.", "raid"),
        ("Washington has put off tariffs on Mexican cars.", "tariffs"),
    ],
)
def test_what_is_put_off_did_not_happen(text: str, word: str) -> None:
    """Nor what is called off or shelved."""
    assert [c.status for c in acts(text) if c.anchor.text == word] == ["did_not_happen"]


def test_a_strike_that_is_called_off_may_have_begun() -> None:
    """It ended."""
    assert [c.status for c in acts("Unions called off a strike at the port that had lasted a week.") if c.event == "PROTEST"] == ["ended"]
