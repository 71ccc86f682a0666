"""Which reports the ledger holds, and the way each came: whose news it tells again, where it was carried from, who published it, and whom else it cites."""

from __future__ import annotations

from collections import Counter
from typing import Unpack

import msgspec

from backchannel.ledger import Filed, Ledger
from backchannel.ledger.outlets import is_outlet, names_outlet, outlet_key
from backchannel.records import EventClaim, Party, Statement, When
from backchannel.views.rows import Row, outlets
from backchannel.views.view import Filters, View, chosen
from backchannel.views.wording import clean

POINTING = frozenset("the its his her their that this a an some one another".split())  # what the name of an outlet that no table has does not begin with


class ReportRow(Row, frozen=True, kw_only=True, tag="report"):
    """A report with its provenance."""

    title: str | None = None
    publisher: str | None = None
    carried_from: tuple[str, ...] = ()  # nearest first
    domains: tuple[str, ...] = ()
    retold_from: str | None = None  # the outlet whose news it is: the first act that it tells is told on that one's word
    cites: tuple[str, ...] = ()  # outlets named as sources of what it tells, the most used first
    published: When | None = None
    url: str | None = None
    path: str | None = None
    n_claims: int = 0
    n_statements: int = 0
    superseded_by: str | None = None  # the report that stands in its place; "" when it was only taken back

    def chain(self, title: str = "") -> str:
        """Kan News → All Israel News (allisreal.com) → Newsmax; outlets that it only cites stand behind: "; cites KCNA, TASS"."""
        site = dict(zip(self.carried_from, self.domains, strict=True))
        steps = [*self.voices[0].outlets] if self.voices else []
        steps = [clean(s) + (f" ({clean(site[s])})" if site.get(s) else "") for s in steps]
        others = ", ".join(clean(c) for c in self.cites if c != self.retold_from)
        way = " → ".join(([clean(self.retold_from)] if self.retold_from else []) + steps)
        return "; ".join(part for part in (way + title, others and f"cites {others}") if part)

    def what(self) -> str:
        """The chain, and the title."""
        return self.chain(f": “{clean(self.title)}”" if self.title else "")

    def notes(self) -> list[str]:
        """Counts and how the date is known."""
        return [
            f"{self.n_claims} claims, {self.n_statements} statements",
            *([f"date inferred: {clean(self.published.why)}"] if self.published and self.published.why else []),
            *([clean(self.url)] if self.url else []),
            *([f"superseded{f' by {self.superseded_by[:13]}' if self.superseded_by else ''}"] if self.superseded_by is not None else []),
        ]

    def says(self) -> str:
        """Nothing: the chain is the row itself."""
        return ""

    def sure(self) -> str:
        """Nothing: a report is there or not."""
        return ""


def rows(ledger: Ledger, **wanted: Unpack[Filters]) -> View[ReportRow]:
    """The reports, newest first."""
    as_known_on = wanted.get("as_known_on")
    found = [report_row(f) for f in ledger.filed(as_known_on)]
    found += superseded(ledger, as_known_on)
    return chosen("reports", sorted(found, key=lambda r: (r.told_on or "", r.id), reverse=True), wanted)


def superseded(ledger: Ledger, as_known_on: str | None) -> list[ReportRow]:
    """The reports that were replaced or taken back; they are shown and count for nothing."""
    back = {w.record: w.superseded_by or "" for w in ledger.withdrawals(as_known_on)}
    gone = (f for f in ledger.superseded(as_known_on) if f.report.id in back)
    return [msgspec.structs.replace(report_row(f), superseded_by=back[f.report.id], status="superseded") for f in gone]


def report_row(filed: Filed) -> ReportRow:
    """The report with its provenance."""
    from backchannel.views.rows import Voice

    report, coded = filed.report, filed.coded
    cited = [(s.content, name) for s in coded.statements if (name := _cited(filed, s))]
    counted = Counter(name for _, name in cited)
    acts = [c.anchor.start for c in coded.claims if isinstance(c, EventClaim)] or [c.anchor.start for c in coded.claims]
    return ReportRow(
        id=report.id,
        title=report.title,
        publisher=report.publisher,
        carried_from=tuple(c.outlet for c in report.carried_from),
        domains=tuple(c.domain or "" for c in report.carried_from),
        retold_from=next((name for content, name in cited if acts and content.start <= min(acts) < content.end), None),
        cites=tuple(n for n, _ in counted.most_common(3)),
        published=report.published,
        when=report.published,
        url=report.url,
        path=report.path,
        n_claims=len(coded.claims),
        n_statements=len(coded.statements),
        reports=(report.id,),
        known_at=filed.known_at,
        told_on=filed.published[0],
        voices=(Voice(report=report.id, speakers=(), stance=None, outlets=outlets(report)),),
        parties=tuple(Party(name=a.name, role="actor", country=a.country, entity=a.entity) for a in coded.actors),
    )


def _cited(filed: Filed, statement: Statement) -> str | None:
    """The outlet by name, other than its own, that a statement of the report has as its source."""
    who = filed.profiles.get(statement.source.actor) if statement.source and statement.source.actor else None
    if who is None or who.kind != "media" or outlet_key(who.name) in {outlet_key(o) for o in outlets(filed.report)}:
        return None
    named = is_outlet(who.name) or (names_outlet(who.name) and who.name[:1].isupper() and who.name.split()[0].lower() not in POINTING)
    return who.name if named else None
