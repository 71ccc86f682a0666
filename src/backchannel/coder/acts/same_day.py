"""An act without a time that is done by saying it -> the day on which its words were said; told by the report itself -> the day of the report, when the last
dated act before it is of that day and of the same actor: "The minister met the envoys on Monday. ... He praised the truce." Who spoke today goes on speaking.

Of 80 such acts in the annotated articles 44 have that day, nine another, 27 none; of all that is done, not said, or told in the perfect, fewer than half.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace as change

from backchannel import records as r
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.acts.speaking import SAID
from backchannel.coder.acts.when import Times
from backchannel.coder.times.resolving import is_day_of
from backchannel.reader import Reading

LOOKING_BACK = frozenset("after since before until because".split())


def with_days_of_saying(times: Times, acts: Iterable[Anchor], claims: Iterable[r.EventClaim]) -> Iterator[r.EventClaim]:
    """The claims of acts, both in order of text, those done by saying words whose day is told with it; once it is known who acts."""
    for anchor, claim in zip(acts, claims, strict=True):
        said_on = times.of_saying(anchor, claim.event, claim.status, claim.actor) if claim.when is None else None
        yield change(claim, when=said_on, why=(*claim.why, f"done by saying it {said_on.text}")) if said_on else claim


def with_days_of_speech(reading: Reading, times: Times, acts: Iterable[Anchor], claims: Iterable[r.EventClaim]) -> Iterator[r.EventClaim]:
    """The claims of acts, both in order of text, those with their day that go on with what was done that day."""
    last: r.EventClaim | None = None
    for anchor, claim in zip(acts, claims, strict=True):
        if claim.when and (claim.when.start or claim.when.end):
            last = claim
        elif last and is_day_of(last.when, times.published) and _goes_on(claim, last) and _is_simple(reading, anchor) and times.is_own(anchor):
            yield change(claim, when=last.when, why=(*claim.why, f"goes on with “{last.anchor.text}” of that day"))
            continue
        yield claim


def _goes_on(claim: r.EventClaim, last: r.EventClaim) -> bool:
    """Is it done by saying it, by whoever did what is told before it?"""
    done = claim.status == last.status == "happened" and claim.polarity == "+"
    return done and claim.event in SAID and not {*claim.actor}.isdisjoint(last.actor)


def _is_simple(reading: Reading, anchor: Anchor) -> bool:
    """Is it told neither in the perfect, which looks back, nor in a clause of time or cause?"""
    head = reading.head_of(anchor.first, anchor.last)
    perfect = any(reading.lemmas[c].lower() == "have" and reading.rels[c] == "aux" for c in reading.children[head])
    return not perfect and not any(reading.rels[c] == "mark" and reading.words[c].lower() in LOOKING_BACK for c in reading.children[head])
