"""Train a reader: ``python -m training.train teacher|student|further --minutes M [--begin FILE] [--teachers FILE …] [--out FILE] [--seed N]``.

``teacher``: a large encoder (MPNet) learns every head from the labelled sets. ``student``: the small encoder that is shipped learns what its teachers say of
all texts, those that nobody annotated too, and from the labels. ``further``: a finished reader goes on to the sets that are ``NEW`` to it; being its own
teacher holds it to what it said of all others, so an hour on two cores is enough. All read ``work/corpus.npz`` (``training.corpus``) and stop after the
minutes given, the rate falling to nothing by then: what is learnt depends on the machine. Losses are printed on the way, what dev sets say at the end. Two
CPU cores or a GPU.
"""

from __future__ import annotations

import argparse
import pathlib
import time

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training import data, losses
from training.corpus import CORPUS, Batch, Corpus
from training.model import LARGE, SMALL, Reader, resume, save, start

HERE = pathlib.Path(__file__).resolve().parent
WORK = HERE / "work"
SEED = 20261124
UNKNOWN = 103  # stands for a piece that is hidden
# The share of the pieces that is hidden, of sets that are read many times.
HIDDEN = {"gold": 0.08, "annotated": 0.08, "casebook": 0.08, "plv": 0.08, "written": 0.08, "everyday": 0.08, "news": 0.12}
TREES = {"ewt": 1.0, "gum": 1.0}  # by hand; other sets' trees are a reader's own and count for MADE
MADE = 0.3
KEPT = 300  # seconds between two checkpoints
PIECES = {"cuda": 8192, "cpu": 1400}  # in a batch, padding included
RATES = {"teacher": (8e-5, 8e-4), "student": (4e-4, 1.5e-3), "further": (2.4e-4, 7.2e-4)}  # of encoder and heads with a GPU's batches; smaller ones take less
LABELS = {"teacher": 1.0, "student": 0.5, "further": 0.5}  # how much labels count; teachers count 1
# What each head is worth in a batch's loss. Losses are means over the words that have a label: what few words have (qualities, channels) would drown what
# all have (events, cues), and links everything.
WEIGHTS = {
    "upos": 0.5,
    "features": 0.5,
    "factuality": 0.1,
    "source": 2.0,
    "cue": 4.0,
    "polnear_source": 2.0,
    "polnear_cue": 4.0,
    "stance": 0.6,
    "party": 1.5,
    "kind": 0.2,
    "sector": 0.2,
    "event": 12.0,
    "root": 0.4,
    "mode": 0.8,
    "status": 2.5,
    "polarity": 0.3,
    "certainty": 0.2,
    "channel": 0.1,
    "disclosure": 0.1,
    "quality": 0.1,
    "trend": 0.1,
    "contexts": 0.05,
    "pair": 0.4,
    "links": 0.6,
}  # fmt: skip
# Epochs of each set within one round.
PLANS: dict[str, dict[str, float]] = {
    "teacher": {"ewt": 1.2, "gum": 0.6, "polnear": 0.7, "crossner": 2, "re3d": 2, "qanom": 0.3, "uw": 0.3, "causal": 0.5, "gold": 2.5, "annotated": 1.2,
                "plv": 0.8, "casebook": 0.8, "written": 1, "everyday": 1},
    "student": {"ewt": 2, "gum": 0.8, "polnear": 1, "crossner": 3, "re3d": 3, "qanom": 0.2, "uw": 0.2, "causal": 0.5, "gold": 3, "annotated": 1.5,
                "plv": 1, "casebook": 1, "written": 1, "everyday": 1, "news": 1},
    "further": {"ewt": 0.15, "gum": 0.1, "polnear": 0.02, "crossner": 0.5, "re3d": 0.3, "qanom": 0.02, "uw": 0.02, "causal": 0.1, "gold": 1,
                "annotated": 0.25, "plv": 0.3, "casebook": 0.2, "written": 1, "everyday": 1, "news": 0.22},
}  # fmt: skip
NEW = {"further": ("written", "everyday")}  # sets that the teachers do not know: of their acts (``losses.ACTS``) the labels alone count, in full


def batches(corpus: Corpus, plan: str, rng: np.random.Generator, budget: int) -> list[NDArray[np.int64]]:
    """One round: each set sampled as the plan says, mixed (new ones apart), cut into batches of like length, in random order."""
    chosen: dict[bool, list[NDArray[np.int64]]] = {False: [], True: []}
    for name, share in PLANS[plan].items():
        rows = corpus.of(name)
        chosen[name in NEW.get(plan, ())] += [rows] * int(share) + [rng.choice(rows, int(len(rows) * (share % 1)), replace=False)]
    found = []
    for parts in filter(None, chosen.values()):
        ids = rng.permutation(np.concatenate(parts))
        ids = ids[np.argsort(corpus.lengths[ids] // 12, kind="stable")]
        first = 0
        for i in range(1, len(ids) + 1):
            if i == len(ids) or (i + 1 - first) * corpus.lengths[ids[i]] > budget:
                found.append(ids[first:i])
                first = i
    return [found[i] for i in rng.permutation(len(found))]


def noised(batch: Batch, hidden: Tensor) -> Tensor:
    """The batch's pieces, of each set some hidden; ``hidden``: the share by set."""
    share = hidden[batch.set_of]
    hide = (torch.rand(batch.pieces.shape, device=batch.pieces.device) < share[:, None]) & (batch.pieces > 999)
    return batch.pieces.masked_fill(hide, UNKNOWN)


def read(model: Reader, batch: Batch, pieces: Tensor) -> losses.Said:
    """What the model says of a batch, scores in full precision."""
    tags, arcs, *small = model(pieces, batch.shapes, batch.mask, batch.firsts)
    return (tags.float(), arcs.float(), *small)


def train(plan: str, out: pathlib.Path, minutes: float, begin: pathlib.Path | None = None, teachers: tuple[pathlib.Path, ...] = (), seed: int = SEED,
          corpus_file: pathlib.Path = CORPUS) -> None:  # fmt: skip
    """Run the plan for the minutes given and leave the weights at ``out``. ``seed``: of the order of examples and of what is hidden."""
    torch.manual_seed(seed)
    torch.set_flush_denormal(True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    corpus, rng = Corpus(corpus_file, device), np.random.default_rng(seed)
    if begin:
        model, _ = resume(begin)
    else:
        folder, size = (data.large_model(), LARGE) if plan == "teacher" else (data.base_model(), SMALL)
        model = start(folder, corpus.inventories, size)
    model.to(device).train()
    model.second_look.requires_grad_(False)  # fitted when all else is done
    if teachers:
        model.word_drop.p = 0.1
    half = device == "cuda"  # a processor without instructions for half precision is slower in it
    guides = [resume(path)[0].to(device, torch.bfloat16 if half else torch.float32).eval() for path in teachers]
    encoder = [p for n, p in model.named_parameters() if n.startswith(("words", "positions", "shapes", "kind", "norm", "layers"))]
    ids = {id(p) for p in encoder}
    scale = (PIECES[device] / PIECES["cuda"]) ** 0.5
    groups = [encoder, [p for p in model.parameters() if id(p) not in ids]]
    optimiser = torch.optim.AdamW([{"params": g, "lr": r * scale} for g, r in zip(groups, RATES[plan], strict=True)], weight_decay=0.01, fused=True)
    tops = [g["lr"] for g in optimiser.param_groups]
    hidden = torch.tensor([HIDDEN.get(name, 0.0) for name in corpus.sets], device=device)
    trees = torch.tensor([TREES.get(name, MADE) for name in corpus.sets], device=device)
    began, seen, step, rounds = time.time(), 0, 0, 0
    saved = began
    queue: list[NDArray[np.int64]] = []
    means: dict[str, Tensor] = {}
    while (passed := (time.time() - began) / (60 * minutes)) < 1:
        if not queue:
            queue, rounds = batches(corpus, plan, rng, PIECES[device]), rounds + 1
        for group, top in zip(optimiser.param_groups, tops, strict=True):
            group["lr"] = top * min((step + 1) / 300, 1.02 - passed)
        chosen = queue.pop()
        batch = corpus.batch(chosen)
        with torch.autocast(device, torch.bfloat16, enabled=half):
            said = read(model, batch, noised(batch, hidden))
            new = corpus.sets[corpus.set_of[chosen[0]]] in NEW.get(plan, ())
            parts = {k: (1.0 if new else LABELS[plan], v) for k, v in losses.labelled(model, said, batch, trees[batch.set_of]).items()}
            if guides:
                with torch.no_grad(), torch.autocast(device, enabled=False):
                    meant = [read(g, batch, batch.pieces) for g in guides]
                taught = losses.taught(model, said, guides, meant, batch)
                parts |= {f"taught {k}": (1.0, v) for k, v in taught.items() if not (new and k in losses.ACTS)}
        loss = torch.stack([worth * WEIGHTS.get(k.removeprefix("taught "), 1.0) * v for k, (worth, v) in parts.items()]).sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        if torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0).isfinite():
            optimiser.step()
        step += 1
        seen += int(corpus.lengths[chosen].sum())
        if step % 20 == 0:
            for k, (_, v) in parts.items():
                means[k] = 0.8 * means.get(k, v.detach()) + 0.2 * v.detach()
        if step % 200 == 0:
            shown = " ".join(f"{k} {v.item():.3f}" for k, v in sorted(means.items()))
            print(f"{passed:.0%} round {rounds} step {step} {seen / (time.time() - began):.0f} pieces/s {shown}", flush=True)
        if time.time() - saved > KEPT:
            save(model, corpus.inventories, out)
            saved = time.time()
    save(model, corpus.inventories, out)
    print(f"{plan}: {rounds} rounds, {step} steps, {seen / 1e6:.1f} million pieces in {(time.time() - began) / 60:.1f} minutes", flush=True)
    print(*measure(model, corpus), flush=True)


@torch.no_grad()
def measure(model: Reader, corpus: Corpus) -> list[str]:
    """What the measured sets say, in words: LAS (punctuation counted), F1 of words for acts and cues, statuses at the acts."""
    model.eval()
    found = []
    for name in ("ewt_dev", "pud_dev", "polnear_dev", "held_out"):
        counts = torch.zeros(9, device=corpus.device)
        rows = corpus.of(name)
        for i in range(0, len(rows), 32):
            batch = corpus.batch(rows[i : i + 32])
            with torch.autocast(corpus.device, torch.bfloat16, enabled=corpus.device == "cuda"):
                said = read(model, batch, batch.pieces)
                head = said[1].masked_fill(~batch.inside, losses.FAR).argmax(-1)
                label = model.relations(said[2], said[3].gather(1, head[..., None].expand(-1, -1, said[3].shape[-1]))).argmax(-1)
            known = batch.heads >= 0
            right = (head == batch.heads) & known
            scores = model.split(said[0])
            labels = dict(zip(corpus.heads, batch.tags.unbind(-1), strict=True))
            event, gold = scores["event"].argmax(-1), labels["event"]
            cue, gold_cue = scores["polnear_cue"].argmax(-1) > 0, labels["polnear_cue"]
            act, meant, asked = (event > 0) & (gold >= 0), gold > 0, labels["status"]
            if name == "polnear_dev":
                act, meant, event, gold = cue & batch.real, gold_cue > 0, cue, gold_cue > 0
            counts += torch.stack([known.sum(), right.sum(), (right & (label == batch.rels)).sum(), act.sum(), meant.sum(), (act & meant).sum(),
                                   (act & meant & (event == gold)).sum(), (asked >= 0).sum(),
                                   ((asked >= 0) & (scores["status"].argmax(-1) == asked)).sum()])  # fmt: skip
        n, uas, las, said_n, meant_n, both, typed, asked_n, status = counts.tolist()
        if name in ("ewt_dev", "pud_dev"):
            found.append(f"{name} UAS {uas / max(1, n):.4f} LAS {las / max(1, n):.4f}")
        else:
            found.append(f"{name} F1 {2 * both / max(1, said_n + meant_n):.4f}")
        if name == "held_out":
            found.append(f"typed {2 * typed / max(1, said_n + meant_n):.4f} status {status / max(1, asked_n):.4f}")
    model.train()
    return found


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plan", choices=list(PLANS))
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--begin", type=pathlib.Path, help="weights to go on from (default: the base model)")
    parser.add_argument("--teachers", type=pathlib.Path, nargs="*", default=())
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--corpus", type=pathlib.Path, default=CORPUS)
    args = parser.parse_args()
    train(args.plan, args.out or WORK / f"{args.plan}.safetensors", args.minutes, args.begin, tuple(args.teachers), args.seed, args.corpus)


if __name__ == "__main__":
    main()
