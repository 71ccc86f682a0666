"""actors refresh: the client against a local service that speaks SPARQL's protocol."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner

from backchannel.cli import main
from backchannel.errors import InputError
from backchannel.register import Register
from backchannel.register.wikidata import LONGEST_WAIT, TRIES, Client, additions

TERMS = [  # person, name, office, start, precision, end
    ("Q966349", "Gideon Sa'ar", "Minister of Foreign Affairs of Israel", "2024-11-10", "11", "2026-06-01"),
    ("Q900001", "Dana Levin", "Minister of Foreign Affairs of Israel", "2026-06-01", "11", ""),
    ("Q900002", "Noa Peretz", "Prime Minister of Israel", "2026-07-00", "10", ""),
    ("Q900003", "Q900003", "Prime Minister of Israel", "2026-07-00", "10", ""),
    ("Q900004", "Avi Stein", "minister of religious services", "2026-07-01", "11", ""),
]


def binding(term: tuple[str, ...]) -> dict[str, Any]:
    """A term as SPARQL's JSON has it."""
    person, name, office, start, precision, end = term
    row = {"person": f"http://www.wikidata.org/entity/{person}", "name": name, "office": office, "start": f"{start}T00:00:00Z", "startPrecision": precision}
    row |= {"end": f"{end}T00:00:00Z", "endPrecision": "11"} if end else {}
    return {k: {"type": "literal", "value": v} for k, v in row.items()}


Answer = tuple[int, dict[str, str], bytes]


class Service:
    """A local SPARQL service; ``first`` answers come before the ordinary ones."""

    def __init__(self) -> None:
        self.first: list[Answer] = []
        self.asked: list[str] = []
        self.agents: set[str] = set()

    def answer(self, query: str) -> Answer:
        """The page a query asks for."""
        self.asked.append(query)
        if self.first:
            return self.first.pop(0)
        match = re.search(r"LIMIT (\d+) OFFSET (\d+)", query)
        assert match
        limit, offset = map(int, match.groups())
        terms = TERMS if '"ISR"' in query else []
        return 200, {}, json.dumps({"head": {"vars": []}, "results": {"bindings": [binding(t) for t in terms[offset : offset + limit]]}}).encode()


@pytest.fixture
def service() -> Iterator[tuple[Service, str]]:
    """A running service and its address."""
    made = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            made.agents.add(self.headers["User-Agent"])
            status, headers, body = made.answer(form["query"][0])
            self.send_response(status)
            for name, value in {"Content-Type": "application/sparql-results+json", "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made, f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()


def client(url: str, waits: list[float] | None = None, **options: Any) -> Client:
    """A client that notes its waits instead of waiting."""
    note: Callable[[float], None] = (waits if waits is not None else []).append
    return Client(url, sleep=note, **options)


def test_pages_are_put_together(service: tuple[Service, str]) -> None:
    """All rows come, each once, whatever the size of a page; the client names itself."""
    made, url = service
    for page in (1, 2, 3, 5, 50):
        assert [r["name"] for r in client(url, page=page).rows("ISR", "2021-01-01")] == [t[1] for t in TERMS]
    assert any("OFFSET 4" in q for q in made.asked) and all('"2021-01-01T00:00:00Z"' in q for q in made.asked)
    assert all("backchannel" in agent for agent in made.agents)


def test_it_waits_when_told_to(service: tuple[Service, str]) -> None:
    """After 429 with Retry-After it waits so long, after 503 without it longer each time, and then goes on."""
    made, url = service
    made.first = [(429, {"Retry-After": "7"}, b""), (503, {}, b"")]
    waits: list[float] = []
    assert len(list(client(url, waits).rows("ISR", "2021-01-01"))) == len(TERMS)
    assert waits == [7.0, 4.0]


@pytest.mark.parametrize(("answers", "message"), [
    ([(400, {}, b"MalformedQueryException")], "the answer 400"),
    ([(429, {"Retry-After": str(int(LONGEST_WAIT) + 1)}, b"")], "try again in 121 seconds"),
    ([(500, {}, b"")] * TRIES, f"{TRIES} times"),
    ([(200, {}, b"<html>login</html>")], "no SPARQL result"),
    ([(200, {}, b'{"results": {"bindings": [{"person": 1}]}}')], "no SPARQL result"),
])  # fmt: skip
def test_what_cannot_be_used_is_one_line(service: tuple[Service, str], answers: list[Answer], message: str) -> None:
    """Refusals, endless waits and other formats stop with what was found and what to try."""
    made, url = service
    made.first = list(answers)
    with pytest.raises(InputError, match=message):
        list(client(url).rows("ISR", "2021-01-01"))


def test_nobody_there() -> None:
    """A closed port is tried again, then said so; an address that is none is said at once."""
    waits: list[float] = []
    with pytest.raises(InputError, match="no answer"):
        list(client("http://127.0.0.1:9/sparql", waits).rows("ISR", "2021-01-01"))
    assert len(waits) == TRIES - 1
    with pytest.raises(InputError, match="address"):
        list(client("file:///etc/hosts").rows("ISR", "2021-01-01"))


def test_rows_become_dated_offices() -> None:
    """Dates keep their precision; persons without a name and offices of no interest are left out."""
    made = additions("ISR", [{k: v["value"] for k, v in binding(t).items()} for t in TERMS])
    assert [(o.person, o.office, o.start, o.end) for o in made.offices] == [
        ("Q966349", "Minister of Foreign Affairs", "2024-11-10", "2026-06-01"),
        ("Q900001", "Minister of Foreign Affairs", "2026-06-01", ""),
        ("Q900002", "Prime Minister", "2026-07", ""),
    ]


def test_refreshed_rows_are_used_for_their_dates(service: tuple[Service, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a refresh the new holder answers from his beginning on, the old one before it; a country that fails is named and the rest kept."""
    made, url = service
    monkeypatch.setenv("BACKCHANNEL_ACTORS", str(tmp_path))
    shipped = Register.load(()).holder("foreign minister", "ISR", "2026-08-01")
    assert [o.name for o in shipped] == ["Gideon Sa'ar"]
    done = CliRunner().invoke(main, ["actors", "refresh", "--country", "ISR", "--country", "JOR", "--endpoint", url])
    assert done.exit_code == 0, done.output
    register = Register.load()
    assert [o.name for o in register.holder("foreign minister", "ISR", "2026-08-01")] == ["Dana Levin"]
    assert [o.name for o in register.holder("Israeli foreign minister", None, "2026-01-01")] == ["Gideon Sa'ar"]
    assert [o.name for o in register.holder("prime minister", "ISR", "2026-08-01")] == ["Noa Peretz"]
    made.first = [(400, {}, b"")]
    again = CliRunner().invoke(main, ["actors", "refresh", "--country", "ISR", "--country", "JOR", "--endpoint", url])
    assert again.exit_code == 1 and "ISR: " in again.output
    assert [o.name for o in Register.load().holder("foreign minister", "ISR", "2026-08-01")] == ["Dana Levin"]


def test_a_country_that_is_none_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked for a code that is no state, or a date that is none."""
    monkeypatch.setenv("BACKCHANNEL_ACTORS", str(tmp_path))
    assert CliRunner().invoke(main, ["actors", "refresh", "--country", "XX"]).exit_code == 2
    assert CliRunner().invoke(main, ["actors", "refresh", "--since", "soon"]).exit_code == 2
