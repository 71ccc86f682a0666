"""Titles at mentions, clauses that say who became what, titles that stand for a name -> office claims: one for each person and office."""

from __future__ import annotations

import msgspec

from backchannel import records as r
from backchannel.coder.confidence import calibrated
from backchannel.coder.parties.cast import Cast
from backchannel.coder.syntax.dependents import RELATIVE
from backchannel.coder.syntax.spans import sentence_span, span_of
from backchannel.coder.tenures import OVER, SERVING, holders_as, time_below, with_terms
from backchannel.reader import Reading
from backchannel.register import Register, Title
from backchannel.register.names import fold
from backchannel.register.offices import ABROAD

NOT_OFFICES = frozenset(("rank", "plain"))
PRIVATE = frozenset(("BUS", "EDU", "MED", "NGO"))  # sectors of bodies in which nobody holds a political office
PRIVATE_BODIES = frozenset(  # so are these by their last word, unless they are known as something else (the European Union)
    "union federation association society institute institution foundation group company corporation firm contractor university lobby club charity".split()
)
WEAK = frozenset("chief head director director-general chairman chair commander aide adviser advisor deputy executive official".split())
PUBLIC = frozenset(("igo", "government", "ministry", "military", "party", "armed_group", "court", "parliament", "state"))
TENURES = frozenset("tenure time term stint years days months period service career".split())
BECOMING = frozenset("become appoint reappoint name elect reelect re-elect swear install nominate inaugurate".split())


def office_claims(reading: Reading, cast: Cast, register: Register, times: tuple[r.TimeExpression, ...], on: str | None) -> list[r.OfficeClaim]:
    """Occupancies as the text tells them, in text order."""
    found: dict[tuple[str, str], r.OfficeClaim] = {}
    for actor, party in zip(cast.actors, cast.parties, strict=True):
        if party.kind != "person":
            continue
        for lo, hi, title in party.titles:
            _add(found, _claim(reading, cast, register, on, actor, lo, hi, title, ("title at the name",)))
    for lo, hi, keys in cast.spans:
        if len(keys) == 1 and cast.get(keys[0]).kind == "person":
            actor = cast.get(keys[0])
            for claim in _became(reading, cast, actor, lo, hi, register, on, times):
                _add(found, claim, replace=True)
            _add(found, _is(reading, cast, actor, lo, hi, register, on))
    for claim in (*_tenures(reading, cast, register, on), *_served(reading, cast, register, on, times)):
        _add(found, claim)
    for claim in _bare(reading, cast, register, on, {c.person for c in found.values()}):
        _add(found, claim)
    return sorted(with_terms(reading, cast, list(found.values()), times, on), key=lambda c: c.anchor.start)


def _bare(reading: Reading, cast: Cast, register: Register, on: str | None, told: set[str]) -> list[r.OfficeClaim]:
    """ "The Israeli prime minister": the title by which the text calls somebody of whom it tells no office beside the name (of
    those that name the country 7 of 7 are annotated, of the others 1 of 5).
    """
    found = []
    for actor, party in zip(cast.actors, cast.parties, strict=True):
        if party.kind != "person" or actor.key in told or not any(by == "name" for _, _, by in party.mentions):
            continue
        for lo, hi, by in party.mentions:
            phrase = reading.quote(lo, hi)
            title = register.parse_title(phrase) if by == "title" else None
            if not title or not title.of_stated or not title.closes(phrase):
                continue
            if claim := _claim(reading, cast, register, on, actor, lo, hi, title, ("title for the name",)):
                found.append(claim)
                break
    return found


def _tenures(reading: Reading, cast: Cast, register: Register, on: str | None) -> list[r.OfficeClaim]:
    """ "During his short tenure as Israeli prime minister, X ...", "As foreign minister, X ...": the title after "as", the next name of its sentence."""
    found = []
    for i, word in enumerate(reading.words):
        if word.lower() != "as":
            continue
        end = reading.bounds[reading.sentence_of[i]][1]
        title, last = _title_from(reading, register, i + 1, end)
        tenure = i > 0 and reading.lemmas[i - 1].lower() in TENURES
        if not title or not (tenure or i == reading.bounds[reading.sentence_of[i]][0]):
            continue
        keys = next((cast.at[w] for w in range(last, min(end, last + 4)) if w in cast.at), ())
        if len(keys) == 1 and cast.get(keys[0]).kind == "person":
            claim = _claim(reading, cast, register, on, cast.get(keys[0]), i + 1, last, title, ("title after 'as'",))
            if claim:
                found.append(msgspec.structs.replace(claim, tense="former") if tenure and claim.tense == "current" else claim)
    return found


def _served(reading: Reading, cast: Cast, register: Register, on: str | None, times: tuple[r.TimeExpression, ...]) -> list[r.OfficeClaim]:
    """ "X served as defence minister", "X stepped down as president in May", "X succeeded Y as prime minister": the title after "as", and who had it when."""
    found = []
    for verb in range(len(reading.words)):
        told = holders_as(reading, cast, verb)
        if told is None:
            continue
        title, last = _title_from(reading, register, told[2], reading.bounds[reading.sentence_of[verb]][1])
        past = (
            reading.lemmas[verb].lower() in SERVING
            and "Tense=Past" in reading.feats[verb]
            and not any(reading.lemmas[c].lower() == "have" for c in reading.children[verb])
        )
        when = None if reading.lemmas[verb].lower() in SERVING else time_below(reading, verb, times)
        for key, left in ((k, left) for left, keys in ((False, told[0]), (True, told[1])) for k in keys if cast.get(k).kind == "person"):
            claim = _claim(reading, cast, register, on, cast.get(key), told[2], last, title, (f"'{reading.words[verb]} as'",)) if title else None
            if claim:
                tense: r.Tense = "former" if left or (past and claim.tense == "current") else claim.tense
                found.append(msgspec.structs.replace(claim, tense=tense, **{"to" if left else "from_": when}))
    return found


def _title_from(reading: Reading, register: Register, first: int, end: int) -> tuple[Title | None, int]:
    """The longest title that begins at a word (an article or adjective may come first), and the word after it."""
    for last in range(min(end, first + 7), first, -1):
        phrase = reading.quote(first, last)
        title = register.parse_title(phrase)
        if title and not phrase[title.end :].strip() and len(phrase[: title.start].split()) <= 2 and "," not in phrase:
            return title, last
    return None, first


def _add(found: dict[tuple[str, str], r.OfficeClaim], claim: r.OfficeClaim | None, *, replace: bool = False) -> None:
    if claim is None:
        return
    key = (claim.person, claim.office.lower())
    if replace or key not in found:
        found[key] = claim


def _claim(
    reading: Reading, cast: Cast, register: Register, on: str | None, actor: r.Actor, lo: int, hi: int, title: Title, why: tuple[str, ...]
) -> r.OfficeClaim | None:
    if title.shape in NOT_OFFICES or not title.office or title.sector in PRIVATE or _says_nothing(title):
        return None
    office = title.office
    if office.lower() == "secretary":  # "Secretary Carter": of what is not said, but known
        held = _secretary_of(register, actor, on)
        if not held:
            return None
        office, why = held, (*why, f"the register has the secretary as {held}")
    first, last = _words(reading, lo, hi, title)
    if (title.office_kind == "head_of_state" and not title.of_stated and _of_a_body(reading, last)) or _is_private(reading, cast, first, last):
        return None
    before = first - 1
    if office.lower() == "minister" and first and (reading.rels[before], reading.heads[before], reading.upos[before]) == ("compound", first, "NOUN"):
        first, office = before, f"{reading.words[before]} {office}"  # "investment minister"
    tense = title.tense
    if tense == "current" and _over(register, actor, title, on):
        tense, why = "former", (*why, f"{OVER} before {on}")
    return r.OfficeClaim(
        key="",
        id="",
        anchor=span_of(reading, first, last),
        evidence=(sentence_span(reading, first),),
        person=actor.key,
        office=office,
        of=_stated(reading, cast, first, title) or _its(reading, cast, first) or actor.country or _known_body(register, actor, office, on),
        tense=tense,
        confidence=calibrated("office"),
        why=why,
    )


def _stated(reading: Reading, cast: Cast, first: int, title: Title) -> str | None:
    """Whose office its words say it is; "the bloc's" is of the body so called for short only where the report speaks of that."""
    unspoken = reading.words[max(0, first - 2) : first - 1] == ["bloc"] and title.of not in {a.name for a in cast.actors}
    return None if unspoken else title.of


def _its(reading: Reading, cast: Cast, first: int) -> str | None:
    """The international body whose office it is by a pronoun before it ("its secretary general")."""
    owners = (cast.get(k) for i in (first - 1, first) if i >= 0 and reading.words[i].lower() == "its" for k in cast.at.get(i, ()))
    return next((owner.name for owner in owners if owner.kind == "igo"), None)


def _known_body(register: Register, actor: r.Actor, office: str, on: str | None) -> str | None:
    """Of what body the register has this person hold an office of this name on the date ("Secretary-General Antonio Guterres")."""
    terms = register.occupancies(actor.entity) if actor.entity and on else []
    bodies = {o.of for o in terms if o.covers(on or "") and fold(o.office) == fold(office)}
    return bodies.pop() if len(bodies) == 1 else None


def _secretary_of(register: Register, actor: r.Actor, on: str | None) -> str | None:
    """The one office of a secretary that the register has this person hold on the date."""
    terms = register.occupancies(actor.entity) if actor.entity and on else []
    held = {o.office for o in terms if o.covers(on or "") and "secretary" in o.office.lower().split()}
    return held.pop() if len(held) == 1 else None


def _says_nothing(title: Title) -> bool:
    """Is it a "chief", "commander" or "aide" and no more (of 3,969 annotated offices three are such)?"""
    return title.office.lower() in WEAK


def _is_private(reading: Reading, cast: Cast, first: int, last: int) -> bool:
    """Is it an office at a private body ("president of the Russian Skating Union", "vice president at a contractor")?"""
    bodies = [c for i in range(first, last) for c in reading.children[i] if c >= first and reading.case_of(c) in ("of", "at", "for", "with")]
    known = {cast.get(k).kind for c in bodies for k in cast.at.get(c, ())}
    return known.isdisjoint(PUBLIC) and any(reading.lemmas[c].lower() in PRIVATE_BODIES for c in bodies)


def _of_a_body(reading: Reading, last: int) -> bool:
    """Does a title go on with a name that is no country's and no known organisation's ("president of the Eurasia Group")?"""
    after = reading.words[last : last + 3]
    named = after[2:] if len(after) > 2 and after[1].lower() in ("the", "a", "an") else after[1:2]
    return bool(after) and after[0].lower() in ("of", "at") and bool(named) and named[0][0].isupper()


def _over(register: Register, actor: r.Actor, title: Title, on: str | None) -> bool:
    """Does the register know this person's terms in this kind of office, all ended before the date ("President Reagan" in 2018), and none with its words?"""
    if not on or not actor.entity or title.office_kind in (None, "other"):
        return False
    held = register.occupancies(actor.entity)
    if any(o.covers(on) and fold(title.office) in fold(o.office) for o in held):
        return False  # "Prime Minister of the Hamas government in Gaza"
    terms = [o for o in held if o.office_kind == title.office_kind and (title.of is None or o.of == title.of)]
    return bool(terms) and all(o.end is not None and o.end < on[: len(o.end)] for o in terms)


def _is(reading: Reading, cast: Cast, actor: r.Actor, lo: int, hi: int, register: Register, on: str | None) -> r.OfficeClaim | None:
    """ "X, who is defence minister", "X is the president of Y": a title with a copula whose subject, or whose antecedent, is the name."""
    head = reading.head_of(lo, hi)
    nouns = [i for i in reading.children[head] if reading.rels[i] == "acl:relcl"]
    if reading.rels[head].startswith("nsubj"):
        nouns.append(reading.heads[head])
    for noun in nouns:
        copula = next((c for c in reading.children[noun] if reading.rels[c] == "cop"), None)
        if copula is None or any(reading.words[c].lower() in ("not", "n't", "n’t") for c in reading.children[noun]):
            continue
        words = [i for i in reading.subtree(noun) if i > copula and i < noun + 8]
        words = words[: len(words) - (reading.upos[words[-1]] == "PUNCT")] if words else words
        if not words or words[-1] - words[0] > 12:
            continue
        phrase = reading.quote(words[0], words[-1] + 1)
        title = register.parse_title(phrase)
        at = reading.tokens[noun].start - reading.tokens[words[0]].start
        last = phrase[title.start : title.end].split()[-1] if title else ""
        goes_on = title is not None and title.office_kind in ABROAD  # "is a former ambassador to Serbia"
        if title and title.start <= at < title.end and (goes_on or last == reading.words[noun]) and len(phrase[: title.start].split()) <= 4:
            past = reading.words[copula].lower() in ("was", "were") and title.tense == "current"
            claim = _claim(reading, cast, register, on, actor, words[0], words[-1] + 1, title, (f"'{reading.words[copula]}'",))
            return msgspec.structs.replace(claim, tense="former") if claim and past else claim
    return None


def _words(reading: Reading, lo: int, hi: int, title: Title) -> tuple[int, int]:
    """The words of the office inside the title phrase."""
    base = reading.tokens[lo].start
    inside = [i for i in range(lo, hi) if reading.tokens[i].start < base + title.end and reading.tokens[i].end > base + title.start]
    return (inside[0], inside[-1] + 1) if inside else (lo, hi)


def _became(
    reading: Reading, cast: Cast, actor: r.Actor, lo: int, hi: int, register: Register, on: str | None, times: tuple[r.TimeExpression, ...]
) -> list[r.OfficeClaim]:
    """ "X, who became foreign minister last year": the verb below or above the name, its complement a title, its time the beginning."""
    head = reading.head_of(lo, hi)
    verbs = [i for i in (reading.heads[head], *reading.children[head]) if reading.lemmas[i].lower() in BECOMING and reading.upos[i] == "VERB"]
    found = []
    for verb in verbs:
        if reading.rels[head].startswith("obj") and not reading.rels[verb].startswith("acl") and reading.lemmas[verb] == "become":
            continue
        agent = next((c for c in reading.children[verb] if reading.rels[c] == "nsubj"), None)
        if reading.lemmas[verb].lower() != "become" and agent is not None and (agent == head or reading.words[agent].lower() in RELATIVE):
            continue  # "Putin appointed ...": who appoints does not get the office
        first = verb + 1 + (verb + 1 < len(reading.words) and reading.words[verb + 1].lower() in ("as", "to", "be"))
        end = reading.bounds[reading.sentence_of[verb]][1]
        if first < end and reading.upos[first] == "ADP":
            continue  # "appointed by Prime Minister Y"
        title, last = _title_from(reading, register, first, end)
        claim = _claim(reading, cast, register, on, actor, first, last, title, (f"'{reading.words[verb]}'",)) if title else None
        if claim:
            a, b = reading.chars(verb, last)
            when = time_below(reading, verb, times)
            tense: r.Tense = "incoming" if when and when.direction == "future" else claim.tense
            anchor = r.Span(start=a, end=b, text=reading.text[a:b])
            found.append(msgspec.structs.replace(claim, anchor=anchor, from_=when, tense=tense))
    return found
