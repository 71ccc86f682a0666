"""Words for an office -> what office it is: of which kind and post, of which country or organisation, current or former, where its words stand.

Two doors: ``office_kind``/``post_of`` read the office column of a table; ``TitleParser`` reads title phrases of a report ("former Russian President",
"Trump's special envoy", "Kremlin spokesman"). Titles are data: data/titles.csv, whose ``shape`` says how a row is used: ``title`` (stands
alone), ``head`` (takes what stands before it into the office: "Kremlin spokesman"), ``rank``, ``plain`` (a calling, not an office),
``portfolio`` (makes "X minister", "minister of X", ...).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from backchannel.records import Record, Tense
from backchannel.register.model import CountryWord
from backchannel.register.names import WORDS, fold, without_possessive

KINDS = (
    "head_of_state", "head_of_government", "foreign", "defence", "interior", "finance", "justice", "spokesperson", "envoy", "ambassador",
    "legislature", "other",
)  # fmt: skip
# Posts with one holder at a time; a later holder ends the earlier one's term.
SINGLE_POSTS = frozenset({"president", "prime minister", "monarch", "supreme leader", "foreign", "defence", "interior", "finance", "justice"})

REMEMBERED = 20_000  # phrases whose reading is kept, of titles, organisations and descriptions each

_ACTING = re.compile(
    r"\b(acting|interim|caretaker|transitional|transition|designate|elect)\b(?! of)\s*|^(federal|union|state) (?=minister|president|chancellor)"
)


@lru_cache(maxsize=1)
def _posts() -> list[tuple[re.Pattern[str], str, str]]:
    """posts.csv: the first pattern found in a folded office decides; an empty post means the office is its own post."""
    text = (files("backchannel.register") / "data/posts.csv").read_text(encoding="utf-8")
    return [(re.compile(pattern), post, kind) for pattern, post, kind in list(csv.reader(text.splitlines()))[1:]]


@lru_cache(maxsize=20_000)
def post_of(office: str, of: str | None) -> tuple[str, str]:
    """(post, kind) of an office as a table names it; post is the key under which holders of one seat are compared."""
    text = " ".join(_ACTING.sub("", fold(office)).split())
    if text == "secretary of state":
        return ("foreign", "foreign") if of in ("USA", "VAT") else (text, "other")
    if of in ("IND", "PAK", "BGD", "LKA", "NPL") and text.startswith(("foreign secretary", "secretary of foreign", "home secretary", "defence secretary")):
        return text, "other"  # there the ministry's first official, not the minister
    if of != "USA" and text.startswith("attorney general"):
        return "attorney general", "justice"  # elsewhere not the minister of justice
    if of == "ISR" and "public security" in text:
        return "public security", "interior"  # beside the minister of the interior
    if text == "chancellor" and of == "GBR":
        return "finance", "finance"
    for pattern, post, kind in _posts():
        if pattern.search(text):
            return (post or text, kind) if post != "spokesman" else (re.sub(r"spokes(wom[ae]n|person|men)", "spokesman", text), kind)
    return text, "other"


def office_kind(office: str, of: str | None = None) -> str:
    """The kind of an office as a table or a report names it; one of ``KINDS``."""
    return post_of(office, of)[1]


# ------------------------------------------------------------------ titles in reports
class Title(Record, frozen=True, kw_only=True):
    """A title phrase as read. ``start:end`` are the office's words within the phrase; ``shape``: title, head, rank or plain (a calling)."""

    office: str  # as in the text, without country and tense words; abbreviations written out
    office_kind: str | None
    of: str | None = None  # ISO 3166-1 alpha-3 or an organisation's name
    of_stated: bool = False  # False: of is the title's usual country (Secretary of State -> USA), or null
    usual: tuple[str, ...] = ()  # where none is stated, the countries that have an office of this name, the likeliest first; of is null when they are several
    tense: Tense = "current"
    sector: str = "GOV"
    start: int
    end: int
    shape: str = "title"
    whose: str | None = None  # "Trump" in "Trump's special envoy"
    post: str = ""
    why: str = ""

    def closes(self, phrase: str) -> bool:
        """Does the phrase end with the office, but for a word that says it is to come ("President-elect")?"""
        after = tokens_of(phrase[self.end :])
        return not phrase[self.end :].strip() or (len(after) == 1 and after[0].key in _AFTER)


class Row(NamedTuple):
    """One row of titles.csv, or what a portfolio row makes."""

    shape: str
    kind: str | None
    sector: str
    of: tuple[str, ...]  # the countries that have it, where only few do


_WORD = re.compile(r"[^\W_]+(?:[.'’&][^\W_]+)*(?:['’](?=\s|$))?\.?")
_TENSES: dict[str, Tense] = {
    **dict.fromkeys(WORDS["former"], "former"),
    **dict.fromkeys(WORDS["acting"], "acting"),
    **dict.fromkeys(WORDS["incoming"], "incoming"),
}
_AFTER = frozenset({"elect", "designate", "nominee"})
_WRITTEN_OUT = {
    "sen": "Senator", "sens": "Senator", "senators": "Senator", "rep": "Representative", "reps": "Representative", "gov": "Governor",
    "amb": "Ambassador",
    "pm": "Prime Minister", "mp": "Member of Parliament",
}  # fmt: skip
# Stand between a country and its office without being part of it.
_LOOSE = WORDS["loose"]
_NOMINEE = re.compile(r"\b(nominee|nominated|pick|choice|named|chosen) (for|as|to be|to become)( the)?( next)?( [\w.]+)?\s*$")
_BREAKS = WORDS["links"] | {"and", "or", "but", "after", "before", "since", "until", "when", "where", "while"}
_BREAK_MARKS = frozenset(',;:()[]—–“”"')
_LOCAL = frozenset({"governor", "gov", "mayor"})  # offices of a town or region, which tells them apart
_ARTICLES = frozenset({"a", "an", "the"})
_ANYBODY = frozenset({"representative", "representatives"})  # in small letters of anybody, not of a chamber
_HEADS = frozenset({"head_of_state", "head_of_government"})
_MINISTERS = frozenset({"foreign", "defence", "interior"})
_PRIVATE = frozenset({"BUS", "EDU", "MED", "NGO"})  # sectors of bodies whose presidents hold no public office
_STATE = frozenset({"", "GOV", "IGO"})  # whose heads are those of a state, or of many
_LESSER = frozenset({"deputy", "vice", "assistant"})
_MANY = frozenset({"ambassador", "envoy", "spokesperson"})  # offices that several hold at a time, deputies among them
_PORTFOLIOS = frozenset({"ministry", "department"})  # named by the word before
ABROAD = frozenset({"ambassador", "envoy"})  # kinds whose complement says to whom ("to", "for") or where ("in"), not whose
_PORTFOLIO_SHAPES = (
    "{p} minister", "minister of {p}", "minister for {p}", "minister of the {p}", "{p} secretary", "secretary of {p}",
    "secretary of state for {p}", "secretary of the {p}",
)  # fmt: skip
_LESSER_SHAPES = (
    "deputy {p} minister",
    "vice {p} minister",
    "deputy minister of {p}",
    "vice minister of {p}",
    "assistant {p} minister",
    "junior {p} minister",
)


def read_titles(rows: Iterable[dict[str, str]]) -> dict[tuple[str, ...], Row]:
    """titles.csv as a look-up from folded words to rows, portfolios multiplied out."""
    found: dict[tuple[str, ...], Row] = {}
    portfolios = []
    for row in rows:
        if row["shape"] == "portfolio":
            portfolios.append(row)
        else:
            found[tuple(row["title"].split())] = Row(row["shape"], row["kind"] or None, row["sector"] or "GOV", tuple(filter(None, row["of"].split("|"))))
    for row in portfolios:
        for shapes, kind in ((_PORTFOLIO_SHAPES, row["kind"]), (_LESSER_SHAPES, "other")):
            for shape in shapes:
                found.setdefault(tuple(shape.format(p=row["title"]).split()), Row("title", kind, row["sector"], ()))
    for words in list(found):  # plurals: "foreign ministers", "ambassadors"
        if found[words].shape in ("title", "head") and not words[-1].endswith("s"):
            found.setdefault((*words[:-1], words[-1][:-3] + "men" if words[-1].endswith("man") else words[-1] + "s"), found[words])
    return found


def title_of_own(office: str, of: str) -> tuple[tuple[str, ...], Row]:
    """A title of the user's own ("Steward of Gondor", GON) as the look-up has it: its words without the country, usual there unless said otherwise."""
    words = fold(office.split(" of ")[0]).split()
    return tuple(words), Row("title", post_of(office, of)[1], "GOV", (of,))


def of_country(title: Title, country: str) -> Title:
    """A title that its words give to no country as that of one of those that have it."""
    post, kind = _in(fold(title.office), country, title.office_kind)
    return msgspec.structs.replace(title, of=country, office_kind=kind, post=post)


def _in(words: str, of: str | None, kind: str | None) -> tuple[str, str | None]:
    """(post, kind) of an office in a country, its kind by titles.csv: a Foreign Secretary is a minister in Britain, an official in India."""
    post, told = post_of(words, of)
    return post, told if kind in _MINISTERS and told == "other" else kind


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    key: str
    possessive: bool


def tokens_of(phrase: str) -> list[_Token]:
    """The words of a phrase with offsets; hyphens part words, "U.S." and "Lt." stay whole."""
    found = []
    for m in _WORD.finditer(phrase):
        bare = without_possessive(m.group())
        found.append(_Token(m.start(), m.start() + len(bare), bare, fold(bare), bare != m.group()))
    return found


class TitleParser:
    """Reads title phrases with the register's own countries and organisations."""

    def __init__(self, titles: dict[tuple[str, ...], Row], country: Callable[[str], CountryWord | None],
                 organisation: Callable[[str], tuple[str, str | None, str] | None],
                 person_country: Callable[[str], str | None]) -> None:  # fmt: skip
        self._titles, self._word, self._organisation, self._person_country = titles, country, organisation, person_country
        self._longest = max(map(len, titles))
        self._starts = frozenset(words[0] for words in titles)
        self.parse = lru_cache(maxsize=REMEMBERED)(self._parse)  # names and titles come again and again

    def _country(self, text: str) -> str | None:
        word = self._word(text)
        return word.iso3 if word else None

    def _place(self, before: list[_Token], after: list[_Token], what: tuple[str, ...] = ("city", "region", "capital")) -> str | None:
        """The town or region in front of a local office, or behind its "of" ("New York Gov.", "Mayor of London")."""
        named = [before[i:] for i in range(len(before))]
        if after and after[0].key == "of":
            named += [after[1:end] for end in range(min(len(after), 5), 1, -1)]
        texts = (" ".join(t.text for t in words) for words in named)
        return next((text for text in texts if (word := self._word(text)) and word.what in what), None)

    def _parse(self, phrase: str) -> Title | None:
        """The office a phrase names, or null. The longest title wins, then the first."""
        tokens = tokens_of(phrase)
        best = self._longest_title(tokens)
        if best is None:
            return None
        first, last, row = best
        before, after = self._phrase_before(phrase, tokens, first), tokens[last:]
        body = self._body(before, after)
        if row.kind in _HEADS and body and body[0] in _PRIVATE:
            return None  # "president of the Brookings Institution"
        tense: Tense = "incoming" if _NOMINEE.search(phrase[: tokens[first].start]) else self._tense(before, after)
        of, whose, start, why = self._owner(before, tokens[first], row)
        end, complement, about = self._complement(tokens, last, row, phrase)
        office = phrase[start : tokens[end - 1].end]
        if end == last and start == tokens[first].start:
            office = _WRITTEN_OUT.get(" ".join(t.key for t in tokens[first:last]), office)
        if tokens[last - 1].key in _LOCAL and (place := self._place(before, after)):
            office = f"{office} of {place}"
        kind, post = row.kind, ""
        if kind in _HEADS and (place := self._place(before, after, ("region",))):
            office, kind = f"{office} of {place}", "other"  # of a part of a country: "President of Catalonia"
            post = fold(office)
        elif kind in _HEADS and body and body[0] not in _STATE:  # "Hamas leader", "president of the ANC": not of the country
            office, kind = phrase[min(start, body[1]) : max(tokens[end - 1].end, body[2])].removeprefix("the "), "other"
            post = fold(office)
        if before and before[-1].key in _LESSER and row.shape != "rank" and start == tokens[first].start:  # "deputy U.N. ambassador"
            office, start = phrase[before[-1].start : tokens[end - 1].end], before[-1].start
            kind, post = row.kind if row.kind in _MANY else "other", fold(office)
        owner = of or complement
        sector = body[0] if body and body[0] and row.sector == "GOV" else row.sector
        if complement and not of:
            why = f"of {complement}"
        if whose and not owner:
            owner = self._person_country(whose)
            why = f"{whose} is of {owner}" if owner else why
        stated = owner is not None
        usual = row.of if owner is None and about is None else ()
        owner, why = (usual[0], f"usual country of {tokens[first].key}") if len(usual) == 1 else (owner, why)
        if not post:
            post, kind = _in(" ".join(t.key for t in tokens[first:last]), owner or next(iter(usual), None), kind)
        return Title(office=office, office_kind=kind, of=owner, of_stated=stated, usual=usual, tense=tense, sector=sector, start=start,
                     end=tokens[end - 1].end,
                     shape=row.shape, whose=whose, post=post, why=why)  # fmt: skip

    def _phrase_before(self, phrase: str, tokens: list[_Token], first: int) -> list[_Token]:
        """The words before the title that can belong to it: back to a comma, bracket or linking word ("in Iran, President Trump")."""
        begin = first
        while begin and tokens[begin - 1].key not in _BREAKS and not _BREAK_MARKS & set(phrase[tokens[begin - 1].end : tokens[begin].start]):
            begin -= 1
        return [t for i, t in enumerate(tokens[begin:first], begin) if not self._in_compound(phrase, tokens, i)]

    def _in_compound(self, phrase: str, tokens: list[_Token], i: int) -> bool:
        """Is a name only a part of a word ("pro-Moscow", "U.S.-backed", not "then-U.S."), and so not whose the office is?"""
        before, after = phrase[tokens[i].start - 1 : tokens[i].start], phrase[tokens[i].end : tokens[i].end + 1]
        joined = before == "-" and i > 0 and tokens[i - 1].text.islower() and tokens[i - 1].key not in _TENSES
        return tokens[i].text[:1].isupper() and (joined or (after == "-" and tokens[i + 1].text.islower()))

    def _body(self, before: list[_Token], after: list[_Token]) -> tuple[str, int, int] | None:
        """The sector of the body that stands in front of the title or behind its "of", and where its words begin and end."""
        named = [before[i:] for i in range(len(before))]
        if after and after[0].key == "of":
            named += [after[1:end] for end in range(min(len(after), 9), 1, -1)]
        bodies = ((self._organisation(" ".join(t.text for t in words)), words) for words in named)
        return next(((body[2], words[0].start, words[-1].end) for body, words in bodies if body), None)

    def _longest_title(self, tokens: list[_Token]) -> tuple[int, int, Row] | None:
        best: tuple[int, int, Row] | None = None
        rank: tuple[int, int, Row] | None = None
        for i, token in enumerate(tokens):
            if token.key not in self._starts:
                continue
            for n in range(min(self._longest, len(tokens) - i), 0, -1):
                row = self._titles.get(tuple(t.key for t in tokens[i : i + n]))
                if row is None or any(t.possessive for t in tokens[i : i + n - 1]) or (token.text in _ANYBODY and row.kind == "legislature"):
                    continue
                if row.shape == "rank":
                    rank = rank or (i, i + n, row)
                elif best is None or n > best[1] - best[0]:
                    best = (i, i + n, row)
                break
        return best or rank

    def _tense(self, before: list[_Token], after: list[_Token]) -> Tense:
        for token in after[:2]:
            if token.key in _AFTER:
                return _TENSES[token.key]
        keys = [t.key for t in before]
        if {"nominee", "nominated", "choice", "pick"} & set(keys):
            return "incoming"
        return next((_TENSES[k] for k in reversed(keys) if k in _TENSES and k not in _AFTER), "current")

    def _owner(self, before: list[_Token], head: _Token, row: Row) -> tuple[str | None, str | None, int, str]:
        """(of, whose, where the office begins, why) from the words before the title."""
        words = [t for t in before if t.key not in _TENSES]
        whose = None
        for i, token in enumerate(words):
            if token.possessive and self._country(token.text) is None and not self._named(words[: i + 1]):
                whose, words = " ".join(t.text for t in words[: i + 1] if t.key not in _LOOSE), words[i + 1 :]
                break
        while words and words[-1].key in _LOOSE:
            words = words[:-1]
        for i in range(len(words)):  # the longest organisation that ends at the title: "Kremlin", "Iranian Foreign Ministry", "Hamas"
            text = " ".join(t.text for t in words[i:])
            country = self._country(text)
            if words[i].key in _LOOSE and not country:  # but "New Zealand"
                continue
            if country and self._organisation(text) is None:
                return country, whose, head.start, f"{text} is {country}"
            party = self._organisation(text)
            if party:
                name, iso, _ = party
                begin = words[i].start
                for j in range(i + 1, len(words)):  # the country is not part of the office: "Iraqi Defense Ministry spokesman"
                    known = words[-1].key in _PORTFOLIOS or self._organisation(" ".join(t.text for t in words[j:]))
                    if known and self._country(" ".join(t.text for t in words[i:j])):
                        begin = words[j].start
                        if iso is None:
                            iso = self._country(" ".join(t.text for t in words[i:j]))
                        break
                keeps = row.shape == "head" and not words[-1].possessive
                before_it = self._country(" ".join(t.text for t in words[:i])) if i else None
                body = None if words[-1].key in _PORTFOLIOS else name  # "Foreign ministry" is any country's
                return before_it or iso or body, whose, begin if keeps else head.start, f"{text} is {name}"
        begin, start = len(words), head.start
        if row.shape == "head":  # unknown capitalised words before a weak head belong to it: "National Intelligence Service director"
            if begin and words[begin - 1].key in _PORTFOLIOS:  # so does "foreign ministry"
                named = begin > 1 and words[begin - 2].key not in _LOOSE and not words[begin - 2].possessive
                begin -= 2 if named and self._country(words[begin - 2].text) is None else 1
            while begin and self._goes_on(words[begin - 1]):
                begin -= 1
            if begin < len(words) and not whose:
                start = words[begin].start
        for i in range(begin):
            country = self._country(" ".join(t.text for t in words[i:begin]))
            if country:
                return country, whose, start, f"{words[i].text} is {country}"
        for token in reversed(words[:begin]):
            country = self._country(token.text)
            if country:
                return country, whose, start, f"{token.text} is {country}"
        return None, whose, start, ""

    def _goes_on(self, word: _Token) -> bool:
        """Is a word part of an unknown name before an office ("National Intelligence Service director"), and no article or country?"""
        return word.text[:1].isupper() and word.key not in _ARTICLES and not word.possessive and self._country(word.text) is None

    def _named(self, words: list[_Token]) -> bool:
        return any(self._country(" ".join(t.text for t in words[i:])) or self._organisation(" ".join(t.text for t in words[i:])) for i in range(len(words)))

    def _complement(self, tokens: list[_Token], last: int, row: Row, phrase: str) -> tuple[int, str | None, str | None]:
        """(index after the office's words, of, about) from "of Iran", "to the United Nations", "for Ukraine"."""
        if last >= len(tokens) - 1 or tokens[last].key not in ("of", "for", "to", "at", "in") or phrase[tokens[last - 1].end : tokens[last].start].strip():
            return last, None, None
        link = tokens[last].key
        best: tuple[int, str | None, str] | None = None
        for end in range(min(len(tokens), last + 9), last + 1, -1):
            text = phrase[tokens[last + 1].start : tokens[end - 1].end]
            country, party = self._country(text), self._organisation(text)
            if country or party:
                best = (end, country or (party[1] or party[0] if party else None), text)
                break
        if row.kind in ABROAD and link == "in":  # where, not whose: "our ambassador in Iraq"
            return last, None, None
        if row.kind in ABROAD and link in ("to", "for", "at"):
            end = best[0] if best else last
            return end, None, best[2] if best else None
        if best is None:
            if row.shape == "head" and link in ("of", "for"):  # "head of the Committee for the Peaceful Reunification ..."
                return self._capitalised(tokens, last, phrase), None, None
            return last, None, None
        end, owner, text = best
        is_country = self._country(text) is not None and self._organisation(text) is None
        return (last if is_country or row.shape == "title" else end), owner, None

    def _capitalised(self, tokens: list[_Token], last: int, phrase: str) -> int:
        end, i = last, last + 1
        while i < len(tokens) and (tokens[i].text[:1].isupper() or tokens[i].key in ("the", "of", "for", "and", "s", "on")):
            if phrase[tokens[i - 1].end : tokens[i].start].strip("-’' s"):
                break
            i += 1
            if tokens[i - 1].text[:1].isupper():
                end = i
        return end
