"""Tests that a rule of times.toml names (``when``): is the match really a time? Each looks at the words of the match and at those around it.

A test gets the words of the match, all words of the text, and the places of the match's first word and of the word after it.
"""

from __future__ import annotations

from itertools import pairwise

from backchannel.coder.times.calendar import SCALES, Tokens, Word, data


def is_week(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    return any(w.low == "week" or w.cls == "WC" for w in words)


def is_many(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """ "The two previous weeks", not "$5 million last year"."""
    return words[-1].low.endswith("s") and not any(w.low in ("million", "billion", *SCALES) for w in words)


def is_stretch(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """The last hour, the next fortnight, which no calendar has; not "at the last minute"."""
    return words[-1].low in ("hour", "fortnight")


def is_window(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """ "The last two weeks", not the verb ("could last two weeks")."""
    return words[0].low != "last" or at == 0 or tokens.words[at - 1].low not in LASTS


LASTS = frozenset("to will would could can may might should must not 'll ’ll n't won't didn't doesn't only".split())


def is_decade(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """The 1920s, the 20s; not an age ("in his 20s", "in her mid-40s")."""
    before = next((w.low for w in reversed(tokens.words[max(at - 3, 0) : at]) if w.cls not in ("EARLY", "HYPHEN")), "")
    return before not in OWNERS


OWNERS = frozenset("my your his her its our their".split())


def is_one(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """The first week, the last Monday: of a unit one, and a part of what follows ("the last day of the week", not "the last years of the decade")."""
    units = [w.low for w in words if w.cls == "UNIT"]
    return units[:1] != ["decade"] and not (units and units[0].endswith("s")) and (words[0].cls != "LAST" or any(w.cls in ("MONTH", "YEAR") for w in words))


def is_day_of_month(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """ "On the 18th", where nothing follows that it could number ("on the 18th floor"); no swap that is "the third this month"."""
    after = tokens.words[end].low if end < len(tokens.words) else "."
    before = tokens.words[at - 1].low if at else ""
    if any(w.cls == "UNIT" for w in words):
        return words[-1].low == "month" and (before in CALLING or any(w.cls == "OF" for w in words))
    word = words[-1].low
    if words[-1].cls == "DAY":  # "on the 17 from 2pm"
        return before == "on" and (not (after[0].isalnum() or after in "-–—.:/") or after in DAY_ENDS)
    calls = before in CALLING or (before in ("before", "after", "from", "to", "of") and not after.isalpha())
    return word[0].isdigit() and int(word[:-2]) <= 31 and calls and (not after[0].isalnum() or after in DAY_ENDS)


CALLING = frozenset("on until by since".split())
DAY_ENDS = frozenset("and or at in to until through between with when after before by for from but because that he she they we it".split())


def is_number_of_day(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """ "Friday 23", "Friday the 23rd" where nothing follows that it could number ("Friday 23 people", "Friday, the first time in weeks", "Friday, the first to
    do so").
    """
    after = tokens.words[end].low if end < len(tokens.words) else "."
    apart = words[-1].cls == "DAY" or any(w.cls == "COMMA" for w in words)
    return not apart or not (after[0].isalnum() or after in "-–—:") or (after in DAY_ENDS and words[-1].low[0].isdigit())


def is_last_day(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """The 25 of "April 24 and 25", not of "April 24 and 25 people" nor of "April 24 and 25 May"."""
    after = tokens.words[end] if end < len(tokens.words) else None
    return after is None or after.low in DAY_ENDS or after.cls in ("YEAR", "PART") or not after.low[0].isalnum()


def is_in_month(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """5 May, the 5th of May, not the price in "for $12 December 27"."""
    return at == 0 or tokens.words[at - 1].low not in ("$", "£", "€")


def is_iso_month(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """2015-12, 12-2015 and 2015-3, written without a blank; 2010-12 and 2014-5 are two years."""
    year, month = sorted((words[0].low, words[-1].low), key=len, reverse=True)
    touch = words[0].end == words[1].start and words[1].end == words[2].start
    part = (at and tokens.words[at - 1].cls == "HYPHEN") or (end < len(tokens.words) and tokens.words[end].cls == "HYPHEN")
    if not touch or part or not 1 <= int(month) <= 12:
        return False
    return (words[0].cls == "DAY" and len(month) == 2) or (words[0].cls == "YEAR" and int(month) <= int(year[-len(month) :]))


def is_iso_day(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """2016 10 16, in figures of two, where nothing follows that the last could number."""
    apart = all(b.start - a.end == 1 for a, b in pairwise(words))
    after = tokens.words[end].low if end < len(tokens.words) else "."
    return apart and all(len(w.low) == 2 for w in words[1:]) and int(words[1].low) <= 12 and (after in DAY_ENDS or after in ".,;:)")


def is_days_of_month(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """ "From 4-23 this month", not "ruled 5-4 last month"."""
    before = tokens.words[at - 1].low if at else ""
    return before in ("from", "on", "the", "between") and int(words[0].low) < int(words[2].low) and words[-1].low == "month"


def is_closing(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """By EOD, at the EOY; not "EOD teams", and not the end of a day that follows ("EOD Friday")."""
    before = tokens.words[at - 1].low if at else ""
    after = tokens.words[end].low if end < len(tokens.words) else "."
    return before in ("by", "at", "until", "till", "before") and (not after[0].isalnum() or after in DAY_ENDS)


def is_fiscal(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """FY2018, FY 2018, CY18."""
    return words[-1].cls in ("YEAR", "SHORTYEAR") or (len(words[-1].low) == 2 and words[-2].end == words[-1].start)


def is_slash_day(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """4/22 as a day: called for by a weekday, a preposition or another such day, or written with a zero; never a fraction ("2/3 of them") nor 24/7."""
    number = next(w for w in words if w.cls == "SLASHNUM")
    first, second = map(int, number.low.split("/"))
    after, then = ([*tokens.words[end : end + 2], None, None])[:2]
    if min(first, second) < 1 or min(first, second) > 12 or max(first, second) > 31 or number.low == "24/7" or (after and after.low in ("of", "%")):
        return False
    if after and after.low[0].isalpha() and after.cls == "_" and after.low not in DAY_ENDS:
        return False
    before, earlier = ([*reversed(tokens.words[max(at - 2, 0) : at]), None, None])[:2]
    listed = before is not None and before.cls in ("COMMA", "OR", "AND", "HYPHEN", "TO") and earlier is not None and earlier.cls in ("SLASHNUM", "SLASH")
    ranged = after is not None and after.cls in ("HYPHEN", "TO") and then is not None and then.cls in ("SLASHNUM", "SLASH")
    called = before is None or before.low in SLASH_CALLS or len(words) > 1
    return called or listed or ranged or second > 12 or "0" in (number.low[0], number.low.split("/")[1][0]) or first > 12


SLASH_CALLS = frozenset("on by until till from since between before after this next".split())


def is_week_number(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """Week 31, of a year that is said, or where "the" calls for the year's ("in the week 31")."""
    unit = next(w for w in words if w.cls == "UNIT")
    number = next(w for w in words if w.cls in ("NUM", "DAY"))
    after = tokens.words[end].low if end < len(tokens.words) else "."
    said = words[-1].cls in ("UNIT", "YEAR") or (at > 1 and tokens.words[at - 1].cls == "COMMA" and tokens.words[at - 2].cls == "WEEKDAY")
    return unit.low == "week" and number.low.isdigit() and 1 <= int(number.low) <= 53 and (said or (words[0].cls == "THE" and not after[0].isalnum()))


def is_compound(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """ "Two years and three months": units that get smaller; not "an hour and two days"."""
    units = [UNIT_ORDER.get(w.low.removesuffix("s"), 0) for w in words if w.cls in ("UNIT", "CLOCKUNIT")]
    return all(units) and all(a > b for a, b in pairwise(units)) and is_duration(words, tokens, at, end)


UNIT_ORDER = {"year": 6, "month": 5, "week": 4, "day": 3, "hour": 2, "minute": 1}


def is_holiday(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """Labor Day, Valentine's Day; of the words that only "day" makes a holiday none alone."""
    units = [w.low for w in words if w.cls == "UNIT"]
    weekend = words[-1].cls != "UNIT" or words[-1].low in ("eve", "day", "weekend", "week")
    if any(w.cls == "_" and w.low not in "'’" for w in words):
        return False
    whole = not any(w.cls == "OF" and words[0].cls in ("UNIT", "THE") for w in words) or units[0] == "weekend"
    return whole and weekend and (not any(w.cls == "NAMEDDAY" for w in words) or "day" in units)


def is_feast(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """Good Friday, Easter Monday; not "a good Friday"."""
    typed_small = words[0].low != "good" and tokens.text[words[1].start].islower()
    return f"{words[0].low} {words[1].low}" in data()["feast"] and (tokens.text[words[0].start].isupper() or typed_small)


def is_today(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """Today, not the paper or the broadcast of that name ("USA TODAY", "NBC's Today")."""
    before = [w for w in tokens.words[max(at - 2, 0) : at] if w.cls != "POSS"]
    names = bool(before) and before[-1].cls == "_" and tokens.text[before[-1].start : before[-1].end].isupper()
    return not (names and len(words) == 1 and words[0].low == "today" and tokens.text[words[0].start].isupper())


def is_current(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """ "Its current president", not "this"."""
    return words[0].low == "current"


def is_to_date(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """To date, till date, until the current date; not "up to date" nor the verb ("to date the find", "to date from")."""
    after = tokens.words[end].low if end < len(tokens.words) else "."
    return (at < 2 or tokens.words[at - 2].low != "up") and words[0].low in ("date", "current") and after not in DATED and not after[0].isdigit()


DATED = frozenset("a an the this that these her him it them back from with".split())


def is_part(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """By late afternoon, mid-morning; not "a late night show", "the early morning hours"."""
    before, after = tokens.words[at - 1].cls if at else "", tokens.words[end] if end < len(tokens.words) else None
    return before not in ("A", "THE") and (after is None or after.cls != "_" or not after.low[0].isalpha() or after.low in DAY_ENDS)


def is_nights(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """Two nights, three mornings; not "the 5 morning papers"."""
    return words[-1].low.endswith("s") or words[0].low in ("one", "1")


def is_whole(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """All day, all week, another year."""
    return words[-1].cls == "UNIT" and not words[-1].low.endswith("s") and words[0].low in ("all", "another")


def is_half(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """ "First-half profit", "1989's second half", "in the first half" (of the year), not "the first half of the match", "the second half-time"."""
    after = tokens.words[end] if end < len(tokens.words) else None
    named = any(w.cls in ("YEAR", "FISCAL", "UNIT") for w in words)
    if words[-2].cls == "HYPHEN":
        return after is not None and after.cls == "_" and after.low.isalpha()
    before = tokens.words[at - 1].low if at else ""
    return named or (words[0].cls == "THE" and before in ("in", "for", "during") and (after is None or after.low in (",", ".", "from", "compared", "to", "as")))


def is_century(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    return words[-1].low in ("century", "centuries")


def is_year(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """A number of four digits that is a year and not a count, a sum or a code."""
    where = next(i for i, w in enumerate(words) if w.cls == "YEAR") + at
    before = tokens.words[where - 1].low if where else ""
    after = tokens.words[end].low if end < len(tokens.words) else ""
    if any(w.cls == "UNIT" and w.low != "year" for w in words):
        return False
    than = before == "than" and where > 1 and tokens.words[where - 2].low in ("later", "earlier", "greater")
    if (before in data()["not_year_before"]["words"] and not than) or after in data()["not_year_after"]["words"]:
        return False
    digits = tokens.words[where - 2] if where > 1 else None
    if before == "-" and digits is not None and digits.cls in ("NUM", "DAY") and digits.end == tokens.words[where - 1].start:
        return False  # the end of a longer code ("82-2100")
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
    return unit.low != "days" or len(words) > 1 or (before is not None and before.low in ("for", "within"))


def is_the_unit(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """For "the weekend", "the year" not followed by its own description ("the day the war began")."""
    unit = words[-1].low
    after = tokens.words[end].low if end < len(tokens.words) else "."
    if words[0].low != "the" or after == "-" or (unit != "weekends" and unit.endswith("s")):  # "the weeks to come"
        return False
    if any(w.low == "full" for w in words):
        return True
    if unit == "quarter" and at and tokens.words[at - 1].low in ("in", "for", "during"):
        return True
    goes_on = after in ("and", "to", "in", "was", "but", "at", "from", "with", "ended", "ending")
    runs_out = after in ("is", "ends", "closes") and at > 0 and tokens.words[at - 1].low == "before"  # "before the year is out"
    return unit == "weekend" or goes_on or (unit in ("year", "quarter", "week", "month") and (runs_out or not after.isalpha()))


def is_the_past(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    after = tokens.words[end] if end < len(tokens.words) else None
    return (
        words[0].low == "the"
        and words[1].low == "past"
        and (after is None or not after.low.isalpha() or after.low in ("and", "have", "has", "when", "as", "is", "was"))
    )


def is_quarter(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """The third quarter, not a "third quarter-point cut" nor a "first quarter-final"."""
    after = tokens.words[end] if end < len(tokens.words) else None
    return after is None or after.cls != "HYPHEN" or after.start != words[-1].end


def is_season(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """The winter, not the Winter Olympics."""
    after = tokens.words[end] if end < len(tokens.words) else None
    named = tokens.text[words[-1].start].isupper() and after is not None and tokens.text[after.start].isupper()
    return not named


def of_quarter(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """ "The latest quarter" is the one spoken of; "the last quarter", "the past quarter" are the one before, which the calendar tells."""
    return words[1].low not in ("last", "past")


def ends_clause(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """That "two days before." counts from an earlier day; "two days before the vote" from the vote, which is not known here."""
    after = tokens.words[end] if end < len(tokens.words) else None
    if words[-1].low == "later" and after is not None and (after.cls == "TODAY" or after.low == "this"):  # "find 30 minutes later this week"
        return False
    return words[-1].low not in ("before", "after") or after is None or not after.low[0].isalnum()


def is_duration(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """Not an age ("52 years old"), a rate ("$2 million a year") or a share ("three-quarters")."""
    after = [w.low for w in tokens.words[end : end + 2]]
    before = tokens.words[at - 1] if at else None
    if words[-1].low == "old" or after[:1] == ["old"] or after in (["-", "old"], ["-", "olds"]):
        return False
    if words[-1].low == "quarters" and any(w.cls == "HYPHEN" for w in words):
        return False
    return not (
        words[0].cls == "A" and before is not None and (before.cls in ("NUM", "DAY", "YEAR") or before.low in ("million", "billion", "%", "percent", "times"))
    )


def is_long(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """A "decades-long" dispute, not the end of a "52-year-old"."""
    return words[-1].low != "old"


def is_clock(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """A clock time that says so ("8 p.m.", "noon", "at 8:30"), not a score or a verse."""
    return any(w.cls in ("AMPM", "NOON", "TZ", "TIME") for w in words) or (at > 0 and tokens.words[at - 1].low in CLOCK_CALLS)


CLOCK_CALLS = frozenset("at by until till around about before after than since".split())


def short_range(words: tuple[Word, ...], tokens: Tokens, at: int, end: int) -> bool:
    """2014-16 or 2014-2018, not "2014-5", not "2014 to 20 nations" and not "2014 - 30 March 2017"."""
    last = words[-1].low
    if at and tokens.words[at - 1].cls == "HYPHEN" and tokens.words[at - 1].end == words[0].start:
        return False  # the end of a longer code ("138-2010-2015")
    dated = len(last) == 2 and end < len(tokens.words) and tokens.words[end].cls == "MONTH"
    return words[1].cls == "HYPHEN" and last.isdigit() and len(last) in (2, 4) and not dated
