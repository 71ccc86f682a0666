"""A filed report -> its claims as facts: each claim with its parties, its source chain and its report at hand.

Also the two questions every later stage asks of names: what is comparable about a party (``Profile``), and what the chain of sources of a claim is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import count
from typing import Literal, NamedTuple

import msgspec

from backchannel.ledger.fingerprints import Grams, fingerprint, own_text, text_digest, unpack
from backchannel.ledger.intervals import MONTH, Days, days
from backchannel.ledger.meaning import WORD
from backchannel.ledger.stories import Telling, telling
from backchannel.records import Actor, AnyClaim, Coded, EventClaim, OfficeClaim, RelationClaim, Statement

Role = Literal["actor", "recipient", "mediator", "third_party", "between", "person"]
LEAD = 500  # characters at a report's head that say what it is about
STATE_LIKE = frozenset({"state", "government", "ministry", "office"})
CASTS = 200_000  # pairs of casts of which it is kept what they have in common
CALLING_OFF = frozenset({"REJECT", "CONCEDE", "RETREAT"})
OFFICIAL_SECTORS = frozenset({"GOV", "MIL", "LEG", "COP", "SPY", "JUD", "PTY"})


class Profile(NamedTuple):
    """What is comparable about a party across reports."""

    key: str  # actor key within its report
    name: str
    words: tuple[str, ...]  # the name without accents, case, titles' dots and a leading "the"
    kind: str
    country: str | None  # none when only inferred: what stands around a party does not tell it from others
    entity: str | None
    sector: tuple[str, ...]
    mark: int = -1  # one number for all of it but the key: parties of two reports that have one mark are compared once

    @property
    def state_like(self) -> bool:
        """Whether the party stands for its state as such."""
        return self.kind in STATE_LIKE

    @property
    def official(self) -> bool:
        """Whether the party speaks or acts for its state."""
        return self.state_like or self.kind == "military" or bool(OFFICIAL_SECTORS.intersection(self.sector))


@dataclass(frozen=True, eq=False, slots=True)
class Cast:
    """Who takes part in an act, whichever report tells it: one object for the same parties in the same roles, so that what two have in common is found
    once. The keys of its profiles are those of some report.
    """

    roles: tuple[tuple[Role, Profile], ...]
    actors: tuple[Profile, ...]
    recipients: tuple[Profile, ...]
    sides: tuple[Profile, ...]  # both, for acts whose sides may change places
    mediators: tuple[Profile, ...]
    look: int  # one number for the casts that nothing tells apart across reports


class Filed:
    """One report as the ledger keeps it: what was read out of it, and since when the ledger knows."""

    def __init__(self, coded: Coded, known_at: str, print_: bytes | None = None) -> None:
        self.coded, self.report, self.known_at = coded, coded.report, known_at
        self._print = print_  # the fingerprint that the ledger keeps, when it is of the present scheme

    def with_claims(self, claims: tuple[AnyClaim, ...]) -> Filed:
        """The same report with other claims."""
        return Filed(msgspec.structs.replace(self.coded, claims=claims), self.known_at, self._print)

    @cached_property
    def grams(self) -> Grams:
        """The report's fingerprint: kept, or made of the text."""
        return unpack(self._print) if self._print is not None else fingerprint(self.report)

    @cached_property
    def telling(self) -> Telling:
        """The words that show which story it tells."""
        return telling(own_text(self.report))

    @cached_property
    def lead(self) -> Telling:
        """The telling words of its title and first sentences."""
        return telling(f"{self.report.title or ''} {self.report.text[:LEAD]}")

    @cached_property
    def text_digest(self) -> str:
        """What its text shares with equal texts."""
        return text_digest(self.report.text)

    @cached_property
    def profiles(self) -> dict[str, Profile]:
        """The report's parties by actor key."""
        return {a.key: profile(a) for a in self.coded.actors}

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """The report's statements by key."""
        return {s.key: s for s in self.coded.statements}

    @cached_property
    def refusals(self) -> frozenset[tuple[int, int]]:
        """The sentences (offsets) that tell of a refusal, concession or step back: where something is called off."""
        told = (c for c in self.coded.claims if isinstance(c, EventClaim) and c.event in CALLING_OFF and c.polarity == "+" and c.status == "happened")
        return frozenset((s.start, s.end) for c in told for s in c.evidence[:1])

    @cached_property
    def published(self) -> tuple[str | None, str | None]:
        """First and last day on which it can have been published."""
        when = self.report.published
        return (day(when.start), day(when.end)) if when else (None, None)

    @cached_property
    def out(self) -> Days | None:
        """The days on which it can have been published."""
        return days(self.report.published)

    @cached_property
    def dated(self) -> bool:
        """Whether it is known to a month when it came out."""
        return self.out is not None and self.out.length <= MONTH

    def facts(self) -> Iterator[Fact]:
        """The report's claims as facts."""
        return (Fact(claim, self) for claim in self.coded.claims)


class Fact:
    """A claim with its report: what the ledger compares, fuses and shows."""

    event: EventClaim  # the claim, when it is one

    def __init__(self, claim: AnyClaim, filed: Filed) -> None:
        self.id, self.claim, self.filed = claim.id, claim, filed
        self.days = days(claim.when)  # of its time
        if isinstance(claim, EventClaim):
            self.event = claim

    @cached_property
    def roles(self) -> tuple[tuple[Role, Profile], ...]:
        """The parties with their roles."""
        return tuple((role, self.filed.profiles[key]) for role, key in party_keys(self.claim) if key in self.filed.profiles)

    @cached_property
    def cast(self) -> Cast:
        """The parties as they are in any report."""
        return cast_of(self.roles)

    def parties(self, *roles: Role) -> tuple[Profile, ...]:
        """The parties that have one of the roles; all of them when none is named."""
        return tuple([p for role, p in self.roles if not roles or role in roles])

    @cached_property
    def sources(self) -> tuple[Statement, ...]:
        """The statements it stands in, outermost first, those that contain them included; of what is denied down to who denies it, not to whom he contradicts
        ("denied a report by X that ...").
        """
        found: list[Statement] = []
        for key in self.claim.said_by:
            statement = self.filed.statements.get(key)
            outer = [statement] if statement else []
            while outer and outer[0].within in self.filed.statements and len(outer) < 9:
                outer.insert(0, self.filed.statements[outer[0].within or ""])
            found += [s for s in outer if s not in found]
        denying = [n for n, s in enumerate(found) if s.stance == "denies"] if isinstance(self.claim, EventClaim) and self.claim.polarity == "-" else []
        return tuple(found[: denying[-1] + 1] if denying else found)

    @cached_property
    def context(self) -> Telling:
        """The telling words of the sentences it stands in."""
        return telling(" ".join(span.text for span in self.claim.evidence))

    @cached_property
    def matter(self) -> frozenset[str]:
        """The telling words of what it is about: topic, demand, purpose."""
        roles = self.claim.roles if isinstance(self.claim, EventClaim) else None
        return frozenset(telling(" ".join(span.text for span in (*roles.topic, *roles.demand, *roles.purpose)))) if roles else frozenset()

    @cached_property
    def rest(self) -> frozenset[str]:
        """The telling words of its sentences besides the act, its time and its parties, which are compared by themselves."""
        named = [self.event.anchor.text, *(p.name for p in self.cast.sides), *([self.event.when.text] if self.event.when and self.event.when.text else ())]
        return frozenset(self.context).difference(WORD.findall(" ".join(named).lower()))

    @cached_property
    def is_called_off(self) -> bool:
        """Whether its sentence tells that the act was called off, and not merely that it was not done."""
        off = self.event.status == "did_not_happen"
        return off and any((s.start, s.end) in self.filed.refusals for s in self.claim.evidence[:1])

    @property
    def speaker(self) -> Profile | None:
        """Who holds the claim: the innermost source, when it is a known party."""
        source = self.sources[-1].source if self.sources else None
        return self.filed.profiles.get(source.actor) if source and source.actor else None


def party_keys(claim: AnyClaim) -> Iterator[tuple[Role, str]]:
    """Every (role, actor key) of a claim, each once."""
    groups: tuple[tuple[Role, tuple[str, ...]], ...] = ()
    if isinstance(claim, EventClaim):
        roles = claim.roles
        groups = (("actor", claim.actor), ("recipient", claim.recipient), ("mediator", roles.mediator), ("third_party", roles.third_party))
    elif isinstance(claim, RelationClaim):
        groups = (("between", claim.between),)
    elif isinstance(claim, OfficeClaim):
        groups = (("person", (claim.person,)),)
    for role, keys in groups:
        yield from ((role, key) for key in dict.fromkeys(keys))


def is_event(fact: Fact) -> bool:
    """Whether the claim is of an act."""
    return isinstance(fact.claim, EventClaim)


def profile(actor: Actor) -> Profile:
    """What is comparable about an actor."""
    country = None if actor.country_inferred else actor.country
    same = actor.name, actor.kind, country, actor.entity, actor.sector
    return Profile(actor.key, actor.name, name_words(actor.name), actor.kind, country, actor.entity, actor.sector, _MARKS.setdefault(same, next(_NUMBERS)))


def cast_of(roles: tuple[tuple[Role, Profile], ...]) -> Cast:
    """The one cast of these parties in these roles."""
    marks = tuple([(role, p.mark) for role, p in roles])
    found = _CASTS.get(marks)
    if found is None:
        looks = tuple(sorted((role, p.words, p.kind, p.country or "", p.entity or "", p.official) for role, p in roles))
        actors, recipients, mediators = (tuple(p for r, p in roles if r == role) for role in ("actor", "recipient", "mediator"))
        found = _CASTS[marks] = Cast(roles, actors, recipients, actors + recipients, mediators, _LOOKS.setdefault(looks, next(_NUMBERS)))
    return found


_NUMBERS = count()  # no number twice, whatever threads ask
_MARKS: dict[tuple[object, ...], int] = {}
_CASTS: dict[tuple[tuple[Role, int], ...], Cast] = {}
_LOOKS: dict[tuple[object, ...], int] = {}


@lru_cache(maxsize=50_000)
def name_words(name: str) -> tuple[str, ...]:
    """A name's words as compared: no accents, case, possessives or leading article."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower().replace("’", "'")
    words = re.findall(r"\w+(?:'(?!s\b)\w+)*", re.sub(r"'s\b", "", plain))
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)


def day(instant: str | None) -> str | None:
    """The calendar day of an ISO date or instant."""
    return instant[:10] if instant else None
