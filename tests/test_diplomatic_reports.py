"""Reports on talks, votes, protests and deadlines, in sentences of ours: who is meant, who says or does it, by when, and how the brief tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from backchannel.coder import code
from backchannel.coder.acts.roles import from_infinitive
from backchannel.reader import read
from backchannel.records import Coded, EventClaim, OfficeClaim
from backchannel.views.affairs import Ledger

ON = "2025-05-09"


def act(coded: Coded, word: str) -> EventClaim:
    """The act at a word."""
    return next(c for c in coded.claims if isinstance(c, EventClaim) and word in c.anchor.text)


def names(coded: Coded, keys: tuple[str, ...]) -> list[str]:
    """The names of parties."""
    return [a.name for key in keys for a in coded.actors if a.key == key]


def lines(tmp_path: Path, text: str) -> str:
    """The brief of one report as one line."""
    ledger = Ledger(tmp_path / "ledger.db")
    ledger.add(code(text, published=ON, publisher="Harbor Wire"))
    return " ".join(ledger.brief().to_text(200).split())


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Russia vetoed a U.N. Security Council draft. The remaining 14 members of the council voted for it. Chad told the council so.", "the council",
         "United Nations Security Council"),
        ("Inspectors of the International Atomic Energy Agency were turned away in May, the agency said.", "the agency", "International Atomic Energy Agency"),
        ("Peru sued Chile at the World Trade Organization. European Union leaders said the bloc would help.", "the bloc", "European Union"),
    ],
)  # fmt: skip
def test_a_description_is_the_body_that_its_noun_names(text: str, words: str, name: str) -> None:
    """Also where another mention holds the body's name; members are no council, and no worldwide body is a bloc."""
    coded = code(text, published=ON)
    assert {a.name for a in coded.actors for m in a.mentions if m.text == words} == {name}


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Nigerian leader Bola Tinubu spoke. West African leaders lifted the sanctions on Niger.", "West African leaders", None),
        ("Two regional officials said Iran and the United States would meet in Rome.", "Two regional officials", None),
    ],
)
def test_people_of_a_region_are_of_no_country(text: str, words: str, country: str | None) -> None:
    """Nor is that of somebody who has their title theirs."""
    coded = code(text, published=ON)
    found = next(a for a in coded.actors if any(words in m.text for m in a.mentions))
    assert (found.country, found.country_inferred) == (country, False)


def test_a_quotation_broken_by_a_long_cue_is_verbatim(tmp_path: Path) -> None:
    """Its speaker's words, whom he told is known, and the brief leaves the report's own words out."""
    text = (
        '"One country stood in the way of the others," Foreign Minister Badr Abdelatty, who chaired the meeting, told the council. "One country is to blame."'
    )
    said = code(text, published=ON).statements
    assert [(s.verbatim, s.addressee and s.addressee.text) for s in said] == [(True, "the council")]
    assert "“One country stood in the way of the others … One country is to blame.”" in lines(tmp_path, text)


def test_who_contradicts_a_report_denies(tmp_path: Path) -> None:
    """Not the medium whose report is denied."""
    told = lines(tmp_path, "Egypt on Friday denied a report by Channel 12 that it had sent troops to Libya.")
    assert "denied by Egypt" in told
    assert "denied by Channel 12" not in told


def test_what_is_dismissed_as_absurd_is_denied() -> None:
    """One claim for who asserts it, a negative one for who dismisses it."""
    coded = code("Tiani accused France of training jihadists, an allegation Paris has dismissed as absurd.", published=ON)
    assert {c.polarity for c in coded.claims if isinstance(c, EventClaim) and c.anchor.text == "training"} == {"+", "-"}


def test_who_speaks_acts() -> None:
    """At a word for saying, and of what he threatens to do himself."""
    coded = code(
        "Tiani accused France of training jihadists, an allegation Paris has dismissed as absurd, and threatened to suspend uranium exports.", published=ON
    )
    assert names(coded, act(coded, "threatened").actor) == names(coded, act(coded, "suspend").actor) == ["Abdourahamane Tchiani"]


def test_before_what_happens_on_a_day() -> None:
    """That day is by when the visit is due, and no term of what happens then."""
    coded = code("Rafael Grossi plans to visit Tehran before the agency's board meets on June 9.", published=ON)
    visit = act(coded, "visit")
    assert (visit.when, visit.deadline and (visit.deadline.end, visit.deadline.bound)) == (None, ("2025-06-09", "before"))
    assert all(c.deadline is None for c in coded.claims if isinstance(c, EventClaim) and c.anchor.text == "meets")


def test_a_month_and_a_day_of_what_is_to_come() -> None:
    """The tense is that of the verb over the day, not of one above it."""
    coded = code("The union has invited the sides to Addis Ababa before the mandate expires on Jan. 31.", published="2024-10-30")
    assert [t.when.end for t in coded.times] == ["2025-01-31"]


def test_a_purpose_begins_with_its_infinitive() -> None:
    """Not with the time before it, which the infinitive does not hang from; a bid that it hangs from stays."""
    reading = read("The bloc will send an envoy within two weeks to seek his release in a bid to end the war.")
    told = [w for w in range(len(reading.words)) if reading.words[w] in ("two", "weeks", "to", "seek")][:4]
    assert [reading.words[w] for w in from_infinitive(reading, told)] == ["to", "seek"]
    first = reading.words.index("bid")
    assert from_infinitive(reading, list(range(first, first + 3)))[0] == first


def test_whom_one_speaks_to_is_no_topic() -> None:
    """He takes part."""
    coded = code("The spokesman declined to say whether Guterres had spoken to army chief Abdel Fattah al-Burhan since the vote.", published=ON)
    assert (act(coded, "spoken").roles.topic, len(act(coded, "spoken").actor)) == ((), 2)


def test_messages_through_somebody_are_mediated() -> None:
    """Whichever of the words the tree hangs him on."""
    coded = code(
        "U.S. special envoy Steve Witkoff met the emir in Doha on Monday. Witkoff has also exchanged messages with Hamas through a "
        "Palestinian-American businessman, two Israeli officials said.", published="2025-03-18")  # fmt: skip
    assert names(coded, act(coded, "messages").roles.mediator) == ["Palestinian-American businessman"]


@pytest.mark.parametrize(
    ("text", "office", "of"),
    [
        ("Qatari Prime Minister Sheikh Mohammed bin Abdulrahman Al Thani was in Doha.", "Prime Minister", "QAT"),
        ("Israeli Prime Minister Benjamin Netanyahu's office denied a report by Channel 12 that he had agreed to a withdrawal.", "Prime Minister", "ISR"),
        ("Russia's deputy U.N. ambassador Dmitry Polyanskiy spoke.", "deputy U.N. ambassador", "RUS"),
        ("Foreign ministry spokeswoman Teresita Daza said Manila had protested to China.", "Foreign ministry spokeswoman", "PHL"),
        ("Secretary-General Antonio Guterres urged calm.", "Secretary-General", "United Nations"),
    ],
)
def test_offices(text: str, office: str, of: str) -> None:
    """Behind a style, of whose office is named, deputies, of a ministry without its country, of the body that the register knows."""
    assert [(c.office, c.of) for c in code(text, published=ON).claims if isinstance(c, OfficeClaim)] == [(office, of)]


def test_an_office_names_its_body_once(tmp_path: Path) -> None:
    """ "IAEA Director General", not of the agency again."""
    assert "Rafael Grossi: IAEA Director General ·" in lines(tmp_path, "IAEA Director General Rafael Grossi visited Tehran on Thursday.")


def test_time_given_is_due_by_its_end(tmp_path: Path) -> None:
    """ "Gave them until Sunday to leave" is to leave by Sunday."""
    assert "leave the country by Sun 11 May 2025" in lines(tmp_path, "Niger's junta gave the French soldiers until Sunday to leave the country.")


def test_leaders_who_meet_abroad_are_in_contact(tmp_path: Path) -> None:
    """Talks are a mediation where a mediator is named or the words tell of one; "the delegations" are both sides of it."""
    told = lines(tmp_path, "Omani mediators will shuttle between the delegations in Muscat on Sunday.")
    assert "between delegations: planned" in told
