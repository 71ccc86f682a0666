"""The register: names, words, titles and dates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from training.register.factbook import factbook_person

from backchannel.errors import UsageError
from backchannel.register import Register
from backchannel.register.additions import Additions, Named, Office
from backchannel.register.names import fold, is_she, skeleton, strip_titles, surnames
from backchannel.register.offices import KINDS, office_kind

CASES = yaml.safe_load((Path(__file__).parent / "cases/register.yaml").read_text(encoding="utf-8"))
TITLES = yaml.safe_load((Path(__file__).parent / "cases/register_titles.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load()


@pytest.mark.parametrize(("a", "b"), CASES["test_spellings_of_one_name_share_a_skeleton"])
def test_spellings_of_one_name_share_a_skeleton(a: str, b: str) -> None:
    """Transliterations of one name must meet under one key."""
    assert skeleton(a) == skeleton(b)


def test_fold_drops_case_accents_hyphens_and_the() -> None:
    """The exact key must not depend on typography."""
    assert fold("The François-Philippe O’Brien") == "francois philippe obrien"


@given(st.text())
def test_fold_is_idempotent(text: str) -> None:
    """A folded name folds to itself, "the the" apart."""
    once = fold(text)
    assert once.startswith("the ") or fold(once) == once or not once.isascii()


def test_family_names_follow_the_country() -> None:
    """Xi is the family name of Xi Jinping, Abe of Shinzo Abe, Peña Nieto of Enrique Peña Nieto."""
    assert surnames("Xi Jinping", "CHN") == ("xi",)
    assert surnames("Shinzo Abe", "JPN") == ("abe",)
    assert "pena nieto" in surnames("Enrique Peña Nieto", "MEX")
    assert strip_titles("Gen. Joe Dunford") == "Joe Dunford"


@pytest.mark.parametrize(("word", "iso3", "what"), CASES["test_country_words"])
def test_country_words(register: Register, word: str, iso3: str, what: str) -> None:
    """Names, demonyms, capitals and metonyms must give their country and say what they are."""
    found = register.country_of(word)
    assert found is not None and (found.iso3, found.what) == (iso3, what)


@pytest.mark.parametrize("word", ["us", "Us", "turkey", "china", "the North", "Rohan", ""])
def test_no_country(register: Register, word: str) -> None:
    """The pronoun, the bird and unknown words are no countries."""
    assert register.country_of(word) is None


@pytest.mark.parametrize(("name", "kind", "country", "sector"), CASES["test_organisations"])
def test_organisations(register: Register, name: str, kind: str, country: str | None, sector: str) -> None:
    """Known names and the ministry grammar must give kind, country and sector."""
    found = register.organisation(name)
    assert found is not None and (found.kind, found.country, found.sector[0]) == (kind, country, sector)


@pytest.mark.parametrize("name", ["is", "time", "who", "ice", "the old bakery"])
def test_common_words_are_no_organisations(register: Register, name: str) -> None:
    """Acronyms need their capitals."""
    assert register.organisation(name) is None


@pytest.mark.parametrize(("title", "of", "on", "name"), CASES["test_holders_by_date"])
def test_holders_by_date(register: Register, title: str, of: str | None, on: str, name: str) -> None:
    """An office on a date must name its holder."""
    assert register.holder(title, of, on)[0].name == name


@pytest.mark.parametrize("phrase", ["president of the Brookings Institution", "Harvard University president", "chief executive of Boeing"])
def test_heads_of_private_bodies_hold_no_public_office(register: Register, phrase: str) -> None:
    """The president of a foundation is not that of its country."""
    assert register.parse_title(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "office", "kind", "of", "sector"),
    [
        ("Hamas leader", "Hamas leader", "other", "PSE", "REB"),
        ("the president of the ANC", "president of the ANC", "other", "ZAF", "PTY"),
        ("Fatah President Mahmoud Abbas", "Fatah President", "other", "PSE", "PTY"),
        ("Taliban spokesman", "Taliban spokesman", "spokesperson", "AFG", "REB"),
        ("CIA Director", "CIA Director", "other", "USA", "SPY"),
        ("Kremlin spokesman", "Kremlin spokesman", "spokesperson", "RUS", "GOV"),
        ("President of Iran", "President", "head_of_state", "IRN", "GOV"),
    ],
)
def test_the_head_of_a_body_is_not_that_of_its_country(register: Register, phrase: str, office: str, kind: str, of: str, sector: str) -> None:
    """Whoever leads a party or a group leads no state, and belongs to the sector of the body."""
    found = register.parse_title(phrase)
    assert found is not None and (found.office, found.office_kind, found.of, found.sector) == (office, kind, of, sector)


@pytest.mark.parametrize(
    ("name", "country"),
    [("Hassan Nasrallah", "LBN"), ("Nasrallah", "LBN"), ("Ban Ki-moon", "KOR"), ("Joseph Kony", "UGA"), ("Abdullah Öcalan", "TUR"), ("Anote Tong", "KIR")],
)
def test_leaders_are_persons_of_a_state(register: Register, name: str, country: str) -> None:
    """The dictionaries hold leaders under the code of their group; here they are persons, of a country and of no group's initials."""
    found = register.resolve(name, on="2014-06-01", kind="person")
    assert register.organisation(name) is None
    assert found is not None and found.entity.country == country


@pytest.mark.parametrize(
    ("phrase", "kind", "country", "sector"),
    [
        ("thousands of Palestinian refugees", "people", "PSE", "REF"),
        ("at least one of the Israeli hostages", "person", "ISR", "CVL"),
        ("as many as hundreds of thousands of Venezuelans", "people", "VEN", "CVL"),
        ("members of the Knesset", "people", "ISR", "LEG"),
        ("families of the Israeli hostages", "people", "ISR", "CVL"),
        ("critics of the Iranian government", "people", None, "OPP"),
    ],
)
def test_some_of_many_are_what_the_many_are(register: Register, phrase: str, kind: str, country: str | None, sector: str) -> None:
    """Kind, country and sector come from behind the "of"; but not of who is against it."""
    found = register.describe(phrase)
    assert found is not None and (found.kind, found.country, found.sector[0]) == (kind, country, sector)


@pytest.mark.parametrize(
    "phrase", ["senior Chinese and American officials", "diplomats from Britain, France and Germany", "some of the Israeli and Palestinian negotiators"]
)
def test_people_of_several_countries_are_of_none(register: Register, phrase: str) -> None:
    """Neither the first country nor the last is theirs."""
    found = register.describe(phrase)
    assert found is not None and (found.kind, found.country, found.several, found.sector[0]) == ("people", None, True, "GOV")
    alone = register.describe("American and other U.S. officials")
    assert alone is not None and (alone.country, alone.several) == ("USA", False)


@pytest.mark.parametrize("phrase", ["most of Syria", "one of", "of Iran", "one of " * 3000 + "us"])
def test_a_part_of_a_state_is_nobody(register: Register, phrase: str) -> None:
    """Nor is a phrase that says nothing but how many, however long."""
    assert register.describe(phrase) is None


def test_nobody_is_made_up(register: Register) -> None:
    """Before all tables, for an unknown country, a part of one or a group whose leader is not known, an office has no holder."""
    assert register.holder("president of Chechnya", "RUS", "2016-06-15") == []
    assert register.holder("M23 leader", "COD", "2016-06-15") == []
    assert register.holder("prime minister", "ISR", "1890-01-01") == []
    assert register.holder("prime minister", "XYZ", "2020-01-01") == []
    assert register.holder("former president", "RUS", "2025-08-05") == []
    assert {"Steve Witkoff", "Keith Kellogg"} <= {o.name for o in register.holder("special envoy", "USA", "2025-08-05")}


@pytest.mark.parametrize(("name", "on", "expected"), CASES["test_resolve"])
def test_resolve(register: Register, name: str, on: str, expected: str | None) -> None:
    """A name resolves when it can only be one; never to a famous namesake."""
    found = register.resolve(name, on=on)
    assert (found.entity.name if found else None) == expected
    assert found is None or (found.why and 0 < found.score <= 1)


def test_find_gives_all_candidates(register: Register) -> None:
    """A surname of several famous persons finds them all."""
    assert {"Bill Clinton", "Hillary Clinton"} <= {e.name for e in register.find("Clinton")}


def test_held_and_occupancies_agree(register: Register) -> None:
    """What is held on a date is among the occupancies and covers it."""
    person = register.find("Dmitry Medvedev")[0].id
    held = register.held(person, "2010-01-01")
    assert [o.office for o in held] == ["President"] and {o.start for o in held} <= {o.start for o in register.occupancies(person)}


@pytest.mark.parametrize("case", TITLES, ids=lambda c: c["text"])
def test_titles(register: Register, case: dict[str, Any]) -> None:
    """A title phrase must give office, kind, country, tense and sector, and its span must slice back."""
    found = register.parse_title(case["text"])
    if case["office"] is None:
        assert found is None
        return
    assert found is not None
    assert (found.office, found.office_kind, found.of) == (case["office"], case["kind"], case["of"])
    assert found.tense == case.get("tense", "current") and found.whose == case.get("whose")
    assert found.sector == case.get("sector", found.sector) and found.of_stated == case.get("stated", case["of"] is not None)
    assert found.office == case["text"][found.start : found.end] or case["text"] == "Sen."


def test_slips_of_a_table_are_no_second_person(register: Register) -> None:
    """A name that one table has wrong (spellings.csv) is an alias of whom it means; a body is no part of who heads it."""
    for written, name in (("Azail Assoumani", "Azali Assoumani"), ("Mohamed Muizzi", "Mohamed Muizzu"), ("Giorgi Marghvilashvili", "Giorgi Margvelashvili")):
        assert [e.name for e in register.find(written)] == [e.name for e in register.find(name)] == [name]
    assert factbook_person("President of the Islamic Republic of Afghanistan Ashraf GHANI") == (
        "President of the Islamic Republic of Afghanistan",
        "Ashraf Ghani",
    )
    assert factbook_person("Prime Minister-Designate Ana KOVA") is None


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    """No phrase breaks a look-up; spans stay inside it."""
    register = Register.load()
    title = register.parse_title(text)
    assert title is None or 0 <= title.start < title.end <= len(text)
    register.country_of(text)
    register.organisation(text)
    register.describe(text, on="2020-01-01")


@pytest.mark.parametrize(("head", "kind", "sector"), CASES["test_nouns"])
def test_nouns(register: Register, head: str, kind: str, sector: str) -> None:
    """Common nouns for parties must give kind and sector."""
    found = register.noun(head)
    assert found is not None and (found.kind, found.sector) == (kind, sector)


@pytest.mark.parametrize(("phrase", "kind", "country", "sector"), CASES["test_describe"])
def test_describe(register: Register, phrase: str, kind: str, country: str | None, sector: str) -> None:
    """A phrase that names a party must give what its own words say."""
    found = register.describe(phrase, on="2015-06-10")
    assert found is not None and (found.kind, found.country, found.sector[:1]) == (kind, country, (sector,))


def test_custom_actors_win(tmp_path: Path) -> None:
    """A user's CSV with invented countries must work wherever the built-in ones do."""
    path = tmp_path / "actors.csv"
    path.write_text(
        "name,aliases,kind,country,sector,office,start,end\n"
        "Gondor,Gondorian|Minas Tirith,state,GON,GOV,,,\n"
        "Denethor,Lord Denethor,person,GON,GOV,Steward,2984,3019-03-15\n"
        "Aragorn,Elessar|Strider,person,GON,GOV,King,3019-05-01,\n"
        "White Council,,igo,,IGO,,,\n",
        encoding="utf-8",
    )
    register = Register.load([path])
    word = register.country_of("Gondorian")
    assert word is not None and word.iso3 == "GON"
    assert [o.name for o in register.holder("Gondorian king", None, "3019-06-01")] == ["Aragorn"]
    found = register.resolve("Denethor", on="3000-01-01")
    assert found is not None and found.entity.country == "GON"
    council = register.organisation("White Council")
    assert council is not None and council.kind == "igo"
    assert Register.load().country_of("Gondorian") is None


def test_custom_file_without_columns_is_refused(tmp_path: Path) -> None:
    """A file that is not an actors CSV gets one line that says what was expected."""
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UsageError, match="columns a, b"):
        Register.load([tmp_path / "x.csv"])
    with pytest.raises(UsageError, match="no file"):
        Register.load([tmp_path / "missing.csv"])


def test_shipped_rows_are_sound(register: Register) -> None:
    """Every occupancy has a known person, a known kind and dates in order."""
    assert sum(1 for _ in register._rows) > 5000
    for person, rows in register._rows.items():
        assert person in register._persons
        for row in rows:
            assert row[2] in KINDS and row[5] and (not row[6] or row[6] >= row[5][: len(row[6])]), row


def test_office_kinds() -> None:
    """Offices as tables name them must fall under their kind."""
    assert office_kind("Minister of Foreign Affairs", "FRA") == "foreign"
    assert office_kind("Secretary of State", "USA") == "foreign" and office_kind("Secretary of State", "ITA") == "other"
    assert office_kind("Deputy Minister of Defence") == "other" and office_kind("President of the National Assembly", "FRA") == "other"
    assert office_kind("Vice President", "USA") == "other" and office_kind("ambassador to Mali") == "ambassador"


@pytest.mark.parametrize(("name", "before", "she"), [
    ("Angela Merkel", "Chancellor", True),
    ("Jean-Yves Le Drian", "", False),
    ("Clinton", "Mrs.", True),
    ("Clinton", "Mr.", False),
    ("Kim Jong Un", "leader", None),
    ("Emmanuel Macron", "", False),
    ("", "", None),
])  # fmt: skip
def test_of_whom_she_is_said(name: str, before: str, she: bool | None) -> None:
    """By the word before the name, else by the given name, else not at all."""
    assert is_she(name, before) is she


def test_what_is_kept_of_a_register_is_not_kept_of_one_with_additions(register: Register) -> None:
    """A phrase is read once; with additions it is read anew, and the register without them stays as it is."""
    told = {"name": "Quux Harbour Board", "phrase": "Ann Quux", "title": "press secretary", "day": "2020-01-01"}

    def asked(of: Register) -> tuple[bool, bool, bool]:
        """Whether it knows the body, the person, and the office by some of its words."""
        held = of.holder(told["title"], "CHL", told["day"])
        return of.organisation(told["name"]) is not None, of.describe(told["phrase"], on=told["day"]) is not None, "x1" in [o.person for o in held]

    assert asked(register) == (False, False, False)
    board, ann = Named(id="x2", name=told["name"], kind="office", country="CHL"), Named(id="x1", name=told["phrase"], kind="person", country="CHL")
    held = Office(person="x1", office="Palace Press Secretary", of="CHL", start="2019")
    more = register.plus(Additions(named=(board, ann), offices=(held,)))
    assert asked(more) == (True, True, True)
    assert asked(register) == (False, False, False)
    assert more.describe("the French troops") is more.describe("the French troops")
