"""The dateline at the head of a report ("MOSCOW, Aug 5 (Reuters) - ") -> its place, the agency that signs and the date as written.

Agencies have their own ways: "MOSCOW. April 3. INTERFAX. ", "MOSCOW, February 9. /TASS/. ", "Tehran, IRNA – ", "(ANSA) - ROME, OCT 17 - ",
"Caracas, Jan 10 (EFE).- ", "Aug. 5 (UPI) -- "; papers write "The New York Times, LONDON: " and "NEW DELHI: ".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from backchannel.intake.agencies import agency_name, is_place, outlet_name, signature
from backchannel.records import Span

HEAD, LINES, LONGEST = 1500, 8, 160  # characters and line breaks at the head of a text behind which a dateline may stand, and how long one may be
MONTH = "(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
CAPITALS = r"[A-Z][A-Z.'’-]{1,30}(?:[ /][A-Z][A-Z.'’-]{1,30}){0,4}"
COUNTRY = rf"(?:, (?!{MONTH}[A-Za-z]{{0,6}}\.? \d)[A-Z][\w.'’-]{{1,20}}(?: [A-Z][\w.'’-]{{1,20}}){{0,2}})"
PLACE = rf"{CAPITALS}{COUNTRY}?"
MIXED = r"[A-Z][\w.'’-]{1,30}(?: [A-Z][\w.'’-]{1,30}){0,3}"
TOWN = rf"{PLACE}|{MIXED}"
SIGNED = r"\((?P<agency>[A-Za-z][\w./, &-]{1,40})\)"
WEEKDAY = r"(?:,? ?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?"
DAY = rf"(?P<date>{MONTH}[A-Za-z]{{0,6}}\.? \d{{1,2}}(?:, ?\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? {MONTH}[A-Za-z]{{0,6}}\.?,?(?: \d{{4}})?)"
DATE = rf"(?:{WEEKDAY}[,.]? ?{DAY})"
DASH = r"\*{0,2}(?:[ \t]{0,2}(?:--|[–—])[ \t\n]{0,2}|[ \t]{1,2}[-_|][ \t\n]{1,2})"
ENDED = rf"(?P<ended>{DASH}|-(?=[A-Z ])|: |\.[-–—]?[ \t])"
DATELINES = tuple(
    re.compile(r"[ \t\n]{0,4}\*{0,2}" + pattern)
    for pattern in (
        rf"(?P<place>{TOWN}){DATE}?[,:]? {SIGNED}(?:{ENDED}|[ \t])",
        rf"(?P<place>{TOWN}){DATE}?[,.]? /(?P<agency>[A-Z][\w. -]{{1,30}})/(?P<ended>[.,:]?[ \t]{{1,2}})",
        rf"(?P<place>{TOWN}){DATE}?(?:, |{DASH})(?P<agency>[A-Z]\w{{1,20}}(?: [A-Z]\w{{1,20}}){{0,2}})(?P<ended>{DASH}|-(?=[A-Z ])|\. )",
        rf"(?P<place>{CAPITALS}){DATE}\. (?P<agency>[A-Z]{{2,20}})(?P<ended>\. )",
        rf"{SIGNED}{DASH}(?P<place>{TOWN}){DATE}?(?P<ended>{DASH})",
        rf"{DAY} {SIGNED}{ENDED}",
        rf"{SIGNED}(?:{ENDED}|[ \t])",
        rf"(?P<agency>{MIXED}), (?P<place>{PLACE})(?P<ended>: )",
        rf"(?P<place>{PLACE}|{MIXED}{COUNTRY}){DATE}?{DASH}",
        rf"(?P<place>{CAPITALS} \([A-Z][\w.'’ -]{{2,30}}\)){DATE}{DASH}",
        rf"(?P<place>{PLACE}): (?=[A-Z])",
    )
)
NOT_PLACES = frozenset(
    "BREAKING UPDATE EXCLUSIVE WATCH VIDEO LIVE PHOTOS FILE NOTE ANALYSIS OPINION CORRECTION READ MORE RELATED ADVERTISEMENT STORY NEWS".split()
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """As in "MOSCOW, Aug 5 (Reuters) - ": the place, the agency's full name, the date as written, and where it all stands."""

    start: int
    end: int
    place: Span | None
    agency: str | None
    date: str | None


@lru_cache(maxsize=4)  # intake and coder ask for the same text
def dateline(text: str) -> Dateline | None:
    """The dateline at the head of the text (or of one of its first lines)."""
    starts = [0, *[m.end() for m in re.finditer(r"\n+", text[:HEAD])][:LINES]]
    for at in starts:
        for pattern in DATELINES:
            m = pattern.match(text, at, min(at + LONGEST, len(text)))
            if m and (made := _dateline_of(m, text)):
                return made
    return None


def span(text: str, start: int, end: int) -> Span:
    """The span, quoted, without white space around it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end, text=text[start:end])


def _dateline_of(m: re.Match[str], text: str) -> Dateline | None:
    """The dateline a match stands for; null when the capitals are no dateline."""
    groups = m.groupdict()
    signed, place = groups.get("agency"), groups.get("place")
    agency = _signed_by(m, signed) if signed else None
    if (signed and agency is None) or (not signed and not _unsigned(place, text[m.end("place") : m.end()])):
        return None
    start = span(text, m.start(), m.end()).start
    return Dateline(start, span(text, start, m.end()).end, _where(text, m) if place else None, agency, groups.get("date"))


def _where(text: str, m: re.Match[str]) -> Span:
    """The place; the full stop behind a town in capitals is none of its name ("MOSCOW. Oct 12", but "WASHINGTON D.C.", "CAMP DAVID, Md.")."""
    found = span(text, m.start("place"), m.end("place"))
    return span(text, found.start, found.end - bool(re.search(r"[A-Z]{4}\.$", found.text)))


def _unsigned(place: str | None, behind: str) -> bool:
    """Whether what nobody signs is a dateline: a place in capitals before a dash, before a colon one that is known, in small letters a known town of a known
    country.
    """
    if place is None or place.split(" ")[0] in NOT_PLACES:
        return False
    town, _, country = place.partition(", ")
    if place[1].islower():
        return is_place(town) and is_place(country)
    return is_place(place) if ":" in behind else sum(c.isupper() for c in place) >= 4


def _signed_by(m: re.Match[str], signed: str) -> str | None:
    """The agency that signs: any that is known; behind a dash also other outlets, and behind a place in capitals what neither table has."""
    place, ended = m.groupdict().get("place"), m.groupdict().get("ended", DASH)
    capitals = place if place and place.upper() == place else None
    if not ended:
        return (outlet_name if capitals else agency_name)(signed.split("/")[0].strip())
    return signature(signed, place=capitals if "(" in m.group() and signed[0].isupper() else None)
