"""A word -> those who take part in what it tells, by the tree: its subject, who stands behind "by" or "with", what is joined to them, whom "who" means."""

from __future__ import annotations

from collections.abc import Container, Iterator

from backchannel.coder.parties.cast import Cast
from backchannel.reader import Reading

RELATIVE = frozenset(("who", "whom", "which", "that"))
PAYING = frozenset(("pay", "make"))  # a call "on" somebody


def nearest_subject(reading: Reading, verb: int) -> int | None:
    """The subject of a verb, the nearest (the place in the dateline may hang there too)."""
    return min((c for c in reading.children[verb] if reading.rels[c].startswith("nsubj")), key=lambda c: abs(c - verb), default=None)


def is_relative(reading: Reading, verb: int, word: int) -> bool:
    """Does the subject or object of a verb stand for what its clause is about ("the envoy *who* spoke")?"""
    return reading.rels[verb] == "acl:relcl" and reading.words[word].lower() in RELATIVE


def meant_by(reading: Reading, verb: int, word: int) -> int:
    """The subject or object of a verb; of "who" the noun that the clause is about."""
    return reading.heads[verb] if is_relative(reading, verb, word) else word


def behind(reading: Reading, word: int, *cases: str) -> Iterator[int]:
    """What hangs from a word behind one of the prepositions."""
    return (c for c in reading.children[word] if reading.rels[c].split(":")[0] in ("obl", "nmod") and reading.case_of(c) in cases)


def beside_between(reading: Reading, first: int) -> list[int]:
    """Who is joined to the first behind "between", where the tree hangs it beside that ("mediated between A and B's government")."""
    after = (c for c in reading.children[reading.heads[first]] if c > first and reading.rels[c] == reading.rels[first])
    return [c for c in after if any(reading.rels[d] == "cc" for d in reading.children[c])]


def agent(reading: Reading, word: int) -> int | None:
    """By whom: "brokered by X", "an attack by X"."""
    return next(behind(reading, word, "by"), None)


def joined(reading: Reading, head: int) -> list[int]:
    """A word and what is joined to it ("Russia and China"), or to the name behind it ("ministers A and B")."""
    names = (d for c in reading.children[head] if reading.rels[c] == "appos" for d in reading.children[c])
    return [head, *(c for c in (*reading.children[head], *names) if reading.rels[c] == "conj")]


def joined_parties(reading: Reading, cast: Cast, head: int) -> tuple[str, ...]:
    """The parties at a word and at what is joined to it."""
    named = (c for c in reading.children[head] if reading.rels[c] == "nmod" and cast.at.get(c) == cast.at.get(head))
    last = (d for c in named for d in reading.children[c] if reading.rels[d] == "conj")  # "the Organization of American States and Brazil"
    return tuple(dict.fromkeys(k for w in (*joined(reading, head), *last) for k in cast.at.get(w, ())))


def with_whom(reading: Reading, cast: Cast, head: int) -> tuple[str, ...]:
    """Whom an act's word, or the verb that it is the object of ("reached a deal with Iran"), has behind "with"."""
    words = (head, *([reading.heads[head]] if reading.rels[head] == "obj" else []))
    return tuple(dict.fromkeys(k for w in words for c in behind(reading, w, "with") for k in joined_parties(reading, cast, c)))


def called_on(reading: Reading, parties: Container[int], head: int) -> int | None:
    """Whom somebody "calls on", or pays "a courtesy call on": there a call is a visit, and he not what it is about."""
    if reading.lemmas[head].lower() in PAYING:
        head = next((c for c in reading.children[head] if reading.rels[c] == "obj"), head)
    paid = reading.upos[head] == "VERB" or (reading.rels[head] == "obj" and reading.lemmas[reading.heads[head]].lower() in PAYING)
    if reading.lemmas[head].lower() != "call" or not paid:
        return None
    return next((c for c in behind(reading, head, "on") if c in parties), None)
