"""Trained weights -> the files the package ships: int8 ONNX, the small matrices used outside the graph, labels, tokenizer.

python -m training.export [--weights FILE] [--to FOLDER]
"""

from __future__ import annotations

import argparse
import json
import pathlib
import shutil
import tempfile

import numpy as np
import onnx
import torch
from torch import Tensor, nn

from training import annotations, data, sets
from training.model import HEADS, HIDDEN, Layer, Reader, resume

HERE = pathlib.Path(__file__).resolve().parent
MODEL = HERE.parent / "src" / "backchannel" / "reader" / "model"
VERSION = "2026.11"
# What leaves a GELU has one or two channels, the same in every text, that reach four times as far as any other at the first piece: one int8 scale for all
# would leave the others few steps. So many channels of each layer are multiplied apart, in float32; the rest has the scale for itself.
APART = 2
SAMPLE = "report"  # the topic of the casebook whose texts show which


class Flat(nn.Module):
    """The reader for one chunk: pieces, shapes (P,), firsts (W,) -> the six outputs without a batch axis."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader
        self.blocks = nn.ModuleList(Block(layer) for layer in reader.layers)  # type: ignore[arg-type]

    def forward(self, pieces: Tensor, shapes: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        r = self.reader
        x = r.norm(r.words(pieces) + r.positions.weight[: pieces.shape[0]] + r.shapes(shapes) + r.kind)
        states = []
        for block in self.blocks:
            x = block(x)
            states.append(x[firsts])
        return r.read_heads(states)


class Block(nn.Module):
    """One layer on (P, H), its feed-forward part in two: the channels that reach far, and the rest."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.layer, self.reach = layer, torch.zeros(layer.up.out_features)

    def part(self) -> None:
        """Split what goes up and down by how far each channel has reached."""
        far = self.reach.argsort(descending=True)
        for name, channels in (("far", far[:APART].sort().values), ("near", far[APART:].sort().values)):
            up, down = nn.Linear(HIDDEN, len(channels)), nn.Linear(len(channels), HIDDEN, bias=name == "near")
            up.weight.data, up.bias.data = self.layer.up.weight[channels], self.layer.up.bias[channels]
            down.weight.data = self.layer.down.weight[:, channels]
            if name == "near":
                down.bias.data = self.layer.down.bias.data
            self.add_module(f"up_{name}", up)
            self.add_module(f"down_{name}", down)

    def forward(self, x: Tensor) -> Tensor:
        layer, p = self.layer, x.shape[0]
        q, k, v = layer.qkv(x).view(p, 3, HEADS, HIDDEN // HEADS).permute(1, 2, 0, 3)
        a = torch.softmax(q @ k.transpose(-1, -2) * (HIDDEN // HEADS) ** -0.5, -1) @ v
        x = layer.norm1(x + layer.out(a.transpose(0, 1).reshape(p, HIDDEN)))
        if not hasattr(self, "up_far"):
            wide = nn.functional.gelu(layer.up(x))
            self.reach = torch.maximum(self.reach, wide.abs().amax(0))
            return layer.norm2(x + layer.down(wide))
        far, near = nn.functional.gelu(self.up_far(x)), nn.functional.gelu(self.up_near(x))
        return layer.norm2(x + self.down_near(near) + self.down_far(far))


def export(weights: pathlib.Path, to: pathlib.Path, *, quantise: bool = True) -> None:
    """Write reader.onnx, matrices.npz, labels.json, tokenizer.json, about.json into ``to``."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model, inventories = resume(weights)
    inventories["lemmas"] = sets.inventories()["lemmas"]
    model.eval()
    to.mkdir(parents=True, exist_ok=True)
    flat = Flat(model)
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        documents = (data.segment(case["text"]) for case in annotations.casebook(HERE.parent / "casebook", SAMPLE))
        for e in data.pack(documents, data.tokenizer_pieces(), task="sample"):
            flat(*map(torch.tensor, (e.pieces, e.shapes, e.firsts)))
        for block in flat.blocks:
            block.part()  # type: ignore[operator]
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
    parser.add_argument("--weights", type=pathlib.Path, default=HERE / "work" / "last.safetensors")
    parser.add_argument("--to", type=pathlib.Path, default=MODEL)
    parser.add_argument("--float", action="store_true", help="leave the weights in float32 (to measure what int8 costs)")
    args = parser.parse_args()
    export(args.weights, args.to, quantise=not args.float)
