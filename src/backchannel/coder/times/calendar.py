"""The calendar that time expressions are read with: the records of one reading, numbers in words, and the arithmetic of weeks, months and seasons.

Weeks run from Monday to Sunday; a season has three whole months (spring = March to May); years are kept inside 1 to 9998.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from backchannel.records import Bound, Precision

# did: by a verb in the past that the time itself hangs from; done: before something else past ("had called"), or put off till then ("not until Friday")
Tense = Literal["past", "did", "done", "future"] | None
PAST = frozenset(("past", "did", "done"))
Kind = Literal["DATE", "TIME", "DURATION", "SET"]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SEASONS = {"spring": ("SP", 3), "summer": ("SU", 6), "autumn": ("FA", 9), "fall": ("FA", 9), "winter": ("WI", 12)}
PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "dawn": "MO", "dusk": "EV"}
UNITS = {
    "day": "D", "week": "W", "month": "M", "year": "Y", "decade": "E", "century": "C", "fortnight": "W", "weekend": "D",
    "quarter": "Q", "yr": "Y", "wk": "W", "workweek": "W", "d": "D", "w": "W", "y": "Y",
}  # fmt: skip
CLOCK_UNITS = {"hour": "H", "minute": "M", "second": "S", "h": "H", "hr": "H", "min": "M", "sec": "S"}
UNITS_OF_NUMBER = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
    "eighteenth nineteenth twentieth"
)
SMALL = {word: n for n, word in enumerate(UNITS_OF_NUMBER.split())}
TENS = dict(zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True))
SCALES = {"hundred": 100, "thousand": 1000, "dozen": 12}
ORDINALS = {word: n for n, word in enumerate(ORDINAL_WORDS.split(), 1)} | {"thirtieth": 30}
CENTURIES = {"seventeen": 1700, "eighteen": 1800, "nineteen": 1900, "twenty": 2000}
DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}


class Word(NamedTuple):
    """A word of the text with its class in times.toml."""

    start: int
    end: int
    low: str
    cls: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text and their classes as one string, a character each."""

    text: str
    words: list[Word]
    classes: str


@dataclass(frozen=True, slots=True)
class Sense:
    """What an expression means on one day. ``vague``: the value when the day is not known; ``fixed``: the meaning does not depend on the day."""

    kind: Kind
    value: str
    start: date | None = None
    end: date | None = None
    precision: Precision | None = None
    vague: str | None = None
    fixed: bool = False
    bound: Bound | None = None  # what the expression itself says ("more than a week after today" -> since)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a reading function may look at: the words, the day read on, the expression before it, and the tense of the clause."""

    words: tuple[Word, ...]
    day: date
    back: date | None  # the day of the expression before
    tense: Callable[[], Tense]
    vague: dict[str, list[int]]
    bound: str | None = None
    lead: str = ""  # the word before the expression
    follow: tuple[str, ...] = ()  # the six words after it
    quarter: date | None = None  # the first day of the quarter spoken of

    def get(self, *classes: str) -> str | None:
        """The first word of these classes, lower case."""
        return next((w.low for w in self.words if w.cls in classes), None)

    def all(self, *classes: str) -> list[str]:
        """Every word of these classes."""
        return [w.low for w in self.words if w.cls in classes]

    def has(self, *classes: str) -> bool:
        """Whether a word of these classes is there."""
        return any(w.cls in classes for w in self.words)


@cache
def data() -> dict[str, Any]:
    """times.toml."""
    return tomllib.loads((files(__package__) / "times.toml").read_text("utf8"))


def count(words: list[str]) -> float | None:
    """The number some words spell: "twenty four", "3", "2 1/2", "a"; null when they spell none or a vague one."""
    total, seen = 0.0, False
    for word in words:
        if word in ("a", "an") and not seen:
            total, seen = 1, True
        elif word in SMALL or word in TENS:
            value = SMALL.get(word, TENS.get(word, 0))
            total, seen = total + value, True
        elif word in SCALES:
            total, seen = max(total, 1) * SCALES[word], True
        elif word in ("half", "½"):
            total, seen = total + 0.5, True
        elif word == "quarter":
            total, seen = total + 0.25, True
        elif re.fullmatch(r"\d+/\d+", word) and not word.endswith("/0"):
            over, under = word.split("/")
            total, seen = total + int(over) / max(int(under), 1), True
        elif word[0].isdigit() and word.endswith("½"):
            total, seen = total + int(word[:-1]) + 0.5, True
        elif re.fullmatch(r"[\d,]{1,12}(\.\d{1,4})?", word) and word[0] != ",":
            total, seen = total + float(word.replace(",", "")), True
    return total if seen else None


def amount(r: Reading) -> tuple[int, int, str]:
    """How many units: at least, at most, and the TIMEX3 number ("3", or "X" when vague)."""
    few = r.get("FEW")
    if few and not (few == "some" and r.has("NUM", "DAY", "ONE")):  # "some 20 years" are about as many
        low, high = r.vague.get(few, r.vague["several"])
        return low, high, "X"
    unit_at = next((i for i, w in enumerate(r.words) if w.cls in ("UNIT", "CLOCKUNIT", "QUARTER")), len(r.words))
    more = count([w.low for w in r.words[unit_at:] if w.cls in ("HALF", "PARTOF")]) or 0  # "a year and a half"
    counted = any(w.cls in ("NUM", "DAY", "ONE", "A", "HALF") for w in r.words[:unit_at])
    if not counted and not (r.get("UNIT", "QUARTER", "CLOCKUNIT") or "").endswith("s"):  # "the day before", "year-earlier", "the last year and a half"
        return 1, 1, f"{1 + more:g}"
    words = [(i, w) for i, w in enumerate(r.words[:unit_at]) if w.cls in ("NUM", "DAY", "ONE", "A", "HALF", "PARTOF", "SLASHNUM")]
    cut = next((i for i, w in enumerate(r.words[:unit_at]) if i and (w.cls in ("TO", "OR") or _between_figures(r.words, i))), None)
    first = count([w.low for i, w in words if (cut is None or i < cut) and not (w.cls == "A" and len(words) > 1)])
    second = count([w.low for i, w in words if cut is not None and i > cut])
    if first is None:
        low, high = r.vague["bare"]
        return low, high, "X"
    first += more
    number = f"{first:g}"
    return int(first), int(second or first), number


def _between_figures(words: tuple[Word, ...], i: int) -> bool:
    """The hyphen of "6-8 weeks", not of "twenty-four"."""
    return words[i].cls == "HYPHEN" and words[i - 1].low.isdigit() and words[i + 1].low.isdigit()


def spelled_year(words: list[str], *, after: str) -> tuple[int, int] | None:
    """(year, words used) when the words, lower case, begin with a year as it is spoken: "nineteen ninety - seven", "twenty twelve", "nineteen hundred six";
    "two thousand (and five)" ``after`` "year", a month or "in" only. What goes on after a hyphen ("nineteen twenty-seat buses") is none.
    """
    first, second, *rest = [*words, "", ""]
    if (first, second) == ("two", "thousand") or (first in CENTURIES and second == "hundred"):
        below, used = _below_hundred(rest)
        ends = rest[used : used + 1] in ([], [""]) or not rest[used][:1].isalpha()
        called = (
            after == "year"
            or after[:3] in MONTHS
            or after in ORDINALS
            or (after in ("in", "since") and below and (ends or rest[used] in ("and", "in", "for", "with", "when")))
        )
        return ((2000 if first == "two" else CENTURIES[first]) + below, 2 + used) if called else None
    if first not in CENTURIES:
        return None
    hyphen = rest[:1] == ["-"]
    ones = SMALL.get(rest[hyphen] if len(rest) > hyphen else "", 0)
    if second in TENS and (first != "twenty" or second == "twenty"):
        if 1 <= ones <= 9:
            return CENTURIES[first] + TENS[second] + ones, 3 + hyphen
        return None if hyphen else (CENTURIES[first] + TENS[second], 2)
    return (CENTURIES[first] + SMALL[second], 2) if SMALL.get(second, 0) >= 10 and not hyphen else None


def _below_hundred(words: list[str]) -> tuple[int, int]:
    """(number, words used) of "and thirty - two", "five"; 0 when none begins there."""
    at = int(words[:1] == ["and"])
    tens = TENS.get(words[at] if at < len(words) else "", 0)
    next_ = at + bool(tens)
    next_ += bool(tens) and words[next_ : next_ + 1] == ["-"]
    ones = SMALL.get(words[next_] if next_ < len(words) else "", 0)
    if tens:
        return (tens + ones, next_ + 1) if 1 <= ones <= 9 else (tens, at + 1)
    return (ones, at + 1) if ones else (0, 0)


def ordinal(word: str | None) -> int | None:
    """1 for "first", "1st" or "q1"."""
    if word is None:
        return None
    digits = re.search(r"\d+", word)
    return int(digits.group()) if digits else ORDINALS.get(word)


def weekday_of(r: Reading) -> int:
    """0 for the Monday that the reading names, to 6."""
    return WEEKDAYS.index((r.get("WEEKDAY", "SHORTDAY") or "mon")[:3])


def month_of(word: str) -> int:
    """1 to 12."""
    return MONTHS.index(word[:3]) + 1


def make(year: int, month: int, day: int) -> date | None:
    """The date, or null when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_months(day: date, months: int) -> date:
    """The same day of the month, so many months on (the last day where the month is shorter)."""
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9998 * 12)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, month_end(year, month + 1).day))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def shift(day: date, amount: float, unit: str) -> date:
    """The day so many units on; kept inside the years 1 to 9998."""
    if unit in "DW":
        days = int(amount * (7 if unit == "W" else 1))
        return date.fromordinal(min(max(day.toordinal() + days, 1), date(9998, 12, 31).toordinal()))
    return add_months(day, round(min(max(amount, -9000), 9000) * {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}[unit]))


def period(day: date, unit: str) -> tuple[date, date]:
    """First and last day of the day, week, month, quarter, year, decade or century that the day is in."""
    if unit == "D":
        return day, day
    if unit == "W":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "M":
        return day.replace(day=1), month_end(day.year, day.month)
    if unit == "Q":
        first = 3 * ((day.month - 1) // 3) + 1
        return date(day.year, first, 1), month_end(day.year, first + 2)
    span = {"Y": 1, "E": 10, "C": 100}[unit]
    year = max(day.year - day.year % span, 1)
    return date(year, 1, 1), date(min(year + span - 1, 9999), 12, 31)


def value_of(day: date, unit: str) -> str:
    """The TIMEX3 value of the calendar unit the day is in."""
    if unit == "W":
        iso = day.isocalendar()
        return f"{iso.year:04}-W{iso.week:02}"
    return {
        "D": day.isoformat(), "M": day.isoformat()[:7], "Q": f"{day.year:04}-Q{(day.month + 2) // 3}", "Y": f"{day.year:04}",
        "E": f"{day.year:04}"[:3], "C": f"{day.year:04}"[:2],
    }[unit]  # fmt: skip


PRECISION: dict[str, Precision] = {"D": "day", "W": "week", "M": "month", "Q": "season", "Y": "year", "E": "year", "C": "year"}
VAGUE = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX", "E": "XXXX", "C": "XXXX"}


def width(start: date, end: date) -> Precision:
    """How precise an interval is that is no calendar unit."""
    days = (end - start).days
    return "day" if days == 0 else "week" if days <= 10 else "month" if days <= 31 else "season" if days <= 100 else "year"


def unit_sense(day: date, unit: str, mod: str | None = None) -> Sense:
    """The calendar unit the day is in, or its early, middle or late part."""
    start, end = part_of(*period(day, unit), unit, mod)
    precision: Precision = PRECISION[unit] if mod is None or unit == "D" else width(start, end)
    return Sense("DATE", value_of(day, unit), start, end, precision, VAGUE[unit])


def part_of(start: date, end: date, unit: str, mod: str | None) -> tuple[date, date]:
    """Early, middle or late part: of a month 1-10, 11-20, 21-end; of a year the first three, the middle six, the last three months.

    A decade has three early and three late years, a quarter one early and one late month, a week three early and three late days.
    """
    if mod not in ("early", "mid", "late", "middle") or unit in "DC":
        return start, end
    if unit == "M":
        return {"early": (start, start.replace(day=10)), "late": (start.replace(day=21), end)}.get(mod, (start.replace(day=11), start.replace(day=20)))
    if unit == "W":
        two = timedelta(days=2)
        return {"early": (start, start + two), "late": (start + 2 * two - timedelta(days=1), end)}.get(
            mod, (start + timedelta(days=1), start + two + timedelta(days=1))
        )
    months = {"Y": 3, "Q": 1, "E": 36}[unit]
    whole = {"Y": 12, "Q": 3, "E": 120}[unit]
    cut_early, cut_late = add_months(start, months), add_months(start, whole - months)
    one = timedelta(days=1)
    return {"early": (start, cut_early - one), "late": (cut_late, end)}.get(mod, (cut_early, cut_late - one))


def unit_of(r: Reading) -> str:
    """The TIMEX3 letter of the reading's unit; clock units are lower case."""
    word = (r.get("UNIT", "QUARTER", "CLOCKUNIT") or "day").removesuffix("s")
    word = "century" if word == "centurie" else word
    return UNITS.get(word) or CLOCK_UNITS[word].lower()


def which(r: Reading) -> int:
    """-1 for last, previous; +1 for next, coming, following; 0 for this."""
    if r.has("THIS") and not r.has("LAST", "COMING"):
        return 0
    if r.has("LAST", "PREV"):
        return -1
    return 1 if r.has("NEXT", "COMING", "FOLLOWING") else 0


def is_due(r: Reading) -> bool:
    """Does "by", "before", "until" bound what is still to come ("must leave by Friday"), not what was done ("had not called until Friday", "was seized before
    dawn on Friday")?
    """
    if r.bound not in ("before", "by", "within", "until"):
        return False
    tense = r.tense()
    return tense != "done" and not (tense == "did" and r.bound != "until" and r.has("PART", "AMPM", "NOON", "CLOCK"))


def base(r: Reading) -> date:
    """The day that "previous", "following", "later" count from: the expression before it, else the day of publication."""
    return r.back or r.day


def modifier(r: Reading) -> str | None:
    """early, mid or late."""
    word = r.get("EARLY")
    return "mid" if word == "midway" else word


def year_in(r: Reading) -> int | None:
    """The year named; of "'87" or "April of 87" the one nearest to the day of reading."""
    word = r.get("YEAR")
    if word:
        return int(word) if word.isdigit() and 1 <= int(word) <= 9998 else None
    short = r.get("SHORTYEAR") or next((b.low for a, b in pairwise(r.words) if a.cls in ("OF", "FY") and b.cls in ("DAY", "NUM") and len(b.low) == 2), None)
    return full_year(int(short.strip("'’")), r.day) if short else None


def full_year(year: int, day: date) -> int:
    """A two-digit year as the one nearest to the day, not more than 20 years ahead."""
    if year > 99:
        return year
    century = day.year - day.year % 100
    return century + year if century + year <= day.year + 20 else century - 100 + year


def weekend(day: date) -> Sense:
    """Saturday and Sunday of the week the day is in."""
    saturday = shift(period(day, "W")[0], 5, "D")
    return Sense("DATE", value_of(saturday, "W") + "-WE", saturday, shift(saturday, 1, "D"), "week", "XXXX-WXX-WE")


def clock_value(r: Reading) -> str | None:
    """T22:00 for "10 p.m."; null when no clock time is there."""
    if noon := r.get("NOON"):
        return "T24:00" if noon == "midnight" else "T12:00"
    clock = r.get("CLOCK")
    ampm = r.get("AMPM")
    hour_word = next((i for i, w in enumerate(r.words) if w.cls == "AMPM" or (w.cls == "TIME" and w.low != "time")), None)
    part = r.get("PART") if r.has("IN") else None
    if clock is None and hour_word is None and part is None:
        return None
    if clock:
        hour, minute = map(int, re.split(r"[:.]", clock)[:2])
    else:
        number = count([r.words[hour_word - 1].low]) if hour_word else count(r.all("NUM", "DAY", "ONE")) if part else None
        if number is None:
            return None
        hour, minute = int(number), 0
    if hour > 24 or minute > 59 or (ampm and hour > 12):
        return None
    if part and hour <= 12:
        ampm = "am" if part == "morning" else "pm"
    if ampm:
        hour = hour % 12 + (12 if ampm.startswith("p") else 0)
    return f"T{hour:02}:{minute:02}"
