"""Which lines of a report are not the report: credits, notices, share buttons, links to other reports, captions, times of a live blog, an e-mail's letterhead.

They are marked, never removed: whole lines only (or whole sentences at the end of one), so that offsets stay those of the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from backchannel.intake.agencies import data, outlet_name
from backchannel.intake.datelines import span
from backchannel.records import Span

LINE, LITTLE = 400, 60  # longer lines are prose; shorter ones may be a page's furniture, whatever words they have
CREDIT = 200  # characters of a line that is a credit as a whole
LINK, LINKS = 120, 8  # characters of a line that links to another report, and how many such lines a list of links has
TRIGGERS = (  # what a line about the report's own making has, in small letters; looked for one by one, as one pattern of them all takes ten times as long
    "©", "(c)", "copyright", "&copy;", "publish", "reprint", "syndicat", "reproduced", "originally", "appeared", "source", "via ", "credit", "contribut",
    "report", "sign up", "subscri", "click", "tap here", "advert", "continue", "enlarge", "caption", "image", "photo", "read ", "also", "watch", "video",
    "listen", "more:", "newsletter", "share", "file", "getty", "updated", "write to", "contact", "mail", "donate", "support", "follow", "member", "highlight",
    "close", "print", "skip", "rights", "may not be", "standards", "trust", "posted", "inbox", "want", "join", "with ", "cookie", "cover", "correct",
    "note:", "clarif", "licens", "list ", "information", "misstated", "express", "transcript", "adds", "you have", "already", "register", "favour",
    "pullquote", "soundbite", "interest",
)  # fmt: skip
TRIGGER = re.compile(r"app\b|\bap\b|^by |\([\w./ &-]{2,40}\)\W?$|^(?:--|[-–—/]) ?\w", re.IGNORECASE)
AGENCIES = frozenset(("agencies", "news agencies", "wire services", "wires"))
NAME = r"[A-Z][\w.'’-]{0,30}(?: (?:de|van|von|al|el|bin|ben|der|la|[A-Z][\w.'’-]{0,30})){0,4}"
BYLINE = re.compile(
    rf"^[ \t]{{0,4}}(?:By|BY|by|Written by|Story by) (?P<names>{NAME}(?:(?:,| and|, and| &) {NAME}){{0,5}})"
    r"(?: ?[|/–—-] ?[^\n]{0,80})?[ \t]{0,4}$",
    re.MULTILINE,
)
HEAD = 1200  # characters that a byline stands in
ENDED = re.compile(r"[.!?…:;][\"”’'»)]{0,2}$")  # how a line of the report ends, and none that links to another one


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text without the white space around it."""

    start: int
    end: int
    text: str


# ------------------------------------------------------------------ public
def boilerplate(text: str, lines: Sequence[Line], tails: Iterable[Line], quotes: Iterable[Span]) -> tuple[Span, ...]:
    """The lines that are not the report (republication credits among them), and sentences at the end of a line that are not."""
    out = {n: Span(start=x.start, end=x.end, text=x.text) for x in (*letterhead(lines), *linked(lines)) for n in [x.start]}
    begins = {q.start for q in quotes}
    looked = [line for line in lines if len(line.text) <= LITTLE or (len(line.text) <= LINE and is_trigger(line.text))]
    for line in (*looked, *tails):
        credit = len(line.text) <= CREDIT and (any(line.start + i in begins for i in range(4)) or (line.start < HEAD and BYLINE.match(line.text)))
        if credit or is_junk(line.text) or (len(line.text) <= LITTLE and signs(line.text)):
            out[line.start] = Span(start=line.start, end=line.end, text=line.text)
            continue
        for piece in reversed(sentences(line)[1:]):
            if not is_junk(piece.text) and not (piece.text.startswith("(") and signs(piece.text)):
                break
            out[piece.start] = span(text, piece.start, piece.end)
    return tuple(out[at] for at in sorted(out))


def is_junk(line: str) -> bool:
    """Whether a line is one of the known kinds of boilerplate."""
    return any(pattern.match(line) for pattern in junk())


def signs(line: str) -> bool:
    """Whether a line has nothing but the names of agencies and outlets ("Source: Reuters and agencies", "(AFP)")."""
    names = [n for n in re.split(r"[,/]| and ", re.sub(r"^Sources?: ?", "", line.strip(" .*-–—()[]"))) if n.strip()]
    return bool(names) and all(n.strip().lower() in AGENCIES or outlet_name(n.strip()) for n in names)


def is_trigger(line: str) -> bool:
    """May it be a line about the report's own making?"""
    low = line.lower()
    return any(word in low for word in TRIGGERS) or TRIGGER.search(line) is not None


def letterhead(lines: Sequence[Line]) -> list[Line]:
    """The lines above an e-mail's text ("From: ...", "Subject: ..."): two or more at the very beginning."""
    n = next((n for n, line in enumerate(lines) if not header().match(line.text)), len(lines))
    return list(lines[:n]) if n > 1 else []


def subject(lines: Sequence[Line]) -> str | None:
    """The subject of an e-mail."""
    found = (line.text.partition(":")[2].strip() for line in letterhead(lines) if line.text.startswith("Subject:"))
    return next(found, None) or None


def linked(lines: Sequence[Line]) -> Iterator[Line]:
    """The headings of lists of links to other reports, and the links: short lines behind one that do not end as sentences do."""
    left = 0
    for line in lines:
        if over_links().match(line.text):
            left = LINKS + 1
        elif len(line.text) > LINK or ENDED.search(line.text):
            left = 0
        if left:
            left -= 1
            yield line


# ------------------------------------------------------------------ lines
def split(text: str) -> list[Line]:
    """The lines that are not empty."""
    out = []
    for m in re.finditer(r"[^\n]+", text):
        body = m.group().strip()
        if body:
            start = m.start() + m.group().index(body)
            out.append(Line(start, start + len(body), body))
    return out


def sentences(line: Line) -> list[Line]:
    """The sentences of a long last line (split roughly; only used to find credits at its end)."""
    out, at = [], 0
    for m in re.finditer(r"[.!?][\"”’]?\s{1,4}(?=[A-Z©(])", line.text):
        out.append(Line(line.start + at, line.start + m.end() - len(m.group()) + len(m.group().rstrip()), line.text[at : m.end()].rstrip()))
        at = m.end()
    out.append(Line(line.start + at, line.end, line.text[at:]))
    return [s for s in out if s.text and len(s.text) <= LINE]


# ------------------------------------------------------------------ data
@cache
def junk() -> tuple[re.Pattern[str], ...]:
    """Patterns of lines that are not the report."""
    return tuple(re.compile(p) for p in data()["boilerplate"]["line"])


@cache
def header() -> re.Pattern[str]:
    """A line above an e-mail's text."""
    return re.compile(data()["boilerplate"]["letterhead"])


@cache
def over_links() -> re.Pattern[str]:
    """The heading of a list of links."""
    return re.compile(data()["boilerplate"]["links"])
