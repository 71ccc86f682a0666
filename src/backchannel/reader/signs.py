"""Reading -> the numbers by which the network of ``coreference`` judges words, spans, mentions and pairs of mentions.

Shapes: N words, S spans, M mentions, P pairs; D facts. Places are words by number, N for no word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from backchannel.reader.encoder import Floats
from backchannel.reader.labels import NAMES
from backchannel.reader.mentions import PERSONS, POINTING, Span, spans

if TYPE_CHECKING:
    from backchannel.reader.reading import Reading

Ints = NDArray[np.int64]

WINDOW = 50  # earlier mentions that are looked at, and as many older ones that share the head word (CoNLL held out: 50 0.689, 35 0.686, 25 0.682)
N_WORDS = 6  # words by which two mentions are compared, the head first
N_PLACES, N_FACTS = 8, 15  # of a span
CLIMB = 12  # steps up the tree from the edge of a span
CLASSES = ("i", "we", "you", "he", "she", "it", "they", "that")
FORMS = ("name", "noun", "pronoun", "several")
CONTENT = frozenset("NOUN PROPN ADJ NUM VERB".split())
DEFINITE = frozenset("the this that these those".split())
INDEFINITE = frozenset("a an another some any every each no".split())
MALE = frozenset("mr mr. sir king prince father son brother husband man boy lord chairman spokesman businessman".split())
FEMALE = frozenset("mrs mrs. ms ms. miss queen princess mother daughter sister wife woman girl lady chairwoman spokeswoman".split())
SENTENCES, BETWEEN = (1, 2, 3, 6, 13), (2, 3, 4, 8, 16, 32)  # steps of distance


class Words(NamedTuple):
    """Numbers of part of speech, relation and word (N, 3); the reader's vectors and what it takes the word for (N, V)."""

    numbers: Ints
    vectors: Floats


class Spans(NamedTuple):
    """Candidates; the group of each, of which one at most is right (S,); words around it (S, 8); facts (S, D)."""

    spans: list[Span]
    group: Ints
    places: Ints
    facts: Floats


class Mentions(NamedTuple):
    """Chosen spans; their forms (``FORMS``); words around each (M, 5); facts (M, D); pairs, by the later one: the later, the earlier (P,), facts (P, D), which
    of them are a name and its initials (P,).
    """

    spans: list[Span]
    forms: list[str]
    places: Ints
    facts: Floats
    later: Ints
    earlier: Ints
    pair_facts: Floats
    initials: NDArray[np.bool_]


class Seen(NamedTuple):
    """What the facts are made of, an array over mentions each. Words and texts are numbers that are the same when they are; -1 for none."""

    first: Ints
    last: Ints
    head: Ints
    form: Ints
    person: Ints
    start: Ints  # definite, indefinite, owned, bare
    gender: Ints  # 0 unknown, 1 he, 2 she
    plural: Ints
    name: Ints
    text: Ints  # without determiner and possessive
    short: Ints  # the same without full stops
    letters: Ints  # capitals of its words
    key: Ints  # lemma of the head; of a person's name the last word
    size: Ints  # words that it is compared by
    marked: Ints  # which of these have a capital or are numbers, the head aside, as bits
    itself: Ints  # a reflexive pronoun
    copula: Ints  # "is" hangs on it


def words_of(reading: Reading, known: dict[str, int]) -> Words:
    """``known``: word in small letters -> its number; 0 is for others."""
    numbers = [reading.logits("upos").argmax(1), reading.relation_numbers, [known.get(w.lower(), 0) for w in reading.words]]
    return Words(np.array(numbers, np.int64).T, np.concatenate([reading.vectors, reading.probabilities("kind"), reading.probabilities("name")], 1))


# ------------------------------------------------------------------ spans
def spans_of(reading: Reading) -> Spans:
    """The candidates of a text with what speaks for each."""
    found = spans(reading)
    if not found:
        return Spans([], np.zeros(0, np.int64), np.zeros((0, N_PLACES), np.int64), np.zeros((0, N_FACTS), np.float32))
    head, first, last, several, pronoun = (np.array(x, np.int64) for x in zip(*found, strict=True))
    n, up, (lo, hi, name) = len(reading.words), _up(reading), _names(reading)
    own = np.append(True, head[1:] != head[:-1])  # the tree's version
    begins, ends = np.array(reading.bounds)[np.array(reading.sentence_of)[head]].T
    before, after = np.where(first > begins, first - 1, n), np.where(last < ends, last, n)
    part, edge = after, last - 1  # the whole of what begins after the span; the last part of it
    for _ in range(CLIMB):
        part = np.where((up[part] >= last) & (up[part] < n), up[part], part)
        edge = np.where((edge > head) & (up[edge] > head) & (up[edge] < last), up[edge], edge)
    facts = [
        np.log(last - first), reading.arcs_within(part, first, last), reading.arcs_within(edge, first, last), (up[part] >= first) & (up[part] < last), own,
        several, pronoun, (lo[head] == first) & (hi[head] == last), (lo[head] < first) | (hi[head] > last), name[head] >= 0,
        (first < head) & (lo[head] == first), up[head] < n, up[head] < first, before == n, after == n,
    ]  # fmt: skip
    places = np.stack([head, first, last - 1, before, after, up[head], part, edge], 1)
    return Spans(found, np.cumsum(own) * 2 + several, places, np.stack(facts, 1).astype(np.float32))


def _up(reading: Reading) -> Ints:
    """The head of each word: N for roots and for no word."""
    heads, n = np.array(reading.heads), len(reading.words)
    return np.append(np.where(heads == np.arange(n), n, heads), n)


def _names(reading: Reading) -> Ints:
    """First word, end and type (a number in ``NAMES``) of the name that each word is in, -1 in none: (3, N)."""
    found = np.full((3, len(reading.words)), -1, np.int64)
    for lo, hi, name in reading.names:
        found[:, lo:hi] = [[lo], [hi], [NAMES.index(name)]]
    return found


# ------------------------------------------------------------------ mentions
def mentions_of(reading: Reading, chosen: Sequence[Span], scores: Floats) -> Mentions:
    """Chosen spans in text order with what speaks for each and for each pair. ``scores``: of each as a span (M,)."""
    order = sorted(range(len(chosen)), key=lambda n: (chosen[n].first, -chosen[n].last))
    ordered = [chosen[n] for n in order]
    names, ids = _names(reading)[2].tolist(), defaultdict[str, int](count().__next__)
    rows = [_seen(reading, span, names[span.head], ids) for span in ordered]
    seen = Seen(*(np.array(x, np.int64) for x in zip(*(row for row, _ in rows), strict=True)))
    words = np.array([own for _, own in rows], np.int32).T
    later, earlier, n_head = _pairs(seen)
    n_text = _times_before(seen.text.tolist())
    size, up, n = seen.last - seen.first, _up(reading), len(reading.words)
    facts = [
        seen.person[:, None] == np.arange(len(CLASSES)), seen.form[:, None] == np.arange(len(FORMS)), seen.start[:, None] == np.arange(4),
        seen.gender[:, None] == np.arange(1, 3), size[:, None] == np.arange(1, 4),
        np.stack([seen.plural, np.array(reading.quoted)[seen.head], n_text > 0, n_head > 0, np.log1p(n_head), np.log(size)], 1),
        (np.clip(scores[order], -6, 6) / 3)[:, None],
    ]  # fmt: skip
    places = np.stack([seen.head, seen.first, np.where(seen.first > 0, seen.first - 1, n), up[seen.head], seen.last - 1], 1)
    forms = [FORMS[n] for n in seen.form.tolist()]
    pair_facts, apart = _pair_facts(reading, seen, words, up, later, earlier)
    later, earlier = later[~apart], earlier[~apart]
    names_both = (seen.form[later] == 0) & (seen.form[earlier] == 0)
    initials = names_both & ((seen.short[later] == seen.letters[earlier]) | (seen.short[earlier] == seen.letters[later]))
    return Mentions(ordered, forms, places, np.concatenate(facts, 1).astype(np.float32), later, earlier, pair_facts[~apart], initials)


def _seen(reading: Reading, s: Span, name: int, ids: dict[str, int]) -> tuple[tuple[int, ...], list[int]]:
    """The row of ``Seen`` of one mention, and the numbers of the words that it is compared by."""
    upos, children = reading.upos[s.first : s.last], reading.children[s.head]
    words = [w.lower() for w in reading.words[s.first : s.last]]
    form = "several" if s.several else "pronoun" if s.pronoun else "name" if name >= 0 and reading.upos[s.head] == "PROPN" else "noun"
    person = PERSONS.get(words[0], "that" if words[0] in POINTING else "") if s.pronoun else ""
    start = 0 if words[0] in DEFINITE else 1 if words[0] in INDEFINITE else 2 if words[0] in PERSONS else 3
    gender = 1 if person == "he" or not MALE.isdisjoint(words) else 2 if person == "she" or not FEMALE.isdisjoint(words) else 0
    plural = "Number=Plur" in reading.feats[s.head] or any(reading.rels[c].startswith("conj") for c in children if c < s.last)
    key = max((c for c in children if reading.rels[c].startswith("flat")), default=s.head) if form == "name" and NAMES[name] == "PER" else s.head
    key_word = reading.words[key].lower()
    kept = [w for w, p in zip(reading.words[s.first : s.last], upos, strict=True) if p not in ("DET", "PUNCT", "PART")]
    text = " ".join(kept).lower() if kept else " ".join(words)
    short, letters = text.replace(".", ""), "".join(w[0] for w in kept if w[0].isupper()).lower()
    content = [(w.lower(), p == "NUM" or w[0].isupper()) for w, p in zip(reading.words[s.first : s.last], upos, strict=True) if p in CONTENT]
    content = [(w, own) for w, own in content if w != key_word][: N_WORDS - 1]
    marked = sum(2**n for n, (_, own) in enumerate(content, 1) if own)
    row = (
        s.first, s.last, s.head, FORMS.index(form), CLASSES.index(person) if person else -1, start, gender, plural, name, ids["text " + text],
        ids["short " + short] if len(short) > 1 else -1, ids["short " + letters] if len(letters) > 1 else -2,
        ids[key_word if s.pronoun else reading.lemmas[key].lower()], len(content) + 1, marked, key_word.endswith(("self", "selves")),
        any(reading.rels[c] == "cop" for c in children),
    )  # fmt: skip
    return row, [ids["word " + w] for w in (key_word, *(w for w, _ in content))] + [-1] * (N_WORDS - 1 - len(content))


def _pairs(seen: Seen) -> tuple[Ints, Ints, Ints]:
    """Pairs to be looked at, by the later one: the later, the earlier (P,); and how often each mention's head word came up before (M,)."""
    n_mentions = len(seen.key)
    near = np.minimum(np.arange(n_mentions), WINDOW)
    later = np.repeat(np.arange(n_mentions), near)
    earlier = np.arange(len(later)) - np.repeat(near.cumsum() - np.arange(n_mentions), near)
    by_key: dict[int, list[int]] = defaultdict(list)
    older: list[tuple[int, int]] = []
    before = []
    for n, (key, person, *forms) in enumerate(zip(*(x.tolist() for x in (seen.key, seen.person, seen.short, seen.letters)), strict=True)):
        keys = {key, *(form for form in forms if form >= 0)}  # "UN" and "United Nations" have a form in common
        if person < 0:
            older += [(n, i) for i in sorted({i for k in keys for i in by_key[k][-WINDOW:]}) if i < n - WINDOW]
        before.append(len(by_key[key]))
        for k in keys:
            by_key[k].append(n)
    far = np.array(older, np.int64).reshape(-1, 2)
    later, earlier = np.append(later, far[:, 0]), np.append(earlier, far[:, 1])
    order = np.argsort(later, kind="stable")
    return later[order], earlier[order], np.array(before)


def _times_before(numbers: list[int]) -> Ints:
    """How often each number came up before: (M,)."""
    counts: dict[int, count[int]] = defaultdict(count)
    return np.array([next(counts[n]) for n in numbers])


def _pair_facts(reading: Reading, seen: Seen, words: NDArray[np.int32], up: Ints, later: Ints, earlier: Ints) -> tuple[Floats, NDArray[np.bool_]]:
    """Signs that one mention (y) means what the earlier (x) means: (P, D); which pairs are names that no chain joins directly: (P,)."""
    y, x = Seen(*(column[later] for column in seen)), Seen(*(column[earlier] for column in seen))
    sentence, quoted = np.array(reading.sentence_of), np.array(reading.quoted)
    far, between = sentence[y.head] - sentence[x.head], later - earlier
    words_y, words_x = words[:, later], np.where(words < 0, -2, words)[:, earlier]  # no word of one is no word of the other
    in_x, in_y = np.zeros((2, *words_y.shape), bool)  # words of y that x has, words of x that y has: (N_WORDS, P)
    for word, found in zip(words_y, in_x, strict=True):
        same = word == words_x
        found[:] = same.any(0)
        in_y |= same
    n_same, bits = in_x.sum(0), 2 ** np.arange(N_WORDS)
    more, less = (y.marked & ~(bits @ in_x)) > 0, (x.marked & ~(bits @ in_y)) > 0  # "the African Union" and "the European Union": both
    no_pronoun = (y.person < 0) & (x.person < 0)
    under, over, beside = up[y.head] == x.head, up[x.head] == y.head, up[x.head] == up[y.head]
    facts = [
        y.text == x.text, (y.key == x.key) & no_pronoun, in_x[0] & no_pronoun, in_y[0] & no_pronoun, n_same > 0, n_same > 1, n_same >= y.size,
        in_y.sum(0) >= x.size, (y.person == x.person) & (y.person >= 0), (y.person != x.person) & (y.person >= 0) & (x.person >= 0),
        y.plural == x.plural, (y.gender == x.gender) & (y.gender > 0), y.gender + x.gender == 3, (y.gender > 0) & (x.gender == 0),
        (y.name == x.name) & (y.name >= 0), (y.name != x.name) & (y.name >= 0) & (x.name >= 0), (y.short == x.letters) | (x.short == y.letters),
        (x.first <= y.first) & (y.last <= x.last), (y.first <= x.first) & (x.last <= y.last), under, over, over & (y.copula > 0), under & (x.copula > 0),
        beside, beside & (y.itself > 0), quoted[y.head] == quoted[x.head], x.last == y.first, x.last + 1 == y.first,
        more, less, more & less, (n_same < y.size) & (in_y.sum(0) < x.size) & no_pronoun,
    ]  # fmt: skip
    steps = [np.digitize(d, at) == np.arange(len(at) + 1)[:, None] for d, at in ((far, SENTENCES), (between, BETWEEN))]
    apart = (y.form == 0) & (x.form == 0) & (y.key == x.key) & more & less  # on GUM train a tenth of these are the same
    return np.concatenate([*steps, facts, [np.log1p(far) / 3, np.log(between) / 3]], dtype=np.float32).T, apart
