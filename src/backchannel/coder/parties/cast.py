"""Who takes part in a report, and which of its words stand for whom: what casting (actors.py) makes and every later stage asks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from backchannel import records as r
from backchannel.reader import Reading
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


def cased(name: str) -> str:
    """A name of several words as it is written elsewhere than in the labels of transcripts and headlines ("PETER KENYON", "michael barbaro")."""
    return name.title() if " " in name and (name.isupper() or name.islower()) else name


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

    def state(self, country: str | None) -> str | None:
        """The key of a country's state, where the report names it."""
        return next((a.key for a in self.actors if a.kind == "state" and a.country == country), None) if country else None

    def within(self, first: int, last: int) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
        """The mentions that begin in words first .. last-1, as in ``spans``."""
        return self.spans[bisect_left(self.spans, (first,)) : bisect_left(self.spans, (last,))]

    def beside(self, reading: Reading, word: int) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
        """The mentions that begin in a word's sentence, as in ``spans``."""
        return self.within(*reading.bounds[reading.sentence_of[word]])


def gathered(reading: Reading, parties: Sequence[Party], stands: Sequence[Stand]) -> Cast:
    """The cast of parties and of the words that stand for them; fills in each party's mentions."""
    text, keys = reading.text, [f"a{n + 1}" for n in range(len(parties))]
    at: dict[int, tuple[str, ...]] = {}
    spans = []
    mentions: list[list[r.Mention]] = [[] for _ in parties]
    for party in parties:
        party.mentions = []
    for lo, hi, ats, by in stands:
        own = tuple(keys[a] for a in ats)
        spans.append((lo, hi, own))
        for i in range(lo, hi):
            at.setdefault(i, own)
        a, b = reading.chars(lo, hi)
        for n in ats:
            mentions[n].append(r.Mention(start=a, end=b, text=text[a:b], named_by=by))
            parties[n].mentions.append((lo, hi, by))
    actors = tuple(
        r.Actor(
            key=k, name=p.name, kind=p.kind, country=p.country, sector=p.sector, entity=p.entity, role=p.role, country_inferred=p.inferred, mentions=tuple(m)
        )
        for k, p, m in zip(keys, parties, mentions, strict=True)
    )
    return Cast(actors, tuple(parties), at, tuple(spans))
