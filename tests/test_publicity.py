"""How openly a verbal act was said: by its words, or by being quoted from whoever does it; never where the words say otherwise."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.coder.contacts.publicity import with_publicity
from backchannel.reader import read
from backchannel.records import EventClaim
from support import Maker

MALI = "Mali"


@pytest.mark.parametrize(("text", "anchor", "source", "channel", "disclosure"), [
    ("Mali accused Togo of theft in a speech on Monday.", "accused", "", "public_statement", "public"),
    ("Mali accused Togo of theft on Twitter.", "accused", "", "social_media", "public"),
    ("Mali accused Togo of theft on Monday.", "accused", "", "unknown", "unknown"),
    ("Togo \"stole our gold\", Mali said.", "stole our gold", "Mali", "unknown", "public"),
    ("Togo \"stole our gold\", Mali said in an interview.", "stole our gold", "Mali", "public_statement", "public"),
    ("Togo \"stole our gold\", Mali told envoys privately.", "stole our gold", "Mali", "unknown", "unknown"),
])  # fmt: skip
def test_verbal_acts(text: str, anchor: str, source: str, channel: str, disclosure: str) -> None:
    """Channel and disclosure of an accusation by Mali."""
    m = Maker(text, published="2024-03-05")
    mali = m.actor(MALI, "state", "MLI")
    said = [m.said(source, "stole our gold", by=mali, cue="said" if " said" in text else "told")] if source else []
    m.event(anchor, "ACCUSE", actor=[mali], said_by=said)
    coded = m.coded()
    (claim,) = with_publicity(read(text), coded.claims, coded.statements)
    assert (claim.channel, claim.disclosure) == (channel, disclosure)


def test_acts_that_are_not_said_are_left_alone() -> None:
    """A strike told in a speech was no public strike; a threat still to come has not been made."""
    text = "Mali attacked Togo, it said in a speech."
    m = Maker(text, published="2024-03-05")
    m.event("attacked", "ASSAULT", actor=[m.actor(MALI, "state", "MLI")])
    m.event("attacked", "THREATEN", actor=["a1"], status="planned")
    assert [c.disclosure for c in with_publicity(read(text), m.coded().claims, ())] == ["unknown", "unknown"]


@pytest.mark.parametrize(("text", "source", "kind", "country", "stance", "disclosure"), [
    ("Mali's minister met Togo's envoy, Mali said.", "Mali", "state", "MLI", "asserts", "public"),
    ("Mali's minister met Togo's envoy, the presidency in Lomé said.", "the presidency", "office", "TGO", "asserts", "public"),
    ("Mali's minister met Togo's envoy, Ghana said.", "Ghana", "state", "GHA", "asserts", "unknown"),
    ("Mali's minister met Togo's envoy, Mali denied.", "Mali", "state", "MLI", "denies", "unknown"),
    ("Mali's minister met Togo's envoy in private, Mali said.", "Mali", "state", "MLI", "asserts", "unknown"),
])  # fmt: skip
def test_contacts_told_by_a_party(text: str, source: str, kind: str, country: str, stance: str, disclosure: str) -> None:
    """A meeting that one of its sides tells of is public; one told by others, denied or held in private is not."""
    m = Maker(text, published="2024-03-05")
    minister, envoy = m.actor("Mali's minister", "person", "MLI"), m.actor("Togo's envoy", "person", "TGO")
    by = m.actor(source, kind, country)
    told = m.said(source, text.split(",")[0], by=by, cue=text.rstrip(".").split()[-1], stance=stance)
    m.event("met", "CONSULT", actor=[minister], recipient=[envoy], said_by=[told])
    coded = m.coded()
    (claim,) = with_publicity(read(text), coded.claims, coded.statements, coded.actors)
    assert isinstance(claim, EventClaim)
    assert claim.disclosure == disclosure


@pytest.mark.parametrize(("text", "disclosure"), [
    ("The presidents of Kenya and Sudan met in Nairobi on Sunday.", "public"),  # the report's own voice
    ("The presidents of Kenya and Sudan met in Nairobi on Sunday. Neither office would say what they had discussed.", "contents_undisclosed"),
    ("The president of Kenya wrote to the president of Sudan on Sunday. The contents of the letter were not made public.", "contents_undisclosed"),
    ("The presidents of Kenya and Sudan met in Nairobi on Sunday and left without giving details.", "contents_undisclosed"),
    ("The presidents of Kenya and Sudan met in Nairobi on Sunday behind closed doors.", "contents_undisclosed"),
    ("The presidents of Kenya and Sudan held a private meeting in Nairobi on Sunday.", "contents_undisclosed"),
    ("The presidents of Kenya and Sudan met in Nairobi last week. The meeting was never announced.", "undisclosed"),
    ("The presidents of Kenya and Sudan met in Nairobi last week, a daily in Kampala reported. Neither office would confirm or deny it.", "undisclosed"),
    ("The presidents of Kenya and Sudan met in Nairobi last week, a diplomat said. Both offices declined to comment.", "undisclosed"),
    ("The presidents of Kenya and Sudan met in Nairobi last week, a Chadian diplomat disclosed on Sunday.", "undisclosed"),
    ("The presidents of Kenya and Sudan met in Nairobi last week, a daily in Kampala wrote. Sudan denied the report.", "undisclosed"),
    ("The presidents of Kenya and Sudan met in Nairobi last week, a daily in Kampala wrote. Chad denied the report.", "unknown"),
    ("An aide to Sudan's president travelled to Nairobi under a false name in March to haggle with Kenyan agents, a daily in Kampala alleged.", "undisclosed"),
    ("Kenya made no secret of it: its president met Sudan's in Nairobi on Sunday.", "public"),
    ("The presidents of Kenya and Sudan met at an undisclosed location in Nairobi on Sunday.", "public"),
    ("Kenya's president hid it from parliament that he had met Sudan's president in Nairobi in May.", "undisclosed"),
    ("Kenya's president met Sudan's president in Nairobi in May without informing his cabinet.", "undisclosed"),
    ("Kenya's president met Sudan's president in Nairobi in May, in a visit that neither side had announced.", "undisclosed"),
    ("Kenya's government conceded on Sunday that its foreign minister had met Sudan's president in Nairobi.", "undisclosed"),
    ("The presidents of Kenya and Sudan met in Nairobi on Sunday, state television reported.", "public"),
    ("After a year of secret talks the presidents of Kenya and Sudan will meet in Nairobi on Sunday.", "public"),  # the talks were secret
])  # fmt: skip
def test_what_is_kept_back(text: str, disclosure: str) -> None:
    """What a report says of a contact itself and in the next sentence: openly held, not made known, or what was said in it."""
    contacts = [c for c in code(text, published="2025-06-03").claims if isinstance(c, EventClaim) and c.event == "CONSULT"]
    assert contacts[-1 if "secret" in text else 0].disclosure == disclosure


@pytest.mark.parametrize(("text", "channel"), [
    ("In a letter on Sunday, Kenya asked Sudan to open its border.", "letter"),
    ("Kenyan diplomats signed a memo urging the government to sanction Sudan.", "letter"),
    ("Kenya's president demanded in a telephone call on Sunday that Sudan release the pilots.", "phone"),
    ("Kenya accused Sudan of breaking the truce, a spokesman for the Kenyan government said.", "unknown"),
    ("Kenya denounced the letter as an insult on Sunday.", "unknown"),
])  # fmt: skip
def test_channels_of_verbal_acts(text: str, channel: str) -> None:
    """The letter, memo or call that a demand is made in is its channel; a letter that is accused is none."""
    acts = [c for c in code(text, published="2025-06-03").claims if isinstance(c, EventClaim) and c.event in ("REQUEST", "ACCUSE")]
    assert acts[0].channel == channel


@pytest.mark.parametrize(("text", "channel"), [
    ("Kenya's president rang Sudan's president on Sunday.", "phone"),
    ("Kenya's president called Sudan's president on Sunday.", "phone"),
    ("The presidents of Kenya and Sudan held a video meeting on Sunday.", "video"),
    ("The presidents of Kenya and Sudan spoke in a conference call on Sunday.", "phone"),
    ("Kenya's foreign minister paid a call on Sudan's president in Khartoum on Sunday.", "in_person"),
    ("The presidents of Kenya and Sudan breakfasted together on Sunday.", "in_person"),
    ("Kenya's president has corresponded with Sudan's president since May.", "letter"),
])  # fmt: skip
def test_channels_of_contacts(text: str, channel: str) -> None:
    """How two sides were in contact, by the words of the contact; a day behind "on" is nobody whom one calls on."""
    contacts = [c for c in code(text, published="2025-06-03").claims if isinstance(c, EventClaim) and c.event == "CONSULT"]
    assert contacts[0].channel == channel


def test_a_spokesman_speaks_in_public() -> None:
    """An accusation that a spokesman of the accuser makes is a public statement."""
    m = Maker('Togo "stole our gold", a government spokesman said.', published="2024-03-05")
    mali = m.actor("spokesman", "person", "MLI")
    said = m.said("a government spokesman", "stole our gold", by=mali, cue="said")
    m.event("stole our gold", "ACCUSE", actor=[mali], said_by=[said])
    (claim,) = with_publicity(read(m.text), m.coded().claims, m.coded().statements)
    assert (claim.channel, claim.disclosure) == ("public_statement", "public")  # type: ignore[union-attr]
