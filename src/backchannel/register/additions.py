"""What a user, a ledger or Wikidata knows beside the shipped tables, in one form: names, words, titles and dated offices to lay over the register.

The shipped tables are never edited: ``Register.plus`` makes a new register of them and of additions, and leaves the old one as it was.
"""

from __future__ import annotations

from backchannel.records import ActorKind, Record
from backchannel.register.model import CountryWordKind


class Named(Record, frozen=True, kw_only=True):
    """Somebody or something with all its names. ``wins``: a name of it is never somebody built in (the user's own actors)."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sector: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    wins: bool = False


class Word(Record, frozen=True, kw_only=True):
    """A word that names or stands for a country."""

    text: str
    iso3: str
    what: CountryWordKind


class Office(Record, frozen=True, kw_only=True):
    """A person in an office from ``start`` to ``end``. ``alone``: nobody built in holds the seat (the user's own actors)."""

    person: str
    office: str
    of: str
    start: str
    end: str = ""
    source: str = "custom"
    confidence: float = 1.0
    note: str = ""
    alone: bool = False


class Ended(Record, frozen=True, kw_only=True):
    """A built-in open term that was over on a day, so that it no longer holds from then on."""

    person: str
    of: str
    post: str
    on: str
    note: str = ""


class Additions(Record, frozen=True, kw_only=True):
    """All that is laid over the register at once; hashable, so that what is made of it can be kept."""

    named: tuple[Named, ...] = ()
    words: tuple[Word, ...] = ()
    offices: tuple[Office, ...] = ()
    ended: tuple[Ended, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.named or self.words or self.offices or self.ended)

    def __add__(self, other: Additions) -> Additions:
        """Both."""
        return Additions(named=self.named + other.named, words=self.words + other.words, offices=self.offices + other.offices, ended=self.ended + other.ended)


NOTHING = Additions()
