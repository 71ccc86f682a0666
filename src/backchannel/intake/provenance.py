"""Report.text -> who published it, whom it was carried from (nearest first), its byline and dateline, and which of its lines are not the report.

Boilerplate is marked, never removed: whole lines only (or whole sentences at the end of one), so that offsets stay those of the text as given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from backchannel.intake.agencies import agency_name, data, outlet_name, plain
from backchannel.intake.datelines import Dateline, dateline, span
from backchannel.intake.furniture import BYLINE, HEAD, LINE, Line, boilerplate, is_trigger, sentences, split, subject
from backchannel.records import Carried, Span

POST = re.compile(r"\b(?:Editor|Correspondent|Reporter|Writer|Columnist|Analyst)$", re.IGNORECASE)
EDGE_LINES = 30  # lines looked at from either end for credits
CLOSING_LINES = 3  # lines at the end that an agency's signature can close; above them it is that of a picture


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
    title: str | None


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
    marked = boilerplate(text, lines, tails, [c.quote for c in chain if c.quote and c.quote.start != (found.start if found else -1)])
    return Provenance(publisher, tidy(chain, publisher), marked, byline(text), found, year, said, subject(lines))


def byline(text: str) -> str | None:
    """The names in a "By ..." line among the first lines, without the outlet or the post behind them ("By JANE DOE, Associated Press")."""
    m = BYLINE.search(text[:HEAD])
    names = re.sub(r"\s+", " ", m["names"]).strip() if m else ""
    while (cut := re.search(r",(?: and)? (?P<last>[^,]+)$", names)) and (POST.search(cut["last"]) or outlet_name(cut["last"])):
        names = names[: cut.start()]
    return names or None


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


# ------------------------------------------------------------------ credits
def edges(lines: list[Line]) -> list[Line]:
    """The first and the last lines."""
    return lines if len(lines) <= 2 * EDGE_LINES else lines[:EDGE_LINES] + lines[-EDGE_LINES:]


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
        holder = re.sub(r" (?:19|20)\d\d$", "", re.sub(data()["copyright"]["company_tail"], "", holder).rstrip(" .,"))
    holder = re.sub(data()["copyright"]["company_tail"], "", re.sub(r" All$", "", holder))
    return None if (holder.split(" ")[0] in data()["copyright"]["not_holder"] and " " not in holder) or not holder else holder
