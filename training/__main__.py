"""One command retrains the reader and prints the table of the model card: ``python -m training [--minutes M]``.

Boundaries of sentences (raw texts are cut by them), lemmas, the corpus of all examples -> two teachers (a large encoder each, with two seeds) -> a student
(the small encoder that is shipped) taught by both from the base model on -> twice more from there with two seeds, and the mean of both -> a second look at
acts -> int8 ONNX in the package -> coreference weights, factuality, the coder's small networks -> dev figures. About an hour with a large GPU; a night on two
CPU cores sees a tenth of what made the shipped weights. Every step leaves a checkpoint in training/work, and a step whose ``.done`` mark is there is skipped.
"""

from __future__ import annotations

import argparse
import sys

import torch

from training import boundaries, choices, coreference, corpus, countries, evaluate, factuality, lemmas, pairs, pronouns, statuses
from training.export import MODEL, export
from training.mean import mean
from training.second_look import second_look
from training.train import SEED, WORK, train

MINUTES = {"cuda": {"teacher": 5.0, "student": 10.0}, "cpu": {"teacher": 120.0, "student": 120.0}}  # of each run
TEACHERS = {"teacher1": SEED, "teacher2": SEED + 1}
STUDENTS = {"student1": SEED, "student2": SEED + 1}  # both begin where ``student`` ends; the mean is shipped


def main() -> None:
    """Run what is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, help="of each run, in place of those set for this machine (a fraction tries the code)")
    given = parser.parse_args().minutes
    sys.argv = sys.argv[:1]  # the steps read command lines of their own
    device = "cuda" if torch.cuda.is_available() else "cpu"
    minutes = {plan: given or usual for plan, usual in MINUTES[device].items()}
    boundaries.main()
    lemmas.main()
    if not corpus.CORPUS.exists():
        corpus.main()
    for name, seed in TEACHERS.items():
        _once(name, "teacher", minutes, None, seed)
    _once("student", "student", minutes, None, SEED)
    for name, seed in STUDENTS.items():
        _once(name, "student", minutes, "student", seed)
    mean(WORK / "mean.safetensors", {WORK / f"{name}.safetensors": 1 / len(STUDENTS) for name in STUDENTS})
    second_look(WORK / "mean.safetensors", WORK / "shipped.safetensors")
    export(WORK / "shipped.safetensors", MODEL)
    for step in (coreference, factuality, pronouns, countries, statuses, choices, pairs, evaluate):
        step.main()


def _once(name: str, plan: str, minutes: dict[str, float], before: str | None, seed: int) -> None:
    """One run, unless it is done."""
    out, done = WORK / f"{name}.safetensors", WORK / f"{name}.done"
    if done.exists():
        print(f"{name}: {out} is there, not trained again", flush=True)
        return
    guides = tuple(WORK / f"{teacher}.safetensors" for teacher in TEACHERS) if plan == "student" else ()
    train(plan, out, minutes[plan], WORK / f"{before}.safetensors" if before else None, guides, seed)
    done.touch()


if __name__ == "__main__":
    main()
