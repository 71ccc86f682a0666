"""Who mediates is no party of the talks, and who is a party does not mediate: by the words of the sentence."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.records import EventClaim

PUBLISHED = "2025-06-03"


@pytest.mark.parametrize(("text", "mediators"), [
    ("Kenya tried on Sunday to mediate between Sudan and Chad.", {"KEN"}),
    ("Sudan and Chad held talks mediated by Kenya on Sunday, officials said.", {"KEN"}),
    ("Sudan and Chad agreed on Sunday to lay down their arms under a ceasefire brokered by Kenya.", {"KEN"}),
    ("Sudan asked Kenya to mediate in its dispute with Chad on Sunday.", {"KEN"}),
    ("Kenya shuttled between Sudan and Chad for two weeks in search of a ceasefire.", {"KEN"}),
    ("Kenya and Gabon, which mediated between Sudan and Chad last year, condemned the attack on Sunday.", {"KEN", "GAB"}),
    ("Kenya passed messages between Sudan and Chad last week, diplomats said.", {"KEN"}),
    ("Sudan said on Sunday that Chad had undermined recent efforts to broker a ceasefire between Sudan and Libya.", set()),
    ("Sudan and Chad held talks in Tunis on Sunday, with Kenya mediating.", {"KEN"}),
    ("Envoys of Sudan and Chad met in Tunis on Sunday under the auspices of Kenya.", {"KEN"}),
    ("Sudan and Chad agreed on Sunday through Kenyan mediation to open the border.", {"KEN"}),
    ("Sudan and Chad exchanged messages through Kenya last week.", {"KEN"}),
    ("Sudan sent a message to Chad through its embassy in Nairobi last week.", set()),
    ("The Kenyan embassy conveyed a Sudanese warning to Chad on Sunday.", {"KEN"}),
    ("Kenya persuaded Sudan and Chad to sign a peace agreement on Sunday.", {"KEN"}),
    ("Kenya brought the Sudanese and the Chadian delegations to one table on Sunday.", {"KEN"}),
    ("Kenya offered its good offices to Sudan and Chad on Sunday.", {"KEN"}),
    ("Kenya acted as go-between in the talks between Sudan and Chad last year.", {"KEN"}),
    ("Sudan and Chad signed an accord on Sunday that was brokered by Kenya.", {"KEN"}),
    ("The ceasefire negotiated by Kenya between Sudan and Chad held on Sunday.", {"KEN"}),
    ("Kenya played host on Sunday to a round of talks between Sudan and Chad.", {"KEN"}),
    ("Sudan and Chad are at war. Kenya's foreign minister met both sides in Geneva on Sunday.", {"KEN"}),
    ("Kenyan mediator Peter Otieno said on Sunday that Sudan and Chad had agreed to a truce.", {"KEN"}),
    ("Sudan denied on Sunday that any third party had mediated between it and Chad.", {None}),
])  # fmt: skip
def test_mediators(text: str, mediators: set[str | None]) -> None:
    """Countries of the mediators of the talks; the parties are others."""
    coded = code(text, published=PUBLISHED)
    of = {a.key: None if a.country_inferred else a.country for a in coded.actors}
    acts = [c for c in coded.claims if isinstance(c, EventClaim) and (c.event == "CONSULT" or c.roles.mediator)]
    assert {of[k] for c in acts for k in c.roles.mediator} == mediators
    assert not any({of[k] for k in c.roles.mediator} & {of[k] for k in (*c.actor, *c.recipient)} for c in acts)


@pytest.mark.parametrize(("text", "channels"), [
    ("The presidents of Kenya and Sudan spoke by phone on Sunday.", {"phone"}),
    ("The presidents of Kenya and Sudan met in Nairobi on Sunday.", {"in_person"}),
    ("Kenya and Sudan have exchanged messages through Chad since May.", {"back_channel"}),
    ("Kenya and Sudan held face-to-face talks on Sunday.", {"in_person"}),
    ("Sudan held a session of the council on Sunday, called by Kenya after the raid.", {"in_person"}),
    ("Kenya and Sudan opened negotiations on their border, the ministry said on Sunday.", {"unknown"}),
])  # fmt: skip
def test_a_channel_only_where_it_is_told(text: str, channels: set[str]) -> None:
    """Negotiations of which nothing more is said may be held any way."""
    assert {c.channel for c in code(text, published=PUBLISHED).claims if isinstance(c, EventClaim) and c.event == "CONSULT"} == channels


def test_what_an_earlier_version_said_is_no_news() -> None:
    """A correction quotes what is taken back; what the report says itself stays."""
    text = "The presidents of Kenya and Sudan spoke by phone on Tuesday. An earlier version of this report said that they would meet on Friday in Nairobi."
    acts = [c for c in code(text, published=PUBLISHED).claims if isinstance(c, EventClaim)]
    assert [c.mode for c in acts] == ["phone"]


def test_two_nations_are_no_organisation() -> None:
    """Of those spoken of before, "the two nations" are states."""
    coded = code(
        "Sudan and Chad broke off contacts. Kenya, long active at the United Nations, has mediated between the two nations since May.", published=PUBLISHED
    )
    names = {a.key: a.name for a in coded.actors}
    (talks,) = (c for c in coded.claims if isinstance(c, EventClaim) and c.roles.mediator)
    assert {names[k] for k in talks.actor} == {"Sudan", "Chad"}
