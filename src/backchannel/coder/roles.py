"""Anchor -> who and what takes part: parties by actor key, everything else as spans.

Parties: the links from the anchor's words to the words of the mentions; a party is taken where the link is likely, the best one where it is at least
plausible. Other roles: the run of likely words around the likeliest one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from backchannel import records as r
from backchannel.coder.anchors import Anchor
from backchannel.coder.cast import Cast
from backchannel.coder.spans import span_over
from backchannel.reader import Reading
from backchannel.reader.encoder import Floats

LIKELY = 0.50  # a party from here on
PLAUSIBLE = 0.20  # the best party from here on, when none is likely
WITHIN = frozenset(("in", "inside", "near"))  # prepositions of a place: "a ceasefire in Ukraine" is asked of somebody else
BESIDE = frozenset(("after", "before", "during", "following"))
OWNING = frozenset(("nmod:poss", "amod", "compound"))  # of an act named by a noun: "Israel's strike", "Russian meddling", "U.S. support"
BONUS = 0.2  # what a party's place in the tree adds to its link
SPAN = 0.45  # a word of a text role from here on
TEXT_ROLES = ("topic", "demand", "trigger", "purpose", "quantity", "instrument")


class Links:
    """The links of one anchor: probabilities of each role for the words of its chunk."""

    def __init__(self, reading: Reading, anchor: Anchor, base: int, scores: dict[str, Floats]) -> None:
        self.reading = reading
        self.base, self.scores = base, scores
        self.end = self.base + len(self.scores["actor"])
        self.anchor = anchor
        self.places = _places(reading, reading.head_of(anchor.first, anchor.last))

    def party_scores(self, cast: Cast, role: str, *, within: bool = False) -> dict[str, float]:
        """Actor key -> best link probability over its mentions in the chunk; ``within``: over those in the anchor's own sentence."""
        found: dict[str, float] = {}
        row = self.scores[role]
        first, last = self.reading.bounds[self.reading.sentence_of[self.anchor.first]] if within else (self.base, self.end)
        first, last = max(first, self.base), min(last, self.end)
        for lo, hi, keys in cast.spans[bisect_left(cast.spans, first, key=_first) : bisect_left(cast.spans, last, key=_first)]:
            if hi > self.end or (role == "recipient" and self.reading.case_of(self.reading.head_of(lo, hi)) in WITHIN):
                continue
            score = float(row[lo - self.base : hi - self.base].max()) + (BONUS if any(i in self.places.get(role, ()) for i in range(lo, hi)) else 0.0)
            for key in keys:
                found[key] = max(found.get(key, 0.0), score)
        return found

    def span(self, role: str, threshold: float = SPAN) -> r.Span | None:
        """The run of likely words around the likeliest word of a role (gaps of two words are bridged)."""
        row: NDArray[np.float32] = self.scores[role]
        top = int(row.argmax())
        if row[top] < threshold:
            return None
        lo, hi = self.reading.bounds[self.reading.sentence_of[self.base + top]]
        first = last = self.base + top
        while first - 1 >= lo and max(row[max(lo, first - 3) - self.base : first - self.base]) >= threshold / 2:
            first -= 1
        while last + 1 < hi and max(row[last + 1 - self.base : min(hi, last + 4) - self.base]) >= threshold / 2:
            last += 1
        words = [i for i in range(first, last + 1) if row[i - self.base] >= threshold / 2]
        while words and self.reading.upos[words[0]] == "CCONJ":  # "Iran and the supply of equipment", the first half missed
            del words[0]
        return span_over(self.reading, range(words[0], words[-1] + 1)) if words else None


def links_of(reading: Reading, anchors: Sequence[Anchor]) -> list[Links]:
    """The links of each anchor, all read at once."""
    return [Links(reading, anchor, *found) for anchor, found in zip(anchors, reading.role_scores([a.words for a in anchors]), strict=True)]


def _places(reading: Reading, head: int) -> dict[str, frozenset[int]]:
    """The words that stand, by the tree, where an act's actor and recipient do: subjects, agents and owners; objects, passive subjects, "on" and "against"."""
    verb = head
    while reading.rels[verb].startswith(("xcomp", "conj")) and reading.heads[verb] != verb and not _subjects(reading, verb):
        verb = reading.heads[verb]  # "agreed to meet": the subject stands at the verb above
    actors, recipients = {i for i in _subjects(reading, verb) if not reading.rels[i].endswith("pass")}, set()
    recipients |= {i for i in _subjects(reading, verb) if reading.rels[i].endswith("pass")}
    for i in reading.children[head]:
        rel, case = reading.rels[i], reading.case_of(i)
        if rel == "obl:agent" or (case == "by" and rel.startswith(("obl", "nmod"))) or (rel in OWNING and reading.upos[head] == "NOUN"):
            actors.add(i)
        elif rel in ("obj", "iobj") or (rel.startswith(("obl", "nmod")) and case in ("against", "on", "with", "to")):
            recipients.add(i)
    both = {"actor": actors, "recipient": recipients}
    return {role: frozenset(c for i in words for c in (i, *(x for x in reading.children[i] if reading.rels[x] == "conj"))) for role, words in both.items()}


def _subjects(reading: Reading, verb: int) -> list[int]:
    return [i for i in reading.children[verb] if reading.rels[i].startswith("nsubj")]


def _first(span: tuple[int, int, tuple[str, ...]]) -> int:
    return span[0]


def parties(links: Links, cast: Cast, role: str, *, at_most: int = 6) -> list[tuple[str, float]]:
    """The actors in a party role with their scores, best first. Where the anchor's own sentence has likely ones, parties named elsewhere are none: who acts
    in the next sentence blurs into this one.
    """
    here = _ranked(links.party_scores(cast, role, within=True))
    rated = here if here and here[0][1] >= LIKELY else _ranked(links.party_scores(cast, role))
    likely = [(k, s) for k, s in rated if s >= LIKELY]
    if not likely and rated and rated[0][1] >= PLAUSIBLE:
        likely = [(k, s) for k, s in rated if s == rated[0][1]]  # one mention may stand for two
    return likely[:at_most]


def sides(links: Links, cast: Cast) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    """Actors and recipients; who is in both is kept where the link is stronger, who only owns another party ("Trump's envoy, Steve Witkoff") in neither."""
    actors, recipients = dict(parties(links, cast, "actor")), dict(parties(links, cast, "recipient"))
    for key in set(actors) & set(recipients):
        del (recipients if actors[key] >= recipients[key] else actors)[key]
    for side in (actors, recipients):
        for key in [k for k in side if len(side) > 1 and _only_owns(links, cast, k, side)]:
            del side[key]
    return _ranked(actors), _ranked(recipients)


def visited(links: Links, cast: Cast) -> list[tuple[str, float]]:
    """Of a visit whom the tree has it go to: the object of "visit", what stands after "to" at the noun. The links of two visits in one sentence
    ("expected to visit the Kremlin, following a visit to Israel") blur into each other.
    """
    reading = links.reading
    head = reading.head_of(links.anchor.first, links.anchor.last)
    places = ("obj",) if reading.upos[head] == "VERB" else ("nmod", "obl")
    for child in reading.children[head]:
        if reading.rels[child].split(":")[0] in places and (places == ("obj",) or reading.case_of(child) == "to") and child in cast.at:
            return [(k, 0.9) for k in cast.at[child]]
    return []


def visitors(links: Links, cast: Cast) -> list[tuple[str, float]]:
    """Who pays a visit told by a verb: its subject, or that of the verb which governs it ("is expected to visit"), when that is a party. A visit told beside
    another act ("flew home after a visit to Israel") is its subject's too, unless it has an owner.
    """
    reading = links.reading
    head = reading.head_of(links.anchor.first, links.anchor.last)
    if reading.upos[head] == "NOUN" and reading.case_of(head) in BESIDE and not any(reading.rels[c] == "nmod:poss" for c in reading.children[head]):
        head = reading.heads[head]
    while reading.upos[head] == "VERB":
        subject = next((c for c in reading.children[head] if reading.rels[c].startswith("nsubj")), None)
        if subject is not None:
            joined = (subject, *(c for c in reading.children[subject] if reading.rels[c] == "conj"))
            return [(k, 0.9) for k in dict.fromkeys(k for w in joined for k in cast.at.get(w, ()))]
        if not reading.rels[head].startswith("xcomp"):
            break
        head = reading.heads[head]
    return []


def talked(links: Links, cast: Cast) -> list[tuple[str, float]]:
    """Between whom a talk named by a noun was, where the tree says it whole: "Netanyahu's calls to Putin", "talks between A and B", else nothing."""
    reading = links.reading
    head = reading.head_of(links.anchor.first, links.anchor.last)
    found: list[str] = []
    for child in reading.children[head] if reading.upos[head] == "NOUN" else ():
        case = reading.case_of(child)
        if reading.rels[child] == "nmod:poss" or (reading.rels[child].split(":")[0] == "nmod" and case in ("to", "with", "between")):
            joined = (child, *(c for c in reading.children[child] if reading.rels[c] == "conj"))
            found += [k for w in joined for k in cast.at.get(w, ()) if cast.get(k).kind != "place"]
    keys = list(dict.fromkeys(found))
    return [(k, 0.9) for k in keys] if len(keys) > 1 else []


def _only_owns(links: Links, cast: Cast, key: str, side: dict[str, float]) -> bool:
    """Is every mention of the party near the anchor the owner of a word (not of the act) that stands for another party of this side?"""
    reading, owns = links.reading, False
    for lo, hi, keys in cast.spans[bisect_left(cast.spans, links.base, key=_first) : bisect_left(cast.spans, links.end, key=_first)]:
        if key not in keys or reading.sentence_of[lo] != reading.sentence_of[links.anchor.first]:
            continue
        head = reading.head_of(lo, min(hi, links.end))
        owned = reading.heads[head]
        if reading.rels[head] != "nmod:poss" or owned in links.anchor.words:
            return False
        around = (owned, reading.heads[owned], *(c for c in reading.children[owned] if reading.rels[c].startswith(("appos", "flat"))))
        if not any(k in side and k != key for w in around for k in cast.at.get(w, ())):
            return False
        owns = True
    return owns


def _ranked(scores: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(scores.items(), key=lambda x: (-x[1], x[0]))


def text_roles(links: Links) -> dict[str, tuple[r.Span, ...]]:
    """Topic, demand, trigger, purpose, quantity, instrument as spans."""
    return {role: (span,) for role in TEXT_ROLES if (span := links.span(role))}
