"""How well the register knows who is who: tables to standard output.

    python -m bench.register [--shared ../shared] [--held-out DIR=TABLE ...] [--verbose KINDS]

1. Terms: (title, country, day) -> person, against references the register was not made from (bench/terms.py). ``--held-out DIR=TABLE``: a build made by
   ``python -m training.register --without TABLE --out DIR``, asked for the terms of the table left out (eps, factbook).
2. Entities of ../shared/gold/train: name -> country, kind, sector.
3. Speed, load, memory; with ``--load-only`` nothing else.

``--verbose wrong,unknown`` prints such answers, but never those of the halves kept for reporting.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import yaml

from backchannel.register import Register
from bench.terms import COVERED, TUNED_ON, Question, in_news, kept_apart, leaders, left_out, score, written_twice


def grouped(name: str, register: Register, questions: Iterable[Question], key: Callable[[Question], str], verbose: str) -> None:
    """One line for each group of questions."""
    groups: dict[str, list[Question]] = {}
    for question in questions:
        groups.setdefault(key(question), []).append(question)
    for group in sorted(groups):
        counts = score(register, groups[group], verbose="" if "report" in group else verbose)
        n = sum(counts[k] for k in ("right", "wrong", "unknown"))
        told = ", ".join(f"{k} {counts[k]}" for k in ("right", "wrong", "unknown", "past") if counts[k])
        print(f"{name}, {group:44} n={n:4}  right {counts['right'] / n:.3f}  wrong {counts['wrong'] / n:.3f}  ({told})")


def terms(shared: Path, held_out: list[str], verbose: str) -> None:
    """All term tables."""
    register = Register.load(())
    era = lambda q: "since 2021" if q.on >= "2021" else "before 2021"  # noqa: E731
    kinds = lambda q: "interior" if q.title.startswith(("interior", "home")) else "heads, foreign, defence"  # noqa: E731
    half = lambda q: "looked at" if q.of in TUNED_ON else "for report"  # noqa: E731
    grouped("kept apart", register, kept_apart(), lambda q: f"{half(q)}, {kinds(q)}, {era(q)}", verbose)
    spoken = lambda q: "spokespersons" if "spokesman" in q.title else "heads, foreign, defence"  # noqa: E731
    apart = frozenset(q.of for q in kept_apart()) - TUNED_ON
    grouped("written twice", register, written_twice(), lambda q: f"{'for report' if q.of in apart else 'others'}, {spoken(q)}", verbose)
    if shared.is_dir():
        for part in ("look", "report"):
            grouped("news", register, in_news(register, shared, part), lambda _, part=part: f"half to {part}", verbose)  # type: ignore[misc]
        grouped(
            "reign",
            register,
            leaders(shared),
            lambda q: f"{'covered' if q.of in COVERED else 'other'}, {'since' if q.on >= '2010' else 'before'} 2010",
            verbose,
        )
    for item in held_out:
        folder, _, name = item.rpartition("=")
        grouped(
            f"without {name}", Register(data=Path(folder)), left_out(shared, name), lambda q: f"{'covered' if q.of in COVERED else 'other'}, {era(q)}", verbose
        )


def gold(register: Register, shared: Path, verbose: bool) -> None:
    """The entities of gold/train by their name and by their fullest quote, as of the day of publication."""
    totals: Counter[str] = Counter()
    for path in sorted((shared / "gold/train").glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for entity in data["entities"].values():
            says = max(entity.get("says") or [entity["name"]], key=len)
            for how, phrase in (("name", entity["name"]), ("says", says)):
                read = register.describe(phrase, on=str(data["published"])[:10] if data.get("published") else None)
                country, kind, sector = (read.country, read.kind, read.sector) if read else (None, None, ())
                hit = {
                    "country": country == entity.get("country"),
                    "kind": kind == entity.get("kind"),
                    "sector": str(entity.get("sector")) in sector or (not sector and not entity.get("sector")),
                }
                totals[how] += 1
                totals[how, "read"] += read is not None  # type: ignore[index]
                wrong = read is not None and country is not None and not hit["country"]
                totals[how, "country wrong"] += wrong  # type: ignore[index]
                for key, value in hit.items():
                    totals[how, key] += value  # type: ignore[index]
                if verbose and how == "name" and not all(hit.values()):
                    print(
                        "gold",
                        phrase,
                        "|",
                        entity.get("kind"),
                        entity.get("country"),
                        entity.get("sector"),
                        "| got",
                        kind,
                        country,
                        sector,
                        "|",
                        read.why if read else "",
                    )
    for how in ("name", "says"):
        n = totals[how]
        print(f"gold/train by {how:5} n={n}  " + "  ".join(f"{k} {totals[how, k] / n:.3f}" for k in ("read", "country", "country wrong", "kind", "sector")))  # type: ignore[index]


def speed(register: Register) -> None:
    """Look-ups a second of processor time, over names of the register and of texts: each look-up first with names it has not met, then again."""
    rng = random.Random(1)
    known = [entity.name for entity in map(register.entity, rng.sample(register.persons(), 8000)) if entity]
    words = "Netanyahu|Vladimir Putin|Hamas|Moscow|the Kremlin|Jane Doe|Russian|State Department|Zelenskyy|U.S.|Israeli prime minister|the talks".split("|")
    names = [*known, *(f"{rng.choice(words)}" for _ in range(8000))]
    rng.shuffle(names)
    calls: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("find", register.find),
        ("country_of", register.country_of),
        ("organisation", register.organisation),
        ("parse_title", register.parse_title),
        ("resolve", lambda name: register.resolve(name, on="2025-08-05")),
    )
    for label, call in calls:
        rates = []
        for _ in range(2):
            start = time.process_time()
            for name in names:
                call(name)
            rates.append(len(names) / (time.process_time() - start))
        print(f"{label:12} {rates[0]:>10,.0f} a second at first, {rates[1]:>10,.0f} again")


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--held-out", action="append", default=[], metavar="DIR=TABLE")
    parser.add_argument("--verbose", default="", metavar="KINDS")
    parser.add_argument("--load-only", action="store_true")
    args = parser.parse_args()
    load()
    if not args.load_only:
        terms(args.shared, args.held_out, args.verbose)
        if args.shared.is_dir():
            gold(Register.load(()), args.shared, "gold" in args.verbose)
        else:
            print(f"skipped: no {args.shared}")
    speed(Register.load(()))


def load() -> None:
    """Processor time of loading, and memory, of this process: machines are shared, and wall clocks tell of the neighbours."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    register = Register.load(())
    light = time.process_time() - start
    register.find("Putin")
    register.holder("president", "RUS", "2025-08-05")
    full = time.process_time() - start
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"load {light * 1000:.0f} ms, with persons {full * 1000:.0f} ms, {memory:.0f} MB")


if __name__ == "__main__":
    main()
