"""A reading (as ``read --json`` gives it) -> lines: one word a line, with its class and its head, and the mentions under each sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from backchannel.views.brief import Piece
from backchannel.views.layout import Line
from backchannel.views.wording import clean


def reading_lines(found: dict[str, Any]) -> Iterator[Line]:
    """The sentences, their words, and the mentions in them."""
    for number, sentence in enumerate(found["sentences"], 1):
        words = sentence["tokens"]
        yield [Piece(f"sentence {number}", "section")]
        for place, word in enumerate(words, 1):
            head = words[word["head"] - 1]["text"] if word["head"] else "-"
            yield [
                Piece(f"{place:>4}  ", "dim"),
                Piece(f"{clean(word['text']):<22}", "what"),
                Piece(f"{word['upos']:<6} ", "sure"),
                Piece(f"{word['deprel']:<14} {clean(head)}", "note"),
            ]
        for mention in found.get("mentions", ()):
            if sentence["start"] <= mention["start"] < sentence["end"]:
                chain = f"  chain {mention['chain']}" if mention.get("chain") is not None else ""
                yield [Piece(f"      {mention['type']:<8}", "date"), Piece(clean(found["text"][mention["start"] : mention["end"]]) + chain, "quote")]
        yield []
