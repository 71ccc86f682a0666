"""What the report says is unknown -> question claims, with the alternatives it names.

Anchors come from the event head ("unclear", "questions") and from a few words that always say so (``UNKNOWN``); alternatives are the whether-clauses
below them, what is asked about the wh-clause.
"""

from __future__ import annotations

import re

from backchannel import records as r
from backchannel.coder.anchors import Anchor
from backchannel.coder.spans import sentence_span, span_of, span_over
from backchannel.reader import Reading

ASKED = r"(?:whether|if|how|who|what|when|where|why)"
STATED = rf"(?:say|said|specify|specified|disclose|disclosed|know) {ASKED}"
UNKNOWN = re.compile(  # nothing is asked where I wonder or you do not know: 2 of 29 such are annotated
    r"\b(?:unclear|uncertain|undecided|unknown|unresolved|up in the air|anyone'?s guess|"
    r"not (?:immediately |yet |entirely |been )?(?:clear|known|certain|apparent|determined|decided)|far from (?:clear|certain)|remains? to be seen|"
    r"yet to (?:determine|decide|say|be (?:determined|decided))|(?:hard|difficult|impossible|too (?:early|soon)) to (?:know|say|tell|predict|determine)|"
    r"(?:open|big) questions?|questions? remains?|the question (?:now )?is|raise[sd]? (?:the |new )?questions? (?:about|of|over)|"
    r"questions? about(?=[^.]{3,90}\b(?:remain|linger|persist|swirl|mount|grow|grew|proliferate|abound|arise|arose))|"
    rf"(?<!I )(?<!you )wonder(?:s|ed|ing)? {ASKED}|investigating whether|(?:no|little) (?:word|indication|details|information) (?:on|of|as to|about|whether)|"
    rf"(?<!I )(?<!you )(?<!we )(?:did|does|do|has|have|would) not (?:immediately |yet )?{STATED})\b|"
    rf"n[o'’]t (?:immediately |yet |entirely |been )?(?:clear|certain|apparent)\b|(?<!I do)(?<!you do)(?<!we do)n[o'’]t (?:immediately |yet )?{STATED}\b",
    re.I,
)
WH = frozenset("how who whom what when where why which".split())


def question_claims(reading: Reading, found: list[Anchor]) -> list[r.QuestionClaim]:
    """Questions in text order; every anchor needs alternatives or something it is about."""
    claims: dict[int, r.QuestionClaim] = {}
    for first, last, why, score in _anchors(reading, found):
        sentence = reading.sentence_of[first]
        if sentence in claims:
            continue
        alternatives, about = _asked(reading, first, last)
        if not alternatives and about is None:
            continue
        claims[sentence] = r.QuestionClaim(
            key="",
            id="",
            anchor=span_of(reading, first, last),
            evidence=(sentence_span(reading, first),),
            certainty="unknown",
            alternatives=alternatives,
            about=about,
            confidence=score,
            why=(why,),
        )
    return [claims[s] for s in sorted(claims)]


def _anchors(reading: Reading, found: list[Anchor]) -> list[tuple[int, int, str, float]]:
    rows = [(a.first, a.last, f"'{reading.quote(a.first, a.last)}' names a question {a.score:.2f}", round(a.score, 3)) for a in found if a.type == "QUESTION"]
    starts = {t.start: i for i, t in enumerate(reading.tokens)}
    for match in UNKNOWN.finditer(reading.text):
        if match.start() in starts:
            first = starts[match.start()]
            last = next((i for i in range(first, len(reading.tokens)) if reading.tokens[i].end >= match.end()), first) + 1
            if reading.words[last - 1].lower() in WH | {"whether", "if"}:
                last -= 1
            rows.append((first, last, f"'{match.group()}' says that something is unknown", 0.8))
    return rows


def _asked(reading: Reading, first: int, last: int) -> tuple[tuple[r.Span, ...], r.Span | None]:
    """(alternatives, about): the clauses that the anchor governs, directly or through the words above it."""
    hi = reading.bounds[reading.sentence_of[first]][1]
    marks = [i for i in range(last, hi) if reading.words[i].lower() in ("whether", "if") and reading.rels[i] == "mark"]
    asked = next(((i, clause) for i in range(first + 1, hi) if (clause := _asked_clause(reading, first, last, i))), None)
    if asked and (not marks or asked[0] < marks[0]):  # "what he would do if" asks what
        return (), span_over(reading, asked[1])
    spans = []
    for n, mark in enumerate(marks):
        stop = marks[n + 1] if n + 1 < len(marks) else hi
        clause = [i for i in reading.subtree(reading.heads[mark]) if mark < i < stop]
        spans += _split(reading, clause) if clause else []
    if marks:
        return (tuple(spans), None) if len(spans) > 1 else ((), spans[0] if spans else None)
    return (), _subject(reading, first, last)


def _asked_clause(reading: Reading, first: int, last: int, i: int) -> list[int]:
    """The words of the clause that word ``i`` opens, when it asks what it tells ("unclear how", "not clear that"), not of whom it tells ("X, who is")."""
    word, head = reading.words[i].lower(), reading.heads[i]
    if word == "that" and reading.rels[i] == "mark" and reading.rels[head] in ("ccomp", "csubj") and first <= reading.heads[head] < last:
        return [j for j in reading.subtree(head) if j > i]
    if word not in WH:
        return []
    while (
        reading.rels[head].split(":")[0] not in ("ccomp", "csubj", "advcl", "acl", "root", "xcomp", "conj", "appos")
        and reading.heads[head] != head
        and reading.heads[head] >= i
    ):
        head = reading.heads[head]
    return [j for j in reading.subtree(head) if j >= i] if reading.rels[head] not in ("acl:relcl", "appos") else []


def _subject(reading: Reading, first: int, last: int) -> r.Span | None:
    """What is unclear as a phrase: the subject of "is unclear" (a pronoun is none), what "questions" are about."""
    head = reading.head_of(first, last)
    for i in reading.children[head]:
        asked = reading.rels[i].startswith("nsubj") and reading.upos[head] == "ADJ" and reading.upos[i] in ("NOUN", "PROPN")
        if asked or (reading.upos[head] == "NOUN" and reading.rels[i].startswith("nmod") and reading.case_of(i) in ("about", "over")):
            cases = [c for c in reading.children[i] if reading.rels[c] == "case"]
            return span_over(reading, [j for j in reading.subtree(i) if j > max(cases, default=-1) and not first <= j < last])
    return None


def _split(reading: Reading, clause: list[int]) -> list[r.Span]:
    """A clause "A or B" as its two halves when the second is a clause of its own."""
    for i in clause[1:-1]:
        if reading.words[i].lower() == "or" and reading.rels[reading.heads[i]] == "conj" and reading.upos[reading.heads[i]] in ("VERB", "AUX"):
            before, after = [j for j in clause if j < i], [j for j in clause if j > i]
            return [span_over(reading, before), span_over(reading, after)]
    trimmed = clause
    while len(trimmed) > 1 and reading.words[trimmed[-1]].lower() in ("or", "and", ","):
        trimmed = trimmed[:-1]
    return [span_over(reading, trimmed)]
