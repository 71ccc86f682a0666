"""A seed and a number of claims -> made-up coded reports on made-up states, as dense and repetitive as news: what ledger benches are run on.

Every event belongs to a day and a pair of states; a few pairs make most of the news. Reports tell several events each, under varying names and
dates (the day, its week, its month, none), copy each other word for word now and then, and look back on old events. News grows in time:
``PER_DAY`` claims a day, so ten times the claims are ten times the days; ``dense`` packs them into a tenth of the days.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import msgspec

from backchannel.records import Actor, Coded, EventClaim, Mention, Report, Source, Span, Statement, When, digest, report_id

PER_DAY = 300  # claims told on a day
PER_REPORT = 8
N_STATES, N_OUTLETS = 40, 200
BEGIN = date(2015, 1, 1)
ACTS = (
    ("CONSULT", "phone", "spoke by phone with"), ("CONSULT", "visit", "visited"), ("CONSULT", None, "held talks with"),
    ("ASSAULT", "aerial", "struck targets in"), ("ASSAULT", None, "attacked"), ("SANCTION", "discontinue", "imposed sanctions on"),
    ("AID", "military", "sent arms to"), ("ACCUSE", None, "accused"),
    ("SUPPORT", None, "backed"), ("REQUEST", None, "called on"), ("AGREE", None, "reached a deal with"), ("COERCE", "restrict", "closed the border with"),
)  # fmt: skip
FILLER = "grain border gas envoy market river bridge council vote winter talks press crowd station road harbour budget court union fleet".split()


class State(NamedTuple):
    """A state and the names under which it acts: (name, kind)."""

    code: str
    names: tuple[tuple[str, str], ...]


class Act(NamedTuple):
    """One event."""

    day: int
    kind: int
    left: int
    right: int


def states(rng: random.Random) -> list[State]:
    """The made-up states."""
    parts = ["ba", "dor", "mel", "tan", "vik", "ro", "sul", "nem", "kar", "lo", "pri", "gan", "eth", "ush", "ar"]
    found = []
    for n in range(N_STATES):
        stem = "".join(rng.sample(parts, 2)).capitalize()
        code = f"{chr(65 + n // 26)}{chr(65 + n % 26)}X"
        leader = "".join(rng.sample(parts, 2)).capitalize() + f" {stem[:3]}{rng.choice(parts)}ov"
        found.append(State(code, ((f"{stem}ia", "state"), (f"{stem}grad", "government"), (leader, "person"), (f"{stem}ian army", "military"))))
    return found


def reports(n_claims: int, seed: int = 1, *, dense: bool = False) -> Iterator[Coded]:
    """Coded reports that hold that many claims together, in order of publication."""
    rng = random.Random(seed)
    world = states(rng)
    pairs = [(a, b) for a in range(N_STATES) for b in range(N_STATES) if a != b]
    rng.shuffle(pairs)
    weights = [1 / (i + 1) for i in range(len(pairs))]
    per_day = PER_DAY * (10 if dense else 1)
    history: list[Act] = []
    told, day, last = 0, 0, None
    while told < n_claims:
        for left, right in rng.choices(pairs, weights, k=per_day // 5):  # so many events a day, each told five times
            history.append(Act(day, rng.randrange(len(ACTS)), left, right))
        recent = history[-per_day // 2 :]
        heat = [1 / (i % 37 + 1) for i in range(len(recent))]
        for _ in range(per_day // PER_REPORT):
            if last is not None and rng.random() < 0.15:
                made = copied(last, rng)
            else:
                acts = [*rng.choices(recent, heat, k=PER_REPORT - 1), rng.choice(history)]
                made = last = report(acts, world, day, rng)
            told += len(made.claims)
            yield made
            if told >= n_claims:
                return
        day += 1


def copied(coded: Coded, rng: random.Random) -> Coded:
    """The report as another outlet prints it."""
    publisher = f"Outlet {rng.randrange(N_OUTLETS)}"
    new = report_id(coded.report.text, publisher)
    claims = tuple(msgspec.structs.replace(c, id="c" + digest(new, c.key)) for c in coded.claims)
    statements = tuple(msgspec.structs.replace(s, id="t" + digest(new, s.key)) for s in coded.statements)
    return msgspec.structs.replace(coded, report=msgspec.structs.replace(coded.report, id=new, publisher=publisher), claims=claims, statements=statements)


def report(acts: list[Act], world: list[State], today: int, rng: random.Random) -> Coded:
    """A report that tells these events."""
    publisher = f"Outlet {rng.randrange(N_OUTLETS)}"
    text, told, actors, statements, claims = "", [], dict[str, Actor](), [], []
    for act in dict.fromkeys(acts):
        kind, mode, verb = ACTS[act.kind]
        (a, a_kind), (b, b_kind) = rng.choice(world[act.left].names), rng.choice(world[act.right].names[:3])
        when, words = told_when(act.day, today, rng)
        lead = "officials said " if (quoted := rng.random() < 0.4) else ""
        start = len(text) + len(lead)
        text += f"{lead}{a} {verb} {b}{words}, amid {' '.join(rng.choices(FILLER, k=9))}. "
        told.append((act, mode if rng.random() < 0.8 else None, kind, verb, (a, a_kind), (b, b_kind), when, start, quoted))
    for n, (act, mode, kind, verb, a, b, when, start, quoted) in enumerate(told):
        keys = [_actor(actors, name, world[state].code, at) for name, state, at in ((a, act.left, start), (b, act.right, start + len(a[0]) + len(verb) + 2))]
        first = start + len(a[0]) + 1
        end = text.index(". ", first)
        if quoted:
            said = Span(start=start - 15, end=start - 6, text="officials")
            source = Source(start=said.start, end=said.end, text=said.text)
            content = Span(start=start, end=end, text=text[start:end])
            statements.append(Statement(key=f"s{n}", id=f"t{n}", source=source, cue=None, content=content))
        claims.append(
            EventClaim(
                key=f"c{n}", id=f"c{n}", anchor=Span(start=first, end=first + len(verb), text=verb), said_by=(f"s{n}",) if quoted else (),
                evidence=(Span(start=start, end=end, text=text[start:end]),), event=kind, mode=mode, actor=(keys[0],), recipient=(keys[1],),
                when=when, confidence=0.8, why=("made up",),
            )
        )  # fmt: skip
    text += " ".join(rng.choices(FILLER, k=250)) + "."
    on = (BEGIN + timedelta(days=today)).isoformat()
    new = report_id(text, publisher)
    about = Report(id=new, text=text, publisher=publisher, language="en", published=When(start=on, end=on, precision="day"))
    ids: dict[str, Any] = {c.key: "c" + digest(new, c.key) for c in claims} | {s.key: "t" + digest(new, s.key) for s in statements}
    return Coded(
        report=about, actors=tuple(actors.values()),
        statements=tuple(msgspec.structs.replace(s, id=ids[s.key]) for s in statements),
        claims=tuple(msgspec.structs.replace(c, id=ids[c.key]) for c in claims),
    )  # fmt: skip


def _actor(actors: dict[str, Actor], who: tuple[str, str], country: str, start: int) -> str:
    """The key of a party, made when it is new."""
    name, kind = who
    if name not in actors:
        mention = Mention(start=start, end=start + len(name), text=name, named_by="name")
        sector = ("MIL",) if kind == "military" else ("GOV",)
        actors[name] = Actor(key=f"a{len(actors)}", name=name, kind=kind, country=country, sector=sector, mentions=(mention,))  # type: ignore[arg-type]
    return actors[name].key


def told_when(day: int, today: int, rng: random.Random) -> tuple[When | None, str]:
    """How a report of today tells the day of an event, and in which words."""
    on, draw = BEGIN + timedelta(days=day), rng.random()
    if today - day > 20:
        return When(start=on.replace(day=1).isoformat(), end=_month_end(on).isoformat(), precision="month"), f" in {on:%B %Y}"
    if draw < 0.7:
        return When(start=on.isoformat(), end=on.isoformat(), precision="day"), f" on {on:%A}"
    if draw < 0.8:
        monday = on - timedelta(days=on.weekday())
        return When(start=monday.isoformat(), end=(monday + timedelta(days=6)).isoformat(), precision="week"), " that week"
    if draw < 0.85:
        return When(start=on.replace(day=1).isoformat(), end=_month_end(on).isoformat(), precision="month"), " this month"
    return None, ""


def _month_end(on: date) -> date:
    return date(on.year + on.month // 12, on.month % 12 + 1, 1) - timedelta(days=1)
