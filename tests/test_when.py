"""Which time is an act's: what tells when something was said, what a "since" counts from, what cannot lie ahead."""

from __future__ import annotations

import numpy as np
import pytest

from backchannel.coder import code, times
from backchannel.coder.acts.roles import links_of
from backchannel.coder.acts.when import Candidate, likeliest
from backchannel.coder.pipeline import stages
from backchannel.coder.syntax.clauses import clause_of, in_common
from backchannel.intake import report
from backchannel.reader import read
from backchannel.records import EventClaim
from backchannel.register import Register


@pytest.mark.parametrize(("text", "word", "when"), [
    ("Egypt's army said on Monday that rebels had bombed a bridge near Arish.", "bombed", None),
    ("“These attacks are a war crime,” Turkey's president said on Tuesday, accusing Israel.", "crime", ("2024-03-05", "2024-03-05")),
    ("Relations have cooled since last year, when France expelled twelve Russian diplomats.", "expelled", ("2023-01-01", "2023-12-31")),
    ("The border has been shut since the 2014 invasion of Crimea by Russian troops.", "invasion", ("2014-01-01", "2014-12-31")),
    ("The truce had held until last year, when Chad attacked Sudan.", "attacked", ("2023-01-01", "2023-12-31")),
    ("France must withdraw its soldiers before 2025, the ministry said.", "withdraw", None),
    ("Turkey has been shelling Kurdish villages since last year.", "shelling", ("2023-01-01", None)),
    ("Following Monday's talks between Japan and China, both sides were silent.", "talks", ("2024-03-04", "2024-03-04")),
    ("Brazil and Chile fired missiles at Peru for the first time since 2016.", "fired", None),
    ("It was the deadliest Israeli strike on Beirut since November, and rescuers searched for the dead.", "strike", None),
    ("Russia has fired missiles at Ukraine since 2022.", "fired", ("2022-01-01", None)),
    ("Hamas has fired 400 rockets at Israel since \"Operation Shield\" began Monday.", "fired", ("2024-03-04", None)),
    ("Turkey is still shelling Kurdish villages; it began the campaign in 2022.", "campaign", ("2022-01-01", None)),
    ("Ghana's president met the envoys of Mali in Accra in the summer of 2022.", "met", ("2022-06-01", "2022-08-31")),
    ("The minister will answer questions about Saturday's arrest of three journalists by Egypt's police.", "arrest", ("2024-03-02", "2024-03-02")),
    ("Ghana's president met the envoys of Mali in Accra this fall, officials said.", "met", ("2023-09-01", "2023-11-30")),
    ("The envoys of Mali could meet Ghana's president on Saturday, one of them told reporters.", "meet", ("2024-03-09", "2024-03-09")),
    ("Talks between Ghana and Mali may take place this week in Accra.", "Talks", ("2024-03-04", "2024-03-10")),
    ("Ghana's minister offered on Monday to withdraw the soldiers.", "withdraw", None),
    ("By 2019 Mali's president was accusing Algeria of treason.", "accusing", ("2019-01-01", "2019-12-31")),
    ("If Mali's president by 2019 was angry at Chad for its late attack on the rebels, he hid it well.", "attack", ("2019-01-01", "2019-12-31")),
    ("NAIROBI — Kenya's minister Alfred Mutua said on Tuesday Sudan's President Omar al-Bashir has to go but the date should be left to the parties.", "has",
     ("2024-03-05", "2024-03-05")),
    ("By Wednesday, the third day of the strike, Mali's president accused Chad of treason.", "accused", ("2024-03-06", "2024-03-06")),
    ("By Monday Mali must withdraw its soldiers, Chad's president demanded.", "withdraw", None),
    ("Spanish troops seized the island before dawn on Wednesday.", "seized", ("2024-03-06", "2024-03-06")),
    ("France must leave by 2025, Mali's president had demanded.", "demanded", None),
    ("The place for hope is one of the meetings of Ghana's president with Mali's envoys, in Accra, in April.", "meetings", ("2023-04-01", "2023-04-30")),
    ("Japan and Chile agreed to a summit in Tokyo in April.", "agreed", None),
    ("Mali will mourn the victims of November's bombing by the rebels.", "bombing", ("2023-11-01", "2023-11-30")),
])  # fmt: skip
def test_the_time_of_an_act(text: str, word: str, when: tuple[str, str | None] | None) -> None:
    """The named act has these first and last days, or none."""
    (claim,) = [c for c in code(text, published="2024-03-07").claims if isinstance(c, EventClaim) and word in c.anchor.text]
    assert (claim.when and (claim.when.start, claim.when.end)) == when


@pytest.mark.parametrize(("text", "word", "when"), [
    ("North Korea fired a missile on Wednesday, a day after its minister threatened Japan.", "threatened", ("2024-03-05", "2024-03-05")),
    ("Cuba's police chief resigned on Wednesday, a week after his men arrested the mayor and shot two protesters.", "shot", ("2024-02-28", "2024-02-28")),
    ("Troops of Mali withdrew on Monday, two months after Niger attacked them.", "attacked", ("2024-01-01", "2024-01-31")),
    ("Mali's president met the envoys on Monday, two days before they are to sign the treaty.", "sign", ("2024-03-06", "2024-03-06")),
    ("Troops of Mali withdrew on Monday, less than a week after Niger attacked them.", "attacked", None),
    ("Troops of Mali withdrew on Monday, hours after Niger attacked them.", "attacked", None),
    ("Troops of Mali withdrew on Monday, a day after Niger attacked them on Feb. 29.", "attacked", ("2024-02-29", "2024-02-29")),
    ("Troops of Mali withdrew on Monday, the day after Niger attacked them.", "attacked", ("2024-03-03", "2024-03-03")),
    ("The minister's speech comes two days after Niger attacked Mali.", "attacked", ("2024-03-05", "2024-03-05")),
    ("The minister's speech came two days after Niger attacked Mali.", "attacked", None),
])  # fmt: skip
def test_acts_told_so_long_after_another(text: str, word: str, when: tuple[str, str] | None) -> None:
    """What is told a day after or before something has the day that this makes, of what is counted exactly and has no time of its own."""
    (claim,) = [c for c in code(text, published="2024-03-07").claims if isinstance(c, EventClaim) and word in c.anchor.text]
    assert (claim.when and (claim.when.start, claim.when.end)) == when


@pytest.mark.parametrize(("day", "verb", "when"), [
    ("Thursday", "called", ("2024-03-07", "2024-03-07")),
    ("Thursday", "had called", None),
    ("Wednesday", "called", None),
])  # fmt: skip
def test_who_spoke_on_the_day_of_the_report_goes_on_speaking(day: str, verb: str, when: tuple[str, str] | None) -> None:
    """A demand has the day of what its maker did before it, when that is the day of the report and it is not told in the perfect."""
    filler = "The talks were the first between the two countries since the war began. The envoys had travelled for days."
    text = f"Kenya's president met the envoys of Sudan in Nairobi on {day}. {filler} He {verb} for an inquiry by the United Nations."
    (claim,) = [c for c in code(text, published="2024-03-07").claims if isinstance(c, EventClaim) and "called" in c.anchor.text]
    assert (claim.when and (claim.when.start, claim.when.end)) == when


@pytest.mark.parametrize(("day", "subject", "when"), [
    ("Thursday", "Norway's prime minister", ("2024-03-07", "2024-03-07")),
    ("Tuesday", "Norway's prime minister", None),
])  # fmt: skip
def test_the_day_of_the_report_reaches_all_through_it(day: str, subject: str, when: tuple[str, str] | None) -> None:
    """What the first words date to the day of the report may tell of an act many sentences on; another day does not reach so far."""
    filler = "The talks were the first between the two countries since the war began. The envoys had travelled for days. " * 9
    text = f"Kenya's president met the envoys of Sudan in Nairobi on {day}.\n\n{filler}\n\n{subject} also condemned the rebels."
    found = stages(report(text, published="2024-03-07"), Register.load(()))
    (links,) = [links for links in links_of(found.reading, found.acts) if found.reading.words[links.head] == "condemned"]
    near = [(c.when.start, c.when.end) for c in found.times.candidates(links, "happened", None)]
    assert near == ([when] if when else [])


def test_who_a_clause_tells_of() -> None:
    """A clause goes on with another when both have one subject, or their sentences have; a pronoun is whom it stands for."""
    reading = read("The minister met the envoys on Monday. He also praised the truce. The rebels, who were angry, left.")
    parties = {1: ("m",), 8: ("m",), 15: ("r",), 17: ("r",)}
    met, praised, angry = (clause_of(reading, parties, reading.words.index(w)) for w in ("Monday", "truce", "angry"))
    assert (praised.subject, praised.adverb, praised.opening) == ("pronoun", "also", "he")
    assert [in_common(praised, met), in_common(angry, met)] == ["clause", "none"]


@pytest.mark.parametrize(("away", "p", "given"), [(0, 0.36, True), (-1, 0.45, False), (-1, 0.55, True), (1, 0.55, False), (1, 0.65, True)])
def test_times_of_other_sentences_must_be_likelier(away: int, p: float, *, given: bool) -> None:
    """What stands in another sentence is an act's time only when it is likelier than what stands in its own, most of all what comes after it."""
    (expression,) = times.find("The envoys met on 4 March 2024.", published=None)
    candidate = Candidate(0, [0], expression, expression.when, tells_saying=False, compares=False, away=away)
    assert likeliest([candidate], np.array([[1 - p, p]], np.float32)) == (expression.when if given else None)


@pytest.mark.parametrize(("text", "due"), [
    ("Israel has been given until Sunday to release the prisoners, the Egyptian ministry said.", "2024-03-10"),
    ("Yemen's rebels have until Friday to release the crew, the ministry said.", "2024-03-08"),
])  # fmt: skip
def test_what_there_is_time_for_has_a_deadline(text: str, due: str) -> None:
    """The act that somebody was given until a day to do is due on that day."""
    (claim,) = [c for c in code(text, published="2024-03-07").claims if isinstance(c, EventClaim) and c.anchor.text == "release"]
    assert claim.deadline and (claim.deadline.end, claim.deadline.bound) == (due, "until")
