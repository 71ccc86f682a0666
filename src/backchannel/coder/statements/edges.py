"""Where sources and what is said begin and end: what the heads mark, mended by the tree."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from backchannel.coder.statements.complements import clause_of, object_of
from backchannel.coder.statements.said import Said
from backchannel.reader import Reading
from backchannel.reader.features import MARKS

MIN_WORDS = 2  # a content of one word is rarely one
BEGINNING = frozenset("det case mark cc amod compound aux nmod:unmarked".split())  # relations of words that no phrase ends with
ASIDES = frozenset("obj iobj obl nmod advmod".split())  # relations of what hangs from a cue and is no clause
PAUSES = frozenset((",", ":", "—", "–", "-", "--"))  # behind a cue that stands in the middle of its content

Words = tuple[int, int]


def whole(reading: Reading, spans: list[Words]) -> list[Words]:
    """Spans in text order, each to the end of the phrase that its last word only begins ("the", "about a", "until March"), but not into the next."""
    out = []
    for (lo, hi), (limit, _) in pairwise([*spans, (len(reading.words), 0)]):
        head = reading.heads[hi - 1]
        if reading.rels[hi - 1] in BEGINNING and hi <= head:
            hi = min(limit, max((w + 1 for w in reading.subtree(head) if reading.words[w][:1].isalnum()), default=hi))
        out.append((lo, hi))
    return out


def opened(reading: Reading, content: Words) -> Words:
    """The content without the "that" that opens its clause."""
    lo, hi = content
    that = lo + (reading.words[lo] in MARKS)
    return (that + 1, hi) if that < hi and reading.words[that].lower() == "that" and reading.upos[that] == "SCONJ" else content


def in_text(reading: Reading, content: Words) -> Words:
    """The content without the end of a headline before it: unquoted words from the middle of a paragraph's last sentence on."""
    lo, hi = content
    _, end = reading.bounds[reading.sentence_of[lo]]
    begun = end < hi and reading.paragraph_of(end) != reading.paragraph_of(lo) and reading.words[lo - 1] not in MARKS and not any(reading.quoted[lo:end])
    return (end, hi) if begun and lo != reading.bounds[reading.sentence_of[lo]][0] else content


def outside(reading: Reading, content: Words, cue: Words, source: Words | None) -> Words:
    """The content without its own cue and source where these, or what else hangs from the cue ("told reporters on Monday"), stand at its edge; in its middle
    they stay (a quotation broken by its cue).
    """
    lo, hi = content
    inside = [s for s in (cue, source) if s and lo <= s[0] and s[1] <= hi]
    if cue not in inside:
        return content
    first, last = min(s[0] for s in inside), max(s[1] for s in inside)
    before, behind = ([i for i in range(*part) if reading.words[i][:1].isalnum()] for part in ((lo, first), (last, hi)))
    if (not behind or (_announces(reading, cue, lo) and _asides(reading, cue).issuperset(behind))) and first - lo >= MIN_WORDS:
        return lo, first
    if not before and hi - last >= MIN_WORDS:
        return last, hi
    return content


def _announces(reading: Reading, cue: Words, lo: int) -> bool:
    """Does a clause between the word and the cue hang from it?"""
    return any(lo <= c < cue[0] and reading.rels[c] in ("ccomp", "parataxis") for c in reading.children[reading.head_of(*cue)])


def _asides(reading: Reading, cue: Words) -> set[int]:
    """The words that hang from a cue and are no clause: to whom, when, where something was said."""
    verb = reading.head_of(*cue)
    return {w for c in reading.children[verb] if reading.rels[c].split(":")[0] in ASIDES for w in reading.subtree(c)}


def governing(reading: Reading, s: Said) -> Said:
    """The statement; one whose cue stands in the middle of its content and governs what is behind it says that alone."""
    governed = (clause_of(reading, s.cue) or object_of(reading, s.cue)) if s.cue and s.content[0] <= s.cue[0] < s.content[1] else None
    return replace(s, content=(governed[0], s.content[1])) if governed and s.cue and _begins_anew(reading, s.content, s.cue, governed[0]) else s


def _begins_anew(reading: Reading, content: Words, cue: Words, first: int) -> bool:
    """Does what is said begin at the word behind the cue that governs it, and is what stands before the cue something else ("the regime had done it, his aides
    suggested that ...")?
    """
    lo, hi = content
    before = [i for i in range(lo, cue[0]) if reading.words[i][:1].isalnum()]
    quoted = 2 * sum(reading.quoted[i] for i in before) > len(before)
    return cue[1] <= first <= hi - MIN_WORDS and reading.words[cue[1]] not in PAUSES and not _announces(reading, cue, lo) and not quoted
