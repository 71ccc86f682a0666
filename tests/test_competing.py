"""What sets the times that may be an act's apart from each other."""

from __future__ import annotations

import numpy as np

from backchannel.coder.acts.competing import Candidate, among
from backchannel.records import TimeExpression, Timex, When


def candidate(start: int, day: str | None, away: int) -> Candidate:
    """An expression of one day at a character, in a sentence ``away`` from the act's."""
    when = When(text="x", start=day, end=day)
    said = TimeExpression(start=start, end=start + 1, text="x", when=when, timex=Timex(type="DATE", value=day or "PAST_REF"))
    return Candidate(start, [start], said, when, tells_saying=False, compares=False, away=away)


def test_numbers_of_times_beside_each_other() -> None:
    """Where the act is told, how many times there are, which is the nearest before it, days from the report's, the report's first sentence, rivals."""
    times = [candidate(10, "2024-03-05", -1), candidate(40, "2024-03-04", 0), candidate(60, None, 0)]
    told = among(times, 50, 1, 4, When(text="", start="2024-03-05", end="2024-03-05"))
    assert told.shape == (3, 12)
    assert np.allclose(told[:, :4], [0.25, 0.1, 2 / 3, 3 / 5])
    assert told[:, 5].tolist() == [0, 1, 0]  # the nearest before
    assert told[:, 7:10].tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]  # the report's day, the day before, no day
    assert told[:, 10].tolist() == [1, 0, 0]  # in the report's first sentence
    assert np.allclose(told[:, 11], [1 / 3, 2 / 3, 2 / 3])
