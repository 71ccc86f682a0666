"""Transcripts, interviews and quoted posts: whose words a paragraph is, where a name before or behind it tells.

Speakers are named before their turn ("MR. PRICE: ...", "KENYON: ...", "Q: ...", "A. ..."), on a line of their own above it, or behind their post
("... — Emmanuel Macron (@EmmanuelMacron) July 24"). Who answers "A" is whom the report spoke of most before the first question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from backchannel.coder.parties.cast import Cast
from backchannel.coder.statements.quotations import MIN_QUOTED
from backchannel.coder.statements.said import Said
from backchannel.reader import Reading
from backchannel.reader.features import MARKS

SCORE = 0.8  # of what is told by a label
LABEL = 14  # words of a label, its colon among them
WHOLE = 0.3  # shares of a report within which its first and from which its last label stands, and of paragraphs with one: then all between is spoken
SPOKEN, ONCE, NAMED = 0.4, 0.6, 0.1  # share of turns that speak to somebody, where nobody has two turns, and where names are in capitals: lists have labels too
BESIDES = 8  # words of a label that are not its speaker's name: "The Secretary of State for Foreign Affairs (David Cameron)"
SPEAKING = frozenset(("person", "media", "office", "ministry", "government"))
ASKING = frozenset("q question questioner reporter moderator host interviewer journalist anchor".split())
ANSWERING = frozenset(("a", "answer", "interviewee"))
TO_SOMEBODY = frozenset("i we you my our your me us 'm 've 're thank thanks yes no well ?".split())
ADDRESSES = ("http", "pic.", "t.co")  # how the links at the end of a post begin
DASHES = frozenset(("—", "–", "-", "--"))

Words = tuple[int, int]


class Turn(NamedTuple):
    """A paragraph with the label before it: words of the label and of what is said, who speaks (an actor's key, or a role in small letters)."""

    label: Words
    words: Words
    speaker: str


def turns(reading: Reading, cast: Cast, found: Sequence[Said]) -> list[Said]:
    """The statements that labels tell, paragraph by paragraph; what ``found`` has whole is left out."""
    paragraphs = _paragraphs(reading)
    labelled = [t for n in range(len(paragraphs)) if (t := _labelled(reading, cast, paragraphs, n))]
    told = [*_spread(reading, paragraphs, labelled)] if _is_transcript(reading, cast, labelled) else []
    asked = next((t.label[0] for t in labelled if t.speaker in ASKING), None)
    answers = _interviewee(cast, asked if asked is not None else 0)
    made = [
        Said(None, t.label, t.words, SCORE, ["turn of a transcript"], whose=_key(t.speaker, answers), spoken=True)
        for t in told
        if t.words[1] - t.words[0] >= MIN_QUOTED
    ]
    known = {edge for s in found if s.cue for edge in (s.content, (s.content[0] - 1, s.content[1] + 1), (s.content[0] - 1, s.content[1] + 2))}
    return [s for s in (*made, *_posts(reading, cast, paragraphs)) if s.content not in known]


def _key(speaker: str, answers: str | None) -> str | None:
    """The actor who speaks: no role is one ("a" is who answers)."""
    return answers if speaker in ANSWERING else speaker if speaker[-1:].isdigit() else None


def with_turns(found: list[Said], told: list[Said]) -> list[Said]:
    """The statements and the turns, without those that no cue announces and that are a turn's own words."""
    return [s for s in found if s.cue or not any(t.content[0] <= s.content[0] and s.content[1] <= t.content[1] and _alike(s, t) for t in told)] + told


def _alike(s: Said, turn: Said) -> bool:
    """Are they as good as one: all but marks and a few words?"""
    return s.content[1] - s.content[0] > 0.8 * (turn.content[1] - turn.content[0])


def _paragraphs(reading: Reading) -> list[Words]:
    """Words of each paragraph."""
    starts = [lo for lo, _ in reading.bounds if reading.paragraph[reading.sentence_of[lo]]]
    return list(pairwise([*starts, len(reading.words)]))


# ------------------------------------------------------------------ labels
def _labelled(reading: Reading, cast: Cast, paragraphs: Sequence[Words], n: int) -> Turn | None:
    """The turn that a paragraph is, by the label at its beginning or the line of a name above it."""
    lo, hi = paragraphs[n]
    words = reading.words
    colon = next((i for i in range(lo + 1, min(lo + LABEL, hi)) if words[i] == ":"), None)
    if words[lo] in ("Q.", "A.") and lo + 1 < hi:
        return Turn((lo, lo + 1), (lo + 1, hi), words[lo][0].lower())
    if colon is None:
        line = paragraphs[n - 1] if n and paragraphs[n - 1][1] - paragraphs[n - 1][0] < LABEL else None
        speaker = _speaker(reading, cast, line) if line and _named_whole(cast, line) else None
        return Turn(line, (lo, hi), speaker) if line and speaker else None
    first = _behind_brackets(words, colon + 1, hi)
    speaker = _speaker(reading, cast, (lo, colon))
    if first >= hi and n + 1 < len(paragraphs):  # what is said begins below
        first, hi = paragraphs[n + 1]
    return Turn((lo, colon), (first, hi), speaker) if speaker and first < hi else None


def _speaker(reading: Reading, cast: Cast, label: Words) -> str | None:
    """Who speaks by the words of a label: an actor's key, or "q", "moderator" ...; none when they name nobody, or say more than that."""
    words = [w.lower() for w in reading.words[slice(*label)]]
    role = words[0].strip(".")
    if len(words) <= 2 and role in ASKING | ANSWERING:
        return role
    if any(reading.words[i] in MARKS or (reading.upos[i] in ("VERB", "AUX") and not reading.words[i].isupper()) for i in range(*label)):
        return None
    count = Counter(k for i in range(*label) for k in cast.at.get(i, ()) if cast.get(k).kind in SPEAKING)
    keys = [k for k in count if count[k] + BESIDES >= sum(w[:1].isalpha() for w in words)]
    named = {k for k in keys for lo, hi, by in cast.party(k).mentions if by == "name" and label[0] <= lo and hi <= label[1]}
    return min(keys, key=lambda k: (cast.get(k).kind != "person", k not in named), default=None)


def _named_whole(cast: Cast, line: Words) -> bool:
    """Is the line a person's name and no more?"""
    return any((lo, hi) == line and len(keys) == 1 and cast.get(keys[0]).kind == "person" for lo, hi, keys in cast.within(*line))


def _behind_brackets(words: Sequence[str], first: int, end: int) -> int:
    """The first word that is said: "(Through interpreter)" is not."""
    if first < end and words[first] in ("(", "["):
        return next((i + 1 for i in range(first, min(first + LABEL, end)) if words[i] in (")", "]")), first)
    return first


# ------------------------------------------------------------------ transcripts
def _is_transcript(reading: Reading, cast: Cast, labelled: Sequence[Turn]) -> bool:
    """Two who speak in turn, one of them twice and named in capitals, or to somebody."""
    count = Counter(t.speaker for t in labelled)
    again = len(labelled) > 2 and max(count.values()) > 1
    if len(count) < 2:
        return False
    capitals = sum(reading.quote(*t.label).isupper() for t in labelled) > len(labelled) / 2
    least = ONCE if not again else NAMED if capitals else SPOKEN
    return sum(_spoken(reading, cast, t) for t in labelled) >= least * len(labelled)


def _spoken(reading: Reading, cast: Cast, turn: Turn) -> bool:
    """Does a turn speak to somebody, and not of its own speaker (as what stands below a heading of his name does)?"""
    words = range(*turn.words)
    return any(reading.words[i].lower() in TO_SOMEBODY for i in words) and not any(turn.speaker in cast.at.get(i, ()) for i in words)


def _spread(reading: Reading, paragraphs: Sequence[Words], labelled: Sequence[Turn]) -> Iterator[Turn]:
    """The turns with the paragraphs that go on with them: all up to the next label in what is a transcript as a whole, else those that speak themselves."""
    heads = {t.label[0] for t in labelled}
    first, last, n = labelled[0].label[0], labelled[-1].label[0], len(reading.words)
    between = [p for p in paragraphs if first <= p[0] <= last]
    whole = first < WHOLE * n and last > (1 - WHOLE) * n and len(labelled) >= WHOLE * len(between)
    at: Turn | None = None
    begun = {t.words[0]: t for t in labelled}
    inside = {t.words[0] for t in labelled} | heads
    for lo, hi in paragraphs:
        turn = next((t for t in (begun.get(i) for i in range(lo, min(lo + 2 * LABEL, hi))) if t), None)
        if turn:
            at = turn
            yield turn
        elif lo in inside:
            at = None
        elif colon := _other(reading, lo, hi):
            at = Turn((lo, colon), (colon + 1, hi), "")
            yield at
        elif at and ((whole and lo < last) or _speaks(reading, lo, hi)):
            yield Turn(at.label, (lo, hi), at.speaker)
        else:
            at = None


def _other(reading: Reading, lo: int, hi: int) -> int | None:
    """The colon behind a label in capitals of somebody who is not known."""
    colon = next((i for i in range(lo + 1, min(lo + LABEL, hi)) if reading.words[i] == ":"), None)
    return colon if colon and reading.quote(lo, colon).isupper() else None


def _speaks(reading: Reading, lo: int, hi: int) -> bool:
    """Does a paragraph say "I" or "we" outside quotation marks?"""
    return any(reading.words[i].lower() in ("i", "we", "my", "our") and not reading.quoted[i] for i in range(lo, hi))


def _interviewee(cast: Cast, first: int) -> str | None:
    """The person whom the words before the first question name most, the earlier of two."""
    named = Counter(k for lo, _, keys in cast.spans if lo < first for k in keys if len(keys) == 1 and cast.get(k).kind == "person")
    return max(named, key=lambda k: named[k]) if named else None


# ------------------------------------------------------------------ posts
def _posts(reading: Reading, cast: Cast, paragraphs: Sequence[Words]) -> Iterator[Said]:
    """Posts with their author behind them: the words of the paragraph before the dash, or the paragraph before."""
    words = reading.words
    for n, (lo, hi) in enumerate(paragraphs):
        handle = next((i for i in range(lo, hi) if words[i].startswith("@") and words[i - 1] == "("), None)
        back = range(handle - 1, max(lo, handle - LABEL) - 1, -1) if handle else ()
        dash = next((i for i in back if words[i] in DASHES and reading.tokens[i].end < reading.tokens[i + 1].start), None)  # no hyphen of a name
        if handle is None or dash is None or dash + 1 >= handle - 1:
            continue
        first, last = (lo, dash) if dash > lo else paragraphs[n - 1] if n else (lo, lo)
        while last > first and words[last - 1].startswith(ADDRESSES):
            last -= 1
        if last - first >= MIN_QUOTED:
            yield Said(None, (dash + 1, handle - 1), (first, last), SCORE, ["a post and its author"], spoken=True)
