"""The list of articles without politics and what is counted on it."""

from __future__ import annotations

import pytest
from bench.false_alarms import Listed, beyond, listed, mean_beyond


def test_every_article_is_listed_once_in_one_of_two_halves() -> None:
    """Ids are unique, few acts are told in passing, and each half has its share."""
    articles = listed()
    assert len({one.article for one in articles}) == len(articles) > 100
    assert all(0 <= one.acts <= 3 for one in articles)
    assert 0.4 < sum(one.half == "develop" for one in articles) / len(articles) < 0.6


@pytest.mark.parametrize(("coded", "acts", "false"), [(0, 0, 0), (2, 0, 2), (2, 3, 0), (4, 3, 1)])
def test_what_is_coded_beyond_the_acts_is_false(coded: int, acts: int, false: int) -> None:
    """Missed acts do not make up for false claims of another article."""
    assert beyond(coded, acts) == false
    assert mean_beyond([(Listed("a", "sport", acts), coded), (Listed("b", "sport", 3), 0)]) == false / 2
