"""Bodies described in many words, and parties that another word of the sentence is about: who they are, in one actor."""

from __future__ import annotations

import pytest

from backchannel.coder import code


def stands_for(text: str, on: str = "2018-05-01") -> dict[str, str]:
    """The words of each mention, with the name of the actor they stand for."""
    return {m.text: a.name for a in code(text, published=on).actors for m in a.mentions}


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("The self-styled Islamic State seized Mosul on Monday.", "The self-styled Islamic State", "Islamic State"),
        ("The Islamic State militant group beheaded a hostage.", "The Islamic State militant group", "Islamic State"),
        ("Iran-backed Houthi rebels in Yemen attacked a Saudi tanker.", "Iran-backed Houthi rebels in Yemen", "Houthis"),
        ("Angela Merkel urged her own Christian Democratic Union to support Ukraine.", "her own Christian Democratic Union", "CDU"),
        ("The Heritage Foundation, a conservative think tank, condemned the accord with Iran.", "The Heritage Foundation", "Heritage Foundation"),
        ("Centrist Republicans rejected the accord.", "Centrist Republicans", "Centrist Republicans"),
        ("The al Qaeda spinoff group attacked Aleppo.", "The al Qaeda spinoff group", "al Qaeda spinoff group"),
        ('Kobakhidze accused foreign "agents" of plotting against his government.', 'foreign "agents"', 'foreign "agents"'),
        ("Tension on the Korean Peninsula grew. Seoul condemned Pyongyang.", "Korean Peninsula", "Korean Peninsula"),
    ],
)
def test_a_body_is_itself_with_what_describes_it(text: str, mention: str, name: str) -> None:
    """Words around its name that tell of what sort it is make no other party; those that tell of others do."""
    assert stands_for(text).get(mention) == name


def test_an_armed_group_of_no_one_country_gets_none() -> None:
    """However often the report speaks of one."""
    coded = code("Afghanistan fought the Islamic State. Afghan troops said the Islamic State had attacked Kabul, the Afghan capital.", published="2018-05-01")
    assert next(a.country for a in coded.actors if a.name == "Islamic State") is None


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Ellie Holm, a senior fellow at the Brookings Institution, accused Iran.", "a senior fellow at the Brookings Institution", "Ellie Holm"),
        ("Jane Holm condemned Russia. Kim Jong Un met his wife, Ri Sol Ju, in Wonsan.", "his wife", "Ri Sol Ju"),
        ("Iran armed the terror group Hezbollah in the south of Lebanon.", "the terror group", "Hezbollah"),
        (
            "Yitzhak Rabin, the assassinated Israeli prime minister, had signed the accord with Jordan.",
            "the assassinated Israeli prime minister",
            "Yitzhak Rabin",
        ),
    ],
)
def test_what_describes_a_name_stands_for_it(text: str, mention: str, name: str) -> None:
    """A description in apposition is no party of its own, and nobody else who bears such a title."""
    assert stands_for(text).get(mention, name) == name
    assert mention not in {a.name for a in code(text, published="2018-05-01").actors}


def test_a_mention_ends_before_a_clause_that_goes_on() -> None:
    """Its name has no "who" or verb at its end."""
    coded = code("Turkey condemned the hackers who had attacked its ministry. Iran released the sailors it had arrested.", published="2018-05-01")
    assert {"hackers", "sailors"} <= {a.name for a in coded.actors}


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Saudi Arabia and the United Arab Emirates bombed Yemen. The kingdom rejected the accusation.", "The kingdom", "Saudi Arabia"),
        ("Nigeria asked the United Nations for help against Boko Haram. The United Nations condemned the terror group.", "the terror group", "Boko Haram"),
        (
            "The Chinese Ministry of Commerce condemned the tariffs. The Ministry said that China would retaliate.",
            "The Ministry",
            "Chinese Ministry of Commerce",
        ),
    ],
)
def test_a_kingdom_a_group_and_a_ministry_with_a_capital(text: str, mention: str, name: str) -> None:
    """Only what may be called so is meant: no federation by "the kingdom", no international body by "the terror group"."""
    assert stands_for(text)[mention] == name


@pytest.mark.parametrize(
    ("text", "mention", "names"),
    [
        ("Germany, France and Spain condemned Iran. The three countries threatened sanctions.", "The three countries", {"Germany", "France", "Spain"}),
        ("Sergey Lavrov, Wang Yi and Hakan Fidan met in Goa. The three ministers called for a truce.", "The three ministers",
         {"Sergei Lavrov", "Wang Yi", "Hakan Fidan"}),
        ("Presidents Erdogan and Putin spoke by phone. The pair agreed to meet.", "The pair", {"Recep Tayyip Erdoğan", "Vladimir Putin"}),
        ("India and Pakistan exchanged fire on Monday. Neither side wants a war.", "Neither side", {"India", "Pakistan"}),
        ("Democrats and Republicans condemned Iran. Washington said that both parties had rejected the accord.", "both parties",
         {"Democratic Party", "Republican Party"}),
        ("Germany and France condemned Iran. The three countries met on Monday.", "The three countries", {"three countries"}),
    ],
)  # fmt: skip
def test_a_group_is_those_just_joined(text: str, mention: str, names: set[str]) -> None:
    """When there are as many as it says; each of two is both."""
    coded = code(text, published="2024-05-01")
    assert {a.name for a in coded.actors for m in a.mentions if m.text == mention} == names


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Brussels proposed sanctions against Russia. The European Commission said that they would hit oil.", "Brussels", "European Union"),
        ("Brussels accused Rwanda of aiding rebels. Belgium recalled its envoy, and the European Union kept silent.", "Brussels", "Belgium"),
        ("The European Union condemned Russia after a summit in Brussels.", "Brussels", "Belgium"),
        ("The Hague expelled two Russian diplomats. The Netherlands accused Moscow of spying.", "The Hague", "Netherlands"),
        ("Turtle Bay condemned the coup in Mali.", "Turtle Bay", "United Nations"),
    ],
)
def test_a_seat_is_whoever_acts_there(text: str, mention: str, name: str) -> None:
    """The body that the report speaks of, unless it speaks of the country; where one only meets it is the place."""
    assert stands_for(text, "2024-05-01")[mention] == name


def test_who_is_posted_somewhere_is_not_from_there() -> None:
    """An ambassador in a country is another's; a letter is nobody."""
    coded = code("Iraq's parliament met. A letter said that our ambassador in Iraq had rejected the demand of the United States.", published="2014-09-15")
    told = {a.name: (a.kind, a.country) for a in coded.actors}
    assert not [name for name, (kind, country) in told.items() if "ambassador" in name and country == "IRQ"]
    assert told["letter"][0] == "other"


def test_a_list_of_a_union_and_states_is_each_of_them() -> None:
    """A nation of its name is that state; a militant group is armed."""
    coded = code("Trump slapped tariffs on the European Union, Canada and Mexico. The oil-rich nation of Qatar and a militant Islamist group met.",
                 published="2018-05-31")  # fmt: skip
    told = {a.name: (a.kind, a.country) for a in coded.actors}
    assert {"European Union", "Canada", "Mexico", "Qatar"} <= set(told)
    assert next(kind for name, (kind, _) in told.items() if "militant" in name) == "armed_group"
