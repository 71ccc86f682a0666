"""Where sentences begin without a mark, and that the network that says so leaves news as the rules cut it."""

from __future__ import annotations

from pathlib import Path

import pytest

from backchannel.reader import boundaries
from backchannel.reader.segment import paragraphs, ruled, sentences, tokens

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))


def _cut(text: str) -> list[str]:
    return [text[s[0].start : s[-1].end] for s in sentences(text)]


def test_lines_that_were_joined_come_apart() -> None:
    """The closing and the signature of a letter, which no full stop ends, are sentences of their own."""
    parts = ["Please call me if you have any questions.", "Thanks,", "Kim", "I will be out of the office tomorrow."]
    assert _cut(" ".join(parts)) == parts


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_news_is_cut_as_the_rules_cut_it(path: Path) -> None:
    """In edited prose the network takes nothing back and adds nothing."""
    text = path.read_text(encoding="utf8")
    words = [tokens(text, lo, hi) for lo, hi in paragraphs(text)]
    begun = [ruled(w) for w in words]
    assert boundaries.begins(words, begun) == begun


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long text is cut alike however it is taken apart for memory."""
    text = "\n\n".join(p.read_text(encoding="utf8") for p in EXAMPLES)
    whole = sentences(text)
    monkeypatch.setattr(boundaries, "BLOCK", 50)
    assert sentences(text) == whole


@pytest.mark.parametrize("text", ["so it goes on and on", "Goodman: This"])
def test_some_places_are_not_looked_at(text: str) -> None:
    """A small letter after a letter goes on; who speaks stays with what he says."""
    assert boundaries.laid_out([tokens(text, 0, len(text))], [[0]]).places.tolist() == []
