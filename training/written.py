"""Sentences written by us, marked in the line -> training examples: ``python -m training.written FILE ...`` checks files and counts what they hold.

One text a line, of one to four sentences; ``#`` begins a comment. A party stands in square brackets behind its key, an act in braces before its type:

    [a: Tehran] {lashed out|ACCUSE/disapprove a>b} at [b: the kingdom] over [b: its] {decision|-} to {host|COOPERATE planned b+c} [c: Israeli] pilots.

``{words|TYPE/mode status actors>recipients; channel disclosure}``: the mode, the status (happened), the sides and what follows them may be left out, several
keys are joined by ``+``, ``not`` before the type is what a source denies. ``{words|RELATION/quality trend a+b}`` is how two stand to each other (a quality or
trend that is not told may be left out), ``{words|QUESTION}`` what says that something is not known. Of several words only those that name the act are marked.
``{words|-}`` is a word that looks like an act and is none, ``{words|?}`` one of which nobody can say; what is not marked is no act either. Only acts,
relations and questions are taught: statements, names and kinds of parties are not marked in full, so nothing is said of them.
"""

from __future__ import annotations

import collections
import pathlib
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from backchannel import plover
from backchannel.reader import labels as L
from training.acts import event_document
from training.data import MASK, Sentence, covered
from training.sets import Labeller

EVERYDAY = "everyday"  # files whose names begin so hold look-alikes in matters that are nobody's politics
FULL = ("states",)  # files whose names begin so mark relations and questions; in others words that a reader takes for one are left out
STATES, LIKELY = ("RELATION", "QUESTION"), 0.2  # the last of the events; how likely a word is one
ACT = 0.3  # how likely a word is an act
SIDES = ("actor", "recipient", "between")
UNSAID = ("party", "kind", "sector", "source", "cue", "content", "contexts", "certainty")
FOLDER = pathlib.Path(__file__).resolve().parent / "written"
MARK = re.compile(r"\[(?P<key>\w+): (?P<party>[^\[\]{}|]+)\]|\{(?P<words>[^\[\]{}|]+)\|(?P<says>[^\[\]{}|]+)\}")
SAYS = re.compile(
    r"(?P<denied>not )?(?P<type>[A-Z]+)(?:/(?P<mode>[a-z_-]+))?(?: (?P<status>[a-z_]+))?(?: (?P<actor>[\w+]*)>(?P<recipient>[\w+]*)| (?P<all>\w+(?:\+\w+)+))?"
    r"(?:; (?P<told>[a-z_]+(?: [a-z_]+)?))?"
)


def parsed(line: str) -> dict[str, Any]:
    """One line as an annotated article of ``annotations.py``: text, entities with spans, claims; ``none``: what looks like an act and is none.

    Raises:
        ValueError: what is wrong with the line, in a few words.

    """
    text, last = "", 0
    entities: dict[str, dict[str, Any]] = {}
    claims: list[dict[str, Any]] = []
    none: list[list[int]] = []
    for m in MARK.finditer(line):
        text += line[last : m.start()]
        last, words = m.end(), m["party"] or m["words"]
        span = [len(text), len(text) + len(words)]
        text += words
        if m["key"]:
            entities.setdefault(m["key"], {"spans": []})["spans"].append(span)
        elif m["says"] == "?":
            claims.append({"kind": "doubtful", "anchor": span})
        elif m["says"] == "-":
            none.append(span)
        else:
            claims.append(_claim(m["says"], span))
    text += line[last:]
    if left := re.search(r"[\[\]{}|]", text):
        raise ValueError(f"found a lone {left[0]}")
    for claim in claims:
        for side in SIDES:
            for key in claim.get(side, ()):
                if key not in entities:
                    raise ValueError(f"found the key {key} of no party")
    return {"text": text, "published": "", "entities": entities, "statements": [], "claims": claims, "none": none}


def _claim(says: str, span: list[int]) -> dict[str, Any]:
    m = SAYS.fullmatch(says)
    if not m or m["type"] not in L.EVENTS:
        raise ValueError(f"found {says!r}; expected TYPE/mode status actors>recipients")
    if m["denied"] and m["type"] in STATES:
        raise ValueError(f"found {says!r}; expected ? there: a relation or question has no negation")
    if m["type"] == "QUESTION":
        return {"kind": "question", "anchor": span}
    if m["type"] == "RELATION":
        known = {"quality": _one_of(m["mode"], "quality", L.QUALITIES), "trend": _one_of(m["status"], "trend", L.TRENDS)}
        return {"kind": "relation", "anchor": span, "between": _keys(m["all"] or m["actor"]), **{k: v for k, v in known.items() if v}}
    status = _one_of(m["status"], "status", L.STATUSES) or "happened"
    claim = {"kind": "event", "anchor": span, "event": m["type"], "status": status, "root": plover.root(event=m["type"], status=status),
             "actor": _keys(m["all"] or m["actor"]), "recipient": _keys(m["recipient"])}  # fmt: skip
    claim |= {"polarity": "-"} if m["denied"] else {}
    claim |= {"mode": m["mode"]} if _one_of(m["mode"], f"mode of {m['type']}", plover.modes(m["type"])) else {}
    for word in (m["told"] or "").split():
        claim["channel" if word in L.CHANNELS else "disclosure"] = _one_of(word, "channel or disclosure", [*L.CHANNELS, *L.DISCLOSURES])
    return claim


def _keys(joined: str | None) -> list[str]:
    return joined.split("+") if joined else []


def _one_of(word: str | None, what: str, known: Sequence[str]) -> str | None:
    if word and word not in known:
        raise ValueError(f"found the {what} {word}; expected one of {' '.join(known)}")
    return word


def lines(folder: pathlib.Path = FOLDER) -> Iterator[tuple[pathlib.Path, int, str]]:
    """Every marked line of a folder's files, or of one file, with its file and number.

    Raises:
        SystemExit: there is no such folder or file.

    """
    if not folder.exists():
        sys.exit(f"found no {folder}; expected a file of marked lines or a folder of such")
    for path in sorted(folder.glob("*.txt")) if folder.is_dir() else [folder]:
        for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                yield path, number, line.strip()


def documents(label: Labeller, *, everyday: bool = False) -> Iterator[list[Sentence]]:
    """The marked texts, those on everyday matters or all others, with labels of acts and their sides, and trees by ``label``. Heads of what is not marked in
    full say nothing. The event head says nothing of an unmarked word that ``label`` takes for an act, unless the line has it as none: most such words stand
    beside a marked one ("stopped *exports*") or were passed over; nor, in files that do not mark relations and questions, of a word taken for one.
    """
    for path, _, line in lines():
        if path.name.startswith(EVERYDAY) != everyday:
            continue
        record = parsed(line)
        doc = event_document(record)
        said = label(record["text"], doc).probabilities("event")
        states = said[:, -len(STATES) :].sum(1)
        taken = 1 - said[:, 0] - states > ACT
        if not path.name.startswith(FULL):
            taken |= states > LIKELY
        none = {(id(s), i) for span in record["none"] for s, inside in covered(doc, *span) for i in inside}
        first = 0
        for s in doc:
            for head in UNSAID:
                s.tags[head] = [MASK] * len(s.words)
            s.tags["event"] = [MASK if tag == 0 and taken[first + i] and (id(s), i) not in none else tag for i, tag in enumerate(s.tags["event"])]
            first += len(s.words)
            sided = {i for i, _, role in s.links if role in SIDES}  # no other role is marked, and an act without sides may have some that were not
            s.linked = [(i, "relation" if family == "relation" else "sides") for i, family in s.linked if i in sided]
        yield doc


def main(names: list[str]) -> None:
    """Check files; print faults, then how many acts of each type, mode and status there are."""
    kinds, faults, seen = collections.Counter[str](), 0, collections.Counter[str]()
    for name in names or [str(FOLDER)]:
        for path, number, line in lines(pathlib.Path(name)):
            try:
                record = parsed(line)
            except ValueError as fault:
                faults += 1
                print(f"{path.name}:{number}: {fault}: {line[:90]}")
                continue
            seen[record["text"]] += 1
            for c in record["claims"]:
                if c["kind"] == "event":
                    kinds.update((c["event"], f"{c['event']}/{c.get('mode', '-')}", c["status"]))
                else:
                    kinds.update((c["kind"], *(c[k] for k in ("quality", "trend") if k in c)))
    print(f"{len(seen)} texts, {faults} faults, {sum(n - 1 for n in seen.values())} told twice; " + ", ".join(f"{k} {n}" for k, n in kinds.most_common()))
    sys.exit(bool(faults))


if __name__ == "__main__":
    main(sys.argv[1:])
