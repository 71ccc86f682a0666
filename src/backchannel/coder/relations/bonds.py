"""Words that tell how one party stands to another: "A fell out with B", "A and B have mended fences", "A, wary of B", "A's tilt toward B".

A bond is written in relations.toml as its head's lemma, the words it needs beside it, and behind a bar the prepositions of the other side (none: it is the
object; "both": they are the two that it is done to; "be" before an adjective, "a" before a noun). With a preposition two subjects may be the sides. The sides
are read off the tree alone. What may be so is a bond that is possible.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from backchannel.coder.parties.cast import Cast
from backchannel.coder.relations.between import joined_to, parties_of, subject_of, subjects, table
from backchannel.coder.relations.denied import NOT, OPPOSITE, is_over
from backchannel.coder.syntax.dependents import behind
from backchannel.reader import Reading

BOTH = "both"  # in place of a preposition: the sides are who it is done to
SELF = frozenset(("itself", "himself", "herself", "themselves"))
MARKS = {"be ": "ADJ", "a ": "NOUN"}  # what stands before a phrase whose head is no verb
MODAL = frozenset("can could may might would should must".split())
MAYBE, LASTING = frozenset(("may", "might", "could")), frozenset(("be", "have"))
SHOWING = frozenset("signal mark mean suggest indicate herald show reflect presage foreshadow represent".split())
WITHIN, FAR = ("xcomp", "ccomp", "acl", "obj", "conj"), 4  # relations to what says that it may be, and how many of them are followed
STATELY = frozenset(("state", "government"))
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
    stately: bool  # told of states and governments alone


class Bond(NamedTuple):
    """How two stand to each other by a verb or adjective: its head, its words in text order, the sides."""

    head: int
    words: tuple[int, ...]
    sides: tuple[str, ...]
    quality: str
    trend: str
    maybe: bool  # only what may be


@cache
def phrases() -> dict[str, list[Phrase]]:
    """The phrases of relations.toml by the lemma of their head."""
    found: dict[str, list[Phrase]] = {}
    listed = [(said, text, part == "stately") for part in ("bonds", "stately") for said, written in table()[part].items() for text in written]
    for said, text, stately in listed:
        quality, trend = said.split()
        words, _, cases = text.partition("|")
        upos = next((upos for mark, upos in MARKS.items() if text.startswith(mark)), "VERB")
        head, *needs = words.split()[upos != "VERB" :]
        found.setdefault(head, []).append(Phrase(head, upos, tuple(needs), tuple(cases.split()), quality, trend, stately))
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
    if told_else or len(beside) < len(phrase.needs) or (is_modal(reading, head) and not may_be(reading, head)):
        return None
    if not {BOTH, "between"}.isdisjoint(phrase.cases) and not subjects(reading, head):
        return None  # "tried to drive them apart"
    sides = _sides(reading, cast, head, beside, phrase)
    if len(sides) < 2 or any(cast.get(k).kind in UNSURE or cast.get(k).name.islower() for k in sides) or any(_is_within(cast, sides[0], k) for k in sides[1:]):
        return None
    over, is_not = is_over(reading, head), not NOT.isdisjoint(below)
    if phrase.stately and (over or is_not or any(cast.get(k).kind not in STATELY for k in sides)):
        return None
    quality, trend = (
        (OPPOSITE[phrase.quality], "worsening" if over else "unknown") if (over or is_not) and phrase.quality in OPPOSITE else (phrase.quality, phrase.trend)
    )
    return Bond(head, tuple(sorted({head, *beside})), sides, quality, trend, may_be(reading, head)) if (quality, trend) != ("unknown", "unknown") else None


def is_modal(reading: Reading, verb: int) -> bool:
    """Is it only what may, can or should be?"""
    return _has(reading, verb, MODAL)


def may_be(reading: Reading, verb: int) -> bool:
    """Is it what may be so now ("may be drifting away"), or what something may show ("could signal a decision to side with A")? What could happen one day
    ("could mend fences") is not how two stand.
    """
    over = list(accumulate(range(FAR), lambda w, _: reading.heads[w] if reading.rels[w] in WITHIN else w, initial=verb))
    return (_has(reading, verb, MAYBE) and _has(reading, verb, LASTING)) or any(reading.lemmas[w].lower() in SHOWING and _has(reading, w, MAYBE) for w in over)


def _has(reading: Reading, verb: int, auxiliaries: Container[str]) -> bool:
    """Has a verb one of the auxiliaries?"""
    return any(reading.rels[c].startswith("aux") and reading.lemmas[c].lower() in auxiliaries for c in reading.children[verb])


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
    there = there or ([*_whose_side(reading, head, beside)] if phrase.stately else [])
    other = [k for c in there[:1] for w in joined_to(reading, c) for k in parties_of(reading, cast, w) if k not in own]
    if not there and cases:
        if any(reading.words[reading.subtree(c)[0]].lower() in cases for c in below):
            return ()  # "the two are not close to striking an accord"
        return tuple(dict.fromkeys(own)) if len(set(own)) == 2 else ()
    if not phrase.cases and phrase.trend == "improving" and other and cast.get(other[0]).kind == "person":
        return ()  # "embraced the prime minister at the airport"
    return tuple(dict.fromkeys((own[0], *other))) if own and other else ()


def _whose_side(reading: Reading, head: int, beside: list[int]) -> Iterator[int]:
    """Whose side is taken where no preposition tells: "took *Qatar's* side", "take a side and back *Ukraine*"."""
    yield from (c for w in beside for c in reading.children[w] if reading.rels[c] == "nmod:poss" and reading.upos[c] != "PRON")
    yield from (o for c in reading.children[head] if reading.rels[c] == "conj" for o in reading.children[c] if reading.rels[o] == "obj")


def _is_object(reading: Reading, word: int) -> bool:
    """Is it an object, or a name that the tree takes for a circumstance ("still distrusts the United States")?"""
    return reading.rels[word] == "obj" or (reading.rels[word] == "obl" and not reading.case_of(word) and reading.upos[word] == "PROPN")


def _done_to(reading: Reading, head: int, beside: list[int]) -> list[int]:
    """Whom a verb parts or brings together: its object, its subject if passive, with what is joined to it."""
    done_to = [c for c in reading.children[head] if reading.rels[c] in ("obj", "nsubj:pass") and c not in beside]
    return joined_to(reading, done_to[0]) if done_to else []


def _told_of(reading: Reading, head: int) -> list[int]:
    """Of whom a word is told: the subject with what is joined to it, the noun it stands beside ("Cambodia, close to China, ..."), or whose it is."""
    above = reading.heads[head]
    if reading.upos[head] == "NOUN":
        own = (c for c in reading.children[head] if (c < head and reading.rels[c] in ("nmod:poss", "amod", "compound")) or reading.case_of(c) in ("by", "of"))
        return [w for c in own for w in joined_to(reading, c)]
    infinitive = any(reading.rels[c] == "mark" for c in reading.children[head])
    if reading.rels[head] in ("amod", "acl", "appos") and above < head and not subjects(reading, head) and not infinitive:
        return [above]
    top = subject_of(reading, head)
    return joined_to(reading, top) if top is not None else []


def _is_within(cast: Cast, one: str, other: str) -> bool:
    """Is one a state and the other of that state?"""
    kinds = {cast.get(one).kind, cast.get(other).kind}
    same = cast.get(one).country == cast.get(other).country
    return one == other or (same and cast.get(one).country is not None and not kinds <= {"person"})
