"""Words of an office that is of no main kind ("Director of the CIA") -> the PLOVER sector of who holds it; the first pattern that fits decides."""

from __future__ import annotations

import re

SECTOR_WORDS = (
    (
        re.compile(r"commander|chief of (the )?(general|army|defen[cs]e|air|naval) staff|joint chiefs|army|military|allied|armed forces|chief of staff of"),
        "MIL",
    ),
    (re.compile(r"\bfbi\b|police"), "COP"),
    (re.compile(r"opposition"), "OPP"),
    (re.compile(r"political bureau|candidate|campaign|^(president|leader|chair\w*) of .*(party|rally|movement|national committee)"), "PTY"),
    (re.compile(r"\b(patriarch|archbishop|pope|imam|ayatollah|cleric|supreme guide)\b"), "REL"),
    (re.compile(r"\b(contractor|activist|lawyer)\b"), "CVL"),
    (
        re.compile(r"\b(cia|fsb|svr|gru|mi[56]|nsa|mossad|shin bet|national security agency|(national|central) intelligence|intelligence (service|agency))\b"),
        "SPY",
    ),
    (re.compile(r"^chief executive of|^chairman of .*\b(holding|company|corporation|group)\b"), "BUS"),
    (re.compile(r"judge|supreme court|prosecutor|special counsel"), "JUD"),
)
