"""Which time expression is an event's: its own words first, then what stands nearest in the tree; deadlines apart.

An expression belongs to the anchor that its words are linked to, else to the nearest anchor it hangs below. What tells when something was said is not the
time of the acts it speaks of ("said on Monday that troops will leave"), but of those done by saying it. The report's date is never put in its place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import msgspec

from backchannel import records as r
from backchannel.coder import times as timex
from backchannel.coder.anchors import Anchor
from backchannel.coder.roles import Links
from backchannel.reader import Reading

LINKED = 0.35  # link probability from which an expression is the event's
DEADLINE_BOUNDS = frozenset(("before", "by", "until", "within", "before_or_on"))
FORWARD = frozenset("planned expected threatened offered demanded proposed possible hypothetical".split())
PAST = frozenset(("happened", "ended"))  # no act of these statuses lies ahead
STEPS = 6  # arcs between an expression and its event at most
SPOKEN = frozenset(("ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN", "CONCEDE"))  # acts that a statement's own words can do
CONTINUED = 800  # characters within which a speaker goes on: what he added was said when the rest was


class Times:
    """The time expressions of a report and where they stand among its words."""

    def __init__(
        self, reading: Reading, expressions: tuple[r.TimeExpression, ...], anchors: list[Anchor], said: tuple[r.Statement, ...], published: r.When | None
    ) -> None:
        self.reading, self.anchors, self.said, self.published = reading, anchors, said, published
        self.owner = {i: n for n, a in enumerate(anchors) for i in a.words}
        self.expressions = sorted(expressions, key=lambda e: e.start)
        self.words = [_words_of(reading, e) for e in self.expressions]
        self.dated = {i for words in self.words for i in words}
        self.cues: dict[int, list[r.Statement]] = defaultdict(list)  # word of a cue -> what it says
        for statement in said:
            for i in _words_of(reading, statement.cue) if statement.cue else ():
                self.cues[i].append(statement)

    def of(self, anchor: Anchor, links: Links, status: str, event: str, condition: r.Span | None) -> tuple[r.When | None, r.When | None]:
        """(when, deadline) of an anchor."""
        rated: list[tuple[float, int, r.When]] = []
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
            if score < LINKED or _holds(condition, e) or self._tells_saying(anchor, inside):
                continue
            if when := self._read(e, anchor, status):
                rated.append((score, -e.start, when))
        best = max(rated, key=lambda x: (x[0], x[2].start is not None, x[1]), default=None)
        return (best[2] if best else None), deadline

    def of_saying(self, anchor: Anchor, event: str, status: str, actors: list[str]) -> r.When | None:
        """When the words were said by which an act is done: of an accusation, a threat ... quoted from whoever makes it."""
        if event not in SPOKEN or status != "happened":
            return None
        around = [s for s in self._around(anchor) if s.source and s.source.actor in actors]
        inner = min(around, key=lambda s: s.content.end - s.content.start, default=None)
        if inner is None or inner.source is None:
            return None
        actor, at = inner.source.actor, inner.content.start
        earlier = (s for s in self.said if s.source and s.source.actor == actor and 0 < at - s.content.start <= CONTINUED)
        told = (self._said_on(s) for s in [inner, *sorted(earlier, key=lambda s: -s.content.start)])
        return next(filter(None, told), None)

    def _said_on(self, statement: r.Statement) -> r.When | None:
        """The time that hangs on a statement's cue."""
        found = (e.when for e, words in zip(self.expressions, self.words, strict=True) if words and statement in self._told_by(words, statement.content))
        return next((w for w in found if w.start and w.bound not in DEADLINE_BOUNDS and w.direction != "future"), None)

    def _around(self, anchor: Anchor) -> Iterator[r.Statement]:
        """The statements in whose content an anchor stands."""
        at = self.reading.tokens[anchor.first].start
        return (s for s in self.said if s.content.start <= at < s.content.end)

    def _told_by(self, words: list[int], content: r.Span) -> list[r.Statement]:
        """The statements whose cue an expression hangs below first, none when it stands inside what is said."""
        i = self.reading.head_of(words[0], words[-1] + 1)
        for _ in range(STEPS):
            if content.start <= self.reading.tokens[i].start < content.end:
                return []
            if i in self.cues:
                return self.cues[i]
            if self.reading.heads[i] == i:
                break
            i = self.reading.heads[i]
        return []

    def _tells_saying(self, anchor: Anchor, words: list[int]) -> bool:
        """Does the expression tell when the words were said that hold the anchor? Not when the saying is the act itself."""
        return any(s in self._told_by(words, s.content) and not any(s in self.cues.get(i, ()) for i in anchor.words) for s in self._around(anchor))

    def _read(self, e: r.TimeExpression, anchor: Anchor, status: str) -> r.When | None:
        """The expression as the time of this act; null when what has happened or goes on would lie ahead."""
        if e.when.direction == "future" and status in PAST:
            again = timex.find(self.reading.text, published=self.published, start=e.start, end=e.end, tense=lambda _: "past")
            return again[0].when if len(again) == 1 and again[0].when.direction != "future" else None
        if e.when.direction == "future" and status == "ongoing":
            return None
        return _closed(e) if e.when.bound == "since" and self._begins(anchor, e) else e.when

    def _begins(self, anchor: Anchor, e: r.TimeExpression) -> bool:
        """Is the act what a "since" counts from ("since the coup in 2014", "since last year, when it left the deal")?"""
        words, reading = _words_of(self.reading, e), self.reading
        after = next((i for i in range(words[-1] + 1, len(reading.words)) if reading.upos[i] != "PUNCT"), -1)
        i = reading.head_of(anchor.first, anchor.last)
        for _ in range(STEPS):
            below = reading.children[i]
            if i in words or (after in below and reading.words[after].lower() == "when") or any(reading.words[c].lower() == "since" for c in below):
                return True
            if reading.heads[i] == i:
                break
            i = reading.heads[i]
        return False

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


def _words_of(reading: Reading, e: r.TimeExpression | r.Span) -> list[int]:
    first = bisect_right(reading.starts, e.start) - 1
    return [i for i in range(max(0, first), bisect_left(reading.starts, e.end)) if reading.tokens[i].end > e.start]


def _closed(e: r.TimeExpression) -> r.When:
    """A "since" date as the date alone: the day, month or year of its TIMEX3 value; open as it was when the value is another."""
    value = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", e.timex.value)
    if not value or not e.when.start:
        return e.when
    year, month, day = value.groups()
    end = date(int(year), int(month or 12), int(day) if day else monthrange(int(year), int(month or 12))[1])
    precision: r.Precision = "day" if day else "month" if month else "year"
    return msgspec.structs.replace(e.when, end=end.isoformat(), precision=precision, bound=None)


def _holds(span: r.Span | None, e: r.TimeExpression) -> bool:
    return span is not None and span.start <= e.start < span.end
