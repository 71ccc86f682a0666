"""The sentences that we wrote to teach the reader: what their marks say, and that all of them can be read."""

from __future__ import annotations

import pytest
from training import written

LINE = "[a: Tehran] {lashed out|ACCUSE/disapprove a>b} at [b: the kingdom] over [b: its] {plan|-} to {host|COOPERATE planned b+c} [c: pilots] and {more|?}."


def test_marks_become_spans_parties_and_acts() -> None:
    """The text is the line without its marks; every span slices back to the words that were marked."""
    record = written.parsed(LINE)
    text = record["text"]
    assert text == "Tehran lashed out at the kingdom over its plan to host pilots and more."
    assert {key: [text[a:b] for a, b in party["spans"]] for key, party in record["entities"].items()} == {
        "a": ["Tehran"],
        "b": ["the kingdom", "its"],
        "c": ["pilots"],
    }
    accuse, host, doubtful = record["claims"]
    assert [text[slice(*c["anchor"])] for c in record["claims"]] == ["lashed out", "host", "more"]
    assert (accuse["event"], accuse["mode"], accuse["status"], accuse["actor"], accuse["recipient"]) == ("ACCUSE", "disapprove", "happened", ["a"], ["b"])
    assert (host["event"], host["status"], host["root"], host["actor"], host["recipient"]) == ("COOPERATE", "planned", "AGREE", ["b", "c"], [])
    assert "mode" not in host
    assert doubtful == {"kind": "doubtful", "anchor": doubtful["anchor"]}


@pytest.mark.parametrize(("line", "found"), [
    ("{met|MEET a>b} [a: He]", "'MEET a>b'"),
    ("[a: He] {met|CONSULT/troops a>}", "the mode of CONSULT troops"),
    ("[a: He] {met|CONSULT soon a>}", "the status soon"),
    ("[a: He] {met|CONSULT a>b}", "the key b of no party"),
    ("[a: He] {met|CONSULT a>", "a lone {"),
])  # fmt: skip
def test_what_is_wrong_with_a_line_is_said(line: str, found: str) -> None:
    """A type, mode, status or key that is none, and a mark that does not end."""
    with pytest.raises(ValueError, match=f"found {found}"):
        written.parsed(line)


def test_every_line_can_be_read_and_stands_once() -> None:
    """Every file of ours, its acts of all sixteen types."""
    records = [written.parsed(line) for _, _, line in written.lines()]
    assert len({r["text"] for r in records}) == len(records) > 6000
    assert len({c["event"] for r in records for c in r["claims"] if c["kind"] == "event"}) == 16
