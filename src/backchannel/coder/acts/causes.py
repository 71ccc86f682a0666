"""Anchor -> what the act answers ("after protesters threw stones", "in response to the attack"), what it is for ("to free the hostages"), what it demands.

Where the links give no trigger, purpose or demand the tree does: a clause or phrase that hangs from the act, or from the verb that carries it.
"""

from __future__ import annotations

from bisect import bisect_left

from backchannel import records as r
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.syntax.negation import NOT
from backchannel.coder.syntax.spans import span_over
from backchannel.reader import Reading

CLAUSES = frozenset(("after", "because", "following"))  # marks of a clause that is what came before and why
PHRASES = frozenset(("after", "following", "over", "amid", "due", "because", "based"))  # prepositions of a phrase that is
ANSWERS = {"response": "to", "reaction": "to", "answer": "to", "retaliation": "for", "revenge": "for", "reprisal": "for", "light": "of", "wake": "of"}
REWARDED = frozenset(("ACCUSE", "SANCTION", "COERCE", "SUPPORT"))  # types of which "for" tells the reason: "criticised for", "thanked for"
AIMS = frozenset("consultation talk discussion negotiation meeting questioning interrogation trial treatment part example instance".split())  # no reasons
CARRIED = frozenset(("xcomp", "obj", "nsubj", "obl", "nmod"))
VERBAL = frozenset(("REQUEST", "AGREE", "THREATEN", "REJECT", "CONCEDE", "ACCUSE"))  # an infinitive at these is their content, not their purpose
MET = frozenset(("meet", "fulfil", "fulfill", "satisfy", "heed", "accept"))
FAILING = frozenset(("fail", "refuse", "decline"))
DEMANDING = frozenset(("demand", "seek", "urge", "request", "call", "ask"))


def by_tree(reading: Reading, anchor: Anchor, times: set[int]) -> dict[str, r.Span]:
    """Trigger, purpose and demand by the tree, as far as it tells them; ``times``: words of time expressions, which are no triggers ("after Friday")."""
    head = reading.head_of(anchor.first, anchor.last)
    carrier = reading.heads[head]
    holders = [head, *([carrier] if reading.rels[head].split(":")[0] in CARRIED and reading.upos[carrier] == "VERB" else [])]
    found: dict[str, r.Span] = {}
    for child in (c for holder in holders for c in reading.children[holder] if c != head and c not in anchor.words):
        told = {"trigger": _caused(reading, child, anchor.type, times), "purpose": _intended(reading, child, anchor.type)}
        told["demand"] = _demanded(reading, child) if anchor.type == "PROTEST" else []
        for role, words in told.items():
            if words and head not in words:
                found.setdefault(role, span_over(reading, words))
    return found


def is_of_saying(reading: Reading, act: int, trigger: r.Span) -> bool:
    """Does it tell what came before the words, not before the act that they tell ("agreed on a truce, Anwar said *after hosting talks*")? What stands behind a
    comma is of the act again ("agreed on a truce, Anwar said, after ...").
    """
    first = reading.words_at(trigger.start, trigger.end)[0]
    while reading.heads[act] != act:
        saying = reading.heads[act]
        if reading.rels[act] in ("ccomp", "parataxis") and act < saying < first:
            return "," not in reading.words[saying:first]
        act = saying
    return False


def implied(reading: Reading, condition: r.Span, due: str | None) -> r.Span | None:
    """What a threat's condition asks for: "if it does not *halt the fire*", "unless it *halts the fire*", "if it fails to *halt the fire*", "if *its demands*
    are not met"; without ``due``, the words of the deadline at its end.
    """
    first, last = (bisect_left(reading.starts, x) for x in (condition.start, condition.end))
    verb = reading.head_of(first, last)
    subject = next((reading.subtree(c) for c in reading.children[verb] if reading.rels[c].startswith("nsubj")), [])
    passive = "nsubj:pass" in (reading.rels[c] for c in reading.children[verb])
    unless = reading.words[first].lower() == "unless"
    negations = [c for c in reading.children[verb] if first < c < verb and reading.words[c].lower() in NOT]
    failing = next((c for c in reading.children[verb] if reading.rels[c] == "xcomp" and c < last), None) if reading.lemmas[verb].lower() in FAILING else None
    if unless + bool(negations) + (failing is not None) != 1:  # nothing is asked for, or it is to be left undone
        return None
    if failing is not None:
        begin, end = min(i for i in reading.subtree(failing) if reading.words[i].lower() != "to"), last
    elif passive and negations:
        begin, end = (min(subject), max(subject) + 1) if reading.lemmas[verb].lower() in MET else (last, last)
    else:
        begin, end = negations[-1] + 1 if negations else first + 1 if passive or not subject else max(subject) + 1, last
    if due and reading.quote(begin, end).endswith(due):
        end = bisect_left(reading.starts, reading.chars(begin, end)[1] - len(due))
    return span_over(reading, range(begin, end)) if first < begin < end - 1 else None  # "if it does not stop" asks what the condition says


def _intended(reading: Reading, child: int, event: str) -> list[int]:
    """The words of an infinitive clause that says what the act is for."""
    if event in VERBAL or not reading.rels[child].startswith("advcl") or "VerbForm=Inf" not in reading.feats[child]:
        return []
    marks = [i for i in reading.children[child] if reading.rels[i] == "mark" and reading.words[i].lower() == "to"]
    return [i for i in reading.subtree(child) if i >= marks[0]] if marks else []


def _demanded(reading: Reading, child: int) -> list[int]:
    """What protesters ask for: the object of "demanding", what "calling" is for."""
    if not reading.rels[child].startswith(("advcl", "acl")) or reading.lemmas[child].lower() not in DEMANDING:
        return []
    for i in reading.children[child]:
        if reading.rels[i] in ("obj", "ccomp", "xcomp") or reading.case_of(i) == "for":
            return _phrase(reading, i)
    return []


def _caused(reading: Reading, child: int, event: str, times: set[int]) -> list[int]:
    """The words of the cause that a dependent tells, none when it tells none."""
    rel = reading.rels[child].split(":")[0]
    if rel == "advcl":
        known = CLAUSES | {"for"} if event in REWARDED else CLAUSES
        marks = [i for i in reading.children[child] if reading.rels[i] in ("mark", "case") and reading.words[i].lower() in known]
        if marks:
            return [i for i in reading.subtree(child) if i > marks[0]]
    if rel in ("obl", "nmod") and child not in times:
        case = reading.case_of(child)
        if answer := ANSWERS.get(reading.words[child].lower()) if case in ("in", "as") else None:
            inner = next((i for i in reading.children[child] if reading.case_of(i) == answer), None)
            return _phrase(reading, inner) if inner is not None else []
        rewarded = case == "for" and event in REWARDED and reading.upos[child] != "PROPN" and reading.lemmas[child].lower() not in AIMS
        if (case in PHRASES or rewarded) and reading.upos[child] in ("NOUN", "VERB", "PROPN"):
            return _phrase(reading, child)
    return []


def _phrase(reading: Reading, head: int) -> list[int]:
    """The words of a phrase without the prepositions before it."""
    cases = [i for c in reading.children[head] if reading.rels[c] == "case" for i in reading.subtree(c)]  # "because of" is one
    return [i for i in reading.subtree(head) if i > max(cases, default=-1)]
