"""Forms and lemmas of EWT and GUM train, and the irregular verbs -> ``reader/lemmas.json``: ``python -m training.lemmas`` writes it and prints what EWT dev,
GUM dev and PUD say of it (gold parts of speech). Seconds on one core; it needs no reader.
"""

from __future__ import annotations

import collections
import json
import pathlib

from backchannel.reader import lemmas
from training.data import load

OUT = pathlib.Path(lemmas.__file__).with_suffix(".json")
IRREGULAR = pathlib.Path(__file__).with_name("irregular_verbs.txt")
LEFT_OUT = ("PUNCT", "SYM", "X", "INTJ")
SURE = 0.6  # share of a form's occurrences that must have its lemma


def counts(sets: tuple[str, ...], split: str) -> dict[tuple[str, str], collections.Counter[str]]:
    """(form, part of speech) -> how often it has which lemma."""
    found: dict[tuple[str, str], collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for name in sets:
        for r in load("syntax", name, split):
            for form, lemma, upos in zip(r["tokens"], r["lemma"], r["upos"], strict=True):
                found[form, upos][lemma] += 1
    return found


def irregular() -> dict[str, str]:
    """Form -> lemma of the irregular verbs, one verb with its forms a line."""
    lines = (line.split() for line in IRREGULAR.read_text("utf8").splitlines())
    return {form: lemma for lemma, *forms in lines for form in forms}


def made() -> lemmas.Table:
    """The table: all lemmas, and the forms whose lemma the endings do not give."""
    seen, strong = counts(("ewt", "gum"), "train"), irregular()
    known = collections.defaultdict(set)
    for (_, upos), found in seen.items():
        if upos in lemmas.SUFFIXES:
            known[upos].update(x for x in found if x.isalpha() and x.islower() and len(x) > 1)
    known["VERB"] |= set(strong.values())
    table: lemmas.Table = {"forms": {"VERB": dict(strong)}, "known": {k: frozenset(v) for k, v in known.items()}}
    merged = collections.defaultdict(collections.Counter)
    for (form, upos), found in seen.items():
        apart = upos == "PROPN" or (upos == "ADJ" and form.istitle())
        merged[form if apart else form.lower(), upos].update(found)
    for (form, upos), found in sorted(merged.items()):
        lemma, n = found.most_common(1)[0]
        if (
            upos in LEFT_OUT
            or (form == form.lower() and upos in lemmas.SUFFIXES and lemma != lemma.lower())
            or n < SURE * found.total()
            or (upos == "VERB" and form in strong)
        ):
            continue
        if lemmas.of(form, upos, table) != lemma and (upos != "PROPN" or n > 1):
            table["forms"].setdefault(upos, {})[form] = lemma
    return table


def main() -> None:
    """Write and measure."""
    table = made()
    kept = {
        "forms": {k: dict(sorted(v.items())) for k, v in sorted(table["forms"].items())},
        "known": {k: " ".join(sorted(v)) for k, v in table["known"].items()},
    }
    OUT.write_text(json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n", "utf8")
    for name in ("ewt", "gum", "pud"):
        right, total = collections.Counter[str](), collections.Counter[str]()
        for (form, upos), found in counts((name,), "dev").items():
            for lemma, n in found.items():
                for row in (upos, "all"):
                    total[row] += n
                    right[row] += n * (lemmas.of(form, upos, table) == lemma)
        print(f"{name} dev:", ", ".join(f"{k} {right[k] / total[k]:.3f}" for k in ("all", "VERB", "NOUN", "ADJ", "AUX")))


if __name__ == "__main__":
    main()
