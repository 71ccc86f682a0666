"""A name as written -> the keys it is looked up by: folded (case, accents, hyphens), a transliteration skeleton, surnames, without titles."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files

# Word lists of all of the register: data/words.toml.
WORDS: dict[str, frozenset[str]] = {
    key: frozenset(words) for key, words in tomllib.loads((files("backchannel.register") / "data/words.toml").read_text(encoding="utf-8")).items()
}

_SPECIAL = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ħ": "h", "ŋ": "n", "ə": "a"})
_MARKS = str.maketrans({**dict.fromkeys("-–—‐‑/_", " "), **dict.fromkeys("'’‘ʻʼ`´\".,;:()[]“”", None)})
_MARKED = re.compile(f"[{re.escape(''.join(map(chr, _MARKS)))}]")

# Where the family name stands first (checked against the factbook's capitals).
FAMILY_FIRST = frozenset({"CHN", "PRK", "KOR", "TWN", "HKG", "VNM", "KHM"})
TWO_SURNAMES = WORDS["two_surnames"]
PARTICLES = WORDS["particles"]
DYNASTIES = WORDS["dynasties"]
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
GENERATIONS = frozenset({"jr", "sr"})  # what tells a father from his son

_MINISTRY = {"defence": "defense", "external": "foreign", "internal": "interior"}

# Stripped from the front of a name before it is looked up; offices are parsed in offices.py.
HONORIFICS = WORDS["honorifics"]

# A first name that tells nobody apart: the whole name must agree.
_COMMON_FIRST = re.compile(r"mo?u?ham|abd|sheikh|maria|jose$|juan$|al$|el$")

# Transliteration: spellings of one sound, applied in order to the folded name (Zelensky, Zelenskyy, Zelenskiy; Qassem, Kassem; Gaddafi, Qadhafi).
_SOUNDS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"\b(?:al|el|ad|ash|as|ar|az)\s+", ""), (r"moh?amm?[ae]d|muh?amm?[ae]d|mehmed", "mhmd"), (r"dh|zh", "z"), (r"kh|gh", "h"), (r"ph", "f"),
        (r"q|ck", "k"), (r"tch|ch|cz", "c"), (r"sch|sh|sz", "s"), (r"ou|oo|u", "u"), (r"ee|ie|iy|yi|yy|ii|ij|ei|ey|ai|ay|y", "i"), (r"aa", "a"),
        (r"w", "v"), (r"j", "i"), (r"(.)\1+", r"\1"), (r"h\b|(?<=[aeiou])h(?=[aeiou])", ""), (r"i+", "i"),
    )
)  # fmt: skip


@lru_cache(maxsize=20_000)  # one look-up folds the same name half a dozen times
def fold(name: str) -> str:
    """Lower case, no accents, hyphens as spaces, no other marks, no leading "the": the key of exact look-up."""
    text = name.lower()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text.translate(_SPECIAL)) if not unicodedata.combining(c)).lower()
    if _MARKED.search(text):  # most have none, and looking is faster than translating
        text = text.translate(_MARKS)
    text = " ".join(text.split())
    return text[4:] if text.startswith("the ") else text


def skeleton(name: str) -> str:
    """The folded name with transliteration variants made one; looked up only when the exact key finds nothing."""
    text = fold(name)
    for pattern, put in _SOUNDS:
        text = pattern.sub(put, text)
    return text


def ministry_key(key: str) -> str:
    """One key for what a ministry is called: "ministry of foreign affairs", "foreign affairs ministry" -> "foreign ministry"; of defence in one spelling."""
    words = [_MINISTRY.get(w, w) for w in key.split() if w not in ("ministry", "of", "for", "the", "affairs")]
    words = [w for w in words if w != "national" or "defense" not in words]
    return f"{' '.join(words)} ministry" if "ministry" in key.split() and words else key


def strip_titles(name: str) -> str:
    """The name without what stands in front of it ("Gen. ", "Prime Minister "); at least one word is kept."""
    words = name.split()
    while len(words) > 1 and _is_honorific(words[0]):
        words = words[1:]
    return " ".join(words)


@lru_cache(maxsize=4_000)
def _is_honorific(word: str) -> bool:
    return fold(word) in HONORIFICS


def without_possessive(word: str) -> str:
    """Without the possessive: "Iran's" -> "Iran", "the Philippines'" -> "the Philippines"."""
    if word.endswith(("'s", "’s")):
        return word[:-2]
    return word[:-1] if word.endswith(("s'", "s’")) else word


@lru_cache(maxsize=20_000)  # asked of every person of a report for every surname in it
def surnames(name: str, country: str | None = None) -> tuple[str, ...]:
    """Folded family names a report may use alone, most usual first."""
    words = [w for w in fold(name.split(" of ")[0]).split() if w not in _SUFFIXES]
    if len(words) < 2:
        return tuple(words)
    if country in FAMILY_FIRST:
        return (words[0],)
    found = [words[-1]]
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    if start < len(words) - 1:
        found.append(" ".join(words[start:]))
    if country in TWO_SURNAMES and len(words) >= 3 and start == len(words) - 1:
        found += [" ".join(words[-2:]), words[-2]]
    return tuple(found)


def first_last(name: str) -> str:
    """First and last word only: "Vladimir Vladimirovich Putin" -> "vladimir putin"; used to merge one person across tables."""
    words = [w for w in fold(name).split() if w not in _SUFFIXES and len(w) > 1]
    if words and (_COMMON_FIRST.match(words[0]) or words[-1] in DYNASTIES):
        return " ".join(words)
    return f"{words[0]} {words[-1]}" if len(words) > 1 else " ".join(words)


def is_she(name: str, before: str = "") -> bool | None:
    """Is "she" said of a person (else "he")? By the word before the name ("Mrs.") and the given name; null when neither tells."""
    word, given = fold(before), fold(name.split()[0]) if name.split() else ""
    if word in WORDS["called_she"] or word in WORDS["called_he"]:
        return word in WORDS["called_she"]
    return given in WORDS["women"] if given in WORDS["women"] or given in WORDS["men"] else None
