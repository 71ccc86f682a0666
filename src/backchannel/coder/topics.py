"""Anchor -> what talks are about or what is judged ("talks on the border", "rejected the plan", "Syria was among the topics discussed"), by the tree.

The links' topic goes before it (``roles.text_roles``).
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from backchannel import records as r
from backchannel.coder.anchors import Anchor
from backchannel.coder.spans import span_over
from backchannel.reader import Reading

TALKS = frozenset(("CONSULT", "COOPERATE", "AGREE"))
JUDGING = frozenset(("ACCUSE", "SUPPORT", "REJECT", "CONCEDE"))  # acts whose object is a matter as often as a party: "denounced the raid", "backed the plan"
ABOUT = frozenset(("about", "on", "over", "regarding", "concerning"))
DISCUSSING = frozenset("discuss negotiate address review raise debate cover tackle explore".split())
SUBJECTS = frozenset("topic subject agenda issue matter theme".split())  # nouns that what was talked about is said to be among
ASIDE = frozenset(("acl:relcl", "advcl", "parataxis", "punct"))  # what hangs from a topic and says more of it


def topic(reading: Reading, anchor: Anchor, times: Container[int], parties: Container[int]) -> r.Span | None:
    """The topic as the tree tells it. ``times``, ``parties``: words of time expressions and parties, which are no topics."""
    head = reading.head_of(anchor.first, anchor.last)
    for child in reading.children[head]:
        if child not in times and child not in parties and _is_topic(reading, head, child, anchor.type):
            return _span(reading, child)
    if anchor.type == "CONSULT":
        return next((_span(reading, i) for i in (*_discussed(reading, head), *_subjects(reading, head)) if i not in times), None)
    return None


def _is_topic(reading: Reading, head: int, child: int, event: str) -> bool:
    """Is the dependent of an act what it is about?"""
    rel, case = reading.rels[child], reading.case_of(child)
    phrase = rel.split(":")[0] in ("obl", "nmod") and rel != "nmod:poss"
    thing = rel in ("obj", "nsubj:pass") or (phrase and case == "of" and reading.upos[head] == "NOUN")
    if event in TALKS:
        return (phrase and case in ABOUT) or (rel == "obj" and reading.lemmas[head].lower() in DISCUSSING)
    return event in JUDGING and ((phrase and case in ABOUT and case != "on") or thing)


def _discussed(reading: Reading, head: int) -> Iterator[int]:
    """What a verb beside the talk says was talked about: "met in Doha, discussing the truce", "spoke and discussed grain"."""
    for verb in reading.children[head]:
        if reading.rels[verb].split(":")[0] in ("advcl", "conj", "xcomp") and reading.lemmas[verb].lower() in DISCUSSING:
            yield from (i for i in reading.children[verb] if reading.rels[i] == "obj")


def _subjects(reading: Reading, head: int) -> Iterator[int]:
    """What the same sentence says to be the topics: "X and Y were among the topics discussed", "the agenda included X"."""
    lo, hi = reading.bounds[reading.sentence_of[head]]
    for noun in range(lo, hi):
        if reading.lemmas[noun].lower() not in SUBJECTS or noun == head:
            continue
        below, above = reading.children[noun], reading.heads[noun]
        around = [*below, *(c for acl in below if reading.rels[acl] == "acl" for c in reading.children[acl])]  # the tree may hang all on "discussed"
        if any(reading.rels[c] in ("cop", "aux:pass") for c in around) and reading.case_of(noun) in ("among", "on", ""):
            yield from (c for c in around if reading.rels[c].startswith("nsubj"))
        elif reading.rels[noun] == "nsubj" and reading.lemmas[above].lower() == "include":
            yield from (c for c in reading.children[above] if reading.rels[c] == "obj")


def _span(reading: Reading, head: int) -> r.Span:
    """A topic's words without the preposition before it and the clauses that say more of it."""
    aside = {i for c in reading.children[head] if reading.rels[c] in ASIDE or reading.rels[c] == "case" for i in reading.subtree(c)}
    return span_over(reading, [i for i in reading.subtree(head) if i not in aside])
