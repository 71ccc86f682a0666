"""Words for two parties together -> the two: of those named before, the last two that fit ("the two leaders", "both countries"), or the only two of their kind
("the two", "each side").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TypeVar

from backchannel.coder.parties.cast import Party, Stand, speaks

N = TypeVar("N", int, str)  # a party by its number, key or country
COUNTRIES = frozenset("countries nations states capitals governments powers neighbours neighbors foes".split())  # two of one country are none
PAIRS = re.compile(
    r"^(?:the|both|these|those|all)?\s*(?:two|both)?\s*(?P<what>leaders|presidents|countries|nations|sides|governments|men|parties|capitals|neighbou?rs|allies|foes|powers|states|"
    r"(?:prime|foreign|defen[cs]e) ministers|ministers|diplomats|officials)$",
    re.I,
)
DEFINITE = re.compile(r"\bboth\b|\b(?:the|these|those|all)\s+two\b|^(?:the|these|those)\s+(?:leaders|sides)$", re.I)  # "two officials" are any two
STATES = ("state", "government")  # "the two nations" are never the United Nations and a state
ALIKE = (("person",), STATES, ("armed_group", "party", "military"))  # kinds of those who face each other
PEOPLE_PAIRS = frozenset(["leaders", "presidents", "men", "ministers", "diplomats", "officials"])
OFFICES = frozenset(("presidents", "prime ministers"))  # what all who hold the office are called
REACH = 4  # sentences in which the only two of a kind are looked for


def last_two(stretches: Iterable[Iterable[Sequence[N]]], fits: Callable[[N, list[N]], bool] = lambda _, found: True, *, only: bool = False) -> tuple[N, ...]:
    """The first two that fit of the first stretch of text that names two; none, where no stretch does.

    A stretch is the parties of each of its mentions, the nearest first. ``fits``: may it be one of them, beside those of the mentions before? ``only``: a
    stretch that names more than two tells nothing.
    """
    for mentions in stretches:
        found: list[N] = []
        for named in mentions:
            found += [n for n in named if n not in found and fits(n, found)]
        if len(found) == 2 or (len(found) > 2 and not only):
            return tuple(found[:2])
    return ()


def two_alike(sentences: Iterable[Sequence[Sequence[N]]], kind_of: Callable[[N], str]) -> tuple[N, ...]:
    """The two of one kind, persons rather than states, of the first sentence that names no more of them; a sentence is the parties of each of its mentions."""
    return last_two(([[n for n in named if kind_of(n) in kinds] for named in sentence] for sentence in sentences for kinds in ALIKE), only=True)


def pair(phrase: str, at: int, parties: list[Party], stands: list[Stand], sentence_of: Sequence[int], besides: Sequence[int] = ()) -> tuple[int, ...]:
    """ "The two leaders", "both countries" at word ``at``: the numbers of the last two persons that fit and are named in one sentence, else of the last two
    that fit; none when the phrase is no such pair.

    ``besides``: words whose parties are none of them.
    """
    if (called := _called(phrase)) is None:
        return ()
    what = called.split()[-1]
    kinds: tuple[str, ...] = ("person",) if what in PEOPLE_PAIRS else STATES if what in COUNTRIES else (*STATES, "armed_group", "igo", "military", "party")
    if what == "parties" and any(parties[n].kind == "party" for s in stands if s[0] < at for n in s[2]):
        kinds = ("party",)  # where the report has political parties, they are meant
    led = what in ("leaders", "presidents", "ministers")
    apart = led or what in COUNTRIES

    def fits(n: int, found: list[int]) -> bool:
        party = parties[n]
        return party.kind in kinds and not _on_one_side(party, [parties[m] for m in found], apart) and (not led or _leads(party, called))

    before = sorted((s for s in stands if s[0] < at and not any(s[0] <= i < s[1] for i in besides)), key=lambda s: -s[0])
    sentences = [list(own) for _, own in groupby(before, key=lambda s: sentence_of[s[0]])] if what in PEOPLE_PAIRS else []
    return tuple(sorted(last_two(([ats for _, _, ats, _ in told] for told in (*sentences, before)), fits)))


def two_sides(phrase: str, at: int, parties: list[Party], stands: list[Stand], besides: Sequence[int]) -> tuple[str, ...]:
    """ "The two sides" at word ``at`` where officials speak for them: the countries of the last two, none where they are not two. ``besides``: words at which
    mentions begin that are none of them.
    """
    if _called(phrase) not in COUNTRIES | {"sides"}:
        return ()
    before = sorted((s for s in stands if s[0] < at and s[0] not in besides and len(s[2]) == 1), reverse=True)
    return last_two([[[p.country] for s in before if (p := parties[s[2][0]]).country and speaks(p)]])


def _called(phrase: str) -> str | None:
    """What a phrase calls the two ("foreign ministers"), if it means two who are known."""
    match = PAIRS.match(phrase)
    return match["what"].lower() if match and DEFINITE.search(phrase) else None


def _leads(party: Party, what: str) -> bool:
    """May it be one of the leaders spoken of? Spokespersons, envoys and ambassadors are not, nor is who was one; of presidents nor is whom the report calls
    something else.
    """
    titles = [t for _, _, t in party.titles]
    if what in OFFICES and not (any(t.office.lower().endswith(what.removesuffix("s")) for t in titles) if titles else party.entity):
        return False
    deputed = any(t.office_kind in ("spokesperson", "envoy", "ambassador") for t in titles)
    past = bool(titles) and all(t.tense == "former" for t in titles)
    return not deputed and not past


def _on_one_side(party: Party, others: list[Party], apart: bool) -> bool:
    """Is it of the country of another? Neither two leaders nor two countries (``apart``) are of one, nor are a state and its government two sides."""
    return any(party.country and party.country == other.country and (apart or {party.kind, other.kind} <= set(STATES)) for other in others)
