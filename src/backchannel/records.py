"""The records everything else passes around: frozen, typed, and the same in Python and in JSON.

One report goes in; statements and claims come out; every record points at the words it stands on. Offsets are half-open character offsets into
``Report.text``. The names are the field's own: PLOVER 2 (events), PARC/PolNeAR (source, cue, content), FactBank (factuality), TIMEX3 (time).
Nothing here imports anything of ours.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_type_hints

import msgspec

T = TypeVar("T")

SCHEMA = 1  # raised when a field changes its meaning; written into every ledger

# ------------------------------------------------------------------ vocabularies
Precision = Literal["instant", "day", "week", "month", "season", "year", "open"]
Direction = Literal["past", "present", "future"]
Bound = Literal["before", "by", "until", "before_or_on", "within", "after", "since"]
ActorKind = Literal[
    "person",
    "state",
    "government",
    "ministry",
    "office",
    "military",
    "armed_group",
    "igo",
    "ngo",
    "company",
    "media",
    "party",
    "people",
    "place",
    "other",
]
NamedBy = Literal["name", "pronoun", "title", "metonym", "description"]
Stance = Literal["asserts", "confirms", "denies", "declines_to_comment", "accuses", "threatens", "promises", "demands", "predicts", "questions", "speculates"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Status = Literal[
    "happened", "ongoing", "planned", "expected", "attempted", "threatened", "offered", "demanded", "proposed", "possible",
    "hypothetical", "did_not_happen", "ended",
]  # fmt: skip
Certainty = Literal["certain", "probable", "possible", "unknown"]
Channel = Literal["in_person", "phone", "video", "letter", "public_statement", "social_media", "back_channel", "unknown"]
Disclosure = Literal["public", "undisclosed", "contents_undisclosed", "unknown"]
Quality = Literal["allied", "good", "correct", "strained", "hostile", "at_war", "none", "unknown"]
Trend = Literal["improving", "worsening", "steady", "unknown"]
Tense = Literal["current", "former", "incoming", "acting"]
Standing = Literal["confirmed_by_both", "confirmed_by_one", "reported", "claimed", "disputed", "denied", "planned", "threatened", "lapsed", "unclear"]
UltimatumState = Literal["standing", "extended", "met", "lapsed", "carried_out", "withdrawn"]


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=False):
    """What all records share: keyword-only, immutable, compared by value; defaults are left out of the JSON."""


class Full(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False, forbid_unknown_fields=False):
    """A record whose JSON always shows every field, because other programs read it by key (interfaces.md)."""


# ------------------------------------------------------------------ words and times
class Span(Full, frozen=True, kw_only=True):
    """A stretch of the report: ``text[start:end]``, quoted so that it can be checked."""

    start: int
    end: int
    text: str


class Timex(Full, frozen=True, kw_only=True):
    """TIMEX3 type and value (ISO-TimeML)."""

    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str


class When(Full, frozen=True, kw_only=True, omit_defaults=True):
    """One type for every time. ``start`` and ``end`` are ISO dates or instants, inclusive; null = not known or open. An expression that cannot be
    resolved keeps its ``text`` and has no dates.
    """

    start: str | None = None
    end: str | None = None
    precision: Precision | None = None
    text: str | None = None  # the expression as written
    anchor: str | None = None  # what it was resolved against: an ISO date, "publication", an expression
    direction: Direction | None = None
    bound: Bound | None = None  # for deadlines and open intervals: "before Friday" -> before
    why: str | None = None  # for inferred dates: the reason


class TimeExpression(Full, frozen=True, kw_only=True):
    """A time expression of the text with its TIMEX3 reading and its interval."""

    start: int
    end: int
    text: str
    when: When
    timex: Timex


# ------------------------------------------------------------------ report
class Carried(Full, frozen=True, kw_only=True):
    """One step of a republication chain: the outlet the report was carried from."""

    outlet: str
    domain: str | None = None
    quote: Span | None = None


class Report(Full, frozen=True, kw_only=True):
    """A news report as it came in. ``id`` = hash of normalised text and publisher, so the same report twice is one report."""

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str | None = None
    published: When | None = None  # inferred as an interval with its reason when the input gives none
    fetched_at: str | None = None  # UTC instant
    carried_from: tuple[Carried, ...] = ()  # nearest first
    boilerplate: tuple[Span, ...] = ()  # marked, never coded
    given_id: str | None = None  # the id the input came with
    path: str | None = None  # the file it came from
    extra: dict[str, Any] = {}  # unknown keys of the input


# ------------------------------------------------------------------ actors
class Mention(Full, frozen=True, kw_only=True):
    start: int
    end: int
    text: str
    named_by: NamedBy


class Actor(Full, frozen=True, kw_only=True):
    """One party of the report with all its mentions; ``entity`` = register id when it is known there."""

    key: str  # "a1", unique within the report
    name: str
    kind: ActorKind
    country: str | None = None  # ISO 3166-1 alpha-3
    sector: tuple[str, ...] = ()  # PLOVER sectors
    entity: str | None = None
    role: str | None = None  # "prime minister", "special envoy"
    country_inferred: bool = False  # neither it nor its owner is said to be of there: the report speaks of that country around it
    mentions: tuple[Mention, ...] = ()


# ------------------------------------------------------------------ statements
class Source(Full, frozen=True, kw_only=True):
    """Where words come from: its span and, when it names a party, that actor's key."""

    start: int
    end: int
    text: str
    actor: str | None = None


class Statement(Full, frozen=True, kw_only=True):
    """Who says what words (PARC/PolNeAR: source, cue, content). A source can itself be quoted by another: ``within``."""

    key: str  # "s1"
    id: str
    source: Source | None
    cue: Span | None
    content: Span
    verbatim: bool = False  # the content stands inside quotation marks
    addressee: Span | None = None
    occasion: Span | None = None
    stance: Stance = "asserts"
    within: str | None = None
    confidence: float = 0.0
    why: tuple[str, ...] = ()


# ------------------------------------------------------------------ claims
class Roles(Record, frozen=True, kw_only=True):
    """Roles beside actor and recipient; parties by actor key, the rest as spans."""

    mediator: tuple[str, ...] = ()
    third_party: tuple[str, ...] = ()
    topic: tuple[Span, ...] = ()
    instrument: tuple[Span, ...] = ()
    quantity: tuple[Span, ...] = ()
    demand: tuple[Span, ...] = ()
    trigger: tuple[Span, ...] = ()
    purpose: tuple[Span, ...] = ()
    initiative: tuple[str, ...] = ()  # of a contact: who asked for it, where the words say so; a party to it or not


class Claim(Full, frozen=True, kw_only=True, tag_field="kind"):
    """What is said to be. ``said_by``: statement keys, outermost first; empty = the report's own voice."""

    key: str  # "c1"
    id: str  # stable: report id, kind, anchor, what hangs on it, innermost source
    anchor: Span
    evidence: tuple[Span, ...] = ()
    said_by: tuple[str, ...] = ()
    certainty: Certainty = "certain"  # as held by the innermost source
    confidence: float = 0.0
    why: tuple[str, ...] = ()
    when: When | None = None


class EventClaim(Claim, frozen=True, kw_only=True, tag="event"):
    """An act (PLOVER 2 type, mode, contexts); its status is apart from its type: a planned visit is CONSULT-visit + planned."""

    event: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    plover_root: EventType | None = None  # the strict root derived from act, status and polarity
    actor: tuple[str, ...] = ()  # actor keys
    recipient: tuple[str, ...] = ()
    roles: Roles = Roles()
    deadline: When | None = None
    where: Span | None = None
    status: Status = "happened"
    polarity: Literal["+", "-"] = "+"
    channel: Channel = "unknown"
    disclosure: Disclosure = "unknown"
    condition: Span | None = None


class RelationClaim(Claim, frozen=True, kw_only=True, tag="relation"):
    """A state between two actors, not an act."""

    between: tuple[str, ...] = ()
    quality: Quality = "unknown"
    trend: Trend = "unknown"
    because: tuple[Span, ...] = ()


class OfficeClaim(Claim, frozen=True, kw_only=True, tag="office"):
    """An occupancy: who holds, held or will hold which office."""

    person: str  # actor key
    office: str
    of: str | None = None  # ISO 3166-1 alpha-3, or the organisation's name
    tense: Tense = "current"
    from_: When | None = msgspec.field(default=None, name="from")
    to: When | None = None


class QuestionClaim(Claim, frozen=True, kw_only=True, tag="question"):
    """Something the report says is unknown. ``alternatives``: two or more spans; or ``about``: what is not known."""

    about: Span | None = None
    alternatives: tuple[Span, ...] = ()
    asked_by: str | None = None


AnyClaim = EventClaim | RelationClaim | OfficeClaim | QuestionClaim


class Coded(Full, frozen=True, kw_only=True):
    """Everything read out of one report; the unit that is filed in a ledger and printed by ``code --json``."""

    report: Report
    actors: tuple[Actor, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[AnyClaim, ...] = ()

    def spans(self) -> Iterator[tuple[int, int, str]]:
        """Every (start, end, quoted text) in the records; each must slice back to the report's text."""
        todo: list[Any] = [*self.actors, *self.times, *self.statements, *self.claims, *self.report.boilerplate, *self.report.carried_from]
        while todo:
            item = todo.pop()
            spanned, nested = _shape(item.__class__)
            if spanned:
                yield item.start, item.end, item.text
            for name in nested:
                value = getattr(item, name)
                if isinstance(value, tuple):
                    todo.extend(value)
                elif value is not None:
                    todo.append(value)

    def faults(self) -> list[str]:
        """What breaks the contract: spans that do not slice back, keys that point nowhere. Empty for sound records."""
        text = self.report.text
        found = [f"span {a}:{b} is not {q!r}" for a, b, q in self.spans() if not (0 <= a <= b <= len(text) and text[a:b] == q)]
        actors, statements = {a.key for a in self.actors}, {s.key for s in self.statements}
        for claim in self.claims:
            said = [k for k in claim.said_by if k not in statements]
            parties: tuple[str, ...] = ()
            if isinstance(claim, EventClaim):
                parties = claim.actor + claim.recipient + claim.roles.mediator + claim.roles.third_party + claim.roles.initiative
            elif isinstance(claim, RelationClaim):
                parties = claim.between
            elif isinstance(claim, OfficeClaim):
                parties = (claim.person,)
            found += [f"{claim.key} points at unknown {k}" for k in said + [p for p in parties if p not in actors]]
        return found


@cache
def _shape(kind: type) -> tuple[bool, tuple[str, ...]]:
    """Whether a record is a stretch of text, and which of its fields hold records."""
    hints = get_type_hints(kind)
    return hints.get("start") is int, tuple(name for name, hint in hints.items() if not name.startswith("_") and _holds_records(hint))


def _holds_records(hint: Any) -> bool:
    return (isinstance(hint, type) and issubclass(hint, msgspec.Struct)) or any(_holds_records(a) for a in get_args(hint))


class Refusal(Full, frozen=True, kw_only=True):
    """An input that could not be used: which, at which stage, what was found, what was expected, what to try."""

    name: str
    stage: str
    found: str
    expected: str = ""
    hint: str = ""

    def line(self) -> str:
        """One line for people."""
        return f"{self.name}: found {self.found}" + (f"; expected {self.expected}" if self.expected else "") + (f"; try {self.hint}" if self.hint else "")


# ------------------------------------------------------------------ what the ledger derives
class Origin(Full, frozen=True, kw_only=True):
    """One independent source of an event's claims, with the reports and statements that count as it."""

    name: str | None  # null = unnamed, counts as none
    reports: tuple[str, ...] = ()
    why: str = ""


class Party(Full, frozen=True, kw_only=True):
    """A participant of an event across reports."""

    name: str
    role: Literal["actor", "recipient", "mediator", "third_party"]
    country: str | None = None
    entity: str | None = None


class Event(Full, frozen=True, kw_only=True):
    """The same happening, many claims. Derived from claims and judgements, never typed in."""

    id: str
    type: EventType
    mode: str | None
    participants: tuple[Party, ...]
    when: When | None
    where: str | None
    status: Status  # of the act
    standing: Standing  # how well it is established
    claims: tuple[str, ...]  # claim ids
    origins: tuple[Origin, ...]
    known_at: str  # UTC instant at which the ledger first knew


class Judgement(Full, frozen=True, kw_only=True):
    """A stored decision that two records are, or are not, the same; applied on reading, so undoing one is free."""

    id: str
    left: str
    right: str
    same: bool
    score: float
    why: tuple[str, ...] = ()
    by: str = "backchannel"
    made_at: str = ""
    undone_at: str | None = None


class Verdict(Full, frozen=True, kw_only=True):
    """A human judgement of one record."""

    id: str
    record: str
    decision: Literal["accept", "reject", "amend"]
    by: str | None = None
    note: str | None = None
    amendment: dict[str, Any] = {}
    made_at: str = ""


# ------------------------------------------------------------------ ids and JSON
def digest(*parts: object, size: int = 12) -> str:
    """A stable id: hex BLAKE2b of the parts (``size`` bytes), the same on every machine."""
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=size).hexdigest()


def normalise(text: str) -> str:
    """The text as compared for identity: NFKC, straight quotes, single spaces, lower case."""
    text = unicodedata.normalize("NFKC", text).replace("“", '"').replace("”", '"').replace("‘", "'").replace("’", "'")
    return " ".join(text.split()).lower()


def report_id(text: str, publisher: str | None) -> str:
    """The id of a report: hash of its normalised text and its publisher."""
    return "r" + digest(normalise(text), normalise(publisher or ""))


def to_json(record: msgspec.Struct) -> str:
    """One record as one line of JSON."""
    return msgspec.json.encode(record).decode()


def from_json(kind: type[T], data: str | bytes) -> T:
    """A record back from JSON, validated.

    Raises:
        msgspec.ValidationError: a field is missing or of another type; the message names its path.

    """
    return msgspec.json.decode(data, type=kind)
