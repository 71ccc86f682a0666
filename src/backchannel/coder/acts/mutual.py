"""Accusations and threats that two sides make against each other ("each side accused the other", "the two countries traded blame") -> both sides as actors,
and, where the verb's own object says so, as recipients.

Who the two are is told by the subject, else by the two of one kind whom the nearest sentence before names. Of annotated acts with "each other" as object and
a known pair four of six have both in either role, of those with a preposition ("yelled at") or a trading verb one of eight.
"""

from __future__ import annotations

from backchannel.coder.acts.arguments import TRADING
from backchannel.coder.acts.roles import Links
from backchannel.coder.acts.sides import Rated
from backchannel.coder.parties.cast import Cast
from backchannel.coder.parties.twos import REACH, two_alike
from backchannel.coder.syntax.dependents import joined_parties
from backchannel.reader import Reading

TYPES = frozenset(("ACCUSE", "THREATEN"))
EACH, OTHER = frozenset(("each", "one")), frozenset(("other", "another"))
PLACED = frozenset(("at", "from", "in", "near"))  # before where something was done, not by whom


def mutual(reading: Reading, cast: Cast, links: Links, actors: Rated, recipients: Rated) -> tuple[Rated, Rated]:
    """Actors and recipients of an act, of a mutual one both sides where they are known."""
    act = links.head
    if links.anchor.type not in TYPES:
        return actors, recipients
    other = next((c for c in reading.children[act] if c > act and _is_other(reading, act, c)), None)
    verb = act if other is not None else _trading(reading, act)
    if verb is None:
        return actors, recipients
    subjects = [c for c in reading.children[verb] if reading.rels[c].startswith("nsubj")]
    told = tuple(dict.fromkeys(k for c in subjects for k in joined_parties(reading, cast, c)))
    unnamed = any(reading.upos[c] in ("PRON", "DET") for c in subjects)  # "they", "each"
    both = told if len(told) > 1 else tuple(k for k, _ in actors) if len(actors) > 1 else _pair(reading, cast, act) if unnamed else ()
    scores = dict(actors) | dict(recipients)
    sides = [(k, scores.get(k, 1.0)) for k in both]
    if not sides:
        return actors, recipients
    return sides, list(sides) if other is not None and reading.rels[other].startswith("obj") else []


def _trading(reading: Reading, act: int) -> int | None:
    """The verb of "they traded accusations", but not with somebody else."""
    verb = reading.heads[act] if reading.rels[act].startswith("obj") else act
    bare = verb == act and not any(reading.rels[c].startswith("obj") for c in reading.children[act])
    elsewhere = any(reading.case_of(c) == "with" for w in (act, verb) for c in reading.children[w])
    return verb if reading.lemmas[verb].lower() in TRADING and not bare and not elsewhere else None


def _is_other(reading: Reading, verb: int, i: int) -> bool:
    """Is it "each other", "one another", or "the other" of "each side"?"""
    words, low = reading.words, reading.words[i].lower()
    if {low, words[i - 1].lower()} & EACH and {low, *(w.lower() for w in words[i + 1 : i + 2])} & OTHER:
        return True
    first = reading.bounds[reading.sentence_of[verb]][0]
    return low == "other" and words[i - 1].lower() == "the" and reading.rels[i].startswith("obj") and "each" in (w.lower() for w in words[first:verb])


def _pair(reading: Reading, cast: Cast, act: int) -> tuple[str, ...]:
    """The only two parties of one kind whom the nearest sentence before names."""
    here = reading.sentence_of[act]
    before = (cast.within(*bounds) for bounds in reversed(reading.bounds[max(0, here - REACH) : here]))
    acting = ([keys for lo, hi, keys in inside if reading.case_of(reading.head_of(lo, hi)) not in PLACED] for inside in before)
    return two_alike(acting, lambda key: cast.get(key).kind)
