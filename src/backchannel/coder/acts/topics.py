"""Act -> what talks are about or what is judged ("talks on the border", "rejected the plan", "Syria was among the topics discussed").

What a sentence itself calls the topic goes before what is linked to the act, that before the rest of what the tree tells, and that before faint links.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator

from backchannel import records as r
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.acts.roles import FAINT, SPAN, Links
from backchannel.coder.parties.cast import Cast
from backchannel.coder.syntax.dependents import called_on
from backchannel.coder.syntax.spans import head_at, span_over
from backchannel.reader import Reading

TALKS = frozenset(("CONSULT", "COOPERATE", "AGREE"))
JUDGING = frozenset(("ACCUSE", "SUPPORT", "REJECT", "CONCEDE"))  # acts whose object is a matter as often as a party: "denounced the raid", "backed the plan"
ABOUT = frozenset(("about", "on", "over", "regarding", "concerning"))
DISCUSSING = frozenset("discuss negotiate debate".split())
SUBJECTS = frozenset("topic subject agenda".split())  # nouns that what was talked about is said to be, or to be among
ASIDE = frozenset(("acl:relcl", "advcl", "parataxis", "punct", "case"))  # what stands before a topic, or hangs from it and says more of it
THINGS = frozenset(("NOUN", "PROPN", "NUM"))
MATTER = THINGS | {"VERB", "ADJ"}
BESIDES = frozenset("sideline sidelines fringe fringes margin margins eve ground behalf side telephone phone table condition".split())  # "on" these is no topic


def topic(links: Links, cast: Cast, times: Container[int], place: r.Span | None) -> tuple[r.Span | None, r.Span | None]:
    """(the topic of an act, what the tree tells of it); none that cannot be a matter. ``times``: words of time expressions; ``place``: of the act."""
    reading, anchor = links.reading, links.anchor
    linked = _linked(links, cast, SPAN)
    told = _stated(reading, anchor, times) or (None if linked else _by_tree(reading, anchor, times, cast.at))
    found = told or linked or _linked(links, cast, FAINT)
    return found if found and _is_matter(reading, anchor, found, place) else None, told


def _linked(links: Links, cast: Cast, least: float) -> r.Span | None:
    """The linked topic, if it is not whom one talks to ("had spoken *to army chief Burhan since the vote*")."""
    reading, span = links.reading, links.span("topic", least)
    if span is None or links.anchor.type != "CONSULT":
        return span
    head = head_at(reading, span)
    return None if head in cast.at and reading.heads[head] == links.head and reading.case_of(head) in ("to", "with") else span


def _by_tree(reading: Reading, anchor: Anchor, times: Container[int], parties: Container[int]) -> r.Span | None:
    """The topic among what hangs from the act; ``parties``: words that name a party, whom an act is done to and not about."""
    head = reading.head_of(anchor.first, anchor.last)
    for child in _things(reading, reading.children[head], times):
        about = reading.rels[child].split(":")[0] in ("obl", "nmod") and reading.rels[child] != "nmod:poss" and reading.case_of(child) in ABOUT
        about = about and reading.lemmas[child].lower() not in BESIDES and child != called_on(reading, parties, head)
        if child not in anchor.words and _is_topic(reading, head, child, anchor.type, about=about) and (about or child not in parties):
            return _span(reading, child)
    return None


def _stated(reading: Reading, anchor: Anchor, times: Container[int]) -> r.Span | None:
    """The topic of a talk that the sentence says to be its topic, or to be discussed."""
    head = reading.head_of(anchor.first, anchor.last)
    found = (*_subjects(reading, head), *_discussed(reading, head)) if anchor.type == "CONSULT" else ()
    return next((_span(reading, i) for i in _things(reading, found, times)), None)


def _is_matter(reading: Reading, anchor: Anchor, span: r.Span, place: r.Span | None) -> bool:
    """Can the words be what an act is about? Not its own word, its place, a bare "what", what it happened on the sidelines of."""
    inside = range(bisect_left(reading.starts, span.start), bisect_left(reading.starts, span.end))
    named = [i for i in inside if reading.upos[i] in MATTER and i not in anchor.words]
    aside = any(reading.lemmas[i].lower() in BESIDES and reading.case_of(i) in ("on", "in", "") and reading.upos[i] == "NOUN" for i in named[:1])
    return bool(named) and not aside and (place is None or (span.start, span.end) != (place.start, place.end))


def _things(reading: Reading, words: Iterable[int], times: Container[int]) -> Iterator[int]:
    """Those that can be a topic: nouns and names, no pronouns, no times."""
    return (i for i in words if reading.upos[i] in THINGS and i not in times)


def _is_topic(reading: Reading, head: int, child: int, event: str, *, about: bool) -> bool:
    """Is the dependent of an act what it is about?"""
    rel, case = reading.rels[child], reading.case_of(child)
    if event in TALKS:
        return about or (rel == "obj" and reading.lemmas[head].lower() in DISCUSSING)
    thing = rel in ("obj", "nsubj:pass") or (rel.startswith("nmod") and case == "of" and reading.upos[head] == "NOUN")
    return event in JUDGING and (thing or (about and case != "on"))


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
        verbs = [*(c for c in below if reading.rels[c] == "acl"), *(i for i in (noun + 1,) if i < hi and reading.lemmas[i].lower() in DISCUSSING)]
        around = [*below, *(c for verb in verbs for c in reading.children[verb])]  # the tree may hang all on "discussed"
        denied = any(reading.words[c].lower() in ("not", "n't", "n’t", "no", "never") for c in around)
        if not denied and any(reading.rels[c] in ("cop", "aux:pass") for c in around) and reading.case_of(noun) in ("among", "on", ""):
            yield from (c for c in around if reading.rels[c].startswith("nsubj"))
        elif reading.rels[noun] == "nsubj" and reading.lemmas[above].lower() == "include":
            yield from (c for c in reading.children[above] if reading.rels[c] == "obj")


def _span(reading: Reading, head: int) -> r.Span:
    """A topic's words without the preposition before it and the clauses that say more of it."""
    aside = {i for c in reading.children[head] if reading.rels[c] in ASIDE for i in reading.subtree(c)}
    return span_over(reading, [i for i in reading.subtree(head) if i not in aside])
