"""Who holds, held or will hold which office, according to whom: occupancies as reports give them."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Unpack

from backchannel.ledger import Fact, Ledger
from backchannel.ledger.facts import name_words
from backchannel.ledger.intervals import days, iso, tightest
from backchannel.ledger.occupancies import Held, occupancies, person_key
from backchannel.records import OfficeClaim, Party, Tense, When, digest
from backchannel.register import Register
from backchannel.register.offices import SINGLE_POSTS
from backchannel.views.rows import Row, of_facts
from backchannel.views.view import Filters, View, chosen, country_name
from backchannel.views.wording import clean, on, on_day, with_article

SPELT = 0.85  # from here on two names are one in two spellings: "Tiani", "Tchiani"
ACRONYM = 4  # letters: "CEO" is written so, "PRESIDENT" only in transcripts
COMPLEMENT = re.compile(r" (?:to|at|for|of|in|on) ")  # "Secretary of State", "Ambassador to the UN"


class OfficeRow(Row, frozen=True, kw_only=True, tag="office"):
    """A person in an office."""

    person: str = ""
    office: str = ""
    of: str | None = None
    of_name: str | None = None  # the state by name
    tense: Tense = "current"
    since: When | None = None
    until: When | None = None
    conflict: str | None = None  # who else holds the office then: by the register, or by other reports

    def what(self) -> str:
        """Gideon Sa'ar: foreign minister of Israel, since 2024."""
        tense = "" if self.tense == "current" else f"{self.tense} "
        return (
            f"{clean(self.person)}: {tense}{self._post()}"
            + (f", since {_year(self.since)}" if self.since else "")
            + (f", until {on(self.until)}" if self.until else "")
            + (f" [{clean(self.conflict)}]" if self.conflict else "")
        )

    def _post(self) -> str:
        """The office with whose it is, unless its own words tell: "president of the United States", "U.S. ambassador to the UN", "CIA director"."""
        office = clean(self.office)
        office = office.capitalize() if office.isupper() and len(office) > ACRONYM else office
        if not self.of or _tells(office, self.of) or clean(self.of).casefold() in office.casefold():
            return office
        adjective = Register.load().adjective(self.of)
        if adjective and COMPLEMENT.search(office):
            return f"{adjective} {office}"
        return f"{office} of {with_article(clean(self.of_name or self.of), state=self.of_name is not None)}"

    def date(self) -> str:
        """The day on which a report called the person so."""
        return f"as of {on_day(self.told_on)}" if self.told_on else "undated"


@lru_cache(maxsize=1024)
def _tells(office: str, of: str) -> bool:
    """Whether an office says of which state it is, by a name, an adjective or a body of that state ("White House", "CIA")."""
    words, register = office.split(), Register.load()
    spans = (" ".join(words[i : i + size]).removesuffix("'s") for size in (3, 2, 1) for i in range(len(words) + 1 - size) if words[i][0].isupper())
    found = ((register.country_of(span), register.organisation(span)) for span in spans)
    return any(of in (word and word.iso3, body and body.country, body and body.name) for word, body in found)


def _year(when: When) -> str:
    span = days(when)
    year = (iso(span.first) or "")[:4] if span else ""
    return year if when.precision in ("open", "year") and year and span and span.length > 360 else on(when).removeprefix("since ")


def rows(ledger: Ledger, **wanted: Unpack[Filters]) -> View[OfficeRow]:
    """The occupancies, by person."""
    told: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in ledger.affairs(wanted.get("as_known_on")).others:
        if isinstance(fact.claim, OfficeClaim) and fact.parties("person"):
            person = fact.parties("person")[0]
            told[person_key(person, fact.claim.of), _spelt(fact.claim.office), fact.claim.of, fact.claim.tense].append(fact)
    held = occupancies(ledger.facts(wanted.get("as_known_on")))
    conflicts = {claim: text for h in held for text in [_conflict(h, held)] if text for claim in h.claims}
    found = [_row(facts, conflicts) for facts in told.values()]
    return chosen("offices", sorted(found, key=lambda r: (name_words(r.person)[-1:], r.office, r.id)), wanted)


def _spelt(office: str) -> tuple[str, ...]:
    """The words of an office, in one spelling."""
    return tuple(w.replace("advisor", "adviser").replace("defence", "defense") for w in name_words(office))


def _conflict(held: Held, others: list[Held]) -> str | None:
    """Who else is told to be in an office of one holder at the same time."""
    if held.post not in SINGLE_POSTS or not held.origins:
        return None
    rival = next((o for o in others if (o.of, o.post) == (held.of, held.post) and o.person != held.person and _at_once(o, held)), None)
    if rival:
        return f"other reports: {rival.name}, {rival.source()}"
    row = held.contradicts(Register.load())
    other = row is not None and SequenceMatcher(None, row.name.lower(), held.name.lower()).ratio() < SPELT
    return f"the register has {row.name} from {row.start}, {row.source}" if row and other else None


def _at_once(a: Held, b: Held) -> bool:
    """Whether reports call both so on days that overlap."""
    return bool(a.origins) and a.first_told <= b.last_told and b.first_told <= a.last_told


def _row(facts: list[Fact], conflicts: dict[str, str]) -> OfficeRow:
    claims = [f.claim for f in facts if isinstance(f.claim, OfficeClaim)]
    person = facts[0].parties("person")[0]
    return OfficeRow(
        **of_facts(facts),
        id="o" + digest(min(f.id for f in facts)),
        parties=(Party(name=person.name, role="actor", country=person.country, entity=person.entity),),
        person=person.name,
        office=claims[0].office,
        of=claims[0].of,
        of_name=country_name(claims[0].of),
        tense=claims[0].tense,
        since=tightest([c.from_ for c in claims if c.from_]),
        until=tightest([c.to for c in claims if c.to]),
        conflict=next((conflicts[c.id] for c in claims if c.tense != "former" and c.id in conflicts), None),
    )
