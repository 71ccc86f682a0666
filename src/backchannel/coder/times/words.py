"""A text -> its words, each with its class of times.toml: numbers, months, units, years in words; words that only sometimes are times are decided here.

The classes of a text are one string, a character a word (``letters``), over which the rules of matching.py are ordinary regular expressions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from backchannel.coder.times.calendar import CENTURIES, DECADES, ORDINALS, SCALES, SMALL, TENS, Tokens, Word, data, spelled_year

TOKEN = re.compile(
    r"""[ap]\.\s?m\b\.? | o['’]clock\b | w/[ce]\b | [QqHh][1-4]\b(?![\d.]) | [^\W\d_]{1,40}(?:['’](?!s\b)[a-z]{1,3}\b)? |
    \d{1,3}½ | (?<![\d/.])(?<!\d-)(?:\d{4}-\d{1,2}-\d{1,2}(?!-?\d|/)|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)) |
    (?<![\d/.-])(?:\d{4}/\d{1,2}/\d{1,2}|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}\.\d{1,2}\.\d{4})(?![\d/-]) |
    \d{1,2}/\d{1,2}/\d{2,4}(?!\d) | 9/11\b | \d{1,2}/\d{1,2}(?![\d/]|\.\d) | \d{1,2}:\d{2}(?!\d) | \d{1,3}(?:,\d{3}){1,4}(?!\d) |
    (?:1[5-9]|20)\d0[ ]s\b |
    ['’]?\d{2,4}s\b | ['’]?\d{1,3}0['’]s\b | \d{1,12}(?:\.\d{1,6})?(?=(?:h|hrs?|mins?|secs?|yrs?|hours?|minutes?|days?|weeks?|months?|years?)\b) |
    \d{1,12}(?:\.\d{1,6})?(?:st|nd|rd|th)?\b | \d{1,12} | ['’]\d\d\b | ['’]s\b |
    \n[ \t\r]{0,200}\n | [^\w\s]""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip  # fmt: skip


@cache
def letters() -> dict[str, str]:
    """A character for each word class."""
    names = [
        *data()["words"],
        "DAY",
        "NUM",
        "YEAR",
        "ORD",
        "DECADE",
        "ISO",
        "NAMED",
        "SLASH",
        "SLASHNUM",
        "CLOCK",
        "AMPM",
        "SHORTYEAR",
        "HYPHEN",
        "COMMA",
        "DOT",
        "POSS",
        "PARTOF",
    ]
    return {name: chr(0x4E00 + i) for i, name in enumerate(names)}


@cache
def lexicon() -> dict[str, str]:
    """Word, lower case -> class."""
    words = {word: name for name, list_ in data()["words"].items() for word in list_}
    words |= dict.fromkeys([*SMALL, *TENS, *SCALES, "million", "billion"], "NUM") | dict.fromkeys(ORDINALS, "ORD") | dict.fromkeys(DECADES, "DECADE")
    words |= {
        "½": "HALF",
        "one": "ONE",
        "-": "HYPHEN",
        "–": "HYPHEN",
        "—": "HYPHEN",
        ",": "COMMA",
        ".": "DOT",
        "'s": "POSS",
        "’s": "POSS",
        "am": "AMPM",
        "pm": "AMPM",
    }
    words.pop("second", None)
    return words | {"second": "ORD"}


def tokenise(text: str, start: int, end: int) -> Tokens:
    """The words between two offsets with their classes; unknown words are "_"."""
    known, letter, words, classes = lexicon(), letters(), [], []
    for m in TOKEN.finditer(text, start, end):
        word = m.group()
        low = word.lower()
        cls = known.get(low)
        if cls is None:
            cls = (number_class(low) if low[0].isdigit() or low[0] in "'’" else "AMPM" if "." in low and low[0] in "ap" else None) or "_"
        elif cls in LOWER and word.islower():
            cls = lower_class(low, cls)
        words.append(Word(*m.span(), low, cls))
        classes.append(letter.get(cls, "_") if low[0] != "\n" else "\n")
    words, classes = spelled(words, classes)
    settle(words, classes)
    return Tokens(text, words, "".join(classes))


LOWER = frozenset(("MONTH", "MAYBE_MONTH", "SHORTDAY"))


def lower_class(low: str, cls: str) -> str:
    """The class of a month or short day in small letters: short ones are decided by what stands beside them."""
    if cls == "SHORTDAY":
        return "LOWER_DAY"
    return "LOWER_MONTH" if len(low) < 6 and low not in ("april", "june", "july") else cls


def spelled(words: list[Word], classes: list[str]) -> tuple[list[Word], list[str]]:
    """Years, ordinals and days of a month in several words as one word each: "nineteen ninety-seven", "twenty-first", "May twenty nine" (broadcasts)."""
    if not any(w.low in STARTS for w in words):
        return words, classes
    out, letters_, i = [], [], 0
    while i < len(words):
        made = (spelled_year_at(words, i) or spelled_ordinal_at(words, i) or spelled_day_at(words, i)) if words[i].low in STARTS else None
        word, used = made or (words[i], 1)
        out.append(word)
        letters_.append(letters()[word.cls] if made else classes[i])
        i += used
    return out, letters_


STARTS = frozenset((*SMALL, *CENTURIES, "twenty", "thirty"))
Made = tuple[Word, int]  # one word in the place of so many


def spelled_year_at(words: list[Word], i: int) -> Made | None:
    """ "Nineteen ninety-seven", "the year two thousand"."""
    if words[i].low not in CENTURIES and words[i].low != "two":
        return None
    year, used = spelled_year([w.low for w in words[i : i + 7]], after=words[i - 1].low if i else "") or (0, 0)
    return (Word(words[i].start, words[i + used - 1].end, str(year), "YEAR"), used) if year else None


def spelled_ordinal_at(words: list[Word], i: int) -> Made | None:
    """ "Twenty-first", "thirty first"."""
    if words[i].low not in ("twenty", "thirty"):
        return None
    rest = [w.low for w in words[i + 1 : i + 3]]
    used = 2 if ORDINALS.get(rest[0] if rest else "", 99) < 10 else 3 if rest[:1] == ["-"] and ORDINALS.get(rest[-1], 99) < 10 else 0
    number = f"{TENS[words[i].low] + ORDINALS[words[i + used - 1].low]}th" if used else ""
    return (Word(words[i].start, words[i + used - 1].end, number, "ORD"), used) if used else None


def spelled_day_at(words: list[Word], i: int) -> Made | None:
    """ "May twenty nine", "twenty five January", "fifteen August 1993"; not what numbers a thing ("in May twenty nine people")."""
    tens, ones = TENS.get(words[i].low, 0), SMALL.get(words[i + 1].low, 0) if i + 1 < len(words) else 0
    used = 2 if tens and 1 <= ones <= 9 else 1
    month = words[i + used] if i + used < len(words) else None
    after = words[i - 1].cls in ("MONTH", "MAYBE_MONTH") if i else False
    if used == 2:
        fits = (after and (month is None or month.cls != "_" or not month.low[0].isalpha())) or (month is not None and month.cls == "MONTH")
    else:
        fits = not tens and month is not None and month.cls == "MONTH" and (words[i + 2 : i + 3] or [month])[0].low in (*CENTURIES, "two")
        ones = SMALL.get(words[i].low, 0)
    return (Word(words[i].start, words[i + used - 1].end, str(tens + ones), "DAY"), used) if fits and ones else None


def number_class(low: str) -> str | None:
    """The class of a word that begins with a digit or an apostrophe."""
    digits = low.strip("'’")
    if re.fullmatch(r"\d{4}[-/]\d\d?[-/]\d\d?|\d\d?([-.])\d\d?\1\d{4}|(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", digits):
        return "ISO"
    if digits == "9/11":
        return "NAMED"
    if digits.count("/") == 2:
        return "SLASH"
    if "/" in digits:
        return "SLASHNUM"
    if ":" in digits:
        return "CLOCK"
    if digits.endswith("s"):
        return "DECADE" if digits.rstrip("s'’ ").endswith("0") and len(digits.rstrip("s'’ ")) in (2, 4) else None
    if not digits.isdigit() and digits[-2:] in ("st", "nd", "rd", "th"):
        return "ORD"
    if low[0] in "'’":
        return "SHORTYEAR" if digits.isdigit() else None
    if digits.isdigit() and len(digits) <= 2:
        return "DAY" if 1 <= int(digits) <= 31 else "NUM"
    if digits.isdigit() and len(digits) == 4 and 1000 <= int(digits) <= 2199:
        return "YEAR"
    return "NUM"


def settle(words: list[Word], classes: list[str]) -> None:
    """Decide words that only sometimes are times: "May", "March", "Sun", "Sat", "min" count beside a number or a word that calls for a time."""
    for i, word in enumerate(words):
        if word.cls == "_":
            continue
        if word.cls in SETTLED:
            cls = SETTLED[word.cls](words, i) or "_"
            words[i], classes[i] = word._replace(cls=cls), letters().get(cls, "_")
        elif word.cls == "MONTH" and word.low in ("jan", "dec", "jun", "jul", "aug", "feb", "apr") and not _is_short_month(words, i):
            words[i], classes[i] = word._replace(cls="_"), "_"


def _is_short_month(words: list[Word], i: int) -> bool:
    """Whether "Jan", "Dec" ... stand for the month: with a dot or beside a number."""
    near, before = words[i + 1] if i + 1 < len(words) else None, words[i - 1] if i else None
    if near and (near.low == "." or near.cls in ("DAY", "YEAR", "ORD") or _goes_on(words, i + 1)):
        return True
    alone = near is None or not near.low[0].isalpha()
    return before is not None and (before.cls in ("ORD", "DAY", "YEAR") or (alone and before.low in _calls()))


def _numbered(words: list[Word], i: int) -> Word | None:
    """The number that follows a word, dots and commas aside."""
    after = next((w for w in words[i + 1 : i + 3] if w.low not in ".,"), None)
    return after if after is not None and after.cls in ("DAY", "ORD", "YEAR") else None


def _month(words: list[Word], i: int) -> str | None:
    """ "May" and "March" where a number or a word such as "in", "since", "late" calls for a month."""
    before, after = words[i - 1] if i else None, next((w for w in words[i + 1 : i + 3] if w.low not in ".,"), None)
    called = before is not None and before.low in _calls() and not (after and after.low in ("be", "have", "not"))
    from_to = after is not None and after.low in ("to", "through", "until", "till") and i + 2 < len(words) and words[i + 2].cls in ("MONTH", "MAYBE_MONTH")
    beside = before is not None and (before.cls in ("DAY", "ORD") or _owns_march(before, words[i], after))
    return "MONTH" if _numbered(words, i) or _goes_on(words, i + 1) or called or from_to or beside else None


def _owns_march(before: Word, word: Word, after: Word | None) -> bool:
    """ "A March letter", "its March offer"; not "the March for Life"."""
    owns = before.cls in ("A", "THE") or before.low in ("its", "his", "her", "their")
    return word.low == "march" and owns and after is not None and after.low[0].isalpha() and after.low not in MARCHES


MARCHES = frozenset("on for of to against and or in with from by at is was were will has had that which".split())  # words after a march that people go on


def _lower_month(words: list[Word], i: int) -> str | None:
    """ "aug", "dec" in small letters beside a number, or alone after a word that calls for a month ("in may", "since dec")."""
    after, near = _numbered(words, i), words[i + 1] if i + 1 < len(words) else None
    if i and words[i - 1].low in MONTH_CALLS and (near is None or not near.low[0].isalpha()):
        return "MONTH"
    if words[i].low in ("may", "march", "mar"):  # verbs, but for "march 5th"
        touches = words[i].low == "mar" and near is not None and near.start == words[i].end
        return "MONTH" if after and (touches or (after.cls == "ORD" and (after.low[0].isdigit() or words[i].low != "may"))) else None
    return "MONTH" if after or _goes_on(words, i + 1) or (i and words[i - 1].cls in ("DAY", "ORD", "YEAR")) else None


MONTH_CALLS = frozenset("in since until by last next early late".split())


def _short_day(words: list[Word], i: int) -> str | None:
    """ "Mon.", "Fri, Aug. 5", "on Sat", "Thu 14th"."""
    near, after = words[i + 1] if i + 1 < len(words) else None, next((w for w in words[i + 1 : i + 3] if w.low not in ".,"), None)
    dotted = near is not None and near.low in ".," and words[i].low not in ("sun", "sat", "wed")
    called = i > 0 and words[i - 1].low in ("on", "next", "last", "by", "until", "week")
    called |= i > 1 and words[i - 1].cls == "OR" and words[i - 2].cls in ("SHORTDAY", "WEEKDAY")
    return "SHORTDAY" if dotted or called or (after is not None and after.cls in ("MONTH", "ORD")) else None


def _lower_day(words: list[Word], i: int) -> str | None:
    """ "tues the 4th"; "sat 13th" is a verb."""
    after = next((w for w in words[i + 1 : i + 3] if w.cls != "THE"), None)
    return "SHORTDAY" if after is not None and after.cls == "ORD" and words[i].low not in ("sun", "sat", "wed") else None


def _short_unit(words: list[Word], i: int) -> str | None:
    """ "3 hrs", "2h"; a lone letter only where it touches its number, one for a day or longer only where the number tells how long ("for 10D")."""
    before = words[i - 1] if i else None
    if before is None or before.cls not in ("DAY", "NUM", "ONE") or (len(words[i].low) == 1 and before.end != words[i].start):
        return None
    if words[i].low in ("d", "w", "y") and (i < 2 or words[i - 2].low not in LASTING):
        return None
    return "UNIT" if words[i].low[0] in "dyw" else "CLOCKUNIT"


def _quarter(words: list[Word], i: int) -> str:
    """The quarter of "one and a quarter years", "a year and a quarter"; else that of a year."""
    before = words[i - 3] if i > 2 and [w.low for w in words[i - 2 : i]] == ["and", "a"] else None
    after = words[i + 1] if i + 1 < len(words) else None
    counted = before is not None and before.cls in ("NUM", "DAY", "ONE") and after is not None and after.cls in ("UNIT", "CLOCKUNIT")
    ends = before is not None and before.cls in ("UNIT", "CLOCKUNIT") and i > 3 and words[i - 4].cls in ("NUM", "DAY", "ONE", "A")
    return "PARTOF" if counted or (ends and not (after is not None and after.cls == "OF")) else "QUARTER"


LASTING = frozenset("for in within last lasts lasted take takes took every".split())


SETTLED: dict[str, Callable[[list[Word], int], str | None]] = {
    "MAYBE_MONTH": _month, "LOWER_MONTH": _lower_month, "SHORTDAY": _short_day, "LOWER_DAY": _lower_day, "SHORTUNIT": _short_unit,
    "QUARTER": _quarter,
}  # fmt: skip


@cache
def _calls() -> frozenset[str]:
    """Words before "May" or "March" that make it a month."""
    return frozenset(data()["before_month"]["words"])


def _goes_on(words: list[Word], at: int) -> bool:
    """Whether a short month is followed by a comma, a hyphen or a stroke and what makes it one ("Dec, 2018", "Jan-Feb", "05-Aug-2016")."""
    return at < len(words) and words[at].cls in ("COMMA", "HYPHEN", "STROKE") and at + 1 < len(words) and words[at + 1].cls in ("YEAR", "MONTH", "DAY")
