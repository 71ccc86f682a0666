"""The armed groups and international actors of the Phoenix dictionaries -> groups, IGOs and NGOs."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from backchannel.register.names import fold
from training.register.tables import table

SMALL = frozenset("of the and for in on to de la le du des et von".split())
# The international file holds persons under the code of their organisation ("BAN KI-MOON"); an organisation has one of these words or is an acronym.
IGO_WORDS = frozenset(
    "organization organisation agency union commission committee council bank fund community programme program conference court institute office "
    "association center centre league group assembly united nations un international european african arab asian world mission force forces tribunal "
    "authority forum parliament secretariat development cooperation alliance".split()
)
# Persons and places stand among the armed groups; a group names itself with one of these.
GROUP_WORDS = frozenset(
    "army armed forces front group brigade brigades battalion movement organization organisation party militia liberation revolutionary islamic people's "
    "peoples union command council league jihad resistance guerrilla committee commandos faction tigers cell cells network martyrs national united "
    "democratic ansar jaish lashkar harkat force guards defence defense republican state soldiers warriors squad legion unit units rebels insurgents".split()
)
# Beside these, what tells a body called after somebody from the person.
BODY_WORDS = GROUP_WORDS | IGO_WORDS | frozenset("foundation fellowship club society trust solidarity".split())
PARTICLES = frozenset("al abu ibn el le la de a".split())  # they begin names of groups as well as of persons
OFFICE = re.compile(r"^(sheikh?|s[ea]yy[ei]d|president of|((un|u n|united nations) )?(secretary|secy) gen)|(\bpresident|\bsecretary general|envoy( for \w+)?)$")


def groups(tables: Path, isos: set[str], known: set[str], given: set[str]) -> list[list[str]]:
    """Armed groups, IGOs and NGOs of the Phoenix dictionaries; companies and persons are left out. ``given``: first names of persons."""
    heads: dict[tuple[str, str], list[str]] = defaultdict(list)
    codes: dict[tuple[str, str], str] = {}
    for name in ("armed_groups", "international"):
        for r in table(tables / f"register.phoenix_{name}.tsv"):
            code, key = r["code"], (r["head"], name)
            if name == "international" and not code.startswith(("IGO", "NGO")):
                continue
            if (
                fold(r["name"]) in known
                or is_person(r["head"], given)
                or r["name"] in ("CAMO", "RED", "CELL")
                or (len(r["name"]) < 4 and name == "armed_groups")
            ):
                continue
            heads[key].append(r["name"])
            codes.setdefault(key, code)
    rows = []
    for (head, name), all_names in sorted(heads.items()):
        families = {fold(n).split()[-1] for n in all_names if is_person(n, given)}
        names = [n for n in all_names if not is_person(n, given) and fold(n) not in families]
        if not names:
            continue
        code = codes[head, name]
        country = code[:3] if name == "armed_groups" else code[3:6]
        kind, sector = ("armed_group", "REB") if name == "armed_groups" else (code[:3].lower(), code[:3])
        if name == "international" and not is_organisation(code, head, names):
            continue
        if name == "armed_groups" and not any(w in fold(" ".join([head, *names])).split() for w in GROUP_WORDS):
            continue
        rows.append([ordinary(names[0]), "|".join(map(ordinary, names[1:])), kind, country if country in isos else "", sector])
    return rows


def is_person(name: str, given: set[str]) -> bool:
    """Whether a name of a group is that of its leader ("HASSAN NASRALLAH" of Hezbollah) or of an office ("UN SECRETARY GENERAL")."""
    words = [fold(w) for w in name.split()]
    named = words[0] in given - PARTICLES or len(words[0].rstrip(".")) == 1
    return bool(OFFICE.search(fold(name))) or (named and 1 < len(words) <= 4 and not BODY_WORDS & set(fold(name).split()))


def is_organisation(code: str, head: str, names: list[str]) -> bool:
    """Whether an entry of the international file is an organisation, not a person coded as one."""
    words = set(fold(" ".join([head, *names])).split())
    return (code.startswith("NGO") and len(head.split()) != 2) or bool(words & IGO_WORDS) or all(len(n.split()) == 1 for n in names)


def ordinary(name: str) -> str:
    """A name in ordinary case: "KURDISTAN WORKERS' PARTY" -> "Kurdistan Workers' Party"; short words without vowels and in brackets stay capitals."""
    words = name.split()
    if len(words) == 1 and re.fullmatch(r"[A-Z/.\-]{2,5}", name) and (len(name) <= 4 or not re.search("[AEIOU]", name)):
        return name
    case = [re.sub(r"[^\W\d_]+(?:'[^\W\d_]+)?", lambda m: m.group().capitalize(), w) for w in words]
    return " ".join(w.lower() if i and w.lower() in SMALL else w for i, w in enumerate(case))
