"""Tests that a rule of times.toml names (``when``): is the match really a time? Each looks at the words of the match and at those around it.

A test gets the words of the match, all words of the text, and the places of the match's first word and of the word after it.
"""

from __future__ import annotations

from backchannel.coder.calendar import SCALES, Tokens, Word, data


def is_week(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    return any(w.low == "week" for w in words)


def is_many(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """ "The two previous weeks", not "$5 million last year"."""
    return words[-1].low.endswith("s") and not any(w.low in ("million", "billion", *SCALES) for w in words)


def is_one(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """The first week, the last Monday: of a unit one, and a part of what follows ("the last day of the week", not "the last years of the decade")."""
    units = [w.low for w in words if w.cls == "UNIT"]
    return units[:1] != ["decade"] and not (units and units[0].endswith("s")) and (words[0].cls != "LAST" or any(w.cls in ("MONTH", "YEAR") for w in words))


def is_day_of_month(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """ "On the 18th", where nothing follows that it could number ("on the 18th floor")."""
    after = tokens.words[end].low if end < len(tokens.words) else "."
    before = tokens.words[at - 1].low if at else ""
    if any(w.cls == "UNIT" for w in words):
        return words[-1].low == "month"
    word = words[-1].low
    calls = before in ("on", "until", "by", "since") or (before in ("before", "after", "from", "to", "of") and not after.isalpha())
    return word[0].isdigit() and int(word[:-2]) <= 31 and calls and (not after[0].isalnum() or after in DAY_ENDS)


DAY_ENDS = frozenset("and at in to with when after before by for from but because that he she they we it".split())


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
