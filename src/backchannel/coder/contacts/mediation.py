"""Anchors that name a mediation, or what came of one -> who mediates, between whom.

"X tried to mediate between A and B", "talks brokered by X", "X's mediation", "with X acting as go-between": who the tree has mediate is no party of the talks
(PLOVER: a third party), what stands after "between" is. Generic parties ("the countries", "the two sides") are the last two states or groups named before, the
mediator's own side left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from backchannel.coder.acts.anchors import Anchor, stands_between
from backchannel.coder.contacts.thirds import ATTEMPTS, are_two, brought, by_means, described, doer, is_mediating, through, whose
from backchannel.coder.parties.cast import Cast
from backchannel.coder.parties.twos import STATES, last_two
from backchannel.coder.syntax.dependents import agent, behind, beside_between, is_relative, joined, joined_parties, nearest_subject
from backchannel.coder.syntax.mediating import HOSTING, MEDIATING
from backchannel.coder.syntax.offers import OFFERS, owners
from backchannel.coder.syntax.passives import NOUNS
from backchannel.coder.syntax.wholes import counted_by
from backchannel.reader import Reading

MEDIATED = frozenset(("CONSULT", "AGREE", "RETREAT"))  # acts that somebody else may have brought about
SIGNING = frozenset("sign initial".split())  # so may a signing, a SUPPORT
GENERIC = frozenset("country side party nation leader state neighbour neighbor capital government two rival foe".split())
COLLECTIVE = frozenset(("state", "government", "armed_group", "igo", "party"))
NATIONS = frozenset("country nation state neighbour neighbor capital government".split())  # which only states are
CARRYING = frozenset("pass carry convey relay ferry transmit deliver take bring".split())
MESSAGES = frozenset("message proposal draft letter offer note paper word warning".split())
SIDED = frozenset("side party delegation camp faction".split())  # of whom both, or all, are seen
OFFERING = frozenset("offer proposal promise pledge".split())  # of whoever makes it, also when it is to mediate
SENT = frozenset("minister president leader official envoy negotiator diplomat".split())  # by whom both sides are seen
SEEING = frozenset("meet see consult confer receive".split())
ROOFS = frozenset("venue roof setting forum platform site".split())
ARRANGED = frozenset("negotiate arrange".split())
NEGOTIATIONS = frozenset("talk talks negotiation dialogue round session".split())
WISHING = frozenset("use seek want need request refuse reject accept ask welcome".split())  # whose subject has others mediate
JUDGING = frozenset("undermine block derail hamper thwart sabotage oppose back support praise hail criticize criticise condemn".split())  # for, against
TRYING = ATTEMPTS | frozenset("round shuttle diplomacy".split())  # "in a bid to broker a truce", "in a round of shuttle diplomacy"
STEPS = 4  # words above the mediating one that may carry its subject ("has been trying to mediate")


def mediation(reading: Reading, cast: Cast, anchor: Anchor, parties: Sequence[str] = ()) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """(mediators, parties named as such) of an act that is a mediation, or the work of one; None when the tree does not tell who mediates, no mediators when it
    tells of somebody who is no known party ("that any third party had mediated"). ``parties``: who takes part, among whom a mediator may be called one; none of
    a visit, whose mediator is whom one visits.
    """
    lemma = reading.lemmas[reading.head_of(anchor.first, anchor.last)].lower()
    if anchor.type not in MEDIATED and not (anchor.type == "SUPPORT" and lemma in SIGNING):
        return None
    if anchor.type == "AGREE" and lemma in OFFERING:
        return None
    word = _work(reading, cast, anchor)
    mediators = None if word is None else _mediators(reading, cast, word)
    if word is not None and mediators is not None:
        between = _between(reading, cast, word, mediators)
        if not mediators or not set(mediators) & set(between):  # nobody mediates between himself and another
            return mediators, tuple(between)
    cause = brought(reading, cast, anchor)
    if cause and cause[0]:
        return cause[0], tuple(k for k in cause[1] if k not in cause[0])
    found = by_means(reading, cast, anchor) or through(reading, cast, anchor) or (described(reading, cast, anchor, list(parties)) if word is None else ())
    return (found, ()) if found else None


def _work(reading: Reading, cast: Cast, anchor: Anchor) -> int | None:
    """The word for what the third party does: in the anchor, below it ("talks brokered by X") or above it ("X brokered the truce")."""
    head = reading.head_of(anchor.first, anchor.last)
    for i in anchor.words:
        if is_mediating(reading, i) or reading.lemmas[i].lower() == "shuttle" or carries(reading, cast, i) or _hosts(reading, i):
            return i + 2 if reading.words[i].lower() == "go" else i  # the head of "go-between"
        if anchor.type == "CONSULT" and stands_between(reading, i):
            return i  # "stood between A and B", "went back and forth between the two capitals"
    below = _work_below(reading, anchor, head)
    if below is not None:
        return below
    things = (c for c in reading.children[head] if reading.rels[c].split(":")[0] in ("obj", "obl") and reading.upos[c] == "NOUN")
    for i in (i for c in things for i in reading.children[c]):  # "agreed to a truce brokered by X", "freed in an exchange arranged by X"
        if reading.rels[i].split(":")[0] == "acl" and agent(reading, i) is not None and (MEDIATING.match(reading.words[i]) or _negotiated(reading, i)):
            return i
    if anchor.last < len(reading.words) and MEDIATING.match(reading.words[anchor.last]) and agent(reading, anchor.last) is not None:
        return anchor.last  # "under a truce brokered by X", whatever the tree hangs it on
    above = reading.heads[head]
    brought = reading.rels[head] == "obl" and reading.case_of(head) == "with" and reading.upos[above] == "VERB"
    if reading.lemmas[head].lower() in MESSAGES and (carries(reading, cast, above) or (brought and _of_another(reading, cast, above, head))):
        return above
    if reading.rels[head] == "obj" and MEDIATING.match(reading.words[above]):
        return above
    arranged = reading.lemmas[above].lower() in (HOSTING if anchor.type == "CONSULT" else ARRANGED) or MEDIATING.match(reading.words[above])
    if arranged and reading.upos[head] == "NOUN" and reading.rels[head] == "nsubj:pass" and agent(reading, above) is not None:
        return above  # "the talks were arranged by X"
    return _host_of(reading, head) if anchor.type == "CONSULT" else None


def _work_below(reading: Reading, anchor: Anchor, head: int) -> int | None:
    """The word below a noun, or below what it is counted by: "talks brokered by X", "talks that X had hosted", "a round of talks, brokered by X"."""
    if reading.upos[head] != "NOUN":
        return None
    held = anchor.type == "CONSULT" and NOUNS.get(reading.lemmas[head].lower()) != "visit"
    hosting = ("acl", "acl:relcl") if reading.lemmas[head].lower() in NEGOTIATIONS else ("acl",)
    top = counted_by(reading, head)
    words: list[int] = [*reading.subtree(head), *(reading.children[top] if top != head else ())]
    for i in words:
        hosted = held and reading.lemmas[i].lower() in HOSTING and reading.rels[i] in hosting
        mediated = MEDIATING.match(reading.words[i]) and reading.rels[i].split(":")[0] in ("acl", "amod")
        if i != head and (hosted or mediated or _negotiated(reading, i)):
            return i
    return None


def carries(reading: Reading, cast: Cast, verb: int) -> bool:
    """Does the verb tell of messages carried between two, or of another's to somebody ("conveyed an American warning to Iran")?"""
    message = next((c for c in reading.children[verb] if reading.rels[c] == "obj" and reading.lemmas[c].lower() in MESSAGES), None)
    if message is None or reading.lemmas[verb].lower() not in CARRYING:
        return False
    return _has_between(reading, verb) or _of_another(reading, cast, verb, message)


def _of_another(reading: Reading, cast: Cast, verb: int, message: int) -> bool:
    """Is the message of another country than who brings it ("an American warning", "returned with a letter from Iran")?"""
    own = {cast.get(k).country for k in doer(reading, cast, verb)}
    owning = (c for c in reading.children[message] if reading.rels[c] in ("amod", "compound", "nmod:poss") or reading.case_of(c) == "from")
    owners = {cast.get(k).country for c in owning for k in cast.at.get(c, ())} - {None}
    return bool(own and owners and not own & owners)


def _hosts(reading: Reading, verb: int) -> bool:
    """Does the verb tell of sides brought together under somebody's roof ("offered to host the two leaders"), or seen both ("met both sides")?"""
    called = (*GENERIC, *SIDED, *SENT) if reading.lemmas[verb].lower() == "host" else SIDED if reading.lemmas[verb].lower() in SEEING else ()
    sides = (c for c in reading.children[verb] if (reading.rels[c] == "obj" or reading.case_of(c) == "with") and reading.lemmas[c].lower() in called)
    return any(are_two(reading, c) for c in sides)


def _host_of(reading: Reading, head: int) -> int | None:
    """The verb by which somebody hosts talks of others: between two, or with nobody ("hosted a round of talks")."""
    i = counted_by(reading, head)
    verb = reading.heads[i]
    if reading.case_of(i) == "for":  # "offered a venue for talks", whichever of the two words the tree hangs them on
        given = [verb, *(c for c in reading.children[verb] if reading.rels[c] == "obj")]
        return next((reading.heads[c] for c in given if reading.lemmas[c].lower() in ROOFS and reading.rels[c] == "obj"), None)
    plays = any(reading.lemmas[c].lower() == "host" and reading.rels[c] == "obj" for c in reading.children[verb])  # "played host to talks between A and B"
    if reading.rels[i] not in ("obj", "obl") or not (plays or (reading.rels[i] == "obj" and reading.lemmas[verb].lower() in HOSTING)):
        return None
    own = any(c not in (head, i) for w in (head, i, verb) for c in behind(reading, w, "with", "for", "of"))
    return verb if _has_between(reading, i) or (reading.lemmas[head].lower() in NEGOTIATIONS and not own) else None


def _negotiated(reading: Reading, verb: int) -> bool:
    """Is it by somebody and between others ("the truce negotiated by X between A and B"), not of his own ("arranged by X"), by go-betweens?"""
    lemma, by = reading.lemmas[verb].lower(), agent(reading, verb)
    if by is None or reading.rels[verb] != "acl":
        return False
    return lemma == "arrange" or (lemma in ARRANGED and _has_between(reading, verb)) or is_mediating(reading, by)


def _has_between(reading: Reading, head: int) -> bool:
    return any(reading.words[i].lower() == "between" for i in reading.subtree(head))


def _mediators(reading: Reading, cast: Cast, word: int) -> tuple[str, ...] | None:
    """By whom, whose, or the nearest subject above."""
    below, rel = reading.children[word], reading.rels[word]
    by = agent(reading, word)
    if by is not None:
        return whose(reading, cast, by)
    if rel in ("amod", "compound") and reading.lemmas[word].lower() == "shuttle":  # "shuttle diplomacy"
        return _subject(reading, cast, counted_by(reading, reading.heads[word]))
    if rel in ("amod", "compound"):  # "Egyptian-brokered talks"
        return tuple(dict.fromkeys(k for c in (*below, word) for k in cast.at.get(c, ()))) or None
    if rel == "acl" and not any(reading.rels[c] in ("nsubj", "mark") for c in below):  # "Oman mediating", "a truce brokered"
        return joined_parties(reading, cast, reading.heads[word]) if reading.words[word].endswith("ing") else None
    if any(reading.rels[c] in ("nsubj:pass", "aux:pass") for c in below):
        return None
    return _subject(reading, cast, word)


def _subject(reading: Reading, cast: Cast, word: int) -> tuple[str, ...] | None:
    """The subject of the word or of what it hangs from, or whose it is."""
    i = word
    for _ in range(STEPS):
        rel = reading.rels[i].split(":")[0]
        offered = reading.case_of(i) == "of" and reading.lemmas[reading.heads[i]].lower() in OFFERS
        as_one = rel in ("obl", "nmod") and (reading.case_of(i) == "as" or offered or (reading.case_of(i) == "in" and reading.lemmas[i].lower() in TRYING))
        subject = nearest_subject(reading, i)
        owner = next((c for c in owners(reading, i) if c in cast.at), None) if reading.upos[i] == "NOUN" else None
        found = owner if subject is None else subject
        if found is not None:
            return _antecedents(reading, cast, i, found) if is_relative(reading, i, found) else joined_parties(reading, cast, found)
        above = reading.heads[i]
        if rel == "ccomp" and (speaker := nearest_subject(reading, above)) is not None and speaker > i:  # "Kenya stands ready to host them, Mr Otieno said"
            said = [c for c in reading.children[above] if reading.rels[c] == "ccomp" and c < i]
            subject = nearest_subject(reading, said[-1]) if said else None
            return None if subject is None else joined_parties(reading, cast, subject)
        asked = next((c for c in reading.children[above] if reading.rels[c] in ("obj", "iobj") and c in cast.at and c != i), None)
        if asked is not None and (as_one or rel == "xcomp"):  # "asked X to mediate"
            return joined_parties(reading, cast, asked)
        if rel == "obj" and reading.lemmas[above].lower() in JUDGING:
            return ()  # "undermined efforts to broker a truce"
        wished = rel == "obj" and reading.lemmas[above].lower() in WISHING
        if above == i or wished or _is_told(reading, i) or (rel in ("obl", "nmod") and not as_one) or (rel == "nsubj" and reading.upos[i] == "NOUN"):
            break
        i = above
    return None


def _antecedents(reading: Reading, cast: Cast, clause: int, pronoun: int) -> tuple[str, ...]:
    """Of whom a relative clause is told: of all that are joined ("A and B, who mediated"), unless its verb is of one; of whom its noun describes ("Kenya, the
    state that mediated"); else of who is named just before it.
    """
    noun = reading.heads[clause]
    if noun not in cast.at and reading.rels[noun] == "appos":
        noun = reading.heads[noun]
    singular = any("Number=Sing" in reading.feats[i] for i in (clause, *(c for c in reading.children[clause] if reading.rels[c].startswith("aux"))))
    found = joined_parties(reading, cast, reading.heads[noun] if reading.rels[noun] == "conj" and not singular else noun)
    end = pronoun - (reading.upos[pronoun - 1] == "PUNCT")
    return found or next((keys for _, hi, keys in cast.spans if hi == end), ())


def _is_told(reading: Reading, verb: int) -> bool:
    """Is it a clause that somebody says, with a subject of its own whatever the tree has ("denied that any third party had mediated")?"""
    return reading.rels[verb] == "ccomp" and any(reading.rels[c].startswith("aux") for c in reading.children[verb])


def _between(reading: Reading, cast: Cast, word: int, mediators: tuple[str, ...]) -> list[str]:
    start, end = reading.bounds[reading.sentence_of[word]]
    mark = next((i for i in (*range(word, end), *range(word, start, -1)) if reading.words[i].lower() == "between"), None)
    seen = next((c for c in reading.children[word] if reading.rels[c] == "obj" and reading.lemmas[c].lower() in SIDED), None)
    if mark is None and seen is not None:  # "met both sides": whoever the two were before
        return _last_two(reading, cast, seen, mediators, reading.lemmas[seen].lower())
    if mark is None:
        return _of_clause(reading, cast, word)
    head = reading.heads[mark]
    if reading.lemmas[head].lower() in GENERIC and (both := _last_two(reading, cast, mark, mediators, reading.lemmas[head].lower())):
        return both
    adjectives = (d for c in reading.children[head] if reading.rels[c] == "amod" for d in joined(reading, c))  # "the Iranian and American delegations"
    named = tuple(dict.fromkeys(k for w in (head, *beside_between(reading, head)) for k in joined_parties(reading, cast, w)))
    nations = tuple(dict.fromkeys(k for d in adjectives for k in cast.at.get(d, ())))
    return list(nations if len(nations) > len(named) else named)


def _of_clause(reading: Reading, cast: Cast, word: int) -> list[str]:
    """Who acts in the clause that somebody is said to mediate in ("A and B held talks, with C mediating")."""
    verb = reading.heads[word]
    subject = next((c for c in reading.children[verb] if reading.rels[c].startswith("nsubj")), None)
    own = any(reading.rels[c] == "nsubj" for c in reading.children[word]) and reading.rels[word] == "advcl"
    return list(joined_parties(reading, cast, subject)) if own and subject is not None else []


def _last_two(reading: Reading, cast: Cast, before: int, mediators: tuple[str, ...], called: str) -> list[str]:
    """The last two before a word that a noun for parties may mean, none of the mediators' own countries."""
    own = {cast.get(k).country for k in mediators}
    kinds = STATES if called in NATIONS else COLLECTIVE
    named = [keys for lo, _, keys in reversed(cast.spans) if lo < before]
    return list(last_two([named], lambda key, _: (actor := cast.get(key)).kind in kinds and actor.country not in own))
