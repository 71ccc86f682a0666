"""Train the reader: ``python -m training.train [--plan base|full|last|again] [--resume FILE] [--out FILE] [--seed N]``.

``base``: trees, names, attribution, predicate arguments, from the public sets. ``full``: the same heads plus events, parties, statuses, factuality and PLOVER
pairs, from the annotated articles, starting at the base weights; the public sets are rehearsed so that nothing is forgotten. ``last``: a third of that at
a low rate, with a greater share for acts and statuses. ``again``: the same from weights that are trained to the end (those shipped: ``training.recover``),
beside news that nobody annotated, of which the reader is taught what it said itself of the clean text (``unlabelled.py``). Seeds are fixed. Works on two
CPU cores (bfloat16 where the processor has it) and on a GPU when there is one. Log lines and a checkpoint every epoch.
"""

from __future__ import annotations

import argparse
import collections
import copy
import functools
import math
import pathlib
import random
import time
from collections.abc import Iterable

import torch
import torch.nn.functional as F
from torch import Tensor

from training import acts, annotations, data, sets, unlabelled
from training.data import MASK, Example
from training.export import MODEL
from training.model import PARTS, Reader, resume, save, start, view_of

HERE = pathlib.Path(__file__).resolve().parent
WORK = HERE / "work"
SEED = 20261124
TEACHER = WORK / "base"  # the exported base reader, whose trees the second plan rehearses on news texts
UNKNOWN = 103  # stands for a piece that is hidden
NOISE = {"gold": 0.06, "annotated": 0.06, "casebook": 0.06, "plv": 0.06, "news": 0.12}  # this share of the pieces of sets that are read many times
BUDGET = 1400  # word pieces in a batch, padding included; twice as many left cues and acts underfitted after the same epochs
RATE_ENCODER, RATE_HEADS = 2e-4, 1e-3
# What each head is worth in a batch's loss, so that each has a like share of the encoder's gradient (``python -m training.balance``). Losses
# are means over the words that have a label: what few words have (qualities, channels) would drown what all have (events, cues), and links everything.
WEIGHTS = {
    "upos": 0.5,
    "features": 0.5,
    "factuality": 0.1,
    "source": 2.0,
    "cue": 4.0,
    "polnear_source": 2.0,
    "polnear_cue": 4.0,
    "stance": 0.4,
    "party": 1.5,
    "kind": 0.2,
    "sector": 0.2,
    "event": 10.0,
    "root": 0.4,
    "mode": 0.6,
    "status": 1.5,
    "polarity": 0.3,
    "certainty": 0.2,
    "channel": 0.1,
    "disclosure": 0.1,
    "quality": 0.1,
    "trend": 0.1,
    "contexts": 0.1,
    "pair": 0.4,
    "links": 0.9,
}  # fmt: skip
# Epochs of each set within one epoch of the plan.
PLANS: dict[str, dict[str, float]] = {
    "base": {"ewt": 3, "gum": 3, "polnear": 1.8, "crossner": 5, "re3d": 5, "qanom": 1},
    "full": {"ewt": 1, "gum": 0.5, "polnear": 0.7, "crossner": 2, "re3d": 1, "uw": 0.2, "causal": 1, "gold": 8, "annotated": 3.6, "plv": 3, "casebook": 3},
    "last": {"ewt": 0.2, "gum": 0.2, "polnear": 0.25, "crossner": 1, "re3d": 0.5, "causal": 0.3, "gold": 4, "annotated": 1.2, "plv": 0.5, "casebook": 0.5},
    "again": {
        "ewt": 0.8,
        "gum": 0.25,
        "polnear": 0.3,
        "crossner": 1,
        "re3d": 2,
        "causal": 0.5,
        "uw": 0.1,
        "gold": 4,
        "annotated": 1.4,
        "plv": 1,
        "casebook": 1,
        "news": 0.5,
    },
}
EPOCHS = {"base": 1, "full": 1, "last": 1, "again": 1}
RATES = {"base": 1.0, "full": 0.8, "last": 0.4, "again": 0.5}  # of the two rates above; the later plans start from trained weights
# In the last plan what is hardest to learn has a greater share: which words are acts, and did they happen.
LAST = {"links": 0.5, "status": 3.0, "event": 14.0, "mode": 0.8, "stance": 0.6, "contexts": 0.05}


def examples(plan: str, inventories: dict[str, list[str]]) -> dict[str, list[Example]]:
    """All examples of the plan, by set; with the trees of the teacher on news texts when it has been exported."""
    pieces = data.tokenizer_pieces()
    label = sets.Labeller(MODEL if plan == "again" else TEACHER, inventories) if plan != "base" else None
    coded = functools.partial(acts.event_document, label=label)
    makers = {
        "ewt": lambda: sets.tree_documents("ewt", "train", inventories),
        "gum": lambda: sets.tree_documents("gum", "train", inventories),
        "polnear": lambda: sets.polnear_documents("train", label),
        "crossner": lambda: sets.name_documents("crossner_politics", "train"),
        "re3d": lambda: sets.name_documents("re3d", "train"),
        "qanom": lambda: sets.qanom_documents("train"),
        "uw": lambda: sets.uw_documents("train"),
        "causal": lambda: sets.causal_documents("train", label) if label else [],
        "gold": lambda: map(coded, acts.gold_articles(data.SHARED / "gold" / "train")),
        "annotated": lambda: map(coded, acts.annotated_articles()),
        "casebook": lambda: map(coded, annotations.casebook(HERE.parent / "casebook")),
        "news": unlabelled.documents,
    }
    found = {k: list(data.pack(makers[k](), pieces, task=k)) for k in PLANS[plan] if k in makers}
    if "plv" in PLANS[plan]:
        found["plv"] = [sets.plv_example(r, root, pieces) for r, root in sets.plv_records()]
    return found


def batches(examples_of: dict[str, list[Example]], plan: str, rng: random.Random) -> list[list[Example]]:
    """One epoch: each set sampled as the plan says, sorted into batches of like length and one task, in random order."""
    found = []
    for name, rows in examples_of.items():
        share = PLANS[plan][name]
        chosen = [e for _ in range(int(share)) for e in rows] + rng.sample(rows, int(len(rows) * (share % 1)))
        rng.shuffle(chosen)
        chosen.sort(key=lambda e: len(e.pieces) // 12)
        batch: list[Example] = []
        for e in chosen:
            if batch and (len(batch) + 1) * max(len(x.pieces) for x in [*batch, e]) > BUDGET:
                found.append(batch)
                batch = []
            batch.append(e)
        if batch:
            found.append(batch)
    rng.shuffle(found)
    return found


def padded(rows: Iterable[list[int]], value: int, dtype: torch.dtype = torch.long) -> Tensor:
    """Lists of unequal length as one tensor."""
    rows = list(rows)
    out = torch.full((len(rows), max(map(len, rows))), value, dtype=dtype)
    for i, row in enumerate(rows):
        out[i, : len(row)] = torch.tensor(row, dtype=dtype)
    return out


def loss_of(model: Reader, batch: list[Example], device: str, weights: dict[str, float], teacher: Reader | None) -> tuple[Tensor, dict[str, float]]:
    """The weighted loss of every head that the batch has labels for, summed, and its parts; ``teacher``: who labels news without any."""
    losses = head_losses(model, batch, device, teacher)
    mark = "news " if batch[0].task == "news" else ""
    return torch.stack([weights.get(k, 1.0) * v for k, v in losses.items()]).sum(), {mark + k: v.item() for k, v in losses.items()}


def head_losses(model: Reader, batch: list[Example], device: str, teacher: Reader | None = None) -> dict[str, Tensor]:
    """Head -> its mean loss, for every head that the batch has labels for."""
    clean = pieces = padded((e.pieces for e in batch), 0).to(device)
    if noise := NOISE.get(batch[0].task):
        pieces = pieces.masked_fill((torch.rand(pieces.shape, device=device) < noise) & (pieces > 999), UNKNOWN)
    shapes = padded((e.shapes for e in batch), 0).to(device)
    mask = padded(([1] * len(e.pieces) for e in batch), 0).to(device)
    firsts = padded((e.firsts for e in batch), 0).to(device)
    said = tuple(x.float() for x in model(pieces, shapes, mask, firsts))
    if batch[0].task == "news":
        assert teacher
        with torch.no_grad():
            meant = tuple(x.float() for x in teacher(clean, shapes, mask, firsts))
        return unlabelled.losses(model, said, meant, batch)
    tags, arcs, rel_dep, rel_head, pred, arg = said
    losses: dict[str, Tensor] = {}
    scores = model.split(tags)
    for name in {k for e in batch for k in e.tags}:
        gold = padded((e.tags.get(name) or [MASK] * len(e.firsts) for e in batch), MASK, torch.float if name == "factuality" else torch.long).to(device)
        known = gold > MASK + 1
        if not known.any():
            continue
        if name == "factuality":
            losses[name] = F.smooth_l1_loss(scores[name][..., 0][known], gold[known])
        elif name == "contexts":  # one bit a label
            bits = (gold[known][:, None] >> torch.arange(scores[name].shape[-1], device=device)) & 1
            losses[name] = F.binary_cross_entropy_with_logits(scores[name][known], bits.float(), reduction="sum") / len(bits)
        else:
            losses[name] = F.cross_entropy(scores[name][known], gold[known], label_smoothing=0.02)
    if any(h != MASK for e in batch for h in e.heads):
        losses |= _tree_losses(model, batch, arcs, rel_dep, rel_head, device)
    if any(e.linked for e in batch):
        losses["links"] = _link_loss(model, batch, pred, arg, device)
    if batch[0].pair:
        losses["pair"] = F.cross_entropy(
            torch.stack([pair_scores(model, scores["root"][i], pred[i], arg[i], e) for i, e in enumerate(batch)]),
            torch.tensor([e.pair[2] for e in batch if e.pair]).to(device),
        )
    return losses


def _tree_losses(model: Reader, batch: list[Example], arcs: Tensor, rel_dep: Tensor, rel_head: Tensor, device: str) -> dict[str, Tensor]:
    width = arcs.shape[1]
    heads = padded((e.heads for e in batch), MASK).to(device)
    rels = padded((e.rels for e in batch), MASK).to(device)
    heads, rels = (F.pad(x, (0, width - x.shape[1]), value=MASK) for x in (heads, rels))
    inside = torch.zeros_like(arcs, dtype=torch.bool)
    for i, e in enumerate(batch):
        for lo, hi in e.bounds:
            inside[i, lo:hi, lo:hi] = True
    known = heads != MASK
    scores = arcs.masked_fill(~inside, -1e4)[known]
    picked = rel_head.gather(1, heads.clamp(min=0)[..., None].expand(-1, -1, rel_head.shape[-1]))
    return {
        "arc": F.cross_entropy(scores, heads[known]),
        "rel": F.cross_entropy(model.relations(rel_dep[known], picked[known]), rels[known]),
    }


def _link_loss(model: Reader, batch: list[Example], pred: Tensor, arg: Tensor, device: str) -> Tensor:
    """Binary cross entropy of the annotated roles between predicate words and all words, summed over words and roles, a predicate."""
    total, n = pred.new_zeros(()), 0
    for i, e in enumerate(batch):
        known: dict[int, set[int]] = collections.defaultdict(set)
        for p, roles in e.linked:
            known[p].update(roles)
        alike: dict[tuple[int, ...], dict[int, int]] = collections.defaultdict(dict)  # roles -> predicate -> row
        for p, found in known.items():
            rows = alike[tuple(sorted(found))]
            rows[p] = len(rows)
        for asked, rows in alike.items():
            scores = model.links(pred[i, list(rows)], arg[i, : len(e.firsts)], asked)
            gold = torch.zeros_like(scores)
            for p, a, role in e.links:
                if p in rows and role in asked:
                    gold[rows[p], a, asked.index(role)] = 1
            total = total + F.binary_cross_entropy_with_logits(scores, gold, reduction="sum")
            n += len(rows)
    return total / max(1, n) * 0.1


def pair_scores(model: Reader, root: Tensor, pred: Tensor, arg: Tensor, e: Example) -> Tensor:
    """PLOVER root of a marked pair: over all words as possible anchors, how much each is linked to the two parties and what root it says. -> (roots,)"""
    from backchannel.reader.labels import ROLES

    assert e.pair
    words = len(e.firsts)
    links = model.links(pred[:words], arg[:words])
    weight = pred.new_zeros(words)
    for which, role in ((e.pair[0], "actor"), (e.pair[1], "recipient")):
        if which:
            weight = weight + F.logsigmoid(links[:, which, ROLES.index(role)]).amax(1)
    return torch.logsumexp(root[:words] + weight[:, None], 0)


def train(plan: str, out: pathlib.Path, resume_from: pathlib.Path | None, epochs: int | None, limit: int | None, seed: int = SEED) -> None:
    """Run the plan and leave the weights at ``out``. ``seed``: of the order of examples and of what is left out while training."""
    torch.manual_seed(seed)
    weights = WEIGHTS | (LAST if plan in ("last", "again") else {})
    torch.set_flush_denormal(True)
    rng = random.Random(seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if resume_from:
        model, inventories = resume(resume_from)
        if resume_from.stem == "base":
            inherit(model)
    else:
        inventories = sets.inventories()
        model = start(data.base_model(), inventories)
    teacher = copy.deepcopy(model).to(device).eval() if plan == "again" else None
    model.to(device).train()
    found = {k: v[:limit] for k, v in examples(plan, inventories).items() if v}
    epochs = epochs or EPOCHS[plan]
    encoder = [p for n, p in model.named_parameters() if n.startswith(("words", "positions", "shapes", "kind", "norm", "layers"))]
    ids = {id(p) for p in encoder}
    optimiser = torch.optim.AdamW(
        [
            {"params": encoder, "lr": RATE_ENCODER * RATES[plan]},
            {"params": [p for p in model.parameters() if id(p) not in ids], "lr": RATE_HEADS * RATES[plan]},
        ],
        weight_decay=0.01,
        fused=True,
    )
    schedule = [batches(found, plan, rng) for _ in range(epochs)]
    steps = sum(map(len, schedule))
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min((s + 1) / (0.06 * steps), max(0.02, (steps - s) / (0.94 * steps))))
    print(f"{plan}: { ({k: len(v) for k, v in found.items()}) }, {steps} steps of {BUDGET} pieces, {device}", flush=True)
    began, seen, step, means = time.time(), 0, 0, {}
    for epoch, rows in enumerate(schedule):
        for batch in rows:
            with torch.autocast(device, torch.bfloat16):
                loss, parts = loss_of(model, batch, device, weights, teacher)
            if not math.isfinite(loss.item()):
                print("skipped a batch of infinite loss", flush=True)
                continue
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            rate.step()
            step += 1
            seen += sum(len(e.pieces) for e in batch)
            for k, v in parts.items():
                means[k] = 0.98 * means.get(k, v) + 0.02 * v
            if step % 50 == 0:
                shown = " ".join(f"{k} {v:.3f}" for k, v in sorted(means.items()))
                print(f"{step}/{steps} {seen / (time.time() - began):.0f} pieces/s {shown}", flush=True)
            if step % 400 == 0:
                save(model, inventories, out)
        save(model, inventories, out)
        print(f"epoch {epoch + 1} done after {(time.time() - began) / 60:.1f} min", flush=True)


def inherit(model: Reader) -> None:
    """Heads that have seen nothing yet begin as those they most resemble: event roles as predicate arguments, the guide's statements as PolNeAR's."""
    from backchannel.reader.labels import ROLES

    with torch.no_grad():
        for role, like in (("actor", "ARG0"), ("recipient", "ARG1"), ("where", "ARGM-LOC"), ("when", "ARGM-TMP")):
            to, source = ROLES.index(role), ROLES.index(like)
            model.link[to] = model.link[source]
            model.link_args.weight[to] = model.link_args.weight[source]
            model.link_args.bias[to] = model.link_args.bias[source]
        speech, own = model.tags["speech"], [k for k in model.sizes if view_of(k) == "speech"]
        for row in (speech.weight, speech.bias):
            heads = dict(zip(own, row.split([model.sizes[k] for k in own]), strict=True))
            for part in PARTS:
                heads[part].copy_(heads[f"polnear_{part}"])


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plan", choices=list(PLANS), default="base")
    parser.add_argument("--resume", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--limit", type=int, help="only so many examples of each set (to try the code)")
    args = parser.parse_args()
    train(args.plan, args.out or WORK / f"{args.plan}.safetensors", args.resume, args.epochs, args.limit, args.seed)


if __name__ == "__main__":
    main()
