"""An HTML page -> the article's text, title, byline, publisher, date and address (needs the extra ``web-pages``: trafilatura)."""

from __future__ import annotations

import json
import re
from collections import deque
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from backchannel.errors import BackchannelError, InputError

MIN_WORDS = 30  # less is a menu or a notice, not an article
META_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "sailthru.date",
    "parsely-pub-date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "og:published_time",
)


@dataclass(slots=True)
class Page:
    """What an HTML page gives."""

    text: str
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    url: str | None = None
    date: str | None = None


@dataclass(slots=True)
class Meta(HTMLParser):
    """The page's own description of itself: meta tags and JSON-LD."""

    tags: dict[str, str] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)
    canonical: str | None = None
    inside: bool = False

    def __post_init__(self) -> None:
        """Start the parser that this is."""
        HTMLParser.__init__(self, convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep meta tags, the canonical address and published times."""
        got = {k.lower(): v or "" for k, v in attrs}
        if tag == "meta":
            name = (got.get("property") or got.get("name") or got.get("itemprop") or "").lower()
            if name and got.get("content"):
                self.tags.setdefault(name, got["content"].strip())
        elif tag == "link" and got.get("rel") == "canonical":
            self.canonical = got.get("href")
        elif tag == "time" and got.get("datetime") and ("pubdate" in got or got.get("itemprop") == "datePublished"):
            self.tags.setdefault("datepublished", got["datetime"])
        self.inside = tag == "script" and got.get("type") == "application/ld+json"
        if self.inside:
            self.linked.append("")

    def handle_data(self, data: str) -> None:
        """Keep JSON-LD."""
        if self.inside and self.linked:
            self.linked[-1] += data

    def handle_endtag(self, tag: str) -> None:
        """Leave a script."""
        if tag == "script":
            self.inside = False


LOOKED = 20_000  # characters that tell whether a text is a piece of HTML
PIECES = re.compile(r"</?(?:p|br|div|li|ul|h[1-6]|blockquote|article|section|span|strong|em|a)\b[^<>]{0,500}>", re.I)
CLOSED = re.compile(r"</(?:p|div|li|h[1-6]|article|section|blockquote)>|<br ?/?>", re.I)
ENTITIES = re.compile(r"&(?:amp|quot|nbsp|apos|lt|gt|[lr][sd]quo|[mn]dash|hellip|#\d{1,6}|#x[\da-fA-F]{1,6});")
LEFT_OUT = frozenset("script style nav aside footer figure button form noscript".split())
ON_ITS_OWN = frozenset("p br div li ul ol h1 h2 h3 h4 h5 h6 blockquote article section tr table header time".split())


@dataclass(slots=True)
class Piece(HTMLParser):
    """The words of a piece of HTML, block by block, without what is no text of its."""

    words: list[str] = field(default_factory=list)
    left_out: int = 0

    def __post_init__(self) -> None:
        """Start the parser that this is."""
        HTMLParser.__init__(self, convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, or what is left out."""
        self.left_out += tag in LEFT_OUT
        self.words.append("\n" * (tag in ON_ITS_OWN))

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        self.left_out = max(0, self.left_out - (tag in LEFT_OUT))
        self.words.append("\n" * (tag in ON_ITS_OWN))

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if not self.left_out:
            self.words.append(re.sub(r"\s+", " ", data))


def is_html(text: str) -> bool:
    """Whether a text is an HTML page."""
    return bool(
        re.match(r"\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--.{0,2000}?-->\s{0,200})?<(?:!doctype html|html|head|body)\b", text[:5000], re.I | re.S)
    )


def is_piece(text: str) -> bool:
    """Whether a text is a piece of HTML that is no page (of a feed, of an editing system)."""
    return text.count("<", 0, LOOKED) > 1 and len(PIECES.findall(text, 0, LOOKED)) > 1 and CLOSED.search(text, 0, LOOKED) is not None


def plain(text: str) -> str:
    """The words of a piece of HTML, as they are when it is none; entities alone are resolved, too."""
    if is_piece(text):
        piece = Piece()
        piece.feed(text)
        piece.close()
        return re.sub(r"\n\s*\n+", "\n\n", re.sub(r"[ \t]+", " ", "".join(piece.words))).strip()
    return unescape(text) if len(ENTITIES.findall(text, 0, LOOKED)) > 1 else text


def extract(html: str, *, url: str | None = None) -> Page:
    """The article in a page.

    Raises:
        BackchannelError: trafilatura is not installed.
        InputError: no article is in the page.

    """
    try:
        from trafilatura import bare_extraction
    except ImportError:
        raise BackchannelError("an HTML page, but no trafilatura", "the extra for web pages", "pip install 'backchannel[web-pages]'") from None
    document = bare_extraction(html, url=url, with_metadata=True, include_comments=False, include_tables=False, include_links=False)
    text = (getattr(document, "text", None) or "").strip()
    if len(text.split()) < MIN_WORDS:
        found = f"an HTML page without an article ({len(text.split())} words of running text)"
        raise InputError(found, f"an article of at least {MIN_WORDS} words", "the address of the article itself")
    meta = describe(html)
    return Page(
        text=text,
        title=meta.tags.get("og:title") or getattr(document, "title", None),
        byline=getattr(document, "author", None) or meta.tags.get("author"),
        publisher=meta.tags.get("og:site_name") or ld_publisher(meta) or getattr(document, "sitename", None),
        url=url or meta.canonical or meta.tags.get("og:url"),
        date=next((meta.tags[name] for name in META_DATES if meta.tags.get(name)), None) or ld_value(meta, "datePublished"),
    )


def describe(html: str) -> Meta:
    """The meta tags and JSON-LD of a page."""
    meta = Meta()
    meta.feed(html[:1_000_000])
    return meta


def ld_value(meta: Meta, key: str) -> str | None:
    """The first value of a key in the JSON-LD blocks."""
    for block in ld_blocks(meta):
        value = block.get(key)
        if isinstance(value, str):
            return value
    return None


def ld_publisher(meta: Meta) -> str | None:
    """The publisher's name in the JSON-LD blocks."""
    for block in ld_blocks(meta):
        publisher = block.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            return str(publisher["name"])
    return None


def ld_blocks(meta: Meta) -> list[dict[str, object]]:
    """Every object of the JSON-LD blocks; broken blocks are left out."""
    out: list[dict[str, object]] = []
    for script in meta.linked:
        try:
            todo = deque([json.loads(script)])
        except (ValueError, RecursionError):
            continue
        while todo and len(out) < 50:
            item = todo.popleft()
            if isinstance(item, list):
                todo += item
            elif isinstance(item, dict):
                out.append(item)
                if isinstance(item.get("@graph"), list):
                    todo += item["@graph"]
    return out
