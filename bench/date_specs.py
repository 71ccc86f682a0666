"""Time expressions against the date specifications of Recognizers-Text (MIT): ``python -m bench.date_specs [--misses]``.

A specification is a sentence of an assistant's user with the times that must be found in it. It applies when all of them are dates, ranges of dates, moments or
durations that it resolves itself; clock times without a day, sets ("every week"), time zones and what it leaves unresolved do not. It is right when each
of its times is overlapped by a found expression of the same days (of a duration: the same length), in order. Where it offers several readings ("Monday": the
last or the next) any is right. Two differences of dialect are no faults: there a range ends before its second end ("2014 to 2018" without 2018), here with it;
and a date with a clock time or a weekday is one expression there, here it may be two. Specifications without any time are counted apart.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from backchannel.coder import times
from backchannel.coder.tenses import tenses
from backchannel.reader import read
from backchannel.records import TimeExpression, When

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "timex.recognizers.dev.jsonl.gz"
APPLY = frozenset(("date", "daterange", "datetime", "datetimerange", "duration"))
DAY = timedelta(days=1)
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
        out |= {v["timex"]} if v["type"] == "duration" else {_days(v), *_with_end(v)}
    return out


def _with_end(value: dict[str, str]) -> list[Days]:
    """The days of a range with its second end ("2014 to 2018": 2018 too), where the specification says what the ends are: ``(2014-01-01,2018-01-01,P4Y)``."""
    first, last = _days(value)
    parts = value["timex"].strip("()").split(",")
    if len(parts) != 3 or not last or "T" in parts[2]:
        return []
    end = date.fromisoformat(last) + DAY
    unit = parts[2][-1]
    ends = [end]
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
    out: set[Days | str] = {found.timex.value} if found.timex.type == "DURATION" else set()
    if when.start or when.end:
        first, last = (when.start or "")[:10], (when.end or "")[:10]
        out |= {(first, last), *_bounded(when, first, last)}
    return out


def _bounded(when: When, first: str, last: str) -> list[Days]:
    """What a bound leaves of the days."""
    if when.bound == "before" and first:
        return [("", (date.fromisoformat(first) - DAY).isoformat())]
    if when.bound in ("by", "until", "within", "before_or_on"):
        return [("", last or first), (first, last or first)]
    if when.bound == "after" and last:
        return [((date.fromisoformat(last) + DAY).isoformat(), "")]
    if when.bound == "since":
        return [(first, "")]
    return []


def _is_found(readings: set[Days | str], result: dict[str, Any], found: list[TimeExpression]) -> bool:
    """Whether an expression in the place of an expected one has one of its readings."""
    return any(f.start <= result["End"] and result["Start"] < f.end and readings & given(f) for f in found)


def measure(show: bool) -> tuple[int, int, int, int]:
    """(right, that apply, silent, without a time)."""
    right = apply = silent = without = 0
    missed: list[str] = []
    for spec in specs():
        day = (spec["dct"] or "")[:10]
        expected = [wanted(r) for r in spec["results"]]
        if any(w is None for w in expected) or not (day or not expected):
            continue
        found = times.find(spec["text"], published=When(start=day, end=day, precision="day") if day else None, tense=tenses(read(spec["text"])))
        if not expected:
            without += 1
            silent += not found
            if found:
                missed.append(f"none    {spec['text']!r} got {[f.text for f in found]}")
            continue
        apply += 1
        ok = all(_is_found(w or set(), r, found) for w, r in zip(expected, spec["results"], strict=True))
        right += ok
        if not ok:
            wants = [(r["Text"], sorted(map(str, w or ()))) for r, w in zip(spec["results"], expected, strict=True)]
            missed.append(f"{spec['id'][14:]:>5} {spec['text']!r} on {day}: {wants} got {[(f.text, f.when.bound, sorted(map(str, given(f)))) for f in found]}")
    if show:
        print("\n".join(missed))
    return right, apply, silent, without


def main() -> None:
    """Print the share that is right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    if not DATA.exists():
        sys.exit("found no ../shared/data; the measurement needs its data")
    right, apply, silent, without = measure(options.misses)
    print(f"date specifications that apply: {right} of {apply} right ({right / apply:.3f}); nothing found in {silent} of {without} without a time")


if __name__ == "__main__":
    main()
