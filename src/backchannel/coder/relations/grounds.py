"""Since when a relation is as it is, and what made it so: phrases and clauses that hang from its word or from what is told of it.

"Ties soured after the arrest", "relations strained by the affair", "tests have strained relations"; "relations have been tense since 2020".
"""

from __future__ import annotations

from collections.abc import Iterator

from backchannel import records as r
from backchannel.coder.acts.when import Times
from backchannel.coder.parties.cast import Cast
from backchannel.coder.relations.between import quality_of, table
from backchannel.coder.syntax.spans import span_over
from backchannel.reader import Reading

CAUSES = frozenset(("due", "because", "following", "after", "over", "amid", "since"))
CLAUSES = frozenset(("advcl", "acl:relcl", "ccomp", "parataxis"))  # above these somebody else is told of
CAUSING = frozenset("cause create spark trigger provoke prompt bring".split())
BELOW = ("obl", "advcl", "nmod", "acl")  # relations of a cause to the word it hangs from
OWN = ("nsubj", "obj", "xcomp", "acl", "amod", "cop", "conj")  # relations of the noun to what is told of it
ENDS = frozenset("low point level bottom ebb nadir".split())  # what a relation sinks to; the tree may hang a cause there
STEPS = 2  # words above the relation's own that may carry a cause or a time


def because(reading: Reading, cast: Cast, head: int, dated: set[int]) -> tuple[r.Span, ...]:
    """The phrases that give causes, two at most; ``dated``: words of time expressions, which are none ("over the last decade")."""
    if quality_of(reading, head, "bearers"):  # what happened is told of whom it names
        return ()
    found: list[list[int]] = []
    told = list(_told_of(reading, head))
    ends = [c for w in told[1:] for c in reading.children[w] if c > head and reading.lemmas[c].lower() in ENDS]
    for word in (*told, *ends):
        found += [words for child in reading.children[word] if (words := _cause(reading, cast, head, word, child, dated))]
    return tuple(dict.fromkeys(span_over(reading, words) for words in found[:2]))


def when_of(reading: Reading, head: int, times: Times) -> r.When | None:
    """When it was so: the time that hangs from its word or from what is told of it, if that is not ahead."""
    words = set(_told_of(reading, head, OWN))
    for child in (c for w in list(words) for c in reading.children[w]):
        if reading.rels[child] in ("xcomp", "acl", "amod"):
            words.add(child)
    lo, hi = reading.bounds[reading.sentence_of[head]]
    for expression, at in times.expressions:
        top = reading.head_of(at[0], at[-1] + 1)
        hangs = lo <= at[0] < hi and reading.heads[top] in words and reading.rels[top] != "nmod:poss"  # "today's rivalry"
        if hangs and expression.when.direction != "future":
            return expression.when if expression.when.start or expression.when.end else None
    return None


def _told_of(reading: Reading, head: int, rels: tuple[str, ...] = ()) -> Iterator[int]:
    """The word of a relation and those above it in its clause; ``rels``: only over these."""
    yield head
    for _ in range(STEPS):
        rel, above = reading.rels[head], reading.heads[head]
        if rel in CLAUSES or above == head or (rels and rel.split(":")[0] not in rels):
            return
        rels = tuple(r for r in rels if r != "xcomp")  # "remain at odds", not "vowed to remain"
        head = above
        yield head


def _cause(reading: Reading, cast: Cast, head: int, word: int, child: int, dated: set[int]) -> list[int]:
    """The words of the cause that a dependent tells, none when it tells none or holds the relation itself ("amid strained relations")."""
    below, rel = reading.subtree(child), reading.rels[child].split(":")[0]
    if head in below or child in dated:
        return []
    turned = reading.rels[head] == "obj" and reading.heads[head] == word
    if reading.rels[child] == "nsubj" and (turned or (word == head and any(reading.rels[c] == "obj" for c in reading.children[head]))):
        return below if reading.upos[child] == "NOUN" and child not in cast.at and _turns(reading, word) else []
    if (agent := _agent(reading, child)) is not None and agent not in cast.at and agent not in dated:
        return [i for i in reading.subtree(agent) if not (reading.heads[i] == agent and reading.rels[i] == "case")]
    marks = [i for i in (child, *reading.children[child]) if reading.words[i].lower() in CAUSES]
    stray = child > word and reading.rels[child] in ("case", "mark")  # no preposition of the word before it
    compared = any(reading.words[i].lower().endswith("st") for i in (word, *reading.children[word]))  # "at their worst since the war"
    if not marks or not (stray or rel in BELOW) or (stray and child + 1 in dated) or (compared and reading.words[marks[0]].lower() == "since"):
        return []
    fixed = {i for i in below if reading.heads[i] in marks and reading.rels[i] == "fixed"}
    words = [i for i in below if i > marks[0] and i not in marks and reading.upos[i] != "PUNCT" and i not in fixed]
    return words or [i for i in reading.subtree(word) if i > child and reading.words[i] not in (".", ";")]  # its object hung elsewhere


def _turns(reading: Reading, verb: int) -> bool:
    """Does the verb tell that a relation turns, or makes it?"""
    known = (*CAUSING, *(w for name in ("trends", "tensions") for words in table()[name].values() for w in words))
    return reading.lemmas[verb].lower() in known


def _agent(reading: Reading, child: int) -> int | None:
    """By what: "relations strained by the affair", "relations were strained by the affair"."""
    passive = any(reading.rels[c].endswith(":pass") for c in reading.children[reading.heads[child]])
    if reading.rels[child] == "obl:agent" or (reading.rels[child] == "obl" and passive and reading.case_of(child) == "by"):
        return child
    below = reading.children[child] if reading.rels[child] in ("acl", "amod") else []
    return next((c for c in below if reading.case_of(c) == "by"), None)
