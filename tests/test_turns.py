"""Transcripts, interviews and posts: whose words a paragraph is."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.records import Coded, EventClaim, Statement

PUBLISHED = "2026-03-04"
MACRON = "Emmanuel Macron"
BRIEFING = (
    "Department Press Briefing\nNed Price, Department Spokesperson\n\nMR. PRICE: Good afternoon. The Secretary will travel to Ethiopia on Monday.\n\n"
    "QUESTION: Did the United States warn Iran about this?\n\nMR. PRICE: We have warned Iran through the Swiss embassy.\n\nWe condemn the attack on the base."
)
INTERVIEW = (
    "Estonian Foreign Minister Margus Tsahkna spoke to us in Tallinn on Monday.\n\nQ: Will Estonia send troops to Ukraine?\n\n"
    "A: Estonia is ready to send troops if there is a ceasefire.\n\nQ. What about the oil?\n\nA. We demand that the EU ban Russian oil."
)
RADIO = (
    "AILSA CHANG, HOST:\n\nThe United States and Iran held talks in Oman today.\n\nPETER KENYON, BYLINE: Iran's foreign minister met the American envoy.\n\n"
    "ABBAS ARAGHCHI: (Through interpreter) We rejected their demands in full.\n\nKENYON: The sides will meet again next Saturday."
)
HOUSE = (
    "Mr Speaker: Order. I call the Secretary of State.\n\nThe Secretary of State for Foreign Affairs (David Cameron): We have imposed sanctions on Russia.\n\n"
    "Mr David Lammy (Tottenham) (Lab): We support the sanctions.\n\nXYZ: Will the Government seize the assets?\n\nDavid Cameron: We will work with our allies."
)
PODCAST = (
    "Anna Becker\n\nWhat did you hear from the minister about the missiles?\n\nPeter Novak\n\nI was told that Germany had sent the missiles to Kyiv.\n\n"
    "Anna Becker\n\nAnd what do you make of that?\n\nPeter Novak\n\nI think that Russia will answer with an attack on Odesa."
)


def said(coded: Coded, words: str) -> Statement:
    """The smallest statement with the words in its content."""
    return min((s for s in coded.statements if words in s.content.text), key=lambda s: s.content.end - s.content.start)


@pytest.mark.parametrize(
    ("text", "words", "source", "actor"),
    [
        (BRIEFING, "will travel to Ethiopia", "MR. PRICE", "Ned Price"),
        (BRIEFING, "Did the United States warn", "QUESTION", None),
        (BRIEFING, "We have warned Iran", "MR. PRICE", "Ned Price"),
        (BRIEFING, "We condemn the attack", "MR. PRICE", "Ned Price"),
        (INTERVIEW, "Will Estonia send", "Q", None),
        (INTERVIEW, "Estonia is ready", "A", "Margus Tsahkna"),
        (INTERVIEW, "We demand that", "A.", "Margus Tsahkna"),
        (RADIO, "held talks in Oman", "AILSA CHANG, HOST", "Ailsa Chang"),
        (RADIO, "met the American envoy", "PETER KENYON, BYLINE", "Peter Kenyon"),
        (RADIO, "We rejected their demands", "ABBAS ARAGHCHI", "Abbas Araghchi"),
        (HOUSE, "We have imposed", "The Secretary of State for Foreign Affairs (David Cameron)", "David Cameron"),
        (HOUSE, "Will the Government seize", "XYZ", None),
        (HOUSE, "We will work", "David Cameron", "David Cameron"),
        (PODCAST, "Germany had sent", "Peter Novak", "Peter Novak"),
        (f"France will recognise Palestine. https://t.co/a1 pic.twitter.com/b2\n— {MACRON} (@EmmanuelMacron) July 24", "France will", MACRON, MACRON),
        ("We will send them to Kyiv. — Alexandria Ocasio-Cortez (@AOC) March 3", "We will send", "Alexandria Ocasio-Cortez", "Alexandria Ocasio-Cortez"),
    ],
)  # fmt: skip
def test_whose_turn_it_is(text: str, words: str, source: str, actor: str | None) -> None:
    """Every paragraph of a turn is a statement in its speaker's own words; who answers is whom the report is about."""
    coded = code(text, published=PUBLISHED)
    found = said(coded, words)
    assert found.source and found.source.text == source and found.verbatim and found.cue is None
    names = {a.key: a.name for a in coded.actors}
    assert (names[found.source.actor] if found.source.actor else None) == actor
    assert (found.stance == "questions") == found.content.text.endswith("?")
    assert not found.content.text.startswith(("(", ":")) and "t.co" not in found.content.text


def test_a_paragraph_that_a_colon_announces() -> None:
    """What stands below "he wrote on Telegram:" is his without quotation marks, to the end of the paragraph; below a heading nothing is."""
    text = "Volodymyr Zelensky wrote on Telegram:\n\nRussia attacked Kharkiv today. We need more missiles.\n\nThe ministry in Moscow rejected the charge."
    found = said(code(text, published=PUBLISHED), "We need more missiles")
    assert found.source and found.source.text == "Volodymyr Zelensky" and found.verbatim and found.content.text.endswith("missiles.")
    heading = "More Ministers Said They Were Leaving:\n\nRussia attacked Kharkiv with bombs today. Two ministers left in the night."
    assert not [s for s in code(heading, published=PUBLISHED).statements if "attacked Kharkiv" in s.content.text]


def test_a_speaker_of_a_transcript_is_i_and_his_country_we() -> None:
    """ "We" of the spokesman is the United States, and what is claimed in his turn is said by him."""
    coded = code(BRIEFING, published=PUBLISHED)
    claim = next(c for c in coded.claims if isinstance(c, EventClaim) and c.anchor.text == "condemn")
    assert [coded.actors[int(k[1:]) - 1].name for k in claim.actor] == ["United States"] and len(claim.said_by) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Merkel: The chancellor won the debate on Monday.\n\nMacron: The president lost it in Paris.\n\nMerkel: Merkel will fly to Rome next week.",
        "Joe Biden\n\nThe former vice president lost ground in the second debate.\n\nBeto O'Rourke\n\nAlarm bells are ringing in his camp after a quiet night.",
        "RELATED: The minister resigns\n\nPresident Macron met Chancellor Merz in Paris.\n\nRELATED: We will never leave, says Macron",
    ],
)
def test_headings_are_no_speakers(text: str) -> None:
    """What stands below a name, or behind it and a colon, and speaks to nobody is no turn."""
    assert not [s for s in code(text, published=PUBLISHED).statements if "turn of a transcript" in s.why]
