"""One command retrains the reader and prints the table of the model card: ``python -m training``.

boundaries of sentences (raw texts are cut by them), lemmas -> base (trees, names, attribution, arguments) -> full (everything, events included;
base's own trees rehearsed on news texts) -> last (a short pass with a greater share for acts and statuses), full and last twice with two seeds -> the mean
of the two ends, with a little of a full -> again twice (from that mean, its own reading of news that nobody annotated beside the labels), the mean of the
two ends -> int8 ONNX in the package -> coreference weights, factuality, the coder's small networks -> dev figures. Six hours on two CPU
cores, minutes on a GPU; every step leaves a checkpoint in training/work and a step whose checkpoint is there is skipped. To go on from the shipped weights:
``training.recover``, then the plan ``again`` (training/README.md).
"""

from __future__ import annotations

import sys

from training import boundaries, choices, coreference, countries, evaluate, factuality, lemmas, pronouns
from training.export import MODEL, export
from training.mean import mean
from training.train import SEED, TEACHER, WORK, train

# (name, plan, begins at, seed)
STEPS = (
    ("base", "base", None, SEED),
    ("full1", "full", "base", SEED),
    ("last1", "last", "full1", SEED),
    ("full2", "full", "base", SEED + 1),
    ("last2", "last", "full2", SEED + 1),
)
SHARES = {"last1": 0.4, "last2": 0.4, "full2": 0.2}  # of each run in the weights that ``again`` begins at
AGAIN = {"again1": SEED, "again2": SEED + 1}  # the last runs, with their seeds
LAST = {"again1": 0.4, "again2": 0.6}  # in the shipped weights


def main() -> None:
    """Run what is missing."""
    sys.argv = sys.argv[:1]
    boundaries.main()
    lemmas.main()
    for name, plan, before, seed in STEPS:
        out = WORK / f"{name}.safetensors"
        if (WORK / f"{name}.done").exists():
            print(f"{name}: {out} is there, not trained again", flush=True)
            continue
        train(plan, out, WORK / f"{before}.safetensors" if before else None, None, None, seed)
        if plan == "base":
            export(out, TEACHER)
        (WORK / f"{name}.done").touch()
    mean(WORK / "mean.safetensors", {WORK / f"{name}.safetensors": share for name, share in SHARES.items()})
    export(WORK / "mean.safetensors", MODEL)  # its trees are rehearsed on news texts by the last step
    for name, seed in AGAIN.items():
        if not (WORK / f"{name}.done").exists():
            train("again", WORK / f"{name}.safetensors", WORK / "mean.safetensors", None, None, seed)
            (WORK / f"{name}.done").touch()
    mean(WORK / "shipped.safetensors", {WORK / f"{name}.safetensors": share for name, share in LAST.items()})
    export(WORK / "shipped.safetensors", MODEL)
    coreference.main()
    factuality.main()
    pronouns.main()
    countries.main()
    choices.main()
    evaluate.main()


if __name__ == "__main__":
    main()
