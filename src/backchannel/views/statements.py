"""Who said what words: verbatim quotations first, each with its speaker, occasion and the sources that contain it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Unpack

from backchannel.ledger import Filed, Ledger
from backchannel.records import Party, Stance, Statement
from backchannel.views.rows import Evidence, Row, Voice, outlets
from backchannel.views.view import Filters, View, chosen
from backchannel.views.wording import STEM, clean, on, words

OPENING = ('"', "“")
ACROSS = r"""[,.]?["”] [^"“”]{{0,300}}\b{}\b[^"“”]{{0,300}}["“]"""  # "..., he said. ...": the report's words within a broken quotation
TRAILING = re.compile(r""",(?=["”]$)""")  # of what is told in other words than the speaker's


class StatementRow(Row, frozen=True, kw_only=True, tag="statement"):
    """A statement with its speaker."""

    key: str = ""
    speaker: str | None = None
    cue: str | None = None
    content: str = ""
    verbatim: bool = False
    stance: Stance = "asserts"
    addressee: str | None = None
    occasion: str | None = None
    within: tuple[str, ...] = ()  # who carries it, innermost first

    def what(self) -> str:
        """Trump: “There'll be sanctions”."""
        who = f"{clean(self.speaker or 'Unnamed source')}{self._how()}"
        said = clean(self.content).rstrip(",")
        if not self.verbatim:
            return f"{who}: {TRAILING.sub('', said)}"
        inner = said.strip('"“”').rstrip(",")
        inner = re.sub(ACROSS.format(re.escape(clean(self.cue))), " … ", inner) if self.cue else inner
        whole = said[:1] in OPENING or not set(inner) & set('"“”')  # else it begins with words of the report's own
        return f"{who}: " + (f"“{inner}”" if whole else said)

    def _how(self) -> str:
        """The stance, when it is more than saying, and of what is not quoted the word for it, when that is not the stance's own: (“described”)."""
        stance, cue = "" if self.stance == "asserts" else self.stance.replace("_", " "), clean(self.cue or "")
        told = cue if not self.verbatim and cue and cue.lower() not in words()["plain"]["cues"] and cue[:STEM].lower() != stance[:STEM] else ""
        return f" ({', '.join([stance] * bool(stance) + [f'“{told}”'] * bool(told))})" if stance or told else ""

    def notes(self) -> list[str]:
        """Cue, occasion, addressee."""
        return [
            *([clean(self.occasion).rstrip(" ,—-")] if self.occasion else []),
            *([f"to {clean(self.addressee)}"] if self.addressee else []),
        ]

    def date(self) -> str:
        """When it was published."""
        return on(self.when)


def rows(ledger: Ledger, **wanted: Unpack[Filters]) -> View[StatementRow]:
    """The statements, verbatim ones first, then by report and place."""
    found = [row for filed in ledger.filed(wanted.get("as_known_on")) for row in _rows(filed)]
    return chosen("statements", sorted(found, key=lambda r: (not r.verbatim, r.told_on or "", r.reports)), wanted)


def _rows(filed: Filed) -> Iterator[StatementRow]:
    for statement in filed.coded.statements:
        around = _around(statement, filed)
        names = tuple(n for s in (statement, *around) if (n := _name(s, filed)))
        who = filed.profiles.get(statement.source.actor) if statement.source and statement.source.actor else None
        spans = [statement.content, *([statement.cue] if statement.cue else [])]
        origin = outlets(filed.report)
        yield StatementRow(
            id=statement.id,
            key=statement.key,
            speaker=_name(statement, filed),
            cue=statement.cue.text if statement.cue else None,
            content=statement.content.text,
            verbatim=statement.verbatim,
            stance=statement.stance,
            within=names[1:],
            confidence=statement.confidence,
            addressee=statement.addressee.text if statement.addressee else None,
            occasion=statement.occasion.text if statement.occasion else None,
            parties=(Party(name=who.name, role="actor", country=who.country, entity=who.entity),) if who else (),
            when=filed.report.published,
            voices=(Voice(report=filed.report.id, speakers=names, stance=None, outlets=origin),),
            reports=(filed.report.id,),
            known_at=filed.known_at,
            evidence=tuple(Evidence(report=filed.report.id, start=s.start, end=s.end, text=s.text) for s in spans),
            told_on=filed.published[0],
            origins=origin[:1] if filed.report.publisher or filed.report.carried_from else (),
            n_origins=int(bool(filed.report.publisher or filed.report.carried_from)),
        )


def _around(statement: Statement, filed: Filed) -> list[Statement]:
    """The statements that contain it, nearest first."""
    found: list[Statement] = []
    while statement.within in filed.statements and len(found) < 9:
        statement = filed.statements[statement.within or ""]
        found.append(statement)
    return found


def _name(statement: Statement, filed: Filed) -> str | None:
    source = statement.source
    known = filed.profiles.get(source.actor) if source and source.actor else None
    return known.name if known else source.text if source else None
