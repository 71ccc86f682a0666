"""Letter, note or message -> who wrote it, to whom it went, who carried it: "Bern handed over a note from Tehran to the envoy".

Other contacts have all their sides act; a letter goes from one to the other (casebook: contact). Who only carries it is a third party.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from backchannel.coder.acts.arguments import SURE
from backchannel.coder.acts.roles import Links
from backchannel.coder.acts.sides import Rated
from backchannel.coder.parties.cast import Cast
from backchannel.coder.syntax.dependents import behind, joined_parties, meant_by
from backchannel.reader import Reading

LETTERS = frozenset("letter note message memo memorandum cable missive telegram email e-mail".split())
WRITING = frozenset("write cable wire email e-mail".split())
SENDING = frozenset("send address dispatch".split()) | WRITING  # whose subject writes
GETTING = frozenset("receive get obtain".split())  # whose subject is written to
CARRYING = frozenset("carry bear bring deliver hand pass convey take transmit relay forward".split())  # whose subject does neither
FROM = frozenset(("from", "by", "of"))


class Letter(NamedTuple):
    """Keys of actors, each in one place only."""

    writers: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()


def letter(links: Links, cast: Cast) -> Letter:
    """What the tree tells of the sides of a letter; all empty where the act is none."""
    reading, head = links.reading, links.head
    if reading.upos[head] == "VERB" and reading.lemmas[head].lower() in WRITING:
        readers = _at(reading, cast, (c for c in reading.children[head] if _is_addressed(reading, c)))
        return Letter(_subject(reading, cast, head), readers) if readers else Letter()
    noun = head if _is_letter(reading, head) else next((c for c in reading.children[head] if reading.rels[c] == "obj" and _is_letter(reading, c)), None)
    return Letter() if noun is None else _of_noun(reading, cast, noun)


def with_letter(found: Letter, actors: Rated, recipients: Rated) -> tuple[Rated, Rated]:
    """Actors and recipients of a letter: who wrote it, to whom it went; those whom the tree does not tell as they were given."""
    ours, theirs = ([x for x in side if x[0] not in {k for keys in found for k in keys}] for side in (actors, recipients))
    if found.writers:
        return [(k, SURE) for k in found.writers], [(k, SURE) for k in found.readers] or theirs or ours
    return ours or theirs, [(k, SURE) for k in found.readers]


def _of_noun(reading: Reading, cast: Cast, noun: int) -> Letter:
    below, above, rel = reading.children[noun], reading.heads[noun], reading.rels[noun].split(":")[0]
    verbs = [above] * (rel in ("obj", "nsubj", "obl") and reading.upos[above] == "VERB") + [c for c in below if reading.rels[c].startswith("acl")]
    told = rel == "obl" and reading.case_of(noun) == "in"  # "in a letter to X, Y asked"
    writers = _at(reading, cast, (c for c in below if reading.rels[c] == "nmod:poss" or reading.rels[c] in ("amod", "compound") or _leads(reading, c, FROM)))
    readers = _at(reading, cast, behind(reading, noun, "to", "for"))
    carriers: tuple[str, ...] = ()
    for verb in verbs:
        lemma, whole = reading.lemmas[verb].lower(), not (told and verb == above)
        does = _subject(reading, cast, verb) if whole or not writers else ()
        if lemma in SENDING or not whole:
            writers = writers or does
        elif lemma in GETTING:
            readers = readers or does
        elif lemma in CARRYING:
            carriers = carriers or does
        if whole:
            readers = readers or _at(reading, cast, (c for c in reading.children[verb] if _is_addressed(reading, c)))
    return Letter(writers, tuple(k for k in readers if k not in writers), tuple(k for k in carriers if k not in (*writers, *readers)))


def _is_letter(reading: Reading, i: int) -> bool:
    return reading.upos[i] == "NOUN" and reading.lemmas[i].lower() in LETTERS


def _is_addressed(reading: Reading, i: int) -> bool:
    """Is it to whom something is written or sent?"""
    return reading.rels[i] == "iobj" or _leads(reading, i, frozenset(("to",)))


def _leads(reading: Reading, i: int, cases: frozenset[str]) -> bool:
    return reading.rels[i].split(":")[0] in ("nmod", "obl") and reading.case_of(i) in cases


def _at(reading: Reading, cast: Cast, words: Iterator[int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(k for w in words for k in joined_parties(reading, cast, w)))


def _subject(reading: Reading, cast: Cast, verb: int) -> tuple[str, ...]:
    """Who does it: subject, or "by" whom; of a joined or governed verb the one above, of a clause about somebody he."""
    below = reading.children[verb]
    by = _at(reading, cast, behind(reading, verb, "by"))
    subject = next((c for c in below if reading.rels[c] == "nsubj"), None)
    if by or subject is None:
        higher = not by and reading.rels[verb] in ("conj", "xcomp", "advcl") and "Tense=Past" not in reading.feats[verb]
        return _subject(reading, cast, reading.heads[verb]) if higher else by
    return joined_parties(reading, cast, meant_by(reading, verb, subject))
