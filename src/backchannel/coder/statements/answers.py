"""What somebody denies or confirms by a bare word ("Tehran denied the allegations", "Moscow denies it") -> the act told before it, told again with its source.

The annotators' guide has an act that one asserts and another denies twice; of eleven such answers in annotated articles six have the act again, at the bare
word, the others none. Contacts that are answered by a noun of their own ("confirmed the call") are those of ``contacts/again.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from backchannel import records as r
from backchannel.coder.acts.speaking import SAID
from backchannel.coder.parties.cast import Cast
from backchannel.coder.statements.denials import depth
from backchannel.coder.statements.stances import TALK, WORDS, is_bare
from backchannel.coder.syntax.spans import content_of, holders, sentence_span, span_of
from backchannel.reader import Reading

ANSWERS: dict[str, Literal["+", "-"]] = {"denies": "-", "confirms": "+"}
PRONOUNS = frozenset(("it", "this", "that"))
CHARGES = frozenset(("accusation", "allegation", "charge"))  # words that are about what another does
SENTENCES = 2  # how far back the act is looked for
TOLD = frozenset(("happened", "ongoing", "ended", "attempted", "planned"))


def with_answers(reading: Reading, cast: Cast, claims: Sequence[r.AnyClaim], said: Iterable[r.Statement]) -> list[r.AnyClaim]:
    """The claims, in order of text, those of acts that a party denies or confirms without naming them told once more."""
    said = list(said)
    holding = holders((c.anchor.start for c in claims), said, content_of)
    speakers = {at: [h.source.actor if h.source else None for h in own] for at, own in holding.items()}
    out = list(claims)
    for s in said:
        word = _bare(reading, s.content) if s.stance in ANSWERS and s.source and s.source.actor else None
        if word is None or not (s.source and s.source.actor):
            continue
        act = _answered(reading, cast, claims, s, word, s.source.actor, speakers)
        there = [n for n, c in enumerate(claims) if s.content.start <= c.anchor.start < s.content.end]
        if act is not None and not there:
            out.append(_told_again(reading, act, word, s))
        for n in there:  # the reader has seen that an act is meant
            own = claims[n]
            if act is not None and isinstance(own, r.EventClaim) and own.event == act.event:
                out[n] = msgspec.structs.replace(own, actor=act.actor, recipient=act.recipient, why=(*own.why, f"is “{act.anchor.text}” before it"))
    return sorted(out, key=lambda c: (c.anchor.start, c.anchor.end, c.__class__.__name__))


def _bare(reading: Reading, content: r.Span) -> int | None:
    """The pronoun or bare noun for words that a content begins with ("it", "the allegations", "the claim as absurd")."""
    first, last = reading.word_at(content.start), reading.word_at(content.end - 1)
    head = reading.head_of(first, last + 1)
    if reading.words[head].lower() in PRONOUNS:
        return head if first == last else None
    return head if reading.lemmas[head].lower() in WORDS and is_bare(reading, head) else None


def _answered(
    reading: Reading, cast: Cast, claims: Sequence[r.AnyClaim], s: r.Statement, word: int, speaker: str, speakers: dict[int, list[str | None]]
) -> r.EventClaim | None:
    """The nearest act before the answer that its speaker, or somebody of his country, has part in: told by another; where no word for another's talk is
    answered, also by the report in a sentence before.
    """
    here, lemma = reading.sentence_of[word], reading.lemmas[word].lower()
    charged, talk = lemma in CHARGES, lemma in TALK
    accusing = {reading.sentence_of[reading.word_at(c.anchor.start)] for c in claims if isinstance(c, r.EventClaim) and c.event == "ACCUSE"}
    best: tuple[tuple[int, bool, int], r.EventClaim] | None = None
    for claim in claims:
        if not isinstance(claim, r.EventClaim) or claim.anchor.start >= s.content.start or claim.event in SAID:  # what these are about is denied
            continue
        away = here - reading.sentence_of[reading.word_at(claim.anchor.start)]
        by = speakers.get(claim.anchor.start, [])
        others = bool(by) and speaker not in by
        if (
            away > SENTENCES
            or claim.polarity == "-"
            or claim.status not in TOLD
            or speaker in by
            or (not others and (not away or (talk and here - away not in accusing)))
            or not _has_part(cast, (*claim.actor, *claim.recipient), speaker)
            or (charged and any(_has_part(cast, claim.actor, b) for b in by if b))  # what its teller does himself
            or (charged and claim.event == "CONSULT" and not others)  # "accused it in a letter"
        ):
            continue
        rank = away, not others, depth(reading, claim.anchor)
        if best is None or rank < best[0]:
            best = rank, claim
    return best[1] if best else None


def _has_part(cast: Cast, parties: Sequence[str], speaker: str) -> bool:
    """Is the speaker, or somebody of his country, one of the parties?"""
    country = cast.get(speaker).country
    return any(k == speaker or (country is not None and cast.get(k).country == country) for k in parties)


def _told_again(reading: Reading, claim: r.EventClaim, word: int, s: r.Statement) -> r.EventClaim:
    """The act as what is denied or confirmed."""
    anchor = span_of(reading, reading.word_at(s.content.start), word + 1)
    return msgspec.structs.replace(
        claim,
        anchor=anchor,
        evidence=(sentence_span(reading, word),),
        roles=r.Roles(mediator=claim.roles.mediator, third_party=claim.roles.third_party),
        deadline=None,
        condition=None,
        polarity=ANSWERS[s.stance],
        confidence=min(claim.confidence, s.confidence),
        why=(f"'{anchor.text}' is “{claim.anchor.text}” before it, which {s.source.text if s.source else 'somebody'} {s.stance}",),
    )
