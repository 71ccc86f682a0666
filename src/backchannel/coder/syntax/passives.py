"""Reading -> what is said in the passive: "the meeting was confirmed by Islamabad", "the call, first reported by Axios".

The attribution heads read the active voice; PARC's annotators seldom mark a cue whose content is a noun in front of it. Here the tree has it all: the subject
is what is said, the verb how, the agent by whom.
"""

from __future__ import annotations

from collections.abc import Iterator

from backchannel.coder.syntax.dependents import agent, meant_by
from backchannel.coder.syntax.negation import is_negated
from backchannel.reader import Reading

SAYING = frozenset("confirm deny acknowledge announce disclose reveal report".split())
REPORTS = frozenset("report claim allegation".split())  # what is denied with them is what the sentence before tells
NOUNS: dict[str, str] = {  # lemma of what a contact is called -> what it must have been; "" for any
    **dict.fromkeys(("call", "phonecall"), "phone"),
    **dict.fromkeys(("visit", "trip"), "visit"),
    **dict.fromkeys(("meeting", "summit", "encounter", "dinner", "lunch"), "met"),
    **dict.fromkeys(("talk", "conversation", "discussion", "contact", "exchange", "negotiation", "consultation", "session"), ""),
}

Words = tuple[int, int]


def passives(reading: Reading) -> Iterator[tuple[Words, Words, Words]]:
    """(cue, source, content) of every contact that somebody is said to confirm, deny or make known."""
    for verb in reading.having(SAYING):
        if reading.upos[verb] != "VERB" or is_negated(reading, verb):
            continue
        by, what = agent(reading, verb), _what(reading, verb)
        if by is not None and what is not None and reading.lemmas[what].lower() in NOUNS:
            yield (verb, verb + 1), _source(reading, by), _phrase(reading, what, verb)


def _what(reading: Reading, verb: int) -> int | None:
    """The subject, or the noun that a participle stands behind."""
    subject = next((c for c in reading.children[verb] if reading.rels[c] == "nsubj:pass"), None)
    if subject is not None:
        return meant_by(reading, verb, subject)
    return reading.heads[verb] if reading.rels[verb] in ("acl", "acl:relcl") else None


def _source(reading: Reading, agent: int) -> Words:
    """The agent without its preposition, without whom "but not by" leaves out, and without clauses about it."""
    below = reading.children[agent]
    apart = [c for c in below if reading.rels[c] == "case" or reading.rels[c].startswith("acl") or (reading.rels[c] == "conj" and is_negated(reading, c))]
    words = sorted(set(reading.subtree(agent)) - {w for c in apart for w in reading.subtree(c)})
    while words[-1] != agent and not reading.words[words[-1]][:1].isalnum():
        words.pop()
    return words[0], words[-1] + 1


def _phrase(reading: Reading, noun: int, verb: int) -> Words:
    """The noun with what stands before and behind it, up to the verb and what belongs to that."""
    own = set(reading.subtree(noun)) - (set(reading.subtree(verb)) if reading.rels[verb].startswith("acl") else set())
    words = [w for w in sorted(own) if w < verb]
    while words[-1] != noun and not reading.words[words[-1]][:1].isalnum():
        words.pop()
    return words[0], words[-1] + 1
