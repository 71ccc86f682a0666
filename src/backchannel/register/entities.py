"""The register: a name, word or title -> who or what it is, on which date, and why; null when it cannot be told.

Reads data/*.csv (built by training/register and written by hand; sources in data/SOURCES.md). A wrong famous namesake is worse
than null: what is ambiguous stays unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec

from backchannel.records import ActorKind
from backchannel.register.additions import NOTHING, Additions
from backchannel.register.bodies import Bodies
from backchannel.register.custom import read_custom
from backchannel.register.holders import NEAR_YEARS, presence_words, standing
from backchannel.register.imported import imported
from backchannel.register.model import CountryWord, Description, Entity, NounClass, Occupancy, Resolution, at_or_after
from backchannel.register.names import fold, skeleton, strip_titles
from backchannel.register.offices import REMEMBERED, SINGLE_POSTS, Title, TitleParser, post_of, read_titles, title_of_own
from backchannel.register.tables import FAMOUS

RECENT_YEARS = 10  # somebody not famous is still met under the full name this long after office


class Register(Bodies):
    """All look-ups. Frozen after ``load``; share one."""

    @staticmethod
    def load(extra_csv: Iterable[Path | str] | None = None, *, known: Additions = NOTHING) -> Register:
        """The shipped register with the user's imported actors, or with the files given (``()`` = as shipped); with ``known`` over them. Made once.

        Raises:
            UsageError: an actor file is missing or has a line that cannot be used.

        """
        if extra_csv is None:
            return _plus(imported() + known)
        made = NOTHING
        for path in extra_csv:
            made += read_custom(Path(path))
        return _plus(made + known)

    # ------------------------------------------------------------------ entities
    def find(self, name: str) -> list[Entity]:
        """All that may bear the name: exact (folded) name or alias, then without titles, then by transliteration, then famous surnames."""
        for key in dict.fromkeys((fold(name), fold(strip_titles(name)))):
            ids = [*self._custom_names.get(key, ()), *self._states_named(key), *self._organisations.get(key, ()), *self._person_names.get(key, ())]
            if ids:
                return [e for e in map(self.entity, dict.fromkeys(ids)) if e]
        key = fold(strip_titles(name))
        ids = self._skeletons.get(skeleton(key), []) if " " in key else []
        return [e for e in map(self.entity, dict.fromkeys(ids or self._surnames.get(key, []))) if e]

    def persons(self) -> tuple[str, ...]:
        """The ids of all persons."""
        return tuple(self._persons)

    @property
    def has_own(self) -> bool:
        """Whether there are actors of the user's own."""
        return bool(self._custom_names)

    def own(self, name: str) -> ActorKind | None:
        """The kind of the user's own actor that bears this whole name; null for states, whose words ``country_of`` reads, and surnames alone."""
        ids = self._custom_names.get(fold(name), ())
        found = [e for e in map(self.entity, ids) if e and e.kind != "state" and fold(name) in map(fold, (e.name, *e.aliases))]
        return found[0].kind if found and not name.islower() else None

    def states(self) -> tuple[str, ...]:
        """The ISO codes of all states."""
        return tuple(sorted(id.removeprefix("state:") for id, e in self._entities.items() if e.kind == "state"))

    def occupancies(self, entity_id: str) -> list[Occupancy]:
        """All offices the person is known to have held, by start."""
        return [self._occupancy(row) for row in self._rows.get(entity_id, ())]

    def held(self, person_id: str, on: str) -> list[Occupancy]:
        """The offices the person held on the date."""
        return [o for o in self.occupancies(person_id) if o.covers(on)]

    def holder(self, title: str, country: str | None, on: str) -> list[Occupancy]:
        """Who held the office on the date, likeliest first: ``holder("prime minister", "ISR", "2025-08-05")``.

        Empty = not known, or the title is of no one date ("former president"). Several persons = the title alone does not say who.
        """
        read = self.parse_title(title)
        if read and read.office_kind == "spokesperson" and " ".join(title[: read.start].split()).endswith(("ministry", "department")):
            read = msgspec.structs.replace(read, office=title[: read.end].strip())  # in small letters: "foreign ministry spokesman"
        of = country or (read.of or next(iter(read.usual), None) if read else None)
        if read is None or of is None or read.shape in ("rank", "plain") or read.tense in ("former", "incoming"):
            return []
        post, _ = post_of(title if " of " in title and read.office_kind == "other" else read.office, of)
        acting = read.tense == "acting"
        if body := self._led(title):
            led = map(self._occupancy, self._seats.get((body.name, "supreme leader"), ()))
            return standing([o for o in led if o.covers(on)], on, acting=acting, single=True)
        for seat in self._posts(post, of, read):
            found = [o for o in map(self._occupancy, self._seats.get((of, seat), ())) if o.covers(on)]
            if found:
                return standing(found, on, acting=acting, single=seat in SINGLE_POSTS)
        if post in SINGLE_POSTS:
            return []  # "president" alone is never the president of a chamber or court
        return self._by_words(read, of, on)

    def _led(self, title: str) -> Entity | None:
        """The armed group or party of "Hamas leader", "the leader of the Houthis": its leader is not the country's."""
        told = re.fullmatch(r"(?:the )?(?:(?P<of>.+) leader|leader of (?P<whose>.+))", title.strip())
        body = self.organisation(told["of"] or told["whose"]) if told else None
        return body if body and body.kind in ("armed_group", "party") else None

    def _posts(self, post: str, of: str, read: Title) -> list[str]:
        """The seats a title may mean in this country, in order."""
        words = fold(read.office)
        if words.split()[-1] in ("leader", "strongman", "ruler", "dictator") and read.office_kind == "head_of_state":
            if " " in words:
                return [words] if words in SINGLE_POSTS else []
            return ["prime minister"] if self._leads.get(of) == "prime minister" else ["supreme leader", "president", "monarch"]
        if read.office_kind == "head_of_state" and post not in SINGLE_POSTS:
            return ["president", "monarch", "supreme leader"]
        return [post]

    def _by_words(self, read: Title, of: str, on: str) -> list[Occupancy]:
        """Holders of an office of the same kind whose name has all the title's words ("White House press secretary")."""
        wanted = set(
            fold(re.sub(r"spokes(woman|person)", "spokesman", read.office, flags=re.I)).replace("advisor", "adviser").replace("defense", "defence").split()
        ) - {"of", "the"}
        found = []
        for row in self._seats_of.get(of, ()):
            words = set(
                fold(re.sub(r"spokes(woman|person)", "spokesman", row[1], flags=re.I)).replace("advisor", "adviser").replace("defense", "defence").split()
            )
            lesser = {"deputy", "vice", "assistant"} & (words ^ wanted)
            if wanted <= words and not lesser and self._occupancy(row).covers(on):
                found.append((len(words - wanted), self._occupancy(row)))
        least = min((n for n, _ in found), default=0)
        return [o for n, o in sorted(found, key=lambda x: x[1].start, reverse=True) if n == least or least]

    # ------------------------------------------------------------------ resolution
    def resolve(self, name: str, *, on: str | None = None, country: str | None = None, kind: str | None = None) -> Resolution | None:
        """The one entity the name stands for on the date, or null when it is unknown or ambiguous."""
        return self._resolutions(name, on, country, kind)

    @cached_property
    def _resolutions(self) -> Callable[[str, str | None, str | None, str | None], Resolution | None]:
        return lru_cache(maxsize=50_000)(self._resolve)

    def _resolve(self, name: str, on: str | None, country: str | None, kind: str | None) -> Resolution | None:
        if self._custom_names:
            custom = [e for e in map(self.entity, self._custom_names.get(fold(name), ()) or self._custom_names.get(fold(strip_titles(name)), ())) if e]
            if len(custom) == 1:
                return Resolution(entity=custom[0], score=1.0, why="custom actor")
        key = fold(name)
        if kind != "person" and (kind or key not in self._person_names or key in self._organisations or key in self._country_words):
            found = self.resolve_body(name, kind)
            if found:
                return found
        if kind not in (None, "person") or not any(c.isupper() for c in name):
            return None
        return self._resolve_full(name, on, country) or self._resolve_surname(name, on, country)

    def resolve_body(self, name: str, kind: str | None) -> Resolution | None:
        """The organisation or state of this name."""
        organisation = self.organisation(name)
        if organisation and kind in (None, organisation.kind):
            return Resolution(entity=organisation, score=0.9, why=f"organisation {organisation.name}")
        word = self.country_of(name)
        if word and word.what in ("name", "capital", "former") and kind in (None, "state"):
            state = self.entity(f"state:{word.iso3}")
            return Resolution(entity=state, score=0.95 if word.what == "name" else 0.85, why=f"{word.what} of {word.iso3}") if state else None
        return None

    def _resolve_full(self, name: str, on: str | None, country: str | None) -> Resolution | None:
        bare = strip_titles(name)
        candidates, how = self._named_in_full(name, bare)
        if country:
            candidates = [c for c in candidates if country in self._countries(c)]
        elif bare == name:
            candidates = [c for c in candidates if not self._given_name_only(c, name)]
        if not candidates:
            return None
        scored = [(self._presence(c, on), self._fame(c), c) for c in candidates]
        if len(scored) > 1:
            scored.sort(key=lambda x: (x[0], x[1]), reverse=True)
        score, fame, best = scored[0]
        clearer = len(scored) > 1 and fame > scored[1][1] and (score >= 0.9 > scored[1][0] or fame - scored[1][1] > 1)
        if len(scored) > 1 and score - scored[1][0] < 0.1 and not clearer:
            (later, score, fame, best), (earlier, *_) = sorted(((self._last(x[2]), *x) for x in scored), reverse=True)[:2]
            if not on or earlier + RECENT_YEARS > later or later > int(on[:4]):  # of father and son the later
                return None
        written = any(r[7] in ("supplement", "custom") for r in self._rows.get(best, ()))
        if not fame and not country and score < 0.8 and on and not written:
            return None
        entity = self.entity(best)
        return (
            Resolution(entity=entity, score=round(score * (0.9 if how == "transliteration" else 1.0), 2), why=f"{how}; {presence_words(score, on)}")
            if entity
            else None
        )

    def _resolve_surname(self, name: str, on: str | None, country: str | None) -> Resolution | None:
        key = fold(strip_titles(name))
        if not key or len(key.split()) > 3:
            return None
        candidates = [c for c in self._surnames.get(key, []) if strip_titles(name) != name or not self._given_name_only(c, name)]
        if country:
            candidates = [c for c in candidates if country in self._countries(c)]
        if on:
            candidates = [c for c in candidates if self._near(c, on)]
        elif len(candidates) > 1:
            return None
        if len(candidates) != 1:
            return None
        entity = self.entity(candidates[0])
        return (
            Resolution(entity=entity, score=0.75 if on else 0.6, why=f"only famous office holder of this surname {'near ' + on if on else 'in the register'}")
            if entity
            else None
        )

    def _near(self, person: str, on: str) -> bool:
        """Whether the person held a famous office within two years of the date."""
        year = int(on[:4])
        early, late = f"{year - NEAR_YEARS:04d}{on[4:]}", f"{year + NEAR_YEARS:04d}{on[4:]}"
        return any(row[2] in FAMOUS and at_or_after(late, row[5]) and (not row[6] or at_or_after(row[6], early)) for row in self._rows.get(person, ()))

    def _last(self, person: str) -> int:
        """The year in which the person's last office ended, or began."""
        return max((int((row[6] or row[5])[:4]) for row in self._rows.get(person, ())), default=0)

    def _presence(self, person: str, on: str | None) -> float:
        """1 in office on the date, 0.9 within two years, 0.8 earlier (0.6 long ago), 0.5 only later."""
        rows = self._rows.get(person, ())
        if on is None or not rows:
            return 0.8
        if any(at_or_after(on, r[5]) and (not r[6] or at_or_after(r[6], on)) for r in rows):
            return 1.0
        year = int(on[:4])
        gap = min(abs(int(day[:4]) - year) for r in rows for day in (r[5], r[6]) if day)
        if gap <= NEAR_YEARS:
            return 0.9
        if any(r[5][:4] < on[:4] for r in rows):
            return 0.8 if gap <= RECENT_YEARS or self._fame(person) else 0.6
        return 0.5

    # ------------------------------------------------------------------ words
    def parse_title(self, words: str) -> Title | None:
        """The office a phrase names ("former Russian President", "Trump's special envoy"), or null."""
        return self._titles.parse(words)

    def noun(self, head: str) -> NounClass | None:
        """What a common noun (or two) for a party says: "troops" -> military, MIL."""
        return self._nouns.get(fold(head))

    def describe(self, phrase: str, *, on: str | None = None) -> Description | None:
        """Kind, country and sector of a party by the phrase that names it; the entity too when it resolves."""
        return self._described(phrase, on)

    @cached_property
    def _described(self) -> Callable[[str, str | None], Description | None]:
        from backchannel.register.describe import Describer

        return lru_cache(maxsize=REMEMBERED)(lambda phrase, on: Describer(self, on).describe(phrase))

    # ------------------------------------------------------------------ helpers of the look-ups
    def _states_named(self, key: str) -> list[str]:
        word = self._country_words.get(key)
        return [f"state:{word.iso3}"] if word and word.what in ("name", "capital", "former") else []

    @cached_property
    def _titles(self) -> TitleParser:
        rows = (dict(zip(("title", "shape", "kind", "sector", "of"), row, strict=True)) for row in self._read("titles.csv"))
        known = read_titles(rows)
        for office in self._own_offices:
            words, row = title_of_own(office.office, office.of)
            known.setdefault(words, row)
        return TitleParser(known, self.country_of, self._party_of, self._country_of_person)

    def _party_of(self, text: str) -> tuple[str, str | None, str] | None:
        found = self.organisation(text)
        return (found.name, found.country, found.sector[0] if found.sector else "") if found else None

    def _country_of_person(self, name: str) -> str | None:
        found = self.resolve(name, kind="person")
        return found.entity.country if found else None


@lru_cache(maxsize=1)
def _shipped() -> Register:
    return Register()


@lru_cache(maxsize=8)
def _plus(made: Additions) -> Register:
    return _shipped().plus(made)


__all__ = ["CountryWord", "Description", "Entity", "NounClass", "Occupancy", "Register", "Resolution"]
