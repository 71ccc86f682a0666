"""The beginning of an id -> the record it names: what it says, its words highlighted in their text, its source chain, and why it was coded.

Any record can be asked for: report, claim, statement, event, contact, mediation, ultimatum, relation, question, office, verdict or judgement.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from backchannel.errors import UsageError
from backchannel.ledger import Filed, Happening, Ledger
from backchannel.ledger.versions import changes, told
from backchannel.records import Report
from backchannel.views import claims, contacts, mediations, offices, questions, relations, reports, statements, timeline, ultimatums
from backchannel.views.brief import INDENT, Piece, Style
from backchannel.views.layout import Line, block
from backchannel.views.rows import Evidence, Row
from backchannel.views.wording import clean

AROUND = 240  # characters of text shown on each side of the evidence
SHORTEST = 3  # characters of an id that may stand for all of it


class Page(NamedTuple):
    """One record as ``show`` prints it."""

    row: Row
    why: tuple[str, ...]
    passages: tuple[tuple[Report, tuple[Evidence, ...]], ...]
    verdicts: tuple[str, ...]
    full: tuple[Any, ...]  # the records as they are stored

    def to_dict(self) -> dict[str, Any]:
        """Everything about it."""
        return {
            "row": msgspec.to_builtins(self.row),
            "why": list(self.why),
            "verdicts": list(self.verdicts),
            "records": [msgspec.to_builtins(r) for r in self.full],
        }


def candidates(ledger: Ledger) -> Iterator[Row]:
    """Every row that has an id, the most telling form of it first."""
    yield from reports.rows(ledger)
    yield from contacts.rows(ledger)
    yield from mediations.rows(ledger)
    yield from ultimatums.rows(ledger)
    yield from timeline.rows(ledger)
    yield from relations.rows(ledger)
    yield from questions.rows(ledger)
    yield from offices.rows(ledger)
    yield from statements.rows(ledger)
    yield from claims.rows(ledger)


class Index:
    """Every row of a ledger by its id, made once for many questions."""

    def __init__(self, ledger: Ledger) -> None:
        self._name = ledger.name
        self._rows: dict[str, Row] = {}
        for row in candidates(ledger):
            self._rows.setdefault(row.id, row)
        self._ids = sorted(self._rows)

    def find(self, prefix: str) -> Row:
        """The one row whose id begins so.

        Raises:
            UsageError: no id begins so, or several do.

        """
        prefix = prefix.strip("[] ")
        if len(prefix) < SHORTEST:
            raise UsageError(f"{prefix!r}", f"at least {SHORTEST} characters of an id")
        first = bisect_left(self._ids, prefix)
        found = [i for i in self._ids[first : first + 6] if i.startswith(prefix)]
        if not found:
            raise UsageError(f"no record whose id begins with {prefix!r}", f"an id from {self._name}", "the id in brackets at the end of a line of the brief")
        if len(found) > 1:
            raise UsageError(f"several records whose ids begin with {prefix!r}", "one", "more of the id: " + ", ".join(i[:14] for i in found[:5]))
        return self._rows[found[0]]


def find(ledger: Ledger, prefix: str) -> Row:
    """The one row whose id begins so.

    Raises:
        UsageError: no id begins so, or several do.

    """
    return Index(ledger).find(prefix)


def show(ledger: Ledger, prefix: str) -> Page:
    """The record, with its words in their text and why it was coded."""
    row = find(ledger, prefix)
    every = (*ledger.superseded(), *ledger.filed())
    filed = {f.report.id: f for f in every}
    behind = [c for f in every for c in f.coded.claims if c.id in row.claims]
    said = {f.report.id: s for f in every for s in f.coded.statements if s.id == row.id}.values()
    why: list[str] = [w for c in behind for w in c.why] + [w for s in said for w in s.why]
    if row.standing_why:
        why.append(f"standing: {row.standing_why}")
    mine = set(row.claims)
    why += [f"origin {o.name or 'without a name (does not count)'}: {o.why}" for h in _happening(ledger, row) for o in h.event.origins]
    why += [f"merged ({j.score:.2f}): {'; '.join(j.why)}" for j in ledger.affairs().judgements if j.same and {j.left, j.right} <= mine]
    why += [f"not merged ({j.score:.2f}): {'; '.join(j.why)}" for j in ledger.affairs().judgements if not j.same and mine & {j.left, j.right}]
    why += _versions(ledger, row, filed)
    passages = tuple((filed[r].report, tuple(e for e in row.evidence if e.report == r)) for r in row.reports if r in filed)
    judged = tuple(
        f"{v.decision} by {v.by or 'a reader'} on {v.made_at[:10]}" + (f": {v.note}" if v.note else "")
        for v in ledger.verdicts()
        if v.record in (row.id, *row.claims)
    )
    return Page(row, tuple(dict.fromkeys(why)), passages, judged, (*behind, *said))


def _happening(ledger: Ledger, row: Row) -> list[Happening]:
    """The happening that the row is, when it is one."""
    found = ledger.affairs().by_claim.get(row.claims[0]) if row.claims else None
    return [found] if found and set(found.event.claims) == set(row.claims) else []


def _versions(ledger: Ledger, row: Row, filed: Mapping[str, Filed]) -> Iterator[str]:
    """What replaced the row's report or claim, or was replaced by it, and which words were changed."""
    for back in ledger.withdrawals():
        after, before = filed.get(back.superseded_by or ""), filed.get(back.record)
        if row.id == back.record or (back.record in row.reports and row.id not in filed):
            by, reason = f" by {back.superseded_by}" if back.superseded_by else "", f": {back.reason}" if back.reason else ""
            yield f"superseded on {back.made_at[:10]}{by}{reason}"
        if row.id in (back.record, back.superseded_by) and after and before:
            if row.id == back.superseded_by:
                yield f"replaces {back.record} since {back.made_at[:10]}"
            yield from told(changes(before.report.text, after.report.text))
    counts = {c.id for f in ledger.filed() for c in f.coded.claims}
    for again in ledger.recodings():
        if again.report in row.reports and (row.id == again.report or (row.claims == (row.id,) and row.id not in counts)):
            what = "coded again" if row.id == again.report else "no longer read out of the report, which was coded again"
            yield f"{what} on {again.made_at[:10]} by Backchannel {again.version}"


def page(shown: Page, width: int) -> list[Line]:
    """The record as lines."""
    row = shown.row
    kind = str(row.__struct_config__.tag)
    facts = [("when", row.date()), *[("", n) for n in row.notes()], ("who says so", row.says()), ("how sure", row.sure())]
    facts += [
        ("confidence", f"{row.confidence:.2f}" if row.confidence else ""),
        ("known since", row.known_at),
        ("verdicts", "; ".join(shown.verdicts)),
    ]
    lines: list[Line] = block(_head(kind), [(row.what(), "title")], row.id[:13], width)
    for name, text in facts:
        if text:
            lines += block(_head(name), [(text, "what")], "", width)
    for report, evidence in shown.passages:
        if evidence:
            lines += [[], [Piece(f"  in {clean(report.title or report.path or report.id)}", "section")]]
            lines += [*_passage(report.text, evidence, width)]
    if shown.why:
        lines += [[], [Piece("  why", "section")]]
        for reason in shown.why:
            lines += block(Piece("    · "), [(reason, "note")], "", width)
    return lines


def _head(name: str) -> Piece:
    return Piece(f"  {name}".ljust(INDENT), "date")


def _passage(text: str, evidence: Sequence[Evidence], width: int) -> Iterator[Line]:
    """The text around the evidence, with the evidence marked, also where there are no colours."""
    for one in evidence:
        first, last = max(0, one.start - AROUND), min(len(text), one.end + AROUND)
        before, marked, after = clean(text[first : one.start]), clean(text[one.start : one.end]), clean(text[one.end : last])
        words: list[tuple[str, Style]] = [(w, "dim") for w in (("…" if first else "") + before).split()]
        marks = marked.split()
        words += [(("»" if i == 0 else "") + w + ("«" if i == len(marks) - 1 else ""), "quote") for i, w in enumerate(marks)]
        words += [(w, "dim") for w in (after + ("…" if last < len(text) else "")).split()]
        yield from _flow(words, width)
        yield []


def _flow(words: Sequence[tuple[str, Style]], width: int) -> Iterator[Line]:
    """Styled words filled into lines."""
    line: Line = [Piece("   ")]
    used = 3
    for word, style in words:
        if used + 1 + len(word) > width and used > 3:
            yield line
            line, used = [Piece("   ")], 3
        line.append(Piece(" " + word[: width - 4], style))
        used += 1 + len(word)
    yield line
