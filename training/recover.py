"""The shipped int8 weights -> float weights that a training run can begin at: ``python -m training.recover OUT.safetensors``.

Nothing else keeps the weights of a finished training: ``work/`` is not in git. What int8 rounded away stays away; exported again, the
same int8 weights come out, to the last bit.
"""

from __future__ import annotations

import json
import pathlib
import sys

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.export import MODEL
from training.model import SMALL, Reader, fill, save, sizes


def recover(folder: pathlib.Path, out: pathlib.Path) -> None:
    """Leave the weights of the exported reader in ``folder`` at ``out``, its label sets beside them."""
    graph = onnx.load(folder / "reader.onnx").graph
    found = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    inputs = {node.name: list(node.input) for node in graph.node}
    inventories = json.loads((folder / "labels.json").read_text(encoding="utf8"))
    model = Reader(sizes(inventories), len(inventories["relations"]))

    def weights(name: str) -> np.ndarray:
        """A matrix as PyTorch has it: (outputs, inputs)."""
        if name in found:
            return found[name]
        kept = next(n for n in (f"{name}_Transposed", name) if f"{n}_quantized" in found)
        exact = (found[f"{kept}_quantized"].astype(np.float32) - found[f"{kept}_zero_point"].astype(np.float32)) * found[f"{kept}_scale"]
        return exact if kept == name else exact.T

    state: dict[str, np.ndarray] = {}
    apart = []
    for name in model.state_dict():
        if {f"reader.{name}{end}" for end in ("", "_quantized", "_Transposed_quantized")} & found.keys():
            state[name] = weights(f"reader.{name}")
    for n in range(SMALL.layers):
        block = f"blocks.{n}"
        state[f"layers.{n}.qkv.weight"] = np.concatenate([weights(f"{block}.{part}.weight") for part in "qkv"])
        state[f"layers.{n}.qkv.bias"] = np.concatenate([found[f"{block}.{part}.bias"] for part in "qkv"])
        up, bias, down = weights(f"{block}.up_near.weight"), found[f"{block}.up_near.bias"].copy(), weights(f"{block}.down_near.weight")
        far = ~up.any(1)  # the channels multiplied apart
        up[far], bias[far], down[:, far] = weights(f"{block}.up_far.weight"), found[f"{block}.up_far.bias"], found[inputs[f"/{block}/down_far/MatMul"][1]].T
        apart.append(np.flatnonzero(far))
        state |= {f"layers.{n}.up.weight": up, f"layers.{n}.up.bias": bias, f"layers.{n}.down.weight": down}
        state[f"layers.{n}.down.bias"] = found[f"{block}.down_near.bias"]
    (mixing,) = (a for name, a in found.items() if a.shape == (len(model.views), SMALL.layers))
    state |= {f"views.{view}.mix": np.log(row) for view, row in zip(model.views, mixing, strict=True)}
    matrices = np.load(folder / "matrices.npz")
    names = {"rel.weight": "rel", "rel.bias": "rel_bias", "link": "link", "link_args.weight": "link_args", "link_args.bias": "link_bias"}
    state |= {ours: matrices[theirs] for ours, theirs in names.items()}
    state["apart"] = np.stack(apart)
    fill(model, {k: torch.tensor(v) for k, v in state.items()})
    save(model, inventories, out)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    recover(MODEL, pathlib.Path(sys.argv[1]))
