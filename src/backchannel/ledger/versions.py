"""Reports at one address -> versions of one report: which stands, which it replaces, and what was changed.

An outlet that corrects a report serves another text at the same address. Both are kept; a withdrawal row says from when on the later one stands in
the earlier one's place. Its id follows from the two reports, so that writing it again, or merging ledgers, changes nothing.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from backchannel.records import digest

TRACKING = re.compile(r"utm_.*|fbclid|gclid|ref|ref_src|cmpid|ocid|smid|ftag", re.IGNORECASE)  # parameters that name no other page
COMPARED = 4_000_000  # pairs of words; longer rewritten stretches are one change, for comparing them takes minutes
CHANGED = "the outlet changed the text"


class Version(NamedTuple):
    """A report at an address, and since when the ledger knows it."""

    known_at: str
    report: str


class Change(NamedTuple):
    """A stretch of words as it was and as it is; either may be empty."""

    before: str
    after: str


def address(url: str | None) -> str | None:
    """The URL without what does not matter: scheme, www, fragment, tracking parameters; null when it is no page (a bare host, no URL)."""
    try:
        parts = urlsplit((url or "").strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    path = re.sub(r"/(?:amp/?)?$", "", parts.path)
    if parts.scheme not in ("http", "https") or not host or not path:
        return None
    kept = urlencode(sorted((k, v) for k, v in parse_qsl(parts.query) if not TRACKING.fullmatch(k)))
    return (host + path + ("?" + kept if kept else "")).replace("\0", " ")


def succession(versions: Iterable[Version]) -> list[dict[str, Any]]:
    """The withdrawal rows by which each version, in order of knowing, gives way to the next."""
    ordered = sorted(versions)
    return [
        {
            "id": "w" + digest(old.report, new.report),
            "record_id": old.report,
            "superseded_by": new.report,
            "reason": CHANGED,
            "by": None,
            "known_at": new.known_at,
        }
        for old, new in pairwise(ordered)
    ]


def changes(before: str, after: str) -> list[Change]:
    """The words that were taken out, put in or replaced, in order."""
    old, new = before.split(), after.split()
    head = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    old, new = old[head:], new[head:]
    tail = next((n for n, (a, b) in enumerate(zip(reversed(old), reversed(new), strict=False)) if a != b), min(len(old), len(new)))
    old, new = old[: len(old) - tail], new[: len(new) - tail]
    if len(old) * len(new) > COMPARED:
        return [Change(" ".join(old), " ".join(new))]
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [Change(" ".join(old[a:b]), " ".join(new[c:d])) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def told(found: Sequence[Change]) -> list[str]:
    """The changes in words, for people."""
    return [
        f"“{c.before}” became “{c.after}”" if c.before and c.after else f"“{c.after}” was added" if c.after else f"“{c.before}” was taken out" for c in found
    ]
