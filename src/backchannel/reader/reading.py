"""``read(text)``: the linguistic layer of a report, everything the coder needs from one pass of the encoder.

A Reading is flat: word i has its token, tag scores, head (a word index) and relation; sentences are ranges of words. Offsets count in the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backchannel.reader.coreference import chains
from backchannel.reader.encoder import Chunk, Encoder, Floats, encoder
from backchannel.reader.features import HARD_LIMIT, chunks, words_of
from backchannel.reader.labels import ROLES, TAGS
from backchannel.reader.lemmas import lemma
from backchannel.reader.names import names
from backchannel.reader.segment import Token, sentences
from backchannel.reader.spans import best_spans
from backchannel.reader.tree import NEVER, decode

STOPS = frozenset((".", "!", "?", "…", "..."))  # a text without any ends no sentence: it is a headline, or several, which the model reads better with them
WIDER = 0.3  # share of PolNeAR's head in statements: held-out articles, source, cue and content together 0.707 -> 0.730 (soft F1)
SURE = np.log(0.8)  # a head as likely as this is taken without asking what its relation would be; 0.95 and 0.99 give the same trees
OUTSIDE = {"polnear_source": 0.7, "polnear_cue": 0.5}  # odds of "outside": word F1 on 60 PolNeAR training articles within 0.003 of the best
NAMED = {"PER": "person", "ORG": "organization", "LOC": "place", "MISC": "abstract"}  # labels of names that are no mention of the tree


def read(text: str, *, skip: Sequence[tuple[int, int]] = ()) -> Reading:
    """Read a text. ``skip``: stretches (boilerplate) that are left out."""
    found = [s for s in sentences(text) if not any(a < s[-1].end and s[0].start < b for a, b in skip)]
    return Reading(text, found, encoder())


def read_tokens(text: str, words: list[list[tuple[int, int]]]) -> Reading:
    """Read a text whose sentences and words are given as offsets (to measure the heads apart from segmentation)."""
    return Reading(text, [[Token(a, b, text[a:b]) for a, b in s] for s in words], encoder())


class Reading:
    """Words, structure and head scores of one text."""

    def __init__(self, text: str, found: list[list[Token]], model: Encoder) -> None:
        self.text = text
        self._model = model
        self.tokens: list[Token] = []
        self.bounds: list[tuple[int, int]] = []  # words of each sentence
        self.paragraph: list[bool] = []  # sentence begins a paragraph
        self._chunks: list[tuple[int, int, Chunk]] = []
        end = 0
        pieces = [[len(model.pieces(t.text)) for t in s] for s in found]
        found, pieces = _cut_long(found, pieces)
        for s in found:
            self.bounds.append((len(self.tokens), len(self.tokens) + len(s)))
            self.paragraph.append(not end or "\n" in text[end : s[0].start])
            self.tokens.extend(s)
            end = s[-1].end
        self._tops: dict[tuple[int, int], int] = {}  # of ``head_of``
        self.sentence_of = [n for n, (lo, hi) in enumerate(self.bounds) for _ in range(lo, hi)]
        self.words = [t.text for t in self.tokens]
        self.are_headlines = not any(t.text in STOPS for s in found for t in s[-2:])
        ended = [[*s, Token(s[-1].end, s[-1].end + 1, ".")] for s in found] if self.are_headlines else found  # the stops are for the model alone
        featured = words_of([[t.text for t in s] for s in ended], self.paragraph, [(t.start, t.end) for s in ended for t in s])
        self.quoted = [w.quoted for s, own in zip(featured, found, strict=True) for w in s[: len(own)]]
        for first, last in chunks([sum(p) + self.are_headlines for p in pieces]):
            lo, hi = self.bounds[first][0], self.bounds[last - 1][1]
            own = [i < len(t) for s, t in zip(featured[first:last], found[first:last], strict=True) for i in range(len(s))]
            self._chunks.append((lo, hi, model.run([w for s in featured[first:last] for w in s]).of(own)))
        self._chunk_of = [n for n, (lo, hi, _) in enumerate(self._chunks) for _ in range(lo, hi)]
        width = max(c.stop for c in model.columns.values())
        self._tags: Floats = np.concatenate([c.tags for _, _, c in self._chunks]) if self._chunks else np.zeros((0, width), np.float32)
        self._probabilities: dict[str, Floats] = {}
        self._spans: dict[str, list[tuple[int, int]]] = {}
        self.heads, self.relation_numbers = self._trees()
        self.rels = [self._model.labels["relations"][i] for i in self.relation_numbers]
        self._subtrees: dict[int, list[int]] = {}

    # -------------------------------------------------------------- what the heads say
    def logits(self, head: str) -> Floats:
        """Raw scores of one tag head: (words, labels)."""
        return self._tags[:, self._model.columns[head]]

    def probabilities(self, head: str) -> Floats:
        """Softmax of one tag head: (words, labels)."""
        if head not in self._probabilities:
            x = self.logits(head).T.copy()  # turned, the maxima and sums of all words are found at once
            e = np.exp(x - x.max(0))
            self._probabilities[head] = (e / e.sum(0)).T
        return self._probabilities[head]

    def mean_of(self, head: str, first: int, last: int) -> Floats:
        """The mean probabilities of one tag head over words first .. last-1: (labels,)."""
        return mean(self.probabilities(head)[first:last])

    def labels_of(self, head: str) -> list[str]:
        """The likeliest label of one tag head for each word."""
        return [TAGS[head][i] for i in self.logits(head).argmax(1)]

    @cached_property
    def starts(self) -> list[int]:
        """Character offset at which each word begins."""
        return [t.start for t in self.tokens]

    @cached_property
    def upos(self) -> list[str]:
        """Universal part of speech of each word."""
        return self.labels_of("upos")

    @cached_property
    def feats(self) -> list[str]:
        """Tense, mood, verb form, voice, number, person in UD notation, '_' when none."""
        return [self._model.labels["features"][i] for i in self.logits("features").argmax(1)]

    @cached_property
    def lemmas(self) -> list[str]:
        """Lemma of each word (``reader.lemmas``)."""
        return list(map(lemma, self.words, self.upos))

    def having(self, lemmas: Set[str]) -> list[int]:
        """The words that have one of the lemmas (in small letters), in order."""
        return sorted(i for lemma in self._by_lemma.keys() & lemmas for i in self._by_lemma[lemma])

    @cached_property
    def _by_lemma(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for i, lemma_ in enumerate(self.lemmas):
            found[lemma_.lower()].append(i)
        return dict(found)

    @cached_property
    def names(self) -> list[tuple[int, int, str]]:
        """Names as (first word, last word exclusive, PER | ORG | LOC | MISC) (``reader.names``)."""
        return names(self)

    @cached_property
    def mentions(self) -> list[tuple[int, int, str, str, int]]:
        """Everything talked of, nested, in text order: (first word, last word exclusive, PER | ORG | LOC | MISC of a name, else PHRASE or PRONOUN, what it is
        (``coreference.LABELS``), chain). What has the same chain number is the same thing.
        """
        named = {(lo, hi): kind for lo, hi, kind in self.names}
        found: dict[tuple[int, int], tuple[str, str, int]] = {}
        head_of: dict[int, tuple[str, int]] = {}  # head word of a name -> label, chain
        linked = chains(self)
        for n, (label, chain) in enumerate(linked):
            for m in chain:
                owner = m.last - 1 if (m.first, m.last - 1) in named and self.upos[m.last - 1] == "PART" else m.last  # "Germany's" is the name "Germany"
                kind = named.get((m.first, owner), "PRONOUN" if m.kind == "pronoun" else "PHRASE")
                found[m.first, owner] = kind, label, n
                if m.kind == "name":
                    head_of[m.head] = label, n
        for (lo, hi), kind in named.items():
            if (lo, hi) not in found:
                alone = NAMED[kind], len(linked) + len(found)
                found[lo, hi] = kind, *next((head_of[i] for i in range(lo, hi) if i in head_of), alone)
        return [(*span, *about) for span, about in sorted(found.items(), key=lambda x: (x[0][0], -x[0][1]))]

    def spans(self, head: str) -> list[tuple[int, int]]:
        """The spans of an untyped BIO head (source, cue, content, party); contents may run over sentences."""
        if head not in self._spans:
            self._spans[head] = self.spans_at(head)
        return self._spans[head]

    def spans_at(self, head: str, *, outside: float = 1.0) -> list[tuple[int, int]]:
        """``spans``, where ``outside`` are the odds of being in none."""
        limits = [(0, len(self.tokens))] if head.endswith("content") else self.bounds
        p, wider = self.probabilities(head), f"polnear_{head}"
        if wider in TAGS:
            p = (1.0 - WIDER) * p + WIDER * self.probabilities(wider)
        if len(p) and (odds := outside * OUTSIDE.get(head, 1.0)) != 1.0:
            p = p * np.array([odds, 1.0, 1.0], np.float32)
            p = p / p.sum(1, keepdims=True)
        return [(lo, hi) for lo, hi, _ in best_spans(p, limits)]

    def chunk_links(self) -> Iterator[tuple[int, int, NDArray[np.float32]]]:
        """Of every chunk: (first word, last exclusive, link probabilities (predicate words, argument words, roles))."""
        for lo, hi, chunk in self._chunks:
            yield lo, hi, self._model.links(self._model.turned(chunk.link_pred), chunk.link_arg)

    def role_scores(self, predicates: Sequence[range], roles: Sequence[str] = ROLES) -> list[tuple[int, Floats]]:
        """Of each predicate the first word of its chunk, and the mean link probabilities of its words there to the chunk's words: (words, roles)."""
        if not predicates:
            return []
        found: dict[int, tuple[int, Floats]] = {}
        by_chunk: dict[int, list[int]] = defaultdict(list)
        words = [[i for i in predicate if self._chunk_of[i] == self._chunk_of[predicate[0]]] for predicate in predicates]
        for n, own in enumerate(words):
            by_chunk[self._chunk_of[own[0]]].append(n)
        asked, at = [words[n] for numbers in by_chunk.values() for n in numbers], 0
        turned = self._model.turned(np.array([self.act_vector(i) for own in asked for i in own]), roles)
        for k, numbers in by_chunk.items():
            lo, _, chunk = self._chunks[k]
            size = sum(len(words[n]) for n in numbers)
            links, first = self._model.links(turned[at : at + size], chunk.link_arg, roles), 0
            at += size
            for n in numbers:
                last = first + len(words[n])
                found[n] = lo, mean(links[first:last])
                first = last
        return [found[n] for n in range(len(predicates))]

    def act_vector(self, word: int) -> Floats:
        """What the link head makes of a word as an act: (160,); words that take parties of a like kind lie close together."""
        lo, _, chunk = self._chunks[self._chunk_of[word]]
        row: Floats = chunk.link_pred[word - lo]
        return row

    @cached_property
    def vectors(self) -> Floats:
        """What the link head makes of each word as an act and as a party: (words, 320)."""
        return np.concatenate([np.concatenate([c.link_pred, c.link_arg], 1) for _, _, c in self._chunks] or [np.zeros((0, 320), np.float32)])

    # -------------------------------------------------------------- structure
    def _trees(self) -> tuple[list[int], list[int]]:
        heads: list[int] = []
        rels: list[int] = []
        for lo, hi, chunk in self._chunks:
            arcs = self._weighed(chunk, lo, hi)
            first = len(heads)
            while first < hi:
                a, b = self.bounds[self.sentence_of[first]]
                heads.extend(a + h for h in decode(arcs[a - lo : b - lo, a - lo : b - lo]))
                first = b
            where = np.array(heads[lo:hi]) - lo
            scores = self._model.relations(chunk.rel_dep, chunk.rel_head[where])
            is_root = where == np.arange(hi - lo)
            scores[:, self._model.root] = np.where(is_root, -NEVER, NEVER)
            rels.extend(scores.argmax(1).tolist())
        return heads, rels

    def _weighed(self, chunk: Chunk, lo: int, hi: int) -> Floats:
        """Log P(head) of each word of the chunk; where no head is sure, of the likeliest three with log P(their likeliest relation): (W, W)."""
        of = np.array(self.sentence_of[lo:hi])
        arcs = np.where(of[:, None] == of, chunk.arcs, NEVER)
        arcs -= arcs.max(1, keepdims=True)
        total = np.log(np.exp(arcs).sum(1, keepdims=True))  # so that the likeliest head of a word has -total
        arcs -= total
        unsure = np.flatnonzero(-total[:, 0] < SURE)
        if len(unsure) and hi - lo > 2:
            heads = np.argpartition(-arcs[unsure], 2, axis=1)[:, :3]
            words = unsure[:, None].repeat(3, 1)
            scores = self._model.relations(chunk.rel_dep[words.ravel()], chunk.rel_head[heads.ravel()])
            scores[:, self._model.root] = NEVER
            likeliest = -np.log(np.exp(scores - scores.max(1, keepdims=True)).sum(1)).reshape(heads.shape)
            kept = arcs[words, heads] + np.where(heads == words, 0.0, likeliest)
            arcs[unsure] = NEVER
            arcs[words, heads] = kept
        return arcs

    def arcs_within(self, words: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64]) -> Floats:
        """Probability that the head of each word (0 for no word: the number of words) lies in first .. last-1 of its sentence: (N,)."""
        flat, at, begins = self._arc_sums
        within: Floats = flat[at[words] + np.maximum(last - begins[words], 0)] - flat[at[words] + np.maximum(first - begins[words], 0)]
        return within

    @cached_property
    def _arc_sums(self) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
        """Summed probabilities of heads, row after row; where each word's row is, where its sentence begins; a last row for no word."""
        rows, at, begins, size = [], [], [], 0
        for lo, hi, chunk in self._chunks:
            for a, b in self.bounds[self.sentence_of[lo] : self.sentence_of[hi - 1] + 1]:
                scores = chunk.arcs[a - lo : b - lo, a - lo : b - lo]
                e = np.exp(scores - scores.max(1, keepdims=True))
                rows.append(np.pad((e / e.sum(1, keepdims=True)).cumsum(1), ((0, 0), (1, 0))).ravel())
                at += [size + i * (b - a + 1) for i in range(b - a)]
                begins += [a] * (b - a)
                size += (b - a) * (b - a + 1)
        n = len(self.tokens)
        return np.concatenate([*rows, np.zeros(n + 1, np.float32)]), np.array([*at, size]), np.array([*begins, 0])

    @cached_property
    def children(self) -> list[list[int]]:
        """Dependents of each word, in order."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for i, h in enumerate(self.heads):
            if h != i:
                found[h].append(i)
        return found

    def subtree(self, i: int) -> list[int]:
        """Words below and including word i, in order; kept, so not to be changed."""
        if i not in self._subtrees:
            found, todo = [], [i]
            while todo:
                j = todo.pop()
                found.append(j)
                todo.extend(self.children[j])
            self._subtrees[i] = sorted(found)
        return self._subtrees[i]

    def case_of(self, i: int) -> str:
        """The preposition of word i in small letters, "" when it has none."""
        return self._cases.get(i, "")

    @cached_property
    def _cases(self) -> dict[int, str]:
        """Word -> its first preposition."""
        return {self.heads[i]: self.words[i].lower() for i in range(len(self.words) - 1, -1, -1) if self.rels[i] == "case"}

    def paragraph_of(self, i: int) -> int:
        """Number of the paragraph that word i stands in."""
        return self._paragraphs[self.sentence_of[i]]

    @cached_property
    def _paragraphs(self) -> list[int]:
        return list(accumulate(map(int, self.paragraph)))

    def word_at(self, offset: int) -> int:
        """The last word that begins at a character offset or before it; -1 before the first."""
        return bisect_right(self.starts, offset) - 1

    def words_at(self, start: int, end: int) -> tuple[int, int]:
        """The words first .. last-1 from ``word_at(start)`` to the last that begins before character ``end``; at least one."""
        first = max(0, self.word_at(start))
        return first, max(first + 1, bisect_left(self.starts, end))

    def head_of(self, first: int, last: int) -> int:
        """The word of a stretch whose head lies outside it."""
        if last - first == 1:
            return first
        found = self._tops.get((first, last))
        if found is None:
            heads = self.heads
            found = first
            while first <= heads[found] < last and heads[found] != found and found < last - 1:
                found += 1
            self._tops[first, last] = found
        return found

    def chars(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets of words first .. last-1."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def quote(self, first: int, last: int) -> str:
        """The text of words first .. last-1."""
        a, b = self.chars(first, last)
        return self.text[a:b]

    # -------------------------------------------------------------- out
    def to_dict(self) -> dict[str, Any]:
        """The form of ``read --json`` (interfaces.md): heads are 1-based within the sentence, 0 = root; verbs have their ``factuality``, too."""
        from backchannel.reader.factuality import factuality

        rows, verbs = [], [i for i, upos in enumerate(self.upos) if upos == "VERB"]
        sure = dict(zip(verbs, factuality(self, verbs).tolist(), strict=True))
        for lo, hi in self.bounds:
            words = [
                {"start": t.start, "end": t.end, "text": t.text, "upos": self.upos[i], "lemma": self.lemmas[i], "feats": self.feats[i],
                 "head": 0 if self.heads[i] == i else self.heads[i] - lo + 1, "deprel": self.rels[i],
                 **({"factuality": round(sure[i], 2)} if i in sure else {})}
                for i, t in enumerate(self.tokens[lo:hi], lo)
            ]  # fmt: skip
            rows.append({"start": self.tokens[lo].start, "end": self.tokens[hi - 1].end, "tokens": words})
        mentions = []
        for lo, hi, kind, label, chain in self.mentions:
            a, b = self.chars(lo, hi)
            mentions.append({"start": a, "end": b, "text": self.text[a:b], "type": kind, "label": label, "chain": chain})
        return {"text": self.text, "sentences": rows, "mentions": mentions}

    def to_conllu(self) -> str:
        """CoNLL-U (``reader.convert``)."""
        from backchannel.reader.convert import conllu

        return "\n".join(conllu(self)) + "\n"

    def to_spacy(self, vocab: Any = None) -> Any:
        """A spaCy Doc with the text's own offsets (``reader.convert``)."""
        from backchannel.reader.convert import spacy_doc

        return spacy_doc(self, vocab)


def mean(rows: Floats) -> Floats:
    """The mean of rows, mostly a single one: (N, ...) -> (...)."""
    out: Floats = rows[0] if len(rows) == 1 else np.add.reduce(rows) / len(rows)
    return out


def _cut_long(found: list[list[Token]], pieces: list[list[int]]) -> tuple[list[list[Token]], list[list[int]]]:
    """Sentences longer than the window cut into parts that fit (lists without full stops, hostile input), a stop too."""
    if all(sum(p) < HARD_LIMIT for p in pieces):
        return found, pieces
    out: list[list[Token]] = []
    sizes: list[list[int]] = []
    for s, p in zip(found, pieces, strict=True):
        start, total = 0, 0
        for i, n in enumerate(p):
            if total + n >= HARD_LIMIT:
                out.append(s[start:i])
                sizes.append(p[start:i])
                start, total = i, 0
            total += n
        out.append(s[start:])
        sizes.append(p[start:])
    return out, sizes
