"""Where sources and what is said begin and end."""

from __future__ import annotations

from backchannel.coder import code
from backchannel.coder.statements.edges import governing, in_text, opened, whole
from backchannel.coder.statements.said import Said
from backchannel.reader import read

PUBLISHED = "2026-03-04"


def test_that_before_what_is_said_is_no_part_of_it() -> None:
    """The conjunction goes, with a mark before it; the pronoun stays."""
    reading = read("The minister said “that talks had failed” and that was true.")
    that, pronoun = (i for i, word in enumerate(reading.words) if word == "that")
    assert reading.quote(*opened(reading, (that - 1, that + 4))) == "talks had failed"
    assert opened(reading, (pronoun, pronoun + 3)) == (pronoun, pronoun + 3)


def test_a_span_ends_with_its_phrase() -> None:
    """A determiner or adjective at the end brings the noun that it belongs to, but no word of the next span."""
    reading = read("The Danish minister said that the new treaty was dead.")
    words = reading.words
    new = words.index("new")
    assert [reading.quote(*s) for s in whole(reading, [(0, 1), (words.index("that"), new + 1)])] == ["The Danish minister", "that the new treaty"]
    assert whole(reading, [(0, 1), (1, 3)]) == [(0, 1), (1, 3)]
    reading = read("Norland has not said whether it will supply missiles to Ukraine.")
    whether = reading.words.index("whether")
    assert reading.quote(*whole(reading, [(whether, whether + 3)])[0]) == "whether it will supply missiles to Ukraine"


def test_the_end_of_a_headline_is_no_part_of_what_is_said_below() -> None:
    """Nor where what is said is quoted is its beginning cut off."""
    reading = read("Rebels take Uvira; Kinshasa recalls envoy\n\nFighters captured the city on Wednesday, residents said.")
    envoy, on = reading.words.index("envoy"), reading.words.index("on")
    assert reading.quote(*in_text(reading, (envoy, on))) == "Fighters captured the city"
    reading = read('The envoy said: "We will stay.\n\n"We will win."')
    stay = reading.words.index("stay")
    assert in_text(reading, (stay, len(reading.words))) == (stay, len(reading.words))


def test_a_cue_that_governs_what_follows_announces_that_alone() -> None:
    """What stands before it is another clause; a cue between commas divides what is said."""
    reading = read("Riyadh changed its story of the killing several times, only recently admitting that its orders were unclear.")
    cue = reading.words.index("admitting")
    assert reading.quote(*governing(reading, Said((cue, cue + 1), None, (0, len(reading.words) - 1), 1.0)).content) == "its orders were unclear"
    reading = read("The treaty, the general said, was dead before it was signed.")
    cue = reading.words.index("said")
    assert governing(reading, Said((cue, cue + 1), None, (0, len(reading.words) - 1), 1.0)).content[0] == 0


def test_who_was_told_is_no_part_of_what_was_said() -> None:
    """What hangs from a cue behind the words that it announces is cut off with it."""
    coded = code('"Let\'s declare success," Senator Kevin Kerry told Republicans on Monday, according to Representative David Jolly.', published=PUBLISHED)
    [inner] = (s for s in coded.statements if s.cue and s.cue.text == "told")
    assert inner.content.text.rstrip('",') == "Let's declare success"
    assert inner.within


def test_no_statement_begins_with_that() -> None:
    """What is coded has been mended."""
    coded = code(
        "The officials said at the meeting, Patrick Kennedy urged that any personnel deployed to Libya be clothed in civilian garb.", published=PUBLISHED
    )
    assert {s.content.text[:13] for s in coded.statements} == {"any personnel"}
