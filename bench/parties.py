"""Are the parties of a report who the annotators say they are? ``python -m bench.parties [--gold DIR] [--verbose]``: a table to standard output.

A party of a coded report stands for the annotated entity whose wordings (``says``) most of its mentions overlap, as in the scorer of claims. Of each annotated
entity the party with most mentions of it is judged: its name (that of the entity or one of its wordings, titles and articles aside; a person by the surname
and no other first name; one register entry for both; of others than persons and states half the words in common, as the scorer takes texts), its country
(ISO 3166-1 alpha-3, or none), its sector (the annotated one among its own, or none). Measured on ../shared/gold/dev, on which nothing is trained.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

import backchannel as bc
from backchannel.records import Actor, Coded
from backchannel.register import Register
from backchannel.register.names import HONORIFICS

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold" / "dev"
EMPTY = frozenset({"the", "a", "an"}) | HONORIFICS


class Judged(NamedTuple):
    """An annotated entity, the party that stands for it (none: not found) and what is right of it."""

    entity: dict[str, Any]
    party: Actor | None
    name: bool = False
    country: bool = False
    sector: bool = False


def judged(coded: Coded, entities: dict[str, dict[str, Any]], register: Register) -> Iterator[Judged]:
    """Each annotated entity of a report."""
    text, on = coded.report.text, coded.report.published.start if coded.report.published else None
    where = [(m.span(), key) for key, e in entities.items() for says in _called(e) for m in re.finditer(rf"(?<!\w){re.escape(says)}(?!\w)", text)]
    stands: dict[str, list[tuple[int, Actor]]] = defaultdict(list)
    for actor in coded.actors:
        votes: Counter[str] = Counter()
        for mention in actor.mentions:
            best, key = max(((_shared(span, (mention.start, mention.end)), key) for span, key in where), default=(0.0, ""))
            if best:
                votes[key] += 1
        for key, n in votes.most_common(1):
            stands[key].append((n, actor))
    for key, entity in entities.items():
        if key not in stands:
            yield Judged(entity, None)
            continue
        party = max(stands[key], key=lambda s: s[0])[1]
        sector = entity.get("sector")
        yield Judged(
            entity, party, _same_name(party, entity, register, on), party.country == entity.get("country"),
            sector in party.sector if sector else entity["kind"] == "state" or not party.sector,
        )  # fmt: skip


def _called(entity: dict[str, Any]) -> list[str]:
    return [str(s) for s in entity.get("says") or [entity["name"]]]


def _shared(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Dice coefficient of two spans."""
    return 2 * max(0, min(a[1], b[1]) - max(a[0], b[0])) / (a[1] - a[0] + b[1] - b[0])


def _words(name: str) -> tuple[str, ...]:
    return tuple(w for w in re.findall(r"\w+", name.casefold().replace(".", "")) if w not in EMPTY)


def _same_name(party: Actor, entity: dict[str, Any], register: Register, on: str | None) -> bool:
    said, true = _words(party.name), _words(str(entity["name"]))
    if said in {true, *(_words(s) for s in _called(entity))}:
        return True
    if entity["kind"] == party.kind == "person" and said and true and said[-1] == true[-1] and (1 in (len(said), len(true)) or said[0][0] == true[0][0]):
        return True
    if entity["kind"] not in ("person", "state") and any(_dice(said, _words(s)) >= 0.5 for s in (str(entity["name"]), *_called(entity))):
        return True
    known = register.describe(str(entity["name"]), on=on)
    return bool(party.entity and known and known.entity and known.entity.id == party.entity)


def _dice(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    return 2 * len(set(a) & set(b)) / max(1, len(set(a)) + len(set(b)))


def main() -> int:
    """Code the articles, judge their entities, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--verbose", action="store_true", help="list the entities that are not right")
    given = parser.parse_args()
    if not given.gold.is_dir():
        print("bench.parties: SKIPPED, no ../shared/gold/dev beside the repository")
        return 0
    register, rows = Register.load(()), []
    for path in sorted(given.gold.glob("*.yaml")):
        article = yaml.safe_load(path.read_text(encoding="utf8"))
        published = article.get("published")
        coded = bc.code(path.with_suffix(".txt").read_text(encoding="utf8"), published=str(published) if published else None)
        rows += judged(coded, article["entities"], register)
    print("| annotated entities | n | found | of those: name | country | name and country | sector |\n|---|---|---|---|---|---|---|")
    for label, those in (
        ("all", rows),
        ("persons", [j for j in rows if j.entity["kind"] == "person"]),
        ("states", [j for j in rows if j.entity["kind"] == "state"]),
        ("others", [j for j in rows if j.entity["kind"] not in ("person", "state")]),
    ):
        met = [j for j in those if j.party]
        n = max(1, len(met))
        shares = (sum(j.name for j in met), sum(j.country for j in met), sum(j.name and j.country for j in met), sum(j.sector for j in met))
        print(f"| {label} | {len(those)} | {len(met) / max(1, len(those)):.3f} | " + " | ".join(f"{x / n:.3f}" for x in shares) + " |")
    if given.verbose:
        for j in rows:
            if not (j.name and j.country and j.sector):
                wrong = ", ".join(f for f in ("name", "country", "sector") if not getattr(j, f))
                e, p = j.entity, j.party
                print(f"{wrong}: {e['name']} ({e['kind']}, {e.get('country')}, {e.get('sector')}; {_called(e)[:2]}) <- ", end="")
                print(f"{p.name} ({p.kind}, {p.country}, {p.sector}, {p.entity})" if p else "nobody")
    return 0


if __name__ == "__main__":
    sys.exit(main())
