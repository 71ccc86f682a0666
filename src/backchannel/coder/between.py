"""Between whom a relation is, read off the tree: whose it is and with whom ("relations between A and B", "A's alliance with B", "A has good relations with B"),
or who the ally or rival is and whose ("A's rival B", "B is one of A's allies", "A calls B its ally").
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from backchannel.coder.cast import Cast
from backchannel.reader import Reading

COLLECTIVE = frozenset(("state", "government", "igo", "armed_group", "party", "person", "people", "ministry", "military"))
RELATIVE = frozenset(("who", "which", "that"))
BESIDE = ("appos", "flat", "compound", "nsubj")  # relations of a name to the noun that says what its bearer is
SUCH = frozenset(("such", "like", "including"))
REACH = 3  # arcs above the noun at which a verb still speaks of it


@cache
def table() -> dict[str, Any]:
    """The words of relations (relations.toml)."""
    words: dict[str, Any] = tomllib.loads(resources.files("backchannel.coder").joinpath("relations.toml").read_text(encoding="utf8"))
    return words


def quality_of(reading: Reading, i: int, *tables: str) -> str | None:
    """The quality that a noun says itself."""
    word = reading.words[i].lower()
    return next((quality for name in tables for quality, nouns in table()[name].items() if word in nouns), None)


def mentions_at(reading: Reading, cast: Cast, word: int) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """The mentions of a word's sentence: first word, last word exclusive, keys."""
    return cast.within(*reading.bounds[reading.sentence_of[word]])


def owners(reading: Reading, cast: Cast, head: int) -> list[str]:
    """Whose relation it is: its owner, its adjectives ("Russian-Turkish ties"), the two after "between", else who has, seeks or is in it."""
    between = [c for c in reading.children[head] if reading.case_of(c) == "between"]
    found: list[str] = []
    for child in between or reading.children[head]:
        rel, case = reading.rels[child].split(":")[0], reading.case_of(child)
        if reading.rels[child] == "nmod:poss" or (rel in ("amod", "compound") and child < head) or (rel == "nmod" and case in ("between", "of")):
            found += [k for w in _joined(reading, child) for k in _parties(reading, cast, w)]
    found = [k for k in dict.fromkeys(found) if k not in cast.at.get(head, ())]  # "strongest ally" is nobody's owner
    if found or quality_of(reading, head, "bearers"):
        return found
    subject = _subject(reading, head)
    return _parties(reading, cast, subject) if subject is not None else []


def _subject(reading: Reading, noun: int) -> int | None:
    """Who has, seeks or is in it: the subject of the verb it is the object of ("sought to maintain good relations"), or its own ("is at war")."""
    word = noun
    if reading.rels[noun].split(":")[0] in ("obj", "obl") or (reading.rels[noun] == "conj" and not subjects(reading, noun)):
        word = reading.heads[noun]
    for _ in range(REACH + 1):
        found, rel, above = subjects(reading, word), reading.rels[word], reading.heads[word]
        if found and reading.words[found[0]].lower() not in RELATIVE:
            return found[0]
        if rel == "acl:relcl":
            return above
        if rel == "acl" and quality_of(reading, noun, "named"):
            return None  # whose efforts end a standoff need not stand in it
        if rel == "acl":  # "his efforts to improve relations"
            owner = next((c for c in reading.children[above] if reading.rels[c] == "nmod:poss"), None)
            if owner is not None:
                return owner
            above = reading.heads[above]
        elif rel == "xcomp":
            asked = next((c for c in reading.children[above] if reading.rels[c] in ("obj", "iobj")), None)
            if asked is not None:
                return asked
        elif rel not in ("conj", "advcl"):
            return None
        word = above
    return None


def subjects(reading: Reading, word: int) -> list[int]:
    return [c for c in reading.children[word] if reading.rels[c].startswith("nsubj")]


def with_whom(reading: Reading, cast: Cast, head: int) -> list[str]:
    """With whom: what stands after "with" at the noun, or at the verb above it ("maintained good relations with Putin", whatever the tree hangs it on)."""
    above, cases = reading.heads[head], ("with", "to") if reading.words[head].lower() in table()["to"] else ("with",)
    for child in (*reading.children[head], *(c for c in reading.children[above] if c > head)):
        if child != head and reading.case_of(child) in cases and reading.rels[child].split(":")[0] in ("nmod", "obl"):
            return [k for w in _joined(reading, child) for k in _parties(reading, cast, w)]
    return []


def _joined(reading: Reading, head: int) -> list[int]:
    """The word and what is joined to it: conjuncts, and the halves of a hyphenated pair."""
    return [head, *(c for c in reading.children[head] if reading.rels[c].split(":")[0] in ("conj", "compound", "amod", "flat"))]


def _parties(reading: Reading, cast: Cast, word: int) -> list[str]:
    """Whom a word stands for by the shortest mention that holds it ("our" in "our ally")."""
    mentions = [(hi - lo, keys) for lo, hi, keys in mentions_at(reading, cast, word) if lo <= word < hi]
    return [k for k in min(mentions, default=(0, ()))[1] if cast.get(k).kind in COLLECTIVE]


def bearers(reading: Reading, cast: Cast, head: int, own: list[str]) -> list[str]:
    """Who is the ally, rival, enemy: those named beside the noun, with those joined to them on the same side of it, else the noun's own mention."""
    for word in _beside(reading, head):
        joined = (c for c in reading.children[word] if reading.rels[c] == "conj")
        named = [w for w in (word, *joined) if w != head and (w < head) == (word < head)]
        if found := [k for w in named for k in _parties(reading, cast, w) if k not in own]:
            return found
    return [k for k in _parties(reading, cast, head) if k not in own][:1]


def _beside(reading: Reading, head: int) -> list[int]:
    """Words that may name who is the ally, likeliest first: "its ally Syria", "Syria, an ally of Iran", "allies such as Syria", "Syria is one of its allies",
    "calls Syria an ally", "Syria, its ally" where the tree joins the two.
    """
    above, rel = reading.heads[head], reading.rels[head].split(":")[0]
    found = [c for c in reading.children[head] if reading.rels[c].split(":")[0] in BESIDE or (reading.rels[c] == "nmod" and reading.case_of(c) in SUCH)]
    if rel in BESIDE and rel != "nsubj":
        found.append(above)
    if rel == "conj" and reading.words[reading.subtree(head)[0] - 1] == "," and not any(reading.rels[c] == "cc" for c in reading.children[head]):
        found.append(above)
    if rel == "nmod" and reading.words[above].lower() in ("one", "some"):
        found += [*subjects(reading, above), *([reading.heads[above]] if reading.rels[above] == "appos" else [])]
    if rel == "xcomp" or (rel == "obl" and reading.case_of(head) == "as"):
        found += [c for c in reading.children[above] if reading.rels[c] in ("obj", "nsubj:pass")]
    if head + 1 < len(reading.words) and reading.upos[head + 1] == "PROPN":
        found.append(head + 1)  # whatever the tree hangs it on
    return found
