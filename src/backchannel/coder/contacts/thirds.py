"""Acts of others -> through whom, or thanks to whom, they came about, where no word of the act itself names a mediation.

"Through Oman", "under the auspices of Cuba", "with Qatar mediating"; "Mbeki persuaded Kabila and Kagame to sign", "brought the two sides together"; "the
mediator said that the two sides had agreed". What names a mediation itself is read in ``mediation.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.parties.cast import Cast
from backchannel.coder.syntax.dependents import joined_parties, meant_by, nearest_subject
from backchannel.coder.syntax.mediating import MEDIATING
from backchannel.reader import Reading

MEDIATOR = frozenset("mediator facilitator intermediary arbitrator".split())
# What is done, or who does it, behind "through" and "under".
WORK = MEDIATOR | frozenset("mediation auspices auspex aegis arbitration facilitation sponsorship patronage".split())
MEANS = frozenset(("through", "via", "under", "with", "by", "thanks"))
THROUGH = frozenset(("through", "via"))
EXCHANGED = frozenset(
    "message contact talk negotiation communication channel line letter exchange discussion round dialogue word proposal offer signal".split()
)
EXCHANGING = frozenset("exchange talk communicate negotiate send convey pass contact seek".split())
SERVING = frozenset("act serve work function help step volunteer emerge".split())  # "as a mediator"
PRESIDING = frozenset("preside chair host moderate".split())  # over the talks of others, "with Kenya presiding"
OBTAINING = frozenset("coax extract wring wrest win secure obtain get elicit extort draw".split())  # from both sides
ATTEMPTS = frozenset("effort bid attempt mission drive endeavour endeavor campaign push".split())  # "to bring them together"
CAUSING = frozenset("persuade convince get coax talk cajole".split())  # somebody to do it
JOINING = frozenset("together table face room roof talk negotiation accord agreement truce ceasefire".split())  # to what two sides are brought
TWO = frozenset(("two", "both", "rival", "warring", "all"))
SIDED = frozenset(("party", "side"))  # which are two even where nobody counts them
PAIRS = frozenset(("both", "pair", "two", "duo"))
SIDES = 2


def are_two(reading: Reading, noun: int) -> bool:
    """Does a noun mean both sides, or all ("the two delegations", "the parties")?"""
    below = [reading.lemmas[d].lower() for d in reading.children[noun]]
    return not TWO.isdisjoint(below) or (reading.lemmas[noun].lower() in SIDED and "the" in below and "Number=Plur" in reading.feats[noun])


def is_mediating(reading: Reading, i: int) -> bool:
    """Does the word name a mediation, or who does it ("go-between" is three words, "good offices" two)?"""
    word, lemma = reading.words[i].lower(), reading.lemmas[i].lower()
    if word.startswith("between") and reading.words[i - 2].lower() == "go":
        return True
    if word == "go" and [w.lower() for w in reading.words[i + 1 : i + 3]] in (["-", "between"], ["-", "betweens"]):
        return True
    good = lemma in ("office", "offices") and any(reading.words[c].lower() == "good" for c in reading.children[i])
    return good or MEDIATING.match(word) is not None


def through(reading: Reading, cast: Cast, anchor: Anchor) -> tuple[str, ...]:
    """Through whom two sides are in contact."""
    head = reading.head_of(anchor.first, anchor.last)
    if anchor.type != "CONSULT":
        return ()
    for i in dict.fromkeys((*_above(reading, head), *anchor.words)):  # "exchanged *messages through Oman*"
        exchanged = reading.lemmas[i].lower() in (EXCHANGED if reading.upos[i] == "NOUN" else EXCHANGING) or reading.lemmas[head].lower() in EXCHANGED
        for c in reading.children[i] if exchanged else ():
            named = c in cast.at or reading.lemmas[c].lower() in WORK or is_mediating(reading, c)
            own = any(reading.rels[d] == "nmod:poss" and reading.upos[d] == "PRON" for d in reading.children[c])  # "through its embassy"
            named = named and not own and reading.rels[c].split(":")[0] in ("obl", "nmod")
            if named and reading.case_of(c) in THROUGH and (keys := whose(reading, cast, c)):
                return keys
    return ()


def by_means(reading: Reading, cast: Cast, anchor: Anchor) -> tuple[str, ...]:
    """By whose mediation: "under Cuban auspices", "through the mediation of Oman", "with Qatar mediating", "the cardinal, mediating in the crisis"."""
    head = reading.head_of(anchor.first, anchor.last)
    reached = (c for c in reading.children[head] if reading.rels[c] == "acl" and reading.upos[head] == "NOUN")  # "the truce reached through Kenya's mediation"
    for i in (*_above(reading, head), *reached):
        for c in reading.children[i]:
            rel = reading.rels[c].split(":")[0]
            if rel in ("obl", "nmod") and reading.case_of(c) in MEANS and (reading.lemmas[c].lower() in WORK or is_mediating(reading, c)):
                keys = whose(reading, cast, c)
            elif rel in ("obl", "nmod") and reading.case_of(c) == "with" and _in_the_chair(reading, c):
                keys = joined_parties(reading, cast, c)
            elif rel == "obl" and reading.case_of(c) == "as" and is_mediating(reading, c) and reading.lemmas[i].lower() in SERVING:
                keys = doer(reading, cast, i)
            elif rel in ("advcl", "acl") and _mediates(reading, c):
                keys = next((joined_parties(reading, cast, d) for d in reading.children[c] if reading.rels[d].startswith("nsubj")), ())
            elif rel == "nsubj" and any(reading.rels[d] == "acl" and _mediates(reading, d) for d in reading.children[c]):
                keys = cast.at.get(c, ())
            else:
                continue
            if keys:
                return keys
    return ()


def _mediates(reading: Reading, verb: int) -> bool:
    """Is it "mediating", "presiding", or "acting as go-between"?"""
    if not reading.words[verb].lower().endswith("ing"):
        return False
    presiding = reading.lemmas[verb].lower() in PRESIDING and reading.rels[verb] == "advcl"
    return presiding or is_mediating(reading, verb) or any(reading.case_of(c) == "as" and is_mediating(reading, c) for c in reading.children[verb])


def _in_the_chair(reading: Reading, noun: int) -> bool:
    """Is it named as host or go-between ("with Kenya as host")?"""
    beside = (c for c in reading.children[reading.heads[noun]] if c > noun)
    named = (c for c in (*reading.children[noun], *beside) if reading.rels[c].split(":")[0] in ("nmod", "obl") and reading.case_of(c) == "as")
    return any(reading.lemmas[c].lower() == "host" or is_mediating(reading, c) for c in named)


def brought(reading: Reading, cast: Cast, anchor: Anchor) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """(who, whom) of an act that somebody brings two sides to: "persuaded A and B to sign", "brought them to one table", "reconcile A with B"."""
    head = reading.head_of(anchor.first, anchor.last)
    attempt = reading.lemmas[head].lower() in ATTEMPTS
    tried = (c for c in reading.children[head] if reading.rels[c].startswith("acl") and (attempt or reading.lemmas[c].lower() in OBTAINING))
    for verb in dict.fromkeys((head, *anchor.words, *_above(reading, head), *tried)):
        lemma, below = reading.lemmas[verb].lower(), reading.children[verb]
        inside = (d for c in below if reading.rels[c] in ("xcomp", "ccomp") and lemma in CAUSING for d in reading.children[c] if reading.rels[d] == "nsubj")
        source = next((c for c in below if reading.rels[c] == "obl" and reading.case_of(c) == "from" and lemma in OBTAINING), None)
        if source is not None:  # "the truce that Kenya coaxed from both"
            sides = joined_parties(reading, cast, source)
            if len(set(sides)) >= SIDES or are_two(reading, source) or reading.lemmas[source].lower() in PAIRS:
                return doer(reading, cast, verb), sides
        thing = next((c for c in (*below, *inside) if reading.rels[c] in ("obj", "iobj", "nsubj") and c > verb), None)
        if thing is None or reading.upos[verb] != "VERB":
            continue
        caused = lemma in CAUSING and any(reading.rels[c] in ("xcomp", "ccomp") or reading.case_of(c) == "into" for c in below)
        bidden = lemma == "bring" or (lemma == "invite" and are_two(reading, thing))
        joined = bidden and any(reading.lemmas[w].lower() in JOINING for c in below if c != thing for w in (c, *reading.children[c]))
        if not (caused or joined or lemma == "reconcile"):
            continue
        sides = joined_parties(reading, cast, thing) + tuple(
            k for c in below if reading.case_of(c) == "with" and lemma == "reconcile" for k in joined_parties(reading, cast, c)
        )
        described = [d for d in reading.children[thing] if reading.rels[d] == "amod"]  # "the Saudi and Iranian ministers"
        two = are_two(reading, thing) or any(reading.rels[e] == "conj" and e in cast.at for d in described for e in reading.children[d])
        if len(set(sides)) >= SIDES or two:
            return doer(reading, cast, verb), sides
    return None


def doing(reading: Reading, cast: Cast, anchor: Anchor, parties: list[str]) -> tuple[str, ...]:
    """Of at least three parties of what the reader takes for a mediation the one that does it: its subject."""
    keys = doer(reading, cast, reading.head_of(anchor.first, anchor.last))
    return keys if keys and set(keys) < set(parties) and len(set(parties) - set(keys)) >= SIDES else ()


def without_owners(reading: Reading, cast: Cast, anchor: Anchor, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Without the state of a mediator named beside him ("Kenya's president")."""
    spans = [(reading.head_of(lo, hi), k) for lo, hi, named in cast.beside(reading, anchor.first) for k in named if k in keys]
    owned = {
        k for i, k in spans for j, other in spans if k != other and reading.heads[i] == j and reading.rels[i].split(":")[0] in ("nmod", "amod", "compound")
    }
    return tuple(k for k in keys if k not in owned)


def described(reading: Reading, cast: Cast, anchor: Anchor, parties: list[str]) -> tuple[str, ...]:
    """The parties of the act's sentence that the report calls mediators, where at least two others (of talks) or one (of a deal) act."""
    if not reading.having(MEDIATOR):
        return ()
    lo, hi = reading.bounds[reading.sentence_of[anchor.first]]
    keys = dict.fromkeys(k for _, _, named in cast.beside(reading, anchor.first) for k in named)
    found = tuple(k for k in keys if _is_mediator(reading, cast, k))
    others = [k for k in parties if k not in found]
    sides = any(reading.lemmas[i].lower() in TWO for i in range(lo, hi))  # "the two delegations", whoever they are
    return found if len(others) >= (SIDES if anchor.type == "CONSULT" and not sides else 1) else ()


def _is_mediator(reading: Reading, cast: Cast, key: str) -> bool:
    """Is it called one: "mediator Thabo Mbeki", "Thabo Mbeki, the mediator", "Qatari mediators"?"""
    for lo, hi, by in cast.party(key).mentions:
        head = reading.head_of(lo, hi)
        beside = [head, reading.heads[head], *(c for c in reading.children[head] if reading.rels[c] in ("appos", "compound"))] if by != "pronoun" else []
        close = [i for i in beside if i == head or reading.rels[i] in ("appos", "compound") or reading.rels[head] in ("appos", "flat")]
        if any(reading.lemmas[i].lower() in MEDIATOR for i in (*range(lo, hi), *close)):
            return True
    return False


def with_joined(reading: Reading, cast: Cast, anchor: Anchor, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Likely mediators with whoever the sentence joins to them ("Egypt and the United States helped"), without whom they are said to be between."""
    found: dict[str, None] = {}
    for lo, hi, named in cast.beside(reading, anchor.first):
        head = reading.head_of(lo, hi)
        first = reading.heads[head] if reading.rels[head] == "conj" else head
        own = [k for k in named if k in keys]
        if own and reading.case_of(first) != "between":
            several = len(named) == 1 and reading.rels[first].startswith("nsubj")  # no "they"
            found |= dict.fromkeys(joined_parties(reading, cast, first) if several else own)
    return tuple(found)


def doer(reading: Reading, cast: Cast, verb: int) -> tuple[str, ...]:
    """The subject of a verb, or of the one that it is the complement of ("tried to reconcile")."""
    for i in _above(reading, verb, ("xcomp", "conj", "advcl", "acl")):
        subject = nearest_subject(reading, i)
        if subject is not None:
            return joined_parties(reading, cast, meant_by(reading, i, subject))
        owner = next((c for c in reading.children[i] if reading.rels[c] == "nmod:poss" and c in cast.at), None)
        if owner is not None:
            return joined_parties(reading, cast, owner)
    return ()


def whose(reading: Reading, cast: Cast, noun: int) -> tuple[str, ...]:
    """Who is named at a word, else whose it is: "Oman", "Omani go-betweens", "the auspices of Cuba"."""
    owners = [c for c in reading.children[noun] if reading.rels[c].split(":")[0] in ("nmod", "amod", "compound") and reading.case_of(c) in ("", "of", "'s")]
    for words in ((noun,), owners):
        if keys := tuple(dict.fromkeys(k for w in words for k in joined_parties(reading, cast, w))):
            return keys
    return ()


def _above(reading: Reading, i: int, rels: tuple[str, ...] = ("obj", "nmod", "nsubj:pass", "xcomp", "obl", "nsubj", "acl")) -> Iterator[int]:
    """A word and the two above it that it is told with."""
    yield i
    for _ in range(2):
        if reading.rels[i].split(":")[0] not in rels and reading.rels[i] not in rels:
            return
        i = reading.heads[i]
        yield i
