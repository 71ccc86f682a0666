"""Who was, or will be, in contact with whom: visits, calls, meetings between named parties; how open they were, and who confirmed them.

A contact is an event of type CONSULT without a mediator. A confirmation counts for a side when its source is of that side's state.
"""

from __future__ import annotations

import re
from typing import Unpack

import msgspec

from backchannel.ledger import Fact, Happening, Ledger
from backchannel.ledger.facts import name_words
from backchannel.ledger.sayings import negates
from backchannel.ledger.standing import REALISED, speaker_name
from backchannel.records import Channel, Disclosure, Party
from backchannel.views.rows import Row, of_happening, place_of, texts
from backchannel.views.view import Filters, View, chosen
from backchannel.views.wording import act, clean, joined, named, once, quoted, words

APART = re.compile(r"\bseparate(?:ly)?\b", re.IGNORECASE)
NOT_SAID = frozenset({"possible", "hypothetical", "demanded"})  # nobody says that such talks take place


class Contact(Row, frozen=True, kw_only=True, tag="contact"):
    """A contact between named parties."""

    type: str = "CONSULT"
    mode: str | None = None
    channel: Channel = "unknown"
    disclosure: tuple[Disclosure, ...] = ()  # several when part was public and part was not
    disclosed_by: tuple[str, ...] = ()
    confirmed_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    separate: bool = False  # the first spoke with each of the others apart
    topics: tuple[str, ...] = ()
    initiative: tuple[str, ...] = ()  # who asked for it or called, when the words say so
    where: str | None = None
    place: str | None = None  # with its preposition
    anchors: tuple[str, ...] = ()

    def what(self) -> str:
        """Netanyahu – Putin: call."""
        if self.mode == "visit" and named(self.parties, "recipient"):
            return f"{joined(named(self.parties, 'actor'))} → {joined(named(self.parties, 'recipient'))}: {self._kind()}{self._open()}"
        return f"{' – '.join(named(self.parties, 'actor', 'recipient'))}: {self._kind()}{self._open()}"

    def _kind(self) -> str:
        """What an analyst would call it: by its mode, else by the nouns for its words."""
        nouns = words()["contact"]
        if self.mode == "phone":
            return nouns["by_channel"].get(self.channel) or act("CONSULT", self.mode)
        told = [a for a in self.anchors if name_words(a)[-1:] and name_words(a)[-1] in nouns["nouns"]]
        said = [noun for a in self.anchors for noun, verbs in nouns["verbs"].items() if set(verbs) & set(name_words(a))]
        if self.mode == "visit" or (self.mode == "multilateral" and len({p.country or p.name for p in self.parties}) > 2):
            return act("CONSULT", self.mode)
        if len(told) == 1 and len(self.anchors) == 1:
            return clean(told[0]) if told[0].isupper() else clean(told[0]).lower()
        return said[0] if said else "talks" if told else f"{act('CONSULT', None)} ({quoted(self.anchors)})"

    def _is_host(self, place: str) -> bool:
        """Whether the place says no more than whom the visit is to."""
        return self.mode == "visit" and name_words(place) in [name_words(n) for n in named(self.parties, "recipient")]

    def _open(self) -> str:
        return "" if self.status in ("happened", None) else f", {self.status.replace('_', ' ')}"

    def notes(self) -> list[str]:
        """Topics, place, openness, denials; who confirms it stands with the sources."""
        tellers = [n for n in self.disclosed_by if n not in self.confirmed_by]
        shown = words()["disclosure"]
        topics = once({"topics": self.topics}, named(self.parties))["topics"]
        told = self.disclosure != ("public",) or self.mode == "phone"  # who visits or meets in the open is the rule
        openness = joined([shown[d] for d in self.disclosure if d in shown and told], "and partly")
        return [
            *(["each apart"] if self.separate else []),
            *([f"topics: {joined(topics)}"] if topics else []),
            *([f"initiative: {joined(map(clean, self.initiative))}"] if self.initiative else []),
            *([clean(self.place)] if self.place and self.where and not self._is_host(self.where) else []),
            *([("partly " if len(self.disclosure) > 1 else "") + openness] if openness else []),
            *([f"disclosed by {joined(map(clean, tellers))}"] if tellers and set(self.disclosure) - {"public"} else []),
            *([f"denied by {joined(map(clean, self.denied_by))}"] if self.denied_by else []),
        ]


def rows(ledger: Ledger, **wanted: Unpack[Filters]) -> View[Contact]:
    """The contacts, in order of date."""
    happenings = ledger.affairs(wanted.get("as_known_on")).happenings
    return chosen("contacts", (contact(h) for h in happenings if is_contact(h)), wanted)


def is_contact(happening: Happening) -> bool:
    """Whether the event is a contact between two named parties that somebody says takes place."""
    event = happening.event
    return event.type == "CONSULT" and not is_mediated(happening) and event.status not in NOT_SAID and len(named(sides(happening), "actor", "recipient")) > 1


def is_mediated(happening: Happening) -> bool:
    """Whether a mediator is named, or the act's own words tell of one; leaders who meet in a third country have none (PLOVER calls both third-party)."""
    event = happening.event
    told = event.mode == "third-party" and any(speaks_of_mediation(" ".join(onward(f))) for f in happening.facts)
    return told or any(p.role == "mediator" for p in event.participants)


def onward(fact: Fact) -> tuple[str, ...]:
    """The words of its sentence from the act on."""
    return tuple(s.text[max(0, fact.claim.anchor.start - s.start) :] for s in fact.claim.evidence)


def speaks_of_mediation(text: str) -> bool:
    """Whether the words speak of mediating."""
    return any(cue in text.lower() for cue in words()["cues"]["mediation"])


def sides(happening: Happening) -> tuple[Party, ...]:
    """Who takes part: a state only where nobody is named who acts for it."""
    acting = {p.country for f in happening.facts for p in f.parties("actor", "recipient") if p.kind == "person" and p.official}
    found = tuple(p for p in happening.event.participants if not (p.entity and p.entity.startswith("state:") and p.country in acting))
    return _directed(happening, found) if happening.event.mode == "visit" else found


def _directed(happening: Happening, parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """Visitors as actors and hosts as recipients, as the claims of the visit have them, where others tell that they met."""
    told = [f for f in happening.facts if f.event.mode == "visit" and f.parties("actor") and f.parties("recipient")]
    visitors, visited = ({v for f in told for p in f.parties(role) for v in (p.name, p.country) if v} for role in ("actor", "recipient"))
    hosts = [p for p in parties if {p.name, p.country} & visited and not {p.name, p.country} & visitors]
    if not hosts or len(hosts) == len(parties):
        return parties
    return tuple(msgspec.structs.replace(p, role="recipient") if p in hosts else p for p in parties)


def contact(happening: Happening) -> Contact:
    """The event as a contact."""
    facts, event = happening.facts, happening.event
    told = tuple(f for f in facts if not negates(f)) or facts  # how open a contact was does not hang on who denies it
    return Contact(
        **of_happening(happening) | {"parties": sides(happening)},
        mode=event.mode,
        where=event.where,
        place=place_of(facts, event.where),
        channel=_channel(facts),
        separate=len(sides(happening)) > 2 and any(APART.search(s.text) for f in facts for s in f.claim.evidence),
        disclosure=_disclosure(told),
        disclosed_by=tuple(dict.fromkeys(n for f in told if f.event.disclosure != "unknown" and (n := speaker_name(f)))),
        confirmed_by=confirmers(facts),
        denied_by=happening.stand.denied_by,
        topics=texts([s for f in facts for s in f.event.roles.topic]),
        initiative=tuple(dict.fromkeys(f.filed.profiles[k].name for f in facts for k in f.event.roles.initiative)),
        anchors=texts([f.claim.anchor for f in facts]),
    )


def confirmers(facts: tuple[Fact, ...]) -> tuple[str, ...]:
    """Everybody who confirms it, party or not."""
    found = (speaker_name(f) for f in facts if f.sources and f.sources[-1].stance == "confirms" and f.event.status in REALISED)
    return tuple(dict.fromkeys(n for n in found if n))


def _disclosure(facts: tuple[Fact, ...]) -> tuple[Disclosure, ...]:
    """How open it was, by all that is told; of one whose contents were kept back it says nothing more that it was made known."""
    found = dict.fromkeys(d for f in facts if (d := f.event.disclosure) != "unknown")
    return tuple(d for d in found if d != "public" or "contents_undisclosed" not in found)


def _channel(facts: tuple[Fact, ...]) -> Channel:
    said = [f.event.channel for f in facts if f.event.channel != "unknown"]
    if said:
        return said[0]
    modes = {f.event.mode for f in facts}
    return "phone" if "phone" in modes else "in_person" if "visit" in modes else "unknown"
