"""What talks are about, who confirms them by telling it, and quoted words that no cue announces."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.records import EventClaim


@pytest.mark.parametrize(("text", "word", "topic"), [
    ("Kenya's president met the envoys of Mali in Nairobi on Monday, discussing the truce in the north.", "met", "the truce in the north"),
    ("Japan and Norway held talks on Tuesday; the grain trade was among the topics discussed.", "talks", "the grain trade"),
    ("Rwanda, accused of arming rebels, denied the allegation on Monday.", "accused", "arming rebels"),
    ("Turkey's foreign minister denounced the raid on the village on Friday.", "denounced", "the raid on the village"),
])  # fmt: skip
def test_topics(text: str, word: str, topic: str) -> None:
    """The topic by the tree, without the preposition."""
    (claim,) = [c for c in code(text, published="2024-03-07").claims if isinstance(c, EventClaim) and word in c.anchor.text]
    assert [t.text for t in claim.roles.topic] == [topic]


def test_who_confirms_what_was_talked_about_confirms_the_talk() -> None:
    """The claim of the call is said by the offices that confirm its topic."""
    coded = code("The presidents of Ghana and Togo spoke by phone on Monday, with their offices confirming that the border was among the topics discussed.")
    (call,) = [c for c in coded.claims if isinstance(c, EventClaim) and c.event == "CONSULT"]
    (said,) = [s for s in coded.statements if s.key in call.said_by]
    assert said.source and (said.source.text, said.stance) == ("their offices", "confirms")


def test_quoted_words_of_the_subject() -> None:
    """A quoted clause in a sentence of what a person does is a statement of his; a quoted title is none."""
    coded = code('Kenya\'s president ordered the withdrawal "out of respect for the dead of that night" on Monday.')
    (said,) = coded.statements
    assert said.cue is None and said.verbatim and said.content.text == "out of respect for the dead of that night"
    assert said.source and said.source.actor and "president" in next(a.name for a in coded.actors if a.key == said.source.actor)
    assert not code('Kenya\'s president signed a law called "The Great Road of Peace Act" on Monday.').statements


def test_an_act_named_twice_is_one() -> None:
    """ "Visited in a visit" is one visit; a visit after another is its own."""
    (one,) = [c for c in code("Sweden's foreign minister visited Chad in a surprise visit on Monday.").claims if isinstance(c, EventClaim)]
    assert one.anchor.text == "visited"
    two = [c for c in code("Sweden's foreign minister visited Chad on Monday after a visit to Mali.").claims if isinstance(c, EventClaim)]
    assert [c.anchor.text for c in two] == ["visited", "visit"]


def test_a_medium_and_whom_it_cites_are_one_chain() -> None:
    """An act that a newspaper reports, citing officials, is one claim said by the officials through the newspaper, never one claim of each."""
    coded = code("Kenya has agreed to send police to Haiti, the New York Times reported on Monday, citing two officials.", published="2025-08-05")
    (agreed,) = [c for c in coded.claims if isinstance(c, EventClaim) and c.event == "AGREE"]
    said = {s.key: s.source.text for s in coded.statements if s.source}
    assert [said[k] for k in agreed.said_by] == ["the New York Times", "two officials"]


def test_a_quotation_without_a_cue_is_one_statement() -> None:
    """Whatever stretches of it the reader marks: no two statements of a text have one id."""
    coded = code('Kenya\'s president ordered the withdrawal "out of respect for the dead of that night, and for the families who wait" on Monday.')
    ids = [s.id for s in coded.statements]
    assert ids and len(ids) == len(set(ids))
