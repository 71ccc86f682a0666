"""A reading in the forms of other tools keeps its words, trees and offsets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backchannel.reader import read

TEXTS = [
    "Japan expelled two diplomats.  They left on Friday.\n\nTokyo didn't comment.",
    "  The minister said: “We won't go.”\nHe added\tnothing.",
    "One.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_conllu_has_every_word_once_with_a_tree(text: str) -> None:
    """Ten columns a word, numbered from 1, one root a sentence, heads inside it, and offsets that slice back to the form."""
    reading = read(text)
    sentences = [[line.split("\t") for line in block.splitlines() if not line.startswith("#")] for block in reading.to_conllu().split("\n\n") if block.strip()]
    assert [row[1] for rows in sentences for row in rows] == reading.words
    for rows in sentences:
        assert all(len(row) == 10 for row in rows)
        assert [row[0] for row in rows] == [str(n + 1) for n in range(len(rows))]
        assert sum(row[6] == "0" for row in rows) == 1
        assert all(0 <= int(row[6]) <= len(rows) and row[6] != row[0] for row in rows)
        for row in rows:
            misc = dict(part.split("=") for part in row[9].split("|"))
            assert text[int(misc["start_char"]) : int(misc["end_char"])] == row[1]


@pytest.mark.parametrize("text", TEXTS)
def test_a_spacy_doc_is_the_text(text: str) -> None:
    """The Doc's text is the report's, words stand at their offsets with our tags and heads, sentences begin where ours do."""
    pytest.importorskip("spacy", reason="spaCy is not installed")
    reading = read(text)
    doc = reading.to_spacy()
    assert doc.text == text
    words = [t for t in doc if not t.is_space]
    assert [(t.idx, t.text, t.pos_, t.lemma_) for t in words] == [
        (tok.start, tok.text, pos, lemma) for tok, pos, lemma in zip(reading.tokens, reading.upos, reading.lemmas, strict=True)
    ]
    assert [t.head.idx for t in words] == [reading.tokens[h].start for h in reading.heads]
    assert len(list(doc.sents)) == len(reading.bounds)
    assert [(e.start_char, e.end_char) for e in doc.ents] == [reading.chars(lo, hi) for lo, hi, _ in reading.names]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["Iran", "met", " ", "  ", "\n\n", "\t", ".", "“", "don't", "Mr. Xi"]), min_size=1, max_size=25).map("".join))
def test_any_spacing_survives(text: str) -> None:
    """Whatever the white space, the Doc's text is the report's."""
    pytest.importorskip("spacy", reason="spaCy is not installed")
    if text.strip():
        assert read(text).to_spacy().text == text
