"""The main job: a ledger (or some of its reports) -> one page an analyst would send on.

Sections in the order in which a reader asks; each line dated, with parties, act and terms, who says so, how sure, the words it stands on, and
its id. The same lines are printed plain, in colour, as HTML and as JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Literal, NamedTuple, Unpack

import msgspec

from backchannel.intake.datelines import dateline
from backchannel.ledger import Ledger
from backchannel.views import contacts, mediations, offices, questions, relations, reports, statements, timeline, ultimatums
from backchannel.views.rows import Evidence, Row, Voice
from backchannel.views.statements import StatementRow
from backchannel.views.timeline import EventRow
from backchannel.views.view import Filters
from backchannel.views.wording import around, clean, joined, named, with_names

Style = Literal["title", "section", "date", "what", "note", "source", "sure", "doubt", "quote", "id", "dim", ""]
QUOTE = 140  # characters of evidence shown under a line
WIDTH = 100
OUTLETS = 3  # outlets named of those that tell a thing in their own voice
INDENT = 22


class Piece(NamedTuple):
    """A stretch of one style."""

    text: str
    style: Style = ""


class Section(NamedTuple):
    """A heading with its rows."""

    title: str
    rows: Sequence[Row]

    @property
    def key(self) -> str:
        """Its name in JSON."""
        return self.title.lower().replace(",", "").replace(" ", "_")


class Brief:
    """The page: sections of rows, and the reports they come from (numbered, so that each line can name its chain)."""

    def __init__(self, sections: Iterable[Section], provenance: Sequence[reports.ReportRow], heading: str) -> None:
        self.sections = [s for s in sections if s.rows]
        self.provenance, self.heading = list(provenance), heading
        self.numbers = {r.id: n for n, r in enumerate(self.provenance, 1)}

    def lines(self, width: int = WIDTH) -> list[list[Piece]]:
        """The page as lines of styled pieces, none longer than ``width`` characters."""
        from backchannel.views.layout import page

        return page(self, width)

    def to_text(self, width: int = WIDTH) -> str:
        """The page as plain text."""
        return "\n".join("".join(p.text for p in line).rstrip() for line in self.lines(width)) + "\n"

    def __str__(self) -> str:
        """The page as plain text."""
        return self.to_text()

    def to_dict(self) -> dict[str, Any]:
        """Sections and rows with everything they carry."""
        found = {s.key: [msgspec.to_builtins(r) for r in s.rows] for s in self.sections}
        return {"heading": self.heading, **found, "provenance": [msgspec.to_builtins(r) for r in self.provenance]}

    def to_json(self) -> str:
        """The page as one line of JSON."""
        return msgspec.json.encode(self.to_dict()).decode()

    def _repr_html_(self) -> str:
        """The page for notebooks; everything from reports is escaped."""
        colours = {"title": "bold", "section": "bold", "date": "bold"}
        out = []
        for line in self.lines():
            out.append(
                "".join(f"<span class='bc-{p.style or 'text'}' style='font-weight:{colours.get(p.style, 'normal')}'>{escape(p.text)}</span>" for p in line)
            )
        return "<pre class='backchannel-brief' style='white-space:pre-wrap'>" + "\n".join(out) + "</pre>"

    def source(self, row: Row) -> str:
        """Who says so, and by which reports (their numbers in the provenance)."""
        by: dict[tuple[str, str], list[Voice]] = {}
        for voice in row.voices:
            by.setdefault((voice.speech(), voice.apart()), []).append(voice)
        for voices in by.values():
            voices.sort(key=lambda v: self.numbers.get(v.report, 0))
        return "; ".join(f"{speech or _tellers(voices) + apart} {self._numbers(voices)}".strip() for (speech, apart), voices in by.items())

    def _numbers(self, voices: Sequence[Voice]) -> str:
        return "".join(f"[{n}]" for n in sorted({self.numbers[v.report] for v in voices if v.report in self.numbers}))

    def quote(self, row: Row) -> str:
        """A snippet of the words it stands on, around the word it hangs on and who takes part."""
        if isinstance(row, StatementRow) or not row.evidence:
            return ""
        sentence = row.evidence[0]
        at = next((a for a in row.anchors_at if a.report == sentence.report and sentence.start <= a.start < sentence.end), sentence)
        line = dateline(sentence.text)  # "MOSCOW, Aug. 5 (Reuters) - "
        text = sentence.text[line.end :].lstrip() if line and line.start == 0 and sentence.start + line.end <= at.start else sentence.text
        start, end = (offset - sentence.end + len(text) for offset in (at.start, at.end))
        return around(text, *with_names(text, start, end, named(row.parties), QUOTE), QUOTE)


def brief(ledger: Ledger, **wanted: Unpack[Filters]) -> Brief:
    """The page of everything that passes the filters."""
    told = contacts.rows(ledger, **wanted), mediations.rows(ledger, **wanted), ultimatums.rows(ledger, **wanted)
    shown = {claim for view in told for row in view for claim in row.claims}
    events = _unfolded(ledger, [e for e in timeline.rows(ledger, **wanted) if not shown.issuperset(e.claims)], told[2], wanted.get("as_known_on"))
    kinds: dict[str, list[Row]] = {kind: [e for e in events if _kind(e) == kind] for kind in ("news", "disputed", "ahead", "background", "unnamed")}
    asked, said = questions.rows(ledger, **wanted), statements.rows(ledger, **wanted)
    sections = [
        Section("Contacts", told[0]),
        Section("Mediations", told[1]),
        Section("Ultimatums and deadlines", told[2]),
        Section("Events, news", kinds["news"]),
        Section("Events, disputed or denied", kinds["disputed"]),
        Section("Events, ahead or unclear", kinds["ahead"]),
        Section("Events, background", kinds["background"]),
        Section("Events with nobody named", kinds["unnamed"]),
        Section("Relations", relations.rows(ledger, **wanted)),
        Section("Open questions", [q for q in asked if q.state == "open"]),
        Section("Questions answered since", [q for q in asked if q.state == "answered"]),
        Section("Statements, verbatim", _said_once([s for s in said if s.verbatim])),
        Section("Statements, indirect", _said_once([s for s in said if not s.verbatim])),
        Section("Offices", offices.rows(ledger, **wanted)),
    ]
    named = {r for s in sections for row in s.rows for r in row.reports}
    only: Filters = {"as_known_on": wanted.get("as_known_on"), "reports": wanted.get("reports") or (frozenset(named) if _narrowed(wanted) else None)}
    provenance = list(reports.rows(ledger, **only))
    return Brief(sections, provenance, _heading(provenance, wanted))


def _unfolded(ledger: Ledger, rows: Sequence[EventRow], terms: Sequence[ultimatums.Ultimatum], as_known_on: str | None) -> list[EventRow]:
    """The events without acts that are no more than what an event among them, or an ultimatum, demands in its words: "called for a ceasefire"."""
    shown = {claim for row in rows for claim in row.claims if row.type == "REQUEST"}
    facts = [f for h in ledger.affairs(as_known_on).happenings for f in h.facts if f.id in shown]
    demands = [(f.filed.report.id, s.start, s.end) for f in facts for s in f.event.roles.demand]
    due = [(e, " ".join(u.demand)) for u in terms for e in u.evidence]

    def is_told(a: Evidence, *, timed: bool) -> bool:
        asked = not timed and any(a.report == report and start <= a.start and a.end <= end for report, start, end in demands)
        return asked or any(a.report == e.report and e.start <= a.start and a.end <= e.end and a.text in words for e, words in due)

    return [row for row in rows if row.status != "demanded" or not all(is_told(a, timed=bool(row.when or row.deadline)) for a in row.anchors_at)]


def _tellers(voices: Sequence[Voice]) -> str:
    """The outlets that tell a thing in their own voice, some of many: "Post, Times, Wire and 2 others"."""
    names = list(dict.fromkeys(clean(v.outlets[0]) for v in voices))
    more = len(names) - OUTLETS
    return joined(names if more < 2 else [*names[:OUTLETS], f"{more} others"])


def _said_once(rows: Sequence[StatementRow]) -> list[StatementRow]:
    """The statements, one that several reports give in the same words as one of them all."""
    found: dict[tuple[object, ...], list[StatementRow]] = {}
    for row in rows:
        found.setdefault((row.what(), *row.notes(), row.within), []).append(row)
    return [msgspec.structs.replace(same[0], reports=tuple(dict.fromkeys(r for row in same for r in row.reports))) for same in found.values()]


def _kind(row: Row) -> str:
    """The section an event belongs to."""
    if not row.parties:
        return "unnamed"
    if row.background:
        return "background"
    if row.standing in ("denied", "disputed"):
        return "disputed"
    return "ahead" if row.standing in ("planned", "threatened", "lapsed", "unclear") else "news"


def _narrowed(wanted: Filters) -> bool:
    return any(v is not None for k, v in wanted.items() if k not in ("as_known_on", "reports"))


def _heading(provenance: Sequence[reports.ReportRow], wanted: Filters) -> str:
    dates = sorted(d for r in provenance if (d := r.told_on))
    span = (f", published {dates[0]}" + (f" to {dates[-1]}" if dates[-1] != dates[0] else "")) if dates else ""
    known = f", as known on {wanted['as_known_on']}" if wanted.get("as_known_on") else ""
    asked = [
        f"{k} {' and '.join(v) if isinstance(v, tuple) else v}" for k, v in wanted.items() if v is not None and k not in ("reports", "as_known_on", "limit")
    ]
    return f"Brief of {len(provenance)} report{'s' * (len(provenance) != 1)}{span}{known}" + (f"; only {clean(', '.join(asked))}" if asked else "")
