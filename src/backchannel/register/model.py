"""What the register's look-ups return."""

from __future__ import annotations

from typing import Literal

from backchannel.records import ActorKind, Precision, Record

CountryWordKind = Literal["name", "demonym", "capital", "metonym", "city", "region", "former"]


def at_or_after(later: str, earlier: str) -> bool:
    """Whether one ISO date is not before another, compared to the shorter one's precision."""
    n = min(len(later), len(earlier))
    return later[:n] >= earlier[:n]


class Entity(Record, frozen=True, kw_only=True):
    """Somebody or something the register knows."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sector: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


class Occupancy(Record, frozen=True, kw_only=True):
    """A person holds an office from ``start`` to ``end`` (ISO dates of ``precision``; null end = still held as far as the source knows)."""

    person: str
    name: str
    office: str
    office_kind: str
    of: str
    start: str
    end: str | None = None
    precision: Precision = "day"
    source: str = ""
    confidence: float = 0.0

    def covers(self, on: str) -> bool:
        """Whether the office was held on the date (or in the month or year, for a shorter one)."""
        return at_or_after(on, self.start) and (self.end is None or at_or_after(self.end, on))


class Resolution(Record, frozen=True, kw_only=True):
    """The entity a name stands for, how sure, and by which rule."""

    entity: Entity
    score: float
    why: str


class CountryWord(Record, frozen=True, kw_only=True):
    """A word that names or stands for a country."""

    iso3: str
    what: CountryWordKind
    name: str


class NounClass(Record, frozen=True, kw_only=True):
    """What a common noun for a party says about it."""

    kind: ActorKind
    sector: str
    plural: bool = False


class Description(Record, frozen=True, kw_only=True):
    """What a phrase that names a party says by its own words."""

    kind: ActorKind
    country: str | None = None
    sector: tuple[str, ...] = ()
    entity: Entity | None = None
    several: bool = False  # is it of several countries, and so of none?
    why: str = ""
