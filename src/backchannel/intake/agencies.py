"""How a news agency signs ("AFP", "Anadolu", "Xinhua/Reuters") -> its name.

Agencies by all their signatures stand in provenance.toml; other outlets are those of the register's table. A name that neither has is an agency's only
where nothing else can stand: in brackets, between the place of a dateline and its dash ("TBILISI (Interpressnews) -").
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from backchannel.records import normalise

WORDS = 4  # of a name that is not known


def agency_name(name: str | None) -> str | None:
    """The full name of a news agency, from any way it signs."""
    return _agencies().get(plain(name)) if name else None


def outlet_name(name: str | None) -> str | None:
    """The name of an agency, or of another outlet that the register has."""
    return agency_name(name) or (_outlets().get(bare(name)) if name else None)


def signature(signed: str, *, place: str | None) -> str | None:
    """Whose signature the words in a dateline's brackets are: the first's where several sign; a name not known only behind a place that is."""
    first = re.split(r"[/,]| and | & ", signed)[0].strip()
    known = outlet_name(signed) or outlet_name(first)
    if known or place is None or not is_place(place):
        return known
    odd = len(first.split()) > WORDS or first.endswith(".") or re.search(r"\d", first) or bare(first) in _others() or is_place(first)
    return None if odd else first


@cache
def data() -> dict[str, Any]:
    """provenance.toml."""
    return tomllib.loads((files("backchannel.intake") / "provenance.toml").read_text("utf8"))


def bare(name: str) -> str:
    """A name without "the", punctuation and case."""
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"^the ", "", normalise(name))).strip()


def plain(name: str) -> str:
    """The form in which outlets are compared."""
    name = re.sub(data()["copyright"]["company_tail"], "", re.sub(r" ?\([^()]{0,60}\)$", "", name))
    key = bare(name)
    return bare(_agencies()[key]) if key in _agencies() else key


# ------------------------------------------------------------------ tables
@cache
def _agencies() -> dict[str, str]:
    """Plain form of every signature -> the agency's name."""
    return {bare(alias): name for name, aliases in data()["agencies"].items() for alias in (name, *aliases)}


@cache
def _outlets() -> dict[str, str]:
    """Plain form of every name of the register's outlets -> the outlet's name."""
    media = [row for row in _rows("organisations") if row["kind"] == "media"]
    return {bare(name): row["name"] for row in reversed(media) for name in (*row["aliases"].split("|"), row["name"]) if name}


@cache
def _others() -> frozenset[str]:
    """Plain forms of what stands in brackets there and is no agency: other organisations, words of the newsroom."""
    named = {bare(name) for row in _rows("organisations") if row["kind"] != "media" for name in (row["name"], *row["aliases"].split("|")) if name}
    return frozenset(named | set(data()["unsigned"]["words"]))


@cache
def _places() -> frozenset[str]:
    """Plain forms of towns, regions and countries."""
    states = {bare(n) for row in _rows("states") for key in ("name", "official", "aliases", "demonyms", "capitals") for n in row[key].split("|") if n}
    return frozenset(states | {bare(row["name"]) for row in _rows("places")} | set(data()["unsigned"]["places"]))


def is_place(words: str) -> bool:
    """Whether the place is known, or the first of several ("TEL AVIV/WASHINGTON", "KYIV, Ukraine")."""
    return bare(re.split(r"[/,]", words)[0]) in _places()


def _rows(table: str) -> Iterator[dict[str, str]]:
    text = (files("backchannel.register") / "data" / f"{table}.csv").read_text(encoding="utf8")
    return ({k: v or "" for k, v in row.items()} for row in csv.DictReader(text.splitlines()))
