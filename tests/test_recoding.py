"""Reports coded again: the newest coding counts, what people judged stays, and what was known before can be asked for."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

import stories
from backchannel.cli import main
from backchannel.coder import code
from backchannel.ledger import Ledger
from backchannel.ledger.checking import check
from backchannel.ledger.exchange import export_lines, import_lines, merge
from backchannel.ledger.recoding import Recoded, with_judged
from backchannel.records import Coded, EventClaim, Refusal
from backchannel.views.affairs import Ledger as Views
from backchannel.views.show import show
from support import Maker

NOON = datetime(2025, 8, 5, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=10)
TEXT = "Boris Berg, the prime minister, condemned the strike, his spokesman Carl said. Anna Arlen met Berg on Sunday and threatened Borduria."


def at(moment: datetime, place: str | Path) -> Views:
    """A ledger whose clock stands still."""
    return Views(place, clock=lambda: moment)


def coding(*, spokesman: bool = True, met: str = "met", kind: str = "CONSULT", threat: bool = True, before: int = 0) -> Coded:
    """One report as one version or another might code it; ``before``: how many other parties and statements come first."""
    m = Maker(TEXT, publisher="Post", published="2025-08-05")
    for _ in range(before):
        m.actor("strike", "other")
        m.said("Berg", "the strike")
    b, a = m.actor("Boris Berg", says=["Boris Berg", "Berg"]), m.actor("Anna Arlen")
    said = [m.said("his spokesman Carl", "condemned the strike", by=m.actor("Carl"), cue="said")] if spokesman else []
    m.event("condemned", "ACCUSE", actor=[b], said_by=said)
    m.event(met, kind, actor=[a, b])
    if threat:
        m.event("threatened", "THREATEN", actor=[a], recipient=[m.actor("Borduria", "state")])
    return m.coded()


def told(ledger: Ledger, as_known_on: str | None = None) -> list[tuple[str, str]]:
    """Word and type of each claim that counts."""
    return [(f.claim.anchor.text, f.event.event) for f in ledger.facts(as_known_on)]


def test_the_newest_coding_counts_and_the_older_can_be_asked_for(place: str) -> None:
    """From the day it is coded again a report tells what the newer coding reads; before, what the older did; what is gone is kept as superseded."""
    with at(NOON, place) as ledger:
        ledger.add(coding())
    with at(LATER, place) as ledger:
        new = coding(met="met Berg", kind="COOPERATE", threat=False)
        assert [r for r in ledger.recode([new]) if isinstance(r, Recoded)] == [Recoded(report=new.report.id, changed=True, new=1, gone=2)]
        assert told(ledger) == [("condemned", "ACCUSE"), ("met Berg", "COOPERATE")]
        assert told(ledger, "2025-08-06") == [("condemned", "ACCUSE"), ("met", "CONSULT"), ("threatened", "THREATEN")]
        assert [f.claim.anchor.text for one in ledger.superseded() for f in one.facts()] == ["met", "threatened"]
        lost = next(c for c in coding().claims if c.anchor.text == "threatened")
        assert any("no longer read out of the report, which was coded again on 2025-08-15" in w for w in show(ledger, lost.id).why)
        assert any("coded again on 2025-08-15" in w for w in show(ledger, new.report.id).why)
        assert all(f.good is not False for f in check(ledger))


def test_coding_again_alike_changes_nothing(place: str) -> None:
    """The same coding once more leaves every row as it is; the same new coding twice is one row."""
    with at(NOON, place) as ledger:
        ledger.add(coding())
        before = ledger.dump()
        assert [r.changed for r in ledger.recode([coding()]) if isinstance(r, Recoded)] == [False]
        assert ledger.dump() == before
        found = [r.changed for _ in range(2) for r in ledger.recode([coding(threat=False)] * 2) if isinstance(r, Recoded)]
        assert found == [True, False, False, False]
        assert len(ledger.recodings()) == 1


def test_a_report_that_is_not_there_is_refused_and_the_rest_goes_on(place: str) -> None:
    """Only what was filed can be coded again; refusals pass through."""
    with at(NOON, place) as ledger:
        ledger.add(coding())
        found = list(ledger.recode([stories.call("Post"), Refusal(name="x", stage="coder", found="an internal error"), coding(threat=False)]))
        assert [isinstance(f, Refusal) for f in found] == [True, True, False]
        assert "not in the ledger" in found[0].line() if isinstance(found[0], Refusal) else False
        assert len(told(ledger)) == 2


@pytest.mark.parametrize("decision", ["accept", "amend", "reject"])
def test_what_people_judged_survives(place: str, decision: str) -> None:
    """A claim that somebody judged stays as it was judged, though the new coding reads other words, another type, no source, and numbers its parties anew."""
    amendment = {"status": "planned"} if decision == "amend" else None
    with at(NOON, place) as ledger:
        ledger.add(coding())
        for claim in coding().claims[:2]:
            ledger.verdict(claim.id, decision, by="editor", amendment=amendment)
        before = [(f.event.status, tuple(p.name for p in f.parties()), [s.source.text for s in f.sources if s.source]) for f in ledger.facts()]
    with at(LATER, place) as ledger:
        new = coding(spokesman=False, met="met Berg", kind="COOPERATE", before=2)
        (found,) = ledger.recode([new])
        assert isinstance(found, Recoded)
        assert found.judged == 2
        after = [(f.event.status, tuple(p.name for p in f.parties()), [s.source.text for s in f.sources if s.source]) for f in ledger.facts()]
        assert after == before
        assert [t for t in told(ledger) if t[1] != "THREATEN"] == ([] if decision == "reject" else [("condemned", "ACCUSE"), ("met", "CONSULT")])
        assert [r.changed for r in ledger.recode([new]) if isinstance(r, Recoded)] == [False]
        assert all(f.good is not False for f in check(ledger))


def test_claims_that_people_joined_stay(place: str) -> None:
    """A judgement that two claims are one happening still holds when one of them is no longer read."""
    one, other = coding(), stories.call("Herald")
    with at(NOON, place) as ledger:
        ledger.add(one)
        ledger.add(other)
        met = next(c for c in one.claims if c.anchor.text == "met")
        ledger.judge(met.id, other.claims[0].id, True, by="editor")
        list(ledger.recode([coding(met="met Berg")]))
        assert any({met.id, other.claims[0].id} <= set(e.claims) for e in ledger.fused())


def test_brought_keys_never_meet_others() -> None:
    """A party or statement that is brought along gets a key of its own where its old one is taken."""
    old, new = coding(), coding(spokesman=False, before=3)
    judged = frozenset(c.id for c in old.claims)
    merged = with_judged(new, old, judged)
    for records in (merged.actors, merged.statements, merged.claims):
        assert len({r.key for r in records}) == len(records)
    assert not merged.faults()
    assert sorted(c.id for c in merged.claims) == sorted(judged)


def test_codings_survive_export_import_and_merge(place: str, tmp_path: Path) -> None:
    """What was coded again is written out and read in with the rest; a coding that does not hold is refused."""
    with at(NOON, place) as ledger, at(NOON, tmp_path / "copy.db") as copy, at(LATER, tmp_path / "other.db") as other:
        ledger.add(coding())
        list(ledger.recode([coding(threat=False)]))
        lines = list(export_lines(ledger))
        assert not [i for i in import_lines(copy, lines) if isinstance(i, Refusal)]
        assert copy.dump() == ledger.dump()
        other.add(coding())
        list(merge(other, ledger))
        assert told(other) == told(ledger)
        damaged = [line.replace("condemned", "praised") if '"recodings"' in line else line for line in lines]
        with at(NOON, tmp_path / "third.db") as third:
            assert [i.name for i in import_lines(third, damaged) if isinstance(i, Refusal)] == ["line 3"]


def test_the_command_brings_an_old_ledger_up_to_date(tmp_path: Path) -> None:
    """``ledger recode`` tells how many reports are told otherwise; after it the ledger holds what this version reads; again, nothing changes."""
    path = tmp_path / "a.db"
    coded = code(
        "France and Germany signed a defence agreement in Paris on Monday. Italy condemned the agreement on Tuesday.", published="2025-08-06", publisher="Post"
    )
    poorer = msgspec.structs.replace(coded, claims=coded.claims[:1])
    with Views(path) as ledger:
        ledger.add(poorer)
    run = CliRunner().invoke(main, ["--ledger", str(path), "ledger", "recode", "--json"])
    assert run.exit_code == 0, run.output
    assert f"1 of 1 reports told otherwise: {len(coded.claims) - 1} claims more, 0 no longer" in run.output
    with Views(path) as ledger:
        assert [f.claim for f in ledger.facts()] == list(coded.claims)
        assert all(isinstance(c, EventClaim) or c.key for c in coded.claims)
    again = CliRunner().invoke(main, ["--ledger", str(path), "ledger", "recode"])
    assert "0 of 1 reports told otherwise" in again.output
    missing = CliRunner().invoke(main, ["--ledger", str(tmp_path / "none.db"), "ledger", "recode"])
    assert missing.exit_code == 3
    assert len(missing.output.strip().splitlines()) == 1


def test_a_ledger_of_the_revision_before_is_brought_up_to_date(tmp_path: Path) -> None:
    """A ledger without the table opens, keeps its records and can be coded again."""
    path = tmp_path / "old.db"
    with at(NOON, path) as ledger:
        ledger.add(coding())
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TABLE recodings")
        raw.execute("UPDATE alembic_version SET version_num = '0002'")
    raw.close()
    with at(LATER, path) as ledger:
        list(ledger.recode([coding(threat=False)]))
        assert len(told(ledger)) == 2
