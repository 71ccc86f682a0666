"""What an act answers, is for and demands, read off the tree where the links say nothing; a mere date is no cause."""

from __future__ import annotations

import pytest

from backchannel.coder.anchors import Anchor
from backchannel.coder.causes import by_tree
from backchannel.reader import read
from backchannel.reader.labels import EVENTS


@pytest.mark.parametrize(("text", "act", "event", "cause"), [
    ("Police fired tear gas after protesters threw stones.", "fired", "ASSAULT", "protesters threw stones"),
    ("Kenya closed its embassy in response to the attack.", "closed", "RETREAT", "the attack"),
    ("The council imposed sanctions over the missile test.", "sanctions", "SANCTION", "the missile test"),
    ("The minister was criticized for visiting the shrine.", "criticized", "ACCUSE", "visiting the shrine"),
    ("The summit was cancelled because of the shelling.", "cancelled", "REJECT", "the shelling"),
    ("The envoy called for talks.", "called", "REQUEST", None),
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
