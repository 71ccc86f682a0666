"""The claims of one happening -> who speaks for which side of it.

The sides of an act are those who do it and those it is done to; of an act that both do, states (or, where all are of one state, the parties themselves). An
official speaks for the side of his state, for those who act where a claim has it on both, and whoever takes part for his own; two who do an act together are
one side of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import product

from backchannel.ledger.blocking import MUTUAL
from backchannel.ledger.facts import Fact, Profile
from backchannel.ledger.parties import alike

JOINT_SOURCE = re.compile(r"(?:both|their|the two|each)\b", re.IGNORECASE)  # "their offices", "both governments": speaks for all sides
SECOND = re.compile(r",? and (?:by )?")
SAME_PARTY = 0.85
ALL = "*"  # all sides at once


class Camps:
    """The sides of one happening."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.mutual = all(f.event.event in MUTUAL for f in facts)
        self.one_state = len({p.country for f in facts for p in f.parties()}) == 1
        self.torn = {country for f in facts for country in self._on_both(f)}  # states that are on several sides of one claim

    def speaking(self, facts: Sequence[Fact]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(who confirms for a side, who merely says so for a side), by name."""
        confirmed: list[str] = []
        asserted: list[str] = []
        for fact in facts:
            if self.of(fact) is not None:
                (confirmed if fact.sources[-1].stance == "confirms" else asserted).append(speaker_name(fact) or "")
        return tuple(dict.fromkeys(confirmed)), tuple(n for n in dict.fromkeys(asserted) if n not in confirmed)

    def n_sides(self, facts: Sequence[Fact]) -> int:
        """For how many sides the claims' sources speak, each for one."""
        found = {(side, speaker_name(f)) for f in facts if (side := self.of(f)) is not None}
        if any(side == ALL or (side != other and name != another) for (side, name), (other, another) in product(found, found)):
            return 2
        return min(1, len(found))

    def of(self, fact: Fact) -> str | None:
        """The side for which the claim's source speaks; ``ALL`` for all sides at once; null when it takes no part."""
        if not fact.sources:
            return None
        source, speaker = fact.sources[-1].source, fact.speaker
        if speaker is None or speaker.entity is None:
            joint = source is not None and JOINT_SOURCE.match(source.text) is not None and fact.sources[-1].stance == "confirms"
            if joint and len({self._camp(role, p) for role, p in fact.roles}) > 1:
                return ALL
        if speaker is None:
            return None
        second = _second(fact)
        speakers = [speaker, second] if second and second.country != speaker.country else [speaker]
        found = {side for one in speakers if (side := self._side(fact, one))}
        return ALL if len(found) > 1 else next(iter(found), None)

    def word_of(self, fact: Fact) -> str | None:
        """Whose word the claim is: the side's for which its source speaks, else the source's own; null in the report's own voice."""
        side = self.of(fact)
        return side if side not in (None, ALL) else (fact.speaker.entity if fact.speaker else None) or speaker_name(fact)

    def _side(self, fact: Fact, speaker: Profile) -> str | None:
        found = [(alike(speaker, p)[0], _speaks_for(speaker, p), self._camp(role, p)) for role, p in fact.roles]
        near = [(score, camp) for score, spokesman, camp in found if spokesman or score >= SAME_PARTY]
        score, camp = max(near, key=lambda n: n[0], default=(0.0, None))
        return "actor" if camp and score < SAME_PARTY and not self.mutual and speaker.country in self.torn else camp

    def _on_both(self, fact: Fact) -> list[str | None]:
        sides = Counter(country for country, _ in {(p.country, self._camp(role, p)) for role, p in fact.roles})
        return [country for country, n in sides.items() if n > 1]

    def _camp(self, role: str, party: Profile) -> str:
        """The side of a party: what it does in the act; of a mutual one its state, or itself when all are of one state."""
        if not self.mutual:
            return role
        return party.country if party.country and not self.one_state else " ".join(party.words)


def _speaks_for(speaker: Profile, party: Profile) -> bool:
    """Whether it is an official of the party's state."""
    return speaker.official and speaker.kind != "media" and speaker.country is not None and speaker.country == party.country


def _second(fact: Fact) -> Profile | None:
    """The other of two who say it together: "the White House and the Kremlin said"."""
    source = fact.sources[-1].source
    joint = source and SECOND.search(source.text)
    if not source or not joint:
        return None
    start = source.start + joint.end()
    return next((fact.filed.profiles[a.key] for a in fact.filed.coded.actors if any(start <= m.start <= start + len("the ") for m in a.mentions)), None)


def names(facts: Sequence[Fact]) -> tuple[str, ...]:
    """Who holds the claims, each once: whom reports call otherwise ("Sudan's army", "the Sudan army") by the first of the names."""
    found: dict[str, str] = {}
    for fact in facts:
        if name := speaker_name(fact):
            found.setdefault((fact.speaker and fact.speaker.entity) or name, name)
    return tuple(dict.fromkeys(found.values()))


def speaker_name(fact: Fact) -> str | None:
    """The innermost source by name, else in its own words; null for the report's own voice."""
    if fact.speaker:
        return fact.speaker.name
    source = fact.sources[-1].source if fact.sources else None
    return source.text if source else None
