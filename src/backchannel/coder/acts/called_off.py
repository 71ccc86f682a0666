"""Event claims -> event claims, those of acts that are called off or put off having their own days.

"On Thursday he cancelled his visit": Thursday is the day of the cancelling, not of the visit (of 29 contacts called off in annotated articles none has the day
of that, eight a day of their own). "Postponed his visit to Moscow until June 30": the visit did not happen on the old day and is planned for the new one. Which
act it is and which day, the tree tells: the object (or passive subject) of a verb of calling or putting off, and the times at that verb.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from backchannel import records as r
from backchannel.coder.syntax.spans import head_at
from backchannel.coder.syntax.wholes import counted_by
from backchannel.reader import Reading

POSTPONING = frozenset("postpone reschedule delay defer push put move shift bring".split())
CANCELLING = frozenset("cancel call scrap shelve abandon suspend drop".split())
TOWARDS = frozenset(("to", "until", "till", "for"))


def with_own_days(reading: Reading, claims: Sequence[r.AnyClaim], expressions: Sequence[r.TimeExpression]) -> list[r.AnyClaim]:
    """The claims, those of acts put off to a day told twice, not done on the old day and planned for the new; the new day is not that of the putting off."""
    out: list[r.AnyClaim] = []
    for claim in claims:
        head = head_at(reading, claim.anchor)
        verb = _called_off_by(reading, head)
        if not isinstance(claim, r.EventClaim):
            out.append(claim)
        elif verb is not None and (new := _new_day(reading, verb, expressions)):
            why = (*claim.why, f"'{reading.words[verb]}' to another day")
            told = msgspec.structs.replace(claim, polarity="+", deadline=None, why=why)
            out.append(msgspec.structs.replace(told, status="did_not_happen", when=_old_day(claim.when, new)))
            out.append(msgspec.structs.replace(told, status="planned", when=new))
        else:
            out.append(msgspec.structs.replace(claim, when=None) if _is_of_other(reading, claim, head, verb, expressions) else claim)
    return out


def _is_of_other(reading: Reading, claim: r.EventClaim, head: int, verb: int | None, expressions: Sequence[r.TimeExpression]) -> bool:
    """Whether the claim's time stands elsewhere in its sentence than at an act that is called off, or is, of a putting off, the new day."""
    if verb is None or claim.status != "did_not_happen":
        return _is(claim.when, _new_day(reading, head, expressions))
    here = [e for e in expressions if _is(claim.when, e.when) and any(s.start <= e.start < s.end for s in claim.evidence)]
    return bool(here) and not any(_hangs_on(reading, e, head) for e in here)


def _hangs_on(reading: Reading, e: r.TimeExpression, head: int) -> bool:
    """Whether a time stands at an act's noun or in what describes it ("the talks that were due on Friday")."""
    word = reading.word_at(e.start)
    while word != head and reading.heads[word] != word:
        word = reading.heads[word]
    return word == head


def is_new_day(reading: Reading, word: int, verb: int) -> bool:
    """Whether a time at a verb is the day to which something is put off."""
    return reading.lemmas[verb].lower() in POSTPONING and reading.case_of(word) in TOWARDS


def _called_off_by(reading: Reading, head: int) -> int | None:
    """The verb of calling or putting off that has the act ("talks", "a round of talks") as its object."""
    head = counted_by(reading, head)
    verb = reading.heads[head]
    held = reading.rels[head] in ("obj", "nsubj:pass") and reading.upos[head] in ("NOUN", "PROPN")
    return verb if held and reading.lemmas[verb].lower() in POSTPONING | CANCELLING else None


def _new_day(reading: Reading, verb: int, expressions: Sequence[r.TimeExpression]) -> r.When | None:
    """The day or stretch to which the verb puts off; of "from Tuesday to Friday" the end."""
    if reading.lemmas[verb].lower() not in POSTPONING:
        return None
    for word, e in _times_at(reading, verb, expressions):
        if is_new_day(reading, word, verb):
            return msgspec.structs.replace(e.when, bound=None, direction="future")
        if reading.case_of(word) == "from" and e.when.end and e.when.end != e.when.start:
            return r.When(start=e.when.end, end=e.when.end, precision="day", text=e.when.text, anchor=e.when.anchor, direction="future")
    return None


def _times_at(reading: Reading, verb: int, expressions: Sequence[r.TimeExpression]) -> Iterator[tuple[int, r.TimeExpression]]:
    """The dated times that hang on a verb, or on a particle of it, with their heads."""
    for e in expressions:
        word = head_at(reading, e)
        if e.when.start and verb in (reading.heads[word], reading.heads[reading.heads[word]]) and not _at_noun(reading, word, verb):
            yield word, e


def _at_noun(reading: Reading, word: int, verb: int) -> bool:
    above = reading.heads[word]
    return above != verb and reading.upos[above] in ("NOUN", "PROPN") and reading.rels[above] in ("obj", "nsubj", "nsubj:pass")


def _is(when: r.When | None, other: r.When | None) -> bool:
    return when is not None and other is not None and (when.start == other.start or (when.text is not None and when.text == other.text))


def _old_day(when: r.When | None, new: r.When) -> r.When | None:
    """The day of the act as it was planned, when it is told beside the new one."""
    if when is None or not when.start or when.start == new.start:
        return None
    return r.When(start=when.start, end=when.start, precision="day", text=when.text) if when.end == new.end else when
