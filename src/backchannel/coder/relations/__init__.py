"""Words that characterise a relation -> relation claims: how two actors stand to each other, and whether it gets better or worse.

Anchors are those of the event head and the nouns that name a relation, or a party by it (relations.toml). The two sides are read off the tree ("relations
between A and B", "A's alliance with B", "A has good relations with B", "the relations with B" after "A's alliance with C", "A's rival B", "A calls B its
ally"), else off the links; quality and trend off the noun and the words that stand with it, else off the heads. A noun that nothing characterises is no claim.
Verbs and adjectives that tell how one stands to another are in ``bonds.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from backchannel import records as r
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.acts.roles import links_of
from backchannel.coder.acts.status import certainty, pick
from backchannel.coder.acts.when import Times
from backchannel.coder.confidence import calibrated
from backchannel.coder.parties.cast import Cast, speaks
from backchannel.coder.relations.between import (
    REACH,
    TOWARDS,
    bearers,
    forms_of,
    hyphened,
    is_each,
    is_form,
    is_hyphened,
    is_mutual,
    known_nouns,
    owners,
    parties_of,
    quality_of,
    reaches,
    subjects,
    table,
    with_whom,
)
from backchannel.coder.relations.bonds import Bond, bonds_of, is_modal
from backchannel.coder.relations.denied import BEARING, NAMED, OPPOSITE, has_none, is_best, is_denied, is_neither, is_not_had, is_over
from backchannel.coder.relations.grounds import CLAUSES, because, when_of
from backchannel.coder.syntax.spans import sentence_span, span_of
from backchannel.reader import Reading
from backchannel.reader.labels import EVENTS, QUALITIES, TRENDS
from backchannel.register import Register

FIRST, SECOND = 0.3, 0.12  # link probabilities of the likelier and the other party; a relation needs two
SURE, CLEAR = 0.5, 0.6  # how sure the event head must be of an ally or rival whose sides only links tell, and how likely both links
SEEN = 0.4  # how sure the event head must be of a rarer noun whose sides, not both states, only links tell (7 of 8 such in 900 sentences of news were wrong)
TENSIONS = frozenset(("tension", "tensions"))
STATELY = ("state", "government")
OFFICIAL = frozenset(("relations", "ties"))  # what a leader has of these with a state is his state's
DEFINITE = frozenset("the this that these those such".split())
LENGTHS = frozenset("month year decade century generation".split())
LAST = 2  # sentences back to which "the rift" may point
EFFORTS = frozenset("effort attempt push drive move".split())  # by which relations are said to be worked on
STATES = frozenset(("in", "at", "on", "under", "through"))  # before what relations are in ("in deep freeze", "under strain")
ASIDE = frozenset("over about inside within on in".split())  # behind these stands what a quarrel is about or where it is, no side of it


def _whole(reading: Reading, word: int) -> int:
    """The noun that a word is part of ("arm's length"), else the word."""
    return reading.heads[word] if reading.rels[word] in ("nmod:poss", "compound") else word


def relation_claims(reading: Reading, cast: Cast, found: list[Anchor], register: Register, times: Times) -> list[r.RelationClaim]:
    """The relation claims in text order, one for a pair and sentence."""
    claims: dict[tuple[int, frozenset[str]], r.RelationClaim] = {}
    bonds = list(bonds_of(reading, cast))
    bound = {w for b in bonds for w in b.words}
    nouns, linked = set[int](), dict[tuple[int, frozenset[str]], int]()  # words whose sides the tree tells; of claims without, their words
    owner: tuple[int, str] | None = None  # sentence and party whose relations were last spoken of
    for anchor in sorted(_anchors(reading, found), key=lambda a: a.first):
        head = next((w for w in anchor.words if _names_one(reading, w)), reading.head_of(anchor.first, anchor.last))  # of "kept good relations" the noun
        if _is_act(reading, head) or not bound.isdisjoint((_whole(reading, head), *anchor.words)):
            continue
        sentence = reading.sentence_of[head]
        before = [owner[1]] if owner and owner[0] == sentence else []
        own, other = _sides(reading, cast, head, register, before)
        bears = quality_of(reading, head, "bearers") is not None
        if bears and not _bears_one(reading, cast, head, own, [*own, *other]):
            if anchor.score < SURE:
                continue
            own, other = [], []
        told, why = _pairs(reading, cast, head, register, own, other), "sides by the tree"
        last = _last_told(claims, sentence) if not told and not other and not bears and _is_again(reading, head) else None
        if last:
            told, why = [list(last.between)], "sides last spoken of"
        elif not told:
            linked_sides = None if is_hyphened(reading, head) else _linked(reading, cast, anchor, head)
            if linked_sides is None:
                continue
            told, why = [linked_sides[0]], linked_sides[1]
        if len(own) == 1:
            owner = (sentence, own[0])
        for sides in told:
            if reading.case_of(head) == "in" and any(b.head == reading.heads[head] and set(b.sides) == set(sides) for b in bonds):
                continue  # "took B's side in the quarrel", which is B's with another
            claim, pair = _claim(reading, cast, times, anchor, head, tuple(sides), why), (sentence, frozenset(sides))
            if claim and pair not in claims and not (last and _says_no_more(claim, last)):
                claims[pair] = claim
                if why == "sides by the tree":
                    nouns.add(head)
                else:
                    linked[pair] = head
    for pair, verb in linked.items():
        if _nouns_of(reading, verb) & nouns:
            del claims[pair]
    told_so = {(*pair, c.quality) for pair, c in claims.items()}
    bonded = [_bonded(reading, cast, times, b) for b in bonds if (reading.sentence_of[b.head], frozenset(b.sides), b.quality) not in told_so]
    return [*claims.values(), *bonded]


def _sides(reading: Reading, cast: Cast, head: int, register: Register, before: list[str]) -> tuple[list[str], list[str]]:
    """(whose it is, with whom or who bears it) by the tree; ``before``: whose relations the sentence has just spoken of."""
    own = owners(reading, cast, head, register)
    if quality_of(reading, head, "bearers") is not None:
        return own, bearers(reading, cast, head, own, register)
    other = with_whom(reading, cast, head)
    own = own or (before if other else [])
    if reading.words[head].lower() in OFFICIAL and other and not reaches(reading, head, "to") and all(cast.get(k).kind == "state" for k in other):
        own = [_state(cast, k) for k in own]
    return own, other


def _pairs(reading: Reading, cast: Cast, head: int, register: Register, own: list[str], other: list[str]) -> list[list[str]]:
    """The sides of each relation that a word tells: of each owner with all others, or with each of "both A and B"."""
    others = [[k] for k in other] if is_each(reading, head) else [other]
    told = [list(dict.fromkeys([*own, *other]))]
    if other and quality_of(reading, head, "bearers") is None:
        told = [[k, *o] for k in own for o in others if k not in o]
    if is_hyphened(reading, head):
        told = [hyphened(reading, cast, head, register)]
    return [sides for sides in told if len(sides) > 1]


def _anchors(reading: Reading, found: list[Anchor]) -> Iterator[Anchor]:
    """The event head's relation anchors, and the nouns that name a relation where no anchor stands."""
    own = [a for a in found if a.type == "RELATION"]
    yield from (a for a in own if not _describes_one(reading, reading.head_of(a.first, a.last)))
    taken = {w for a in own for w in a.words}
    p = reading.probabilities("event")
    for i in range(len(reading.words)):
        if i not in taken and (_names_one(reading, i) or is_hyphened(reading, i)):
            yield Anchor(i, i + 1, "RELATION", float(1.0 - p[i, 0]), p[i, 1 : 1 + len(EVENTS)])


def _names_one(reading: Reading, i: int) -> bool:
    """Is the word a noun that names a relation or who bears one?"""
    return reading.upos[i] == "NOUN" and not forms_of(reading, i).isdisjoint(known_nouns())


def _nouns_of(reading: Reading, verb: int) -> set[int]:
    """The subject and object of a verb: where the tree has the sides of "relations", links have none of their own for "deteriorated"."""
    return {c for c in reading.children[verb] if reading.rels[c].split(":")[0] in ("nsubj", "obj")}


def _describes_one(reading: Reading, i: int) -> bool:
    """Is it an adjective of such a noun ("another close ally"), which tells the relation itself?"""
    return reading.rels[i] == "amod" and _names_one(reading, reading.heads[i])


def _claim(reading: Reading, cast: Cast, times: Times, anchor: Anchor, head: int, sides: tuple[str, ...], why: str) -> r.RelationClaim | None:
    """The claim of an anchor between two parties, or None when its words do not characterise the relation."""
    lexical = not forms_of(reading, head).isdisjoint(known_nouns()) or is_hyphened(reading, head)
    turn = _turn(reading, head)
    quality, trend = ("none", "unknown") if lexical and _is_none(reading, head) else (_quality(reading, head), turn and turn[0])
    if lexical and not quality and not trend and anchor.score < 0.5:
        return None
    if not quality:
        quality = pick(reading, anchor, "quality", QUALITIES) if not trend or anchor.score >= 0.5 else "strained" if trend == "worsening" else "unknown"
        repaired = turn is not None and any(is_form(reading, turn[1], w) for w in table()["repairs"])
        quality = "unknown" if repaired and quality == "good" else quality
    if trend == "worsening" and quality in ("good", "allied") and turn and any(is_form(reading, turn[1], w) for w in table()["broken"]):
        quality = "strained"
    trend = trend or (pick(reading, anchor, "trend", TRENDS) if anchor.score >= 0.5 else "unknown")
    if trend == "unknown" and not turn and _lasts(reading, head):
        trend = "steady"
    if not turn and trend != "steady" and quality_of(reading, head, "bearers"):
        trend = "unknown"
    if is_over(reading, head):
        trend = "improving" if quality_of(reading, head, "named", "bearers") in ("strained", "hostile") else "worsening"
    said = (f"'{reading.quote(anchor.first, anchor.last)}' names a relation {anchor.score:.2f}", why, f"{quality}, {trend}")
    return _told(reading, cast, times, anchor, head, sides, (quality, trend), said)


def _bonded(reading: Reading, cast: Cast, times: Times, bond: Bond) -> r.RelationClaim:
    """The claim of a bond."""
    p = reading.probabilities("event")
    anchor = Anchor(bond.head, bond.words[-1] + 1, "RELATION", float(1.0 - p[bond.head, 0]), p[bond.head, 1 : 1 + len(EVENTS)])
    said = (f"'{reading.quote(anchor.first, anchor.last)}' is a bond {anchor.score:.2f}", "sides by the tree", f"{bond.quality}, {bond.trend}")
    claim = _told(reading, cast, times, anchor, bond.head, bond.sides, (bond.quality, bond.trend), said)
    return msgspec.structs.replace(claim, certainty="possible") if bond.maybe else claim


def _told(
    reading: Reading, cast: Cast, times: Times, anchor: Anchor, head: int, sides: tuple[str, ...], how: tuple[str, str], why: tuple[str, ...]
) -> r.RelationClaim:
    """The claim of a relation between sides: ``how`` they stand (quality, trend)."""
    return r.RelationClaim(
        key="",
        id="",
        anchor=span_of(reading, anchor.first, anchor.last),
        evidence=(sentence_span(reading, anchor.first),),
        certainty=certainty(reading, anchor),
        confidence=calibrated("relation"),
        why=why,
        between=sides,
        quality=how[0],  # type: ignore[arg-type]
        trend=how[1],  # type: ignore[arg-type]
        because=because(reading, cast, head, times.dated),
        when=when_of(reading, head, times),
    )


# ------------------------------------------------------------------ the sides
def _is_again(reading: Reading, head: int) -> bool:
    """Is it a relation already spoken of ("the thaw", "Relations have soured since"), not whose or with whom is told?"""
    below = reading.children[head]
    the = any(reading.words[c].lower() in DEFINITE for c in below if reading.rels[c] == "det")
    bare = reading.rels[head].startswith("nsubj") and reading.words[head].lower() in OFFICIAL
    told = any(reading.rels[c].split(":")[0] in ("nmod", "compound", "obl") for c in below)
    after = reading.words[head : reading.bounds[reading.sentence_of[head]][1]]
    return _names_one(reading, head) and (the or bare) and not told and "between" not in after


def _says_no_more(claim: r.RelationClaim, last: r.RelationClaim) -> bool:
    """Is the relation said to be as it was last told?"""
    return claim.quality == last.quality and claim.trend in ("unknown", last.trend)


def _last_told(claims: dict[tuple[int, frozenset[str]], r.RelationClaim], sentence: int) -> r.RelationClaim | None:
    """The relation told last, in this sentence or the two before it."""
    return next((c for (n, _), c in reversed(claims.items()) if sentence - LAST <= n <= sentence), None)


def _linked(reading: Reading, cast: Cast, anchor: Anchor, head: int) -> tuple[list[str], str] | None:
    """(sides, why) by the links of a word whose sides the tree does not tell. Not of "the alliance", which may be a body; nor, of nouns, a state and somebody
    near it, or one of the sentence and one from far off (one in seven such pairs is annotated).
    """
    aside = {k for c in reading.children[head] if reading.case_of(c) in ASIDE for k in parties_of(reading, cast, c)}
    scores = links_of(reading, [anchor])[0].party_scores(cast, "between")
    rated = sorted(((k, p) for k, p in scores.items() if k not in aside), key=lambda x: (-x[1], x[0]))[:2]
    if (
        quality_of(reading, head, "named") == "allied"
        or quality_of(reading, head, "named") == "at_war"
        or len(rated) < 2
        or rated[0][1] < FIRST
        or rated[1][1] < SECOND
    ):
        return None
    if quality_of(reading, head, "bearers") is not None and rated[1][1] < CLEAR:
        return None
    sides = [k for k, _ in rated]
    people, present = (sum(map(test, sides)) for test in (lambda k: cast.get(k).kind == "person", lambda k: _is_named(reading, cast, head, k)))
    countries = {cast.get(k).country for k in sides}
    others = [c for c in reading.children[head] if reading.case_of(c) in TOWARDS]  # "relations with spies", whom no link knows
    two = rated[1][1] >= CLEAR and all(cast.get(k).kind not in STATELY for k in sides) and all(not set(sides).isdisjoint(cast.at.get(c, ())) for c in others)
    rare = quality_of(reading, head, "named", "bearers") is not None and reading.words[head].lower() not in TENSIONS
    if rare and anchor.score < SEEN and any(cast.get(k).kind != "state" for k in sides):
        return None
    if _is_wished(reading, head) or (_names_one(reading, head) and 1 in (people, present)) or (len(countries) == 1 and None not in countries and not two):
        return None  # of one country: "China signalled that Chinese regulators ...", one side named twice
    return sides, f"sides by links {rated[0][1]:.2f}, {rated[1][1]:.2f}"


def _is_wished(reading: Reading, noun: int) -> bool:
    """Is it only thought of ("could escalate tensions", "agreed to reduce tensions"), and not told whose it is or how it is?"""
    told = any(reading.case_of(c) in ("between", "with") for c in reading.children[noun])
    told = told or (quality_of(reading, noun, "named") is None and _quality(reading, noun) is not None)
    verb = reading.heads[noun]
    return _names_one(reading, noun) and reading.rels[noun] == "obj" and not told and (_is_infinitive(reading, verb) or is_modal(reading, verb))


def _state(cast: Cast, key: str) -> str:
    """The state that somebody speaks for, where the report names it."""
    party = cast.get(key)
    return (cast.state(party.country) if party.kind == "person" and speaks(cast.party(key)) else None) or key


def _bears_one(reading: Reading, cast: Cast, head: int, own: list[str], sides: list[str]) -> bool:
    """Does the tree tell whose ally or rival somebody is? "Adversaries such as A and B" are not each other's, and who runs against whom for an office is no
    relation.
    """
    runs = quality_of(reading, head, "bearers") == "strained" and any(cast.get(k).kind == "person" for k in sides)
    return len(sides) > 1 and not runs and bool(own or subjects(reading, head) or is_mutual(reading, head))


def _is_act(reading: Reading, head: int) -> bool:
    """Does somebody only begin or end it ("established diplomatic ties")?"""
    begun = reading.words[head].lower() in table()["nouns"] and any(is_form(reading, reading.heads[head], w) for w in table()["acts"])
    return begun and _quality(reading, head) is None


def _is_named(reading: Reading, cast: Cast, word: int, key: str) -> bool:
    """Does the sentence of a word speak of a party?"""
    return any(key in keys for _, _, keys in cast.beside(reading, word))


# ------------------------------------------------------------------ how it is, and where it goes
def _quality(reading: Reading, head: int) -> str | None:
    """By the noun itself, its adjectives, or its predicate."""
    if is_hyphened(reading, head):
        return "allied"
    if quality_of(reading, head, "named") != "at_war" and is_neither(reading, head):
        return "correct"
    if said := quality_of(reading, head, "named", "bearers"):
        if quality_of(reading, head, "bearers") is None:
            return NAMED.get(said, said) if has_none(reading, head) else said
        return BEARING.get(said, said) if is_denied(reading, head) else said
    near = [] if _names_one(reading, head) else [head]
    near += [c for c in reading.children[head] if reading.rels[c].split(":")[0] in ("amod", "acl", "compound")]
    if reading.rels[head].startswith("nsubj"):  # "relations are good", "remain good", "are at a low point"
        above = reading.heads[head]
        below = [c for c in reading.children[above] if reading.rels[c] in ("xcomp", "amod", "obj") or (c > above and reading.case_of(c) in STATES)]
        near += [above, *below, *(c for w in below for c in reading.children[w] if reading.rels[c] in ("amod", "compound"))]
    if any(is_best(reading, w) for w in near):
        return "good"
    found = ((q, c) for c in near for q, words in table()["qualities"].items() if reading.words[c].lower() in words)
    told = ((OPPOSITE.get(q) if is_denied(reading, c) or is_not_had(reading, head) else q) for q, c in found)
    return next((q for q in told if q and q != "unknown"), None)


def _is_none(reading: Reading, head: int) -> bool:
    """Is there none ("no diplomatic ties", "have not had diplomatic relations")?"""
    if quality_of(reading, head, "named", "bearers") is not None or not has_none(reading, head):
        return False
    return not is_not_had(reading, head) or _quality(reading, head) is None  # "never had close ties"


def _turn(reading: Reading, head: int) -> tuple[str, int] | None:
    """The trend and the word that tells it: by its adjectives (a participle like "strained" tells how it is, not where it goes), and by the verbs and nouns
    above it in its clause, the nearest first.
    """
    near, above = [head, *(c for c in reading.children[head] if reading.rels[c].split(":")[0] == "amod")], head
    told = [c for c in reading.children[head] if reading.rels[c] == "acl:relcl"]  # "relations, which they have patiently rebuilt"
    words_of = "tensions" if quality_of(reading, head, "named") in ("strained", "hostile") else "trends"
    if words_of == "trends" and any(
        is_form(reading, c, w) and reading.words[c].lower().endswith("ed") for c in near[1:] for w in table()[words_of]["worsening"]
    ):
        return "unknown", head
    for _ in range(0 if quality_of(reading, head, "bearers") else REACH):
        if reading.rels[above] in CLAUSES and above != head:
            break
        above = reading.heads[above]
        if _is_aim(reading, above) and (words_of == "tensions" or reading.lemmas[reading.heads[above]].lower() not in EFFORTS):
            break
        near += [above, *(c for c in reading.children[above] if reading.rels[c].split(":")[0] in ("xcomp", "amod") and c != head)]
        near += [c for c in reading.children[above] if c > above and reading.case_of(c) == "at" and c != head]  # "declared it at an end"
    near += told
    alone = _alone(reading, head) if words_of == "trends" else []
    turns = alone + [(t, c) for c in near for t, words in table()[words_of].items() if any(is_form(reading, c, w) for w in words)]
    turns = [("steady" if _is_not(reading, c) else t, c) for t, c in turns]
    turns = [(t, c) for t, c in turns if t != "steady" or not _is_infinitive(reading, c)]
    return min(turns, key=lambda turn: turn[0] == "steady", default=None)


def _lasts(reading: Reading, head: int) -> bool:
    """Is it told how long it has been so ("have been at odds for decades", "at war since May")?"""
    words = [head, reading.heads[head]] if reading.rels[head].startswith("nsubj") or reading.rels[head] == "obj" else [head]
    spans = ((reading.case_of(c), c) for w in words for c in reading.children[w] if c > w)
    return any(case == "since" or (case == "for" and reading.lemmas[c].lower() in LENGTHS) for case, c in spans)


def _alone(reading: Reading, head: int) -> list[tuple[str, int]]:
    """What a relation does or comes to itself ("has withered", "have hit rock bottom", "are on the mend")."""
    above = reading.heads[head]
    if not reading.rels[head].startswith("nsubj"):
        return []
    found = [(t, above) for t, words in table()["alone"].items() if any(is_form(reading, above, w) for w in words)]
    there = [above, *(c for c in reading.children[above] if c > above and (reading.rels[c] == "obj" or reading.case_of(c) in STATES))]
    return found + [(t, c) for c in there for t, words in table()["reached"].items() if reading.words[c].lower() in words]


def _is_not(reading: Reading, verb: int) -> bool:
    """Is it said not to happen ("did not improve", "never warmed")?"""
    return reading.upos[verb] == "VERB" and any(reading.lemmas[c].lower() in ("not", "never") for c in reading.children[verb])


def _is_aim(reading: Reading, verb: int) -> bool:
    """Is it only what somebody acts for ("in a bid to ease tensions")?"""
    return _is_infinitive(reading, verb) and reading.rels[verb].split(":")[0] in ("advcl", "acl")


def _is_infinitive(reading: Reading, verb: int) -> bool:
    return any(reading.rels[c] == "mark" and reading.words[c].lower() == "to" for c in reading.children[verb])
