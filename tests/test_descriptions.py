"""Bare descriptions: whom "the ministry", "the group", "the minister", "his Turkish colleague" mean."""

from __future__ import annotations

import time

import pytest

from backchannel.coder import code
from backchannel.records import Coded


def stands_for(text: str, phrase: str, on: str) -> set[str]:
    """Names of the actors that have a mention of these words."""
    return {a.name for a in code(text, published=on).actors for m in a.mentions if m.text.lower() == phrase}


def actor(text: str, name: str, on: str) -> tuple[str, str | None, tuple[str, ...]]:
    """Kind, country and sector of the actor with this name."""
    coded: Coded = code(text, published=on)
    found = next((a for a in coded.actors if a.name == name), None)
    assert found, [a.name for a in coded.actors]
    return found.kind, found.country, found.sector


@pytest.mark.parametrize(
    ("text", "phrase", "name", "on"),
    [
        ("The Swiss Foreign Ministry summoned the Russian envoy. The ministry said it had protested.", "the ministry", "Swiss Foreign Ministry", "2023-06-14"),
        ("American diplomats met with the Taliban in Doha, where the insurgent group has an office.", "the insurgent group", "Taliban", "2024-11-20"),
        ("ECOWAS threatened to use force against Niger's junta. The bloc gave the generals a week.", "the bloc", "ECOWAS", "2023-08-01"),
        ("The European Union met NATO officials in Brussels. The European Union said the bloc would help Kyiv.", "the bloc", "European Union", "2023-08-01"),
        ("Al-Shabaab attacked a base near Kismayo on Tuesday. The militants seized weapons.", "the militants", "Al-Shabaab", "2024-09-03"),
        ("Huawei sued the Swedish regulator on Tuesday. The company accused Stockholm of bias.", "the company", "Huawei", "2024-03-05"),
        ("The foreign minister of Vanuatu, Matai Seremaiah, signed a treaty. The minister thanked China.", "the minister", "Matai Seremaiah", "2024-05-07"),
        ("Imran Khan's party accused the military. The former prime minister was arrested last week.", "the former prime minister", "Imran Khan", "2023-05-17"),
    ],
)  # fmt: skip
def test_a_bare_description_is_whom_its_noun_fits(text: str, phrase: str, name: str, on: str) -> None:
    """It is no party of its own, when one was named that it can be."""
    assert stands_for(text, phrase, on) == {name}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Hamas freed two hostages on Monday. The other group refused to talk.", "the other group"),
        ("Police arrested five people in Lima on Monday. The ministry said they had planned an attack.", "the ministry"),
    ],
)
def test_a_description_that_fits_nobody_is_a_party_of_its_own(text: str, phrase: str) -> None:
    """Neither who is said to be another nor who was never spoken of is somebody named before."""
    assert stands_for(text, phrase, "2024-05-07") <= {phrase.removeprefix("the ")}


def test_a_noun_for_bodies_is_nobody_with_it_in_his_title() -> None:
    """ "The bloc" is not the bloc's top diplomat."""
    text = "European Union foreign ministers failed to agree. The bloc's top diplomat, Kaja Kallas, was disappointed. Kyiv urged the bloc to act quickly."
    assert stands_for(text, "the bloc", "2025-10-31") == {"European Union"}


def test_the_president_is_the_most_spoken_of_who_does_it_to_another() -> None:
    """ "Putin criticised the president" is not of Putin."""
    text = "President Donald Trump recognized the annexation. Trump praised Israel. Russian President Vladimir Putin criticised the president on Friday."
    assert stands_for(text, "the president", "2019-03-23") == {"Donald Trump"}


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        (
            "Ukrainian Foreign Minister Dmytro Kuleba met Turkish Foreign Minister Mevlut Cavusoglu on Friday. His Turkish colleague called the talks civil.",
            "his turkish colleague",
            "Mevlüt Çavuşoğlu",
        ),
        ("Ukrainian Foreign Minister Dmytro Kuleba telephoned his Russian counterpart on Friday.", "his russian counterpart", "Sergei Lavrov"),
    ],
)
def test_a_counterpart_holds_the_same_office(text: str, phrase: str, name: str) -> None:
    """Of the country named, in the report or by the register."""
    assert stands_for(text, phrase, "2022-03-10") == {name}


def test_whose_president_he_is_stands_before_him() -> None:
    """A title takes the country of the state that owns it, else a report of one president has only him."""
    text = "President Trump telephoned Brazil's president on Monday. Israel's prime minister praised the call."
    assert stands_for(text, "president", "2019-12-02") == {"Jair Bolsonaro"}
    assert stands_for(text, "prime minister", "2019-12-02") == {"Benjamin Netanyahu"}


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Trump said that China would relent. Trump has courted President Xi Jinping for months. Aides to Trump said the president would sign on Friday.",
        "Mr. Trump welcomed the prisoners home. North Korean leader Kim Jong Un freed them on Tuesday. The president called it a great day.",
    ],
)
def test_the_president_may_be_one_whom_the_report_does_not_call_so(text: str) -> None:
    """Who holds the office by the register may be meant beside who is given the title; who bears one of its kind by another name is not."""
    assert stands_for(text, "the president", "2018-06-10") == {"Donald Trump"}


def test_the_two_sides_are_the_countries_of_the_officials_who_speak() -> None:
    """Not that of the town they meet in."""
    text = "Ukrainian Defence Minister Rustem Umerov and Kremlin aide Vladimir Medinsky met in Istanbul on Monday. The two sides agreed to exchange prisoners."
    assert stands_for(text, "the two sides", "2025-06-02") == {"Russia", "Ukraine"}


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        (
            "Iranian officials met in Tehran. The Taliban's acting foreign minister, Amir Khan Muttaqi, did not attend.",
            "Amir Khan Muttaqi",
            ("person", "AFG", ("GOV",)),
        ),
        ("New Zealand Foreign Minister Winston Peters visited Funafuti on Tuesday.", "Winston Peters", ("person", "NZL", ("GOV",))),
        ("China's ambassador in Stockholm warned Sweden of consequences.", "China's ambassador in Stockholm", ("person", "CHN", ("GOV",))),
        ("U.S. and Taliban representatives held two meetings this week.", "Taliban representatives", ("people", "AFG", ("GOV",))),
        ("SADC said M23 must withdraw from Goma.", "M23", ("armed_group", "COD", ("REB",))),
        ("Imran Khan's party accused Pakistan's army. The Supreme Court ordered his release.", "Supreme Court", ("office", "PAK", ("JUD",))),
        ("President Trump attacked the Supreme Court on Friday and accused Iran.", "Supreme Court", ("office", "USA", ("JUD",))),
    ],
)
def test_whose_and_what_a_party_is(text: str, name: str, told: tuple[str, str | None, tuple[str, ...]]) -> None:
    """By its owner, its title, its name; a court of no country in the report is not the best-known one."""
    assert actor(text, name, "2024-10-15" if "Muttaqi" in text or "Peters" in text else "2023-05-17") == told


def test_a_name_the_register_lacks_that_is_a_place_is_one() -> None:
    """A place of no sector, not the military or group that the words around it make likely."""
    assert actor("Al-Shabaab attacked a base near Kismayo on Tuesday, killing 12 soldiers.", "Kismayo", "2024-09-03")[::2] == ("place", ())


def test_many_descriptions_cost_in_proportion() -> None:
    """Four times the text, about four times the time: no mention is compared with all before it."""
    lines = [
        f"The minister of Bal{i % 7}a met the group in Dor{i % 11}o {i}. The ministry accused the company of Kes{i % 5}i. The movement struck the agency."
        for i in range(240)
    ]
    took = []
    for text in ("\n\n".join(lines[:60]), "\n\n".join(lines)):
        begun = time.process_time()
        code(text)
        took.append(time.process_time() - begun)
    assert took[1] < 7 * took[0]
