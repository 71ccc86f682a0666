"""The ontology as data (``plover.toml``), and the rule act + status -> strict PLOVER root.

We code the act and keep its status apart (a planned visit is CONSULT-visit + planned); PLOVER files what has not happened under AGREE or THREATEN.
Source: PLOVER manual, draft 2.0, sections on each type and "boundaries".
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, cast, get_args

from backchannel.records import EventType, Status

TYPES: tuple[EventType, ...] = get_args(EventType)
STATUSES: tuple[Status, ...] = get_args(Status)
QUADS = {"VC": "verbal cooperation", "MC": "material cooperation", "VX": "verbal conflict", "MX": "material conflict"}


@cache
def ontology() -> dict[str, Any]:
    """The whole of plover.toml."""
    return tomllib.loads(resources.files("backchannel").joinpath("plover.toml").read_text(encoding="utf8"))


def _known(event: str) -> dict[str, Any]:
    """What the ontology has of a type.

    Raises:
        ValueError: there is no such type.

    """
    found = ontology()["types"].get(event)
    if found is None:
        raise ValueError(f"found event type {event!r}; expected one of {', '.join(TYPES)}")
    return cast(dict[str, Any], found)


def modes(event: str) -> tuple[str, ...]:
    """The modes of a type, in the manual's order."""
    return tuple(_known(event)["modes"])


def contexts() -> tuple[str, ...]:
    """The contexts an act may have, any number of them, in the manual's order."""
    return tuple(ontology()["contexts"]["all"])


def quad(event: str) -> str:
    """VC, MC, VX or MX."""
    return cast(str, _known(event)["quad"])


def score(event: str, mode: str | None = None) -> float:
    """Conflict (-10) .. cooperation (+10) of a type, or of its mode where that has one."""
    row = _known(event)
    return float(row["modes"].get(mode, row["score"]))


def root(*, event: str, status: str, polarity: str = "+") -> EventType | None:
    """The strict PLOVER root of an act with its status: AGREE, CONCEDE or THREATEN for what is promised, offered, planned or threatened.

    A demanded act is the demand (REQUEST); an offered or promised conflict act is a threat. Nothing for what is denied, merely possible, hypothetical or
    failed to happen: PLOVER has no type for it, so it is not exported.
    """
    _known(event)
    if status not in STATUSES:
        raise ValueError(f"found status {status!r}; expected one of {', '.join(STATUSES)}")
    if polarity == "-" or status in ("possible", "hypothetical", "did_not_happen"):
        return None
    if status in ("demanded", "proposed"):
        return "REQUEST"
    roots = ontology()["roots"]
    return cast(EventType, roots[event] if status in roots["not_yet"] else event)
