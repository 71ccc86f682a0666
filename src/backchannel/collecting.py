"""Python's collector of cycles, kept still where millions of objects are made and none of them is garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Iterator[None]:
    """No collection meanwhile: looking for cycles took half the time of fusing a ledger, and of loading the register."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            if not gc.get_freeze_count():
                gc.freeze()  # all is moved to the oldest generation, unseen: no collection of the young looks through what was just made
                gc.unfreeze()
            gc.enable()
