"""A contact named again ("the call", "their meeting", "the two had spoken") -> the contact told before it.

What one sentence tells is confirmed, denied or put down to somebody in the next, which names it by a noun alone. Such a noun has the parties of the nearest
contact before it that it can be; and where somebody confirms or denies what it names, that is a claim about that contact, told again with its source.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import msgspec

from backchannel import records as r
from backchannel.coder.contacts.mediation import GENERIC
from backchannel.coder.parties.cast import Cast
from backchannel.coder.syntax.passives import NOUNS, REPORTS, SAYING
from backchannel.coder.syntax.spans import head_at, sentence_span, span_of
from backchannel.reader import Reading

VERBS = frozenset("meet speak talk converse confer".split())
TOOK_PLACE = frozenset("take happen occur hold".split())
DEFINITE = frozenset("the this that these those such their his her its both".split())
POINTING = frozenset("these those such".split())  # what points to what was just named: by the same noun, or in the sentence before
BARE = frozenset(("of", "with", "between", "from", "to", "by"))  # what says whose contact it is: then it is told anew
SENTENCES = 4  # how far back the contact is looked for
PARTIES = 2
AGAIN = "is “{}” before it"


class Contacts:
    """The contacts of a report in text order, by the words that name them."""

    def __init__(self, reading: Reading, claims: Sequence[r.AnyClaim]) -> None:
        self.reading, self.claims = reading, claims
        found = [(head_at(reading, c.anchor), n) for n, c in enumerate(claims) if isinstance(c, r.EventClaim) and c.event == "CONSULT"]
        self.at = dict(sorted(found))
        self.heads = list(self.at)

    def claim(self, number: int) -> r.EventClaim:
        """The contact of this number among the claims."""
        return self.claims[number]  # type: ignore[return-value]

    def meant(self, word: int) -> int | None:
        """The number of the contact that a noun names: its own where that names its parties, else the one told before."""
        own = self.at.get(word)
        return own if own is not None and _is_told(self.claim(own)) else self.before(word) if is_bare(self.reading, word) else None

    def before(self, word: int, kind: str | None = None, sentences: int = SENTENCES) -> int | None:
        """The number of the nearest contact before a word that it can name again."""
        reading = self.reading
        kind = NOUNS.get(reading.lemmas[word].lower(), "") if kind is None else kind
        if any(reading.words[c].lower() in POINTING for c in reading.children[word]):
            return self._pointed_at(word, kind)
        for head in reversed(self.heads[: bisect_left(self.heads, word)]):
            if reading.sentence_of[word] - reading.sentence_of[head] > sentences:
                break
            number = self.at[head]
            if _is_told(self.claim(number)) and _can_be(self.claim(number), kind):
                return number
        return None

    def _pointed_at(self, word: int, kind: str) -> int | None:
        """The number of the contact that "such contacts" points at: of that name, else the last of the sentence before; none where that names no parties."""
        reading, here = self.reading, self.reading.sentence_of[word]
        before = [h for h in reversed(self.heads[: bisect_left(self.heads, word)]) if here - reading.sentence_of[h] <= SENTENCES]
        named = [h for h in before if reading.lemmas[h].lower() == reading.lemmas[word].lower()] or [h for h in before if here - reading.sentence_of[h] <= 1]
        number = self.at[named[0]] if named else None
        return number if number is not None and _is_told(self.claim(number)) and _can_be(self.claim(number), kind) else None


def is_bare(reading: Reading, word: int, *, denied: bool = False) -> bool:
    """Is it a contact's noun that says which one only by "the", "their"? Where it is ``denied`` also by "no such"."""
    below = reading.children[word]
    definite = denied or any(reading.words[c].lower() in DEFINITE for c in below)
    own = any((reading.rels[c].startswith("nmod") and reading.case_of(c) in BARE) or reading.upos[c] in ("PROPN", "NUM") for c in below)
    return reading.lemmas[word].lower() in NOUNS and reading.upos[word] == "NOUN" and definite and not own


def named_again(reading: Reading, cast: Cast, claims: Sequence[r.AnyClaim], said: Iterable[r.Statement]) -> list[r.AnyClaim]:
    """The claims, in order of text: contacts named again have their parties, what is confirmed or denied of them is told as such."""
    contacts, out, said = Contacts(reading, claims), list(claims), list(said)
    vouched = [(s, *found) for s in said if (found := _vouched(reading, s))]
    denied = [s for s in said if s.stance == "denies" and all(s is not v for v, _, _ in vouched)]  # of something about the contact, not of it
    named = {word: kind for _, word, kind in vouched}
    for head, number in contacts.at.items():
        claim = contacts.claim(number)
        partly = not _is_told(claim) and is_bare(reading, head) and not any(_holds(s, claim) for s in denied)
        first = contacts.before(head, named.get(head)) if partly or head in named else None
        if first is not None and not _is_of_others(reading, cast, head, claim, contacts.claim(first)):
            out[number] = _with_parties(claim, contacts.claim(first), wholly=head in named)
    acts = [c for c in claims if isinstance(c, r.EventClaim)]
    for s, word, kind in vouched:
        if any(_holds(s, c) for c in acts):
            continue
        first = contacts.before(word, kind, SENTENCES if kind is None else 1)
        if first is not None:
            out.append(_told_again(reading, contacts.claim(first), word, s))
    return sorted(out, key=lambda c: (c.anchor.start, c.anchor.end, c.__class__.__name__))


def is_again(claim: r.EventClaim) -> bool:
    """Is it a contact named again?"""
    return any(AGAIN.partition("{}")[2] in why for why in claim.why[-1:])


def _vouched(reading: Reading, s: r.Statement) -> tuple[int, str | None] | None:
    """The word that names a contact again in what somebody confirms, denies or makes known, and what it must have been; None for what its noun says."""
    made_known = s.cue is not None and reading.lemmas[head_at(reading, s.cue)].lower() in SAYING
    if s.cue is None or not (s.stance in ("confirms", "denies") or (s.stance == "asserts" and made_known)):
        return None
    head = head_at(reading, s.content)
    lemma, below = reading.lemmas[head].lower(), reading.children[head]
    subject = next((c for c in below if reading.rels[c].startswith("nsubj")), head)
    denied = s.stance == "denies" and any(reading.words[c].lower() in ("no", "any") for c in reading.children[subject])
    if is_bare(reading, subject, denied=denied) and (subject == head or lemma in TOOK_PLACE):
        return subject, None
    if subject == head:
        return (head, "") if lemma in REPORTS and not any(reading.rels[c].startswith(("nmod", "acl")) for c in below) else None
    pronoun = reading.words[subject].lower() == "it" and lemma in TOOK_PLACE
    two = any(reading.words[c].lower() in ("two", "both") for c in reading.children[subject])  # "the two ministers"
    generic = two or reading.upos[subject] in ("PRON", "NUM") or reading.lemmas[subject].lower() in GENERIC
    told = any(reading.rels[c].startswith("obl") and reading.case_of(c) in ("with", "to") for c in below)  # with whom: no contact told before
    return (head, "") if pronoun or (lemma in VERBS and generic and not told) else None


def _holds(s: r.Statement, claim: r.EventClaim) -> bool:
    return s.content.start <= claim.anchor.start < s.content.end


def _told_again(reading: Reading, claim: r.EventClaim, word: int, s: r.Statement) -> r.EventClaim:
    """The contact as what is confirmed or denied."""
    anchor = span_of(reading, word, word + 1)
    return msgspec.structs.replace(
        claim,
        anchor=anchor,
        evidence=(sentence_span(reading, word),),
        roles=r.Roles(mediator=claim.roles.mediator, third_party=claim.roles.third_party),
        deadline=None,
        condition=None,
        polarity="-" if s.stance == "denies" else "+",
        disclosure="unknown",
        confidence=min(claim.confidence, s.confidence),
        why=(f"'{anchor.text}' {AGAIN.format(claim.anchor.text)}",),
    )


def _with_parties(claim: r.EventClaim, first: r.EventClaim, *, wholly: bool) -> r.EventClaim:
    """The claim with what the contact told before it says of it; ``wholly``: whatever parties it was thought to have, such as those that confirm it."""
    if not wholly and not {*claim.actor, *claim.recipient} <= {*first.actor, *first.recipient}:
        return claim
    return msgspec.structs.replace(
        claim,
        actor=first.actor,
        recipient=first.recipient,
        mode=claim.mode or first.mode,
        when=claim.when or first.when,
        channel=first.channel if claim.channel == "unknown" else claim.channel,
        why=(*claim.why, AGAIN.format(first.anchor.text)),
    )


def _is_of_others(reading: Reading, cast: Cast, word: int, claim: r.EventClaim, first: r.EventClaim) -> bool:
    """Is a contact that "such contacts" would point at between others than those named with it ("Washington denied such contacts", of Iran and Iraq)?"""
    if not any(reading.words[c].lower() in POINTING for c in reading.children[word]):
        return False
    countries, own = ({cast.get(k).country for k in (*c.actor, *c.recipient)} - {None} for c in (first, claim))
    return bool(own and countries) and own.isdisjoint(countries)


def _is_told(claim: r.EventClaim) -> bool:
    """Does it say between whom it is?"""
    return len({*claim.actor, *claim.recipient}) >= PARTIES


def _can_be(claim: r.EventClaim, kind: str) -> bool:
    """Can a noun of that kind name the contact?"""
    if kind == "phone":
        return claim.channel in ("phone", "video") or claim.mode == "phone"
    if kind == "visit":
        return claim.mode == "visit"
    return kind != "met" or (claim.channel not in ("phone", "letter", "video") and claim.mode != "phone")
