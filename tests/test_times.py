"""Time expressions: extents, TIMEX3 values and intervals; unsure dates stay intervals; hostile text stays fast."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backchannel.coder import times
from backchannel.coder.acts.tenses import tenses
from backchannel.reader import read
from backchannel.records import When

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "times.yaml").read_text("utf8"))


def published(value: Any) -> When | None:
    """A day, an interval or nothing as a When."""
    if value is None:
        return None
    start, _, end = str(value).partition("/")
    return When(start=start, end=end or (None if "/" in str(value) else start), precision="day")


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    """Each case finds exactly its expressions, with their values and intervals; ``read``: with the tenses of the reader."""
    found = times.find(case["text"], published=published(case["published"]), tense=tenses(read(case["text"])) if case.get("read") else None)
    assert [[t.text, t.timex.value, t.when.start, t.when.end] for t in found] == case["find"]
    if "bound" in case:
        assert found[-1].when.bound == case["bound"]
    for item in found:
        assert case["text"][item.start : item.end] == item.text


def test_tense_hint() -> None:
    """The tense that the caller knows decides between the weekday before and the one to come."""
    day = published("2025-08-05")
    past = times.find("Friday: a meeting", published=day, tense=lambda at: "past")[0]
    future = times.find("Friday: a meeting", published=day, tense=lambda at: "future")[0]
    assert (past.when.start, future.when.start) == ("2025-08-01", "2025-08-08")


def test_offsets_are_of_the_whole_text() -> None:
    """A part of a text gives offsets of the whole, and only what lies in the part."""
    text = "On Monday they met. On Tuesday they left. On Friday they returned."
    found = times.find(text, published=published("2025-08-09"), start=20, end=41)
    assert [t.text for t in found] == ["Tuesday"] and text[found[0].start : found[0].end] == "Tuesday"


def test_quote_has_the_preposition() -> None:
    """The When quotes the expression with its preposition, the span is TimeML's without it."""
    (found,) = times.find("They met on Sunday.", published=published("2025-08-05"))
    assert (found.text, found.when.text) == ("Sunday", "on Sunday")


def test_unsure_publication_says_why() -> None:
    """An interval that is wide because the publication is unsure says so and has no day precision."""
    (found,) = times.find("They met on Sunday.", published=published("2025-01-01/2025-12-31"))
    assert found.when.precision == "year" and "publication" in (found.when.why or "")


WORDS = (
    "on last next the Friday May 5 2014 three weeks ago later week year and to - , . early of end a few days p.m. 10:30 99999999 century decades before within "
    "31 Feb. 4/22 11/20 first weeks now starting than more between today tmrw April 9th and 87 twenty nine half an hour 1990 or 2h Monday"
    " quarter third rest hour year-earlier period Easter"
).split()
SLACK = 15  # a publication known to within more than a month is not widened by shifts of less than two weeks


def days_of(value: str) -> int:
    """A day as a number."""
    return date.fromisoformat(value).toordinal()


@settings(max_examples=100, deadline=None)
@example(["9th", "Feb.", "than", "10:30"], date(2000, 3, 1), 163)  # a clock time counts from the day before it, also when its year is not sure
@given(
    st.lists(st.sampled_from(WORDS), max_size=25),
    st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.integers(0, 800),
)  # fmt: skip
def test_wider_publication_never_narrows(words: list[str], day: date, days: int) -> None:
    """Whatever the words: offsets slice back, start is not after end, and the reading on a day lies inside that on an interval."""
    text = " ".join(words)
    inside, last = date.fromordinal(day.toordinal() + days // 3), date.fromordinal(day.toordinal() + days)
    exact = times.find(text, published=When(start=inside.isoformat(), end=inside.isoformat()))
    wide = times.find(text, published=When(start=day.isoformat(), end=last.isoformat()))
    assert [t.text for t in exact] == [t.text for t in wide]
    for one, two in zip(exact, wide, strict=True):
        if one.when.start and two.when.start:
            assert days_of(two.when.start) <= days_of(one.when.start) + SLACK
        if one.when.end and two.when.end:
            assert days_of(two.when.end) + SLACK >= days_of(one.when.end)
    for one in exact + wide:
        assert text[one.start : one.end] == one.text
        assert not (one.when.start and one.when.end) or one.when.start <= one.when.end


@pytest.mark.parametrize(
    "piece",
    [
        "the the last ",
        "2014-",
        "in 5 of May ",
        "three and a half to ",
        "\n \n",
        "' ' '",
        "1,111,",
        "Friday ",
        "a.m.",
        "(",
        "early late mid ",
        "since the ",
    ],
)
def test_hostile_text_is_linear(piece: str) -> None:
    """A megabyte of the same words takes time in proportion: four times the text, at most some eight times the time."""
    day = published("2025-08-05")

    def seconds(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        begun = time.perf_counter()
        times.find(text, published=day)
        return time.perf_counter() - begun

    times.find(piece, published=day)
    small, large = seconds(25_000), seconds(100_000)
    assert large < 10 * small + 5  # a machine may be busy; quadratic behaviour takes minutes


def test_hostile_megabyte() -> None:
    """A megabyte of half expressions is read in seconds."""
    text = ("the last 5 of May to 2014 - early the next few three and a half within since a.m. " * 13_000)[:1_000_000]
    begun = time.perf_counter()
    assert times.find(text, published=published("2025-08-05"))
    assert time.perf_counter() - begun < 30


SEED = Path(__file__).parents[2] / "shared" / "seed"


@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared/seed")
def test_seed_report_without_a_date() -> None:
    """Where only the year of publication is known, the seed report's relative expressions get no day."""
    from backchannel.intake import report

    made = report(next(SEED.glob("*.txt")).read_text("utf8"))
    assert made.published and (made.published.start, made.published.end) == ("2025-01-01", "2025-12-31")
    assert made.publisher == "Newsmax" and [(c.outlet, c.domain) for c in made.carried_from] == [("All Israel News", "allisreal.com")]
    days = [t.text for t in times.find(made.text, published=made.published) if t.when.precision == "day"]
    assert days == []


@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared/seed")
def test_seed_report_with_its_date() -> None:
    """With the day of publication the seed report's expressions have the calendar days of its specification."""
    text = next(SEED.glob("*.txt")).read_text("utf8")
    found = {(t.when.text or "").lower(): (t.when.start, t.when.end, t.when.bound) for t in times.find(text, published=published("2025-08-05"))}
    assert found["on sunday"] == ("2025-08-03", "2025-08-03", None)
    assert found["on wednesday"] == ("2025-08-06", "2025-08-06", None)
    assert found["on friday"] == ("2025-08-01", "2025-08-01", None)
    assert found["before friday"] == ("2025-08-08", "2025-08-08", "before")
    assert found["last month"] == ("2025-07-01", "2025-07-31", None)
    assert found["last week"] == ("2025-07-28", "2025-08-03", None)
    assert found["since oct. 7, 2023"] == ("2023-10-07", None, "since")


@pytest.mark.parametrize(
    ("text", "tense"),
    [("Please call the office on Friday.", "future"), ("He'll be back on Friday.", "future"), ("She was in Paris on Friday.", "did")],
)
def test_tense_of_a_clause(text: str, tense: str) -> None:
    """A request looks ahead, and what somebody was or will be has a tense without a verb of its own."""
    assert tenses(read(text))(text.index("Friday")) == tense
