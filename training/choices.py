"""Annotated articles and the casebook -> the weights of ``backchannel.coder.acts.sides`` (who acts, who is acted on; by an act's own sentences, and again
with the report's other acts), ``backchannel.coder.acts.when`` (which expression tells when) and ``backchannel.coder.acts.where``: ``python -m
training.choices`` writes their .npz files and prints how they do on the held-out articles.

The acts taught are those that the shipped reader finds and types right. What other acts tell in training is rated by weights that have not seen the article,
as it is when a report is coded: fitted on every second article, for the others. What stands for an annotated party is what its mentions overlap most; of
several parties that stand for one, the nearest to the act is taught, the others teach neither way. A time is right whose interval is the annotated one, or a
good part of it ("last summer", annotated as the year); one that only overlaps it teaches neither way. Eight minutes on one core; run it after
``training.pronouns``.
"""

from __future__ import annotations

import pathlib
import tempfile
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Any, NamedTuple

import numpy as np

from backchannel import intake
from backchannel import records as r
from backchannel.coder.acts import sides, when, where
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.acts.competing import Candidate
from backchannel.coder.acts.conditions import condition_of
from backchannel.coder.acts.roles import links_of
from backchannel.coder.acts.status import status
from backchannel.coder.acts.story import Seen, told_by_others
from backchannel.coder.choosing import Network, network
from backchannel.coder.pipeline import Stages, stages
from backchannel.ledger.intervals import Days, days
from backchannel.reader import Reading
from backchannel.register import Register
from training.acts import annotated_articles, gold_articles, held_out_articles
from training.annotations import casebook
from training.choosing import IGNORED, SEED, Row, fit
from training.data import HERE, SHARED

CODER = pathlib.Path(sides.__file__).parent
PART = 5  # a time no shorter than this part of the annotated one that it lies in is right


class Act(NamedTuple):
    """An act that the reader finds; taught when it types it right."""

    article: int
    first: int  # its first word
    type: str
    lemma: str
    annotated: bool  # found and typed right
    keys: list[str]  # parties that may take part
    parties: Row | None  # without what the other acts tell
    stands: dict[str, set[str]]  # party -> annotated entities
    actors: list[str]  # annotated entities
    recipients: list[str]
    times: list[Candidate]
    expressions: Row | None
    interval: Days | None  # annotated
    words: list[int]  # that may name the place
    places: Row | None
    placed: bool  # has an annotated place
    asked: bool  # was the annotator asked for time and place?


def taught_articles() -> Iterator[dict[str, Any]]:
    """The annotated articles and cases that may be trained on."""
    return chain(annotated_articles(), gold_articles(SHARED / "gold" / "train"), casebook(HERE.parent / "casebook"))


def acts(articles: Iterable[dict[str, Any]]) -> Iterator[Act]:
    """The acts of annotated articles."""
    register = Register.load(())
    for n, article in enumerate(articles):
        found = stages(intake.report(article["text"], published=article["published"] or None), register)
        stands, asked = stands_for(found, article), sides.Sides(found.reading, found.cast)
        for links in links_of(found.reading, found.acts):
            anchor = links.anchor
            claim = claim_of(found, anchor, article)
            own = (n, anchor.first, anchor.type, found.reading.lemmas[links.head].lower(), claim is not None)
            act = asked.act(links).copy()
            keys, numbers, words = asked.described(links, found.times.speaker(anchor))
            if claim is None:
                parties = Row(numbers, words, act, [IGNORED] * len(keys)) if keys else None
                yield Act(*own, keys, parties, {}, [], [], [], None, None, [], None, placed=False, asked=False)
                continue
            actors, recipients = ([str(k) for k in claim.get(role, ())] for role in ("actor", "recipient"))
            parties = Row(numbers, words, act, _right_parties(keys, stands, actors, recipients)) if keys else None
            state = status(found.reading, anchor, found.times.statement(anchor))[0]
            times = found.times.candidates(links, state, condition_of(found.reading, anchor, links, state))
            interval = _annotated(claim.get("when"))
            right = [_right_time(days(c.when), interval) for c in times]
            expressions = Row(*found.times.described(links, state, times), act, right) if times else None
            words = where.candidates(links)
            right = [int(i in named) for i in words] if (named := _heads(found.reading, claim.get("spans", {}).get("where", ()))) else [0] * len(words)
            places = Row(*where.described(links, words, found.cast, state, found.times.dated), act, right) if words else None
            yield Act(*own, keys, parties, stands, actors, recipients, times, expressions, interval, words, places, bool(named), claim["kind"] == "event")


def claim_of(found: Stages, anchor: Anchor, article: dict[str, Any]) -> dict[str, Any] | None:
    """The annotated act that an anchor finds and types right."""
    first, last = found.reading.chars(anchor.first, anchor.last)
    acts = (c for c in article["claims"] if c["kind"] in ("event", "brief"))
    return next((c for c in acts if c["event"] == anchor.type and c["anchor"][0] < last and first < c["anchor"][1]), None)


def stands_for(found: Stages, article: dict[str, Any]) -> dict[str, set[str]]:
    """Party -> the annotated entities that most of its mentions overlap best."""
    where = [(tuple(span), str(key)) for key, e in article["entities"].items() for span in e["spans"]]
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for lo, hi, keys in found.cast.spans:
        a, b = found.reading.chars(lo, hi)
        shares = [(2 * max(0, min(b, d) - max(a, c)) / (b - a + d - c), key) for (c, d), key in where]
        best = max((s for s, _ in shares), default=0)
        for entity in {e for s, e in shares if best and s == best}:
            for key in keys:
                votes[key][entity] += 1
    return {key: {e for e, n in c.items() if n == max(c.values())} for key, c in votes.items()}


def _right_parties(keys: list[str], stands: dict[str, set[str]], actors: list[str], recipients: list[str]) -> list[int]:
    """The class of each candidate, the nearest first."""
    right = [0] * len(keys)
    for role, entities in (("recipient", recipients), ("actor", actors)):  # who is both is an actor
        for entity in entities:
            for n, i in enumerate(i for i, key in enumerate(keys) if entity in stands.get(key, ())):
                if n == 0:
                    right[i] = sides.CLASSES.index(role)
                elif not right[i]:
                    right[i] = IGNORED
    return right


def _annotated(value: str | None) -> Days | None:
    """The days of an annotated ISO date or interval, which may be open on a side."""
    first, slash, last = (value or "").partition("/")
    return days(r.When(start=first or None, end=(last if slash else first) or None))


def _heads(reading: Reading, spans: Iterable[list[int]]) -> set[int]:
    """The head words of annotated spans."""
    found = set()
    for start, end in spans:
        first, last = bisect_left(reading.starts, start), bisect_left(reading.starts, end)
        if first < last:
            found.add(reading.head_of(first, last))
    return found


def _right_time(said: Days | None, true: Days | None) -> int:
    if true is None or said is None or not (both := said.meet(true)):
        return 0
    return 1 if said == true or (both == said and said.length * PART >= true.length) else IGNORED


def with_others(found: Sequence[Act], by: Callable[[Act], Network]) -> list[Row | None]:
    """The candidates of each act with what the article's other acts tell of them; ``by``: the weights that rate those."""
    out: list[Row | None] = []
    for _, own in groupby(found, key=lambda a: a.article):
        acts = list(own)
        rated = [by(a).rated(*a.parties[:3]) if a.parties else np.zeros((0, len(sides.CLASSES)), np.float32) for a in acts]
        others = told_by_others([Seen(a.first, a.type, a.lemma, a.keys, p) for a, p in zip(acts, rated, strict=True)])
        pairs = zip((a.parties for a in acts), others, strict=True)
        out += [row._replace(numbers=np.concatenate([row.numbers, more], 1)) if row else None for row, more in pairs]
    return out


def score(found: list[Act]) -> Iterator[str]:
    """How many actors, recipients and times are right, with the weights in the package."""
    by_side, by_story, by_time, by_place = Network("acts/sides.npz"), network("acts/story.npz"), network("acts/when.npz"), Network("acts/where.npz")
    hit, given, wanted = Counter[str](), Counter[str](), Counter[str]()
    for a, parties in zip(found, with_others(found, lambda a: by_side), strict=True):
        if not a.annotated:
            continue
        chosen = sides.chosen(a.keys, by_story.rated(*parties[:3])) if parties else ([], [])
        for role, said, true in (("actor", chosen[0], a.actors), ("recipient", chosen[1], a.recipients)):
            hit[role] += sum(any(e in a.stands.get(k, ()) for k, _ in said) for e in true)
            given[role] += len(said)
            wanted[role] += len(true)
        told = when.likeliest(a.times, by_time.rated(a.expressions.numbers, a.expressions.words, a.expressions.act)) if a.expressions else None
        dated = "dated" if a.interval else "undated"
        wanted[dated] += a.asked
        hit[dated] += a.asked and days(told) == a.interval
        if a.places and a.asked:
            p = by_place.rated(a.places.numbers, a.places.words, a.places.act)[:, 1]
            given["place"] += p.max() >= where.LIKELY
            hit["place"] += p.max() >= where.LIKELY and a.places.right[int(p.argmax())] == 1
        wanted["place"] += a.placed
    for role in (*sides.CLASSES[1:], "place"):
        yield f"{role}: precision {hit[role] / given[role]:.3f}, recall {hit[role] / wanted[role]:.3f}, F1 {2 * hit[role] / (given[role] + wanted[role]):.3f}"
    yield from (f"{what} acts: time right {hit[what] / wanted[what]:.3f} of {wanted[what]}" for what in ("dated", "undated"))


def fit_sides(train: list[Act]) -> None:
    """The two networks of who takes part."""
    rows = [a.parties for a in train if a.parties and a.annotated]
    _fitted("sides", rows, len(sides.CLASSES))
    with tempfile.TemporaryDirectory() as folder:
        halves = []
        for other in (1, 0):  # the weights for even articles are fitted on the odd ones
            path = pathlib.Path(folder) / f"{other}.npz"
            fit([a.parties for a in train if a.parties and a.annotated and a.article % 2 == other], len(sides.CLASSES)).save(path)
            halves.append(Network(path))
    story = with_others(train, lambda a: halves[a.article % 2])
    for n in range(6):  # the mean of six decides
        _fitted(f"story_{n + 1}" if n else "story", [row for a, row in zip(train, story, strict=True) if row and a.annotated], len(sides.CLASSES), SEED + n)


def _fitted(name: str, rows: list[Row], classes: int, seed: int = SEED) -> None:
    print(f"{name}: {len(rows)} acts, {sum(len(row.right) for row in rows)} candidates", flush=True)
    fit(rows, classes, seed=seed).save(CODER / f"{name}.npz")
    print(f"{name}.npz: {(CODER / f'{name}.npz').stat().st_size / 1e3:.0f} kB")


def main() -> None:
    """Fit, write, print."""
    train = list(acts(taught_articles()))
    fit_sides(train)
    for n, name in enumerate(("when", "when_2", "when_3")):
        _fitted(name, [a.expressions for a in train if a.expressions and a.asked], 2, SEED + n)
    _fitted("where", [a.places for a in train if a.places and a.asked], 2)
    print("held-out articles: " + "; ".join(score(list(acts(held_out_articles())))))


if __name__ == "__main__":
    main()
