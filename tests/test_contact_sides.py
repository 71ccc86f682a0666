"""Who comes to whom, who writes to whom, and how two sides were in contact, by the tree."""

from __future__ import annotations

import numpy as np
import pytest

from backchannel.coder import code
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.contacts.channel import channel
from backchannel.coder.parties.cast import Cast
from backchannel.reader import read
from backchannel.reader.labels import EVENTS
from backchannel.records import Coded, EventClaim

MACRON, XI, ERDOGAN = "Emmanuel Macron", "Xi Jinping", "Recep Tayyip Erdoğan"


def contacts(coded: Coded) -> list[EventClaim]:
    """The contacts of a report, in order of text."""
    return [c for c in coded.claims if isinstance(c, EventClaim) and c.event == "CONSULT"]


def names(coded: Coded, keys: tuple[str, ...]) -> list[str]:
    """The names of actors."""
    return [a.name for k in keys for a in coded.actors if a.key == k]


@pytest.mark.parametrize(("text", "guests", "hosts"), [
    ("Emmanuel Macron hopes to receive Xi Jinping in Paris next month.", [XI], [MACRON]),
    ("Emmanuel Macron, who hosted Xi Jinping in Paris in May, has called for a truce.", [XI], [MACRON]),
    ("Received by Emmanuel Macron in Paris on Monday, Xi Jinping called for a truce.", [XI], [MACRON]),
    ("Xi Jinping called on Emmanuel Macron in a Paris hospital on Monday.", [XI], [MACRON]),
    ("Xi Jinping paid a courtesy call on Emmanuel Macron on Monday.", [XI], [MACRON]),
    ("Emmanuel Macron will meet Xi Jinping in Marseille on Monday, the Elysee said.", [XI], [MACRON]),
    ("Beijing warned Washington on Monday. President Tsai Ing-wen plans to stop in New York next month.", ["Tsai Ing-wen"], ["United States"]),
])  # fmt: skip
def test_visits(text: str, guests: list[str], hosts: list[str]) -> None:
    """Who receives is the host however his verb is governed; who is called on is one; a town's country is the host where nobody else is told."""
    coded = code(text, published="2024-06-05")
    (visit,) = contacts(coded)
    assert (visit.mode, names(coded, visit.actor), names(coded, visit.recipient)) == ("visit", guests, hosts)


@pytest.mark.parametrize(("text", "writers", "readers", "carriers"), [
    ("Emmanuel Macron wrote to Xi Jinping last week about the border.", [MACRON], [XI], []),
    ("Emmanuel Macron sent a letter to Xi Jinping on Monday.", [MACRON], [XI], []),
    ("Xi Jinping received a letter from Emmanuel Macron on Monday.", [MACRON], [XI], []),
    ("France's foreign minister delivered a letter from Emmanuel Macron to Xi Jinping on Monday.", [MACRON], [XI], ["Stéphane Séjourné"]),
])  # fmt: skip
def test_letters(text: str, writers: list[str], readers: list[str], carriers: list[str]) -> None:
    """A letter goes from who writes to whom it is addressed; who only carries it is a third party."""
    coded = code(text, published="2024-06-05")
    (letter,) = contacts(coded)
    assert letter.channel == "letter"
    assert [names(coded, k) for k in (letter.actor, letter.recipient, letter.roles.third_party)] == [writers, readers, carriers]


@pytest.mark.parametrize(("text", "mode", "how"), [
    ("A daily reported that Ma Ying-jeou and Xi Jinping had already spoken on a secure line in October.", "phone", "phone"),
    ("Downing Street says Boris Johnson has now been on the line to Imran Khan.", "phone", "phone"),
    ("Kenya's intelligence chief and his Somali contact have conversed \"a dozen times\" this year over a satellite phone.", "phone", "phone"),
    ("Emmanuel Macron was closeted with Xi Jinping on Monday.", None, "in_person"),
])  # fmt: skip
def test_ways_of_contact(text: str, mode: str | None, how: str) -> None:
    """What goes by telephone, video or letter is PLOVER's phone, and no visit."""
    (contact,) = contacts(code(text, published="2024-06-05"))
    assert (contact.mode, contact.channel) == (mode, how)


def test_a_visit_is_not_about_whom_it_is_paid_to() -> None:
    """ "Called on Macron" is no call about him."""
    (visit,) = contacts(code("Xi Jinping called on Emmanuel Macron in a Paris hospital on Monday.", published="2024-06-05"))
    assert visit.roles.topic == ()


def test_who_compares_notes_has_sent_none() -> None:
    """ "Compared notes by video" tells one channel, not two."""
    reading = read("The two ministers compared notes by video on Monday.")
    first = reading.words.index("compared")
    anchor = Anchor(first, first + 2, "CONSULT", 0.9, np.zeros(len(EVENTS), np.float32))
    assert channel(reading, Cast((), (), {}, ()), anchor, None, None) == "video"


def test_a_mode_without_a_word_tells_no_channel() -> None:
    """What two "discussed" may have been said in any way, whatever mode the reader likes best; what they "spoke" of may have been by phone."""
    for words, how in (("discussed Iran", "unknown"), ("spoke about Iran", "phone")):
        reading = read(f"The two ministers {words} on Monday.")
        anchor = Anchor(3, 4, "CONSULT", 0.9, np.zeros(len(EVENTS), np.float32))
        assert channel(reading, Cast((), (), {}, ()), anchor, "phone", None) == how
