"""Feeds and JSON under any name, and through a pipe: reports, never their markup as text."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from backchannel import intake
from backchannel.errors import InputError, UsageError
from backchannel.intake import feeds
from backchannel.records import Refusal, Report

BODY = "Iran expelled two Danish diplomats on Wednesday, the foreign ministry said."
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Harbor Wire</title>
<item><title>Iran expels two</title><link>https://harbor.example/a</link><pubDate>Wed, 06 Aug 2025 10:00:00 GMT</pubDate>
<description>&lt;p&gt;{BODY}&lt;/p&gt;&lt;p&gt;Denmark protested.&lt;/p&gt;</description></item>
<item><title></title></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbor Wire</title><entry><title>Iran expels two</title>
<link href="https://harbor.example/a"/><updated>2025-08-06T10:00:00Z</updated><content type="html">{BODY}</content></entry></feed>"""


def read(path: Path, data: str | bytes) -> list[Report | Refusal]:
    """What a file gives."""
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(intake.read([path]))


@pytest.mark.parametrize(("name", "feed", "text"), [("a.xml", RSS, f"{BODY}\nDenmark protested."), ("a.txt", ATOM, BODY)])
def test_an_entry_is_a_report(tmp_path: Path, name: str, feed: str, text: str) -> None:
    """RSS and Atom: each entry with its words, title, address, day and the feed's name; one without words is refused by its number."""
    first, *rest = read(tmp_path / name, feed)
    assert isinstance(first, Report) and first.published
    assert (first.text.replace("\n\n", "\n"), first.title, first.publisher, first.url, first.published.start) == (
        text, "Iran expels two", "Harbor Wire", "https://harbor.example/a", "2025-08-06",
    )  # fmt: skip
    assert [r.name.rpartition(", ")[2] for r in rest if isinstance(r, Refusal)] == (["entry 2"] if feed is RSS else [])


def test_feeds_that_are_none() -> None:
    """A broken or empty feed is one clear error; a page is no feed."""
    for wrong in (RSS[:-9], "<rss><channel/></rss>"):
        with pytest.raises(InputError, match="feed"):
            feeds.entries(wrong)
    assert not feeds.is_feed("<html><body>feed</body></html>") and not feeds.is_feed(BODY)


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_json_is_never_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, indent: int | None, encoding: str) -> None:
    """One object or a list of them, on one line or on many, in UTF-8 or UTF-16, in a file of any name or on standard input: the same reports."""
    for whole in ([{"text": BODY, "id": "a"}, {"text": BODY + " Later.", "id": "b"}], {"text": BODY, "id": "a"}):
        data = json.dumps(whole, indent=indent).encode(encoding)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        wanted = ["a", "b"] if isinstance(whole, list) else ["a"]
        assert [r.given_id for r in intake.read(["-"]) if isinstance(r, Report)] == wanted
        assert [r.given_id for r in read(tmp_path / "reports.txt", data) if isinstance(r, Report)] == wanted


def test_paths_and_dates_that_cannot_be() -> None:
    """A path too long, empty or with a zero byte is refused; a day for all that is none is wrong use."""
    assert [type(r) for r in intake.read(["a" * 5000, "", "a\0b"])] == [Refusal] * 3
    with pytest.raises(UsageError, match="soon"):
        list(intake.read(["a.txt"], published="soon"))


def test_what_is_told_about_a_text_must_be_words() -> None:
    """Fields of another type, and values that JSON does not have, are refused, not written."""
    for about in ({"title": 5}, {"publisher": b"x"}, {"extra": {"a": object()}}, {"extra": {"a": "\ud800"}}):
        with pytest.raises(InputError):
            intake.report(BODY, **about)  # type: ignore[arg-type]
