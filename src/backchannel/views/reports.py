"""Which reports the ledger holds, and the way each came: the outlets it cites, where it was carried from, who published it."""

from __future__ import annotations

from collections import Counter
from typing import Unpack

import msgspec

from backchannel.ledger import Filed, Ledger
from backchannel.ledger.origins import outlet_key
from backchannel.records import Party, When
from backchannel.views.rows import Row, outlets
from backchannel.views.view import Filters, View, chosen
from backchannel.views.wording import clean


class ReportRow(Row, frozen=True, kw_only=True, tag="report"):
    """A report with its provenance."""

    title: str | None = None
    publisher: str | None = None
    carried_from: tuple[str, ...] = ()  # nearest first
    domains: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()  # outlets named as sources of what it tells, the most used first
    published: When | None = None
    url: str | None = None
    path: str | None = None
    n_claims: int = 0
    n_statements: int = 0
    superseded_by: str | None = None  # the report that stands in its place; "" when it was only taken back

    def chain(self) -> str:
        """Kan News → All Israel News (allisreal.com) → Newsmax."""
        site = dict(zip(self.carried_from, self.domains, strict=True))
        steps = [*self.voices[0].outlets] if self.voices else []
        steps = [clean(s) + (f" ({clean(site[s])})" if site.get(s) else "") for s in steps]
        return " → ".join(([" / ".join(map(clean, self.cites))] if self.cites else []) + steps)

    def what(self) -> str:
        """The chain, and the title."""
        return self.chain() + (f": “{clean(self.title)}”" if self.title else "")

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
    own = {outlet_key(o) for o in outlets(report)}
    counted = Counter(
        who.name
        for s in coded.statements
        if s.source and s.source.actor and (who := filed.profiles.get(s.source.actor)) and who.kind == "media" and outlet_key(who.name) not in own
    )
    return ReportRow(
        id=report.id,
        title=report.title,
        publisher=report.publisher,
        carried_from=tuple(c.outlet for c in report.carried_from),
        domains=tuple(c.domain or "" for c in report.carried_from),
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
