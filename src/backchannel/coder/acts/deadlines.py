"""Acts -> by when each is due: what "by", "before", "until", "within" bound, the time somebody is given to act ("has 48 hours to leave"), the day of a deadline
("a Friday deadline for talks", "the ultimatum expires on Sunday"). The claims of one ultimatum - the demand, what is demanded, what is threatened - share its
term, as the annotation has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace as change

from backchannel import records as r
from backchannel.coder import times as timex
from backchannel.coder.acts.expulsions import is_expelling
from backchannel.coder.acts.roles import Links
from backchannel.coder.acts.status import FORWARD
from backchannel.coder.acts.terms import SETTING, shared
from backchannel.coder.acts.ultimatums import GRANTING, PROLONGING
from backchannel.coder.acts.when import BOUNDS, Times
from backchannel.coder.syntax.clauses import is_infinitive
from backchannel.coder.syntax.spans import span_over
from backchannel.coder.times.calendar import shift
from backchannel.coder.times.lengths import days_of
from backchannel.coder.times.resolving import day_of
from backchannel.reader import Reading

DUE = 0.3  # link from which an expression is a deadline
PAST = frozenset(("happened", "ended"))
TERMS = frozenset(("deadline", "ultimatum", "cutoff"))
ENDING = frozenset("expire lapse pass end elapse fall run come loom".split())  # what a term does on its last day
OVER = frozenset("expire lapse pass elapse run miss ignore".split())  # of a term in the past
OTHERWISE = re.compile(r" (?:or|failing which) ")
LENGTH = re.compile(r"P(T?)(\d+)([HDWMY])")
NAMING = frozenset("compound nmod amod appos nummod".split())  # relations of a time to the word for the deadline that it is
BELOW = frozenset("xcomp acl ccomp nmod obl obj conj compound".split())
INNER = frozenset("nmod obl compound amod nummod appos".split())  # relations of a time to what happens then
LAST: dict[str, r.Bound] = {"before": "before", "by": "by", "until": "until", "till": "until"}
HOURS = frozenset("dawn daybreak sunrise morning noon midday afternoon evening dusk sunset sundown nightfall night midnight".split())
HEAD = 3  # sentences at the head of a report: what they tell without a day is of the day of the report
STEPS = 3
OUT = frozenset(("is out", "is over", "ends"))  # what follows "before the month"
LEADING_IN = frozenset("of by in for to within until before on".split())
FEW = 4  # characters before the term in a demand that begins with it


class Term(NamedTuple):
    """A last day, and where it stands."""

    words: list[int]
    when: r.When
    expression: r.TimeExpression
    giver: int | None  # the verb or noun that sets it, when that tells that it is one
    dated: int | None = None  # the word for what happens on that day, before which something is due


def with_deadlines(times: Times, linked: Sequence[Links], claims: Sequence[r.EventClaim]) -> list[r.EventClaim]:
    """The claims of acts, each with its deadline. The day of a deadline is not when the demand was made."""
    reading = times.reading
    terms: dict[int, list[Term]] = {}
    for term in sorted(_terms(times, linked, claims), key=_is_length):  # "a three-day ultimatum ends tonight"
        terms.setdefault(reading.sentence_of[term.words[0]], []).append(term)
    found = [_own(times, links, claim, terms.get(reading.sentence_of[links.head], [])) for links, claim in zip(linked, claims, strict=True)]
    due = shared(reading, [links.head for links in linked], claims, [t.when if t else None for t in found])
    due = _of_the_prolonged(reading, [links.head for links in linked], due)
    told = [
        t is not None and t.expression.when.bound is None and t.expression.when.text == (c.when and c.when.text) for t, c in zip(found, claims, strict=True)
    ]
    gives = [t and (t.giver == links.head or reading.lemmas[links.head].lower() in GRANTING) for links, t in zip(linked, found, strict=True)]
    asked = [_with_what_for(reading, links.head, c) if granted else c for links, c, granted in zip(linked, claims, gives, strict=True)]
    dated = [_due(c, d, again) if d else c for c, d, again in zip(asked, due, told, strict=True)]
    return [_with_demand(c, [_or_else(span, claims) for span in c.roles.demand]) for c in dated]


def _is_length(term: Term) -> bool:
    return LENGTH.fullmatch(term.expression.timex.value) is not None


def _due(claim: r.EventClaim, due: r.When, told: bool) -> r.EventClaim:
    """A claim with its deadline, which is neither its time nor part of what is demanded."""
    return _with_demand(change(claim, deadline=due, when=None if told else claim.when), [_without(span, due.text or "") for span in claim.roles.demand])


def _of_the_prolonged(reading: Reading, heads: Sequence[int], due: Sequence[r.When | None]) -> list[r.When | None]:
    """The terms, with those of the deadlines that an act prolongs."""
    at = {head: when for head, when in zip(heads, due, strict=True) if when and reading.rels[head] == "obj"}
    below = (next((at[c] for c in reading.children[h] if c in at), None) if reading.lemmas[h].lower() in PROLONGING else None for h in heads)
    return [when or other for when, other in zip(due, below, strict=True)]


def _with_demand(claim: r.EventClaim, told: Sequence[r.Span]) -> r.EventClaim:
    """The claim with what is demanded, where that is more than what led in its term ("a deadline *of* 50 days")."""
    demand = [d for d in told if d.text.lower() not in LEADING_IN]
    return claim if claim.roles.demand == tuple(demand) else change(claim, roles=change(claim.roles, demand=tuple(demand)))


def _with_what_for(reading: Reading, giver: int, claim: r.EventClaim) -> r.EventClaim:
    """The claim of giving time, with what the time is given for as its demand ("gave them ten days *to end the war*")."""
    below = (c for word in (giver, *reading.children[giver]) for c in reading.children[word] if c != giver and is_infinitive(reading, c))
    asked = next(below, None)
    if asked is None:
        return claim
    words = [w for w in reading.subtree(asked) if w >= asked]
    return _with_demand(claim, [_without(span_over(reading, words), claim.when.text or "" if claim.when else "")])


def _or_else(demand: r.Span, claims: Sequence[r.EventClaim]) -> r.Span:
    """What is demanded without what is threatened otherwise ("leave *or face war*", "leave, *failing which* they will attack")."""
    threatened = [c.anchor.start - demand.start for c in claims if c.status == "threatened" and demand.start < c.anchor.start < demand.end]
    ends = [m.start() for m in OTHERWISE.finditer(demand.text, 0, min(threatened))] if threatened else []
    text = demand.text[: ends[-1]].rstrip(" ,") if ends else demand.text
    return r.Span(start=demand.start, end=demand.start + len(text), text=text)


def _without(demand: r.Span, due: str) -> r.Span:
    """What is demanded without the term at its end or at its beginning ("leave *by Friday* or be shot", "*until Friday* to leave")."""
    at = demand.text.find(due) if due else -1
    if at < 0:
        return demand
    before, after = demand.text[:at].rstrip(" ,"), demand.text[at + len(due) :].lstrip(" ,")
    if before and (not after or after.startswith("or ") or after in OUT):
        return r.Span(start=demand.start, end=demand.start + len(before), text=before)
    if after.startswith("to ") and len(before) < FEW:
        return r.Span(start=demand.end - len(after) + 3, end=demand.end, text=after[3:])
    return demand


# ------------------------------------------------------------------ terms
def _terms(times: Times, linked: Sequence[Links], claims: Sequence[r.EventClaim]) -> Iterator[Term]:
    """The terms of a report."""
    reading = times.reading
    told = {links.head: claim for links, claim in zip(linked, claims, strict=True)}
    for e, words in times.expressions:
        head = reading.head_of(words[0], words[-1] + 1)
        length = LENGTH.fullmatch(e.timex.value)
        if e.when.bound in BOUNDS:
            begin = _said_on(times, head, told) if length else None
            yield Term(words, _counted(e, begin) if begin else _next(times, e) if _is_said_given(reading, head) else e.when, e, None)
        elif length:
            giver = _granting(reading, head)
            if giver is not None:
                yield Term(words, _counted(e, _given_on(times, giver, told)), e, giver)
        elif e.when.end and (giver := _deadline(reading, head)) is not None:
            yield Term(words, _ahead(times, e, giver), e, giver)
        elif e.when.end and e.when.bound is None and (hour := _hour_before(reading, words[0])):
            text = reading.quote(hour - 1, words[-1] + 1)
            yield Term(words, change(_next(times, e), bound=LAST[reading.words[hour - 1].lower()], text=text), e, None)
        elif e.when.end and e.when.bound is None and (above := _bound_above(reading, head)):
            bound, dated = above
            yield Term(words, change(_next(times, e), bound=bound), e, None, dated)


def _granting(reading: Reading, head: int) -> int | None:
    """What gives a length of time: the verb of "has 48 hours to leave", the noun of "a 48-hour ultimatum"."""
    above, rel = reading.heads[head], reading.rels[head].split(":")[0]
    if reading.lemmas[above].lower() in TERMS and rel in NAMING:
        return above
    given = reading.lemmas[above].lower() in GRANTING and rel in ("obj", "iobj", "obl")
    return above if given and any(is_infinitive(reading, c) for c in (*reading.children[above], *reading.children[head])) else None


def _given_on(times: Times, giver: int, told: dict[int, r.EventClaim]) -> date | None:
    """The day on which a length of time is given: of the act that gives it, else of the report, where that tells news."""
    reading = times.reading
    own = _day(told[giver].when) if giver in told else None
    past = "Tense=Past" in reading.feats[giver] and "VerbForm=Fin" in reading.feats[giver]
    return own or (_day(times.published) if not past or reading.sentence_of[giver] < HEAD else None)


def _said_on(times: Times, word: int, told: dict[int, r.EventClaim]) -> date | None:
    """The day on which the demand or threat above a word was made, if one is told; of one made in the perfect the day of the report."""
    reading = times.reading
    while reading.heads[word] != word:
        word = reading.heads[word]
        if word in told and told[word].event in SETTING:
            perfect = any(reading.lemmas[c].lower() == "have" and reading.rels[c] == "aux" for c in reading.children[word])
            return _day(told[word].when) or (_day(times.published) if perfect else None)
    return None


def _counted(e: r.TimeExpression, begin: date | None) -> r.When:
    """A length as a stretch from the day on which it is given; without a day only its words."""
    text = e.when.text or e.text
    length = LENGTH.fullmatch(e.timex.value)
    if begin is None or length is None:
        return r.When(text=text, bound="within", why="no dates: what it counts from is not known")
    of_clock, number, unit = length[1], int(length[2]), length[3]
    last = shift(begin, days_of(number), "D") if of_clock else shift(begin, number, unit)
    days = (last - begin).days
    precision: r.Precision = "day" if not days else "week" if days <= 7 else "month" if days <= 31 else "year"
    first = begin.isoformat()
    return r.When(start=first, end=last.isoformat(), precision=precision, text=text, anchor=first, direction="future", bound="within")


def _day(when: r.When | None) -> date | None:
    """The day of a time of one day."""
    return day_of(when.start) if when and when.start and when.start[:10] == (when.end or "")[:10] else None


def _deadline(reading: Reading, head: int) -> int | None:
    """The word for a deadline whose day this is: "the Friday deadline", "a deadline of Friday", "the ultimatum expires on Friday", "set Friday as deadline"."""
    above = reading.heads[head]
    if _is_term(reading, above) and reading.rels[head].split(":")[0] in NAMING:
        return above
    of_it = [c for c in (*reading.children[above], *reading.children[head]) if _is_term(reading, c)]
    if reading.lemmas[above].lower() in ENDING:
        return next((c for c in of_it if reading.rels[c].startswith("nsubj")), None)
    subject = (c for c in of_it if reading.rels[c] == "nsubj" and c in reading.children[head])
    named = (c for c in of_it if (reading.case_of(c) == "as" and above < head) or (reading.rels[c] == "obj" and reading.case_of(head) in ("of", "for")))
    return next(chain(subject, named), None)


def _is_term(reading: Reading, word: int) -> bool:
    """Does a word name a deadline ("deadline", "ultimatum", "the last day for them to leave")?"""
    if reading.lemmas[word].lower() != "day":
        return reading.lemmas[word].lower() in TERMS
    below = reading.children[word]
    return any(reading.words[c].lower() in ("last", "final") for c in below) and any(reading.case_of(c) == "for" or is_infinitive(reading, c) for c in below)


def _hour_before(reading: Reading, first: int) -> int | None:
    """The time of day before the day that begins with a word, if it is the last one ("by sunset on Friday")."""
    hour = first - 1 - (reading.words[first - 1].lower() == "on")
    return hour if hour > 0 and reading.words[hour].lower() in HOURS and reading.words[hour - 1].lower() in LAST else None


def _bound_above(reading: Reading, head: int) -> tuple[r.Bound, int] | None:
    """What bounds the event that a time dates, and the word for it: "before the elections in November", "by close of business on Friday", "before the board
    meets in June".
    """
    for _ in range(STEPS):
        if reading.rels[head].split(":")[0] not in INNER or reading.heads[head] == head:
            return None
        head = reading.heads[head]
        for c in reading.children[head]:
            if c < head and reading.rels[c] in ("case", "mark") and (bound := LAST.get(reading.words[c].lower())):
                return (bound, head) if bound != "by" or reading.upos[head] == "NOUN" else None
    return None


def _ahead(times: Times, e: r.TimeExpression, giver: int) -> r.When:
    """The day of a deadline: the next one, unless it is told to be over."""
    verb = times.reading.heads[giver]
    past = "Tense=Past" in times.reading.feats[verb] and times.reading.lemmas[verb].lower() in OVER
    return e.when if past else _next(times, e)


def _is_said_given(reading: Reading, head: int) -> bool:
    """Is it time that somebody is said to have had to act ("said that it had until Friday to leave")? That is ahead: the tense is the speech's."""
    verb = reading.heads[head]
    given = reading.lemmas[verb].lower() in GRANTING and any(is_infinitive(reading, c) for c in reading.children[verb])
    return given and reading.rels[verb] == "ccomp"


def _next(times: Times, e: r.TimeExpression) -> r.When:
    """An expression as it is read of what is to come, where that is its reading."""
    due = timex.find(times.reading.text, published=times.published, start=e.start, end=e.end, tense=lambda _: "future")
    return change(due[0].when, bound=e.when.bound) if len(due) == 1 and due[0].when.end else e.when


# ------------------------------------------------------------------ whose they are
def _own(times: Times, links: Links, claim: r.EventClaim, terms: Sequence[Term]) -> Term | None:
    """The term of an act by its links and the tree."""
    for term in (t for t in terms if t.dated != links.head):
        if _of_giver(times.reading, links.head, term.giver, claim) if term.giver is not None else _is_due(times, links, claim, term):
            return term
    return None


def _of_giver(reading: Reading, head: int, giver: int, claim: r.EventClaim) -> bool:
    """Is the act the one that sets the term, or what there is time for?"""
    above = reading.heads[giver]
    sets = head == giver or (head == above and (claim.event in SETTING or reading.lemmas[head].lower() in PROLONGING))
    asked = reading.heads[head] == giver and is_infinitive(reading, head)
    return sets or asked or (claim.status not in PAST and _is_below(reading, head, giver))


def _is_below(reading: Reading, word: int, top: int) -> bool:
    """Does a word hang from another by what that governs, through no relative clause?"""
    while reading.heads[word] != word and reading.rels[word] != "acl:relcl" and reading.rels[word].split(":")[0] in BELOW:
        word = reading.heads[word]
        if word == top:
            return True
    return False


def _is_due(times: Times, links: Links, claim: r.EventClaim, term: Term) -> bool:
    """Does the term with "by", "until" ... bound this act?"""
    reading, head = times.reading, links.head
    at = reading.head_of(term.words[0], term.words[-1] + 1)
    inside = [w for w in term.words if links.base <= w < links.end]
    if inside and max(links.row("deadline")[w - links.base] for w in inside) >= DUE:
        return True
    if reading.rels[at] == "nsubj":  # "before the year is out"
        at = reading.heads[reading.heads[at]]
    if term.dated is not None and head == reading.heads[term.dated] and claim.status in FORWARD:
        return True  # "will visit before the board meets on June 9"
    below = at == head or _is_below(reading, at, head)
    if claim.event == "AGREE" and claim.status == "happened" and at > head and below and _is_ahead(times, term):
        return times.near(links.anchor, term.words)
    if head == reading.heads[at] and reading.lemmas[head].lower() in GRANTING and any(is_infinitive(reading, c) for c in reading.children[head]):
        return True
    if is_expelling(reading, links.anchor.words) and at > head and below:
        return True  # "ordered the envoy to leave by Friday"
    if claim.event in SETTING and reading.rels[head] == "obj" and _is_prolonged(reading, head, term):
        return True  # "extended its ultimatum until Friday"
    if claim.status not in FORWARD and claim.event not in SETTING:
        return _is_prolonged(reading, head, term) or (claim.status == "ongoing" and term.when.bound == "until" and below and _is_ahead(times, term))
    held = claim.condition is not None and claim.condition.start <= term.expression.start < claim.condition.end
    near = times.near(links.anchor, term.words) and _in_clause(reading, at, head) and (at > head or claim.status not in PAST)
    return held or near or (claim.event in SETTING and at > head and below) or _is_granted(reading, head, reading.heads[at])


def _in_clause(reading: Reading, word: int, head: int) -> bool:
    """Does a word hang from an act, or from the verb that carries it, through no clause beside it?"""
    while word not in (head, reading.heads[head]) and reading.heads[word] != word:
        if reading.rels[word] in ("acl:relcl", "advcl", "parataxis"):
            return False
        word = reading.heads[word]
    return True


def _is_ahead(times: Times, term: Term) -> bool:
    return bool(term.when.end and times.published and term.when.end > (times.published.end or ""))


def _is_granted(reading: Reading, head: int, verb: int) -> bool:
    """Is the act what a verb gives time for ("was given until Sunday to release them", "has until Friday to withdraw")?"""
    if reading.lemmas[verb].lower() not in GRANTING:
        return False
    return any(is_infinitive(reading, c) and (c == head or _is_below(reading, head, c)) for c in reading.children[verb])


def _is_prolonged(reading: Reading, head: int, term: Term) -> bool:
    """Is it an act of prolonging something until then?"""
    at = reading.heads[reading.head_of(term.words[0], term.words[-1] + 1)]
    return term.when.bound == "until" and at in (head, reading.heads[head]) and reading.lemmas[at].lower() in PROLONGING


__all__ = ["with_deadlines"]
