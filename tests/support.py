"""Small coded reports for tests: built by hand from quotes, or out of the annotated articles in ../shared/gold when they are there."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, get_args

from backchannel.records import (
    Actor,
    ActorKind,
    AnyClaim,
    Carried,
    Coded,
    EventClaim,
    Mention,
    OfficeClaim,
    QuestionClaim,
    RelationClaim,
    Report,
    Roles,
    Source,
    Span,
    Statement,
    When,
    digest,
    report_id,
)

SHARED = Path(__file__).parents[2] / "shared"
SPAN_ROLES = ("topic", "instrument", "quantity", "demand", "trigger", "purpose")


def when(value: str | None, text: str | None = None) -> When | None:
    """A When from its short form: 2025-08-03, 2025-07, 2022, 2025-07-28/2025-08-03, 2023-10-07/."""
    if not value:
        return When(text=text) if text else None
    first, _, last = str(value).partition("/")
    last = last if "/" in str(value) else first
    start, end = _edge(first, last=False), _edge(last, last=True)
    precision: Any
    if end is None:
        precision = "open"
    elif start is None or len(first) == 7:
        precision = "month"
    elif len(first) == 4:
        precision = "year"
    else:
        precision = "day" if start == end else "week" if (date.fromisoformat(end) - date.fromisoformat(start)).days < 7 else "month"
    return When(start=start, end=end, precision=precision, text=text)


def _edge(part: str, *, last: bool) -> str | None:
    if not part:
        return None
    if len(part) == 4:
        return f"{part}-12-31" if last else f"{part}-01-01"
    if len(part) == 7:
        year, month = map(int, part.split("-"))
        return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1).isoformat() if last else f"{part}-01"
    return part


class Maker:
    """Builds one Coded record; every quote is looked up in the text."""

    def __init__(
        self,
        text: str,
        *,
        publisher: str | None = None,
        published: str | None = None,
        title: str | None = None,
        carried: Iterable[tuple[str, str]] = (),
        url: str | None = None,
    ) -> None:
        self.text = text
        chain = tuple(Carried(outlet=o, quote=self.span(q)) for o, q in carried)
        self.report = Report(id=report_id(text, publisher), text=text, publisher=publisher, published=when(published), title=title, carried_from=chain, url=url)
        self.actors: dict[str, Actor] = {}
        self.statements: list[Statement] = []
        self.claims: list[AnyClaim] = []

    def span(self, quote: str, within: tuple[int, int] | None = None) -> Span:
        """The quote's first place in the text (or within a stretch of it); ``first ... last`` is allowed."""
        lo, hi = within or (0, len(self.text))
        if " ... " in quote:
            head, tail = quote.split(" ... ")
            start = self.text.index(head, lo, hi)
            end = self.text.index(tail, start, hi) + len(tail)
        else:
            start = self.text.index(quote, lo, hi)
            end = start + len(quote)
        return Span(start=start, end=end, text=self.text[start:end])

    def actor(
        self,
        name: str,
        kind: Any = "person",
        country: str | None = None,
        *,
        says: Iterable[str] = (),
        sector: str | None = "GOV",
        entity: str | None = None,
        key: str | None = None,
    ) -> str:
        """Adds a party and gives its key."""
        key = key or f"a{len(self.actors) + 1}"
        found = [self.span(s) for s in says or ([name] if name in self.text else [])]
        mentions = tuple(Mention(start=s.start, end=s.end, text=s.text, named_by="name") for s in found)
        self.actors[key] = Actor(key=key, name=name, kind=kind, country=country, sector=(sector,) if sector else (), entity=entity, mentions=mentions)
        return key

    def said(
        self,
        source: str | None,
        content: str,
        *,
        by: str | None = None,
        cue: str | None = None,
        stance: Any = "asserts",
        verbatim: bool = False,
        within: str | None = None,
        occasion: str | None = None,
    ) -> str:
        """Adds a statement and gives its key."""
        key = f"s{len(self.statements) + 1}"
        span = self.span(content)
        where = self.span(source) if source else None
        self.statements.append(
            Statement(
                key=key,
                id="t" + digest(self.report.id, key),
                source=Source(start=where.start, end=where.end, text=where.text, actor=by) if where else None,
                cue=self.span(cue) if cue else None,
                content=span,
                verbatim=verbatim,
                stance=stance,
                within=within,
                occasion=self.span(occasion) if occasion else None,
            )
        )
        return key

    def event(
        self,
        anchor: str,
        event: Any,
        *,
        in_: str | None = None,
        when_: str | None = None,
        text: str | None = None,
        deadline: str | None = None,
        actor: Iterable[str] = (),
        recipient: Iterable[str] = (),
        mediator: Iterable[str] = (),
        said_by: Iterable[str] = (),
        where: str | None = None,
        condition: str | None = None,
        **more: Any,
    ) -> str:
        """Adds an event claim and gives its id."""
        common = self._common("event", anchor, in_, said_by)
        spans: dict[str, Any] = {r: tuple(self.span(q) for q in more.pop(r)) for r in SPAN_ROLES if r in more}
        claim = EventClaim(
            **common,
            event=event,
            actor=tuple(actor),
            recipient=tuple(recipient),
            when=when(when_, text),
            deadline=when(deadline),
            roles=Roles(mediator=tuple(mediator), **spans),
            where=self.span(where) if where else None,
            condition=self.span(condition) if condition else None,
            **more,
        )
        return self._keep(claim)

    def relation(
        self,
        anchor: str,
        between: Iterable[str],
        *,
        in_: str | None = None,
        said_by: Iterable[str] = (),
        when_: str | None = None,
        because: Iterable[str] = (),
        **more: Any,
    ) -> str:
        """Adds a relation claim."""
        common = self._common("relation", anchor, in_, said_by)
        return self._keep(RelationClaim(**common, between=tuple(between), when=when(when_), because=tuple(self.span(b) for b in because), **more))

    def office(self, anchor: str, person: str, office: str, of: str | None, *, in_: str | None = None, from_: str | None = None, **more: Any) -> str:
        """Adds an office claim."""
        return self._keep(OfficeClaim(**self._common("office", anchor, in_, ()), person=person, office=office, of=of, from_=when(from_), **more))

    def question(self, anchor: str, *, in_: str | None = None, alternatives: Iterable[str] = (), about: str | None = None) -> str:
        """Adds a question."""
        return self._keep(
            QuestionClaim(
                **self._common("question", anchor, in_, ()),
                alternatives=tuple(self.span(a) for a in alternatives),
                about=self.span(about) if about else None,
            )
        )

    def _common(self, kind: str, anchor: str, in_: str | None, said_by: Iterable[str]) -> dict[str, Any]:
        around = self.span(in_) if in_ else None
        span = self.span(anchor, (around.start, around.end) if around else None)
        said = tuple(said_by)
        key = f"c{len(self.claims) + 1}"
        return {
            "key": key,
            "id": "c" + digest(self.report.id, kind, span.start, span.end, key),
            "anchor": span,
            "evidence": (self.sentence(span),),
            "said_by": said,
            "confidence": 0.9,
            "why": ("test",),
        }

    def sentence(self, span: Span) -> Span:
        """The sentence around a span."""
        stops = [m.end() for m in re.finditer(r"[.!?][\"”]?(?=\s)|\n", self.text)]
        start = max([s for s in stops if s <= span.start], default=0)
        end = min([s for s in stops if s >= span.end], default=len(self.text))
        start += len(self.text[start:end]) - len(self.text[start:end].lstrip())
        return Span(start=start, end=end, text=self.text[start:end])

    def _keep(self, claim: AnyClaim) -> str:
        self.claims.append(claim)
        return claim.id

    def coded(self) -> Coded:
        """The record; unsound ones fail here."""
        coded = Coded(report=self.report, actors=tuple(self.actors.values()), statements=tuple(self.statements), claims=tuple(self.claims))
        assert not coded.faults(), coded.faults()
        return coded


def gold_files(part: str = "train") -> list[Path]:
    """The annotated articles; none when ../shared is not there."""
    return sorted((SHARED / "gold" / part).glob("*.yaml"))


def seed_file() -> Path | None:
    """The annotated seed report."""
    return next(iter(sorted((SHARED / "seed").glob("*.yaml"))), None)


def gold(path: Path) -> Coded:
    """An annotated article as a coded report."""
    spec = importlib.util.spec_from_file_location("check_gold", SHARED / "gold" / "check_gold.py")
    assert spec and spec.loader
    check = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(check)
    doc = check.load(path, [])
    m = Maker(doc["text"], publisher=doc.get("outlet"), published=str(doc["published"]), title=doc.get("title"))
    for key, e in (doc.get("entities") or {}).items():
        says = [s for s in e.get("says") or [] if s in doc["text"]]
        m.actor(
            e["name"],
            e.get("kind") if e.get("kind") in get_args(ActorKind) else "other",
            e.get("country"),
            says=says,
            sector=e.get("sector"),
            key=key,
        )
    for s in doc.get("statements") or []:
        _statement(m, s)
    for c in doc.get("claims") or []:
        if "anchor_span" in c:
            _claim(m, c)
    return m.coded()


def _at(m: Maker, pair: tuple[int, int] | None) -> Span | None:
    return Span(start=pair[0], end=pair[1], text=m.text[pair[0] : pair[1]]) if pair else None


def _near(m: Maker, quote: Any, around: tuple[int, int]) -> Span | None:
    """The quote's place nearest to a claim, when it is in the text."""
    places = [x.start() for x in re.finditer(re.escape(str(quote)), m.text)]
    if not places:
        return None
    start = min(places, key=lambda p: abs(p - around[0]))
    return Span(start=start, end=start + len(str(quote)), text=str(quote))


def _statement(m: Maker, s: dict[str, Any]) -> None:
    content, source = _at(m, s.get("content_span")), _at(m, s.get("source_span"))
    if content is None:
        return
    occasion = s.get("occasion")
    m.statements.append(
        Statement(
            key=s["k"],
            id="t" + digest(m.report.id, s["k"]),
            source=Source(start=source.start, end=source.end, text=source.text, actor=s.get("by")) if source else None,
            cue=_at(m, s.get("cue_span")),
            content=content,
            verbatim=bool(s.get("verbatim")),
            stance=s.get("stance", "asserts"),
            within=s.get("within"),
            occasion=m.span(occasion) if occasion and occasion in m.text else None,
            confidence=1.0,
        )
    )


def _claim(m: Maker, c: dict[str, Any]) -> None:
    anchor, around = _at(m, c["anchor_span"]), c["in_span"]
    assert anchor
    known = {s.key for s in m.statements}
    common: dict[str, Any] = {
        "key": c["k"],
        "id": "c" + digest(m.report.id, c["kind"], c["k"], *c["anchor_span"]),
        "anchor": anchor,
        "evidence": (m.sentence(anchor),),
        "said_by": tuple(k for k in c.get("said_by") or [] if k in known),
        "confidence": 1.0,
        "why": ("annotated",),
        "when": when(str(c["when"]) if c.get("when") else None, c.get("when_quote")),
        "certainty": c.get("certainty", "certain"),
    }
    if c["kind"] == "event":
        lists = {r: c[r] if isinstance(c.get(r), list) else [c[r]] if c.get(r) else [] for r in (*SPAN_ROLES, "mediator", "third_party", "actor", "recipient")}
        spans = {r: tuple(x for q in lists[r] if (x := _near(m, q, around))) for r in SPAN_ROLES}
        one: dict[str, Any] = {f: _near(m, c[f], around) if c.get(f) else None for f in ("where", "condition")}
        plain = {f: c[f] for f in ("mode", "status", "polarity", "channel", "disclosure") if c.get(f)}
        m.claims.append(
            EventClaim(
                **common,
                event=c["event"],
                actor=tuple(lists["actor"]),
                recipient=tuple(lists["recipient"]),
                **plain,
                **one,
                roles=Roles(mediator=tuple(lists["mediator"]), third_party=tuple(lists["third_party"]), **spans),
                contexts=tuple(c.get("contexts") or ()),
                deadline=when(str(c["deadline"])) if c.get("deadline") else None,
            )
        )
    elif c["kind"] == "relation":
        m.claims.append(RelationClaim(**common, between=tuple(c.get("between") or ()), quality=c.get("quality", "unknown"), trend=c.get("trend", "unknown")))
    elif c["kind"] == "office":
        m.claims.append(
            OfficeClaim(
                **common,
                person=c["person"],
                office=c["office"],
                of=c.get("of"),
                tense=c.get("tense", "current"),
                from_=when(str(c["from"])) if c.get("from") else None,
                to=when(str(c["to"])) if c.get("to") else None,
            )
        )
    else:
        spans_ = tuple(x for p in c.get("alternative_spans") or () if (x := _at(m, p)))
        m.claims.append(QuestionClaim(**common, alternatives=spans_, about=_near(m, c["about"], around) if c.get("about") else None))
