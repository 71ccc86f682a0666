"""By when an act is due, on what condition, and what becomes of an ultimatum (``cases/ultimatums.yaml``: as a whole no worse than they were)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from backchannel import Ledger
from backchannel.coder import code
from backchannel.coder.acts.anchors import anchors
from backchannel.reader import read
from backchannel.records import EventClaim

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "ultimatums.yaml").read_text("utf8"))
FLOORS = {"one": 0.80, "due": 0.88, "by": 0.70, "of": 0.66, "demand": 0.74, "threat": 0.52, "if": 0.70, "none": 0.99}  # measured a little above


@pytest.mark.parametrize(("text", "due"), [
    ("Ghana has given Mali ten days to free the pilots.", {"given": "2024-03-17"}),
    ("Ghana on Tuesday gave Mali ten days to free the pilots.", {"gave": "2024-03-15"}),
    ("Ghana's court on Tuesday ordered the ministry to free the pilots within three weeks.", {"ordered": "2024-03-26", "free": "2024-03-26"}),
    ("Turkey set a Friday deadline for Syria to free the pilots.", {"deadline": "2024-03-08", "free": "2024-03-08"}),
    ("Turkey's ultimatum to Syria expires on Saturday.", {"ultimatum": "2024-03-09"}),
    ("Turkey told Syria to free the pilots by Sunday or face air strikes.", {"told": "2024-03-10", "free": "2024-03-10", "air strikes": "2024-03-10"}),
    ("Saudi Arabia has extended its deadline for Qatar to close Al Jazeera until Sunday.", {"extended": "2024-03-10", "deadline": "2024-03-10"}),
    ("The European Union has extended its sanctions on Russia until June 30.", {"sanctions": "2024-06-30"}),
    ("France demanded that Mali free the pilots before the elections in June.", {"demanded": "2024-06-30", "free": "2024-06-30"}),
    ("France urged Mali to free the pilots before the month is out.", {"urged": "2024-03-31", "free": "2024-03-31"}),
    ("France demanded that Mali free the pilots by Thursday.", {"demanded": "2024-03-07", "free": "2024-03-07"}),
    ("The rebels threatened to leave the talks on Saturday unless Mali frees the pilots.", {"threatened": "2024-03-09"}),
    ("Turkey told Syria to free the pilots by sunset on Friday.", {"told": "2024-03-08", "free": "2024-03-08"}),
    ("A three-day deadline for Syria's parties to free the pilots runs out on Friday.", {"deadline": "2024-03-08", "free": "2024-03-08"}),
    ("Turkey yesterday announced March 31 as the last day for Syria to free the pilots.", {"free": "2024-03-31"}),
    ("By Wednesday the envoys had urged Mali to free the pilots.", {"urged": None, "free": None}),
    ("France sent ships to the drills with Mali, which will last until Monday.", {"sent": None}),
    ("France accused Chad of delays and demanded that Mali free the pilots by Sunday.", {"accused": None, "demanded": "2024-03-10"}),
])  # fmt: skip
def test_by_when_an_act_is_due(text: str, due: dict[str, str | None]) -> None:
    """The named acts have this last day, or none."""
    found = {c.anchor.text: c.deadline and c.deadline.end for c in code(text, published="2024-03-07").claims if isinstance(c, EventClaim)}
    assert {word: next(day for anchor, day in found.items() if word in anchor) for word in due} == due


def test_the_day_of_a_deadline_is_not_when_it_was_set() -> None:
    """Nor does the term belong to what is demanded, or what is threatened otherwise."""
    claims = code("Turkey set a Friday deadline for Syria. It told Mali to free the pilots by Sunday or face war.", published="2024-03-07").claims
    told = {c.anchor.text: c for c in claims if isinstance(c, EventClaim)}
    assert told["deadline"].when is None
    assert [d.text.removeprefix("to ") for d in told["told"].roles.demand] == ["free the pilots"]


@pytest.mark.parametrize(("text", "word", "condition"), [
    ("Turkey will attack Syria should the talks fail.", "attack", "should the talks fail"),
    ("The rebels will free the pilots as long as the truce holds.", "free", "as long as the truce holds"),
    ("The rebels offered to free the pilots in return for a truce.", "free", "in return for a truce"),
    ("Turkey will not meet Syria's envoys until the pilots are free.", "meet", "until the pilots are free"),
    ("Turkey warned that Syria would be in danger of an attack if it kept the pilots.", "warned", "if it kept the pilots"),
    ("France will lift the sanctions once the pilots are free.", "lift", "once the pilots are free"),
    ("Russia and Ukraine freed 185 prisoners of war in an exchange mediated by the United Arab Emirates.", "freed", None),
    ("In return, France has lifted its sanctions on Mali.", "lifted", None),
    ("Norland could attack the port even if the talks succeed.", "attack", None),
    ("If you look at the last ten years, Norland has attacked the port twice.", "attacked", None),
    ("Norland could attack the port if the talks fail.", "attack", "if the talks fail"),
])  # fmt: skip
def test_on_what_condition(text: str, word: str, condition: str | None) -> None:
    """The act is told on this condition, or on none."""
    claim = next(c for c in code(text, published="2024-03-07").claims if isinstance(c, EventClaim) and word in c.anchor.text)
    assert (claim.condition and claim.condition.text) == condition


def test_time_that_is_granted_is_an_act_of_its_own() -> None:
    """Also where the reader is less sure of it; time that is only had is none."""
    text = "NATO authorised air strikes on Monday and gave Slobodan Milosevic four days to comply with the demands of the United Nations."
    assert [a.type for a in anchors(read(text)) if read(text).words[a.first] == "gave"] == ["REQUEST"]
    assert not [a for a in anchors(read("Mali gave its guests four days of rest.")) if a.type in ("REQUEST", "THREATEN")]


OLD = "The United States threatened to impose sanctions on Turkey if it does not release the pastor by Oct. 10."
GAVE = "Saudi Arabia gave Qatar until {} to close Al Jazeera or face sanctions."


@pytest.mark.parametrize(("first", "later", "day", "state"), [
    (OLD, "Turkish officials met a delegation from Iran.", "2019-10-05", "standing"),
    (OLD, "Turkish officials met a delegation from Iran.", "2019-10-20", "lapsed"),
    (OLD, "The United States imposed sanctions on Turkey on Friday.", "2019-10-12", "carried_out"),
    (OLD, "Turkey released the pastor on Tuesday, American officials said.", "2019-10-09", "met"),
    (OLD, "The United States withdrew its threat of sanctions on Turkey on Friday.", "2019-10-05", "withdrawn"),
    (OLD, "The United States will not impose sanctions on Turkey, President Trump said on Friday.", "2019-10-05", "withdrawn"),
    (GAVE.format("Oct. 3"), GAVE.format("Oct. 5"), "2019-10-03", "extended"),
    (GAVE.format("Oct. 3"), "Saudi Arabia has extended its deadline for Qatar to close Al Jazeera until Oct. 5.", "2019-10-03", "extended"),
    ("Russia has demanded that Georgia withdraw its troops by Oct. 4.", "Georgia withdrew its troops on Thursday.", "2019-10-04", "met"),
])  # fmt: skip
def test_what_becomes_of_an_ultimatum(first: str, later: str, day: str, state: str, tmp_path: Path) -> None:
    """It is one row, which stands so after the second report and stood before it."""
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add(code(first, published="2019-10-01", publisher="Post"), known_at="2019-10-01T12:00:00Z")
        ledger.add(code(later, published=day, publisher="Mail"), known_at=f"{day}T12:00:00Z")
        assert [u.state for u in ledger.ultimatums()] == [state]
        assert [u.state for u in ledger.ultimatums(as_known_on="2019-10-01")] == ["standing"]


def test_reports_of_ours(tmp_path: Path) -> None:
    """Each is one ultimatum, or none, by whom, of whom, due when; the last day counts also where the ultimatum is missed."""
    asked, right = Counter[str](), Counter[str]()
    for n, case in enumerate(CASES):
        with Ledger(tmp_path / f"{n}.db") as ledger:
            coded = code(case["text"], published=str(case["day"]))
            ledger.add(coded)
            rows = list(ledger.ultimatums())
        for what, ok in judged(case, rows, [c for c in coded.claims if isinstance(c, EventClaim)]):
            asked[what] += 1
            right[what] += ok
    assert {k: right[k] / asked[k] for k in FLOORS if right[k] / asked[k] < FLOORS[k]} == {}


def judged(case: dict[str, Any], rows: list[Any], claims: list[EventClaim]) -> list[tuple[str, bool]]:
    """What a case expects, and whether it came out."""
    if case.get("none"):
        return [("none", not rows)]
    told: dict[str, list[str]] = {"by": [], "of": [], "demand": [], "threat": [], "if": []}
    for u in rows[:1]:
        told = {"by": [*u.issuer], "of": [*u.addressee], "demand": [*u.demand, *u.condition], "threat": [u.threatened_type or ""], "if": [*u.condition]}
    out = [] if case.get("kind") else [("one", len(rows) == 1)]
    out += [(k, any(case[k].lower() in x.lower() for x in v)) for k, v in told.items() if k in case and not case.get("kind")]
    return out + ([("due", any(c.deadline and c.deadline.end == str(case["due"]) for c in claims))] if "due" in case else [])


@pytest.mark.parametrize(("text", "issuer", "what"), [
    ("France has demanded that Mali free the pilots by Sunday. Should Mali refuse, France will impose sanctions.", ("France",), ("sanctions",)),
    ("The United States would impose tariffs on Mexico on March 10 unless it stops the migrants, Donald Trump said.", ("United States",), ("impose tariffs",)),
])  # fmt: skip
def test_what_points_back_and_what_is_due_unless(text: str, issuer: tuple[str, ...], what: tuple[str, ...], tmp_path: Path) -> None:
    """A condition that only points back belongs to the demand before it; the day for which an act is threatened "unless" is a deadline."""
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add(code(text, published="2024-03-07"))
        (row,) = ledger.ultimatums()
    assert (row.issuer, row.threat, row.deadline and row.deadline.end) == (issuer, what, "2024-03-10")


def test_what_is_threatened_may_be_not_to_act(tmp_path: Path) -> None:
    """ "Would not conclude agreements" is no threat to conclude them."""
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add(code("Norway warned that it would not conclude trade agreements with Chad if the fighting did not stop.", published="2024-03-07"))
        (row,) = ledger.ultimatums()
    assert (row.issuer, row.threat) == (("Norway",), ("not conclude trade agreements with Chad",))


@pytest.mark.parametrize(
    ("text", "word", "asked"),
    [
        ("The junta gave the strikers until Monday noon to return to work.", "gave", "return to work"),
        ("Moscow has given Kyiv until the end of the week to pull its troops out of Kursk.", "given", "pull its troops out of Kursk"),
    ],
)
def test_what_time_is_granted_for_is_demanded(text: str, word: str, asked: str) -> None:
    """Giving time until a day is a demand or a threat whatever the reader is sure of, and what is demanded is what the time is for."""
    claim = next(c for c in code(text, published="2024-03-07").claims if isinstance(c, EventClaim) and word in c.anchor.text)
    assert claim.event in ("REQUEST", "THREATEN")
    assert [d.text for d in claim.roles.demand] == [asked]


def test_time_that_somebody_is_said_to_have_had_is_ahead() -> None:
    """The past tense is the speech's, not the term's."""
    claims = code("Turkey's minister said that Syria had until Saturday to free the pilots.", published="2024-03-07", publisher="Post").claims
    assert {c.deadline.end for c in claims if isinstance(c, EventClaim) and c.deadline} == {"2024-03-09"}


def test_an_ultimatum_told_again_is_one(tmp_path: Path) -> None:
    """By another report with the same sides, demand and day; and what was carried out has not lapsed."""
    with Ledger(tmp_path / "l.db") as ledger:
        for day, publisher, text in (
            ("11", "Post", "Ukraine's minister said that Hungary had until Friday to reverse its decision, or Ukraine would close the consulate in Berehove."),
            ("12", "Times", "Ukraine gave Hungary until Friday to reverse its decision."),
            ("15", "Wire", "Ukraine closed the Hungarian consulate in Berehove on Saturday."),
        ):
            ledger.add(code(text, published=f"2025-11-{day}", publisher=publisher))
        assert [(u.state, u.standing, len(u.reports)) for u in ledger.ultimatums()] == [("carried_out", "threatened", 2)]


def test_a_term_whose_day_is_not_known_is_one(tmp_path: Path) -> None:
    """A demand with it is listed."""
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add(code("Jay Tarriela demanded that China pay compensation for the boat within 30 days.", published="2025-11-06", publisher="Post"))
        assert [u.what() for u in ledger.ultimatums()] == ["Jay Tarriela to China: China pay compensation for the boat within 30 days (standing)"]
