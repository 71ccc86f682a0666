"""Titles, towns and armies that go by a name which others bear, too: each is of the state that its report speaks of, and one body is one actor."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.register import Register


def actors(text: str, on: str = "2024-05-10") -> dict[str, tuple[str, str | None]]:
    """The words of each mention -> name and country of the actor they stand for; every mention slices back."""
    found = {}
    for actor in code(text, published=on).actors:
        for m in actor.mentions:
            assert text[m.start : m.end] == m.text
            found[m.text] = actor.name, actor.country
    return found


@pytest.mark.parametrize(
    ("text", "mention", "country"),
    [
        ("MANILA, May 9 (Reuters) - The Foreign Secretary summoned the Chinese ambassador on Thursday.", "The Foreign Secretary", "PHL"),
        ("MANILA, May 9 (Reuters) - The Defence Secretary said the Philippines would not give in.", "The Defence Secretary", "PHL"),
        ("India sent aid to Nepal. The Home Secretary ordered more police to Manipur on Monday.", "The Home Secretary", "IND"),
        ("ISLAMABAD: Pakistan condemned the attack. The foreign secretary called in the Afghan envoy.", "The foreign secretary", "PAK"),
        ("COLOMBO - Defence Secretary Nimal Kuruppu met the Indian envoy on Friday.", "Defence Secretary Nimal Kuruppu", "LKA"),
        ("LONDON - The Foreign Secretary called for a ceasefire in Gaza on Friday.", "The Foreign Secretary", "GBR"),
        ("The Foreign Secretary called for a ceasefire on Friday.", "The Foreign Secretary", "GBR"),
        ("LONDON - Defense Secretary Lloyd Austin met British officials on Friday.", "Defense Secretary Lloyd Austin", "USA"),
        ("MANILA - U.S. Defense Secretary Lloyd Austin arrived on Monday. The defense secretary met troops.", "The defense secretary", "USA"),
        ("PORT MORESBY - The Foreign Secretary condemned the attack on Friday.", "The Foreign Secretary", "PNG"),
    ],
)
def test_a_title_of_several_states_is_of_the_one_spoken_of(text: str, mention: str, country: str | None) -> None:
    """Of whom the register has in it, of the dateline's state, of that most named; far from all of them no longer of the usual one."""
    assert actors(text).get(mention, ("", None))[1] == country


def test_a_foreign_secretary_is_no_minister_everywhere() -> None:
    """In India he is the ministry's first official: not whoever is foreign minister there."""
    text = "NEW DELHI - External Affairs Minister S. Jaishankar left for Moscow. The Foreign Secretary met the Russian envoy."
    assert actors(text)["The Foreign Secretary"][0] != actors(text)["External Affairs Minister S. Jaishankar"][0]


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Gulf of Mexico", None),
        ("Sea of Japan", None),
        ("South China Sea", None),
        ("Jordan River", None),
        ("Port Sudan", "SDN"),
        ("New Mexico", "USA"),
        ("Baja California", "MEX"),
        ("West Azerbaijan", "IRN"),
        ("Niger Delta", "NGA"),
        ("East London", "ZAF"),
        ("North Ossetia", "RUS"),
        ("Papua New Guinea", "PNG"),
        ("Northern Ireland", "GBR"),
    ],
)
def test_a_place_is_whole_and_of_its_own_country(name: str, country: str | None) -> None:
    """Whatever other place its name holds."""
    found = {m: c for m, (_, c) in actors(f"Two soldiers were killed near the {name} on Monday, officials said.").items() if m in f"the {name}"}
    assert found == {name: country}


@pytest.mark.parametrize(
    ("text", "mention", "country"),
    [
        ("Guerrillas attacked a police station near Cartagena, the Colombian army said.", "Cartagena", "COL"),
        ("Belarus said its guards had fired near Brest on Friday.", "Brest", "BLR"),
        ("Lebanon sent troops to Tripoli on Monday. Lebanese soldiers fired at gunmen there.", "Tripoli", "LBN"),
        ("Libya's rivals signed a truce. Gunmen shot two men in Tripoli on Monday.", "Tripoli", "LBY"),
        ("Courts in Texas upheld the law on Monday. Georgia rejected it.", "Georgia", "USA"),
        ("Russia accused Georgia of opening fire. A senator from Texas met President Salome Zourabichvili in Tbilisi.", "Georgia", "GEO"),
        ("Protesters marched in Paris, Texas, on Sunday.", "Paris", "USA"),
        ("Diplomats from Lebanon, Gaza and Jordan met on Monday. Lebanon condemned the strike.", "Lebanon", "LBN"),
    ],
)
def test_a_town_of_several_states_is_of_the_one_spoken_of(text: str, mention: str, country: str) -> None:
    """By the region behind it, else by what else the report names; reports everywhere name Washington, which tells nothing."""
    assert actors(text)[mention][1] == country


def test_a_town_of_several_states_stays_open_where_none_is_named() -> None:
    """The register gives none, and takes a shared name for the usual one."""
    register = Register.load(())
    assert register.country_of("Cartagena") is None and getattr(register.country_of("Tripoli"), "iso3", None) == "LBY"


@pytest.mark.parametrize(
    "text",
    [
        "{Sudan's army} shelled a town. {The Sudanese Armed Forces} denied it. {The Sudanese military} accused the RSF. {The army} withdrew.",
        "{Russian forces} shelled Kherson. {Russia's military} denied hitting civilians. {The Russian army} withdrew.",
        "{Israel's military} struck Beirut. {The IDF} accused Hezbollah. {Israeli forces} entered Rafah. {The Israel Defense Forces} withdrew.",
        "{Chinese forces} sailed round Taiwan. {The PLA} sent 40 jets. {China's military} accused the United States.",
    ],
)
def test_the_army_of_a_state_is_one(text: str) -> None:
    """Whatever it is called; its id is the same in every report."""
    bare = text.replace("{", "").replace("}", "")
    marked = [part.split("}")[0].split("'s ")[-1] for part in text.split("{")[1:]]
    entities = {m.text: a.entity for a in code(bare, published="2024-05-10").actors for m in a.mentions}
    assert len({entities[words] for words in marked}) == 1 and entities[marked[0]]


def test_navy_air_force_and_armed_groups_are_not_the_army() -> None:
    """Branches that are named stay apart, and so do those who fight it."""
    register = Register.load(())
    names = ("Ukraine's army", "Ukraine's navy", "Ukraine's air force", "the U.S. Army", "the U.S. military", "the Sudan Liberation Army", "Sudan's army")
    found = [register.organisation(name) for name in names]
    assert all(found) and len({body.id for body in found if body}) == len(names)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Russian guided bombs struck a school in Kharkiv on Monday.", "Russia"),
        ("An Israeli drone hit a car in Sidon on Monday.", "Israel"),
        ("A Houthi missile struck a tanker in the Red Sea on Monday.", "Houthis"),
        ("North Korean missiles hit a ship off Japan on Monday.", "North Korea"),
    ],
)
def test_a_munition_acts_for_its_owner(text: str, actor: str) -> None:
    """Who fired it is the party; the thing is the instrument."""
    coded = code(text, published="2024-05-10")
    names = {a.key: a.name for a in coded.actors}
    act = next(c for c in coded.claims if getattr(c, "event", "") == "ASSAULT")
    assert [names[key] for key in act.actor] == [actor]
    assert not any(a.name.split()[-1].lower() in ("bombs", "drone", "missile", "missiles") for a in coded.actors)


def test_we_of_who_speaks_for_an_alliance_or_group_is_it() -> None:
    """Not the country that he is of."""
    assert actors('NATO Secretary General Mark Rutte told reporters: "We will send more air defences."', "2025-05-10")["We"][0] == "NATO"
    assert actors('Hamas leader Khalil al-Hayya said: "We will not lay down our arms."')["We"][0] == "Hamas"
    assert actors('Prime Minister Benjamin Netanyahu said: "We will strike Hezbollah."')["We"][0] == "Israel"
