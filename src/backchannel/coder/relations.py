"""Words that characterise a relation -> relation claims: how two actors stand to each other, and whether it gets better or worse.

Anchors are those of the event head and the nouns that name a relation, or a party by it (relations.toml). The two sides are read off the tree ("relations
between A and B", "A's alliance with B", "A has good relations with B", "the relations with B" after "A's alliance with C", "A's rival B"), else off the links;
quality and trend off the noun and the words that stand with it, else off the heads. A noun that nothing characterises is no claim.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from backchannel import records as r
from backchannel.coder.anchors import Anchor
from backchannel.coder.cast import Cast
from backchannel.coder.roles import links_of
from backchannel.coder.spans import sentence_span, span_of, span_over
from backchannel.coder.status import certainty, pick
from backchannel.reader import Reading
from backchannel.reader.labels import EVENTS, QUALITIES, TRENDS

FIRST, SECOND = 0.3, 0.12  # link probabilities of the likelier and the other party; a relation needs two
CAUSES = frozenset(("due", "because", "following", "after", "over", "amid"))
COLLECTIVE = frozenset(("state", "government", "igo", "armed_group", "party", "person", "people", "ministry", "military"))
REACH = 3  # arcs above the noun at which a word of trend still speaks of it


@cache
def _words() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(resources.files("backchannel.coder").joinpath("relations.toml").read_text(encoding="utf8"))
    return table


def relation_claims(reading: Reading, cast: Cast, found: list[Anchor]) -> list[r.RelationClaim]:
    """The relation claims in text order, one for a pair and sentence."""
    claims: dict[tuple[int, frozenset[str]], r.RelationClaim] = {}
    nouns, linked = set[int](), dict[tuple[int, frozenset[str]], int]()  # words whose sides the tree tells; of claims without, their words
    owner: tuple[int, str] | None = None  # sentence and party whose relations were last spoken of
    for anchor in sorted(_anchors(reading, found), key=lambda a: a.first):
        head = next((w for w in anchor.words if _names_one(reading, w)), reading.head_of(anchor.first, anchor.last))  # of "kept good relations" the noun
        sentence = reading.sentence_of[head]
        own, other = _own(reading, cast, head), _other(reading, cast, head) or _bearer(reading, cast, head)
        if not own and other and owner and owner[0] == sentence:
            own = [owner[1]]
        sides = list(dict.fromkeys([*own, *other]))[:2]
        why = "sides by the tree"
        if len(sides) < 2 and (_noun(reading, head, "bearers") or _noun(reading, head, "named") == "allied"):
            continue  # links know nothing of who is whose ally, and "the alliance" may be a body
        if len(sides) < 2:
            rated = sorted(links_of(reading, [anchor])[0].party_scores(cast, "between").items(), key=lambda x: (-x[1], x[0]))[:2]
            if len(rated) < 2 or rated[0][1] < FIRST or rated[1][1] < SECOND:
                continue
            sides, why = [k for k, _ in rated], f"sides by links {rated[0][1]:.2f}, {rated[1][1]:.2f}"
            countries = [cast.get(k).country for k in sides]
            if countries[0] and countries[0] == countries[1]:
                continue  # "China signalled that Chinese regulators ...": one side, named twice
        if len(own) == 1:
            owner = (sentence, own[0])
        claim = _claim(reading, anchor, head, (sides[0], sides[1]), why)
        pair = sentence, frozenset(sides)
        if claim and pair not in claims:
            claims[pair] = claim
            if why == "sides by the tree":
                nouns.add(head)
            else:
                linked[pair] = head
    return [c for pair, c in claims.items() if pair not in linked or not _nouns_of(reading, linked[pair]) & nouns]


def _anchors(reading: Reading, found: list[Anchor]) -> Iterator[Anchor]:
    """The event head's relation anchors, and the nouns that name a relation where no anchor stands."""
    own = [a for a in found if a.type == "RELATION"]
    yield from (a for a in own if not _describes_one(reading, reading.head_of(a.first, a.last)))
    taken = {w for a in own for w in a.words}
    p = reading.probabilities("event")
    for i in range(len(reading.words)):
        if i not in taken and _names_one(reading, i):
            yield Anchor(i, i + 1, "RELATION", float(1.0 - p[i, 0]), p[i, 1 : 1 + len(EVENTS)])


def _names_one(reading: Reading, i: int) -> bool:
    """Is the word a noun that names a relation or who bears one?"""
    return reading.upos[i] == "NOUN" and (reading.words[i].lower() in _words()["nouns"] or _noun(reading, i, "named", "bearers") is not None)


def _nouns_of(reading: Reading, verb: int) -> set[int]:
    """The subject and object of a verb: where the tree has the sides of "relations", links have none of their own for "deteriorated"."""
    return {c for c in reading.children[verb] if reading.rels[c].split(":")[0] in ("nsubj", "obj")}


def _describes_one(reading: Reading, i: int) -> bool:
    """Is it an adjective of such a noun ("another close ally"), which tells the relation itself?"""
    return reading.rels[i] == "amod" and _names_one(reading, reading.heads[i])


def _claim(reading: Reading, anchor: Anchor, head: int, sides: tuple[str, str], why: str) -> r.RelationClaim | None:
    """The claim of an anchor between two parties, or None when its words do not characterise the relation."""
    named = _noun(reading, head, "named", "bearers")
    lexical = named is not None or reading.words[head].lower() in _words()["nouns"]
    quality, trend = _quality(reading, head), _trend(reading, head)
    if lexical and not quality and not trend and anchor.score < 0.5:
        return None
    span = span_of(reading, anchor.first, anchor.last)
    if not quality:
        quality = pick(reading, anchor, "quality", QUALITIES) if not trend or anchor.score >= 0.5 else "unknown"
    trend = trend or (pick(reading, anchor, "trend", TRENDS) if anchor.score >= 0.5 else "unknown")
    return r.RelationClaim(
        key="",
        id="",
        anchor=span,
        evidence=(sentence_span(reading, anchor.first),),
        certainty=certainty(reading, anchor),
        confidence=round(max(anchor.score, 0.6 if lexical else 0.0), 3),
        why=(f"'{span.text}' names a relation {anchor.score:.2f}", why, f"{quality}, {trend}"),
        between=sides,
        quality=quality,  # type: ignore[arg-type]
        trend=trend,  # type: ignore[arg-type]
        because=_because(reading, anchor),
    )


# ------------------------------------------------------------------ the two sides
def _own(reading: Reading, cast: Cast, head: int) -> list[str]:
    """Whose relation it is: its owner, its adjectives ("Russian-Turkish ties"), the two after "between", the subject of the verb it is the object of."""
    found: list[str] = []
    for child in reading.children[head]:
        rel, case = reading.rels[child].split(":")[0], reading.case_of(child)
        if reading.rels[child] == "nmod:poss" or (rel in ("amod", "compound") and child < head) or (rel == "nmod" and case in ("between", "of")):
            found += [k for w in _joined(reading, child) for k in _parties(cast, w)]
    verb = reading.heads[head]
    if not found and reading.rels[head].split(":")[0] in ("obj", "obl") and verb != head:
        subject = next((c for c in reading.children[verb] if reading.rels[c].startswith("nsubj")), None)
        found += _parties(cast, subject) if subject is not None else []
    return [k for k in dict.fromkeys(found) if k not in cast.at.get(head, ())]  # "strongest ally" is nobody's owner


def _other(reading: Reading, cast: Cast, head: int) -> list[str]:
    """With whom: what stands after "with" at the noun, or at the verb above it ("maintained good relations with Putin", whatever the tree hangs it on)."""
    above = reading.heads[head]
    for child in (*reading.children[head], *(c for c in reading.children[above] if c > head)):
        if child != head and reading.case_of(child) == "with" and reading.rels[child].split(":")[0] in ("nmod", "obl"):
            return [k for w in _joined(reading, child) for k in _parties(cast, w)]
    return []


def _joined(reading: Reading, head: int) -> list[int]:
    """The word and what is joined to it: conjuncts, and the halves of a hyphenated pair."""
    return [head, *(c for c in reading.children[head] if reading.rels[c].split(":")[0] in ("conj", "compound", "amod", "flat"))]


def _parties(cast: Cast, word: int) -> list[str]:
    return [k for k in cast.at.get(word, ()) if cast.get(k).kind in COLLECTIVE]


def _bearer(reading: Reading, cast: Cast, head: int) -> list[str]:
    """Who is the ally, rival, enemy: the name beside the noun ("its ally Syria", "Syria, an ally of Iran"), or the subject that is one."""
    if not _noun(reading, head, "bearers"):
        return []
    beside = ("appos", "flat", "compound", "nsubj")
    around = [c for c in reading.children[head] if reading.rels[c].split(":")[0] in beside and c != head]
    if reading.rels[head].split(":")[0] in beside and reading.rels[head] != "nsubj":
        around.append(reading.heads[head])
    owners = set(_own(reading, cast, head))
    return [k for w in (*around, head) for k in _parties(cast, w) if k not in owners][:1]


def _noun(reading: Reading, i: int, *tables: str) -> str | None:
    """The quality that a noun says itself."""
    word = reading.words[i].lower()
    return next((quality for table in tables for quality, nouns in _words()[table].items() if word in nouns), None)


# ------------------------------------------------------------------ how it is, and where it goes
def _quality(reading: Reading, head: int) -> str | None:
    """By the noun itself, its adjectives, or its predicate."""
    if said := _noun(reading, head, "named", "bearers"):
        return said
    near = [c for c in reading.children[head] if reading.rels[c].split(":")[0] in ("amod", "acl")]
    if reading.rels[head].startswith("nsubj"):
        near.append(reading.heads[head])
    return next((q for c in near for q, words in _words()["qualities"].items() if reading.words[c].lower() in words), None)


def _trend(reading: Reading, head: int) -> str | None:
    """By its adjectives, and by the verbs and nouns above it, the nearest first."""
    near, above = [c for c in reading.children[head] if reading.rels[c].split(":")[0] == "amod"], head
    table = "tensions" if _noun(reading, head, "named") in ("strained", "hostile") else "trends"
    for _ in range(REACH):
        above = reading.heads[above]
        if _is_aim(reading, above):
            break
        near += [above, *(c for c in reading.children[above] if reading.rels[c].split(":")[0] in ("xcomp", "amod") and c != head)]
    return next((t for c in near for t, words in _words()[table].items() if any(_is(reading, c, w) for w in words)), None)


def _is_aim(reading: Reading, verb: int) -> bool:
    """Is it only what somebody acts for ("in a bid to ease tensions")?"""
    to = any(reading.rels[c] == "mark" and reading.words[c].lower() == "to" for c in reading.children[verb])
    return to and reading.rels[verb].split(":")[0] in ("advcl", "acl")


def _is(reading: Reading, i: int, word: str) -> bool:
    """Is it the word, or a form of it ("intensifying": lemmas of rare verbs are not always found)?"""
    own = reading.words[i].lower()
    formed = reading.upos[i] in ("VERB", "ADJ") and own.endswith(("ing", "ed", "s")) and own.startswith(word.rstrip("ey")) and len(own) - len(word) < 4
    return word in (own, reading.lemmas[i].lower()) or formed


def _because(reading: Reading, anchor: Anchor) -> tuple[r.Span, ...]:
    """The phrase that gives the cause: "due to ...", "following ...", "over ..." below the anchor or the two words above it."""
    head = reading.head_of(anchor.first, anchor.last)
    found = []
    above = reading.heads[head]
    for word in dict.fromkeys((head, above, reading.heads[above])):
        for child in reading.children[word]:
            below = reading.subtree(child)
            if head in below:  # "amid strained relations": the anchor is not its own cause
                continue
            marks = [i for i in (child, *reading.children[child]) if reading.words[i].lower() in CAUSES]
            stray = child > word and reading.rels[child] in ("case", "mark")  # no preposition of the word before it
            if not marks or not (stray or reading.rels[child].split(":")[0] in ("obl", "advcl", "nmod", "acl")):
                continue
            words = [
                i
                for i in below
                if i not in marks and reading.upos[i] != "PUNCT" and not any(reading.heads[i] == m and reading.rels[i] == "fixed" for m in marks)
            ]
            if not words:  # "following" with its object hung elsewhere: what comes after it
                words = [i for i in reading.subtree(word) if i > child and reading.words[i] not in (".", ";")]
            if words:
                found.append(span_over(reading, words))
    return tuple(found[:2])
