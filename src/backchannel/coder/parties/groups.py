"""A group told by its number ("the three ministers", "the five countries", "the trio") -> those joined before, when there are just so many; the words for
each of two ("either side", "neither country") -> those for both; "the two sides" -> who dealt with whom before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from backchannel.coder.parties.cast import Party, Stand, speaks
from backchannel.coder.parties.twos import REACH, two_alike
from backchannel.coder.syntax.dependents import joined
from backchannel.reader import Reading
from backchannel.reader.labels import EVENTS

NUMBERS = {word: n for n, word in enumerate("three four five six seven eight nine ten".split(), 3)}
SIZES = {"pair": 2, "duo": 2, "trio": 3, "quartet": 4}
EACH = frozenset(("either", "neither", "each"))
ONE = {"side": "sides", "country": "countries", "nation": "nations", "government": "governments", "leader": "leaders", "man": "men", "party": "parties"}
MEMBERS = {
    **dict.fromkeys("leaders presidents men women ministers diplomats officials lawmakers senators".split(), ("person", "people")),
    **dict.fromkeys("countries nations states governments powers allies capitals neighbours neighbors".split(), ("state", "government")),
    **dict.fromkeys(("sides", "parties", "groups"), ("state", "government", "armed_group", "igo", "party", "ngo")),
}
ANY = ("person", "people", "state", "government", "armed_group", "igo")
TOLD = re.compile(
    r"(?:(?:the|these|those|all|all of the) )?(?P<n>{}) (?:(?:foreign|prime|european|arab|gulf|world|other) )?(?P<what>\w+)$".format("|".join(NUMBERS)), re.I
)
BARE = frozenset(("the two", "both", "the pair", "the duo"))  # two parties of one kind, as subject or object
SIDES = re.compile(r"(?:both|(?:the |these |those )?two) (?P<what>sides|parties|countries|nations|states|governments|capitals|neighbou?rs)$", re.I)
PEOPLE = re.compile(r"(?:both|the|(?:the |these |those )two) (?:leaders|presidents|men|(?:prime |foreign |defen[cs]e )?ministers)$", re.I)
MUTUAL = [EVENTS.index(kind) + 1 for kind in ("AGREE", "CONSULT", "COOPERATE")]  # what two do with each other
DEALING = 0.3  # how likely a word is such an act from here on


def as_both(phrase: str) -> str:
    """ "Either side" as "both sides"; other phrases as they are."""
    words = phrase.split()
    return f"both {ONE[words[1]]}" if len(words) == 2 and words[0].lower() in EACH and words[1] in ONE else phrase


def is_group(phrase: str) -> bool:
    """Does a phrase tell a group by its number, or each of two?"""
    return _told(phrase) is not None or as_both(phrase) != phrase


def is_bare_two(reading: Reading, lo: int, hi: int) -> bool:
    """Do "the two", "both" stand alone for two parties, neither before a noun nor "of" others?"""
    if reading.quote(lo, hi).lower() not in BARE:
        return False
    head = hi - 1
    alone = reading.rels[head].split(":")[0] in ("nsubj", "obj", "iobj", "obl")
    return alone and not any(c > head and reading.rels[c] in ("nmod", "conj") for c in reading.children[head])


def is_told_apart(reading: Reading, hi: int) -> bool:
    """Does a clause behind a group's noun tell who is meant ("the two officials arrested in April")? Then nobody named before is."""
    return reading.words[hi : hi + 1] != [","] and any(reading.rels[c].startswith("acl") and c >= hi for c in reading.children[hi - 1])


def _told(phrase: str) -> tuple[int, tuple[str, ...]] | None:
    """How many, and of which kinds."""
    article, _, size = phrase.lower().rpartition(" ")
    if article == "the" and size in SIZES:
        return SIZES[size], ANY
    if sides := SIDES.match(phrase):
        return 2, MEMBERS[sides["what"].lower()]
    told = TOLD.match(phrase)
    kinds = MEMBERS.get(told["what"].lower()) if told else None
    return (NUMBERS[told["n"].lower()], kinds) if told and kinds else None


def group(reading: Reading, phrase: str, at: int, parties: Sequence[Party], stands: Sequence[Stand]) -> tuple[int, ...]:
    """The parties last joined before word ``at`` that are as many, and of the kind, as the phrase says; none, when no list fits."""
    told = _told(phrase)
    if told is None:
        return _the_two(reading, at, parties, stands) if phrase.lower() in BARE else ()
    size, kinds = told
    first = reading.bounds[max(0, reading.sentence_of[at] - REACH)][0]
    named = phrase.split()[-1].lower() in SIZES
    before = [s for s in sorted(stands) if first <= s[0] < at and len(s[2]) == 1 and (s[3] == "name" if named else s[3] != "pronoun")]
    heads = {reading.head_of(lo, hi): ats[0] for lo, hi, ats, _ in before}
    for lo, hi, ats, _ in reversed(before):
        below = [c for i in range(lo, hi) for c in joined(reading, i)[1:] if c >= hi and c in heads]
        together = dict.fromkeys([ats[0], *(heads[c] for c in below)])
        alike = size == 2 or len({parties[n].kind for n in together}) == 1
        if len(together) == size and all(parties[n].kind in kinds for n in together) and alike:
            return tuple(sorted(together))
    return _the_two(reading, at, parties, stands) if named and size == 2 else ()


def _the_two(reading: Reading, at: int, parties: Sequence[Party], stands: Sequence[Stand]) -> tuple[int, ...]:
    """The only two parties of one kind that the nearest sentence names before word ``at``."""
    here = reading.sentence_of[at]
    bounds = reversed(reading.bounds[max(0, here - REACH + 1) : here + 1])
    return tuple(sorted(two_alike(([ats for first, _, ats, _ in stands if lo <= first < min(hi, at)] for lo, hi in bounds), lambda n: parties[n].kind)))


def dealing(reading: Reading, phrase: str, at: int, parties: Sequence[Party], stands: Sequence[Stand]) -> tuple[int, ...]:
    """ "The two sides", "both countries", "the two leaders" at word ``at``: the two of different countries who dealt with each other in the nearest sentence
    before it, as subject and object of an act that nobody does alone ("diplomats from Britain and France met Iranian officials") or joined as its subject
    ("Kerry and Lavrov"), leaders as that of any verb.
    """
    if not SIDES.match(phrase) and not PEOPLE.match(phrase):
        return ()
    kinds, noun = ANY if SIDES.match(phrase) else ("person",), phrase.split()[-1].lower()
    if len(phrase.split()) < 3 and any(reading.words[hi - 1].lower() == noun for lo, hi, *_ in stands if lo < at):
        return ()  # "the leaders" are the "EU leaders" told of before
    here = reading.sentence_of[at]
    of_head = {reading.head_of(lo, hi): ats for lo, hi, ats, by in stands if lo < at and len(ats) == 1}
    acts = reading.probabilities("event")[:, MUTUAL].sum(1)
    for n in range(here, max(-1, here - REACH), -1):
        first, end = reading.bounds[n]
        for verb in range(first, min(end, at)):
            mutual = acts[verb] >= DEALING
            if not mutual and kinds is ANY:
                continue
            words = _sides_at(reading, verb) if mutual else [c for c in reading.children[verb] if reading.rels[c].startswith("nsubj")]
            sides = [[m for w in joined(reading, c) for m in of_head.get(w, ())] for c in words if c < at]
            for named in (*sides, *([[m for own in sides for m in own]] if mutual else [])):
                two = {m for m in named if parties[m].kind in kinds and (parties[m].kind != "people" or speaks(parties[m]))}
                if len(two) == 2 and len({parties[m].country for m in two}) == 2:
                    return tuple(sorted(two))
    return ()


def _sides_at(reading: Reading, act: int) -> list[int]:
    """Subject, object and whoever stands behind "with", "to", "between" or "by" of an act, and the subject of the verb that it is the object of."""
    below = [c for c in reading.children[act] if reading.rels[c].split(":")[0] in ("nsubj", "obj") or reading.case_of(c) in ("with", "to", "between", "by")]
    verb = reading.heads[act]
    above = [c for c in reading.children[verb] if reading.rels[c] == "nsubj"] if reading.rels[act] == "obj" else []
    return above + below
