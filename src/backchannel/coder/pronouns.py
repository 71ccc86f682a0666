"""Pronouns and pairs: for whom "he", "they", "the two leaders" stand, at a first level (agreement, nearness, subjects first)."""

from __future__ import annotations

import re
from bisect import bisect_left, insort

from backchannel.coder.cast import Party, Stand
from backchannel.reader import Reading
from backchannel.reader.coreference import pronouns

PERSONAL, FEMALE, NEUTRAL, PLURAL = pronouns("he", "she"), pronouns("she"), pronouns("it"), pronouns("they")
SPEAKER, SIDE = pronouns("i"), pronouns("we")
PAIRS = re.compile(
    r"^(?:the|both|these|those|all)?\s*(?:two|both)?\s*(?P<what>leaders|presidents|countries|nations|sides|governments|men|parties|capitals|neighbou?rs|allies|foes|powers|states|"
    r"(?:prime|foreign|defen[cs]e) ministers|ministers|diplomats|officials)$",
    re.I,
)
PEOPLE_PAIRS = frozenset(["leaders", "presidents", "men", "ministers", "diplomats", "officials"])
REACH = 4  # sentences a pronoun looks back; beyond that the nearest candidate was wrong more often than right on gold/train
ORGANISED = ("state", "government", "igo", "armed_group", "ministry", "office", "military", "party", "media", "company", "ngo")
MANY = ("people", "armed_group", "military", "government", "igo", "state", "ministry")


def pair(phrase: str, at: int, parties: list[Party], stands: list[Stand]) -> tuple[int, ...]:
    """ "the two leaders", "both countries" at word ``at``: the last two parties that fit, none when the phrase is no such pair."""
    match = PAIRS.match(phrase)
    if not match or not re.search(r"\b(?:two|both)\b|^(?:the|these|those)\s+(?:leaders|sides)$", phrase, re.I):
        return ()
    what = match["what"].lower().split()[-1]
    kinds = ("person",) if what in PEOPLE_PAIRS else ("state", "government", "armed_group", "igo", "military", "party")
    led = what in ("leaders", "presidents", "ministers")
    found: list[int] = []
    for a, _, ats, _ in sorted(stands, key=lambda s: -s[0]):
        if a < at:
            found += [n for n in ats if n not in found and parties[n].kind in kinds and not (led and _speaks_for(parties[n]))]
        if len(found) >= 2:
            break
    return tuple(sorted(found[:2])) if len(found) >= 2 else ()


def _speaks_for(party: Party) -> bool:
    """Is it a spokesperson, envoy or ambassador? They are not of the leaders they speak of."""
    return any(t.office_kind in ("spokesperson", "envoy", "ambassador") for _, _, t in party.titles)


def resolve(reading: Reading, parties: list[Party], stands: list[Stand]) -> None:
    """Adds to ``stands`` (in text order) what the pronouns of the third person stand for; tells the parties' sex by them."""
    taken = {i for lo, hi, _, _ in stands for i in range(lo, hi)}
    for i, word in enumerate(reading.words):
        low = word.lower()
        if i in taken and low not in PERSONAL:
            continue
        if low in PERSONAL:
            at = _antecedent(reading, parties, stands, i, ("person",), low in FEMALE)
        elif low in NEUTRAL:
            at = _antecedent(reading, parties, stands, i, ORGANISED, None)
        elif low in PLURAL:
            at = _antecedent(reading, parties, stands, i, MANY, None)
        else:
            continue
        if at is not None:
            insort(stands, (i, i + 1, (at,), "pronoun"), key=lambda s: (s[0], s[1]))
            if low in PERSONAL:
                parties[at].female = low in FEMALE


def _antecedent(reading: Reading, parties: list[Party], stands: list[Stand], i: int, kinds: tuple[str, ...], female: bool | None) -> int | None:
    """The party a pronoun stands for: near, of the right kind, rather a subject, rather the one that pronouns pointed to before."""
    here, best = reading.sentence_of[i], (float("-inf"), -1)
    begin = reading.bounds[max(0, here - REACH)][0]
    for lo, hi, ats, by in stands[bisect_left(stands, begin, key=_begin) : bisect_left(stands, i, key=_begin)]:
        gap = here - reading.sentence_of[lo]
        if len(ats) != 1:
            continue
        party = parties[ats[0]]
        if party.kind not in kinds or (female is not None and party.female is not None and party.female != female):
            continue
        head = reading.head_of(lo, hi)
        if by in ("description", "metonym") and party.kind == "state":
            continue
        score = -1.0 * gap + (0.8 if reading.rels[head].startswith("nsubj") else 0.0) + 0.001 * lo / max(1, i)
        if reading.quoted[lo] and not reading.quoted[i]:
            score -= 1.0
        if by == "description":
            score -= 0.5
        if gap == 0 and reading.heads[head] == i:
            continue
        if score >= best[0]:
            best = (score, ats[0])
    return best[1] if best[1] >= 0 else None


def _begin(stand: Stand) -> int:
    return stand[0]
