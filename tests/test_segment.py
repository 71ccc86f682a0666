"""Segmentation: exact offsets, news conventions."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from backchannel.reader.segment import sentences

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "segment.yaml").read_text(encoding="utf8"))


@given(st.text(max_size=300))
def test_tokens_slice_back_and_lose_nothing(text: str) -> None:
    """Every token is its slice, tokens are in order without overlap, and every character that is not white space is in one."""
    at = 0
    covered = set()
    for sentence in sentences(text):
        assert sentence
        for token in sentence:
            assert token.start >= at and token.end > token.start and text[token.start : token.end] == token.text
            at = token.end
            covered.update(range(token.start, token.end))
    assert all(i in covered or text[i].isspace() for i in range(len(text)))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_sentences_of_news(case: dict[str, object]) -> None:
    """Quotes, datelines, abbreviations, lists and headings are cut where a reader would cut them."""
    text = str(case["text"])
    found = [text[s[0].start : s[-1].end] for s in sentences(text)]
    assert found == case["sentences"]
    if "tokens" in case:
        assert [t.text for s in sentences(text) for t in s] == case["tokens"]


def test_a_megabyte_without_spaces_is_cut_in_time() -> None:
    """Hostile text (one endless word, endless quotes) does not hang."""
    for text in ("a" * 1_000_000, '"' * 200_000, "1." * 300_000, "don't" * 100_000):
        assert sentences(text)


def test_lines_cut_at_a_fixed_width() -> None:
    """In a mail or an old wire a line break ends no sentence, also before a name; elsewhere a line is a paragraph."""
    mail = (
        "The president of the republic met on Tuesday in the capital with\nAzerbaijani ministers, who had asked for a meeting on the border\n"
        "talks that were broken off in May, and with their deputies. The\nministers left at night.\n\nRussia attacked on Monday."
    )
    firsts = [s[0].text for s in sentences(mail)]
    assert firsts == ["The", "The", "Russia"]
    page = "Saudi Arabia and Iran agree to restore ties in a deal by China\nRiyadh said on Friday that it would send an ambassador to Iran.\nTehran agreed."
    assert [s[0].text for s in sentences(page)] == ["Saudi", "Riyadh", "Tehran"]
