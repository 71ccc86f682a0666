"""Verbs that say of what their object names that it was kept from happening: foiled, beaten back, put off, ruled out."""

from __future__ import annotations

from backchannel.reader import Reading

FOILING = frozenset("foil thwart avert prevent forestall repel repulse".split())  # their subject does not do what their object names
PUTTING_OFF = frozenset("postpone delay defer shelve".split())
PARTICLES = {"rule": "out", "call": "off", "put": "off", "hold": "off"}  # so do these with theirs; of 26 acts called or put off 23 did not happen


def has_particle(reading: Reading, verb: int) -> bool:
    """Is it such a verb with its particle ("called off")?"""
    particle = PARTICLES.get(reading.lemmas[verb].lower())
    return particle is not None and any(reading.words[c].lower() == particle for c in reading.children[verb])
