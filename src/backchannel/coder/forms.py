"""The grammatical form of an act's head -> how its status is spread (forms.toml): "struck" has nearly always happened, "will strike" nearly never.

The status head reads the words; on a few thousand annotated acts it leans to the commonest status where the form alone would know better. The two are
combined as a product of experts: ``log p(status | words) + weight * (log p(status | form) - log p(status))``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import numpy as np

from backchannel.reader import Reading
from backchannel.reader.encoder import Floats
from backchannel.reader.labels import STATUSES

NEGATIONS = frozenset(("not", "n't", "n’t"))


def form(reading: Reading, head: int) -> str:
    """What tense, mood and auxiliaries make of a word: "past", "infinitive will", "participle has been"; for other words their class and relation."""
    feats, upos = reading.feats[head], reading.upos[head]
    if upos != "VERB":
        return f"{upos} {reading.rels[head].split(':')[0]}".lower()
    aux = [
        reading.words[c].lower().replace("’", "'")
        for c in reading.children[head]
        if reading.rels[c].startswith("aux") and reading.words[c].lower() not in NEGATIONS
    ]
    return " ".join([_shape(feats), *aux])


def _shape(feats: str) -> str:
    if "VerbForm=Ger" in feats:
        return "gerund"
    if "VerbForm=Part" in feats:
        return "progressive" if "Tense=Pres" in feats else "participle"
    if "Tense=Past" in feats:
        return "past"
    if "Tense=Pres" in feats:
        return "present"
    return "infinitive" if "VerbForm=Inf" in feats else "verb"


def leaning(reading: Reading, head: int) -> Floats:
    """What to add to the log probabilities of the statuses: (statuses,); zeros for a form that was rarely seen."""
    table = _table()
    found: Floats = table.get(form(reading, head), table[""])
    return found


@cache
def _table() -> dict[str, Floats]:
    raw = tomllib.loads(resources.files("backchannel.coder").joinpath("forms.toml").read_text(encoding="utf8"))
    base = _log_shares(raw["all"], raw["smoothing"])
    weight = raw["weight"]
    table = {name: (weight * (_log_shares(row, raw["smoothing"]) - base)).astype(np.float32) for name, row in raw["forms"].items()}
    return {**table, "": np.zeros(len(STATUSES), np.float32)}


def _log_shares(row: dict[str, int], smoothing: float) -> Floats:
    counts = np.array([row.get(s, 0) + smoothing for s in STATUSES], np.float32)
    out: Floats = np.log(counts / counts.sum())
    return out
