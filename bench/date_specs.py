"""Time expressions against the date specifications of Recognizers-Text (MIT): ``python -m bench.date_specs [--misses]``.

A specification is a sentence of an assistant's user with the times that must be found in it. It applies when all of them are dates, ranges of dates, moments or
durations that it resolves itself; clock times without a day, sets ("every week"), time zones and what it leaves unresolved do not. It is right when each
of its times is overlapped by a found expression of the same days (of a duration: the same length, "P1.5Y" and "P1Y6M" alike), in order. Where it offers
several readings ("Monday": the last or the next) any is right. Differences of dialect are no faults: there a range ends before its second end ("2014 to 2018"
without 2018), here with it; a date with a clock time or a weekday is one expression there, here it may be two; "now" is today there and PRESENT_REF, which it
is here too. Five more are counted apart: "few" is three there, here TIMEX3's "X"; "in two weeks", "two weeks later" is a day there, here the calendar week
(month, year) around that day, as TIMEX3 has it; dates joined by "and" or "or" are each their own there, here one stretch; how much of a month or year its
"early", "late", "end" is differs, so there it is enough that one stretch lies in the other; "starting Monday" is open there, here the day of the start.
Specifications without any time are counted apart.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from backchannel.coder import times
from backchannel.coder.acts.tenses import tenses
from backchannel.reader import read
from backchannel.records import TimeExpression, When

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "timex.recognizers.dev.jsonl.gz"
APPLY = frozenset(("date", "daterange", "datetime", "datetimerange", "duration"))
DAY = timedelta(days=1)
VAGUE = re.compile(r"\b(few|some|several|couple)\b", re.I)
PARTLY = re.compile(r"\b(early|earlier|mid|late|later|end|middle|beginning|eoy)\b", re.I)
OFFSET = re.compile(r"(in )?(?!last|next|this|past|that|the)[\w.]+ (weeks?|fortnights?|months?|years?)( ago| back| later| earlier| from now|[’']s time)?", re.I)
Days = tuple[str, str]  # first and last day, "" = open


def specs() -> list[dict[str, Any]]:
    """The specifications of the default rule set, in order."""
    with gzip.open(DATA, "rt", encoding="utf8") as lines:
        return [r for line in lines if (r := json.loads(line))["spec"] == "DateTimeModel"]


def wanted(result: dict[str, Any]) -> set[Days | str] | None:
    """The readings of one expected expression: days, or the length of a duration; None: it does not apply."""
    values = (result.get("Resolution") or {}).get("values", [])
    if result.get("TypeName", ".").split(".")[1] not in APPLY or not values or any(v.get("value") == "not resolved" or v["type"] not in APPLY for v in values):
        return None
    out: set[Days | str] = set()
    for v in values:
        out |= {_length(v["timex"])} if v["type"] == "duration" else {_days(v), *_with_end(v, result["Text"])}
        out |= {v["timex"]} & {"PRESENT_REF"}
    return out


def _length(value: str) -> str:
    """A TIMEX3 duration with each number in its largest whole units: P1.5Y -> P1Y6M, P1.25Y -> P1Y3M, PT0.5H -> PT30M; any other as it is."""
    m = re.fullmatch(r"P(T?)(\d+)\.(5|25)([YDHM])", value)
    if not m:
        return value
    time, whole, part, unit = m.groups()
    halves, quarters = {"Y": ("6M", "3M"), "D": ("T12H", "T6H"), "H": ("30M", "15M"), "M": ("30S", "15S") if time else ("", "")}[unit]
    rest = halves if part == "5" else quarters
    return f"P{time}{whole + unit if int(whole) else ''}{rest}" if rest else value


def _with_end(value: dict[str, str], text: str) -> list[Days]:
    """The days of a range with its second end ("2014 to 2018": 2018 too), where the specification says what the ends are: ``(2014-01-01,2018-01-01,P4Y)``."""
    first, last = _days(value)
    parts = value["timex"].strip("()").split(",")
    if len(parts) != 3 or not last or "T" in parts[2]:
        return []
    end = date.fromisoformat(last) + DAY
    unit = parts[2][-1]
    ends = [end]
    if re.search(r"\bq\d", text, re.I):
        ends.append(date(end.year + (end.month > 9), (end.month + 2) % 12 + 1, 1) - DAY)
    if unit in "MY" and end.day == 1:
        ends.append((end.replace(day=28) + 4 * DAY).replace(day=1) - DAY)
    if unit == "Y" and (end.month, end.day) == (1, 1):
        ends.append(end.replace(month=12, day=31))
    return [(first, e.isoformat()) for e in ends]


def _days(value: dict[str, str]) -> Days:
    """First and last day of a resolved value; the end of a range of dates is the day after its last."""
    if "value" in value:
        return value["value"][:10], value["value"][:10]
    first, end = value.get("start", "")[:10], value.get("end", "")
    midnight = not end[10:].strip(" 0:")
    last = (date.fromisoformat(end[:10]) - DAY).isoformat() if end and midnight else end[:10]
    return first, last


def given(found: TimeExpression) -> set[Days | str]:
    """The days of a found expression, a bound taken into account as the specifications do ("after 2015" begins with 2016), and its length as a duration."""
    when = found.when
    out: set[Days | str] = {_length(found.timex.value)} if found.timex.type == "DURATION" else {found.timex.value} & {"PRESENT_REF"}
    if when.start or when.end:
        first, last = (when.start or "")[:10], (when.end or "")[:10]
        out |= {(first, last), *_bounded(when, first, last, clock=":" in found.timex.value)}
    return out


def _bounded(when: When, first: str, last: str, *, clock: bool) -> list[Days]:
    """What a bound leaves of the days; before or after a clock time is still the same day."""
    if clock and when.bound in ("before", "after"):
        return [("", last) if when.bound == "before" else (first, "")]
    if when.bound == "before" and first:
        return [("", (date.fromisoformat(first) - DAY).isoformat())]
    if when.bound in ("by", "until", "within", "before_or_on"):
        return [("", last or first), (first, last or first)]
    if when.bound == "after" and last:
        return [((date.fromisoformat(last) + DAY).isoformat(), "")]
    if when.bound == "since":
        return [(first, "")]
    return []


def _in_dialect(readings: set[Days | str], expected: str, f: TimeExpression) -> bool:
    """Whether an expression has one of the readings but for the dialect: a vague number, or the calendar unit around the day that an offset leads to."""
    if any(isinstance(w, str) and VAGUE.search(f.text) and f.timex.value == re.sub(r"\d+", "X", w) for w in readings):
        return True
    first, last = f.when.start or "", f.when.end or ""
    days = [w for w in readings if not isinstance(w, str)]
    if (f.when.text or "").lower().startswith(("starting ", "beginning ")) and (first, "") in days:
        return True
    if PARTLY.search(expected) and any("" in w and (a or b)[:4] in (first[:4], last[:4]) for w in days for a, b in (w,)):  # "since the end of 1989"
        return f.when.bound is not None
    if PARTLY.search(expected) and any((first <= a and b <= last) or (a <= first and last <= b) for a, b in days if a and b and first and last):
        return True
    return bool(OFFSET.fullmatch(expected)) and any(not isinstance(w, str) and w[0] == w[1] and first <= w[0] <= last for w in readings)


def _is_found(readings: set[Days | str], result: dict[str, Any], found: list[TimeExpression], *, dialect: bool) -> bool:
    """Whether an expression in the place of an expected one has one of its readings."""
    here = [f for f in found if f.start <= result["End"] and result["Start"] < f.end]
    return any(readings & given(f) or (dialect and _in_dialect(readings, result["Text"], f)) for f in here)


def _joined(expected: list[set[Days | str]], results: list[dict[str, Any]], text: str, n: int) -> set[Days | str]:
    """The stretches in which an expected date stands with others that are joined to it by "and", "or" or a comma: from the first day to the last."""
    linked = [bool(re.fullmatch(r"\W*(and|or|,)\W*(the )?", text[a["End"] + 1 : b["Start"]])) for a, b in pairwise(results)]
    before = next((i for i in range(n, 0, -1) if not linked[i - 1]), 0)
    after = next((i for i in range(n, len(linked)) if not linked[i]), len(linked))
    days = [[w for w in readings if not isinstance(w, str)] for readings in expected]
    return {(a[0], b[1]) for i in range(before, n + 1) for j in range(n, after + 1) if i < j for a in days[i] for b in days[j]}


def measure(show: bool) -> tuple[int, int, int, int, int]:
    """(right, of these without the dialect, that apply, silent, without a time)."""
    right = plain = apply = silent = without = 0
    missed: list[str] = []
    for spec in specs():
        day, text, results = (spec["dct"] or "")[:10], spec["text"], spec["results"]
        expected = [w for r in results if (w := wanted(r)) is not None]
        if len(expected) < len(results) or not (day or not expected):
            continue
        found = times.find(text, published=When(start=day, end=day, precision="day") if day else None, tense=tenses(read(text)))
        if not expected:
            without += 1
            silent += not found
            if found:
                missed.append(f"none    {text!r} got {[f.text for f in found]}")
            continue
        apply += 1
        strict = all(_is_found(w, r, found, dialect=False) for w, r in zip(expected, results, strict=True))
        wide = [w | _joined(expected, results, text, n) for n, w in enumerate(expected)]
        ok = all(_is_found(w, r, found, dialect=True) for w, r in zip(wide, results, strict=True))
        right, plain = right + ok, plain + strict
        if not ok:
            wants = [(r["Text"], sorted(map(str, w))) for r, w in zip(results, expected, strict=True)]
            missed.append(f"{spec['id'][14:]:>5} {text!r} on {day}: {wants} got {[(f.text, f.when.bound, sorted(map(str, given(f)))) for f in found]}")
    if show:
        print("\n".join(missed))
    return right, plain, apply, silent, without


def main() -> None:
    """Print the share that is right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    if not DATA.exists():
        sys.exit("found no ../shared/data; the measurement needs its data")
    right, plain, apply, silent, without = measure(options.misses)
    shares = f"{right} of {apply} right ({right / apply:.3f}; {plain / apply:.3f} without the five of dialect)"
    print(f"date specifications that apply: {shares}; nothing found in {silent} of {without} without a time")


if __name__ == "__main__":
    main()
