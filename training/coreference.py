"""GUM train -> the weights of ``reader.coreference``: ``python -m training.coreference`` writes coreference.npz and prints the score on GUM dev.

A step is one document: the versions of a phrase and "no mention" share one probability, then those chosen as mentions are placed: no mention, no antecedent
and every earlier mention share one, of which that of all right ones together is raised. ``--hold-out`` fits without every fourth document of a genre and
prints the score on those instead: what is tried is chosen by that. Five minutes on one core.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import random
import tempfile
from typing import NamedTuple

import numpy as np
import torch
from bench.coreference import b_cubed, ceaf_e, conll, groups, muc
from torch import nn

from backchannel.reader import coreference
from backchannel.reader.coreference import LABELS, Network
from backchannel.reader.encoder import Floats, encoder
from backchannel.reader.labels import UPOS
from backchannel.reader.reading import Reading, read_tokens
from backchannel.reader.signs import Ints, Mentions, Spans, Words, mentions_of, spans_of, words_of
from training.data import load

OUT = pathlib.Path(coreference.__file__).with_name("coreference.npz")
SEED = 20261128
MIN_COUNT = 12  # a word seen less often is known by its vector alone
PASSES, RATE, DECAY, DROPPED = 14, 3e-3, 0.02, 0.25
WORD, MENTION, HIDDEN = 64, 96, 64
LABEL_SHARE = 0.5  # of the loss
NEVER = -1e4


class Document(NamedTuple):
    """One document of GUM, read with gold words; true mentions: (first word, last exclusive) -> (chain, label)."""

    genre: str
    reading: Reading
    true: dict[tuple[int, int], tuple[str, str]]


def documents(split: str) -> list[Document]:
    """The documents of one split."""
    found = []
    for r in load("coref", "gum", split):
        reading = read_tokens(r["text"], [[tuple(o) for o in s] for s in r["offsets"]])
        first, last = {t.start: i for i, t in enumerate(reading.tokens)}, {t.end: i + 1 for i, t in enumerate(reading.tokens)}
        true = {(first[a], last[b]): (m["chain"], m["label"]) for m in r["mentions"] for a, b in [m["span"]] if a in first and b in last}
        found.append(Document(r["genre"], reading, true))
    return found


class Model(nn.Module):
    """``coreference.Network`` in torch; shapes as there."""

    def __init__(self, known: list[str], vector: int, facts: tuple[int, int, int]) -> None:
        super().__init__()
        self.known = {word: n for n, word in enumerate(known, 1)}
        self.tables = nn.ModuleList(nn.Embedding(n, size) for n, size in ((len(UPOS), 8), (len(encoder().labels["relations"]), 8), (len(known) + 1, 16)))
        for table in self.tables.parameters():
            nn.init.normal_(table, 0, 0.3)
        self.vectors = nn.Linear(vector, WORD - 32)
        self.around_span, self.span = nn.Linear(WORD * 8 + facts[0], HIDDEN), nn.Linear(HIDDEN, 1)
        self.around_mention, self.own = nn.Linear(WORD * 5 + facts[1], MENTION), nn.Linear(MENTION, 2 + len(LABELS))
        self.later, self.earlier, self.pair = nn.Linear(MENTION, HIDDEN), nn.Linear(MENTION, HIDDEN), nn.Linear(facts[2], HIDDEN)
        self.second, self.last = nn.Linear(HIDDEN, 24), nn.Linear(24, 1)
        self.asks, self.answers = nn.Linear(MENTION, 16), nn.Linear(MENTION, 16)
        self.drop = nn.Dropout(DROPPED)

    def words(self, given: Words) -> torch.Tensor:
        """Words and no word: (N + 1, WORD)."""
        told = [table(torch.tensor(given.numbers[:, i])) for i, table in enumerate(self.tables)]
        return nn.functional.pad(self.drop(torch.cat([*told, self.vectors(self.drop(torch.tensor(given.vectors)))], 1)), (0, 0, 0, 1))

    def spans(self, words: torch.Tensor, given: Spans) -> torch.Tensor:
        """Against no mention: (S,)."""
        out: torch.Tensor = self.span(self._around(self.around_span, words, given.places, given.facts))[:, 0]
        return out

    def mentions(self, words: torch.Tensor, given: Mentions) -> tuple[torch.Tensor, torch.Tensor]:
        """No mention, no antecedent, labels: (M, 2 + labels); pairs: (P,)."""
        own = self._around(self.around_mention, words, given.places, given.facts)
        y, x = torch.tensor(given.later), torch.tensor(given.earlier)
        pair = self.drop(torch.relu(self.later(own)[y] + self.earlier(own)[x] + self.pair(torch.tensor(given.pair_facts))))
        alike = (self.asks(own)[y] * self.answers(own)[x]).sum(1)
        return self.own(own), self.last(self.drop(torch.relu(self.second(pair))))[:, 0] + alike

    def _around(self, layer: nn.Module, words: torch.Tensor, places: Ints, facts: Floats) -> torch.Tensor:
        out: torch.Tensor = self.drop(torch.relu(layer(torch.cat([words[torch.tensor(places)].flatten(1), torch.tensor(facts)], 1))))
        return out

    def save(self, path: pathlib.Path) -> None:
        """The form that ``coreference.Network`` loads."""
        known = np.frombuffer(json.dumps(list(self.known), ensure_ascii=False).encode(), np.uint8)
        np.savez_compressed(path, known=known, **{k: v.numpy().astype(np.float16) for k, v in self.state_dict().items()})


def fit(found: list[Document]) -> Model:
    """The weights that make what is right likeliest, by AdamW with a rate that rises and falls."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    counts = collections.Counter(w.lower() for d in found for w in d.reading.words)
    known = sorted(w for w, n in counts.items() if n >= MIN_COUNT)
    ready = [(d, words_of(d.reading, {w: n for n, w in enumerate(known, 1)}), spans_of(d.reading)) for d in found]
    one, words, spans = ready[0]
    shape = mentions_of(one.reading, spans.spans[:2], np.zeros(2, np.float32))
    model = Model(known, words.vectors.shape[1], (spans.facts.shape[1], shape.facts.shape[1], shape.pair_facts.shape[1]))
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, PASSES * len(ready) + 1, pct_start=0.15)
    for n in range(PASSES):
        rng.shuffle(ready)
        total = 0.0
        for document, words, spans in ready:
            loss = loss_of(model, document, words, spans)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"pass {n + 1}: loss {total / len(ready):.4f}", flush=True)
    return model.eval()


def loss_of(model: Model, document: Document, words: Words, spans: Spans) -> torch.Tensor:
    """What one document's spans, places and labels cost, a mention each."""
    told = model.words(words)
    scores = model.spans(told, spans)
    group, none = torch.tensor(np.unique(spans.group, return_inverse=True)[1]), torch.zeros(len(set(spans.group.tolist())))
    right = torch.tensor([(s.first, s.last) in document.true for s in spans.spans])
    right_of = torch.where(none.index_add(0, group, right.float()) > 0, summed(scores, group, len(none), right), none)
    span_loss = (torch.logaddexp(summed(scores, group, len(none)), none) - right_of).mean()
    kept = coreference.chosen(spans, scores.detach().numpy())
    if not kept:
        return span_loss
    given = mentions_of(document.reading, [spans.spans[n] for n in kept], scores.detach().numpy()[kept])
    own, pairs = model.mentions(told, given)
    true = [document.true.get((s.first, s.last), ("", "")) for s in given.spans]
    numbers = {chain: n for n, chain in enumerate(sorted({chain for chain, _ in true if chain}))}
    chain = torch.tensor([numbers.get(name, -1) for name, _ in true])
    later = torch.tensor(given.later)
    same = (chain[later] == chain[torch.tensor(given.earlier)]) & (chain[later] >= 0)
    has = torch.zeros(len(own)).index_add(0, later, same.float()) > 0
    right_of = torch.where(has, summed(pairs, later, len(own), same), torch.where(chain >= 0, own[:, 1], own[:, 0]))
    place_loss = (torch.logaddexp(torch.logsumexp(own[:, :2], 1), summed(pairs, later, len(own))) - right_of).mean()
    label = torch.tensor([LABELS.index(name) if name in LABELS else -100 for _, name in true])
    return span_loss + place_loss + LABEL_SHARE * nn.functional.cross_entropy(own[:, 2:], label)


def summed(scores: torch.Tensor, group: torch.Tensor, n: int, counted: torch.Tensor | None = None) -> torch.Tensor:
    """The log of summed odds of each group, of those that are counted: (N,), (N,) -> (n,)."""
    if counted is not None:
        scores = torch.where(counted, scores, NEVER)
    most = torch.full((n,), NEVER).scatter_reduce(0, group, scores.detach(), "amax")
    return most + torch.log(torch.zeros(n).index_add(0, group, torch.exp(scores - most[group])) + 1e-30)


def evaluate(found: list[Document], net: Network) -> None:
    """CoNLL F1 over all documents, with mentions as found, singletons counted and not; and how many labels of mentions found are right."""
    read = [coreference.chains(d.reading, net) for d in found]
    for what, least in (("all chains", 1), ("chains of two and more", 2)):
        true, said = [], []
        for n, (document, linked) in enumerate(zip(found, read, strict=True)):
            by_chain: dict[str, list[tuple[int, int, int]]] = collections.defaultdict(list)
            for (a, b), (chain, _) in document.true.items():
                by_chain[chain].append((n, a, b))
            true += [g for g in by_chain.values() if len(g) >= least]
            said += [[(n, m.first, m.last) for m in chain.mentions] for chain in linked if len(chain.mentions) >= least]
        t, s = groups(true), groups(said)
        hit, given, wanted = len(set().union(*t) & set().union(*s)), sum(map(len, s)), sum(map(len, t))
        parts = " ".join(f"{name} {measure(t, s).f1:.3f}" for name, measure in (("MUC", muc), ("B3", b_cubed), ("CEAFe", ceaf_e)))
        print(f"{what}: mentions P {hit / given:.3f} R {hit / wanted:.3f} F {2 * hit / (given + wanted):.3f}; {parts}; CoNLL {conll(t, s):.3f}")
    pairs = [
        (d.true[m.first, m.last][1], chain.label) for d, linked in zip(found, read, strict=True) for chain in linked for m in chain.mentions
        if (m.first, m.last) in d.true
    ]  # fmt: skip
    print(f"labels right of {len(pairs)} mentions found: {sum(a == b for a, b in pairs) / len(pairs):.3f}")


def main() -> None:
    """Fit, write, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evaluate", action="store_true", help="only print the score on GUM dev")
    parser.add_argument("--hold-out", action="store_true", help="fit without a quarter of GUM train, print the score on it, write nothing")
    args = parser.parse_args()
    torch.set_num_threads(1)
    if args.hold_out:
        by_genre: dict[str, list[Document]] = collections.defaultdict(list)
        for d in documents("train"):
            by_genre[d.genre].append(d)
        held = [d for own in by_genre.values() for d in own[::4]]
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / OUT.name
            fit([d for own in by_genre.values() for n, d in enumerate(own) if n % 4]).save(path)
            evaluate(held, Network(path))
        return
    if not args.evaluate:
        fit(documents("train")).save(OUT)
        print(f"{OUT.stat().st_size / 1e3:.0f} kB")
    evaluate(documents("dev"), coreference.network())


if __name__ == "__main__":
    main()
