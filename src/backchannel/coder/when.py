"""Which time expression is an event's: its own words first, then what stands nearest in the tree; deadlines apart.

An expression belongs to the anchor that its words are linked to, else to the nearest anchor it hangs below. The report's date is never put in its place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from backchannel import records as r
from backchannel.coder.anchors import Anchor
from backchannel.coder.roles import Links
from backchannel.reader import Reading

LINKED = 0.35  # link probability from which an expression is the event's
DEADLINE_BOUNDS = frozenset(("before", "by", "until", "within", "before_or_on"))
FORWARD = frozenset("planned expected threatened offered demanded proposed possible hypothetical".split())
STEPS = 6  # arcs between an expression and its event at most


class Times:
    """The time expressions of a report and where they stand among its words."""

    def __init__(self, reading: Reading, expressions: tuple[r.TimeExpression, ...], anchors: list[Anchor]) -> None:
        self.reading, self.anchors = reading, anchors
        self.owner = {i: n for n, a in enumerate(anchors) for i in a.words}
        self.expressions = sorted(expressions, key=lambda e: e.start)
        self.words = [_words_of(reading, e) for e in self.expressions]
        self.dated = {i for words in self.words for i in words}

    def of(self, anchor: Anchor, links: Links, status: str, event: str, condition: r.Span | None) -> tuple[r.When | None, r.When | None]:
        """(when, deadline) of an anchor."""
        rated: list[tuple[float, r.TimeExpression]] = []
        deadline: r.When | None = None
        for e, words in zip(self.expressions, self.words, strict=True):
            inside = [w for w in words if links.base <= w < links.end]
            if not inside:
                continue
            same = self.reading.sentence_of[inside[0]] == self.reading.sentence_of[anchor.first]
            if e.when.bound in DEADLINE_BOUNDS:
                due = max(float(links.scores["deadline"][w - links.base]) for w in inside)
                if same and (due >= 0.3 or ((status in FORWARD or event in ("THREATEN", "REQUEST")) and (self._near(anchor, inside) or _holds(condition, e)))):
                    deadline = deadline or e.when
                continue
            score = max(float(links.scores["when"][w - links.base]) for w in inside)
            if same and self._near(anchor, inside):
                score = max(score, 0.4 + 0.1 * score)
            if score >= LINKED and not _holds(condition, e):
                rated.append((score, e))
        best = max(rated, key=lambda x: (x[0], x[1].when.start is not None, -abs(x[1].start)), default=None)
        return (best[1].when if best else None), deadline

    def _near(self, anchor: Anchor, words: list[int]) -> bool:
        """Does the expression hang below this anchor, no other anchor being nearer?"""
        i = self.reading.head_of(words[0], words[-1] + 1)
        for _ in range(STEPS):
            if i in self.owner:
                return self.anchors[self.owner[i]] is anchor
            below = [c for c in self.reading.children[i] if c in self.owner and self.reading.rels[c].split(":")[0] in ("xcomp", "obj", "ccomp", "nsubj")]
            up = self.reading.heads[i]
            if up == i:
                return any(self.anchors[self.owner[c]] is anchor for c in below)
            i = up
        return False


def _words_of(reading: Reading, e: r.TimeExpression) -> list[int]:
    first = bisect_right(reading.starts, e.start) - 1
    return [i for i in range(max(0, first), bisect_left(reading.starts, e.end)) if reading.tokens[i].end > e.start]


def _holds(span: r.Span | None, e: r.TimeExpression) -> bool:
    return span is not None and span.start <= e.start < span.end
