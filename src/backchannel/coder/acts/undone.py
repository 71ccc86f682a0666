"""Which acts are told as not done by the word above them: what somebody fails, refuses or is unable to do, stops short of, foils or cancels, or leaves undone
for something else ("instead of expelling him"). Of 57 such acts of gold/train, the held-out and all other annotated articles 50 are negative or did not happen;
the others are not told as facts, are attempted, or are what somebody is accused of.
"""

from __future__ import annotations

from backchannel.coder.acts.phases import STOPPED
from backchannel.coder.syntax.negation import carriers, is_negated, is_supposed
from backchannel.coder.syntax.preventing import FOILING, PUTTING_OFF, has_particle
from backchannel.reader import Reading

UNDOING = frozenset("fail refuse decline neglect unable unwilling failure refusal inability unwillingness".split())  # to do it
PREVENTING = (FOILING - {"repel", "repulse"}) | PUTTING_OFF | {"avoid", "cancel"}  # what their object names; an attack repelled was made
SHORT = frozenset("stop fall come".split())  # of doing something
INSTEAD = frozenset(("without", "instead of", "rather than"))  # what leads in a clause of what is not done while something else is
AHEAD = frozenset("will 'll ’ll would shall may might could can should must to".split())  # auxiliaries with which nothing has been done yet


def undone(reading: Reading, words: range) -> int | None:
    """The word that says that the act is not done because somebody fails or refuses to do it, or stops short of it, else None."""
    found = (_undone_at(reading, word) for word in carriers(reading, reading.head_of(words.start, words.stop)))
    return next((w for w in found if w is not None and w not in words), None)


def _undone_at(reading: Reading, word: int) -> int | None:
    """What says above a word that it is not done: "failed to sign", "its refusal to sign", "stopped short of signing", "fell short of a condemnation"."""
    if reading.rels[word] == "conj" and "VerbForm=Inf" in reading.feats[word]:
        word = reading.heads[word]
    above, rel = reading.heads[word], reading.rels[word]
    lemma, leads = reading.lemmas[above].lower(), _leading(reading, word)
    put_off = rel in STOPPED and has_particle(reading, above)
    if (rel in ("xcomp", "acl") and lemma in UNDOING) or (rel in ("obj", "nsubj:pass") and lemma in PREVENTING) or put_off:
        return above if _is_fact(reading, above) else None
    if leads == "short of":
        return next((v for v in (above, reading.heads[above]) if reading.lemmas[v].lower() in SHORT and _is_fact(reading, v)), None)
    told = "Tense=Past" in reading.feats[above] and _is_fact(reading, above)
    return above if leads in INSTEAD and told and reading.upos[word] == "VERB" and rel in ("advcl", "conj") else None


def _leading(reading: Reading, word: int) -> str:
    """The word that leads a clause or phrase in, with the other half of "short of", "instead of", "rather than"."""
    i = next((c for c in reading.children[word] if c < word and reading.rels[c] in ("mark", "case", "cc")), None)
    if i is None:
        return ""
    at, after = reading.words[i].lower(), reading.words[i + 1].lower()
    return f"{reading.words[i - 1].lower()} of" if i and at == "of" else f"{at} {after}" if after in ("of", "than") else at


def _is_fact(reading: Reading, word: int) -> bool:
    """Is the failing or refusing itself told as a fact (not "may refuse to", "did not fail to", "if they fail to")?"""
    auxiliaries = {reading.words[c].lower() for c in reading.children[word] if reading.rels[c].startswith("aux")}
    ahead = auxiliaries & AHEAD or (reading.upos[word] == "VERB" and "VerbForm=Inf" in reading.feats[word])
    return not (ahead or is_negated(reading, word) or is_supposed(reading, word))
