"""How would the coder code the casebook? Every topic with the share of its expected acts found: ``python -m bench.casebook [TOPIC ...]``.

``--gold DIR`` writes the cases as articles for ``../shared/score/score_claims.py`` instead, which judges every field.

An act is found when a coded event has an overlapping anchor, typed when it has the same PLOVER type too, its status right when that is equal as well. What is
coded beyond the expected acts is a false alarm: the casebook's cases list every act. Topics that begin with ``blind`` are never trained on
(``training.annotations.BLIND``) and are the only ones that say how well the coder does.
"""

from __future__ import annotations

import argparse
import collections
import re
import sys
from pathlib import Path
from typing import Any

import yaml
from training.annotations import BLIND

import backchannel as bc
from backchannel.records import EventClaim

CASEBOOK = Path(__file__).resolve().parents[1] / "casebook"


class Loader(yaml.SafeLoader):
    """YAML with the booleans of its version 1.2: "off" and "no" are names."""


BOOLEAN = "tag:yaml.org,2002:bool"
Loader.yaml_implicit_resolvers = {first: [r for r in known if r[0] != BOOLEAN] for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()}
Loader.add_implicit_resolver(BOOLEAN, re.compile("true|false"), list("tf"))


def counts(topic: str) -> collections.Counter[str]:
    """Expected, coded, found, typed acts of one topic, right statuses, cases."""
    from training.annotations import casebook

    total: collections.Counter[str] = collections.Counter()
    for case in casebook(CASEBOOK, topic):
        expected = [c for c in case["claims"] if c["kind"] == "event"]
        coded = [c for c in bc.code(case["text"], published=case["published"] or None).claims if isinstance(c, EventClaim)]
        total.update(cases=1, expected=len(expected), coded=len(coded))
        for want in expected:
            hit = best(want, coded)
            if hit:
                coded.remove(hit)
                typed = hit.event == want["event"]
                total.update(found=1, typed=typed, status=typed and hit.status == want.get("status", "happened"))
    return total


def best(want: dict[str, Any], coded: list[EventClaim]) -> EventClaim | None:
    """The coded event whose anchor overlaps the expected one, rather of the same type."""
    first, last = want["anchor"]
    over = [c for c in coded if c.anchor.start < last and first < c.anchor.end]
    return max(over, key=lambda c: c.event == want["event"], default=None)


def as_gold(topics: list[str], folder: Path) -> None:
    """The cases as NAME.yaml beside NAME.txt."""
    folder.mkdir(parents=True, exist_ok=True)
    for topic in topics:
        for case in yaml.load((CASEBOOK / f"{topic}.yaml").read_text(encoding="utf8"), Loader):
            path = folder / f"{case['id']}.yaml"
            path.with_suffix(".txt").write_text(case.pop("text"), encoding="utf8")
            path.write_text(yaml.safe_dump(case, allow_unicode=True), encoding="utf8")


def main() -> int:
    """Print the table."""
    topics = sorted(p.stem for p in CASEBOOK.glob("*.yaml"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help=f"{', '.join(topics)}; default all")
    parser.add_argument("--gold", metavar="DIR", type=Path, help="write the cases there, for score_claims.py")
    args = parser.parse_args()
    chosen = args.topics or topics
    if unknown := set(chosen) - set(topics):
        parser.error(f"no topic {', '.join(sorted(unknown))}; there are {', '.join(topics)}")
    if args.gold:
        as_gold(chosen, args.gold)
        return 0
    if not (CASEBOOK.parents[1] / "shared").is_dir():
        print("bench.casebook: SKIPPED, needs the checker in ../shared/gold")
        return 0
    print(
        "| topic | cases | acts | found, F1 | typed, F1 | status right of typed | false alarms a case | seen in training |\n|---|---|---|---|---|---|---|---|"
    )
    for topic in chosen:
        n = counts(topic)
        both = max(1, n["expected"] + n["coded"])
        figures = (2 * n["found"] / both, 2 * n["typed"] / both, n["status"] / max(1, n["typed"]), (n["coded"] - n["found"]) / n["cases"])
        seen = "no" if topic.startswith(BLIND) else "yes"
        print(f"| {topic} | {n['cases']} | {n['expected']} | {figures[0]:.2f} | {figures[1]:.2f} | {figures[2]:.2f} | {figures[3]:.2f} | {seen} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
