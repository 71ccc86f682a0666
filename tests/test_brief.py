"""The brief reads well everywhere and is not fooled by what reports contain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stories
from backchannel.records import Coded
from backchannel.views import show
from backchannel.views.affairs import Ledger
from backchannel.views.wording import around, clean, shorten
from support import Maker, gold, gold_files

HOSTILE = "\x1b[31mArlen\x1b[0m \u202eevil\u202c [bold]x[/bold] <script>alert(1)</script> \x9b2J\x07"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def hostile() -> Coded:
    """A report whose every quoted word is an attack."""
    m = Maker(f"{HOSTILE} struck Borduria in {HOSTILE} today. {HOSTILE} said: {HOSTILE}", publisher=HOSTILE, published="2025-08-05", title=HOSTILE)
    a, b = m.actor(HOSTILE, country="ARL"), m.actor("Borduria", "state", "BOR")
    s = m.said(HOSTILE, HOSTILE, by=a, verbatim=True)
    m.event("struck", "ASSAULT", actor=[a], recipient=[b], where=HOSTILE, topic=[HOSTILE], said_by=[s])
    m.event("struck", "CONSULT", actor=[a, b], topic=[HOSTILE])
    m.event("struck", "SANCTION", actor=[a], recipient=[b], status="threatened", condition=HOSTILE, demand=[HOSTILE])
    m.event("struck", "CONSULT", actor=[b], mediator=[a], mode="third-party", purpose=[HOSTILE])
    m.relation("struck", [a, b], quality="hostile", because=[HOSTILE])
    m.office("struck", a, HOSTILE, HOSTILE)
    m.question("struck", alternatives=[HOSTILE, "struck"])
    return m.coded()


def test_hostile_text_is_harmless(tmp_path: Path) -> None:
    """No control character, no text direction trick and no markup gets out, as text, HTML or record page."""
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add(hostile())
        made = ledger.brief()
        html = made._repr_html_()
        pages = ["".join(p.text for p in line) for row in ledger.claims() for line in show.page(show.show(ledger, row.id), 100)]
        tables = [getattr(ledger, v)()._repr_html_() for v in ("contacts", "timeline", "statements", "reports", "relations", "offices", "questions")]
        assert not CONTROL.search(made.to_text())
        assert not any(CONTROL.search(p) for p in pages)
        assert not any("<script" in t for t in [html, *tables])
        assert "[bold]x[/bold]" in made.to_text()  # shown as it is, not read as markup


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_no_line_is_too_long(tmp_path: Path, width: int) -> None:
    """Lines fit the page at any width, whatever the reports hold."""
    with Ledger(tmp_path / "l.db") as ledger:
        for coded in [hostile(), stories.ultimatum(), stories.call_confirmed("Mail")] + [gold(p) for p in gold_files()[:6]]:
            ledger.add(coded)
        assert max(map(len, ledger.brief().to_text(width).splitlines())) <= width


def test_a_brief_of_some_reports_knows_the_others(tmp_path: Path) -> None:
    """Only what the chosen reports tell is shown, but how it stands takes the whole ledger into account."""
    mine = stories.call("Post")
    with Ledger(tmp_path / "l.db") as ledger:
        for coded in (mine, stories.call_confirmed("Mail"), stories.ultimatum()):
            ledger.add(coded)
        made = ledger.brief(reports=frozenset({mine.report.id}))
        assert [s.title for s in made.sections] == ["Contacts"]
        assert made.sections[0].rows[0].standing == "confirmed_by_both"
        assert len(made.provenance) == 1


def test_an_empty_brief_says_so(tmp_path: Path) -> None:
    """Nothing found is said, not shown as an empty page."""
    with Ledger(tmp_path / "l.db") as ledger:
        assert "Nothing to report" in str(ledger.brief())
        ledger.add(Maker("Rain fell.", publisher="Weather", published="2025-08-05").coded())
        assert "Nothing to report" in str(ledger.brief())


def test_every_line_can_be_asked_for(tmp_path: Path) -> None:
    """The id at the end of any line of the brief is enough for show."""
    with Ledger(tmp_path / "l.db") as ledger:
        for coded in (stories.call("Post"), stories.call_confirmed("Mail"), stories.ultimatum(), hostile()):
            ledger.add(coded)
        ids = re.findall(r"\[([a-z][0-9a-f]{8})\]\s*$", str(ledger.brief()), re.MULTILINE)
        assert len(ids) > 8
        for ident in ids:
            shown = show.show(ledger, ident)
            assert shown.row.id.startswith(ident)
            assert show.page(shown, 100)


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 50), st.integers(10, 200))
def test_snippets_fit(text: str, start: int, length: int, width: int) -> None:
    """A snippet is clean, on one line and about as long as asked."""
    start = min(start, len(text))
    for found in (around(text, start, min(len(text), start + length), width), shorten(text, width), clean(text)):
        assert not CONTROL.search(found)
        assert "\n" not in found
    assert len(shorten(text, width)) <= width
