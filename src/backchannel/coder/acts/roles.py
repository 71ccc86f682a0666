"""Anchor -> what takes part, by the links from its words to the other words of its chunk: mediators and third parties by actor key, everything else as spans,
the run of likely words around the likeliest one. Who acts and who is acted on is decided in ``sides.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from backchannel import records as r
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.parties.cast import Cast
from backchannel.coder.syntax import ways
from backchannel.coder.syntax.spans import span_over
from backchannel.coder.syntax.wholes import counted, thing, whole
from backchannel.reader import Reading
from backchannel.reader.encoder import Floats
from backchannel.reader.labels import ROLES

LEADING = ("CCONJ", "ADP")  # no part of what follows: "on the threat", "with missiles", "(in response) to the tests"
THINGS = frozenset(("topic", "instrument", "trigger"))
SPAN = 0.36  # a word of a text role from here on
# Roles whose likeliest word is right also when it is less likely: held-out articles, 74 of 98 annotated topics right instead of 61, 17 of 24 purposes instead
# of 15, 9 of 21 instruments instead of 3, for 8 more wrong. More are given where annotators left the role out: of the topics read, two in three fit.
TEXT_ROLES = {"demand": SPAN, "trigger": SPAN, "purpose": 0.2, "quantity": SPAN, "instrument": 0.3}
FAINT = 0.12  # of topics (topics.py), when the tree tells none either


class Links:
    """The links of one anchor: probabilities of each role for the words of its chunk, (words, ROLES)."""

    def __init__(self, reading: Reading, anchor: Anchor, base: int, scores: Floats) -> None:
        self.reading = reading
        self.base, self.scores, self.end = base, scores, base + len(scores)
        self.anchor, self.head = anchor, reading.head_of(anchor.first, anchor.last)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What the act's word is (``ways.act_words``)."""
        return ways.act_words(self.reading, self.anchor, self.head)

    @cached_property
    def heights(self) -> dict[int, int]:
        """The act's head and all above it (``ways.above``)."""
        return ways.above(self.reading, self.head)

    @cached_property
    def _most(self) -> list[float]:
        """The probability of each role at its likeliest word."""
        most: list[float] = self.scores.max(0).tolist()
        return most

    def row(self, role: str) -> list[float]:
        """The probabilities of one role."""
        found: list[float] = self.scores[:, ROLES.index(role)].tolist()
        return found

    def party_scores(self, cast: Cast, role: str) -> dict[str, float]:
        """Actor key -> best link probability over its mentions in the chunk."""
        found: dict[str, float] = {}
        row = self.row(role)
        for lo, hi, keys in cast.within(self.base, self.end):
            if hi <= self.end:
                for key in keys:
                    found[key] = max(found.get(key, 0.0), max(row[lo - self.base : hi - self.base]))
        return found

    def span(self, role: str, threshold: float = SPAN) -> r.Span | None:
        """The run of likely words around the likeliest word of a role (gaps of two words are bridged)."""
        if self._most[ROLES.index(role)] < threshold:
            return None
        row = self.row(role)
        top = row.index(max(row))
        lo, hi = self.reading.bounds[self.reading.sentence_of[self.base + top]]
        first = last = self.base + top
        while first - 1 >= lo and max(row[max(lo, first - 3) - self.base : first - self.base]) >= threshold / 2:
            first -= 1
        while last + 1 < hi and max(row[last + 1 - self.base : min(hi, last + 4) - self.base]) >= threshold / 2:
            last += 1
        words = [i for i in range(first, last + 1) if row[i - self.base] >= threshold / 2]
        if self.reading.rels[self.head].startswith("acl"):  # "X, which rejects the plan, said": nothing of the clause around it
            below = self.reading.subtree(self.head)
            words = [i for i in words if i <= below[-1]] if words[0] in below else words
        while words and self.reading.upos[words[0]] in (
            LEADING if role in THINGS else LEADING[:1]
        ):  # "Iran and the supply of equipment", the first half missed
            del words[0]
        if not words:
            return None
        return span_over(self.reading, self._phrase(role, words))

    def _phrase(self, role: str, words: list[int]) -> Sequence[int]:
        """The linked words of a role as the phrase they are part of."""
        if role == "quantity":
            return counted(self.reading, words)
        if all(i in self.anchor.words for i in words):
            return words
        if role == "demand" and len(words) > 1 and self.reading.words[words[0]].lower() == "for":  # "called for calm", not "urged against war"
            del words[0]
        if role == "purpose":
            words = from_infinitive(self.reading, words)
        phrase = whole(self.reading, words[0], words[-1] + 1)
        return thing(self.reading, phrase) if role == "instrument" else phrase


def from_infinitive(reading: Reading, words: list[int]) -> list[int]:
    """The words of a purpose without those before its infinitive that it does not hang from ("within *two weeks* to seek his release")."""
    to = next((n for n, i in enumerate(words) if reading.words[i].lower() == "to" and reading.rels[i] == "mark"), 0)
    above = reading.heads[reading.heads[words[to]]]
    return words[to:] if to and above not in words[:to] else words


def links_of(reading: Reading, anchors: Sequence[Anchor]) -> list[Links]:
    """The links of each anchor, all read at once."""
    return [Links(reading, anchor, *found) for anchor, found in zip(anchors, reading.role_scores([a.words for a in anchors]), strict=True)]


def text_roles(links: Links) -> dict[str, tuple[r.Span, ...]]:
    """Demand, trigger, purpose, quantity, instrument as spans."""
    return {role: (span,) for role, least in TEXT_ROLES.items() if (span := links.span(role, least))}
