"""An outlet's name or domain -> the key of its newsroom: two ways of writing one publisher, and a publisher's own sites, share it.

Names, domains and owners come from the register's table of organisations; what is written on top ("CNN (Web News)", "CNN - Editorial",
edition.cnn.com) is taken off. A name that names nobody ("Israeli media", "state television") has no key: an unnamed origin counts as none.
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files

from backchannel.ledger.facts import name_words
from backchannel.ledger.settings import ORIGINS

SET = ORIGINS["outlets"]
NOISE = frozenset(SET["noise"])
UNNAMED, COMMON = frozenset(SET["unnamed"]), frozenset(SET["common"])
NEWSROOMS = frozenset(SET["newsrooms"])
DESK = re.compile(rf"\s*(?:\((?:[^()]*)\)|[-–—|:]\s*(?:{'|'.join(SET['desks'])}))\s*$", re.IGNORECASE)
SUFFIX = re.compile(SET["suffixes"])
DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,10}")
NATIONAL = re.compile(r"(?:ian|an|ish|ese|i|ch|sh|ek|ss|ic)$")  # how words for a nation end: Israeli, Russian, Turkish, French, Greek


@lru_cache(maxsize=16384)
def outlet_key(name: str) -> str:
    """What two ways of writing an outlet's name share."""
    known = _known(name) or _known(_bare(name))
    if known:
        return known
    words = name_words(SUFFIX.sub("", _bare(name).lower()))
    return " ".join([w for w in words if w not in NOISE] or words)


@lru_cache(maxsize=16384)
def names_outlet(name: str) -> bool:
    """Whether the words name an outlet, and do not merely say that some outlet said it."""
    if _known(name):
        return True
    words = name_words(name)
    if not words or words[-1] not in UNNAMED:
        return bool(words)
    return any(w not in UNNAMED | COMMON and not NATIONAL.search(w) for w in words)


@lru_cache(maxsize=4096)
def is_outlet(words: str) -> bool:
    """Whether these words are a name or domain that the register has for an outlet."""
    return _known(words) is not None


def _bare(name: str) -> str:
    """The name without its site's or desk's addition."""
    bare = DESK.sub("", name.strip())
    return bare or name


def _known(name: str) -> str | None:
    """The newsroom that the register knows by this name or domain."""
    table = _table()
    domain = name.strip().lower().removeprefix("www.")
    if DOMAIN.fullmatch(domain):
        while "." in domain:
            if domain in table:
                return table[domain]
            domain = domain.partition(".")[2]
        return None
    words = name_words(name)
    return table.get(" ".join(words)) or (table.get("~" + " ".join(w for w in words if w not in NOISE)) if len(words) > 1 else None)


@cache
def _table() -> dict[str, str]:
    """Names, aliases and domains of the register's media -> the key of their newsroom."""
    found: dict[str, str] = {}
    plain: dict[str, set[str]] = {}
    text = (files("backchannel.register") / "data" / "organisations.csv").read_text(encoding="utf8")
    for row in csv.DictReader(text.splitlines()):
        if row["kind"] != "media":
            continue
        key = "@" + (row["owner"] if row["owner"] in NEWSROOMS else row["name"])
        names = {" ".join(name_words(n)) for n in [row["name"], *(row["aliases"] or "").split("|")] if n}
        for name in names:
            found.setdefault(name, key)
            bare = " ".join(w for w in name.split() if w not in NOISE)
            if bare and not bare.isdigit():
                plain.setdefault("~" + bare, set()).add(key)
        if row["domain"]:
            found.setdefault(row["domain"], key)
    return {name: min(keys) for name, keys in plain.items() if len(keys) == 1} | found
