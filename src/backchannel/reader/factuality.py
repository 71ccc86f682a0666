"""Reading -> how sure its text is that what a word tells of happened: from -3 (it did not) over 0 (nothing is said) to 3 (it did), the scale on which Stanovsky
et al. (2017) put FactBank (Sauri and Pustejovsky 2009), MEANTIME and UW (Lee et al. 2015); as the text itself has it, not as its sources do.

A small network over what the reader's heads say of the word, of the two words that govern it, and of the small words that hang on it ("not", "would",
"if"), fitted on UW train by ``training.factuality``. Shapes: N words, D numbers.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from backchannel.reader.encoder import Floats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backchannel.reader.reading import Reading

HEADS = ("factuality", "status", "polarity", "certainty", "event", "upos", "cue", "content", "polnear_content", "mode")
SMALL = frozenset(("aux", "aux:pass", "cop", "advmod", "mark", "det"))  # relations of words that say whether it happened


def inputs(reading: Reading, words: Sequence[int]) -> Floats:
    """What the network looks at: (N, D)."""
    said = np.concatenate([reading.logits(name) for name in HEADS], 1)
    vectors, features = reading.vectors, reading.logits("features")
    rows = []
    for i in words:
        head = reading.heads[i]
        small = [c for c in reading.children[i] if reading.rels[c] in SMALL]
        hanging = (vectors[small].sum(0), features[small].mean(0)) if small else (np.zeros_like(vectors[0]), np.zeros_like(features[0]))
        rows.append(np.concatenate([said[i], said[head], said[reading.heads[head]], vectors[i], vectors[head], features[i], *hanging]))
    return np.array(rows, np.float32)


def factuality(reading: Reading, words: Sequence[int]) -> Floats:
    """Of each word, from -3 to 3: (N,)."""
    if not words:
        return np.zeros(0, np.float32)
    w = _weights()
    x = np.clip((inputs(reading, words) - w["mean"]) / w["spread"], -5, 5)
    for layer in ("first", "second"):
        x = np.maximum(x @ w[f"{layer}.weight"].T + w[f"{layer}.bias"], 0)
    out: Floats = np.clip((x @ w["last.weight"].T + w["last.bias"])[:, 0], -3, 3)
    return out


@cache
def _weights() -> dict[str, Floats]:
    with resources.files("backchannel.reader").joinpath("factuality.npz").open("rb") as file:
        kept = np.load(file, allow_pickle=False)
        return {k: kept[k].astype(np.float32) for k in kept.files}
