"""Where parties are from: their owners, what they are of, the report; and who is called by a family name alone."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.coder.parties.cast import Party, Stand
from backchannel.coder.parties.countries import settle
from backchannel.reader import read
from backchannel.records import Actor, ActorKind, Coded
from backchannel.register import Register
from backchannel.register.additions import Additions, Named, Office


def actor(coded: Coded, words: str) -> Actor:
    """The one actor with a mention of these words."""
    (found,) = (a for a in coded.actors if any(m.text == words for m in a.mentions))
    return found


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Iraq's leaders accused Turkey of violating the border on Monday.", "leaders", "IRQ"),
        ("A statement by China's foreign ministry condemned the arms sale.", "foreign ministry", "CHN"),
        ("Senator Robert Menendez of New Jersey opposed the deal with Iran.", "Robert Menendez of New Jersey", "USA"),
        ("Rep. Ilhan Omar condemned the arms sale to Saudi Arabia and Israel.", "Rep. Ilhan Omar", "USA"),
    ],
)
def test_country_of_owner_or_place(text: str, words: str, country: str) -> None:
    """Who is somebody's, or of somewhere, is of there."""
    found = [a for a in code(text).actors if any(m.text in words or words in m.text for m in a.mentions) and a.kind != "state"]
    assert [a.country for a in found] == [country]


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Turkish Brig. Gen. Emre Kaya, the alliance's spokesman, told reporters in Iraq that Iraq had agreed.", "Emre Kaya", "TUR"),
        ("Iraq condemned the raid. Iraqi Maj. Gen. Abdul Amir Jasim said Turkey must leave Iraq.", "Abdul Amir Jasim", "IRQ"),
        ("Talks with Iran, Iran and Russia failed. A Kenyan jet crashed on Monday, the country's military said.", "military", "KEN"),
        ("Iran rejected it. Iran should wait, said Ann Lowe, a former State Department official who led the Iran talks.", "Ann Lowe", "USA"),
        ("Iran rejected it. Iran will not give in, said Tom Reed, an Iran sanctions expert at the Brookings Institution.", "Tom Reed", "USA"),
        ("Peru and Peru again: Peru was warned by a European Parliament committee on Monday.", "committee", None),
        ("Britain accused Russia on Monday. Britain says ex-Russian spy Igor Belov was poisoned.", "Igor Belov", "RUS"),
        ("Mali and Mali again: Mali was told by BBC's Ann Lowe on Monday to wait.", "Ann Lowe", "GBR"),
        ("Niger's troops are being trained by Russians, according to a Western military official.", "Western military official", None),
        (
            "Niger's military government expelled an envoy. Algeria's minister brought a letter, which the junta's leader, Issa Tiani, refused to accept.",
            "Issa Tiani",
            "NER",
        ),
    ],
)
def test_country_that_stands_further_off(text: str, words: str, country: str | None) -> None:
    """Before a rank; of the state named last; of the body somebody works for, not what he knows about or dealt with; of no state who works for several."""
    (found,) = (a for a in code(text).actors if any(words in m.text for m in a.mentions) and a.kind != "state")
    assert found.country == country


def test_the_koreas_are_two() -> None:
    """And kings go by their given names; Salisbury is no city of Zimbabwe."""
    coded = code("The Koreas agreed to talk. Saudi Arabian King Salman sent Crown Prince Mohammed bin Salman. Salman stayed.", published="2018-05-01")
    assert {a.country for a in coded.actors if any(m.text == "The Koreas" for m in a.mentions)} == {"KOR", "PRK"}
    assert [m.text for a in coded.actors if a.name == "Salman of Saudi Arabia" for m in a.mentions][-1] == "Salman"
    assert Register.load(()).country_of("Salisbury") is None


def settled(kind: ActorKind, sector: str, country: str | None = None) -> str | None:
    """The country of "envoys" after a report that speaks of Belarus only."""
    reading = read("Belarus expelled the envoys on Monday. Police in Belarus had accused the envoys of spying on Belarus.")
    parties = [Party("Belarus", "state", "BLR"), Party("envoys", kind, country, (sector,))]
    stands: list[Stand] = [(i, i + 1, (int(w == "envoys"),), "name") for i, w in enumerate(reading.words) if w in ("Belarus", "envoys")]
    settle(reading, Register.load(), parties, stands)
    return parties[1].country


def test_what_is_told_stays() -> None:
    """A party's own words win over what stands around it; what stands between states has no country."""
    assert [settled("people", "GOV", "POL"), settled("people", "GOV", "BLR")] == ["POL", "BLR"]
    assert [settled("igo", "IGO"), settled("state", "GOV")] == [None, None]


def test_what_somebody_else_owns_is_not_the_reports() -> None:
    """A body with an owner whose country is unknown stays without one."""
    reading = read("The group condemned France. Its leaders left France. France and France and France.")
    parties = [Party("France", "state", "FRA"), Party("leaders", "people", None, ("GOV",))]
    at = [i for i, w in enumerate(reading.words) if w == "France"]
    leaders = reading.words.index("leaders")
    settle(reading, Register.load(), parties, [*((i, i + 1, (0,), "name") for i in at), (leaders, leaders + 1, (1,), "description")])
    assert parties[1].country is None


def test_family_names_that_stand_first() -> None:
    """Kim is Kim Jong Un, Choe is Choe Son-hui; Moon is Moon Jae-in."""
    coded = code(
        "North Korean leader Kim Jong Un met South Korean President Moon Jae-in on Friday. Kim invited Moon to Pyongyang. "
        "Choe Son-hui criticized Washington. Choe threatened it.",
        published="2018-09-20",
    )
    assert {a.name.lower().replace("-", " ") for a in coded.actors if a.kind == "person"} == {"kim jong un", "moon jae in", "choe son hui"}
    assert actor(coded, "Kim").name == "Kim Jong Un"


def test_a_title_tells_who_bears_a_family_name() -> None:
    """ "Secretary Carter" of 2015 is Ash Carter; nobody of that name held the office long before 2040."""
    register = Register.load()
    found = register.titled("Carter", "Secretary", "2015-06-10")
    assert found
    assert found.name == "Ash Carter"
    assert register.titled("Carter", "Secretary", "2040-06-10") is None
    assert register.titled("Johnson", "Secretary", "2016-01-01") is None
    assert register.titled("Quux", "Harbour Master", "2020-01-01") is None
    known = Additions(
        named=(Named(id="x1", name="Ann Quux", kind="person", country="CHL"),), offices=(Office(person="x1", office="Harbour Master", of="CHL", start="2019"),)
    )
    more = register.plus(known).titled("Quux", "Harbour Master", "2020-01-01")
    assert more and more.id == "x1"
    assert actor(code("Secretary Carter met Iraqi officials in Baghdad.", published="2015-06-10"), "Secretary Carter").entity == found.id


def test_whose_spokesman() -> None:
    """A ministry in small letters is a ministry: its spokesman is not the government's, nor the president's."""
    register = Register.load()
    assert register.holder("foreign ministry spokesman", "DEU", "2022-07-02") == []
    assert [o.name for o in register.holder("foreign ministry spokesman", "UKR", "2022-07-02")] == ["Oleh Nikolenko"]


def test_a_body_called_after_somebody_of_the_past() -> None:
    """Of the Obama administration one reads in 2019 too."""
    described = Register.load().describe("the Obama administration", on="2019-10-01")
    assert described
    assert (described.kind, described.country) == ("government", "USA")


def test_party_and_state_in_brackets_is_nobody() -> None:
    """ "(R-KY)" is no party of the report."""
    coded = code("Senate Majority Leader Mitch McConnell (R-KY) condemned Russia. Sen. Elizabeth Warren (D-MA) criticized China.")
    assert not [a for a in coded.actors if "-KY" in a.name or "-MA" in a.name]
    assert actor(coded, next(m.text for a in coded.actors if "Warren" in a.name for m in a.mentions)).country == "USA"


@pytest.mark.parametrize(
    ("neighbour", "name"),
    [("Algeria's foreign minister, Ahmed Attaf", "Patrice Talon's foreign minister"), ("Benin's foreign minister, Paul Adjovi", "Paul Adjovi")],
)
def test_his_minister_is_of_his_country(neighbour: str, name: str) -> None:
    """ "His foreign minister" is not that of another country whom the report names."""
    text = f"{neighbour}, left Niamey on Sunday. Benin's President Patrice Talon did not respond. His foreign minister is expected to fly to Abuja on Tuesday."
    found = actor(code(text), "His foreign minister")
    assert (found.name, found.country) == (name, "BEN")


def test_a_party_named_only_together_with_others() -> None:
    """ "Both governments" may be the only words for a party: it has no country to ask for, and the report is coded."""
    text = (
        "CARACAS - The United States will let a licence for Venezuela's oil lapse in April unless the government of Nicolas Maduro allows opposition "
        "candidates to run, the State Department said on Tuesday. The government pledged there to hold a vote. The swap was arranged in secret meetings in "
        "Qatar that both governments had long denied."
    )
    assert code(text, published="2024-01-30").claims
