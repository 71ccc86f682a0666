"""Words linked as a role -> the phrase they are part of: with what its first word begins and its last one waits for, a number with the noun it counts.

A link is a score of each word, so a run of likely words may begin in the middle of a name ("al-Assad had launched"), at the owner's mark ("'s worldview"), end
before a noun ("at ending the"), or go on into a clause ("three people were killed"); the tree tells where the phrase ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backchannel.reader import Reading

BEFORE = frozenset("det case mark cc amod compound nummod aux cop".split())  # what stands before the word it belongs to
OPENING = frozenset("det amod compound nummod nmod:poss".split())  # those of them that are part of a noun's phrase
ASIDE = OPENING | {"case"}  # relations of participles that begin no clause: "guided missiles", "tanks, including old ones"
NAMES = frozenset(("flat", "compound", "fixed"))  # further words of a name
NEAR = 4  # words from a number to its noun that are not too many to quote
MISSED, LINKS = 8, 3  # words that are looked for beyond what is linked, times
NOMINAL = frozenset(("NOUN", "PROPN", "NUM", "SYM", "PRON"))
COUNTABLE = NOMINAL | {"ADJ"}  # "80,000 dead"
COUNTING = frozenset("ten dozen score hundred thousand million billion trillion handful couple pair total half % percent".split())  # "of" what they count
AMOUNTS = frozenset("several many few more most some half all none".split())
COUNTED = frozenset(("nummod", "amod", "compound", "det", "advmod"))  # how a number hangs from its noun
WITH, FOLLOWING = frozenset("det nummod amod compound advmod nmod:poss flat".split()), frozenset(("nummod", "flat", "compound"))
TRAILING = frozenset("CCONJ SCONJ PUNCT ADP ADV PART DET PRON".split())
HYPHENS = frozenset(("-", "–", "to"))


def whole(reading: Reading, first: int, last: int) -> range:
    """The words with what the first of them is a part of ("'s worldview") and the last of them wait for: the noun after "on a", the object after "of failing
    to protect".
    """
    lo, end = reading.bounds[reading.sentence_of[first]]
    for _ in range(LINKS):
        begin = min((i for i in _opening(reading, first, last) if max(lo, first - MISSED) <= i < first), default=first)
        more = max((i + 1 for i in _waiting(reading, first, last, end) if last <= i < min(end, last + MISSED)), default=last)
        if (begin, more) == (first, last):
            break
        first, last = begin, more
    return range(first, last)


def _opening(reading: Reading, first: int, last: int) -> Iterator[int]:
    """Where the phrase may begin that the first word is a part of."""
    before, above = first - 1, reading.heads[first]
    if before >= 0 and reading.heads[before] in range(first, last) and reading.rels[before] in OPENING and reading.upos[reading.heads[before]] in NOMINAL:
        yield min(reading.subtree(before))
    if above < first and reading.rels[first].split(":")[0] in NAMES:
        yield above
    if reading.rels[first] == "case" and reading.words[first].startswith(("'", "’")):
        yield min(reading.subtree(above))


def _waiting(reading: Reading, first: int, last: int, end: int) -> Iterator[int]:
    """What the words up to the last one wait for."""
    for i in range(first, last):
        if reading.rels[i].split(":")[0] in BEFORE or reading.rels[i] == "nmod:poss":
            yield reading.heads[i]
    if reading.upos[last - 1] == "VERB":
        yield from (max(reading.subtree(c)) for c in reading.children[last - 1] if reading.rels[c] == "obj")
    yield from (c for c in reading.children[last - 1] if reading.rels[c] == "flat")
    if last < end and reading.words[last].lower() in ("n't", "n’t", "not"):
        yield last


def counted(reading: Reading, words: Sequence[int]) -> list[int]:
    """A quantity's words: its number with the noun it counts and what is joined to that; as they are where no number is among them."""
    number = next((i for i in words if _is_number(reading, i)), None)
    if number is None or (number + 1 in words and reading.words[number + 1] in HYPHENS):
        return list(words)
    top = _noun(reading, number)
    phrase = _taken(reading, top, number)
    while phrase[-1] < words[-1] and reading.words[phrase[-1] + 1].lower() == "of" and _counts(reading, phrase[-1]):
        phrase += [phrase[-1] + 1, *_taken(reading, reading.heads[phrase[-1] + 1])]
    begin = phrase[0]
    if begin - 2 in words and reading.words[begin - 1].lower() == "of" and reading.lemmas[begin - 2].lower() in AMOUNTS:
        begin = words[0]
    return list(range(begin, _told_too(reading, words, phrase[-1] + 1)))


def _told_too(reading: Reading, words: Sequence[int], end: int) -> int:
    """Where the words end that say more of a counted noun which ends at ``end``: before a clause ("were killed", "and wounded 55") and what leads to it."""
    clause = next((i for i in words if i >= end and reading.upos[i] in ("VERB", "AUX") and reading.rels[i] not in ASIDE), words[-1] + 1)
    more = [i for i in words if end <= i < clause]
    while more and reading.upos[more[-1]] in TRAILING:
        more.pop()
    return more[-1] + 1 if more else end


def _is_number(reading: Reading, i: int) -> bool:
    return reading.upos[i] == "NUM" or _counts(reading, i) or reading.words[i][0].isdigit()


def _counts(reading: Reading, i: int) -> bool:
    """Is it a noun that counts what "of" names ("dozens of boats", "$3 billion of imports")?"""
    return reading.words[i].lower().removesuffix("s") in COUNTING


def _noun(reading: Reading, number: int) -> int:
    """The noun that a number counts, itself where there is none."""
    top = number
    while reading.heads[top] != top and reading.rels[top] in COUNTED and reading.upos[reading.heads[top]] in COUNTABLE:
        top = reading.heads[top]
    return top if top - number <= NEAR else number


def _taken(reading: Reading, noun: int, number: int | None = None) -> list[int]:
    """The words from the first to the last of a noun and what it takes with it, without "the"."""
    own = [c for c in reading.children[noun] if reading.rels[c] in (WITH if c < noun else FOLLOWING)]
    words = {noun, noun if number is None else number, *(i for c in own for i in reading.subtree(c))}
    first = min(words)
    if number is not None and first < number and reading.words[first].lower() == "the":
        first += 1
    return list(range(first, max(words) + 1))


def thing(reading: Reading, words: Sequence[int]) -> list[int]:
    """The words up to where a clause begins that tells what the thing does ("a rocket" of "a rocket hit a house")."""
    nouns = [i for i in words if reading.upos[i] in NOMINAL]
    end = next((i for i in words if nouns and i > nouns[0] and reading.upos[i] in ("VERB", "AUX") and reading.rels[i] not in ASIDE), words[-1] + 1)
    return [i for i in words if i < end]


def counted_by(reading: Reading, noun: int) -> int:
    """What a noun is counted by: the "round" of "a round of talks", else itself."""
    while reading.rels[noun] == "nmod" and reading.case_of(noun) == "of":
        noun = reading.heads[noun]
    return noun
