"""What is linked word by word is quoted as a phrase: whole at both ends, a number with its noun, a thing without the clause about it."""

from __future__ import annotations

import pytest

from backchannel import code
from backchannel.coder.syntax.wholes import counted, thing, whole
from backchannel.reader import Reading, read
from backchannel.records import EventClaim


def _run(reading: Reading, linked: str) -> tuple[int, int]:
    """First and last word (exclusive) of what is linked."""
    size = len(linked.split())
    return next((i, i + size) for i in range(len(reading.words)) if " ".join(reading.words[i : i + size]) == linked)


@pytest.mark.parametrize(("text", "linked", "phrase"), [
    ("Critics attacked the minister's plan for the port.", "'s plan", "the minister's plan"),
    ("Norland cut ties after world powers passed a resolution.", "powers passed a resolution", "world powers passed a resolution"),
    ("The envoys will meet in Doha to discuss the future of the old border treaty.", "to discuss", "to discuss the future of the old border treaty"),
    ("They discussed recent talks with President Sergio Mattarella.", "recent talks with President Sergio", "recent talks with President Sergio Mattarella"),
])  # fmt: skip
def test_a_phrase_is_whole(text: str, linked: str, phrase: str) -> None:
    """It begins where its first word's phrase does and ends with what its last word waits for."""
    reading = read(text)
    words = whole(reading, *_run(reading, linked))
    assert reading.quote(words[0], words[-1] + 1) == phrase


@pytest.mark.parametrize(("text", "linked", "phrase"), [
    ("The army said that three people were killed in the raid.", "three people were killed", "three people"),
    ("The raid killed at least nine fighters and wounded 55.", "killed at least nine fighters and wounded 55", "at least nine fighters"),
    ("The rebels carried out 43 attacks on checkpoints.", "43", "43 attacks"),
    ("Police arrested dozens of students.", "dozens of", "dozens of students"),
    ("They killed ten soldiers and four policemen.", "ten soldiers and four policemen", "ten soldiers and four policemen"),
    ("The bank lent $3 billion to Norland.", "$ 3 billion", "$3 billion"),
    ("He visited the shrine several times.", "several times", "several times"),
])  # fmt: skip
def test_a_number_has_its_noun(text: str, linked: str, phrase: str) -> None:
    """A quantity is no clause and no bare number before its noun; what has no number stays as it is."""
    reading = read(text)
    words = counted(reading, range(*_run(reading, linked)))
    assert reading.quote(words[0], words[-1] + 1) == phrase


@pytest.mark.parametrize(("text", "linked", "phrase"), [
    ("A guided missile hit a house.", "A guided missile hit a house", "A guided missile"),
    ("Heavy equipment, including tanks, was moved.", "Heavy equipment , including tanks", "Heavy equipment, including tanks"),
])  # fmt: skip
def test_a_thing_is_no_clause(text: str, linked: str, phrase: str) -> None:
    """What the thing does is no part of it, a participle before it and what it includes is."""
    reading = read(text)
    words = thing(reading, range(*_run(reading, linked)))
    assert reading.quote(words[0], words[-1] + 1) == phrase


def test_a_demand_is_what_is_asked_for() -> None:
    """Without the "for" before it."""
    demands = [d.text for c in _events("Turkey is pressing Syria for information concerning the missing pilots.") for d in c.roles.demand]
    assert demands == ["information concerning the missing pilots"]


def test_a_place_has_no_owners_mark() -> None:
    """Where a place is told as an owner it is the place alone."""
    assert [c.where and c.where.text for c in _events("Turkey intensified Syria's bombardment on Friday.")] == ["Syria"]
    assert [c.where and c.where.text for c in _events("SINGAPORE, June 12, 2018 (AFP) - Donald Trump and Kim Jong Un met on Tuesday.")] == ["SINGAPORE"]


def _events(text: str) -> list[EventClaim]:
    return [c for c in code(text, published="2024-03-07").claims if isinstance(c, EventClaim)]
