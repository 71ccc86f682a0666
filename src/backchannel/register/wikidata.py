"""Wikidata's office holders, asked page by page over SPARQL -> additions to the register, kept beside the user's own actors.

Protocol: SPARQL 1.1 over HTTP, JSON results. The service asks clients to name themselves, to wait when told to (429 and 503 with Retry-After) and not
to ask in parallel. A country comes in whole or not at all.
"""

from __future__ import annotations

import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from backchannel.errors import InputError
from backchannel.register.additions import Additions, Ended, Named, Office
from backchannel.register.imported import REFRESHED, folder
from backchannel.register.offices import post_of

ENDPOINT = "https://query.wikidata.org/sparql"
PAGE = 500  # rows a request: well within a minute of the service's time for the largest countries
TRIES = 4
SECONDS = 70  # the service itself gives up after 60
LONGEST_WAIT = 120.0  # seconds; told to wait longer, we stop and say so
CONFIDENCE = 0.85  # as of the shipped rows of the same origin, less what nobody has checked
KINDS = frozenset({"head_of_state", "head_of_government", "foreign", "defence", "interior", "finance"})
EXPECTED = "an answer of a SPARQL service in JSON"
_DIGITS = {"11": 10, "10": 7, "9": 4}  # Wikidata's precision -> how much of the date is known
_AGAIN = frozenset({429, 500, 502, 503, 504})


class Client:
    """Asks one service, politely. ``sleep`` is for tests."""

    def __init__(self, endpoint: str = ENDPOINT, *, page: int = PAGE, sleep: Callable[[float], None] = time.sleep) -> None:
        self.endpoint, self.page, self._sleep = endpoint, page, sleep
        self._query = (files("backchannel.register") / "wikidata.sparql").read_text(encoding="utf-8")

    def rows(self, iso3: str, since: str) -> Iterator[dict[str, str]]:
        """The terms of one country that began on or after a day, over all pages.

        Raises:
            InputError: the service does not answer, refuses, or sends something else.

        """
        offset = 0
        while True:
            found = self._page(self._query.format(iso3=iso3, since=since, limit=self.page, offset=offset))
            yield from found
            if len(found) < self.page:
                return
            offset += self.page

    def _page(self, query: str) -> list[dict[str, str]]:
        for attempt in range(1, TRIES + 1):
            try:
                return _parsed(self._ask(query))
            except urllib.error.HTTPError as error:
                wait = _wait(error, attempt)
                found = f"the answer {error.code} {error.reason} of {self.endpoint}"
                if error.code not in _AGAIN or wait > LONGEST_WAIT:
                    raise InputError(found, EXPECTED, f"again in {wait:.0f} seconds" if error.code in _AGAIN else "another --endpoint") from None
            except (OSError, HTTPException) as error:
                wait, found = 2.0**attempt, f"no answer of {self.endpoint} ({getattr(error, 'reason', error)})"
            if attempt < TRIES:
                self._sleep(wait)
        raise InputError(f"{found}, {TRIES} times", EXPECTED, "later, or another --endpoint")

    def _ask(self, query: str) -> bytes:
        body = urllib.parse.urlencode({"query": query, "format": "json"}).encode()
        headers = {"Accept": "application/sparql-results+json", "User-Agent": "backchannel (actors refresh)"}
        try:
            request = urllib.request.Request(self.endpoint, data=body, headers=headers)
        except ValueError:
            raise InputError(f"the address {self.endpoint!r}", "an http or https address") from None
        if request.type not in ("http", "https"):
            raise InputError(f"the address {self.endpoint!r}", "an http or https address")
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            content: bytes = answer.read()
        return content


def _parsed(content: bytes) -> list[dict[str, str]]:
    """The bindings of an answer, each as variable -> value."""
    try:
        read: Any = msgspec.json.decode(content)
        return [{name: str(cell["value"]) for name, cell in row.items()} for row in read["results"]["bindings"]]
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError):
        raise InputError(f"an answer that is no SPARQL result ({content[:40]!r})", EXPECTED, "another --endpoint") from None


def _wait(error: urllib.error.HTTPError, attempt: int) -> float:
    """How long the service asks to wait (seconds or a date), else twice as long each time."""
    asked = error.headers.get("Retry-After", "")
    if asked.strip().isdigit():
        return float(asked)
    try:
        return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return 2.0**attempt


def additions(iso3: str, rows: Iterable[dict[str, str]]) -> Additions:
    """What the rows of one country add: persons, their terms, and built-in open terms that are over. Rows without a name or a usable office are left out."""
    named: dict[str, Named] = {}
    offices: list[Office] = []
    ended: list[Ended] = []
    for row in rows:
        id, name, office = row.get("person", "").rsplit("/", 1)[-1], row.get("name", ""), _office(row.get("office", ""))
        post, kind = post_of(office, iso3)
        start, end = _date(row, "start"), _date(row, "end")
        if not id.startswith("Q") or not name or name == id or kind not in KINDS or not start:
            continue
        named.setdefault(id, Named(id=id, name=name, kind="person", country=iso3))
        offices.append(Office(person=id, office=office, of=iso3, start=start, end=end, source="refresh", confidence=CONFIDENCE, note="Wikidata"))
        if end:
            ended.append(Ended(person=id, of=iso3, post=post, on=end, note="end: Wikidata"))
    return Additions(named=tuple(named.values()), offices=tuple(offices), ended=tuple(ended))


def _office(label: str) -> str:
    """A position's label without its country: "Minister of Foreign Affairs of Ukraine" -> "Minister of Foreign Affairs"."""
    head, of, country = label.rpartition(" of ")
    return head if of and country[:1].isupper() and not country.startswith(("Foreign", "Defen", "Interior", "Internal", "Finance", "State", "Home")) else label


def _date(row: dict[str, str], name: str) -> str:
    value, digits = row.get(name, "").lstrip("+"), _DIGITS.get(row.get(f"{name}Precision", ""), 0)
    return value[:digits] if value[:4].isdigit() else ""


def refresh(countries: Iterable[str], since: str, client: Client) -> Iterator[tuple[str, Additions | InputError]]:
    """Each country with what it adds, or why it could not be had."""
    for iso3 in countries:
        try:
            yield iso3, additions(iso3, list(client.rows(iso3, since)))
        except InputError as error:
            yield iso3, error


def keep(made: dict[str, Additions]) -> Path:
    """Writes what was had, in place of what was had of the same countries before."""
    target = folder() / REFRESHED
    before = msgspec.json.decode(target.read_bytes(), type=dict[str, Additions]) if target.is_file() else {}
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.write_bytes(msgspec.json.encode(before | made))
    part.replace(target)
    return target


__all__ = ["ENDPOINT", "Client", "additions", "keep", "refresh"]
