"""The seed report, read for real: the rows of its list that come out whole, and nothing of what must not (../shared/design/seed.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backchannel.coder import code
from backchannel.records import Coded, EventClaim, QuestionClaim, RelationClaim
from backchannel.views.affairs import Ledger
from support import seed_file

pytestmark = pytest.mark.skipif(seed_file() is None, reason="../shared/seed is not there")

ROWS: dict[str, Callable[[Ledger, Coded], bool]] = {}


def row(test: Callable[[Ledger, Coded], bool]) -> Callable[[Ledger, Coded], bool]:
    """One row of seed.md's table."""
    ROWS[test.__name__] = test
    return test


def contacts(ledger: Ledger, *surnames: str) -> list:  # type: ignore[type-arg]
    """Contacts of exactly these parties, by last names."""
    return [c for c in ledger.contacts() if sorted(p.name.split()[-1] for p in c.parties) == sorted(surnames)]


def events(coded: Coded, kind: str, actor: str, recipient: str | None = None) -> list[EventClaim]:
    """Event claims of a type by (part of) the names of their sides."""
    names = {a.key: a.name for a in coded.actors}
    return [
        c
        for c in coded.claims
        if isinstance(c, EventClaim)
        and c.event == kind
        and any(actor in names[k] for k in c.actor)
        and (recipient is None or any(recipient in names[k] for k in c.recipient))
    ]


def relations(coded: Coded, *pair: str) -> list[RelationClaim]:
    """Relation claims between two countries (their people and governments count)."""
    of = {a.key: a.country for a in coded.actors}
    return [c for c in coded.claims if isinstance(c, RelationClaim) and {of[k] for k in c.between} == set(pair)]


@row
def calls_part_public_part_undisclosed(ledger: Ledger, coded: Coded) -> bool:
    found = [d for c in contacts(ledger, "Netanyahu", "Putin") for d in c.disclosure]
    return "public" in found and "undisclosed" in found and any("Kan News" in c.origins for c in contacts(ledger, "Netanyahu", "Putin"))


@row
def spoke_on_sunday_confirmed_by_both(ledger: Ledger, coded: Coded) -> bool:
    days = [c for c in contacts(ledger, "Netanyahu", "Putin") if c.when and c.when.start == c.when.end == "2025-08-03"]
    return any(c.standing == "confirmed_by_both" and "contents_undisclosed" in c.disclosure for c in days)


@row
def conversation_the_previous_week(ledger: Ledger, coded: Coded) -> bool:
    weeks = [c for c in contacts(ledger, "Netanyahu", "Putin") if c.when and (c.when.start, c.when.end) == ("2025-07-27", "2025-08-02")]
    return any({"Syria", "Iran"} <= set(" ".join(c.topics).replace(",", "").split()) and c.standing == "confirmed_by_both" for c in weeks)


@row
def witkoff_expected_in_the_kremlin_was_in_israel(ledger: Ledger, coded: Coded) -> bool:
    ahead = [c for c in contacts(ledger, "Witkoff", "Kremlin") if c.status in ("expected", "planned") and c.when and c.when.start == "2025-08-06"]
    past = [
        c for c in contacts(ledger, "Witkoff", "Israel") if c.status == "happened" and c.when and (c.when.start, c.when.end) == ("2025-07-28", "2025-08-03")
    ]
    return bool(ahead and past)


@row
def saar_in_ukraine(ledger: Ledger, coded: Coded) -> bool:
    visits = [
        c for c in contacts(ledger, "Sa'ar", "Ukraine") if c.status == "happened" and c.when and (c.when.start, c.when.end) == ("2025-07-01", "2025-07-31")
    ]
    talked = any("press conference" in c.anchor.text for c in coded.claims if isinstance(c, EventClaim) and c.event == "CONSULT")
    return bool(visits) and (talked or any(s.occasion and "press conference" in s.occasion.text for s in coded.statements))


@row
def netanyahu_mediates(ledger: Ledger, coded: Coded) -> bool:
    found = [m for m in ledger.mediations() if m.mediators == ("Benjamin Netanyahu",)]
    return any(
        set(m.between) == {"Trump administration", "Vladimir Putin"} and m.status == "attempted" and m.origins == ("Kan News",) and m.initiative == "open"
        for m in found
    )


@row
def bennett_mediated_in_vain(ledger: Ledger, coded: Coded) -> bool:
    found = [m for m in ledger.mediations() if m.mediators == ("Naftali Bennett",)]
    return any(set(m.between) == {"Russia", "Ukraine"} and m.status == "attempted" and m.outcome == "failed" for m in found)


@row
def who_had_the_idea_is_open(ledger: Ledger, coded: Coded) -> bool:
    found = [c for c in coded.claims if isinstance(c, QuestionClaim)]
    return any(
        "request to mediate" in c.alternatives[0].text and c.alternatives[1].text == "this is an Israeli initiative" for c in found if len(c.alternatives) == 2
    )


@row
def ultimatum_before_friday(ledger: Ledger, coded: Coded) -> bool:
    return any(
        u.issuer == ("Donald Trump",)
        and u.addressee == ("Russia",)
        and u.deadline is not None
        and u.deadline.end == "2025-08-08"
        and u.state == "standing"
        and ("ceasefire" in " ".join(u.demand) or "ceasefire" in " ".join(u.condition))
        for u in ledger.ultimatums()
    )


@row
def submarines_in_answer_to_statements(ledger: Ledger, coded: Coded) -> bool:
    found = events(coded, "MOBILIZE", "Trump")
    return any(c.status == "happened" and any("statements" in t.text for t in c.roles.trigger) for c in found)


@row
def invasion_is_background(ledger: Ledger, coded: Coded) -> bool:
    found = [c for c in events(coded, "ASSAULT", "Russia", "Ukraine") if c.when and (c.when.start or "").startswith("2022")]
    oct7 = [c for c in coded.claims if isinstance(c, EventClaim) and "Oct. 7" in c.anchor.text]
    return bool(found) and not oct7


@row
def criticism_and_condemnation(ledger: Ledger, coded: Coded) -> bool:
    return bool(events(coded, "ACCUSE", "Russia", "Israel") and events(coded, "ACCUSE", "Sa'ar") and events(coded, "REQUEST", "Sa'ar"))


@row
def nonmilitary_support(ledger: Ledger, coded: Coded) -> bool:
    return any(c.status in ("happened", "offered", "ongoing") for c in events(coded, "AID", "Israel", "Ukraine"))


@row
def seven_quotations(ledger: Ledger, coded: Coded) -> bool:
    names = {a.key: a.name for a in coded.actors}
    said = [(names.get(s.source.actor or "", ""), s.content.text) for s in coded.statements if s.source]
    wanted = [
        ("Trump", "highly provocative statements"), ("Trump", "There'll be sanctions"), ("Trump", "They're wily"), ("Trump", "Yeah, get a deal"),
        ("Putin", "a lasting and stable peace"), ("Sa'ar", "Russian attacks on civilians"), ("Sa'ar", "a stable and sustainable peace"),
    ]  # fmt: skip
    return all(any(who in name and words in text for name, text in said) for who, words in wanted)


@row
def russia_and_the_us_worsening(ledger: Ledger, coded: Coded) -> bool:
    return any(c.trend == "worsening" and any("frustration" in b.text for b in c.because) for c in relations(coded, "RUS", "USA"))


@row
def israel_and_russia_good_then_worse(ledger: Ledger, coded: Coded) -> bool:
    found = relations(coded, "ISR", "RUS")
    return any(c.quality == "good" for c in found) and any(c.trend == "worsening" for c in found)


@row
def russia_and_iran_allied_israel_may_turn(ledger: Ledger, coded: Coded) -> bool:
    allied = any(c.quality == "allied" and c.trend == "improving" for c in relations(coded, "IRN", "RUS"))
    return allied and any(c.certainty == "possible" for c in relations(coded, "ISR", "UKR"))


@row
def eight_offices(ledger: Ledger, coded: Coded) -> bool:
    held = {(o.person.split()[-1], o.office.lower().split()[-1], o.tense) for o in ledger.offices()}
    since = [o for o in ledger.offices() if o.person.endswith("Sa'ar") and o.since and (o.since.start or "").startswith("2024")]
    return bool(since) and held >= {
        ("Netanyahu", "minister", "current"), ("Putin", "president", "current"), ("Trump", "president", "current"), ("Peskov", "spokesman", "current"),
        ("Witkoff", "envoy", "current"), ("Medvedev", "president", "former"), ("Bennett", "minister", "former"), ("Sa'ar", "minister", "current"),
    }  # fmt: skip


@row
def provenance(ledger: Ledger, coded: Coded) -> bool:
    chain = ledger.reports()[0]
    return chain.publisher == "Newsmax" and chain.carried_from == ("All Israel News",) and chain.domains == ("allisreal.com",) and "Kan News" in chain.cites


@pytest.fixture(scope="module")
def coded() -> Coded:
    """The seed report, dated."""
    path = seed_file()
    assert path
    return code(Path(path).with_suffix(".txt").read_text(encoding="utf8"), published="2025-08-05")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory, coded: Coded) -> Iterator[Ledger]:
    """A ledger with the seed report as our own reader codes it."""
    with Ledger(tmp_path_factory.mktemp("seed") / "l.db") as made:
        made.add(coded)
        yield made


@pytest.mark.parametrize("name", sorted(ROWS))
def test_rows(ledger: Ledger, coded: Coded, name: str) -> None:
    """Every row reached once stays reached."""
    assert ROWS[name](ledger, coded)


def test_what_must_not_come_out(ledger: Ledger, coded: Coded) -> None:
    """No mediation between Israel and Russia, no sanction or Kremlin visit that happened, no Trump-Putin contact, no submarine attack, no outlet as a party."""
    names = {a.key: a.name for a in coded.actors}
    for m in ledger.mediations():
        assert not (m.mediators == ("Benjamin Netanyahu",) and {"Israel", "Russia"} <= set(m.between))
    assert not [c for c in coded.claims if isinstance(c, EventClaim) and c.event == "SANCTION" and c.status in ("happened", "ongoing") and c.polarity == "+"]
    assert not [c for c in ledger.contacts() if {"Witkoff", "Kremlin"} <= {p.name.split()[-1] for p in c.parties} and c.status == "happened"]
    assert not ledger.contacts(between=("Trump", "Putin"))
    assert not [c for c in coded.claims if isinstance(c, EventClaim) and c.event == "ASSAULT" and "submarine" in c.evidence[0].text]
    assert not [o for o in ledger.offices() if o.person.endswith("Medvedev") and o.office.lower() == "president" and o.tense == "current"]
    parties = {names[k] for c in coded.claims if isinstance(c, EventClaim) for k in c.actor + c.recipient}
    assert not parties & {"All Israel News", "Newsmax", "allisreal.com"}


def test_offsets_hold(coded: Coded) -> None:
    """Every span slices back to its words and every key points somewhere."""
    assert coded.faults() == []


def test_without_a_date_no_day_is_made_up() -> None:
    """With only "© 2025" to go by, nothing relative becomes a day or a week."""
    path = seed_file()
    assert path
    undated = code(Path(path).with_suffix(".txt").read_text(encoding="utf8"))
    assert undated.report.published and (undated.report.published.start, undated.report.published.end) == ("2025-01-01", "2025-12-31")
    for t in undated.times:
        if t.when.start and t.when.start.startswith("2025") and "2025" not in t.text:
            assert t.when.start[:7] != (t.when.end or "")[:7], (t.text, t.when)
