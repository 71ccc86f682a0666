"""The outside world -> Report: what comes in, what is refused and how, where a report comes from, and when it was published."""

from __future__ import annotations

import contextlib
import http.server
import io
import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from backchannel import intake
from backchannel.errors import InputError
from backchannel.intake import dating, html, provenance, text, web
from backchannel.records import Refusal, Report, When

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "intake.yaml").read_text("utf8"))
NEWS = "The foreign ministers of both countries met in Geneva on Tuesday, and their offices said that the talks would go on next week."
FRENCH = (
    "Le ministre des affaires étrangères a rencontré son homologue à Genève mardi, et les deux délégations ont annoncé que les discussions seront "
    "poursuivies la semaine prochaine dans la même ville, selon un communiqué publié par la présidence."
)


def only(items: Any) -> Any:
    """The one item."""
    (item,) = list(items)
    return item


def read(*sources: Any, **options: Any) -> list[Any]:
    """Every item behind the sources."""
    return list(intake.read([str(s) for s in sources], **options))


# ------------------------------------------------------------------ bytes
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    """Text in every usual encoding, with or without a mark, comes out the same."""
    body = NEWS + " “Café,” she said – naïve."
    (tmp_path / "a.txt").write_bytes(body.encode(encoding))
    assert only(read(tmp_path / "a.txt")).text == body


@pytest.mark.parametrize(
    ("raw", "clear"),
    [
        ("Leaders met.\rThey left.\u2028Nobody stayed.", "Leaders met.\nThey left.\nNobody stayed."),
        ("Er\u00addo\u200bgan met \u202eAliyev\u202c in\u00a0Rome.\ufeff", "Erdogan met Aliyev in\u00a0Rome."),
        ("\x1b[31mLeaders met\x07 in Rome.\x1b[0m", "Leaders met in Rome."),
        ("The ministerâ€™s envoy said â€œnoâ€\x9d on Monday.", "The minister’s envoy said “no” on Monday."),
        ("They met in the Café Â once.", "They met in the Café Â once."),
        ("Russia &amp; Ukraine agreed: &ldquo;We will meet.&rdquo;", "Russia & Ukraine agreed: “We will meet.”"),
        ("AT&amp;T met them.", "AT&amp;T met them."),
    ],
)
def test_what_nobody_sees(tmp_path: Path, raw: str, clear: str) -> None:
    """Invisible characters, colours of terminals and letters decoded twice do not come out of a file; a text that is given stays as it is."""
    (tmp_path / "a.txt").write_bytes(raw.encode())
    assert only(read(tmp_path / "a.txt")).text == clear
    assert intake.report(raw).text == raw


def test_pieces_of_html(tmp_path: Path) -> None:
    """The words of a feed's HTML come out block by block, without captions, scripts and lists of links, from a file and from JSON lines."""
    piece = (
        "<p>ROME, July 9 (Reuters) - Leaders <b>met</b> on Tuesday &mdash; and left.</p><figure><figcaption>Troops in Kyiv</figcaption></figure>"
        "<p>Nobody\nstayed.</p><script>attack()</script><nav><a>War</a></nav>"
    )
    (tmp_path / "a.txt").write_text(piece, encoding="utf8")
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": piece}) + "\n" + json.dumps({"text": "Leaders met: 5 < 6, and <p> is a letter."}), encoding="utf8")
    plain, row, other = [*read(tmp_path / "a.txt"), *read(tmp_path / "a.jsonl")]
    assert plain.text == row.text == "ROME, July 9 (Reuters) - Leaders met on Tuesday — and left.\n\nNobody stayed."
    assert plain.carried_from[0].outlet == "Reuters" and "<p>" in other.text


def test_line_ends_of_files(tmp_path: Path) -> None:
    r"""In files \r\n becomes \n and nothing else changes; a text handed over stays as it is."""
    (tmp_path / "a.txt").write_bytes(b"\r\n" + NEWS.encode() + b"\r\n\r\n  Next. \r\n")
    assert only(read(tmp_path / "a.txt")).text == "\n" + NEWS + "\n\n  Next. \n"
    assert intake.report(" a\r\nb \r\n c d ").text == " a\r\nb \r\n c d "


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"), (b" \n\t ", "empty"), (b"\x89PNG\r\n\x1a\n123", "PNG"), (b"%PDF-1.7 abc", "PDF"), (b"PK\x03\x04zzz", "ZIP"),
        (b"\x1f\x8b\x08abc", "gzip"),
        (b"abc\x00\x01\x02def\x00\x00ghi", "binary"),
        (FRENCH.encode(), "French"), (("Переговоры прошли в Женеве во вторник. " * 3).encode(), "Cyrillic"),
        (("وقال الوزير إن المحادثات ستستمر الأسبوع المقبل. " * 3).encode(), "Arabic"), (("外交部长星期二在日内瓦举行会谈。" * 3).encode(), "Chinese"),
        (b"Hello", "1 word"), ("Привет мир это текст в старой кодировке ".encode("cp1251") * 9, "encoding"),
    ],
)  # fmt: skip
def test_refused_bytes(tmp_path: Path, data: bytes, says: str) -> None:
    """What is no English text is refused in one line that names what it is."""
    (tmp_path / "a.txt").write_bytes(data)
    refusal = only(read(tmp_path / "a.txt"))
    assert isinstance(refusal, Refusal) and says in refusal.found and "\n" not in refusal.line() and refusal.stage == "intake"


def test_large_file(tmp_path: Path) -> None:
    """A file that is too large is refused by its size, without reading it."""
    with (tmp_path / "a.txt").open("wb") as f:
        f.truncate(50_000_000)
    begun = time.perf_counter()
    assert "50 MB" in only(read(tmp_path / "a.txt")).found
    assert time.perf_counter() - begun < 0.5


def test_short_english_gets_the_benefit_of_the_doubt() -> None:
    """A few words without a function word are not called foreign."""
    assert intake.report("Putin, Xi Jinping, Modi meet Beijing").language is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Minister sagte am Montag, dass die Verhandlungen in Berlin weitergehen und die Regierung nicht einverstanden sei.", "German"),
        ("El presidente de Rusia dijo que no se reunirá con los líderes de Ucrania.", "Spanish"),
    ],
)
def test_a_sentence_in_another_language_is_refused(text: str, language: str) -> None:
    """One sentence is enough where its small words leave no doubt."""
    with pytest.raises(InputError, match=language):
        intake.report(text)
    assert intake.report("Presidente Lula da Silva met President De la Rua in Buenos Aires on Monday").text


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.text(max_size=300), st.text(alphabet=st.characters(), max_size=80)))
def test_any_text(value: str) -> None:
    """Any string is a report with its text untouched and boilerplate that slices back, or one clear refusal."""
    try:
        made = intake.report(value)
    except InputError as error:
        assert error.found
    else:
        assert made.text == value and all(value[b.start : b.end] == b.text for b in made.boilerplate)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    """Any bytes are decoded or refused, never anything else."""
    try:
        assert isinstance(text.decode(data), str)
    except InputError as error:
        assert error.found


# ------------------------------------------------------------------ sources
def test_missing_and_empty_places(tmp_path: Path) -> None:
    """A missing path, a pattern without a match and a folder without reports are one refusal each."""
    (tmp_path / "x.bin").write_bytes(b"1")
    items = read(tmp_path / "no.txt", tmp_path / "*.md", tmp_path)
    assert len(items) == 3 and all(isinstance(i, Refusal) for i in items)


def test_folder_goes_on_after_a_bad_file(tmp_path: Path) -> None:
    """A folder is read with the folders in it, in order of path; a bad file does not stop the rest."""
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "b" / "c.txt").write_text(NEWS)
    (tmp_path / ".hidden.txt").write_text(NEWS)
    items = read(tmp_path)
    assert [type(i) for i in items] == [Refusal, Report] and items[1].path == str(tmp_path / "b" / "c.txt")


def test_json_lines(tmp_path: Path) -> None:
    """Known keys become fields, unknown ones go into extra, a broken line is refused by file and number, the others go on."""
    lines = [
        json.dumps({"id": 7, "text": NEWS + "\r\n ", "publisher": "Example News", "published": "2025-08-05", "topic": "peace",
                    "title": None}),
        "{broken", "[1]", json.dumps({"txt": NEWS}), "", json.dumps({"text": NEWS, "published": "2025-02-30"}), json.dumps({"text": 5}),
        json.dumps({"text": NEWS}),
    ]  # fmt: skip
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    items = read(tmp_path / "a.jsonl", published="2020-01-01")
    first, last = items[0], items[-1]
    assert first.text == NEWS + "\r\n " and first.given_id == "7" and first.extra == {"topic": "peace"} and first.published.start == "2025-08-05"
    assert last.published.start == "2020-01-01"
    assert [i.name.rsplit(", ")[-1] for i in items[1:-1]] == ["line 2", "line 3", "line 4", "line 6", "line 7"]


def test_json_document(tmp_path: Path) -> None:
    """A .json file may hold one object or a list of them."""
    (tmp_path / "a.json").write_text(json.dumps([{"text": NEWS}, {"text": NEWS, "title": "T"}]))
    assert [i.title for i in read(tmp_path / "a.json")] == [None, "T"]


@pytest.mark.parametrize(("data", "n"), [(NEWS.encode(), 1), (json.dumps({"text": NEWS}).encode() + b"\n" + json.dumps({"text": NEWS}).encode(), 2)])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, n: int) -> None:
    """Standard input is one text, or JSON lines when it begins with an object."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [i.text for i in read("-")] == [NEWS] * n


def test_html(tmp_path: Path) -> None:
    """An article is taken out of its page with title, publisher and date; a page without an article is refused."""
    pytest.importorskip("trafilatura")
    head = '<title>Talks</title><meta property="og:site_name" content="Example News">'
    head += '<meta property="article:published_time" content="2025-08-05T10:00:00Z">'
    body = "".join(f"<p>{NEWS} This is paragraph {n} of it.</p>" for n in ("one", "two", "three", "four"))
    (tmp_path / "a.html").write_text(f"<!DOCTYPE html><html><head>{head}</head><body><nav>Home</nav><article><h1>Talks</h1>{body}</article></body></html>")
    (tmp_path / "b.html").write_text("<html><body><nav><a href=x>Home</a></nav></body></html>")
    page, empty = read(tmp_path / "a.html", tmp_path / "b.html")
    assert page.publisher == "Example News" and page.title == "Talks" and page.published.start == page.published.end == "2025-08-05" and NEWS in page.text
    assert "without an article" in empty.found


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x",
        "http://localhost:8080/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest",
        "http://u:p@example.org/",
        "http://",
    ],
)
def test_private_addresses_are_refused(url: str) -> None:
    """An address that is not of the public internet is refused before anything is sent."""
    assert isinstance(only(read(url)), Refusal)


def test_names_of_private_addresses_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A public name that leads to a private address is refused when connecting."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.1.1", 80))])
    with pytest.raises(InputError, match="private address"):
        web.fetch("http://news.example.org/a")


class Pages(http.server.BaseHTTPRequestHandler):
    """A little web server: one article, one endless page, one missing page, one redirect to a private address."""

    def do_GET(self) -> None:
        """Answer by path."""
        if self.path.startswith("/gone"):
            self.send_error(404)
            return
        self.send_response(302 if self.path == "/away" else 200)
        if self.path == "/away":
            self.send_header("Location", "http://10.0.0.1/secret")
        self.end_headers()
        if self.path.endswith("endless"):
            with contextlib.suppress(OSError):
                for _ in range(200):
                    self.wfile.write(b"word " * 20_000)
        elif self.path != "/away":
            self.wfile.write(NEWS.encode())

    def log_message(self, *args: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the little server, which counts as public here."""
    true = web.public
    monkeypatch.setattr(web, "public", lambda address: address == "127.0.0.1" or true(address))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_web_pages(site: str) -> None:
    """A page is read with its address and the date in it; errors, endless pages and redirects to private addresses are one refusal each."""
    page, gone, endless, away = read(f"{site}/2025/08/05/talks", f"{site}/gone", f"{site}/endless", f"{site}/away")
    assert page.text == NEWS and page.url == f"{site}/2025/08/05/talks" and page.published.start == "2025-08-05" and page.fetched_at
    assert "404" in gone.found and "MB" in endless.found and "private" in away.found


# ------------------------------------------------------------------ provenance and dates
@pytest.mark.parametrize("case", CASES["provenance"], ids=[c["name"] for c in CASES["provenance"]])
def test_provenance(case: dict[str, Any]) -> None:
    """Publisher, republication chain, byline and boilerplate are read from the text's own credits."""
    made = provenance.trace(case["text"], publisher=case.get("given"))
    assert made.publisher == case.get("publisher", case.get("given"))
    assert [[c.outlet, c.domain] for c in made.carried_from] == case.get("carried", [])
    assert [b.text for b in made.boilerplate] == case.get("boilerplate", [])
    assert (made.byline, made.title) == (case.get("byline"), case.get("title"))
    assert all(case["text"][s.start : s.end] == s.text for s in [*made.boilerplate, *[c.quote for c in made.carried_from if c.quote]])


@pytest.mark.parametrize("case", CASES["datelines"], ids=[c["text"][:30] for c in CASES["datelines"]])
def test_dateline(case: dict[str, Any]) -> None:
    """Place, agency and date of a dateline; capitals that are none are left alone."""
    found = provenance.dateline(case["text"])
    assert ([found.place and found.place.text, found.agency, found.date] if found else None) == case["is"]


@pytest.mark.parametrize("case", CASES["given"], ids=[str(c["value"]) for c in CASES["given"]])
def test_given_dates(case: dict[str, Any]) -> None:
    """A date in any common form is that day; one that is impossible or can be read two ways is refused."""
    if case["is"] is None:
        with pytest.raises(InputError):
            dating.given(case["value"])
    else:
        when = dating.given(case["value"])
        assert [when.start, when.end] == case["is"]


@pytest.mark.parametrize("case", CASES["inferred"], ids=[c["name"] for c in CASES["inferred"]])
def test_inferred_dates(case: dict[str, Any]) -> None:
    """Without a date the publication is an interval with its reason."""
    when = intake.report(case["text"], url=case.get("url"), meta_date=case.get("meta")).published
    assert ([when.start, when.end, when.precision] if when else None) == case["is"]
    assert when is None or (when.why or "").startswith("inferred from")


@pytest.mark.parametrize(
    "piece",
    ["© ", "By A ", "A of the ", "Copyright 2025 A of ", "FILE PHOTO: ", "x.", "This report was republished with permission from ", "\n", "A.A. "],
)
def test_hostile_credits_are_linear(piece: str) -> None:
    """Hundreds of kilobytes of the same half credit do not stop the reading."""
    begun = time.perf_counter()
    provenance.trace((piece * 300_000)[:300_000])
    provenance.trace("\n".join([(piece * 400)[:390]] * 400))
    assert time.perf_counter() - begun < 8


@pytest.mark.parametrize("dateline", ["MOSCOW, Dec 31, 9999 (AP) - ", "MOSCOW, Dec 31, 0000 (AP) - "])
def test_a_dateline_of_no_times_tells_nothing(dateline: str) -> None:
    """A year at the end of the calendar is no evidence, and nothing overflows."""
    assert intake.report(dateline + NEWS).published is None


@pytest.mark.parametrize(
    "about",
    [
        {"published": "9999-12"},
        {"title": "\ud800"},
        {"publisher": "a\x00b"},
        {"url": "http://a.org/?q=\ud800"},
        {"given_id": "\udc00"},
        {"extra": {"k": "\ud800"}},
    ],
)
def test_what_cannot_be_written_is_refused_beside_the_text_too(about: dict[str, Any]) -> None:
    """Half characters, zero bytes and impossible days in any field."""
    with pytest.raises(InputError):
        intake.report(NEWS, **about)


def test_month_ends() -> None:
    """A month given alone ends on its last day."""
    when = dating.given("2024-02")
    assert (when.start, when.end) == ("2024-02-01", "2024-02-29")


@pytest.mark.parametrize(("value", "start", "end"), [
    ({"start": "2024-02-03", "end": None}, "2024-02-03", None), ({"end": "2024-02"}, None, "2024-02-29"), (When(start="2024"), "2024-01-01", None),
])  # fmt: skip
def test_an_open_interval_stays_open(value: object, start: str | None, end: str | None) -> None:
    """What is known of one side only is no day."""
    when = dating.given(value)
    assert (when.start, when.end, when.precision) == (start, end, "open")


def test_white_space_before_a_text_is_no_reason_to_refuse_it() -> None:
    """Words are counted where they begin."""
    assert intake.report("\n" * 2500 + NEWS).text.endswith(NEWS)


def test_private_addresses_behind_nat64_are_private() -> None:
    """64:ff9b::/96 carries an IPv4 address (RFC 6052)."""
    assert not web.public("64:ff9b::a00:1") and web.public("64:ff9b::808:808")


def test_a_wide_json_ld_list_is_walked_at_once() -> None:
    """Half a million items that are no objects."""
    begun = time.perf_counter()
    found = html.extract(
        '<html><head><script type="application/ld+json">[' + "0," * 450_000 + "0]</script></head><body><p>" + NEWS * 3 + "</p></body></html>"
    ).text
    assert NEWS[:40] in found and time.perf_counter() - begun < 8
