"""Since when and until when somebody held an office, by the words beside the title."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.records import OfficeClaim, When

Held = tuple[str, str, str, str | None, str | None]


def day(when: When | None) -> str | None:
    """The first and last day of a time, as one word."""
    return f"{when.start}/{when.end}" if when else None


def held(text: str) -> set[Held]:
    """(surname, office, tense, beginning, end) of each office told."""
    coded = code(text, published="2025-11-07")
    names = {a.key: a.name.split()[-1] for a in coded.actors}
    return {(names[c.person], c.office.lower(), c.tense, day(c.from_), day(c.to)) for c in coded.claims if isinstance(c, OfficeClaim)}


YEAR_2019, YEAR_2022, MAY = "2019-01-01/2019-12-31", "2022-01-01/2022-12-31", "2025-05-01/2025-05-31"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ann Linde was Sweden's foreign minister from 2019 to 2022.", {("Linde", "foreign minister", "former", YEAR_2019, YEAR_2022)}),
        ("Ann Linde served as foreign minister of Sweden until 2022.", {("Linde", "foreign minister", "former", None, YEAR_2022)}),
        ("Ann Linde, foreign minister from 2019 to 2022, praised Norway.", {("Linde", "foreign minister", "former", YEAR_2019, YEAR_2022)}),
        ("Ann Linde, Sweden's foreign minister since 2019, met Wang Yi.", {("Linde", "foreign minister", "current", YEAR_2019, None)}),
        ("Ann Linde has been Sweden's foreign minister since 2019.", {("Linde", "foreign minister", "current", YEAR_2019, None)}),
        ("Ann Linde stepped down as Swedish foreign minister in May.", {("Linde", "foreign minister", "former", None, MAY)}),
        ("Parliament dismissed Ann Linde as foreign minister in May.", {("Linde", "foreign minister", "former", None, MAY)}),
        (
            "Tobias Billstrom succeeded Ann Linde as Swedish foreign minister in May.",
            {("Billström", "foreign minister", "current", MAY, None), ("Linde", "foreign minister", "former", None, MAY)},
        ),
        ("Ann Linde was reappointed as foreign minister in May.", {("Linde", "foreign minister", "current", MAY, None)}),
        ("Sweden's new foreign minister, Ann Linde, took office in May.", {("Linde", "foreign minister", "current", MAY, None)}),
        ("The candidate, Ann Linde, served as investment minister until 2022.", {("Linde", "investment minister", "former", None, YEAR_2022)}),
        ("Foreign Minister Jan Berg since Monday has met three envoys.", {("Berg", "foreign minister", "current", None, None)}),
        ("Ann Linde will step down as foreign minister in May.", set()),
    ],
)
def test_terms(text: str, told: set[Held]) -> None:
    """The years behind the title, the day of the verb that tells of the office; nothing from a time that is another verb's, nor of what is to come."""
    assert held(text) == told
