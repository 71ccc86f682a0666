"""The seat of an international body ("Brussels", "The Hague") that acts -> the body, where the report speaks of it and not of the country; else the country."""

from __future__ import annotations

from collections.abc import Sequence

from backchannel.coder.parties.cast import Party, Stand
from backchannel.reader import Reading
from backchannel.register import Entity, Register

PLACED = frozenset("across around at in inside near outside through".split())
MOVED = frozenset(("from", "to"))  # of a verb: one goes there


def settle_seats(reading: Reading, register: Register, parties: list[Party], stands: list[Stand]) -> None:
    """Lets the seats among ``stands`` that do something stand for whom they mean; adds a party where the report names it only by its institutions."""
    for n, (lo, hi, ats, by) in enumerate(stands):
        phrase = reading.quote(lo, hi)
        seat = register.seats.get(phrase.removeprefix("the ").removeprefix("The ")) if len(ats) == 1 else None
        if seat is None or _is_placed(reading, reading.head_of(lo, hi)):
            continue
        country, bodies = seat
        at = _named(reading, parties, stands, country, phrase)
        if at is None:
            body = next((register.organisation(names[0]) for names in bodies if any(_is_spoken_of(register, parties, name) for name in names)), None)
            if body is None:
                continue
            at = body_party(parties, body)
        stands[n] = (lo, hi, (at,), "metonym" if by != "pronoun" else by)


def _is_spoken_of(register: Register, parties: Sequence[Party], name: str) -> bool:
    body = register.organisation(name)
    return body is not None and any(p.entity == body.id for p in parties)


def _is_placed(reading: Reading, head: int) -> bool:
    case = reading.case_of(head)
    return case in PLACED or (case in MOVED and reading.rels[head].startswith("obl"))


def _named(reading: Reading, parties: Sequence[Party], stands: Sequence[Stand], country: str, seat: str) -> int | None:
    """The state of the seat, when the report names it by another word."""
    named = (ats[0] for lo, hi, ats, by in stands if by != "pronoun" and reading.quote(lo, hi).lower() != seat.lower())
    return next((at for at in named if parties[at].kind == "state" and parties[at].country == country), None)


def body_party(parties: list[Party], body: Entity) -> int:
    """The number of the party that is a body of the register, a new one if there is none."""
    at = next((n for n, p in enumerate(parties) if p.entity == body.id), None)
    if at is None:
        parties.append(Party(body.name, body.kind, body.country, tuple(body.sector), body.id))
    return len(parties) - 1 if at is None else at
