"""A description right beside the name of whom it describes ("Richard Nephew, a senior research scholar", "his wife, Judy", "the terror group Hezbollah") is a
mention of the same party, and tells its country and sector where nothing else does; a group beside which its members are named ("two senators, A and B")
stands for them.
"""

from __future__ import annotations

from backchannel.coder.parties.cast import Party, Stand
from backchannel.coder.parties.proper import bare
from backchannel.coder.syntax.dependents import joined
from backchannel.reader import Reading
from backchannel.register import Register

BESIDE = frozenset(("appos", "flat"))
PERSONAL = frozenset(("person", "people", "party"))  # what somebody is described as: "a South Carolina Republican"
LANDS = frozenset(("state", "place"))


def settle_appositions(reading: Reading, register: Register, parties: list[Party], stands: list[Stand]) -> None:
    """Lets the descriptions among ``stands`` (in text order) that stand beside a name stand for whom it names."""
    inner: list[Stand] = []
    for n in range(1, len(stands)):
        (a, b, (first, *more), by), (c, d, (second, *others), also) = stands[n - 1], stands[n]
        if first == second or more or others or not _beside(reading, (a, b), (c, d)):
            continue
        named, described = _is_name(reading, a, b, by), _is_name(reading, c, d, also)
        if named == described and not (also == "title" and not named):
            continue
        name, described_as, at = (first, second, n) if named else (second, first, n - 1)
        if _may_be(parties[name], parties[described_as]):
            lo, hi, ats, how = stands[at]
            phrase, other = bare(reading.quote(lo, hi)), parties[described_as].name
            _tell(register, parties[name], phrase)
            within = how == "name" and other != phrase  # "press secretary for" "House Speaker John Boehner"
            cut = _before_other(reading, lo, hi, other.split()) if within else None
            stands[at] = (lo, cut or hi, (name,), "description")
            inner += [(cut, hi, ats, how)] if cut else []
    stands[:] = sorted([*stands, *inner], key=lambda s: (s[0], s[1]))


def settle_members(reading: Reading, parties: list[Party], stands: list[Stand]) -> None:
    """Lets the groups among ``stands`` whose members are named in apposition to them stand for these."""
    heads = {reading.head_of(lo, hi): ats[0] for lo, hi, ats, by in stands if by == "name" and len(ats) == 1}
    for n, (lo, hi, ats, by) in enumerate(stands):
        top = reading.head_of(lo, hi)
        if by == "pronoun" or len(ats) > 1 or "Number=Plur" not in reading.feats[top]:
            continue
        named = [heads[w] for c in reading.children[top] if reading.rels[c] == "appos" for w in joined(reading, c) if w >= hi and w in heads]
        if len(named) > 1 and len({parties[at].kind for at in named}) == 1 and ats[0] not in named:
            stands[n] = (lo, hi, tuple(sorted(set(named))), "description")


def _beside(reading: Reading, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Is the second of two mentions in apposition to the first, both of one?"""
    top, below = reading.head_of(*one), reading.head_of(*other)
    between = reading.words[one[1] : other[0]]
    joined = reading.rels[below] == "appos" if between == [","] else not between and reading.rels[below] in BESIDE
    joined = joined and not any(reading.rels[i] == "conj" and reading.upos[i] == "PROPN" and reading.heads[i] == below for i in range(*other))
    return joined and reading.heads[below] == top and not any("Number=Plur" in reading.feats[i] for i in (top, below))


def _is_name(reading: Reading, lo: int, hi: int, by: str) -> bool:
    return by == "name" and reading.upos[reading.head_of(lo, hi)] == "PROPN"


def _before_other(reading: Reading, lo: int, hi: int, name: list[str]) -> int | None:
    """Where somebody else's name begins at the end of a description: whose it is."""
    start = next((i for i in range(lo + 1, hi) if reading.words[i] in name), lo)
    while start > lo and reading.upos[start - 1] == "PROPN":
        start -= 1
    return start if start > lo and reading.upos[start - 1] == "ADP" else None


def _may_be(named: Party, described: Party) -> bool:
    """Are both persons, or both bodies?"""
    if named.kind == "person":
        return described.kind in PERSONAL
    return named.kind not in LANDS | PERSONAL and described.kind not in LANDS | PERSONAL


def _tell(register: Register, party: Party, phrase: str) -> None:
    """Fills in what a description says of a party of which nothing else tells it."""
    told = register.describe(phrase)
    if told is None or party.entity:
        return
    party.country = party.country or told.country
    if told.sector and not party.titles and party.kind == "person":
        party.sector = told.sector
