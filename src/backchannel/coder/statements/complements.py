"""Cue -> who says what by the tree alone: the clause or object that a word of saying governs, and its subject.

The attribution heads mark each word once as content, so that what is said inside what another says ("Kan News said Netanyahu told ministers that ...") has a
cue and no content of its own to be linked to. The words that such a cue governs are what it announces: of 23 cues of gold/train and the held-out articles
that stood in another's content with nothing linked to them 22 are annotated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from backchannel.coder.syntax.dependents import RELATIVE
from backchannel.coder.syntax.negation import is_negated
from backchannel.reader import Reading

Words = tuple[int, int]
OPENING = frozenset(("that", "if"))  # before what is said, no part of it
TOLD = frozenset("tell inform assure remind".split())  # lemmas whose object is who is told, not what
CHARGES = frozenset("of for over as about".split())  # what somebody is accused of hangs beside the object
RAISED = ("conj", "advcl", "xcomp", "parataxis")  # clauses that leave out a subject which the clause above has
LIKELY = {"VERB": 0.2, "NOUN": 0.1, "ADJ": 0.1}  # how likely a cue in a content by the reader's own head: chosen on gold/train and the held-out articles
OUTSIDE = {"VERB": 0.35, "NOUN": 0.2}  # the same in the report's own words: 12 of 14 such cues are annotated
UNSAID = frozenset(("i", "we"))  # who speaks of himself in his own words says one thing
HIGHEST = 4  # clauses between a cue and its subject


def clause_of(reading: Reading, cue: Words) -> Words | None:
    """The clause that the cue governs, with the object of what somebody is to do ("urged protesters to refrain")."""
    head = reading.head_of(*cue)
    if reading.upos[head] == "NOUN":
        finite = [c for c in _below(reading, cue, "acl") if any(reading.words[d].lower() == "that" for d in reading.children[c])]
        return _phrase(reading, finite, head)
    clauses = _below(reading, cue, "ccomp")
    if not clauses and (clauses := _below(reading, cue, "xcomp")) and reading.lemmas[head].lower() not in TOLD:
        clauses = _below(reading, cue, "obj", "iobj") + clauses
    return _phrase(reading, clauses, head)


def object_of(reading: Reading, cue: Words) -> Words | None:
    """The object that the cue governs, with what it is charged with ("blamed Russia for rising tensions")."""
    things = _below(reading, cue, "obj")
    return _phrase(reading, things + [c for c in _below(reading, cue, "obl") if reading.case_of(c) in CHARGES], reading.head_of(*cue)) if things else None


def speaker(reading: Reading, cue: Words) -> Words | None:
    """Whose cue it is: its agent, its subject or owner, else those of the clause that it depends on, else what it is a clause about."""
    verb = reading.head_of(*cue)
    if reading.upos[verb] == "NOUN":
        owner = next((c for c in reading.children[verb] if _owns(reading, c)), None)
        return phrase_of(reading, owner) if owner is not None else None
    wanted: tuple[str, ...] = ("obl:agent", "nsubj")
    for _ in range(HIGHEST):
        rels = {reading.rels[c]: c for c in reversed(reading.children[verb])}
        if "nsubj" in rels:
            rels["nsubj"] = min((c for c in reading.children[verb] if reading.rels[c] == "nsubj"), key=lambda c: abs(c - verb))  # no dateline
        found = next((rels[rel] for rel in wanted if rel in rels), None)
        if found is not None:
            return phrase_of(reading, _meant(reading, found))
        below, above = reading.rels[verb].split(":")[0], reading.heads[verb]
        quoted = any(reading.words[c].lower() == "as" for c in reading.children[verb])  # "was quoted as saying", "quoted him as saying"
        wanted = ("nsubj:pass", "obj", "iobj", "nsubj") if below == "xcomp" or quoted else ("nsubj", "nsubj:pass")
        if below == "acl" and not reading.words[verb].endswith("ing"):
            return None  # "a collaborator said to have been involved"
        if below == "acl":
            return phrase_of(reading, above)
        if below not in RAISED:
            return None
        verb = above
    return None


def likely_cues(reading: Reading, among: Iterable[int], least: Mapping[str, float]) -> Iterator[Words]:
    """Of the words those that announce something: verbs and adjectives that likely are cues and nouns with an owner, all with a clause below them.
    ``least``: how likely, by part of speech.
    """
    likely = (1.0 - reading.probabilities("cue")[:, 0]).tolist()
    for i in among:
        if reading.upos[i] not in least or likely[i] < least[reading.upos[i]] or is_negated(reading, i):
            continue
        if any(reading.rels[c] in ("aux:pass", "nsubj") and reading.words[c].lower() in UNSAID for c in reading.children[i]):
            continue
        if clause_of(reading, (i, i + 1)):
            yield i, i + 1


def announcing(reading: Reading, contents: Iterable[Words]) -> Iterator[Words]:
    """Of contents that no cue announces, the likely cue whose clause each is ("neither confirmed nor denied that ...")."""
    likely = (1.0 - reading.probabilities("cue")[:, 0]).tolist()
    for content in contents:
        clause = reading.head_of(*content)
        verb = reading.heads[clause]
        if reading.rels[clause] == "ccomp" and verb not in range(*content) and likely[verb] >= LIKELY["VERB"]:
            yield verb, verb + 1


def _owns(reading: Reading, word: int) -> bool:
    """Is it whose report, claim, denial the noun above is ("Russia's claim that ...", "a report by the Post that ...")?"""
    return reading.rels[word] == "nmod:poss" or (reading.rels[word].startswith("nmod") and reading.case_of(word) in ("by", "of", "from"))


def _below(reading: Reading, cue: Words, *rels: str) -> list[int]:
    """What hangs from the cue by one of the relations."""
    return [c for c in reading.children[reading.head_of(*cue)] if reading.rels[c] in rels and c not in range(*cue)]


def _meant(reading: Reading, word: int) -> int:
    """The word itself; of "who" the noun that its clause is about."""
    clause = reading.heads[word]
    while reading.words[word].lower() in RELATIVE and reading.heads[clause] != clause:
        if reading.rels[clause].startswith("acl"):
            return reading.heads[clause]
        clause = reading.heads[clause]
    return word


def phrase_of(reading: Reading, word: int) -> Words:
    """The phrase of a speaker below its head word without a preposition and without clauses about it."""
    apart = [c for c in reading.children[word] if reading.rels[c] in ("case", "punct") or reading.rels[c].split(":")[0] == "acl"]
    words = sorted(set(reading.subtree(word)) - {w for c in apart for w in reading.subtree(c)})
    return words[0], words[-1] + 1


def _phrase(reading: Reading, tops: list[int], head: int) -> Words | None:
    """The words below the tops on the last one's side of the head, without what only opens or closes them."""
    words = sorted({w for top in tops for w in reading.subtree(top) if (w > head) == (tops[-1] > head)})
    while words and not reading.words[words[-1]][:1].isalnum():
        words.pop()
    while words and (not reading.words[words[0]][:1].isalnum() or reading.words[words[0]].lower() in OPENING):
        words.pop(0)
    return (words[0], words[-1] + 1) if words else None
