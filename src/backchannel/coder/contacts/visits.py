"""Visit -> who comes and to whom, where the tree is plainer than the networks of ``acts/sides.py``: who is received or sent, whom somebody visits or calls on,
whose visit it is, whose country the place is in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from backchannel import records as r
from backchannel.coder.acts.arguments import SURE
from backchannel.coder.acts.roles import Links
from backchannel.coder.acts.sides import Rated
from backchannel.coder.parties.cast import Cast
from backchannel.coder.syntax.dependents import behind, called_on, joined_parties, meant_by, nearest_subject
from backchannel.coder.syntax.offers import invited
from backchannel.reader import Reading

RECEIVING = re.compile(r"(?:receiv|host|welcom|greet)(?:e|es|ed|s|ing)?", re.IGNORECASE)  # whose subject is the host, not the visitor
OF_ONES_OWN = frozenset(("promise", "vow"))  # who promises somebody to come comes himself
SENDING = frozenset(("send", "dispatch"))  # of six visits annotated at such verbs all are those of who is sent
BESIDE = frozenset(("after", "before", "during", "following"))
MEETING = frozenset(("meet", "meeting", "see"))  # words of a visit that its host may be the subject of
LANDED = 0.7  # how sure the place is of the host


def of_visit(links: Links, cast: Cast, actors: Rated, recipients: Rated, place: r.Span | None) -> tuple[Rated, Rated]:
    """Visitors and hosts; those that the tree does not tell as they were given."""
    guests, hosts = _received(links, cast)
    if not guests:
        guests, hosts = _sent(links, cast)
    if guests:
        actors, recipients = guests, hosts
    elif hosts := _visited(links, cast):
        recipients = hosts
        others = [(k, s) for k, s in actors if k not in dict(hosts)]
        actors = [(k, s) for k, s in _visitors(links, cast) if k not in dict(hosts)] or others
    elif not recipients:
        recipients = [(k, s) for k, s in _landed(links, cast) if k not in dict(actors)]
    return _at_home(links, cast, actors, recipients, place)


# ------------------------------------------------------------------ told from one side
def _received(links: Links, cast: Cast) -> tuple[Rated, Rated]:
    """Visitors and hosts of a visit told from the host's side: "received", "was welcomed by", "hosted"; both empty where the tree does not name them."""
    reading, head = links.reading, links.head
    if reading.upos[head] != "VERB" or not RECEIVING.fullmatch(reading.words[head]):
        return [], []
    below = reading.children[head]
    by = _parties(reading, cast, [c for c in below if reading.case_of(c) == "by"])
    if by or any(reading.rels[c] in ("nsubj:pass", "aux:pass") for c in below):
        return _both(_parties(reading, cast, _subjects(reading, head)), by)
    whom = [meant_by(reading, head, c) for c in below if reading.rels[c] == "obj"]
    return _both(_parties(reading, cast, whom), _parties(reading, cast, _subjects(reading, head)))


def _sent(links: Links, cast: Cast) -> tuple[Rated, Rated]:
    """Visitors and hosts of a visit told from the side of who sends somebody: whom he sends, and whose country he is sent to."""
    reading, head = links.reading, links.head
    if reading.lemmas[head].lower() not in SENDING:
        return [], []
    whom = [c for c in reading.children[head] if reading.rels[c] in ("obj", "nsubj:pass")] or [reading.heads[head]] * (reading.rels[head] == "acl")
    guests = _parties(reading, cast, whom)
    return guests, [(k, s) for k, s in _landed(links, cast) if guests and k not in dict(guests)]


def _visited(links: Links, cast: Cast) -> Rated:
    """Whom the tree has a visit go to: the object of "visit", what stands after "to" at the noun, who is called "on". The links of two visits in one sentence
    ("expected to visit the Kremlin, following a visit to Israel") blur into each other.
    """
    reading, head = links.reading, links.head
    verb = reading.upos[head] == "VERB"
    for child in reading.children[head]:
        rel, case = reading.rels[child].split(":")[0], reading.case_of(child)
        if child in cast.at and (child == called_on(reading, cast.at, head) or (rel == "obj" if verb else rel in ("nmod", "obl") and case == "to")):
            return [(k, SURE) for k in cast.at[child]]
    return []


def _landed(links: Links, cast: Cast) -> Rated:
    """Whose country a visitor comes to by the place that the act's own word has: "flew to Riga", "is expected in Riga"."""
    reading = links.reading
    for child in behind(reading, links.head, "to", "in"):
        if child in cast.at:
            return [(k, LANDED) for k in cast.at[child] if cast.get(k).kind == "state"]
    return []


def _visitors(links: Links, cast: Cast) -> Rated:
    """Who pays a visit told by a verb: its subject, or of the verb which governs it the subject ("is expected to visit") or, where it has one, the object
    ("invited Xi to visit"), when that is a party. A visit told beside another act ("flew home after a visit to Israel") is its subject's
    too, unless it has an owner.
    """
    reading, head = links.reading, links.head
    if reading.upos[head] == "NOUN" and reading.case_of(head) in BESIDE and not any(reading.rels[c] == "nmod:poss" for c in reading.children[head]):
        head = reading.heads[head]
    if reading.rels[head] == "acl" and (guest := invited(reading, reading.heads[head])) is not None:
        return _parties(reading, cast, [guest])  # "accepted an invitation to visit"
    while reading.upos[head] == "VERB":
        if (subject := nearest_subject(reading, head)) is not None:
            return _parties(reading, cast, [subject])
        if not reading.rels[head].startswith("xcomp"):
            break
        head = reading.heads[head]
        if reading.lemmas[head].lower() not in OF_ONES_OWN and (whom := [c for c in reading.children[head] if reading.rels[c] in ("obj", "iobj")]):
            return _parties(reading, cast, whom[:1])
    return []


# ------------------------------------------------------------------ whose country it is
def _at_home(links: Links, cast: Cast, actors: Rated, recipients: Rated, place: r.Span | None) -> tuple[Rated, Rated]:
    """Visitors and hosts of a visit that has all of them act: whose country the place is in is at home, also where he is who "meets" the other there; nobody of
    another country is whom the sentence does not name.
    """
    named = _inside(links.reading, cast, place) if place else set()
    countries = {m.country for k in named if (m := cast.get(k)).kind in ("state", "place") and m.country}
    here = {k for _, _, keys in cast.beside(links.reading, links.head) for k in keys}
    recipients = [(k, s) for k, s in recipients if not countries or k in here or cast.get(k).country in countries]
    at_home, received = ([cast.get(k).country in countries for k, _ in side] for side in (actors, recipients))
    if links.reading.lemmas[links.head].lower() in MEETING and actors and recipients and all(at_home) and not any(received):
        return recipients, actors
    hosts = [(k, s) for k, s in actors if cast.get(k).country in countries and not recipients]
    guests = [x for x in actors if x not in hosts]
    if hosts and guests:
        return guests, hosts
    foreign = {cast.get(k).country for k, _ in actors}.isdisjoint(countries)
    states = [m.key for m in cast.actors if m.kind == "state" and m.country in countries]
    return actors, recipients or [(k, LANDED) for k in states if foreign and k not in dict(actors)]


# ------------------------------------------------------------------ helpers
def _both(guests: Rated, hosts: Rated) -> tuple[Rated, Rated]:
    return (guests, hosts) if guests and hosts else ([], [])


def _parties(reading: Reading, cast: Cast, words: Sequence[int]) -> Rated:
    """The parties at the first of the words that has some, and at what is joined to it."""
    found = (joined_parties(reading, cast, w) for w in words)
    return [(k, SURE) for k in next(filter(None, found), ())]


def _subjects(reading: Reading, verb: int) -> list[int]:
    """The subject of a verb, the nearest; of one that it is joined to, governed or led in by; whom a clause tells of."""
    own, rel = nearest_subject(reading, verb), reading.rels[verb]
    if own is not None:
        return [meant_by(reading, verb, own)]
    return [reading.heads[verb]] if rel == "acl" else _subjects(reading, reading.heads[verb]) if rel in ("conj", "xcomp", "advcl") else []


def _inside(reading: Reading, cast: Cast, place: r.Span) -> set[str]:
    """The parties that a place names."""
    spans = ((reading.chars(lo, hi), keys) for lo, hi, keys in cast.within(*reading.words_at(place.start, place.end)))
    return {k for (start, end), keys in spans if place.start <= start and end <= place.end for k in keys}
