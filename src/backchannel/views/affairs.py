"""The ledger with its views as methods: ``ledger.contacts(between=("Netanyahu", "Putin"))``."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

from backchannel import ledger as store
from backchannel.ledger.entities import One, entities
from backchannel.ledger.occupancies import Held, known, occupancies
from backchannel.ledger.opening import ledger_url
from backchannel.register import Additions
from backchannel.views import claims, contacts, mediations, offices, questions, relations, reports, statements, timeline, ultimatums
from backchannel.views.brief import Brief, brief
from backchannel.views.relations import Balance
from backchannel.views.timeline import EventRow
from backchannel.views.view import Filters, View, asked


class Ledger(store.Ledger):
    """A ledger of coded reports, and what can be asked of it. All views take the same filters (``Filters``)."""

    def brief(self, **wanted: Unpack[Filters]) -> Brief:
        """Everything that passes the filters, as one page."""
        return brief(self, **asked(wanted))

    def contacts(self, **wanted: Unpack[Filters]) -> View[contacts.Contact]:
        """Visits, calls, meetings between named parties."""
        return contacts.rows(self, **asked(wanted))

    def mediations(self, **wanted: Unpack[Filters]) -> View[mediations.Mediation]:
        """Who mediates between whom."""
        return mediations.rows(self, **asked(wanted))

    def ultimatums(self, **wanted: Unpack[Filters]) -> View[ultimatums.Ultimatum]:
        """Threats with terms."""
        return ultimatums.rows(self, **asked(wanted))

    def relations(self, **wanted: Unpack[Filters]) -> View[relations.RelationTurn]:
        """How pairs stand to each other."""
        return relations.rows(self, **asked(wanted))

    def balances(self, **wanted: Unpack[Filters]) -> View[Balance]:
        """The monthly balance of pairs of states."""
        return relations.balances(self, **asked(wanted))

    def questions(self, **wanted: Unpack[Filters]) -> View[questions.Question]:
        """What is unknown."""
        return questions.rows(self, **asked(wanted))

    def statements(self, **wanted: Unpack[Filters]) -> View[statements.StatementRow]:
        """Who said what words."""
        return statements.rows(self, **asked(wanted))

    def timeline(self, **wanted: Unpack[Filters]) -> View[EventRow]:
        """All events in order of date."""
        return timeline.rows(self, **asked(wanted))

    def events(self, **wanted: Unpack[Filters]) -> View[EventRow]:
        """All events: another name for the timeline."""
        return timeline.rows(self, **asked(wanted))

    def offices(self, **wanted: Unpack[Filters]) -> View[offices.OfficeRow]:
        """Who holds which office."""
        return offices.rows(self, **asked(wanted))

    def occupancies(self, as_known_on: str | None = None) -> list[Held]:
        """Who held which office from when to when, by all reports together."""
        return occupancies(self.facts(as_known_on))

    def known(self, as_known_on: str | None = None) -> Additions:
        """What later reports may take from it of who is who: for ``code(..., known=)``."""
        return known(self.facts(as_known_on))

    def entities(self, as_known_on: str | None = None) -> list[One]:
        """Persons and organisations, each one across reports, with the judgements that make it so."""
        return entities(self.filed(as_known_on), self.judgements(as_known_on), self.undone(as_known_on))

    @staticmethod
    def exists(url: str | None = None) -> bool:
        """Whether there is a ledger file at the address (or the default one); of a database server it is taken to be."""
        address = ledger_url(url)
        return address.get_backend_name() != "sqlite" or Path(address.database or "").is_file()

    def reports(self, **wanted: Unpack[Filters]) -> View[reports.ReportRow]:
        """The reports and how they came."""
        return reports.rows(self, **asked(wanted))

    def claims(self, **wanted: Unpack[Filters]) -> View[claims.ClaimRow]:
        """Every claim."""
        return claims.rows(self, **asked(wanted))
