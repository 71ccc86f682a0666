"""Trained weights -> the files the package ships: int8 ONNX, the small matrices used outside the graph, labels, tokenizer.

python -m training.export [--weights FILE] [--to FOLDER]
"""

from __future__ import annotations

import argparse
import json
import pathlib
import shutil
import tempfile
from collections.abc import Callable

import numpy as np
import onnx
import torch
from torch import Tensor, nn

from training import annotations, data
from training.model import APART, HEADS, SMALL, Layer, Reader, resume

HERE = pathlib.Path(__file__).resolve().parent
MODEL = HERE.parent / "src" / "backchannel" / "reader" / "model"
VERSION = "2026.11"
SAMPLE = "report"  # the topic of the casebook whose texts show which channels reach farthest


class Flat(nn.Module):
    """The reader for one chunk: pieces, shapes (P,), firsts (W,) -> the six outputs without a batch axis. ``far``: each layer's channels to multiply apart."""

    def __init__(self, reader: Reader, far: list[Tensor]) -> None:
        super().__init__()
        self.reader = reader
        self.blocks = nn.ModuleList(map(Block, reader.layers, far))  # type: ignore[arg-type]

    def forward(self, pieces: Tensor, shapes: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        r = self.reader
        x = r.norm(r.words(pieces) + r.positions.weight[: pieces.shape[0]] + r.shapes(shapes) + r.kind)
        states = []
        for block in self.blocks:
            x = block(x)
            states.append(x[firsts])
        return r.read_heads(states)


class Block(nn.Module):
    """One layer on (P, H), its feed-forward part in two: the channels that reach ``far``, and the rest, where theirs are zero. Queries, keys and values have a
    product each: cut out of one, each would have to be copied.
    """

    def __init__(self, layer: Layer, far: Tensor) -> None:
        super().__init__()
        self.layer = layer
        self.q, self.k, self.v = map(_linear, layer.qkv.weight.chunk(3), layer.qkv.bias.chunk(3))
        up, down = layer.up, layer.down
        self.up_far, self.down_far = _linear(up.weight[far], up.bias[far]), _linear(down.weight[:, far])
        self.up_near = _linear(up.weight.index_fill(0, far, 0), up.bias.index_fill(0, far, 0))
        self.down_near = _linear(down.weight.index_fill(1, far, 0), down.bias)

    def forward(self, x: Tensor) -> Tensor:
        layer, size = self.layer, SMALL.hidden // HEADS
        q, k, v = (part(x).view(-1, HEADS, size).transpose(0, 1) for part in (self.q, self.k, self.v))
        a = torch.softmax(q @ k.transpose(-1, -2) * size**-0.5, -1) @ v
        x = layer.norm1(x + layer.out(a.transpose(0, 1).reshape(-1, SMALL.hidden)))
        far, near = nn.functional.gelu(self.up_far(x)), nn.functional.gelu(self.up_near(x))
        return layer.norm2(x + self.down_near(near) + self.down_far(far))


def _linear(weight: Tensor, bias: Tensor | None = None) -> nn.Linear:
    """A linear layer of given weights."""
    made = nn.Linear(weight.shape[1], weight.shape[0], bias=bias is not None)
    made.weight.data = weight
    if bias is not None:
        made.bias.data = bias
    return made


def _far(model: Reader) -> list[Tensor]:
    """For each layer the numbers of its ``APART`` channels that reach farthest over the sample's texts; of recovered weights those that their file had."""
    if (model.apart >= 0).all():
        return list(model.apart)
    reach = [torch.zeros(layer.up.out_features) for layer in model.layers]  # type: ignore[union-attr]

    def watch(n: int) -> Callable[[nn.Module, tuple[Tensor, ...], Tensor], None]:
        def look(_module: nn.Module, _inputs: tuple[Tensor, ...], out: Tensor) -> None:
            reach[n] = torch.maximum(reach[n], nn.functional.gelu(out).abs().flatten(0, -2).amax(0))

        return look

    hooks = [layer.up.register_forward_hook(watch(n)) for n, layer in enumerate(model.layers)]  # type: ignore[union-attr]
    documents = (data.segment(case["text"]) for case in annotations.casebook(HERE.parent / "casebook", SAMPLE))
    for e in data.pack(documents, data.tokenizer_pieces()):
        pieces, shapes, firsts = (torch.tensor(row)[None] for row in (e.pieces, e.shapes, e.firsts))
        model.encode(pieces, shapes, torch.ones_like(pieces), firsts)
    for hook in hooks:
        hook.remove()
    return [r.argsort(descending=True)[:APART].sort().values for r in reach]


def export(weights: pathlib.Path, to: pathlib.Path, *, quantise: bool = True) -> None:
    """Write reader.onnx, matrices.npz, labels.json, tokenizer.json, about.json into ``to``."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model, inventories = resume(weights)
    model.eval()
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        flat = Flat(model, _far(model))
        plain = pathlib.Path(folder) / "float.onnx"
        example = (torch.randint(999, 2000, (30,)), torch.zeros(30, dtype=torch.long), torch.arange(1, 20))
        torch.onnx.export(
            flat, example, str(plain), input_names=["pieces", "shapes", "firsts"],
            output_names=["tags", "arcs", "rel_dep", "rel_head", "link_pred", "link_arg"],
            dynamic_axes={"pieces": {0: "p"}, "shapes": {0: "p"}, "firsts": {0: "w"}, "tags": {0: "w"}, "arcs": {0: "w", 1: "w"}, "rel_dep": {0: "w"},
                          "rel_head": {0: "w"}, "link_pred": {0: "w"}, "link_arg": {0: "w"}},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        if quantise:
            apart = [node.name for node in onnx.load(plain, load_external_data=False).graph.node if "_far" in node.name]
            quantize_dynamic(
                str(plain), str(to / "reader.onnx"), weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gemm", "Gather"],
                nodes_to_exclude=apart,
            )  # fmt: skip
        else:
            shutil.copy(plain, to / "reader.onnx")
    matrices = {
        "rel": model.rel.weight,
        "rel_bias": model.rel.bias,
        "link": model.link,
        "link_args": model.link_args.weight,
        "link_bias": model.link_args.bias,
    }
    np.savez_compressed(to / "matrices.npz", **{k: v.detach().numpy().astype(np.float32) for k, v in matrices.items()})
    (to / "labels.json").write_text(json.dumps(inventories, separators=(",", ":")), encoding="utf8")
    shutil.copy(data.base_model() / "tokenizer.json", to / "tokenizer.json")
    (to / "about.json").write_text(
        json.dumps({"name": "backchannel-reader", "version": VERSION, "parameters": sum(p.numel() for p in model.parameters())}), encoding="utf8"
    )
    print({p.name: round(p.stat().st_size / 1e6, 2) for p in sorted(to.iterdir())})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=pathlib.Path, default=HERE / "work" / "shipped.safetensors")
    parser.add_argument("--to", type=pathlib.Path, default=MODEL)
    parser.add_argument("--float", action="store_true", help="leave the weights in float32 (to measure what int8 costs)")
    args = parser.parse_args()
    export(args.weights, args.to, quantise=not args.float)
