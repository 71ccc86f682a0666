"""The register: a name, word or title -> who or what it is, on which date, and why; null when it cannot be told.

Reads data/*.csv (built by training/build_register.py and written by hand; sources in data/SOURCES.md). A wrong famous namesake is worse
than null: what is ambiguous stays unresolved.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import cast

from backchannel.errors import UsageError
from backchannel.records import ActorKind, Precision
from backchannel.register.holders import standing
from backchannel.register.model import CountryWord, CountryWordKind, Description, Entity, NounClass, Occupancy, Resolution, at_or_after
from backchannel.register.names import WORDS, fold, skeleton, strip_titles, surnames, without_possessive
from backchannel.register.offices import SINGLE_POSTS, Title, TitleParser, post_of, read_titles

FAMOUS = frozenset({"head_of_state", "head_of_government", "foreign"})  # kinds whose holders a report may call by surname alone
NEAR_YEARS = 2  # a bare surname must be of somebody famous this near to the date
RECENT_YEARS = 10  # somebody not famous is still met under the full name this long after office


_SECTOR_WORDS = (
    (
        re.compile(r"commander|chief of (the )?(general|army|defen[cs]e|air|naval) staff|joint chiefs|army|military|allied|armed forces|chief of staff of"),
        "MIL",
    ),
    (re.compile(r"\bfbi\b|police"), "COP"),
    (re.compile(r"political bureau|candidate"), "PTY"),
    (re.compile(r"judge|supreme court|prosecutor"), "JUD"),
)
# "the Israeli Ministry of Defence", "Iran's Foreign Ministry", "US Department of Agriculture"
_MINISTRY = re.compile(
    r"^(?P<a>.+ )?(?:ministry|department) (?:of|for) (?P<what>.+)$|^(?P<b>.+ )?(?P<x>[^ ]+(?: and [^ ]+)?(?: affairs)?) (?:ministry|department)$"
)
_COLLECTIVE = WORDS["collective"]
_LINKS = WORDS["links"]


class Register:
    """All look-ups. Frozen after ``load``; share one."""

    def __init__(self, extra_csv: Sequence[Path | str] = (), *, data: Path | None = None) -> None:
        self._data = data  # another build of the tables, for measuring
        self._country_words: dict[str, CountryWord] = {}
        self._organisations: dict[str, list[str]] = {}
        self._entities: dict[str, Entity] = {}
        self._forms: dict[str, set[str]] = {}  # the spellings of short keys, whose case matters
        self._custom_names: dict[str, list[str]] = {}
        self._custom_rows: list[list[str]] = []
        self._resolved: dict[tuple[str, str | None, str | None, str | None], Resolution | None] = {}
        self._load_countries()
        self._load_organisations()
        self._bodies = {row[0]: (cast(ActorKind, row[1]), row[2]) for row in self._read("bodies.csv")}
        self._bodies = {fold(k): v for k, v in self._bodies.items()}
        for path in extra_csv:
            self._load_custom(Path(path))

    @staticmethod
    def load(extra_csv: Iterable[Path | str] = ()) -> Register:
        """The register, loaded once a process for the same extra files.

        Raises:
            UsageError: an extra file is missing or has other columns.

        """
        return _load(tuple(str(path) for path in extra_csv))

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

    def entity(self, id: str) -> Entity | None:
        """The entity with this id (a Wikidata Q id, ``state:RUS``, ``org:nato``, ``p:steve-witkoff-usa``), or null."""
        return self._entities.get(id) or self._person(id)

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
        of = country or (read.of if read else None)
        if read is None or of is None or read.shape in ("rank", "plain") or read.tense in ("former", "incoming"):
            return []
        post, _ = post_of(title if " of " in title and read.office_kind == "other" else read.office, of)
        acting = read.tense == "acting"
        for seat in self._posts(post, of, read):
            found = [o for o in map(self._occupancy, self._seats.get((of, seat), ())) if o.covers(on)]
            if found:
                return standing(found, on, acting=acting, single=seat in SINGLE_POSTS)
        if post in SINGLE_POSTS:
            return []  # "president" alone is never the president of a chamber or court
        return self._by_words(read, of, on)

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
        for (seat_of, _), rows in self._seats_of(of):
            for row in rows:
                words = set(
                    fold(re.sub(r"spokes(woman|person)", "spokesman", row[1], flags=re.I)).replace("advisor", "adviser").replace("defense", "defence").split()
                )
                lesser = {"deputy", "vice", "assistant"} & (words ^ wanted)
                if seat_of == of and wanted <= words and not lesser and self._occupancy(row).covers(on):
                    found.append((len(words - wanted), self._occupancy(row)))
        least = min((n for n, _ in found), default=0)
        return [o for n, o in sorted(found, key=lambda x: x[1].start, reverse=True) if n == least or least]

    # ------------------------------------------------------------------ resolution
    def resolve(self, name: str, *, on: str | None = None, country: str | None = None, kind: str | None = None) -> Resolution | None:
        """The one entity the name stands for on the date, or null when it is unknown or ambiguous."""
        key = (name, on, country, kind)
        if key not in self._resolved:
            if len(self._resolved) > 50_000:  # a long batch: bounded memory
                self._resolved.clear()
            self._resolved[key] = self._resolve(*key)
        return self._resolved[key]

    def _resolve(self, name: str, on: str | None, country: str | None, kind: str | None) -> Resolution | None:
        custom = [e for e in map(self.entity, self._custom_names.get(fold(name), ()) or self._custom_names.get(fold(strip_titles(name)), ())) if e]
        if len(custom) == 1:
            return Resolution(entity=custom[0], score=1.0, why="custom actor")
        if kind != "person":
            found = self.resolve_body(name, kind)
            if found:
                return found
        if kind not in (None, "person"):
            return None
        if not any(c.isupper() for c in name):
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
        scored = sorted(((self._presence(c, on), self._fame(c), c) for c in candidates), key=lambda x: (x[0], x[1]), reverse=True)
        score, fame, best = scored[0]
        if len(scored) > 1 and score - scored[1][0] < 0.1 and not (fame > scored[1][1] and score >= 0.9 > scored[1][0]):
            return None
        written = any(r[7] in ("supplement", "custom") for r in self._rows.get(best, ()))
        if not fame and not country and score < 0.8 and on and not written:
            return None
        entity = self.entity(best)
        return (
            Resolution(entity=entity, score=round(score * (0.9 if how == "transliteration" else 1.0), 2), why=f"{how}; {_presence_words(score, on)}")
            if entity
            else None
        )

    def _given_name_only(self, person: str, name: str) -> bool:
        """Whether the name is a monarch's or pope's one name: "Francis" alone may be anybody; "Pope Francis" may not."""
        return person in self._persons and " " not in self._persons[person][1] and fold(name) == fold(self._persons[person][1])

    def _named_in_full(self, name: str, bare: str) -> tuple[list[str], str]:
        for text in (name, bare):
            key = fold(text)
            if key in self._person_names:
                return self._person_names[key], "full name"
            short = " ".join(w for w in key.split() if len(w) > 1 and w not in ("jr", "sr"))
            if short in self._person_names and " " in short:
                return self._person_names[short], "full name"
        if " " not in fold(bare):
            return [], ""
        return self._skeletons.get(skeleton(bare), []), "transliteration"

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

    def _presence(self, person: str, on: str | None) -> float:
        """1 in office on the date, 0.9 within two years, 0.8 earlier (0.6 long ago), 0.5 only later."""
        rows = self._rows.get(person, ())
        if on is None or not rows:
            return 0.8
        if any(at_or_after(on, r[5]) and (not r[6] or at_or_after(r[6], on)) for r in rows):
            return 1.0
        year = int(on[:4])
        gaps = [min(abs(int(r[5][:4]) - year), abs(int((r[6] or r[5])[:4]) - year)) for r in rows]
        if min(gaps) <= NEAR_YEARS:
            return 0.9
        if any(r[5][:4] < on[:4] for r in rows):
            return 0.8 if min(gaps) <= RECENT_YEARS or self._fame(person) else 0.6
        return 0.5

    # ------------------------------------------------------------------ words
    def country_of(self, word: str) -> CountryWord | None:
        """The country a word names or stands for: "Russian", "Moscow", "the Kremlin", "U.S."; null for "us" and for lower case."""
        word = without_possessive(word.strip())
        found = self._country_words.get(fold(word))
        if found is None or not any(c.isupper() for c in word):
            return None
        if found.iso3 == "USA" and len(word) <= 5 and fold(word) == "us" and word.removeprefix("the ").removeprefix("The ").replace(".", "") != "US":
            return None
        return found

    def organisation(self, name: str) -> Entity | None:
        """The organisation of this name or acronym, or one read off a pattern ("the Russian Foreign Ministry"); null when unknown or ambiguous."""
        name = without_possessive(name.strip())
        key = fold(name)
        custom = [e for e in map(self.entity, self._custom_names.get(key, ())) if e and e.kind not in ("person", "state")]
        if custom:
            return custom[0]
        ids = self._organisations.get(key)
        if ids and len(ids) == 1 and self._cased(key, name):
            return self._entities[ids[0]]
        return self._patterned(name)

    def parse_title(self, words: str) -> Title | None:
        """The office a phrase names ("former Russian President", "Trump's special envoy"), or null."""
        return self._titles.parse(words)

    def noun(self, head: str) -> NounClass | None:
        """What a common noun (or two) for a party says: "troops" -> military, MIL."""
        return self._nouns.get(fold(head))

    def describe(self, phrase: str, *, on: str | None = None) -> Description | None:
        """Kind, country and sector of a party by the phrase that names it; the entity too when it resolves."""
        from backchannel.register.describe import Describer

        return Describer(self, on).describe(phrase)

    # ------------------------------------------------------------------ helpers of the look-ups
    def _patterned(self, name: str) -> Entity | None:
        """An organisation read off a small grammar: country word + body, ministries and departments, "... of Iran"."""
        words = [w for w in without_possessive(name).split() if fold(w)]
        if words and fold(words[0]) == "the":
            words = words[1:]
        if not 1 < len(words) <= 9:
            return None
        country, rest = self._split_country(words)
        key = " ".join(fold(without_possessive(w) if not w.endswith(("r's", "t's")) else w) for w in rest)
        if country and rest:
            own = [i for i in self._organisations.get(key, ()) if self._entities[i].country == country]
            if len(own) == 1:
                return self._entities[own[0]]
        body = self._bodies.get(key) if country else None
        if body is None:
            body = self._ministry(key, rest)
        if body is None:
            return None
        slug = re.sub(r"[^a-z0-9]+", "-", key)
        return Entity(id=f"org:{country or '-'}:{slug}", name=name, kind=body[0], country=country, sector=(body[1],))

    def _ministry(self, key: str, words: list[str]) -> tuple[ActorKind, str] | None:
        last, first = key.rsplit(" ", 1)[-1], key.split(" ", 1)[0]
        ministry = (last == "ministry" or (first == "ministry" and len(words) > 1)) and any(w[:1].isupper() for w in words)
        department = key.startswith("department of ") or (last == "department" and len(words) == 2 and words[0][:1].isupper())
        if not (ministry or department) or len(key.split()) > 7 or _LINKS & set(key.split()) - {"of", "for", "and"}:
            return None
        return "ministry", "MIL" if re.search(r"\b(defen[cs]e|war|armed forces)\b", key) else "GOV"

    def _split_country(self, words: list[str]) -> tuple[str | None, list[str]]:
        """(country, the other words) of "Iranian Foreign Ministry", "Government of Iraq", "Swiss Embassy in Tehran"."""
        for n in range(min(4, len(words) - 1), 0, -1):
            found = self.country_of(" ".join(words[:n]))
            if found:
                rest = words[n:]
                if len(rest) > 2 and fold(rest[-2]) == "in" and self.country_of(rest[-1]):
                    rest = rest[:-2]
                return found.iso3, rest
        for n in range(min(5, len(words) - 2), 0, -1):
            if fold(words[-n - 1]) in ("of", "in") or (n > 1 and fold(words[-n]) == "the" and fold(words[-n - 1]) == "of"):
                found = self.country_of(" ".join(words[-n:]))
                if found:
                    return found.iso3, words[: -n - 1]
        return None, words

    def _cased(self, key: str, name: str) -> bool:
        """Whether the case fits: "IS" is an organisation, "is" is not; "Time" but not "time"."""
        bare = name.removeprefix("the ").removeprefix("The ")
        forms = self._forms.get(key, set())
        if any(f.removeprefix("the ").removeprefix("The ") == bare for f in forms):
            return True
        if len(key) <= 5 and any(f.isupper() for f in forms):
            return bare.isupper()
        return any(c.isupper() for c in bare)

    def _states_named(self, key: str) -> list[str]:
        word = self._country_words.get(key)
        return [f"state:{word.iso3}"] if word and word.what in ("name", "capital", "former") else []

    def sector_on(self, entity: Entity, on: str | None) -> tuple[str, ...]:
        """PLOVER sectors of what the entity is on the date, else of all it has been."""
        rows = [r for r in self._rows.get(entity.id, ()) if on is None or (at_or_after(on, r[5]) and (not r[6] or at_or_after(r[6], on)))]
        return self._sector(rows) if rows else entity.sector

    def _sector(self, rows: Sequence[list[str]]) -> tuple[str, ...]:
        """PLOVER sectors of the most senior of the offices."""
        order = {"head_of_state": 0, "head_of_government": 0, "foreign": 1, "defence": 1, "legislature": 3, "other": 4}
        if not rows:
            return ()
        row = min(rows, key=lambda r: (order.get(r[2], 2), -int(r[5][:4] or 0)))
        party = self._organisations.get(fold(row[4]))
        if party and len(row[4]) != 3:
            return self._entities[party[0]].sector
        if row[2] == "legislature":
            return ("LEG",)
        office = fold(row[1])
        if row[2] == "spokesperson" and re.match(r"(defen[cs]e ministry|military|army)\b", office):
            return ("MIL",)
        return (next((s for p, s in _SECTOR_WORDS if row[2] == "other" and p.search(office)), "GOV"),)

    # ------------------------------------------------------------------ persons, read when first needed
    @cached_property
    def _persons(self) -> dict[str, list[str]]:
        return {row[0]: row for name in ("persons.csv", "persons.countryinfo.csv") for row in self._read(name)}

    @cached_property
    def _rows(self) -> dict[str, list[list[str]]]:
        found: dict[str, list[list[str]]] = {}
        for row in [*self._read("occupancies.csv"), *self._read("occupancies.countryinfo.csv"), *self._custom_rows]:
            found.setdefault(row[0], []).append(row)
        return found

    @cached_property
    def _seats(self) -> dict[tuple[str, str], list[list[str]]]:
        found: dict[tuple[str, str], list[list[str]]] = {}
        for rows in self._rows.values():
            for row in rows:
                found.setdefault((row[4], row[3]), []).append(row)
        for row in self._custom_rows:  # custom rows win: the seat is theirs alone
            found[row[4], row[3]] = [r for r in self._custom_rows if (r[4], r[3]) == (row[4], row[3])]
        return found

    def _seats_of(self, of: str) -> list[tuple[tuple[str, str], list[list[str]]]]:
        return [(key, rows) for key, rows in self._seats.items() if key[0] == of]

    @cached_property
    def _person_names(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in self._persons.values():
            for key in row[5].split("|"):
                found.setdefault(key, []).append(row[0])
        return found

    @cached_property
    def _skeletons(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in self._persons.values():
            found.setdefault(row[7], []).append(row[0])
        return found

    @cached_property
    def _surnames(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in self._persons.values():
            for key in filter(None, row[6].split("|")):
                found.setdefault(key, []).append(row[0])
        return found

    def _countries(self, person: str) -> list[str]:
        return self._persons[person][3].split("|") if person in self._persons else [self._entities[person].country or ""]

    def _fame(self, person: str) -> int:
        return int(self._persons[person][4]) if person in self._persons else 0

    def _person(self, id: str) -> Entity | None:
        row = self._persons.get(id)
        if row is None:
            return None
        country = row[3].split("|")[0]
        organisation = self._organisations.get(fold(country)) if len(country) != 3 or not country.isupper() else None
        iso = self._entities[organisation[0]].country if organisation else country if len(country) == 3 and country.isupper() else None
        entity = Entity(
            id=id,
            name=row[1],
            kind="person",
            country=iso,
            sector=self._sector(self._rows.get(id, ())),
            aliases=tuple(filter(None, row[2].split("|"))),
        )
        self._entities[id] = entity
        return entity

    def _occupancy(self, row: list[str]) -> Occupancy:
        person = self.entity(row[0])
        precision: Precision = {4: "year", 7: "month"}.get(len(row[5]), "day")  # type: ignore[assignment]
        return Occupancy(person=row[0], name=person.name if person else row[0], office=row[1], office_kind=row[2], of=row[4], start=row[5],
                         end=row[6] or None,
                         precision=precision, source=row[7] + (f" ({row[9]})" if row[9] else ""), confidence=float(row[8]))  # fmt: skip

    # ------------------------------------------------------------------ reading the files
    def _read(self, name: str) -> list[list[str]]:
        shipped = files("backchannel.register") / "data" / name
        other = self._data / name if self._data else None
        text = (other if other and other.is_file() else shipped).read_text(encoding="utf-8")
        return list(csv.reader(text.splitlines()))[1:]

    def _load_countries(self) -> None:
        words: dict[str, CountryWord] = {}
        for iso3, name, official, aliases, demonyms, capitals, _, _, independent in self._read("states.csv"):
            self._entities[f"state:{iso3}"] = Entity(
                id=f"state:{iso3}",
                name=name,
                kind="state",
                country=iso3,
                sector=("GOV",),
                aliases=tuple(filter(None, [official, *aliases.split("|")])),
            )
            for text in (name, official, *aliases.split("|")):
                words.setdefault(fold(text), CountryWord(iso3=iso3, what="name", name=name))
            for text in filter(None, demonyms.split("|")):
                for form in (text, text + "s"):
                    words.setdefault(fold(form), CountryWord(iso3=iso3, what="demonym", name=name))
            for text in filter(None, capitals.split("|") if independent == "1" else ()):
                words.setdefault(fold(text), CountryWord(iso3=iso3, what="capital", name=name))
        for text, iso3, what in self._read("country_words.csv"):
            state = self._entities.get(f"state:{iso3}")
            if state is None:
                self._entities[f"state:{iso3}"] = state = Entity(id=f"state:{iso3}", name=text, kind="state", country=iso3, sector=("GOV",))
            words[fold(text)] = CountryWord(iso3=iso3, what=cast(CountryWordKind, what), name=state.name)
        words.pop("", None)
        for text, iso3, what in self._read("places.csv"):
            if f"state:{iso3}" in self._entities:
                words.setdefault(fold(text), CountryWord(iso3=iso3, what=cast(CountryWordKind, what), name=self._entities[f"state:{iso3}"].name))
        self._country_words = words

    def _load_organisations(self) -> None:
        for name, aliases, kind, country, sector, _, _ in self._read("organisations.csv"):
            self._add_organisation(name, aliases, kind, country, sector, first=True)
        for name, aliases, kind, country, sector in self._read("groups.csv"):
            self._add_organisation(name, aliases, kind, country, sector, first=False)

    def _add_organisation(self, name: str, aliases: str, kind: str, country: str, sector: str, *, first: bool) -> None:
        id = "org:" + re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
        while id in self._entities:
            id += "-"
        names = [name, *filter(None, aliases.split("|"))]
        self._entities[id] = Entity(
            id=id, name=name, kind=cast(ActorKind, kind), country=country or None, sector=tuple(sector.split("|")), aliases=tuple(names[1:])
        )
        for text in names:
            key = fold(text)
            ids = self._organisations.setdefault(key, [])
            if key and id not in ids and (first or not ids or self._entities[ids[0]].id not in self._firsts):
                ids.append(id)
            if len(key) <= 5:
                self._forms.setdefault(key, set()).add(text)
        if first:
            self._firsts.add(id)

    @cached_property
    def _firsts(self) -> set[str]:
        return set()

    @cached_property
    def _nouns(self) -> dict[str, NounClass]:
        found: dict[str, NounClass] = {}
        for name in ("nouns.csv", "nouns.phoenix.csv"):
            for noun, plural, kind, sector in self._read(name):
                one = "person" if kind == "people" and plural and noun not in _COLLECTIVE else kind
                many = {"person": "people", "state": "other"}.get(kind, kind)
                found.setdefault(fold(noun), NounClass(kind=cast(ActorKind, one), sector=sector))
                found.setdefault(fold(plural), NounClass(kind=cast(ActorKind, many), sector=sector, plural=True))
        found.pop("", None)
        return found

    @cached_property
    def _leads(self) -> dict[str, str]:
        return dict(self._read("leads.csv"))

    @cached_property
    def _titles(self) -> TitleParser:
        rows = (dict(zip(("title", "shape", "kind", "sector", "of"), row, strict=True)) for row in self._read("titles.csv"))
        return TitleParser(read_titles(rows), self._iso_of, self._party_of, self._country_of_person)

    def _iso_of(self, text: str) -> str | None:
        word = self.country_of(text)
        return word.iso3 if word else None

    def _party_of(self, text: str) -> tuple[str, str | None, str] | None:
        found = self.organisation(text)
        return (found.name, found.country, found.sector[0] if found.sector else "") if found else None

    def _country_of_person(self, name: str) -> str | None:
        found = self.resolve(name, kind="person")
        return found.entity.country if found else None

    # ------------------------------------------------------------------ custom actors
    def _load_custom(self, path: Path) -> None:
        """A CSV of the user's own actors: name,aliases,kind,country,sector,office,start,end. They win over what is built in."""
        if not path.is_file():
            raise UsageError(f"no file {path}", "a CSV with columns name,aliases,kind,country,sector,office,start,end")
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not {"name", "kind"} <= set(reader.fieldnames or ()):
                raise UsageError(f"columns {', '.join(reader.fieldnames or ['none'])} in {path}", "name,aliases,kind,country,sector,office,start,end")
            for row in reader:
                self._add_custom({k: (v or "").strip() for k, v in row.items() if isinstance(k, str) and not isinstance(v, list)})

    def _add_custom(self, row: dict[str, str]) -> None:
        name, kind, country = row["name"], row["kind"], row.get("country", "")
        aliases = [a.strip() for a in row.get("aliases", "").split("|") if a.strip()]
        sector = tuple(s for s in re.split(r"[|;]", row.get("sector", "")) if s)
        id = f"state:{country}" if kind == "state" and country else "custom:" + re.sub(r"[^a-z0-9]+", "-", fold(name))
        self._entities[id] = Entity(id=id, name=name, kind=cast(ActorKind, kind), country=country or None, sector=sector or ("GOV",), aliases=tuple(aliases))
        for text in (name, *aliases):
            ids = self._custom_names.setdefault(fold(text), [])
            if id not in ids:
                ids.append(id)
            if kind == "state":
                what: CountryWordKind = "name" if text == name else "demonym" if re.search(r"(ian|ean|an|ese|ish|i|ic|s)$", text) else "name"
                self._country_words[fold(text)] = CountryWord(iso3=country, what=what, name=name)
        if kind == "person":
            for family in surnames(name, country):
                if family != fold(name) and id not in self._custom_names.setdefault(family, []):
                    self._custom_names[family].append(id)
        if row.get("office"):
            post, office_kind = post_of(row["office"], country)
            self._custom_rows.append([id, row["office"], office_kind, post, country, row.get("start", "") or "0001", row.get("end", ""), "custom", "1.00", ""])


def _presence_words(score: float, on: str | None) -> str:
    if on is None:
        return "no date given"
    return {
        1.0: f"in office on {on}",
        0.9: f"in office within {NEAR_YEARS} years of {on}",
        0.8: "in office before",
        0.6: "in office long before",
        0.5: "in office only later",
    }[score]


@lru_cache(maxsize=8)
def _load(extra: tuple[str, ...]) -> Register:
    return Register([Path(p) for p in extra])


__all__ = ["CountryWord", "Description", "Entity", "NounClass", "Occupancy", "Register", "Resolution"]
