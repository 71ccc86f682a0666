"""Types and modes of the user's own (docs/custom.md): a definition and marked examples in a TOML file, no retraining.

A type of one's own is a kind of a PLOVER type (``like``): its claims keep that type, so scores, quads and roots stay what they are, and carry the own name in
``contexts``. A mode of one's own is the claim's ``mode``. A word is an act of an own type when it has the form or lemma of the head of an example's marked
words, the rest of those words stand near it, and the reader sees it in a like role (the cosine of what the link head makes of both words).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from backchannel import kept, plover
from backchannel import records as r
from backchannel.coder.acts.anchors import Anchor, without_carriers
from backchannel.errors import UsageError
from backchannel.reader import Reading, read
from backchannel.reader.labels import EVENTS

KIND, SUFFIX = "types", ".toml"
SENSE = 0.45  # cosine from which a word of the same lemma is used as in an example
NEAR = 8  # words within which the other marked words of an example stand
CONTENT = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"))
MARKED = re.compile(r"\[([^\[\]]+)\]")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{1,39}")


@dataclass(frozen=True)
class OwnType:
    """One definition: a type, or with ``mode`` a mode of the type ``like``."""

    like: str  # the PLOVER type
    name: str
    mode: bool
    what: str
    examples: tuple[str, ...]  # the act's words in square brackets
    but_not: tuple[str, ...]  # the same words in other senses, marked alike
    source: str  # file name

    @cached_property
    def _read(self) -> tuple[list[Example], list[Example]]:
        return [_example(text) for text in self.examples], [_example(text) for text in self.but_not]

    def fit(self, reading: Reading, word: int) -> float:
        """How well a word fits the best example; 0 when none, or when an example of another sense fits better."""
        good, bad = (max((e.fit(reading, word) for e in some), default=0.0) for some in self._read)
        return good if good > bad else 0.0


@dataclass(frozen=True)
class Example:
    """What is kept of an example: form and lemma of the marked words' head, their other content lemmas, what the reader makes of the head (160,)."""

    head: frozenset[str]
    others: frozenset[str]
    vector: NDArray[np.float32]

    def fit(self, reading: Reading, word: int) -> float:
        """The cosine of the word with this example's, 0 when its words are others."""
        near = {x.lower() for x in reading.lemmas[max(0, word - NEAR) : word + NEAR + 1]}
        return float(self.vector @ _vector(reading, word)) if self.head & _forms(reading, word) and self.others <= near else 0.0


def read_types(path: Path) -> tuple[OwnType, ...]:
    """The definitions of one file.

    Raises:
        UsageError: it is missing, no TOML, or has a definition that cannot be used.

    """
    if not path.is_file():
        raise UsageError(f"no file {path}", "a TOML file with [types.NAME] or [modes.TYPE.NAME]", "docs/custom.md")
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path} cannot be read as TOML ({error})", "UTF-8 text with [types.NAME] or [modes.TYPE.NAME]", "docs/custom.md") from None
    rows: list[tuple[str, Any, str | None]] = [(name, table, None) for name, table in _tables(tables.get("types"))]
    rows += [(name, table, like) for like, modes in _tables(tables.get("modes")) for name, table in _tables(modes)]
    faults = [f"{name}: {fault}" for name, table, like in rows for fault in _faults(name, table, like)]
    faults += [f"[{k}]: no such table" for k in tables if k not in ("types", "modes")]
    if faults or not rows:
        raise UsageError(f"{path}: {'; '.join(faults[:3]) or 'no types and no modes'}", "definitions as in docs/custom.md")
    return tuple(
        OwnType(like or t["like"], n, like is not None, t["what"], tuple(t["examples"]), tuple(t.get("but_not", ())), path.name) for n, t, like in rows
    )


def _tables(table: Any) -> list[tuple[str, Any]]:
    return list(table.items()) if isinstance(table, dict) else []


def _faults(name: str, table: Any, like: str | None) -> list[str]:
    """What is wrong with a definition."""
    if not isinstance(table, dict):
        return ["is no table"]
    kind, examples, others = like or table.get("like"), table.get("examples"), table.get("but_not", [])
    known = {"what", "examples", "but_not"} | ({"like"} if like is None else set())
    marked = isinstance(examples, list) and isinstance(others, list) and all(isinstance(x, str) and len(MARKED.findall(x)) == 1 for x in examples + others)
    taken = name in (plover.modes(kind) if like and kind in plover.TYPES else plover.TYPES)
    return [
        *([] if NAME.fullmatch(name) else [f"{name!r} is no name (letters, digits, - and _)"]),
        *([f"{name} is PLOVER's own"] if taken else []),
        *([] if kind in plover.TYPES else [f"like = {kind!r} is no PLOVER type"]),
        *([] if isinstance(table.get("what"), str) and table["what"].strip() else ["what (a definition) is missing"]),
        *([] if marked and examples else ["examples: expected sentences, each with the act's words in [square brackets]"]),
        *(f"{k!r} is not known" for k in table if k not in known),
    ]


def imported() -> tuple[OwnType, ...]:
    """What all imported files define; read again when one of them has changed."""
    return _read(kept.stamped(kept.files(KIND, SUFFIX)))


@lru_cache(maxsize=4)
def _read(stamped: tuple[tuple[str, int], ...]) -> tuple[OwnType, ...]:
    return tuple(t for path, _ in stamped for t in read_types(Path(path)))


def with_own_anchors(reading: Reading, found: list[Anchor], own: tuple[OwnType, ...]) -> list[Anchor]:
    """The anchors, and beside them the words that only a type of one's own takes for acts."""
    if not own:
        return found
    taken, added = {i for a in found for i in a.words}, []
    for i, upos in enumerate(reading.upos):
        if i in taken or upos not in ("VERB", "NOUN"):
            continue
        score, best = max(((t.fit(reading, i), t) for t in own), key=lambda x: x[0])
        if score >= SENSE:
            types = np.array([float(k == best.like) for k in EVENTS], np.float32)
            added.append(Anchor(i, i + 1, best.like, score, types))
    return without_carriers(reading, sorted([*found, *added], key=lambda a: a.first)) if added else found


def labelled(reading: Reading, anchor: Anchor, claim: r.EventClaim, own: tuple[OwnType, ...]) -> r.EventClaim:
    """The claim with the own types and the own mode that fit its anchor. An own type wins over the reader's, a mode only goes with its type."""
    fits = [(max(t.fit(reading, i) for i in anchor.words), t) for t in own]
    fits = sorted(((s, t) for s, t in fits if s >= SENSE), key=lambda x: -x[0])
    types = [t for _, t in fits if not t.mode]
    if types and types[0].like != claim.event:
        claim = msgspec.structs.replace(claim, event=types[0].like, mode=None)
    mode = next((t for _, t in fits if t.mode and t.like == claim.event), None)
    why = tuple(f"as in an example of {t.name} ({t.source}) {s:.2f}" for s, t in fits if t is mode or t in types)
    if not why:
        return claim
    return msgspec.structs.replace(
        claim, mode=mode.name if mode else claim.mode, contexts=tuple(dict.fromkeys((*claim.contexts, *(t.name for t in types)))), why=(*claim.why, *why)
    )


def _example(text: str) -> Example:
    found = MARKED.search(text)
    assert found
    first, last = found.start(), found.end() - 2
    reading = read(text[:first] + found.group(1) + text[found.end() :])
    words = [i for i, t in enumerate(reading.tokens) if t.start < last and first < t.end]
    head = reading.head_of(words[0], words[-1] + 1)
    others = frozenset(reading.lemmas[i].lower() for i in words if i != head and reading.upos[i] in CONTENT)
    return Example(_forms(reading, head), others, _vector(reading, head))


def _forms(reading: Reading, word: int) -> frozenset[str]:
    """A word and its lemma (lemmas of rare verbs are not always found)."""
    return frozenset((reading.words[word].lower(), reading.lemmas[word].lower()))


def _vector(reading: Reading, word: int) -> NDArray[np.float32]:
    vector = reading.act_vector(word)
    return vector / max(1e-6, float(np.linalg.norm(vector)))
