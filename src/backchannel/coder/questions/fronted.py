"""The question with which a clause begins, before the words that say it is unknown ("Who fired first is not known", "How often, his aides declined to say").

Trees often hang such a clause by what it is not, or take it apart, so that it is read by the order of words: from the word that asks, at the beginning of a
sentence or of a part of it, up to the finite verb of what is said of it, or that verb's own subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from backchannel.coder.questions.asked import LINKING, TIMES, WH, Words
from backchannel.coder.syntax.negation import NOT
from backchannel.reader import Reading

OPENERS = WH | {"whether", "whoever"}
BEFORE = frozenset("and but though although while yet so just exactly quite precisely as to only".split())  # what may stand before the question
PARTS = frozenset((";", ":", "—", "–", "''", '"', "“", "”", "``"))  # what parts of a sentence are set apart by
JOINING = frozenset("and but though although".split())
STATES = frozenset(("hang", "lie", "go", "rest"))  # verbs that say how a question stands
NOBODY = frozenset("nobody none neither no few".split())
PLAIN = frozenset("clear known certain obvious evident plain simple easy established decided settled public true".split())  # what is so asks nothing
SECRET = frozenset("secret mystery surprise riddle puzzle doubt".split())  # nor what is none
IDLE = frozenset("irrelevant immaterial important relevant crucial vital instructive interesting matter business point".split())  # nor what matters or does not
BE = frozenset(("is", "was", "'s", "’s", "are", "were"))
MODAL = frozenset("will would might may can could should shall".split())
FURTHEST = 10  # words from what says it back to its finite verb


def fronted(reading: Reading, i: int) -> Words:
    """The question that stands before what word ``i`` says of it."""
    opener = _opener(reading, i)
    verb = _finite(reading, i, opener) if opener is not None else None
    if opener is None or verb is None:
        return ()
    subject = _subject(reading, i, verb, opener)
    words = list(range(opener, verb if subject is None else subject))
    while words and reading.upos[words[-1]] == "PUNCT":
        words.pop()
    may = _may_be_subject if subject is None else _may_stand_before
    return tuple(words) if words and not _goes_on(reading, words) and may(reading, words) else ()


def open_fronts(reading: Reading) -> Iterator[tuple[Words, int, int]]:
    """Questions by the word that asks alone ("who", "how many", "whether") of which something is said, whatever it is: (the question, first and last word of
    what is said). Not what is said to be clear, nor what decides or tells something ("how it ends will show").
    """
    for first, last in reading.bounds:
        for start, end in pairwise((*_parts(reading, first, last), last)):
            opener = _asking(reading, start, min(end, last - 1))
            if opener is None or not _asks_always(reading, opener):
                continue
            for verb in range(opener + 2, min(end + 1, last)):
                said = _said_at(reading, opener, verb)
                if said is not None and (what := fronted(reading, said)):
                    yield what, verb, said
                    break


def _asks_always(reading: Reading, opener: int) -> bool:
    """Does a clause that begins so ask, wherever it stands? "What", "when" or "how" somebody does it may be told, too."""
    asks = opener if reading.words[opener].lower() in OPENERS else opener + 1
    low = reading.words[asks].lower()
    how = low == "how" and reading.upos[asks + 1] in ("ADJ", "ADV")
    return how or low in ("who", "whose", "whether", "which") or (asks > opener and low in WH - {"what"})


def _said_at(reading: Reading, opener: int, verb: int) -> int | None:
    """The last word of what a finite verb says of the question before it: that it is or is not something, or that nobody does something about it."""
    head = reading.heads[verb] if reading.rels[verb].startswith(("aux", "cop")) else verb
    if not _is_finite(reading, verb) or head < verb or reading.rels[head] == "acl:relcl" or reading.upos[verb - 1] == "CCONJ":
        return None
    before = reading.words[verb - 1].lower()
    own = next((j for j in range(opener + 1, verb) if _is_finite(reading, j)), None)
    if before in OPENERS | {"that"}:
        return None
    subject = next((c for c in reading.children[head] if opener < c < verb and (own is None or c > own) and reading.rels[c].startswith("nsubj")), None)
    if subject is not None:
        return head if {reading.words[j].lower() for j in (subject, *reading.children[subject])} & NOBODY else None
    if own is None:
        return None
    end = next((c for c in reading.children[head] if c > head and reading.rels[c] == "xcomp"), head)
    words = {reading.words[j].lower() for j in (*reading.children[end], *range(verb, end + 1))}
    negated = not NOT.isdisjoint(words)
    is_so = any(reading.rels[c] == "cop" for c in reading.children[head]) or reading.lemmas[verb].lower() in LINKING | STATES or "being" in words
    return end if IDLE.isdisjoint(words) and (PLAIN.isdisjoint(words) if is_so and not negated else negated and SECRET.isdisjoint(words)) else None


def _is_finite(reading: Reading, j: int) -> bool:
    return reading.upos[j] in ("VERB", "AUX") and "VerbForm=Fin" in reading.feats[j]


def _parts(reading: Reading, first: int, last: int) -> Iterator[int]:
    """The words with which the parts of a stretch of a sentence begin."""
    yield first
    for j in range(first + 1, last):
        if reading.words[j - 1] in PARTS or (reading.words[j - 1] == "," and reading.words[j].lower() in JOINING):
            yield j


def _opener(reading: Reading, i: int) -> int | None:
    """Where the question begins, with its preposition: at the first words of the part of the sentence that ``i`` stands in."""
    *_, start = _parts(reading, reading.bounds[reading.sentence_of[i]][0], i)
    return _asking(reading, start, i)


def _asking(reading: Reading, start: int, stop: int) -> int | None:
    """The same of the part that begins at ``start``, before word ``stop``."""
    if reading.words[reading.bounds[reading.sentence_of[stop]][1] - 1] == "?":
        return None
    while start < stop and (reading.words[start].lower() in BEFORE or reading.upos[start] == "PUNCT"):
        start += 1
    asks = next((j for j in (start, start + 1) if j < stop and reading.words[j].lower() in OPENERS), None)
    if asks is None or (asks > start and reading.upos[start] not in ("ADP", "SCONJ")):
        return None
    low, after = reading.words[asks].lower(), reading.upos[asks + 1]
    told = (low == "which" and after not in ("NOUN", "ADJ", "ADP")) or (low == "what" and asks > start and after not in ("NOUN", "ADJ", "PUNCT"))
    return None if told else start


def _finite(reading: Reading, i: int, opener: int) -> int | None:
    """The finite verb or auxiliary of what word ``i`` says, itself or before it."""
    for j in range(i, max(opener, i - FURTHEST), -1):
        if _is_finite(reading, j):
            return j
        if reading.upos[j] == "PUNCT":
            return None
    return None


def _subject(reading: Reading, i: int, verb: int, opener: int) -> int | None:
    """Where the subject begins of whom it is said that he does not say it, if there is one."""
    heads = [h for h in range(verb, i + 1) if reading.upos[h] == "VERB" or h == verb]
    links = reading.lemmas[verb].lower() in LINKING and reading.upos[i] != "VERB"
    if links or any(reading.rels[c] == "aux:pass" for h in heads for c in reading.children[h] if c >= verb):
        return None
    for n in (c for h in heads for c in reading.children[h] if reading.rels[c].startswith("nsubj") and opener < c < verb):
        start = n
        while start - 1 > opener and start - 1 in reading.subtree(n) and reading.upos[start - 1] not in ("VERB", "AUX", "PUNCT", "ADV"):
            start -= 1
        return start
    return None


def _goes_on(reading: Reading, words: list[int]) -> bool:
    """Do the words tell something of the clause already ("what is worse is that"), or open a bracket?"""
    low = [reading.words[j].lower() for j in words]
    return low[-1] == "that" or "(" in low or any(a in BE and b == "that" for a, b in pairwise(low))


def _may_be_subject(reading: Reading, words: list[int]) -> bool:
    """May it be what the sentence is about: a clause that asks, or "how many", "by whom"? Not one that goes on behind a comma, as what is told does."""
    verbs = [j for j in words if reading.upos[j] in ("VERB", "AUX")]
    comma = next((j for j in words if reading.words[j] == ","), None)
    if reading.words[words[0]].lower() == "when" and verbs and MODAL.isdisjoint(reading.words[j].lower() for j in words):
        return False
    if comma is not None and reading.words[comma + 1].lower() not in WH | {"if", "or", "and"}:
        return False
    if len(words) == 1 and reading.words[words[0]].lower() in ("what", "who"):  # "what is clear is that"
        return False
    return bool(verbs) or (len(words) < 4 and all(reading.upos[j] != "DET" for j in words[1:]))


def _may_stand_before(reading: Reading, words: list[int]) -> bool:
    """May it be what somebody will not say, not a clause that tells when?"""
    if not any(reading.upos[j] in ("VERB", "AUX") for j in words):
        return reading.words[words[-1] + 1] == ","
    return reading.words[words[0]].lower() not in TIMES - {"where"}
