"""Whom a bare description means ("the ministry", "the insurgent group", "the minister"): a party named before that its noun fits.

A bare description has an article and small letters, and neither owner nor complement of its own ("the group of seven", "the group's leader"). It means the
nearest party before it whose words or title have the same noun, else the nearest named one of a kind the noun tells ("the company"). What finds none stays a
party of its own.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict

from backchannel.coder.parties.bearing import HEADS
from backchannel.coder.parties.bodies import QUALITIES
from backchannel.coder.parties.cast import Party, Stand
from backchannel.coder.parties.proper import bare
from backchannel.reader import Reading
from backchannel.register import Register
from backchannel.register.model import Entity

DEFINITE = frozenset("the this that these those".split())
APART = frozenset("other another rival opposing second third new next same neighboring neighbouring former future".split())  # not whom was spoken of
OWN = ("nmod", "acl", "appos", "nmod:poss", "nummod", "conj", "flat")  # what tells by itself who is meant
BODIES = frozenset(("igo", "ngo", "armed_group"))
KINDS: dict[str, frozenset[str]] = {
    "group": frozenset(("ngo", "armed_group")),
    **dict.fromkeys(("organization", "organisation"), BODIES),
    "movement": frozenset(("armed_group", "party")),
    **dict.fromkeys(("bloc", "alliance", "union", "body"), frozenset(("igo",))),
    "agency": frozenset(("igo", "media", "office")),
    **dict.fromkeys(("country", "nation", "kingdom", "sultanate", "republic"), frozenset(("state",))),
}
JOINED = frozenset(("bloc", "alliance", "union"))  # of some states, never of the whole world: 25 of 25 annotated
WORLDWIDE = re.compile(r"(?:World|International|Global|United Nations)\b")
REALMS = frozenset(("kingdom", "sultanate"))  # by the official name
CAPITAL = frozenset("administration agency bureau commission committee council court department embassy government kingdom ministry regime union".split())
MEMBERS = frozenset(("Republican", "Democrat"))
ARMY = frozenset("armed army forces military".split())
REACH = 300  # mentions that a description looks back
NAMED = frozenset(("company", "media", "ngo"))  # kinds of which many are not in the register
TELLING = frozenset(("company", "media", "armed_group", "party", "ngo"))  # kinds that a noun alone tells


def settle_descriptions(reading: Reading, register: Register, parties: list[Party], stands: list[Stand]) -> None:
    """Lets the bare descriptions among ``stands`` (in text order) stand for the parties they mean."""
    for n, (lo, hi, _, _) in enumerate(stands):
        if is_member(reading, register, lo, hi) and (at := _legislator(reading, parties, stands, n)) is not None:
            stands[n] = (lo, hi, (at,), "description")
    bare = [n for n, (lo, hi, ats, by) in enumerate(stands) if len(ats) == 1 and by in ("description", "name") and is_bare(reading, lo, hi)]
    words = [_words(reading, parties[ats[0]], lo, hi) | _of_army(register, parties[ats[0]]) for lo, hi, ats, _ in stands] if bare else []
    for n in bare:
        lo, hi, _, _ = stands[n]
        noun = reading.words[hi - 1].lower()
        called = {m for m, party in enumerate(parties) if noun in REALMS and not _is_realm(register, party, noun)}
        called |= {m for m, party in enumerate(parties) if noun in JOINED and WORLDWIDE.match(party.name)}
        at = _meant(reading, _kinds(register, noun), parties, stands, words, n, called)
        body = _within_another(reading, register, stands, n)
        if body is not None and (at is None or noun not in parties[at].name.lower().split()):
            at = next((m for m, party in enumerate(parties) if party.entity == body.id), len(parties))
            parties += [Party(body.name, body.kind, body.country, tuple(body.sector), body.id)] if at == len(parties) else []
        if at is not None:
            stands[n] = (lo, hi, (at,), "description")


def unclaimed(reading: Reading, register: Register, parties: list[Party], stands: list[Stand]) -> None:
    """A court called by what many countries have ("the Supreme Court") is not that of a country the report does not speak of, whatever the register has."""
    countries = Counter(party.country for party in parties if party.country)
    called: dict[int, set[str]] = defaultdict(set)
    for lo, hi, ats, _ in stands:
        called[ats[0]].add(reading.quote(lo, hi))
    for n, party in enumerate(parties):
        alone = countries[party.country or ""] == 1 < len(countries)
        if party.entity and party.sector == ("JUD",) and alone and called[n] and all(map(register.is_everywhere, called[n])):
            party.entity = party.country = None


def without_strangers(reading: Reading, register: Register, parties: list[Party], stands: list[Stand], on: str | None) -> None:
    """A surname alone, without a title, is not that of an office holder of a country that the report does not speak of, when somebody of another country bears
    it, too ("Nunes" is not the foreign minister of Brazil), unless he leads his country on the day.
    """
    countries = Counter(party.country for party in parties if party.country)
    called: dict[int, set[str]] = defaultdict(set)
    for lo, hi, ats, by in stands:
        if by == "name":
            called[ats[0]].add(reading.quote(lo, hi))
    for n, party in enumerate(parties):
        alone = party.kind == "person" and party.entity and not party.titles and party.country and countries[party.country] == 1 < len(countries)
        leads = on is not None and party.entity is not None and any(o.office_kind in HEADS for o in register.held(party.entity, on))
        if alone and not leads and party.entity and called[n] and all(_is_surname(register, name.split(), party) for name in called[n]):
            party.name, party.entity, party.country = min(called[n]).split()[-1], None, None


def _is_surname(register: Register, words: list[str], party: Party) -> bool:
    """Is somebody called by his surname alone ("activists Paul"), which others abroad bear, too?"""
    return party.name.split()[0] not in words and party.entity is not None and register.is_borne_abroad(words[-1], party.entity)


def is_bare(reading: Reading, lo: int, hi: int) -> bool:
    """Is it an article and a noun with no more than adjectives between?"""
    head = hi - 1
    return (
        reading.words[lo].lower() in DEFINITE
        and hi - lo > 1
        and reading.upos[head] in ("NOUN", "PROPN")
        and all(reading.words[i].islower() for i in range(lo + 1, head))
        and (reading.words[head].islower() or reading.words[head].lower() in CAPITAL)  # "The Ministry"
        and APART.isdisjoint(reading.words[lo + 1 : hi])
        and not any(reading.rels[c].split(":")[0] in OWN and (c < hi or reading.words[hi] != ",") for c in reading.children[head])
    )


def is_member(reading: Reading, register: Register, lo: int, hi: int) -> bool:
    """Is it somebody by his party and where he is from ("the Texas Republican"), not the party?"""
    the_member = hi - lo > 2 and reading.words[lo].lower() == "the" and reading.words[hi - 1] in MEMBERS
    return the_member and register.country_of(reading.quote(lo + 1, hi - 1)) is not None


def _legislator(reading: Reading, parties: list[Party], stands: list[Stand], n: int) -> int | None:
    """The member of a parliament named last before stand ``n``."""
    beside = _beside(reading, stands, n)
    before = (ats[0] for _, _, ats, by in reversed(stands[max(0, n - REACH) : n]) if by == "name" and len(ats) == 1)
    return next((at for at in before if parties[at].kind == "person" and "LEG" in parties[at].sector and at not in beside), None)


def _is_realm(register: Register, party: Party, noun: str) -> bool:
    """Is a state a kingdom or sultanate by its official name ("Kingdom of Saudi Arabia"), and not just called so?"""
    entity = register.entity(party.entity) if party.kind == "state" and party.entity else None
    return entity is not None and any(f"{noun.title()} of " in name and not name.startswith("United") for name in entity.aliases[:1])


def _meant(reading: Reading, kinds: frozenset[str], parties: list[Party], stands: list[Stand], words: list[set[str]], n: int, besides: set[int]) -> int | None:
    """The number of the party that stand ``n`` means: of bodies the nearest, of persons the most spoken of ("the president"). ``words``: of each stand;
    ``besides``: parties that it cannot mean.
    """
    lo, hi, (own, *_), _ = stands[n]
    noun, told = reading.words[hi - 1].lower(), set(reading.words[lo + 1 : hi - 1])
    kinds = frozenset(("armed_group",)) if noun == "group" and not QUALITIES.isdisjoint(told) else kinds  # "the terrorist group"
    beside, bearers = _beside(reading, stands, n), Counter[int]()
    of_kind: int | None = None
    for m in range(n - 1, max(-1, n - 1 - REACH), -1):
        _, _, (at, *more), by = stands[m]
        party = parties[at]
        if more or by == "pronoun" or at in beside or at in besides or (at == own and not party.entity):
            continue
        if at == own:
            return None  # "the bloc" is the European Union where that was spoken of
        if noun in words[m] and told <= words[m]:
            if party.kind != "person":
                return at
            if not kinds:  # "the bloc" is not "the bloc's top diplomat, X"
                bearers[at] += 1
        elif of_kind is None and party.kind in kinds and by == "name" and (party.entity or party.kind in NAMED) and "EDU" not in party.sector:
            of_kind = at
    return bearers.most_common(1)[0][0] if bearers else of_kind


def _within_another(reading: Reading, register: Register, stands: list[Stand], n: int) -> Entity | None:
    """The body named last with the noun of stand ``n`` as part of another mention ("inspectors of the Atomic Energy Agency" before "the agency")."""
    lo, hi, _, _ = stands[n]
    for first, last, _, by in reversed(stands[max(0, n - REACH) : n]):
        if by == "pronoun" or last > lo or reading.words[last - 1].lower() != reading.words[hi - 1].lower() or last - first < 2:
            continue
        of = reading.head_of(first, last) + 1
        name = reading.quote(of + 1, last) if of + 1 < last and reading.words[of] == "of" else ""
        return None if reading.words[last - 1].islower() else register.organisation(bare(name)) if name else None
    return None


def _beside(reading: Reading, stands: list[Stand], n: int) -> set[int]:
    """The parties that stand before ``n`` by the same verb: nobody does a thing to himself."""
    lo, hi, _, _ = stands[n]
    verb, first = reading.heads[hi - 1], reading.bounds[reading.sentence_of[lo]][0]
    near = itertools.takewhile(lambda s: s[0] >= first, (stands[m] for m in range(n - 1, -1, -1)))
    return {at for a, b, ats, _ in near if reading.heads[reading.head_of(a, b)] == verb for at in ats}


def _kinds(register: Register, noun: str) -> frozenset[str]:
    """The kinds of parties that a noun may mean without a word of their names."""
    known = register.noun(noun)
    if noun in KINDS or known is None or (known.plural and known.kind != "armed_group"):
        return KINDS.get(noun, frozenset())
    return frozenset((known.kind,)) & TELLING


def _of_army(register: Register, party: Party) -> frozenset[str]:
    """What the armed forces of a state are called alone, whatever their name: of 27 annotated ones named before "the army" it is 24 times the nearest."""
    return ARMY if party.kind == "military" and party.country and party.entity == register.army(party.country).id else frozenset()


def _words(reading: Reading, party: Party, lo: int, hi: int) -> set[str]:
    """The words of a mention and of its party's name in small letters, of a description its noun alone; of a person those of his titles, too."""
    head = reading.head_of(lo, hi)
    if all(reading.words[i].islower() for i in range(lo + 1, hi)) or (reading.upos[head] == "NOUN" and reading.words[head + 1 : head + 2] == ["of"]):
        return {reading.words[head].lower()}  # the council has members, "the members of the council" is none
    titles = {w.lower() for _, _, title in party.titles for w in title.office.split()}
    return titles | {reading.words[i].lower() for i in range(lo, hi)} | {w.lower() for w in party.name.split()}
