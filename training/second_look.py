"""A finished reader -> the same reader with a second look at acts: ``python -m training.second_look --begin FILE --out FILE``.

The encoder and all heads stay as they are; what is fitted is what ``model.SecondLook`` adds to the heads of acts and of their modes, over word vectors of
three layers. So sentences that teach wordings (``written/``) reach these two heads alone: trained into the whole reader they had cost actors and statements in
articles. The labels count for words of annotated texts; for all words, but those of ``written/``, so does what the reader says of them without it. A quarter
of an hour on two cores: half of it reading the texts once.
"""

from __future__ import annotations

import argparse
import pathlib
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from backchannel.reader.labels import EVENTS
from training.corpus import CORPUS, Batch, Corpus
from training.data import MASK
from training.model import ACT_HEADS, LOOK, LOOKED_AT, SMALL, Reader, SecondLook, resume, save
from training.train import SEED, WORK

MEMBERS = 2  # fitted with a seed each, standing side by side: their mean
STEPS, WORDS, RATE = 1400, 4096, 1e-3
MOST = 260_000  # words of a set that are read
MODES = 0.2  # how much the loss of modes counts
# Set -> its words in a step as a share of WORDS, which is its weight in the loss too; what its labels and what the reader's own word count.
PLAN = {
    "written": (0.28, 1.0, 0.0),
    "everyday": (0.18, 1.0, 0.3),
    "gold": (0.08, 0.5, 1.0),
    "annotated": (0.28, 0.5, 1.0),
    "casebook": (0.1, 0.5, 1.0),
    "news": (0.14, 0.0, 1.0),
    "unpolitical": (0.12, 0.0, 1.0),
    "ewt": (0.02, 1.0, 1.0),
    "gum": (0.02, 1.0, 1.0),
}
RULED = "QUESTION"  # stays as it is: questions are found by rules, and the head, taught more words of not knowing, takes "did not know how" for one
OWN_MODES = 0.2  # the reader's own word on modes, of a set where it counts nothing on acts


@dataclass(frozen=True)
class Words:
    """N words of a set: vectors of the layers (N, layers, H), half precision; what the reader says of them (head -> (N, labels)); labels (head -> (N,))."""

    vectors: Tensor
    said: dict[str, Tensor]
    labels: dict[str, Tensor]

    def some(self, n: int) -> tuple[Tensor, dict[str, Tensor], dict[str, Tensor]]:
        """``n`` words at random."""
        at = torch.randint(len(self.vectors), (n,))
        return self.vectors[at].float(), {k: v[at] for k, v in self.said.items()}, {k: v[at] for k, v in self.labels.items()}


@torch.no_grad()
def words(model: Reader, corpus: Corpus, name: str, rng: np.random.Generator) -> Words:
    """A set's words as the reader, without a second look, has them."""
    rows = rng.permutation(corpus.of(name))
    rows = rows[: int(np.searchsorted(np.cumsum(corpus.lengths[rows]), MOST)) + 1]
    rows = rows[np.argsort(corpus.lengths[rows], kind="stable")]
    vectors, said, labels = [], {k: [] for k in ACT_HEADS}, {k: [] for k in ACT_HEADS}  # type: ignore[var-annotated]
    for i in range(0, len(rows), 16):
        batch: Batch = corpus.batch(rows[i : i + 16])
        states = model.encode(batch.pieces, batch.shapes, batch.mask, batch.firsts)
        scores = model.split(model.read_heads(states)[0])
        vectors.append(torch.stack([states[n] for n in LOOKED_AT], 2)[batch.real].half())
        for k in ACT_HEADS:
            said[k].append(scores[k][batch.real])
            labels[k].append(batch.tags[..., corpus.heads.index(k)][batch.real])
    return Words(torch.cat(vectors), {k: torch.cat(v) for k, v in said.items()}, {k: torch.cat(v) for k, v in labels.items()})


def loss(look: SecondLook, given: tuple[Tensor, dict[str, Tensor], dict[str, Tensor]], labelled: float, own: float) -> Tensor:
    """What a look costs on words of one set. Modes are asked of words as far as the reader takes them for acts."""
    vectors, said, labels = given
    vectors = F.dropout(look.norm(vectors).flatten(1), 0.2)
    added = look.down(F.dropout(F.gelu(look.up(vectors)), 0.2)).split([said[k].shape[1] for k in ACT_HEADS], 1)
    act = 1 - said["event"].softmax(1)[:, 0]
    total = vectors.new_zeros(())
    for head, more, worth in zip(ACT_HEADS, added, (1.0, MODES), strict=True):
        logp, known = (said[head] + more).log_softmax(1), labels[head] > MASK
        weight, n = (torch.ones_like(act), len(act)) if head == "event" else (act, int(known.sum()))
        lost = F.nll_loss(logp[known], labels[head][known], reduction="sum") / max(1, n)
        held = (-(said[head].softmax(1) * logp).sum(1) * weight).sum() / weight.sum().clamp(min=1)
        total = total + worth * (labelled * lost + (own or (head == "mode") * OWN_MODES) * held)
    return total


def fit(sets: dict[str, Words], seed: int) -> SecondLook:
    """One member."""
    torch.manual_seed(seed)
    look = SecondLook(SMALL, sum(v.shape[1] for v in next(iter(sets.values())).said.values()), LOOK // MEMBERS)
    optimiser = torch.optim.AdamW(look.parameters(), lr=RATE, weight_decay=0.01)
    for step in range(STEPS):
        optimiser.param_groups[0]["lr"] = RATE * min((step + 1) / 30, 1.02 - step / STEPS)
        total = torch.stack([share * loss(look, sets[k].some(int(WORDS * share)), *worth) for k, (share, *worth) in PLAN.items()]).sum()
        optimiser.zero_grad()
        total.backward()
        optimiser.step()
        if (step + 1) % 300 == 0:
            print(f"seed {seed} step {step + 1} loss {total.item():.4f}", flush=True)
    return look


def joined(looks: list[SecondLook], into: SecondLook) -> None:
    """Put members side by side, so that their mean comes out, but for ``RULED``."""
    share = torch.full((len(into.down.bias), 1), 1 / len(looks))
    share[EVENTS.index(RULED) + 1] = 0
    with torch.no_grad():
        into.up.weight.copy_(torch.cat([x.up.weight for x in looks]))
        into.up.bias.copy_(torch.cat([x.up.bias for x in looks]))
        into.down.weight.copy_(torch.cat([x.down.weight for x in looks], 1) * share)
        into.down.bias.copy_(torch.stack([x.down.bias for x in looks]).sum(0) * share[:, 0])


def second_look(begin: pathlib.Path, out: pathlib.Path, corpus_file: pathlib.Path = CORPUS) -> None:
    """Leave the weights of ``begin`` with a newly fitted second look at ``out``."""
    corpus, rng = Corpus(corpus_file, "cpu"), np.random.default_rng(SEED)
    model, _ = resume(begin)
    model.eval()
    torch.nn.init.zeros_(model.second_look.down.weight)  # an older look says nothing
    torch.nn.init.zeros_(model.second_look.down.bias)
    sets = {name: words(model, corpus, name, rng) for name in PLAN}
    print({k: len(v.vectors) for k, v in sets.items()}, flush=True)
    joined([fit(sets, SEED + n) for n in range(MEMBERS)], model.second_look)
    save(model, corpus.inventories, out)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--begin", type=pathlib.Path, required=True, help="weights of a finished reader")
    parser.add_argument("--out", type=pathlib.Path, default=WORK / "shipped.safetensors")
    parser.add_argument("--corpus", type=pathlib.Path, default=CORPUS)
    args = parser.parse_args()
    second_look(args.begin, args.out, args.corpus)


if __name__ == "__main__":
    main()
