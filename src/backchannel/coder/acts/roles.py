"""Anchor -> what takes part, by the links from its words to the other words of its chunk: mediators and third parties by actor key, everything else as spans,
the run of likely words around the likeliest one. Who acts and who is acted on is decided in ``sides.py``.
"""

from __future__ import annotations

import re
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

RECEIVING = re.compile(r"(?:receiv|host|welcom|greet)(?:e|es|ed|s|ing)?", re.IGNORECASE)  # whose subject is the host, not the visitor
OF_ONES_OWN = frozenset(("promise", "vow"))  # who promises somebody to come comes himself
SENDING = frozenset(("send", "dispatch"))  # of six visits annotated at such verbs all are those of who is sent
BESIDE = frozenset(("after", "before", "during", "following"))
LEADING = ("CCONJ", "ADP")  # no part of what follows: "on the threat", "with missiles"
THINGS = frozenset(("topic", "instrument"))
SPAN = 0.36  # a word of a text role from here on
# Roles whose likeliest word is right also when it is less likely: held-out articles, 74 of 98 annotated topics right instead of 61, 17 of 24 purposes instead
# of 15, 9 of 21 instruments instead of 3, for 8 more wrong. More are given where annotators left the role out: of the topics read, two in three fit.
TEXT_ROLES = {"topic": SPAN, "demand": SPAN, "trigger": SPAN, "purpose": 0.2, "quantity": SPAN, "instrument": 0.3}
FAINT = 0.12  # of topics, when the tree tells none either


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
        row = self.row(role)
        top = row.index(max(row))
        if row[top] < threshold:
            return None
        lo, hi = self.reading.bounds[self.reading.sentence_of[self.base + top]]
        first = last = self.base + top
        while first - 1 >= lo and max(row[max(lo, first - 3) - self.base : first - self.base]) >= threshold / 2:
            first -= 1
        while last + 1 < hi and max(row[last + 1 - self.base : min(hi, last + 4) - self.base]) >= threshold / 2:
            last += 1
        words = [i for i in range(first, last + 1) if row[i - self.base] >= threshold / 2]
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
        phrase = whole(self.reading, words[0], words[-1] + 1)
        return thing(self.reading, phrase) if role == "instrument" else phrase


def links_of(reading: Reading, anchors: Sequence[Anchor]) -> list[Links]:
    """The links of each anchor, all read at once."""
    return [Links(reading, anchor, *found) for anchor, found in zip(anchors, reading.role_scores([a.words for a in anchors]), strict=True)]


def visited(links: Links, cast: Cast) -> list[tuple[str, float]]:
    """Of a visit whom the tree has it go to: the object of "visit", what stands after "to" at the noun. The links of two visits in one sentence
    ("expected to visit the Kremlin, following a visit to Israel") blur into each other.
    """
    reading = links.reading
    head = reading.head_of(links.anchor.first, links.anchor.last)
    places = ("obj",) if reading.upos[head] == "VERB" else ("nmod", "obl")
    for child in reading.children[head]:
        if reading.rels[child].split(":")[0] in places and (places == ("obj",) or reading.case_of(child) == "to") and child in cast.at:
            return [(k, 0.9) for k in cast.at[child]]
    return []


def received(links: Links, cast: Cast) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    """Visitors and hosts of a visit told from the host's side: "received", "was welcomed by", "hosted"; both empty where the tree does not name them."""
    reading, head = links.reading, links.head
    if reading.upos[head] != "VERB" or not RECEIVING.fullmatch(reading.words[head]):
        return [], []
    by = {"by" if reading.case_of(c) == "by" else reading.rels[c]: [(k, 0.9) for k in cast.at[c]] for c in reversed(reading.children[head]) if c in cast.at}
    guests, hosts = (by.get("nsubj:pass"), by.get("by")) if "nsubj:pass" in by else (by.get("obj"), by.get("nsubj"))
    return (guests, hosts) if guests and hosts else ([], [])


def sent(links: Links, cast: Cast) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    """Visitors and hosts of a visit told from the side of who sends somebody: whom he sends, and whose country he is sent to."""
    reading, head = links.reading, links.head
    if reading.lemmas[head].lower() not in SENDING:
        return [], []
    whom = [c for c in reading.children[head] if reading.rels[c] in ("obj", "nsubj:pass")] or [reading.heads[head]] * (reading.rels[head] == "acl")
    guests = [(k, 0.9) for c in whom for k in ways.joined_parties(reading, cast, c)]
    return guests, [(k, s) for k, s in landed(links, cast) if guests and k not in dict(guests)]


def landed(links: Links, cast: Cast) -> list[tuple[str, float]]:
    """Whose country a visitor comes to by the place that the act's own word has: "flew to Riga", "is expected in Riga"."""
    reading = links.reading
    for child in reading.children[links.head]:
        if reading.rels[child].split(":")[0] in ("obl", "nmod") and reading.case_of(child) in ("to", "in") and child in cast.at:
            return [(k, 0.7) for k in cast.at[child] if cast.get(k).kind == "state"]
    return []


def visitors(links: Links, cast: Cast) -> list[tuple[str, float]]:
    """Who pays a visit told by a verb: its subject, or of the verb which governs it the subject ("is expected to visit") or, where it has one, the object
    ("invited Xi to visit"), when that is a party. A visit told beside another act ("flew home after a visit to Israel") is its subject's
    too, unless it has an owner.
    """
    reading = links.reading
    head = reading.head_of(links.anchor.first, links.anchor.last)
    if reading.upos[head] == "NOUN" and reading.case_of(head) in BESIDE and not any(reading.rels[c] == "nmod:poss" for c in reading.children[head]):
        head = reading.heads[head]
    while reading.upos[head] == "VERB":
        subjects = [c for c in reading.children[head] if reading.rels[c].startswith("nsubj")]
        if subjects:  # the place in the dateline may hang there too
            subject = min(subjects, key=lambda c: abs(c - head))
            return [(k, 0.9) for k in ways.joined_parties(reading, cast, subject)]
        if not reading.rels[head].startswith("xcomp"):
            break
        head = reading.heads[head]
        if reading.lemmas[head].lower() not in OF_ONES_OWN and (whom := [c for c in reading.children[head] if reading.rels[c] in ("obj", "iobj")]):
            return [(k, 0.9) for k in ways.joined_parties(reading, cast, whom[0])]
    return []


def text_roles(links: Links) -> dict[str, tuple[r.Span, ...]]:
    """Topic, demand, trigger, purpose, quantity, instrument as spans."""
    return {role: (span,) for role, least in TEXT_ROLES.items() if (span := links.span(role, least))}
