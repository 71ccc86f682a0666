"""Independent origins: copies and retellings count once."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stories
from backchannel.ledger.copies import Sheet, copies
from backchannel.ledger.facts import Fact, Filed
from backchannel.ledger.fingerprints import grams
from backchannel.ledger.origins import copied_of, n_origins, origins
from backchannel.ledger.outlets import names_outlet, outlet_key
from backchannel.records import Coded
from support import Maker

BODY = (
    "The two talked for an hour about grain, gas and the border, people familiar with the call told reporters, "
    "and they agreed to talk again before the month is out."
)


def facts(*reports: Coded) -> list[Fact]:
    """The claims of these reports."""
    return [fact for coded in reports for fact in Filed(coded, "2025-08-05T00:00:00Z").facts()]


def names(reports: Sequence[Coded]) -> list[str | None]:
    """The names of their origins."""
    return [o.name for o in origins(facts(*reports))]


def test_two_outlets_of_their_own_are_two() -> None:
    """Different texts of different publishers are independent."""
    other = stories.call_confirmed("Herald")
    assert names([stories.call("Post"), other]) == ["Herald", "Post"]


def test_the_same_text_is_one() -> None:
    """A text printed by two publishers is one origin: the earlier."""
    assert names([stories.call("Post", "2025-08-06"), stories.call("Herald", "2025-08-05")]) == ["Herald"]


def test_a_cut_or_edited_copy_is_one() -> None:
    """Most of the word 5-grams in common is a copy, with the reason."""
    found = origins(facts(stories.call("Post", extra=BODY), stories.call("Herald", extra=BODY + " Shares rose a little in early trade.")))
    assert len(found) == 1
    assert "nearly the same text" in found[0].why


def test_a_republished_report_belongs_to_where_it_came_from() -> None:
    """The republication chain leads to the origin, and joins it with that outlet's own report."""
    note = "This report was republished with permission from Post."
    copy = stories.call("Herald", extra=note, carried=(("Post", note),))
    assert names([copy]) == ["Post"]
    assert names([copy, stories.call("The Post", extra=BODY)]) in (["Post"], ["The Post"])


def test_a_retelling_belongs_to_the_outlet_it_names() -> None:
    """According to the Gazette: the Gazette is the origin, however many retell it."""
    assert names([stories.retold("Post", "the Gazette"), stories.retold("Herald", "Gazette")]) in (["the Gazette"], ["Gazette"])


def test_one_publisher_is_one() -> None:
    """Two reports of one publisher are one origin."""
    assert len(names([stories.call("Post"), stories.call("Post", extra=BODY)])) == 1


def test_nobody_counts_as_none() -> None:
    """A report that names no publisher is kept as an origin without a name, which does not count."""
    found = origins(facts(stories.call(None)))
    assert [o.name for o in found] == [None]
    assert n_origins(found) == 0


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_reports_does_not_matter(seed: int) -> None:
    """Any order of arrival gives the same origins."""
    reports = [
        stories.call("Post"),
        stories.call("Herald"),
        stories.retold("Echo", "Gazette"),
        stories.call_confirmed("Mail"),
        stories.call("Post", extra=BODY),
    ]
    found = facts(*reports)
    shuffled = found[:]
    random.Random(seed).shuffle(shuffled)
    assert origins(shuffled) == origins(found)


@given(
    st.lists(st.sampled_from(["Post", "Herald", "Mail", "Echo"]), min_size=1, max_size=4),
    st.sampled_from(["Post", "Mirror", "Echo"]),
    st.integers(0, 3),
)
def test_adding_a_copy_never_adds_an_origin(publishers: list[str], copier: str, which: int) -> None:
    """Whoever prints a text that is there already adds nothing."""
    endings = ["", BODY, "It rained. " * 9, "The talks were cordial, both said, " * 5]
    reports = [stories.call(p, extra=endings[i]) for i, p in enumerate(publishers)]
    before = len(origins(facts(*reports)))
    copy = stories.call(copier, "2025-08-01", extra=endings[min(which, len(publishers) - 1)])
    assert len(origins(facts(*reports, copy))) <= before


@pytest.mark.parametrize(("one", "other"), [
    ("CNN", "CNN (Web News)"), ("Fox News", "Fox Online News"), ("New York Times - News", "The New York Times"), ("edition.cnn.com", "CNN"),
    ("Kan News", "kan.org.il"), ("BBC News", "bbc.com"), ("RIA Novosti", "Sputnik"), ("A.P.", "The Associated Press"), ("Al-Jazeera", "Al Jazeera English"),
])  # fmt: skip
def test_one_newsroom_has_one_key(one: str, other: str) -> None:
    """Ways of writing an outlet, its site and its desks are one outlet."""
    assert outlet_key(one) == outlet_key(other)


@pytest.mark.parametrize(("one", "other"), [
    ("CNN", "CNBC"), ("Washington Post", "New York Post"), ("The Times", "The Times of Israel"), ("Channel 12", "Channel 13"), ("Sky News", "Sky News Arabia"),
    ("The Wall Street Journal", "New York Post"), ("Moscow Times", "New York Times"),
])  # fmt: skip
def test_two_newsrooms_have_two(one: str, other: str) -> None:
    """Outlets of like names, or of one owner, are not one."""
    assert outlet_key(one) != outlet_key(other)


@pytest.mark.parametrize(("name", "named"), [
    ("Israeli media", False), ("state television", False), ("a local newspaper", False), ("the Russian state news agency", False), ("several outlets", False),
    ("Kan News", True), ("Channel 12", True), ("Saudi Press Agency", True), ("Army Radio", True), ("Gazette", True),
])  # fmt: skip
def test_who_names_an_outlet(name: str, named: bool) -> None:
    """Words that only say that some outlet said it name none."""
    assert names_outlet(name) is named


def test_an_unnamed_outlet_counts_as_none() -> None:
    """According to Israeli media: an origin without a name."""
    found = origins(facts(stories.retold("Post", "Israeli media")))
    assert [o.name for o in found] == [None]
    assert "names no outlet" in found[0].why


def test_page_furniture_makes_no_copies() -> None:
    """What a publisher prints around every report does not make its reports, or others with the same lines, copies."""
    page = " ".join(f"sign{i} up here for our digest" for i in range(20)) + " "
    bodies = [" ".join(f"word{n}x{i} went on to say" for i in range(25)) for n in range(4)]
    sheets = [Sheet(f"r{n}", f"d{n}", "cnn", grams(page + body)) for n, body in enumerate(bodies)]
    assert not copies(sheets)
    copied = Sheet("r9", "d9", "post", grams(bodies[0]))
    assert [(c.left, c.right) for c in copies([*sheets, copied])] == [("r0", "r9")]


MORE = "Borduria's army massed twelve tank brigades along the northern river on Saturday night, officers of the general staff told our correspondent."


def test_a_claim_is_of_the_outlet_whose_words_it_stands_in() -> None:
    """Read in the copy alone it is the original's where that has its sentence, and the copy's own where it is a paragraph more."""
    original, copy = (Filed(stories.call(who, day, extra=BODY), "2025-08-06T00:00:00Z") for who, day in (("Post", "2025-08-04"), ("Herald", "2025-08-05")))
    maker = Maker(f"{stories.CALL} {BODY} {MORE}", publisher="Mail", published="2025-08-05")
    maker.event("massed", "MOBILIZE", mode="troops", actor=[maker.actor("Borduria", "state", "BOR")])
    more = Filed(maker.coded(), "2025-08-06T00:00:00Z")
    copied = copied_of([original, copy, more])
    assert set(copied.of) == {f.report.id for f in (original, copy, more)}
    assert [o.name for o in origins(list(copy.facts()), copied)] == ["Post"]
    assert [o.name for o in origins(list(more.facts()), copied)] == ["Mail"]
