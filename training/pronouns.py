"""Annotated articles and the casebook -> the weights of ``backchannel.coder.parties.pronouns``: ``python -m training.pronouns`` writes pronouns.npz and
prints how many pronouns of the held-out articles stand for the right party.

For whom a pronoun stands is known where it is a statement's source, or the only actor or recipient of an act that the shipped reader finds. Those before it
are taken as known. Four minutes on one core; run it after the export and before ``training.choices``.
"""

from __future__ import annotations

import pathlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any

from backchannel import intake
from backchannel.coder.acts.roles import links_of
from backchannel.coder.choosing import Network
from backchannel.coder.parties import pronouns
from backchannel.coder.parties.cast import Stand
from backchannel.coder.pipeline import Stages, stages
from backchannel.register import Register
from training.acts import held_out_articles
from training.choices import claim_of, stands_for, taught_articles
from training.choosing import Row, fit

OUT = pathlib.Path(pronouns.__file__).with_name("pronouns.npz")
STANDING = {"actor": ("nsubj", "nmod:poss"), "recipient": ("obj", "nsubj:pass")}  # relations to the act of a pronoun that is its only party of a role
PASSES, BATCH = 12, 64


def rows(articles: Iterable[dict[str, Any]]) -> Iterator[Row]:
    """One for each pronoun of which it is known for whom it stands."""
    register = Register.load(())
    for article in articles:
        found = stages(intake.report(article["text"], published=article["published"] or None), register)
        known, entities, made = _known(found, article), stands_for(found, article), list[Row]()

        def choose(i: int, candidates: list[pronouns.Candidate]) -> pronouns.Candidate:
            if i not in known:  # noqa: B023 - called before the next article
                return candidates[0]
            right = [int(known[i] in entities.get(f"a{c.party + 1}", ())) for c in candidates]  # noqa: B023
            made.append(Row(*pronouns.described(candidates), found.reading.act_vector(found.reading.heads[i]).copy(), right))  # noqa: B023
            return candidates[right.index(1)] if any(right) else candidates[0]

        named: dict[tuple[int, int, Any], list[int]] = {}
        for n, party in enumerate(found.cast.parties):
            for lo, hi, by in party.mentions:
                if by != "pronoun":
                    named.setdefault((lo, hi, by), []).append(n)
        stands: list[Stand] = sorted(((lo, hi, tuple(ns), by) for (lo, hi, by), ns in named.items()), key=lambda s: s[:2])
        pronouns.resolve(found.reading, list(found.cast.parties), stands, choose)
        yield from made


def _known(found: Stages, article: dict[str, Any]) -> dict[int, str]:
    """Word -> the annotated entity it stands for."""
    reading, known = found.reading, dict[int, str]()
    for s in article["statements"]:
        if s.get("source") and s.get("by"):
            i = bisect_left(reading.starts, s["source"][0])
            if i < len(reading.words) and [reading.tokens[i].start, reading.tokens[i].end] == list(s["source"]):
                known[i] = str(s["by"])
    for links in links_of(reading, found.acts):
        claim = claim_of(found, links.anchor, article)
        for role, relations in STANDING.items() if claim else ():
            if len(claim.get(role, ())) == 1:
                for child in reading.children[links.head]:
                    if reading.rels[child] in relations and (reading.rels[child] != "nmod:poss" or reading.upos[links.head] == "NOUN"):
                        known.setdefault(child, str(claim[role][0]))
    return known


def main() -> None:
    """Fit, write, print."""
    train = list(rows(taught_articles()))
    print(f"{len(train)} pronouns", flush=True)
    fit(train, 2, passes=PASSES, batch=BATCH).save(OUT)
    network, held = Network(OUT), list(rows(held_out_articles()))
    chosen = [network.rated(r.numbers, r.words, r.act)[:, 1] for r in held]
    given = [r.right[int(p.argmax())] for r, p in zip(held, chosen, strict=True) if p.max() >= pronouns.LIKELY]
    print(f"held-out articles: of {len(held)} pronouns {sum(given)} right of {len(given)} given; the likeliest by rule: {sum(r.right[0] for r in held)}")


if __name__ == "__main__":
    main()
