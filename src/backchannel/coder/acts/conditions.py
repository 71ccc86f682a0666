"""Anchor -> the condition on which an act is told: the clause with "if", "unless", "provided", "as long as", "once", "until", or with its auxiliary first
("should the talks fail"), the phrase with "in return for", "on condition that".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from backchannel import records as r
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.acts.roles import Links
from backchannel.coder.acts.status import FORWARD
from backchannel.coder.syntax.spans import span_over
from backchannel.reader import Reading

LINKED = 0.6  # of a condition that the tree does not tell
IF = frozenset(("if", "unless", "provided", "providing"))
ENDS = frozenset(("once", "until"))  # conditions of what lies ahead
FIRST = frozenset(("should", "were", "had"))  # auxiliaries before their subject
IN, ON = frozenset(("return", "exchange", "event")), frozenset(("condition",))  # "in return for", "on condition that"
HEEDING = frozenset("look listen ask remember think consider read".split())  # what "you" are to do to see that something is so
FULL = frozenset(("nmod", "acl"))  # what follows the noun of such a phrase
CONTENT = frozenset(("ccomp", "xcomp", "acl"))


def condition_of(reading: Reading, anchor: Anchor, links: Links, status: str) -> r.Span | None:
    """The condition: by the tree (of the act, of what governs it, of what a threat says), else by its link."""
    head = links.head
    ahead = status in FORWARD or anchor.type == "REJECT"
    for above in (head, reading.heads[head], reading.heads[reading.heads[head]]):
        if words := _of(reading, above, head, ahead and above == head):
            return span_over(reading, words)
    if anchor.type == "THREATEN":
        for content in _contents(reading, head):
            if words := _of(reading, content, head, ahead=False):
                return span_over(reading, words)
    linked = links.span("condition", LINKED)
    return None if linked and _is_conceded(reading, linked) else linked


def _contents(reading: Reading, head: int) -> Iterator[int]:
    """The verbs of what a threat says, outermost first."""
    below = [c for c in reading.children[head] if reading.rels[c] in CONTENT]
    yield from below
    yield from (c for b in below for c in reading.children[b] if reading.rels[c] in CONTENT)


def _of(reading: Reading, above: int, act: int, ahead: bool) -> list[int]:
    """The words of the condition that hangs from a word and does not hold the act."""
    long = (c for w in reading.children[above] if reading.words[w].lower() == "long" for c in reading.children[w])
    for child in (*reading.children[above], *long):
        if child == act:
            continue
        rel = reading.rels[child]
        first = _clause(reading, child, ahead) if rel.startswith("advcl") else _phrase(reading, child) if above == act else None
        below = reading.subtree(child)
        if first is not None and not first <= act <= max(below):
            return list(range(first, max(below) + 1))
    return []


def _clause(reading: Reading, verb: int, ahead: bool) -> int | None:
    """The first word of an adverbial clause that is a condition."""
    if reading.words[verb].lower() == "provided":
        return verb
    if _conceded(reading, verb):
        return None
    for i in reading.children[verb]:
        low = reading.words[i].lower()
        if reading.rels[i] == "mark":
            long = low == "as" and i > 1 and reading.words[i - 1].lower() == "long"
            case = low == "in" and reading.words[i + 1 : i + 2] == ["case"]
            if low in IF or case or (ahead and low in ENDS):
                return i
            if long:
                return i - 2
    return _inverted(reading, verb)


def _is_conceded(reading: Reading, span: r.Span) -> bool:
    """The same of a linked clause, which has lost its "even"."""
    first, last = (bisect_left(reading.starts, x) for x in (span.start, span.end))
    return any(_conceded(reading, i) for i in range(first, last) if reading.upos[i] in ("VERB", "AUX", "ADJ", "NOUN"))


def _conceded(reading: Reading, verb: int) -> bool:
    """Is it told whatever the clause says ("even if the talks fail", "if you look at the map")?"""
    marks = [i for i in reading.children[verb] if reading.rels[i] == "mark"]
    even = any(i > 0 and reading.words[i - 1].lower() == "even" for i in marks)
    looking = reading.lemmas[verb].lower() in HEEDING and any(reading.rels[c] == "nsubj" and reading.words[c].lower() == "you" for c in reading.children[verb])
    return even or looking


def _inverted(reading: Reading, verb: int) -> int | None:
    """The auxiliary that begins a clause and comes before its subject ("should the talks fail")."""
    subject = next((c for c in reading.children[verb] if reading.rels[c].startswith("nsubj")), None)
    leading = [c for c in reading.children[verb] if reading.rels[c].split(":")[0] in ("aux", "cop") and reading.words[c].lower() in FIRST]
    return leading[0] if leading and subject is not None and leading[0] < subject else None


def _phrase(reading: Reading, noun: int) -> int | None:
    """The first word of a phrase that is one: "in return for", "in the event of", "on condition that"."""
    low, case = reading.words[noun].lower(), reading.case_of(noun)
    an = any(reading.rels[c] == "det" and reading.words[c].lower() == "an" for c in reading.children[noun])  # "in an exchange brokered by Qatar"
    named = (case == "in" and low in IN) or (case == "on" and low in ON)
    if an or not named or not any(c > noun and reading.rels[c] in FULL for c in reading.children[noun]):
        return None
    return next(c for c in reading.children[noun] if reading.rels[c] == "case")


__all__ = ["condition_of"]
