"""The CIA factbook's cells ("Prime Minister Viktor ORBAN") -> chiefs of state and heads of government since 2015."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from training.register.row import Row
from training.register.tables import table

FACTBOOK_SEEN = "2025-12"  # until when an open row of the table is known to hold
TITLES = frozenset(
    "president presidents prime minister premier vice first second third deputy deputies king queen sultan amir emir crown prince princess supreme leader "
    "chancellor taoiseach governor general chairman acting interim transitional transition co head of state the government pope grand duke emperor captain "
    "regent co-prince premiers ministers monarch high commissioner administrator chief executive counsellor speaker paramount affairs commission".split()
)
# What an office goes on with behind "of", before the name ("President of the Islamic Republic of Afghanistan Ashraf GHANI").
BODIES = frozenset(
    "of the for islamic republic afghanistan council assembly congress ministers cabinet house representatives territorial national safeguarding safeguard "
    "homeland".split()
)
RANKS = re.compile(
    r"^(gen|col|lt|maj|brig|dr|capt|sir|dame|sheikh|shaykh|field|marshal|ret|sgt|adm|cdr|hon|ambassador|pastor|imam|cmdr|mr|ms|mrs|haji|ratu|tuilaepa)\.?$",
    re.I,
)


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


def factbook_person(text: str) -> tuple[str, str] | None:
    """(office, name) of a factbook cell; null for several persons in one."""
    text = re.sub(r"\([^)]*\)|\[[^]]*\]", "", text).replace("represented by", "").strip(" ,;-*")
    text = re.split(r" - |;| serving as| of the Netherlands|, since| since | resigned on | note$|^or (?=Prime)", text)[0]
    text = re.sub(r",? (JR|Jr|jr)\.?$", " Jr.", text)
    if "," in text or " and " in text or "-designate" in text.lower():
        return None
    words = text.split()
    i = 0
    while i < len(words) - 1 and words[i].lower().strip(".") in TITLES:
        i += 1
    while i < len(words) - 1 and words[i - 1].lower() in BODIES and words[i].lower() in BODIES:
        i += 1
    office = " ".join(words[:i])
    while i < len(words) - 1 and (RANKS.match(words[i]) or words[i].lower() in TITLES):
        i += 1
    name = capitals_to_case(" ".join(words[i:]))
    if all(w.lower().strip(".") in TITLES for w in name.split()):
        return None
    return (office, name) if name and any(c.isupper() for c in name) and len(name) > 2 else None


def capitals_to_case(name: str) -> str:
    """A name in ordinary case: "Viktor ORBAN" -> "Viktor Orban"; numerals and particles stay."""
    words = []
    for word in name.split():
        if sum(c.isupper() for c in word) >= 2 and word.upper() == word and not re.fullmatch(r"[IVX]+|[A-Z]\.[A-Z]\.?", word):
            word = re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), word)
            word = re.sub(r"^Mc([a-z])", lambda m: "Mc" + m.group(1).upper(), word)
        words.append(word)
    return " ".join(words)
