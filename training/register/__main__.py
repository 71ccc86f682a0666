"""The public tables -> the small files of src/backchannel/register/data: states, places, groups, persons, occupancies.

    python -m training.register [--tables ../shared/data] [--out src/backchannel/register/data] [--without SOURCE]

Hand-written files (organisations, country_words, titles, nouns, supplement, aliases) stand in the out folder and are read, not written.
``--without`` leaves one table out (factbook, eps, supplement, countryinfo), to measure the rest against it.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from backchannel.register.names import fold
from training.register.countryinfo import countryinfo
from training.register.eps import eps
from training.register.factbook import factbook
from training.register.groups import groups
from training.register.nouns import nouns
from training.register.people import People
from training.register.places import places, states
from training.register.row import Row
from training.register.supplement import supplement
from training.register.tables import read_csv
from training.register.terms import end_by_successor, merge_rows, start_only
from training.register.write import write_csv, write_people


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
    people = find_people(args.tables, args.hand, independent, args.without)
    kept = find_terms(people, args.hand)
    args.out.mkdir(parents=True, exist_ok=True)
    write_csv(args.out / "states.csv", ["iso3", "name", "official", "aliases", "demonyms", "capitals", "region", "subregion", "independent"], countries)
    write_csv(args.out / "places.csv", ["name", "iso3", "what"], places(args.tables, args.hand))
    write_csv(args.out / "groups.csv", ["name", "aliases", "kind", "country", "sector"], groups(args.tables, isos, organisations, people.given(3)))
    write_csv(args.out / "nouns.phoenix.csv", ["noun", "plural", "kind", "sector"], nouns(args.tables))
    write_people(args.out, people, kept)


def find_people(tables: Path, hand: Path, independent: set[str], without: list[str]) -> People:
    """The persons of all tables but those left out; the order of the tables decides who is merged with whom."""
    people, spellings = People(), {(r["of"], r["written"]): r["name"] for r in read_csv(hand / "spellings.csv")}
    for name, rows in (
        ("eps", eps(tables)),
        ("supplement", supplement(hand)),
        ("factbook", factbook(tables, independent)),
        ("countryinfo", countryinfo(tables)),
    ):
        if name not in without:
            for row in rows:
                people.file(spelt(row, spellings.get((row.of, row.name))))
    return people


def spelt(row: Row, name: str | None) -> Row:
    """The row with the name that another table, or nobody else, has it under ("Azail Assoumani" is Azali Assoumani); the name as written stays an alias."""
    return replace(row, name=name, aliases=(*row.aliases, row.name)) if name else row


def find_terms(people: People, hand: Path) -> list[Row]:
    """One row for each term of each person, with its end; the rows of withheld.csv are left out."""
    withheld = {(r["source"], r["of"], fold(r["person"]), r["post"]) for r in read_csv(hand / "withheld.csv")}
    kept = [row for person in people.all.values() for row in merge_rows(person) if (row.source, row.of, fold(row.name), row.post) not in withheld]
    end_by_successor(kept)
    start_only(kept)
    return kept


if __name__ == "__main__":
    main()
