"""News that nobody annotated: a reader learns from what it said itself of the clean text while reading a noised one (noisy student: Xie et al. 2020).

The texts are articles of the AllSides sample that are neither annotated, nor held out, nor of the topics in which ``bench.false_alarms`` counts stray acts,
and single sentences of newswire about armed conflict (event_location).
The teacher is the reader that training begins at. Of heads that are only taught at acts, cues or parties a word counts as far as the teacher takes it for one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import torch
import torch.nn.functional as F
from bench.false_alarms import TOPICS
from torch import Tensor

from backchannel.reader.labels import ROLES
from training.data import FAMILIES, HERE, Example, Sentence, load, segment
from training.model import Reader

LEAD = 4500  # characters of an article that are read: acts stand thickest where it begins
SURE = 0.25  # a word is asked for its links when the teacher takes it for an act or a cue with this probability
AT_ACTS = ("root", "mode", "status", "polarity", "certainty", "channel", "disclosure", "quality", "trend", "contexts")
AT_PARTIES, AT_CUES, APART = ("kind", "sector"), ("stance",), ("factuality",)
OF_ACTS = [ROLES.index(r) for r in FAMILIES["event"]]
OF_CUES = [ROLES.index(r) for r in FAMILIES["attribution"]]


def documents() -> Iterator[list[Sentence]]:
    """The first part of each article, and each sentence of newswire, in sentences without labels."""
    known = {json.loads(line)["id"] for path in (HERE / "annotations").glob("*.jsonl") for line in path.read_text(encoding="utf8").splitlines()}
    for r in load("articles", "allsides", "trial"):
        if r["id"] not in known and r["topic"] not in TOPICS:
            yield segment(r["text"][:LEAD])
    for r in load("events", "event_location", "train"):
        if r["id"] not in known:
            yield segment(r["text"])


def losses(student: Reader, said: tuple[Tensor, ...], meant: tuple[Tensor, ...], batch: list[Example]) -> dict[str, Tensor]:
    """Head -> mean cross entropy of the student's scores under the teacher's probabilities. Both: what ``Reader.forward`` gives for the batch."""
    real = torch.zeros(said[0].shape[:2], dtype=torch.bool, device=said[0].device)
    inside = torch.zeros_like(said[1], dtype=torch.bool)
    for i, e in enumerate(batch):
        real[i, : len(e.firsts)] = True
        for lo, hi in e.bounds:
            inside[i, lo:hi, lo:hi] = True
    ours, scored = student.split(said[0][real]), student.split(meant[0][real])
    theirs = {k: v.sigmoid() if k == "contexts" else v.softmax(-1) for k, v in scored.items()}
    act, party, cue = (1 - theirs[k][:, 0] for k in ("event", "party", "cue"))
    found: dict[str, Tensor] = {}
    for name, scores in ours.items():
        if name in APART:
            continue
        if name == "contexts":
            lost = F.binary_cross_entropy_with_logits(scores, theirs[name], reduction="none").sum(-1)
        else:
            lost = -(theirs[name] * scores.log_softmax(-1)).sum(-1)
        weight = act if name in AT_ACTS else party if name in AT_PARTIES else cue if name in AT_CUES else None
        found[name] = lost.mean() if weight is None else (lost * weight).sum() / weight.sum().clamp(min=1)
    heads = meant[1].masked_fill(~inside, -1e4)[real]
    found["arc"] = -(heads.softmax(-1) * said[1].masked_fill(~inside, -1e4)[real].log_softmax(-1)).sum(-1).mean()
    own = heads.argmax(-1)
    where = torch.arange(len(batch), device=own.device)[:, None].expand(real.shape)[real]
    labels = student.relations(meant[2][real], meant[3][where, own]).softmax(-1)
    found["rel"] = -(labels * student.relations(said[2][real], said[3][where, own]).log_softmax(-1)).sum(-1).mean()
    found["links"] = _links(student, said, meant, batch, act, cue)
    return found


def _links(student: Reader, said: tuple[Tensor, ...], meant: tuple[Tensor, ...], batch: list[Example], act: Tensor, cue: Tensor) -> Tensor:
    """Binary cross entropy of roles, summed over words and roles, a predicate; scaled as in ``train``."""
    total, n = said[4].new_zeros(()), 0
    counts = [len(e.firsts) for e in batch]
    for i, (words, *likely_of) in enumerate(zip(counts, act.split(counts), cue.split(counts), strict=True)):
        for likely, roles in zip(likely_of, (OF_ACTS, OF_CUES), strict=True):
            asked = (likely > SURE).nonzero()[:, 0]
            if not len(asked):
                continue
            ours = student.links(said[4][i, asked], said[5][i, :words], roles)
            target = student.links(meant[4][i, asked], meant[5][i, :words], roles).sigmoid()
            total = total + F.binary_cross_entropy_with_logits(ours, target, reduction="sum")
            n += len(asked)
    return total / max(1, n) * 0.1
