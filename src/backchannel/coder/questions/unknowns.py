"""What a report says is not known or not decided: the words that say so, by the tree, and what they say it of (``asked.py``).

Four kinds of words do (``questions.toml``): adjectives ("unclear"); adjectives and participles that are negated ("not been decided"); verbs of telling,
knowing and finding out that are negated or out of reach ("would not say", "too early to tell"), or tried; nouns ("no word on", "the question is whether").
And so do verbs that ask ("wonder").
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from backchannel.coder.questions.asked import (
    LINKING,
    WH,
    Words,
    announced,
    asked_before,
    asking_clause,
    clause_before,
    headline,
    predicated,
    subject_of,
    that_clause,
    topic_of,
)
from backchannel.coder.questions.fronted import fronted, open_fronts
from backchannel.coder.questions.phrases import phrased
from backchannel.coder.syntax.negation import NONE, NOT
from backchannel.reader import Reading

NEGATIVE = NOT | NONE | frozenset(("hardly", "barely", "without", "cannot"))
TALK = frozenset(("i", "you"))  # "I wonder" and "you do not know" ask nothing (2 of 29 such are annotated)
MODAL = frozenset("will would can could may might shall should".split())
SHARED = frozenset(("we", "one"))  # nor do "we wonder", "one wonders"


@dataclass(frozen=True)
class Unknown:
    """Words ``first .. last-1`` that say it, the words of what is unknown, whose asking it is when a verb of asking says it."""

    first: int
    last: int
    what: Words
    asker: int | None = None


@cache
def _words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(resources.files(__package__).joinpath("questions.toml").read_text(encoding="utf8"))
    return {kind: frozenset(words) for kind, words in table.items() if kind != "phrases"}


@cache
def _telling() -> frozenset[str]:
    """All words that may say it."""
    return frozenset().union(*(_words()[kind] for kind in TELLING))


def unknowns(reading: Reading) -> Iterator[Unknown]:
    """All of a reading, in text order."""
    telling = _telling()
    for i, word in enumerate(reading.words):
        if word.lower() in telling or reading.lemmas[i].lower() in telling:
            said = [u for kind in KINDS if (u := kind(reading, i))]
            found = next((u for u in said if u.what), None) or next((_of_what_stands_before(reading, i, u) for u in said), None)
            if found and found.what:
                yield found
    for first, last, what in phrased(reading):
        yield Unknown(first, last + 1, what)
    for what, first, last in open_fronts(reading):
        yield Unknown(first, last + 1, what)


def _of_what_stands_before(reading: Reading, i: int, unknown: Unknown) -> Unknown:
    """The same of the question before it, where it has none of its own."""
    what = fronted(reading, i)
    return unknown if what and _is_to_do(reading, what) else replace(unknown, what=what)


# ------------------------------------------------------------------ the kinds
def _unclear(reading: Reading, i: int) -> Unknown | None:
    kinds, low = _words(), reading.words[i].lower()
    if not (low in kinds["unclear"] or low in kinds["shy"]) or reading.upos[i] == "VERB" or _negator(reading, i) is not None or _is_talk(reading, i):
        return None
    what = asking_clause(reading, i) or predicated(reading, i)
    if not what and low in kinds["shy"] and reading.case_of(i) != "as":
        what = _topic_thing(reading, i)
    if not what and low in kinds["unclear"]:
        what = that_clause(reading, i) or topic_of(reading, i) or subject_of(reading, i) or headline(reading, i)
    return Unknown(i, i + 1, what)


def _not_clear(reading: Reading, i: int) -> Unknown | None:
    kinds, low = _words(), reading.words[i].lower()
    if not (low in kinds["clear"] or low in kinds["settled"]) or (by := _negator(reading, i)) is None or _is_talk(reading, i):
        return None
    if any(reading.words[c].lower() in ("more", "less") and reading.words[by].lower() != "less" for c in reading.children[i]):  # "could not be more clear"
        return None
    what = asking_clause(reading, i) or predicated(reading, i)
    knows = low == "known" and any(reading.rels[c] == "nsubj" and reading.words[c].lower() != "it" for c in reading.children[i])
    if not what and low in kinds["clear"] and low != "sure" and not knows and reading.words[i + 1 : i + 2] not in (["as"], ["for"], ["by"], ["of"], ["to"]):
        what = that_clause(reading, i) or subject_of(reading, i)
    elif not what and (low in kinds["resolved"] or _has_thing(reading, i)) and not any(reading.rels[c] == "nsubj" for c in reading.children[i]):
        what = subject_of(reading, i)
    return Unknown(_first(reading, by, i), i + 1, what)


def _untold(reading: Reading, i: int) -> Unknown | None:
    kinds, lemma = _words(), reading.lemmas[i].lower()
    if reading.upos[i] != "VERB" or lemma not in kinds["tell"] | kinds["foretell"] or (by := _kept_from(reading, i)) is None or _is_talk(reading, i):
        return None
    if lemma not in kinds["tell"] and reading.upos[by] not in ("ADJ", "ADV"):
        return Unknown(_first(reading, by, i), i + 1, fronted(reading, i))
    what = asking_clause(reading, i)
    if not what and "what" in [w.lower() for w in reading.words[max(i - 8, 0) : i]]:  # "what nobody knows is when"
        what = predicated(reading, i)
    if what and (_is_to_do(reading, what) or _is_saying(reading, what)):
        return None
    what = what or (_thing(reading, i) if lemma in kinds["knowing"] else ()) or (asked_before(reading, i) if lemma in kinds["answering"] else ())
    return Unknown(_first(reading, by, i), i + 1, what)


def _is_to_do(reading: Reading, what: Words) -> bool:
    """Is it "how to" or "what to" do something, which asks for advice ("whether to" asks for a decision)?"""
    return reading.words[what[0]].lower() in WH and len(what) > 1 and reading.words[what[1]].lower() == "to"


def _is_saying(reading: Reading, what: Words) -> bool:
    """Is it "how", which asks for skill, or "what he is doing", "what is going on", which who does not know is only called a fool?"""
    words = [reading.words[j].lower() for j in what]
    if words == ["how"]:
        return True
    return words[0] == "what" and len(words) < 6 and not {"doing", "talking", "going", "happening", "up"}.isdisjoint(words)


def _asked(reading: Reading, i: int) -> Unknown | None:
    if reading.lemmas[i].lower() not in _words()["ask"] or reading.upos[i] != "VERB" or _is_talk(reading, i) or _negator(reading, i) is not None:
        return None
    what = asking_clause(reading, i)
    if what and _is_to_do(reading, what):
        return None
    subject = next((c for c in reading.children[i] if reading.rels[c] == "nsubj"), None)
    return Unknown(i, i + 1, what, subject)


def _sought(reading: Reading, i: int) -> Unknown | None:
    kinds, lemma, above = _words(), reading.lemmas[i].lower(), reading.heads[i]
    if lemma not in kinds["find"] or reading.rels[i] not in ("xcomp", "advcl", "ccomp") or reading.lemmas[above].lower() not in kinds["seeking"] or above > i:
        return None
    what = asking_clause(reading, i)
    return Unknown(above, i + 1, what) if what and not _is_to_do(reading, what) else None


def _unverified(reading: Reading, i: int) -> Unknown | None:
    if reading.lemmas[i].lower() not in ("confirm", "verify") or reading.upos[i] != "VERB" or (by := _kept_from(reading, i)) is None or _is_talk(reading, i):
        return None
    claim = next((c for c in reading.children[i] if reading.rels[c] in ("obj", "nsubj:pass") and reading.lemmas[c].lower() in _words()["claims"]), None)
    deny = next((c for c in reading.children[i] if reading.lemmas[c].lower() == "deny"), None)
    if deny is not None:  # "would neither confirm nor deny that"
        return Unknown(_first(reading, by, i), deny + 1, asking_clause(reading, deny) or that_clause(reading, deny))
    what = tuple(reading.subtree(claim)) if claim is not None else that_clause(reading, i)
    return Unknown(_first(reading, by, i), i + 1, what)


def _hidden(reading: Reading, i: int) -> Unknown | None:
    """Of words for what is kept or disputed, said of a question before them, and those for what is shown when negated."""
    kinds, lemma = _words(), reading.lemmas[i].lower()
    by = _negator(reading, i)
    kept = lemma in kinds["kept"] and reading.words[i + 1 : i + 2] in (["to"], ["from"])  # "kept to himself", "kept from the public"
    said = reading.rels[i] != "amod" and reading.words[i - 1].lower() != "no"  # not "classified information", "no secret"
    if by is None and said and (kept or {lemma, reading.words[i].lower()} & kinds["hidden"]):
        return Unknown(i, i + 1, fronted(reading, i))
    return Unknown(_first(reading, by, i), i + 1, fronted(reading, i)) if by is not None and lemma in kinds["shown"] else None


def _undecided(reading: Reading, i: int) -> Unknown | None:
    """Of "mind" that nobody has made up."""
    head = reading.heads[i]
    if reading.lemmas[i].lower() != "mind" or reading.lemmas[head].lower() != "make" or (by := _kept_from(reading, head)) is None or _is_talk(reading, head):
        return None
    return Unknown(_first(reading, by, head), i + 1, asking_clause(reading, i) or asking_clause(reading, head))


def _hinging(reading: Reading, i: int) -> Unknown | None:
    """Of "hinges" and "depends", of which a clause that asks is told."""
    if reading.lemmas[i].lower() not in _words()["hinge"] or reading.upos[i] != "VERB":
        return None
    what = clause_before(reading, i)
    single = any(reading.lemmas[j].lower() in MODAL or "Tense=Past" in reading.feats[j] for j in what)  # "whether a shot is fatal depends on" is no news
    return Unknown(i, i + 1, what) if single else None


def _differing(reading: Reading, i: int) -> Unknown | None:
    """Of accounts that differ, or those who give them."""
    kinds = _words()
    if reading.lemmas[i].lower() not in kinds["differ"] or reading.upos[i] != "VERB" or _negator(reading, i) is not None:
        return None
    given = next((c for c in reading.children[i] if reading.rels[c] == "nsubj" and reading.lemmas[c].lower() in kinds["versions"]), None)
    if given is None:
        return None
    what = asking_clause(reading, i) or tuple(j for j in asking_clause(reading, given) if j < i)
    return None if what and _is_to_do(reading, what) else Unknown(i, i + 1, what)


def _unheard(reading: Reading, i: int) -> Unknown | None:
    """Of whom nothing has been heard."""
    if reading.lemmas[i].lower() != "hear" or _negator(reading, i) is None or not any(reading.rels[c] == "aux:pass" for c in reading.children[i]):
        return None
    whom = next((c for c in reading.children[i] if c > i and reading.case_of(c) in ("of", "from")), None)
    words = reading.subtree(whom)[1:] if whom is not None else []
    stop = next((n for n, j in enumerate(words) if reading.words[j] == ","), len(words))
    return Unknown(i, i + 1, tuple(words[:stop]) or subject_of(reading, i))


def _withheld(reading: Reading, i: int) -> Unknown | None:
    kinds, lemma = _words(), reading.lemmas[i].lower()
    if reading.upos[i] != "NOUN" or lemma not in kinds["withheld"] | kinds["hints"] | kinds["reasons"]:
        return None
    by = next((c for c in reading.children[i] if reading.words[c].lower() in kinds["scant"]), None)
    carried = reading.heads[i] if reading.rels[i] in ("obj", "nsubj:pass") and reading.lemmas[reading.heads[i]].lower() in kinds["having"] else i
    if (by is None and (carried == i or (by := _negator(reading, carried)) is None)) or _is_talk(reading, carried):
        return None
    what = asking_clause(reading, i) or asking_clause(reading, carried)
    if what and _is_saying(reading, what):
        return None
    if not what and lemma in kinds["withheld"] and reading.words[by].lower() in kinds["scant"]:
        what = topic_of(reading, i) or topic_of(reading, carried)
    if not what and lemma in kinds["reasons"] and carried != i and reading.lemmas[carried].lower() != "have" and len(reading.subtree(i)) > 2:
        what = tuple(j for j in reading.subtree(i) if j >= i)
    return Unknown(min(by, i), i + 1, what)


def _question(reading: Reading, i: int) -> Unknown | None:
    kinds, lemma, head = _words(), reading.lemmas[i].lower(), reading.heads[i]
    if reading.upos[i] != "NOUN" or lemma not in kinds["asking"] | kinds["doubt"] | kinds["conjecture"] or _negator(reading, i) is not None:
        return None
    if lemma == "dark":  # "in the dark about the motive"
        is_in = reading.case_of(i) == "in" and reading.lemmas[head].lower() not in ("keep", "leave")
        return Unknown(i, i + 1, asking_clause(reading, i) or topic_of(reading, i)) if is_in else None
    if lemma in kinds["conjecture"]:  # "why he did so is a matter of conjecture"
        return Unknown(i, i + 1, clause_before(reading, head) or subject_of(reading, head)) if reading.lemmas[head].lower() == "matter" else None
    if lemma == "doubt" and reading.case_of(i) == "into":  # "threw the treaty into doubt"
        put = next((c for c in reading.children[head] if reading.rels[c] in ("obj", "nsubj:pass")), None)
        return Unknown(i, i + 1, tuple(j for j in reading.subtree(put) if j < i)) if put is not None else None
    if lemma not in kinds["asking"]:  # "in doubt", "anyone's guess"
        guess = lemma == "guess" and any(reading.words[c].lower() in ("anyone", "anybody") for c in reading.children[i])
        hanging = [w.lower() for w in reading.words[max(i - 3, 0) : i]] == ["up", "in", "the"]
        bare = hanging or (lemma != "air" and reading.case_of(i) == "in" and not any(reading.rels[c] == "det" for c in reading.children[i]))
        head = i - 3 if hanging and not subject_of(reading, i) else i
        return Unknown(i, i + 1, asking_clause(reading, i) or subject_of(reading, head)) if guess or bare else None
    rel, above = reading.rels[i].split(":")[0], reading.lemmas[head].lower()
    what = predicated(reading, i) if rel in ("nsubj", "nmod") else ()
    remains = rel == "nsubj" and (above in kinds["open"] or above == "unanswered")
    there = any(reading.rels[c] == "expl" for c in (*reading.children[head], *reading.children[i]))
    stands = lemma != "question" or any(reading.lemmas[c].lower() in kinds["pressing"] for c in reading.children[i])
    if not what and (remains or there or stands or (rel == "obj" and above in kinds["raising"])):
        what = asking_clause(reading, i)
    if not what and (remains or (there and lemma != "question")):
        what = topic_of(reading, i) or (asking_clause(reading, head) if remains else ())
    what = what or announced(reading, i) or clause_before(reading, i)
    if not what and (reading.case_of(i) == "in" or (lemma == "mystery" and rel != "nsubj")):
        what = subject_of(reading, i)
    return Unknown(i, i + 1, what)


def _topic_thing(reading: Reading, i: int) -> Words:
    """What it is about, if that stands for a question ("silent on his whereabouts")."""
    things = _words()["things"]
    about = any(reading.rels[c].startswith(("nmod", "obl")) and reading.lemmas[c].lower() in things for c in reading.children[i])
    return topic_of(reading, i) if about else ()


def _has_thing(reading: Reading, i: int) -> bool:
    return any(reading.lemmas[c].lower() in _words()["things"] for c in reading.children[i] if reading.rels[c].startswith("nsubj"))


def _thing(reading: Reading, i: int) -> Words:
    """The object that stands for a question ("the motive")."""
    for c in reading.children[i]:
        if reading.rels[c] == "obj" and reading.lemmas[c].lower() in _words()["things"]:
            return tuple(reading.subtree(c))
    return ()


# ------------------------------------------------------------------ not, or out of reach
def _negator(reading: Reading, i: int) -> int | None:
    """The word that negates a predicate, itself or through what it completes."""
    words = [i]
    if reading.rels[i].split(":")[0] in ("xcomp", "obj") and reading.lemmas[reading.heads[i]].lower() in LINKING | {"make"}:
        words.append(reading.heads[i])
    for word in words:
        for c in reading.children[word]:
            low, rel = reading.words[c].lower(), reading.rels[c]
            if c > i and word == i:
                break
            if low in NEGATIVE and rel.startswith(("advmod", "nsubj", "cc", "mark") if reading.upos[word] != "NOUN" else ("advmod", "det", "cc")):
                return c
            if rel.startswith("nsubj") and (none := next((d for d in reading.children[c] if reading.words[d].lower() in NEGATIVE), None)) is not None:
                return none
            if low in ("far", "less", "longer") and c < i and reading.words[c - 1].lower() != "how":
                return c
            if low in ("yet", "still") and c < i and "to" in [w.lower() for w in reading.words[c:i]]:
                return c
    return None


def _kept_from(reading: Reading, i: int) -> int | None:
    """The word that keeps a verb from being done: a negation, "yet to", "declined to", "hard to", "remains to be"."""
    kinds, seeing = _words(), reading.lemmas[i].lower() == "see"
    if not seeing and (found := _negator(reading, i)) is not None:
        return found
    if [w.lower() for w in reading.words[max(i - 3, 0) : i]] in (["remains", "to", "be"], ["remained", "to", "be"]):
        return i - 3
    word = i
    for _ in range(3):
        before = [j for j in range(max(word - 3, 0), word) if reading.words[j].lower() in ("yet", "still")]
        if before and "to" in [reading.words[j].lower() for j in range(before[-1], word)]:
            return before[-1]
        head, rel = reading.heads[word], reading.rels[word].split(":")[0]
        if head >= word or rel not in ("xcomp", "acl", "advcl", "ccomp", "csubj", "obl", "parataxis"):
            return None
        between, lemma = [reading.words[j].lower() for j in range(head, word)], reading.lemmas[head].lower()
        if (lemma == "remain" and between[-1] == "be") or (seeing and lemma in ("wait", "remain")) or (lemma == "stop" and "short" in between):
            return head
        if seeing or "to" not in between or (rel == "advcl" and lemma not in kinds["out_of_reach"]):
            return None
        if lemma in kinds["out_of_reach"] and reading.lemmas[i].lower() != "explain":
            return head
        if lemma in kinds["able"] and (found := _negator(reading, head)) is not None:
            return found
        word = head
    return None


def _is_talk(reading: Reading, i: int) -> bool:
    """Is it said of "I" or "you", or of people asked in a poll?"""
    people, talk = _words()["public"], TALK | SHARED if reading.lemmas[i].lower() in _words()["ask"] else TALK
    return any(reading.rels[c] == "nsubj" and (reading.words[c].lower() in talk or reading.lemmas[c].lower() in people) for c in reading.children[i])


def _first(reading: Reading, by: int, i: int) -> int:
    """Where the words that say it begin: at the negation with its auxiliary, if that is near."""
    if not 0 < i - by <= 6:
        return i
    return by - 1 if by and reading.upos[by - 1] == "AUX" and reading.words[by].lower() in NOT else by


KINDS = (_unclear, _not_clear, _untold, _asked, _sought, _unverified, _hidden, _undecided, _hinging, _differing, _unheard, _withheld, _question)
TELLING = (
    *("unclear", "shy", "clear", "settled", "tell", "foretell", "find", "ask", "withheld", "hints", "reasons", "asking", "doubt"),
    *("conjecture", "hinge", "differ", "idioms", "hidden", "kept", "shown"),
)
