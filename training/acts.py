"""Annotated articles and cases -> training examples: acts with their fields and roles, parties, statements.

The form of an article here is that of ``annotations.py``: text, entities with spans, statements and claims with offsets.
"""

from __future__ import annotations

import collections
import json
import pathlib
import sys
from collections.abc import Iterator
from typing import Any

from backchannel.reader import labels as L
from training.data import FAMILIES, HERE, MASK, Sentence, covered, index, load, segment
from training.sets import Labeller

HELD_OUT = "held_out.jsonl"
ANNOTATED = (  # the sets whose texts we annotated
    ("articles", "allsides", "trial"),
    ("timex", "tbaq", "train"),
    ("spans", "re3d", "train"),
    ("attribution", "polnear", "train"),
    ("events", "plv", "train"),
    ("events", "event_location", "train"),
)
PRONOUNS = frozenset("he him his she her hers it its they them their i me my we us our who whose which".split())


def gold_articles(folder: pathlib.Path) -> Iterator[dict[str, Any]]:
    """Annotated articles (YAML beside text, ../shared/gold/GUIDE.md) with quotes resolved to offsets, in the stored form of ``annotations.py``."""
    from training.annotations import compact

    for path in sorted(folder.glob("*.yaml")):
        yield compact(path)


def annotated_articles() -> Iterator[dict[str, Any]]:
    """The articles we annotated ourselves: labels and offsets from ``annotations/*.jsonl``, texts from the data pack, joined by id. A text that is held out
    is left out, whatever its id (TBAQ has one twice).
    """
    texts = annotated_texts()
    held = {a["text"] for a in held_out_articles()}
    for path in sorted((HERE / "annotations").glob("*.jsonl")):
        if path.name == HELD_OUT:
            continue
        yield from (a for a in _joined(path, texts) if a["text"] not in held)


def held_out_articles() -> Iterator[dict[str, Any]]:
    """Annotated articles that are never trained on: thresholds are chosen and confidence is calibrated on them."""
    yield from _joined(HERE / "annotations" / HELD_OUT, annotated_texts())


def annotated_texts() -> dict[str, str]:
    """The texts that ``annotations/*.jsonl`` speaks of, by id."""
    return {r["id"]: r["text"] for task, name, split_name in ANNOTATED for r in load(task, name, split_name)}


def _joined(path: pathlib.Path, texts: dict[str, str]) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf8").splitlines():
        record = json.loads(line)
        first, last = record.get("extent", (0, None))
        if record["id"] not in texts:
            sys.exit(f"{path.name}: found no text {record['id']}; expected an id of the data pack's training files")
        yield {**record, "text": texts[record["id"]][first:last]}


def event_document(article: dict[str, Any], label: Labeller | None = None) -> list[Sentence]:
    """One annotated article as sentences with event, party and attribution labels; ``label`` adds trees."""
    doc = segment(article["text"])
    place = {id(s): n for n, s in enumerate(doc)}
    rows = ("event", "mode", "status", "polarity", "certainty", "channel", "disclosure", "quality", "trend", "stance", "kind", "sector", "root",
            "contexts")  # fmt: skip
    for s in doc:
        s.tags = {k: [MASK] * len(s.words) for k in rows} | {k: [0] * len(s.words) for k in ("party", "source", "cue", "content")}
        s.tags["event"] = [0] * len(s.words)
    if label:
        label(article["text"], doc)
    mentions = _parties(doc, place, article)
    _statements(doc, place, article)
    told = any(claim.get("contexts") for claim in article["claims"])  # optional in the guide: an article without any says nothing of them
    for claim in article["claims"]:
        if claim["kind"] == "doubtful":  # readers did not agree whether it is an act: neither taught nor held against the event head
            for s, inside in covered(doc, *claim["anchor"]):
                for i in inside:
                    s.tags["event"][i] = MASK
        elif claim["kind"] != "office":
            _claim(doc, place, claim, mentions, contexts=told)
    return doc


def _parties(doc: list[Sentence], place: dict[int, int], article: dict[str, Any]) -> dict[str, list[list[tuple[int, int]]]]:
    """Party mentions tagged (longest first, no overlaps); for each entity its mentions as lists of (sentence, word)."""
    kinds, sectors, found = index(L.KINDS), index(L.SECTORS), collections.defaultdict(list)
    taken: set[tuple[int, int]] = set()
    spans = [(b - a, a, b, key, e) for key, e in article["entities"].items() for a, b in e["spans"]]
    for _, a, b, key, e in sorted(spans, key=lambda x: (-x[0], x[1])):
        at = [(place[id(s)], i) for s, inside in covered(doc, a, b) for i in inside]
        if not at or taken & set(at):
            continue
        taken.update(at)
        found[key].append(at)
        for n, (m, i) in enumerate(at):
            doc[m].tags["party"][i] = 2 if n else 1
            doc[m].tags["kind"][i] = kinds.get(e.get("kind") or "", MASK)
            doc[m].tags["sector"][i] = sectors.get((e.get("sector") or "").split(",")[0], MASK)
    return found


def _statements(doc: list[Sentence], place: dict[int, int], article: dict[str, Any]) -> None:
    stances = index(L.STANCES)
    for st in article["statements"]:
        at: dict[str, list[tuple[int, int]]] = {}
        for part in ("content", "source", "cue"):
            if st.get(part):
                at[part] = [(place[id(s)], i) for s, inside in covered(doc, *st[part]) for i in inside]
                for s, inside in covered(doc, *st[part]):
                    for n, i in enumerate(inside):
                        s.tags[part][i] = 2 if n else 1
        for n, i in at.get("cue", []):
            doc[n].tags["stance"][i] = stances.get(st.get("stance", "asserts"), 0)
            doc[n].linked.append((i, "attribution"))
            doc[n].links += [(i, target, part) for part in ("source", "content") for target in at.get(part, [])]  # type: ignore[misc]


def _claim(doc: list[Sentence], place: dict[int, int], claim: dict[str, Any], mentions: dict[str, list[list[tuple[int, int]]]], *, contexts: bool) -> None:
    kind = {"relation": "RELATION", "question": "QUESTION"}.get(claim["kind"], claim.get("event"))
    anchor = [(place[id(s)], i) for s, inside in covered(doc, *claim["anchor"]) for i in inside]
    if not anchor:
        return
    words = {k: index(v) for k, v in (("mode", L.MODES), ("status", L.STATUSES), ("polarity", L.POLARITIES), ("certainty", L.CERTAINTIES),
                                      ("channel", L.CHANNELS), ("disclosure", L.DISCLOSURES), ("quality", L.QUALITIES), ("trend", L.TRENDS))}  # fmt: skip
    defaults = {"mode": "-", "status": "happened", "polarity": "+", "certainty": "certain"}
    if kind == "CONSULT":  # optional in the guide: an article that leaves them out says nothing of them
        defaults |= {k: claim[k] for k in ("channel", "disclosure") if claim.get(k)}
    if kind == "RELATION":
        defaults = {"quality": "unknown", "trend": "unknown", "certainty": "certain"}
    if kind == "QUESTION":
        defaults = {}
    if claim.get("brief"):  # found at the second reading, which asked for type, status and sides only
        defaults = {"status": "happened"}
    targets: list[tuple[tuple[int, int], str]] = []
    sentence = anchor[0][0]
    for role in ("actor", "recipient", "mediator", "third_party", "between"):
        for key in claim.get(role) or []:
            near = sorted(mentions.get(key, []), key=lambda at: (abs(at[0][0] - sentence), at[0][0] > sentence))
            here = [at for at in near if at[0][0] == sentence]
            targets += [(w, role) for at in here or near[:1] for w in at]
            pronoun = None if here else _pronoun(doc[sentence], [i for _, i in anchor], role)
            if pronoun is not None:
                targets.append(((sentence, pronoun), role))
    for role, spans in (claim.get("spans") or {}).items():
        targets += [((place[id(s)], i), role) for a, b in spans for s, inside in covered(doc, a, b) for i in inside]
    family = {"RELATION": "relation", "QUESTION": "question"}.get(kind or "", "sides" if claim.get("brief") else "event")
    named = _naming(doc, anchor)
    for n, i in anchor:
        if (n, i) not in named and doc[n].tags["event"][i] == 0:
            doc[n].tags["event"][i] = MASK
    for n, i in named:
        s = doc[n]
        s.tags["event"][i] = index(L.EVENTS)[kind] + 1
        if contexts and claim["kind"] == "event":
            s.tags["contexts"][i] = sum(1 << L.CONTEXTS.index(c) for c in claim.get("contexts") or [] if c in L.CONTEXTS)
        if claim.get("root"):
            s.tags["root"][i] = index(L.EVENTS)[claim["root"]]
        for field_name, default in defaults.items():
            s.tags[field_name][i] = words[field_name].get(str(claim.get(field_name) or default), MASK)
        s.linked.append((i, family))
        s.links += [(i, target, role) for target, role in targets if role in FAMILIES[family]]  # type: ignore[misc]


def _naming(doc: list[Sentence], anchor: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The words of an anchor that name the act: its head, in a short anchor every content word. What else readers marked ("promising to release sensitive
    data") is neither taught nor held against the event head.
    """
    s = doc[anchor[0][0]]
    inside = [i for n, i in anchor if n == anchor[0][0]]
    if s.heads is None:
        return anchor
    head = next((i for i in inside if s.heads[i] == i or s.heads[i] not in inside), inside[0])
    content = [i for i in inside if L.UPOS[s.tags["upos"][i]] in ("NOUN", "VERB", "ADJ", "PROPN", "ADV")] if len(inside) <= 3 else []
    return [(anchor[0][0], i) for i in sorted({head, *content})]


def _pronoun(s: Sentence, anchor: list[int], role: str) -> int | None:
    """The pronoun that stands for a party which the anchor's sentence does not name: the nearest subject or owner above the anchor for an actor, an object
    or owner at it for a recipient. None where the sentence has no tree or no such pronoun.
    """
    if s.heads is None or role not in ("actor", "recipient"):
        return None
    head = next((i for i in anchor if s.heads[i] not in anchor or s.heads[i] == i), anchor[0])
    places = ("nsubj", "nmod:poss", "obl:agent") if role == "actor" else ("obj", "iobj", "obl", "nmod", "nsubj:pass")
    for _ in range(4 if role == "actor" else 1):
        own = [i for i, h in enumerate(s.heads) if h == head and i != head and s.words[i].lower() in PRONOUNS and s.words[i] != "US"]
        found = [i for i in own if s.rel_names[i].startswith(places) and (role == "recipient" or s.rel_names[i] != "nsubj:pass")]
        if found:
            return found[0]
        if s.heads[head] == head or not s.rel_names[head].startswith(("xcomp", "conj", "obj", "obl", "nmod")):
            return None
        head = s.heads[head]
    return None
