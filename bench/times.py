"""Time expressions against TempEval-3's training documents and against the annotated news.

    python bench/times.py [--misses] [--half tune|report|both] [--gold]

Prints strict and relaxed extent F1 and value F1 (TempEval-3 semantics: one to one by greatest overlap, value by string), the share of annotated
`when_quote`s whose interval is found, and the speed. Tenses are the reader's, as in
coding. Documents are split in two by a hash of their id; rules are tuned on the half `tune` only.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import hashlib
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

import yaml

from backchannel.coder import times
from backchannel.coder.acts.tenses import tenses
from backchannel.reader import read
from backchannel.records import When

SHARED = Path(__file__).resolve().parents[2] / "shared"


def day(value: str) -> When | None:
    """A document date as a When."""
    value = value[:10]
    return When(start=value, end=value, precision="day") if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else None


def half(name: str) -> str:
    """Tune or report."""
    return "tune" if hashlib.blake2b(name.encode()).digest()[0] % 2 == 0 else "report"


def pairs(gold: list[Any], pred: list[Any]) -> list[tuple[int, int]]:
    """One-to-one pairs by greatest overlap (exact extents first)."""
    scored = sorted(
        ((min(g[1], p[1]) - max(g[0], p[0]) + 0.5 * (tuple(g[:2]) == tuple(p[:2])), i, j) for i, g in enumerate(gold) for j, p in enumerate(pred)),
        reverse=True,
    )
    out, left, right = [], set(), set()
    for score, i, j in scored:
        if score > 0 and i not in left and j not in right:
            out.append((i, j))
            left.add(i)
            right.add(j)
    return out


def f1(right: int, n_pred: int, n_gold: int) -> float:
    """F1 of counts."""
    return 2 * right / max(n_pred + n_gold, 1)


def tempeval(which: str, show: bool) -> None:
    """Scores on timex.tbaq.train."""
    counts: collections.Counter[str] = collections.Counter()
    misses: collections.Counter[str] = collections.Counter()
    with gzip.open(SHARED / "data" / "timex.tbaq.train.jsonl.gz", "rt", encoding="utf8") as lines:
        documents = [json.loads(line) for line in lines]
    for doc in documents:
        if which != "both" and half(doc["id"]) != which:
            continue
        text, gold = doc["text"], doc["timexes"]
        found_here = times.find(text, published=day(doc["dct"]), tense=tenses(read(text)))
        pred = [(t.start, t.end, t.timex.type, t.timex.value) for t in found_here]
        found = pairs(gold, pred)
        counts["gold"] += len(gold)
        counts["pred"] += len(pred)
        for i, j in found:
            g, p = gold[i], pred[j]
            counts["relaxed"] += 1
            counts["strict"] += text[g[0] : g[1]].strip() == text[p[0] : p[1]].strip()
            counts["type"] += g[2] == p[2]
            counts["value"] += g[3] == p[3]
            if g[3] != p[3]:
                misses[f"value  {text[g[0] : g[1]]!r} gold {g[3]} got {p[3]} dct {doc['dct'][:10]}"] += 1
            if text[g[0] : g[1]].strip() != text[p[0] : p[1]].strip():
                misses[f"extent gold {text[g[0] : g[1]]!r} got {text[p[0] : p[1]]!r}"] += 1
        left, right = {i for i, _ in found}, {j for _, j in found}
        for i, g in enumerate(gold):
            if i not in left:
                misses[f"missed {text[g[0] : g[1]].lower()!r} {g[3]}  <{text[max(g[0] - 20, 0) : g[1] + 15]!r}>"] += 1
        for j, p in enumerate(pred):
            if j not in right:
                misses[f"extra  {text[p[0] : p[1]].lower()!r}  <{text[max(p[0] - 25, 0) : p[1] + 15]!r}>"] += 1
    n_pred, n_gold = counts["pred"], counts["gold"]
    row = " ".join(f"{name} {f1(counts[name], n_pred, n_gold):.3f}" for name in ("strict", "relaxed", "type", "value"))
    print(f"tempeval-3 train, half {which}: {row}  value accuracy {counts['value'] / max(counts['relaxed'], 1):.3f}  (gold {n_gold}, found {n_pred})")
    if show:
        for line, n in sorted(misses.items()):
            print(f"{n:3} {line}")


def bounds(value: Any) -> tuple[str, str]:
    """(first day, last day) of a gold `when`; open ends are empty."""
    first, _, last = str(value).partition("/")
    first_day = {4: first + "-01-01", 7: first + "-01"}.get(len(first), first)
    if str(value).endswith("/"):
        return first_day, ""
    last = last or first
    if len(last) == 4:
        return first_day, last + "-12-31"
    if len(last) == 7:
        year, month = map(int, last.split("-"))
        return first_day, f"{last}-{times_month_end(year, month)}"
    return first_day, last


def times_month_end(year: int, month: int) -> int:
    """The last day of a month."""
    from backchannel.coder.times.calendar import month_end

    return month_end(year, month).day


def annotated(show: bool) -> None:
    """Share of `when_quote`s in the annotated news (training part) read to the annotated interval."""
    right = overlapping = total = none_right = none = 0
    for path in sorted((SHARED / "gold" / "train").glob("*.yaml")):
        gold = yaml.safe_load(path.read_text("utf8"))
        text = path.with_suffix(".txt").read_text("utf8")
        found = times.find(text, published=day(str(gold["published"])), tense=tenses(read(text)))
        for claim in gold["claims"]:
            quote, when = claim.get("when_quote"), claim.get("when")
            if not quote:
                continue
            near = text.find(claim.get("in") or claim["anchor"])
            spots = [m.start() for m in re.finditer(re.escape(quote), text)]
            at = min(spots, key=lambda s: abs(s - near), default=-1)
            hits = [t for t in found if at >= 0 and t.start < at + len(quote) and t.end > at]
            got = next(((t.when.start, t.when.end or "") for t in hits if t.when.start), None)
            if when is None:
                none += 1
                none_right += got is None
                continue
            total += 1
            want = bounds(when)
            same = got == want
            right += same
            overlapping += got is not None and (got[0] or "") <= (want[1] or "~") and want[0] <= (got[1] or "~")
            if show and not same:
                context = text[max(at - 60, 0) : at + len(quote) + 30]
                print(f"    {gold['published']} {quote!r} gold {want} got {got} status {claim.get('status')}  <{context!r}>")
    shares = f"same interval {right / total:.3f}, overlapping {overlapping / total:.3f} of {total}"
    print(f"annotated news, train: {shares}; left open with gold {none_right}/{none}")


def speed() -> None:
    """Milliseconds of processor time a thousand words."""
    texts = [p.read_text("utf8") for p in sorted((SHARED / "gold" / "train").glob("*.txt"))[:30]]
    words = sum(len(t.split()) for t in texts)
    begun = time.process_time()
    for text in texts:
        times.find(text, published=day("2015-05-05"))
    print(f"speed: {(time.process_time() - begun) * 1e6 / words:.2f} ms per 1,000 words ({words} words)")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--misses", action="store_true")
    options.add_argument("--half", default="both", choices=("tune", "report", "both"))
    options.add_argument("--gold", action="store_true", help="only the annotated news")
    arguments = options.parse_args()
    if not SHARED.exists():
        sys.exit("found no ../shared; the measurement needs its data")
    if not arguments.gold:
        for part in ("tune", "report") if arguments.half == "both" else (arguments.half,):
            tempeval(part, arguments.misses)
    annotated(arguments.misses and arguments.half != "report")
    speed()
