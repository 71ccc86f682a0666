"""Reading -> anchors: the words that name acts (PLOVER types), states between actors (relations) and things unknown (questions).

The event head says of every word how likely it names each type; neighbouring words of one type are one anchor.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from backchannel.coder.acts.ultimatums import PROLONGING, made
from backchannel.coder.syntax.offers import OFFERS, REFUSING
from backchannel.coder.syntax.passives import REPORTS, SAYING
from backchannel.coder.syntax.preventing import FOILING, PUTTING_OFF, has_particle
from backchannel.reader import Reading
from backchannel.reader.labels import EVENTS

HOT = 0.475  # probability from which a word is an anchor: types at 0.45, 0.475, 0.50: held-out 0.616, 0.616, 0.614, gold/dev 0.676, 0.681, 0.676
HEADLINE = 0.4  # the same where a text is nothing but headlines: of 40 of ours 37 have an act of their type, of 125 on other matters one has any
WARM = 0.22  # the same of help of a material kind
# A report in which no word reaches SURE is hardly about acts at all (sport, markets, biography): what stands out in it must be likelier to be one.
SURE, ALONE = 0.8, 0.55
# So is one of some length whose sentences rarely name an act: their likeliest words are acts with 0.02 in the mean in the sports report of the examples, with
# 0.43 and more in the others. What stands out there needs SPARSE, or PUBLIC where a political actor takes part (``private.py``).
LONG, FEW, SPARSE, PUBLIC = 5, 0.25, 0.9, 0.7  # sentences, that mean, probabilities from which a word is an anchor there
MEANS = frozenset(("by", "via", "over", "through"))  # what comes before a means: "spoke by telephone"
DEVICES = frozenset(("phone", "telephone", "video", "videolink", "hotline"))
AID, CONSULT = EVENTS.index("AID"), EVENTS.index("CONSULT")
GOING = frozenset("go travel move fly walk run commute stand".split())  # between two who do not meet
STATES = frozenset(("RELATION", "QUESTION"))  # what is no act
HELP = frozenset(("support", "assistance", "help", "backing"))
MATERIAL = frozenset("military nonmilitary non-military financial humanitarian economic material logistical logistic technical".split())
WITHIN = frozenset(("nmod", "compound", "amod", "acl", "obl", "nsubj"))  # a word within the phrase of another
CARRYING = frozenset("give hold make hand".split()) | FOILING | PUTTING_OFF  # verbs whose object names the act, however sure the head is of them
WANTED = frozenset("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT".split())  # what one may be asked for
CAPTIVES = frozenset(("prisoner", "hostage", "captive"))  # as what somebody is taken or held
UNLIKE = frozenset("but no not nor yet than".split())  # "aid but no weapons": two
DENYING = frozenset("not n't nor neither".split())  # these name nothing
APART = frozenset("after before following since until amid despite".split())  # what follows these is another act
BROKERED = frozenset(("brokered", "mediated"))  # below the noun for a deal they are annotated once in eight, below one for talks once in six
GIVING = frozenset(("AID", "COOPERATE"))
TALKED = frozenset("frank candid constructive productive fruitful cordial substantive businesslike".split())  # how talks are said to have been
# Nouns for what keeps somebody from giving or working together: of 21 annotated ones behind which help or exchange stands one has that as an act of its own.
LIMITS = frozenset("restriction curb limit limitation ban embargo moratorium prohibition suspension freeze halt".split())
EDGE = frozenset("DET ADP AUX PART PUNCT CCONJ SCONJ PRON".split())


@dataclass(frozen=True)
class Anchor:
    """Words ``first .. last-1`` that name something, what they name, and how sure the head is."""

    first: int
    last: int
    type: str  # one of EVENTS
    score: float
    types: NDArray[np.float32]  # (EVENTS,) mean probability of each type
    alone: float = 0.0  # the score it needs if no political actor takes part

    @property
    def words(self) -> range:
        """The words of the anchor."""
        return range(self.first, self.last)


def _guard(reading: Reading, acts: NDArray[np.float32]) -> tuple[float, float]:
    """The probability that an anchor needs in a report that is hardly about acts, and that it needs without a political actor; 0 in any other."""
    if reading.are_headlines:
        return 0.0, ALONE
    sparse = len(reading.bounds) >= LONG and np.maximum.reduceat(acts, [lo for lo, _ in reading.bounds]).mean() < FEW
    return (PUBLIC, SPARSE) if sparse else (ALONE, ALONE) if acts.max() < SURE else (0.0, 0.0)


def anchors(reading: Reading, *, hot: float = HOT) -> list[Anchor]:
    """All anchors of a reading, in order; ``hot``: the probability from which a word is one."""
    scores = reading.probabilities("event")
    if not len(scores):
        return []
    acts = 1.0 - scores[:, 0]
    guard, alone = _guard(reading, acts)
    named = acts >= (HEADLINE if reading.are_headlines else max(hot, guard))
    for word in np.flatnonzero((acts >= max(WARM, guard / 2)) & ~named).tolist():
        named[word] = _is_material(reading, word, word + 1) or (scores[word, 1:].argmax() == CONSULT and _is_between(reading, word))
    allowed = made(reading, scores)
    if allowed:
        scores = scores.copy()
        for word, types in allowed.items():
            named[word] = True
            scores[word] *= types
    named[reading.having(DENYING)] = False
    named, best = named.tolist(), scores[:, 1:].argmax(1).tolist()
    for word in _hyphens(reading):
        if named[word - 1] and named[word + 1] and best[word - 1] == best[word + 1]:
            named[word], best[word] = True, best[word + 1]
    found: list[Anchor] = []
    for lo, hi in reading.bounds:
        i = lo
        while i < hi:
            if not named[i]:
                i += 1
                continue
            j = i + 1
            while j < hi and named[j] and best[j] == best[i]:
                j += 1
            a, b = _inner(reading, _carried(reading, i, j), j)
            if a == b or (b - a == 1 and _is_word_of_it(reading, a)) or _is_quality(reading, a, b):
                i = j
                continue
            mean = scores[a:b, 1:].mean(0)
            k = AID if EVENTS[int(mean.argmax())] == "SUPPORT" and _is_material(reading, a, b) else int(mean.argmax())
            score = float((1.0 - scores[a:b, 0]).max())
            limited = EVENTS[k] in GIVING and _is_limited(reading, reading.head_of(a, b))
            if not limited and (EVENTS[k] not in STATES or score >= alone):
                found.append(Anchor(a, b, EVENTS[k], score, mean, alone))
            i = j
    return without_carriers(reading, _joined(reading, found))


def _joined(reading: Reading, found: list[Anchor]) -> list[Anchor]:
    """With one anchor for what two words of a type name together (ten of ten on three annotated sets): "the deployment of missiles"; of "a round of talks",
    where the second is the surer, that alone.
    """
    joined: list[Anchor] = []
    for anchor in found:
        head, last = reading.head_of(anchor.first, anchor.last), joined[-1] if joined else None
        whole = last and reading.heads[head] == reading.head_of(last.first, last.last) and reading.case_of(head) == "of"
        if last and whole and last.type == anchor.type:
            joined[-1] = replace(last, last=anchor.last) if last.score >= anchor.score else anchor
        else:
            joined.append(anchor)
    return joined


def _hyphens(reading: Reading) -> list[int]:
    """The hyphens inside compounds ("cease-fire"), of which the head is less sure than of the words they join."""
    tokens = reading.tokens
    written = (i for i in range(1, len(tokens) - 1) if tokens[i].text == "-")
    return [i for i in written if tokens[i - 1].end == tokens[i].start and tokens[i].end == tokens[i + 1].start]


def _is_word_of_it(reading: Reading, word: int) -> bool:
    """Is it the bare noun for what was said before ("denied the report"), no act of its own?"""
    said = reading.lemmas[word].lower() in REPORTS and reading.rels[word] == "obj" and reading.lemmas[reading.heads[word]].lower() in SAYING
    return said and not any(reading.rels[c].startswith(("nmod", "acl")) for c in reading.children[word])


def _is_quality(reading: Reading, first: int, last: int) -> bool:
    """Is it what a noun is like ("outrageous action")? Of 2,585 annotated acts 3 are named so; none by how talks were ("described as frank")."""
    head = reading.head_of(first, last)
    if reading.upos[head] == "ADJ" and reading.words[head].lower() in TALKED:
        return True
    return reading.rels[head] == "compound" or (reading.rels[head] == "amod" and reading.upos[head] == "ADJ")


def _is_limited(reading: Reading, head: int) -> bool:
    """Is it what a restriction is on ("lift the ban on *military aid*")?"""
    return reading.rels[head] == "nmod" and reading.lemmas[reading.heads[head]].lower() in LIMITS and reading.case_of(head) in ("on", "of", "to")


def _is_material(reading: Reading, first: int, last: int) -> bool:
    """Is it help of a material kind ("nonmilitary support")? PLOVER's AID: so are 25 of 25 such acts of the annotated articles, and where the words stand, 39
    of 73 times, they name an act.
    """
    head = reading.head_of(first, last)
    kinds = {reading.words[c].lower() for c in reading.children[head] if c < head} | {w.lower() for w in reading.words[first:last]}
    return reading.lemmas[head].lower() in HELP and bool(kinds & MATERIAL)


def _is_between(reading: Reading, word: int) -> bool:
    """Does somebody go between two ("went back and forth between A and B"), shuttle, or offer his good offices? Of seven such words of which the head is less
    sure five are annotated.
    """
    lemma = reading.lemmas[word].lower()
    good = lemma in ("office", "offices") and reading.rels[word] == "obj" and any(reading.words[c].lower() == "good" for c in reading.children[word])
    return good or lemma == "shuttle" or (lemma in GOING and stands_between(reading, word))


def stands_between(reading: Reading, verb: int) -> bool:
    """Has the verb a place between two parties or things?"""
    places = (c for c in reading.children[verb] if reading.rels[c].split(":")[0] == "obl")
    return reading.upos[verb] == "VERB" and any(reading.case_of(c) == "between" for c in places)


def without_carriers(reading: Reading, found: list[Anchor]) -> list[Anchor]:
    """Without the words that only help another anchor of their type to its act: in "has been trying to mediate" the trying is a status, in "held a
    conversation" the holding says nothing, of "the truce that Kenya brokered" the truce is the act, in "spoke by telephone" the telephone is a means, in "flew
    to Doha" Doha is where to, in "visited Kyiv in a surprise visit", "involvement in the fighting", "train, advise and assist" the act is named twice or more:
    once by its likelier word, of joined ones by the first.
    """
    heads = {reading.head_of(a.first, a.last): a.type for a in found}
    surer = {reading.head_of(a.first, a.last): a.score for a in found}
    helpers = set()
    for head, kind in heads.items():
        above, rel = reading.heads[head], reading.rels[head].split(":")[0]
        if kind == "CONSULT" and heads.get(above) == "AGREE" and rel == "acl" and reading.words[head].lower() in BROKERED:
            helpers.add(head)
        beside = any(heads.get(c) == kind for c in reading.children[above] if c != head and reading.rels[c].split(":")[0] in ("obj", "nsubj"))
        if above != head and beside and rel == "obl" and reading.case_of(head) in MEANS and reading.lemmas[head].lower() in DEVICES:
            helpers.add(head)  # "held talks by phone"
        if above in heads and rel == "obj" and reading.lemmas[head].lower() == "deadline" and reading.lemmas[above].lower() in PROLONGING:
            helpers |= set() if any(reading.upos[c] == "VERB" for c in reading.children[head]) else {head}
        if kind in WANTED and heads.get(above) == "REJECT" and rel == "obj" and _is_refused(reading, head):
            helpers.add(head)
        if above != head and heads.get(above) == kind:
            again = reading.case_of(head) == "in" and reading.lemmas[head].lower() == reading.lemmas[above].lower()
            aside = rel == "obl" and (reading.case_of(head) in MEANS or again)
            place = reading.upos[head] == "PROPN" and rel in ("obl", "obj")
            means = rel == "obj" and surer[above] > surer[head] and not _is_carrying(reading, above)  # "fired missiles"
            taken = reading.lemmas[head].lower() in CAPTIVES and reading.lemmas[above].lower() in ("take", "hold")
            helpers |= {head} if aside or place or means or taken else {above} if rel in ("xcomp", "obj") else set()
            if rel == "conj" and _is_pair(reading, above, head):
                helpers.add(head)
            if rel in WITHIN and reading.case_of(head) not in APART:
                helpers.add(head if surer[above] > surer[head] else above)
    return [a for a in found if reading.head_of(a.first, a.last) not in helpers]


def _is_carrying(reading: Reading, verb: int) -> bool:
    """Does the verb's object name the act ("gave help", "put off tariffs", "repelled an attack")?"""
    return reading.lemmas[verb].lower() in CARRYING or has_particle(reading, verb)


def _carried(reading: Reading, first: int, last: int) -> int:
    """Where the name of an act begins in a stretch whose verb only carries it ("put off *tariffs*")."""
    verb = reading.head_of(first, last)
    carried = [c for c in reading.children[verb] if reading.rels[c] == "obj" and verb < c < last]
    return min(w for w in reading.subtree(carried[0]) if w > verb) if carried and _is_carrying(reading, verb) else first


def _is_refused(reading: Reading, noun: int) -> bool:
    """Is it only refused ("rejected a truce"), neither one that is known ("the deal", "his visit") nor an offer, which was made?"""
    refused = reading.lemmas[reading.heads[noun]].lower() in REFUSING and reading.lemmas[noun].lower() not in OFFERS
    return refused and not _is_definite(reading, noun)


def _is_definite(reading: Reading, noun: int) -> bool:
    below = (c for c in reading.children[noun] if c < noun)
    return any(reading.rels[c] == "nmod:poss" or (reading.rels[c] == "det" and reading.words[c].lower() not in ("a", "an", "any", "all", "no")) for c in below)


def _is_pair(reading: Reading, first: int, second: int) -> bool:
    """Is the second word joined to the first with nothing between that belongs to one of them alone ("train, advise and assist the army")?"""

    def joins(word: int) -> bool:
        joined = reading.rels[word] == "conj" and reading.heads[word] == first
        unlike = reading.words[word].lower() in UNLIKE
        return not unlike and (reading.upos[word] in ("CCONJ", "PUNCT") or joined or reading.heads[word] == second)

    return all(joins(word) for word in range(first + 1, second))


def _inner(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Without function words at the edges; empty when nothing else is there."""
    while first < last and reading.upos[first] in EDGE:
        first += 1
    while last > first and reading.upos[last - 1] in ("PUNCT", "DET", "CCONJ"):
        last -= 1
    return first, last
