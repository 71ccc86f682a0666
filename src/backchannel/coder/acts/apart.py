"""Acts told so many days, weeks, months or years from another -> their times: "met on Friday, two days after he had *quit*", "landed on Monday, a day before
they are to *vote*".

Of 60 annotated acts told so, 54 are that far from the time of the clause above, to the day also where weeks are counted; hours mostly are of the same day.
What "comes" so long after something is news of the report's day: of eight such acts five are that far from it, three as far as rounded weeks and months are.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from msgspec.structs import replace as change

from backchannel import records as r
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.acts.when import BEGUN, Times
from backchannel.coder.times.calendar import period, shift
from backchannel.coder.times.resolving import day_of, direction
from backchannel.reader import Reading

LENGTH = re.compile(r"P(\d{1,3})([DWMY])")
SIGNS = {"after": -1, "before": 1}  # of the other act, seen from the time of the clause above
PRECISIONS: dict[str, r.Precision] = {"D": "day", "W": "day", "M": "month", "Y": "year"}
LOOSE = frozenset("less more nearly almost about over under some around fewer".split())
CARRYING = ("nsubj", "nsubj:pass", "obj", "xcomp", "conj")  # what an act is to the verb after "after" that is none ("voted to *break* away")
STEPS = 3  # clauses above in which a time is looked for


def with_times_apart(reading: Reading, times: Times, acts: list[Anchor], claims: Iterable[r.EventClaim]) -> Iterator[r.EventClaim]:
    """The claims of acts, both in order of text, those told so long after or before something with their time."""
    found = list(claims)
    at = {reading.head_of(a.first, a.last): n for n, a in enumerate(acts)}
    for words, n_units, unit in _lengths(reading, times):
        mark = words[-1] + 1
        low, told = reading.words[mark].lower(), reading.heads[mark]
        if told < mark or _time_below(times, told, words):
            continue
        day = _time_above(times, told, {*reading.subtree(told), *words}, at, found)
        text = reading.quote(words[0], mark + 1)
        when = _moved(text, n_units * SIGNS[low], unit, day, times.published) if day else None
        for n in _acts_of(reading, told, at):
            if when and (SIGNS[low] > 0) != (found[n].status in BEGUN):
                found[n] = change(found[n], when=when, why=(*found[n].why, f"{when.text} what is of {when.anchor}"))
    yield from found


def _lengths(reading: Reading, times: Times) -> Iterator[tuple[list[int], int, str]]:
    """What stands before "after" or "before" and is a length of time ("two days", "the day"): its words, how many units, which."""
    marks = [i for i in range(1, len(reading.words)) if reading.words[i].lower() in SIGNS]
    ends = {words[-1]: (e, words) for e, words in times.expressions}
    for i in marks:
        e, words = ends.get(i - 1, (None, []))
        length = LENGTH.fullmatch(e.timex.value) if e else None
        if e and length and e.text.split()[0].lower() not in LOOSE:
            yield words, int(length[1]), length[2]
        elif e is None and [w.lower() for w in reading.words[max(i - 2, 0) : i]] == ["the", "day"]:
            yield [i - 2, i - 1], 1, "D"


def _acts_of(reading: Reading, told: int, at: dict[int, int]) -> list[int]:
    """The acts that a clause or a noun after "after" tells: its own word's, else those of its parts."""
    joined = [c for c in reading.children[told] if reading.rels[c] == "conj"]
    own = [at[w] for w in (told, *joined) if w in at]
    return own or [at[c] for c in reading.children[told] if c in at and reading.rels[c] in CARRYING]


def _time_below(times: Times, word: int, besides: Container[int]) -> r.When | None:
    """The day of an expression that hangs from a word, one that begins with none of certain words."""
    reading = times.reading
    hanging = (e for e, words in times.expressions if words[0] not in besides and reading.heads[reading.head_of(words[0], words[-1] + 1)] == word)
    return next((e.when for e in hanging if _is_day(e.when)), None)


def _time_above(times: Times, told: int, own: set[int], at: dict[int, int], claims: list[r.EventClaim]) -> r.When | None:
    """The day of the clause from which an act's time counts: an expression that hangs from its verb, or the time of the act that this tells."""
    reading, word = times.reading, told
    for _ in range(STEPS):
        if reading.heads[word] == word:
            break
        word = reading.heads[word]
        if when := _time_below(times, word, own):
            return when
        if word in at and _is_day(when := claims[at[word]].when):
            return when
    comes = reading.lemmas[word].lower() == "come" and "Tense=Pres" in reading.feats[word] and "VerbForm=Fin" in reading.feats[word]
    return times.published if comes and _is_day(times.published) else None


def _is_day(when: r.When | None) -> bool:
    return bool(when and when.start and when.start[:10] == (when.end or "")[:10])


def _moved(text: str, n: int, unit: str, start: r.When, published: r.When | None) -> r.When | None:
    """The day, month or year so many units from a day."""
    begin = day_of(start.start)
    if begin is None:
        return None
    day = shift(begin, n, unit)
    first, last = period(day, unit) if unit in "MY" else (day, day)
    lies = direction(first, last, *(day_of(d) for d in (published.start, published.end))) if published else None
    return r.When(start=first.isoformat(), end=last.isoformat(), precision=PRECISIONS[unit], text=text, anchor=begin.isoformat(), direction=lies)
