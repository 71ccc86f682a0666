"""Report.text -> who published it, whom it was carried from (nearest first), its byline and dateline, and which of its lines are not the report.

Boilerplate is marked, never removed: whole lines only (or whole sentences at the end of one), so that offsets stay those of the text as given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from backchannel.intake.agencies import agency_name, data, outlet_name, plain, signature
from backchannel.records import Carried, Span

LINE = 400  # longer lines are prose
EDGE_LINES = 30  # lines looked at from either end for credits
CLOSING_LINES = 3  # lines at the end that an agency's signature can close; above them it is that of a picture
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TRIGGERS = (  # what a line about the report's own making has, in small letters; looked for one by one, as one pattern of them all takes ten times as long
    "©", "(c)", "copyright", "&copy;", "publish", "reprint", "syndicat", "reproduced", "originally", "appeared", "source", "via ", "credit", "contribut",
    "report", "sign up", "subscri", "click", "tap here", "advert", "continue", "enlarge", "caption", "image", "photo", "read ", "also", "watch", "video",
    "listen", "more:", "newsletter", "share", "file", "getty", "updated", "write to", "contact", "mail", "donate", "support", "follow", "member", "highlight",
    "close", "print", "skip", "rights", "may not be", "standards", "trust", "posted", "inbox", "want", "join", "with ",
)  # fmt: skip
TRIGGER = re.compile(r"app\b|\bap\b|^by |\([\w./ &-]{2,40}\)\W?$|^(?:--|[-–—/]) ?\w", re.IGNORECASE)
NAME = r"[A-Z][\w.'’-]{0,30}(?: (?:de|van|von|al|el|bin|ben|der|la|[A-Z][\w.'’-]{0,30})){0,4}"
BYLINE = re.compile(
    rf"^[ \t]{{0,4}}(?:By|BY|by|Written by|Story by) (?P<names>{NAME}(?:(?:,| and|, and| &) {NAME}){{0,5}})"
    r"(?: ?[|/–—-] ?[^\n]{0,80})?[ \t]{0,4}$",
    re.MULTILINE,
)
MONTH = "(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
PLACE = rf"[A-Z][A-Z.'’-]{{1,30}}(?:[ /][A-Z][A-Z.'’-]{{1,30}}){{0,4}}(?:, (?!{MONTH})[A-Z][\w.'’-]{{1,20}}(?: [A-Z][\w.'’-]{{1,20}}){{0,2}})?"
TOWN = rf"{PLACE}|[A-Z][\w.'’-]{{1,30}}(?: [A-Z][\w.'’-]{{1,30}}){{0,3}}"
SIGNED = r"\((?P<agency>[A-Z][\w./, &-]{1,40})\)"
WEEKDAY = r"(?:,? ?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?"
DATE = rf"(?:{WEEKDAY}[,.]? ?(?P<date>{MONTH}[A-Za-z]{{0,6}}\.? \d{{1,2}}(?:, ?\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? {MONTH}[A-Za-z]{{0,6}}\.?,?(?: \d{{4}})?))"
DASH = r"(?:[ \t]{0,2}(?:--|[–—])[ \t\n]{0,2}|[ \t]{1,2}[-_][ \t\n]{1,2})"
ENDED = rf"(?P<ended>{DASH}|-(?=[A-Z ])|: )"
DATELINES = (
    re.compile(rf"[ \t\n]{{0,4}}(?P<place>{TOWN}){DATE}?[,:]? {SIGNED}(?:{ENDED}|[ \t])"),
    re.compile(rf"[ \t\n]{{0,4}}(?P<place>{TOWN}){DATE}?[,.]? /(?P<agency>[A-Z][\w. -]{{1,30}})/(?P<ended>[.,:]?[ \t]{{1,2}})"),
    re.compile(rf"[ \t\n]{{0,4}}(?P<place>{TOWN}){DATE}?(?:, |{DASH})(?P<agency>[A-Z]\w{{1,20}}(?: [A-Z]\w{{1,20}}){{0,2}})(?P<ended>{DASH}|-(?=[A-Z ])|\. )"),
    re.compile(rf"[ \t\n]{{0,4}}{SIGNED}(?:{ENDED}|[ \t])"),
    re.compile(rf"[ \t\n]{{0,4}}(?P<place>{PLACE}){DATE}?{DASH}"),
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """As in "MOSCOW, Aug 5 (Reuters) - ": the place, the agency's full name, the date as written, and where it all stands."""

    start: int
    end: int
    place: Span | None
    agency: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a text says about where it comes from."""

    publisher: str | None
    carried_from: tuple[Carried, ...]
    boilerplate: tuple[Span, ...]
    byline: str | None
    dateline: Dateline | None
    copyright_year: int | None
    copyright_line: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text without the white space around it."""

    start: int
    end: int
    text: str


# ------------------------------------------------------------------ public
def trace(text: str, *, publisher: str | None = None) -> Provenance:
    """Everything the text says about where it comes from; a publisher that is given wins over one that is found."""
    lines = split(text)
    short = [line for line in lines if len(line.text) <= LINE and is_trigger(line.text)]
    edge = [line for line in edges(lines) if line in short] if len(lines) > 2 * EDGE_LINES else short
    tails = [piece for line in lines[-6:] if len(line.text) > LINE and is_trigger(line.text[-LINE:]) for piece in sentences(line)[-3:]]
    year, holder, said = copyright_of(edge + tails)
    found = dateline(text)
    if publisher is None and holder and agency_name(holder) is None and holder not in data()["copyright"]["owners"]:
        publisher = holder
    chain = carried(edge + tails, text)
    if found and found.agency:
        chain.append(Carried(outlet=found.agency, quote=span(text, found.start, found.end)))
    if holder and holder not in data()["copyright"]["owners"] and (agency_name(holder) or publisher):
        chain.append(Carried(outlet=agency_name(holder) or holder))
    marked = boilerplate(short + tails, text, [c.quote for c in chain if c.quote and c.quote.start != (found.start if found else -1)])
    return Provenance(publisher, tidy(chain, publisher), marked, byline(text), found, year, said)


def is_trigger(line: str) -> bool:
    """May it be a line about the report's own making?"""
    low = line.lower()
    return any(word in low for word in TRIGGERS) or TRIGGER.search(line) is not None


def dateline(text: str) -> Dateline | None:
    """The dateline at the head of the text (or of one of its first lines)."""
    head = text[:1500]
    starts = [0, *[m.end() for m in re.finditer(r"\n+", head)][:8]]
    for at in starts:
        for pattern in DATELINES:
            m = pattern.match(text, at, min(at + 160, len(text)))
            if m and (made := dateline_of(m, text)):
                return made
    return None


def byline(text: str) -> str | None:
    """The names in a "By ..." line among the first lines."""
    m = BYLINE.search(text[:1200])
    return re.sub(r"\s+", " ", m["names"]).strip() if m else None


def same_outlet(a: str | None, b: str | None) -> bool:
    """Whether two names are one outlet: without "The", company endings, and agencies by any of their signatures."""
    return bool(a and b) and plain(a or "") == plain(b or "")


# ------------------------------------------------------------------ data
def fill(pattern: str) -> re.Pattern[str]:
    """A pattern with its names written out."""
    for name, value in data()["names"].items():
        pattern = pattern.replace(name, value)
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Credit:
    """A way to credit another outlet."""

    pattern: re.Pattern[str]
    only: str | None  # "agency": counts only when it names one; "outlet": or another outlet that is known
    closing: bool  # stands only in the last lines


@cache
def credits() -> tuple[Credit, ...]:
    """The ways of crediting, nearest first."""
    return tuple(Credit(fill(row["pattern"]), row.get("only"), bool(row.get("closing"))) for row in data()["carried"])


@cache
def junk() -> tuple[re.Pattern[str], ...]:
    """Patterns of lines that are not the report."""
    return tuple(re.compile(p) for p in data()["boilerplate"]["line"])


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


def edges(lines: list[Line]) -> list[Line]:
    """The first and the last lines."""
    return lines if len(lines) <= 2 * EDGE_LINES else lines[:EDGE_LINES] + lines[-EDGE_LINES:]


def sentences(line: Line) -> list[Line]:
    """The sentences of a long last line (split roughly; only used to find credits at its end)."""
    out, at = [], 0
    for m in re.finditer(r"[.!?][\"”’]?\s{1,4}(?=[A-Z©(])", line.text):
        out.append(Line(line.start + at, line.start + m.end() - len(m.group()) + len(m.group().rstrip()), line.text[at : m.end()].rstrip()))
        at = m.end()
    out.append(Line(line.start + at, line.end, line.text[at:]))
    return [s for s in out if s.text and len(s.text) <= LINE]


def span(text: str, start: int, end: int) -> Span:
    """The span, quoted, without white space around it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end, text=text[start:end])


def boilerplate(lines: list[Line], text: str, quotes: list[Span]) -> tuple[Span, ...]:
    """The lines that are not the report (republication credits among them), and sentences at the end of a line that are not."""
    out: list[Span] = []
    begins = {q.start for q in quotes}
    for line in lines:
        credit = len(line.text) <= 200 and any(line.start + i in begins for i in range(4))
        if credit or is_junk(line.text):
            out.append(Span(start=line.start, end=line.end, text=line.text))
            continue
        for piece in reversed(sentences(line)[1:]):
            if not is_junk(piece.text):
                break
            out.append(span(text, piece.start, piece.end))
    return tuple(sorted(out, key=lambda s: s.start))


def is_junk(line: str) -> bool:
    """Whether a line is one of the known kinds of boilerplate."""
    return any(pattern.match(line) for pattern in junk())


# ------------------------------------------------------------------ credits
def carried(lines: list[Line], text: str) -> list[Carried]:
    """The outlets named in republication credits, in the order of the patterns (nearest first), then of the text."""
    out = []
    last = closing(text)
    for credit in credits():
        for line in lines:
            m = credit.pattern.search(line.text) if not credit.closing or line.start >= last else None
            if not m:
                continue
            outlet = re.split(r"(?<=[a-z]{2})\. ", m["outlet"])[0].rstrip(" .,;:").removesuffix("'s")
            name = outlet_name if credit.only == "outlet" else agency_name
            known = name(outlet) or name(outlet.split(",")[0])
            if credit.only and known is None:
                continue
            domain = m.groupdict().get("domain")
            if domain is None and re.fullmatch(data()["names"]["DOMAIN"], outlet):
                domain = outlet
            out.append(Carried(outlet=known or outlet, domain=domain, quote=span(text, line.start + m.start(), line.start + m.end())))
    return out


def closing(text: str) -> int:
    """Where the last lines that are not empty begin."""
    tail = max(0, len(text) - CLOSING_LINES * 4 * LINE)
    starts = [m.start() for m in re.finditer(r"^.*\S", text[tail:], re.MULTILINE)]
    return tail + (starts[-CLOSING_LINES] if len(starts) >= CLOSING_LINES else 0)


def tidy(chain: list[Carried], publisher: str | None) -> tuple[Carried, ...]:
    """The chain without repeats and without the publisher itself."""
    out: list[Carried] = []
    for step in chain:
        if not same_outlet(step.outlet, publisher) and not any(same_outlet(step.outlet, s.outlet) for s in out):
            out.append(step)
    return tuple(out)


def copyright_of(lines: list[Line]) -> tuple[int | None, str | None, str | None]:
    """Year, holder and line of the last copyright line."""
    pattern = copyright_pattern()
    for line in reversed(lines):
        m = pattern.search(line.text)
        if not m or not (m["first"] or m["holder"]) or (m["holder"] and not m["first"] and "ights" not in line.text):
            continue
        year = m["last"] or m["first"]
        holder = clean_holder(m["holder"])
        if year or holder:
            return int(year) if year else None, holder, line.text[:120]
    return None, None, None


@cache
def copyright_pattern() -> re.Pattern[str]:
    """The pattern of a copyright line."""
    return fill(data()["copyright"]["pattern"])


def clean_holder(holder: str | None) -> str | None:
    """The holder of a copyright as an outlet's name."""
    if not holder:
        return None
    holder = re.split(r"(?<=[a-z]{2})\. ", holder)[0].rstrip(" .,")
    for _ in range(2):
        holder = re.sub(data()["copyright"]["company_tail"], "", holder).rstrip(" .,")
    holder = re.sub(r" All$", "", holder)
    return None if (holder.split(" ")[0] in data()["copyright"]["not_holder"] and " " not in holder) or not holder else holder


def dateline_of(m: re.Match[str], text: str) -> Dateline | None:
    """The dateline a match stands for; null when the capitals are no dateline."""
    groups = m.groupdict()
    signed, place = groups.get("agency"), groups.get("place")
    agency = _signed_by(m, signed) if signed else None
    if signed and agency is None:
        return None
    if not signed and (place is None or sum(c.isupper() for c in place) < 4 or place.split(" ")[0] in NOT_PLACES or ":" in text[m.end("place") : m.end()]):
        return None
    where = span(text, m.start("place"), m.end("place")) if place else None
    start = span(text, m.start(), m.end()).start
    return Dateline(start, span(text, start, m.end()).end, where, agency, groups.get("date"))


def _signed_by(m: re.Match[str], signed: str) -> str | None:
    """The agency that signs: any that is known; behind a dash also other outlets, and behind a place in capitals what neither table has."""
    place, ended = m.groupdict().get("place"), m.groupdict().get("ended", DASH)
    capitals = place if place and place.upper() == place else None
    if not ended:
        return (outlet_name if capitals else agency_name)(signed.split("/")[0].strip())
    return signature(signed, place=capitals if "(" in m.group() else None)


NOT_PLACES = frozenset(
    "BREAKING UPDATE EXCLUSIVE WATCH VIDEO LIVE PHOTOS FILE NOTE ANALYSIS OPINION CORRECTION READ MORE RELATED ADVERTISEMENT STORY NEWS".split()
)
