"""Words that negate, whether what a verb tells is said not to be done, and by which word an act is."""

from __future__ import annotations

from collections.abc import Iterator

from backchannel.reader import Reading

NOT = frozenset(("not", "n't", "n’t", "never", "neither", "nor", "no", "nobody", "none"))
NEVER = frozenset(("not", "n't", "n’t", "never"))
BEFORE_NOUNS = frozenset(("no", "neither"))
NONE = frozenset(("none", "nobody", "nothing", "neither"))
RATHER = frozenset("only just merely simply alone because".split())  # "not only struck" is struck
# Verbs that add nothing to an act that is their object or subject: one that was not held, reached or imposed did not happen.
CARRYING = frozenset(
    "hold have reach sign make conclude strike conduct carry launch mount impose offer provide send give receive place use undertake involve join issue "
    "stage schedule plan arrange set deploy deliver take pay establish resume begin start continue renew seek want see consider weigh contemplate".split()
)
HAPPENING = frozenset("take happen occur proceed go materialise materialize begin start resume".split())
# Verbs, adjectives and nouns of an act to come or tried: who does not plan or try to do it is said not to do it.
TOWARDS = frozenset(
    "try attempt plan intend expect manage seek aim agree begin start able go set due contemplate intention intent need "
    "evidence proof sign indication chance prospect interest appetite decision".split()
)
PARTAKING = frozenset("participate engage take".split())  # in an act ("did not take part in the raid")
HOLDING = frozenset(("believe", "think"))  # who does not believe that it was done says that it was not
PERMITTING = frozenset(("allow", "permit", "let"))  # not to permit is an act


def is_negated(reading: Reading, verb: int) -> bool:
    """Is it said not to be done, or to be done by none?"""
    subjects = (d for c in reading.children[verb] if reading.rels[c].startswith("nsubj") for d in (c, *reading.children[c]))
    return any(reading.words[c].lower() in NOT for c in (*reading.children[verb], *subjects))


def negator(reading: Reading, words: range) -> int | None:
    """The word that says of the act that ``words`` name that it is not done, else None. It stands at the act or at what carries it ("held no talks", "did not
    try to invade"), not in the words themselves: "does not allow", "won't back down" are acts.
    """
    for word in carriers(reading, reading.head_of(words.start, words.stop)):
        if is_supposed(reading, word) or reading.lemmas[word].lower() in PERMITTING:
            return None
        if (found := _negator_at(reading, word)) is not None:
            return found if found not in words else None
    return None


def carriers(reading: Reading, head: int) -> Iterator[int]:
    """The act's word, and the words above it whose negation is the act's."""
    word = head
    for _ in range(3):
        yield word
        above, rel, lemma = reading.heads[word], reading.rels[word], reading.lemmas[reading.heads[word]].lower()
        noun = reading.upos[word] == "NOUN"
        carried = noun and rel in ("obj", "nsubj:pass") and lemma in CARRYING
        happens = noun and rel == "nsubj" and lemma in HAPPENING
        towards = (rel in ("xcomp", "acl", "nmod", "obj") and lemma in TOWARDS) or (rel == "ccomp" and lemma in HOLDING)
        partakes = noun and rel == "obl" and lemma in PARTAKING and reading.case_of(word) == "in"
        if above == word or not (carried or happens or towards or partakes):
            return
        word = above


def _negator_at(reading: Reading, word: int) -> int | None:
    """The negation among the dependents of a word: "not", "neither ... nor", a "no" before a noun, a subject that is nobody."""
    for child in reading.children[word]:
        low, rel = reading.words[child].lower(), reading.rels[child]
        adverb = low in NEVER and rel.startswith("advmod") and not _adds(reading, child)
        if adverb or (low in ("neither", "nor") and rel.startswith(("cc", "advmod"))) or (low in NONE and rel.startswith("nsubj")):
            return child
        if rel.startswith("nsubj") and (no := _no_before(reading, child)) is not None:
            return no
    if reading.rels[word] == "xcomp" and reading.words[reading.heads[word]].lower() == "unlikely":
        return reading.heads[word]
    return _no_before(reading, word) if reading.upos[word] == "NOUN" else None


def _no_before(reading: Reading, noun: int) -> int | None:
    return next((c for c in reading.children[noun] if reading.words[c].lower() in BEFORE_NOUNS and reading.rels[c] == "det"), None)


def _adds(reading: Reading, word: int) -> bool:
    """Does a "not" only go on to more ("not only")?"""
    return word + 1 < len(reading.words) and reading.words[word + 1].lower() in RATHER


def is_supposed(reading: Reading, word: int) -> bool:
    """Is it the verb of a clause that only supposes ("if they do not withdraw")?"""
    return any(reading.rels[c] == "mark" and reading.words[c].lower() in ("if", "unless", "whether") for c in reading.children[word])
