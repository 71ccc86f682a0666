"""Verbs and adjectives that tell how one party stands to another: "A fell out with B", "A and B have mended fences", "A distrusts B", "A, wary of B".

A bond is written in relations.toml as its head's lemma, the words it needs beside it, and behind a bar the prepositions of the other side (none: it is the
object; "both": they are the two that it is done to; "be" before an adjective). With a preposition two subjects may be the sides. The sides are read off the
tree alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from backchannel.coder.parties.cast import Cast
from backchannel.coder.relations.between import joined_to, parties_of, subject_of, subjects, table
from backchannel.coder.relations.denied import NOT, OPPOSITE, is_over
from backchannel.coder.syntax.dependents import behind
from backchannel.reader import Reading

BOTH = "both"  # in place of a preposition: the sides are who it is done to
SELF = frozenset(("itself", "himself", "herself", "themselves"))
MODAL = frozenset("can could may might would should must".split())
NEAR = 3  # words behind the head within which a word it needs may stand, whatever the tree hangs it on
UNSURE = frozenset(("people", "place", "company", "media"))  # kinds of party whose feelings are no relation


class Phrase(NamedTuple):
    """What a bond is told by."""

    head: str
    upos: str
    needs: tuple[str, ...]
    cases: tuple[str, ...]
    quality: str
    trend: str


class Bond(NamedTuple):
    """How two stand to each other by a verb or adjective: its head, its words in text order, the sides."""

    head: int
    words: tuple[int, ...]
    sides: tuple[str, ...]
    quality: str
    trend: str


@cache
def phrases() -> dict[str, list[Phrase]]:
    """The phrases of relations.toml by the lemma of their head."""
    found: dict[str, list[Phrase]] = {}
    for said, written in table()["bonds"].items():
        quality, trend = said.split()
        for text in written:
            words, _, cases = text.partition("|")
            is_verb, (head, *needs) = not text.startswith("be "), words.removeprefix("be ").split()
            found.setdefault(head, []).append(Phrase(head, "VERB" if is_verb else "ADJ", tuple(needs), tuple(cases.split()), quality, trend))
    return found


def bonds_of(reading: Reading, cast: Cast) -> Iterator[Bond]:
    """The bonds of a report in text order, the first phrase that fits for each head."""
    known = phrases()
    for i in reading.having(known.keys()):
        for phrase in known[reading.lemmas[i].lower()]:
            if phrase.upos == reading.upos[i] and (bond := _bond(reading, cast, i, phrase)):
                yield bond
                break


def _bond(reading: Reading, cast: Cast, head: int, phrase: Phrase) -> Bond | None:
    """The bond that a head tells by a phrase, if all its words are there and the tree has two sides."""
    beside = [w for need in phrase.needs if (w := _beside(reading, head, need)) is not None]
    below = [reading.lemmas[c].lower() for c in reading.children[head]]
    told_else = (
        phrase.cases and BOTH not in phrase.cases and any(reading.rels[c] == "obj" and c not in beside for c in reading.children[head])
    )  # "turned the issue against him"
    if told_else or len(beside) < len(phrase.needs) or is_modal(reading, head):
        return None
    if not {BOTH, "between"}.isdisjoint(phrase.cases) and not subjects(reading, head):
        return None  # "tried to drive them apart"
    sides = _sides(reading, cast, head, beside, phrase)
    if len(sides) < 2 or any(cast.get(k).kind in UNSURE or cast.get(k).name.islower() for k in sides) or any(_is_within(cast, sides[0], k) for k in sides[1:]):
        return None
    over = is_over(reading, head)
    quality, trend = (
        (OPPOSITE[phrase.quality], "worsening" if over else "unknown")
        if (over or not NOT.isdisjoint(below)) and phrase.quality in OPPOSITE
        else (phrase.quality, phrase.trend)
    )
    return Bond(head, tuple(sorted({head, *beside})), sides, quality, trend) if (quality, trend) != ("unknown", "unknown") else None


def is_modal(reading: Reading, verb: int) -> bool:
    """Is it only what may, can or should be?"""
    return any(reading.rels[c] == "aux" and reading.lemmas[c].lower() in MODAL for c in reading.children[verb])


def _beside(reading: Reading, head: int, need: str) -> int | None:
    """Where the word stands that a head needs: below it, or right behind it."""
    near = (*reading.children[head], *range(head + 1, min(head + 1 + NEAR, reading.bounds[reading.sentence_of[head]][1])))
    return next(
        (c for c in near if need in (reading.lemmas[c].lower(), reading.words[c].lower()) or (need == "self" and reading.words[c].lower() in SELF)), None
    )


def _sides(reading: Reading, cast: Cast, head: int, beside: list[int], phrase: Phrase) -> tuple[str, ...]:
    """The two parties: who it is told of, and who stands behind the preposition or is the object; else the two that it is told of."""
    passive = any(reading.rels[c] == "nsubj:pass" for c in reading.children[head])
    told = _told_of(reading, head) if BOTH not in phrase.cases else _done_to(reading, head, beside)
    own = [k for w in told for k in parties_of(reading, cast, w)]
    cases = ("by",) if passive and not phrase.cases else phrase.cases
    below = [c for w in (head, *beside) for c in reading.children[w] if c > head]
    if cases:
        there = [c for w in (head, *beside) for c in behind(reading, w, *cases) if c > head]
    else:
        there = [c for c in below if _is_object(reading, c) and reading.heads[c] == head and c not in beside]
    there = [c for c in there if not any(reading.rels[o] == "nmod:poss" and reading.upos[o] == "PRON" for o in reading.children[c])]  # "his party"
    if "between" in cases:
        return tuple(dict.fromkeys(k for c in there for w in joined_to(reading, c) for k in parties_of(reading, cast, w)))
    other = [k for c in there[:1] for w in joined_to(reading, c) for k in parties_of(reading, cast, w) if k not in own]
    if not there and cases:
        if any(reading.words[reading.subtree(c)[0]].lower() in cases for c in below):
            return ()  # "the two are not close to striking an accord"
        return tuple(dict.fromkeys(own)) if len(set(own)) == 2 else ()
    if not phrase.cases and phrase.trend == "improving" and other and cast.get(other[0]).kind == "person":
        return ()  # "embraced the prime minister at the airport"
    return tuple(dict.fromkeys((own[0], *other))) if own and other else ()


def _is_object(reading: Reading, word: int) -> bool:
    """Is it an object, or a name that the tree takes for a circumstance ("still distrusts the United States")?"""
    return reading.rels[word] == "obj" or (reading.rels[word] == "obl" and not reading.case_of(word) and reading.upos[word] == "PROPN")


def _done_to(reading: Reading, head: int, beside: list[int]) -> list[int]:
    """Whom a verb parts or brings together: its object, its subject if passive, with what is joined to it."""
    done_to = [c for c in reading.children[head] if reading.rels[c] in ("obj", "nsubj:pass") and c not in beside]
    return joined_to(reading, done_to[0]) if done_to else []


def _told_of(reading: Reading, head: int) -> list[int]:
    """Of whom a verb or adjective is told: its subject with what is joined to it, or the noun it stands beside ("Cambodia, close to China, ...")."""
    above = reading.heads[head]
    if reading.rels[head] in ("amod", "acl", "appos") and above < head and not subjects(reading, head):
        return [above]
    top = subject_of(reading, head)
    return joined_to(reading, top) if top is not None else []


def _is_within(cast: Cast, one: str, other: str) -> bool:
    """Is one a state and the other of that state?"""
    kinds = {cast.get(one).kind, cast.get(other).kind}
    same = cast.get(one).country == cast.get(other).country
    return one == other or (same and cast.get(one).country is not None and not kinds <= {"person"})
