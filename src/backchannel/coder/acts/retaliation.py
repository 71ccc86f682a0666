"""Acts of a report -> those that only say that somebody answers an attack ("and Thai troops *responded*"), as attacks.

In the annotated articles all acts so told beside or "to" an attack are attacks (5 of 5). Forces that "respond" to anything else are mostly police called to a
scene, which is why the event head takes them for a movement of troops.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace as change

from backchannel import records as r
from backchannel.coder.acts.anchors import Anchor
from backchannel.reader import Reading

ANSWERING = frozenset("respond retaliate react".split())


def with_retaliation(reading: Reading, claims: Sequence[r.EventClaim], acts: Sequence[Anchor]) -> list[r.EventClaim]:
    """The claims of acts, those of forces that move in answer to an attack as attacks by no told means."""
    heads = [reading.head_of(act.first, act.last) for act in acts]
    attacks = {head for head, claim in zip(heads, claims, strict=True) if claim.event == "ASSAULT"}

    def is_answer(head: int, claim: r.EventClaim) -> bool:
        moved = claim.event == "MOBILIZE" and reading.lemmas[head].lower() in ANSWERING
        return moved and not attacks.isdisjoint(_answered(reading, head))

    why = "it answers an attack"
    told = zip(heads, claims, strict=True)
    return [change(c, event="ASSAULT", mode=None, why=(*c.why, why)) if is_answer(head, c) else c for head, c in told]


def _answered(reading: Reading, verb: int) -> set[int]:
    """What a verb of answering is joined to, and what it is "to"."""
    return {c for c in reading.children[verb] if reading.case_of(c) == "to"} | ({reading.heads[verb]} if reading.rels[verb] == "conj" else set())
