"""Of several who bear a name, who is meant: by title, office, initials; and nobody from where the report has no business."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.register import Register


def entities(text: str, on: str = "2018-05-01") -> dict[str, str | None]:
    """The words of each mention by name, with the register entry they stand for."""
    return {m.text: a.entity and a.name for a in code(text, published=on).actors for m in a.mentions}


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Ivanka Trump visited Jerusalem. President Trump condemned Iran.", "President Trump", "Donald Trump"),
        ("Asma al-Assad, the wife of Syrian President Bashar al-Assad, was sanctioned by Britain. Assad condemned Britain.", "Assad", "Bashar al-Assad"),
        ("George H. W. Bush invaded Panama. George W. Bush invaded Iraq.", "George W. Bush", "George W. Bush"),
        ("Ukraine's pro-Moscow President Viktor Yanukovich fled to Russia.", "pro-Moscow President Viktor Yanukovich", "Viktor Yanukovych"),
        ("Nunes accused the FBI. The United States and Russia held talks.", "Nunes", None),
        ("Obama condemned Russia.", "Obama", "Barack Obama"),
    ],
)
def test_who_of_several_of_one_name(text: str, mention: str, name: str | None) -> None:
    """A title, an office held or initials tell; a stranger is nobody the register knows."""
    assert entities(text)[mention] == name


def test_a_short_form_is_no_other_person() -> None:
    """ "Ken" is Kenneth where they share the surname."""
    coded = code("Kenneth Holm was arrested in North Korea. Ken Holm asked Washington for help.", published="2018-05-01")
    assert [a.name for a in coded.actors if a.kind == "person"] == ["Kenneth Holm"]


def test_who_is_called_by_an_office_he_held() -> None:
    """Not long after it, when nobody of the name holds it now."""
    register = Register.load()
    held = register.titled("Panetta", "Secretary", "2015-02-01")
    assert held and held.name == "Leon Panetta"
    assert register.titled("Panetta", "Secretary", "2035-02-01") is None


@pytest.mark.parametrize(("name", "on", "meant"), [("George Bush", "1992-05-18", "George H. W. Bush"), ("George Bush", "2018-05-18", "George W. Bush")])
def test_father_and_son(name: str, on: str, meant: str) -> None:
    """Who is in office, else who was last."""
    found = Register.load().resolve(name, on=on)
    assert found and found.entity.name == meant


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Richard Holm, a Syrian opposition activist, accused Russia.", "Richard Holm", "SYR"),
        ("Russian real-estate magnate Aras Holm invited Donald Trump.", "Aras Holm", "RUS"),
        ("Timothy Holm of Lebanon, Ohio, thanked North Korea.", "Timothy Holm", "USA"),
        ("Donald Trump condemned North Korea's tests on the Korean Peninsula.", "Korean Peninsula", None),
    ],
)
def test_the_country_of_who_is_described(text: str, name: str, country: str | None) -> None:
    """By the adjective of an apposition or of a compound before the name, by the region of a city; a peninsula is of none."""
    assert {a.name: a.country for a in code(text, published="2018-05-01").actors}[name] == country


def test_a_state_and_its_government_are_no_two_sides() -> None:
    """ "Both sides" are then nobody whom the report has just named."""
    coded = code("The United States sent wheat. The U.S. government paid for it. Both sides were content.", published="2018-05-01")
    assert sum(m.text == "Both sides" for a in coded.actors for m in a.mentions) < 2


def test_a_name_run_into_what_follows() -> None:
    """A page that has a name twice, the second joined to the next headline, names one person; who is called twice the same keeps both."""
    text = "President Trump Donald John TrumpFederal judges MORE met Vladimir Putin. Abdullah Abdullah thanked Trump."
    assert {a.name for a in code(text, published="2018-07-16").actors if a.entity} >= {"Donald Trump", "Vladimir Putin", "Abdullah Abdullah"}


@pytest.mark.parametrize(
    "name", ["Chinese foreign ministry", "China's foreign ministry", "Chinese Foreign Affairs Ministry", "Ministry of Foreign Affairs of China"]
)
def test_a_ministry_is_one_whatever_it_is_called(name: str) -> None:
    """In small letters or by its affairs."""
    found = Register.load().organisation(name)
    assert found and found.id == "org:CHN:foreign-ministry"


def test_no_ministry_is_what_one_owns() -> None:
    """Nor is there a prime minister of a country that has none."""
    assert Register.load().organisation("the Ministry of Finance's website") is None
    assert not Register.load().has_seat("USA", "prime minister")


def test_who_holds_no_office_is_what_the_report_makes_him() -> None:
    """A candidate is of his party, whatever he was or becomes; who heads a service is of the service."""
    coded = code("Republican presidential candidate Donald Trump and his Democratic rival, Hillary Clinton, condemned Iran.", published="2016-09-01")
    assert {a.name: a.sector for a in coded.actors if a.kind == "person"} == {"Donald Trump": ("PTY",), "Hillary Clinton": ("PTY",)}
    register = Register.load()
    haspel = register.resolve("Gina Haspel", on="2019-01-01")
    assert haspel and register.sector_on(haspel.entity, "2019-01-01") == ("SPY",)


def test_mr_goes_with_a_name_of_two_parts() -> None:
    """ "Mr. Holm-Berg" is who was called Holm-Berg, and Bishop who was named so, not the minister of another country."""
    coded = code("Holm-Berg attacked a soldier in Ottawa. Mr. Holm-Berg had converted to Islam. Canada condemned Holm-Berg.", published="2014-10-23")
    assert sum(a.kind == "person" for a in coded.actors) == 1
