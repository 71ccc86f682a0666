"""The title of a person beside his name: in front of it ("President Obama", "then-Senator Clinton"), in apposition ("Trump's envoy, Steve Witkoff", "Steve
Witkoff, the envoy"), shared with the names before it ("Senators Sanders and Warren").
"""

from __future__ import annotations

import re

import msgspec

from backchannel.reader import Reading
from backchannel.register import Register, Title
from backchannel.register.model import CountryWord
from backchannel.register.names import HONORIFICS, is_she

BREAKS = frozenset([",", ";", ":", ".", "—", "–", '"', "“", "”", "(", ")"])
BEFORE, AFTER = 7, 12  # words before and after a name in which its title stands
VERSED = frozenset("expert analyst specialist scholar researcher historian watcher hawk skeptic sceptic critic".split())
LEAD = 4  # words of an apposition before its title at most
OF_WHOM = re.compile(r" of (?:the )?(?:[A-Z][\w.-]*(?: (?:and|of|the))* ?)+")
STYLES = frozenset("sheikh sheik shaikh sayyed sayyid sir dame lord dr mr mrs ms".split())  # between a title and a name
FORMERLY = frozenset(("then", "ex"))  # "then-Senator"
DASHES = frozenset(("-", "–"))
UPPER = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

Placed = tuple[int, int, Title]  # words first .. last-1 in which the title stands


def core(reading: Reading, register: Register, lo: int, hi: int) -> tuple[int, int]:
    """A name without the titles that the name head took for part of it ("President Obama", "U.S. Secretary of State John Kerry"), once where a page has
    it twice and run into what follows ("Trump Donald John TrumpFederal").
    """
    words = reading.words[lo:hi]
    twice = next((i for i, w in enumerate(words) if any(v.startswith(w) and len(w) > 3 and re.match(r"[A-Z0-9]", v[len(w) :]) for v in words[i + 1 :])), None)
    hi = hi if twice is None else lo + twice + 1
    for start in range(hi - 1, lo, -1):
        phrase = reading.quote(lo, start)
        title = register.parse_title(phrase)
        rest = reading.words[start].rstrip(".").lower()
        if rest == "of":  # "Angus King of Maine" is no king
            continue
        before = title and phrase[: title.start].strip()
        if is_she(reading.words[start - 1]) is not None and (start == lo + 1 or (before and not _is_told(register, before))):
            continue  # "Amir" is a given name, too, as in "Maj. Gen. Abdul Amir Hassan"
        closed = title and (not (after := phrase[title.end :].strip()) or _is_of_land(register, after))
        if (closed and not (rest in ("jr", "sr") and start == hi - 1)) or phrase.rstrip(".").lower() in HONORIFICS:
            return start, hi
        if start > lo and reading.words[lo - 1] in ("of", "the") and hi - start > 1 and register.country_of(phrase):
            return start, hi  # "President of" "Turkiye Recep Tayyip Erdogan"
    return lo, hi


def _is_of_land(register: Register, phrase: str) -> bool:
    """Does a phrase tell of which country an office is ("of the Republic of Turkiye")?"""
    words = phrase.split()
    return words[0] == "of" and any(register.country_of(" ".join(words[n:])) for n in range(1, len(words)))


def land(reading: Reading, register: Register, lo: int, hi: int) -> CountryWord | None:
    """The country of a name, of a city with its region behind it the region's ("Lebanon, Ohio")."""
    word = register.country_of(reading.quote(lo, hi))
    beyond = register.country_of(reading.words[hi + 1]) if word and hi + 1 < len(reading.words) and reading.words[hi] == "," else None
    return beyond if beyond and beyond.what == "region" else word


def without_place(reading: Reading, register: Register, lo: int, hi: int) -> tuple[tuple[int, int], str | None]:
    """A name without the place that the name head took for part of it, and its country ("Robert Menendez of New Jersey"); a king's goes with his name."""
    of = next((i for i in range(lo + 2, hi - 1) if reading.words[i] == "of"), hi)
    place = land(reading, register, of + 1, hi) if of < hi else None
    return ((lo, of), place.iso3) if place else ((lo, hi), None)


def _is_told(register: Register, phrase: str) -> bool:
    """Is a phrase whose title follows, or another title ("Kuwaiti", "then Crown Prince and")?"""
    title = register.parse_title(phrase)
    return register.country_of(phrase) is not None or bool(title and title.closes(phrase))


def title_of(reading: Reading, register: Register, lo: int, name_lo: int, name_hi: int) -> Placed | None:
    """The title in front of a name, or in apposition after it; a rank ("Gen.", "Prince") may stand between and is the title where there is no other.
    ``lo``: where the mention begins that holds the name.
    """
    sentence = reading.bounds[reading.sentence_of[name_lo]]
    at, rank = _ranked(reading, register, sentence[0], name_lo)
    styled = name_lo - (reading.words[name_lo - 1].rstrip(".").lower() in STYLES)  # "Prime Minister Sheikh Mohammed"
    for end in dict.fromkeys((name_lo, at, styled)):  # "Crown Prince" is one title, of "Pentagon spokesman Col." the colonel is another
        found = _before(reading, register, lo if lo < end else max(sentence[0], end - BEFORE), end)
        if found and found[2].shape != "rank":
            return _single(reading, register, found) or _without_topic(reading, register, _formerly(reading, found))
    found = (
        _in_front(reading, register, sentence[0], at, name_lo, name_hi)
        or _behind(reading, register, sentence[1], name_hi)
        or _shared(reading, register, name_lo, name_hi)
    )
    if found is None:
        return (at, name_lo, rank) if rank else None
    return _without_topic(reading, register, found)


def _before(reading: Reading, register: Register, first: int, end: int) -> Placed | None:
    """The title that ends where a name begins."""
    for start in range(first, end):
        phrase = reading.quote(start, end)
        if "\n" in phrase or any(w in BREAKS for w in reading.words[start:end]):
            continue
        title = register.parse_title(phrase)
        if title and _closes(title, phrase):
            return start, end, title
    return None


def _single(reading: Reading, register: Register, found: Placed) -> Placed | None:
    """The same title of one person where it is that of several ("Foreign ministers Lavrov and Wang"), else None."""
    start, end, title = found
    phrase = reading.quote(start, end)
    one = re.sub(r"men$", "man", phrase) if phrase.endswith("men") else phrase.removesuffix("s")
    single = register.parse_title(one) if one != phrase else None
    return (start, end, single) if single and single.start == title.start and single.closes(one) else None


def _formerly(reading: Reading, found: Placed) -> Placed:
    """The title with the tense that a word joined to it by a hyphen gives it."""
    start, end, title = found
    if start > 1 and reading.words[start - 1] in ("-", "–") and reading.words[start - 2].lower() in FORMERLY and title.tense == "current":
        return start, end, msgspec.structs.replace(title, tense="former")
    return found


def _in_front(reading: Reading, register: Register, first: int, at: int, name_lo: int, name_hi: int) -> Placed | None:
    """ "Trump's special envoy, Steve Witkoff,", "the foreign minister of Vanuatu, Matai Seremaiah," """
    words = reading.words
    if at - 2 <= first or words[at - 1] != ",":
        return None
    for start in range(max(first, at - 1 - BEFORE), at - 1):
        phrase = reading.quote(start, at - 1)
        clause = any(words[i] in BREAKS or reading.upos[i] == "VERB" for i in range(start, at - 1))  # "summoned the Russian ambassador"
        title = None if clause else register.parse_title(phrase)
        if title and _closes(title, phrase) and reading.rels[reading.head_of(name_lo, name_hi)].split(":")[0] in ("appos", "flat"):
            return start, at - 1, title
    return None


def _closes(title: Title, phrase: str) -> bool:
    """Does a phrase end with the office, or with whose it is ("the foreign minister of Vanuatu")?"""
    return title.closes(phrase) or (title.of_stated and OF_WHOM.fullmatch(phrase, title.end) is not None)


def _behind(reading: Reading, register: Register, last: int, name_hi: int) -> Placed | None:
    """ "Steve Witkoff, the envoy of President Trump," but not a clause ("Kim, who invited the president") and not somebody else's ("Leadsom, Foreign Secretary
    Jeremy Hunt and ...").
    """
    words = reading.words
    if name_hi + 1 >= last or words[name_hi] != ",":
        return None
    first = name_hi + 1
    stop = next((i for i in range(first, min(last, name_hi + AFTER)) if words[i] in BREAKS), min(last, name_hi + AFTER))
    phrase = reading.quote(first, stop) if stop > first else ""
    title = register.parse_title(phrase) if phrase else None
    if not title or reading.rels[reading.head_of(first, stop)].startswith(("nsubj", "obj")):
        return None
    lead, rest = phrase[: title.start], phrase[title.end :].strip()
    verb = any(reading.upos[i] == "VERB" for i in range(first, stop) if reading.tokens[i].end <= reading.tokens[first].start + title.start)
    if " of " in lead or len(lead.split()) > LEAD or verb or rest[:1].isupper():
        return None
    return first, stop, title


def _shared(reading: Reading, register: Register, name_lo: int, name_hi: int) -> Placed | None:
    """The title of several in front of the first of the names that this one is joined to."""
    head = reading.head_of(name_lo, name_hi)
    if reading.rels[head] != "conj":
        return None
    above = reading.heads[head]
    begin = next((lo for lo, hi, kind in reading.names if kind == "PER" and lo <= above < hi), None)
    if begin is None or begin >= name_lo:
        return None
    found = _before(reading, register, max(reading.bounds[reading.sentence_of[begin]][0], begin - BEFORE), begin)
    return _single(reading, register, found) if found else None


def _ranked(reading: Reading, register: Register, first: int, name_lo: int) -> tuple[int, Title | None]:
    """Where a name begins with the rank before it, and the rank."""
    for start in range(max(first, name_lo - 3), name_lo):
        phrase = reading.quote(start, name_lo)
        title = register.parse_title(phrase)
        if title and title.shape == "rank" and not phrase[: title.start].strip() and not phrase[title.end :].strip():
            return start, title
    return name_lo, None


def country_before(reading: Reading, register: Register, name_lo: int) -> str | None:
    """The country (ISO 3166-1 alpha-3) in front of a name, by a demonym right before its rank or description ("Saudi Brig. Gen. Ahmed Ali Asiri, the
    coalition's spokesman", "ex-Russian spy Sergei Skripal").
    """
    first = reading.bounds[reading.sentence_of[name_lo]][0]
    rank, title = _ranked(reading, register, first, name_lo)
    end = rank if title else _described_from(reading, first, name_lo)
    before = (reading.quote(end - size, end).removeprefix("ex-") for size in (2, 1) if end - size >= first)
    found = (register.country_of(phrase) for phrase in before)
    return next((word.iso3 for word in found if word and (title or word.what == "demonym")), None)


def country_beside(reading: Reading, register: Register, lo: int, hi: int) -> str | None:
    """The country (ISO 3166-1 alpha-3) of an apposition to a name, by its adjective ("Richard Nephew, a former American official", "his Lebanese counterpart,
    Youssef Raggi").
    """
    head = reading.head_of(lo, hi)
    above = [reading.heads[head]] if reading.rels[head] == "appos" and reading.heads[head] < lo and reading.words[lo - 1] == "," else []
    behind = [i for i in reading.children[head] if reading.words[hi : hi + 1] == [","] and reading.rels[i] == "appos" and i >= hi]
    for noun in (i for i in (*behind, *above) if reading.upos[i] == "NOUN"):
        words = (register.country_of(reading.words[i]) for i in reading.children[noun] if reading.rels[i] == "amod" and not hyphened(reading.words, i, i + 1))
        found = next((word.iso3 for word in words if word and word.what == "demonym"), None)
        if found:
            return found
    return None


def _described_from(reading: Reading, first: int, name_lo: int) -> int:
    """Where the common nouns right before a name begin ("spy" "Sergei Skripal"); at the name where there are none."""
    start = name_lo
    while start > first and (reading.upos[start - 1] == "NOUN" or _in_word(reading, start - 1)) and reading.words[start - 1][0] not in UPPER:
        start -= 1
    return start


def _in_word(reading: Reading, i: int) -> bool:
    """Is it a part of a word with a hyphen, or the hyphen ("real-estate" magnate)?"""
    return reading.words[i] in DASHES or not DASHES.isdisjoint(reading.words[i + 1 : i + 2])


def hyphened(words: list[str], first: int, last: int) -> bool:
    """Is a name only a part of a word ("Iranian-backed", "pro-Russian", not "ex-Russian"), which tells of others than whom it is said of?"""
    before = words[max(0, first - 2) : first]
    return not DASHES.isdisjoint(words[last - 1 : last + 1]) or (bool(before) and before[-1] in DASHES and before[0].lower() not in FORMERLY)


def _without_topic(reading: Reading, register: Register, placed: Placed) -> Placed:
    """A title without the country that its bearer only knows about ("an Iran sanctions expert", not "an Iranian expert")."""
    lo, hi, title = placed
    words = (register.country_of(reading.quote(i, i + size)) for size in (1, 2) for i in range(lo, hi + 1 - size))
    topic = not VERSED.isdisjoint(title.office.lower().split()) and any(word is not None and word.what == "name" for word in words)
    return (lo, hi, msgspec.structs.replace(title, of=None, of_stated=False)) if topic else placed
