"""How would the coder code the casebook? Every topic with the share of its expected acts found: ``python -m bench.casebook [TOPIC ...]``.

``--gold DIR`` writes the cases as articles for ``../shared/score/score_claims.py`` instead, which judges every field; ``--fields`` runs that scorer on each
topic and prints how many of the fields that its cases expect come out right (what is missed with its claim counts as wrong).

An act is found when a coded event has an overlapping anchor, typed when it has the same PLOVER type too, its status right when that is equal as well. What is
coded beyond the expected acts is a false alarm: the casebook's cases list every act. Topics that begin with ``blind`` are never trained on
(``training.annotations.BLIND``) and are the only ones that say how well the coder does; those that begin with ``practice`` are not trained on either, but
rules are written with their misses in view.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml
from training.annotations import BLIND, PRACTICE

import backchannel as bc
from backchannel.records import EventClaim

CASEBOOK = Path(__file__).resolve().parents[1] / "casebook"
SHARED = CASEBOOK.parents[1] / "shared"
# Fields of a claim in an annotated case -> the row of the scorer that counts how often it is right; "": that the claim itself is found (with its type).
EVENT = {
    "": "event type (micro)", "status": "status", "actor": "actor", "recipient": "recipient", "mode": "mode", "channel": "channel", "disclosure": "disclosure",
    "when": "when, same interval", "deadline": "deadline (last day)", "where": "where", "said_by": "said by (innermost source)",
    **{f: f for f in ("mediator", "third_party", "topic", "demand", "trigger", "condition", "purpose", "quantity", "instrument")},
}  # fmt: skip
RELATION = {"": "relation (pair)", "quality": "relation + quality", "trend": "relation + quality + trend"}
QUESTION = {"": "question", "alternatives": "question, all alternatives", "about": "question, about"}
FIELDS = {"event": EVENT, "relation": RELATION, "question": QUESTION}
SEVERAL = ("actor", "recipient", "mediator", "third_party", "topic", "demand", "trigger", "condition", "purpose", "quantity", "instrument")  # each one counts


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


def fields(topic: str) -> tuple[int, int, int, int]:
    """What the cases of a topic expect: claims and their fields; how many are right; fields of claims that are found; how many of these are right."""
    cases = yaml.load((CASEBOOK / f"{topic}.yaml").read_text(encoding="utf8"), Loader)
    claims = [c for case in cases for c in case["claims"] if c["kind"] in FIELDS]
    expected = sum(len(c[f]) if f in SEVERAL and isinstance(c[f], list) else 1 for c in claims for f in FIELDS[c["kind"]] if f in ("", "status") or c.get(f))
    with tempfile.TemporaryDirectory() as folder:
        as_gold([topic], Path(folder))
        scorer, product = SHARED / "score" / "score_claims.py", f"{Path(sys.executable).with_name('backchannel')} code --json -"
        printed = subprocess.run([sys.executable, scorer, folder, "--json", "--run", product], capture_output=True, check=True).stdout
        rows = {r["measure"]: r for r in json.loads(printed)["measures"]}
    found = sum(rows[kind[""]]["right"] for kind in FIELDS.values() if kind[""] in rows)
    judged = [rows[row] for kind in FIELDS.values() for f, row in kind.items() if f and row in rows]
    right = sum(r["right"] for r in judged)
    return expected, int(found + right), int(sum(r["gold"] for r in judged)), int(right)


def main() -> int:
    """Print the table."""
    topics = sorted(p.stem for p in CASEBOOK.glob("*.yaml"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help=f"{', '.join(topics)}; default all")
    parser.add_argument("--gold", metavar="DIR", type=Path, help="write the cases there, for score_claims.py")
    parser.add_argument("--fields", action="store_true", help="how many of the expected fields come out right, by score_claims.py")
    args = parser.parse_args()
    chosen = args.topics or topics
    if unknown := set(chosen) - set(topics):
        parser.error(f"no topic {', '.join(sorted(unknown))}; there are {', '.join(topics)}")
    if args.gold:
        as_gold(chosen, args.gold)
        return 0
    if not SHARED.is_dir():
        print("bench.casebook: SKIPPED, needs the checker in ../shared/gold")
        return 0
    if args.fields:
        print("| topic | expected: claims and their fields | right | fields of claims found | right |\n|---|---|---|---|---|")
        for topic in chosen:
            expected, right, of_found, right_of_found = fields(topic)
            print(f"| {topic} | {expected} | {right / expected:.3f} | {of_found} | {right_of_found / max(1, of_found):.3f} |", flush=True)
        return 0
    print(
        "| topic | cases | acts | found, F1 | typed, F1 | status right of typed | false alarms a case | seen in training |\n|---|---|---|---|---|---|---|---|"
    )
    for topic in chosen:
        n = counts(topic)
        both = max(1, n["expected"] + n["coded"])
        figures = (2 * n["found"] / both, 2 * n["typed"] / both, n["status"] / max(1, n["typed"]), (n["coded"] - n["found"]) / n["cases"])
        seen = "no" if topic.startswith((BLIND, PRACTICE)) else "yes"
        print(f"| {topic} | {n['cases']} | {n['expected']} | {figures[0]:.2f} | {figures[1]:.2f} | {figures[2]:.2f} | {figures[3]:.2f} | {seen} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
