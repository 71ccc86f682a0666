"""Words of a reading -> the spans that records quote."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from backchannel import records as r
from backchannel.coder.parties.cast import Cast
from backchannel.reader import Reading

T = TypeVar("T")
EDGES = frozenset(", ; : . — – - '' `` ) (".split())


def span_of(reading: Reading, first: int, last: int) -> r.Span:
    """Words first .. last-1 as a span."""
    a, b = reading.chars(first, last)
    return r.Span(start=a, end=b, text=reading.text[a:b])


def span_over(reading: Reading, words: Iterable[int]) -> r.Span:
    """From the first to the last of the words, without marks at the edges."""
    inside = sorted(words)
    while len(inside) > 1 and reading.words[inside[-1]] in EDGES:
        inside.pop()
    while len(inside) > 1 and reading.words[inside[0]] in EDGES:
        inside.pop(0)
    return span_of(reading, inside[0], inside[-1] + 1)


def head_at(reading: Reading, span: r.Span | r.TimeExpression) -> int:
    """The head word of a span."""
    return reading.head_of(*reading.words_at(span.start, span.end))


def sentence_span(reading: Reading, word: int) -> r.Span:
    """The sentence a word stands in."""
    return span_of(reading, *reading.bounds[reading.sentence_of[word]])


def holders(offsets: Iterable[int], things: Iterable[T], bounds: Callable[[T], tuple[int, int]]) -> dict[int, list[T]]:
    """Offset -> those whose bounds (first, last exclusive) hold it, in their order; n log n and the pairs found."""
    ordered, found = sorted(set(offsets)), defaultdict(list)
    for thing in things:
        first, last = bounds(thing)
        for x in ordered[bisect_left(ordered, first) : bisect_left(ordered, last)]:
            found[x].append(thing)
    return found


def content_of(statement: r.Statement) -> tuple[int, int]:
    """First and last character (exclusive) of what is said."""
    return statement.content.start, statement.content.end


def source_at(reading: Reading, cast: Cast, words: tuple[int, int]) -> r.Source:
    """A source span with the actor it stands for: the one at its head, else the first named in it; none when it stands for several ("both leaders")."""
    span = span_of(reading, *words)
    head = reading.head_of(*words)
    keys = cast.at.get(head) or next((cast.at[i] for i in reversed(range(*words)) if i in cast.at), ())
    return r.Source(start=span.start, end=span.end, text=span.text, actor=keys[0] if len(keys) == 1 else None)
