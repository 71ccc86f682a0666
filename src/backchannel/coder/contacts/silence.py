"""Sentence -> what it says is kept back: a contact (undisclosed), or what was said in it (contents_undisclosed).

A verb of making known that is denied, refused or left out, and what it would have made known: "the meeting was never announced", "neither office would say what
they had discussed", "left without giving details", "would not confirm that the two had met".
"""

from __future__ import annotations

from collections.abc import Iterator

from backchannel import records as r
from backchannel.coder.syntax.negation import is_negated
from backchannel.coder.syntax.passives import NOUNS
from backchannel.reader import Reading

KNOWN = frozenset("announce disclose reveal publicise publicize publish release confirm acknowledge admit divulge".split())  # made known, of a contact
TOLD = KNOWN | frozenset("say tell describe discuss elaborate specify share give provide offer issue make go".split())  # or of what was said in it
REFUSING = frozenset("decline refuse".split())
CONTENTS = frozenset("content contents detail substance specific specifics particular particulars wording text topic subject agenda account".split())
CONTACTS = frozenset(NOUNS) | frozenset("letter message session briefing journey audience channel reply".split())
MEETING = frozenset("meet speak talk visit travel telephone call".split())
TALKED = frozenset("discuss talk say speak agree pass tell be contain cover negotiate achieve".split())  # of what is told in "what they had discussed"
CLOSED = frozenset("secret confidential private".split())
SIGNS = frozenset("announcement publicity fanfare".split())  # without which a contact is not made known
COMMENT = "comment"


def kept_back(reading: Reading, sentence: int) -> r.Disclosure | None:
    """What the sentence says of the contact of which it tells, or that is told before it."""
    lo, hi = reading.bounds[sentence]
    found = {kind for i in range(lo, hi) if (kind := _at(reading, i))}
    return "undisclosed" if "undisclosed" in found else "contents_undisclosed" if found else None


def has_no_comment(reading: Reading, sentence: int) -> bool:
    """Does somebody decline to comment?"""
    verbs = (i for i in range(*reading.bounds[sentence]) if reading.lemmas[i].lower() == COMMENT)
    return any(reading.upos[i] == "VERB" and _is_withheld(reading, i) for i in verbs)


def _at(reading: Reading, i: int) -> r.Disclosure | None:
    lemma = reading.lemmas[i].lower()
    if reading.upos[i] == "VERB" and lemma in TOLD and _is_withheld(reading, i):
        return _of(reading, i, lemma)
    if lemma in SIGNS and reading.case_of(i) == "without":
        return "undisclosed"
    if lemma in CONTENTS and any(reading.words[c].lower() == "no" for c in reading.children[i]) and reading.lemmas[reading.heads[i]].lower() in TOLD:
        return "contents_undisclosed"
    if lemma in CLOSED and reading.upos[i] == "ADJ":  # "its contents are secret"
        subjects = [reading.lemmas[c].lower() for c in (*reading.children[i], *reading.children[reading.heads[i]]) if reading.rels[c].startswith("nsubj")]
        return "contents_undisclosed" if CONTENTS.intersection(subjects) else None
    return None


def _is_withheld(reading: Reading, verb: int) -> bool:
    """Is it said not to be done, refused, or left out?"""
    below, above, rel = reading.children[verb], reading.heads[verb], reading.rels[verb].split(":")[0]
    without = any(reading.rels[c] in ("mark", "case") and reading.words[c].lower() == "without" for c in below)
    refused = rel == "xcomp" and (reading.lemmas[above].lower() in REFUSING or is_negated(reading, above))
    joined = rel == "conj" and any(reading.words[c].lower() == "neither" for c in reading.children[above])  # "neither confirm nor deny"
    return without or refused or joined or is_negated(reading, verb)


def _of(reading: Reading, verb: int, lemma: str) -> r.Disclosure | None:
    """What is not made known: the contact itself, or its contents."""
    for thing in _things(reading, verb):
        noun, words = reading.lemmas[thing].lower(), [reading.words[w].lower() for w in reading.subtree(thing)]
        clauses = {noun, *(reading.lemmas[c].lower() for c in reading.children[thing] if reading.rels[c] == "acl:relcl")}  # of "what they had discussed"
        if noun in CONTENTS or (words[0] in ("what", "how") and TALKED & clauses):
            return "contents_undisclosed"
        if noun in CONTACTS or noun in ("it", "this", "they", "which"):
            return "undisclosed" if lemma in KNOWN else "contents_undisclosed" if lemma in ("describe", "discuss") else None
        if words[0] in ("that", "whether", "if") and (CONTACTS | MEETING).intersection(reading.lemmas[w].lower() for w in reading.subtree(thing)):
            return "undisclosed"
    public = any(reading.rels[c] == "xcomp" and reading.words[c].lower() == "public" for c in reading.children[verb])  # "made public"
    return "contents_undisclosed" if lemma == "elaborate" else "undisclosed" if public else None


def _things(reading: Reading, verb: int) -> Iterator[int]:
    """What would be made known by a verb, or by the verb that it is joined to ("confirm or deny it"), or is told of ("a visit that nobody announced")."""
    if reading.rels[verb] == "acl:relcl" and not any(reading.rels[c] == "obj" and reading.upos[c] != "PRON" for c in reading.children[verb]):
        yield reading.heads[verb]
    joined = [c for c in reading.children[verb] if reading.rels[c] == "conj" and reading.upos[c] == "VERB"]
    for i in (verb, *joined):
        for c in reading.children[i]:
            rel = reading.rels[c].split(":")[0]
            if rel in ("obj", "ccomp") or reading.rels[c] in ("nsubj:pass", "csubj:pass") or (rel == "obl" and reading.case_of(c) == "into"):
                yield c
