"""Turns of phrase that name an act ("inked a deal", "sat down with", "laid down their arms"), which the event head, taught single words, passes over or takes
for what their verb names elsewhere: a table by type (idioms.toml), matched on the tree.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from backchannel.coder.acts.anchors import Anchor
from backchannel.reader import Reading
from backchannel.reader.labels import EVENTS

SURE = 0.6  # score of an act that only the table tells
POLITICAL = 0.75  # what it would need without a political actor: "sat down with" is said of anybody, bombs go off by nobody
GAP = 3  # words at most between two parts of a turn
SUBJECT, NOT = "^", "!"


class Idiom(NamedTuple):
    """What follows a verb, each part one of some lemmas; what must be its subject; what must not be in its clause."""

    type: str
    parts: tuple[frozenset[str], ...]
    subject: frozenset[str]
    without: frozenset[str]


@cache
def _idioms() -> dict[str, tuple[Idiom, ...]]:
    """idioms.toml by the lemma of the verb."""
    table = tomllib.loads(resources.files(__package__).joinpath("idioms.toml").read_text(encoding="utf8"))
    found: dict[str, list[Idiom]] = defaultdict(list)
    for kind, phrases in table.items():
        for phrase in phrases:
            verb, *rest = phrase.split()
            parts = tuple(frozenset(w.split("|")) for w in rest if w[0] not in (SUBJECT, NOT))
            subject, without = (frozenset(w for part in rest if part[0] == mark for w in part[1:].split("|")) for mark in (SUBJECT, NOT))
            found[verb].append(Idiom(kind, parts, subject, without))
    return {verb: tuple(each) for verb, each in found.items()}


def with_idioms(reading: Reading, found: Sequence[Anchor]) -> list[Anchor]:
    """The anchors, those within a turn of phrase with its type, and one at the verb of each turn that has none; without those at a verb that is part of a turn
    and of another type than its noun, or whose turn means another thing there ("sat down for an interview").
    """
    out = list(found)
    for verb, lemma in enumerate(reading.lemmas):
        known = _idioms().get(lemma.lower(), ()) if reading.upos[verb] == "VERB" else ()
        told = next(((idiom, words) for idiom in known if (words := _words(reading, verb, idiom))), None)
        if told is None:
            continue
        (type_, _, _, without), words = told
        if any(_is(reading, i, without) for i in range(verb, reading.bounds[reading.sentence_of[verb]][1])):
            out = [a for a in out if verb not in a.words or a.type != type_]
            continue
        types = np.eye(len(EVENTS), dtype=np.float32)[EVENTS.index(type_)]
        inside = [n for n, a in enumerate(out) if not words.isdisjoint(a.words)]
        if any(out[n].type == type_ for n in inside):  # the others are acts of their own, but for the verb
            out = [a for a in out if verb not in a.words or a.type == type_]
            continue
        if inside:
            out[inside[0]] = replace(out[inside[0]], type=type_, types=types)
        else:
            out.append(Anchor(verb, verb + 1, type_, SURE, types, 0.0 if type_ == "ASSAULT" else POLITICAL))
    return sorted(out, key=lambda a: a.first)


def _words(reading: Reading, verb: int, idiom: Idiom) -> set[int]:
    """The words of a turn of phrase at its verb; none where it is another phrase."""
    below = reading.children[verb]
    if idiom.subject and not any(reading.rels[c] == "nsubj" and _is(reading, c, idiom.subject) for c in below):
        return set()
    end = reading.bounds[reading.sentence_of[verb]][1]
    passive = [c for c in below if reading.rels[c] == "nsubj:pass"]
    found, at = {verb}, verb
    for part in idiom.parts:
        ahead = next((i for i in range(at + 1, min(at + 2 + GAP, end)) if _is(reading, i, part)), None)
        word = ahead if ahead is not None else next((c for c in passive if _is(reading, c, part)), None)
        if word is None:
            return set()
        found.add(word)
        at = max(at, word)
    return found


def _is(reading: Reading, word: int, lemmas: frozenset[str]) -> bool:
    return reading.lemmas[word].lower() in lemmas or reading.words[word].lower() in lemmas
