"""The example reports: ours, datable, and coded as their README says. What they must not give matters as much as what they must."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from backchannel import intake
from backchannel.coder import code
from backchannel.records import Coded, EventClaim, Report
from backchannel.views.affairs import Ledger

FOLDER = Path(__file__).resolve().parents[1] / "examples"
PATHS = sorted(FOLDER.glob("*.txt"))
MONTHS = {"July": 7, "Aug.": 8}


def report(path: Path) -> Report:
    """An example as a report."""
    (one,) = intake.read([str(path)])
    assert isinstance(one, Report), one
    return one


@cache
def coded(number: str) -> Coded:
    """An example by the number in its name, coded."""
    return code(report(next(FOLDER.glob(f"{number}-*.txt"))))


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """All examples in one ledger."""
    made = Ledger("sqlite://")
    for path in PATHS:
        made.add(coded(path.name[:2]))
    return made


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
def test_each_says_where_and_when_it_appeared(path: Path) -> None:
    """Publisher and byline are found; the publication date is inferred as at most two days that hold the dateline's, with its reason."""
    made = report(path)
    assert made.publisher
    assert made.byline
    m = re.search(r"^[A-Z ]+, (July|Aug\.) (\d+), 2025 —", made.text, re.MULTILINE)
    assert m
    day = date(2025, MONTHS[m[1]], int(m[2])).isoformat()
    published = made.published
    assert published, path.name
    assert published.start
    assert published.end
    assert published.why
    assert published.start <= day <= published.end
    assert (date.fromisoformat(published.end) - date.fromisoformat(published.start)).days <= 1


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
def test_each_is_short_and_listed(path: Path) -> None:
    """120 to 260 words, a row in the folder's README, no word that cannot be printed."""
    text = path.read_text("utf8")
    assert 120 <= len(text.split()) <= 260
    assert f"`{path.name}`" in (FOLDER / "README.md").read_text("utf8")
    assert all(c.isprintable() or c == "\n" for c in text)


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
def test_records_are_sound(path: Path) -> None:
    """Every offset slices back, every key points somewhere, every claim says why; coding twice gives the same records."""
    made = coded(path.name[:2])
    assert made.faults() == []
    assert all(c.why and 0 <= c.confidence <= 1 for c in made.claims)
    assert code(report(path)) == made
    for claim in made.claims:
        assert not any(b.start < claim.anchor.end and claim.anchor.start < b.end for b in made.report.boilerplate)


def test_sport_gives_no_event() -> None:
    """A stage of the Tour de France has attacks and a battle, and no act of politics."""
    assert [c for c in coded("03").claims if isinstance(c, EventClaim)] == []


def test_a_reprint_is_another_report_and_no_other_origin(ledger: Ledger) -> None:
    """The reprint is kept with its chain; what it tells has one origin."""
    original, reprint = coded("09").report, coded("10").report
    assert reprint.id != original.id
    assert [c.outlet for c in reprint.carried_from] == [original.publisher]
    rows = [r for r in ledger.timeline() if set(r.reports) == {original.id, reprint.id}]
    assert rows, "nothing that only these two tell"
    assert {r.origins for r in rows} <= {("Harbor Wire",), ()}
    assert ("Harbor Wire",) in {r.origins for r in rows}


def test_the_calls_are_found_and_confirmed(ledger: Ledger) -> None:
    """Netanyahu and Putin spoke on 3 August; that stands on more than one report."""
    rows = [r for r in ledger.contacts(between=("Netanyahu", "Putin"), since="2025-08-01", until="2025-08-05") if r.mode == "phone"]
    assert any(r.when and r.when.start == "2025-08-03" for r in rows)
    assert any(len(r.reports) > 1 for r in rows)


def test_the_ultimatum_stands_with_its_terms(ledger: Ledger) -> None:
    """Trump to Russia: a ceasefire by 8 August, or sanctions; threatened, not done."""
    rows = [u for u in ledger.ultimatums(actor="Russia") if any("Trump" in i for i in u.issuer)]
    assert any(u.deadline and u.deadline.end == "2025-08-08" and u.threatened_type == "SANCTION" for u in rows)


def test_a_planned_visit_is_not_a_visit() -> None:
    """On 5 August the envoy's visit to Moscow is expected, no more."""
    visits = [c for c in coded("09").claims if isinstance(c, EventClaim) and c.event == "CONSULT" and c.anchor.text.startswith("visit")]
    moscow = [c for c in visits if "expected to visit Moscow" in coded("09").report.text[max(0, c.anchor.start - 12) : c.anchor.end + 8]]
    assert moscow
    assert all(c.status in ("expected", "planned") for c in moscow)


def test_a_denied_attack_is_not_an_attack() -> None:
    """What Cambodia denies has a negative claim, or none; never a plain positive one."""
    claims = [c for c in coded("05").claims if isinstance(c, EventClaim) and c.anchor.text == "attacked"]
    assert all(c.polarity == "-" or c.status == "did_not_happen" for c in claims)


def test_the_open_question_is_kept(ledger: Ledger) -> None:
    """Who asked Netanyahu to mediate is unknown, with both possibilities."""
    found = [q for q in ledger.questions() if coded("08").report.id in q.reports]
    assert any(len(q.alternatives) >= 2 for q in found)


def test_the_brief_fits_the_page(ledger: Ledger) -> None:
    """The brief of all examples: no line over 100 columns, no control characters, every report in its provenance."""
    page = ledger.brief().to_text()
    assert max(map(len, page.splitlines())) <= 100
    assert all(c.isprintable() or c == "\n" for c in page)
    assert all((coded(p.name[:2]).report.publisher or "") in page for p in PATHS)
