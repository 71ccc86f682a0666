"""Who may bear a title: by the titles a report gives somebody, and by the offices the register has of him on the date; by what names somebody goes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

import msgspec

from backchannel.coder.parties.cast import Party, Stand
from backchannel.reader import Reading
from backchannel.register import Entity, Occupancy, Register, Title
from backchannel.register.names import GENERATIONS, surnames
from backchannel.register.offices import post_of

COUNTERPARTS = frozenset(("counterpart", "colleague", "homologue"))
ROYAL = frozenset("king queen prince princess emir amir sultan emperor pope".split())
OWNER = re.compile(r"['’]s\b")
INITIALS = re.compile(r"(?:[A-Z]\.)+")
HEADS = ("head_of_state", "head_of_government")
LOCAL = frozenset(("governor", "mayor"))  # who is "of New York" is later "the governor"


def same_office(a: Title, b: Title) -> bool:
    """Do two titles name one office? (same words or kind; countries equal or one unsaid; former only with former)"""
    if (a.tense == "former") != (b.tense == "former"):
        return False
    short, long = sorted((key(a.office), key(b.office)), key=len)
    words = (
        short == long
        or (short in LOCAL and long.startswith(f"{short} of "))
        or (a.office_kind == b.office_kind and a.office_kind not in (None, "other", "rank", "legislature", "spokesperson", "ambassador"))
    )
    return words and (not a.of or not b.of or a.of == b.of)


def settle_owned(
    reading: Reading,
    register: Register,
    parties: list[Party],
    stands: list[Stand],
    bearers: Callable[[Title], list[int]],
    holder: Callable[[Title, tuple[int, int]], int | None],
) -> None:
    """ "His foreign minister" is of the country of whom the pronoun stands for: never somebody of another country who has the title in the report. "His
    counterpart" is the one person of another country named before who has his office, or the one named at all.
    """
    owners = {lo: ats[0] for lo, _, ats, by in stands if by == "pronoun" and len(ats) == 1}
    for n, (lo, hi, ats, by) in enumerate(stands):
        owner, phrase = owners.get(lo), reading.quote(lo, hi)
        home = parties[owner].country if owner is not None else None
        if owner is None or home is None or by == "pronoun":
            continue
        if by == "description" and reading.words[hi - 1].lower() in COUNTERPARTS:
            abroad = {m[0] for a, _, m, _ in stands if a < lo and len(m) == 1 and parties[m[0]].kind == "person" and parties[m[0]].country not in (None, home)}
            alike = {m for m in abroad if _is_counterpart(parties[owner], parties[m])} or {m for m in abroad if _may_be(parties[owner], parties[m])}
            stands[n] = (lo, hi, tuple(alike), "title") if len(alike) == 1 else stands[n]
        title = register.parse_title(phrase) if by == "title" and parties[ats[0]].country not in (None, home) else None
        if title is None:
            continue
        title = msgspec.structs.replace(title, of=home)
        bears = [at for at in bearers(title) if parties[at].country == home]
        at = bears[0] if len(bears) == 1 else None if bears else holder(title, (lo, hi))
        if at is None:
            at = len(parties)
            parties.append(Party(phrase, "person", home, (title.sector,) if title.sector else (), role=title.office))
        stands[n] = (lo, hi, (at,), by)


def _is_counterpart(one: Party, other: Party) -> bool:
    """Do two persons have one office, by their titles in the report?"""
    return bool({t.office_kind for _, _, t in one.titles} & {t.office_kind for _, _, t in other.titles} - {None, "other", "rank"})


def _may_be(one: Party, other: Party) -> bool:
    """May one have the other for his counterpart, of whom the report tells no office of that kind? No leader of a party that of a minister."""
    offices = {t.office_kind for _, _, t in one.titles} - {None, "other", "rank"}
    told = {t.office_kind for _, _, t in other.titles} - {None}
    return not offices or not told


def is_royal(title: Title) -> bool:
    """Does who bears it go by the given name ("King Salman")?"""
    return title.office.split()[-1].lower() in ROYAL


def spoken_for(register: Register, party: Party) -> Entity | None:
    """The international body or armed group for which somebody speaks by his title ("NATO Secretary General", "Hamas leader")."""
    current = [title for _, _, title in party.titles if title.tense == "current"]
    bodies = (register.organisation(name) for title in current for name in (title.of or "", title.office.rpartition(" ")[0]) if name)
    return next((body for body in bodies if body and body.kind in ("igo", "armed_group")), None)


def may_hold(party: Party, title: Title) -> bool:
    """May a person hold an office of the kind a title names? Whose own title is of another kind does not."""
    return not party.titles or any(t.office_kind == title.office_kind for _, _, t in party.titles)


def held(register: Register, party: Party, title: Title, on: str | None) -> bool:
    """Does the register say that somebody holds the office of a title on the date, or held it before when he is the former one? Of a title without a country
    ("the president") by that name, not one of its kind (the Supreme Leader).
    """
    if not party.entity or not on or party.kind != "person" or title.tense not in ("current", "former") or title.of not in (None, party.country):
        return False
    terms = [o for o in register.occupancies(party.entity) if is_post(o, title) and (title.of or key(o.office) == key(title.office))]
    return any(o.covers(on) for o in terms) if title.tense == "current" else any(o.end and o.end < on for o in terms)


def holds_other(register: Register, entity: str, title: tuple[int, int, Title] | None, on: str | None) -> bool:
    """Does the register have somebody in another office on the date than the report does? Then he is a namesake."""
    if title is None or not on or title[2].tense != "current" or title[2].shape in ("rank", "plain"):
        return False
    terms = register.held(entity, on)
    return bool(terms) and not any(is_post(o, title[2]) for o in terms)


def is_one_of_many(term: Occupancy, title: Title) -> bool:
    """Does a title ("ambassador") say less than the office ("Ambassador to the United Nations"), of which a state has others, too?"""
    return title.office_kind not in HEADS and len(term.office.split()) > len(title.office.split()) == 1


def is_post(term: Occupancy, title: Title) -> bool:
    """Is an office that the register has the one of a title?"""
    return term.office_kind == title.office_kind and (term.office_kind != "other" or post_of(term.office, term.of)[0] == title.post)


@lru_cache(maxsize=50_000)
def key(name: str) -> str:
    """A name in small letters without its marks."""
    return re.sub(r"[^\w]+", " ", name.casefold()).strip()


def families(words: list[str], country: str | None) -> tuple[str, ...]:
    """By what a person is called alone, likeliest first: the last word, in East Asia the first ("Kim Jong Un", "Choe Son-hui")."""
    if len(words) > 1 and re.fullmatch(r"\w+-[a-z]\w*", words[-1]):
        return (key(words[0]),)
    return tuple(map(key, surnames(" ".join(words), country)))


def same_given(one: Sequence[str], other: Sequence[str]) -> bool:
    """May two names of one surname be one person's? The given name is the same, its initial or short form ("Ken", "Kenneth"), and of initials in the middle
    the first ("George W. Bush", "George H. W. Bush").
    """
    a, b = sorted((key(one[0]), key(other[0])), key=len)
    middle = [next((w[0] for w in words[1:-1] if INITIALS.fullmatch(w)), "") for words in (one, other)]
    return b.startswith(a) and ("" in middle or middle[0] == middle[1])


def of_family(
    register: Register, parties: Sequence[Party], named: Sequence[int], first: int, title: tuple[int, int, Title] | None, on: str | None
) -> int | None:
    """Who of those ``named`` in a report with one surname is meant by it alone: ``first``, unless he cannot bear the title before it and somebody else does
    (null when the report did not name him), or another of them leads a state or government.
    """
    entity = parties[first].entity
    bears = any(same_office(t, title[2]) for _, _, t in parties[first].titles) if title else True
    if title and on and entity and title[2].shape == "title" and not bears and not any(is_post(o, title[2]) for o in register.occupancies(entity)):
        meant = register.titled(parties[first].name.split()[-1], title[2].office, on)
        if meant and meant.id != entity:
            return next((n for n in named if parties[n].entity == meant.id), None)
    leading = [n for n in named if (own := parties[n].entity) and on and any(o.office_kind in HEADS for o in register.held(own, on))]
    return leading[0] if len(leading) == 1 and not title else first


def is_namesake(register: Register, words: list[str], on: str | None) -> bool:
    """Has somebody ("Donald Trump Jr.") the name of another whom the register has without more?"""
    if key(words[-1]) not in GENERATIONS:
        return False
    whole, bare = (register.resolve(" ".join(own), on=on, kind="person") for own in (words, words[:-1]))
    return bare is not None and (whole is None or whole.entity.id != bare.entity.id)


def most_named(parties: Sequence[Party], persons: Sequence[int], said: Counter[str]) -> list[int]:
    """Those of some persons whose surnames a report has most often; ``said``: how often it has each word, as ``key`` has it."""
    times = {at: sum(said[f] for f in {*families(parties[at].name.split(), parties[at].country)}) for at in persons}
    return [at for at in persons if times[at] == max(times.values())]


def titles_of_owners(reading: Reading, register: Register, parties: list[Party], stands: list[Stand]) -> None:
    """Adds the titles of those who are called by their offices: "Prime Minister Benjamin Netanyahu's office"."""
    for lo, hi, ats, by in stands:
        party, phrase = parties[ats[0]], reading.quote(lo, hi)
        if party.kind == "person" and by != "pronoun" and reading.words[hi - 1].lower() == "office" and party.name.split()[-1] in OWNER.split(phrase)[0]:
            title = register.parse_title(phrase)
            party.titles += [(lo, hi, title)] if title and title.shape != "rank" else []


def country_by_title(register: Register, parties: Sequence[Party], phrase: str) -> str | None:
    """Of an office without a country ("the Prime Minister's Office"): the country of the one person in the report who bears the title."""
    title = register.parse_title(phrase)
    found = {p.country for p in parties if p.country and any(same_office(t, title) for _, _, t in p.titles)} if title else set()
    return found.pop() if len(found) == 1 else None
