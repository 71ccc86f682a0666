"""Relation anchors -> relation claims: how two actors stand to each other, and whether it gets better or worse."""

from __future__ import annotations

from backchannel import records as r
from backchannel.coder.actors import Cast
from backchannel.coder.anchors import Anchor
from backchannel.coder.roles import Links
from backchannel.coder.spans import sentence_span, span_of, span_over
from backchannel.coder.status import certainty, pick
from backchannel.reader import Reading
from backchannel.reader.labels import QUALITIES, TRENDS

FIRST, SECOND = 0.3, 0.12  # link probabilities of the likelier and the other party; a relation needs two
CAUSES = frozenset(("due", "because", "following", "after", "over", "amid"))


def relation_claim(reading: Reading, cast: Cast, anchor: Anchor) -> r.RelationClaim | None:
    """The claim of a relation anchor; None when two parties cannot be told."""
    links = Links(reading, anchor)
    rated = sorted(links.party_scores(cast, "between").items(), key=lambda x: (-x[1], x[0]))[:2]
    if len(rated) < 2 or rated[0][1] < FIRST or rated[1][1] < SECOND:
        return None
    span = span_of(reading, anchor.first, anchor.last)
    quality, trend = pick(reading, anchor, "quality", QUALITIES), pick(reading, anchor, "trend", TRENDS)
    return r.RelationClaim(
        key="",
        id="",
        anchor=span,
        evidence=(sentence_span(reading, anchor.first),),
        certainty=certainty(reading, anchor),
        confidence=round(anchor.score * rated[1][1] ** 0.5, 3),
        why=(f"'{span.text}' names a relation {anchor.score:.2f}", *(f"between {cast.get(k).name} {s:.2f}" for k, s in rated)),
        between=tuple(k for k, _ in rated),
        quality=quality,  # type: ignore[arg-type]
        trend=trend,  # type: ignore[arg-type]
        because=_because(reading, anchor),
    )


def _because(reading: Reading, anchor: Anchor) -> tuple[r.Span, ...]:
    """The phrase that gives the cause: "due to ...", "following ...", "over ..." below the anchor or the verb above it."""
    head = reading.head_of(anchor.first, anchor.last)
    found = []
    for above in dict.fromkeys((head, reading.heads[head])):
        for child in reading.children[above]:
            if child == head:  # "amid strained relations": the anchor is not its own cause
                continue
            marks = [i for i in reading.children[child] if reading.rels[i] in ("case", "mark")]
            if reading.rels[child].split(":")[0] in ("obl", "advcl", "nmod") and any(reading.words[i].lower() in CAUSES for i in marks):
                words = [i for i in reading.subtree(child) if i not in marks and not any(reading.heads[i] == m for m in marks)]
                if words:
                    found.append(span_over(reading, words))
    return tuple(found[:2])
