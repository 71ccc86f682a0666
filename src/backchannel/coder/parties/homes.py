"""A title that several states have an office for ("the Foreign Secretary", "House Speaker"), said without its country -> whose it is in this report.

It belongs to the country of whom it names, by the register; else to that of the dateline, else to the one of those states that the report names most. A
dateline elsewhere and none of them named: it stays open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from backchannel.coder.parties.phrases import country_in
from backchannel.coder.parties.proper import Name
from backchannel.intake.datelines import dateline
from backchannel.reader import Reading
from backchannel.register import Register, Title
from backchannel.register.offices import of_country


class Homes:
    """The states that a report speaks of, asked for its titles. ``spans``: its mentions."""

    def __init__(self, reading: Reading, register: Register, spans: Sequence[tuple[int, int, Name | None]], on: str | None) -> None:
        self.reading, self.register, self.spans, self.on = reading, register, spans, on

    def of_report(self, title: Title) -> Title:
        """The title with its country."""
        home = self._home(title)
        return of_country(title, home) if home else title

    def of_person(self, title: Title, name: str) -> Title:
        """The title before a name: of a country where the register has somebody of that name, else as in the report."""
        home = self._home(title)
        known = (c for c in dict.fromkeys(filter(None, (home, *self._several(title)))) if self.register.resolve(name, on=self.on, country=c, kind="person"))
        found = next(known, home)
        return of_country(title, found) if found else title

    def country(self, phrase: str) -> str | None:
        """The country of an office that nobody in the report bears."""
        title = self.register.parse_title(phrase)
        return self._home(title) if title else None

    def _several(self, title: Title) -> tuple[str, ...]:
        return title.usual if title.of is None else ()

    def _home(self, title: Title) -> str | None:
        states = self._several(title)
        if not states or self._from in states:
            return self._from if states else None
        named = max(states, key=lambda c: self._named[c])  # of those alike the likeliest
        return None if self._from and not self._named[named] else named

    @cached_property
    def _from(self) -> str | None:
        """The country of the dateline."""
        line = dateline(self.reading.text)
        word = self.register.country_of(line.place.text) if line and line.place else None
        return word.iso3 if word else None

    @cached_property
    def _named(self) -> Counter[str]:
        countries = (country_in(self.reading, self.register, lo, hi) for lo, hi, _ in self.spans)
        return Counter(filter(None, countries))
