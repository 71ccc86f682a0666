"""Acts that are called off, put off or denied: which day they have, and what is said of them."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.records import EventClaim


def told(text: str, event: str = "CONSULT", published: str = "2022-06-24") -> list[tuple[str, str, str | None]]:
    """Status, polarity and first day of the claims of a type."""
    claims = (c for c in code(text, published=published).claims if isinstance(c, EventClaim) and c.event == event)
    return [(c.status, c.polarity, c.when.start if c.when else None) for c in claims]


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("President Joko Widodo postponed his visit to Moscow from June 28 to June 30.", "2022-06-28"),
        ("Talks between Armenia and Azerbaijan planned for Tuesday have been postponed until June 30.", "2022-06-28"),
        ("President Emmanuel Macron rescheduled his visit to Germany for June 30.", None),
        ("The first round of talks between Iran and the United States has been pushed back to Thursday.", None),
    ],
)
def test_what_is_put_off_is_planned_for_the_new_day(text: str, old: str | None) -> None:
    """It did not happen on the old day, if that is told, and is planned for the new one; the putting off has neither."""
    assert told(text) == [("did_not_happen", "+", old), ("planned", "+", "2022-06-30")]
    assert [day for _, _, day in told(text, "REJECT")] in ([None], [])


def test_the_day_of_calling_off_is_not_that_of_the_act() -> None:
    """Nor is that on which somebody says so; a day at the act is its own."""
    assert told("The Mexican president on Thursday cancelled his planned visit to Donald Trump.") == [("did_not_happen", "+", None)]
    assert told("The Mexican president on Thursday cancelled his planned visit to Donald Trump.", "REJECT") == [("happened", "+", "2022-06-23")]
    assert told("Trump called off his July 12 summit with the North Korean leader Kim Jong Un on Thursday.") == [("did_not_happen", "+", "2022-07-12")]
    assert told("Trump cancelled his meeting with Putin in Budapest, he said on Wednesday.") == [("did_not_happen", "+", None)]


def test_two_claims_of_one_act_are_two_records() -> None:
    """Both claims of what is put off have an id and a key of their own."""
    claims = code("President Joko Widodo postponed his visit to Moscow until June 30.", published="2022-06-24").claims
    assert len({c.id for c in claims}) == len({c.key for c in claims}) == len(claims)


def test_what_will_not_be_done_is_planned_not_to_be() -> None:
    """Nobody says that it was not done."""
    assert told("Donald Trump will not meet Vladimir Putin in the immediate future, a White House official said.") == [("planned", "-", None)]


@pytest.mark.parametrize(
    ("text", "event", "polarity"),
    [
        ("Saudi Arabia dismissed claims that its crown prince had hacked the phone of a businessman.", "COERCE", "-"),
        ("Reports that the ambassador was evacuated are false, a spokesman said on Monday.", "RETREAT", "-"),
        ("There was no truth to rumours that Egypt had closed the crossing, the army said.", "COERCE", "-"),
        ("The report that Iran seized the tanker is not true, the ministry said.", "COERCE", "-"),
        ("The claim that Russia attacked the town is true, NATO said.", "ASSAULT", "+"),
        ("Rwanda rejected the report, which accused it of backing the M23 rebels, as false.", "ACCUSE", "+"),
        ("Turkey accepted claims that its jets had struck the village.", "ASSAULT", "+"),
    ],
)
def test_words_that_are_denied_or_false_deny_the_act(text: str, event: str, polarity: str) -> None:
    """Whatever the words are called, unless they are true or accepted."""
    assert [p for _, p, _ in told(text, event)] == [polarity]
