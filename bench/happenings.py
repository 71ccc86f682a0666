"""Articles with gold events across documents -> how well the ledger joins what its own coder found, beside joining by lemma: a table to standard output.

    python -m bench.happenings --data DIR [--sets ecbplus.dev newswcl50.dev] [--full]

DIR holds ``coref.SET.jsonl.gz`` (a record a document: text, sentences, mentions with the name of their chain, topic). The coder reads every text as it
is, without date or publisher unless the record has an address or outlet; all documents of a set are in one ledger, which is told no topic. A mention is
an event claim's anchor; it stands for the gold mention that it overlaps most. Both systems and the gold are taken over the mentions that are claims and
gold mentions alike (ECB+: in the sentences marked as fully annotated); ``--full`` takes all gold mentions and all claims. Baseline: anchors with one
lemma are one happening, in the whole set or, as a row of its own, within each topic.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from backchannel.coder import code
from backchannel.ledger.events import fuse
from backchannel.ledger.facts import Fact, Filed
from backchannel.reader import read
from backchannel.records import Coded, EventClaim
from bench.coreference import Groups, b_cubed, ceaf_e, conll, groups, muc

SETS = ("ecbplus.dev", "newswcl50.dev")
KNOWN_AT = "2025-01-01T00:00:00Z"
DRAWS = 200  # of documents, for the interval of the gain


class Anchor(NamedTuple):
    """A claim's anchor or a party's mention: where it stands, what the baseline joins it by (its lemma, its words), whose it is (the claim's or party's id)."""

    document: str
    topic: str
    start: int
    end: int
    form: str
    owner: str

    @property
    def mention(self) -> Hashable:
        """What it is when it stands for no gold mention."""
        return self.document, self.start, self.end


class Gold(NamedTuple):
    """A gold mention."""

    document: str
    start: int
    end: int
    chain: str


class Found(NamedTuple):
    """A set as coded and as annotated: the anchors, the gold mentions, which anchor stands for which of them, whose event or entity each is."""

    anchors: list[Anchor]
    gold: list[Gold]
    stands_for: dict[Anchor, Gold]
    joined: dict[str, str]


def found(path: Path) -> Found:
    """The set, coded and fused."""
    coded, *rest = collected(path, "event", _anchors)
    events = fuse([Filed(c, KNOWN_AT) for c in coded]).events
    return Found(*rest, {claim: e.id for e in events for claim in e.claims})


def collected(
    path: Path, kind: str, anchors_of: Callable[[dict[str, Any], Coded], Iterable[Anchor]], labels: frozenset[str] | None = None
) -> tuple[list[Coded], list[Anchor], list[Gold], dict[Anchor, Gold]]:
    """The coded reports of a set by id, what was found in them, the gold mentions of a kind (and of certain labels), and which of both are the same."""
    coded, anchors, true, stands_for = [], [], [], {}
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for record in map(json.loads, lines):
            report = code(record["text"], publisher=record.get("outlet"), url=record.get("url"))
            coded.append(report)
            there = list(_gold(record, kind, labels))
            here = list(anchors_of(record, report))
            true += there
            anchors += here
            stands_for |= _aligned(here, there)
    return sorted(coded, key=lambda c: c.report.id), anchors, true, stands_for


def aligned_claims(record: dict[str, Any]) -> Iterator[tuple[Fact, str]]:
    """The claims of a document that stand for gold mentions, each with its chain."""
    coded = code(record["text"])
    by_id = {f.id: f for f in Filed(coded, KNOWN_AT).facts()}
    for anchor, gold in _aligned(_anchors(record, coded), list(_gold(record, "event", None))).items():
        yield by_id[anchor.owner], gold.chain


def _annotated(record: dict[str, Any]) -> list[tuple[int, int]]:
    """The stretches of text that are fully annotated: all of it unless the record says which sentences."""
    if "checked" not in record:
        return [(0, len(record["text"]))]
    return [(record["offsets"][i][0][0], record["offsets"][i][-1][1]) for i in record["checked"]]


def _gold(record: dict[str, Any], kind: str, labels: frozenset[str] | None) -> Iterator[Gold]:
    where = _annotated(record)
    for m in record["mentions"]:
        start, end = m["span"]
        if m["kind"] == kind and (labels is None or m["label"] in labels) and any(a <= start and end <= b for a, b in where):
            yield Gold(record["id"], start, end, m["chain"])


def _anchors(record: dict[str, Any], coded: Coded) -> Iterator[Anchor]:
    """The anchors of the coded report within what is annotated, each once."""
    where = _annotated(record)
    claims = {c.anchor: c for c in coded.claims if isinstance(c, EventClaim) and any(a <= c.anchor.start and c.anchor.end <= b for a, b in where)}
    if claims:
        reading = read(record["text"])
        for span, claim in claims.items():
            words = [i for i, t in enumerate(reading.tokens) if t.start < span.end and span.start < t.end]
            lemma = reading.lemmas[reading.head_of(words[0], words[-1] + 1)] if words else span.text
            yield Anchor(record["id"], record["topic"], span.start, span.end, lemma.lower(), claim.id)


def _aligned(anchors: Iterable[Anchor], gold: Iterable[Gold]) -> dict[Anchor, Gold]:
    """Anchor -> the gold mention it stands for, best overlap first, each used once."""
    options = []
    for a in anchors:
        for g in gold:
            both = min(a.end, g.end) - max(a.start, g.start)
            if both > 0:
                options.append((-both / (max(a.end, g.end) - min(a.start, g.start)), a, g))
    chosen: dict[Anchor, Gold] = {}
    for _, a, g in sorted(options):
        if a not in chosen and g not in chosen.values():
            chosen[a] = g
    return chosen


# ------------------------------------------------------------------ scores
def systems(one: Found, base: str) -> dict[str, Callable[[Anchor], Hashable]]:
    """What puts two anchors into one group, by the name of the row."""
    return {
        base: lambda a: a.form,
        f"{base}, topics given": lambda a: (a.topic, a.form),
        "ledger": lambda a: one.joined[a.owner],
    }


def grouped(one: Found, key: Callable[[Anchor], Hashable], anchors: Iterable[Anchor]) -> Groups:
    """The anchors in groups, each as the gold mention it stands for."""
    by: dict[Hashable, list[Hashable]] = defaultdict(list)
    for a in anchors:
        by[key(a)].append(one.stands_for.get(a, a.mention))
    return groups(by.values())


def chains(gold: Iterable[Gold]) -> Groups:
    """The gold mentions in their chains."""
    by: dict[str, list[Hashable]] = defaultdict(list)
    for g in gold:
        by[g.chain].append(g)
    return groups(by.values())


def gain(one: Found, base: str, draws: int = DRAWS, seed: int = 1) -> tuple[float, float]:
    """What the ledger gains over the baseline in 95 of 100 draws of the topics' documents (bootstrap over documents)."""
    rng, by = random.Random(seed), defaultdict(list)
    for a in one.stands_for:
        by[a.document].append(a)
    names, differences = sorted(by), []
    for _ in range(draws):
        drawn = [a for name in {rng.choice(names) for _ in names} for a in by[name]]
        true = chains(one.stands_for[a] for a in drawn)
        score = {k: conll(true, grouped(one, key, drawn)) for k, key in systems(one, base).items() if k in (base, "ledger")}
        differences.append(score["ledger"] - score[base])
    differences.sort()
    return differences[int(0.025 * draws)], differences[int(0.975 * draws)]


def rows(name: str, one: Found, full: bool, base: str = "one lemma") -> Iterator[str]:
    """The lines of the table for a set."""
    true = chains(one.gold if full else one.stands_for.values())
    anchors = one.anchors if full else list(one.stands_for)
    score = {}
    for row, key in systems(one, base).items():
        said = grouped(one, key, anchors)
        score[row] = conll(true, said)
        parts = " | ".join(f"{100 * s.precision:.1f}, {100 * s.recall:.1f}" for s in (m(true, said) for m in (muc, b_cubed, ceaf_e)))
        yield f"| {name} ({len(anchors)} mentions) | {row} | {100 * score[row]:.1f} | {parts} |"
    if not full:
        low, high = gain(one, base)
        yield f"| {name} | gain over {base} | {100 * (score['ledger'] - score[base]):+.1f} ({100 * low:+.1f} to {100 * high:+.1f}) | | | |"


def main() -> None:
    """Code, fuse, score, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", default=SETS)
    parser.add_argument("--full", action="store_true", help="all gold mentions and all claims")
    given = parser.parse_args()
    print("| set | joined by | CoNLL F1 | MUC: precision, recall | B-cubed | CEAF-e |\n|---|---|---|---|---|---|")
    for name in given.sets:
        one = found(given.data / f"coref.{name}.jsonl.gz")
        for full in (False, True) if given.full else (False,):
            for row in rows(f"{name}, all mentions" if full else name, one, full):
                print(row, flush=True)


if __name__ == "__main__":
    main()
