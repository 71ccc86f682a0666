"""What the report says is unknown -> question claims, with the alternatives it names.

Anchors are the words that say so by the tree (``unknowns.py``) and, in sentences where there are none, those of the event head ("unclear", "questions");
alternatives are the whether-clauses below them, what is asked about the wh-clause.
"""

from __future__ import annotations

from itertools import pairwise

from backchannel import records as r
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.confidence import calibrated
from backchannel.coder.parties.cast import Cast
from backchannel.coder.questions.asked import WHETHER, Words, asking_clause, clause_at, direct_choice, listed_answers, predicated, subject_of, topic_of
from backchannel.coder.questions.unknowns import Unknown, unknowns
from backchannel.coder.syntax.spans import sentence_span, span_of, span_over
from backchannel.reader import Reading

PREDICATE = frozenset(("det", "amod", "compound", "case", "nummod", "nmod", "conj", "flat", "nmod:poss", "punct"))  # relations of words inside a predicate

LIKELY = 0.65  # what the event head alone takes for a question: one in gold/dev and the held-out articles


def question_claims(reading: Reading, found: list[Anchor], cast: Cast | None = None) -> list[r.QuestionClaim]:
    """Questions in text order; every anchor needs alternatives or something it is about. ``cast``: among whom to look for who asks."""
    claims: list[r.QuestionClaim] = []
    taken: dict[int, set[int]] = {}
    for unknown in unknowns(reading):
        words = {*range(unknown.first, unknown.last), *unknown.what}
        taken.setdefault(reading.sentence_of[unknown.what[0]], set())
        before = taken.setdefault(reading.sentence_of[unknown.first], set())
        if words.isdisjoint(before):
            before |= words
            claims.append(_told(reading, unknown, cast.at.get(unknown.asker, ()) if cast and unknown.asker is not None else ()))
    claims += [
        _chosen(reading, choice)
        for n in range(len(reading.bounds))
        if n not in taken and (choice := direct_choice(reading, n)) and _is_public(reading, cast, n)
    ]
    for a in found:
        if a.type != "QUESTION" or a.score < LIKELY or reading.sentence_of[a.first] in taken:
            continue
        if what := _below(reading, a.first, a.last):
            taken[reading.sentence_of[a.first]] = set()
            alternatives, about = _options(reading, what)
            why = f"'{reading.quote(a.first, a.last)}' names a question {a.score:.2f}"
            claims.append(_claim(reading, (a.first, a.last), alternatives, about, why))
    return sorted(claims, key=lambda c: c.anchor.start)


def _told(reading: Reading, unknown: Unknown, askers: tuple[str, ...]) -> r.QuestionClaim:
    alternatives, about = _options(reading, unknown.what)
    why = f"'{reading.quote(unknown.first, unknown.last)}' says that something is unknown"
    return _claim(reading, (unknown.first, unknown.last), alternatives, about, why, asked_by=askers[0] if len(askers) == 1 else None)


def _chosen(reading: Reading, choice: tuple[tuple[int, ...], ...]) -> r.QuestionClaim:
    first = choice[0][0]
    why = f"'{reading.quote(first, first + 1)} ... or ...?' asks which of two"
    return _claim(reading, (first, first + 1), tuple(_trimmed(reading, list(part)) for part in choice), None, why)


def _is_public(reading: Reading, cast: Cast | None, sentence: int) -> bool:
    """Does a sentence speak of a party?"""
    first, last = reading.bounds[sentence]
    return cast is None or any(cast.at.get(i) for i in range(first, last))


def _claim(
    reading: Reading, words: tuple[int, int], alternatives: tuple[r.Span, ...], about: r.Span | None, why: str, asked_by: str | None = None
) -> r.QuestionClaim:
    return r.QuestionClaim(
        key="",
        id="",
        anchor=span_of(reading, *words),
        evidence=(sentence_span(reading, words[0]),),
        certainty="unknown",
        alternatives=alternatives,
        about=about,
        asked_by=asked_by,
        confidence=calibrated("question"),
        why=(why,),
    )


def _options(reading: Reading, what: tuple[int, ...]) -> tuple[tuple[r.Span, ...], r.Span | None]:
    """(alternatives, about) of what is unknown: "whether A or B", "whether A or whether B"."""
    if reading.words[what[0]].lower() not in WHETHER:
        choice = direct_choice(reading, reading.sentence_of[what[0]]) or listed_answers(reading, what[0])
        return (tuple(_trimmed(reading, list(part)) for part in choice), None) if choice else ((), span_over(reading, what))
    marks = [i for i in what if i == what[0] or (reading.words[i].lower() in WHETHER and reading.words[i - 1].lower() == "or")]
    spans = []
    for n, mark in enumerate(marks):
        stop = marks[n + 1] if n + 1 < len(marks) else what[-1] + 1
        clause = [i for i in what if mark < i < stop]
        if [reading.words[i].lower() for i in clause[:2]] == ["or", "not"]:
            clause = clause[2:]
        spans += _split(reading, clause) if clause else []
    return (tuple(spans), None) if len(spans) > 1 else ((), spans[0] if spans else None)


def _below(reading: Reading, first: int, last: int) -> Words:
    """What the event head's anchor is said of: what it governs, else the first clause behind it that asks."""
    head, stop = reading.head_of(first, last), reading.bounds[reading.sentence_of[first]][1]
    what = asking_clause(reading, head) or predicated(reading, head) or topic_of(reading, head) or subject_of(reading, head)
    return what or next((clause for j in range(last, stop) if (clause := clause_at(reading, j))), ())


def _split(reading: Reading, clause: list[int]) -> list[r.Span]:
    """A clause "A or B", "A, B or C" as its parts: clauses, what its subject is ("genuine or forged"), by whom or where ("by A or by B"), or its subjects."""
    for i in clause[1:-1]:
        last = reading.heads[i]
        if reading.rels[last].startswith("nsubj") and last > i:  # "or Moscow demanded it", the conjunction at the subject
            last = reading.heads[last]
        if reading.words[i].lower() == "or" and reading.rels[last] == "conj" and last in clause and _divides(reading, reading.heads[last], last):
            first = reading.heads[last]
            if any(reading.rels[c] == "cop" for c in reading.children[first]):  # "whether he is dead or alive": the predicates
                own = {j for c in reading.children[first] if reading.rels[c] not in PREDICATE for j in reading.subtree(c)}
                clause = [j for j in clause if j > max((j for j in own if j < first), default=-1)]
            stop = reading.subtree(last)[-1] if reading.rels[first].startswith("nsubj") else clause[-1]
            starts = [min(j for j in reading.subtree(c) if j > first) for c in reading.children[first] if reading.rels[c] == "conj" and c <= last]
            edges = [clause[0], *starts, stop + 1]
            parts = [[j for j in range(a, b) if not (j in starts and reading.words[j].lower() == "or")] for a, b in pairwise(edges)]
            return [_trimmed(reading, part) for part in parts if part]
    return [_trimmed(reading, clause)]


def _divides(reading: Reading, first: int, second: int) -> bool:
    """Are two words joined by "or" what a question chooses between?"""
    if reading.upos[first] in ("VERB", "AUX") or any(reading.rels[c] == "cop" for c in reading.children[first]):
        return True
    cased = [any(reading.rels[c] == "case" for c in reading.children[j]) for j in (first, second)]
    return all(cased) or reading.rels[first].startswith("nsubj")


def _trimmed(reading: Reading, part: list[int]) -> r.Span:
    while len(part) > 1 and reading.words[part[-1]].lower() in ("or", "and", ","):
        part = part[:-1]
    while len(part) > 1 and reading.words[part[0]].lower() in ("or", "whether", "if", ","):
        part = part[1:]
    return span_over(reading, part)
