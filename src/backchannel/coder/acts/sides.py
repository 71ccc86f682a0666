"""Act -> who acts and who is acted on: every party named in the act's chunk is a candidate, rated by the links, the tree and what it is (``choosing.py``),
and again with what it does in the report's other acts (``story.py``).

Of a party's mentions the one nearest to the act speaks for it. A party is an actor (or recipient) where that is likely; where none is, the likeliest, if it
is plausible.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from math import log1p
from typing import NamedTuple

import numpy as np

from backchannel.coder.acts.roles import Links
from backchannel.coder.acts.story import Seen, told_by_others
from backchannel.coder.choosing import network
from backchannel.coder.parties.cast import Cast
from backchannel.coder.syntax import ways
from backchannel.coder.syntax.dependents import with_whom
from backchannel.intake.datelines import dateline
from backchannel.reader import Reading
from backchannel.reader.encoder import Floats

LIKELY = 0.55  # a party from here on: on the held-out articles F1 of both sides is flat from 0.40 to 0.55, fewest wrong at the end of that
PLAUSIBLE = 0.30  # the likeliest party from here on, when none is likely: flat from 0.25 to 0.30
# The same of recipients in a report of a sentence or two: what is not told there is told nowhere. Blind cases 0.701 -> 0.731, flat from 0.12 to 0.20; the
# held-out articles' sentences, each read alone, have as many dyads right as at 0.30.
BRIEF, PLAUSIBLE_THERE = 2, 0.20
AT_MOST = 6  # parties on a side
OTHER_SIDE = 0.10  # the likeliest other actor from here on, where the tree has the only one behind "with": of 14 on three annotated sets 11 were right
MUTUAL = frozenset(("AGREE", "CONSULT", "COOPERATE"))  # what nobody does alone
SENTENCES = 3  # beyond which all distances are alike
CLASSES = ("neither", "actor", "recipient")

Rated = list[tuple[str, float]]


class Rating(NamedTuple):
    """Who takes part in an act, with probabilities, best first."""

    actors: Rated
    recipients: Rated
    rest: Rated  # who may be acted on if the recipients are not


class Mention(NamedTuple):
    """A mention, whatever the act."""

    first: int
    last: int
    head: int
    sentence: int
    words: tuple[str, ...]  # preposition, relation, part of speech, number, lemma, lemma of what it hangs from, how it names its party


class Sides:
    """The candidates of a report's acts."""

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self.reading, self.cast = reading, cast
        named = {(lo, hi): by for party in cast.parties for lo, hi, by in party.mentions}
        line = dateline(reading.text)
        town = range(*(bisect_left(reading.starts, x) for x in (line.start, line.end))) if line else range(0)  # of a dateline: takes no part in anything
        self.mentions = [(_mention(reading, lo, hi, named.get((lo, hi), "name")), keys) for lo, hi, keys in cast.spans if lo not in town]
        self.firsts = [m.first for m, _ in self.mentions]
        self.named = Counter(key for _, keys in self.mentions for key in keys)

    def all(self, acts: Sequence[Links], speakers: Sequence[str | None]) -> list[Rating]:
        """Who takes part in each act, in order of text, best first. ``speakers``: who says the words in which an act is told, None for the report."""
        described = [self.described(links, speaker) for links, speaker in zip(acts, speakers, strict=True)]
        vectors = [self.act(links) for links in acts]
        plausible = PLAUSIBLE_THERE if len(self.reading.bounds) <= BRIEF else PLAUSIBLE
        alone = network("acts/sides.npz").each([(numbers, words, act) for (_, numbers, words), act in zip(described, vectors, strict=True)])
        others = told_by_others([seen(links, keys, rated) for links, (keys, *_), rated in zip(acts, described, alone, strict=True)])
        asked = [
            (np.concatenate([numbers, more], 1) if keys else numbers, words, act)
            for (keys, numbers, words), more, act in zip(described, others, vectors, strict=True)
        ]
        rated = network("acts/story.npz").each(asked)
        nobody = Rating([], [], [])
        return [self._chosen(links, keys, own, plausible) if keys else nobody for links, (keys, *_), own in zip(acts, described, rated, strict=True)]

    def _chosen(self, links: Links, keys: list[str], rated: Floats, plausible: float) -> Rating:
        """``chosen``, with all of a group that agrees or meets ("the two sides"), with whom something is done and, where only these are told, the other side:
        "a deal with Iran" is Iran's and another's.
        """
        actors, recipients = chosen(keys, rated, plausible)
        if links.anchor.type in MUTUAL:
            acting = [c for c in self.reading.children[links.head] if self.reading.rels[c] == "nsubj"]
            group = {k for c in acting for k in self.cast.at.get(c, ()) if k in keys}
            if group & dict(actors).keys():
                actors = actors + [(k, LIKELY) for k in keys if k in group and k not in dict(actors + recipients)]
        taken = dict(actors + recipients)
        rest = sorted(((k, p) for k, p in zip(keys, rated[:, 2].tolist(), strict=True) if p >= plausible and k not in taken), key=lambda x: -x[1])
        beside = with_whom(self.reading, self.cast, links.head) if links.anchor.type in MUTUAL else []
        actors = actors + [(k, LIKELY) for k in beside if k in keys and k not in dict(actors + recipients)]
        if len(actors) != 1 or recipients or actors[0][0] not in beside:
            return Rating(actors, recipients, rest)
        own = self.cast.get(actors[0][0])
        likely = [(k, p) for k, p in zip(keys, rated[:, 1].tolist(), strict=True) if p >= OTHER_SIDE and k != own.key]
        others = [x for x in likely if not own.country or self.cast.get(x[0]).country != own.country]
        return Rating(actors + sorted(others, key=lambda x: -x[1])[:1], recipients, rest)

    def act(self, links: Links) -> Floats:
        """What the link head makes of the act: (160,)."""
        return self.reading.act_vector(links.head)

    def described(self, links: Links, speaker: str | None) -> tuple[list[str], Floats, list[tuple[str, ...]]]:
        """The candidates of an act, the nearest first: keys, numbers (candidates, D), words of each kind."""
        anchor, head = links.anchor, links.head
        reading, sentence = self.reading, self.reading.sentence_of[anchor.first]
        near: dict[str, tuple[tuple[int, ...], Mention, tuple[str, ...] | None]] = {}
        inside: dict[str, list[Mention]] = {}
        for m, named in self.mentions[bisect_left(self.firsts, links.base) : bisect_left(self.firsts, links.end)]:
            if m.last > links.end:
                continue
            away = m.sentence - sentence
            way = None if away else ways.way(reading, links.heights, m.head)
            rank = (abs(away), int(away > 0), 0 if way is None else len(way), abs(m.head - head))
            for key in named:
                if key not in near or rank < near[key][0]:
                    near[key] = rank, m, way
                inside.setdefault(key, []).append(m)
        keys = sorted(near, key=lambda k: (near[k][0], k))
        if not keys:
            return [], np.zeros((0, 0), np.float32), []
        odds = self._odds(links, [[m for m in inside[k] if m.sentence == near[k][1].sentence] for k in keys])
        numbers, words = [], []
        for key in keys:
            _, m, way = near[key]
            away = m.sentence - sentence
            apart = log1p(m.first - anchor.last) if m.first >= anchor.last else -log1p(abs(anchor.first - m.last + 1))
            over = m.first < anchor.last and anchor.first < m.last
            said = (key == speaker, speaker is not None, reading.quoted[head] > 0)
            numbers.append((apart / 3, m.first >= anchor.last, over, *said, log1p(self.named[key]) / 2, abs(away) / 3))
            words.append((*links.words, ways.told(way, away), str(max(-SENTENCES, min(SENTENCES, away))), self.cast.get(key).kind, *m.words))
        return keys, np.concatenate([odds, np.array(numbers, np.float32)], 1), words

    def _odds(self, links: Links, mentions: list[list[Mention]]) -> Floats:
        """Log odds of every role, the best over each candidate's mentions in one sentence: (candidates, roles)."""
        return ways.log_odds(ways.best_over(links.scores, [[i - links.base for m in own for i in range(m.first, m.last)] for own in mentions]))


def seen(links: Links, keys: list[str], rated: Floats) -> Seen:
    """The act as its own sentences tell it."""
    return Seen(links.anchor.first, links.anchor.type, links.reading.lemmas[links.head].lower(), keys, rated)


def chosen(keys: list[str], rated: Floats, plausible: float = PLAUSIBLE) -> tuple[Rated, Rated]:
    """Actors and recipients by their probabilities (candidates, CLASSES); who acts is not acted on. ``plausible``: the likeliest
    recipient from here on.
    """
    _, acts, suffers = rated.T.tolist()
    actors = _taken(list(zip(keys, acts, strict=True)))
    acting = dict(actors)
    return actors, _taken([(k, p) for k, p in zip(keys, suffers, strict=True) if k not in acting], plausible)


def _taken(rated: Rated, plausible: float = PLAUSIBLE) -> Rated:
    ranked = sorted(rated, key=lambda x: (-x[1], x[0]))
    likely = [x for x in ranked if x[1] >= LIKELY][:AT_MOST]
    return likely or [x for x in ranked[:1] if x[1] >= plausible]


def _mention(reading: Reading, first: int, last: int, named_by: str) -> Mention:
    head = reading.head_of(first, last)
    number = "plural" if "Number=Plur" in reading.feats[head] else "singular"
    about = (
        reading.case_of(head),
        ways.relation(reading, head),
        reading.upos[head],
        number,
        reading.lemmas[head],
        reading.lemmas[reading.heads[head]],
        named_by,
    )
    return Mention(first, last, head, reading.sentence_of[first], about)
