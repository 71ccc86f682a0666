"""The garbage collector at rest."""

from __future__ import annotations

import gc

from backchannel.collecting import no_collecting


def test_what_is_made_meanwhile_is_not_looked_through_afterwards() -> None:
    """It is old at once, the collector is as it was, and what a program froze for good stays frozen."""
    with no_collecting():
        assert not gc.isenabled()
        made: list[list[int]] = [[] for _ in range(5_000)]
    assert gc.isenabled()
    young = {id(one) for generation in (0, 1) for one in gc.get_objects(generation)}
    assert not young & {id(one) for one in made}
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        with no_collecting():
            pass
        assert gc.get_freeze_count() >= frozen - 100
    finally:
        gc.unfreeze()


def test_a_collector_that_was_off_stays_off() -> None:
    """Whoever turned it off has reasons."""
    gc.disable()
    try:
        with no_collecting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
