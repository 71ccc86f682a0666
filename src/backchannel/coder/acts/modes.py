"""Anchor -> its PLOVER mode: the reader's likeliest, and of talks what their sides tell: with a mediator a third party's, of three countries or in a body of
states multilateral.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from backchannel import plover
from backchannel import records as r
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.acts.expulsions import is_expelling
from backchannel.coder.acts.phases import stopped
from backchannel.coder.contacts.thirds import is_mediating
from backchannel.coder.parties.cast import Cast
from backchannel.coder.syntax.dependents import called_on
from backchannel.reader import Reading
from backchannel.reader.labels import MODES

NO_MODE = 0.5  # odds of "no mode" against one: held-out modes 0.777 at 0.7, 0.765 at 1.0
MULTILATERAL = 3  # countries
BY_PHONE = frozenset(("phone", "video", "letter"))  # channels of PLOVER's "phone": 325 of 337 annotated ones have it
RESTRAINTS = frozenset(("COERCE", "SANCTION"))  # to end one is no ceasefire: 0 of 34 annotated ends of sanctions, bans, blockades are, 7 of 9 of attacks


def mode_of(reading: Reading, anchor: Anchor, parties: Container[int]) -> str | None:
    """The likeliest mode of this type, or none. What is called sanctions breaks off exchange, whoever is sanctioned and whatever else is said of it (PLOVER's
    "discontinue", as tariffs and frozen assets): so gold/train has all five of them, while our own annotators gave such sanctions a mode in 60 of 213 places;
    of some 290 none has another.
    ``parties``: words that name a party.
    """
    head = reading.head_of(anchor.first, anchor.last)
    if anchor.type == "CONSULT" and called_on(reading, parties, head) is not None:
        return "visit"
    if anchor.type == "REQUEST" and any(reading.rels[c] in ("xcomp", "ccomp", "advcl") and is_mediating(reading, c) for c in reading.children[head]):
        return "assist"  # "asked Kenya to mediate": seven of eight annotated
    if anchor.type == "SANCTION" and is_expelling(reading, anchor.words):
        return "expel"
    if anchor.type == "SANCTION" and reading.lemmas[head].lower() == "sanction":
        return "discontinue"
    allowed = ["-", *plover.modes(anchor.type)]
    p = reading.mean_of("mode", anchor.first, anchor.last)
    best = max(allowed, key=lambda m: float(p[MODES.index(m)]) * (NO_MODE if m == "-" else 1.0))
    if best == "ceasefire" and stopped(reading, head) in RESTRAINTS:
        return None
    return None if best == "-" else best


def of_contact(mode: str | None, cast: Cast, parties: Sequence[str], mediators: Sequence[str], *, how: r.Channel = "unknown") -> str | None:
    """The mode of a contact: what the reader gives, unless its sides or its channel tell one; to receive both sides (or to go between them) is no visit."""
    if mediators and mode in (None, "multilateral", "visit"):
        return "third-party"
    if mode is None and how in BY_PHONE:
        return "phone"
    if mode == "phone" and how == "unknown":  # no word tells it
        mode = None
    if mode is not None:
        return mode
    sides = [cast.get(k) for k in dict.fromkeys(parties)]
    alone = len(sides) == 1 and sides[0].kind == "igo"
    return "multilateral" if alone or len({a.country or a.key for a in sides}) >= MULTILATERAL else None
