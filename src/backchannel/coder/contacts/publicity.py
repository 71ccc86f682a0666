"""Verbal acts, contacts + statements -> the same, with how openly they were made (records.md: channel, disclosure).

An accusation that is quoted from whoever makes it was made in public unless the words say otherwise; so was one whose sentence names the medium. Of a contact
the next sentence may say what is kept back; one that a party tells of, itself or through an office of its country, is public; so is what a report tells in its
own voice, where the reader thinks so. What is told by others, while an office declines to comment, is undisclosed.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

import msgspec

from backchannel import records as r
from backchannel.coder.acts.speaking import SAID
from backchannel.coder.contacts.again import is_again
from backchannel.coder.contacts.channel import by_word
from backchannel.coder.contacts.silence import has_no_comment, kept_back
from backchannel.reader import Reading
from backchannel.reader.labels import DISCLOSURES

OFFICIAL = frozenset(("person", "state", "government", "ministry", "office", "military", "igo"))  # not people: "officials" may be anybody
MADE = frozenset(("happened", "ongoing", "ended", "planned", "expected"))
DONE = frozenset(("happened", "ongoing", "ended"))
JOINT = re.compile(r"(?:both|the two)\b", re.IGNORECASE)  # "both leaders": all sides at once
OPENLY = 0.5  # probability of "public" from which a contact that the report tells in its own voice is
BRINGING_OUT = frozenset("disclose reveal divulge leak expose unearth slip".split())  # what others bring out was not meant to be known
OWNING_UP = frozenset("admit concede acknowledge slip".split())  # to what was not: 7 of 11 annotated contacts, one more its contents
REPLY = 2  # sentences within which a party answers what is told of it


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = tomllib.loads(resources.files(__package__).joinpath("disclosure.toml").read_text(encoding="utf8"))["said"]
    return {kind: re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) for kind, words in table.items()}


def with_publicity(reading: Reading, claims: Sequence[r.AnyClaim], said: Iterable[r.Statement], actors: Iterable[r.Actor] = ()) -> list[r.AnyClaim]:
    """The claims, in order; what was said in public has its channel and disclosure, what was made known by a party its disclosure."""
    said = [s for s in said if s.source and (s.source.actor or JOINT.match(s.source.text))]
    known = {a.key: a for a in actors}
    contacts = {_sentence_of(reading, c.anchor.start) for c in claims if isinstance(c, r.EventClaim) and c.event == "CONSULT" and not is_again(c)}
    near: dict[int, list[r.Statement]] = defaultdict(list)  # sentence -> the statements that have their cue or a part of their content in it
    for s in said:
        cue = [_sentence_of(reading, s.cue.start)] if s.cue else []
        for n in {*cue, *range(_sentence_of(reading, s.content.start), _sentence_of(reading, s.content.end) + 1)}:
            near[n].append(s)
    out: list[r.AnyClaim] = []
    for c in claims:
        told = [s for s in near.get(_sentence_of(reading, c.anchor.start), ()) if _told(s, c)]
        if isinstance(c, r.EventClaim) and c.event in SAID and c.status == "happened":
            c = _opened(reading, c, told)
        elif isinstance(c, r.EventClaim) and c.event == "CONSULT" and c.status in MADE:
            c = msgspec.structs.replace(c, disclosure=_openness(reading, c, said, told, known, contacts))
        out.append(c)
    return out


def _openness(
    reading: Reading, claim: r.EventClaim, said: Sequence[r.Statement], told: Sequence[r.Statement], actors: dict[str, r.Actor], contacts: set[int]
) -> r.Disclosure:
    """How open the contact was; ``told``: of what is said, that which tells of it; ``contacts``: the sentences that tell of one."""
    sentence = _sentence_of(reading, claim.anchor.start)
    after = sentence + 1 if sentence + 1 < len(reading.bounds) and sentence + 1 not in contacts else None
    kept = next((kind for n in (sentence, after) if n is not None and (kind := kept_back(reading, n))), None)
    if kept and claim.disclosure in ("unknown", "public"):
        return kept
    if claim.disclosure != "unknown":
        return claim.disclosure
    if claim.polarity == "+" and claim.status in DONE and any(_by(reading, s, OWNING_UP) for s in told):
        return "undisclosed"
    if _made_known(reading, claim, told, actors):
        return "public"
    if told:
        silent = any(has_no_comment(reading, n) for n in (sentence, after) if n is not None)
        secret = silent or any(_by(reading, s, BRINGING_OUT) for s in told) or (claim.polarity == "+" and _is_disputed(reading, claim, said, actors))
        return "undisclosed" if secret else "unknown"
    return "public" if claim.polarity == "+" and _p_public(reading, claim) >= OPENLY else "unknown"


def _by(reading: Reading, s: r.Statement, verbs: frozenset[str]) -> bool:
    """Is it told by one of these verbs, as something hidden until then ("disclosed", "let slip")?"""
    cue = [reading.lemmas[i].lower() for i in range(*reading.words_at(s.cue.start, s.cue.end))] if s.cue else []
    return not verbs.isdisjoint(cue)


def _is_disputed(reading: Reading, claim: r.EventClaim, said: Sequence[r.Statement], actors: dict[str, r.Actor]) -> bool:
    """Does a party, or an office of its country, deny what others tell of it, or not speak of it?"""
    parties = {*claim.actor, *claim.recipient}
    countries = {a.country for k in parties if (a := actors.get(k)) and a.country}
    here = _sentence_of(reading, claim.anchor.start)
    for s in said:
        source = actors.get(s.source.actor) if s.source and s.source.actor else None
        near = 0 <= _sentence_of(reading, s.content.start) - here <= REPLY
        if source and near and not _told(s, claim) and s.stance in ("denies", "declines_to_comment") and (source.key in parties or source.country in countries):
            return True
    return False


def _p_public(reading: Reading, claim: r.EventClaim) -> float:
    p = reading.mean_of("disclosure", *reading.words_at(claim.anchor.start, claim.anchor.end))
    return float(p[DISCLOSURES.index("public")])


def _made_known(reading: Reading, claim: r.EventClaim, told: Sequence[r.Statement], actors: dict[str, r.Actor]) -> bool:
    """Does a party to a contact tell of it, by name?"""
    parties = {*claim.actor, *claim.recipient, *claim.roles.mediator}
    countries = {a.country for k in parties if (a := actors.get(k)) and a.country}
    for s in told:
        source = actors.get(s.source.actor) if s.source and s.source.actor else None
        if s.stance in ("denies", "declines_to_comment"):
            continue
        ours = (
            source is None
            or source.key in parties
            or (source.kind in OFFICIAL and source.country in countries and not (source.kind == "person" and source.country_inferred))
        )
        if ours and not _patterns()["privately"].search(_sentence(reading, claim.anchor.start)):
            return True
    return False


def _opened(reading: Reading, claim: r.EventClaim, told: Sequence[r.Statement]) -> r.EventClaim:
    own = [s for s in told if s.source and (s.source.actor is None or s.source.actor in claim.actor)]
    words = " ".join({_sentence(reading, claim.anchor.start), *(_sentence(reading, s.cue.start) for s in own if s.cue)})
    medium = next((k for k in ("social_media", "public_statement") if _patterns()[k].search(words)), None)
    written = by_word(reading, *reading.words_at(claim.anchor.start, claim.anchor.end))
    if written:
        claim = msgspec.structs.replace(claim, channel=written)
    if claim.disclosure != "unknown" or not (own or medium) or _patterns()["privately"].search(words):
        return claim
    spoken: r.Channel = "public_statement" if any(s.source and _patterns()["office"].search(s.source.text) for s in own) else claim.channel
    return msgspec.structs.replace(claim, channel=written or medium or spoken, disclosure="public")


def _told(s: r.Statement, claim: r.AnyClaim) -> bool:
    """Is the act in what is said, or the saying itself?"""
    inside = s.content.start <= claim.anchor.start and claim.anchor.end <= s.content.end
    return inside or (s.cue is not None and s.cue.start < claim.anchor.end and claim.anchor.start < s.cue.end)


def _sentence(reading: Reading, offset: int) -> str:
    return reading.quote(*reading.bounds[_sentence_of(reading, offset)])


def _sentence_of(reading: Reading, offset: int) -> int:
    return reading.sentence_of[reading.word_at(offset)]
