"""The outside world -> Report: paths, globs, folders, web addresses and standard input; texts, HTML pages and JSON lines.

Nothing here stops for one bad item: what cannot be used comes out as a Refusal with what was found, what was expected and what to try.
"""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from backchannel.errors import BackchannelError, InputError, UsageError
from backchannel.intake import dating, feeds, html, provenance, tables, text
from backchannel.records import Refusal, Report, When, report_id

SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".ndjson", ".json", ".md")
MAX_PAGE = 20_000_000  # bytes of an HTML or JSON file
PLACES = "a path, a pattern, a folder, an address or -"
Item = Report | Refusal

__all__ = ["read", "report", "traced_again"]


def report(
    text_: str | None = None,
    /,
    *,
    text: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    byline: str | None = None,
    published: str | When | dict[str, Any] | None = None,
    url: str | None = None,
    language: str | None = None,
    given_id: str | None = None,
    path: str | None = None,
    extra: dict[str, Any] | None = None,
    meta_date: str | None = None,
    fetched_at: str | None = None,
    fewest: int = text.MIN_WORDS,
) -> Report:
    """A text and what is known of it as a Report; the publication date is inferred as an interval when it is not given. ``fewest``: words it must have.

    Raises:
        InputError: the text is empty, too large, no text or not English, or a date is impossible.

    """
    body = text_ if text_ is not None else text
    if not isinstance(body, str):
        raise InputError(f"{type(body).__name__} where a text was expected", "a string")
    about = {"title": title, "publisher": publisher, "byline": byline, "url": url, "language": language, "id": given_id}
    found_language = texts_check(body, language, fewest, about, extra)
    traced = provenance.trace(body, publisher=publisher)
    day = dating.given(published) if published else None
    if day is None:
        day = dating.infer_published(
            body, url=url, meta_date=meta_date, dateline=traced.dateline, copyright_year=traced.copyright_year, copyright_line=traced.copyright_line
        )
    return Report(
        id=report_id(body, traced.publisher), text=body, title=title or traced.title, publisher=traced.publisher, byline=byline or traced.byline, url=url,
        language=language or found_language, published=day, fetched_at=fetched_at, carried_from=traced.carried_from, boilerplate=traced.boilerplate,
        given_id=given_id, path=path, extra=extra or {},
    )  # fmt: skip


def traced_again(report: Report) -> Report:
    """A report as it was taken in, with what its text says of where it comes from read anew; publisher, day and id stay."""
    traced = provenance.trace(report.text, publisher=report.publisher)
    return msgspec.structs.replace(
        report, byline=report.byline or traced.byline, carried_from=traced.carried_from or report.carried_from, boilerplate=traced.boilerplate
    )


def texts_check(body: str, language: str | None, fewest: int, about: Mapping[str, object], extra: object) -> str | None:
    """See ``text.check`` (the name ``text`` is a parameter above); what is told about the text must be such that it can be written and read again."""
    for name, field in about.items():
        if field is not None and not isinstance(field, str):
            raise InputError(f'"{name}" that is not a string', "a string, or leaving it out")
        if field and text.broken(field):
            raise InputError(*text.NO_TEXT)
    try:
        msgspec.json.encode(extra)
    except UnicodeEncodeError:
        raise InputError(*text.NO_TEXT) from None
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise InputError(f"further keys with values that JSON does not have ({error})", "strings, numbers, lists, objects") from None
    return text.check(body, language, fewest)


def read(
    sources: Iterable[str | os.PathLike[str]], *, published: str | None = None, publisher: str | None = None, fewest: int = text.MIN_WORDS
) -> Iterator[Item]:
    """Every report behind the sources, in order; what cannot be used as a Refusal.

    ``published`` and ``publisher`` hold for every item that does not say itself; ``fewest``: words a text must have.

    Raises:
        UsageError: ``published`` itself is no date.

    """
    try:
        if published:
            dating.given(published)
    except InputError as error:
        raise UsageError(error.found, error.expected, error.hint) from None
    common = {"published": published, "publisher": publisher, "fewest": fewest}
    for source in [sources] if isinstance(sources, str | os.PathLike) else sources:
        yield from read_one(os.fspath(source), common)


def read_one(source: str, common: dict[str, Any]) -> Iterator[Item]:
    """The reports behind one source."""
    if source == "-":
        yield from from_stdin(common)
    elif source.lower().startswith(("http://", "https://")):
        yield from from_url(source, common)
    elif fault := unusable(source):
        yield Refusal(name=source, stage="intake", found=fault, expected=PLACES)
    elif Path(source).is_dir():
        yield from from_folder(Path(source), common)
    elif not Path(source).exists() and glob.has_magic(source):
        paths = sorted(glob.glob(source, recursive=True))  # noqa: PTH207 (patterns may be absolute)
        if not paths:
            yield Refusal(name=source, stage="intake", found="no file that matches", expected=PLACES)
        for path in paths:
            yield from from_folder(Path(path), common) if Path(path).is_dir() else from_file(Path(path), common)
    else:
        yield from from_file(Path(source), common)


def unusable(source: str) -> str | None:
    """Why the system cannot even look whether there is such a file; null when it can."""
    if not source.strip():
        return "an empty path"
    try:
        Path(source).exists()
    except (OSError, ValueError) as error:
        return f"a path that cannot be used ({getattr(error, 'strerror', None) or error})"
    return None


def from_folder(folder: Path, common: dict[str, Any]) -> Iterator[Item]:
    """The reports of a folder and the folders in it, by path; hidden files are left out."""
    paths = sorted(
        p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file() and not any(part.startswith(".") for part in p.relative_to(folder).parts)
    )
    if not paths:
        yield Refusal(name=str(folder), stage="intake", found="a folder without reports", expected="files named " + " ".join(SUFFIXES), hint="another folder")
    for path in paths:
        yield from from_file(path, common)


def from_file(path: Path, common: dict[str, Any]) -> Iterator[Item]:
    """The reports in one file."""
    try:
        if not path.exists():
            raise InputError("no such file", PLACES)
        if not path.is_file():
            raise InputError("something that is no ordinary file", "a file", "- for standard input")
        if path.suffix.lower() in (".jsonl", ".ndjson"):
            with path.open("rb") as stream:
                yield from numbered(str(path), tables.rows(jsonl(stream)), common, path=str(path))
            return
        size, limit = path.stat().st_size, text.MAX_BYTES * 2 if path.suffix.lower() in (".txt", ".md") else MAX_PAGE
        if size > limit:
            raise InputError(f"a file of {size / 1e6:.0f} MB", f"at most {limit / 1e6:.0f} MB", "one report a file, or JSON lines (.jsonl)")
        data = path.read_bytes()
        if path.suffix.lower() == ".json":
            yield from numbered(str(path), iter(tables.document(text.utf8(data))), common, path=str(path))
            return
        yield from several(data, common, path=str(path))
    except BackchannelError as error:
        yield refusal(error, str(path))
    except (OSError, ValueError) as error:
        yield Refusal(
            name=str(path),
            stage="intake",
            found=f"a file that cannot be read ({getattr(error, 'strerror', None) or error})",
            expected="a readable file",
        )


def several(data: bytes, common: dict[str, Any], *, path: str | None = None, url: str | None = None) -> Iterator[Item]:
    """The reports in the bytes of a file or page: those of a feed or of JSON, whatever it is called, else one."""
    data, name = text.utf8(data), path or url or "-"
    if (rows := tables.found(data)) is not None:
        yield from numbered(name, iter(rows), common, path=path)
    elif feeds.is_feed(head := data[:5000].decode("utf-8", "replace")) and not html.is_html(head):
        yield from numbered(name, iter(feeds.entries(text.decode(data))), common, path=path, what="entry")
    else:
        yield from_bytes(data, common, path=path, url=url)


def jsonl(stream: Any) -> Iterator[tuple[int, bytes | InputError]]:
    """The lines of a JSON-lines stream, recoded when it is UTF-16; refused at once when it is binary."""
    head = stream.peek(4000)[:4000] if hasattr(stream, "peek") else b""
    if text.is_wide(head):
        body = stream.read(MAX_PAGE + 1)
        if len(body) > MAX_PAGE:
            raise InputError("a large file in UTF-16", "UTF-8", "saving it as UTF-8")
        stream = io.BytesIO(text.utf8(body))
    elif head:
        for signature, name in text.SIGNATURES:
            if head.startswith(signature):
                raise InputError(name, "JSON lines in UTF-8", "unpacking it first")
    elif hasattr(stream, "peek"):
        raise InputError("an empty file", tables.EXPECTED)
    return tables.lines(stream)


def numbered(
    name: str, rows: Iterator[tuple[int, dict[str, Any] | InputError]], common: dict[str, Any], *, path: str | None = None, what: str = "line"
) -> Iterator[Item]:
    """A report or refusal for every row, named by file and ``what`` it is there."""
    n = 0
    for number, row in rows:
        n += 1
        try:
            if isinstance(row, InputError):
                raise row
            known = {k: v for k, v in common.items() if v and not row.get(k)}
            body = row.pop("text")
            made = report(html.plain(body) if isinstance(body, str) and html.is_piece(body) else body, path=path, **row, **known)
        except BackchannelError as error:
            yield refusal(error, f"{name}, {what} {number}")
            continue
        yield made
    if not n:
        yield Refusal(name=name, stage="intake", found="an empty file", expected=tables.EXPECTED)


def from_bytes(data: bytes, common: dict[str, Any], *, path: str | None = None, url: str | None = None) -> Report:
    """The report in the bytes of a text or HTML file."""
    body = text.decode(data)
    stamp = datetime.now(UTC).isoformat(timespec="seconds") if url else None
    if html.is_html(body) or (path and path.lower().endswith((".html", ".htm"))):
        page = html.extract(body, url=url)
        return report(
            text.cleared(page.text), title=page.title, byline=page.byline, publisher=common["publisher"] or page.publisher, published=common["published"],
            url=page.url, path=path,
            meta_date=page.date, fetched_at=stamp,
        )  # fmt: skip
    if len(body) > text.MAX_BYTES:
        text.check(body)
    return report(text.cleared(html.plain(body)), url=url, path=path, fetched_at=stamp, **common)


def from_url(url: str, common: dict[str, Any]) -> Iterator[Item]:
    """The reports behind a web address."""
    from backchannel.intake import web  # urllib and ssl take longer to load than all the rest

    try:
        data, final = web.fetch(url)
        yield from several(data, common, url=final)
    except BackchannelError as error:
        yield refusal(error, url)


def from_stdin(common: dict[str, Any]) -> Iterator[Item]:
    """The reports on standard input: JSON lines as they come when the first line is a JSON object, else what a file may hold."""
    stream: Any = sys.stdin.buffer if sys.stdin else io.BytesIO()
    first, at = stream.readline(tables.MAX_LINE), 1
    while first and not first.strip():
        first, at = stream.readline(tables.MAX_LINE), at + 1
    if not first:
        yield Refusal(name="-", stage="intake", found="nothing on standard input", expected="a text or JSON lines")
    elif tables.is_line(first):
        chained = (pair for part in ([(at, first)], ((n + at, line) for n, line in tables.lines(stream))) for pair in part)
        yield from numbered("-", tables.rows(chained), common)
    elif len(rest := stream.read(MAX_PAGE + 1)) > MAX_PAGE:
        yield Refusal(name="-", stage="intake", found=f"more than {MAX_PAGE // 1_000_000} MB of text", expected="one report, or JSON lines")
    else:
        try:
            yield from several(b"\n" * (at - 1) + first + rest, common)
        except BackchannelError as error:
            yield refusal(error, "-")


def refusal(error: BackchannelError, name: str) -> Refusal:
    """The row of the run report for an error."""
    return Refusal(name=name, stage="intake", found=error.found, expected=error.expected, hint=error.hint)
