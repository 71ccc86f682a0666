"""The sentences that we wrote to teach the reader: what their marks say, and that all of them can be read."""

from __future__ import annotations

import pathlib

import numpy as np
import pytest
from training import written
from training.data import MASK

from backchannel.reader.labels import EVENTS

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
    assert [text[a:b] for a, b in record["none"]] == ["plan"]


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


class Everywhere:
    """A reader that takes every word for an act, or for none."""

    def __init__(self, likely: float) -> None:
        self.likely = likely

    def __call__(self, text: str, doc: list[written.Sentence]) -> Everywhere:
        self.words = sum(len(s.words) for s in doc)
        return self

    def probabilities(self, head: str) -> np.ndarray:
        return np.tile([1 - self.likely, self.likely, *[0.0] * (len(EVENTS) - 1)], (self.words, 1))


def test_a_word_that_a_reader_takes_for_an_act_teaches_only_where_it_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passed over by the writer, such a word says nothing; marked as an act or as none, it teaches."""
    monkeypatch.setattr(written, "lines", lambda: iter([(pathlib.Path("news.txt"), 1, LINE)]))
    taught = {}
    for likely in (0.9, 0.1):
        (sentence,) = next(iter(written.documents(Everywhere(likely))))  # type: ignore[arg-type]
        taught[likely] = dict(zip(sentence.words, sentence.tags["event"], strict=True))
    assert taught[0.9]["over"] == MASK
    assert taught[0.1]["over"] == 0
    assert taught[0.9]["plan"] == 0
    assert taught[0.9]["lashed"] > 0 or taught[0.9]["out"] > 0
    assert taught[0.9]["more"] == taught[0.1]["more"] == MASK
