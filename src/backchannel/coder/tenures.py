"""Offices and the words around them -> since when and until when they were held: "foreign minister from 2019 to 2022", "stepped down as president in May"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence

import msgspec

from backchannel import records as r
from backchannel.coder.parties.cast import Cast
from backchannel.coder.syntax.dependents import joined_parties, meant_by, nearest_subject
from backchannel.reader import Reading

SERVING = frozenset("serve work act remain".split())  # "as" the holder of an office
LEAVING = frozenset("step resign quit retire oust remove dismiss sack fire depose".split())  # "as" one
TAKING = frozenset("take assume enter".split())  # office
OVER = "the register has the term ended"
NEAR = 6  # words between a title and its term ("foreign minister of the Republic of Chad until 2022")
DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def with_terms(reading: Reading, cast: Cast, claims: Sequence[r.OfficeClaim], times: tuple[r.TimeExpression, ...], on: str | None) -> Iterator[r.OfficeClaim]:
    """The claims with what the words right behind their titles, and the verb of whoever takes office, tell of their terms. Who held one until a day that is
    over holds it no more.
    """
    for claim in claims:
        begun, ended = (claim.from_, claim.to) if claim.from_ or claim.to else _term(reading, cast, claim, times)
        if begun is None and ended is None:
            begun = _taken(reading, cast, claim, times)
        over = ended is not None and on is not None and ended.end is not None and ended.end < on
        again = begun is not None and ended is None and claim.why[-1].startswith(OVER)  # whoever is said to have begun has the office again
        tense: r.Tense = "former" if over and claim.tense == "current" else "current" if again else claim.tense
        yield msgspec.structs.replace(claim, from_=begun, to=ended, tense=tense, why=claim.why[: -1 if again else None])


def _term(reading: Reading, cast: Cast, claim: r.OfficeClaim, times: tuple[r.TimeExpression, ...]) -> tuple[r.When | None, r.When | None]:
    """Beginning and end by the expressions right behind the title, with nothing between but what the title goes on with."""
    sentence = claim.evidence[0]
    behind = [t for t in times if claim.anchor.end <= t.start < sentence.end]
    if not behind or not _goes_on(reading, cast, claim, behind[0].start):
        return None, None
    first = behind[0]
    second = next((t for t in behind[1:2] if t.when == first.when), None)
    if first.when.bound == "since":
        return part_of(first.timex.value, first.when), None
    if first.when.bound == "until":
        return None, part_of(first.timex.value, first.when)
    if second is not None:  # "from 2019 to 2022"
        return part_of(first.timex.value, first.when), part_of(second.timex.value, first.when)
    years = re.fullmatch(r"(\d{4})\s?[-–]\s?(\d{4})", first.text)
    return (part_of(years[1], first.when), part_of(years[2], first.when)) if years else (None, None)


def _goes_on(reading: Reading, cast: Cast, claim: r.OfficeClaim, start: int) -> bool:
    """Are there only words of the title's phrase, prepositions and marks between a title and a time, and not the name of who holds it?"""
    last, first = reading.words_at(claim.anchor.start, claim.anchor.end)[1], reading.words_at(start, start + 1)[0]
    head = reading.head_of(*reading.words_at(claim.anchor.start, claim.anchor.end))
    own = set(reading.subtree(head))
    between = range(last, first)
    named = any(claim.person in cast.at.get(i, ()) for i in between)
    return len(between) <= NEAR and not named and all(i in own or reading.upos[i] in ("ADP", "PUNCT") for i in between)


def _taken(reading: Reading, cast: Cast, claim: r.OfficeClaim, times: tuple[r.TimeExpression, ...]) -> r.When | None:
    """When whoever holds the office is said to have taken it in the same sentence ("the new president, X, took office on Saturday")."""
    first, last = reading.words_at(claim.evidence[0].start, claim.evidence[0].end)
    for verb in range(first, last):
        taken = reading.lemmas[verb].lower() in TAKING and any(
            reading.rels[c] == "obj" and reading.lemmas[c].lower() == "office" for c in reading.children[verb]
        )
        subject = nearest_subject(reading, verb) if taken else None
        if subject is not None and claim.person in joined_parties(reading, cast, meant_by(reading, verb, subject)):
            return time_below(reading, verb, times)
    return None


def holders_as(reading: Reading, cast: Cast, verb: int) -> tuple[tuple[str, ...], tuple[str, ...], int] | None:
    """(who holds or takes, who leaves, the word after "as") of a verb that tells of an office behind "as": "served as", "stepped down as", "succeeded Y as"."""
    lemma, below = reading.lemmas[verb].lower(), reading.children[verb]
    mark = next((i for c in below for i in (c, *reading.children[c]) if i > verb and reading.words[i].lower() == "as"), None)
    if mark is None or reading.upos[verb] != "VERB" or lemma not in SERVING | LEAVING | {"succeed", "replace"}:
        return None
    if lemma not in SERVING and "Tense=Past" not in reading.feats[verb]:
        return None  # "will step down as"
    subject = nearest_subject(reading, verb)
    word = None if subject is None else meant_by(reading, verb, subject)
    beside = [c for c in reading.children[word] if reading.rels[c] == "appos"] if word is not None else []  # "the candidate, X, served"
    who = () if word is None else tuple(k for w in (word, *beside) for k in joined_parties(reading, cast, w))
    whom = tuple(k for c in below if reading.rels[c] == "obj" for k in joined_parties(reading, cast, c))
    passive = any(reading.rels[c] == "aux:pass" for c in below)
    if lemma in SERVING:
        return (who, (), mark + 1) if not whom else None
    if lemma in LEAVING:
        return (), who if passive or not whom else whom, mark + 1
    return (who, whom, mark + 1) if not passive and whom else None


def time_below(reading: Reading, verb: int, times: tuple[r.TimeExpression, ...]) -> r.When | None:
    """The time that a verb has."""
    inside = [reading.tokens[i].start for i in reading.subtree(verb)]
    return next((t.when for t in times if inside and inside[0] <= t.start <= inside[-1] and t.when.start), None)


def part_of(value: str, when: r.When) -> r.When | None:
    """The year, month or day of a TIMEX3 value, told by the words of ``when``; null where it is none."""
    if not DATE.fullmatch(value):
        return None
    year, month, day = (*map(int, value.split("-")), 0, 0)[:3]
    if not month:
        start, end, precision = f"{value}-01-01", f"{value}-12-31", "year"
    elif not day:
        start, end, precision = f"{value}-01", f"{value}-{calendar.monthrange(year, month)[1]:02d}", "month"
    else:
        start, end, precision = value, value, "day"
    return msgspec.structs.replace(when, start=start, end=end, precision=precision, bound=None)
