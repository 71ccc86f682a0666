"""What an act answers, is for and demands, read off the tree where the links say nothing; a mere date is no cause."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.acts.causes import by_tree, implied
from backchannel.reader import read
from backchannel.reader.labels import EVENTS
from backchannel.records import EventClaim, Span


@pytest.mark.parametrize(("text", "act", "event", "cause"), [
    ("Police fired tear gas after protesters threw stones.", "fired", "ASSAULT", "protesters threw stones"),
    ("Kenya closed its embassy in response to the attack.", "closed", "RETREAT", "the attack"),
    ("The council imposed sanctions over the missile test.", "sanctions", "SANCTION", "the missile test"),
    ("The minister was criticized for visiting the shrine.", "criticized", "ACCUSE", "visiting the shrine"),
    ("The summit was cancelled because of the shelling.", "cancelled", "REJECT", "the shelling"),
    ("The envoy called for talks.", "called", "REQUEST", None),
    ("Peru recalled its envoy for consultations.", "recalled", "SANCTION", None),
    ("Nauru, for its part, recognized China.", "recognized", "SUPPORT", None),
    ("Police fired tear gas after Friday.", "fired", "ASSAULT", None),
    ("Police fired tear gas at protesters.", "fired", "ASSAULT", None),
])  # fmt: skip
def test_triggers(text: str, act: str, event: str, cause: str | None) -> None:
    """The cause in its own words, none where the sentence tells none."""
    reading = read(text)
    at = reading.words.index(act)
    dated = {i for i, word in enumerate(reading.words) if word == "Friday"}
    found = by_tree(reading, Anchor(at, at + 1, event, 0.9, reading.probabilities("event")[at, 1 : 1 + len(EVENTS)]), dated)
    assert (found["trigger"].text if "trigger" in found else None) == cause


def test_a_trigger_begins_behind_its_preposition() -> None:
    """Also where it is linked, a clause with a verb of its own."""
    text = "Poland closed its border in response to what its prime minister called a provocation by Belarus."
    claim = next(c for c in code(text, published="2024-03-07").claims if isinstance(c, EventClaim) and c.anchor.text == "closed")
    assert [span.text for span in claim.roles.trigger] == ["what its prime minister called a provocation by Belarus"]


@pytest.mark.parametrize(("text", "act", "event", "role", "words"), [
    ("Turkey sent troops to free the hostages.", "sent", "MOBILIZE", "purpose", "to free the hostages"),
    ("Turkey urged Syria to free the hostages.", "urged", "REQUEST", "purpose", None),
    ("Miners went on strike, demanding higher pay.", "strike", "PROTEST", "demand", "higher pay"),
])  # fmt: skip
def test_purposes_and_demands(text: str, act: str, event: str, role: str, words: str | None) -> None:
    """An infinitive clause is what an act is for, unless the act is one of words; protesters demand what they say they do."""
    reading = read(text)
    at = reading.words.index(act)
    found = by_tree(reading, Anchor(at, at + 1, event, 0.9, reading.probabilities("event")[at, 1 : 1 + len(EVENTS)]), set())
    assert (found[role].text if role in found else None) == words


@pytest.mark.parametrize(("text", "due", "asked"), [
    ("Arlen warned that if Borduria did not halt the fire, it would strike.", None, "halt the fire"),
    ("Arlen threatened sanctions unless Borduria agrees to a truce by Friday.", "by Friday", "agrees to a truce"),
    ("Arlen will close the border unless the sanctions are lifted.", None, "the sanctions are lifted"),
    ("The rebels threatened to kill the pilot if their demands were not met.", None, "their demands"),
    ("Arlen threatened to cut aid if Borduria fails to free the pilot.", None, "free the pilot"),
    ("Arlen will strike if Borduria attacks again.", None, None),
    ("Arlen threatened sanctions unless Borduria does not attack.", None, None),
    ("Arlen will strike if the pilot is not released.", None, None),
])  # fmt: skip
def test_what_a_condition_asks_for(text: str, due: str | None, asked: str | None) -> None:
    """What has to be done so that the threat is not carried out, without its deadline; a condition to be left undone asks for nothing in so many words."""
    start = next(text.index(word) for word in ("unless", "if ") if word in text)
    end = text.index(",") if "," in text else len(text) - 1
    found = implied(read(text), Span(start=start, end=end, text=text[start:end]), due)
    assert (found.text if found else None) == asked
