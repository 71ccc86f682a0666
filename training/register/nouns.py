"""The agents of the Phoenix dictionaries -> common nouns for parties."""

from __future__ import annotations

import re
from pathlib import Path

from training.register.tables import table

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
