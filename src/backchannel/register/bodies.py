"""Words -> countries and organisations: as the tables have them, or read off a small grammar of country word and body ("the Russian Foreign Ministry",
"Sudan's army", "the Tunisian branch of Ansar al-Sharia").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache

from backchannel.records import ActorKind
from backchannel.register.layers import Layers
from backchannel.register.model import CountryWord, Entity
from backchannel.register.names import WORDS, fold, ministry_key, without_possessive
from backchannel.register.offices import REMEMBERED

_LINKS = WORDS["links"]
# "the Tunisian branch of Ansar al-Sharia", "Al Qaeda's affiliate in Yemen"
_BRANCHES = frozenset("branch affiliate arm wing chapter offshoot franchise".split())
_BRANCH = re.compile(r"^(?P<land>.+?) (?:{0}) of (?P<of>.+)$|^(?P<whose>.+?)['’]s? (?:{0}) in (?P<place>.+)$".format("|".join(sorted(_BRANCHES))))


class Bodies(Layers):
    """Look-ups of countries and organisations."""

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
        return self._bodies_named(name)

    @cached_property
    def _bodies_named(self) -> Callable[[str], Entity | None]:
        return lru_cache(maxsize=REMEMBERED)(self._organisation)

    def _organisation(self, name: str) -> Entity | None:
        name = without_possessive(name.strip())
        key = fold(name)
        custom = [e for e in map(self.entity, self._custom_names.get(key, ())) if e and e.kind not in ("person", "state")]
        if custom:
            return custom[0]
        ids = self._organisations.get(key)
        if ids and len(ids) == 1 and self._cased(key, name):
            return self._entities[ids[0]]
        return self._patterned(name)

    def is_everywhere(self, name: str) -> bool:
        """Whether many countries have a body of this name: "the Supreme Court", "Congress"."""
        return fold(name) in self._bodies

    def _patterned(self, name: str) -> Entity | None:
        """An organisation read off a small grammar: country word + body, ministries and departments, "... of Iran"."""
        words = [w for w in without_possessive(name).split() if fold(w)]
        if words and fold(words[0]) == "the":
            words = words[1:]
        if not 1 < len(words) <= 9:
            return None
        if not _BRANCHES.isdisjoint(words) and (branch := self._branch(" ".join(words))):
            return branch
        country, rest = self._split_country(words)
        key = " ".join(fold(without_possessive(w) if not w.endswith(("r's", "t's")) else w) for w in rest)
        before = self.country_of(" ".join(words[: -len(rest)])) if rest == words[-len(rest) :] else None
        inland = before is not None and before.what in ("region", "city")  # "the North Dakota Senate" is no national body
        if country and rest and not inland:
            own = [i for i in self._organisations.get(key, ()) if self._entities[i].country == country]
            if len(own) == 1:
                return self._entities[own[0]]
            if key in WORDS["armies"]:
                return self.army(country, name)
            if named := self._of_state(country, key):
                return named
        body = self._bodies.get(key) if country else None
        if body is None:
            body = self._ministry(key, rest, country)
            key = ministry_key(key) if body else key
        if body is None:
            return None
        slug = re.sub(r"[^a-z0-9]+", "-", " ".join(map(fold, words)) if inland else key)
        return Entity(id=f"org:{country or '-'}:{slug}", name=name, kind=body[0], country=country, sector=(body[1],))

    def army(self, country: str, name: str = "") -> Entity:
        """The armed forces of a state, which a report may call by any name of theirs; where the tables have its army apart ("British Army") that is another."""
        own = fold(name).rsplit(" ", 1)[-1] if name else ""
        kinds = ("army", "armed forces", "military") if own == "army" else ("armed forces", "military", "defense forces")
        named = next((found for kind in kinds if (found := self._of_state(country, kind))), None)
        state = self._entities.get(f"state:{country}")
        return named or Entity(id=f"org:{country}:military", name=name or (state.name if state else country), kind="military", country=country, sector=("MIL",))

    def _of_state(self, country: str, body: str) -> Entity | None:
        """The organisation that the tables have under the name of a state, or what is of it, and a word for a body ("Sudanese" "armed forces")."""
        found = (self._organisations.get(f"{word} {body}", ()) for word in self._called.get(country, ()))
        return next((entity for ids in found if len(ids) == 1 and (entity := self._entities[ids[0]]).country == country), None)

    def _branch(self, name: str) -> Entity | None:
        """The branch of an organisation in a country, where it is known as one of its own ("al-Qaeda in Yemen")."""
        told = _BRANCH.match(name)
        word = self.country_of(told["land"] or told["place"]) if told else None
        ids = self._organisations.get(fold(f"{told['of'] or told['whose']} in {word.name}"), ()) if told and word else ()
        return self._entities[ids[0]] if len(ids) == 1 else None

    def _ministry(self, key: str, words: list[str], country: str | None) -> tuple[ActorKind, str] | None:
        last, first = key.rsplit(" ", 1)[-1], key.split(" ", 1)[0]
        named = any(w[:1].isupper() for w in words) or (country is not None and len(words) == 2 and first in WORDS["ministries"])  # "Chinese foreign ministry"
        ministry = (last == "ministry" or (first == "ministry" and len(words) > 1)) and named and not any(w != without_possessive(w) for w in words)
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
