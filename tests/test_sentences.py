"""Bare sentences: types and who -> whom by country (``cases/sentences.yaml``), as a whole no worse than they were."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from backchannel.coder import code
from backchannel.plover import root
from backchannel.records import Actor, EventClaim

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "sentences.yaml").read_text("utf8"))
TYPES, DYADS = 0.88, 0.72  # F1 over all sentences; measured 0.896 and 0.733

Dyad = tuple[str, str, str]  # type, country of the actor, of the recipient ("" for none)


def test_types_and_sides_of_bare_sentences() -> None:
    """The strict types of a sentence are those expected, and so are the pairs of countries that each of them joins."""
    wanted, got = [set(expected(c["events"])) for c in CASES], [set(coded(c["text"])) for c in CASES]
    assert f1([{t for t, _, _ in one} for one in wanted], [{t for t, _, _ in one} for one in got]) >= TYPES
    assert f1(wanted, got) >= DYADS


def expected(events: list[str]) -> Iterator[Dyad]:
    """The dyads of "ACCUSE FRA+DEU > RUS"."""
    for event in events:
        kind, _, sides = event.partition(" ")
        actors, recipients = ([c.strip() for c in side.split("+") if c.strip()] for side in sides.split(">"))
        yield from dyads(kind, actors, recipients)


def coded(text: str) -> Iterator[Dyad]:
    """The dyads that the coder finds."""
    found = code(text)
    countries = {a.key: country(a) for a in found.actors}
    for claim in found.claims:
        if isinstance(claim, EventClaim) and (kind := root(event=claim.event, status=claim.status, polarity=claim.polarity)):
            yield from dyads(kind, [countries[k] for k in claim.actor], [countries[k] for k in claim.recipient])


def country(actor: Actor) -> str:
    """The country, or what an actor of none is of."""
    return actor.country or next((s for s in ("IGO", "NGO", "IMG") if s in actor.sector), "?")


def dyads(kind: str, actors: list[str], recipients: list[str]) -> Iterator[Dyad]:
    """Each actor with each recipient; those who act together with each other; who meets, both ways."""
    if not recipients:
        pairs = list(itertools.permutations(actors, 2)) if len(actors) > 1 else [(a, "") for a in actors]
    else:
        pairs = list(itertools.product(actors, recipients))
        pairs += [(b, a) for a, b in pairs] if kind == "CONSULT" else []
    yield from ((kind, a, b) for a, b in pairs)


def f1(wanted: list[set[Any]], got: list[set[Any]]) -> float:
    """F1 over all sentences."""
    right = sum(len(w & g) for w, g in zip(wanted, got, strict=True))
    return 2 * right / (sum(map(len, wanted)) + sum(map(len, got)))
