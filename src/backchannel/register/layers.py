"""Tables -> the same with something laid over them: the user's actors, what a ledger knows (``plus``), what shared names of places mean in one report
(``reading_as``). The tables themselves stay as they are.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Self

from backchannel.register.additions import Additions, Ended, Named, Office, Word
from backchannel.register.model import CountryWord, Entity, at_or_after
from backchannel.register.names import fold, skeleton, surnames
from backchannel.register.offices import post_of
from backchannel.register.tables import FAMOUS, Tables

# What ``plus`` copies before it writes; the rest is shared.
_OWN = ("_country_words", "_organisations", "_entities", "_forms", "_custom_names", "_persons", "_rows", "_seats", "_person_names", "_skeletons", "_surnames")
# Made when asked for: nothing of additions is in it.
_KEPT = ("_titles", "_families", "_called", "_seats_of", "_bodies_named", "_described", "_resolutions")
_KEPT_OF_WORDS = ("_titles", "_families", "_bodies_named", "_described", "_resolutions")  # and nothing of other meanings in that
REPORTS = 32  # readings of shared names that are kept


class Layers(Tables):
    """Tables that others can be laid over."""

    def plus(self, more: Additions) -> Self:
        """The same with additions; this one stays as it is."""
        if not more:
            return self
        both = copy.copy(self)
        for name in _OWN:
            setattr(both, name, dict(getattr(self, name)))
        for made in _KEPT:
            both.__dict__.pop(made, None)
        both._read_as = {}
        both._own_offices = self._own_offices + more.offices
        for word in more.words:
            both._country_words[fold(word.text)] = CountryWord(iso3=word.iso3, what=word.what, name=both._state_name(word.iso3, more))
        famous = {o.person for o in more.offices if post_of(o.office, o.of)[1] in FAMOUS}
        for named in more.named:
            both._add_named(named, 1 if named.id in famous else 0)
        both._add_offices(more.offices)
        for ended in more.ended:
            both._end(ended)
        return both

    def reading_as(self, words: tuple[Word, ...]) -> Self:
        """The same with other meanings of some words of places, as in one report."""
        if not words:
            return self
        if words not in self._read_as:
            if len(self._read_as) >= REPORTS:  # a long batch: bounded memory
                self._read_as.clear()
            both = copy.copy(self)
            both._country_words, both._read_as = dict(self._country_words), {}
            for made in _KEPT_OF_WORDS:
                both.__dict__.pop(made, None)
            for word in words:
                both._country_words[fold(word.text)] = CountryWord(iso3=word.iso3, what=word.what, name=self._entities[f"state:{word.iso3}"].name)
            self._read_as[words] = both
        return self._read_as[words]

    def _state_name(self, iso3: str, more: Additions) -> str:
        state = self._entities.get(f"state:{iso3}")
        return next((n.name for n in more.named if n.id == f"state:{iso3}"), state.name if state else iso3)

    def _add_named(self, named: Named, fame: int) -> None:
        """A new entity, or more names of one that is there."""
        known = self._persons.get(named.id)
        if known is None:
            self._entities[named.id] = Entity(id=named.id, name=named.name, kind=named.kind, country=named.country, sector=named.sector, aliases=named.aliases)
        if named.wins:
            texts = dict.fromkeys(fold(t) for t in (named.name, *named.aliases))
            if named.kind == "person":
                texts |= dict.fromkeys(surnames(named.name, named.country))
            for text in texts:
                self._custom_names[text] = list(dict.fromkeys([*self._custom_names.get(text, ()), named.id]))
        elif named.kind == "person":
            self._add_person(named, known, fame)
        else:
            for text in (named.name, *named.aliases):
                self._organisations[fold(text)] = list(dict.fromkeys([*self._organisations.get(fold(text), ()), named.id]))

    def _add_person(self, named: Named, known: list[str] | None, fame: int) -> None:
        row = list(known) if known else [named.id, named.name, "", named.country or "", "0", "", "", skeleton(named.name)]
        names = [n for n in (named.name, *named.aliases) if n != row[1] and n not in row[2].split("|")]
        row[2] = "|".join(filter(None, [row[2], *names]))
        row[4] = str(max(int(row[4]), fame))
        families = surnames(named.name, named.country) if int(row[4]) else ()
        for column, keys, table in ((5, [fold(n) for n in (named.name, *named.aliases)], self._person_names), (6, [*families], self._surnames)):
            row[column] = "|".join(dict.fromkeys(filter(None, [*row[column].split("|"), *keys])))
            for key in keys:
                table[key] = list(dict.fromkeys([*table.get(key, ()), named.id]))
        self._persons[named.id] = row
        self._skeletons[row[7]] = list(dict.fromkeys([*self._skeletons.get(row[7], ()), named.id]))
        self._entities.pop(named.id, None)  # made again from the row, with its offices

    def _add_offices(self, offices: Sequence[Office]) -> None:
        alone: dict[tuple[str, str], list[list[str]]] = {}
        for o in offices:
            post, kind = post_of(o.office, o.of)
            row = [o.person, o.office, kind, post, o.of, o.start, o.end, o.source, f"{o.confidence:.2f}", o.note]
            self._rows[o.person] = [*self._rows.get(o.person, ()), row]
            self._seats[o.of, post] = [*self._seats.get((o.of, post), ()), row]
            if o.alone:
                alone.setdefault((o.of, post), []).append(row)
        self._seats.update(alone)

    def _end(self, ended: Ended) -> None:
        """Ends the person's open terms in the office on the day."""
        seat = (ended.of, ended.post)
        for row in self._rows.get(ended.person, ()):
            if (row[4], row[3]) == seat and not row[6] and not at_or_after(row[5], ended.on):
                over = [*row[:6], ended.on, *row[7:9], ended.note]
                for table, key in ((self._rows, ended.person), (self._seats, seat)):
                    table[key] = [over if r is row else r for r in table[key]]  # type: ignore[index]
