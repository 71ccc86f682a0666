"""Which time is an act's: what tells when something was said, what a "since" counts from, what cannot lie ahead."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.records import EventClaim


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
    ("It was the deadliest strike on Beirut by Israel since November, the ministry said.", "strike", None),
    ("Russia has fired missiles at Ukraine since 2022.", "fired", ("2022-01-01", None)),
    ("Ghana's president met the envoys of Mali in Accra this fall, officials said.", "met", ("2023-09-01", "2023-11-30")),
])  # fmt: skip
def test_the_time_of_an_act(text: str, word: str, when: tuple[str, str | None] | None) -> None:
    """The named act has these first and last days, or none."""
    (claim,) = [c for c in code(text, published="2024-03-07").claims if isinstance(c, EventClaim) and word in c.anchor.text]
    assert (claim.when and (claim.when.start, claim.when.end)) == when


@pytest.mark.parametrize(("text", "due"), [
    ("Israel has been given until Sunday to release the prisoners, the Egyptian ministry said.", "2024-03-10"),
    ("Yemen's rebels have until Friday to release the crew, the ministry said.", "2024-03-08"),
])  # fmt: skip
def test_what_there_is_time_for_has_a_deadline(text: str, due: str) -> None:
    """The act that somebody was given until a day to do is due on that day."""
    (claim,) = [c for c in code(text, published="2024-03-07").claims if isinstance(c, EventClaim) and c.anchor.text == "release"]
    assert claim.deadline and (claim.deadline.end, claim.deadline.bound) == (due, "until")
