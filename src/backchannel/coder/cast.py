"""Who takes part in a report, and which of its words stand for whom: what casting (actors.py) makes and every later stage asks."""

from __future__ import annotations

from dataclasses import dataclass, field

from backchannel import records as r
from backchannel.register import Title

OFFICIAL = frozenset("GOV MIL LEG COP SPY JUD".split())  # sectors that belong to a state: their people say "we" for their country

Stand = tuple[int, int, tuple[int, ...], r.NamedBy]  # first word, last exclusive, numbers of the parties it stands for, how it names them


@dataclass
class Party:
    """An actor in the making."""

    name: str
    kind: r.ActorKind
    country: str | None = None
    sector: tuple[str, ...] = ()
    entity: str | None = None
    role: str | None = None
    female: bool | None = None
    mentions: list[tuple[int, int, r.NamedBy]] = field(default_factory=list)  # words
    titles: list[tuple[int, int, Title]] = field(default_factory=list)  # words of the title, as it stood at a mention
    told: str | None = None  # its country by its own words or the register, before ``countries.settle``
    several: bool = False  # is it of several countries ("British and French diplomats")?
    inferred: bool = False  # is its country only what the report speaks of around it?


def speaks(party: Party) -> bool:
    """Does a party speak for its state?"""
    return party.kind in ("person", "people", "state", "government", "ministry", "office", "military") and bool(OFFICIAL & set(party.sector))


@dataclass(frozen=True)
class Cast:
    """The actors of a report, and which words stand for whom."""

    actors: tuple[r.Actor, ...]
    parties: tuple[Party, ...]
    at: dict[int, tuple[str, ...]]  # word -> keys of the actors its mention stands for
    spans: tuple[tuple[int, int, tuple[str, ...]], ...]  # first word, last word exclusive, keys

    def get(self, key: str) -> r.Actor:
        """The actor with this key."""
        return self.actors[int(key[1:]) - 1]

    def party(self, key: str) -> Party:
        """The working record behind an actor: its titles, its mentions as words."""
        return self.parties[int(key[1:]) - 1]
