"""Reading -> the tense of the clause around an offset, for expressions that only a tense tells the way of ("on Friday")."""

from __future__ import annotations

from collections.abc import Callable

from backchannel.coder.acts.called_off import is_new_day
from backchannel.coder.times.calendar import Tense
from backchannel.reader import Reading

# Auxiliaries of the future, and verbs whose complement lies ahead ("is expected to visit").
FUTURE = frozenset("will 'll ’ll wo shall would going must should".split())
AHEAD = frozenset("expect plan schedule set slate intend prepare threaten vow promise agree due".split())
ACTS = frozenset("agree promise threaten vow".split())  # of AHEAD those that are dated themselves once they are past ("agreed on Monday")
EXPECTED = frozenset("expected planned scheduled set slated due poised".split())
SAYING = frozenset(("aux", "cop", "ccomp", "parataxis"))  # below a verb: no simple present, or one that says something
AFTERWARDS = frozenset("follow come say tell".split())  # in the present tense of what is over ("the order follows talks on Sunday", "says on Monday")
ASKING = frozenset("announce ask call demand invite offer pledge propose urge".split())  # verbs beside those whose object may lie ahead
MAY = frozenset("may might could".split())
PERFECT = frozenset("has have had 've ’ve".split())
BE = frozenset("is are 's ’s was were".split())


def tenses(reading: Reading) -> Callable[[int], Tense]:
    """Offset -> the tense of the clause around a character offset: its verb's auxiliaries, what is expected or planned or put off to, being future."""

    def tense(offset: int) -> Tense:
        i = reading.word_at(offset)
        i = first = reading.heads[i] if i >= 0 and reading.rels[i] == "nmod:unmarked" else i  # "*Jan.* 31" by its day
        if i >= 0 and (_is_scheduled(reading, reading.heads[i]) or _is_called(reading, i)):
            return "future"
        for _ in range(8 if i >= 0 else 0):
            if reading.upos[i] == "VERB" and is_new_day(reading, first, i):
                return "future"
            if (reading.upos[i] in ("VERB", "AUX") or _has_copula(reading, i)) and (found := _tense_of(reading, i)):
                return "did" if found == "past" and i == reading.heads[first] and _is_told(reading, i) else found
            if reading.heads[i] == i:
                break
            i = reading.heads[i]
        return None

    return tense


def _has_copula(reading: Reading, i: int) -> bool:
    """Is a noun, an adjective or an adverb what somebody is or will be ("will be back", "was president")?"""
    return any(reading.rels[c] == "cop" for c in reading.children[i])


def _tense_of(reading: Reading, verb: int) -> Tense:
    around = [verb, *(c for c in reading.children[verb] if reading.rels[c].startswith(("aux", "cop")))]
    low = {reading.words[c].lower() for c in around}
    lemma, past = reading.lemmas[verb].lower(), "Tense=Past" in reading.feats[verb]
    lies_ahead = lemma in AHEAD or (reading.words[verb].lower() in EXPECTED and low & {"is", "are", "'s", "’s", "be", "been"})
    if low & FUTURE or (lies_ahead and not low & {"was", "were", "had"} and not (past and lemma in ACTS)):
        return "future"
    if "Mood=Imp" in reading.feats[verb]:
        return "future"
    above = reading.heads[verb]
    if "VerbForm=Inf" in reading.feats[verb] and (reading.lemmas[above].lower() in AHEAD or reading.words[above].lower() in EXPECTED):
        return "future"
    if not low & PERFECT and (low & MAY or _is_to_come(reading, verb)):
        return "future"
    if "had" in low:
        return "done"
    if low & {"has", "have"} or any("Tense=Past" in reading.feats[c] for c in around):
        return "past"
    return None


def _is_to_come(reading: Reading, verb: int) -> bool:
    """Is it what is or was to happen ("is to open", "is due to meet"), or what somebody who is not told of in the past wants, asks or tries to bring about?"""
    left = [c for c in reading.children[verb] if c < verb]
    before = {reading.words[c].lower() for c in (*left, *(d for c in left if reading.upos[c] == "ADJ" for d in reading.children[c]))}
    if "to" not in before:
        return False
    above = reading.heads[verb]
    past = any(_is_past(reading, i) for i in (above, *(c for c in reading.children[above] if reading.rels[c].startswith(("aux", "cop")))))
    return bool(before & BE) or (reading.rels[verb] == "xcomp" and not past)


def _is_called(reading: Reading, word: int) -> bool:
    """Is it the time for which something is called or set ("called a strike *for Wednesday*")?"""
    verb = reading.heads[word]
    return reading.case_of(word) == "for" and verb != word and any(reading.rels[c] == "obj" for c in reading.children[verb])


def _is_told(reading: Reading, verb: int) -> bool:
    """Is it told as done ("ended in January", "were banned", "banned in March"), not in the present passive ("is heard in May") nor of what may be ahead
    ("agreed to a summit in May")?
    """
    aux = [c for c in reading.children[verb] if reading.rels[c].startswith(("aux", "cop"))]
    if reading.lemmas[verb].lower() in AHEAD | ASKING:
        return False
    return not aux or any(_is_past(reading, c) or reading.words[c].lower() in PERFECT for c in aux)


def _is_past(reading: Reading, i: int) -> bool:
    return "Tense=Past" in reading.feats[i] and "VerbForm=Fin" in reading.feats[i]


def _is_scheduled(reading: Reading, verb: int) -> bool:
    """Is it told in the simple present, with nothing said by it ("ministers meet in Cairo on Wednesday", not "says on Wednesday that")?"""
    feats = reading.feats[verb]
    if reading.upos[verb] != "VERB" or "Tense=Pres" not in feats or "VerbForm=Fin" not in feats:
        return False
    below = {reading.rels[c].split(":")[0] for c in reading.children[verb]}
    return below.isdisjoint(SAYING) and reading.rels[verb] != "parataxis" and reading.lemmas[verb].lower() not in AFTERWARDS
