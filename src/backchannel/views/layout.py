"""A brief -> lines of styled pieces: wrapped by us, so that neither a narrow terminal nor a pipe breaks a line in the wrong place."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from backchannel.views.brief import INDENT, Piece, Style
from backchannel.views.wording import clean, on, on_day, years

if TYPE_CHECKING:
    from backchannel.views.brief import Brief
    from backchannel.views.reports import ReportRow
    from backchannel.views.rows import Row

DOUBTFUL = frozenset({"disputed", "denied", "unclear", "lapsed", "claimed"})
STYLES: dict[Style, str] = {  # rich styles
    "title": "bold",
    "section": "bold cyan",
    "date": "bold",
    "what": "",
    "note": "",
    "source": "green",
    "sure": "green",
    "doubt": "yellow",
    "quote": "italic dim",
    "id": "dim",
    "dim": "dim",
    "": "",
}

COMPACT = ("Offices", "Statements", "Events with nobody named")  # sections of one line a row

Line = list[Piece]


def page(brief: Brief, width: int) -> list[Line]:
    """All lines of the page."""
    width = max(width, 60)
    lines: list[Line] = [[Piece(part, "title")] for part in textwrap.wrap(brief.heading, width)]
    if not brief.sections:
        lines += [[], [Piece("Nothing to report: no contact, event, relation, question or office was found.", "dim")]]
    for section in brief.sections:
        lines += [[], [Piece(section.title.upper(), "section"), Piece(f"  {len(section.rows)}", "dim")]]
        compact = section.title.startswith(COMPACT)
        for row in section.rows:
            lines += row_lines(brief, row, width, compact=compact, section=section.title)
    if brief.provenance:
        lines += [[], [Piece("PROVENANCE", "section"), Piece(f"  {len(brief.provenance)}", "dim")]]
        for number, report in enumerate(brief.provenance, 1):
            head = Piece(f"  [{number}]".ljust(INDENT), "date")
            text = f"{report.what()}; {_published(report)}; {'; '.join(report.notes())}"
            lines += block(head, [(text, "what")], report.id[:9], width)
    return lines


def _published(report: ReportRow) -> str:
    known = on(report.published)
    return "publication date unknown" if known == "undated" else f"published {known}"


def row_lines(brief: Brief, row: Row, width: int, *, compact: bool, section: str) -> list[Line]:
    """One row: date and phrase, terms, source and standing, evidence."""
    date = clean(row.date())
    notes = [*(["background"] if row.background and "background" not in section else []), *row.notes()]
    if len(date) > INDENT - 3:
        date, notes = years(row.when) or (f"told {on_day(row.told_on)}" if row.told_on else "undated"), [f"time: {date}", *notes]
    head = Piece(f"  {date}".ljust(INDENT), "date")
    if compact:
        told = brief.source(row)
        return block(head, [("; ".join([row.what(), *notes]) + _numbers(brief, row, told), "what")], row.id[:9], width)
    doubt: Style = "doubt" if row.standing in DOUBTFUL or row.certainty != "certain" or getattr(row, "state", "") == "lapsed" else "sure"
    parts: list[tuple[str, Style]] = [(row.what(), "what")]
    if notes:
        parts.append(("; ".join(notes), "note"))
    parts.append((f"{brief.source(row)} · {row.sure()}", doubt))
    quote = brief.quote(row)
    if quote:
        parts.append((f"“{quote}”", "quote"))
    return block(head, parts, row.id[:9], width)


def _numbers(brief: Brief, row: Row, told: str) -> str:
    """The chain of a one-line row: only the outer sources where the phrase names the speaker itself."""
    if row.voices and row.voices[0].speakers and row.what().startswith(clean(row.voices[0].speakers[0])):
        outer = " ← ".join(clean(s) for s in row.voices[0].speakers[1:])
        return (f" · {outer} " if outer else " ") + "".join(f"[{n}]" for n in sorted(brief.numbers[r] for r in row.reports if r in brief.numbers))
    return f" · {told}"


def block(head: Piece, parts: list[tuple[str, Style]], ident: str, width: int) -> list[Line]:
    """The parts under each other beside the head, the id at the end of the last line, or on one of its own."""
    room = width - len(head.text)
    lines: list[Line] = []
    for text, style in parts:
        for part in textwrap.wrap(clean(text), room, break_long_words=True, break_on_hyphens=False) or [""]:
            lines.append([head, Piece(part, style)])
            head = Piece(" " * len(head.text))
    if not ident:
        return lines
    tag = f"[{ident}]"
    used = sum(len(p.text) for p in lines[-1])
    if used + 2 + len(tag) > width:
        lines.append([])
        used = 0
    lines[-1].append(Piece(" " * (width - used - len(tag)) + tag, "id"))
    return lines
