"""Act -> where it was: every noun of the act's sentence is a candidate, rated by the links, the tree and what it is (``choosing.py``)."""

from __future__ import annotations

from collections.abc import Container, Sequence
from math import log1p

import numpy as np

from backchannel import records as r
from backchannel.coder.acts.roles import Links
from backchannel.coder.choosing import network
from backchannel.coder.parties.cast import Cast
from backchannel.coder.syntax import ways
from backchannel.coder.syntax.spans import span_over
from backchannel.intake.datelines import dateline
from backchannel.reader import Reading
from backchannel.reader.encoder import Floats
from backchannel.reader.labels import ROLES

LIKELY = 0.25  # a place from here on: held-out articles, 0.73 of the annotated found and 0.80 of the given right; F1 is flat from 0.2 to 0.3
PLACES = frozenset(("NOUN", "PROPN", "ADV"))
OWN = "actor recipient topic demand trigger condition purpose quantity instrument where when deadline ARG0 ARG1 ARG2 ARGM-TMP ARGM-LOC".split()
OWN_AT = [ROLES.index(role) for role in OWN]
FIRST_BELOW, LAST_BELOW = OWN.index("topic"), OWN.index("deadline")  # links of which the best in the whole phrase counts too
ASIDE = frozenset(("acl:relcl", "advcl", "parataxis", "punct"))  # what hangs from a place and says more of it
LEADING = frozenset(("case", "mark", "cc"))


def where(acts: Sequence[Links], cast: Cast, statuses: Sequence[str], times: Container[int]) -> list[r.Span | None]:
    """The places of acts, None where no word of the sentence is likely to name it. ``times``: words of time expressions."""
    words = [candidates(links) for links in acts]
    told = [described(links, own, cast, status, times) for links, own, status in zip(acts, words, statuses, strict=True)]
    rated = network("acts/where.npz").each([(*own, links.reading.act_vector(links.head)) for links, own in zip(acts, told, strict=True)])
    return [_no_dateline(links.reading, likeliest(links.reading, own, p)) for links, own, p in zip(acts, words, rated, strict=True)]


def candidates(links: Links) -> list[int]:
    """The words that may name an act's place: those of its sentence, but what it hangs from."""
    reading = links.reading
    lo, hi = reading.bounds[reading.sentence_of[links.head]]
    inside = (i for i in range(max(lo, links.base), min(hi, links.end)) if reading.upos[i] in PLACES)
    return [i for i in inside if i not in links.heights and i not in links.anchor.words and not any(reading.rels[c] == "nsubj" for c in reading.children[i])]


def described(links: Links, candidates: list[int], cast: Cast, status: str, times: Container[int]) -> tuple[Floats, list[tuple[str, ...]]]:
    """Numbers (candidates, D) and words of each kind for the network."""
    if not candidates:
        return np.zeros((0, 0), np.float32), []
    reading, of_act = links.reading, (*links.words, status)
    scores = links.scores[:, OWN_AT]  # (words of the chunk, roles)
    no_act = reading.probabilities("event")[:, 0]
    phrases, numbers, words = [], [], []
    for i in candidates:
        phrase = [j - links.base for j in reading.subtree(i) if links.base <= j < links.end]
        apart = log1p(abs(i - links.anchor.first)) / 3
        phrases.append(phrase)
        numbers.append((apart if i > links.anchor.first else -apart, log1p(len(phrase)) / 3, 1.0 - no_act[i], i in times, i in cast.at))
        marked = next((reading.words[c].lower() for c in reading.children[i] if reading.rels[c] == "mark"), "")
        kind = cast.get(cast.at[i][0]).kind if i in cast.at else "none"
        about = (reading.case_of(i), marked, ways.relation(reading, i), reading.upos[i], reading.lemmas[i], reading.lemmas[reading.heads[i]], kind)
        words.append((*of_act, ways.told(ways.way(reading, links.heights, i), 0), *about))
    below = ways.best_over(scores[:, FIRST_BELOW:LAST_BELOW], phrases)
    odds = ways.log_odds(np.concatenate([scores[[i - links.base for i in candidates]], below], 1))
    return np.concatenate([odds, np.array(numbers, np.float32)], 1), words


def likeliest(reading: Reading, candidates: list[int], rated: Floats) -> r.Span | None:
    """The place by the probabilities of its candidates (candidates, 2): the phrase without the preposition before it."""
    p = rated[:, 1].tolist()
    if max(p, default=0.0) < LIKELY:
        return None
    head = candidates[p.index(max(p))]
    aside = {i for c in reading.children[head] if _says_more(reading, c) or _leads(reading, c, head) for i in reading.subtree(c)}
    return span_over(reading, [i for i in reading.subtree(head) if i not in aside])


def _no_dateline(reading: Reading, place: r.Span | None) -> r.Span | None:
    """The place; of a dateline its town, without the date and the agency ("SINGAPORE, June 12, 2018 (AFP) -")."""
    line = dateline(reading.text)
    within = place and line and line.start <= place.start < line.end
    return line.place if within and line else place


def _leads(reading: Reading, i: int, place: int) -> bool:
    """Is it a preposition before a place, or the "'s" behind it?"""
    return reading.rels[i] in LEADING and (i < place or reading.words[i].startswith(("'", "’")))


def _says_more(reading: Reading, i: int) -> bool:
    """Does it say more of a place that is named already: a clause, or what it is ("Sochi, a resort on the Black Sea", unlike "the capital, Riga")?"""
    return reading.rels[i] in ASIDE or (reading.rels[i] == "appos" and reading.upos[i] == "NOUN")
