"""What a batch costs the reader: under labels (``labelled``), and under what teachers say of the same words (``taught``: Hinton et al. 2015).

Everything is computed for all words and heads at once and masked, without looking at a value: a GPU is never waited for. Of heads that are only taught at
acts, cues or parties a word counts as far as the teachers take it for one.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from backchannel.reader.labels import ROLES
from training.corpus import APART, Batch
from training.data import FAMILIES, MASK
from training.model import Reader

Said = tuple[Tensor, ...]  # what ``Reader.forward`` gives for a batch
SURE = 0.25  # a word is asked for its links when the teachers take it for an act or a cue with this probability
AT_ACTS = ("root", "mode", "status", "polarity", "certainty", "channel", "disclosure", "quality", "trend", "contexts")
ACTS = ("event", "links", *AT_ACTS)
AT_PARTIES, AT_CUES = ("kind", "sector"), ("stance",)
SMOOTHED = 0.02  # of a label's probability goes to all labels
LINKS = 0.1  # a predicate's links are summed over words and roles, not averaged
FAR = -1e4  # the score of an arc into another sentence


def labelled(model: Reader, said: Said, batch: Batch, trees: Tensor) -> dict[str, Tensor]:
    """Head -> its mean loss over the words that have a label, times the share of the batch's words that stand in examples of sets that teach it.
    ``trees`` (B,): how much the tree of each example counts (made by a reader, not by hand: less).
    """
    tags, arcs, rel_dep, rel_head, pred, arg = said
    logp, heads = by_head(model, tags)
    known = batch.tags > MASK
    at = heads.first + batch.tags.clamp(min=0)  # a word's label of each head as a column
    nll = -torch.gather(logp, 2, at) * (1 - SMOOTHED) - SMOOTHED * _per_head(logp, heads) / heads.many
    weight = known.float()
    weight[..., heads.of_trees] *= trees[:, None, None]
    found = dict(zip(heads.names, ((nll * weight).sum((0, 1)) / known.sum((0, 1)).clamp(min=1)).unbind(), strict=True))
    scores = model.split(tags)

    def mean(loss: Tensor, known: Tensor, weight: Tensor | None = None) -> Tensor:
        counts = known if weight is None else known * weight[:, None]
        return (loss * counts).sum() / known.sum().clamp(min=1)

    found["factuality"] = mean(F.smooth_l1_loss(scores["factuality"][..., 0], batch.factuality, reduction="none"), batch.factuality > MASK)
    bits = (batch.contexts[..., None] >> torch.arange(scores["contexts"].shape[-1], device=tags.device)) & 1  # one bit a label
    lost = F.binary_cross_entropy_with_logits(scores["contexts"], bits.float(), reduction="none").sum(-1)
    found["contexts"] = mean(lost, batch.contexts > MASK)
    known = batch.heads != MASK
    above = batch.heads.clamp(min=0)
    found["arc"] = mean(F.cross_entropy(arcs.masked_fill(~batch.inside, FAR).transpose(1, 2), above, reduction="none"), known, trees)
    labels = model.relations(rel_dep, _picked(rel_head, above[..., None])).float()
    found["rel"] = mean(F.cross_entropy(labels.transpose(1, 2), batch.rels.clamp(min=0), reduction="none"), known, trees)
    example, word = batch.asked.unbind(1)
    if len(example):
        linked = model.links(pred[example, word], arg[example]).float()
        lost = F.binary_cross_entropy_with_logits(linked, batch.links.float(), reduction="none") * batch.roles[:, None, :]
        found["links"] = (lost.sum(-1) * batch.real[example]).sum() / len(example) * LINKS
    if len(batch.pairs):
        found["pair"] = F.cross_entropy(pair_scores(model, scores["root"], pred, arg, batch), batch.root)
    return {k: v * batch.share[k] for k, v in found.items()}


class Heads(NamedTuple):
    """Which columns of the tags are whose; T columns, K heads with classes (all but contexts, whose labels exclude nothing, and factuality, a score)."""

    names: list[str]
    member: Tensor  # (T, K) 1 = a column of the head
    first: Tensor  # (K,)
    many: Tensor  # (K,)
    of_trees: list[int]


@functools.cache
def _heads(sizes: tuple[tuple[str, int], ...], device: torch.device) -> Heads:
    names, first, at = [k for k, _ in sizes if k not in APART], [], 0
    member = torch.zeros(sum(n for _, n in sizes), len(names), device=device)
    for name, n in sizes:
        if name not in APART:
            member[at : at + n, names.index(name)] = 1
            first.append(at)
        at += n
    begins, many = torch.tensor(first, device=device), member.sum(0)
    return Heads(names, member, begins, many, [names.index(k) for k in ("upos", "features")])


def by_head(model: Reader, tags: Tensor) -> tuple[Tensor, Heads]:
    """Log probabilities of every head's classes side by side (B, W, T), all heads normalised at once; columns of ``APART`` are nothing."""
    heads = _heads(tuple(model.sizes.items()), tags.device)
    with torch.autocast(tags.device.type, enabled=False):
        scores = tags.float()
        above = scores.amax(-1, keepdim=True).detach()
        norms = torch.log((scores - above).clamp(min=-80).exp() @ heads.member) + above
        return (scores - norms @ heads.member.T) * heads.member.sum(1), heads


def _per_head(columns: Tensor, heads: Heads) -> Tensor:
    """(B, W, T) -> the sum over each head's columns (B, W, K)."""
    with torch.autocast(columns.device.type, enabled=False):
        return columns @ heads.member


def pair_scores(model: Reader, root: Tensor, pred: Tensor, arg: Tensor, batch: Batch) -> Tensor:
    """PLOVER root of each marked pair: over all words as possible anchors, how much each is linked to the two parties and what root it says. -> (M, roots)"""
    at, words = batch.pairs, batch.real.shape[1]
    arg = arg[at]
    flat = model.links(pred[at].flatten(0, 1), arg.repeat_interleave(words, 0)).float().view(len(at), words, words, -1)  # (M, anchors, arguments, roles)
    weight = torch.where(batch.real[at], 0.0, FAR)
    for n, role in enumerate(("actor", "recipient")):
        side = batch.sides[:, n]
        best = F.logsigmoid(flat[..., ROLES.index(role)]).masked_fill(~side[:, None, :], FAR).amax(2)
        weight = weight + torch.where(side.any(1)[:, None], best, 0.0)
    return torch.logsumexp(root[at] + weight[..., None], 1)


def taught(model: Reader, said: Said, teachers: list[Reader], meant: list[Said], batch: Batch) -> dict[str, Tensor]:
    """Head -> mean cross entropy of the student's scores under the mean of the teachers' probabilities. Factuality is not taught so."""
    real = batch.real.float()
    with torch.no_grad():
        rows = torch.stack([by_head(t, m[0])[0].exp() for t, m in zip(teachers, meant, strict=True)]).mean(0)
        theirs = model.split(rows)
        act, party, cue = ((1 - theirs[k][..., 0]) * real for k in ("event", "party", "cue"))
    logp, heads = by_head(model, said[0])
    weight = torch.stack([act if k in AT_ACTS else party if k in AT_PARTIES else cue if k in AT_CUES else real for k in heads.names], -1)
    lost = (_per_head(-rows * logp, heads) * weight).sum((0, 1)) / weight.sum((0, 1)).clamp(min=1)
    found = dict(zip(heads.names, lost.unbind(), strict=True))
    contexts = torch.stack([t.split(m[0])["contexts"].float().sigmoid() for t, m in zip(teachers, meant, strict=True)]).mean(0)
    lost = F.binary_cross_entropy_with_logits(model.split(said[0])["contexts"], contexts, reduction="none").sum(-1)
    found["contexts"] = (lost * act).sum() / act.sum().clamp(min=1)
    arcs = torch.stack([m[1].masked_fill(~batch.inside, FAR).softmax(-1) for m in meant]).mean(0)
    found["arc"] = (-(arcs * said[1].masked_fill(~batch.inside, FAR).log_softmax(-1)).sum(-1) * real).sum() / real.sum()
    head = arcs.argmax(-1)[..., None]
    labels = torch.stack([t.relations(m[2], _picked(m[3], head)).float().softmax(-1) for t, m in zip(teachers, meant, strict=True)]).mean(0)
    ours = model.relations(said[2], _picked(said[3], head)).float().log_softmax(-1)
    found["rel"] = (-(labels * ours).sum(-1) * real).sum() / real.sum()
    total, n = said[4].new_zeros(()), 0
    for likely, family in ((act, "event"), (cue, "attribution")):
        example, word = (likely > SURE).nonzero(as_tuple=True)
        roles = [ROLES.index(r) for r in FAMILIES[family]]
        ours = model.links(said[4][example, word], said[5][example])[..., roles].float()
        with torch.no_grad():
            each = [t.links(m[4][example, word], m[5][example])[..., roles] for t, m in zip(teachers, meant, strict=True)]
            target = torch.stack([x.float().sigmoid() for x in each]).mean(0)
        total = total + (F.binary_cross_entropy_with_logits(ours, target, reduction="none").sum(-1) * real[example]).sum()
        n += len(example)
    found["links"] = total / max(1, n) * LINKS
    return found


def _picked(rows: Tensor, head: Tensor) -> Tensor:
    return rows.gather(1, head.expand(-1, -1, rows.shape[-1]))
