"""Whose offer it is that somebody accepts, rejects or welcomes ("accepted *his* offer to mediate", "turned down a proposal by *Kenya*")."""

from __future__ import annotations

from backchannel.coder.syntax.dependents import behind
from backchannel.reader import Reading

OFFERS = frozenset("offer proposal invitation overture readiness willingness".split())
REFUSING = frozenset("reject decline refuse spurn rebuff dismiss".split())
ANSWERING = REFUSING | {"accept", "welcome", "turn"}  # nobody does so to an offer of his own
IGNORING = frozenset("ignore receive get heed snub".split())
ASKING = frozenset("invitation request appeal plea call summons".split())
OWNING = frozenset(("nmod:poss", "amod", "compound"))  # relations of whose it is: "his", "Kenya's", "Swiss", "African Union"


def is_answered(reading: Reading, noun: int) -> bool:
    """Is it an offer that somebody accepts or rejects?"""
    told = reading.rels[noun] in ("obj", "nsubj:pass") and reading.lemmas[reading.heads[noun]].lower() in ANSWERING
    return told and reading.lemmas[noun].lower() in OFFERS


def invited(reading: Reading, noun: int) -> int | None:
    """Who accepts, declines or ignores an invitation or request, by the words: he is asked, and asks nobody."""
    verb = reading.heads[noun]
    told = reading.rels[noun] == "obj" and reading.lemmas[verb].lower() in ANSWERING | IGNORING and reading.lemmas[noun].lower() in ASKING
    return next((c for c in reading.children[verb] if reading.rels[c] == "nsubj"), None) if told else None


def answered(reading: Reading, verb: int) -> int | None:
    """The offer that a verb accepts or rejects."""
    return next((c for c in reading.children[verb] if is_answered(reading, c)), None)


def owners(reading: Reading, offer: int) -> list[int]:
    """The words for whoever makes an offer, which may hang from what is offered ("an offer to mediate from Uganda")."""
    below = [c for c in reading.children[offer] if reading.rels[c] in OWNING]
    words = (offer, *(c for c in reading.children[offer] if reading.rels[c] in ("acl", "nmod")))
    return below + [c for w in words for c in behind(reading, w, "by", "from") if c > offer]
