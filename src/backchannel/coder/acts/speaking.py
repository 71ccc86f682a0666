"""Acts that are done by saying something, and what a speaker promises or threatens to do himself -> whoever says it acts.

"Which the rebels had criticised, and threatened to leave": where the reader takes another party for the actor of a word that tells who speaks, the statement
knows better. Of 1,735 annotated acts of these types at a cue 1,662 are the speaker's alone, nearly all others those of several speakers; of 109 right behind
"threatened to", "promised to" 81 are the speaker's, most others his state's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from backchannel import records as r
from backchannel.coder.parties.cast import Cast
from backchannel.reader import Reading

BY_WORDS = frozenset(("ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT", "CONCEDE"))  # acts that a statement's own words can do
SAID = BY_WORDS | {"AGREE"}  # said rather than done
OWN = frozenset(("threatens", "promises"))  # stances whose infinitive tells what the speaker will do


def by_speakers(reading: Reading, cast: Cast, claims: Sequence[r.AnyClaim], said: Iterable[r.Statement]) -> list[r.AnyClaim]:
    """The claims, in order of text, those at a cue and at the infinitive that it governs without actors who do not speak."""
    out, firsts = list(claims), [c.anchor.start for c in claims]
    longest = max((c.anchor.end - c.anchor.start for c in claims), default=0)
    for s in said:
        if not s.source or not s.source.actor or not s.cue:
            continue
        speakers = _named(reading, cast, s.source) | {s.source.actor}
        speaker = cast.get(s.source.actor)
        state = None if speaker.country_inferred else speaker.country
        promised = _infinitive(reading, s)
        at_cue = range(bisect_left(firsts, s.cue.start - longest), bisect_left(firsts, s.cue.end))
        ahead = range(bisect_left(firsts, promised - longest), bisect_right(firsts, promised)) if promised is not None else ()
        for n in dict.fromkeys((*at_cue, *ahead)):
            c = out[n]
            if not isinstance(c, r.EventClaim) or s.source.actor in c.recipient:
                continue
            spoken = c.event in BY_WORDS and s.cue.start < c.anchor.end and c.anchor.start < s.cue.end
            if not spoken and (promised is None or not c.anchor.start <= promised < c.anchor.end or c.status == "demanded"):
                continue  # "told Syria *to withdraw* or face air strikes"
            kept = tuple(k for k in c.actor if k in speakers or (not spoken and state and cast.get(k).country == state))
            if kept != c.actor or not kept:
                out[n] = msgspec.structs.replace(c, actor=kept or (s.source.actor,), why=(*c.why, f"'{s.source.text}' says so"))
    return out


def _named(reading: Reading, cast: Cast, source: r.Source) -> set[str]:
    """The parties that a source names, without their owners ("China's commerce ministry")."""
    first, last = reading.words_at(source.start, source.end)
    return {k for i in range(first, last) if reading.rels[i] != "nmod:poss" for k in cast.at.get(i, ())}


def _infinitive(reading: Reading, s: r.Statement) -> int | None:
    """Where the verb begins that the speaker says he will do: "threatened *to leave*"."""
    first, last = reading.words_at(s.content.start, s.content.end)
    if s.stance not in OWN or reading.words[first].lower() != "to" or last - first < 2:
        return None
    head = reading.head_of(first, last)
    return reading.starts[head] if reading.upos[head] == "VERB" else None
