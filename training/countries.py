"""Annotated articles and the casebook -> the weights of ``backchannel.coder.parties.countries``: ``python -m training.countries`` writes countries.npz and
prints how many countries of the held-out articles' parties are right.

A party is taught the country of the annotated entity that its mentions overlap best. Three minutes on one core; run it after ``training.pronouns``.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from backchannel import intake
from backchannel.coder.choosing import Network
from backchannel.coder.parties import countries
from backchannel.coder.pipeline import stages
from backchannel.register import Register
from training.acts import held_out_articles
from training.choices import stands_for, taught_articles
from training.choosing import Row, fit

OUT = pathlib.Path(countries.__file__).with_name("countries.npz")
PASSES = 6


class Asked(NamedTuple):
    """A party, the countries to choose from, and the annotated one."""

    row: Row
    countries: list[str]
    true: str | None


def asked(articles: Iterable[dict[str, Any]]) -> Iterator[Asked]:
    """The parties of annotated articles that stand for entities of one country, or of none."""
    register = Register.load(())
    for article in articles:
        found = stages(intake.report(article["text"], published=article["published"] or None), register)
        parties, entities = list(found.cast.parties), stands_for(found, article)
        country_of = {str(key): e.get("country") for key, e in article["entities"].items()}
        named = {(lo, hi, by): [m for m, p in enumerate(parties) if (lo, hi, by) in p.mentions] for p in parties for lo, hi, by in p.mentions}
        stands = sorted(((lo, hi, tuple(ns), by) for (lo, hi, by), ns in named.items()), key=lambda s: s[:2])
        for q in countries.Spoken(found.reading, register, parties, stands).questions():
            true = {country_of[e] for e in entities.get(f"a{q.party + 1}", ())}
            if len(true) == 1:
                (country,) = true
                yield Asked(Row(q.numbers, q.words, q.act.copy(), [int(c == country) for c in q.countries]), q.countries, country)


def main() -> None:
    """Fit, write, print."""
    train = [a.row for a in asked(taught_articles())]
    print(f"{len(train)} parties", flush=True)
    fit(train, 2, passes=PASSES).save(OUT)
    network, held = Network(OUT), list(asked(held_out_articles()))
    right = 0
    for a in held:
        p = network.rated(a.row.numbers, a.row.words, a.row.act)[:, 1]
        right += a.true == (a.countries[int(p.argmax())] if p.max() >= countries.LIKELY else None)
    print(f"held-out articles: {right} of {len(held)} parties have the right country")


if __name__ == "__main__":
    main()
