"""Words of bringing others together -> who does it: "talks mediated by Qatar", "Qatar, which hosted the talks"."""

from __future__ import annotations

import re

from backchannel.coder.syntax.dependents import agent, meant_by, nearest_subject
from backchannel.reader import Reading

MEDIATING = re.compile(r"(?:\w+-)?(?:mediat|broker(?!age)|arbitrat|interced|intermediar|go-between|peacemak|facilitator)", re.IGNORECASE)
HOSTING = frozenset("host arrange convene sponsor facilitate organise organize steer shepherd oversee moderate".split())


def thirds(reading: Reading, first: int, last: int) -> set[int]:
    """The words between ``first`` and ``last`` that name who mediates or hosts: of those who meet there he is none."""
    verbs = [i for i in range(first, last) if reading.upos[i] == "VERB" and (MEDIATING.match(reading.words[i]) or reading.lemmas[i].lower() in HOSTING)]
    by = {i: agent(reading, i) for i in verbs}
    active = (meant_by(reading, i, subject) for i in verbs if by[i] is None and (subject := nearest_subject(reading, i)) is not None)
    return {word for word in by.values() if word is not None} | set(active)
