"""A line of a view says each thing once, in the words that a desk would use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from backchannel.coder import code
from backchannel.records import When
from backchannel.views.affairs import Ledger
from backchannel.views.layout import row_lines
from backchannel.views.mediations import Mediation
from backchannel.views.wording import on
from support import Maker


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger(tmp_path / "l.db", clock=lambda: datetime(2025, 8, 5, 12, tzinfo=UTC)) as made:
        yield made


def told(ledger: Ledger, text: str, anchor: str, event: str, **more: Any) -> Any:
    """The one event of a report by Arlen of Arland on Borduria."""
    m = Maker(text, publisher="Post", published="2025-08-05")
    sides = {"actor": [m.actor("Arlen", country="ARL")], "recipient": [m.actor("Borduria", "state", "BOR")]}
    m.event(anchor, event, **(sides | more))
    ledger.add(m.coded())
    return ledger.timeline()[0]


def test_a_thing_is_told_once(ledger: Ledger) -> None:
    """What another note holds whole is left out."""
    text = "Arlen criticised Borduria for the raid on the embassy. Arlen called for new talks to modify it."
    row = told(ledger, text, "criticised", "ACCUSE", topic=["the raid on the embassy"], trigger=["raid on the embassy"], purpose=["the raid"])
    assert row.notes() == ["topic: the raid on the embassy"]


@pytest.mark.parametrize(
    ("text", "where", "place"),
    [
        ("Arlen accused Borduria at the White House.", "White House", "at the White House"),
        ("Arlen accused Bordurian nuclear sites.", "Bordurian nuclear sites", "at Bordurian nuclear sites"),
        ("Arlen accused Borduria in Geneva.", "Geneva", "in Geneva"),
        ("Flying to Geneva, Arlen accused Borduria.", "Geneva", "in Geneva"),
    ],
)
def test_a_place_has_its_preposition(ledger: Ledger, text: str, where: str, place: str) -> None:
    """That of the words, where they place it; else "in"."""
    row = told(ledger, text, "accused", "ACCUSE", where=where)
    assert row.notes() == [place]


@pytest.mark.parametrize(
    ("text", "anchor", "event", "act"),
    [
        ("Arlen agreed with Borduria.", "agreed", "AGREE", "agreement (“agreed”)"),
        ("Arlen pledged help to Borduria.", "pledged", "AGREE", "promise (“pledged”)"),
        ("Arlen gave his word to Borduria.", "word", "AGREE", "agreement or promise (“word”)"),
    ],
)
def test_of_two_names_the_words_choose(ledger: Ledger, text: str, anchor: str, event: str, act: str) -> None:
    """What an act is called by two nouns for is called by one, where its words tell which."""
    assert told(ledger, text, anchor, event).what() == f"Arlen → Borduria: {act}"


def test_own_people_are_own(ledger: Ledger) -> None:
    """A party called by its owner is "own" where the owner acts on it."""
    m = Maker("Arlen recalled his diplomats.", publisher="Post", published="2025-08-05")
    m.event("recalled", "SANCTION", actor=[m.actor("Arlen", country="ARL")], recipient=[m.actor("Arlen's diplomats", "people", "ARL", says=["his diplomats"])])
    ledger.add(m.coded())
    assert ledger.timeline()[0].what().startswith("Arlen → own diplomats: ")


@pytest.mark.parametrize(
    ("office", "of", "told"),
    [
        ("President", "USA", "President of the United States"),
        ("Secretary of State", "USA", "U.S. Secretary of State"),
        ("White House press secretary", "USA", "White House press secretary"),
        ("PRESIDENT", "KEN", "President of Kenya"),
        ("secretary general", "Arab League", "secretary general of the Arab League"),
        ("Arab League envoy", "Arab League", "Arab League envoy"),
        ("spokesman at China's Ministry of Foreign Affairs", "CHN", "spokesman at China's Ministry of Foreign Affairs"),
    ],
)
def test_an_office_says_once_whose_it_is(ledger: Ledger, office: str, of: str, told: str) -> None:
    """By its own words where they tell it, else with the state's name or adjective."""
    m = Maker(f"{office} Arlen spoke.", publisher="Post", published="2025-08-05")
    m.office(office, m.actor("Arlen", country=of if len(of) == 3 else None), office, of)
    ledger.add(m.coded())
    assert [r.what() for r in ledger.offices()] == [f"Arlen: {told}"]


@pytest.mark.parametrize(("name", "conflict"), [("Abdourahamane Tiani", False), ("Anna Arlen", True)])
def test_a_name_in_two_spellings_is_no_conflict(ledger: Ledger, name: str, conflict: bool) -> None:
    """With whom the register has in the office."""
    m = Maker(f"President {name} of Niger spoke.", publisher="Post", published="2023-09-05")
    m.office("President", m.actor(name, country="NER"), "President", "NER")
    ledger.add(m.coded())
    assert [bool(r.conflict) for r in ledger.offices()] == [conflict]


def test_talks_of_one_named_side_are_no_mediation(ledger: Ledger) -> None:
    """Where nobody is named who mediates."""
    told(ledger, "Arlen held talks.", "talks", "CONSULT", recipient=[], mode="third-party")
    assert not ledger.mediations()
    assert len(ledger.timeline()) == 1


def test_one_office_in_two_spellings_is_one(ledger: Ledger) -> None:
    """ "Advisor" is "adviser"."""
    for office, publisher in (("National Security Advisor", "Post"), ("national security adviser", "Times")):
        m = Maker(f"{office} Arlen spoke.", publisher=publisher, published="2025-08-05")
        m.office(office, m.actor("Arlen", country="KEN"), office, "KEN")
        ledger.add(m.coded())
    assert len(ledger.offices()) == 1


def test_a_long_time_is_no_unknown_one(ledger: Ledger) -> None:
    """A date too long for its column stands in the notes, its year in the column."""
    assert on(When(start="2012-01-17", end="2013-01-16")) == "Jan 2012 – Jan 2013"
    row = msgspec.structs.replace(told(ledger, "Arlen accused Borduria.", "accused", "ACCUSE"), when=When(start="2012-12-28", end="2013-01-03"))
    assert row_lines(ledger.brief(), row, 100, compact=False, section="")[0][0].text.strip() == "2012–2013"


def test_lobbied_against_is_against(ledger: Ledger) -> None:
    """A demand keeps the word that turns it round."""
    row = told(ledger, "Arlen lobbied Borduria against leaving the treaty.", "lobbied", "REQUEST", demand=["leaving the treaty"])
    assert row.notes() == ["demand: against leaving the treaty"]


def test_what_two_reports_demand_alike_is_one_demand(ledger: Ledger) -> None:
    """Each demand is told once, also in the row's own fields."""
    for publisher, text in (("Post", "Arlen urged Borduria to open the border."), ("Times", "On Monday Arlen urged Borduria to open the border.")):
        m = Maker(text, publisher=publisher, published="2025-08-05")
        sides = {"actor": [m.actor("Arlen", country="ARL")], "recipient": [m.actor("Borduria", "state", "BOR")]}
        m.event("urged", "REQUEST", when_="2025-08-04", demand=["open the border"], **sides)
        ledger.add(m.coded())
    assert [row.demand for row in ledger.timeline()] == [("open the border",)]


def test_what_has_no_time_has_the_day_it_was_told(ledger: Ledger) -> None:
    """Not the day of the act, and said to be none."""
    assert told(ledger, "Arlen accused Borduria.", "accused", "ACCUSE").date() == "told 5 Aug 2025"


@pytest.mark.parametrize(("anchor", "lines"), [("ceasefire", ["REQUEST"]), ("talks", ["REQUEST", "CONSULT"])])
def test_what_is_demanded_stands_with_the_demand(ledger: Ledger, anchor: str, lines: list[str]) -> None:
    """An act within the words of a demand has no line of its own beside it; another that is demanded has one, called demanded and not unclear."""
    m = Maker("Arlen called for a ceasefire. He also wants talks.", publisher="Post", published="2025-08-05")
    a, b = m.actor("Arlen", country="ARL"), m.actor("Borduria", "state", "BOR")
    m.event("called", "REQUEST", actor=[a], recipient=[b], demand=["a ceasefire"])
    m.event(anchor, "CONSULT" if anchor == "talks" else "RETREAT", actor=[b], status="demanded")
    ledger.add(m.coded())
    rows = [row for section in ledger.brief().sections for row in section.rows if getattr(row, "type", None)]
    assert [row.type for row in rows] == lines
    assert not any("unclear" in row.sure() for row in rows)
    assert len(ledger.timeline()) == 2


def test_who_acts_is_named_most_specifically(ledger: Ledger) -> None:
    """A state gives way to a person of it, somebody's people to himself."""
    m = Maker("Arlen and Arland accused Berg and his aides.", publisher="Post", published="2025-08-05")
    a, b = m.actor("Arlen", country="ARL", entity="Q1"), m.actor("Berg", country="BOR", entity="Q2")
    arland, aides = m.actor("Arland", "state", "ARL", entity="state:ARL"), m.actor("Berg's aides", "people", "BOR", says=["his aides"])
    m.event("accused", "ACCUSE", actor=[a, arland], recipient=[b, aides])
    ledger.add(m.coded())
    assert ledger.timeline()[0].what() == "Arlen → Berg: accusation (“accused”)"


@pytest.mark.parametrize(
    ("text", "content", "cue", "stance", "told"),
    [
        ("Arlen described the pact as historic.", "the pact as historic", "described", "asserts", "Arlen (“described”): the pact as historic"),
        ("Arlen criticised Berg for the raid.", "Berg for the raid", "criticised", "accuses", "Arlen (accuses, “criticised”): Berg for the raid"),
        ("Arlen accused Berg of the raid.", "Berg of the raid", "accused", "accuses", "Arlen (accuses): Berg of the raid"),
        ("Arlen said Berg had left.", "Berg had left", "said", "asserts", "Arlen: Berg had left"),
        ("“We saw it,” Arlen said. “We will answer.”", "“We saw it,” Arlen said. “We will answer.”", "said", "asserts", "Arlen: “We saw it … We will answer.”"),
        ('Arlen said Berg "came late," and left.', 'Berg "came late,"', "said", "asserts", 'Arlen: Berg "came late"'),
    ],
)
def test_a_statement_reads_as_one(ledger: Ledger, text: str, content: str, cue: str, stance: str, told: str) -> None:
    """Words for it that say more than "said" are shown, those of the report within a broken quotation are not."""
    m = Maker(text, publisher="Post", published="2025-08-05")
    m.said("Arlen", content, by=m.actor("Arlen", country="ARL"), cue=cue, stance=stance, verbatim=content.startswith("“"))
    ledger.add(m.coded())
    assert [r.what() for r in ledger.statements()] == [told]


def test_who_came_and_met_paid_one_visit(ledger: Ledger) -> None:
    """Told in one sentence it is one contact, and still tells who came to whom."""
    m = Maker("Arlen flew to Borduria on Monday and met Berg.", publisher="Post", published="2025-08-05")
    a, b = m.actor("Arlen", country="ARL"), m.actor("Berg", country="BOR")
    m.event("flew", "CONSULT", mode="visit", actor=[a], recipient=[b], when_="2025-08-04")
    m.event("met", "CONSULT", actor=[a, b], when_="2025-08-04")
    ledger.add(m.coded())
    assert [r.what() for r in ledger.contacts()] == ["Arlen → Berg: visit"]


def test_one_contact_belongs() -> None:
    """A number has its verb."""
    assert Mediation(id="m", contacts=("c",)).notes() == ["1 contact belongs to it"]


def test_what_an_ultimatum_demands_stands_with_it(ledger: Ledger) -> None:
    """The act that is demanded has no line of its own beside the ultimatum, its term included."""
    m = Maker("Arlen gave Borduria until Friday to free Berg or face sanctions.", publisher="Post", published="2025-08-05")
    a, b, berg = m.actor("Arlen", country="ARL"), m.actor("Borduria", "state", "BOR"), m.actor("Berg", country="ARL")
    m.event("sanctions", "SANCTION", actor=[a], recipient=[b], status="threatened")
    m.event("free", "RETREAT", mode="release", actor=[b], recipient=[berg], status="demanded", deadline="2025-08-08")
    ledger.add(m.coded())
    assert [s.title for s in ledger.brief().sections] == ["Ultimatums and deadlines"]


def test_a_snippet_holds_who_takes_part(ledger: Ledger) -> None:
    """As far as its length lets it, not only the words around the act."""
    text = (
        "Arlen, who had spent the whole of the day in the capital with his closest advisers from the coast, accused the neighbouring republic, which "
        "had been quiet in all those years of trouble, of having helped the smugglers."
    )
    row = told(ledger, text, "accused", "ACCUSE", recipient=[])
    assert ledger.brief().quote(row).startswith("Arlen, who had spent")


@pytest.mark.parametrize(
    ("text", "about", "asked"),
    [
        ("Arlen said that the truth may never be known.", "the truth", "the truth (open)"),
        ("It is not clear that Borduria will answer.", "Borduria will answer", "whether Borduria will answer (open)"),
    ],
)
def test_a_thing_is_no_clause(ledger: Ledger, text: str, about: str, asked: str) -> None:
    """What is asked for by its name has no "whether", and nothing is said of how certain it is."""
    m = Maker(text, publisher="Post", published="2025-08-05")
    m.question("known" if "known" in text else "clear", about=about)
    ledger.add(m.coded())
    row = ledger.questions()[0]
    assert row.what() == asked
    assert row.sure() == "1 origin (Post)"


@pytest.mark.parametrize("dateline", ["MOSCOW, May 5, 2025 — ", "WASHINGTON (Reuters) - ", "(CNN) ", "JOINT BASE ANDREWS, Maryland - "])
def test_a_snippet_begins_behind_the_dateline(ledger: Ledger, dateline: str) -> None:
    """Which tells nothing of the act."""
    row = told(ledger, f"{dateline}Arlen accused Borduria.", "accused", "ACCUSE")
    assert ledger.brief().quote(row) == "Arlen accused Borduria."


def test_a_threat_not_to_act_is_denied_by_nobody() -> None:
    """Who warns that he will not sign threatens."""
    text = "Trump telephoned both leaders on Saturday and warned that he would not conclude trade agreements with Thailand if the fighting did not stop."
    with Ledger("sqlite://") as passing:
        passing.add(code(text, published="2025-07-27", publisher="Post"))
        assert [u.standing for u in passing.ultimatums()] == ["threatened"]


@pytest.mark.parametrize(
    ("n_outlets", "source"),
    [(2, "Post and Times [1][2]"), (4, "Post, Times, Wire and Echo [1][2][3][4]"), (5, "Post, Times, Wire and 2 others [1][2][3][4][5]")],
)
def test_who_tells_a_thing_is_named(ledger: Ledger, n_outlets: int, source: str) -> None:
    """Each outlet that tells it in its own voice, in the order of their numbers; not the first of them for all."""
    for day, publisher in enumerate(("Post", "Times", "Wire", "Echo", "Mail")[:n_outlets]):
        m = Maker(f"{publisher}: Arlen accused Borduria.", publisher=publisher, published=f"2025-08-{9 - day:02}")
        sides = {"actor": [m.actor("Arlen", country="ARL")], "recipient": [m.actor("Borduria", "state", "BOR")]}
        m.event("accused", "ACCUSE", when_="2025-08-04", **sides)
        ledger.add(m.coded())
    made = ledger.brief()
    assert [made.source(row) for row in ledger.timeline()] == [source]


def test_what_two_reports_quote_is_one_statement(ledger: Ledger) -> None:
    """In the brief: the same words of the same speaker, with the numbers of both reports."""
    for publisher in ("Post", "Times"):
        m = Maker(f"“We saw it,” Arlen said to the {publisher}.", publisher=publisher, published="2025-08-05")
        m.said("Arlen", "“We saw it,”", by=m.actor("Arlen", country="ARL"), cue="said", verbatim=True)
        ledger.add(m.coded())
    assert len(ledger.statements()) == 2
    assert "“We saw it” [1][2]" in ledger.brief().to_text()


@pytest.mark.parametrize(
    ("quantity", "instrument", "notes"),
    [("two", "submarines", ["two submarines"]), ("dozens of", "drones", ["dozens of drones"]), ("three sailors", "A ship", ["three sailors", "A ship"])],
)
def test_how_many_of_what(ledger: Ledger, quantity: str, instrument: str, notes: list[str]) -> None:
    """A number goes with what it counts; whom it struck does not count what it was done with."""
    text = f"Arlen attacked Borduria: {quantity}, {instrument}."
    assert told(ledger, text, "attacked", "ASSAULT", quantity=[quantity], instrument=[instrument]).notes() == notes


def test_topics_are_not_the_parties(ledger: Ledger) -> None:
    """Of a contact: who takes part is named already."""
    told(ledger, "Arlen met Borduria on Borduria and grain.", "met", "CONSULT", topic=["Borduria", "grain"])
    assert ledger.contacts()[0].notes() == ["topics: grain"]


def test_two_wordings_of_a_demand_are_one(ledger: Ledger) -> None:
    """What opens a demand is no part of it, and its term stands where its words have it."""
    text = "Arlen demanded that Borduria leave Nyala by Friday before any talks and insisted it must leave Nyala."
    m = Maker(text, publisher="Post", published="2025-08-05")
    sides = {"actor": [m.actor("Arlen", country="ARL")], "recipient": [m.actor("Borduria", "state", "BOR")]}
    asked = ["that Borduria leave Nyala by Friday before any talks", "must leave Nyala"]
    m.event("demanded", "REQUEST", demand=asked, deadline="2025-08-08", **sides)
    ledger.add(m.coded())
    row = msgspec.structs.replace(ledger.ultimatums()[0], deadline=When(start="2025-08-08", end="2025-08-08", text="by Friday"))
    assert row.demand == ("that Borduria leave Nyala by Friday before any talks",)
    assert row.what() == "Arlen to Borduria: that Borduria leave Nyala by Fri 8 Aug 2025 before any talks (standing)"


def test_an_amount_is_no_end_of_an_object(ledger: Ledger) -> None:
    """A point within a number ends nothing, and no preposition is left hanging."""
    m = Maker("Arlen would block 6.5 billion euros in new aid for Borduria unless it paid.", publisher="Post", published="2025-08-05")
    a, b = m.actor("Arlen", country="ARL"), m.actor("Borduria", "state", "BOR")
    m.event("block", "SANCTION", actor=[a], recipient=[b], status="threatened", condition="unless it paid")
    ledger.add(m.coded())
    assert ledger.ultimatums()[0].threat == ("block 6.5 billion euros in new aid",)


def test_who_denies_has_one_name(ledger: Ledger) -> None:
    """Whatever reports call the body."""
    for publisher, name in (("Post", "Borduria's army"), ("Times", "Borduria army")):
        m = Maker(f"{name} denied that Arlen met it.", publisher=publisher, published="2025-08-05")
        army = m.actor(name, "military", "BOR", entity="org:BOR:army")
        by = m.said(name, "that Arlen met it", by=army, cue="denied", stance="denies")
        m.event("met", "CONSULT", actor=[m.actor("Arlen", country="ARL"), army], when_="2025-08-04", polarity="-", said_by=[by])
        ledger.add(m.coded())
    assert len(ledger.contacts()[0].denied_by) == 1


def test_who_is_named_by_more_words_is_one_party(ledger: Ledger) -> None:
    """The mission, and the mission in a town, of one attack."""
    for publisher, name in (("Post", "Arland's mission in Berg"), ("Times", "Arland's mission")):
        m = Maker(f"A crowd attacked {name} on Monday.", publisher=publisher, published="2025-08-05")
        m.event("attacked", "ASSAULT", actor=[m.actor("crowd", "people")], recipient=[m.actor(name, "office", "ARL")], when_="2025-08-04")
        ledger.add(m.coded())
    assert [p.name for p in ledger.timeline()[0].parties if p.role == "recipient"] == ["Arland's mission in Berg"]


@pytest.mark.parametrize(("other", "kind", "n_contacts"), [("Arland's rebels", "armed_group", 2), ("Arland's ministry", "ministry", 1)])
def test_rebels_are_not_their_state(ledger: Ledger, other: str, kind: str, n_contacts: int) -> None:
    """Whom an official of a state met was not met by those who have risen against it; a body of the state may stand for its official."""
    for publisher, text, who in (("Post", "Arlen met Berg.", None), ("Times", f"{other} met Berg on Monday.", other)):
        m = Maker(text, publisher=publisher, published="2025-08-05")
        one = m.actor(who, kind, "ARL", sector="REB" if kind == "armed_group" else "GOV") if who else m.actor("Arlen", country="ARL")
        m.event("met", "CONSULT", actor=[one, m.actor("Berg", country="BOR")], when_="2025-08-04" if who else None)
        ledger.add(m.coded())
    assert len(ledger.contacts()) == n_contacts
