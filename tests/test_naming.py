"""Parties that are only described are named by whose they are; what several own in the same words is several parties."""

from __future__ import annotations

import pytest

from backchannel import code
from backchannel.records import OfficeClaim


def parties(text: str) -> dict[str, tuple[str, ...]]:
    """Names of a text's parties -> the words that stand for them."""
    return {a.name: tuple(m.text for m in a.mentions) for a in code(text, published="2024-05-15").actors}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Australian Foreign Minister Penny Wong said her government welcomed the talks.", "Penny Wong's government"),
        ("Zelensky praised his own soldiers after the battle.", "Volodymyr Zelensky's soldiers"),
        ("Mexico protested on Saturday after police had stormed its embassy in Quito.", "Mexico's embassy in Quito"),
        ("Recep Tayyip Erdogan flew home on Monday. His AK Party criticised Israel.", "AKP"),
        ("Police in Quito said Ecuador had closed the road. The country's electoral tribunal rejected the appeal.", "Ecuadorean electoral tribunal"),
    ],
)
def test_whose_it_is(text: str, name: str) -> None:
    """A pronoun or "the country's" gives way to whom it stands for."""
    assert name in parties(text)


def test_ministries_of_two_states_are_two() -> None:
    """ "China's foreign ministry" and "South Korea's" are two parties, "the foreign ministry" is the one named last."""
    found = parties("China's foreign ministry welcomed the truce. South Korea's foreign ministry summoned the envoy. The foreign ministry criticised Iran.")
    assert found["China's foreign ministry"] == ("foreign ministry",)
    assert found["South Korea's foreign ministry"] == ("foreign ministry", "The foreign ministry")


def test_armies_of_two_are_two() -> None:
    """What two own in the same words is two parties."""
    found = parties("Israel said Hamas's military wing had fired rockets. Hezbollah's military wing denied that it had attacked Israel.")
    assert {"Hamas' military wing", "Hezbollah's military wing"} <= set(found)


def test_advisers_of_two_presidents_are_two() -> None:
    """So is what their pronouns own."""
    found = parties("Macron met his advisers in Paris on Monday. Erdogan met his advisers in Ankara on Tuesday.")
    assert {"Emmanuel Macron's advisers", "Recep Tayyip Erdoğan's advisers"} <= set(found)


def test_a_verb_is_no_title() -> None:
    """ "Summoned the Russian ambassador, Georgy Zinoviev," gives him the office of ambassador, no more."""
    coded = code("South Korea's foreign ministry summoned the Russian ambassador, Georgy Zinoviev, on Friday.", published="2024-06-21")
    assert [c.office for c in coded.claims if c.__class__.__name__ == "OfficeClaim"] == ["ambassador"]


def test_whose_ministry_it_is() -> None:
    """A president's foreign ministry is his state's; a union of states has none."""
    found = parties("Chinese President Xi Jinping met Joe Biden on Monday. His foreign ministry said that Taiwan was a red line.")
    assert "China's foreign ministry" in found
    text = "The European Union adopted sanctions. Belarusian President Alexander Lukashenko will visit China, its foreign ministry said."
    assert not any(name.startswith("European Union'") for name in parties(text))


def test_north_and_south_korea_are_two_states() -> None:
    """The first shares its noun with the second."""
    assert {"North Korea", "South Korea"} <= set(parties("North and South Korea held talks on Monday."))


def test_this_president_is_the_president() -> None:
    """A title with "this" means who bears it in the report."""
    assert parties("President Trump met Macron on Monday. This president accused Iran.")["Donald Trump"] == ("President Trump", "This president")


def test_an_office_of_a_body_by_its_pronoun() -> None:
    """ "Its secretary general" holds the office of the body that was spoken of."""
    coded = code("The United Nations adopted a plan. Its secretary general, Antonio Guterres, condemned Iran.", published="2018-06-01")
    assert [c.of for c in coded.claims if c.__class__.__name__ == "OfficeClaim"] == ["United Nations"]


def test_an_ambassador_is_one_of_many() -> None:
    """Who represents a state somewhere is not whom the register has at the United Nations."""
    assert "Iran's ambassador" in parties("The European Union summoned Iran's ambassador on Tuesday over the drones.")


def test_a_dateline_does_not_make_brussels_belgium() -> None:
    """The town in capitals names no country."""
    text = "BRUSSELS, March 5 (Reuters) - The European Union summoned an envoy on Tuesday. Brussels is preparing new sanctions on Iran."
    found = parties(text)
    assert any("Brussels" in mentions for name, mentions in found.items() if name == "European Union")


@pytest.mark.parametrize(("before", "body"), [("Kenya protested.", None), ("The European Union protested.", "European Union")])
def test_an_office_of_the_bloc_is_of_the_one_spoken_of(before: str, body: str | None) -> None:
    """Not of the European Union in a report that does not name it."""
    coded = code(f"{before} The bloc's secretary general, Veronica Nduva, urged Uganda to sign.", published="2025-11-03")
    assert [c.of for c in coded.claims if c.__class__.__name__ == "OfficeClaim"] == [body]


@pytest.mark.parametrize(("text", "person", "office", "of", "tense"), [
    ("Supporters of Zambian President Joyce Mulenga marched in Lusaka on Monday. Mulenga thanked the police.", "Mulenga", "President", "ZMB", "current"),
    ("A spokesman for Greek Foreign Minister Eleni Markou denied the report. Markou met Turkish envoys.", "Markou", "Foreign Minister", "GRC", "current"),
    ("Nina Albers is a former Dutch ambassador to Serbia. She criticized Russia.", "Albers", "ambassador to Serbia", "NLD", "former"),
    ("Morocco's sports minister, Karim Belhaj, accused Algeria of mixing sport with politics.", "Belhaj", "sports minister", "MAR", "current"),
])  # fmt: skip
def test_offices_told_within_and_beside(text: str, person: str, office: str, of: str, tense: str) -> None:
    """Within another's description, behind "is" with where to, and with its portfolio."""
    coded = code(text, published="2024-03-07")
    called = {a.key: a.name for a in coded.actors}
    told = [(called[c.person].split()[-1], c.office, c.of, c.tense) for c in coded.claims if isinstance(c, OfficeClaim)]
    assert told == [(person, office, of, tense)]
