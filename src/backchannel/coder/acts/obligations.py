"""What somebody says that another must do ("Russia says that Israel must end the strikes") -> the demand that this is, with its sides.

The annotators' guide takes "said X must do Y" for a demand; of 25 words of obligation in statements that have a party for their subject 15 are annotated. Their
own country and those who are only acted on ("must be wiped out") are seldom asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace as change

from backchannel import records as r
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.acts.private import standing
from backchannel.coder.acts.ultimatums import given_for, is_or_else
from backchannel.coder.parties.cast import Cast
from backchannel.reader import Reading
from backchannel.reader.labels import EVENTS

HAVING = frozenset(("have", "need"))  # with "to"
PUT_OFF = frozenset(("yet", "still"))  # behind "has": what is not done so far ("has yet to sign")
TAKEN_AS_SUCH = frozenset(("asserts", "demands", "confirms", "accuses", "threatens"))  # stances of who asks; who predicts, doubts or denies does not
SUPPOSED = frozenset("if unless whether when until once".split())
STATES = frozenset("state government people place".split())
ASKING = frozenset(("REQUEST", "THREATEN"))
FAR = 2  # words between, from which the word of obligation alone is the anchor
SURE = 0.6  # their score as anchors: the share that is annotated
REQUESTED = np.array([float(t == "REQUEST") for t in EVENTS], np.float32)


class Obligation(NamedTuple):
    """Who says that who must do something, by which words."""

    word: int  # "must", "has", "needs"
    verb: int
    above: int  # what governs it ("stressed")
    speaker: str | None
    asked: tuple[str, ...]

    def holds(self, anchor: Anchor) -> bool:
        """Whether the anchor has one of its words."""
        return self.word in anchor.words or self.verb in anchor.words


def obligations(reading: Reading, cast: Cast, said: Sequence[r.Statement]) -> list[Obligation]:
    """Those of which a party speaks to another, and those with an "or else" ("must leave or face war"), whoever speaks; in order of text."""
    found, scores = [], reading.probabilities("event")
    for word, verb in _obliging(reading):
        own = _innermost(said, reading.tokens[word].start)
        speaker = own.source.actor if own and own.source and own.stance in TAKEN_AS_SUCH else None
        subject = _subject(reading, word, verb)
        asked = cast.at.get(subject, ()) if subject is not None else ()
        if asked and all(_can_be_asked(reading, cast, k, speaker) for k in asked) and (speaker or is_or_else(reading, verb, scores)):
            found.append(Obligation(word, verb, reading.heads[verb if reading.rels[word] == "aux" else word], speaker, asked))
    return found


def with_asking(found: Sequence[Anchor], obliged: Sequence[Obligation]) -> list[Anchor]:
    """The anchors and, for each obligation at or above which none asks or threatens, one more: at its word and verb; where the verb is an act, at its word."""
    new = []
    for one in obliged:
        there = [a for a in found if one.holds(a)]
        if not any(a.type in ASKING and (a in there or one.above in a.words) for a in found):
            last = one.word if there or one.verb - one.word > FAR else one.verb
            new.append(Anchor(one.word, last + 1, "REQUEST", SURE, REQUESTED))
    return sorted((*found, *new), key=lambda a: a.first)


def between_them(claims: Sequence[r.EventClaim], acts: Sequence[Anchor], obliged: Sequence[Obligation]) -> Iterator[r.EventClaim]:
    """The claims of acts, the demands made by obligations with their sides."""
    for claim, act in zip(claims, acts, strict=True):
        one = next((o for o in obliged if o.holds(act)), None) if claim.event in ASKING and claim.status == "happened" else None
        why = "who says that another must do something asks for it"
        speaker = (one.speaker,) if one and one.speaker else tuple(k for k in claim.actor if one and k not in one.asked)
        yield change(claim, actor=speaker, recipient=one.asked, polarity="+", why=(*claim.why, why)) if one else claim


def _obliging(reading: Reading) -> Iterator[tuple[int, int]]:
    """The words of obligation, each with the verb of what must be done; none that are only supposed, over, or to come ("might have to")."""
    for i, word in enumerate(reading.words):
        if word.lower() == "must" and reading.rels[i] == "aux":
            top = verb = reading.heads[i]
        elif reading.lemmas[i].lower() in HAVING and "Tense=Past" not in reading.feats[i]:
            found = [c for c in reading.children[i] if reading.rels[c] == "xcomp" and any(reading.words[t].lower() == "to" for t in reading.children[c])]
            found = found or given_for(reading, i)
            put_off = any(w.lower() in PUT_OFF for w in reading.words[i + 1 : found[0]]) if found else True
            if put_off or any(reading.rels[c] == "aux" for c in reading.children[i]):
                continue
            top, verb = i, found[0]
        else:
            continue
        if i < verb and not any(reading.words[c].lower() in SUPPOSED and reading.rels[c] in ("mark", "advmod") for c in reading.children[top]):
            yield i, verb


def _subject(reading: Reading, word: int, verb: int) -> int | None:
    """Who must do it: the subject of an active verb."""
    top = verb if reading.rels[word] == "aux" else word
    passive = any(reading.rels[c] in ("aux:pass", "nsubj:pass") for c in reading.children[verb])
    subjects = (c for c in reading.children[top] if c < top and reading.rels[c] == "nsubj")
    return None if passive else max(subjects, default=None)  # the nearest: a dateline's place may be taken for one


def _innermost(said: Sequence[r.Statement], offset: int) -> r.Statement | None:
    """The shortest statement whose words hold the offset."""
    holding = (s for s in said if s.content.start <= offset < s.content.end)
    return min(holding, key=lambda s: s.content.end - s.content.start, default=None)


def _can_be_asked(reading: Reading, cast: Cast, key: str, speaker: str | None) -> bool:
    """Is it a political party, neither the speaker nor his own country?"""
    asked = cast.get(key)
    at_home = speaker is not None and asked.kind in STATES and asked.country is not None and asked.country == cast.get(speaker).country
    return key != speaker and not at_home and standing(reading, cast, key) == "political"
