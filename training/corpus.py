"""Training examples as flat arrays: ``python -m training.corpus`` leaves ``work/corpus.npz``, all that training and measuring on the way need.

One file instead of many records: it can be carried to a machine without the public data, and a batch is cut from it on the device by index arithmetic
alone. Sets whose names end in ``_dev`` and ``held_out`` are measured on, never trained on.
"""

from __future__ import annotations

import functools
import itertools
import json
import pathlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.data import MASK, Example

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = HERE / "work" / "corpus.npz"
QUIET = ("negative", "lookalike", "everyday", "boundary")  # topics of the casebook whose words look like acts and mostly are none
APART = ("contexts", "factuality")  # heads whose labels are no class numbers: a bit a label, a score


@dataclass
class Batch:
    """Some examples as padded tensors. B examples, P pieces, W words; N words asked for their links."""

    pieces: Tensor  # (B, P)
    shapes: Tensor  # (B, P)
    mask: Tensor  # (B, P) 1 = real
    firsts: Tensor  # (B, W)
    real: Tensor  # (B, W) bool
    inside: Tensor  # (B, W, W) bool: both words of one sentence
    heads: Tensor  # (B, W) MASK = unknown
    rels: Tensor  # (B, W)
    tags: Tensor  # (B, W, K) classes, in the order of the model's heads
    contexts: Tensor  # (B, W) a bit a label
    factuality: Tensor  # (B, W)
    asked: Tensor  # (N, 2): example, word
    roles: Tensor  # (N, roles) bool: those annotated
    links: Tensor  # (N, W, roles) bool
    pairs: Tensor  # (M,) the examples with a marked pair
    sides: Tensor  # (M, 2, W) bool: words of the actor, of the recipient
    root: Tensor  # (M,)
    share: dict[str, Tensor]  # head -> the share of the words that stand in examples of sets that teach it
    set_of: Tensor  # (B,) number of the set


class Corpus:
    """The arrays of ``build``, on a device. ``sets``: their names; ``lengths``: pieces of each example; ``set_of``: its set."""

    def __init__(self, path: pathlib.Path, device: str) -> None:
        with np.load(path) as file:
            found = {k: file[k] for k in file.files}
        self.device = device
        self.inventories: dict[str, list[str]] = json.loads(str(found.pop("inventories")))
        self.sets: list[str] = json.loads(str(found.pop("sets")))
        self.heads: list[str] = json.loads(str(found.pop("heads_of_tags")))
        self.set_of = found["set_of"].astype(np.int64)
        self.at = {k: found[f"{k}_at"].astype(np.int64) for k in ("pieces", "words", "asked", "links")}
        self.lengths = np.diff(self.at["pieces"])
        self._words = np.diff(self.at["words"])
        self._root = found["root"].astype(np.int64)
        self._n_roles = int(found["n_roles"])
        of_word = np.repeat(self.set_of, self._words)
        known = {k: found["tags"][:, i] > MASK for i, k in enumerate(self.heads)} | {k: found[k] > MASK for k in APART}
        known |= {"arc": found["heads"] > MASK, "rel": found["rels"] > MASK}
        self._teaches = {k: np.bincount(of_word, v, len(self.sets)) > 0 for k, v in known.items()}  # sets with a label for the head
        self._teaches["links"] = np.bincount(np.repeat(self.set_of, np.diff(self.at["asked"])), minlength=len(self.sets)) > 0
        self._teaches["pair"] = np.bincount(self.set_of, self._root > MASK, len(self.sets)) > 0
        self._flat = {k: torch.from_numpy(found[k].astype(np.int32) if found[k].dtype == np.uint16 else found[k]).to(device) for k in FLAT}

    def of(self, name: str) -> NDArray[np.int64]:
        """The examples of a set."""
        return np.flatnonzero(self.set_of == self.sets.index(name)) if name in self.sets else np.zeros(0, np.int64)

    def batch(self, chosen: Sequence[int] | NDArray[np.int64]) -> Batch:
        """These examples, padded."""
        ids = np.asarray(chosen, np.int64)
        at, inner = self._rows("pieces", ids, 8)  # attention is faster on whole eights
        words, real = self._rows("words", ids, 1)
        flat, void = self._flat, torch.tensor(MASK, device=self.device)
        sentence = torch.where(real, flat["sentence"][words].long(), -1)
        asked, of_asked, first_asked = self._spans("asked", ids)
        links, of_links, _ = self._spans("links", ids)
        rows = self._send(asked)
        gold = torch.zeros(len(asked), words.shape[1], self._n_roles, dtype=torch.bool, device=self.device)
        entry = self._send(links)
        row = flat["link_row"][entry].long() + self._send((first_asked - self.at["asked"][ids])[of_links])
        gold[row, flat["link_word"][entry].long(), flat["link_role"][entry].long()] = True
        bits = flat["asked_roles"][rows].long()[:, None] >> torch.arange(self._n_roles, device=self.device)
        shares = np.stack([v[self.set_of[ids]] for v in self._teaches.values()]) @ self._words[ids] / self._words[ids].sum()
        pairs = self._send(np.flatnonzero(self._root[ids] >= 0))
        side = torch.where(real, flat["side"][words].long(), 0)[pairs]
        return Batch(
            pieces=torch.where(inner, flat["pieces"][at].long(), 0),
            shapes=torch.where(inner, flat["shapes"][at].long(), 0),
            mask=inner.long(),
            firsts=torch.where(real, flat["firsts"][words].long(), 0),
            real=real,
            inside=(sentence[:, :, None] == sentence[:, None, :]) & real[:, None, :],
            heads=torch.where(real, flat["heads"][words].long(), void),
            rels=torch.where(real, flat["rels"][words].long(), void),
            tags=torch.where(real[..., None], flat["tags"][words].long(), void),
            contexts=torch.where(real, flat["contexts"][words], void),
            factuality=torch.where(real, flat["factuality"][words], void.float()),
            asked=torch.stack([self._send(of_asked), flat["asked_word"][rows].long()], 1),
            roles=(bits & 1).bool(),
            links=gold,
            pairs=pairs,
            sides=torch.stack([side == 1, side == 2], 1),
            root=self._send(self._root[ids][self._root[ids] >= 0]),
            share=dict(zip(self._teaches, self._send(shares.astype(np.float32)), strict=True)),
            set_of=self._send(self.set_of[ids]),
        )

    def _rows(self, what: str, ids: NDArray[np.int64], step: int) -> tuple[Tensor, Tensor]:
        """Places in the flat arrays (B, longest, rounded up to whole steps) and which of them are the example's own."""
        first = self.at[what][ids]
        many = self.at[what][ids + 1] - first
        along = torch.arange(-(-int(many.max()) // step) * step, device=self.device)
        own = along < self._send(many)[:, None]
        return torch.where(own, self._send(first)[:, None] + along, 0), own

    def _spans(self, what: str, ids: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Places of all rows of the examples, one after the other; the example (in the batch) of each; where each example's rows begin among them."""
        first = self.at[what][ids]
        many = self.at[what][ids + 1] - first
        begins = np.cumsum(many) - many
        of = np.repeat(np.arange(len(ids)), many)
        return np.arange(int(many.sum())) - begins[of] + first[of], of, begins

    def _send(self, array: NDArray[Any]) -> Tensor:
        return torch.from_numpy(np.ascontiguousarray(array)).to(self.device, non_blocking=True)


FLAT = (
    "pieces", "shapes", "firsts", "sentence", "heads", "rels", "tags", "contexts", "factuality", "side",
    "asked_word", "asked_roles", "link_row", "link_word", "link_role",
)  # fmt: skip


def build(sets: dict[str, Iterable[Example]], inventories: dict[str, list[str]], out: pathlib.Path) -> None:
    """Write the examples of all sets as one file of arrays."""
    from training.model import sizes

    heads = [k for k in sizes(inventories) if k not in APART]
    flat: dict[str, list[NDArray[np.generic]]] = {k: [] for k in FLAT}
    at: dict[str, list[int]] = {k: [0] for k in ("pieces", "words", "asked", "links")}
    set_of, root = [], []
    for number, examples in enumerate(sets.values()):
        for e in examples:
            n = len(e.firsts)
            if not n:
                continue
            set_of.append(number)
            root.append(e.pair[2] if e.pair else MASK)
            side = np.zeros(n, np.int8)
            for mark, words in enumerate(e.pair[:2] if e.pair else (), 1):
                side[words] = mark
            roles: dict[int, int] = {}
            for p, family in e.linked:
                roles[p] = roles.get(p, 0) | sum(1 << r for r in family)
            row_of = {p: at["asked"][-1] + i for i, p in enumerate(roles)}
            links = [(row_of[p], a, r) for p, a, r in e.links if p in row_of and roles[p] >> r & 1]
            rows = {
                "pieces": np.array(e.pieces, np.uint16),
                "shapes": np.array(e.shapes, np.int8),
                "firsts": np.array(e.firsts, np.int16),
                "sentence": np.repeat(np.arange(len(e.bounds)), [b - a for a, b in e.bounds]).astype(np.int16),
                "heads": np.array(e.heads, np.int16),
                "rels": np.array(e.rels, np.int16),
                "tags": np.array([e.tags.get(k) or [MASK] * n for k in heads], np.int16).T.astype(np.int8),
                "contexts": np.array(e.tags.get("contexts") or [MASK] * n, np.int64),
                "factuality": np.array(e.tags.get("factuality") or [MASK] * n, np.float32),
                "side": side,
                "asked_word": np.array(list(roles), np.int16),
                "asked_roles": np.array(list(roles.values()), np.int32),
                "link_row": np.array([x[0] for x in links], np.int32),
                "link_word": np.array([x[1] for x in links], np.int16),
                "link_role": np.array([x[2] for x in links], np.int8),
            }
            for k, v in rows.items():
                flat[k].append(v)
            for k, many in (("pieces", len(e.pieces)), ("words", n), ("asked", len(roles)), ("links", len(links))):
                at[k].append(at[k][-1] + many)
    from backchannel.reader.labels import ROLES

    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out,
        inventories=json.dumps(inventories), sets=json.dumps(list(sets)), heads_of_tags=json.dumps(heads), n_roles=len(ROLES),
        set_of=np.array(set_of, np.int8), root=np.array(root, np.int16),
        **{f"{k}_at": np.array(v, np.int32) for k, v in at.items()},
        **{k: np.concatenate(v) for k, v in flat.items()},
    )  # fmt: skip


def examples(inventories: dict[str, list[str]]) -> dict[str, list[Example]]:
    """All sets. News texts get the trees of the shipped reader (without them trees are read badly exactly where acts stand: no treebank speaks of any)."""
    from training import acts, annotations, data, sets, unlabelled, written
    from training.export import MODEL

    pieces = data.tokenizer_pieces()
    label = sets.Labeller(MODEL, inventories)
    coded = functools.partial(acts.event_document, label=label)
    cases = HERE.parent / "casebook"
    makers: dict[str, Callable[[], Iterable[list[data.Sentence]]]] = {
        "ewt": lambda: sets.tree_documents("ewt", "train", inventories),
        "gum": lambda: sets.tree_documents("gum", "train", inventories),
        "polnear": lambda: sets.polnear_documents("train", label),
        "crossner": lambda: sets.name_documents("crossner_politics", "train"),
        "re3d": lambda: sets.name_documents("re3d", "train"),
        "qanom": lambda: sets.qanom_documents("train"),
        "uw": lambda: sets.uw_documents("train"),
        "causal": lambda: sets.causal_documents("train", label),
        "gold": lambda: map(coded, acts.gold_articles(data.SHARED / "gold" / "train")),
        "annotated": lambda: map(coded, acts.annotated_articles()),
        "casebook": lambda: map(coded, annotations.casebook(cases)),
        "written": lambda: written.documents(label),
        "everyday": lambda: itertools.chain(written.documents(label, everyday=True), *(map(coded, annotations.casebook(cases, t)) for t in QUIET)),
        "news": unlabelled.documents,
        "unpolitical": lambda: unlabelled.documents(political=False),
        "ewt_dev": lambda: sets.tree_documents("ewt", "dev", inventories),
        "pud_dev": lambda: sets.tree_documents("pud", "dev", inventories),
        "polnear_dev": lambda: sets.polnear_documents("dev"),
        "held_out": lambda: map(coded, acts.held_out_articles()),
    }
    found = {k: list(data.pack(make(), pieces)) for k, make in makers.items()}
    found["plv"] = [sets.plv_example(r, root, pieces) for r, root in sets.plv_records()]
    return found


def main() -> None:
    """Build the file."""
    from training import sets

    inventories = sets.inventories()
    found = examples(inventories)
    build(found, inventories, CORPUS)
    print({k: (len(v), sum(len(e.pieces) for e in v)) for k, v in found.items()}, f"{CORPUS.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
