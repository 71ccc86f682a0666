"""Weights of several runs -> their weighted mean: ``python -m training.mean OUT FILE=SHARE FILE=SHARE ...`` (safetensors; shares add up to 1).

Runs that began at the same base weights lie close enough for their mean to be a better reader than any of them (model soups: Wortsman et al. 2022).
"""

from __future__ import annotations

import pathlib
import shutil
import sys

from safetensors.torch import load_file, save_file


def mean(out: pathlib.Path, shares: dict[pathlib.Path, float]) -> None:
    """Leave the mean at ``out``, with the label sets of the last file beside it.

    Raises:
        SystemExit: the shares do not add up to 1, or the files hold other weights than each other.

    """
    if abs(sum(shares.values()) - 1) > 1e-6:
        sys.exit(f"found shares that add up to {sum(shares.values()):g}; expected 1")
    read = [(load_file(path), share) for path, share in shares.items()]
    if any({k: v.shape for k, v in weights.items()} != {k: v.shape for k, v in read[0][0].items()} for weights, _ in read):
        sys.exit("found files that hold other weights than each other; expected runs of one code")
    save_file({name: sum(weights[name].float() * share for weights, share in read) for name in read[0][0]}, out)
    shutil.copy(list(shares)[-1].with_suffix(".json"), out.with_suffix(".json"))


def main(out: str, *parts: str) -> None:
    """Read the command line."""
    mean(pathlib.Path(out), {pathlib.Path(name): float(share) for name, _, share in (p.rpartition("=") for p in parts)})


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
