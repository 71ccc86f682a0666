"""A mediation told in another sentence than its contact -> both together: between whom "Oman mediated the talks" (the two whose act, or whose mediation by
another, was told last), and who hosted a meeting that is told already ("Iraq hosted the meeting").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from backchannel import records as r
from backchannel.coder.acts.modes import of_contact
from backchannel.coder.acts.sides import MUTUAL
from backchannel.coder.contacts.again import Contacts, is_bare
from backchannel.coder.contacts.thirds import PRESIDING, doer
from backchannel.coder.parties.cast import Cast
from backchannel.coder.syntax.dependents import agent, joined_parties
from backchannel.coder.syntax.mediating import HOSTING
from backchannel.coder.syntax.spans import head_at
from backchannel.reader import Reading

SENTENCES = 2  # how far back the two may stand
TWO = 2
TOGETHER = frozenset(("SUPPORT", "ASSAULT", "RETREAT"))  # acts of two together where nobody has it done to him: sign, clash, disarm


def between_the_two(reading: Reading, cast: Cast, claims: Iterable[r.AnyClaim]) -> Iterator[r.AnyClaim]:
    """The claims, in order of text, mediations with the two sides that they leave open. Nobody mediates between his own side and another."""
    last: tuple[int, tuple[str, ...]] | None = None  # the sentence and the two
    for claim in claims:
        if not isinstance(claim, r.EventClaim):
            yield claim
            continue
        sides, here = tuple(dict.fromkeys(claim.actor + claim.recipient)), reading.sentence_of[head_at(reading, claim.anchor)]
        if last and _is_open(claim, sides) and here - last[0] <= SENTENCES and set(sides) <= set(last[1]) and _is_third(cast, claim.roles.mediator, last[1]):
            sides, why = last[1], (*claim.why, "sides last spoken of")
            claim = msgspec.structs.replace(claim, actor=sides, recipient=(), why=why)
        if len(sides) == TWO and claim.polarity != "-" and (claim.event in MUTUAL or (claim.event in TOGETHER and not claim.recipient)):
            last = here, sides
        yield claim


def with_hosts(reading: Reading, cast: Cast, claims: Sequence[r.AnyClaim]) -> list[r.AnyClaim]:
    """The claims, in order of text, contacts of two with the third in whose house or under whose chair another sentence says that they were."""
    contacts, out = Contacts(reading, claims), list(claims)
    for verb in reading.having(HOSTING | PRESIDING):
        held = next((c for c in reading.children[verb] if reading.rels[c] in ("obj", "nsubj:pass")), None)
        number = contacts.before(held) if held is not None and is_bare(reading, held) else None
        if number is None or reading.upos[verb] != "VERB":
            continue
        by = agent(reading, verb)
        hosts, claim = doer(reading, cast, verb) if by is None else joined_parties(reading, cast, by), contacts.claim(number)
        sides = tuple(dict.fromkeys(claim.actor + claim.recipient))
        if hosts and not claim.roles.mediator and len(sides) == TWO and _is_third(cast, hosts, sides):
            why = (*claim.why, f"'{reading.words[verb]}' tells who hosted it")
            mode = of_contact(claim.mode, cast, sides, hosts, how=claim.channel)
            out[number] = msgspec.structs.replace(claim, mode=mode, roles=msgspec.structs.replace(claim.roles, mediator=hosts), why=why)
    return out


def _is_open(claim: r.EventClaim, sides: tuple[str, ...]) -> bool:
    """Is it a mediation, or a deal that somebody brokered, that names its mediator and not both sides?"""
    return (claim.event in ("CONSULT", "AGREE") or claim.mode == "ceasefire") and bool(claim.roles.mediator) and len(sides) < TWO


def _is_third(cast: Cast, mediators: tuple[str, ...], sides: tuple[str, ...]) -> bool:
    """Is no mediator one of the two, nor of the country of one of them?"""
    ours = {cast.get(k).country for k in mediators} - {None}
    return not set(mediators) & set(sides) and not ours & {cast.get(k).country for k in sides}
