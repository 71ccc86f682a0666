"""Contacts -> who took the initiative, where the words say it (records.md: contacts); left open where they do not.

"At Washington's request", "on the initiative of the Russian side", "initiated by Paris", "Baku had asked for the meeting"; who telephones, or from whom a call
comes, where nobody is said to have asked for it. A visit does not say who wanted it, and an invitation is an act of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from backchannel import records as r
from backchannel.coder.contacts.again import Contacts
from backchannel.coder.parties.cast import Cast
from backchannel.coder.syntax.dependents import RELATIVE, agent, behind, meant_by
from backchannel.coder.syntax.negation import is_negated
from backchannel.coder.syntax.passives import NOUNS
from backchannel.reader import Reading

WISHES = frozenset("request initiative behest urging suggestion proposal instigation insistence".split())
ON = frozenset(("at", "on", "upon", "by"))
INITIATING = frozenset("initiate request propose seek ask".split())
ASKING = WISHES | INITIATING
PHONING = frozenset("telephone phone call ring".split())
COMING = frozenset("come belong".split())  # "the initiative came from Paris"


def with_initiative(reading: Reading, cast: Cast, claims: Sequence[r.AnyClaim]) -> list[r.AnyClaim]:
    """The claims; contacts with who asked for them, and the asking with who asked whom."""
    contacts, out = Contacts(reading, claims), list(claims)
    asked: dict[int, tuple[str, ...]] = {}
    wishes = {reading.starts[i] for i in reading.having(WISHES)}
    for word in reading.having(ASKING):
        for noun, owners in (*_by_wish(reading, cast, word), *_by_verb(reading, cast, word)):
            number = _contact(contacts, word) if noun is None else contacts.meant(noun)
            if number is not None:  # of nobody who is known: then the caller is not who wanted it, either
                asked[number] = tuple(dict.fromkeys((*asked.get(number, ()), *owners)))
    for head, number in contacts.at.items():
        if number not in asked and (caller := _caller(reading, cast, head)):
            asked[number] = caller
    for number, owners in asked.items():
        claim = contacts.claim(number)
        about = tuple(t for t in claim.roles.topic if not _is_wish(t))
        out[number] = msgspec.structs.replace(claim, roles=msgspec.structs.replace(claim.roles, initiative=owners, topic=about))
        for n, asking in enumerate(out):
            if owners and isinstance(asking, r.EventClaim) and asking.event == "REQUEST" and asking.anchor.start in wishes and _one_sentence(asking, claim):
                own = {cast.get(k).country for k in owners} | {None}
                others = tuple(k for k in (*claim.actor, *claim.recipient) if cast.get(k).country not in own)
                out[n] = msgspec.structs.replace(asking, mode="meet", actor=owners, recipient=others)
    return out


def _one_sentence(a: r.EventClaim, b: r.EventClaim) -> bool:
    return a.evidence[:1] == b.evidence[:1]


# ------------------------------------------------------------------ what asks
Asked = tuple[int | None, tuple[str, ...]]  # the noun that names the contact (None: the contact that the word hangs from), and who asked for it


def _by_wish(reading: Reading, cast: Cast, word: int) -> Iterator[Asked]:
    """ "at Washington's request", "on the initiative of Tehran", "the initiative for the call came from Paris"."""
    if reading.lemmas[word].lower() not in WISHES or reading.upos[word] != "NOUN":
        return
    above = reading.heads[word]
    if reading.case_of(word) in ON:
        yield None, _owners(reading, cast, word)
    elif reading.rels[word].startswith("nsubj") and reading.lemmas[above].lower() in COMING and not is_negated(reading, above):
        noun = next((c for c in reading.children[word] if reading.lemmas[c].lower() in NOUNS), None)
        sources = (c for c in reading.children[above] if reading.rels[c] == "obl" and reading.case_of(c) in ("from", "to"))
        if noun is not None:
            yield noun, next((_keys(reading, cast, c) for c in sources), ())


def _by_verb(reading: Reading, cast: Cast, word: int) -> Iterator[Asked]:
    """ "the call was initiated by Paris", "a meeting requested by Baku", "Baku had asked for the meeting"."""
    lemma = reading.lemmas[word].lower()
    if reading.upos[word] != "VERB" or lemma not in INITIATING or is_negated(reading, word):
        return
    below = reading.children[word]
    by = agent(reading, word)
    if by is not None:
        passive = next((c for c in below if reading.rels[c] == "nsubj:pass" and reading.lemmas[c].lower() in NOUNS), None)
        if passive is not None or reading.rels[word].startswith("acl"):
            yield passive, _keys(reading, cast, by)
        return
    what = (c for c in below if (reading.rels[c] == "obj" and lemma != "ask") or (lemma == "ask" and reading.case_of(c) == "for"))
    noun = next((c for c in what if reading.lemmas[c].lower() in NOUNS), None)
    subject = next((c for c in below if reading.rels[c] == "nsubj"), None)
    if noun is not None and subject is not None:
        yield noun, _keys(reading, cast, meant_by(reading, word, subject))


def _caller(reading: Reading, cast: Cast, head: int) -> tuple[str, ...]:
    """Who telephones whom, or from whom a call comes."""
    below = reading.children[head]
    if reading.upos[head] == "VERB":
        subject = next((c for c in below if reading.rels[c] == "nsubj"), None)
        phoned = any(reading.rels[c] == "obj" and c in cast.at for c in below) and reading.lemmas[head].lower() in PHONING
        return _keys(reading, cast, subject) if phoned and subject is not None else ()
    if reading.lemmas[head].lower() != "call":
        return ()
    words = (head, reading.heads[head]) if reading.rels[head] == "obj" else (head,)
    sender = next((c for w in words for c in behind(reading, w, "from")), None)
    return _keys(reading, cast, sender) if sender is not None else ()


# ------------------------------------------------------------------ helpers
def _contact(contacts: Contacts, word: int) -> int | None:
    """The contact that a word is said of: named above it, beside it under the same verb, or by the subject of that verb."""
    reading, i = contacts.reading, word
    while reading.heads[i] != i:
        i = reading.heads[i]
        subject = next((c for c in reading.children[i] if reading.rels[c].startswith("nsubj")), None)
        beside = (c for c in reading.children[i] if reading.rels[c] == "obj" or c == subject)
        for named in (i, *beside):
            number = contacts.before(named, "", 1) if reading.words[named].lower() == "it" else contacts.meant(named)
            if number is not None:
                return number
        if subject is not None and reading.words[subject].lower() not in RELATIVE:
            return None
    return None


def _owners(reading: Reading, cast: Cast, word: int) -> tuple[str, ...]:
    """Whose wish it is: "Baku's", "of the Russian side", "Russian"; "the latter's" is that of the party named last."""
    for c in reading.children[word]:
        rel = reading.rels[c]
        if rel in ("nmod:poss", "amod", "compound") or (rel == "nmod" and reading.case_of(c) == "of"):
            if reading.words[c].lower() == "latter" or any(reading.words[d].lower() == "latter" for d in reading.children[c]):
                return next((keys[-1:] for _, last, keys in reversed(cast.spans) if last <= min(reading.subtree(c))), ())
            keys = _keys(reading, cast, c)
            if keys:
                return keys
    return ()


def _keys(reading: Reading, cast: Cast, head: int) -> tuple[str, ...]:
    """Who is named at a word, with those joined to it; else by what describes it ("the Azerbaijani side")."""
    joined = (head, *(c for c in reading.children[head] if reading.rels[c] == "conj"))
    described = (c for c in reading.children[head] if reading.rels[c] in ("amod", "compound"))
    return next((found for words in (joined, described) if (found := tuple(dict.fromkeys(k for w in words for k in cast.at.get(w, ()))))), ())


def _is_wish(span: r.Span) -> bool:
    return any(w.lower() in WISHES for w in span.text.split())
