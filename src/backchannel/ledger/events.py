"""Filed reports + what people judged -> events: the same happening told by many claims, each with how it stands and its independent origins.

All of it is derived on reading and depends on nothing but the set of claims and judgements: not on the order in which reports came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from backchannel.collecting import no_collecting
from backchannel.ledger.facts import Fact, Filed, Profile, is_event
from backchannel.ledger.grouping import Decision, group
from backchannel.ledger.intervals import days, tightest
from backchannel.ledger.matching import MUTUAL
from backchannel.ledger.origins import Copied, copied_of, origins
from backchannel.ledger.parties import alike
from backchannel.ledger.standing import SAME_PARTY, Stand, act_status, affirms, bearing, horizon_of, stand
from backchannel.records import Event, Judgement, Party, Status, digest


@dataclass(frozen=True)
class Happening:
    """An event with the claims it is made of and how it stands."""

    event: Event
    facts: tuple[Fact, ...]
    stand: Stand


@dataclass(frozen=True)
class Affairs:
    """Everything fused: the happenings in order of date, the decisions taken on the way, and the day of the newest report."""

    happenings: tuple[Happening, ...] = ()
    said: tuple[Judgement, ...] = ()  # by people
    decided: tuple[Decision, ...] = field(default=(), repr=False)  # by the program
    horizon: str | None = None
    others: tuple[Fact, ...] = field(default=(), repr=False)  # claims that are of no act

    @property
    def events(self) -> tuple[Event, ...]:
        """The events alone."""
        return tuple(h.event for h in self.happenings)

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """Every decision as a record, people's and the program's, in order of id."""
        return tuple(sorted([*self.said, *(d.judgement() for d in self.decided)], key=lambda j: (j.id, j.made_at)))

    @cached_property
    def by_claim(self) -> dict[str, Happening]:
        """The happening a claim belongs to, by claim id."""
        return {f.id: h for h in self.happenings for f in h.facts}


def fuse(filed: Sequence[Filed], human: Iterable[Judgement] = (), undone: frozenset[str] = frozenset()) -> Affairs:
    """The events of these reports."""
    with no_collecting():
        return _fuse(filed, human, undone)


def _fuse(filed: Sequence[Filed], human: Iterable[Judgement], undone: frozenset[str]) -> Affairs:
    facts = sorted((f for one in filed for f in one.facts()), key=lambda f: (f.id, f.filed.report.id))
    acts, others = [f for f in facts if is_event(f)], tuple(f for f in facts if not is_event(f))
    said = tuple(j for j in human if j.undone_at is None)
    horizon, copied = horizon_of([f.published for f in filed]), copied_of(filed)
    groups, decided = group(acts, said, undone)
    happenings = [_happening(members, horizon, copied) for members in groups]
    return Affairs(tuple(sorted(happenings, key=_in_time)), said, tuple(decided), horizon, others)


def _happening(facts: Sequence[Fact], horizon: str | None, copied: Copied) -> Happening:
    how = stand(facts, horizon)
    yes = [f for f in facts if affirms(f)] or list(facts)
    real = [f for f in yes if f.event.status == how.status] or yes
    event = Event(
        id="e" + digest(min(f.id for f in facts)),
        type=_commonest([f.event.event for f in yes]) or yes[0].event.event,  # type: ignore[arg-type]
        mode=_commonest([f.event.mode for f in yes]),
        participants=participants(facts),
        when=tightest([f.event.when for f in real if f.event.when] or [f.event.when for f in yes if f.event.when]),
        where=_commonest([f.event.where.text for f in yes if f.event.where]),
        status=_status(yes, how),
        standing=how.standing,
        claims=tuple(sorted(f.id for f in facts)),
        origins=origins(bearing(facts, how), copied),
        known_at=min(f.filed.known_at for f in facts),
    )
    return Happening(event, tuple(facts), how)


def _status(yes: Sequence[Fact], how: Stand) -> Status:
    return how.status if how.standing in ("lapsed", "denied") or how.status == "did_not_happen" else act_status(yes)


def participants(facts: Sequence[Fact]) -> tuple[Party, ...]:
    """The parties across reports, each once in each role, under its fullest name."""
    found: list[tuple[str, list[Profile]]] = []
    mutual = all(f.event.event in MUTUAL for f in facts)
    for role, party in sorted(
        ((r, p) for f in facts for r, p in f.roles), key=lambda rp: (_ROLE_ORDER[rp[0]], rp[1].entity is None, -len(rp[1].words), rp[1].words)
    ):
        for known_role, known in found:
            one_side = known_role == role or (mutual and {role, known_role} == {"actor", "recipient"})
            if one_side and (alike(known[0], party)[0] >= SAME_PARTY or _is_cut(party, known[0])):
                known.append(party)
                break
        else:
            found.append((role, [party]))
    return tuple(
        Party(
            name=who[0].name,
            role=role,  # type: ignore[arg-type]
            country=next((p.country for p in who if p.country), None),
            entity=next((p.entity for p in who if p.entity), None),
        )
        for role, who in found
    )


def _is_cut(party: Profile, known: Profile) -> bool:
    """Whether one report names by more words whom another names by the first of them ("the Indian mission", "the Indian mission in Chittagong")."""
    same = (party.kind, party.country) == (known.kind, known.country) and not party.entity and not known.entity and party.kind != "person"
    return same and len(party.words) > 1 and known.words[: len(party.words)] == party.words


_ROLE_ORDER = {"actor": 0, "recipient": 1, "mediator": 2, "third_party": 3}


def _commonest(values: Iterable[str | None]) -> str | None:
    """The value most of them have; the first by name among equals."""
    counted = Counter(v for v in values if v)
    return min(counted, key=lambda v: (-counted[v], v)) if counted else None


def _in_time(happening: Happening) -> tuple[int, int, str]:
    """Order of date: by first day, then by length, the undated by when they were published."""
    known = days(happening.event.when)
    if known is None:
        known = min((d for f in happening.facts if (d := days(f.filed.report.published))), default=None)
    return (known.first, known.length, happening.event.id) if known else (4_000_000, 0, happening.event.id)
