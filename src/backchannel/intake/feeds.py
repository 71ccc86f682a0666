"""An RSS or Atom feed -> one row of report fields for each of its entries, as a line of JSON would give them.

The text of an entry is its content, else its summary, else its title; publisher is the feed's own title. What an entry links to is not fetched.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree  # expat from 2.4 on stops entities that swell, and reads none from outside

from backchannel.errors import InputError
from backchannel.intake.html import plain

FEED = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*|<\?[^>]{0,500}>\s*)*<(?:rss|feed|rdf:RDF)\b", re.S)
WORDS = ("encoded", "content", "description", "summary", "title")  # where an entry's text stands, the fullest first
DATES = ("pubDate", "published", "date", "updated")


def is_feed(text: str) -> bool:
    """Whether a text is an RSS or Atom feed."""
    return FEED.match(text[:5000]) is not None


def entries(text: str) -> list[tuple[int, dict[str, Any] | InputError]]:
    """Number and report fields of every entry.

    Raises:
        InputError: it is broken, or has no entries.

    """
    try:
        # without its first line: the text is decoded, whatever encoding that names
        root = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text))
    except ElementTree.ParseError as error:
        raise InputError(f"a broken feed ({error})", "RSS or Atom", "saving it again, or its entries as JSON lines") from None
    channel = next((e for e in root.iter() if _name(e) == "channel"), root)
    publisher = _text(channel, "title")
    found: list[tuple[int, dict[str, Any] | InputError]] = [
        (n, _row(entry, publisher)) for n, entry in enumerate((e for e in root.iter() if _name(e) in ("item", "entry")), 1)
    ]
    if not found:
        raise InputError("a feed without entries", "RSS items or Atom entries", "the address of an article")
    return found


def _row(entry: ElementTree.Element, publisher: str | None) -> dict[str, Any]:
    """The fields of one entry."""
    body = next((t for name in WORDS if (t := _text(entry, name))), "")
    link = next((e for e in entry if _name(e) == "link" and e.get("rel", "alternate") == "alternate"), None)
    url = (link.get("href") or (link.text or "").strip()) if link is not None else None
    about = {
        "title": plain(_text(entry, "title") or ""),
        "publisher": publisher,
        "published": next((d for n in DATES if (d := _text(entry, n))), None),
        "url": url,
    }
    return {"text": body, **{k: v for k, v in about.items() if v}}


def _text(parent: ElementTree.Element, name: str) -> str | None:
    """The words of a child, those of its markup too."""
    child = next((e for e in parent if _name(e) == name), None)
    return ("".join(child.itertext()).strip() or None) if child is not None else None


def _name(element: ElementTree.Element) -> str:
    """Its name without a namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
