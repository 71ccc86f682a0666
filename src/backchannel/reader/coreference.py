"""Reading -> mentions (names, noun phrases, pronouns; nested), what each is, and the chains of those that mean the same, over the whole text.

A small network, fitted on GUM train by ``training.coreference``, judges which spans of ``mentions.spans`` are mentions and to which earlier mention each goes
back, or to none (mention ranking, Denis & Baldridge 2008; signs after Lee et al. 2013 in ``signs``, words by the reader's own vectors).
Shapes as in ``signs``; H hidden.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from backchannel.reader.encoder import Floats
from backchannel.reader.mentions import PERSONS
from backchannel.reader.signs import Ints, Mentions, Spans, Words, mentions_of, spans_of, words_of

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from backchannel.reader.reading import Reading

LIKELY = 0.3  # spans this likely are looked at as mentions: a quarter of GUM train held out is flat from 0.1 to 0.4
INITIALS = 3.0  # added to the log odds of a name and its initials ("the United Nations", "the U.N."): too rare in GUM for the network to trust
NEGLIGIBLE = 6.0  # log odds below those of no antecedent: such pairs decide nothing
LABELS = ("person", "organization", "place", "time", "event", "object", "substance", "animal", "plant", "abstract")  # GUM's entity types
THIRD = frozenset(("he", "she", "it"))


def pronouns(*classes: str) -> frozenset[str]:
    """The words of classes of ``PERSONS``, in small letters."""
    return frozenset(word for word, person in PERSONS.items() if person in classes)


@dataclass(frozen=True)
class Mention:
    """Words first .. last-1 that stand for something. ``kind``: "name", "noun", "pronoun", "several" (X and Y)."""

    first: int
    last: int
    head: int
    kind: str


class Network:
    """The weights of a file that ``training.coreference`` wrote."""

    def __init__(self, path: Traversable) -> None:
        with path.open("rb") as file:
            kept = np.load(file, allow_pickle=False)
            self.known: dict[str, int] = {word: n for n, word in enumerate(json.loads(kept["known"].tobytes().decode()), 1)}
            self.weights: dict[str, Floats] = {k: kept[k].astype(np.float32) for k in kept.files if k != "known"}

    def words(self, given: Words) -> Floats:
        """What is known of each word, the last row for no word: (N + 1, H)."""
        tables = [self.weights[f"tables.{i}.weight"][column] for i, column in enumerate(given.numbers.T)]
        return np.pad(np.concatenate([*tables, self._linear("vectors", given.vectors)], 1), ((0, 1), (0, 0)))

    def spans(self, words: Floats, given: Spans) -> Floats:
        """Score of each span against no mention: (S,)."""
        return self._linear("span", self._around("around_span", words, given.places, given.facts))[:, 0]

    def mentions(self, words: Floats, given: Mentions) -> tuple[Floats, Floats]:
        """Scores of no mention, of no antecedent, then of ``LABELS``: (M, 2 + 10); of each pair: (P,)."""
        own = self._around("around_mention", words, given.places, given.facts)
        y, x = given.later, given.earlier
        pair = np.maximum(self._linear("later", own)[y] + self._linear("earlier", own)[x] + self._linear("pair", given.pair_facts), 0)
        alike = (self._linear("asks", own)[y] * self._linear("answers", own)[x]).sum(1)
        return self._linear("own", own), self._linear("last", np.maximum(self._linear("second", pair), 0))[:, 0] + alike

    def _linear(self, name: str, x: Floats) -> Floats:
        out: Floats = x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return out

    def _around(self, name: str, words: Floats, places: Ints, facts: Floats) -> Floats:
        """The first layer over words in some places and facts: (N + 1, H), (S, places), (S, D) -> (S, H)."""
        weight, size = self.weights[f"{name}.weight"].T, words.shape[1]
        out = facts @ weight[size * places.shape[1] :] + self.weights[f"{name}.bias"]
        for n, at in enumerate(places.T):
            out += (words @ weight[size * n : size * (n + 1)])[at]
        rectified: Floats = np.maximum(out, 0)
        return rectified


@cache
def network() -> Network:
    """The weights beside this file, loaded once."""
    return Network(resources.files("backchannel.reader").joinpath("coreference.npz"))


class Chain(NamedTuple):
    """What is one thing: one of ``LABELS``, and its mentions in text order."""

    label: str
    mentions: list[Mention]


def chains(reading: Reading, net: Network | None = None) -> list[Chain]:
    """The mentions of the text in chains (most hold one mention), in the order of their first mentions. A chain's label is its mentions' likeliest together."""
    if not reading.words:
        return []
    net, candidates = net or network(), spans_of(reading)
    words = net.words(words_of(reading, net.known))
    scores = net.spans(words, candidates)
    kept = chosen(candidates, scores)
    if not kept:
        return []
    given = mentions_of(reading, [candidates.spans[n] for n in kept], scores[kept])
    return linked(reading, given, *net.mentions(words, given))


def chosen(given: Spans, scores: Floats) -> list[int]:
    """Of each group the likeliest span, when it is likely enough to be looked at."""
    odds: dict[int, float] = defaultdict(lambda: 1.0)
    best: dict[int, tuple[float, int]] = {}
    for n, (group, one) in enumerate(zip(given.group.tolist(), np.exp(scores).tolist(), strict=True)):
        odds[group] += one
        best[group] = max(best.get(group, (0.0, n)), (one, n))
    return [n for group, (one, n) in best.items() if one > LIKELY * odds[group]]


def linked(reading: Reading, given: Mentions, own: Floats, pairs: Floats) -> list[Chain]:
    """Each mention joins the chain whose mentions together have the best odds, when these outweigh no antecedent."""
    chain_of: dict[int, int] = {}  # number of a mention -> its chain
    out: list[list[Mention]] = []
    called: list[set[str]] = []  # he, she, it: what a chain has been called, at most one of them
    labels: list[Floats] = []
    pairs = pairs + INITIALS * given.initials
    log_labels = own[:, 2:] - np.log(np.exp(own[:, 2:]).sum(1, keepdims=True))
    odds, n_mentions = np.exp(pairs), len(own)
    together = np.bincount(given.later, odds, n_mentions).tolist()
    worth = np.flatnonzero(pairs > own[given.later, 1] - NEGLIGIBLE)
    bounds = np.searchsorted(given.later[worth], np.arange(n_mentions + 1)).tolist()
    candidates = list(zip(given.earlier[worth].tolist(), odds[worth].tolist(), strict=True))
    for n, (span, form, (drop, new)) in enumerate(zip(given.spans, given.forms, np.exp(own[:, :2]).tolist(), strict=True)):
        if drop > new + together[n]:
            continue
        person = {PERSONS.get(reading.words[span.head].lower(), "")} & THIRD
        fits: dict[int, float] = defaultdict(float)
        for earlier, one in candidates[bounds[n] : bounds[n + 1]]:
            if (at := chain_of.get(earlier, -1)) >= 0 and len(called[at] | person) < 2:
                fits[at] += one
        at = max(fits, key=fits.__getitem__, default=-1)
        if at < 0 or fits[at] < new:
            at = len(out)
            out.append([])
            called.append(set())
            labels.append(np.zeros(len(LABELS), np.float32))
        chain_of[n] = at
        out[at].append(Mention(span.first, span.last, span.head, form))
        called[at] |= person
        labels[at] = labels[at] + log_labels[n]
    return [Chain(LABELS[int(sums.argmax())], chain) for chain, sums in zip(out, labels, strict=True)]
