"""A mention that describes a body the register knows ("the self-styled Islamic State", "the Hamas terrorist organization", "her own Conservative Party",
"the Heritage Foundation, a think tank") -> the words of the body's own name: what stands around them only says of what sort it is. And where the words of a
mention end that belong to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backchannel.coder.parties.titles import DASHES
from backchannel.reader import Reading
from backchannel.reader.features import MARKS
from backchannel.register import Entity, Register

SEVERAL = frozenset("all another any both each every few fewer many more most no none other others some several such".split())  # a part of it, not the body
# What a body is called behind its name, by its kind, and the words that may stand before that.
SORTS = {
    "armed_group": frozenset("group organization organisation movement militia network faction".split()),
    "party": frozenset("party movement faction".split()),
    "igo": frozenset("bloc alliance".split()),
    "ngo": frozenset("group organization organisation watchdog charity".split()),
    "media": frozenset("newspaper network magazine channel website broadcaster".split()),
    "company": frozenset("company firm giant".split()),
}
QUALITIES = frozenset(
    "armed extremist guerrilla insurgent islamist jihadi jihadist militant paramilitary political rebel resistance separatist terror terrorist".split()
)
CREEDS = frozenset("islamist maoist marxist shia shiite sunni".split())  # written with a capital
CLAUSAL = frozenset(("PRON", "SCONJ", "VERB", "AUX", "PART", "ADV"))  # what a clause begins with
BEFORE = frozenset(("ADJ", "DET", "NOUN", "PRON", "ADV", "VERB", "PUNCT"))
MEMBER = frozenset(("democrat", "republican", "conservative", "liberal"))  # who is one of a party, called as it is


def named_body(reading: Reading, register: Register, lo: int, hi: int) -> tuple[int, int] | None:
    """The words first .. last-1 of the name of the body that the mention ``lo`` .. ``hi`` describes, when there are more around them."""
    if register.organisation(reading.quote(lo, hi)):
        return None
    comma = next((i for i in range(lo + 1, hi - 1) if reading.words[i] == "," and reading.words[i + 1].lower() in ("a", "an", "the")), None)
    if comma is not None and (reading.upos[head := reading.head_of(lo, hi)] == "PROPN" and head < comma):
        return lo, comma
    for first in range(lo, hi):
        within = reading.words[first - 1] in DASHES or (first + 1 < hi and reading.words[first + 1] in DASHES)
        if not reading.words[first][0].isupper() or within or not _describes(reading, lo, first):
            continue
        for last in range(hi, first, -1):
            body = register.organisation(reading.quote(first, last)) if (first, last) != (lo, hi) else None
            if body and _is_sort(reading, body, last, hi) and _is_one(reading, body, first, last):
                return first, last
    return None


def _describes(reading: Reading, lo: int, first: int) -> bool:
    """Do the words before a name only say what sort of body bears it ("the Iranian-backed rebel")? Neither how many nor whose else."""
    i = lo
    while i < first:
        if i + 2 < first and reading.words[i + 1] in DASHES and reading.words[i + 2].islower():  # "Iran-backed"
            i += 3
            continue
        word = reading.words[i]
        small = word.islower() or word.lower() in CREEDS or (i == lo and reading.upos[i] in ("DET", "PRON"))
        if word.lower() in SEVERAL or reading.upos[i] not in BEFORE or word[0].isdigit() or not small:
            return False
        if reading.upos[i] == "PUNCT" and word not in DASHES:
            return False
        i += 1
    return True


def _is_sort(reading: Reading, body: Entity, last: int, hi: int) -> bool:
    """Do the words behind a name say that it is what it is ("Hamas" terrorist organization)?"""
    rest = [w.lower() for w in reading.words[last:hi]]
    return body.kind in SORTS and (not rest or (rest[-1] in SORTS[body.kind] and QUALITIES.issuperset(rest[:-1])))


def _is_one(reading: Reading, body: Entity, first: int, last: int) -> bool:
    """Is the body meant, and not those who belong to it ("centrist Republicans", "a top Democrat")?"""
    plural = "Number=Plur" in reading.feats[reading.head_of(first, last)]
    if body.kind != "armed_group" and reading.words[last - 1].islower():  # "US diplomat" is no magazine
        return False
    return body.kind != "party" or not (plural or reading.words[last - 1].lower() in MEMBER)


def attached(reading: Reading, lo: int, hi: int) -> int:
    """Where a mention ends whose last words begin what goes on behind it ("people who" had fled, "a lawyer representing" the family)."""
    head = reading.head_of(lo, hi)
    last = max((i for i in range(lo, hi) if reading.upos[i] in ("NOUN", "PROPN", "NUM", "ADJ")), default=hi)
    if reading.upos[head] not in ("NOUN", "PROPN") or last + 1 >= hi or reading.upos[last + 1] not in CLAUSAL:
        return hi
    i = last + 1
    above = next((w for w in _upward(reading, i) if not lo <= w < hi or w == head), head)
    begun = any(reading.rels[w].startswith("acl") and reading.subtree(w)[-1] >= hi for w in range(i, hi))
    return i if above != head or begun else hi


def unquoted(reading: Reading, lo: int, hi: int) -> int:
    """Where a mention ends that has one word in quotation marks, and left out the second mark (foreign "agents")."""
    marks = [i for i in range(lo, hi) if reading.words[i] in MARKS]
    return hi + 1 if len(marks) % 2 and marks[-1] > lo and reading.words[hi : hi + 1] and reading.words[hi] in MARKS else hi


def _upward(reading: Reading, i: int) -> Iterator[int]:
    """The words above word i, the nearest first."""
    while reading.heads[i] != i and reading.heads[i] >= 0:
        i = reading.heads[i]
        yield i


def is_short_for(short: str, words: Sequence[str]) -> bool:
    """Is a word of capitals made of the first letters of words, of some or all ("OFAC" of "the Treasury's Office of Foreign Assets Control")?"""
    firsts = iter(w[0].upper() for w in words)
    return len(short) > 1 and short.isupper() and all(letter in firsts for letter in short)
