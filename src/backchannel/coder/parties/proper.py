"""Reading -> the proper names that can stand for parties: what the reader saw, whole where it cut them short, without what is no part of a name."""

from __future__ import annotations

import re

from backchannel.coder.parties.bodies import is_short_for
from backchannel.coder.parties.places import whole_place
from backchannel.coder.parties.pronouns import ORGANISED
from backchannel.reader import Reading
from backchannel.reader.features import MARKS
from backchannel.register import Register

NOMINAL = frozenset(("NOUN", "PROPN", "ADJ"))
ARTICLES = frozenset("the a an this that these those".split())
LONGER = 6  # words by which a known name may go on
SEAT = re.compile(r"[RDI]-[A-Z][\w.]+")  # "(R-KY)" behind a member of the U.S. Congress
PARTY = re.compile(r"[(,] ?[RDI](?:-|\., ?)$")  # what stands before his state in "(R-Ohio)", ", D-Calif.", "(R., Ariz.)"
SPACES, ARTICLE, POSSESSIVE = re.compile(r"\s+"), re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE), re.compile(r"['’]s?$")

Name = tuple[int, int, str]  # first word, last exclusive, PER | ORG | LOC


def proper_names(reading: Reading, register: Register) -> list[Name]:
    """The names that can stand for parties: with a capital on a noun or adjective; countries and demonyms as places, bare titles not at all."""
    found = _own_names(reading, register)
    own = {i for lo, hi, _ in found for i in range(lo, hi)}
    for lo, hi, kind in reading.names:
        if own & set(range(lo, hi)):
            continue
        if kind != "PER" and (longer := _longest_known(reading, register, lo, hi)):
            found.append((lo, longer, "ORG"))
            own |= set(range(lo, longer))
            continue
        if (whole := whole_place(reading, register, lo, hi)) != (lo, hi) and own.isdisjoint(range(*whole)):
            (lo, hi), kind = whole, "LOC"  # "South" of "South Korean"
            own |= set(range(lo, hi))
        if kind == "PER":
            lo, hi = _from_given_name(reading, lo, hi), _whole_name(reading, lo, hi)
        lo, hi = _nominal(reading, lo, closed(reading, register, lo, _owner_end(reading, lo, hi, kind)))
        if kind == "PER" and hi < len(reading.words) and reading.heads[hi - 1] == hi and _is_body(reading.quote(lo, hi + 1), register):
            hi, kind = hi + 1, "ORG"  # "the Trump administration"
        if kind == "PER" and hi - lo > 1 and reading.words[lo].lower() in ARTICLES:
            lo += 1  # "An Israeli"
        if not any(reading.words[i][0].isupper() and reading.upos[i] in NOMINAL for i in range(lo, hi)):
            continue
        phrase = reading.quote(lo, hi)
        if SEAT.fullmatch(phrase) or is_seat(reading, lo, hi):
            continue
        if kind == "PER" and register.organisation(phrase):
            kind = "ORG"
        if register.country_of(phrase):
            found.append((lo, hi, "LOC"))
        elif kind == "MISC":
            continue
        elif kind != "PER" or not _is_title(bare(phrase), register):
            found.append((lo, hi, kind))
    return found


def is_seat(reading: Reading, lo: int, hi: int) -> bool:
    """Is it the state that somebody sits in Congress for: behind the letter of his party, or shortened in a bracket of its own ("Joe Heck (Nev.)")?"""
    start, end = reading.chars(lo, hi)
    short = reading.text[max(0, start - 1) : start] == "(" and reading.text[end - 1 : end + 1] == ".)"
    return short or PARTY.search(reading.text, max(0, start - 5), start) is not None


def _whole_name(reading: Reading, lo: int, hi: int) -> int:
    """Where a person's name ends that the reader cut short of a part which the tree has ("Saud" of "Saud al-Mojeb")."""
    head = reading.head_of(lo, hi)
    last = max((c for c in reading.children[head] if reading.rels[c].startswith("flat") and reading.words[c][0].isupper()), default=-1)
    tokens = reading.tokens
    joined = all(reading.rels[i].startswith("flat") or tokens[i].text == "-" or tokens[i].end == tokens[i + 1].start for i in range(hi, last))
    return last + 1 if last >= hi and joined else hi


def _from_given_name(reading: Reading, lo: int, hi: int) -> int:
    """Where a person's name begins that the reader cut at a mark of the nickname in it (Robert "Rocky" Kempenaar)."""
    first = reading.bounds[reading.sentence_of[lo]][0]
    opened = next((i for i in (lo - 1, lo - 3) if i > first and reading.words[i] in MARKS and sum(w in MARKS for w in reading.words[i:hi]) == 2), lo)
    return opened - 1 if opened < lo and reading.upos[opened - 1] == "PROPN" else lo


def _longest_known(reading: Reading, register: Register, lo: int, hi: int) -> int | None:
    """Where a name ends that the reader cut short of a longer one the register has ("al-Qaida" of "al-Qaida in the Arabian Peninsula", "G" of "G-7")."""
    last = min(hi + LONGER, reading.bounds[reading.sentence_of[lo]][1])
    ends = (end for end in range(last, hi, -1) if reading.words[end - 1][0].isupper() or reading.words[end - 1].isdigit())
    return next((end for end in ends if register.has_body(reading.quote(lo, end))), None)


def _is_body(phrase: str, register: Register) -> bool:
    """Is it a body called after a person ("the Putin regime", "the Clinton campaign"), not someone about him ("a Putin ally")?"""
    described = register.describe(phrase)
    return described is not None and described.kind in ORGANISED and described.kind != "state"


def _nominal(reading: Reading, lo: int, hi: int) -> tuple[int, int]:
    """A name without the small words at its edges that can be no part of one ("Dmitry Peskov confirmed")."""
    tokens = reading.tokens
    while hi - lo > 1 and reading.words[hi - 1].islower() and reading.upos[hi - 1] not in NOMINAL and tokens[hi - 1].start > tokens[hi - 2].end:
        hi -= 1  # but not by the "in" of "Jae-in"
    while lo < hi and reading.words[lo].islower() and reading.upos[lo] not in NOMINAL:
        lo += 1
    return lo, hi


def _own_names(reading: Reading, register: Register) -> list[Name]:
    """The names of the user's own actors, the longest first: the reader, trained on this world's, cuts names of another short ("Rangers of the North")."""
    found: list[Name] = []
    if not register.has_own:
        return found
    for first, end in reading.bounds:
        i = first
        while i < end:
            size = next((n for n in range(min(6, end - i), 0, -1) if reading.words[i][0].isupper() and register.own(reading.quote(i, i + n))), 0)
            if size:
                found.append((i, i + size, "PER" if register.own(reading.quote(i, i + size)) == "person" else "ORG"))
            i += size or 1
    return found


def _is_title(phrase: str, register: Register) -> bool:
    """Is the phrase a title and nothing else, its country apart? ("President", "Gondorian king", "Steward of Gondor")"""
    title = register.parse_title(phrase)
    if title is None:
        return False
    before, after = phrase[: title.start].strip(), phrase[title.end :].strip()
    return (not before or register.country_of(before) is not None) and (not after or (after.startswith("of ") and register.country_of(after[3:]) is not None))


def _owner_end(reading: Reading, lo: int, hi: int, kind: str) -> int:
    """Where a name ends that runs on into what its bearer owns: a person's at the possessive, another's when small letters follow ("Russia's alliance")."""
    mark = next((i for i in range(lo + 1, hi) if reading.words[i] in ("'s", "’s")), hi)
    return mark if kind == "PER" or not any(reading.words[i][0].isupper() for i in range(mark + 1, hi)) else hi


def closed(reading: Reading, register: Register, lo: int, hi: int) -> int:
    """The end of a stretch before a bracket that it does not close ("John McCain (R-AZ"), unless only what stands in the bracket is known, and not as the
    initials of another.
    """
    opened = next((i for i in range(hi - 1, lo, -1) if reading.words[i] in ("(", ")")), None)
    if opened is None or reading.words[opened] == ")":
        return hi
    short = hi - opened == 2 and is_short_for(reading.words[hi - 1], reading.words[lo:opened])
    inside = not short and any(register.has_body(reading.quote(i, hi)) for i in range(opened + 1, hi))
    return hi if inside and not register.has_body(bare(reading.quote(lo, opened))) else opened


def bare(phrase: str) -> str:
    """Without article and possessive ending."""
    phrase = ARTICLE.sub("", SPACES.sub(" ", phrase))
    return POSSESSIVE.sub("", phrase) or phrase
