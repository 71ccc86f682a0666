"""Parties that are only described -> the names that a reader would write: whose they are.

"His government" of a report is called "Julie Bishop's government", "its embassy" "Mexico's embassy", the "foreign ministry" of Egypt "Egyptian foreign
ministry". What several own in the same words ("his advisers" of two presidents) are as many parties. Names, and what the register knows, stay as they are.
"""

from __future__ import annotations

from dataclasses import replace

from backchannel.coder.parties.cast import Party, Stand
from backchannel.coder.parties.phrases import is_several
from backchannel.coder.parties.proper import bare
from backchannel.reader import Reading
from backchannel.register import Register

POSSESSIVE, OTHERS = frozenset("his her its their whose".split()), frozenset("my our your".split())
COUNTRY = frozenset(("country", "nation"))  # "the country's parliament"
BODIES = frozenset(("ministry", "office", "government", "military"))
PLURAL = frozenset(("authorities", "courts"))  # of bodies but forces, who may be of one country
BEFORE = frozenset("senior top former other new old young many several some leading key more few most".split())  # what stands before "Chinese"
COUNTED = frozenset(("DET", "NUM", "ADV"))
NOWHERE = "org:-:"  # the ids of bodies read off their names that name no country
MARKS = ("'s", "’s", "'", "’")

Owned = tuple[int, int, int | None]  # first word of the mention that gave a party its name, last exclusive, the number of the owner


def with_owners(reading: Reading, register: Register, parties: list[Party], stands: list[Stand]) -> None:
    """Renames the parties that are called by whose they are, or should be, and tells apart those of several owners. ``stands`` are in text order."""
    pronouns = {lo: ats[0] for lo, _, ats, by in stands if by == "pronoun" and len(ats) == 1}
    pronouns |= _of_relatives(reading, stands)
    ends = {hi: ats[0] for _, hi, ats, by in stands if by != "pronoun" and len(ats) == 1}
    named: dict[int, Owned] = {}
    numbers: dict[tuple[int, int | None], int] = {}
    for n, (lo, hi, ats, by) in enumerate(stands):
        if len(ats) != 1 or by == "pronoun" or not (parties[ats[0]].entity or NOWHERE).startswith(NOWHERE):
            continue
        at, pronoun = ats[0], reading.words[lo].lower() in POSSESSIVE
        owner = pronouns.get(lo) if pronoun else ends.get(lo - 1) if lo and reading.words[lo - 1] in MARKS else None
        if at not in named:
            named[at] = lo, hi, owner
        elif pronoun and named[at][2] != owner and parties[at].kind != "person":
            if (at, owner) not in numbers:
                numbers[at, owner] = len(parties)
                named[len(parties)] = lo, hi, owner
                parties.append(replace(parties[at], mentions=[], titles=[]))
            stands[n] = (lo, hi, (numbers[at, owner],), by)
    for at, own in named.items():
        parties[at].name = _named(reading, register, parties, at, own)
        body = register.organisation(parties[at].name) if parties[at].kind in ("ministry", "military") else None
        if body and body.country:
            parties[at].entity, parties[at].country, parties[at].inferred = body.id, body.country, False
            same = min(n for n, party in enumerate(parties) if party.entity == body.id)
            stands[:] = [(lo, hi, tuple(same if n == at else n for n in ats), by) for lo, hi, ats, by in stands]


def _named(reading: Reading, register: Register, parties: list[Party], at: int, own: Owned) -> str:
    """The name of a party with whose it is."""
    lo, hi, number = own
    party, owner = parties[at], parties[number] if number not in (None, at) else None
    pronoun = reading.words[lo].lower() in POSSESSIVE
    first = lo + pronoun + (pronoun and reading.words[min(lo + 1, hi - 1)] == "own")
    other = pronoun and (owner is None or first >= hi or party.name != bare(reading.quote(lo, hi)))
    if other or reading.words[lo].lower() in OTHERS:
        return party.name
    rest = reading.quote(first, hi) if pronoun else party.name
    if pronoun and reading.upos[reading.head_of(first, hi)] == "PROPN":  # "his AK Party"
        return rest
    if owner and party.kind == "ministry" and pronoun:  # states have ministries, their presidents and unions of them do not
        state = register.entity(f"state:{owner.country}") if owner.kind in ("person", "state", "government") else None
        return f"{_possessive(state.name)} {rest}" if state else party.name
    if owner and any(mark + " " in owner.name for mark in MARKS):  # "Egypt's foreign minister's Turkish counterpart" is more than a name
        return rest if pronoun else party.name
    if owner:
        return f"{_possessive(owner.name)} {rest}" if pronoun or rest[0].islower() else party.name
    known = party.country and not party.inferred and rest.islower() and _is_one(reading, party, lo, hi)
    return _of_state(reading, register, party.country or "", lo, hi, rest) if known else party.name


def _of_relatives(reading: Reading, stands: list[Stand]) -> dict[int, int]:
    """Word "whose" -> the number of the party that its clause describes ("NATO, whose peacekeepers patrol the north")."""
    at = {reading.head_of(lo, hi): ats[0] for lo, hi, ats, by in stands if len(ats) == 1 and by != "pronoun"}
    found = {}
    for word in (i for i, low in enumerate(reading.words) if low.lower() == "whose"):
        verb = reading.heads[reading.heads[word]]
        while not reading.rels[verb].startswith("acl") and reading.heads[verb] != verb:
            verb = reading.heads[verb]
        if reading.rels[verb].startswith("acl") and reading.heads[verb] in at:
            found[word] = at[reading.heads[verb]]
    return found


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _is_one(reading: Reading, party: Party, lo: int, hi: int) -> bool:
    """Is it a body of one state?"""
    several = is_several(reading, lo, hi) and party.kind != "military" and reading.words[reading.head_of(lo, hi)] not in PLURAL
    return party.kind in BODIES and not several


def _of_state(reading: Reading, register: Register, country: str, first: int, last: int, rest: str) -> str:
    """The words with the adjective of a state where it belongs, else with its name behind them."""
    adjective, state = register.adjective(country), register.entity(f"state:{country}")
    if adjective is None:
        return f"{rest} of {state.name}" if state else rest
    while first < last - 1 and (reading.upos[first] in COUNTED or reading.words[first].lower() in BEFORE):
        first += 1
    if reading.words[first] in COUNTRY and first < last - 2 and reading.words[first + 1] in MARKS:
        first, rest = first + 2, reading.quote(first + 2, last)
    noun = reading.quote(first, last)
    return f"{rest.removesuffix(noun)}{adjective} {noun}" if rest.endswith(noun) else f"{adjective} {rest}"


def shortened(name: str) -> list[str]:
    """The short forms of an outlet once named in full: "The Times" after "The New York Times" or "The Times of Israel"."""
    words = name.split()
    return [" ".join(short) for short in (words[-1:], words[: words.index("of")] if "of" in words else []) if short and len(words) > 1]
