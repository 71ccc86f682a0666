"""The measure of joined mentions gives what can be worked out by hand."""

from __future__ import annotations

import pytest
from bench.coreference import b_cubed, ceaf_e, conll, groups, muc

TRUE = groups(["abc", "de"])


def test_the_same_groups_are_perfect() -> None:
    """Whatever the order."""
    assert conll(TRUE, groups(["ed", "cab"])) == pytest.approx(1.0)


def test_one_mention_in_the_wrong_group() -> None:
    """Two of three links, 11 of 15 of the company, four fifths of each group."""
    said = groups(["ab", "cde"])
    assert muc(TRUE, said) == pytest.approx((2 / 3, 2 / 3))
    assert b_cubed(TRUE, said) == pytest.approx((11 / 15, 11 / 15))
    assert ceaf_e(TRUE, said) == pytest.approx((0.8, 0.8))


def test_nothing_joined_and_everything_joined() -> None:
    """All alone keeps no link and is never wrong; all in one keeps every link."""
    alone, one = groups("abcde"), groups(["abcde"])
    assert muc(TRUE, alone) == (0.0, 0.0)
    assert b_cubed(TRUE, alone) == pytest.approx((1.0, (3 * 1 / 3 + 2 * 1 / 2) / 5))
    assert muc(TRUE, one) == pytest.approx((3 / 4, 1.0))
    assert b_cubed(TRUE, one) == pytest.approx(((3 * 3 / 5 + 2 * 2 / 5) / 5, 1.0))


def test_mentions_that_one_side_lacks_cost() -> None:
    """A mention said and not true takes precision, one true and not said takes recall."""
    assert b_cubed(TRUE, groups(["abcx", "de"])).precision < 1.0 == b_cubed(TRUE, groups(["abcx", "de"])).recall
    assert ceaf_e(TRUE, groups(["abc"])) == pytest.approx((1.0, 0.5))
