"""Records -> the words people read: dates, acts, parties; and hostile text made harmless.

Report text can hold terminal escapes, bidirectional overrides, markup and HTML. Everything shown passes through ``clean``; styles are applied to
whole strings and never parsed out of them.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from backchannel import plover
from backchannel.ledger.intervals import FIRST, LAST, days
from backchannel.records import Party, When

# What opens a demand and is no part of what is demanded.
ASKING = re.compile(r"^(?:(?:that|to|must|should|shall|has to|have to|needs? to) )+")
STEM = 5  # letters by which "promised" is a promise
WITH_DAYS = timedelta(days=60)  # from here on a stretch over New Year is told by its months
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@cache
def words() -> dict[str, Any]:
    """words.toml, read once."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf8"))


def clean(text: str) -> str:
    """The text on one line, with nothing in it that a terminal or reader's eye could be tricked by."""
    kept = ("\ufffd" if unicodedata.category(c) in ("Cc", "Cs") or c in BIDI else c for c in " ".join(text.split()))
    return "".join(kept)


def shorten(text: str, width: int) -> str:
    """The text cut at a word to at most ``width`` characters."""
    text = clean(text)
    if len(text) <= width:
        return text
    return text[: width - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def around(text: str, start: int, end: int, width: int) -> str:
    """About ``width`` characters of the text around a stretch of it, cut at words."""
    if len(text) <= width:
        return clean(text)
    spare = max(0, width - (end - start)) // 2
    first, last = max(0, start - spare), min(len(text), end + spare)
    first, last = max(0, min(first, len(text) - width)), min(len(text), max(last, width))
    cut = text[first:last]
    if first:
        cut = "…" + (cut if text[first - 1] == " " else cut.split(" ", 1)[-1])
    if last < len(text):
        cut = (cut if text[last] == " " else cut.rsplit(" ", 1)[0]).rstrip(",;: ") + "…"
    return clean(cut)


def with_names(text: str, start: int, end: int, names: Iterable[str], width: int) -> tuple[int, int]:
    """A stretch of a text and, the nearest first, what it says of these names beside it, as far as ``width`` characters hold."""
    words = {w for name in names for w in re.findall(r"[^\W\d_][\w.'’-]+", name) if len(w) > 2}
    spots = [m.span() for w in words for m in re.finditer(rf"\b{re.escape(w)}\b", text)]
    for first, last in sorted(spots, key=lambda s: (max(start - s[1], s[0] - end), s)):
        if max(end, last) - min(start, first) <= width:
            start, end = min(start, first), max(end, last)
    return start, end


def act(event: str, mode: str | None, contexts: Sequence[str] = ()) -> str:
    """What an analyst would call the act; a type (among the ``contexts``) or mode of the user's own by its name."""
    names: dict[str, str] = words()["acts"]
    own = [c for c in contexts if c not in plover.contexts()]
    if own or (mode and mode not in plover.modes(event)):
        return f"{names.get(event, event.lower())}, {joined([*own, *([mode] if mode and mode not in plover.modes(event) else [])])}"
    return names.get(f"{event}-{mode}") or names.get(event, event.lower())


def act_by(name: str, anchors: Sequence[str]) -> str:
    """Of what an act is called by ("agreement or promise") the part that its own words tell ("agreed": agreement), else all of it."""
    said = [w for a in anchors for w in re.findall(r"\w+", a.casefold())]
    for part in name.split(" or ") if " or " in name else ():
        begins = (*(w[:STEM] for w in part.split() if len(w) >= STEM), *words()["told_by"].get(part, ()))
        if any(w.startswith(begins) for w in said):
            return part
    return name


def joined(items: Iterable[str], last: str = "and") -> str:
    """The items as in: a, b and c."""
    items = list(items)
    return f" {last} ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def quoted(words: Sequence[str]) -> str:
    """The words that name an act, each in quotation marks, two at most."""
    return joined(f"“{clean(w)}”" for w in words[:2])


def once(told: Mapping[str, Sequence[str]], known: Iterable[str] = ()) -> dict[str, list[str]]:
    """Phrases under labels without those that another phrase or one of the ``known`` names holds whole; of two that are the same the first is kept."""
    bare = [(label, p, _bare(p)) for label, phrases in told.items() for p in phrases]
    names = [_bare(name) for name in known]
    kept: dict[str, list[str]] = {label: [] for label in told}
    for n, (label, phrase, own) in enumerate(bare):
        longer = any(_holds(other, own) and (other != own or m < n) for m, (_, _, other) in enumerate(bare) if m != n)
        if not longer and not any(_holds(name, own) for name in names):
            kept[label].append(phrase)
    return kept


def _bare(phrase: str) -> str:
    return re.sub(r"^(?:the|a|an) ", "", ASKING.sub("", clean(phrase).casefold()))


def _holds(longer: str, phrase: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", longer) is not None


def with_article(name: str, *, state: bool = True) -> str:
    """The name of a state, or else of a body, within a phrase: "the United States", "the Philippines", "France", "the Arab League", "NATO"."""
    begins, ends = ("United ", "European "), ("Republic", "Islands", "lands", "Emirates", "Philippines")
    return f"the {name}" if name.startswith(begins) or name.endswith(ends) or (not state and " " in name) else name


def named(parties: Iterable[Party], *roles: str) -> list[str]:
    """The names of the parties in these roles, each once."""
    return list(dict.fromkeys(clean(p.name) for p in parties if not roles or p.role in roles))


def on(when: When | None) -> str:
    """A When as people write it: Sun 3 Aug 2025, 28 Jul – 3 Aug 2025, Jul 2025, 2022, since 7 Oct 2023; its words when it has no dates."""
    if when is None:
        return "undated"
    span = days(when)
    if span is None:
        return f"“{clean(when.text)}”" if when.text else "undated"
    if span.first == FIRST:
        return f"until {_one(span.last)}"
    if span.last == LAST:
        return f"since {_one(span.first)}"
    return _between(date.fromordinal(span.first), date.fromordinal(span.last))


def years(when: When | None) -> str:
    """The years of a time, "2012" or "2012–2013"; empty where it has no dates on both sides."""
    span = days(when)
    if span is None or span.first == FIRST or span.last == LAST:
        return ""
    first, last = date.fromordinal(span.first).year, date.fromordinal(span.last).year
    return str(first) if first == last else f"{first}–{last}"


def due(when: When | None) -> str:
    """A deadline: "before Fri 8 Aug 2025"."""
    if when is None:
        return ""
    word = {"before_or_on": "by", "since": "from"}.get(when.bound or "by", when.bound or "by")
    if word == "within" and not when.end:  # counted from a day that is not known
        return f"within {clean(when.text or '').removeprefix('within ')}"
    if word == "within":  # a stretch, of which the last day counts
        word, when = "by", When(start=when.end, end=when.end, text=when.text)
    span = days(when)
    if span is None:
        return clean(when.text or "")
    return f"{word} {on(when)}" if span.last != LAST else on(when)


def on_day(iso: str) -> str:
    """A calendar day: "8 Aug 2025"."""
    return _one(date.fromisoformat(iso[:10]).toordinal())


def _one(ordinal: int) -> str:
    day = date.fromordinal(ordinal)
    return f"{day.day} {day:%b %Y}"


def _between(first: date, last: date) -> str:
    if first == last:
        return f"{first:%a} {first.day} {first:%b %Y}"
    next_day = date.fromordinal(last.toordinal() + 1) if last < date.max else last
    if first.day == 1 and next_day.day == 1:
        if (first.month, last.month) == (1, 12):
            return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%b %Y}"
    if first.year != last.year and last - first > WITH_DAYS:
        return f"{first:%b %Y} – {last:%b %Y}"
    start = (
        f"{first.day}"
        + (f" {first:%b}" if (first.year, first.month) != (last.year, last.month) else "")
        + (f" {first.year}" if first.year != last.year else "")
    )
    return f"{start}–{last.day} {last:%b %Y}" if " " not in start else f"{start} – {last.day} {last:%b %Y}"
