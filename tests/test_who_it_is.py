"""Who a mention is, and who it only has to do with: aides, bodies and seats of somebody, members of a party, experts on a country."""

from __future__ import annotations

import pytest

import backchannel as bc
from backchannel.coder import code
from backchannel.register import Register
from backchannel.views.affairs import Ledger


@pytest.fixture(scope="module")
def register() -> Register:
    """The shipped tables."""
    return Register.load()


def parties(text: str, on: str = "2018-05-01") -> dict[str, str]:
    """The words of each mention, with the name of the actor they stand for."""
    return {m.text: a.name for a in code(text, published=on).actors for m in a.mentions}


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Obama aides criticized Russia on Monday.", "Obama aides", "Obama aides"),
        (
            "Theresa May, the prime minister, condemned Russia. The Prime Minister's official spokesman told reporters that Russia had attacked Britain.",
            "The Prime Minister's official spokesman",
            "Prime Minister's official spokesman",
        ),
        ("Bashar al-Assad thanked Russia. ASSAD: REBELS WILL BE CRUSHED. Iran praised Assad's army.", "Assad", "Bashar al-Assad"),
        (
            "The office of Polish Prime Minister Jan Borowski denied the report on Monday.",
            "The office of Polish Prime Minister Jan Borowski",
            "office of Polish Prime Minister Jan Borowski",
        ),
        ("Sen. Angus King of Maine criticized Russia.", "Sen. Angus King of Maine", "Angus King"),
        ("The International Christian Concern (ICC) accused Iran. The ICC said it had arrested ten people.", "The ICC", "International Christian Concern"),
        ("Sen. Ted Cruz met Prime Minister Theresa May on Monday. The Texas Republican praised Britain.", "The Texas Republican", "Ted Cruz"),
        (
            "Vladimir Putin spoke with President of the Islamic Republic of Iran Hassan Rouhani.",
            "President of the Islamic Republic of Iran Hassan Rouhani",
            "Hassan Rouhani",
        ),
        ("The minister met Prime Minister of Denmark Lars Løkke Rasmussen.", "Prime Minister of Denmark Lars Løkke Rasmussen", "Lars Løkke Rasmussen"),
        (
            "Chinese Foreign Minister Wang Yi met Indian Foreign Minister Sushma Swaraj in Kazan. Wang told his counterpart that China would withdraw.",
            "his counterpart",
            "Sushma Swaraj",
        ),
        (
            "The trial of opposition leader Tundu Lissu began. Kenya's Foreign Minister Musalia Mudavadi will raise it with his Tanzanian counterpart.",
            "his Tanzanian counterpart",
            "Musalia Mudavadi's Tanzanian counterpart",
        ),
        ("Vladimir Putin called Recep Tayyip Erdogan on Monday. Erdogan told his counterpart about the steps taken.", "his counterpart", "Vladimir Putin"),
    ],
)
def test_who_is_meant(text: str, mention: str, name: str) -> None:
    """Who goes by another's name is himself; somebody the report has is he however he is called."""
    assert parties(text).get(mention) == name


def test_a_seat_in_congress_is_no_party() -> None:
    """Neither behind the letter of a party nor shortened in a bracket; its holder is of the United States."""
    coded = code("Sen. Ana Holm (R., Ariz.) and Rep. Tom Reyes (Calif.) criticized Iran.", published="2018-05-01")
    assert {a.name: a.country for a in coded.actors} == {"Ana Holm": "USA", "Tom Reyes": "USA", "Iran": "IRN"}


def test_who_knows_about_a_country_is_not_of_it() -> None:
    """Also when its name is two words."""
    coded = code("Jane Holm, a North Korea expert at the Arms Control Association, said that talks might begin.", published="2018-05-01")
    assert next(a.country for a in coded.actors if a.name == "Jane Holm") != "PRK"


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [("federal court", "office"), ("upper house of parliament", "office"), ("military government", "government"), ("opposition parties", "party"),
     ("commerce department", "office"), ("federal judge", "person"), ("fire fighter", "person")],
)  # fmt: skip
def test_a_longer_noun_for_a_body_is_of_its_last_words_kind(register: Register, phrase: str, kind: str) -> None:
    """A court is no person, a judge is."""
    told = register.describe(phrase)
    assert told and told.kind == kind


def test_the_government_of_somebody_is_not_he(register: Register) -> None:
    """It is of his country."""
    told = register.describe("new government of President Moon Jae-in", on="2018-05-01")
    assert told and (told.kind, told.country, told.entity) == ("government", "KOR", None)


def test_what_is_only_described_is_not_one_across_reports() -> None:
    """ "The authorities" of two reports are not each other; forces of one country are, and so is who has a name."""
    with Ledger("sqlite://") as ledger:
        for town, day in (("Lima", "2024-03-04"), ("Accra", "2024-03-18")):
            text = f"Authorities arrested Ana Holm in {town} on Monday. The authorities accused Ana Holm of spying. Russian forces shelled Kharkiv on Sunday."
            ledger.add(bc.code(text, published=day, publisher=town))
        times = {one.name: len(one.mentions) for one in ledger.entities() if one.name in ("Ana Holm", "Russian forces")}
        assert times == {"Ana Holm": 2, "Russian forces": 2}
        assert [len(one.mentions) for one in ledger.entities() if one.name.lower() == "authorities"] == [1, 1]


def of_pair(text: str, words: str) -> set[str]:
    """The names of those for whom words of a text stand."""
    return {a.name for a in code(text, published="2025-03-11").actors if any(m.text.lower() == words for m in a.mentions)}


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("Secretary Rubio spoke with Jeyhun Bayramov. The two agreed to meet in Brussels.", "the two", {"Marco Rubio", "Jeyhun Bayramov"}),
        (
            "Pakistan and the Afghan Taliban have agreed to a ceasefire, Turkey's foreign ministry said. The two sides will meet again in Istanbul.",
            "the two sides",
            {"Pakistan", "Taliban"},
        ),
        ("Erdogan met Putin in Sochi. Eritrea released the two officials arrested in April.", "the two officials", {"two officials"}),
        ("Iran and Oman met on Monday. The sultanate had hosted talks before.", "the sultanate", {"Oman"}),
        ("Trump spoke with Putin on Monday. The pair will meet in May.", "the pair", {"Donald Trump", "Vladimir Putin"}),
        ("Iran and Iraq signed a pact. Both condemned the strike on Syria by Israel.", "both", {"Iran", "Iraq"}),
        ("Russia and China condemned Israel and Iran. Japan accused both of lying.", "both", set()),
        ("Both Iran and Iraq condemned Israel. Two of the ministers met.", "both", set()),
        (
            "Sudan's army and the RSF clashed in Darfur. UN humanitarian chief Tom Fletcher has urged both sides to let aid into El Fasher.",
            "both sides",
            {"Sudanese Armed Forces", "Rapid Support Forces"},
        ),
    ],
)
def test_who_the_two_are(text: str, words: str, names: set[str]) -> None:
    """Two joined before are "the two sides"; "the two", "both" alone are the two of one kind whom the sentence before names, and nobody where it names
    more; who speaks to both sides is neither.
    """
    assert of_pair(text, words) == names


def test_whose_is_that_of_the_clauses_noun() -> None:
    """ "NATO, whose peacekeepers" are NATO's."""
    names = {a.name for a in code("NATO, whose peacekeepers patrol the north, urged restraint.").actors}
    assert "NATO's peacekeepers" in names


@pytest.mark.parametrize(
    ("text", "short", "name"),
    [
        (
            "The envoy thanked the African Union Transition Mission in Somalia (ATMIS). ATMIS will leave in May.",
            "ATMIS",
            "African Union Transition Mission in Somalia",
        ),
        (
            "The Department of the Treasury's Office of Foreign Assets Control (OFAC) sanctioned two firms. OFAC lifted restrictions on Chad.",
            "OFAC",
            "Department of the Treasury's Office of Foreign Assets Control",
        ),
    ],
)
def test_letters_in_brackets_are_short_for_the_name_before(text: str, short: str, name: str) -> None:
    """Also where they leave words of it out, and without the bracket in its name."""
    (found,) = (a for a in code(text).actors if short in (m.text for m in a.mentions))
    assert found.name == name


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("President Emmanuel Macron spoke on Monday with Indian Prime Minister Narendra Modi.", "Emmanuel Macron", "FRA"),  # as Andorra's co-prince a namesake
        ("King Charles III received Indian Prime Minister Narendra Modi on Monday.", "Charles III", "GBR"),  # monarch of a dozen states
        ("Petro and Maduro spoke by phone on Monday.", "Nicolás Maduro", "VEN"),  # a president of Honduras had the name
        ("Nunes met Narendra Modi on Monday.", "Nunes", None),
        ("Hakan Fidan met his Chadian counterpart, Abdou Fadoul, in Ankara.", "Abdou Fadoul", "TCD"),
        ("France freed a Kenyan lawyer, Peter Otieno, on Monday.", "Peter Otieno", "KEN"),
    ],
)
def test_who_leads_a_country_goes_by_his_name(text: str, name: str, country: str | None) -> None:
    """A head of state or government is known by his name alone; another with a common surname is not, else he is of the country he is called by."""
    found = {a.name: None if a.country_inferred else a.country for a in code(text, published="2025-11-10").actors}
    assert found.get(name, "missing") == country
