"""A text -> the places where a time expression stands: words get a class each, rules are patterns over the classes (both in times.toml).

The classes of a text are one string, a character a word, so that a rule is an ordinary regular expression over words; every repetition in it is
bounded and every word is looked at by a bounded number of rules, which keeps matching linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from backchannel.coder.calendar import CENTURIES, DECADES, ORDINALS, SCALES, SMALL, TENS, Tense, Word, data, spelled_year
from backchannel.records import Bound

CLAUSE = 14  # words looked at on either side for the tense of a clause
TOKEN = re.compile(
    r"""[ap]\.\s?m\b\.? | [^\W\d_]{1,40}(?:['’](?!s\b)[a-z]{1,3}\b)? |
    \d{4}-\d{2}-\d{2}(?![\d-]) | \d{1,2}/\d{1,2}/\d{2,4}(?!\d) | 9/11\b | \d/\d(?!\d) | \d{1,2}:\d{2}(?!\d) | \d{1,3}(?:,\d{3}){1,4}(?!\d) |
    ['’]?\d{2,4}['’]?s\b | \d{1,12}(?:\.\d{1,6})?(?:st|nd|rd|th)?\b | \d{1,12} | ['’]\d\d\b | ['’]s\b |
    \n[ \t\r]{0,200}\n | [^\w\s]""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over word classes, the function that reads it, and the test it must pass."""

    pattern: re.Pattern[str]
    read: str
    test: Callable[[tuple[Word, ...], Tokens, int, int], bool] | None


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text and their classes as one string, a character each."""

    text: str
    words: list[Word]
    classes: str


@dataclass(frozen=True, slots=True)
class Found:
    """A match with everything needed to read it again on another day."""

    rule: str
    words: tuple[Word, ...]
    start: int
    end: int
    bound: Bound | None
    tense: Callable[[], Tense]
    lead: str = ""
    follow: tuple[str, ...] = ()


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
    ]
    return {name: chr(0x4E00 + i) for i, name in enumerate(names)}


@cache
def lexicon() -> dict[str, str]:
    """Word, lower case -> class."""
    words = {word: name for name, list_ in data()["words"].items() for word in list_}
    words |= dict.fromkeys([*SMALL, *TENS, *SCALES, "million", "billion"], "NUM") | dict.fromkeys(ORDINALS, "ORD") | dict.fromkeys(DECADES, "DECADE")
    words |= {
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


@cache
def rules() -> tuple[re.Pattern[str], tuple[Rule, ...]]:
    """One pattern that matches where any rule may, and the rules in order."""
    macros = data()["macros"]

    def expand(pattern: str) -> str:
        for _ in range(5):
            pattern = re.sub(r"[A-Z]+", lambda m: f"(?:{macros[m.group()]})" if m.group() in macros else m.group(), pattern)
        pattern = re.sub(r"[A-Z]+", lambda m: letters()[m.group()], pattern)
        return re.sub(r"\((?!\?)", "(?:", pattern.replace(" ", ""))

    expanded = [expand(rule["pattern"]) for rule in data()["rule"]]
    tests = {name: globals()[name] for rule in data()["rule"] if (name := rule.get("when"))}
    made = tuple(Rule(re.compile(p), rule["read"], tests.get(rule.get("when"))) for p, rule in zip(expanded, data()["rule"], strict=True))
    return re.compile("(?!_)(?:" + "|".join(expanded) + ")"), made


def tokenise(text: str, start: int, end: int) -> Tokens:
    """The words between two offsets with their classes; unknown words are "_"."""
    known, letter, words, classes = lexicon(), letters(), [], []
    for m in TOKEN.finditer(text, start, end):
        word = m.group()
        low = word.lower()
        cls = known.get(low) or (number_class(low) if low[0].isdigit() or low[0] in "'’" else None)
        if cls is None and low[0] in "ap" and "." in low:
            cls = "AMPM"
        if cls in ("SHORTDAY", "MONTH", "MAYBE_MONTH", "WEEKDAY") and word.islower() and cls != "WEEKDAY" and len(low) < 6:
            cls = None
        words.append(Word(m.start(), m.end(), low, cls or "_"))
        classes.append(letter.get(cls or "", "_") if low[0] != "\n" else "\n")
    words, classes = spelled_years(words, classes)
    settle(words, classes, text)
    return Tokens(text, words, "".join(classes))


def spelled_years(words: list[Word], classes: list[str]) -> tuple[list[Word], list[str]]:
    """Years in words as one word each: "nineteen ninety-seven", "the year two thousand" (transcripts of broadcasts)."""
    if not any(w.low in CENTURIES or w.low == "two" for w in words):
        return words, classes
    out, letters_, i = [], [], 0
    while i < len(words):
        year, used = spelled_year([w.low for w in words[i : i + 4]], after=words[i - 1].low if i else "") or (None, 1)
        out.append(Word(words[i].start, words[i + used - 1].end, str(year), "YEAR") if year else words[i])
        letters_.append(letters()["YEAR"] if year else classes[i])
        i += used
    return out, letters_


def number_class(low: str) -> str | None:
    """The class of a word that begins with a digit or an apostrophe."""
    digits = low.strip("'’")
    if re.fullmatch(r"\d{4}-\d\d-\d\d", digits):
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
        return "DECADE" if digits.rstrip("s'’").endswith("0") and len(digits.rstrip("s'’")) in (2, 4) else None
    if not digits.isdigit() and digits[-2:] in ("st", "nd", "rd", "th"):
        return "ORD"
    if low[0] in "'’":
        return "SHORTYEAR" if digits.isdigit() else None
    if digits.isdigit() and len(digits) <= 2:
        return "DAY" if 1 <= int(digits) <= 31 else "NUM"
    if digits.isdigit() and len(digits) == 4 and 1000 <= int(digits) <= 2199:
        return "YEAR"
    return "NUM"


def settle(words: list[Word], classes: list[str], text: str) -> None:
    """Decide words that only sometimes are times: "May", "March", "Sun", "Sat" count beside a number or a word that calls for a time."""
    month, calls = letters()["MONTH"], set(data()["before_month"]["words"])
    for i, word in enumerate(words):
        if (
            word.cls == "MONTH"
            and word.low in ("jan", "dec", "jun", "jul", "aug", "feb", "apr")
            and not (i + 1 < len(words) and (words[i + 1].low == "." or words[i + 1].cls in ("DAY", "YEAR", "ORD")))
        ):
            words[i], classes[i] = word._replace(cls="_"), "_"
        if word.cls not in ("MAYBE_MONTH", "SHORTDAY"):
            continue
        after = next((w for w in words[i + 1 : i + 3] if w.low not in ".,"), None)
        before = words[i - 1] if i else None
        numeric = after is not None and after.cls in ("DAY", "ORD", "YEAR")
        if word.cls == "SHORTDAY":
            dotted = (i + 1 < len(words) and words[i + 1].low in ".," and word.low not in ("sun", "sat", "wed")) or (
                after is not None and after.cls in ("MONTH",)
            )
            keep, cls = dotted, "SHORTDAY"
        else:
            keep = numeric or (
                before is not None
                and (
                    before.cls == "DAY"
                    or before.cls == "ORD"
                    or (before.low in calls and not (after and after.cls == "_" and after.low in ("be", "have", "not")))
                )
            )
            cls = "MONTH"
        words[i] = word._replace(cls=cls if keep else "_")
        classes[i] = (month if cls == "MONTH" else letters()[cls]) if keep else "_"


def is_century(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    return words[-1].low in ("century", "centuries")


def is_year(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """A number of four digits that is a year and not a count, a sum or a code."""
    where = next(i for i, w in enumerate(words) if w.cls == "YEAR") + at
    before = tokens.words[where - 1].low if where else ""
    after = tokens.words[end].low if end < len(tokens.words) else ""
    if any(w.cls == "UNIT" and w.low != "year" for w in words):
        return False
    if before in data()["not_year_before"]["words"] or after in data()["not_year_after"]["words"]:
        return False
    called = before in (
        "in",
        "since",
        "of",
        "by",
        "until",
        "from",
        "to",
        "during",
        "after",
        "before",
        "between",
        "and",
        "through",
        "early",
        "late",
        "year",
        "fiscal",
    )
    return called or 1400 <= int(tokens.words[where].low) <= 2100


def is_plural(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """Bare "years", "weeks ago": a plural unit without a number before it, and no age after it."""
    unit = next(w for w in words if w.cls in ("UNIT", "CLOCKUNIT"))
    before = tokens.words[at - 1] if at else None
    after = tokens.words[end].low if end < len(tokens.words) else ""
    if after == "old" or (before is not None and before.cls in ("NUM", "DAY", "ONE", "YEAR", "HYPHEN")) or not unit.low.endswith("s"):
        return False
    if unit.low in ("seconds", "minutes"):
        return False
    return unit.low != "days" or len(words) > 1 or (before is not None and before.low == "for")


def is_the_unit(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """For "the weekend", "the year" not followed by its own description ("the day the war began")."""
    unit = words[-1].low
    after = tokens.words[end].low if end < len(tokens.words) else "."
    if words[0].low != "the":
        return False
    if unit == "quarter" and at and tokens.words[at - 1].low in ("in", "for", "during"):
        return True
    goes_on = after in ("and", "to", "in", "was", "but", "at", "from", "with", "ended", "ending")
    return unit == "weekend" or goes_on or (unit in ("year", "quarter", "week", "month") and not after.isalpha())


def is_the_past(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    after = tokens.words[end] if end < len(tokens.words) else None
    return (
        words[0].low == "the"
        and words[1].low == "past"
        and (after is None or not after.low.isalpha() or after.low in ("and", "have", "has", "when", "as", "is", "was"))
    )


def of_quarter(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """ "The latest quarter" is the one spoken of; "the last quarter", "the past quarter" are the one before, which the calendar tells."""
    return words[1].low != "last" and words[1].low != "past"


def ends_clause(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """That "two days before." counts from an earlier day; "two days before the vote" from the vote, which is not known here."""
    after = tokens.words[end] if end < len(tokens.words) else None
    return words[-1].low not in ("before", "after") or after is None or not after.low[0].isalpha()


def is_duration(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """Not an age ("52 years old"), a rate ("$2 million a year") or a share ("three-quarters")."""
    after = [w.low for w in tokens.words[end : end + 2]]
    before = tokens.words[at - 1] if at else None
    if words[-1].low == "old" or after[:1] == ["old"] or after == ["-", "old"] or (words[-1].low == "quarters" and any(w.cls == "HYPHEN" for w in words)):
        return False
    return not (
        words[0].cls == "A" and before is not None and (before.cls in ("NUM", "DAY", "YEAR") or before.low in ("million", "billion", "%", "percent", "times"))
    )


def is_long(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """A "decades-long" dispute, not the end of a "52-year-old"."""
    return words[-1].low != "old"


def is_clock(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """A clock time that says so ("8 p.m.", "noon", "at 8:30"), not a score or a verse."""
    return any(w.cls in ("AMPM", "NOON", "TZ", "TIME") for w in words) or (at > 0 and tokens.words[at - 1].low in ("at", "by", "until", "around", "about"))


def short_range(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """2014-16 or 2014-2018, not "2014-5" and not "2014 to 20 nations"."""
    last = words[-1].low
    return words[1].cls == "HYPHEN" and (last.isdigit() and len(last) in (2, 4))


def matches(tokens: Tokens, tense: Callable[[int], Tense] | None) -> Iterator[Found]:
    """Every match, left to right, the first rule that holds at each place."""
    gate, all_rules = rules()
    at, vague = 0, len(tokens.classes)
    while at < vague and (m := gate.search(tokens.classes, at)):
        begin = m.start()
        at = begin + 1
        for rule in all_rules:
            hit = rule.pattern.match(tokens.classes, begin)
            if not hit or hit.end() == begin:
                continue
            stop = hit.end()
            while stop > begin and tokens.words[stop - 1].cls in ("DOT", "COMMA", "HYPHEN"):
                stop -= 1
            words = tuple(tokens.words[begin:stop])
            if not words or is_preposition(words[0], tokens, begin) or (rule.test and not rule.test(words, tokens, begin, stop)):
                continue
            yield found(rule.read, words, tokens, begin, stop, tense)
            at = stop
            break


def is_preposition(word: Word, tokens: Tokens, at: int) -> bool:
    """ "Following Monday's talks" means after them; with an article before it "following" is of the date ("the following Monday")."""
    return word.low == "following" and (at == 0 or tokens.words[at - 1].cls not in ("THE", "A", "POSS"))


def found(rule: str, words: tuple[Word, ...], tokens: Tokens, begin: int, stop: int, tense: Callable[[int], Tense] | None) -> Found:
    """The match with its bound ("before Friday" -> before) and its tense, asked for only when needed."""
    before = [w.low for w in tokens.words[max(begin - 2, 0) : begin]]
    bounds = data()["bounds"]
    bound = bounds.get(before[-1]) if before else None
    if bound is None and before and before[-1] in ("in", "on"):
        bound = since_clause(tokens, begin)
    if before[-2:] == ["later", "than"]:
        bound = "by"
    if bound is None and len(before) > 1 and before[-1] in ("the", "at", "about", "around", "least"):
        bound = bounds.get(before[-2])
        bound = bound if bound == "since" or before[-1] != "the" or words[0].cls in ("EDGE", "THE") else None

    def ask() -> Tense:
        return (tense(words[0].start) if tense else None) or guess_tense(tokens, begin, stop)

    return Found(rule, words, words[0].start, words[-1].end, bound, ask, before[-1] if before else "", tuple(w.low for w in tokens.words[stop : stop + 2]))


def since_clause(tokens: Tokens, begin: int) -> Bound | None:
    """since, for the date that ends a since-clause: "since the coup in 2014"."""
    for word in reversed(tokens.words[max(begin - 9, 0) : begin]):
        if word.low == "since":
            return "since"
        if (word.cls != "_" and word.cls not in ("THE", "A", "IN", "ON", "OF", "FROM", "TO", "POSS")) or (not word.low[0].isalpha() and word.cls != "POSS"):
            return None
    return None


def guess_tense(tokens: Tokens, begin: int, stop: int) -> Tense:
    """The tense of the nearest verb that shows one, looking left, then right, inside the sentence."""
    signs = tense_signs()
    left = tokens.words[max(begin - CLAUSE, 0) : begin]
    after = tokens.words[begin : begin + 1]
    for word, following in zip(reversed(left), [*after, *reversed(left)], strict=False):
        if word.low in '.;"”\n':
            break
        if sign := sign_of(word, following, signs):
            return sign
    right = tokens.words[stop : stop + CLAUSE]
    for word, following in zip(right, [*right[1:], *right[-1:]], strict=True):
        if word.low in ".;\n":
            break
        if sign := sign_of(word, following, signs):
            return sign
    return None


def sign_of(word: Word, following: Word, signs: dict[str, Tense]) -> Tense:
    """The tense a word shows, with the word after it ("plans to")."""
    if following.low == "to" and word.low in data()["tense"]["future_with_to"]:
        return "future"
    return signs.get(word.low) or ("past" if word.cls == "_" and len(word.low) > 4 and word.low.endswith("ed") else None)


@cache
def tense_signs() -> dict[str, Tense]:
    """Word -> the tense it shows."""
    table = data()["tense"]
    past: dict[str, Tense] = dict.fromkeys(table["past"], "past")
    return past | dict.fromkeys(table["future"], "future")
