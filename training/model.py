"""One encoder, many heads, in one readable file. Shapes: B chunks, P word pieces, W words, H the encoder's width.

The encoder is BERT (Devlin et al. 2019) in the size of MiniLM-L6 (Wang et al. 2020), or, for a teacher, MPNet (Song et al. 2020), whose word pieces are the
same; a shape embedding is added because the vocabulary has no case. A word is the vector of its first piece. Trees: deep biaffine attention (Dozat & Manning
2017), the root being its own head. Links (who said, who did what to whom): a bilinear score for every role between a predicate word and every other word of
the chunk.
"""

from __future__ import annotations

import json
import math
import pathlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from backchannel.reader.features import N_SHAPES
from backchannel.reader.labels import ROLES, TAGS

HEADS = 12  # of attention, in both sizes
BUCKETS, FARTHEST = 32, 128  # MPNet's relative positions


@dataclass(frozen=True)
class Size:
    """An encoder: width, layers, inner width of the feed-forward part, whether attention knows how far apart two pieces are."""

    hidden: int
    layers: int
    inner: int
    relative: bool = False


SMALL, LARGE = Size(384, 6, 1536), Size(768, 12, 3072, relative=True)  # what is shipped; what teaches it
PARTS = ("source", "cue", "content")
VIEWS = ("syntax", "speech", "acts", "roles")  # each family of heads reads the layers through a mixture of its own
SYNTAX, SPEECH = frozenset(("upos", "features")), frozenset(("name", *PARTS, *(f"polnear_{k}" for k in PARTS), "stance"))
ARC, REL, LINK = 256, 96, 160  # sizes of the projections for arcs, relation labels, links
LOOKED_AT, LOOK = (1, 3, 5), 256  # layers, counted from 0, of the second look at acts; its inner width
ACT_HEADS = ("event", "mode")  # heads that it adds to
# What leaves a GELU has one or two channels, the same in every text, that reach four times as far as any other at the first piece: one int8 scale for all
# would leave the others few steps. So many channels of each layer are multiplied apart on their way down, in float32; the rest has the scale for itself.
APART = 2
ADDED = ("second_look.", "apart")  # what weights of before December 2026 do not hold


class Layer(nn.Module):
    """Self-attention and feed-forward, normalised after each (BERT order). No dropout inside: drawing its noise took a fifth of the time on a CPU and the
    dropout on word vectors is enough for a few epochs.
    """

    def __init__(self, size: Size) -> None:
        super().__init__()
        hidden, eps = size.hidden, 1e-5 if size.relative else 1e-12
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.norm1 = nn.LayerNorm(hidden, eps=eps)
        self.up = nn.Linear(hidden, size.inner)
        self.down = nn.Linear(size.inner, hidden)
        self.norm2 = nn.LayerNorm(hidden, eps=eps)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """X (B, P, H), mask (B, 1 or heads, 1 or P, P) added to the attention scores -> (B, P, H)."""
        b, p, hidden = x.shape
        q, k, v = self.qkv(x).view(b, p, 3, HEADS, hidden // HEADS).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        x = self.norm1(x + self.out(a.transpose(1, 2).reshape(b, p, hidden)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class View(nn.Module):
    """What one family of heads sees of a word: a learnt mixture of all layers (Peters et al. 2018) and a residual transformation, so that trees, speech and
    acts need not agree on one last layer. The mixing itself is one small product for all views (``Reader.read_heads``).
    """

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.mix = nn.Parameter(torch.tensor([0.0] * (size.layers - 1) + [3.0]))
        self.up, self.down = nn.Linear(size.hidden, size.hidden), nn.Linear(size.hidden, size.hidden)
        nn.init.zeros_(self.down.weight)
        nn.init.zeros_(self.down.bias)

    def forward(self, x: Tensor) -> Tensor:
        """The mixed word vectors (..., W, H) -> (..., W, H)."""
        return x + self.down(F.gelu(self.up(x)))


class SecondLook(nn.Module):
    """What the heads of acts are told beside their view: three layers side by side through one small layer. The last layer knows the annotated articles by
    heart; how an act is worded elsewhere is told apart in those before it, too. Fitted over a finished reader (``second_look.py``).
    """

    def __init__(self, size: Size, labels: int, width: int = LOOK) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(size.hidden, elementwise_affine=False)
        self.up, self.down = nn.Linear(len(LOOKED_AT) * size.hidden, width), nn.Linear(width, labels)
        nn.init.zeros_(self.down.weight)
        nn.init.zeros_(self.down.bias)

    def forward(self, states: Sequence[Tensor]) -> Tensor:
        """Word vectors after each of the layers, (..., W, H) each -> what is added to the scores of ``ACT_HEADS`` (..., W, labels)."""
        return self.down(F.gelu(self.up(torch.cat([self.norm(x) for x in states], -1))))


class Reader(nn.Module):
    """Encoder and heads. ``sizes``: number of labels of each tag head, in output order."""

    def __init__(self, sizes: dict[str, int], n_relations: int, size: Size = SMALL) -> None:
        super().__init__()
        self.sizes, self.size = sizes, size
        hidden = size.hidden
        self.words = nn.Embedding(30522, hidden)
        self.positions = nn.Embedding(512, hidden)
        self.shapes = nn.Embedding(N_SHAPES, hidden)
        nn.init.normal_(self.shapes.weight, std=0.01)
        self.kind = nn.Parameter(torch.zeros(hidden))
        self.norm = nn.LayerNorm(hidden, eps=1e-5 if size.relative else 1e-12)
        self.layers = nn.ModuleList(Layer(size) for _ in range(size.layers))
        self.distances = nn.Embedding(BUCKETS, HEADS).requires_grad_(False) if size.relative else None  # as MPNet has them: a mask that learns is slow
        self.drop = nn.Dropout(0.1)
        self.word_drop = nn.Dropout(0.25)
        self.views = nn.ModuleDict({name: View(size) for name in VIEWS})
        self.tags = nn.ModuleDict({view: nn.Linear(hidden, sum(n for k, n in sizes.items() if view_of(k) == view)) for view in map(view_of, sizes)})
        self.second_look = SecondLook(size, sum(sizes[k] for k in ACT_HEADS))
        self.register_buffer("apart", torch.full((size.layers, APART), -1))  # not chosen yet
        self.arc_dep, self.arc_head = nn.Linear(hidden, ARC), nn.Linear(hidden, ARC)
        self.arc = nn.Parameter(torch.zeros(ARC, ARC))
        self.arc_bias = nn.Linear(ARC, 1)
        self.rel_dep, self.rel_head = nn.Linear(hidden, REL), nn.Linear(hidden, REL)
        self.rel = nn.Linear(3 * REL, n_relations)
        self.link_pred, self.link_arg = nn.Linear(hidden, LINK), nn.Linear(hidden, LINK)
        self.link = nn.Parameter(torch.randn(len(ROLES), LINK, LINK) * 0.01)
        self.link_args = nn.Linear(LINK, len(ROLES))
        nn.init.constant_(self.link_args.bias, -4.0)
        nn.init.orthogonal_(self.arc, gain=0.1)

    def encode(self, pieces: Tensor, shapes: Tensor, mask: Tensor, firsts: Tensor) -> list[Tensor]:
        """pieces, shapes (B, P), mask (B, P) 1 = real, firsts (B, W) -> word vectors after each layer, (B, W, H) each."""
        x = self.words(pieces) + self.positions.weight[: pieces.shape[1]] + self.shapes(shapes) + self.kind
        x = self.drop(self.norm(x))
        added = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        if self.distances:
            added = added + self.distances(buckets(pieces.shape[1], pieces.device)).permute(2, 0, 1)
        at = firsts[..., None].expand(-1, -1, x.shape[-1])
        states = []
        for layer in self.layers:
            x = layer(x, added)
            states.append(x.gather(1, at))
        return states

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        """What ``read_heads`` gives for a padded batch."""
        return self.read_heads(self.encode(pieces, shapes, mask, firsts))

    def read_heads(self, states: list[Tensor]) -> tuple[Tensor, ...]:
        """Everything the heads say of every word: tags (..., W, T), arc scores (..., W dependents, W heads), and the small projections that labels and links
        are made of: rel_dep, rel_head (..., W, REL), link_pred, link_arg (..., W, LINK).
        """
        weights = torch.stack([torch.softmax(view.mix, 0) for view in self.views.values()])  # (views, layers)
        every = torch.cat([x.reshape(1, -1) for x in states])
        mixed = (weights.to(every.dtype) @ every).view(len(weights), *states[0].shape)  # (views, ..., W, H)
        h = {name: self.word_drop(view(x)) for (name, view), x in zip(self.views.items(), mixed, strict=True)}
        parts: dict[str, Tensor] = {}
        for view, linear in self.tags.items():
            own = [k for k in self.sizes if view_of(k) == view]
            parts |= dict(zip(own, linear(h[view]).split([self.sizes[k] for k in own], -1), strict=True))
        more = self.second_look([states[n] for n in LOOKED_AT]).split([self.sizes[k] for k in ACT_HEADS], -1)
        parts |= {k: parts[k] + added for k, added in zip(ACT_HEADS, more, strict=True)}
        tree, roles = h["syntax"], h["roles"]
        dep, head = F.relu(self.arc_dep(tree)), F.relu(self.arc_head(tree))
        arcs = dep @ self.arc @ head.transpose(-1, -2) + self.arc_bias(head).transpose(-1, -2)
        small = (F.relu(layer(x)) for layer, x in ((self.rel_dep, tree), (self.rel_head, tree), (self.link_pred, roles), (self.link_arg, roles)))
        return (torch.cat([parts[k] for k in self.sizes], -1), arcs, *small)

    def relations(self, dep: Tensor, head: Tensor) -> Tensor:
        """Label scores (..., relations) of given dependent and head projections (..., REL)."""
        return self.rel(torch.cat([dep, head, dep * head], -1))

    def links(self, pred: Tensor, arg: Tensor) -> Tensor:
        """Pred (N, LINK), arg (N, W, LINK): the words beside which each stands -> scores (N, W, roles)."""
        turned = torch.einsum("nd,rde->nre", pred, self.link.to(pred.dtype))
        return torch.einsum("nre,nwe->nwr", turned, arg) + self.link_args(arg)

    def split(self, tags: Tensor) -> dict[str, Tensor]:
        """The tag output cut into its heads."""
        return dict(zip(self.sizes, tags.split(list(self.sizes.values()), -1), strict=True))


def buckets(pieces: int, device: torch.device) -> Tensor:
    """How far and on which side of each piece every other stands, in MPNet's classes: (P, P)."""
    at = torch.arange(pieces, device=device)
    apart = at[:, None] - at[None, :]
    half = BUCKETS // 2
    near, exact = apart.abs(), half // 2
    far = exact + (torch.log(near.clamp(min=1) / exact) / math.log(FARTHEST / exact) * (half - exact)).long()
    return (apart < 0) * half + torch.where(near < exact, near, far.clamp(max=half - 1))


def view_of(head: str) -> str:
    """The view that a tag head reads."""
    return "syntax" if head in SYNTAX else "speech" if head in SPEECH else "acts"


def sizes(inventories: dict[str, list[str]]) -> dict[str, int]:
    """Number of labels of each tag head, in output order."""
    return {**{k: len(v) for k, v in TAGS.items()}, "features": len(inventories["features"])}


def start(folder: pathlib.Path, inventories: dict[str, list[str]], size: Size = SMALL) -> Reader:
    """A reader whose encoder is the base model found in ``folder`` (BERT's parameters, or for ``LARGE`` MPNet's) and whose heads are new."""
    from safetensors.torch import load_file

    given = load_file(folder / "model.safetensors")
    model = Reader(sizes(inventories), len(inventories["relations"]), size)
    words, positions = given["embeddings.word_embeddings.weight"], given["embeddings.position_embeddings.weight"]
    if size.relative:  # BERT's pieces begin at the fifth row, positions at the third; its special pieces have rows of their own
        own = {0: 1, 101: 0, 102: 2, 103: len(words) - 1}
        words = torch.stack([words[own.get(i, i + 4)] for i in range(len(model.words.weight))])
        positions = positions[2:]
    state: dict[str, Any] = {
        "words.weight": words,
        "positions.weight": positions,
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }
    if size.relative:
        state["distances.weight"] = given["encoder.relative_attention_bias.weight"]
        attention, mixed, normed = ("attention.attn.q", "attention.attn.k", "attention.attn.v"), "attention.attn.o", "attention.LayerNorm"
    else:
        state["kind"] = given["embeddings.token_type_embeddings.weight"][0]
        attention = ("attention.self.query", "attention.self.key", "attention.self.value")
        mixed, normed = "attention.output.dense", "attention.output.LayerNorm"
    parts = {"out": mixed, "norm1": normed, "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm"}
    for i in range(size.layers):
        base = f"encoder.layer.{i}."
        for end in ("weight", "bias"):
            state[f"layers.{i}.qkv.{end}"] = torch.cat([given[f"{base}{k}.{end}"] for k in attention])
            state |= {f"layers.{i}.{ours}.{end}": given[f"{base}{theirs}.{end}"] for ours, theirs in parts.items()}
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert not unexpected and all(not k.startswith(("words", "positions", "layers", "norm", "distances")) for k in missing), missing
    return model


def fill(model: Reader, state: dict[str, Tensor]) -> None:
    """Load weights; those of before may lack what was ``ADDED``, which then adds nothing."""
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert not unexpected and all(k.startswith(ADDED) for k in missing), (missing, unexpected)


def save(model: Reader, inventories: dict[str, list[str]], path: pathlib.Path) -> None:
    """Weights (safetensors) and label sets beside them."""
    from safetensors.torch import save_file

    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(model.state_dict(), path)
    path.with_suffix(".json").write_text(json.dumps(inventories), encoding="utf8")


def resume(path: pathlib.Path) -> tuple[Reader, dict[str, list[str]]]:
    """A saved reader and its label sets."""
    from safetensors.torch import load_file

    inventories, state = json.loads(path.with_suffix(".json").read_text(encoding="utf8")), load_file(path)
    size = LARGE if "distances.weight" in state else SMALL
    model = Reader(sizes(inventories), len(inventories["relations"]), size)
    fill(model, state)
    return model, inventories
