"""What the shipped model reaches on dev sets it was never trained on: ``python -m training.evaluate [--limit N]``.

Gold sentences and words for trees (UPOS, UAS, LAS; punctuation left out, subtypes kept, as spaCy counts) and names; raw text with our own segmentation for
sentences and attribution (token F1 of source, cue, content on PolNeAR dev).
"""

from __future__ import annotations

import argparse
import collections
from typing import Any

from backchannel.reader.reading import read, read_tokens
from backchannel.reader.segment import sentences
from training.acts import held_out_articles
from training.data import load
from training.sets import NAME_LABELS


def trees(name: str, split: str, limit: int | None) -> dict[str, float]:
    """UPOS, UAS, LAS on gold words, sentences in their documents."""
    counts: collections.Counter[str] = collections.Counter()
    for rows in documents(name, split)[:limit]:
        text, words = joined(rows)
        reading = read_tokens(text, words)
        for (lo, _), r in zip(reading.bounds, rows, strict=True):
            for i, upos in enumerate(r["upos"]):
                counts["words"] += 1
                counts["upos"] += reading.upos[lo + i] == upos
                counts["lemma"] += reading.lemmas[lo + i] == r["lemma"][i]
                if upos == "PUNCT":
                    continue
                counts["scored"] += 1
                head = reading.heads[lo + i] - lo + 1 if reading.heads[lo + i] != lo + i else 0
                counts["uas"] += head == r["head"][i]
                counts["las"] += head == r["head"][i] and reading.rels[lo + i] == r["deprel"][i]
    return {
        "UPOS": counts["upos"] / counts["words"],
        "lemma": counts["lemma"] / counts["words"],
        "UAS": counts["uas"] / counts["scored"],
        "LAS": counts["las"] / counts["scored"],
    }


def documents(name: str, split: str) -> list[list[dict[str, Any]]]:
    """The sentences of each document of a treebank."""
    docs: dict[str, list[dict[str, Any]]] = collections.defaultdict(list)
    for r in load("syntax", name, split):
        docs[r["doc"]].append(r)
    return list(docs.values())


def joined(rows: list[dict[str, Any]]) -> tuple[str, list[list[tuple[int, int]]]]:
    """A document's text, sentences joined by a space or, where a paragraph begins, an empty line; and the offsets of each sentence's words."""
    text, words = "", []
    for r in rows:
        text += ("\n\n" if r["par"] else " ") if text else ""
        words.append([(len(text) + a, len(text) + b) for a, b in r["offsets"]])
        text += r["text"]
    return text, words


def segmentation(name: str, split: str, limit: int | None, genre: str | None = None) -> dict[str, float]:
    """F1 of our own sentences and words on raw text: first and last character both right."""
    counts: collections.Counter[str] = collections.Counter()
    for rows in [d for d in documents(name, split) if genre in (None, d[0].get("genre"))][:limit]:
        text, words = joined(rows)
        found = sentences(text)
        ends = {(s[0][0], s[-1][1]) for s in words}, {(s[0].start, s[-1].end) for s in found}
        cut = {tuple(w) for s in words for w in s}, {(w.start, w.end) for s in found for w in s}
        for what, (want, have) in (("sentences", ends), ("words", cut)):
            counts[f"{what} right"] += 2 * len(want & have)
            counts[what] += len(want) + len(have)
    return {what: counts[f"{what} right"] / max(1, counts[what]) for what in ("sentences", "words")}


def attribution(limit: int | None) -> dict[str, float]:
    """Token F1 of source, cue, content on PolNeAR dev."""
    right: collections.Counter[str] = collections.Counter()
    predicted: collections.Counter[str] = collections.Counter()
    gold: collections.Counter[str] = collections.Counter()
    for n, r in enumerate(load("attribution", "polnear", "dev")):
        if limit and n >= limit:
            break
        reading = read(r["text"])
        for part in ("source", "cue", "content"):
            spans = [s for x in r["relations"] for s in x[part]]
            want = {i for i, t in enumerate(reading.tokens) if any(t.start < b and t.end > a for a, b in spans)}
            have = {i for lo, hi in reading.spans(f"polnear_{part}") for i in range(lo, hi)}
            right[part] += len(want & have)
            predicted[part] += len(have)
            gold[part] += len(want)
    return {part: 2 * right[part] / max(1, predicted[part] + gold[part]) for part in ("source", "cue", "content")}


def names(name: str, limit: int | None) -> float:
    """Exact F1 over PER, ORG, LOC on gold words."""
    right = predicted = gold = 0
    for n, r in enumerate(load("spans", name, "dev")):
        if limit and n >= limit:
            break
        reading = read_tokens(r["text"], [[tuple(o) for o in r["offsets"]]])
        mapped = NAME_LABELS.get(name, {})
        want = {(a, b, mapped.get(k, k)) for a, b, k in r["spans"]}
        want = {x for x in want if x[2] in ("PER", "ORG", "LOC")}
        have = {x for x in reading.names if x[2] in ("PER", "ORG", "LOC")}
        right, predicted, gold = right + len(want & have), predicted + len(have), gold + len(want)
    return 2 * right / max(1, predicted + gold)


def acts(thresholds: tuple[float, ...] = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55)) -> dict[float, tuple[float, float]]:
    """On annotated articles that were not trained on: F1 of anchors (overlap) and of anchors with the right type, by threshold (``coder.anchors.HOT``)."""
    from backchannel.coder.acts.anchors import anchors

    counts: dict[float, collections.Counter[str]] = {hot: collections.Counter() for hot in thresholds}
    for article in held_out_articles():
        reading = read(article["text"])
        gold = [(*c["anchor"], c["event"]) for c in article["claims"] if c["kind"] == "event"]
        for hot, count in counts.items():
            found = [(*reading.chars(a.first, a.last), a.type) for a in anchors(reading, hot=hot) if a.type not in ("RELATION", "QUESTION")]
            count["predicted"] += len(found)
            count["gold"] += len(gold)
            count["found"] += len(_matched(gold, found, typed=False))
            count["typed"] += len(_matched(gold, found, typed=True))
    return {hot: (2 * c["found"] / max(1, c["predicted"] + c["gold"]), 2 * c["typed"] / max(1, c["predicted"] + c["gold"])) for hot, c in counts.items()}


def _matched(gold: list[Any], found: list[Any], *, typed: bool) -> list[tuple[Any, Any]]:
    """The gold anchors (first character, last exclusive, type, ...) that overlap a predicted one, each with it, one to one in text order."""
    left, pairs = list(found), []
    for g in sorted(gold, key=lambda g: g[:3]):
        hit = next((f for f in left if f[0] < g[1] and g[0] < f[1] and (not typed or f[2] == g[2])), None)
        if hit:
            left.remove(hit)
            pairs.append((g, hit))
    return pairs


def statuses() -> tuple[float, int]:
    """On the same articles, the share of statuses that are right where an anchor is found, and how many those are; without the statements that hold the acts,
    by which the coder decides, too.
    """
    from backchannel.coder.acts.anchors import anchors
    from backchannel.coder.acts.status import status

    right = n = 0
    for article in held_out_articles():
        reading = read(article["text"])
        gold = [(*c["anchor"], c["event"], c.get("status", "happened")) for c in article["claims"] if c["kind"] == "event"]
        found = [(*reading.chars(a.first, a.last), a.type, a) for a in anchors(reading) if a.type not in ("RELATION", "QUESTION")]
        for g, f in _matched(gold, found, typed=False):
            n += 1
            right += status(reading, f[3])[0] == g[3]
    return right / max(1, n), n


def contexts() -> tuple[float, float]:
    """On the same articles, precision and recall of PLOVER contexts over all labels, at the annotated anchors of articles that give any."""
    from backchannel.coder.acts.events import contexts as likely

    right = predicted = gold = 0
    for article in held_out_articles():
        acted = [c for c in article["claims"] if c["kind"] == "event"]
        if not any(c.get("contexts") for c in acted):
            continue
        reading = read(article["text"])
        for claim in acted:
            words = [i for i, t in enumerate(reading.tokens) if t.start < claim["anchor"][1] and claim["anchor"][0] < t.end]
            have = set(likely(reading, words[0], words[-1] + 1)) if words else set()
            want = set(claim.get("contexts") or [])
            right, predicted, gold = right + len(want & have), predicted + len(have), gold + len(want)
    return right / max(1, predicted), right / max(1, gold)


def main() -> None:
    """Print the table of the model card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit", type=int, help="only the first N documents or sentences of each set")
    limit = parser.parse_args().limit
    for name, split in (("ewt", "dev"), ("pud", "dev"), ("gum", "dev")):
        print(f"{name:18}", *(f"{k} {v:.3f}" for k, v in trees(name, split, limit).items()), flush=True)
    for name, genre in (("ewt", None), ("gum", None), ("gum", "news"), ("pud", None)):
        reached = segmentation(name, "dev", limit, genre)
        print(f"{name:18} raw text{f', {genre}' if genre else ''}, F1:", *(f"{k} {v:.3f}" for k, v in reached.items()), flush=True)
    print(f"{'PolNeAR words':18}", *(f"{k} {v:.3f}" for k, v in attribution(limit).items()), flush=True)
    for name in ("uner_ewt", "crossner_politics"):
        print(f"{name:18} exact F1 PER/ORG/LOC {names(name, limit):.3f}", flush=True)
    for hot, (found, typed) in acts().items():
        print(f"held-out articles, anchors from {hot:.2f}: found {found:.3f}, typed {typed:.3f}", flush=True)
    share, n = statuses()
    print(f"held-out articles, statuses: {share:.3f} of {n} right", flush=True)
    precision, recall = contexts()
    print(f"held-out articles, contexts: {precision:.3f} of those given are right, {recall:.3f} found", flush=True)


if __name__ == "__main__":
    main()
