"""Words -> lemmas in the manner of Universal Dependencies: what the training trees and the irregular verbs say of a form, else the regular endings of English,
checked against the lemmas that are known.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import TypedDict

VOWELS = frozenset("aeiou")
CASED = frozenset(("PROPN", "X", "SYM", "PUNCT"))  # their lemma is the form, capitals and all
SUFFIXES = {"VERB": ("ing", "ed", "s"), "AUX": ("ing", "ed", "s"), "NOUN": ("s", "men"), "ADJ": ("er", "est"), "ADV": ("er", "est")}
# Ends of a stem that has lost an "e", for verbs that the trees do not have: determine, update, organise; arrange, solve, struggle.
MUTE = ("at", "ut", "ur", "id", "od", "in", "il", "ir", "ak", "ok", "ag", "z", "v", "s", "c", "g", "u")
CLUSTERS = ("c", "v", "u", "z", "dg", "rg", "ng", "rs", "ns", "is", "us", "as", "bl", "tl", "dl", "gl", "pl", "uat", "iat")
PREFIXES = ("over", "under", "with", "fore", "inter", "mis", "out", "up", "re", "un", "be", "for", "de")


class Table(TypedDict):
    """What is kept, by part of speech: forms with the lemma that the endings do not give, and lemmas."""

    forms: dict[str, dict[str, str]]
    known: dict[str, frozenset[str]]


@cache
def _table() -> Table:
    kept = json.loads(resources.files("backchannel.reader").joinpath("lemmas.json").read_text("utf8"))
    return {"forms": kept["forms"], "known": {k: frozenset(v.split()) for k, v in kept["known"].items()}}


def known() -> dict[str, frozenset[str]]:
    """The lemmas that the training trees have, by part of speech."""
    return _table()["known"]


@cache
def lemma(form: str, upos: str) -> str:
    """The lemma of a form as a part of speech (UPOS)."""
    return of(form, upos, _table())


def of(form: str, upos: str, table: Table) -> str:
    """The same by another table, as ``training.lemmas`` needs it."""
    forms, low = table["forms"].get(upos, {}), form.lower()
    if found := forms.get(form) or forms.get(low):
        return found
    if upos in CASED:
        return form
    known = table["known"].get(upos, frozenset())
    if upos not in SUFFIXES or (low in known and not (upos == "NOUN" and low.endswith("s"))):
        return low
    stems = list(_stems(low, SUFFIXES[upos]))
    if fitting := next((s for s in stems if s in known), None) or next((s for s in stems if any(s in lemmas for lemmas in table["known"].values())), None):
        return fitting  # or a noun that is used as a verb: telephoned
    for prefix in PREFIXES if upos == "VERB" else ():
        if low.startswith(prefix) and (inner := forms.get(low.removeprefix(prefix))):
            return prefix + inner  # overthrew as threw
    if upos in ("ADJ", "ADV"):
        return form if form.istitle() else low  # Kenyan; sinister
    if form.isupper() and len(form) > 1 and low not in known:
        return form  # DNA
    return low if low in known or not stems else stems[-1]


def _stems(low: str, suffixes: tuple[str, ...]) -> Iterator[str]:
    """What a regular form can be made from, likeliest first, last what to take when none is known."""
    suffix = next((s for s in suffixes if low.endswith(s) and len(low) > len(s) + 1), None)
    if suffix is None or low.endswith(("ss", "us", "is")):
        return
    stem = low[: -len(suffix)]
    if suffix == "men":
        yield stem + "man"
        return
    if suffix == "s":
        if low.endswith("ies") and len(low) > 4:
            yield stem[:-2] + "y"
        elif low.endswith("ves"):
            yield from (stem, stem[:-2] + "f", stem[:-2] + "fe", stem)
        elif low.endswith("es"):
            sibilant = stem[:-1].endswith(("s", "x", "z", "ch", "sh", "o"))
            yield from (stem, stem[:-1], stem[:-1] if sibilant and not stem[:-1].endswith(("s", "z")) else stem)
        else:
            yield stem
        return
    if stem.endswith("i") and suffix != "ing":
        yield stem[:-1] + "y"
        return
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in VOWELS:
        yield from (stem, stem[:-1], stem if stem[-1] in "fsz" else stem[:-1])
    elif len(stem) > 1 and stem[-1] not in VOWELS | {"w", "x", "y"} and stem[-2] in VOWELS and (len(stem) < 3 or stem[-3] not in VOWELS):
        yield from (stem + "e", stem, stem + "e" if len(stem) < 4 or stem.endswith(MUTE) else stem)  # hoping, not hopping; but harden
    else:
        yield from (stem, stem + "e", stem + "e" if stem.endswith(CLUSTERS) or (suffix == "ed" and stem.endswith("e")) else stem)
