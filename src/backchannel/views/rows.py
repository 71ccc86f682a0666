"""What every row of every view carries, and how it is made from the claims behind it: who says so, how sure, since when, on which words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from backchannel.ledger import Fact, Happening
from backchannel.ledger.facts import day, party_keys
from backchannel.ledger.intervals import days
from backchannel.ledger.origins import origins
from backchannel.ledger.standing import REALISED, bearing, speaker_name
from backchannel.records import Certainty, Full, Origin, Party, Report, Span, Stance, Standing, Status, When
from backchannel.views.wording import clean, joined, on, on_day, words

NOT_SAID = frozenset({"possible", "hypothetical", "demanded", "offered", "proposed"})  # nobody says that it takes place
BACKGROUND_DAYS = 60  # an act that ended this long before its report is background, not news
# What places a place; "to", "from" and the like tell of a way.
PLACED = re.compile(r"\b(?:in|at|on|near|off|outside|inside|across|throughout|around|along)(?: (?:the|its|his|her|their))?$", re.IGNORECASE)
CAPITALS = 4  # letters of a name that is written so: "UAE"
PLACED_BEFORE = 20  # characters
CERTAINTY: tuple[Certainty, ...] = ("certain", "probable", "possible", "unknown")


class Evidence(Full, frozen=True, kw_only=True):
    """The words of a report that a row stands on."""

    report: str
    start: int
    end: int
    text: str


class Voice(Full, frozen=True, kw_only=True):
    """One source chain: the sources innermost first, then the outlets from the first to know to the one that was read."""

    report: str
    speakers: tuple[str, ...]
    stance: Stance | None
    outlets: tuple[str, ...]
    told: Status | None = None  # the status it gives the act, when that is not what the act is taken for: the plan of what was then done

    def speech(self) -> str:
        """Who says so, with the stance when it is more than saying."""
        told = f" ({self.stance.replace('_', ' ')})" if self.stance and self.stance != "asserts" else ""
        return " ← ".join(clean(s) for s in self.speakers) + told + self.apart() if self.speakers else ""

    def apart(self) -> str:
        """What it says instead, for a reader."""
        return f" ({self.told.replace('_', ' ')})" if self.told else ""

    def text(self) -> str:
        """The chain in the direction in which the words travelled."""
        return " → ".join([self.speech()] * bool(self.speakers) + [clean(o) for o in self.outlets]) + ("" if self.speakers else self.apart())


class Row(Full, frozen=True, kw_only=True, tag_field="view"):
    """What all views' rows share."""

    id: str
    parties: tuple[Party, ...] = ()
    when: When | None = None
    status: str | None = None
    standing: Standing | None = None
    standing_why: str = ""
    certainty: Certainty = "certain"
    confidence: float = 0.0
    origins: tuple[str, ...] = ()  # named ones: these count
    n_origins: int = 0
    voices: tuple[Voice, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    anchors_at: tuple[Evidence, ...] = ()  # the very words each claim hangs on
    claims: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    told_on: str | None = None  # when it was first published
    known_at: str = ""
    background: bool = False

    def what(self) -> str:
        """The row in one phrase."""
        raise NotImplementedError

    def notes(self) -> list[str]:
        """Its terms: what else a reader wants to know."""
        return []

    def date(self) -> str:
        """When it was, is or will be; of what has no time the day on which it was first told."""
        return f"told {on_day(self.told_on)}" if self.when is None and self.told_on else on(self.when)

    def says(self) -> str:
        """Who says so."""
        return "; ".join(dict.fromkeys(v.text() for v in self.voices))

    def sure(self) -> str:
        """How sure it is."""
        told = self.standing == "unclear" and self.status in NOT_SAID  # the line says more: "demanded", "possible"
        parts = [words()["standing"].get(self.standing, "")] if self.standing and not told else []
        if self.certainty != "certain":
            parts.append({"unknown": "certainty unknown"}.get(self.certainty, f"held to be {self.certainty}"))
        if self.n_origins:
            parts.append(f"{self.n_origins} origin{'s' * (self.n_origins != 1)} ({joined(map(clean, self.origins))})")
        else:
            parts.append("no named origin")
        return ", ".join(p for p in parts if p)

    def cells(self) -> dict[str, str]:
        """The row as a table shows it."""
        return {
            "when": self.date() + (" (background)" if self.background else ""),
            "what": self.what(),
            "details": "; ".join(self.notes()),
            "who says so": self.says(),
            "how sure": self.sure(),
            "id": self.id[:9],
        }

    def _repr_html_(self) -> str:
        """The row for notebooks, with the words it stands on; everything from reports is escaped."""
        lines = [f"<b>{escape(self.what())}</b>", *(f"{escape(k)}: {escape(v)}" for k, v in self.cells().items() if v and k not in ("what", "id"))]
        lines += [f"<q>{escape(clean(e.text))}</q>" for e in self.evidence[:3]]
        return "<br>".join(lines) + f" <code>{escape(self.id)}</code>"


def of_happening(happening: Happening) -> dict[str, Any]:
    """The shared fields of a row that is an event."""
    event = happening.event
    shared = of_facts(happening.facts, event.origins)
    bear = bearing(happening.facts, happening.stand)
    shared |= {
        "voices": tuple(dict.fromkeys(voice(f, told=None if f in bear or f.event.status in REALISED else f.event.status) for f in happening.facts)),
        "id": event.id,
        "parties": event.participants,
        "when": event.when,
        "status": event.status,
        "standing": event.standing,
        "standing_why": happening.stand.why,
        "origins": tuple(o.name for o in event.origins if o.name),
        "background": is_background(event.when, happening.facts),
        "n_origins": sum(o.name is not None for o in event.origins),
        "known_at": event.known_at,
    }
    return shared


def of_facts(facts: Sequence[Fact], known: Sequence[Origin] | None = None) -> dict[str, Any]:
    """The shared fields that follow from the claims alone."""
    found = [o.name for o in (origins(facts) if known is None else known) if o.name]
    ordered = sorted(facts, key=lambda f: -_named_in_words(f))
    evidence = [Evidence(report=f.filed.report.id, start=s.start, end=s.end, text=s.text) for f in ordered for s in (f.claim.evidence or (f.claim.anchor,))]
    return {
        "certainty": min((f.claim.certainty for f in facts), key=CERTAINTY.index),
        "confidence": max(f.claim.confidence for f in facts),
        "origins": tuple(found),
        "n_origins": len(found),
        "voices": tuple(dict.fromkeys(voice(f) for f in facts)),
        "evidence": tuple(dict.fromkeys(evidence)),
        "anchors_at": tuple(anchor_of(f) for f in facts),
        "claims": tuple(f.id for f in facts),
        "reports": tuple(dict.fromkeys(f.filed.report.id for f in facts)),
        "told_on": min((p for f in facts if (p := f.filed.published[0])), default=None),
        "known_at": min(f.filed.known_at for f in facts),
    }


def _named_in_words(fact: Fact) -> int:
    """How many of its parties its own sentence names: what tells most is quoted first ("Putin and Trump will meet", then "The Kremlin confirmed it")."""
    keys, words = {key for _, key in party_keys(fact.claim)}, fact.claim.evidence
    named = (a for a in fact.filed.coded.actors if a.key in keys)
    return sum(any(s.start <= m.start < s.end for s in words for m in a.mentions if m.named_by != "pronoun") for a in named)


def anchor_of(fact: Fact) -> Evidence:
    """The words the claim hangs on."""
    anchor = fact.claim.anchor
    return Evidence(report=fact.filed.report.id, start=anchor.start, end=anchor.end, text=anchor.text)


def voice(fact: Fact, *, told: Status | None = None) -> Voice:
    """The source chain of a claim."""
    speakers = tuple(dict.fromkeys(n for s in reversed(fact.sources) if (n := _source_name(fact, s))))
    stance = fact.sources[-1].stance if fact.sources else None
    return Voice(report=fact.filed.report.id, speakers=speakers, stance=stance, outlets=outlets(fact.filed.report), told=told)


def _source_name(fact: Fact, statement: Any) -> str | None:
    if statement is fact.sources[-1]:
        return speaker_name(fact)
    source = statement.source
    known = fact.filed.profiles.get(source.actor) if source and source.actor else None
    return known.name if known else source.text if source else None


def outlets(report: Report) -> tuple[str, ...]:
    """The outlets a report went through, from the first to the one that was read; the report's file or id when nobody is named."""
    chain = [c.outlet for c in reversed(report.carried_from)] + [report.publisher] * bool(report.publisher)
    return tuple(dict.fromkeys(c for c in chain if c)) or (report.given_id or (report.path or "").rsplit("/", 1)[-1] or f"report {report.id[:9]}",)


def is_background(when: When | None, facts: Sequence[Fact]) -> bool:
    """Whether the act ended long before every report that tells it."""
    span = days(when)
    told = [d.first for f in facts if (d := days(f.filed.report.published))]
    return bool(span and told and span.last < min(told) - BACKGROUND_DAYS)


def place_of(facts: Sequence[Fact], where: str | None) -> str | None:
    """The place as the words have it: "in Moscow", "at the Kremlin", "near the border"; where they only name it "in", or "at" what has no name."""
    if where is None:
        return None
    found = ((f.filed.report.text, f.event.where) for f in facts if f.event.where and f.event.where.text == where)
    before = (PLACED.search(clean(text[max(0, span.start - PLACED_BEFORE) : span.start])) for text, span in found)
    told = next((m for m in before if m), None)
    place = where.title() if where.isupper() and len(where) > CAPITALS else where  # as datelines have it: "NIAMEY"
    return f"{told[0].lower() if told else 'in' if where.split()[-1][:1].isupper() else 'at'} {place}"


def in_words(fact: Fact, demand: Span) -> str:
    """A demand in its words, "against" included: "warned against striking"."""
    before = fact.filed.report.text[: demand.start].rstrip()
    return f"against {clean(demand.text)}" if before.endswith(" against") else clean(demand.text)


def texts(spans: Sequence[Any]) -> tuple[str, ...]:
    """The words of spans, each once; what another of them holds whole is left out."""
    found = list({clean(s.text).casefold(): clean(s.text) for s in reversed(spans)}.values())[::-1]
    return tuple(t for t in found if not any(t != other and t.casefold() in other.casefold() for other in found))


def day_of(when: When | None) -> str | None:
    """The first day of a When."""
    return day(when.start) if when else None


__all__ = ["Evidence", "Row", "Voice", "day_of", "is_background", "joined", "of_facts", "of_happening", "outlets", "texts", "voice"]
