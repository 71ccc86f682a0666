"""Anchors -> event claims: type, mode, parties, roles, status, time, who says so.

PLOVER 2: the act is coded, its status apart; the strict root is derived (``backchannel.plover.root``). A claim inside the content of a statement is said by
that statement; several claims may hang on one anchor when several sources each vouch for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from backchannel import records as r
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.acts.arguments import put_right
from backchannel.coder.acts.causes import by_tree, implied, is_of_saying
from backchannel.coder.acts.conditions import condition_of
from backchannel.coder.acts.deadlines import with_deadlines
from backchannel.coder.acts.easing import with_relieved
from backchannel.coder.acts.modes import mode_of, of_contact
from backchannel.coder.acts.mutual import mutual
from backchannel.coder.acts.roles import Links, links_of, text_roles
from backchannel.coder.acts.sides import Rating, Sides
from backchannel.coder.acts.status import certainty, status
from backchannel.coder.acts.topics import topic
from backchannel.coder.acts.when import Times
from backchannel.coder.acts.where import where
from backchannel.coder.confidence import of_act
from backchannel.coder.contacts.channel import channel
from backchannel.coder.contacts.disclosure import disclosure
from backchannel.coder.contacts.letters import Letter, letter, with_letter
from backchannel.coder.contacts.mediation import mediation
from backchannel.coder.contacts.thirds import doing, with_joined, without_owners
from backchannel.coder.contacts.visits import of_visit
from backchannel.coder.parties.cast import Cast
from backchannel.coder.syntax.dependents import with_whom
from backchannel.coder.syntax.spans import sentence_span, span_of
from backchannel.reader import Reading
from backchannel.reader.labels import CONTEXTS
from backchannel.reader.reading import mean

CONTEXT = 0.38  # probability from which a context is given: held-out articles, 0.72 of those given right, 0.32 found (python -m training.evaluate)


def event_claims(reading: Reading, cast: Cast, anchors: Sequence[Anchor], times: Times) -> list[r.EventClaim]:
    """The claim of each anchor, not yet numbered and not yet said by anyone."""
    linked = links_of(reading, anchors)
    sides = Sides(reading, cast).all(linked, [times.speaker(anchor) for anchor in anchors])
    claims = [_event_claim(reading, cast, *own, times) for own in zip(linked, sides, _told(reading, cast, linked, times), strict=True)]
    return with_deadlines(times, linked, with_relieved(linked, sides, claims))


class Told(NamedTuple):
    """What is told of an act besides its parties."""

    status: r.Status
    polarity: str
    why: str
    place: r.Span | None
    condition: r.Span | None
    when: r.When | None


def _told(reading: Reading, cast: Cast, linked: Sequence[Links], times: Times) -> list[Told]:
    """What is told of each act; of all at once, since the networks of place and time take as long for one."""
    states = [status(reading, links.anchor, times.statement(links.anchor)) for links in linked]
    labels = [label for label, *_ in states]
    conditions = [condition_of(reading, links.anchor, links, label) for links, label in zip(linked, labels, strict=True)]
    rest = zip(where(linked, cast, labels, times.dated), conditions, times.of(linked, labels, conditions), strict=True)
    return [Told(*state, *own) for state, own in zip(states, rest, strict=True)]


def _event_claim(reading: Reading, cast: Cast, links: Links, rating: Rating, told: Told, times: Times) -> r.EventClaim:
    anchor = links.anchor
    kind: r.EventType = anchor.type  # type: ignore[assignment]
    mode = mode_of(reading, anchor, cast.at)
    state, place, condition, when = told.status, told.place, told.condition, told.when
    consult = kind == "CONSULT"
    how = channel(reading, cast, anchor, mode, place) if consult else "unknown"
    if mode == "visit" and how in ("phone", "video"):  # nobody visits by telephone
        mode = None
    actors, recipients = mutual(reading, cast, links, *put_right(reading, cast, links, rating))
    sent = letter(links, cast) if consult else Letter()
    if mode == "visit":
        actors, recipients = of_visit(links, cast, actors, recipients, place)
    elif sent.writers or sent.readers:
        actors, recipients = with_letter(sent, actors, recipients)
    spans = text_roles(links)
    spans = {role: (span,) for role, span in by_tree(reading, anchor, times.dated).items()} | spans  # what is linked wins
    if "trigger" in spans and is_of_saying(reading, links.head, spans["trigger"][0]):
        del spans["trigger"]
    about, stated = topic(links, cast, times.dated, place)
    if about:
        spans["topic"] = (about,)
    if condition and (kind == "THREATEN" or state == "threatened"):  # the tree is surer here than what is linked
        asked = implied(reading, condition, times.due_in(condition))
        spans |= {"demand": (asked,)} if asked else {}
    named = [k for k, _ in (*actors, *recipients)]
    between = mediation(reading, cast, anchor, () if mode == "visit" else named)
    linked = sorted(links.party_scores(cast, "mediator").items(), key=lambda x: -x[1]) if consult else []  # only talks have a mediator (PLOVER)
    mediators = (
        between[0] if between else without_owners(reading, cast, anchor, with_joined(reading, cast, anchor, tuple(k for k, s in linked if s >= 0.5)[:2]))
    )
    if mode == "third-party" and between is None and not mediators and (doer := doing(reading, cast, anchor, named)):
        between, mediators = (doer, ()), doer
    if between:
        actors = [(k, 1.0) for k in between[1]] or [(k, s) for k, s in (*actors, *(recipients if consult else ())) if k not in mediators]
        recipients = [] if consult or between[1] else [(k, s) for k, s in recipients if k not in mediators]
        if consult and len(actors) == 1 and cast.get(actors[0][0]).country in {cast.get(k).country for k in mediators} - {None}:
            actors = []  # nobody mediates between his own country and one that is not told: 4 of 531 annotated mediations
    elif consult and about:
        talked_of = _only_in(reading, cast, anchor, about).difference(with_whom(reading, cast, links.head))
        actors, recipients = ([(k, p) for k, p in side if k not in talked_of] for side in (actors, recipients))
    if consult:
        mode = of_contact(mode, cast, [k for k, _ in (*actors, *recipients) if k not in mediators], mediators, how=how)
    taken = {k for k, _ in actors} | {k for k, _ in recipients}
    linked = sorted(links.party_scores(cast, "third_party").items(), key=lambda x: -x[1])
    third = tuple(k for k in dict.fromkeys((*sent.carriers, *(k for k, s in linked if s >= 0.5))) if k not in taken and k not in mediators)
    span = span_of(reading, anchor.first, anchor.last)
    return r.EventClaim(
        key="",
        id="",
        anchor=span,
        evidence=(sentence_span(reading, anchor.first),),
        event=kind,
        mode=mode,
        contexts=contexts(reading, anchor.first, anchor.last),
        actor=tuple(k for k, _ in actors if k not in mediators),
        recipient=tuple(k for k, _ in recipients),
        roles=msgspec.structs.replace(r.Roles(mediator=mediators, third_party=third[:2]), **spans),
        when=when,
        where=place,
        status=state,
        polarity=told.polarity,  # type: ignore[arg-type]
        certainty=certainty(reading, anchor, state),
        channel=how,
        disclosure=disclosure(reading, anchor) if consult else "unknown",
        condition=condition,
        confidence=of_act(reading, anchor),
        why=(
            f"'{span.text}' names {kind} {anchor.score:.2f}",
            *(f"actor {cast.get(k).name} {s:.2f}" for k, s in actors),
            *(f"recipient {cast.get(k).name} {s:.2f}" for k, s in recipients),
            *(f"mediator {cast.get(k).name} by the tree" for k in (between[0] if between else ())),
            told.why,
            *((f"about '{stated.text}' by the tree",) if stated else ()),
        ),
    )


def _only_in(reading: Reading, cast: Cast, anchor: Anchor, about: r.Span) -> set[str]:
    """The parties that the act's sentence names in what the talks are about and nowhere else: they are spoken of, not to."""
    inside, outside = set[str](), set[str]()
    for a, b, keys in cast.beside(reading, anchor.first):
        start, end = reading.chars(a, b)
        (inside if about.start <= start and end <= about.end else outside).update(keys)
    return inside - outside


def contexts(reading: Reading, first: int, last: int) -> tuple[str, ...]:
    """The likely PLOVER contexts of the act that the words name."""
    x = mean(reading.logits("contexts")[first:last])
    return tuple(CONTEXTS[i] for i in np.flatnonzero(1.0 / (1.0 + np.exp(-x)) >= CONTEXT).tolist())
