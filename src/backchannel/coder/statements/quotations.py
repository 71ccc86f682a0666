"""Quoted words -> whose they are, and how far a quotation goes.

A quotation without a cue keeps the speaker of the quotation before it (PARC/PolNeAR guidelines: continued direct speech); what goes on within its paragraph
after the cue is the same statement ("X," he said. "Y. Z." is one; the guide).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from backchannel.coder.parties.cast import Cast
from backchannel.coder.statements.complements import speaker
from backchannel.coder.statements.said import Said
from backchannel.reader import Reading
from backchannel.reader.features import MARKS

MIN_QUOTED = 4  # words of a quotation that no cue announces; fewer are mostly names and terms
HUNG = frozenset(("obl", "nmod", "advcl", "xcomp", "ccomp", "parataxis"))  # how quoted words of the subject hang from what it does

Words = tuple[int, int]


def spread(reading: Reading, found: list[Said]) -> list[Said]:
    """The statements, each over all of the quotation that its cue announces, and over the next one of the paragraph when only the rest of the cue's sentence
    stands between them: one statement by the guide.
    """
    out = list(found)
    runs = list(_runs(reading))
    announced = _announced(found, runs)
    before: list[int] = []  # places in ``out`` of who said the quotation before
    for k, (lo, hi) in enumerate(runs):
        whose = announced[k]
        if not whose and before and hi - lo >= MIN_QUOTED and _goes_on(reading, out[before[0]], lo):
            whose = before
        if len({out[n].content for n in whose}) > 1:
            whose = []
        for n in whose:
            first, last = out[n].content
            out[n] = replace(out[n], content=(min(first, lo), max(last, hi)))
        before = whose
    return out


def introduced(reading: Reading, cues: Iterable[Words], found: Iterable[Said]) -> Iterator[Said]:
    """Quotations that a colon announces at the end of what has a cue of nothing else ("Reuters reports:", and a paragraph in quotation marks)."""
    known = {i for s in found for i in range(*(s.cue or s.content))}
    last = {reading.sentence_of[cue[0]]: cue for cue in cues if cue[0] not in known}
    for lo, hi in _runs(reading):
        colon = lo - 1 - (lo > 0 and reading.words[lo - 1] in MARKS)
        cue = last.get(reading.sentence_of[colon]) if colon >= 0 and reading.words[colon] == ":" else None
        if cue and cue[1] <= colon and hi - lo >= MIN_QUOTED:
            yield Said(cue, speaker(reading, cue), (lo, hi), 0.5, [f"what '{reading.quote(*cue)}' and a colon announce"])


def below(reading: Reading, cues: Iterable[Words], found: list[Said]) -> list[Said]:
    """The statements with the whole paragraph that stands by itself, without quotation marks, below a line that ends with a colon ("He wrote on Telegram:"), as
    quotations do on pages; and those of such lines that have none.
    """
    at = {s.cue: n for n, s in enumerate(found) if s.cue}
    out = list(found)
    for cue in {reading.sentence_of[cue[0]]: cue for cue in cues}.values():  # the last of a sentence
        n = reading.sentence_of[cue[0]] + 1
        lo = reading.bounds[n][0] if n < len(reading.bounds) and reading.paragraph[n] else 0
        if not lo or reading.words[lo - 1] != ":" or reading.quoted[lo] or _heads(reading, cue):
            continue
        end = next((other for m, (other, _) in enumerate(reading.bounds) if m > n and reading.paragraph[m]), len(reading.words))
        known = at.get(cue)
        if known is not None and lo <= found[known].content[0] < end:
            out[known] = replace(found[known], content=(lo, end), spoken=True)
        elif known is None and end - lo >= MIN_QUOTED:
            out.append(Said(cue, speaker(reading, cue), (lo, end), 0.5, [f"the paragraph that '{reading.quote(*cue)}' and a colon announce"], spoken=True))
    return out


def _heads(reading: Reading, cue: Words) -> bool:
    """Does a line with a cue say all of it, as a heading or a question does ("More People Said They Were Working:")?"""
    return reading.words[cue[0]][0].isupper() or any(reading.rels[c] == "ccomp" for i in range(*cue) for c in reading.children[i])


def _announced(found: Sequence[Said], runs: Sequence[Words]) -> list[list[int]]:
    """For each run of quoted words the places of the statements that have words of it and a cue outside."""
    begins, ends = [lo for lo, _ in runs], [hi for _, hi in runs]
    out: list[list[int]] = [[] for _ in runs]
    for n, s in enumerate(found):
        for k in range(bisect_right(ends, s.content[0]), bisect_left(begins, s.content[1])):
            if s.cue and not begins[k] <= s.cue[0] < ends[k]:
                out[k].append(n)
    return out


def _goes_on(reading: Reading, s: Said, first: int) -> bool:
    """Does the quotation that begins with a sentence at the word go on after the statement's own, which the cue's sentence ends?"""
    between = range(s.content[1], first)
    begins = reading.bounds[reading.sentence_of[first]][0] >= first - 1
    same = reading.paragraph_of(first) == reading.paragraph_of(s.content[1] - 1)
    return begins and same and s.cue is not None and all(reading.words[i] in MARKS or reading.sentence_of[i] == reading.sentence_of[s.cue[0]] for i in between)


def unannounced(reading: Reading, cast: Cast, contents: Sequence[Words], found: Sequence[Said]) -> list[Said]:
    """Statements of quoted words that belong to no cue of ``found``: a paragraph's quotation whole, by whom it goes on from or whose sentence it stands in."""
    claimed = {i for s in found for i in range(*s.content)}
    sentences = list(_quotations(reading))
    quoted = [q for q in sentences if not claimed & set(range(*q))]
    whole = (next((q for q in quoted if (q[0] <= c[0] and c[1] <= q[1] + 1) or (c[0] <= q[0] and q[1] <= c[1])), c) for c in contents)  # a quotation, no more
    run_at = {i: run for run in _runs(reading) for i in range(*run)}
    out: dict[Words, Said] = {}
    for part in dict.fromkeys(whole):
        if not claimed & set(range(*part)) and np.mean(reading.quoted[part[0] : part[1]]) > 0.8 and part[1] - part[0] >= MIN_QUOTED:
            run = run_at.get(part[0] + 1, part)  # after the opening mark
            c = run if part[1] <= run[1] + 1 else part
            if c not in out:
                out[c] = (_of_subject(reading, cast, c) if c in quoted else None) or _continued(reading, c, [*found, *out.values()])
    claimed |= {i for c in out for i in range(*c)}
    return [*out.values(), *(s for c in sentences if not claimed & set(range(*c)) and (s := _of_subject(reading, cast, c)))]


def _runs(reading: Reading) -> Iterator[Words]:
    """Words between quotation marks, over sentences, within their paragraph; without the marks. A mark that opens again what is open divides nothing: the
    paragraphs of a long quotation each begin with one, and often stand in one line.
    """
    inside = [i for i, quoted in enumerate(reading.quoted) if quoted and reading.words[i] not in MARKS]
    first = None
    for i, after in pairwise([*inside, -1]):
        first = i if first is None else first
        if not i < after <= i + 2 or reading.paragraph_of(after) != reading.paragraph_of(i):
            yield first, i + 1
            first = None


def _quotations(reading: Reading) -> Iterator[Words]:
    """The words between quotation marks inside a sentence, where they are ``MIN_QUOTED`` or more and no title or name ("Gone With the Wind")."""
    for lo, hi in reading.bounds:
        i = lo
        while i < hi:
            if not reading.quoted[i]:
                i += 1
                continue
            j = i
            while j < hi and reading.quoted[j] and not (j > i and reading.words[j] in MARKS):
                j += 1
            first = i + (reading.words[i] in MARKS)
            words = [w for w in reading.words[first:j] if w[:1].isalnum()]
            if len(words) >= MIN_QUOTED and j < hi and reading.words[j] in MARKS and sum(w[:1].islower() for w in words) > len(words) / 2:
                yield first, j
            i = max(j, i + 1)


def _continued(reading: Reading, content: Words, found: list[Said]) -> Said:
    """A quotation without a cue: its speaker is the one of the statement before it."""
    before = [s for s in found if s.content[0] < content[0] and s.source and reading.sentence_of[content[0]] - reading.sentence_of[s.content[1] - 1] <= 3]
    last = max(before, key=lambda s: max(s.content[1], s.cue[1] if s.cue else 0), default=None)
    why = ["quotation without a cue"] + ["speaker of the quotation before"] * bool(last)
    return Said(None, last.source if last else None, content, 0.5, why)


def _of_subject(reading: Reading, cast: Cast, content: Words) -> Said | None:
    """Words in quotation marks that hang from the verb, or from its object, in a sentence of what a person does: his ("ordered the deployment "based on the
    highly provocative statements" of ..."). A quoted clause about the object is not ("signed the bill that "would have cut aid"").
    """
    head = reading.head_of(*content)
    verb = reading.heads[head]
    if reading.rels[verb] == "obj":
        verb = reading.heads[verb]
    subject = next((c for c in reading.children[verb] if reading.rels[c] == "nsubj"), None)
    if subject is None or reading.rels[head].split(":")[0] not in HUNG or reading.upos[verb] != "VERB" or {subject, verb} & set(range(*content)):
        return None
    after = bisect_left(cast.spans, (subject + 1,))
    span = next(((lo, hi) for lo, hi, _ in cast.spans[max(0, after - 3) : after] if lo <= subject < hi), None)
    if span is None or all(cast.get(k).kind != "person" for k in cast.at.get(subject, ())):
        return None
    return Said(None, span, content, 0.5, ["quoted words in a sentence of what their speaker does"])
