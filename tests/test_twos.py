"""The two who are meant by "the two leaders", "both sides": which stretch of text names them."""

from __future__ import annotations

import pytest

from backchannel.coder.parties.twos import last_two, two_alike

KINDS = {"a": "person", "b": "person", "c": "state", "d": "state", "e": "state"}


@pytest.mark.parametrize(
    ("stretches", "only", "two"),
    [
        ([["a"], ["b"], ["c"]], False, ("a", "b")),  # the nearest
        ([["a"], ["b"], ["c"]], True, ("c", "d")),  # no more than two
        ([["a"], ["a"]], False, ("c", "d")),  # one named twice is one
        ([["a", "b"]], True, ("a", "b")),  # a mention that stands for both
    ],
)
def test_the_first_stretch_that_names_two(stretches: list[list[str]], only: bool, two: tuple[str, ...]) -> None:
    """The stretch behind names two, and is asked when the nearer one tells nothing."""
    assert last_two([stretches, [["c"], ["d"]]], only=only) == two


def test_who_does_not_fit_is_passed_over() -> None:
    """Beside those found already, too."""
    assert last_two([[["a"], ["b"], ["c"], ["d"]]], lambda n, found: n != "a" and "b" not in found) == ()
    assert last_two([[["a"], ["b"], ["c"], ["d"]]], lambda n, found: KINDS[n] == "state") == ("c", "d")


def test_two_alike_are_the_only_two_of_their_kind() -> None:
    """Persons before states, and of a sentence before the next."""
    assert two_alike([[["c"], ["a"], ["d"], ["b"]]], KINDS.__getitem__) == ("a", "b")
    assert two_alike([[["c"], ["d"], ["e"], ["a"]], [["a"], ["b"]]], KINDS.__getitem__) == ("a", "b")
    assert two_alike([[["c"], ["d"], ["a"]]], KINDS.__getitem__) == ("c", "d")
