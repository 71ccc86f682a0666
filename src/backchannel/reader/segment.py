"""Text -> sentences of tokens with exact character offsets, cut as English Universal Dependencies cuts words (EWT, GUM).

Words: clitics stand alone (do|n't, Israel|'s, they|'ll), hyphenated compounds are split at the hyphen except after bound prefixes, abbreviations keep
their full stop. Sentences: a paragraph break always ends one; inside a paragraph a full stop, question or exclamation mark does when what follows can
begin a sentence and what stands before is no abbreviation; closing quotes and brackets stay with the sentence they close.
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import inf
from typing import NamedTuple

from backchannel.errors import InputError
from backchannel.reader.boundaries import begins

HALVES = re.compile("[\ud800-\udfff]")  # of characters, which no encoding can write
# Abbreviations that are followed by more of the same sentence (titles, months, units); "U.S."-like ones are decided by what follows.
TITLES = frozenset(
    "mr mrs ms dr prof sen rep gov gen col lt sgt capt cpl pvt maj adm cmdr brig hon rev fr st msgr pres amb supt insp det sec vs jr sr no nos vol pp fig al "
    "jan feb mar apr jun jul aug sept sep oct nov dec inc ltd co corp bros dept univ assn mt ft ave blvd approx est etc ca cf ed eds op art".split()
)
SURNAMES = frozenset(("sen",))  # titles that are also surnames, and so may end a sentence before a word that is no name
CAN_END = frozenset("jr sr inc ltd co corp etc al bros".split())  # these may end a sentence too
STATES = frozenset(
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo".split()
)
PREFIXES = frozenset("anti co counter cross e ex mid mini multi neo non over post pre pro re semi sub super trans ultra un u".split())
# Words that are two, with the length of the first: "can|not", and contractions written without their apostrophe
TWO = dict.fromkeys("cannot gonna gotta wanna".split(), 3) | {"im": 1, "ive": 1, "youre": 3, "theyre": 4, "thats": 4, "whats": 4}
TWO |= {w + "nt": len(w) for w in "ai are ca could did do does had has have is should was were wo would".split()}
STARTERS = frozenset(
    "the a an this that these those he she it they we i you in on at but and so if when while as after before for his her their its our my there what who how "
    "why where no not yet still also however meanwhile".split()
)

NARROWEST, WIDEST = 50, 100  # characters of the longest line of a text that is cut at a fixed width
FULL, GOES_ON = 0.7, 0.3  # how much of that a full line has, and the share of those that a small letter follows

_WORD = re.compile(
    r"""
    ([^\W\d_]+)(?=[\s,])                                         # most words, before the rest is tried
  | (?:https?://|www\.|[A-Za-z]\w{0,63}(?:\.[A-Za-z]{2,24}){1,4}/(?=\w))[^\s<>"“”]*[^\s<>"“”.,;:!?)\]']      # addresses
  | [\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*                         # mail (bounded: else quadratic in "a-a-a-...")
  | @\w+ | \#[^\W\d]\w*                                       # handles, tags
  | (?:[A-Za-z]\.){2,} | Ph\.D\.                              # U.S.  a.m.
  | (?:\d-)?(?:\d{3}-)?\d{3}-\d{4}\b                           # telephone numbers
  | (?:\d|(?<![\w.])\.\d)\d*(?:[.,:/]\d+)*(?:(?:st|nd|rd|th|s)\b)?  # 1,200.5  9:30  2010s  21st; 9|pm  5|bn
  | [^\W\d_]+\d\w*                                            # G7  MH17  S300s
  | [^\W\d_]+(?:(?:&|\.(?=[^\W\d_]{2})(?!(?<=[a-z]\.)(?!Com\b|Net\b|Org\b)[A-Z][a-z]))[^\W\d_]+)*  # words; AT&T, All.com, but not "Korea.The"
  | \w+
  | [!?]{2,} | ([=*_+~<>$])\2+                                 # runs of one mark
  | [:;=]-?[()](?![\w"“]) | (?<!\w)[:;=]-?[DPp](?!\w)          # :-)  :D
  | \.{2,}|…|--+|—|–|-|``|''|‘‘|’’
  | \S
    """,
    re.X,
)  # fmt: skip
_FIRST = re.compile(r"\s+(\w+)")
_APOSTROPHE = re.compile(r"[’'](?:[a-zA-Z]+)")
_PARAGRAPH = re.compile(r"\n[ \t\r\f\v]*\n\s*|\n")
_TERMINAL = frozenset(".?!…") | {"..", "...", "....", "?!"}
_CLOSING = frozenset("\"”’')]}»") | {"''", "’’"}
_OPENING = frozenset("\"“‘'([{«") | {"``", "‘‘"}


class Token(NamedTuple):
    """``text[start:end]`` of the report."""

    start: int
    end: int
    text: str


def sentences(text: str, start: int = 0, end: int | None = None) -> list[list[Token]]:
    """The sentences of ``text[start:end]``, each a non-empty list of tokens; offsets count from the beginning of ``text``.

    Raises:
        InputError: it is no text.

    """
    if not isinstance(text, str) or HALVES.search(text):
        raise InputError(f"{type(text).__name__} with half characters" if isinstance(text, str) else type(text).__name__, "text (str)", "decoding it first")
    cut = [tokens(text, lo, hi) for lo, hi in paragraphs(text, start, len(text) if end is None else end)]
    firsts = begins(cut, [ruled(words) for words in cut])
    return [words[a:b] for words, begun in zip(cut, firsts, strict=True) for a, b in pairwise([*begun, len(words)])]


def paragraphs(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Offsets of the paragraphs. A single line break ends one too, unless it only wraps a running sentence."""
    end = len(text) if end is None else end
    found, begin = [], start
    full = _full(text[start:end])
    for gap in _PARAGRAPH.finditer(text, start, end):
        if gap.group().count("\n") == 1 and (_wraps(text, gap.start(), gap.end(), end) or gap.start() - text.rfind("\n", 0, gap.start()) - 1 > full):
            continue
        found.append((begin, gap.start()))
        begin = gap.end()
    found.append((begin, end))
    return [(lo, hi) for lo, hi in found if text[lo:hi].strip()]


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The words and marks of ``text[start:end]``."""
    found: list[Token] = []
    at = start
    while match := _WORD.search(text, at, end):
        lo, hi = match.span()
        word = match.group()
        at = hi
        if match.lastindex == 1 and word.lower() not in TWO:
            found.append(Token(lo, hi, word))
            continue
        if word[0] in "'’" and found and found[-1].end == lo and (tail := _APOSTROPHE.match(text, lo, end)):
            at = _clitic(found, text, lo, tail.end())
            continue
        if word.isalpha() and hi < end and text[hi] == "." and _abbreviates(word, text, hi, end):
            hi += 1
            at = hi
        if first := TWO.get(word.lower()):
            found.append(Token(lo, lo + first, word[:first]))
            lo += first
        elif word == "-" and found and found[-1].end == lo and found[-1].text.lower() in PREFIXES and hi < end and text[hi].isalpha():
            previous = found.pop()
            follow = _WORD.match(text, hi, end)
            lo, hi = previous.start, follow.end() if follow else hi
            at = hi
        found.append(Token(lo, hi, text[lo:hi]))
    return found


def _clitic(found: list[Token], text: str, lo: int, hi: int) -> int:
    """Take the apostrophe and letters at ``lo:hi`` as a clitic of the word before ("n't" takes its n), as part of it (O'Brien, Sa'ar), or as a quote."""
    tail, before = text[lo:hi].lower().replace("’", "'"), found[-1]
    if tail == "'t" and before.text.lower().endswith("n") and len(before.text) > 1:
        found[-1] = Token(before.start, before.end - 1, text[before.start : before.end - 1])
        found.append(Token(before.end - 1, hi, text[before.end - 1 : hi]))
        return hi
    if tail in ("'s", "'re", "'ve", "'ll", "'d", "'m"):
        found.append(Token(lo, hi, text[lo:hi]))
        return hi
    if before.text[-1].isalpha() and len(tail) > 1:
        found[-1] = Token(before.start, hi, text[before.start : hi])
        return hi
    found.append(Token(lo, lo + 1, text[lo : lo + 1]))
    return lo + 1


def _abbreviates(word: str, text: str, hi: int, end: int) -> bool:
    """Does the full stop at ``hi`` belong to the word?"""
    low = word.lower()
    follows = text[hi + 1 : hi + 2]
    if len(word) == 1 and word.isupper():  # an initial: "Donald J. Trump", no unit: "below 2C."
        return not text[hi - 2 : hi - 1].isdigit() and follows == " " and text[hi + 2 : hi + 3].isupper()
    if low == "etc":
        return follows == "," or text[hi + 2 : hi + 3].islower()
    if word in ("b", "c", "d") and follows == " ":  # born, circa, died
        return text[hi - 2 : hi - 1] == "(" or text[hi + 2 : hi + 3].isdigit()
    if low in SURNAMES and (after := _FIRST.match(text, hi + 1, end)) and after.group(1).lower() in STARTERS:
        return False  # "... met Hun Sen. He ...": no title, which a name would follow
    if low in TITLES or low in STATES:
        if low in (
            "no",
            "art",
            "fig",
            "mar",
            "ed",
            "ill",
            "ind",
            "mass",
            "miss",
            "wash",
            "del",
            "la",
            "pa",
            "ore",
            "est",
            "jun",
            "co",
        ):
            return word[0].isupper() and (text[hi + 2 : hi + 3].isdigit() or (low not in ("no", "art") and text[hi + 2 : hi + 3].isupper()) or follows == ",")
        return bool(follows) and hi + 1 < end
    return False


def ruled(words: list[Token]) -> list[int]:
    """The words of a paragraph that begin a sentence as marks and capitals tell it."""
    found = [0]
    i = 0
    while i < len(words):
        if _ends(words, i):
            i += 1
            while i < len(words) and words[i].text in _TERMINAL:
                i += 1
            while i < len(words) and words[i].text in _CLOSING and words[i].start == words[i - 1].end:
                i += 1
            while [w.text for w in words[i : i + 3 : 2]] == ["[", "]"] and words[i + 1].text.isdigit():
                i += 3  # the number of a note: "in Oxford. [3]"
            if i < len(words) and _begins(words, i):
                found.append(i)
            continue
        i += 1
    return found


def _ends(words: list[Token], i: int) -> bool:
    """Can a sentence end with token ``i``?"""
    word = words[i].text
    if word in _TERMINAL or (word[0] in ".?!…" and not word.strip(".?!…")):
        return True
    return word.endswith(".") and len(word) > 1 and (word[:-1].lower() in CAN_END or "." in word[:-1])


def _begins(words: list[Token], i: int) -> bool:
    """Can a sentence begin with token ``i`` (its predecessor can end one)?"""
    before, word = words[i - 1], words[i]
    if word.start == before.end and not (before.text in _TERMINAL | _CLOSING and word.text.istitle() and len(word.text) > 1):
        return False  # but for a space that was lost: "North Korea.The"
    first = next((w.text for w in words[i : i + 3] if w.text not in _OPENING), "")
    if not first or (first[0].islower() and (before.text.strip(".?!") or before.text.startswith(".."))):
        return False  # small letters begin one too where people write so, but not behind a quotation ("Why?" he asked), dots or an abbreviation
    if before.text.endswith(".") and len(before.text) > 1:  # after "U.S." or "Corp.": only before a word that rarely follows inside a sentence
        return first.lower() in STARTERS or (word.text in ("“", '"') and first[0].isupper())
    return True


def _full(text: str) -> float:
    """From how many characters on a line is full, where all are cut at a fixed width, as in mails and old wires: none is long, and of the full ones some
    go on with a small letter. Infinite elsewhere.
    """
    lines = text.split("\n")
    widest = max(map(len, lines))
    if not NARROWEST <= widest <= WIDEST:
        return inf
    after = [below.lstrip()[:1] for line, below in pairwise(lines) if len(line) > FULL * widest and below.strip()]
    return FULL * widest if len(after) > 2 and sum(c.islower() for c in after) > GOES_ON * len(after) else inf


def _wraps(text: str, lo: int, hi: int, end: int) -> bool:
    """Does the line break at ``lo:hi`` stand inside a running sentence? (a long line without final mark, then a small letter)"""
    before = text[max(0, lo - 1) : lo]
    return hi < end and text[hi].islower() and before not in '.?!:"”' and lo - (text.rfind("\n", 0, lo) + 1) > 40
