"""Contact -> how the two sides were in contact, where its words tell it (disclosure.toml): talks that nothing more is said of may be held any way.

The reader's channel is taken when a word of the contact's clause, its mode or its place bears it out; when these tell another alone, that one. What somebody
carries between the two, or is said to go through somebody, goes by a back channel, as do secret talks.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from backchannel import records as r
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.acts.status import pick
from backchannel.coder.contacts.disclosure import clause
from backchannel.coder.contacts.mediation import carries
from backchannel.coder.contacts.thirds import through
from backchannel.coder.parties.cast import Cast
from backchannel.reader import Reading
from backchannel.reader.labels import CHANNELS

BY_NOUN: dict[str, r.Channel] = {
    **dict.fromkeys("letter memo memorandum cable missive telegram email e-mail".split(), "letter"),
    **dict.fromkeys("call phone telephone phonecall".split(), "phone"),
}
IN: dict[r.Channel, frozenset[str]] = {"letter": frozenset(("in", "through", "via")), "phone": frozenset(("in", "by", "over", "on", "during"))}
SPOKEN = frozenset(("speak", "talk", "conversation", "converse", "chat"))  # may be done by phone, where nothing else is told; "discussed" may be done any way
BESIDE = frozenset("for on off at together upon".split())  # "called for", "called at", "called them together"; not "called him on Monday"


@cache
def _patterns() -> dict[r.Channel, re.Pattern[str]]:
    table = tomllib.loads(resources.files(__package__).joinpath("disclosure.toml").read_text(encoding="utf8"))["channel"]
    return {kind: re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) for kind, words in table.items()}


def channel(reading: Reading, cast: Cast, anchor: Anchor, mode: str | None, place: r.Span | None) -> r.Channel:
    """The channel of a contact, unknown when nothing tells it."""
    if any(carries(reading, cast, i) for i in (*anchor.words, reading.heads[anchor.first])) or through(reading, cast, anchor):
        return "back_channel"
    likely: r.Channel = pick(reading, anchor, "channel", CHANNELS)  # type: ignore[assignment]
    words = clause(reading, anchor)
    told = {kind for kind, pattern in _patterns().items() if pattern.search(words)}
    if "video" in told:  # whatever else it is called: "a video meeting", "a video call"
        return "video"
    if _rings(reading, anchor):
        told.add("phone")
    if mode == "visit" and not told:
        told = {"in_person"}
    if mode == "phone" and not told and {reading.lemmas[i].lower() for i in anchor.words} & SPOKEN:
        told = {"phone"}
    if place and not told and any(c.isupper() for c in place.text):  # "in Riga", not "on the border"
        told = {"in_person"}
    return likely if likely in told else told.pop() if len(told) == 1 else "unknown"


def by_word(reading: Reading, first: int, last: int) -> r.Channel | None:
    """The channel of a verbal act by the noun that it is told with: "asked in a letter", "a memo urging", "demanded by phone"."""
    head = reading.head_of(first, max(last, first + 1))
    above, rel = reading.heads[head], reading.rels[head].split(":")[0]
    verb = above if reading.upos[head] == "NOUN" and rel == "obj" else head
    for c in (c for i in (head, verb) for c in reading.children[i] if reading.rels[c].split(":")[0] in ("obl", "nmod")):
        kind = BY_NOUN.get(reading.lemmas[c].lower())
        if kind and reading.case_of(c) in IN[kind]:
            return kind
    subject = [c for c in reading.children[verb] if reading.rels[c] == "nsubj"] if reading.upos[verb] == "VERB" else []
    of_it = [above] if rel == "acl" else []
    return next((kind for c in (*subject, *of_it) if (kind := BY_NOUN.get(reading.lemmas[c].lower()))), None)


def _rings(reading: Reading, anchor: Anchor) -> bool:
    """Is it called a call, or done by calling somebody up?"""
    for i in anchor.words:
        particles = (c for c in reading.children[i] if reading.rels[c] == "compound:prt")
        beside = {reading.words[c].lower() for c in (*particles, min(i + 1, len(reading.words) - 1))}
        if reading.lemmas[i].lower() == "ring" or (reading.lemmas[i].lower() == "call" and not beside & BESIDE):
            return True
    return False
