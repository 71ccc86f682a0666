"""Reading -> mention spans: the stretches of words that stand for parties, before anybody asks for whom.

The party head proposes, names outside its spans are added, then pairs ("the two leaders") and the demonyms and capitals the register knows.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from backchannel.coder.parties.bodies import attached, unquoted
from backchannel.coder.parties.groups import EACH, NUMBERS, SIZES, is_bare_two, is_group
from backchannel.coder.parties.places import whole_place
from backchannel.coder.parties.pronouns import NEUTRAL, PERSONAL, PLURAL, SPEAKER
from backchannel.coder.parties.proper import ARTICLES, NOMINAL, Name, bare, closed, is_seat, proper_names
from backchannel.coder.parties.titles import hyphened
from backchannel.coder.parties.twos import PAIRS
from backchannel.reader import Reading
from backchannel.register import Register

OF = frozenset(("of", "from", "in"))
AMONG = ("including", "like", "as")  # before one of those spoken of
# Odds of "no party" where none is sure: who is no mention takes part in nothing, and one too many seldom does. gold/dev (in brackets held-out) recipients
# 0.612 -> 0.631 [0.717 -> 0.714], actors 0.774 -> 0.779 [0.798 -> 0.800], flat from 0.15 to 0.5.
OUTSIDE = 0.25

OTHERS = frozenset(("person", "people", "office", "government", "military", "party"))  # kinds of who goes by another's name
PEOPLED = frozenset(("people", "military", "armed_group", "company", "ngo", "party", "media"))  # kinds of actors that are of a country, but not it

# What is fired or dropped: of annotated acts whose subject it is the owner does 17 that name one, the thing itself does one; warplanes, ships and tanks do act.
MUNITIONS = frozenset("bomb drone grenade missile mortar munition projectile rocket shell torpedo uav warhead".split())
NUMBERED = {"two", "both", *NUMBERS, *SIZES, *EACH}


def mention_spans(reading: Reading, register: Register) -> list[tuple[int, int, Name | None]]:
    """Stretches that stand for parties: (first, last exclusive, the name inside them or None), no overlaps, in order.

    Party spans come first; names outside them are added; so are demonym adjectives that stand for a state ("Russian attacks").
    """
    proper = proper_names(reading, register)
    names = {i: n for n in proper for i in range(n[0], n[1])}
    acts = 1.0 - reading.probabilities("event")[:, 0]
    taken: set[int] = set()
    found: list[tuple[int, int, Name | None]] = []
    for lo, hi in _with_their_names(reading, names):
        lo, hi = _phrase(reading, *_trim(reading, lo, hi), taken)
        if lo >= hi:
            continue
        if hi - lo == 1 and reading.words[lo][0].isupper():
            lo, hi = whole_place(reading, register, lo, hi)  # "North" of "North Korean"
        hi = closed(reading, register, lo, hi)
        hi = attached(reading, lo, _to_last(reading, lo, _to_noun(reading, register, lo, hi)))
        head = reading.head_of(lo, hi)
        if not any(i in names for i in range(lo, hi)) and (reading.upos[head] not in NOMINAL or acts[head] > 0.5):
            continue  # function words and acts ("visit") are no parties
        if reading.lemmas[head].lower() in MUNITIONS and reading.upos[head] == "NOUN":
            continue  # a missile acts for whose it is, named beside it or not
        inside = [names[i] for i in range(lo, hi) if i in names]
        if inside:
            lo, hi = min(lo, *(n[0] for n in inside)), max(hi, *(n[1] for n in inside))
        if lo >= hi or taken & set(range(lo, hi)) or all(reading.words[i].lower() in PERSONAL | NEUTRAL | PLURAL | SPEAKER for i in range(lo, hi)):
            continue
        taken.update(range(lo, hi))
        for a, b in _each(reading, register, lo, hi, list(dict.fromkeys(inside))):
            own = [n for n in inside if a <= n[0] and n[1] <= b]
            if not own and (first := a + (reading.words[a].lower() in ARTICLES)) < b and register.country_of(reading.quote(first, b)):
                own = [(first, b, "LOC")]  # "Dutch", cut from "Dutch and German ministers", that the name head passed over
            office = reading.words[b - 1].lower() == "office"  # "the Prime Minister's Office" is one party
            owner = None if office else next((n for n in own if n[1] + 1 < b and reading.words[n[1]] in ("'s", "’s")), None)
            if owner and (top := reading.head_of(a, b)) < owner[0] and (top in names or reading.upos[top] == "NOUN"):
                owner, own = None, [names[top]] if top in names else []  # "an adviser to Iran's supreme leader" is neither Iran nor its leader
            if owner:  # "Trump's special envoy": the owner is one party, what he owns another
                found.append((owner[0], owner[1], owner))
                a, own = owner[1] + 1, [n for n in own if n[0] > owner[1]]
            person = next((n for n in reversed(own) if n[2] == "PER"), None)
            if person and (_is_of(reading, a, b, person) or _is_before(reading, register, a, b, person)):  # "a lawyer for Donald Trump" is somebody else
                person, own = None, []
            found.append((a, b, person or (own[-1] if own else None)))
    for name in proper:
        lo, hi, _ = name
        if taken & set(range(lo, hi)):
            continue
        found.append((lo, hi, name))
        taken.update(range(lo, hi))
    for lo, hi in _pairs(reading, taken):
        found.append((lo, hi, None))
        taken.update(range(lo, hi))
    for i, word in enumerate(reading.words):
        if i in taken or not word[0].isupper() or reading.upos[i] not in ("ADJ", "PROPN", "NOUN"):
            continue
        end = reading.bounds[reading.sentence_of[i]][1]
        sizes = (n for n in (3, 2, 1) if i + n <= end and reading.upos[i + n - 1] != "PUNCT" and not taken & set(range(i, i + n)))
        size = next((n for n in sizes if register.country_of(reading.quote(i, i + n))), 0)
        if (size and not is_seat(reading, i, i + size)) or _is_force(reading, register, i):
            found.append((i, i + (size or 1), (i, i + (size or 1), "LOC" if size else "ORG")))
            taken.update(range(i, i + (size or 1)))
    return sorted(found, key=lambda s: s[0])


def _is_force(reading: Reading, register: Register, i: int) -> bool:
    """Is word ``i`` the whole name of an armed group or international body the register has, and no part of a longer word ("M23", "the Taliban")?"""
    body = register.organisation(reading.words[i]) if reading.upos[i] in ("PROPN", "ADJ") and not hyphened(reading.words, i, i + 1) else None
    return body is not None and body.kind in ("armed_group", "igo")


def _doubtful(reading: Reading) -> list[tuple[int, int]]:
    """The party head's spans in order, and those beside them that it is less sure of."""
    sure = reading.spans("party")
    taken = {i for lo, hi in sure for i in range(lo, hi)}
    return sorted([*sure, *(s for s in reading.spans_at("party", outside=OUTSIDE) if taken.isdisjoint(range(*s)))])


def _with_their_names(reading: Reading, names: dict[int, Name]) -> list[tuple[int, int]]:
    """The party head's spans; one that describes the person whose name comes next ("his Turkish counterpart" "Hakan Fidan") goes on to the end of the name,
    where the two hang together in the tree.
    """
    found: list[tuple[int, int]] = []
    for lo, hi in _doubtful(reading):
        if found and lo < found[-1][1]:
            continue  # the name that the span before went on to
        name = names.get(hi)
        if name and name[2] == "PER" and name[0] == hi and not any(i in names and names[i][2] == "PER" for i in range(lo, hi)):
            described, named = reading.head_of(lo, hi), reading.head_of(*name[:2])
            if reading.upos[described] == "NOUN" and (reading.heads[named] == described or reading.heads[described] == named):
                hi = name[1]
        found.append((lo, hi))
    return found


def _to_last(reading: Reading, lo: int, hi: int) -> int:
    """The end of a mention with all names of the list it breaks off in: "diplomats from Britain, France" goes on to "and Germany"."""
    head = reading.head_of(lo, hi)
    below = [i for i in range(lo, hi) if i != head and reading.upos[i] == "PROPN" and reading.rels[i] == "nmod"]
    rest = [c for i in below for c in reading.children[i] if reading.rels[c] == "conj" and c >= hi and reading.upos[c] == "PROPN"]
    return max((w + 1 for c in rest for w in reading.subtree(c)), default=hi) if rest and reading.upos[head] == "NOUN" else hi


def _is_of(reading: Reading, lo: int, hi: int, name: Name) -> bool:
    """Is a name only whose somebody is ("supporters of Imran Khan", "forces loyal to Khalifa Haftar")?"""
    head, named = reading.head_of(lo, hi), reading.head_of(*name[:2])
    below = head < name[0] and reading.upos[head] == "NOUN" and lo <= reading.heads[named] < hi and reading.rels[named].split(":")[0] in ("nmod", "obl")
    return below and reading.case_of(named) not in ("", *AMONG)


def _is_before(reading: Reading, register: Register, lo: int, hi: int, name: Name) -> bool:
    """Is a name only whose somebody is, before his noun ("Obama aides", "a McCain spokeswoman", "Angela Merkel's office")?"""
    head, named = reading.head_of(lo, hi), reading.head_of(*name[:2])
    if head < name[1] or reading.upos[head] != "NOUN" or reading.heads[named] not in range(name[1], head + 1):
        return False
    told = register.describe(bare(reading.quote(lo, hi)))
    several = "Number=Plur" in reading.feats[head]  # "Trump associates"
    return several or (told is not None and told.entity is None and told.kind in OTHERS)


def _pairs(reading: Reading, taken: set[int]) -> Iterator[tuple[int, int]]:
    """ "The two leaders", "both countries" that the party head passed over."""
    for i, word in enumerate(reading.words):
        if word.lower() not in NUMBERED:
            continue
        lo = i - 1 if i and reading.words[i - 1].lower() in ARTICLES else i
        for hi in (i + 1, i + 2, i + 3):
            end = reading.bounds[reading.sentence_of[i]][1]
            told = PAIRS.match(phrase := reading.quote(lo, hi)) or is_group(phrase) or is_bare_two(reading, lo, hi) if hi <= end else None
            if told and not taken & set(range(lo, hi)):
                yield lo, hi
                break


def _phrase(reading: Reading, lo: int, hi: int, taken: set[int]) -> tuple[int, int]:
    """A party span grown to the left over the determiners, numbers and adjectives of its head noun ("the two leaders"), without loose ends."""
    if lo >= hi:
        return lo, hi
    head = reading.head_of(lo, hi)
    if reading.upos[head] == "NOUN":
        while (
            lo - 1 >= 0
            and lo - 1 not in taken
            and (
                (reading.heads[lo - 1] == head and reading.rels[lo - 1] in ("det", "nummod", "amod", "nmod:poss"))
                or reading.words[lo - 1].lower() in ("two", "both")
            )
        ):
            lo -= 1
    if hi - lo == 1 and reading.words[lo].lower() in ARTICLES:
        return lo, lo
    while hi > lo and reading.upos[hi - 1] in ("CCONJ", "ADP", "AUX", "PUNCT", "DET", "SCONJ"):
        hi -= 1
    while hi > lo and reading.upos[lo] in ("CCONJ", "ADP", "AUX", "PUNCT", "SCONJ"):
        lo += 1
    if 0 < lo < hi and reading.quote(lo - 1, lo + 1).lower() == "at least":
        lo -= 1
    return (lo, hi) if any(reading.upos[i] in NOMINAL or reading.upos[i] == "NUM" for i in range(lo, hi)) else (lo, lo)


def _to_noun(reading: Reading, register: Register, lo: int, hi: int) -> int:
    """Where a party span ends that stopped at an adjective ("outside" powers): at its noun; that of a country at a noun for people ("American" companies)."""
    noun = reading.heads[hi - 1]
    if reading.upos[hi - 1] != "ADJ" or reading.rels[hi - 1] != "amod" or noun < hi or reading.upos[noun] not in ("NOUN", "PROPN"):
        return hi
    if any(reading.heads[i] != noun and i != noun for i in range(hi, noun + 1)):
        return hi
    told = register.describe(reading.quote(lo, noun + 1))
    if register.country_of(bare(reading.quote(lo, hi))) and not (told and told.kind in PEOPLED):
        return hi
    return noun + 1


def _each(reading: Reading, register: Register, lo: int, hi: int, names: list[Name]) -> list[tuple[int, int]]:
    """A party span that holds two names joined by "and" or a comma ("Putin and Netanyahu", "ministers of Chad and Niger") as one stretch for each; but who
    is of both ("diplomats from Britain and France") is one.
    """
    head = reading.head_of(lo, hi)
    if names and head < (first := min(names))[0] and reading.upos[head] == "NOUN" and first[2] == "LOC":
        case = reading.case_of(reading.head_of(*first[:2]))
        if case in OF and not (case == "of" and "Number=Plur" in reading.feats[head]):
            return [(lo, hi)]
    cuts = []
    last_person = max((n[0] for n in names if n[2] == "PER"), default=-1)
    for one, two in itertools.pairwise(_not_before_a_person(reading, sorted(names))):
        joint = _joint(reading, one, two)
        described = joint == one[1] and one[2] == "PER" and one[0] < last_person and reading.words[joint] == ","  # "Witkoff, the envoy of U.S. President Trump"
        listed = joint == one[1] and (one[2], two[2]) == ("ORG", "LOC") and reading.upos[head] == "PROPN" and _is_union(reading, register, one)
        if joint is not None and (one[2] == two[2] or described or listed or (one[2], two[2]) == ("ORG", "PER")):
            cuts.append(joint)
    if any(n[2] == "PER" for n in names) and reading.words[lo].lower() in ARTICLES:  # "the ministry and (Kremlin) spokesman X"
        joint = next((i for i in range(min(names)[0] - 1, lo, -1) if reading.words[i].lower() == "and"), None)
        cuts[:0] = [joint] if joint is not None and any(reading.upos[i] in ("NOUN", "PROPN") for i in range(lo, joint)) else []
    cuts += _before_some(reading, lo, names)
    edges = [lo, *sorted({*cuts, *_before_one_noun(reading, register, lo, hi)}), hi]
    parts = [_trim(reading, a if n == 0 else a + 1, b) for n, (a, b) in enumerate(itertools.pairwise(edges))]
    return [(a, b) for a, b in parts if a < b]


def _is_union(reading: Reading, register: Register, name: Name) -> bool:
    """Is it an international body, which stands beside states in a list ("the European Union, Canada and Mexico")?"""
    body = register.organisation(reading.quote(*name[:2]))
    return body is not None and body.kind == "igo"


def _before_some(reading: Reading, lo: int, names: list[Name]) -> list[int]:
    """The word behind which a span of several goes on to some of them by name ("officials, including Mike Pompeo", "activists, Joshua Wong and Ivan Lam")."""
    first = min(names)[0] if names else lo
    apposed = names and reading.rels[reading.head_of(*min(names)[:2])] == "appos"
    words = [i for i in range(lo + 1, first) if reading.words[i].lower() in ("including", "like") or (apposed and reading.upos[i] == "PUNCT")]
    head = reading.head_of(lo, words[0]) if words else lo
    return words[:1] if reading.upos[head] == "NOUN" and "Number=Plur" in reading.feats[head] else []


def _joint(reading: Reading, one: Name, two: Name) -> int | None:
    """The word that joins two names."""
    return next((i for i in range(one[1], two[0]) if reading.words[i].lower() in ("and", "or", "&", ",")), None)


def _not_before_a_person(reading: Reading, names: list[Name]) -> list[Name]:
    """Names, without those that only tell whose the person next to them is ("Kremlin" spokesman "Dmitry Peskov")."""
    whose = {one for one, two in itertools.pairwise(names) if one[2] != "PER" and two[2] == "PER" and _joint(reading, one, two) is None}
    return [name for name in names if name not in whose]


def _before_one_noun(reading: Reading, register: Register, lo: int, hi: int) -> Iterator[int]:
    """The joints of a span that begins with a country and goes on with another party before their one noun ("the U.S. and Taliban representatives")."""
    start = lo + (reading.words[lo].lower() in ARTICLES)
    for i in range(start + 1, hi - 1):
        known = reading.words[i].lower() in ("and", "&", ",") and register.country_of(reading.quote(start, i))
        if known and (any(register.country_of(reading.quote(i + 1, i + n)) for n in (3, 2) if i + n <= hi) or _is_force(reading, register, i + 1)):
            yield i
            start = i + 1


def _trim(reading: Reading, lo: int, hi: int) -> tuple[int, int]:
    """Without marks and possessive endings at the edges."""
    drop = {",", ".", ";", ":", "'s", "’s", "'", "’", '"', "“", "”", "-", "—", "–", "(", ")"}
    while lo < hi and reading.words[lo] in drop:
        lo += 1
    while hi > lo and reading.words[hi - 1] in drop:
        hi -= 1
    return lo, unquoted(reading, lo, hi)
