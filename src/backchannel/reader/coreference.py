"""Reading -> mentions (names, noun phrases, pronouns; nested), what each is, and the chains of those that mean the same, over the whole text.

Mentions are the noun phrases of the tree. Each is linked to the earlier mention, or to none, that scores best: a log-linear model of named features
(mention ranking, Denis & Baldridge 2008; features after Lee et al. 2013). Its weights are learnt on GUM train by ``training.coreference`` and lie in
coreference.json.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp, log
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from backchannel.reader.reading import Reading

WINDOW = 50  # earlier mentions that are looked at, besides all that share a head word
PERSONS = {
    **dict.fromkeys("i me my mine myself".split(), "i"),
    **dict.fromkeys("we us our ours ourselves".split(), "we"),
    **dict.fromkeys("you your yours yourself yourselves".split(), "you"),
    **dict.fromkeys("he him his himself".split(), "he"),
    **dict.fromkeys("she her hers herself".split(), "she"),
    **dict.fromkeys("it its itself".split(), "it"),
    **dict.fromkeys("they them their theirs themselves".split(), "they"),
}
THIRD = frozenset(("he", "she", "it"))
POINTING = frozenset("this that these those".split())
DEFINITE = frozenset("the this that these those".split())
INDEFINITE = frozenset("a an another some any every each no".split())
DEICTIC = frozenset("here there today now yesterday tomorrow".split())
LABELS = ("person", "organization", "place", "time", "event", "object", "substance", "animal", "plant", "abstract")  # GUM's entity types
RELATIVE = frozenset("who whom whose which what".split())
MALE = frozenset("mr mr. sir king prince father son brother husband man boy lord chairman spokesman businessman".split())
FEMALE = frozenset("mrs mrs. ms ms. miss queen princess mother daughter sister wife woman girl lady chairwoman spokeswoman".split())
LEFT_OUT = frozenset("case cc mark conj punct parataxis discourse cop aux nsubj csubj expl advcl appos orphan reparandum dislocated vocative list dep".split())


def pronouns(*classes: str) -> frozenset[str]:
    """The words of classes of ``PERSONS``, in small letters."""
    return frozenset(word for word, person in PERSONS.items() if person in classes)


@dataclass(frozen=True)
class Mention:
    """Words first .. last-1 that stand for something. ``kind``: "name", "noun", "pronoun", "several" (X and Y); ``type``: PER, ORG, LOC, MISC of a name."""

    first: int
    last: int
    head: int
    kind: str
    type: str = ""


def mentions(reading: Reading) -> list[Mention]:
    """The noun phrases and pronouns of a reading, outer before inner."""
    typed = {i: (lo, hi, kind) for lo, hi, kind in reading.names for i in range(lo, hi)}
    found: dict[tuple[int, int], Mention] = {}
    for i, (pos, rel) in enumerate(zip(reading.upos, reading.rels, strict=True)):
        low, base = reading.words[i].lower(), rel.split(":")[0]
        if base in ("flat", "fixed", "goeswith", "case", "mark", "expl", "cc", "discourse") or low in RELATIVE or rel == "nmod:desc":
            continue
        kind = "pronoun" if low in PERSONS or (low in POINTING and pos in ("PRON", "DET")) else "name" if i in typed and pos == "PROPN" else "noun"
        if kind == "pronoun":
            if base != "det":
                found[i, i + 1] = Mention(i, i + 1, i, kind)
        elif pos in ("NOUN", "PROPN", "NUM") or (pos == "PRON" and base != "det") or low in DEICTIC:
            if i in typed and typed[i][:2] == typed.get(reading.heads[i], (0, 0, ""))[:2]:
                continue  # a part of a longer name
            lo, hi = typed[i][:2] if base == "compound" and i in typed else _phrase(reading, i)
            found.setdefault((lo, hi), Mention(lo, hi, i, kind, typed[i][2] if kind == "name" else ""))
            partners = [c for c in reading.children[i] if reading.rels[c] == "conj" and reading.upos[c] in ("NOUN", "PROPN", "PRON")]
            if (last := max((_phrase(reading, c)[1] for c in partners), default=hi)) > hi:
                found.setdefault((lo, last), Mention(lo, last, i, "several"))
    return sorted(found.values(), key=lambda m: (m.first, -m.last))


def _phrase(reading: Reading, head: int) -> tuple[int, int]:
    """The stretch of a noun phrase: what hangs on its head, without prepositions, conjuncts, appositions and clauses about it."""
    todo, inside = [head], set()
    while todo:
        j = todo.pop()
        inside.add(j)
        for k in reading.children[j]:
            base = reading.rels[k].split(":")[0]
            owner = base == "case" and reading.words[k].lower() in ("'s", "’s", "'", "’")
            if j != head or owner or base not in LEFT_OUT:
                todo.append(k)
    lo, hi, first, last = min(inside), max(inside), head, head
    while first > lo and (first - 1 in inside or (reading.upos[first - 1] == "PUNCT" and any(x in inside for x in range(lo, first - 1)))):
        first -= 1
    while last < hi and (last + 1 in inside or (reading.upos[last + 1] == "PUNCT" and any(x in inside for x in range(last + 2, hi + 1)))):
        last += 1
    while first < head and reading.upos[first] in ("PUNCT", "CCONJ"):
        first += 1
    while last > head and reading.upos[last] == "PUNCT":
        last -= 1
    return first, last + 1


@dataclass(frozen=True)
class _Seen:
    """What the features ask of a mention."""

    text: str  # small letters, without determiner and possessive
    head: str
    words: frozenset[str]
    modifiers: frozenset[str]
    person: str  # pronoun class, "" for others
    plural: bool
    gender: str  # "m", "f", ""
    start: str  # definite, indefinite, owned, bare
    role: str
    kind: str
    being: str  # what the reader's kind head takes it for
    type: str
    sentence: int
    quoted: bool


def seen(reading: Reading, m: Mention, beings: list[str]) -> _Seen:
    """The facts of one mention."""
    words = [w.lower() for w in reading.words[m.first : m.last]]
    first = words[0]
    start = "definite" if first in DEFINITE else "indefinite" if first in INDEFINITE else "owned" if first in PERSONS else "bare"
    kept = [w for w, p in zip(words, reading.upos[m.first : m.last], strict=True) if p not in ("DET", "PUNCT", "PART")]
    surname = max((c for c in reading.children[m.head] if reading.rels[c].startswith("flat")), default=m.head) if m.type == "PER" else m.head
    head = reading.lemmas[surname].lower()
    person = PERSONS.get(words[0], "that" if words[0] in POINTING else "") if m.kind == "pronoun" else ""
    gender = "m" if person == "he" or set(words) & MALE else "f" if person == "she" or set(words) & FEMALE else ""
    plural = "Number=Plur" in reading.feats[m.head] or any(reading.rels[c].startswith("conj") for c in reading.children[m.head] if c < m.last)
    sentence = reading.sentence_of[m.head]
    role = reading.rels[m.head].split(":")[0]
    return _Seen(
        " ".join(kept) or " ".join(words), head, frozenset(kept), frozenset(kept) - {reading.words[surname].lower()}, person, plural, gender, start,
        role if role in ("nsubj", "obj", "obl", "nmod", "appos", "root", "conj", "compound") else "other", m.kind, beings[m.head], m.type, sentence,
        reading.quoted[m.head],
    )  # fmt: skip


def new_features(m: _Seen, known: bool) -> Iterator[str]:
    """Signs that a mention has no antecedent. ``known``: its head word came up before."""
    k = m.person or m.kind
    yield f"new {k}"
    yield f"new {k} {m.start}"
    yield f"new {m.kind} {m.start} {known}"
    yield f"new {k} {m.role}"
    yield f"new {m.kind} {m.start} {m.being}"
    yield f"new {m.kind} {min(4, len(m.words))} words {known}"


def drop_features(reading: Reading, m: Mention, y: _Seen) -> Iterator[str]:
    """Signs that a phrase stands for nothing that is talked about ("on behalf of", the noun in "police officer")."""
    rel, pos, words = reading.rels[m.head], reading.upos[m.head], m.last - m.first
    yield f"drop {y.person or y.kind} {y.start}"
    yield f"drop {pos} {rel} {y.start} {min(3, words)}"
    yield f"drop {y.type} {rel}"
    yield f"drop {y.person} in {reading.rels[reading.heads[m.head]]}"
    yield f"drop {pos} {y.being}"
    yield f"drop head {y.head}"
    yield f"drop {reading.case_of(m.head)} {y.start} {y.head if words == 1 else ''}"
    yield f"drop {reading.case_of(m.head)} under {reading.lemmas[reading.heads[m.head]].lower()}"
    yield f"drop {rel} under {reading.upos[reading.heads[m.head]]} {min(3, words)}"
    yield f"drop {pos} after {reading.upos[m.first - 1] if m.first else ''} before {reading.upos[m.last] if m.last < len(reading.words) else ''}"


def pair_features(reading: Reading, a: Mention, x: _Seen, m: Mention, y: _Seen, between: int) -> Iterator[str]:
    """Signs that mention m (facts y) means what the earlier a (facts x) means. ``between``: mentions from a to m."""
    k, was = y.person or y.kind, x.person or x.kind
    yield f"{was} < {k}"
    far = y.sentence - x.sentence
    gap = str(far) if far < 3 else "3-5" if far < 6 else "6-12" if far < 13 else "13+"
    yield f"{y.kind} {x.kind} sentences {gap}"
    if y.kind == "pronoun":
        yield f"{k} sentences {gap}"
        yield f"{k} near {between if between < 4 else '4-7' if between < 8 else '8-15' if between < 16 else '16+'}"
        yield f"{k} role {x.role} {far == 0}"
        yield f"{k} same role {x.role == y.role}"
        yield f"{k} being {x.being}"
        yield f"{k} type {x.type} {x.start}"
        yield f"{k} quoted {x.quoted} {y.quoted}"
        if x.person == y.person:
            yield f"{k} again {gap}"
    else:
        same = x.text == y.text
        alike = x.head == y.head
        yield f"{y.kind} {x.kind} same {same} head {alike}"
        if alike and not same:
            extra, lost = y.modifiers - x.words, x.modifiers - y.words
            yield f"{y.kind} {x.kind} head, {y.start}, more {bool(extra)} less {bool(lost)}"
        if same:
            yield f"{y.kind} same {y.start} {gap}"
            yield f"{y.kind} same {x.start} {y.start} {min(3, len(y.words))}"
        if not alike:
            yield f"{y.kind} {x.kind} head inside {y.head in x.words or x.head in y.words} {y.start}"
            yield f"{x.type or x.kind} {y.type or y.kind} {y.start} role {y.role} {far == 0}"
            yield f"being {x.being} {y.being} {y.start}"
        if y.kind == "name" and x.kind == "name":
            yield f"names {x.type}{y.type} {'same' if same else 'part' if y.words <= x.words or x.words <= y.words else 'other'}"
        letters = "".join(w[0] for w in reading.words[a.first : a.last] if w[0].isupper()).lower()
        if len(letters) > 1 and (letters == y.text.replace(".", "") or ("".join(w[0] for w in y.text.split()) == x.text.replace(".", "") and len(x.text) > 1)):
            yield f"acronym {y.kind}"
    yield f"number {x.plural} {y.plural} {k} {x.kind}"
    if x.gender or y.gender:
        yield f"gender {x.gender}{y.gender} {y.kind}"
    if a.first <= m.first and m.last <= a.last:
        yield f"inside {y.kind} {reading.rels[m.head].split(':')[0]}"
    if reading.heads[m.head] == a.head:
        yield f"under {reading.rels[m.head]} {y.kind}"
    if reading.heads[a.head] == m.head:
        yield f"over {reading.rels[a.head]} {y.kind} {any(reading.rels[c] == 'cop' for c in reading.children[m.head])}"
    elif reading.heads[a.head] == reading.heads[m.head]:
        yield f"beside {x.role} {y.role} {y.kind} {reading.words[m.head].lower().endswith('self')}"


def label_choices(reading: Reading, m: Mention, y: _Seen) -> list[list[str]]:
    """What of each label in ``LABELS`` speaks for it: the head, what the reader takes it for, how the phrase stands."""
    signs = (
        "any", f"{m.kind} {y.being} {y.type}", f"head {y.head}", f"end {y.head[-3:]}", f"{y.person or m.kind} {y.start}", f"case {reading.case_of(m.head)}",
        f"{y.role} of {reading.lemmas[reading.heads[m.head]].lower()}", f"{reading.upos[m.head]} {reading.words[m.head][0].isupper()} {y.plural}",
    )  # fmt: skip
    return [[f"{label} if {sign}" for sign in signs] for label in LABELS]


class Case(NamedTuple):
    """One mention to be placed: all mentions, its number, the features of each choice (no mention at all, no antecedent, the candidates), the candidates'
    numbers, and the features of each label.
    """

    found: list[Mention]
    n: int
    choices: list[list[str]]
    earlier: list[int]
    labels: list[list[str]]


def cases(reading: Reading) -> Iterator[Case]:
    """Each mention in turn, with what the weights judge it by."""
    found = mentions(reading)
    beings = reading.labels_of("kind")
    facts = [seen(reading, m, beings) for m in found]
    by_head: dict[str, list[int]] = defaultdict(list)
    for n, (m, y) in enumerate(zip(found, facts, strict=True)):
        near = set(range(max(0, n - WINDOW), n))
        if y.kind != "pronoun":
            near |= set(by_head[y.head][-WINDOW:])
        earlier = sorted(near)
        rows = [list(pair_features(reading, found[i], facts[i], m, y, n - i)) for i in earlier]
        choices = [list(drop_features(reading, m, y)), list(new_features(y, bool(by_head[y.head]))), *rows]
        yield Case(found, n, choices, earlier, label_choices(reading, m, y))
        by_head[y.head].append(n)


@cache
def weights() -> dict[str, float]:
    """coreference.json: feature -> weight."""
    table: dict[str, float] = json.loads(resources.files("backchannel.reader").joinpath("coreference.json").read_text(encoding="utf8"))
    return table


def scored(choices: list[list[str]]) -> list[float]:
    """Summed weights of each choice's features."""
    table = weights()
    return [sum(table.get(f, 0.0) for f in features) for features in choices]


class Chain(NamedTuple):
    """What is one thing: one of ``LABELS``, and its mentions in text order."""

    label: str
    mentions: list[Mention]


def chains(reading: Reading) -> list[Chain]:
    """The mentions of the text in chains (most hold one mention), in the order of their first mentions. A chain's label is its mentions' likeliest together."""
    out: list[list[Mention]] = []
    chain_of: dict[int, int] = {}  # number of a mention -> its chain
    called: list[set[str]] = []  # he, she, it: what a chain has been called, at most one of them
    labels: list[list[float]] = []
    for found, n, choices, earlier, signs in cases(reading):
        drop, new, *scores = map(exp, scored(choices))
        if drop > new + sum(scores):
            continue
        m = found[n]
        person = {PERSONS.get(reading.words[m.head].lower(), "")} & THIRD
        fits = [(s, i) for s, i in zip(scores, earlier, strict=True) if i in chain_of and len(called[chain_of[i]] | person) < 2]
        if fits and sum(scores) >= new:
            chain_of[n] = chain_of[max(fits)[1]]
        else:
            chain_of[n] = len(out)
            out.append([])
            called.append(set())
            labels.append([0.0] * len(LABELS))
        at = chain_of[n]
        out[at].append(m)
        called[at] |= person
        own = scored(signs)
        total = log(sum(map(exp, own)))
        labels[at] = [x + y - total for x, y in zip(labels[at], own, strict=True)]
    return [Chain(LABELS[max(range(len(LABELS)), key=sums.__getitem__)], chain) for chain, sums in zip(out, labels, strict=True)]
