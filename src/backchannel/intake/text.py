r"""Bytes or a string -> text that can be read: encoding found, binary and other languages refused with what they are.

A text that is given as such stays as it is. That of a file is cleared of what no reader sees or means (line ends of other systems, soft hyphens, marks of
direction, control characters, letters decoded twice). Offsets of every later record count characters of the text that comes out.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from backchannel.errors import InputError

MAX_BYTES = 5_000_000  # of text in one report; the longest newspaper article is some 100 kB
MIN_WORDS = 3
NO_TEXT = ("characters that are no text (zero bytes or half characters)", "text", "the text read with its right encoding")
JUDGED = 6_000  # characters that the language is judged by
MIN_LANGUAGE_WORDS = 25  # shorter texts must be more clearly in another language, those half as long get the benefit of the doubt
ENGLISH_RATE = 0.15  # function words of English news: 0.28-0.45 of all words; of other languages: under 0.06 (AllSides sample, our own texts)

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF media file"), (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"), (b"\x1f\x8b", "a gzip archive"), (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"), (b"\x28\xb5\x2f\xfd", "a Zstandard archive"), (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"), (b"\x7fELF", "a program"), (b"MZ\x90", "a program"), (b"SQLite format 3\x00", "a SQLite database"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"), (b"PAR1", "a Parquet table"), (b"ARROW1", "an Arrow table"), (b"\xca\xfe\xba\xbe", "a program"),
)  # fmt: skip
BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
ESCAPES = re.compile(r"\x1b\[[\d;?]{0,20}[A-Za-z]|\x1b\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\)")  # colours and titles of a terminal
INVISIBLE = dict.fromkeys([*range(9), *range(14, 32), 127, 0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF])
BYTES = {bytes([b]).decode("cp1252", "ignore") or chr(b): b for b in range(128, 256)}  # characters of Windows-1252, undefined ones as in Latin-1
FOLLOWING = re.escape("".join(c for c, b in BYTES.items() if b < 0xC0))
TWICE = re.compile(rf"[\xc2-\xdf][{FOLLOWING}]|[\xe0-\xef][{FOLLOWING}]{{2}}|[\xf0-\xf4][{FOLLOWING}]{{3}}")


def decode(data: bytes) -> str:
    """The text in some bytes, whatever encoding they are in.

    Raises:
        InputError: they are empty, binary (it says of which kind), or in no encoding that makes sense.

    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise InputError("an empty file", "a news report in English", "another file")
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return sound(data[len(mark) :].decode(encoding, "replace"), encoding)
    for signature, name in SIGNATURES:
        if data.startswith(signature):
            raise InputError(name, "text: plain, HTML or JSON lines", "the text inside it, saved as .txt")
    if unmarked := wide(data):
        return sound(data.decode(unmarked, "replace"), unmarked)
    if b"\x00" in data:
        raise InputError(f"binary data ({data.count(0)} zero bytes)", "text: plain, HTML or JSON lines", "the text inside it, saved as .txt")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return eight_bit(data)


def is_wide(data: bytes) -> bool:
    """Whether bytes are UTF-16 or UTF-32, marked or not."""
    return any(data.startswith(mark) for mark, _ in BOMS[1:]) or wide(data) is not None


def utf8(data: bytes) -> bytes:
    """The bytes, of text in UTF-16 or UTF-32 those of the same text in UTF-8.

    Raises:
        InputError: they are marked as such, and are no text.

    """
    if not is_wide(data):
        return data
    return decode(data).encode("utf-8", "replace") if data.strip(b" \t\r\n\x00\xff\xfe") else b""


def wide(data: bytes) -> str | None:
    """UTF-16 without a byte-order mark: nearly every other byte of European text is zero there."""
    sample = data[:4000]
    half = max(len(sample) // 2, 1)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.5 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.5 and odd < 0.1 else None


def eight_bit(data: bytes) -> str:
    """UTF-8 with a few broken bytes, or Windows-1252; refused when neither makes sense."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if sum(c > "\x7f" for c in text) - broken >= 5 * broken:
        return text
    high = sum(byte > 0x7F for byte in data)
    control = sum(byte < 9 or 13 < byte < 32 for byte in data)
    if control > 0.01 * len(data):
        raise InputError("binary data", "text: plain, HTML or JSON lines", "the text inside it, saved as .txt")
    if high > 0.2 * len(data):
        raise InputError("text in an unknown encoding (no UTF-8, and not a Western European one)", "UTF-8", "saving it as UTF-8")
    return data.decode("cp1252" if not set(data) & {0x81, 0x8D, 0x8F, 0x90, 0x9D} else "latin-1")


def sound(text: str, encoding: str) -> str:
    """The text, when the encoding has made sense of it."""
    if text.count("\ufffd") + text.count("\x00") > 0.02 * len(text):
        raise InputError(f"binary data (or broken {encoding.upper()})", "text: plain, HTML or JSON lines", "the text inside it, saved as UTF-8")
    return text


def cleared(text: str) -> str:
    """The text of a file without what nobody sees, its lines ended as here, and with letters that were decoded twice mended ("â€™")."""
    text = LINE_ENDS.sub("\n", ESCAPES.sub("", text))
    text = text.translate(INVISIBLE)
    return TWICE.sub(_once, text) if len(TWICE.findall(text)) > 1 else text


def _once(found: re.Match[str]) -> str:
    """What was decoded twice, decoded once; as it is when it makes no sense."""
    try:
        return bytes(BYTES[c] for c in found.group()).decode("utf-8")
    except UnicodeDecodeError:
        return found.group()


def broken(text: str) -> bool:
    """Does it hold zero bytes or half characters, which no encoding can write?"""
    return "\x00" in text or any("\ud800" <= c <= "\udfff" for c in set(text))


def check(text: str, language: str | None = None, fewest: int = MIN_WORDS) -> str | None:
    """The language of a text of ``fewest`` words or more that can be read ("en", or null when it is too short to tell).

    Raises:
        InputError: it is empty, too large, too short, not text, or not in English.

    """
    if not text.strip():
        raise InputError("an empty text", "a news report in English")
    if len(text) > MAX_BYTES:
        raise InputError(
            f"{len(text) / 1e6:.0f} million characters in one report", f"at most {MAX_BYTES // 1_000_000} million", "one report a file, or JSON lines"
        )
    if broken(text):
        raise InputError(*NO_TEXT)
    words = len(text.lstrip()[:2000].split())
    found = foreign(text)
    if found:
        raise InputError(f"{found} text", "English", "an English version; other languages are not supported yet")
    if words < fewest:
        raise InputError(f"{words} word{'s' * (words != 1)}", f"a news report of at least {fewest} words")
    if language and not language.lower().startswith("en"):
        raise InputError(f"a report marked as language {language!r}", "English (en)", "an English version; other languages are not supported yet")
    return "en" if language or english_rate(text) >= ENGLISH_RATE else None


def foreign(text: str) -> str | None:
    """The language a text is in when that is clearly not English."""
    sample = text[:JUDGED]
    letters = [c for c in sample if c.isalpha()] if not sample.isascii() else []
    others = [c for c in letters if c > "\u024f"]  # beyond the Latin letters
    if len(others) >= 12 and len(others) > 0.15 * len(letters):
        for name, (first, last) in tables()["scripts"].items():
            if sum(first <= c <= last for c in others) / len(letters) > (0.15 if name == "Japanese" else 0.4):
                return name
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if len(words) < MIN_LANGUAGE_WORDS // 2:
        return None
    if sum(w in word_sets()["English"] for w in words) >= ENGLISH_RATE * len(words):
        return None
    rates = {name: sum(w in known for w in words) / len(words) for name, known in word_sets().items()}
    best = max(rates, key=lambda name: rates[name])
    english = rates["English"]
    least, times, different = (0.12, 1.5, 1) if len(words) >= MIN_LANGUAGE_WORDS else (0.25, 3, 3)
    enough = len(word_sets()[best].intersection(words)) >= different  # "met" alone, however often, is no Dutch
    if best != "English" and enough and rates[best] > least and rates[best] > times * english and english < ENGLISH_RATE:
        return best
    return "non-English" if english < 0.05 and len(words) >= 3 * MIN_LANGUAGE_WORDS else None


def english_rate(text: str) -> float:
    """The share of English function words."""
    words = re.findall(r"[^\W\d_]+", text[:JUDGED].lower())
    return sum(w in word_sets()["English"] for w in words) / len(words) if words else 0.0


@cache
def tables() -> dict[str, dict[str, list[str]]]:
    """languages.toml."""
    return tomllib.loads((files("backchannel.intake") / "languages.toml").read_text("utf8"))


@cache
def word_sets() -> dict[str, frozenset[str]]:
    """Function words by language."""
    return {name: frozenset(words) for name, words in tables()["words"].items()}
