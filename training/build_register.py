"""The public tables -> the small files of src/backchannel/register/data: states, places, groups, persons, occupancies.

    python training/build_register.py [--tables ../shared/data] [--out src/backchannel/register/data] [--without SOURCE]

Hand-written files (organisations, country_words, titles, nouns, supplement, aliases) stand in the out folder and are read, not written.
``--without`` leaves one table out (factbook, eps, supplement, countryinfo), to measure the rest against it.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from backchannel.register.names import DYNASTIES, FAMILY_FIRST, first_last, fold, skeleton, surnames
from backchannel.register.offices import SINGLE_POSTS, post_of

csv.field_size_limit(10_000_000)
PRIORITY = {"supplement": 0, "eps": 1, "factbook": 2, "countryinfo": 3}
CONFIDENCE = {"supplement": 0.9, "eps": 0.9, "factbook": 0.85, "countryinfo": 0.7}
EPS_SEEN, FACTBOOK_SEEN = "2022-07", "2025-12"  # until when an open row of the table is known to hold
# Of countryinfo's 24,000 posts of 2003-2011 only these kinds: the rest are names that a later report would meet by chance.
KEPT_KINDS = {"head_of_state", "head_of_government", "foreign", "defence", "interior", "finance"}
GAP_DAYS = 92  # held-out check of 2026-11: without this bound 30 % of the terms that end in a gap of the tables name a holder long gone
SUPPLEMENT_WRITTEN = "2026-01"
TITLES = {
    "president",
    "presidents",
    "prime",
    "minister",
    "premier",
    "vice",
    "first",
    "second",
    "third",
    "deputy",
    "deputies",
    "king",
    "queen",
    "sultan",
    "amir",
    "emir",
    "crown",
    "prince",
    "princess",
    "supreme",
    "leader",
    "chancellor",
    "taoiseach",
    "governor",
    "general",
    "chairman",
    "acting",
    "interim",
    "transitional",
    "transition",
    "co",
    "head",
    "of",
    "state",
    "the",
    "government",
    "pope",
    "grand",
    "duke",
    "emperor",
    "captain",
    "regent",
    "co-prince",
    "premiers",
    "ministers",
    "monarch",
    "high",
    "commissioner",
    "administrator",
    "chief",
    "executive",
    "counsellor",
    "speaker",
    "paramount",
    "affairs",
    "commission",
}
RANKS = re.compile(
    r"^(gen|col|lt|maj|brig|dr|capt|sir|dame|sheikh|shaykh|field|marshal|ret|sgt|adm|cdr|hon|ambassador|pastor|imam|cmdr|mr|haji|ratu|tuilaepa)\.?$",
    re.I,
)


@dataclass
class Row:
    """One occupancy of one table."""

    name: str
    office: str
    of: str
    start: str
    end: str
    source: str
    q: str = ""
    note: str = ""
    aliases: tuple[str, ...] = ()
    confidence: float = 0.0
    person: str = ""
    post: str = ""
    kind: str = ""

    def __post_init__(self) -> None:
        """Post and kind follow from the office; what is not a date ("2014s") is cut back to its year."""
        self.start, self.end = (t if re.fullmatch(r"(~?\d{4}(-\d\d){0,2})?", t) else t[:4] for t in (self.start, self.end))
        self.confidence = self.confidence or CONFIDENCE[self.source]
        if not self.kind:
            self.post, self.kind = post_of(self.office, self.of)


@dataclass
class Person:
    """One person with every spelling the tables give."""

    id: str
    name: str
    countries: set[str] = field(default_factory=set)
    names: dict[str, None] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)


def table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a TSV."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_csv(path: Path, header: list[str], rows: list[list[str]]) -> None:
    """A CSV with Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"{path.name}: {len(rows):,} rows, {path.stat().st_size / 1e6:.2f} MB")


# ------------------------------------------------------------------ the tables
def capitals_to_case(name: str) -> str:
    """A name in ordinary case: "Viktor ORBAN" -> "Viktor Orban"; numerals and particles stay."""
    words = []
    for word in name.split():
        if sum(c.isupper() for c in word) >= 2 and word.upper() == word and not re.fullmatch(r"[IVX]+|[A-Z]\.[A-Z]\.?", word):
            word = re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), word)
            word = re.sub(r"^Mc([a-z])", lambda m: "Mc" + m.group(1).upper(), word)
        words.append(word)
    return " ".join(words)


def factbook_person(text: str) -> tuple[str, str] | None:
    """(office, name) of a factbook cell; null for several persons in one."""
    text = re.sub(r"\([^)]*\)|\[[^]]*\]", "", text).replace("represented by", "").strip(" ,;-*")
    text = re.split(r" - |;| serving as| of the Netherlands|, since| since ", text)[0]
    text = re.sub(r",? (JR|Jr|jr)\.?$", " Jr.", text)
    if "," in text or " and " in text:
        return None
    words = text.split()
    i = 0
    while i < len(words) - 1 and words[i].lower().strip(".") in TITLES:
        i += 1
    office = " ".join(words[:i])
    while i < len(words) - 1 and (RANKS.match(words[i]) or words[i].lower() in TITLES):
        i += 1
    name = capitals_to_case(" ".join(words[i:]))
    if all(w.lower().strip(".") in TITLES for w in name.split()):
        return None
    return (office, name) if name and any(c.isupper() for c in name) and len(name) > 2 else None


def factbook(tables: Path, independent: set[str]) -> Iterator[Row]:
    """Chiefs of state and heads of government since 2015; an end is worked out later from the successor."""
    for r in table(tables / "register.factbook_history.tsv"):
        parsed = factbook_person(r["person"])
        if not parsed or not r["iso3"] or (r["office"] == "chief of state" and r["iso3"] not in independent and r["iso3"] not in ("UNK", "PSE", "TWN", "VAT")):
            continue
        office, name = parsed
        if not office:
            continue  # the rest of a list of deputies
        if "elect" in name.split()[0].lower() or len(r["start"]) < 4:
            continue
        if (r["iso3"] in ("AUS", "CAN", "NZL") or "governor" in office.lower()) and not office.lower().startswith("prime"):
            continue
        end = "" if r["last_seen"] >= FACTBOOK_SEEN else "~" + r["last_seen"][:7]
        yield Row(name, office, r["iso3"], r["start"], end, "factbook", note=f"factbook {r['first_seen']}..{r['last_seen']}")


def eps(tables: Path) -> Iterator[Row]:
    """Cabinet posts from Wikidata, frozen in 2022."""
    for r in table(tables / "register.eps.tsv"):
        if len(r["start"]) < 4 or r["start"] < "1985" or not r["person"]:
            continue
        if (r["iso3"], r["office"]) == ("IND", "Minister of Foreign Affairs"):
            continue  # these are foreign secretaries, officials; the ministers stand under External Affairs
        of = r["iso3"] or "world"
        if of in ("world", "WORLD") or r["repo"] == "world":
            of = "United Nations" if "United Nations" in r["office"] else ""
            if not of:
                continue
        yield Row(
            r["person"],
            r["office"][:1].upper() + r["office"][1:],
            of,
            r["start"],
            r["end"] or "~" + max(EPS_SEEN, r["start"][:7]),
            "eps",
            q=r["wikidata"],
        )


def countryinfo(tables: Path) -> Iterator[Row]:
    """Heads and main ministers of 2003-2011 and heads since 1945."""
    for r in table(tables / "register.countryinfo_posts.tsv"):
        if not r["iso3"] or r["person"].lower() in ("vacant", "") or len(r["person"].split()) < 2 or " & " in r["office"]:
            continue  # of several offices in one cell the dates belong to none for certain
        for office in [r["office"].replace('"', "").strip()]:
            row = Row(
                re.sub(r"\s+", " ", r["person"]),
                office,
                r["iso3"],
                r["start"] or ("2003-01" if r["block"] == "government" else ""),
                r["end"],
                "countryinfo",
            )
            if row.kind not in KEPT_KINDS or not row.start or row.start < "1945" or "acting" in office.lower():
                continue
            row.end = row.end or (
                "~2010-06" if r["block"] == "government" else "~" + row.start
            )  # its open ends were found wrong after 2010; for heads nothing is known
            yield row


def supplement(out: Path) -> Iterator[Row]:
    """The hand-written rows of this century."""
    names = {(r["person"], r["of"]): tuple(filter(None, r["aliases"].split("|"))) for r in read_csv(out / "aliases.csv")}
    for r in read_csv(out / "supplement.csv"):
        precision = len(r["start"])
        yield Row(r["person"], r["office"], r["of"], r["start"], r["end"], "supplement", aliases=names.get((r["person"], r["of"]), ()),
                  confidence={10: 0.9, 7: 0.8, 4: 0.7}[precision])  # fmt: skip


# ------------------------------------------------------------------ persons
def days(text: str) -> int:
    """A date of any precision as a day number (its first day)."""
    parts = [int(p) for p in text.lstrip("~").split("-")] + [1, 1]
    return date(parts[0], parts[1] or 1, parts[2] or 1).toordinal()


class People:
    """Persons found so far; ``file`` merges a row's person with one of them or adds a new one."""

    def __init__(self) -> None:
        self.all: dict[str, Person] = {}
        self.by_q: dict[str, Person] = {}
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        self.by_seat: dict[tuple[str, str], list[tuple[int, Person]]] = defaultdict(list)

    def file(self, row: Row) -> None:
        """Give the row its person."""
        person = self.by_q.get(row.q) if row.q else None
        person = person or self._same_name(row) or self._same_seat(row)
        if person is None:
            person = self._new(row)
        if row.q:
            self.by_q.setdefault(row.q, person)
        person.countries.add(row.of)
        for name in (row.name, *row.aliases):
            if name not in person.names:
                person.names[name] = None
                for key in {fold(name), first_last(name), "~" + skeleton(first_last(name))}:
                    if person not in self.by_name[key]:
                        self.by_name[key].append(person)
        row.person = person.id
        person.rows.append(row)
        if row.post in SINGLE_POSTS:
            self.by_seat[row.of, row.post].append((days(row.start), person))

    def _new(self, row: Row) -> Person:
        slug = re.sub(r"[^a-z0-9]+", "-", fold(row.name)).strip("-")
        key = row.q or f"p:{slug}-{re.sub(r'[^a-z]+', '-', row.of.lower())}"
        while key in self.all:
            key += "x"
        self.all[key] = Person(key, row.name)
        return self.all[key]

    def _same_name(self, row: Row) -> Person | None:
        """One person with this name in the same country, or of the very same name when one side is an international post."""
        for name in (row.name, *row.aliases):
            if len(name.split()) < 2 and row.source != "supplement":
                continue
            for key in (fold(name), first_last(name), "~" + skeleton(first_last(name))):
                same = [p for p in self.by_name.get(key, ()) if self._may_be(p, row) and not (row.q and p.id.startswith("Q"))]
                if len(same) == 1:
                    return same[0]
                if same:
                    break
        return None

    def _may_be(self, person: Person, row: Row) -> bool:
        near = any(abs(days(r.start) - days(row.start)) < 45 * 366 for r in person.rows)
        same_place = row.of in person.countries
        post_abroad = (
            row.source == "supplement" and (len(row.of) != 3 or any(len(c) != 3 for c in person.countries)) and fold(row.name) in map(fold, person.names)
        )
        return near and (same_place or post_abroad)

    def _same_seat(self, row: Row) -> Person | None:
        """The same seat taken within two months by somebody of the same surname is the same person."""
        if row.post not in SINGLE_POSTS:
            return None
        mine = {skeleton(s) for s in surnames(row.name, row.of)} | {skeleton(row.name.split()[-1])}
        common = row.of in FAMILY_FIRST or fold(row.name).split()[-1] in DYNASTIES
        for day, person in self.by_seat.get((row.of, row.post), ()):
            if common and not any(given(n) == given(row.name) for n in person.names):
                continue  # Lee after Lee, Al-Sabah after Al-Sabah: the surname tells nothing
            if abs(day - days(row.start)) <= 62 and any(mine & {skeleton(s) for s in (*surnames(n, row.of), n.split()[-1])} for n in person.names):
                return person
        return None


def given(name: str) -> str:
    """The first two sounds of the second word: what tells persons of one surname apart where the surname comes first."""
    return "".join(skeleton(w)[:2] for w in fold(name).split()[1:2])


def merge_rows(person: Person) -> list[Row]:
    """One row for one term: overlapping rows of the same post become the one of the better source."""
    kept: list[Row] = []
    for row in sorted(person.rows, key=lambda r: (PRIORITY[r.source], days(r.start))):
        twin = next((k for k in kept if same_term(k, row)), None)
        if twin is None:
            kept.append(row)
        elif twin.end.startswith("~") and row.end and not row.end.startswith("~"):
            twin.end = row.end
        elif twin.end.startswith("~") and not row.end:
            twin.end = ""
    return kept


def same_term(a: Row, b: Row) -> bool:
    """The same post of the same country, at overlapping or nearly the same time."""
    if a.of != b.of or a.post != b.post or (a.post not in SINGLE_POSTS and fold(a.office) != fold(b.office)):
        return False
    end_a, end_b = (days(x.end) if x.end else 10**7 for x in (a, b))
    return abs(days(a.start) - days(b.start)) <= 62 or (days(a.start) < end_b - 31 and days(b.start) < end_a - 31)


def end_by_successor(rows: list[Row]) -> None:
    """A term without a known end ends when the next holder of a one-holder seat begins; else it keeps its last sighting, marked by low confidence."""
    seats: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.post in SINGLE_POSTS and "cting" not in row.office and "nterim" not in row.office:
            seats[row.of, row.post].append(row)
    for seat in seats.values():
        seat.sort(key=lambda r: days(r.start))
        for i, row in enumerate(seat):
            later = [x for x in seat[i + 1 :] if x.person != row.person and days(x.start) > days(row.start) + 5 and may_end(x, row)]
            if later and row.end.startswith("~") and days(later[0].start) - days(row.end) > GAP_DAYS:
                continue  # too long unseen: somebody else may have come between
            if later and (row.end.startswith("~") or not row.end):
                row.end, row.note = later[0].start, "end: successor's start"
            elif later and row.source == "factbook" and days(later[0].start) < days(row.end or "2100"):
                row.end = later[0].start
    for row in rows:
        if row.end.startswith("~"):
            row.end, row.confidence, row.note = row.end[1:], min(row.confidence, 0.6), "end: last seen"


def may_end(later: Row, row: Row) -> bool:
    """Whether a later holder ends this term: not by a lesser table; an open hand-written row only by later news of the factbook."""
    if row.source == "supplement" and later.source != "supplement":
        return later.source == "factbook" and later.start > SUPPLEMENT_WRITTEN and not row.end
    return PRIORITY[later.source] <= max(PRIORITY[row.source], PRIORITY["factbook"])


# ------------------------------------------------------------------ states, places, groups
def states(tables: Path) -> list[list[str]]:
    """Countries with names, demonyms and capitals (ODbL)."""
    rows = []
    for r in table(tables / "register.countries.tsv"):
        aliases = [a for a in r["aliases"].split("|") if len(a) > 3 and a.isascii() and a != r["name"]]
        rows.append([r["iso3"], r["name"], r["official"], "|".join(aliases), r["demonym"], r["capital"], r["region"], r["subregion"], r["independent"]])
    return rows


def places(tables: Path) -> list[list[str]]:
    """Cities and regions that belong to one country only (CC BY-SA 3.0); features and nationalities are left out."""
    found: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for r in table(tables / "register.countryinfo_names.tsv"):
        if r["kind"] in ("city", "region", "capital") and len(r["name"]) > 4:
            found[fold(r["name"])].add((r["name"], r["iso3"], "region" if r["kind"] == "region" else "city"))
    return sorted([min(v)[0], min(v)[1], min(v)[2]] for v in found.values() if len({x[1] for x in v}) == 1)


# What a Phoenix agent code's first letters say of the kind of party; ELI (elites), weather, weapons and the like are left out.
NOUN_KINDS = {
    "MIL": "military", "GOV": "people", "REB": "armed_group", "OPP": "people", "JUD": "people", "COP": "people", "PTY": "party", "LEG": "people",
    "MED": "media", "NGO": "ngo", "BUS": "company",
    "CVL": "people", "EDU": "people", "REF": "people", "CRM": "people", "SPY": "office", "LAB": "people", "REL": "people", "IGO": "igo",
}  # fmt: skip


def nouns(tables: Path) -> list[list[str]]:
    """Common nouns for parties from the Phoenix agents (MIT), three words at most, with PLOVER sector."""
    rows = []
    for r in table(tables / "register.phoenix_agents.tsv"):
        word, code = r["pattern"].lower().strip(), r["code"].lstrip("~")[:3]
        if code in NOUN_KINDS and re.fullmatch(r"[a-z' -]{3,40}", word) and len(word.split()) <= 3:
            plural = r["plural"].lower() or (
                word[:-3] + "men" if word.endswith("man") else re.sub(r"(?<=[^aeiou])y$", "ie", word) + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
            )
            rows.append([word, plural, NOUN_KINDS[code], code])
    return rows


SMALL = {"of", "the", "and", "for", "in", "on", "to", "de", "la", "le", "du", "des", "et", "von"}


def ordinary(name: str) -> str:
    """A name in ordinary case: "KURDISTAN WORKERS' PARTY" -> "Kurdistan Workers' Party"; short words without vowels and in brackets stay capitals."""
    words = name.split()
    if len(words) == 1 and re.fullmatch(r"[A-Z/.\-]{2,5}", name) and (len(name) <= 4 or not re.search("[AEIOU]", name)):
        return name
    case = [re.sub(r"[^\W\d_]+(?:'[^\W\d_]+)?", lambda m: m.group().capitalize(), w) for w in words]
    return " ".join(w.lower() if i and w.lower() in SMALL else w for i, w in enumerate(case))


def groups(tables: Path, isos: set[str], known: set[str]) -> list[list[str]]:
    """Armed groups, IGOs and NGOs of the Phoenix dictionaries; companies and persons are left out."""
    heads: dict[tuple[str, str], list[str]] = defaultdict(list)
    codes: dict[tuple[str, str], str] = {}
    for name in ("armed_groups", "international"):
        for r in table(tables / f"register.phoenix_{name}.tsv"):
            code, key = r["code"], (r["head"], name)
            if name == "international" and not code.startswith(("IGO", "NGO")):
                continue
            if fold(r["name"]) in known or r["name"] in ("CAMO", "RED", "CELL") or (len(r["name"]) < 4 and name == "armed_groups"):
                continue
            heads[key].append(r["name"])
            codes.setdefault(key, code)
    rows = []
    for (head, name), names in sorted(heads.items()):
        code = codes[head, name]
        country = code[:3] if name == "armed_groups" else code[3:6]
        kind, sector = ("armed_group", "REB") if name == "armed_groups" else (code[:3].lower(), code[:3])
        if name == "international" and not is_organisation(code, head, names):
            continue
        if name == "armed_groups" and not any(w in fold(" ".join([head, *names])).split() for w in GROUP_WORDS):
            continue
        rows.append([ordinary(names[0]), "|".join(map(ordinary, names[1:])), kind, country if country in isos else "", sector])
    return rows


# The international file holds persons under the code of their organisation ("BAN KI-MOON"); an organisation has one of these words or is an acronym.
IGO_WORDS = {
    "organization",
    "organisation",
    "agency",
    "union",
    "commission",
    "committee",
    "council",
    "bank",
    "fund",
    "community",
    "programme",
    "program",
    "conference",
    "court",
    "institute",
    "office",
    "association",
    "center",
    "centre",
    "league",
    "group",
    "assembly",
    "united",
    "nations",
    "un",
    "international",
    "european",
    "african",
    "arab",
    "asian",
    "world",
    "mission",
    "force",
    "forces",
    "tribunal",
    "authority",
    "forum",
    "parliament",
    "secretariat",
    "development",
    "cooperation",
    "alliance",
}


def is_organisation(code: str, head: str, names: list[str]) -> bool:
    """Whether an entry of the international file is an organisation, not a person coded as one."""
    words = set(fold(" ".join([head, *names])).split())
    return (code.startswith("NGO") and len(head.split()) != 2) or bool(words & IGO_WORDS) or all(len(n.split()) == 1 for n in names)


# Persons and places stand among the armed groups; a group names itself with one of these.
GROUP_WORDS = {
    "army",
    "armed",
    "forces",
    "front",
    "group",
    "brigade",
    "brigades",
    "battalion",
    "movement",
    "organization",
    "organisation",
    "party",
    "militia",
    "liberation",
    "revolutionary",
    "islamic",
    "people's",
    "peoples",
    "union",
    "command",
    "council",
    "league",
    "jihad",
    "resistance",
    "guerrilla",
    "committee",
    "commandos",
    "faction",
    "tigers",
    "cell",
    "cells",
    "network",
    "martyrs",
    "national",
    "united",
    "democratic",
    "ansar",
    "jaish",
    "lashkar",
    "harkat",
    "force",
    "guards",
    "defence",
    "defense",
    "republican",
    "state",
    "soldiers",
    "warriors",
    "squad",
    "legion",
    "unit",
    "units",
    "rebels",
    "insurgents",
}


def main() -> None:
    """Build all files and print their sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("src/backchannel/register/data"))
    parser.add_argument("--hand", type=Path, default=Path("src/backchannel/register/data"))
    parser.add_argument("--without", action="append", default=[])
    args = parser.parse_args()
    countries = states(args.tables)
    isos, independent = {r[0] for r in countries}, {r[0] for r in countries if r[8] == "1"}
    organisations = {fold(n) for r in read_csv(args.hand / "organisations.csv") for n in (r["name"], *r["aliases"].split("|")) if n}
    people = People()
    for name, rows in (
        ("eps", eps(args.tables)),
        ("supplement", supplement(args.hand)),
        ("factbook", factbook(args.tables, independent)),
        ("countryinfo", countryinfo(args.tables)),
    ):
        if name not in args.without:
            for row in rows:
                people.file(row)
    withheld = {(r["source"], r["of"], fold(r["person"]), r["post"]) for r in read_csv(args.hand / "withheld.csv")}
    kept = [row for person in people.all.values() for row in merge_rows(person) if (row.source, row.of, fold(row.name), row.post) not in withheld]
    end_by_successor(kept)
    for row in kept:
        if row.end and days(row.end) < days(row.start[: len(row.end)]):
            row.end, row.confidence = row.start, 0.5  # a slip of the table: only the start is kept
    args.out.mkdir(parents=True, exist_ok=True)
    write_csv(args.out / "states.csv", ["iso3", "name", "official", "aliases", "demonyms", "capitals", "region", "subregion", "independent"], countries)
    write_csv(args.out / "places.csv", ["name", "iso3", "what"], places(args.tables))
    write_csv(args.out / "groups.csv", ["name", "aliases", "kind", "country", "sector"], groups(args.tables, isos, organisations))
    write_csv(args.out / "nouns.phoenix.csv", ["noun", "plural", "kind", "sector"], nouns(args.tables))
    write_people(args.out, people, kept)


def write_people(out: Path, people: People, kept: list[Row]) -> None:
    """Persons and occupancies, apart for the share-alike table."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in kept:
        rows[row.person].append(row)
    for suffix, wanted in (("", lambda s: s != {"countryinfo"}), (".countryinfo", lambda s: s == {"countryinfo"})):
        persons, occupancies = [], []
        for person in people.all.values():
            if not rows[person.id] or not wanted({r.source for r in person.rows}):
                continue
            best = min(person.rows, key=lambda r: PRIORITY[r.source])
            aliases = [n for n in person.names if n != best.name]
            kinds = {r.kind for r in rows[person.id]}
            fame = 2 if kinds & {"head_of_state", "head_of_government"} else 1 if kinds & {"foreign"} else 0
            countries = sorted(c for c in person.countries if len(c) == 3) or sorted(person.countries)
            family = dict.fromkeys(s for n in (best.name, *aliases) for s in surnames(n, countries[0])) if fame else {}
            rough = skeleton(best.name)
            keys = dict.fromkeys(fold(n) for n in person.names)
            if fame:
                keys.update(dict.fromkeys(first_last(n) for n in person.names if len(n.split()) > 2 and first_last(n).count(" ") == 1))
            persons.append([person.id, best.name, "|".join(aliases), "|".join(countries), str(fame), "|".join(keys), "|".join(family), rough])
            for r in sorted(rows[person.id], key=lambda r: r.start):
                occupancies.append([person.id, r.office, r.kind, r.post, r.of, r.start, r.end, r.source, f"{r.confidence:.2f}", r.note])
        write_csv(out / f"persons{suffix}.csv", ["id", "name", "aliases", "countries", "fame", "keys", "surnames", "skeleton"], persons)
        write_csv(out / f"occupancies{suffix}.csv", ["person", "office", "kind", "post", "of", "start", "end", "source", "confidence", "note"], occupancies)


if __name__ == "__main__":
    main()
