"""Each view answers its question from the claims of several outlets."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import stories
from backchannel.errors import UsageError
from backchannel.views.affairs import Ledger
from backchannel.views.view import View
from support import Maker

VIEWS = (
    "contacts",
    "mediations",
    "ultimatums",
    "relations",
    "balances",
    "questions",
    "statements",
    "timeline",
    "offices",
    "reports",
    "claims",
    "events",
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger(tmp_path / "l.db", clock=lambda: datetime(2025, 8, 5, 12, tzinfo=UTC)) as made:
        yield made


def mediation(*, question: bool = True) -> Maker:
    """Somebody mediates, and it is unknown who wanted it."""
    m = Maker(
        "Carl Caan has been trying to mediate between Arland and Borduria, to no avail. Caan spoke to Arland on Monday. "
        "It is unclear whether Borduria asked Caan to mediate or whether Caan offered to mediate.",
        publisher="Post", published="2025-08-05",
    )  # fmt: skip
    c, a, b = m.actor("Carl Caan", country="CAA"), m.actor("Arland", "state", "ARL"), m.actor("Borduria", "state", "BOR")
    m.event("mediate", "CONSULT", actor=[a, b], mediator=[c], status="attempted")
    m.event("spoke", "CONSULT", mode="phone", actor=[c, a], when_="2025-08-04")
    m.event("asked", "REQUEST", actor=[b], recipient=[c], status="possible", certainty="unknown")
    if question:
        m.question("unclear", alternatives=["Borduria asked Caan to mediate", "Caan offered to mediate"])
    return m


def test_a_contact_says_who_confirmed_and_who_disclosed(ledger: Ledger) -> None:
    """The call of two outlets is one contact, with its confirmations."""
    for coded in (stories.call("Post"), stories.call_confirmed("Mail"), stories.retold("Echo", "Gazette")):
        ledger.add(coded)
    (row,) = ledger.contacts()
    assert {p.name for p in row.parties} == {"Anna Arlen", "Boris Berg"}
    assert (row.channel, row.disclosure, row.standing, row.n_origins) == ("phone", ("public",), "confirmed_by_both", 3)
    assert set(row.confirmed_by) == {"Office of the President", "spokesman of Borduria"}
    assert len(row.reports) == 3


def test_a_plan_is_told_apart_from_who_says_it_was_done(ledger: Ledger) -> None:
    """Who only announced the call stands among the sources as such, and not among the origins."""
    m = Maker("Anna Arlen will speak with Boris Berg on Sunday.", publisher="Mail", published="2025-08-01")
    m.event(
        "speak",
        "CONSULT",
        mode="phone",
        actor=[m.actor("Anna Arlen", country="ARL"), m.actor("Boris Berg", country="BOR")],
        status="planned",
        when_="2025-08-03",
    )
    for coded in (m.coded(), stories.call("Post")):
        ledger.add(coded)
    (row,) = ledger.contacts()
    assert (row.status, row.origins) == ("happened", ("Post",))
    assert set(row.says().split("; ")) == {"Post", "Mail (planned)"}


def test_what_names_the_parties_is_quoted_first(ledger: Ledger) -> None:
    """Of the sentences that tell one call those that name both sides, whatever order the claims of the reports have."""
    apart, together = "Anna Arlen and Boris Berg are allies. They spoke by telephone on Sunday.", "Anna Arlen spoke to Boris Berg by telephone on Sunday."
    for n in range(8):
        m = Maker(f"Here is number {n}. {apart if n % 2 else together}", publisher=f"Post {n}", published="2025-08-05")
        sides = [m.actor("Anna Arlen", country="ARL"), m.actor("Boris Berg", country="BOR")]
        m.event("spoke", "CONSULT", mode="phone", actor=sides, when_="2025-08-03")
        ledger.add(m.coded())
    (row,) = ledger.contacts()
    assert ["Berg" in e.text for e in row.evidence] == [True] * 4 + [False] * 4


def test_a_mediation_knows_its_question_and_contacts(ledger: Ledger) -> None:
    """The initiative is open as long as a question about it stands; failure is read from the sentence."""
    ledger.add(mediation().coded())
    (row,) = ledger.mediations()
    assert (row.mediators, set(row.between), row.status, row.outcome) == (("Carl Caan",), {"Arland", "Borduria"}, "attempted", "failed")
    assert row.initiative == "open"
    assert len(row.alternatives) == 2
    assert row.contacts == (ledger.contacts()[0].id,)
    assert len(ledger.contacts()) == 1  # the mediation itself is no contact of the parties


@pytest.mark.parametrize(
    ("later", "state"),
    [
        (None, "standing"),
        (stories.later_act("imposed sanctions", "SANCTION", "discontinue", "Arlen", "Borduria"), "carried_out"),
        (stories.later_act("spoke of its sanctions", "SANCTION", "discontinue", "Arlen", "Borduria", published="2025-08-06", day=None), "standing"),
        (stories.later_act("imposed sanctions", "SANCTION", "discontinue", "Arlen", "Borduria", day=None), "carried_out"),
        (stories.later_act("imposed sanctions", "SANCTION", "discontinue", "Arlen", "Borduria", published="2025-12-09", day=None), "lapsed"),  # of any time
        (stories.later_act("imposed sanctions", "SANCTION", "discontinue", "Arlen", "Borduria", day="2025-08-02"), "lapsed"),  # before the threat
        (stories.later_act("opened its border", "RETREAT", "access", "Borduria", None), "met"),
        (stories.later_act("attacked a port", "ASSAULT", None, "Borduria", "Arlen"), "lapsed"),
        (stories.ultimatum("Herald", "2025-08-07", deadline="2025-08-15"), "extended"),
    ],
)
def test_an_ultimatum_over_time(ledger: Ledger, later: object, state: str) -> None:
    """One ultimatum of threat and threatened act; later claims decide what became of it."""
    ledger.add(stories.ultimatum())
    if later is not None:
        ledger.add(later)  # type: ignore[arg-type]
    row = ledger.ultimatums()[0]
    assert (row.issuer, row.addressee, row.demand, row.threat) == (("Arlen",), ("Borduria",), ("opened the border",), ("impose sanctions",))
    assert row.state == state


def test_nobody_threatens_himself(ledger: Ledger) -> None:
    """Who threatens in one of its claims is no addressee of it, though another claim of its sentence has it acted on; what it does itself meets nothing."""
    m = Maker("Arlen warned Borduria that it would impose sanctions unless it opened the border.", publisher="Post", published="2025-08-05")
    a, b = m.actor("Arlen", country="ARL"), m.actor("Borduria", "state", "BOR")
    m.event("warned", "THREATEN", actor=[a], recipient=[b], demand=["opened the border"])
    m.event("impose sanctions", "SANCTION", actor=[a], recipient=[a, b], status="threatened")
    m.event("opened the border", "RETREAT", mode="access", actor=[b], status="demanded")
    ledger.add(m.coded())
    ledger.add(stories.later_act("opened its border", "RETREAT", "access", "Arlen", None))
    (row,) = ledger.ultimatums()
    assert (row.issuer, row.addressee, row.state) == (("Arlen",), ("Borduria",), "standing")
    assert [p.name for p in row.parties if p.role == "recipient"] == ["Borduria"]
    ledger.add(stories.later_act("opened its border", "RETREAT", "access", "Borduria", None))
    assert ledger.ultimatums()[0].state == "met"


@pytest.mark.parametrize("publisher", ["Post", "Mail", "Herald", "Courier"])
def test_two_threats_beside_a_third_are_one(ledger: Ledger, publisher: str) -> None:
    """What one party threatens in a sentence is one ultimatum, whoever else threatens there."""
    m = Maker("Borduria's threats aside, Arlen warned of fire and fury if it attacked.", publisher=publisher, published="2025-08-05")
    a, b = m.actor("Arlen", country="ARL"), m.actor("Borduria", "state", "BOR")
    m.event("threats", "THREATEN", actor=[b], recipient=[a])
    for word in ("fire", "fury"):
        m.event(word, "ASSAULT", actor=[a], recipient=[b], status="threatened", condition="if it attacked")
    ledger.add(m.coded())
    assert [u.threat for u in ledger.ultimatums()] == [("fire", "fury")]


@pytest.mark.parametrize("condition", ["if they can", "if I win the vote", "if it must"])
def test_what_only_the_threatener_can_meet_is_no_term(ledger: Ledger, condition: str) -> None:
    """Nobody else is asked for anything."""
    m = Maker(f"Arlen said sanctions on Borduria would follow {condition}.", publisher="Post", published="2025-08-05")
    a, b = m.actor("Arlen", country="ARL"), m.actor("Borduria", "state", "BOR")
    m.event("sanctions", "SANCTION", actor=[a], recipient=[b], status="threatened", condition=condition)
    ledger.add(m.coded())
    assert not ledger.ultimatums()


def test_a_threat_without_terms_is_no_ultimatum(ledger: Ledger) -> None:
    """Without demand, condition or deadline it is an event like others."""
    m = Maker("Arlen threatened Borduria with war.", publisher="Post", published="2025-08-05")
    m.event("threatened", "THREATEN", actor=[m.actor("Arlen", country="ARL")], recipient=[m.actor("Borduria", "state", "BOR")])
    ledger.add(m.coded())
    assert not ledger.ultimatums()
    assert len(ledger.timeline()) == 1


def test_relations_turn_and_balance(ledger: Ledger) -> None:
    """Turns come in order with their reasons; the balance adds up what happened that month."""
    m = Maker(
        "Ties of Arland with Borduria worsened over the border. Arland struck Borduria. Before, Arland praised Borduria.",
        publisher="Post",
        published="2025-08-05",
    )
    a, b = m.actor("Arland", "state", "ARL"), m.actor("Borduria", "state", "BOR")
    m.relation("worsened", [a, b], quality="strained", trend="worsening", because=["the border"])
    m.event("struck", "ASSAULT", actor=[a], recipient=[b], when_="2025-08-02")
    m.event("praised", "SUPPORT", actor=[a], recipient=[b], when_="2025-08-01")
    ledger.add(m.coded())
    (turn,) = ledger.relations(between=("Borduria", "Arland"))
    assert (turn.pair, turn.trend, turn.because) == (("ARL", "BOR"), "worsening", ("the border",))
    (month,) = ledger.balances()
    assert (month.month, month.n_events, month.score, month.cooperation, month.conflict) == ("2025-08", 2, -2.0, 1, 1)


@pytest.mark.parametrize(("others", "standing", "why"), [(0, "denied", "denied by Arland"), (1, "disputed", "said by the report, denied by Arland")])
def test_a_relation_that_somebody_denies_is_no_fact(ledger: Ledger, others: int, standing: str, why: str) -> None:
    """Denied where nobody else tells it, else disputed; one that nobody denies has no standing."""
    m = Maker("Arland denied any rift with Borduria. A rift divides Arland and Borduria. Arland and Caan are allies.", publisher="Post", published="2025-08-05")
    a, b, c = m.actor("Arland", "state", "ARL"), m.actor("Borduria", "state", "BOR"), m.actor("Caan", "state", "CAA")
    denial = m.said("Arland", "any rift with Borduria", by=a, cue="denied", stance="denies")
    m.relation("rift", [a, b], quality="strained", said_by=[denial])
    if others:
        m.relation("rift", [a, b], in_="A rift divides Arland", quality="strained")
    m.relation("allies", [a, c], quality="allied")
    ledger.add(m.coded())
    turn, ally = ledger.relations()
    assert (turn.standing, turn.standing_why, turn.pair) == (standing, why, ("ARL", "BOR"))
    assert turn.what() == f"Arland – Borduria: strained ({standing})" and turn.sure().startswith(standing)
    assert (ally.standing, ally.sure()) == (None, "1 origin (Post)")
    assert [t.id for t in ledger.relations(status=standing)] == [turn.id]


def test_several_allies_are_a_pair_each(ledger: Ledger) -> None:
    """With whom they are allied, not with each other."""
    m = Maker("The allies of Arland, Borduria and Caan, met.", publisher="Post", published="2025-08-05")
    a, b, c = m.actor("Arland", "state", "ARL"), m.actor("Borduria", "state", "BOR"), m.actor("Caan", "state", "CAA")
    m.relation("allies", [a, b, c], quality="allied", trend="unknown")
    ledger.add(m.coded())
    turns = list(ledger.relations())
    assert [t.pair for t in turns] == [("ARL", "BOR"), ("ARL", "CAA")] and len({t.id for t in turns}) == 2
    assert not list(ledger.relations(between=("Borduria", "Caan")))


def test_a_question_is_answered_by_a_later_claim(ledger: Ledger) -> None:
    """Open until a later report asserts one alternative; both alternatives stay."""
    ledger.add(mediation().coded())
    assert ledger.questions()[0].state == "open"
    m = Maker("Borduria asked Caan for help last week, officials said.", publisher="Mail", published="2025-08-20")
    m.event("asked", "REQUEST", actor=[m.actor("Borduria", "state", "BOR")], recipient=[m.actor("Caan", country="CAA")])
    ledger.add(m.coded())
    (row,) = ledger.questions()
    assert (row.state, row.answer, row.answered_on) == ("answered", "Borduria asked Caan to mediate", "2025-08-20")
    assert len(row.alternatives) == 2


@pytest.mark.parametrize(("word", "state"), [("whether", "answered"), ("why", "open")])
def test_who_asks_why_takes_it_for_done(ledger: Ledger, word: str, state: str) -> None:
    """An act answers the question whether it takes place, not why it does."""
    asked = f"{word} Arlen would attack Borduria"
    m = Maker(f"It was unclear {asked}.", publisher="Post", published="2025-08-05")
    sides = {"actor": [m.actor("Arlen", country="ARL")], "recipient": [m.actor("Borduria", "state", "BOR")]}
    m.question("unclear", about=asked.removeprefix("whether "))
    m.event("attack", "ASSAULT", status="possible", **sides)
    ledger.add(m.coded())
    ledger.add(stories.later_act("attacked", "ASSAULT", None, "Arlen", "Borduria"))
    assert [q.state for q in ledger.questions()] == [state]


def test_statements_come_verbatim_first_with_their_nesting(ledger: Ledger) -> None:
    """A quotation inside another's report names both."""
    m = Maker('The Gazette reported that Arlen said: "We will talk." Berg said little.', publisher="Post", published="2025-08-05")
    a, g, b = m.actor("Arlen", country="ARL"), m.actor("The Gazette", "media", sector="MED"), m.actor("Berg", country="BOR")
    m.said("Berg", "little", by=b, cue="said")
    outer = m.said("The Gazette", 'Arlen said: "We will talk."', by=g, cue="reported")
    m.said("Arlen", "We will talk.", by=a, cue="said", verbatim=True, within=outer)
    ledger.add(m.coded())
    first = ledger.statements()[0]
    assert (first.speaker, first.verbatim, first.within) == ("Arlen", True, ("The Gazette",))
    assert [s.speaker for s in ledger.statements(actor="Berg")] == ["Berg"]


def test_offices_and_provenance(ledger: Ledger) -> None:
    """Occupancies keep tense and beginning; a report shows the way it came."""
    note = "This gazette.example report was republished with permission from Gazette."
    m = Maker(
        f"Former president Arlen met Berg, who became minister last year, Kanal 5 reported. {note}",
        publisher="Post",
        published="2025-08-05",
        carried=[("Gazette", note)],
    )
    a, b, k = m.actor("Arlen", country="ARL"), m.actor("Berg", country="BOR"), m.actor("Kanal 5", "media", sector="MED")
    m.office("president", a, "president", "ARL", tense="former")
    m.office("minister", b, "minister", "BOR", from_="2024")
    m.said("Kanal 5", "Former president Arlen met Berg", by=k, cue="reported")
    ledger.add(m.coded())
    assert [r.what() for r in ledger.offices()] == ["Arlen: former president of ARL", "Berg: minister of BOR, since 2024"]
    assert ledger.reports()[0].chain() == "Kanal 5 → Gazette → Post"


def test_whose_news_a_report_tells_again_and_whom_it_only_cites(ledger: Ledger) -> None:
    """An outlet stands in the chain when the first act is told on its word; one named for something further down, or by no name, is no step of the way."""
    text = "Arland shelled Borduria on Sunday. Kanal 5 reported that Borduria had asked for talks. The bulletin said that Arland refused."
    m = Maker(text, publisher="Post", published="2025-08-05")
    a, b, k, n = (
        m.actor("Arland", "state", "ARL"),
        m.actor("Borduria", "state", "BOR"),
        m.actor("Kanal 5", "media", sector="MED"),
        m.actor("The bulletin", "media"),
    )
    m.event("shelled", "ASSAULT", actor=[a], recipient=[b])
    s = m.said("Kanal 5", "Borduria had asked for talks", by=k, cue="reported")
    m.said("The bulletin", "Arland refused", by=n, cue="said")
    m.event("asked", "REQUEST", actor=[b], recipient=[a], said_by=[s])
    ledger.add(m.coded())
    assert ledger.reports()[0].chain() == "Post; cites Kanal 5"


def test_old_events_are_background(ledger: Ledger) -> None:
    """What ended long before its report is marked, what is near is not."""
    m = Maker("Arland invaded Borduria in 2022. Arland shelled Borduria on Sunday.", publisher="Post", published="2025-08-05")
    a, b = m.actor("Arland", "state", "ARL"), m.actor("Borduria", "state", "BOR")
    m.event("invaded", "ASSAULT", actor=[a], recipient=[b], when_="2022")
    m.event("shelled", "ASSAULT", mode="heavy-weapons", actor=[a], recipient=[b], when_="2025-08-03")
    ledger.add(m.coded())
    assert [r.background for r in ledger.timeline()] == [True, False]


def test_filters(ledger: Ledger) -> None:
    """Each filter keeps what it names; all of them work on every view."""
    for coded in (stories.call("Post"), stories.ultimatum(), stories.call("Herald", "2025-06-02", day="2025-06-01", extra="It was June.")):
        ledger.add(coded)

    def count(**wanted: object) -> int:
        return len(ledger.timeline(**wanted))  # type: ignore[arg-type]

    assert count() == 5
    assert count(actor="Berg") == 2
    assert count(actor="ARL") == 4
    assert count(between=("arlen", "BERG")) == 2
    assert count(since="2025-08-01", until="2025-08-04") == 1
    assert count(event="CONSULT-phone") == 2
    assert count(event="sanction") == 1
    assert count(status="threatened") == 1
    assert count(min_origins=2) == 0
    assert count(limit=2) == 2
    assert count(as_known_on="2025-08-04") == 0
    with pytest.raises(UsageError):
        count(since="yesterday")
    for name in VIEWS:
        view: View[Any] = getattr(ledger, name)(
            actor="Arlen", since="2020-01-01", event="CONSULT", status="happened", min_origins=0, as_known_on="2025-08-05", limit=3
        )
        assert len(view) <= 3


def test_views_hand_over_their_rows(ledger: Ledger) -> None:
    """Every view gives dictionaries, JSON lines, Arrow and HTML; empty ones too."""
    ledger.add(mediation().coded())
    ledger.add(stories.ultimatum())
    for name in VIEWS:
        for view in (getattr(ledger, name)(), getattr(ledger, name)(actor="nobody at all")):
            assert [json.loads(line) for line in view.to_json().splitlines()] == json.loads(json.dumps(view.to_dicts()))
            assert "<script" not in view._repr_html_()
            assert view[:1].name == view.name
            pytest.importorskip("pyarrow")
            assert view.to_arrow().num_rows == len(view)


def test_rows_as_a_data_frame(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows go to pandas as dictionaries; without it one line says what to install."""
    ledger.add(stories.ultimatum())
    view = ledger.ultimatums()
    monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace(DataFrame=list))
    assert view.to_pandas() == view.to_dicts()
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match="pip install pandas"):
        view.to_pandas()


def test_a_contact_is_called_by_its_noun(ledger: Ledger) -> None:
    """A verb gets its noun, a state gives way to who acts for it, a meeting that fell through is reported as such."""
    m = Maker(
        "Anna Arlen of Arland met Boris Berg on Monday, and Carl Caan separately. Dinner with Berg was cancelled.", publisher="Post", published="2025-08-05"
    )
    a, b, c = m.actor("Anna Arlen", country="ARL"), m.actor("Boris Berg", country="BOR"), m.actor("Carl Caan", country="CAA")
    arland = m.actor("Arland", "state", "ARL", entity="state:ARL")
    m.event("met", "CONSULT", mode="multilateral", actor=[a, b, c, arland], when_="2025-08-04")
    m.event("Dinner", "CONSULT", actor=[a, b], status="did_not_happen")
    ledger.add(m.coded())
    assert sorted(r.what() for r in ledger.contacts()) == [
        "Anna Arlen – Boris Berg – Carl Caan: multilateral meeting",
        "Anna Arlen – Boris Berg: dinner, did not happen",
    ]
    assert [(r.separate, r.standing) for r in ledger.contacts(event="CONSULT-multilateral")] == [(True, "reported")]


def test_a_person_and_his_own_state_are_no_contact(ledger: Ledger) -> None:
    """One side, named twice."""
    m = Maker("Anna Arlen spoke for Arland on Monday.", publisher="Post", published="2025-08-05")
    m.event("spoke", "CONSULT", actor=[m.actor("Anna Arlen", country="ARL"), m.actor("Arland", "state", "ARL", entity="state:ARL")])
    ledger.add(m.coded())
    assert not ledger.contacts()
    assert len(ledger.timeline()) == 1


@pytest.mark.parametrize(
    ("text", "demand", "told"),
    [
        ("Arlen gave Borduria until Friday to free Berg or face sanctions.", None, "free Boris Berg by Fri 8 Aug 2025, or else sanctions"),
        ("Arlen warned Borduria against arming.", "arming", "against arming, or else consequences that are not named"),
    ],
)  # fmt: skip
def test_terms_of_an_ultimatum(ledger: Ledger, text: str, demand: str | None, told: str) -> None:
    """What is demanded beside the threatened act is its demand; a warning against something is none for it."""
    m = Maker(text, publisher="Post", published="2025-08-05")
    a, b = m.actor("Arlen", country="ARL"), m.actor("Borduria", "state", "BOR")
    if demand:
        m.event("warned", "THREATEN", actor=[a], recipient=[b], demand=[demand])
    else:
        berg = m.actor("Boris Berg", country="ARL", says=["Berg"])
        m.event("sanctions", "SANCTION", actor=[a], recipient=[b], status="threatened")
        m.event("free", "RETREAT", mode="release", actor=[b], recipient=[berg], status="demanded", deadline="2025-08-08")
    ledger.add(m.coded())
    assert [r.what() for r in ledger.ultimatums()] == [f"Arlen to Borduria: {told} (standing)"]


def test_a_threat_has_its_object(ledger: Ledger) -> None:
    """ "Close" alone would tell nothing: the words up to the condition go with it."""
    m = Maker("Arlen would close its border with Borduria for good unless Berg was freed by Friday.", publisher="Post", published="2025-08-05")
    a, b = m.actor("Arlen", country="ARL"), m.actor("Borduria", "state", "BOR")
    m.event("close", "SANCTION", actor=[a], recipient=[b], status="threatened", deadline="2025-08-08", condition="unless Berg was freed by Friday")
    ledger.add(m.coded())
    assert ledger.ultimatums()[0].threat == ("close its border with Borduria for good",)


def test_a_question_keeps_its_whether(ledger: Ledger) -> None:
    """Without it the words would read as what is so."""
    m = Maker("It is unclear whether Arlen will visit Borduria.", publisher="Post", published="2025-08-05")
    m.question("unclear", about="Arlen will visit Borduria")
    ledger.add(m.coded())
    assert [r.what() for r in ledger.questions()] == ["whether Arlen will visit Borduria (open)"]


def test_an_office_is_of_the_state_by_its_name(ledger: Ledger) -> None:
    """By the register's, whatever else of that country the report names."""
    m = Maker("President Arlen of Kenya sat in Hotel Nairobi.", publisher="Post", published="2025-08-05")
    m.actor("Hotel Nairobi", "state", "KEN")
    m.office("President", m.actor("Arlen", country="KEN"), "President", "KEN")
    ledger.add(m.coded())
    assert [r.what() for r in ledger.offices()] == ["Arlen: President of Kenya"]


def test_a_truce_and_its_brokering_are_one_mediation(ledger: Ledger) -> None:
    """Told in one sentence of one mediator; the agreement stays an event."""
    m = Maker("Arland and Borduria agreed a truce brokered by Carl Caan.", publisher="Post", published="2025-08-05")
    a, b, c = m.actor("Arland", "state", "ARL"), m.actor("Borduria", "state", "BOR"), m.actor("Carl Caan", country="CAA")
    m.event("truce", "AGREE", actor=[a, b], mediator=[c])
    m.event("brokered", "CONSULT", actor=[a, b], mediator=[c])
    ledger.add(m.coded())
    assert [r.what() for r in ledger.mediations()] == ["Carl Caan between Arland and Borduria: happened"]
    assert len(ledger.timeline()) == 2


@pytest.mark.parametrize(("text", "asked"), [
    ("Borduria asked Caan to mediate with Arland.", ("Borduria",)),
    ("In talks that Caan mediated with Arland, Borduria asked Caan for bread.", ()),
])  # fmt: skip
def test_who_asked_for_a_mediation(ledger: Ledger, text: str, asked: tuple[str, ...]) -> None:
    """Whoever asks the mediator to mediate, not whoever asks him for something else in the same sentence."""
    m = Maker(text, publisher="Post", published="2025-08-05")
    a, b, c = m.actor("Arland", "state", "ARL"), m.actor("Borduria", "state", "BOR"), m.actor("Caan", country="CAA")
    m.event("mediate" if asked else "mediated", "CONSULT", actor=[a, b], mediator=[c])
    m.event("asked", "REQUEST", actor=[b], recipient=[c])
    ledger.add(m.coded())
    assert [r.asked_by for r in ledger.mediations()] == [asked]


@pytest.mark.parametrize(("who", "published", "asked"), [
    ("Arland", "2025-08-09", ("Arland",)),
    ("Sylda", "2025-08-09", ()),  # no side of that mediation
    ("Arland", "2021-08-09", ()),  # years before
])  # fmt: skip
def test_who_asked_for_another_mediation(ledger: Ledger, who: str, published: str, asked: tuple[str, ...]) -> None:
    """Of another report the request counts when a side of the mediation makes it, and about then."""
    m = Maker("Caan mediated between Arland and Borduria.", publisher="Post", published="2025-08-05")
    a, b, c = m.actor("Arland", "state", "ARL"), m.actor("Borduria", "state", "BOR"), m.actor("Caan", country="CAA")
    m.event("mediated", "CONSULT", actor=[a, b], mediator=[c])
    ledger.add(m.coded())
    m = Maker(f"{who} asked Caan to mediate.", publisher="Herald", published=published)
    m.event("asked", "REQUEST", actor=[m.actor(who, "state", who[:3].upper())], recipient=[m.actor("Caan", country="CAA")])
    ledger.add(m.coded())
    assert [r.asked_by for r in ledger.mediations()] == [asked]
