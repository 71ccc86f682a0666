"""Claims of one ultimatum -> their common term: the demand, what is demanded and what is threatened share the deadline that one of them has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from backchannel import records as r
from backchannel.reader import Reading

UNMET = re.compile(r"\b(?:unless|not|no|without)\b|n['’]t\b|\bfails?\b|\brefuses?\b", re.IGNORECASE)
SETTING = frozenset(("THREATEN", "REQUEST"))  # acts that set a term
SHARING = frozenset(("demanded", "threatened"))  # statuses of what has the term of its ultimatum


def shared(reading: Reading, heads: Sequence[int], claims: Sequence[r.EventClaim], found: Sequence[r.When | None]) -> list[r.When | None]:
    """The terms, with those of the other claims of the same ultimatum where that has one. Without one the rest is due on the day for which an act is threatened
    "unless".
    """
    out = list(found)
    for members in _ultimatums(reading, heads, claims):
        terms = {due.end: due for n in members if (due := found[n])}
        if len(terms) == 1:
            for n in members:
                out[n] = out[n] or next(iter(terms.values()))
        elif not terms and (days := [w for n in members if (w := _until_then(claims[n]))]):
            for n in members:
                out[n] = None if claims[n].when else days[0]
    return out


def _until_then(claim: r.EventClaim) -> r.When | None:
    """The day ahead for which an act is threatened if a demand is not met."""
    asks = claim.status == "threatened" and claim.condition and UNMET.search(claim.condition.text)
    return claim.when if asks and claim.when and claim.when.direction == "future" and claim.when.end else None


def _ultimatums(reading: Reading, heads: Sequence[int], claims: Sequence[r.EventClaim]) -> Iterator[list[int]]:
    """The claims that belong to one ultimatum each, of one sentence."""
    sentences: dict[int, list[int]] = {}
    for n, claim in enumerate(claims):
        if claim.event in SETTING or claim.status in SHARING:
            sentences.setdefault(reading.sentence_of[heads[n]], []).append(n)
    for members in sentences.values():
        groups = [{n} for n in members]
        for a, b in combinations(members, 2):
            if _of_one(reading, heads, claims, a, b, members):
                one, two = (next(g for g in groups if n in g) for n in (a, b))
                if one is not two:
                    one |= two
                    groups.remove(two)
        yield from (sorted(g) for g in groups)


def _of_one(reading: Reading, heads: Sequence[int], claims: Sequence[r.EventClaim], a: int, b: int, members: Sequence[int]) -> bool:
    """Are two claims of one ultimatum: threats and demands of the same side, what is demanded with the demand above it and with what else follows?"""
    demanded = [n for n in (a, b) if claims[n].status == "demanded" and claims[n].event not in SETTING]
    setting = [n for n in members if claims[n].event in SETTING]
    if not demanded:
        one, two = claims[a].actor, claims[b].actor
        return not one or not two or not set(one).isdisjoint(two)
    others = [n for n in (a, b) if n not in demanded]
    if not setting:
        return True
    above = [_setting_above(reading, heads, setting, n) for n in demanded]
    if not others:
        return above[0] == above[1]
    return above[0] in (None, others[0]) if claims[others[0]].event in SETTING else len(setting) == 1


def _setting_above(reading: Reading, heads: Sequence[int], setting: Sequence[int], n: int) -> int | None:
    """The demand or threat nearest above what is demanded."""
    word, at = heads[n], {heads[s]: s for s in setting}
    while reading.heads[word] != word:
        word = reading.heads[word]
        if word in at:
            return at[word]
    return None


__all__ = ["SETTING", "shared"]
