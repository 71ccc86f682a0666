"""Contacts and mediations of made-up ledgers, from the text of reports: what is kept back, what one sentence tells twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from backchannel.coder import code
from backchannel.views.affairs import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger(tmp_path / "l.db") as made:
        yield made


def test_a_contact_whose_contents_are_kept_back_is_not_called_public_beside(ledger: Ledger) -> None:
    """One report announces the visit, another has it confirmed by a ministry that does not say what was discussed."""
    ledger.add(
        code(
            "Norwegian Foreign Minister Espen Barth Eide will meet his Egyptian counterpart Badr Abdelatty in Cairo on Wednesday, the ministry in Oslo said.",
            publisher="Post",
            published="2025-06-02",
        )
    )
    ledger.add(
        code(
            "Norway's foreign minister, Espen Barth Eide, met Egypt's Badr Abdelatty in Cairo on Wednesday. "
            "The Egyptian foreign ministry confirmed the meeting but did not say what the two had discussed.",
            publisher="Mail",
            published="2025-06-05",
        )
    )
    (row,) = ledger.contacts()
    assert (row.disclosure, row.status, row.channel, row.confirmed_by) == (("contents_undisclosed",), "happened", "in_person", ("Egyptian foreign ministry",))


def test_a_mediation_told_twice_in_one_sentence_is_one(ledger: Ledger) -> None:
    """ "Held talks, with Turkey mediating" is one mediation; an offer of an earlier report is another."""
    ledger.add(code("Turkey has offered to mediate between Ethiopia and Somalia.", publisher="Post", published="2025-06-03"))
    ledger.add(code("Ethiopia and Somalia held talks in Ankara on Monday, with Turkey mediating.", publisher="Mail", published="2025-06-10"))
    told = [(r.mediators, set(r.between), r.status) for r in ledger.mediations()]
    assert sorted(told, key=str) == sorted([(("Türkiye",), {"Ethiopia", "Somalia"}, s) for s in ("happened", "offered")], key=str)
