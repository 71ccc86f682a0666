"""Who a word stands for: speakers of quotations, pairs, offices, owners."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.records import Coded, EventClaim, OfficeClaim


def stands_for(coded: Coded, word: str) -> set[str]:
    """Names of the actors that have a mention of these words."""
    return {a.name for a in coded.actors for m in a.mentions if m.text.lower() == word}


def offices(coded: Coded) -> set[tuple[str, str, str]]:
    """Person, office, tense of the office claims."""
    called = {a.key: a.name for a in coded.actors}
    return {(called[c.person], c.office, c.tense) for c in coded.claims if isinstance(c, OfficeClaim)}


def test_i_is_the_speaker_and_we_his_country() -> None:
    """Inside a quotation, "I" is who said it, "We" of an official his state; outside of one they are nobody."""
    coded = code("“We will not leave the treaty,” Iranian President Hassan Rouhani said on Monday. “I met the inspectors.”", published="2019-05-08")
    assert stands_for(coded, "we") == {"Iran"}
    assert stands_for(coded, "i") == {"Hassan Rouhani"}
    assert not stands_for(code("We asked what I had seen in Iran.", published="2019-05-08"), "we")


@pytest.mark.parametrize("phrase", ["The two leaders", "Both leaders", "the two presidents"])
def test_a_pair_is_the_last_two_that_fit(phrase: str) -> None:
    """ "The two leaders" are two persons named before, whatever the party head makes of it."""
    coded = code(f"Russian President Vladimir Putin met Chinese President Xi Jinping. Later {phrase} spoke again.", published="2022-08-06")
    assert stands_for(coded, phrase.lower()) == {"Vladimir Putin", "Xi Jinping"}


def test_both_presidents_are_presidents() -> None:
    """Neither a foreign minister nor somebody unnamed is one of them."""
    text = "Peruvian Foreign Minister Hugo de Zela thanked President Rodrigo Paz and a fugitive. Lula da Silva spoke with both presidents on Sunday."
    assert stands_for(code(text, published="2025-10-31"), "both presidents").isdisjoint({"Hugo de Zela", "fugitive"})


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Such countries have condemned Iran's attacks.", "Such countries", "other"),
        ("Thousands of Palestinian refugees rallied in southern Lebanon on Friday.", "Thousands of Palestinian refugees", "people"),
    ],
)
def test_a_party_is_named_by_its_noun(text: str, name: str, kind: str) -> None:
    """Neither an adjective alone nor the state that it tells of."""
    actors = code(text).actors
    assert (name, kind) in {(a.name, a.kind) for a in actors} and "Palestine" not in {a.name for a in actors}


def test_who_is_of_several_countries_is_one_party_of_none() -> None:
    """ "Diplomats from Britain, France and Germany" are neither Britons nor three states."""
    actors = {a.name: a.country for a in code("Senior diplomats from Britain, France and Germany met Iranian officials in Istanbul on Friday.").actors}
    assert actors["Senior diplomats from Britain, France and Germany"] is None and not {"France", "Germany"} & set(actors)


@pytest.mark.parametrize(
    ("text", "words", "kind", "sector"),
    [
        ("Iranian police arrested three Americans in Tehran on Sunday.", "Americans", "people", "CVL"),
        ("Syrians protested against Iran in Aleppo.", "Syrians", "people", "CVL"),
        ("Iran rejected what the Americans had proposed.", "Americans", "state", "GOV"),
        ("American officials met Iranian officials in Oman.", "officials", "people", "GOV"),
    ],
)
def test_people_and_their_state(text: str, words: str, kind: str, sector: str) -> None:
    """ "Americans" are people of the United States, "the Americans" are the United States."""
    (found,) = {(a.kind, a.sector[0]) for a in code(text).actors for m in a.mentions if words in m.text.split()}
    assert found == (kind, sector)


def test_a_first_name_alone_is_who_bears_it() -> None:
    """Malays, Arabs and others are called by their first names; and who telephones both leaders is none of them."""
    coded = code(
        "Malaysian Prime Minister Anwar Ibrahim spoke to Cambodian Prime Minister Hun Manet in Putrajaya. Anwar said the talks went well. "
        "U.S. President Donald Trump telephoned both leaders on Saturday.",
        published="2025-07-28",
    )
    assert stands_for(coded, "anwar") == {"Anwar Ibrahim"}
    assert stands_for(coded, "both leaders") == {"Anwar Ibrahim", "Hun Manet"}


def test_mr_and_ms_tell_namesakes_apart() -> None:
    """A family name goes to whom its honorific fits, not to the more famous bearer."""
    coded = code(
        "Former Secretary of State Hillary Clinton criticized Iran. Bill Clinton defended the deal. Mrs. Clinton said Iran cheated. Mr. Clinton disagreed."
    )
    called = {m.text: a.name for a in coded.actors for m in a.mentions}
    assert (called["Mrs. Clinton"], called["Mr. Clinton"]) == ("Hillary Clinton", "Bill Clinton")
    coded = code("President Donald Trump met his daughter, Ivanka Trump, on Monday. Ms. Trump later flew to Seoul.", published="2018-02-20")
    assert {m.text: a.name for a in coded.actors for m in a.mentions}["Ms. Trump"] == "Ivanka Trump"


def test_a_family_name_is_not_that_of_who_holds_another_office() -> None:
    """The national security adviser is not the Speaker of the same name, whom the register knows as well."""
    text = "South Korean President Moon Jae-in sent an envoy to Washington. Mr. Chung, his national security adviser, met President Trump."
    assert {"Chung Eui-yong", "Donald Trump"} <= {a.name for a in code(text, published="2018-03-08").actors}


def test_who_is_only_talked_about_takes_no_part() -> None:
    """Iran is what the two spoke about, not a third at the telephone; when it is also named elsewhere in the sentence, it may be."""
    coded = code(
        "Israeli Prime Minister Benjamin Netanyahu and Russian President Vladimir Putin spoke by telephone on Monday about Syria and Iran.",
        published="2025-07-28",
    )
    (call,) = (c for c in coded.claims if isinstance(c, EventClaim))
    names = {a.key: a.name for a in coded.actors}
    assert {names[k] for k in (*call.actor, *call.recipient)} == {"Benjamin Netanyahu", "Vladimir Putin"}


def test_two_countries_are_not_one() -> None:
    """ "The two countries" are neither a country and its government nor, where they are mediated between, that of the mediator."""
    text = "Armenia and Azerbaijan signed a pact at the White House. U.S. President Donald Trump, who mediated between the two countries, signed as a witness."
    coded = code(text, published="2025-08-09")
    (act,) = (c for c in coded.claims if isinstance(c, EventClaim) and c.roles.mediator)
    names = {a.key: a.name for a in coded.actors}
    assert {names[k] for k in act.actor} == {"Armenia", "Azerbaijan"} and [names[k] for k in act.roles.mediator] == ["Donald Trump"]


def test_an_owner_of_an_envoy_takes_no_part() -> None:
    """ "Trump's special envoy, Steve Witkoff," visits; Trump does not."""
    coded = code("Trump's special envoy, Steve Witkoff, visited Israel on Monday.", published="2025-08-05")
    names = {a.key: a.name for a in coded.actors}
    visits = [c for c in coded.claims if isinstance(c, EventClaim) and c.event == "CONSULT"]
    assert visits
    assert all("Donald Trump" not in {names[k] for k in c.actor + c.recipient} for c in visits)


def test_two_leaders_lead_two_countries() -> None:
    """Who was a leader once, and a second person of one country, is not of the two leaders."""
    coded = code(
        "Israeli Prime Minister Benjamin Netanyahu met Russian President Vladimir Putin on Monday. Former Prime Minister Naftali Bennett praised the talks. "
        "The two leaders spoke again on Friday.",
        published="2025-08-05",
    )
    assert stands_for(coded, "the two leaders") == {"Benjamin Netanyahu", "Vladimir Putin"}


def test_a_nickname_is_within_the_name() -> None:
    """The reader cuts names at its marks, straight or not."""
    text = 'Robert "Rocky" Kempenaar, an aide, met Catherine “Kate” Duval in Kyiv on Monday. Kempenaar praised Duval.'
    named = {a.name: {m.text for m in a.mentions} for a in code(text, published="2024-05-02").actors}
    assert named['Robert "Rocky" Kempenaar'] >= {"Kempenaar"} and named["Catherine “Kate” Duval"] >= {"Duval"}


def test_demonyms_end_before_the_comma() -> None:
    """ "Egyptians," is none, nor is the comma part of the mention."""
    coded = code("There were 30 Egyptians, 15 French, 2 Canadians and 2 Iraqis on board the flight.", published="2024-05-02")
    assert {m.text for a in coded.actors for m in a.mentions} >= {"Egyptians", "French", "Canadians"}


def test_what_is_denied_is_negative_and_denying_is_no_act() -> None:
    """The denied attack has polarity "-" under a denying statement; nothing is rejected."""
    coded = code("Cambodia denied that its troops had attacked the border post.", published="2025-07-29")
    events = [c for c in coded.claims if isinstance(c, EventClaim)]
    assert [c.polarity for c in events if c.event == "ASSAULT"] == ["-"]
    assert not [c for c in events if c.event == "REJECT"]
    assert [s.stance for s in coded.statements] == ["denies"]


@pytest.mark.parametrize(("text", "name"), [
    ("The New York Times reported the raid. The Times said that two soldiers died.", "The New York Times"),
    ("On Monday al-Qaida in the Arabian Peninsula attacked a checkpoint near Aden.", "Al-Qaeda in the Arabian Peninsula"),
])  # fmt: skip
def test_a_short_name_is_that_of_the_report_and_a_long_one_is_not_cut(text: str, name: str) -> None:
    """ "The Times" after "The New York Times" is no London paper, and a branch is not the whole."""
    names = {a.name for a in code(text, published="2015-01-08").actors}
    assert name in names
    assert not names & {"The Times", "Al-Qaeda"}


def test_a_local_office_names_its_place() -> None:
    """ "New York Gov." is an office of New York, and "the governor" later the same person."""
    coded = code("New York Gov. Andrew Cuomo met Boston Mayor Marty Walsh on Monday. The governor condemned the strike.", published="2019-03-04")
    assert offices(coded) >= {("Andrew Cuomo", "Governor of New York", "current"), ("Marty Walsh", "Mayor of Boston", "current")}
    assert stands_for(coded, "the governor") == {"Andrew Cuomo"}


@pytest.mark.parametrize(("text", "person", "office", "tense"), [
    ("Pentagon spokesman Col. Steve Warren condemned the raid on Monday.", "Steve Warren", "Pentagon spokesman", "current"),
    ("Gen. Joe Dunford, chairman of the Joint Chiefs of Staff, met the envoy.", "Joseph Dunford", "chairman of the Joint Chiefs of Staff", "current"),
    ("Iran's Supreme Leader Ayatollah Ali Khamenei defended the test on Monday.", "Ali Khamenei", "Supreme Leader", "current"),
    ("The United States and President-elect Donald Trump condemned the raid.", "Donald Trump", "President", "incoming"),
    ("Defense Secretary nominee Ash Carter met the senators on Monday.", "Ash Carter", "Defense Secretary", "incoming"),
])  # fmt: skip
def test_offices_behind_ranks_and_before_the_term(text: str, person: str, office: str, tense: str) -> None:
    """A rank between the title and the name is no office; who is elect or nominee has not the office yet."""
    assert [o for o in offices(code(text, published="2015-01-08")) if o[0] == person] == [(person, office, tense)]


@pytest.mark.parametrize("text", [
    "Ian Bremmer, president of the Eurasia Group, condemned the raid on Monday.",
    "Ann Hale, president of the Russian Rowing Union, condemned the raid on Monday.",
    "Ann Hale, a vice president at a technology contractor, condemned the raid on Monday.",
    "Ann Hale, executive director of the Arms Control Association, condemned the raid on Monday.",
    "Ann Hale, a former aide to the general, condemned the raid on Monday.",
    "Presidential candidate Ben Carson condemned the raid on Monday.",
    "Prince Alwaleed condemned the raid on Monday.",
    "Secretary Vexler condemned the raid on Monday.",
    "Kim invited Ann Hale, who met the president in May.",
    "The crowd quoted Martin Luther King Jr. on Monday.",
])  # fmt: skip
def test_no_offices(text: str) -> None:
    """Candidates, princes, heads of private bodies, whoever met an office holder or has a title for a name hold none, nor does an unknown "Secretary"."""
    assert not offices(code(text, published="2019-01-08"))


@pytest.mark.parametrize(("text", "held"), [
    ("Senators Bernie Sanders, Ann Hale and Elizabeth Warren condemned the raid.",
     {("Bernie Sanders", "Senator", "current"), ("Ann Hale", "Senator", "current"), ("Elizabeth Warren", "Senator", "current")}),
    ("Iranian foreign ministry spokesman Amir Vexler condemned the raid.", {("Amir Vexler", "foreign ministry spokesman", "current")}),
    ("Foreign ministers Sergey Lavrov and Wang Yi met on Monday.",
     {("Sergei Lavrov", "Foreign minister", "current"), ("Wang Yi", "Foreign minister", "current")}),
    ("The panel asked Hunter Biden, former Vice President Joe Biden's son, to come.", {("Joe Biden", "Vice President", "former")}),
    ("The rivals were Leadsom, Foreign Secretary Jeremy Hunt and others.", {("Jeremy Hunt", "Foreign Secretary", "current")}),
    ("Saudi Crown Prince Mohammed bin Salman met the envoy.", {("Mohammed bin Salman", "Crown Prince", "current")}),
    ("The panel praised then-Senator Hillary Clinton.", {("Hillary Clinton", "Senator", "former")}),
    ("Abboud Qanbar was appointed by Iraqi Prime Minister Nouri al-Maliki on Monday.", {("Nouri al-Maliki", "Prime Minister", "former")}),
    ("Secretary Pompeo condemned the raid on Monday.", {("Mike Pompeo", "Secretary of State", "current")}),
])  # fmt: skip
def test_whose_office_it_is(text: str, held: set[tuple[str, str, str]]) -> None:
    """A title of several is each one's, a title before a name is that name's alone, and a secretary whom the register knows is secretary of something."""
    assert offices(code(text, published="2019-01-08")) == held


def test_both_leaders_are_those_named_together() -> None:
    """Not who spoke last."""
    coded = code("President Barrow mediated between Prime Minister Hun Manet and President Emmanuel Macron in Banjul. Barrow was pleased. Both leaders left.")
    assert {name.split()[-1] for name in stands_for(coded, "both leaders")} == {"Manet", "Macron"}


def test_whose_aide_somebody_is_is_not_he() -> None:
    """Neither behind whose he is nor before."""
    coded = code("An adviser to Iran's supreme leader threatened Chad on Saturday. The Russian president's aide met him. The wife of France's president left.")
    names = {a.name for a in coded.actors}
    assert {"adviser to Iran's supreme leader", "Russian president's aide"} <= names
    assert not names & {"Ali Khamenei", "Vladimir Putin", "Emmanuel Macron", "Iran", "Russia"}


def test_a_pronoun_is_none_of_whom_its_clause_names() -> None:
    """ "They demand that Iran let ..." are not Iran."""
    coded = code("Iran rejected the offer of Britain and France. They also demand that Iran let inspectors in.")
    assert "Iran" not in stands_for(coded, "they")


def test_they_are_all_who_say_it() -> None:
    """Those joined as subject of the verb above the pronoun's clause."""
    coded = code("Britain, France and Germany warned on Monday that they would restore sanctions on Iran.")
    assert stands_for(coded, "they") == {"United Kingdom", "France", "Germany"}


def test_his_country_is_a_state() -> None:
    """That of whom "his" stands for, at the end of a text too."""
    coded = code(
        "Foreign Minister Abbas Araghchi of Iran said that his country would not give up enriching uranium. France objected. He praised his own nation"
    )
    assert stands_for(coded, "his country") == stands_for(coded, "his own nation") == {"Iran"}


def test_nobody_acts_on_the_state_he_serves() -> None:
    """But he may call on it."""
    coded = code("Iranian forces opened fire on Monday. Iranian troops shelled the border of Iran with Iraq. Mexico's president urged Mexico to wait.")
    names = {a.key: a.name for a in coded.actors}
    told = {(c.event, tuple(names[k] for k in c.recipient)) for c in coded.claims if isinstance(c, EventClaim)}
    assert not any("Iran" in recipients for event, recipients in told) and ("REQUEST", ("Mexico",)) in told


def test_two_countries_share_a_noun() -> None:
    """ "U.S. and Iranian negotiators" are two parties, each of its country; "both sides" are not where they met."""
    coded = code("U.S. and Iranian negotiators have failed to reach a deal after two days of talks in Oman, both sides said on Saturday.")
    actors = {a.name: a.country for a in coded.actors}
    assert actors["U.S. negotiators"] == "USA" and actors["Iranian negotiators"] == "IRN" and stands_for(coded, "u.s.") <= {"U.S. negotiators"}
    assert stands_for(coded, "both sides") == {"United States", "Iran"}


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        ("Supporters of Imran Khan clashed with police in Lahore on Sunday.", "Supporters of Imran Khan", "Imran Khan"),
        ("A lawyer for Donald Trump told reporters on Monday he would sue the BBC.", "lawyer for Donald Trump", "Donald Trump"),
    ],
)
def test_whose_somebody_is_is_somebody_else(text: str, name: str, other: str) -> None:
    """A general's forces are not he."""
    names = {a.name for a in code(text).actors}
    assert name in names and other not in names


def test_a_title_before_a_name_is_nobody_elses() -> None:
    """ "With North Korean leader Kim": the preposition is before both."""
    coded = code("The administration works toward a potential meeting with North Korean leader Kim Jong Un after months of harsh rhetoric.")
    assert {a.name: a.country for a in coded.actors}["Kim Jong Un"] == "PRK"


def test_the_south_of_korea() -> None:
    """Where a report names a Korea, "the South" and "the North" are the two states."""
    coded = code("South Korea said on Monday that North Korea had fired two missiles. The South urged the North to return to talks.")
    assert stands_for(coded, "the south") | stands_for(coded, "south") == {"South Korea"}
    assert stands_for(coded, "the north") | stands_for(coded, "north") == {"North Korea"}


def test_whom_somebody_attacks_is_not_himself() -> None:
    """The object of a verb is none of its subjects, unless it says so."""
    coded = code("Donald Trump spoke in Ohio on Monday. Hillary Clinton and Barack Obama attacked him as unfit.", published="2016-06-03")
    assert stands_for(coded, "him") == {"Donald Trump"}


def test_at_least_belongs_to_the_number() -> None:
    """A mention begins with "At", not with "least"."""
    assert "least 14 Nigerian soldiers" not in {a.name for a in code("At least 14 Nigerian soldiers were killed by Boko Haram fighters in Borno.").actors}


def test_countries_without_end_share_no_noun() -> None:
    """A list that only a hostile text has is read like any other, without a step for each of its members."""
    told = "The ministers of the two states met in the capital on Monday and said that they would go on with the talks. " * 40
    assert code(f"{told} The {' and '.join(['U.S.', 'Iranian', 'French'] * 400)} and Iranian negotiators met in Oman on Monday.").claims


def test_a_name_goes_on_to_its_end() -> None:
    """The reader may cut it before "al-"; the tree has the rest."""
    coded = code("Saudi Arabia's chief prosecutor, Saud al-Mojeb, ended a visit to Istanbul on Wednesday. Saud al-Mojeb held talks with Turkish officials.")
    assert {a.name for a in coded.actors if a.kind == "person"} == {"Saud al-Mojeb"}


def test_no_country_is_guessed_for_a_company() -> None:
    """Where it sells is not where it is from."""
    coded = code("China fined the company Norvik Systems on Monday. Norvik Systems sued China's market regulator in Beijing and criticized China.")
    assert [a.country for a in coded.actors if "Norvik" in a.name] == [None]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sen. Jeff Flake (R-Ariz.) and Lindsey Graham (R-S.C.) condemned Russia.", "Jeff Flake"),
        ("The Organization for the Prohibition of Chemical Weapons (OPCW) accused Syria on Friday.", "Organisation for the Prohibition of Chemical Weapons"),
        ("Obama spoke at the end of a G-7 summit in Germany. Trump arrived for their annual G-7 summit.", "Group of Seven"),
    ],
)
def test_a_name_ends_where_it_is_whole(text: str, name: str) -> None:
    """Before a bracket that it does not close, behind a number that is part of it."""
    names = {a.name for a in code(text, published="2015-06-08").actors}
    assert name in names and not any("(" in n or n == "G" for n in names)


def test_whose_somebody_is_does_not_join_him_to_another() -> None:
    """Two who confirm are two, also where one of them has another's name before his own."""
    coded = code("The Foreign Ministry and Kremlin spokesman Oleg Baranov confirmed the call. The Kremlin gave no details.", published="2025-08-05")
    assert stands_for(coded, "the foreign ministry") == {"Foreign Ministry"} and stands_for(coded, "kremlin spokesman oleg baranov") == {"Oleg Baranov"}


@pytest.mark.parametrize(("text", "wanted"), [
    ("The presidents of Chad and Niger met on Monday.", {"presidents of Chad": "TCD", "presidents of Niger": "NER"}),
    ("The armies of Brazil and Argentina held joint exercises.", {"armies of Brazil": "BRA", "armies of Argentina": "ARG"}),
])  # fmt: skip
def test_those_of_several_countries_are_a_party_each(text: str, wanted: dict[str, str]) -> None:
    """ "The presidents of Chad and Niger" are two, of a country each."""
    assert {a.name: a.country for a in code(text).actors} == wanted


def test_a_common_noun_that_begins_a_sentence_is_no_name() -> None:
    """ "Guards" of any jail are not the Revolutionary Guards."""
    guards = next(a for a in code("Guards tortured prisoners at a jail in Damascus.").actors if a.name == "Guards")
    assert guards.entity is None and guards.country == "SYR"


def test_a_body_of_a_region_is_not_the_nations() -> None:
    """Nor is it another region's."""
    names = {a.name: a.entity for a in code("The Texas Senate condemned the California Senate.").actors}
    assert len(set(names.values())) == 2 and "org:us-senate" not in names.values()


@pytest.mark.parametrize(("text", "phrase", "who"), [
    ("Senior diplomats from Britain, France and Germany met Iranian officials on Friday, for the first time since Israel and the United States struck Iran. "
     "The two sides agreed to go on talking.", "the two sides", {"Senior diplomats from Britain, France and Germany", "Iran"}),
    ("Japanese Prime Minister Shigeru Ishiba and his Philippine counterpart Ferdinand Marcos discussed China in Tokyo and said the two countries would draw "
     "up a plan.", "the two countries", {"Japan", "Philippines"}),
    ("After a Syrian truce negotiated by John Kerry and Russian Foreign Minister Sergey Lavrov fell apart, contacts between the two countries ended.",
     "the two countries", {"United States", "Russia"}),
])  # fmt: skip
def test_two_sides_are_those_who_dealt_with_each_other(text: str, phrase: str, who: set[str]) -> None:
    """Whoever met, or agreed, in the nearest sentence before, not the states named last; officials stand for their states."""
    assert stands_for(code(text), phrase) == who
