"""One command retrains the reader and prints the table of the model card: ``python -m training``.

base (trees, names, attribution, arguments) -> full (everything, events included; base's own trees rehearsed on news texts) -> last (a short pass with a
greater share for acts and statuses) -> int8 ONNX in the package -> coreference weights -> dev figures. Two hours on two CPU cores, minutes on a GPU; every step
leaves a checkpoint in training/work and a step whose checkpoint is there is skipped.
"""

from __future__ import annotations

import sys

from training import coreference, evaluate
from training.export import MODEL, export
from training.train import TEACHER, WORK, train

STEPS = (("base", None), ("full", "base"), ("last", "full"))


def main() -> None:
    """Run what is missing."""
    for plan, before in STEPS:
        out = WORK / f"{plan}.safetensors"
        if (WORK / f"{plan}.done").exists():
            print(f"{plan}: {out} is there, not trained again", flush=True)
            continue
        train(plan, out, WORK / f"{before}.safetensors" if before else None, None, None)
        if plan == "base":
            export(out, TEACHER)
        (WORK / f"{plan}.done").touch()
    export(WORK / "last.safetensors", MODEL)
    sys.argv = sys.argv[:1]
    coreference.main()
    evaluate.main()


if __name__ == "__main__":
    main()
