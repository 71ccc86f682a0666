"""What a report's other acts tell of who takes part in one."""

from __future__ import annotations

import numpy as np

from backchannel.coder.acts.story import NEAR, SIZE, Seen, told_by_others


def act(first: int, type_: str, lemma: str, **rated: tuple[float, float]) -> Seen:
    """An act with the actor and recipient shares of its candidates."""
    return Seen(first, type_, lemma, list(rated), np.array([(1 - a - r, a, r) for a, r in rated.values()], np.float32).reshape(-1, 3))


def test_one_act_alone_is_told_nothing() -> None:
    """No other act, no numbers; an act without candidates has none."""
    (alone,) = told_by_others([act(3, "ASSAULT", "strike", x=(0.9, 0.0), y=(0.0, 0.1))])
    assert alone.shape == (2, SIZE) and not alone.any()
    assert [x.shape for x in told_by_others([act(3, "ASSAULT", "strike"), act(9, "CONSULT", "meet", x=(0.5, 0.5))])] == [(0, SIZE), (1, SIZE)]


def test_who_was_struck_before_stands_opposite() -> None:
    """Y, whom X strikes in the other act, stands opposite X here, though this sentence hardly names it; Z does not."""
    acts = [act(3, "ASSAULT", "strike", x=(0.9, 0.0), y=(0.0, 0.8)), act(30, "ASSAULT", "strike", x=(0.9, 0.0), y=(0.1, 0.2), z=(0.1, 0.2))]
    _, later = told_by_others(acts)
    x, y, z = later
    assert np.allclose(y[:8], [0, 0.8, 0, 0.8, 0, np.log1p(0.8), 0, 0.8], atol=1e-6)
    assert not z.any() and x[0] == np.float32(0.9)
    assert np.isclose(y[11], 0.9 * 0.8) and y[12] == 0  # recipient where X, the likeliest actor here, acts
    assert np.isclose(y[15], 0.8) and x[15] == 0  # recipient just before


def test_only_the_nearest_acts_count() -> None:
    """However long a report, an act is looked at beside as many others; what lies farther off says nothing."""
    acts = [
        act(0, "ASSAULT", "strike", y=(0.0, 0.8)),
        *(act(9 + i, "CONSULT", "meet", x=(0.5, 0.4)) for i in range(NEAR)),
        act(900, "ASSAULT", "strike", y=(0.1, 0.2)),
    ]
    assert not told_by_others(acts)[-1].any()
    assert told_by_others(acts[1:])[-1].shape == told_by_others([*acts[:1], *acts[2:]])[-1].shape
    assert told_by_others([*acts[:1], *acts[2:]])[-1].any()
