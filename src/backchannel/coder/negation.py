"""Words that negate, and whether what a verb tells is said not to be done."""

from __future__ import annotations

from backchannel.reader import Reading

NOT = frozenset(("not", "n't", "n’t", "never", "neither", "nor", "no", "nobody", "none"))


def is_negated(reading: Reading, verb: int) -> bool:
    """Is it said not to be done, or to be done by none?"""
    subjects = (d for c in reading.children[verb] if reading.rels[c].startswith("nsubj") for d in (c, *reading.children[c]))
    return any(reading.words[c].lower() in NOT for c in (*reading.children[verb], *subjects))
