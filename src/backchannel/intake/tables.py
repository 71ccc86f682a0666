"""JSON lines (or one JSON document) -> one row of report fields each; a broken line is refused by file and line number and the others go on.

Keys: text, and optionally id, title, publisher, byline, published, url, language; unknown keys are kept in ``extra``.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from backchannel.errors import InputError
from backchannel.intake import text as texts

KEYS = ("title", "publisher", "byline", "published", "url", "language")
MAX_LINE = 6 * texts.MAX_BYTES  # JSON may write a character as six
EXPECTED = 'a JSON object with a "text", one a line'


def fields(row: object) -> dict[str, Any]:
    """The keyword arguments of a report from one JSON object.

    Raises:
        InputError: it is no object, has no text, or a field is of another type.

    """
    if not isinstance(row, dict):
        kind = {list: "a list", str: "a string", bool: "true or false", type(None): "null"}.get(type(row), "a number")
        raise InputError(f"JSON that is {kind}, not an object", EXPECTED)
    text = row.get("text")
    if not isinstance(text, str):
        keys = ", ".join(map(str, list(row)[:6])) or "no keys"
        raise InputError(f'an object without a "text" ({keys})' if text is None else '"text" that is not a string', EXPECTED)
    out: dict[str, Any] = {"text": text}
    for key in KEYS:
        value = row.get(key)
        if value is None or value == "":
            continue
        if key != "published" and not isinstance(value, str):
            raise InputError(f'"{key}" that is not a string', EXPECTED)
        out[key] = value
    if row.get("id") is not None:
        out["given_id"] = str(row["id"])
    out["extra"] = {str(k): v for k, v in row.items() if k not in KEYS and k not in ("text", "id")}
    return out


def lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | InputError]]:
    """Line number and bytes of every line that is not empty; a line that is too long is an error, the lines after it still come."""
    number = 0
    while line := stream.readline(MAX_LINE):
        number += 1
        if len(line) >= MAX_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                pass
            yield number, InputError(f"a line of more than {MAX_LINE // 1_000_000} MB", EXPECTED)
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield number, line


def rows(numbered: Iterable[tuple[int, bytes | InputError]]) -> Iterator[tuple[int, dict[str, Any] | InputError]]:
    """Line number and report fields (or the error) of every line."""
    for number, line in numbered:
        if isinstance(line, InputError):
            yield number, line
            continue
        try:
            yield number, fields(load(line))
        except InputError as error:
            yield number, error


def load(data: bytes) -> Any:
    """JSON from bytes.

    Raises:
        InputError: it is broken; the message says where.

    """
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        found = "a line that is not UTF-8"
    except RecursionError:
        found = "JSON nested too deeply"
    except ValueError as error:
        found = f"broken JSON ({getattr(error, 'msg', error)}, column {getattr(error, 'colno', 0)})"
    raise InputError(found, EXPECTED)


def is_line(line: bytes) -> bool:
    """Whether a first line is a JSON object by itself, as far as one can see: a document's first line goes on."""
    line = line.strip(b"\xef\xbb\xbf \t\r\n")
    return line.startswith(b"{") and not line.endswith((b"{", b"[", b",")) and b"\x00" not in line


def found(data: bytes) -> list[tuple[int, dict[str, Any] | InputError]] | None:
    """The rows of a file that is JSON, by whatever name; null when it is a text."""
    begin = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if begin not in (b"{", b"["):
        return None
    try:
        return document(data)
    except InputError:
        return None


def document(data: bytes) -> list[tuple[int, dict[str, Any] | InputError]]:
    """The rows of a JSON document: one object, a list of objects, or JSON lines after all; numbered by their lines, in a list by their places.

    Raises:
        InputError: it is none of these.

    """
    try:
        whole = load(data)
    except InputError as error:
        if b"\n{" in data:
            return list(rows(lines(io.BytesIO(data))))
        raise error from None
    if isinstance(whole, dict) and "text" not in whole:
        inner = next((v for v in whole.values() if isinstance(v, list) and v and isinstance(v[0], dict)), None)
        whole = inner if inner is not None else whole
    out: list[tuple[int, dict[str, Any] | InputError]] = []
    for number, row in enumerate(whole if isinstance(whole, list) else [whole], 1):
        try:
            out.append((number, fields(row)))
        except InputError as error:
            out.append((number, error))
    return out
