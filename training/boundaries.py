"""Raw text of EWT, GUM and PolNeAR train -> the weights of ``backchannel.reader.boundaries`` (where sentences begin): ``python -m training.boundaries``
writes the .npz file; with ``--folds`` it writes nothing and prints what three folds of the documents reach.

A document of a treebank is its sentences joined by a space, by an empty line where a paragraph begins. PolNeAR's reports stand for edited prose, which the
rules cut right: there nothing is to be made or taken back (without them PUD fell from 0.997 to 0.987). A word's vector is the base model's, turned, plus one
of its own, so that words the trees lack are known too; parts of speech are taught beside the boundaries, for the first layer to learn what a verb is.
Three minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from backchannel.reader import boundaries as B
from backchannel.reader import labels as L
from backchannel.reader.segment import paragraphs, ruled, tokens
from training.data import MASK, base_model, index, load, tokenizer_pieces
from training.evaluate import documents, joined

SEED = 20261129
MIN_COUNT, MIN_COUNT_ENDING = 6, 20  # a word or an ending seen less often counts as none
PIECES = 5000  # words of the base model's vocabulary that are known besides
SIZES = (14, 6, 6, 3)  # inputs that tell the word, its ending, its shape, the verdict of the rules
HIDDEN, SECOND = 40, 32
PASSES, BATCH = 14, 1500  # words a batch
RATE, DECAY = 4e-3, 0.02  # highest rate; weight decay
DROPPED, UNKNOWN = 0.4, 0.1  # of the inputs of a layer; of words, taken for unknown
TAUGHT = 0.3  # weight of parts of speech
NEWS = 400  # reports of PolNeAR


class Text(NamedTuple):
    """A document."""

    layout: B.Layout
    right: NDArray[np.bool_]  # does a sentence begin at the place? (M,)
    upos: list[int]  # of each word
    spans: list[tuple[int, int]]  # offsets of each word
    gold: set[tuple[int, int]]  # of each sentence


def texts(name: str) -> Iterator[Text]:
    """The training documents of a treebank."""
    kinds = index(L.UPOS)
    for rows in documents(name, "train"):
        text, gold = joined(rows)
        cut = [tokens(text, lo, hi) for lo, hi in paragraphs(text)]
        layout = B.laid_out(cut, [ruled(w) for w in cut])
        spans = [s for w in cut for s in ((w[0].start, w[0].start), *((t.start, t.end) for t in w))]
        starts = {s[0][0] for s in gold}
        upos = {a: kinds[u] for s, r in zip(gold, rows, strict=True) for (a, _), u in zip(s, r["upos"], strict=True)}
        tags = [upos.get(a, MASK) if b > a else MASK for a, b in spans]
        right = np.array([spans[i][0] in starts for i in layout.places], np.bool_)
        yield Text(layout, right, tags, spans, {(s[0][0], s[-1][1]) for s in gold})


def news() -> Iterator[Text]:
    """Reports, with the rules' own verdicts for right; every other one paragraph by paragraph, for short texts are to be known for news too."""
    for n, r in enumerate(islice(load("attribution", "polnear", "train"), NEWS)):
        cut = [tokens(r["text"], lo, hi) for lo, hi in paragraphs(r["text"])]
        for own in [cut] if n % 2 else [[w] for w in cut if w[-1].text in (".", "”", '"')]:
            layout = B.laid_out(own, [ruled(w) for w in own])
            yield Text(layout, layout.ruled[layout.places], [MASK] * len(layout.words), [], set())


class Model(nn.Module):
    """``Boundaries`` in torch; shapes as there."""

    def __init__(self, words: dict[str, int], endings: dict[str, int], vectors: torch.Tensor) -> None:
        super().__init__()
        self.words, self.endings, self.vectors = words, endings, vectors
        self.turn = nn.Linear(vectors.shape[1], SIZES[0], bias=False)
        self.tables = nn.ModuleList(nn.Embedding(n, d) for n, d in zip((len(words) + 1, len(endings) + 1, B.N_SHAPES, 4), SIZES, strict=True))
        for table in self.tables:
            nn.init.normal_(table.weight, 0, 0.1)
        nn.init.zeros_(self.tables[0].weight)
        self.first = nn.Linear(sum(SIZES) * len(B.NEAR), HIDDEN)
        self.second = nn.Linear(HIDDEN * len(B.AROUND) + 5, SECOND)
        self.last = nn.Linear(SECOND, 1)
        self.upos = nn.Linear(HIDDEN, len(L.UPOS))
        self.drop = nn.Dropout(DROPPED)

    def inputs(self, layout: B.Layout) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """What the network takes: numbers of the words (N, 4), places (M,), numbers of the places (M, 5)."""
        low = [normal(w) for w in layout.words]
        own = ([self.words.get(w, 0) for w in low], [self.endings.get(w[-3:], 0) for w in low], [B.shape(w) for w in layout.words], layout.state)
        return torch.tensor(np.column_stack(own)), torch.tensor(layout.places), torch.tensor(layout.numbers)

    def forward(self, rows: torch.Tensor, places: torch.Tensor, numbers: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores of the places (M,) and parts of speech of the words (N, K)."""
        if self.training:
            rows = rows.clone()
            rows[torch.rand(len(rows)) < UNKNOWN, 0] = 0
        used, at = torch.unique(rows[:, 0], return_inverse=True)
        word = (self.turn(self.vectors[used]) + self.tables[0](used))[at]
        inputs = torch.cat([word, *(table(rows[:, i]) for i, table in enumerate(self.tables) if i)], 1)
        first = torch.relu(self.first(self.drop(_beside(inputs, B.NEAR, torch.arange(len(rows))))))
        second = torch.relu(self.second(torch.cat([self.drop(_beside(first, B.AROUND, places)), numbers], 1)))
        return self.last(self.drop(second))[:, 0], self.upos(first)

    def save(self, path: pathlib.Path) -> None:
        """The form that ``Boundaries`` loads: columns in int8 with a scale each."""
        found = {f"table{i}": table.weight for i, table in enumerate(self.tables)}
        found |= {"table0": self.turn(self.vectors) + self.tables[0].weight, "first": self.first.weight, "second": self.second.weight, "last": self.last.weight}
        kept: dict[str, NDArray[Any]] = {}
        for name, weight in found.items():
            full = weight.detach().numpy()
            scale = np.maximum(np.abs(full).max(0), 1e-6) / 127
            kept |= {name: np.round(full / scale).astype(np.int8), f"{name}_scale": scale.astype(np.float32)}
        for name in ("first", "second", "last"):
            kept |= {f"{name}_bias": getattr(self, name).bias.detach().numpy(), f"{name}_bias_scale": np.ones(1, np.float32)}
        known = np.frombuffer(json.dumps([list(self.words), list(self.endings)], ensure_ascii=False).encode(), np.uint8)
        np.savez_compressed(path, known=known, **kept)


def normal(word: str) -> str:
    """The word as the network knows it."""
    return re.sub(r"\d", "0", word.lower())


def _beside(x: torch.Tensor, offsets: Iterable[int], places: torch.Tensor) -> torch.Tensor:
    reach = B.MARGIN
    padded = nn.functional.pad(x, (0, 0, reach, reach))
    return torch.cat([padded[places + reach + k] for k in offsets], 1)


def fit(own: list[Text]) -> Model:
    """The weights that make the sentences of the documents likeliest."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    model = Model(*_known(own))
    ready = [(*model.inputs(t.layout), torch.tensor(t.right), torch.tensor(t.upos)) for t in own]
    steps = PASSES * (sum(len(t.layout.words) for t in own) // BATCH + 1)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    for epoch in range(PASSES):
        rng.shuffle(ready)
        total, n, group, size = 0.0, 0, [], 0
        for text in ready:
            group.append(text)
            size += len(text[0])
            if size < BATCH:
                continue
            offsets = np.cumsum([0, *(len(g[0]) for g in group[:-1])])
            places = torch.cat([g[1] + int(o) for g, o in zip(group, offsets, strict=True)])
            rows, numbers, right, upos = (torch.cat([g[i] for g in group]) for i in (0, 2, 3, 4))
            scores, tags = model(rows, places, numbers)
            loss = nn.functional.binary_cross_entropy_with_logits(scores, right.float())
            optimiser.zero_grad()
            (loss + TAUGHT * nn.functional.cross_entropy(tags, upos, ignore_index=MASK)).backward()
            optimiser.step()
            schedule.step()
            total, n, group, size = total + loss.item(), n + 1, [], 0
        print(f"pass {epoch + 1}: loss {total / n:.4f}", flush=True)
    return model.eval()


def _known(own: list[Text]) -> tuple[dict[str, int], dict[str, int], torch.Tensor]:
    """Words and endings seen often enough, words of the base model; the base model's vectors of the words (words + 1, 384)."""
    from safetensors.torch import load_file

    counts = Counter(normal(w) for t in own for w in t.layout.words)
    endings: Counter[str] = Counter()
    for word, count in counts.items():
        endings[word[-3:]] += count
    pieces = tokenizer_pieces()
    vocabulary = (base_model() / "vocab.txt").read_text(encoding="utf8").split("\n")
    usual = [w for w in vocabulary if len(w) > 1 and w.isascii() and w.isalpha()][:PIECES]
    words = sorted({w for w, n in counts.items() if n >= MIN_COUNT} | set(usual))
    table = next(v for k, v in load_file(base_model() / "model.safetensors").items() if k.endswith("word_embeddings.weight"))
    vectors = torch.stack([torch.zeros(table.shape[1]), *(table[list(pieces(w))].mean(0) for w in words)]) * 8
    return {w: i for i, w in enumerate(words, 1)}, {w: i for i, w in enumerate(sorted(w for w, n in endings.items() if n >= MIN_COUNT_ENDING), 1)}, vectors


def f1(own: list[Text], begun: Callable[[Text], NDArray[np.bool_]]) -> float:
    """Sentences whose both ends are right; ``begun``: of each place."""
    right = both = 0
    for t in own:
        firsts = {*t.layout.places[begun(t)].tolist(), *np.flatnonzero(t.layout.marks).tolist()}
        found = {(t.spans[a + t.layout.marks[a]][0], t.spans[b - 1][1]) for a, b in pairwise([*sorted(firsts), len(t.spans)])}
        right, both = right + len(found & t.gold), both + len(found) + len(t.gold)
    return 2 * right / both


def folds(sets: dict[str, list[Text]]) -> None:
    """Print what documents reach with weights from the other two thirds, by least probability of a beginning that the rules do not see."""
    rated: dict[int, NDArray[np.float32]] = {}
    reports = list(news())
    for fold in range(3):
        model = fit([t for own in sets.values() for i, t in enumerate(own) if i % 3 != fold] + reports)
        for t in (t for own in sets.values() for i, t in enumerate(own) if i % 3 == fold):
            with torch.no_grad():
                scores, _ = model(*model.inputs(t.layout))
            rated[id(t)] = torch.sigmoid(scores).numpy()
    for name, own in sets.items():
        print(f"{name}: rules {f1(own, lambda t: t.layout.ruled[t.layout.places]):.4f}")
        for made in (0.3, 0.4, 0.5, 0.6, 0.7):
            line = [f1(own, lambda t, k=kept, m=made: rated[id(t)] > np.where(t.layout.ruled[t.layout.places], k, m)) for kept in (0.2, 0.35, 0.5)]
            print(f"{name}: {made}: with rules kept from 0.2, 0.35, 0.5:", *(f"{x:.4f}" for x in line), flush=True)


def main() -> None:
    """Fit and write, or try on folds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", action="store_true")
    sets = {name: list(texts(name)) for name in ("ewt", "gum")}
    if parser.parse_args().folds:
        folds(sets)
        return
    path = pathlib.Path(B.__file__).with_suffix(".npz")
    fit([*(t for own in sets.values() for t in own), *news()]).save(path)
    print(f"{path.name}: {path.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
