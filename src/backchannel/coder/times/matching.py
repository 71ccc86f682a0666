"""Words with their classes -> the places where a time expression stands: rules are patterns over the classes (times.toml), some with a test of their own
(checks.py).

The classes of a text are one string, a character a word, so that a rule is an ordinary regular expression over words; every repetition in it is
bounded and every word is looked at by a bounded number of rules, which keeps matching linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from backchannel.coder.times import checks
from backchannel.coder.times.calendar import PAST, Tense, Tokens, Word, data
from backchannel.coder.times.words import letters
from backchannel.records import Bound

CLAUSE = 14  # words looked at on either side for the tense of a clause


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over word classes, the function that reads it, and the test it must pass."""

    pattern: re.Pattern[str]
    read: str
    test: Callable[[tuple[Word, ...], Tokens, int, int], bool] | None


@dataclass(frozen=True, slots=True)
class Found:
    """A match with everything needed to read it again on another day."""

    rule: str
    words: tuple[Word, ...]
    start: int
    end: int
    bound: Bound | None
    tense: Callable[[], Tense]
    lead: str = ""
    follow: tuple[str, ...] = ()


@cache
def rules() -> tuple[re.Pattern[str], tuple[Rule, ...]]:
    """One pattern that matches where any rule may, and the rules in order."""
    macros = data()["macros"]

    def expand(pattern: str) -> str:
        for _ in range(5):
            pattern = re.sub(r"[A-Z]+", lambda m: f"(?:{macros[m.group()]})" if m.group() in macros else m.group(), pattern)
        pattern = re.sub(r"[A-Z]+", lambda m: letters()[m.group()], pattern)
        return re.sub(r"\((?!\?)", "(?:", pattern.replace(" ", ""))

    expanded = [expand(rule["pattern"]) for rule in data()["rule"]]
    tests = {name: getattr(checks, name) for rule in data()["rule"] if (name := rule.get("when"))}
    made = tuple(Rule(re.compile(p), rule["read"], tests.get(rule.get("when"))) for p, rule in zip(expanded, data()["rule"], strict=True))
    return re.compile("(?!_)(?:" + "|".join(expanded) + ")"), made


def matches(tokens: Tokens, tense: Callable[[int], Tense] | None) -> Iterator[Found]:
    """Every match, left to right, the first rule that holds at each place."""
    gate, all_rules = rules()
    at, vague = 0, len(tokens.classes)
    while at < vague and (m := gate.search(tokens.classes, at)):
        begin = m.start()
        at = begin + 1
        for rule in all_rules:
            hit = rule.pattern.match(tokens.classes, begin)
            if not hit or hit.end() == begin:
                continue
            stop = hit.end()
            while stop > begin and tokens.words[stop - 1].cls in ("DOT", "COMMA", "HYPHEN"):
                stop -= 1
            words = tuple(tokens.words[begin:stop])
            if not words or is_preposition(words[0], tokens, begin) or (rule.test and not rule.test(words, tokens, begin, stop)):
                continue
            yield found(rule.read, words, tokens, begin, stop, tense)
            at = stop
            break


def is_preposition(word: Word, tokens: Tokens, at: int) -> bool:
    """ "Following Monday's talks" means after them; with an article before it "following" is of the date ("the following Monday")."""
    return word.low == "following" and (at == 0 or tokens.words[at - 1].cls not in ("THE", "A", "POSS", "ON"))


def found(rule: str, words: tuple[Word, ...], tokens: Tokens, begin: int, stop: int, tense: Callable[[int], Tense] | None) -> Found:
    """The match with its bound ("before Friday" -> before) and its tense, asked for only when needed."""
    before = [w.low for w in tokens.words[max(begin - 3, 0) : begin]]
    follow = tuple(w.low for w in tokens.words[stop : stop + 6])
    bounds = data()["bounds"]
    ends = len(follow) < 3 or follow[2] == "on" or not follow[2][0].isalnum()
    leads = (bounds.get(" ".join(before[-n:])) for n in (3, 2, 1))
    bound = (data()["bounds_after"].get(" ".join(follow[:2])) if ends else None) or next(filter(None, leads), None)
    if bound is None and before and before[-1] in ("in", "on"):
        bound = since_clause(tokens, begin)
    if bound is None and len(before) > 1 and before[-1] in ("the", "at", "about", "around", "least"):
        bound = bounds.get(before[-2])
        bound = bound if bound == "since" or before[-1] != "the" or words[0].cls in ("EDGE", "THE") else None

    signs = data()["tense"]
    ahead = not {*follow}.isdisjoint((*signs["future"], *signs["obliging"]))
    opens = before[-1:] == ["by"] and tokens.text[tokens.words[begin - 1].start] == "B" and not ahead

    def ask() -> Tense:
        if before[-2:] == ["not", "until"]:
            return "done"
        told = (tense(words[0].start) if tense else None) or guess_tense(tokens, begin, stop)
        if opens and told in PAST:  # "By Wednesday the president was angry": six of six annotated
            return "done"
        return "past" if bound == "since" and told == "future" else told  # "is trying to meet them since Friday"

    return Found(rule, words, words[0].start, words[-1].end, bound, ask, before[-1] if before else "", follow)


def since_clause(tokens: Tokens, begin: int) -> Bound | None:
    """since, for the date that ends a since-clause: "since the coup in 2014"."""
    for word in reversed(tokens.words[max(begin - 9, 0) : begin]):
        if word.low == "since":
            return "since"
        if (word.cls != "_" and word.cls not in ("THE", "A", "IN", "ON", "OF", "FROM", "TO", "POSS")) or (not word.low[0].isalpha() and word.cls != "POSS"):
            return None
    return None


def guess_tense(tokens: Tokens, begin: int, stop: int) -> Tense:
    """The tense of the nearest verb that shows one, looking left, then right, inside the sentence."""
    signs = tense_signs()
    left = tokens.words[max(begin - CLAUSE, 0) : begin]
    after = tokens.words[begin : begin + 1]
    for word, following in zip(reversed(left), [*after, *reversed(left)], strict=False):
        if word.low in '.;"”\n':
            break
        if tokens.text[word.start].isupper() and word.low not in signs:
            continue
        if sign := sign_of(word, following, signs):
            return sign
    right = tokens.words[stop : stop + CLAUSE]
    for word, following in zip(right, [*right[1:], *right[-1:]], strict=True):
        if word.low in ".;\n":
            break
        if sign := sign_of(word, following, signs):
            return sign
    return None


def sign_of(word: Word, following: Word, signs: dict[str, Tense]) -> Tense:
    """The tense a word shows, with the word after it ("plans to")."""
    if following.low == "to" and word.low in data()["tense"]["future_with_to"]:
        return "future"
    if word.low.endswith(("'ll", "’ll")):
        return "future"
    return signs.get(word.low) or ("past" if word.cls == "_" and len(word.low) > 4 and word.low.endswith("ed") else None)


@cache
def tense_signs() -> dict[str, Tense]:
    """Word -> the tense it shows."""
    table = data()["tense"]
    past: dict[str, Tense] = dict.fromkeys(table["past"], "past")
    return past | dict.fromkeys(table["future"], "future")
