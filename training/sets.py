"""The public sets -> training examples: trees, names, attribution, roles, factuality, marked pairs.

Forms and licences of the sets: ``../shared/data/README.md``. Dev files are only ever read by ``evaluate.py``.
"""

from __future__ import annotations

import collections
import json
import pathlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from backchannel.reader import labels as L
from backchannel.reader.encoder import Encoder
from backchannel.reader.features import Pieces
from backchannel.reader.reading import Reading
from backchannel.reader.segment import Token
from backchannel.register import Register
from training.data import FAMILIES, HERE, MASK, Example, Sentence, covered, index, load, pack, segment

# Genres of the treebanks in which nothing is a political act or party: they teach the event head silence.
NOT_POLITICAL = frozenset(["reviews", "voyage", "vlog", "textbook", "academic"])
ASKING = ("demanding", "urging", "calling", "seeking", "asking", "requesting")
FEATURE_KEYS = ("Tense", "Mood", "VerbForm", "Voice", "Number", "Person")
LINKING = frozenset("of the for and in on de la al bin ibn".split())  # small words within names
UNNAMED = frozenset("He She We They It His Her Our Their I My Jan. Jan May Sgt. Capt. Col. Gen.".split())  # marked in re3d
NAME_LABELS = {
    "gum": {"person": "PER", "organization": "ORG", "place": "LOC", "event": "MISC", "object": "MISC", "abstract": "MISC"},
    "crossner_politics": {
        "politician": "PER", "person": "PER", "politicalparty": "ORG", "organisation": "ORG", "location": "LOC", "country": "LOC",
        "election": "MISC", "event": "MISC", "misc": "MISC",
    },
    "re3d": {"Organisation": "ORG", "Location": "LOC", "Person": "PER", "Nationality": "MISC"},
}  # fmt: skip


# ------------------------------------------------------------------ trees
def features(feats: str) -> str:
    """The features that matter, in one string ('_' when none)."""
    kept = [f for f in feats.split("|") if f.split("=")[0] in FEATURE_KEYS]
    return "|".join(kept) or "_"


def inventories() -> dict[str, list[str]]:
    """Label sets learnt from the training trees: features and relations seen at least twice, most frequent first."""
    counts: dict[str, collections.Counter[str]] = {k: collections.Counter() for k in ("features", "relations")}
    for name in ("ewt", "gum"):
        for r in load("syntax", name, "train"):
            counts["relations"].update(r["deprel"])
            counts["features"].update(map(features, r["feats"]))
    return {k: [x for x, n in c.most_common() if n >= 2] for k, c in counts.items()}


def tree_documents(name: str, split_name: str, inv: dict[str, list[str]]) -> Iterator[list[Sentence]]:
    """Documents of a treebank, with names and predicate arguments where sister files have them."""
    upos, feats, rels = index(L.UPOS), index(inv["features"]), index(inv["relations"])
    extra = _propbank(split_name) if name == "ewt" else {}
    facts = _uds(split_name) if name == "ewt" else {}
    names = {r["id"]: r for r in load("spans", "gum", split_name)} if name == "gum" else {}
    marked, name_tags = _marked_names() if name == "ewt" else {}, index(L.bio(L.NAMES))
    doc, last = [], None
    for r in load("syntax", name, split_name):
        if r["doc"] != last and doc:
            yield doc
            doc = []
        last = r["doc"]
        s = Sentence(r["tokens"], [tuple(o) for o in r["offsets"]], bool(r["par"]))
        s.tags["upos"] = [upos.get(u, MASK) for u in r["upos"]]
        s.tags["features"] = [feats.get(features(f), 0) for f in r["feats"]]
        s.heads = [h - 1 if h else i for i, h in enumerate(r["head"])]
        s.rels = [rels.get(x, rels.get(x.split(":")[0], 0)) for x in r["deprel"]]
        if r["genre"] in NOT_POLITICAL:
            s.tags["event"] = s.tags["party"] = [0] * len(s.words)
        if r["id"] in extra:
            _roles(s, extra[r["id"]])
        if r["id"] in facts:
            s.tags["factuality"] = facts[r["id"]]
        if r["id"] in names:
            s.tags["name"] = _gum_names(r, names[r["id"]])
        elif r["id"] in marked:
            s.tags["name"] = [0] * len(s.words)
            for lo, hi, kind in marked[r["id"]]:
                _bio(s.tags["name"], range(lo, hi), name_tags, kind)
        doc.append(s)
    if doc:
        yield doc


def _marked_names() -> dict[str, list[tuple[int, int, str]]]:
    """The names we marked in EWT train's sentences, by sentence: (first token, last exclusive, PER | ORG | LOC)."""
    lines = (HERE / "annotations" / "names" / "ewt.jsonl").read_text(encoding="utf8").splitlines()
    return {row["id"]: row["names"] for row in map(json.loads, lines)}


def _propbank(split_name: str) -> dict[str, list[Any]]:
    return {r["id"]: r["predicates"] for r in load("srl", "propbank_ewt", split_name)}


def _uds(split_name: str) -> dict[str, list[float]]:
    """Factuality by sentence: EWT ids are not in UDS, the words are."""
    by_text = {}
    for r in load("factuality", "uds_ih2", split_name):
        values = [float(MASK)] * len(r["tokens"])
        for first, last, score in r["targets"]:
            values[last - 1 if last - first == 1 else first] = float(score)
        by_text[" ".join(r["tokens"])] = values
    return {r["id"]: by_text[t] for r in load("syntax", "ewt", split_name) if (t := " ".join(r["tokens"])) in by_text}


def _roles(s: Sentence, predicates: list[Any]) -> None:
    assert s.heads
    for at, _, args in predicates:
        s.linked.append((at, "srl"))
        for first, last, role in args:
            if role in FAMILIES["srl"]:
                s.links.append((at, _head(s.heads, first, last), role))


def _head(heads: list[int], first: int, last: int) -> int:
    """The word of a span whose head lies outside it."""
    return next((i for i in range(first, last) if heads[i] == i or not first <= heads[i] < last), last - 1)


def _gum_names(tree: dict[str, Any], spans: dict[str, Any]) -> list[int]:
    """BIO of proper names: the run of proper nouns (with what joins them) around the head of each entity span."""
    tags = index(L.bio(L.NAMES))
    heads = [h - 1 if h else i for i, h in enumerate(tree["head"])]
    out = [tags["O"]] * len(tree["tokens"])
    for first, last, kind in sorted(spans["spans"], key=lambda x: x[0] - x[1]):
        label = NAME_LABELS["gum"].get(kind)
        at = _head(heads, first, last)
        if not label or tree["upos"][at] != "PROPN":
            continue
        lo = hi = at
        while lo > first and tree["upos"][lo - 1] == "PROPN":
            lo -= 1
        joins = ("of", "and", "the", "for", "&", "-", "'s", "’s")
        while hi + 1 < last and (
            tree["upos"][hi + 1] == "PROPN" or (tree["tokens"][hi + 1].lower() in joins and hi + 2 < last and _proper(tree, hi + 2, last))
        ):
            hi += 1
        out[lo] = tags[f"B-{label}"]
        out[lo + 1 : hi + 1] = [tags[f"I-{label}"]] * (hi - lo)
    return out


def _proper(tree: dict[str, Any], i: int, last: int) -> bool:
    return tree["upos"][i] == "PROPN" or (tree["tokens"][i].lower() == "the" and i + 1 < last and tree["upos"][i + 1] == "PROPN")


class Labeller:
    """Gives news texts the trees that a reader reads in them. Without any the encoder reads trees badly exactly where events stand, because no treebank
    sentence is about them (docs/decisions.md, training).
    """

    def __init__(self, folder: pathlib.Path, inv: dict[str, list[str]]) -> None:
        self._model, self._relations = Encoder(folder), index(inv["relations"])

    def __call__(self, text: str, doc: list[Sentence]) -> Reading:
        """Add tags, features and trees to the sentences; what the reader reads in them."""
        reading = Reading(text, [[Token(a, b, w) for w, (a, b) in zip(s.words, s.spans, strict=True)] for s in doc], self._model)
        if len(reading.bounds) == len(doc):
            rows = {name: reading.logits(name).argmax(1).tolist() for name in ("upos", "features")}
            for s, (lo, hi) in zip(doc, reading.bounds, strict=True):
                for name, row in rows.items():
                    s.tags[name] = row[lo:hi]
                s.heads = [h - lo for h in reading.heads[lo:hi]]
                s.rel_names = reading.rels[lo:hi]
                s.rels = [self._relations[x] for x in reading.rels[lo:hi]]
        return reading


# ------------------------------------------------------------------ names
def name_documents(name: str, split_name: str) -> Iterator[list[Sentence]]:
    """CrossNER politics (tokens) and re3d (characters): names only."""
    tags = index(L.bio(L.NAMES))
    for r in load("spans", name, split_name):
        if "tokens" in r:
            s = Sentence(r["tokens"], [tuple(o) for o in r["offsets"]], True, {"name": [0] * len(r["tokens"])})
            for first, last, kind in r["spans"]:
                _bio(s.tags["name"], range(first, last), tags, NAME_LABELS[name].get(kind))
            yield [s]
        else:
            doc = segment(r["text"])
            for s in doc:
                s.tags["name"] = [0] * len(s.words)
            for first, last, kind in _flat(r["text"], r["spans"]):
                for s, inside in covered(doc, first, last):
                    _bio(s.tags["name"], inside, tags, NAME_LABELS[name].get(kind))
            yield doc


def _flat(text: str, marked: Iterable[Any]) -> Iterator[tuple[int, int, str]]:
    """Of nested spans the names, none within another: "Gulf of Mexico" whole, but of "President Fuad Masum" and "Palmyra, Syria" the names in them. States are
    places, as in the other sets, also when they act.
    """
    states, taken = Register.load(()), list[tuple[int, int]]()
    spans = sorted(((a, b, kind) for a, b, kind, *_ in marked), key=lambda x: x[0] - x[1])
    for first, last, kind in spans:
        if re.match("the ", text[first:last], re.IGNORECASE):
            first += 4
        name = text[first:last]
        if (word := states.country_of(name)) and word.what == "name":
            kind = "Location"
        nested = any(k == kind and first <= a and b <= last and b - a < last - first for a, b, k in spans)
        whole = not (nested and (kind == "Person" or "," in name))
        if kind in NAME_LABELS["re3d"] and _is_name(name) and whole and not any(a < last and first < b for a, b in taken):
            taken.append((first, last))
            yield first, last, kind


def _is_name(words: str) -> bool:
    """Is every word with a capital or a figure, or a small word within names?"""
    return words not in UNNAMED and words[:1].isupper() and all(w[0].isupper() or w[0].isdigit() or w in LINKING for w in words.split())


def _bio(row: list[int], inside: Iterable[int], tags: dict[str, int], label: str | None) -> None:
    if label:
        for n, i in enumerate(inside):
            row[i] = tags[f"{'I' if n else 'B'}-{label}"]


# ------------------------------------------------------------------ attribution
def polnear_documents(split_name: str, label: Labeller | None = None) -> Iterator[list[Sentence]]:
    """PolNeAR: source, cue and content as three tag rows of their own (its convention is wider than the guide's: thoughts and wishes, whole verb groups), and
    links from every cue word to the words of its source and content.
    """
    for n_doc, r in enumerate(load("attribution", "polnear", split_name)):
        doc = segment(r["text"])
        if label and n_doc % 3 == 0:
            label(r["text"], doc)
        where = {id(s): n for n, s in enumerate(doc)}
        for s in doc:
            for part in ("source", "cue", "content"):
                s.tags[f"polnear_{part}"] = [0] * len(s.words)
        for relation in r["relations"]:
            at: dict[str, list[tuple[int, int]]] = {}
            for part in ("source", "cue", "content"):
                for first, last in relation[part]:
                    for s, inside in covered(doc, first, last):
                        for n, i in enumerate(inside):
                            s.tags[f"polnear_{part}"][i] = 2 if n else 1
                        at.setdefault(part, []).extend((where[id(s)], i) for i in inside)
            for n, i in at.get("cue", []):
                doc[n].linked.append((i, "attribution"))
                doc[n].links += [(i, (m, j), part) for part in ("source", "content") for m, j in at.get(part, [])]  # type: ignore[misc]
        yield doc


# ------------------------------------------------------------------ causes
def causal_documents(split_name: str, label: Labeller) -> Iterator[list[Sentence]]:
    """CausalNews: from the words that name an effect to the words of its cause. The set counts motives as causes: an infinitive is taught as a purpose, a
    participle of asking as a demand. In a sentence without relations the root has neither.
    """
    for r in load("causal", "causalnews", split_name):
        doc = segment(r["text"])
        label(r["text"], doc)
        place = {id(s): n for n, s in enumerate(doc)}
        if not all(s.heads for s in doc):
            continue
        for relation in r["relations"]:
            cause = [(place[id(s)], i) for a, b in relation["cause"] for s, inside in covered(doc, a, b) for i in inside]
            if not cause:
                continue
            n, first = cause[0]
            word = doc[n].words[first].lower()
            before = doc[n].words[first - 1].lower() if first else ""
            role = "purpose" if "to" in (word, before) and _infinitive(doc[n], cause) else "demand" if word in ASKING else "trigger"
            for at, p in _effects(doc, place, relation["effect"]):
                if (at, p) not in cause:
                    doc[at].linked.append((p, "cause"))
                    doc[at].links += [(p, target, role) for target in cause if doc[target[0]].words[target[1]].lower() not in ("to", *ASKING)]  # type: ignore[misc]
        if not r["relations"]:
            for s in doc:
                s.linked += [(i, "cause") for i, h in enumerate(s.heads or []) if h == i and L.UPOS[s.tags["upos"][i]] == "VERB"]
        if any(s.linked for s in doc):
            yield doc


def _infinitive(s: Sentence, cause: list[tuple[int, int]]) -> bool:
    """Is the first verb of the cause an infinitive after "to"?"""
    verbs = [i for _, i in cause if i < len(s.words) and L.UPOS[s.tags["upos"][i]] == "VERB"]
    return bool(verbs) and any(s.words[i].lower() == "to" and L.UPOS[s.tags["upos"][i]] == "PART" for i in range(max(0, verbs[0] - 2), verbs[0]))


def _effects(doc: list[Sentence], place: dict[int, int], spans: list[list[int]]) -> Iterator[tuple[int, int]]:
    """The words of an effect that may name its act: its head, what is joined to it and its objects, as far as they are verbs and nouns."""
    for first, last in spans:
        for s, inside in covered(doc, first, last):
            assert s.heads
            span, heads = set(inside), s.heads
            tops = [i for i in inside if heads[i] == i or heads[i] not in span]
            for i in inside:
                near = i in tops or (heads[i] in tops and s.rel_names[i].split(":")[0] in ("conj", "obj", "xcomp"))
                if near and L.UPOS[s.tags["upos"][i]] in ("VERB", "NOUN"):
                    yield place[id(s)], i


# ------------------------------------------------------------------ nominal roles, factuality, pairs
def qanom_documents(split_name: str) -> Iterator[list[Sentence]]:
    """QANom: of each event noun, who did it (ARG0) and to whom (ARG1), from the shape of the question."""
    for r in load("qasrl", "qanom", split_name):
        s = Sentence(r["tokens"], [tuple(o) for o in r["offsets"]], True)
        for p in r["predicates"]:
            if not p["is_event"]:
                continue
            s.linked.append((p["tok"], "who"))
            for q in p["questions"]:
                slots = q.get("slots") or {}
                if slots.get("wh") not in ("who", "what"):
                    continue
                passive = (slots.get("aux") or "").split(" ")[0] in ("is", "was", "are", "were", "be") or " be " in f" {q['question'].lower()} "
                role = "ARG1" if slots.get("subj") or passive else "ARG0"
                for first, last in q["answers"]:
                    s.links += [(p["tok"], i, role) for i in range(first, last)]
        if s.linked:
            yield [s]


def uw_documents(split_name: str) -> Iterator[list[Sentence]]:
    """UW factuality scores at event words."""
    for r in load("factuality", "uw", split_name):
        values = [float(MASK)] * len(r["tokens"])
        for first, _, score in r["targets"]:
            values[first] = float(score)
        yield [Sentence(r["tokens"], [tuple(o) for o in r["offsets"]], True, {"factuality": values})]  # type: ignore[dict-item]


def plv_records(split_name: str = "train") -> list[tuple[dict[str, Any], str]]:
    """PLV: (record, root); YIELD stands for CONCEDE or RETREAT and is taught as CONCEDE."""
    return [(r, "CONCEDE" if r["events"][0]["type"] == "YIELD" else r["events"][0]["type"]) for r in load("events", "plv", split_name)]


def plv_example(r: dict[str, Any], root: str | None, pieces: Pieces) -> Example:
    """One sentence with its marked pair."""
    doc = segment(r["text"])
    example = next(pack([doc], pieces, limit=400))
    marked: dict[str, list[int]] = {"source": [], "target": []}
    for arg in r["events"][0]["args"]:
        if arg["span"]:
            base = 0
            for s in doc:
                marked.setdefault(arg["role"], []).extend(base + i for i, (a, b) in enumerate(s.spans) if a < arg["span"][1] and b > arg["span"][0])
                base += len(s.words)
    n = len(example.firsts)
    example.pair = ([i for i in marked["source"] if i < n], [i for i in marked["target"] if i < n], index(L.EVENTS).get(root or "", MASK))
    return example
