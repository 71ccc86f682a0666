"""Annotated articles (YAML of verbatim quotes beside text) -> labels and offsets only, the form kept in ``annotations/*.jsonl``.

    python -m training.annotations FOLDER... > training/annotations/NAME.jsonl

FOLDER holds NAME.yaml beside NAME.txt (and NAME.meta.json with the article's id in the data pack). No words of the articles are kept.
``extent``: which characters of the article were read (``start`` in the meta file, 0 without); offsets count from there. A YAML that is a list holds cases,
one a sentence (``n``: its number, from 1); its meta file has ``parts``, one a sentence: ``id``, ``start``, ``text``.

A second reading of doubtful places has left two marks in the stored form: a claim of kind ``doubtful`` is a place whose readers could not decide, and
``brief`` one an act that was passed over at first, of which only type, status, actor and recipient were asked.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import pathlib
import re
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

import yaml

from backchannel import plover

HERE = pathlib.Path(__file__).resolve().parent
BLIND = "blind"  # topics of the casebook that begin so are kept aside to measure
PRACTICE = "practice"  # those that begin so are kept from the weights too, but their misses are read
SPANS = ("topic", "demand", "trigger", "condition", "purpose", "quantity", "instrument", "where", "when_quote")
KEPT = ("kind", "event", "mode", "contexts", "status", "polarity", "certainty", "channel", "disclosure", "quality", "trend", "actor", "recipient", "mediator",
        "third_party", "between", "said_by", "when", "deadline", "tense", "office", "of", "person")  # fmt: skip


@functools.cache
def checker() -> Any:
    """``check_gold.py`` of the shared gold folder."""
    spec = importlib.util.spec_from_file_location("check_gold", HERE.parent.parent / "shared" / "gold" / "check_gold.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def occurrences(text: str, words: str) -> list[list[int]]:
    """Every occurrence of ``words`` as whole words."""
    return [list(m.span()) for m in re.finditer(r"(?<!\w)" + re.escape(words) + r"(?!\w)", text)]


def compact(path: pathlib.Path) -> dict[str, Any]:
    """One annotated article: text, entities with spans, statements and claims with offsets."""
    faults: list[str] = []
    doc = checker().load(path, faults)
    text = doc["text"]
    entities = {
        k: {
            "kind": e.get("kind"),
            "country": e.get("country"),
            "sector": e.get("sector"),
            "spans": sorted(o for s in e.get("says") or [] for o in occurrences(text, str(s))),
        }
        for k, e in (doc.get("entities") or {}).items()
    }
    statements = [
        {"k": s["k"], "content": list(s["content_span"]), **{f: list(s[f + "_span"]) for f in ("source", "cue") if s.get(f + "_span")},
         **{f: s[f] for f in ("by", "verbatim", "stance", "within") if s.get(f) is not None}}
        for s in doc.get("statements") or [] if "content_span" in s
    ]  # fmt: skip
    claims = [_claim(text, c) for c in doc.get("claims") or [] if "anchor_span" in c]
    return {"text": text, "published": str(doc.get("published") or ""), "entities": entities, "statements": statements, "claims": claims}


def casebook(folder: pathlib.Path, topic: str = "") -> Iterator[dict[str, Any]]:
    """The casebook's cases (text inside the YAML) in the same form; ``topic``: of one file, without it of all that may be trained on.

    Raises:
        SystemExit: a quote of a case is not in its text; all such are listed.

    """
    faults: list[str] = []
    for source in [folder / f"{topic}.yaml"] if topic else sorted(p for p in folder.glob("*.yaml") if not p.name.startswith((BLIND, PRACTICE))):
        for case in yaml.load(source.read_text(encoding="utf8"), Loader=yaml.CSafeLoader):
            yield _case(case, faults)
    if faults:
        sys.exit("casebook: " + "\n".join(faults))


def _case(case: dict[str, Any], faults: list[str]) -> dict[str, Any]:
    """One case with its text inside; what the checker finds wrong is added to ``faults``."""
    with tempfile.TemporaryDirectory() as scratch:
        path = pathlib.Path(scratch) / f"{case['id']}.yaml"
        path.with_suffix(".txt").write_text(case["text"], encoding="utf8")
        path.write_text(yaml.safe_dump({k: v for k, v in case.items() if k != "text"}, allow_unicode=True), encoding="utf8")
        checker().load(path, faults)
        return compact(path)


def _sentences(path: pathlib.Path) -> Iterator[dict[str, Any]]:
    """The cases of a list, each joined to its sentence in the meta file."""
    parts, faults = json.loads(path.with_suffix(".meta.json").read_text(encoding="utf8"))["parts"], []
    for case in yaml.safe_load(path.read_text(encoding="utf8")) or []:
        part = parts[case["n"] - 1]
        claims = [{"in": c["anchor"], **c} for c in case.get("claims") or []]  # a sentence is short: what holds the anchor may be left out
        case = {"published": "", "entities": {}, "statements": [], **case, "claims": claims, "id": str(case["n"]), "text": part["text"]}
        yield _case(case, faults) | {k: part[k] for k in ("id", "start")}
    if faults:
        print(f"{path}: " + "; ".join(faults), file=sys.stderr)


def _claim(text: str, c: dict[str, Any]) -> dict[str, Any]:
    out = {k: (str(c[k]) if k in ("when", "deadline", "polarity") else c[k]) for k in KEPT if c.get(k) not in (None, "", [])}
    out["anchor"] = list(c["anchor_span"])
    if c["kind"] == "event":
        out["root"] = plover.root(event=c["event"], status=c.get("status", "happened"))
    spans: dict[str, list[list[int]]] = {}
    for field in SPANS:
        for words in c[field] if isinstance(c.get(field), list) else [c.get(field)]:
            if words and (found := occurrences(text, str(words))):
                near = min(found, key=lambda s: abs(s[0] - c["anchor_span"][0]))
                if abs(near[0] - c["anchor_span"][0]) < 600:
                    spans.setdefault("when" if field == "when_quote" else field, []).append(near)
    if c.get("alternative_spans"):
        spans["alternative"] = [list(s) for s in c["alternative_spans"]]
    if spans:
        out["spans"] = spans
    return out


def main(folders: list[str]) -> None:
    """Print one JSON line an article."""
    for folder in folders:
        for path in sorted(pathlib.Path(folder).glob("*.yaml")):
            try:
                records = list(_records(path))
            except Exception as error:  # one unreadable file is named, the rest goes on
                print(f"{path.name}: {error}", file=sys.stderr)
                continue
            for record in records:
                first = record.pop("start", 0)
                print(json.dumps(record | {"extent": [first, first + len(record.pop("text"))]}, ensure_ascii=False, separators=(",", ":")))


def _records(path: pathlib.Path) -> Iterator[dict[str, Any]]:
    """The annotated texts of one file, each with the ``id`` and the ``start`` of its text in the data pack."""
    meta = path.with_suffix(".meta.json")
    about = json.loads(meta.read_text(encoding="utf8")) if meta.exists() else {"id": path.stem}
    if "parts" in about:
        yield from _sentences(path)
    else:
        yield compact(path) | {"id": about["id"], "start": about.get("start", 0)}


if __name__ == "__main__":
    main(sys.argv[1:])
