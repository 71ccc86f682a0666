"""Who mediates is no party of the talks, and who is a party does not mediate: by the words of the sentence."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.coder.acts.modes import of_contact
from backchannel.coder.parties.cast import Cast
from backchannel.records import Actor, EventClaim

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
    ("Sudan and Chad are at war. Kenya's president wants to host the parties.", {"KEN"}),
    ("Sudan and Chad are at war. Kenya is to bring the parties together on Sunday.", {"KEN"}),
    ("Sudan and Chad are at war. Kenya hosted both foreign ministers in May.", {"KEN"}),
    ("Sudan and Chad are at war. Kenya received the two delegations on Sunday.", {"KEN"}),
    ("Sudan and Chad are at war. Kenya has invited both sides to talks.", {"KEN"}),
    ("The Sudanese and the Chadian minister held talks that Kenya had hosted since May.", {"KEN"}),
    ("A meeting between Sudan and Chad was arranged by Kenya on Sunday.", {"KEN"}),
    ("A truce between Sudan and Chad, arranged by Kenya in June, broke down on Sunday.", {"KEN"}),
    ("Sudan scrapped on Sunday a second round of negotiations with Chad, brokered by Kenya and due to open in Tunis.", {"KEN"}),
    ("TUNIS (AP) - Kenya shuttled between Sudan and Chad on Sunday in search of a truce.", {"KEN"}),
    ("Kenya and Gabon kept trying to get Sudan and Chad to the table.", {"KEN", "GAB"}),
    ("Kenyan mediator Peter Otieno said on Sunday that Sudan and Chad had agreed to a truce.", {"KEN"}),
    ("Kenya's president went back and forth between Sudan and Chad on Sunday.", {"KEN"}),
    ("Kenya, the country that hosted the talks between Sudan and Chad in May, welcomed the truce on Sunday.", {"KEN"}),
    ("Sudan and Chad are at war. Kenya stands ready to provide a venue for negotiations.", {"KEN"}),
    ("Sudan freed eleven Chadian soldiers on Sunday in an exchange arranged by Kenya.", {"KEN"}),
    ("Sudan freed eleven Chadian soldiers on Sunday in an exchange worked out by Kenyan go-betweens.", {"KEN"}),
    ("Sudan and Chad held talks in Tunis on Sunday under the sponsorship of Kenya.", {"KEN"}),
    ("Kazakhstan welcomes the humanitarian ceasefire reached in Nairobi on 10 May between the Republic of Azerbaijan and the Republic of Armenia through the "
     "mediation of the Russian Federation.", {"RUS"}),
    ("Sudan and Chad talked in Tunis on Sunday with Kenya as host.", {"KEN"}),
    ("Sudan and Chad agreed on Sunday to a truce, with Kenya presiding over the session.", {"KEN"}),
    ("Sudan would accept Kenya as a mediator with Chad, an official said on Sunday.", {"KEN"}),
    ("The truce that Kenya coaxed from Sudan and Chad in June still holds.", {"KEN"}),
    ("Kenya's envoy to Sudan, Peter Otieno, was refused a visa for a third time last week, wrecking what was left of his effort to bring Commodore Omar "
     "Deng and the ousted prime minister, Abdallah Hamdok, into one room.", {"KEN"}),
    ("Sudan and Chad did not agree even on a letter to Peter Otieno, who as president of Kenya has been mediating since June.", {"KEN"}),
    ("Kenya's president was in Tunis on Sunday, in a round of shuttle diplomacy between Sudan and Chad.", {"KEN"}),
    ("Kenya stands ready to host a meeting between the presidents of Sudan and Chad, Peter Otieno said.", {"KEN"}),
    ("Kenya's foreign minister returned from Khartoum on Sunday with a message from the president of Sudan for Chad.", {"KEN"}),
    ("Kenya has steered the dialogue between Sudan and Chad since May.", {"KEN"}),
    ("The Organization of American States and Kenya offered to mediate between Sudan and Chad.", {None, "KEN"}),
    ("Sudan's president flew to Tunis on Sunday and spent four hours with King Idris, the host, and with Peter Otieno, the Kenyan mediator.", set()),
    ("Sudan denied on Sunday that any third party had mediated between it and Chad.", {None}),
])  # fmt: skip
def test_mediators(text: str, mediators: set[str | None]) -> None:
    """Countries of the mediators of the talks; the parties are others."""
    coded = code(text, published=PUBLISHED)
    of = {a.key: None if a.country_inferred else a.country for a in coded.actors}
    acts = [c for c in coded.claims if isinstance(c, EventClaim) and (c.event == "CONSULT" or c.roles.mediator)]
    assert {of[k] for c in acts for k in c.roles.mediator} == mediators
    assert not any({of[k] for k in c.roles.mediator} & {of[k] for k in (*c.actor, *c.recipient)} for c in acts)


def test_an_offer_to_mediate_is_of_who_makes_it() -> None:
    """The offer is the mediator's own act, what he offers is the parties'."""
    coded = code("Sudan rejected on Sunday a Kenyan offer to broker a truce with Chad.", published=PUBLISHED)
    names = {a.key: a.name for a in coded.actors}
    (offer,) = (c for c in coded.claims if isinstance(c, EventClaim) and c.anchor.text == "offer")
    assert ({names[k] for k in offer.actor}, offer.roles.mediator) == ({"Kenya"}, ())


def test_a_deal_and_its_brokering_are_one_act() -> None:
    """That it was brokered tells who did it."""
    coded = code("Chad broke the agreement that Kenya brokered with the Sudanese government in May.", published=PUBLISHED)
    names = {a.key: a.name for a in coded.actors}
    acts = {c.anchor.text: {names[k] for k in c.roles.mediator} for c in coded.claims if isinstance(c, EventClaim)}
    assert (acts["agreement"], "brokered" in acts) == ({"Kenya"}, False)


def test_asking_for_mediation_asks_for_help() -> None:
    """Not for a meeting."""
    coded = code("Sudan asked Kenya last week to mediate in its border war with Chad.", published=PUBLISHED)
    assert [c.mode for c in coded.claims if isinstance(c, EventClaim) and c.event == "REQUEST"] == ["assist"]


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


@pytest.mark.parametrize(("text", "modes"), [
    ("Kenya offered its good offices to Sudan and Chad on Sunday.", {"third-party"}),
    ("Sudan and Chad are at war. Kenya received the two delegations in October.", {"third-party"}),
    ("Mr Otieno of Kenya huddled for hours with Mr Deby of Chad and Mr Burhan of Sudan.", {"multilateral"}),
    ("The foreign minister of Kenya held talks with his Sudanese counterpart.", {None}),
])  # fmt: skip
def test_modes_of_contacts_by_their_sides(text: str, modes: set[str | None]) -> None:
    """With a mediator third-party, of three countries multilateral."""
    assert {c.mode for c in code(text, published=PUBLISHED).claims if isinstance(c, EventClaim) and c.event == "CONSULT"} == modes


def test_modes_of_contacts_in_one_body() -> None:
    """What one international body does alone is multilateral, unless the reader knows better; a state alone tells nothing."""
    cast = Cast((Actor(key="a1", name="African Union", kind="igo"), Actor(key="a2", name="Kenya", kind="state", country="KEN")), (), {}, ())
    assert [of_contact(m, cast, [k], (), how="phone" if m else "unknown") for m in (None, "phone") for k in ("a1", "a2")] == [
        "multilateral",
        None,
        "phone",
        "phone",
    ]
    assert of_contact("phone", cast, ["a2"], ()) is None  # no word tells it


def test_nobody_mediates_between_his_own_country_and_nobody() -> None:
    """A party of the mediator's own country that stands alone is the one who offers him, not a side."""
    text = "It is not clear whether the White House asked Netanyahu to mediate or whether Israel offered its services."
    (work,) = (c for c in code(text, published=PUBLISHED).claims if isinstance(c, EventClaim) and c.roles.mediator)
    assert not work.actor


@pytest.mark.parametrize(
    ("text", "mediator"),
    [
        ("Kenyan President William Ruto offered to help end the war. Sudan's foreign minister accepted his offer to mediate on Tuesday.", "William Ruto"),
        ("Ethiopia rejected an offer to mediate from Uganda.", "Uganda"),
        ("Iran turned down the Swiss offer of mediation.", "Switzerland"),
        ("Serbia declined Qatar's offer of mediation.", "Qatar"),
    ],
)
def test_who_offers_to_mediate_is_the_mediator_and_not_who_answers(text: str, mediator: str) -> None:
    """Whose offer it is, the words around it tell."""
    coded = code(text, published="2026-11-20")
    names = {a.key: a.name for a in coded.actors}
    found = [c for c in coded.claims if isinstance(c, EventClaim) and c.event == "CONSULT"]
    assert {names[k] for c in found for k in c.roles.mediator} == {mediator}


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Sudanese and Chadian officials met in Tunis on Sunday. Kenya mediated the talks.", {"SDN", "TCD"}),
        ("Sudan and Chad signed an accord on Sunday. Kenya and Gabon brokered the talks.", {"SDN", "TCD"}),
        ("Sudan and Chad agreed on a truce on Saturday. Officials said that Kenya had mediated.", {"SDN", "TCD"}),
        ("Sudan offered to mediate between Ethiopia and the Tigray government.", {"ETH"}),
        ("Sudan and Chad held talks in Tunis on Sunday. Chad said it had mediated before.", set()),
        ("Sudan and Chad held talks on Sunday. Markets were calm. Rain fell in Tunis. Kenya offered to mediate.", set()),
    ],
)
def test_a_mediation_is_between_the_two_told_before(text: str, sides: set[str]) -> None:
    """Between whom somebody mediates who names nobody: the two of the act told in the sentences before, never his own side."""
    coded = code(text, published=PUBLISHED)
    countries = {a.key: a.country for a in coded.actors}
    mediated = [c for c in coded.claims if isinstance(c, EventClaim) and c.roles.mediator]
    assert mediated
    assert {countries[k] for c in mediated for k in (*c.actor, *c.recipient)} - {None} == sides


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("Sudanese and Chadian officials met in Nairobi on Sunday. Kenya hosted the meeting.", {"KEN"}),
        ("Sudan and Chad held talks in Nairobi on Sunday. The talks were arranged by Kenya, officials said.", {"KEN"}),
        ("Sudanese and Chadian officials held talks on Sunday. Kenya's foreign minister chaired the session.", {"KEN"}),
        ("Sudanese and Chadian officials met in Khartoum on Sunday. Sudan hosted the meeting.", set()),
        ("Sudan and Chad held talks on Sunday. Kenya hosted a summit on dams.", set()),
    ],
)
def test_who_hosts_a_meeting_told_before_is_a_third_party(text: str, hosts: set[str]) -> None:
    """In whose house or under whose chair two met whom another sentence names; whoever is one of them is at home."""
    coded = code(text, published=PUBLISHED)
    countries = {a.key: a.country for a in coded.actors}
    met = [c for c in coded.claims if isinstance(c, EventClaim) and c.event == "CONSULT" and len({*c.actor, *c.recipient}) > 1]
    assert {countries[k] for c in met for k in c.roles.mediator} == hosts
    assert {c.mode for c in met if c.roles.mediator} <= {"third-party"}
