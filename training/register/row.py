"""One occupancy as one table tells it; which table is believed before another, and how far."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from backchannel.register.offices import post_of

PRIORITY = {"supplement": 0, "eps": 1, "factbook": 2, "countryinfo": 3}
CONFIDENCE = {"supplement": 0.9, "eps": 0.9, "factbook": 0.85, "countryinfo": 0.7}


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


def days(text: str) -> int:
    """A date of any precision as a day number (its first day)."""
    parts = [int(p) for p in text.lstrip("~").split("-")] + [1, 1]
    return date(parts[0], parts[1] or 1, parts[2] or 1).toordinal()
