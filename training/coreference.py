"""GUM train -> the weights of ``reader.coreference``: ``python -m training.coreference`` writes coreference.json and prints the score on GUM dev.

Each phrase's choices (no mention, no antecedent, every earlier mention) share one probability (softmax of summed feature weights); what is raised is the
probability of all right ones together. Features seen fewer than ``MIN_COUNT`` times are left out; L2 keeps weights small, and those
under ``MIN_WEIGHT`` are not written. Two minutes on one core.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import random
from typing import NamedTuple

import torch
from bench.coreference import b_cubed, ceaf_e, conll, groups, muc

from backchannel.reader import coreference
from backchannel.reader.reading import Reading, read_tokens
from training.data import load

OUT = pathlib.Path(coreference.__file__).with_name("coreference.json")
MIN_COUNT, EPOCHS, RATE, DECAY = 5, 8, 0.02, 1e-5
MIN_WEIGHT = 0.1

Row = tuple[list[list[int]], list[int]]  # feature numbers of each choice; which choices are right


class Document(NamedTuple):
    """One document of GUM, read with gold words; true mentions: (first word, last exclusive) -> (chain, label)."""

    genre: str
    reading: Reading
    true: dict[tuple[int, int], tuple[str, str]]


def documents(split: str) -> list[Document]:
    """The documents of one split."""
    found = []
    for r in load("coref", "gum", split):
        reading = read_tokens(r["text"], [[tuple(o) for o in s] for s in r["offsets"]])
        first, last = {t.start: i for i, t in enumerate(reading.tokens)}, {t.end: i + 1 for i, t in enumerate(reading.tokens)}
        true = {(first[a], last[b]): (m["chain"], m["label"]) for m in r["mentions"] for a, b in [m["span"]] if a in first and b in last}
        found.append(Document(r["genre"], reading, true))
    return found


def rows(found: list[Document], index: dict[str, int]) -> list[Row]:
    """One row for the antecedent and one for the label of each mention; the index grows with the features."""
    out: list[Row] = []
    for _, reading, true in found:
        chain: list[str] = []
        for case in coreference.cases(reading):
            chain = chain or [true.get((m.first, m.last), ("", ""))[0] for m in case.found]
            own, label = true.get((case.found[case.n].first, case.found[case.n].last), ("", ""))
            right = [k + 2 for k, i in enumerate(case.earlier) if own and chain[i] == own] or [1 if own else 0]
            asked = [(case.choices, right)] + ([(case.labels, [coreference.LABELS.index(label)])] if label in coreference.LABELS else [])
            out.extend(([[index.setdefault(f, len(index)) for f in features] for features in choices], right) for choices, right in asked)
    return out


def fit(train: list[Row], size: int) -> torch.Tensor:
    """The weights, by Adam over batches of 256 mentions."""
    torch.manual_seed(20261128)
    weight = torch.zeros(size, requires_grad=True)
    optimiser = torch.optim.Adam([weight], lr=RATE)
    rng = random.Random(20261128)
    for epoch in range(EPOCHS):
        rng.shuffle(train)
        total = 0.0
        for at in range(0, len(train), 256):
            batch = train[at : at + 256]
            flat = torch.tensor([f for fs, _ in batch for one in fs for f in one])
            starts, n = [], 0
            for fs, _ in batch:
                for one in fs:
                    starts.append(n)
                    n += len(one)
            scores = torch.nn.functional.embedding_bag(flat, weight[:, None], torch.tensor(starts), mode="sum")[:, 0]
            parts = scores.split([len(fs) for fs, _ in batch])
            loss = torch.stack([torch.logsumexp(s, 0) - torch.logsumexp(s[right], 0) for s, (_, right) in zip(parts, batch, strict=True)]).mean()
            loss = loss + DECAY * (weight**2).sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += loss.item() * len(batch)
        print(f"epoch {epoch + 1}: loss {total / len(train):.4f}", flush=True)
    return weight.detach()


def evaluate(found: list[Document]) -> None:
    """CoNLL F1 over all documents, with mentions as found, singletons counted and not; and how many labels of mentions found are right."""
    read = [coreference.chains(d.reading) for d in found]
    for what, least in (("all chains", 1), ("chains of two and more", 2)):
        true, said = [], []
        for n, (document, linked) in enumerate(zip(found, read, strict=True)):
            by_chain: dict[str, list[tuple[int, int, int]]] = collections.defaultdict(list)
            for (a, b), (chain, _) in document.true.items():
                by_chain[chain].append((n, a, b))
            true += [g for g in by_chain.values() if len(g) >= least]
            said += [[(n, m.first, m.last) for m in chain.mentions] for chain in linked if len(chain.mentions) >= least]
        t, s = groups(true), groups(said)
        hit, given, wanted = len(set().union(*t) & set().union(*s)), sum(map(len, s)), sum(map(len, t))
        parts = " ".join(f"{name} {measure(t, s).f1:.3f}" for name, measure in (("MUC", muc), ("B3", b_cubed), ("CEAFe", ceaf_e)))
        print(f"{what}: mentions P {hit / given:.3f} R {hit / wanted:.3f} F {2 * hit / (given + wanted):.3f}; {parts}; CoNLL {conll(t, s):.3f}")
    pairs = [
        (d.true[m.first, m.last][1], chain.label) for d, linked in zip(found, read, strict=True) for chain in linked for m in chain.mentions
        if (m.first, m.last) in d.true
    ]  # fmt: skip
    print(f"labels right of {len(pairs)} mentions found: {sum(a == b for a, b in pairs) / len(pairs):.3f}")


def main() -> None:
    """Fit, write, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evaluate", action="store_true", help="only print the score on GUM dev")
    if not parser.parse_args().evaluate:
        index: dict[str, int] = {}
        train = rows(documents("train"), index)
        counts = collections.Counter(f for fs, _ in train for one in fs for f in one)
        kept = {name: n for n, (name, old) in enumerate((k, v) for k, v in index.items() if counts[v] >= MIN_COUNT)}
        renumber = {index[name]: n for name, n in kept.items()}
        slim = [([[renumber[f] for f in one if f in renumber] for one in fs], right) for fs, right in train]
        weight = fit(slim, len(kept)).tolist()
        table = {name: round(weight[n], 2) for name, n in sorted(kept.items()) if abs(weight[n]) >= MIN_WEIGHT}
        OUT.write_text(json.dumps(table, indent=0, ensure_ascii=False) + "\n", encoding="utf8")
        print(f"{len(table)} weights, {OUT.stat().st_size / 1e3:.0f} kB")
    evaluate(documents("dev"))


if __name__ == "__main__":
    main()
