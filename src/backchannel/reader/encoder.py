"""Chunks of words -> what the model's heads say of each word, on onnxruntime and numpy alone.

One chunk is run at a time: dynamic int8 scales belong to what is run together, so a chunk's scores, and with them a report's records, never depend on
what else is in the batch. Shapes: P word pieces, W words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from backchannel.errors import ModelError
from backchannel.reader.features import CLS, HARD_LIMIT, SEP, Pieces, Word, shape
from backchannel.reader.labels import ROLES, TAGS

if TYPE_CHECKING:
    import onnxruntime

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Chunk:
    """The heads' raw scores of W words of consecutive sentences."""

    tags: Floats  # (W, sum of tag sizes)
    arcs: Floats  # (W dependents, W heads); the root is its own head
    rel_dep: Floats  # (W, 96)
    rel_head: Floats  # (W, 96)
    link_pred: Floats  # (W, 160)
    link_arg: Floats  # (W, 160)

    def of(self, own: Sequence[bool]) -> Chunk:
        """The scores of some of its words."""
        if all(own):
            return self
        at = np.flatnonzero(own)
        return Chunk(self.tags[at], self.arcs[np.ix_(at, at)], self.rel_dep[at], self.rel_head[at], self.link_pred[at], self.link_arg[at])


class Encoder:
    """The shipped model. Frozen after loading; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        path, words = folder / "reader.onnx", folder / "tokenizer.json"
        if not path.exists():
            raise ModelError("no reader weights in the package", "model/reader.onnx", "reinstall backchannel, or build them with training/")
        self.labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf8"))
        sizes = {**{k: len(v) for k, v in TAGS.items()}, "features": len(self.labels["features"])}
        self.columns: dict[str, slice] = {}
        at = 0
        for name, size in sizes.items():
            self.columns[name] = slice(at, at + size)
            at += size
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Without VNNI, x86 adds pairs of 8-bit products in 16 bits, where they do not fit: scores would be others, and worse, than on newer processors.
        options.add_session_config_entry("session.x64quantprecision", "1")
        try:
            self._session: onnxruntime.InferenceSession = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
            matrices = np.load(folder / "matrices.npz", allow_pickle=False)
        except Exception as error:
            raise ModelError(
                f"reader weights that cannot be loaded ({type(error).__name__})", "the weights of this version", "reinstall backchannel"
            ) from error
        self._rel, self._rel_bias = matrices["rel"], matrices["rel_bias"]  # (R, 3 * 96), (R,)
        self.root: int = self.labels["relations"].index("root")
        link = matrices["link"]  # (roles, 160, 160)
        if len(link) != len(ROLES):
            raise ModelError(f"weights with {len(link)} roles", f"{len(ROLES)}", "reinstall backchannel")
        self._link = np.ascontiguousarray(link.transpose(1, 0, 2))  # (160, roles, 160)
        self._link_args, self._link_bias = matrices["link_args"], matrices["link_bias"]  # (roles, 160), (roles,)
        tokenizer = Tokenizer.from_file(str(words))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.pieces = Pieces(tokenizer)

    def run(self, words: list[Word]) -> Chunk:
        """Scores of every word of a chunk. The words' pieces must fit the window (``features.HARD_LIMIT``)."""
        own = [self.pieces(word.text) for word in words]
        ids, sizes = np.array([CLS, *chain.from_iterable(own), SEP]), np.array([*map(len, own)])
        assert len(ids) <= HARD_LIMIT + 2
        shapes = np.repeat([0, *map(shape, words), 0], [1, *sizes, 1])
        feed = {"pieces": ids, "shapes": shapes, "firsts": sizes.cumsum() - sizes + 1}
        return Chunk(*self._session.run(None, feed))

    def relations(self, dep: Floats, head: Floats) -> Floats:
        """Scores of the relation labels for dependents and their heads: (N, 96), (N, 96) -> (N, R)."""
        scores: Floats = np.concatenate([dep, head, dep * head], -1) @ self._rel.T + self._rel_bias
        return scores

    def turned(self, predicates: Floats, roles: Sequence[str] = ROLES) -> Floats:
        """Predicates as each role asks for its words: (N, 160) -> (N, roles, 160). A text's all at once: fetching the matrices takes longer than using them."""
        link = self._link if roles is ROLES else self._link[:, [ROLES.index(role) for role in roles]]
        out: Floats = (predicates @ link.reshape(len(link), -1)).reshape(len(predicates), len(roles), -1)
        return out

    def links(self, turned: Floats, arg: Floats, roles: Sequence[str] = ROLES) -> Floats:
        """Probability of roles between predicates (N, roles, 160) and words of their chunk (W, 160): (N, W, roles)."""
        at = [ROLES.index(role) for role in roles]
        scores = (turned.reshape(-1, arg.shape[1]) @ arg.T).reshape(*turned.shape[:2], len(arg)).transpose(0, 2, 1)
        scores = scores + (arg @ self._link_args[at].T + self._link_bias[at])
        out: Floats = 1.0 / (1.0 + np.exp(-np.minimum(np.maximum(scores, -30), 30)))
        return out


@cache
def encoder() -> Encoder:
    """The model that ships with the package, loaded once."""
    return Encoder(Path(str(resources.files("backchannel.reader") / "model")))


def describe() -> dict[str, Any]:
    """Name, version, digest and size of the shipped model."""
    folder = Path(str(resources.files("backchannel.reader") / "model"))
    path = folder / "reader.onnx"
    if not path.exists():
        raise ModelError("no reader weights in the package", "model/reader.onnx", "reinstall backchannel, or build them with training/")
    data = path.read_bytes()
    about: dict[str, Any] = json.loads((folder / "about.json").read_text(encoding="utf8"))
    return {**about, "digest": hashlib.blake2b(data, digest_size=8).hexdigest(), "megabytes": round(len(data) / 1e6, 1)}
