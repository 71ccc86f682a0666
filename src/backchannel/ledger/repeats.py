"""Event claims -> those that are compared, and those that stand or fall with another because a copy of its report tells it in the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from backchannel.ledger.facts import Fact


class Repeat(NamedTuple):
    """A claim that a copy of its report tells in the same words as the first."""

    first: Fact
    copy: Fact


def repeats(facts: Sequence[Fact], judged: frozenset[str]) -> tuple[list[Fact], list[Repeat]]:
    """The claims that are compared, and those that stand or fall with the first of their words."""
    texts: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        texts[fact.filed.text_digest].add(fact.filed.report.id)
    firsts: dict[tuple[object, ...], Fact] = {}
    rest, found = [], []
    for fact in facts:
        text = fact.filed.text_digest
        if len(texts[text]) == 1 or fact.id in judged:
            rest.append(fact)
            continue
        claim = fact.event
        words = (text, claim.anchor.start, claim.anchor.end, claim.event, claim.mode, claim.status, claim.polarity, claim.said_by, fact.days, fact.parties())
        first = firsts.setdefault(words, fact)
        if first is fact or first.filed is fact.filed:
            rest.append(fact)
        else:
            found.append(Repeat(first, fact))
    return rest, found
