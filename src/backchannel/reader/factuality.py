"""Reading -> how sure its text is that what a word tells of happened: from -3 (it did not) over 0 (nothing is said) to 3 (it did), the scale on which Stanovsky
et al. (2017) put FactBank (Sauri and Pustejovsky 2009), MEANTIME and UW (Lee et al. 2015); as the text itself has it, not as its sources do.

Three small networks over what the reader's heads say of the word, of the two words that govern it, and of the small words that hang on them ("not",
"would", "if"), fitted on UW train by ``training.factuality``. Each says how likely every step of the scale is; the answer is the median of what they say
together, which half of the judges would put higher. Shapes: N words, D numbers, M networks, H hidden, K steps.
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
SIGNS = (
    frozenset(("not", "n't", "no", "never", "nobody", "neither", "without")),
    frozenset(("will", "would", "'ll", "shall")),
    frozenset(("may", "might", "could", "can")),
    frozenset(("should", "must", "ought")),
    frozenset(("if", "unless", "whether")),
    frozenset(("to",)),
    frozenset(("have", "has", "had", "having")),
)
STEPS = np.linspace(-3, 3, 31, dtype=np.float32)  # a fifth: UW's scores are means of five judges


def inputs(reading: Reading, words: Sequence[int]) -> Floats:
    """What the networks look at: (N, D)."""
    said = np.concatenate([reading.logits(name) for name in HEADS], 1)
    vectors, features = reading.vectors, reading.logits("features")
    rows = []
    for i in words:
        head = reading.heads[i]
        top = reading.heads[head]
        small = [c for c in reading.children[i] if reading.rels[c] in SMALL]
        hanging = (vectors[small].sum(0), features[small].mean(0)) if small else (np.zeros_like(vectors[0]), np.zeros_like(features[0]))
        signs = [x for word in (i, head, top) for x in signs_of(reading, word)]
        rows.append(np.concatenate([said[i], said[head], said[top], vectors[i], vectors[head], features[i], *hanging, signs]))
    return np.array(rows, np.float32)


def signs_of(reading: Reading, word: int) -> list[bool]:
    """Of each kind of ``SIGNS`` whether such a word hangs on this one."""
    hanging = {reading.words[c].lower().replace("’", "'") for c in reading.children[word]}
    return [not hanging.isdisjoint(sign) for sign in SIGNS]


def factuality(reading: Reading, words: Sequence[int]) -> Floats:
    """Of each word, from -3 to 3: (N,)."""
    if not words:
        return np.zeros(0, np.float32)
    w = _weights()
    x = np.clip((inputs(reading, words) - w["mean"]) / w["spread"], -5, 5)
    for layer in ("first", "second"):
        x = np.maximum(x @ w[f"{layer}.weight"] + w[f"{layer}.bias"], 0)  # (M, N, H)
    return median(x @ w["last.weight"] + w["last.bias"])


def median(scores: Floats) -> Floats:
    """The step up to which half of the mean probability lies: (M, N, K) -> (N,)."""
    e = np.exp(scores - scores.max(-1, keepdims=True))
    p = (e / e.sum(-1, keepdims=True)).mean(0)
    out: Floats = STEPS[(p.cumsum(-1) >= 0.5).argmax(-1)]
    return out


@cache
def _weights() -> dict[str, Floats]:
    with resources.files("backchannel.reader").joinpath("factuality.npz").open("rb") as file:
        kept = np.load(file, allow_pickle=False)
        return {k: kept[k].astype(np.float32) for k in kept.files}
