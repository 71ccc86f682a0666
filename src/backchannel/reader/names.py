"""Reading -> its names, by what the name head says of each word and what the tree, the rest of the text and a few words (names.toml) say besides.

The head alone makes two names of "Democratic-Republican", of "Gulf of Aden" and of "United States", begins one before "federal", takes a title for a person,
calls a body that it does not know a person here and a body there, passes over "U.S." before "troops" and takes "Texas" before "Sen." for a person. All rules
together, exact F1: UNER-EWT dev 0.751 -> 0.781, CrossNER politics dev 0.796 -> 0.833, re3d dev 0.500 -> 0.514.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from backchannel.reader.encoder import Floats
from backchannel.reader.labels import NAMES
from backchannel.reader.spans import SURE, best_spans

if TYPE_CHECKING:
    from backchannel.reader.reading import Reading

# Log odds added to a name's going on, chosen on EWT train and CrossNER train of 0.7, 1, 1.5 and of 1, 2, 3.
ONE_PHRASE = 1.0  # over words of one phrase and hyphens
SYLLABLE = 4.0  # over a hyphen to what would be a preposition elsewhere, and to that hyphen
NO_END = 2.0  # behind ``WITHIN``, with which no name ends
BEFORE = frozenset("compound amod nummod".split())
ABOUT = frozenset("ADJ NOUN DET".split())  # what in small letters stands before a name and is no part of it
HYPHENS = frozenset("-–")
SYLLABLES = frozenset("PROPN ADP ADV PART SCONJ CCONJ".split())  # what the second part of "Jae-in" may be taken for; "led" in "U.S.-led" is a verb
WITHIN = frozenset("of the for".split())  # small words that names go on after; "in" and "at" mostly tell where a body is

Name = tuple[int, int, str]


def names(reading: Reading) -> list[Name]:
    """(first word, last word exclusive, PER | ORG | LOC | MISC); an address ("press@state.gov") is none."""
    found = best_spans(reading.probabilities("name"), reading.bounds, _going_on(reading))
    named = [(_first(reading, lo, hi), hi, NAMES[kind]) for lo, hi, kind in found if hi - lo > 1 or "@" not in reading.words[lo][1:]]
    titles = {one for one, after in pairwise(named) if _is_title(reading, one, after)}
    typed = [_leader(reading, one) for one in _alike(reading, [one for one in named if one not in titles])]
    placed = [part for one in _joined(reading, typed) for part in _town_and_part(reading, one)]
    return _parts(reading, _states(reading, placed))


@cache
def _words() -> dict[str, Any]:
    """The words of names (names.toml)."""
    found = tomllib.loads(resources.files("backchannel.reader").joinpath("names.toml").read_text(encoding="utf8"))
    return {kind: frozenset(words.split() if isinstance(words, str) else words) for kind, words in found.items()}


def _going_on(reading: Reading) -> Floats:
    """Log odds in favour of each word's going on with a name that the word before is in: (words,)."""
    more = np.zeros(len(reading.words), np.float32)
    for i in np.flatnonzero(reading.probabilities("name")[:, 0] < SURE).tolist():  # the rest is in no name
        if not i or reading.sentence_of[i] != reading.sentence_of[i - 1]:
            continue
        if _is_syllable(reading, i) or (i + 1 < len(more) and _is_syllable(reading, i + 1)):
            more[i] = SYLLABLE
        elif reading.words[i - 1] in WITHIN and reading.words[i] not in ("a", "an"):
            more[i] = NO_END
        elif _one_phrase(reading, i):
            more[i] = ONE_PHRASE
    return more


def _is_syllable(reading: Reading, i: int) -> bool:
    """Is a word like "in" the end of a given name ("Moon Jae-in"): behind a hyphen without spaces, before it two words with capitals?"""
    first, last, hyphen, word = reading.words[i - 3 : i + 1] if i >= 3 else ("", "", "", "")
    glued = hyphen in HYPHENS and reading.tokens[i - 2].end == reading.tokens[i - 1].start and reading.tokens[i - 1].end == reading.tokens[i].start
    return glued and first[:1].isupper() and last[:1].isupper() and word.islower() and reading.upos[i] in SYLLABLES


def _one_phrase(reading: Reading, i: int) -> bool:
    """Does word ``i`` belong to one noun with the word before, or is there a hyphen without a space between them?"""
    before, word = reading.words[i - 1], reading.words[i]
    if (before in HYPHENS or word in HYPHENS) and reading.tokens[i - 1].end == reading.tokens[i].start:
        return True
    if not (word[0].isupper() or word[0].isdigit()):
        return False
    above, head = reading.heads[i - 1], reading.heads[i]
    if reading.rels[i].startswith("flat") and head < i and (head in (i - 1, above) or reading.heads[above] == head):
        return True
    return reading.rels[i - 1].split(":")[0] in BEFORE and (above == i or i - 1 <= head <= above)


def _first(reading: Reading, lo: int, hi: int) -> int:
    """The first word of a name without what only tells about it ("federal" "Liberal Party", "eastern" "Aleppo")."""
    told = [reading.words[i].islower() and reading.words[i].isalpha() and reading.upos[i] in ABOUT for i in range(lo, hi)]
    first = lo + (*told, False).index(False)
    return first if first < hi and reading.words[first] not in HYPHENS else lo


def _is_title(reading: Reading, one: Name, after: Name) -> bool:
    """Is a person only the title of the one who comes next ("Secretary of State" "John Kerry")?"""
    if after[0] != one[1] or {one[2], after[2]} != {"PER"}:
        return False
    head = reading.head_of(one[0], one[1])
    return reading.rels[head] == "nmod:desc" and after[0] <= reading.heads[head] < after[1]


def _alike(reading: Reading, named: list[Name]) -> list[Name]:
    """What has one name all through the text is of one type: the likeliest of all its mentions together, a family name's those with first names included."""
    p = np.maximum(reading.probabilities("name")[:, 1:].reshape(-1, len(NAMES), 2).sum(2), 1e-6)
    mentions: dict[str, set[Name]] = defaultdict(set)
    for lo, hi, kind in named:
        mentions[reading.quote(lo, hi)].add((lo, hi, kind))
        if kind == "PER":
            mentions[reading.words[hi - 1]].add((lo, hi, kind))
    kinds = {q: NAMES[int(sum(np.log(p[lo:hi]).mean(0) for lo, hi, _ in sorted(m)).argmax())] for q, m in mentions.items() if len(m) > 1}
    return [(lo, hi, kinds.get(reading.quote(lo, hi), kind)) for lo, hi, kind in named]


def _leader(reading: Reading, one: Name) -> Name:
    """A name as that of a person alone if what stands behind it or at its end is called after its leader ("the Obama administration")."""
    lo, hi, kind = one
    led = reading.words[lo + 1 : lo + 2] and reading.words[lo + 1] in _words()["led"]
    return (lo, lo + 1, "PER") if led and kind == "ORG" and hi <= lo + 2 and reading.words[lo].istitle() else one


def _joined(reading: Reading, named: list[Name]) -> list[Name]:
    """A place of a place is one ("Lake of the Ozarks", "United States of America"), a firm ends with its legal form ("Acme, Inc.")."""
    whole: list[Name] = []
    for lo, hi, kind in named:
        if whole and lo < whole[-1][1]:
            continue
        if kind != "LOC" and reading.words[hi : hi + 1] == [","] and _words()["firms"].intersection(reading.words[hi + 1 : hi + 2]):
            hi, kind = hi + 2, "ORG"
        if whole and kind == whole[-1][2] == "LOC" and reading.words[whole[-1][1] : lo] in (["of"], ["of", "the"]):
            lo = whole.pop()[0]
        whole.append((lo, hi, kind))
    return whole


def _town_and_part(reading: Reading, one: Name) -> list[Name]:
    """A part of a state is a place; behind a town it is the second of two ("Portland Oregon", "Santa Fe NM"). Other names are as they are."""
    lo, hi, kind = one
    if reading.quote(lo, hi) in _words()["parts"]:
        return [(lo, hi, "LOC")]
    for at in (hi - 1, hi - 2) if kind == "LOC" else ():
        place, before = reading.quote(at, hi), reading.words[at - 1] if at > lo else ""
        if before.isalpha() and before.lower() not in _words()["more"] and (place.title() in _words()["parts"] or place.upper() in _words()["codes"]):
            return [(lo, at, kind), (at, hi, kind)]
    return [one]


def _parts(reading: Reading, named: list[Name]) -> list[Name]:
    """With the parts of states that the head passed over ("the Ohio governor")."""
    inside, begins, found = {i for lo, hi, _ in named for i in range(lo, hi)}, {part.split()[0] for part in _words()["parts"]}, list(named)
    for i in [i for i, word in enumerate(reading.words) if word in begins]:
        for end in range(min(i + 3, reading.bounds[reading.sentence_of[i]][1]), i, -1):
            if reading.quote(i, end) in _words()["parts"]:
                if inside.isdisjoint(range(i, end)):
                    found.append((i, end, "LOC"))
                    inside.update(range(i, end))
                break
    return sorted(found)


def _states(reading: Reading, named: list[Name]) -> list[Name]:
    """With each short name of a state, alone or before words in small letters ("U.S. troops"), as a place."""
    found, at, states = set(named), {i: one for one in named for i in range(one[0], one[1])}, _words()["states"]
    for i in [i for i, word in enumerate(reading.words) if word in states]:
        one = at.get(i)
        if _is_state(reading, i, at.get(i + 1)) if one is None else one[0] == i and all(w.islower() for w in reading.words[i + 1 : one[1]]):
            found = found - {one} | {(i, i + 1, "LOC")}
    return sorted(found)


def _is_state(reading: Reading, i: int, after: Name | None) -> bool:
    """Is word ``i``, in no name, a state's short name: no "us" of a sentence in capitals and no part of what goes on in capitals, but for a person?"""
    lo, hi = reading.bounds[reading.sentence_of[i]]
    loud = sum(w.isupper() and w.isalpha() for w in reading.words[lo:hi]) > (hi - lo) / 2
    return not loud and (i + 1 == hi or not reading.words[i + 1][0].isupper() or (after is not None and after[2] == "PER"))
