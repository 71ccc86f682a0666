"""Words that characterise a relation -> relation claims: how two actors stand to each other, and whether it gets better or worse.

Anchors are those of the event head and the nouns that name a relation, or a party by it (relations.toml). The two sides are read off the tree ("relations
between A and B", "A's alliance with B", "A has good relations with B", "the relations with B" after "A's alliance with C", "A's rival B", "A calls B its
ally"), else off the links; quality and trend off the noun and the words that stand with it, else off the heads. A noun that nothing characterises is no claim.
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
RELATIVE = frozenset(("who", "which", "that"))
BESIDE = ("appos", "flat", "compound", "nsubj")  # relations of a name to the noun that says what its bearer is
SUCH = frozenset(("such", "like", "including"))
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
        if _is_act(reading, head):
            continue
        sentence = reading.sentence_of[head]
        bears = _noun(reading, head, "bearers") is not None
        own = _own(reading, cast, head)
        other = _bearers(reading, cast, head, own) if bears else _other(reading, cast, head)
        if not own and other and owner and owner[0] == sentence and not bears:
            own = [owner[1]]
        sides = list(dict.fromkeys([*own, *other]))
        why = "sides by the tree"
        if bears and not _bears_one(reading, cast, head, own, sides):
            continue
        if len(sides) < 2:
            linked_sides = _linked(reading, cast, anchor, head)
            if linked_sides is None:
                continue
            sides, why = linked_sides
        if len(own) == 1:
            owner = (sentence, own[0])
        claim = _claim(reading, anchor, head, tuple(sides), why)
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


def _claim(reading: Reading, anchor: Anchor, head: int, sides: tuple[str, ...], why: str) -> r.RelationClaim | None:
    """The claim of an anchor between two parties, or None when its words do not characterise the relation."""
    named = _noun(reading, head, "named", "bearers")
    lexical = named is not None or reading.words[head].lower() in _words()["nouns"]
    quality, trend = ("none", "unknown") if lexical and _is_denied(reading, head) else (_quality(reading, head), _trend(reading, head))
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


# ------------------------------------------------------------------ the sides
def _linked(reading: Reading, cast: Cast, anchor: Anchor, head: int) -> tuple[list[str], str] | None:
    """(sides, why) by the links of a word whose sides the tree does not tell. Not of "the alliance", which may be a body; nor, of nouns, a state and somebody
    near it, or one of the sentence and one from far off (one in seven such pairs is annotated).
    """
    rated = sorted(links_of(reading, [anchor])[0].party_scores(cast, "between").items(), key=lambda x: (-x[1], x[0]))[:2]
    if _noun(reading, head, "named") == "allied" or len(rated) < 2 or rated[0][1] < FIRST or rated[1][1] < SECOND:
        return None
    sides = [k for k, _ in rated]
    people, present = (sum(map(test, sides)) for test in (lambda k: cast.get(k).kind == "person", lambda k: _is_named(reading, cast, head, k)))
    countries = {cast.get(k).country for k in sides}
    if (_names_one(reading, head) and 1 in (people, present)) or (len(countries) == 1 and None not in countries):
        return None  # of one country: "China signalled that Chinese regulators ...", one side named twice
    return sides, f"sides by links {rated[0][1]:.2f}, {rated[1][1]:.2f}"


def _bears_one(reading: Reading, cast: Cast, head: int, own: list[str], sides: list[str]) -> bool:
    """Does the tree tell whose ally or rival somebody is? "Adversaries such as A and B" are not each other's, and who runs against whom for an office is no
    relation.
    """
    runs = _noun(reading, head, "bearers") == "strained" and any(cast.get(k).kind == "person" for k in sides)
    return len(sides) > 1 and not runs and bool(own or _subjects(reading, head))


def _is_act(reading: Reading, head: int) -> bool:
    """Does somebody only begin or end it ("established diplomatic ties")?"""
    return reading.words[head].lower() in _words()["nouns"] and reading.lemmas[reading.heads[head]].lower() in _words()["acts"]


def _is_named(reading: Reading, cast: Cast, word: int, key: str) -> bool:
    """Does the sentence of a word speak of a party?"""
    return any(key in keys for _, _, keys in _mentions(reading, cast, word))


def _mentions(reading: Reading, cast: Cast, word: int) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """The mentions of a word's sentence: first word, last word exclusive, keys."""
    return cast.within(*reading.bounds[reading.sentence_of[word]])


def _own(reading: Reading, cast: Cast, head: int) -> list[str]:
    """Whose relation it is: its owner, its adjectives ("Russian-Turkish ties"), the two after "between", else who has, seeks or is in it."""
    between = [c for c in reading.children[head] if reading.case_of(c) == "between"]
    found: list[str] = []
    for child in between or reading.children[head]:
        rel, case = reading.rels[child].split(":")[0], reading.case_of(child)
        if reading.rels[child] == "nmod:poss" or (rel in ("amod", "compound") and child < head) or (rel == "nmod" and case in ("between", "of")):
            found += [k for w in _joined(reading, child) for k in _parties(reading, cast, w)]
    found = [k for k in dict.fromkeys(found) if k not in cast.at.get(head, ())]  # "strongest ally" is nobody's owner
    if found or _noun(reading, head, "bearers"):
        return found
    subject = _subject(reading, head)
    return _parties(reading, cast, subject) if subject is not None else []


def _subject(reading: Reading, noun: int) -> int | None:
    """Who has, seeks or is in it: the subject of the verb it is the object of ("sought to maintain good relations"), or its own ("is at war")."""
    word = noun
    if reading.rels[noun].split(":")[0] in ("obj", "obl") or (reading.rels[noun] == "conj" and not _subjects(reading, noun)):
        word = reading.heads[noun]
    for _ in range(REACH + 1):
        found, rel, above = _subjects(reading, word), reading.rels[word], reading.heads[word]
        if found and reading.words[found[0]].lower() not in RELATIVE:
            return found[0]
        if rel == "acl:relcl":
            return above
        if rel == "acl" and _noun(reading, noun, "named"):
            return None  # whose efforts end a standoff need not stand in it
        if rel == "acl":  # "his efforts to improve relations"
            owner = next((c for c in reading.children[above] if reading.rels[c] == "nmod:poss"), None)
            if owner is not None:
                return owner
            above = reading.heads[above]
        elif rel == "xcomp":
            asked = next((c for c in reading.children[above] if reading.rels[c] in ("obj", "iobj")), None)
            if asked is not None:
                return asked
        elif rel not in ("conj", "advcl"):
            return None
        word = above
    return None


def _subjects(reading: Reading, word: int) -> list[int]:
    return [c for c in reading.children[word] if reading.rels[c].startswith("nsubj")]


def _other(reading: Reading, cast: Cast, head: int) -> list[str]:
    """With whom: what stands after "with" at the noun, or at the verb above it ("maintained good relations with Putin", whatever the tree hangs it on)."""
    above, cases = reading.heads[head], ("with", "to") if reading.words[head].lower() in _words()["to"] else ("with",)
    for child in (*reading.children[head], *(c for c in reading.children[above] if c > head)):
        if child != head and reading.case_of(child) in cases and reading.rels[child].split(":")[0] in ("nmod", "obl"):
            return [k for w in _joined(reading, child) for k in _parties(reading, cast, w)]
    return []


def _joined(reading: Reading, head: int) -> list[int]:
    """The word and what is joined to it: conjuncts, and the halves of a hyphenated pair."""
    return [head, *(c for c in reading.children[head] if reading.rels[c].split(":")[0] in ("conj", "compound", "amod", "flat"))]


def _parties(reading: Reading, cast: Cast, word: int) -> list[str]:
    """Whom a word stands for by the shortest mention that holds it ("our" in "our ally")."""
    mentions = [(hi - lo, keys) for lo, hi, keys in _mentions(reading, cast, word) if lo <= word < hi]
    return [k for k in min(mentions, default=(0, ()))[1] if cast.get(k).kind in COLLECTIVE]


def _bearers(reading: Reading, cast: Cast, head: int, own: list[str]) -> list[str]:
    """Who is the ally, rival, enemy: those named beside the noun, with those joined to them on the same side of it, else the noun's own mention."""
    for word in _beside(reading, head):
        joined = (c for c in reading.children[word] if reading.rels[c] == "conj")
        named = [w for w in (word, *joined) if w != head and (w < head) == (word < head)]
        if found := [k for w in named for k in _parties(reading, cast, w) if k not in own]:
            return found
    return [k for k in _parties(reading, cast, head) if k not in own][:1]


def _beside(reading: Reading, head: int) -> list[int]:
    """Words that may name who is the ally, likeliest first: "its ally Syria", "Syria, an ally of Iran", "allies such as Syria", "Syria is one of its allies",
    "calls Syria an ally", "Syria, its ally" where the tree joins the two.
    """
    above, rel = reading.heads[head], reading.rels[head].split(":")[0]
    found = [c for c in reading.children[head] if reading.rels[c].split(":")[0] in BESIDE or (reading.rels[c] == "nmod" and reading.case_of(c) in SUCH)]
    if rel in BESIDE and rel != "nsubj":
        found.append(above)
    if rel == "conj" and reading.words[reading.subtree(head)[0] - 1] == "," and not any(reading.rels[c] == "cc" for c in reading.children[head]):
        found.append(above)
    if rel == "nmod" and reading.words[above].lower() in ("one", "some"):
        found += [*_subjects(reading, above), *([reading.heads[above]] if reading.rels[above] == "appos" else [])]
    if rel == "xcomp" or (rel == "obl" and reading.case_of(head) == "as"):
        found += [c for c in reading.children[above] if reading.rels[c] in ("obj", "nsubj:pass")]
    if head + 1 < len(reading.words) and reading.upos[head + 1] == "PROPN":
        found.append(head + 1)  # whatever the tree hangs it on
    return found


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


def _is_denied(reading: Reading, head: int) -> bool:
    """Is there none ("no diplomatic ties")?"""
    return _noun(reading, head, "named", "bearers") is None and any(reading.words[c].lower() == "no" for c in reading.children[head])


def _trend(reading: Reading, head: int) -> str | None:
    """By its adjectives (a participle like "strained" tells how it is, not where it goes), and by the verbs and nouns above it, the nearest first."""
    near, above = [c for c in reading.children[head] if reading.rels[c].split(":")[0] == "amod"], head
    table = "tensions" if _noun(reading, head, "named") in ("strained", "hostile") else "trends"
    if table == "trends" and any(_is(reading, c, w) and reading.words[c].lower().endswith("ed") for c in near for w in _words()[table]["worsening"]):
        return "unknown"
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
