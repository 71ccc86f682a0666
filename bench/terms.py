"""Who held an office on a day, by tables and news the register was not made from -> questions, and how many it answers right.

A question is (title phrase, country, day) with everybody the reference lets hold the office on that day. An answer is one person: several
holders, or none, count as unknown, because a report that says "the foreign minister" stands for one.

- ``kept_apart``: terms.csv, Wikidata's holders of thirteen countries whose tables are not built in (every-politician-scrapers, read in November
  2026, frozen 2022; Kuwait's was seen while rows were written and is left out). Countries in ``TUNED_ON`` may be looked at while rows are
  written; the rest may not.
- ``written_twice``: holders.csv, the holders since 2021 of the covered countries, written from public knowledge in November 2026 by writers who had not seen
  the register (only what they called sure). What the register and the list have wrong alike stays hidden.
- ``left_out``: the terms of one built-in table, asked of a build without it (``python -m training.register --without TABLE --out DIR``).
- ``leaders``: REIGN's effective leaders; the office is not named there, so the leader has to be among the holders of the highest posts.
- ``in_news``: "Russian Foreign Minister Sergei Lavrov" in dated news, one half to look at, the other to report on.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from backchannel.records import digest
from backchannel.register import Register
from backchannel.register.names import fold, skeleton, without_possessive
from backchannel.register.offices import post_of

# G20, Middle East, post-Soviet, permanent members, both Koreas: the countries the register is to know since 2021
COVERED = frozenset(
    "ARG AUS BRA CAN CHN FRA DEU IND IDN ITA JPN KOR MEX RUS SAU ZAF TUR GBR USA PRK EGY IRN IRQ ISR "
    "JOR KWT LBN OMN QAT SYR ARE YEM BHR PSE UKR BLR MDA GEO ARM AZE KAZ UZB KGZ TJK TKM EST LVA LTU".split()
)
TUNED_ON = frozenset("ARG BHR EST MDA OMN".split())
SEEN_UNTIL = "2022-06"  # the tables of terms.csv end here
TITLE_OF = {
    "president": "president",
    "prime minister": "prime minister",
    "foreign": "foreign minister",
    "defence": "defence minister",
    "interior": "interior minister",
}
HIGHEST = ("president", "prime minister", "king", "supreme leader")


class Question(NamedTuple):
    """A title of a country on a day, with the names of those who held it."""

    title: str
    of: str
    on: str
    names: tuple[str, ...]
    source: str


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a TSV."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def middle(start: str, end: str) -> str | None:
    """The 15th of the month in the middle of a term; null for terms of less than three months, whose days the tables do not hold apart."""
    a, b = (int(x[:4]) * 12 + int((x + "-06")[5:7]) - 1 for x in (start, end))
    return None if b - a < 3 else f"{(a + b) // 2 // 12:04d}-{(a + b) // 2 % 12 + 1:02d}-15"


# ------------------------------------------------------------------ questions
def kept_apart() -> Iterator[Question]:
    """The middle of every term's part in 2010-2020, and of its part since."""
    with Path(__file__).with_name("terms.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, (first, last) in itertools.product(rows, (("2010-01", "2020-12"), ("2021-01", SEEN_UNTIL))):
        on = middle(max(row["start"], first), min(row["end"] or SEEN_UNTIL, last))
        if on:
            same = [r for r in rows if (r["of"], r["title"]) == (row["of"], row["title"]) and r["start"] <= on <= (r["end"] or SEEN_UNTIL + "-99")]
            yield Question(row["title"], row["of"], on, tuple(r["person"] for r in same), "terms.csv")


def written_twice() -> Iterator[Question]:
    """The middle of every term's part since 2021."""
    with Path(__file__).with_name("holders.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        on = middle(max(row["start"], "2021-01"), row["end"] or "2026-01")
        if on:
            yield Question(row["title"], row["of"], on, (row["person"],), "holders.csv")


def left_out(shared: Path, name: str) -> Iterator[Question]:
    """The middle of every term of a built-in table since 2010: eps, or factbook (heads only, whose last sighting ends a term)."""
    if name == "eps":
        for row in table(shared / "data/register.eps.tsv"):
            post, _ = post_of(row["office"], row["iso3"])
            official = (row["iso3"], row["office"]) == ("IND", "Minister of Foreign Affairs")  # these are foreign secretaries
            if post in TITLE_OF and len(row["iso3"]) == 3 and len(row["start"]) >= 7 and row["end"] >= "2010" and len(row["end"]) >= 7 and not official:
                on = middle(max(row["start"], "2010-01"), row["end"])
                if on:
                    yield Question(TITLE_OF[post], row["iso3"], on, (row["person"],), name)
        return
    from training.register.factbook import factbook_person

    for row in table(shared / "data/register.factbook_history.tsv"):
        read = factbook_person(row["person"])
        post = post_of(read[0], row["iso3"])[0] if read and read[0] else ""
        if read and post in ("president", "prime minister", "monarch") and len(row["start"]) >= 4:
            on = middle(max(row["start"], "2021-01"), row["last_seen"])
            if on and on >= "2021":
                yield Question("king" if post == "monarch" else post, row["iso3"], on, (read[1],), name)


def leaders(shared: Path) -> Iterator[Question]:
    """Effective leaders of REIGN, 2003 to March 2021; collective heads left out."""
    for row in table(shared / "data/register.reign.tsv"):
        if row["iso3"] and row["iso3"] not in ("SMR", "CHE", "BIH") and (row["end"] or "2021") >= "2003" and len(row["start"]) >= 7:
            on = middle(max(row["start"], "2003-03"), row["end"] or "2021-03")
            if on:
                yield Question("leader", row["iso3"], on, (row["person"],), "reign")


_NAME = r"[A-Z][\w’'.-]+(?: (?:(?:bin|al|el|de|da|von|van|der) )?[A-Z][\w’'-]+){1,2}"
_TITLE = (
    r"(?:President|Prime Minister|Premier|Foreign Minister|Foreign Secretary|Defen[cs]e Minister|Secretary of State|Secretary of Defen[cs]e|"
    r"Defen[cs]e Secretary|Chancellor|Interior Minister|Finance Minister|Treasury Secretary|King|Supreme Leader)"
)
_IN_NEWS = re.compile(rf"(?P<before>(?:[\w’'.-]+ ){{0,3}})(?P<title>{_TITLE}) (?P<name>{_NAME})")
_OTHER_TENSE = re.compile(r"\b(former|ex|then|late|vice|deputy|acting|assistant|elect|past|previous|future|under|shadow)\b", re.I)
_NOT_NAMES = frozenset("The Administration Barack-era Campaign House Library Center Day University Council Airport Memorial Bridge".split())


def in_news(register: Register, shared: Path, half: str) -> Iterator[Question]:
    """Titles before full names in the news sample, with the country named before the title; ``half``: look or report, by digest of the article.

    The country is read by the register's words, the name by the sample's spelling. What is told of the past stands among them: those count against it.
    """
    seen = set()
    with gzip.open(shared / "data/articles.allsides.trial.jsonl.gz", "rt", encoding="utf8") as file:
        articles = [json.loads(line) for line in file]
    for article in articles:
        on = str(article.get("date") or "")[:10]
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", on) or ("look" if int(digest(article["id"])[:4], 16) % 2 else "report") != half:
            continue
        for match in _IN_NEWS.finditer(article["text"]):
            words = match["before"].split()
            word = register.country_of(without_possessive(words[-1])) if words else None
            if word is None or word.what not in ("name", "demonym") or _OTHER_TENSE.search(match["before"]) or _NOT_NAMES & set(match["name"].split()):
                continue
            key = (match["title"], word.iso3, on[:7], match["name"].split()[-1])
            if key not in seen:
                seen.add(key)
                yield Question(match["title"], word.iso3, on, (match["name"],), "news")


# ------------------------------------------------------------------ answers
def same(a: str, names: Iterable[str]) -> bool:
    """Whether a name shares a family-name-like word with one of the others, spelling aside."""
    mine = {skeleton(w)[:5] for w in fold(a).split() if len(w) > 2}
    return any(mine & {skeleton(w)[:5] for w in fold(n).split() if len(w) > 2} for n in names)


def names_of(register: Register, id: str) -> list[str]:
    """All spellings of an entity."""
    entity = register.entity(id)
    return [entity.name, *entity.aliases] if entity else []


def answer(register: Register, q: Question) -> str:
    """Right, wrong, unknown (nobody, or several), or past: a report names somebody whom the register has in that office until a month before."""
    if q.source == "reign":
        held = [h.person for t in HIGHEST for h in register.holder(t, q.of, q.on)]
        return "unknown" if not held else "right" if any(same(n, names_of(register, h)) for h in held for n in q.names) else "wrong"
    persons = list(dict.fromkeys(h.person for h in register.holder(q.title, q.of, q.on)))
    if len(persons) != 1:
        return "unknown"
    if any(same(n, names_of(register, persons[0])) for n in q.names):
        return "right"
    return "past" if q.source == "news" and _held_before(register, q) else "wrong"


def _held_before(register: Register, q: Question) -> bool:
    post, _ = post_of(q.title, q.of)
    month_before = f"{date.fromisoformat(q.on) - timedelta(days=30)}"
    rows = [o for e in register.find(q.names[0].removesuffix("’s").removesuffix("'s")) for o in register.occupancies(e.id)]
    return any(o.of == q.of and post_of(o.office, o.of)[0] == post and o.end is not None and o.end < month_before for o in rows)


def score(register: Register, questions: Iterable[Question], *, verbose: str = "") -> Counter[str]:
    """How many answers are right, wrong and unknown; ``verbose`` names the kinds to print."""
    counts: Counter[str] = Counter()
    for q in questions:
        result = answer(register, q)
        counts[result] += 1
        if result in verbose.split(","):
            print(" ", result, q.source, q.of, q.title, q.on, q.names, [(h.name, h.source, h.start, h.end) for h in register.holder(q.title, q.of, q.on)])
    return counts


__all__ = ["COVERED", "TUNED_ON", "Question", "in_news", "kept_apart", "leaders", "left_out", "score", "written_twice"]
