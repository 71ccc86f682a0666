"""The base model's vectors of single words -> the ledger's table of meanings (``src/backchannel/ledger/meanings.npz``): ``python -m training.meanings``.

A word's vector is what all-MiniLM-L6-v2 makes of the word alone (mean over its pieces, as the model was trained to be read), cut to the directions in
which the words that can name acts differ most, one byte each. Words stand in the order of the model's vocabulary, which is the order of their frequency:
a word's place says how rare it is. Names and the like have a place and no vector. No data set is read. Half a minute on one CPU core.
"""

from __future__ import annotations

import json
import pathlib

import numpy as np
import torch
from numpy.typing import NDArray

from backchannel.reader.lemmas import known
from training.data import base_model
from training.model import Reader, start

LEDGER = pathlib.Path(__file__).resolve().parents[1] / "src" / "backchannel" / "ledger"
READER = LEDGER.parent / "reader" / "model"
FREQUENT = 6000  # so many words have a vector whatever they are: irregular forms ("met", "struck") are among them
SIZE = 96  # directions kept: cosines of 60 words for acts correlate at 0.96 with those of all 384
BATCH = 512
ENDINGS = (("s", ""), ("es", ""), ("ies", "y"), ("d", ""), ("ed", ""), ("ied", "y"), ("ing", ""), ("ing", "e"), ("ings", ""), ("er", ""), ("ers", ""))


def main() -> None:
    """Make the table."""
    vocabulary = json.loads((READER / "tokenizer.json").read_text(encoding="utf8"))["model"]["vocab"]
    inventories = json.loads((READER / "labels.json").read_text(encoding="utf8"))
    words = [w for w, i in sorted(vocabulary.items(), key=lambda x: x[1]) if i >= vocabulary["the"] and w.isascii() and w.isalpha() and len(w) > 2]
    lemmas = frozenset().union(*known().values())
    words += [w for w in sorted(lemmas) if w.isascii() and w.isalpha() and len(w) > 2 and w not in vocabulary]
    meant = [i for i, w in enumerate(words) if i < FREQUENT or not lemmas.isdisjoint(stems(w))]
    vectors = encode(start(base_model(), inventories), [words[i] for i in meant])
    small = vectors @ np.linalg.svd(vectors, full_matrices=False)[2][:SIZE].T
    rows = np.round(small * 127 / np.abs(small).max(1, keepdims=True)).astype(np.int8)
    np.savez_compressed(LEDGER / "meanings.npz", words=np.frombuffer("\n".join(words).encode(), np.uint8), meant=np.array(meant, np.uint16), vectors=rows)
    print(f"{len(words)} words, {len(meant)} with a vector, {(LEDGER / 'meanings.npz').stat().st_size / 1e6:.1f} MB")


def stems(word: str) -> set[str]:
    """What the word may be a form of."""
    found = {word}
    for end, instead in ENDINGS:
        if word.endswith(end):
            stem = word[: -len(end)] + instead
            found |= {stem, stem[:-1] if stem[-1:] == stem[-2:-1] else stem}
    return found


def encode(model: Reader, words: list[str]) -> NDArray[np.float32]:
    """The words' vectors (words, 384), each of length one."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(READER / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.enable_padding()
    model.eval()
    torch.nn.init.zeros_(model.shapes.weight)  # a head start of ours, unknown to the base model
    found = []
    with torch.no_grad():
        for first in range(0, len(words), BATCH):
            batch = tokenizer.encode_batch(words[first : first + BATCH])
            pieces, mask = (torch.tensor([getattr(e, name) for e in batch]) for name in ("ids", "attention_mask"))
            every = torch.arange(pieces.shape[1]).expand_as(pieces)
            states = model.encode(pieces, torch.zeros_like(pieces), mask, every)[-1] * mask[..., None]
            found.append(torch.nn.functional.normalize(states.sum(1), dim=-1).numpy())
    return np.concatenate(found)


if __name__ == "__main__":
    main()
