"""Between whom a relation is, read off the tree: whose it is and with whom ("relations between A and B", "A's alliance with B", "A has good relations with B"),
or who the ally or rival is and whose ("A's rival B", "B is one of A's allies", "A calls B its ally").
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from backchannel.coder.parties.cast import Cast
from backchannel.coder.parties.phrases import country_in
from backchannel.coder.syntax.dependents import RELATIVE, behind, beside_between
from backchannel.reader import Reading
from backchannel.register import Register

COLLECTIVE = frozenset(("state", "government", "igo", "armed_group", "party", "person", "people", "ministry", "military"))
BESIDE = ("appos", "flat", "compound", "nsubj")  # relations of a name to the noun that says what its bearer is
SUCH = frozenset(("such", "like", "including"))
LOOSE = frozenset(("conj", "nmod", "appos", "parataxis", "dep", "list"))  # relations of a noun that may tell who a name before it is
BREAKS = frozenset((",", "—", "–", "--", "-"))
TOWARDS = frozenset(("with", "to", "for", "toward", "towards", "against"))  # what stands before the other side
RECIPROCAL = frozenset(("each", "one", "other", "another"))  # in "each other", "one another", whatever the tree takes for the head
APART = 4  # words from a noun to another for the same party
REACH = 3  # arcs above the noun at which a verb still speaks of it


@cache
def table() -> dict[str, Any]:
    """The words of relations (relations.toml)."""
    words: dict[str, Any] = tomllib.loads(resources.files(__package__).joinpath("relations.toml").read_text(encoding="utf8"))
    return words


@cache
def known_nouns() -> frozenset[str]:
    """The nouns that name a relation or who bears one, whether they tell its quality or not."""
    return frozenset(table()["nouns"]).union(*(words for name in ("named", "bearers") for words in table()[name].values()))


def quality_of(reading: Reading, i: int, *tables: str) -> str | None:
    """The quality that a noun says itself, or with a word beside it ("at odds", "bad blood", "love lost", "gulf between")."""
    forms = forms_of(reading, i)
    return next((quality for name in tables for quality, nouns in table()[name].items() if not forms.isdisjoint(nouns)), None)


def forms_of(reading: Reading, i: int) -> set[str]:
    """The word as the tables have it: itself, behind its preposition, with a word that describes it, before the preposition of what hangs from it."""
    word, case = reading.words[i].lower(), reading.case_of(i)
    forms = {word} | ({f"{case} {word}"} if case else set())
    for child in reading.children[i]:
        rel = reading.rels[child].split(":")[0]
        if rel in ("amod", "compound", "acl") and reading.upos[child] != "PROPN":
            pair = (reading.words[child].lower(), word)
            forms.add(" ".join(pair if child < i else pair[::-1]))
            forms |= {f"good {word}"} if pair[0] in table()["qualities"]["good"] else set()
        elif rel in ("nmod", "obl") and reading.case_of(child):
            forms |= {f"{word} {reading.case_of(child)}", f"{word} {reading.case_of(child)} {reading.words[child].lower()}"}
    return forms


def owners(reading: Reading, cast: Cast, head: int, register: Register) -> list[str]:
    """Whose relation it is: its owner, its adjectives ("Russian-Turkish ties"), the two after "between", else who has, seeks or is in it. An ally that has an
    owner has the adjective of its own country ("its Russian allies").
    """
    bears = quality_of(reading, head, "bearers") is not None
    possessed = [c for c in reading.children[head] if reading.rels[c] == "nmod:poss" and reading.words[c].lower() != "other"]  # "each other's"
    first = next((c for c in reading.children[head] if reading.case_of(c) == "between"), None)
    between = [] if first is None else [first, *beside_between(reading, first)]
    found: list[str] = []
    for child in between or (possessed if bears else ()) or reading.children[head]:
        rel, case = reading.rels[child].split(":")[0], reading.case_of(child)
        if reading.rels[child] == "nmod:poss" or (rel in ("amod", "compound") and child < head) or child in between or (rel == "nmod" and case == "of"):
            found += [k for w in joined_to(reading, child) for k in parties_of(reading, cast, w)]
            found += _meant(reading, cast, register, child, head) if bears else []
    found = [k for k in dict.fromkeys(found) if k not in cast.at.get(head, ())]  # "strongest ally" is nobody's owner
    if not found and bears and (same := _same(reading, head)) is not None:
        return owners(reading, cast, same, register)
    if found or bears or possessed:
        return found
    subject = subject_of(reading, head)
    if subject is None:
        return []
    if subject < head and not forms_of(reading, subject).isdisjoint(known_nouns()) and quality_of(reading, subject, "bearers") is None:
        return list(dict.fromkeys((*owners(reading, cast, subject, register), *with_whom(reading, cast, subject))))  # "ties between A and B have withered"
    joined = [c for c in reading.children[subject] if reading.rels[c] == "conj"] if _is_theirs(reading, head) else []
    named = list(dict.fromkeys(k for w in (subject, *joined) for k in parties_of(reading, cast, w)))
    parts = [c for c in reading.children[subject] if reading.case_of(c) == "of"]  # "the branches of A and B"
    return named or [k for c in parts for w in joined_to(reading, c) for k in parties_of(reading, cast, w)]


def _is_theirs(reading: Reading, head: int) -> bool:
    """Is it what somebody has, does to each other or is in ("A and B have good relations", "are at odds"), not what something happens amid?"""
    if any(reading.case_of(c) in TOWARDS for c in reading.children[head]):
        return False  # "A and B are at odds with their party"
    if reading.upos[head] in ("VERB", "ADJ") and not any(
        reading.rels[c] == "obj" and reading.words[c].lower() not in RECIPROCAL for c in reading.children[head]
    ):
        return True
    return reading.rels[head].split(":")[0] == "obj" or any(reading.rels[c] == "cop" for c in reading.children[head]) or reading.case_of(head) == "at"


def _same(reading: Reading, head: int) -> int | None:
    """The noun to which it is joined as another word for the same party ("Syria's main partner and ally")."""
    above = reading.heads[head]
    joined = reading.rels[head] == "conj" and any(reading.rels[c] == "cc" for c in reading.children[head])
    return above if joined and reading.upos[above] == "NOUN" and head - above < APART else None


def _meant(reading: Reading, cast: Cast, register: Register, word: int, head: int) -> list[str]:
    """Whom a word inside the mention of its noun stands for elsewhere: the state of "U.S. allies", the person of "Macron ally X"."""
    if cast.at.get(word) != cast.at.get(head) or word not in cast.at:
        return []
    country = country_in(reading, register, min(reading.subtree(word)), word + 1)
    if country:
        return [state] if (state := cast.state(country)) else []
    named = reading.words[word] if reading.upos[word] == "PROPN" else ""
    return [a.key for a in cast.actors if a.kind == "person" and a.name.split()[-1] == named and a.key not in cast.at[head]][:1]


def subject_of(reading: Reading, noun: int) -> int | None:
    """Who has, seeks or is in it: the subject of the verb it is the object of ("sought to maintain good relations"), or its own ("is at war")."""
    word = noun
    if reading.rels[noun].split(":")[0] in ("obj", "obl") or (reading.rels[noun] == "conj" and not subjects(reading, noun)):
        word = reading.heads[noun]
    for _ in range(REACH + 1):
        found, rel, above = subjects(reading, word), reading.rels[word], reading.heads[word]
        relative = bool(found) and reading.words[found[0]].lower() in RELATIVE
        if found and not relative:
            return found[0]
        if rel == "acl:relcl":
            return above
        if relative:  # whatever the tree hangs the clause on
            return _antecedent(reading, found[0])
        if rel == "acl" and quality_of(reading, noun, "named"):
            return None  # whose efforts end a standoff need not stand in it
        if rel == "acl":  # "his efforts to improve relations"
            owner = next((c for c in reading.children[above] if reading.rels[c] == "nmod:poss" or reading.case_of(c) == "by"), None)
            if owner is not None:
                return owner
            above = reading.heads[above]
        elif rel == "xcomp":
            asked = next((c for c in reading.children[above] if reading.rels[c] in ("obj", "iobj")), None)
            if asked is not None:
                return asked
        elif rel not in ("conj", "advcl"):
            return None
        word = above
    return None


def _antecedent(reading: Reading, pronoun: int) -> int:
    """Of whom a relative pronoun is told: the name before it, or the first of those joined there ("A and B, who")."""
    word = pronoun - (2 if reading.words[pronoun - 1] == "," else 1)
    while reading.rels[word] in ("flat", "conj", "compound", "nmod:desc") and reading.sentence_of[reading.heads[word]] == reading.sentence_of[pronoun]:
        word = reading.heads[word]
    return word


def subjects(reading: Reading, word: int) -> list[int]:
    """The words that are subject of a word, in text order."""
    return [c for c in reading.children[word] if reading.rels[c].startswith("nsubj")]


def with_whom(reading: Reading, cast: Cast, head: int) -> list[str]:
    """With whom: what stands after "with" at the noun, or at the verb above it ("maintained good relations with Putin", whatever the tree hangs it on)."""
    above, cases = reading.heads[head], ("with", "to") if reading.words[head].lower() in table()["to"] else ("with",)
    for child in (*behind(reading, head, *cases), *(c for c in behind(reading, above, *cases) if c > head)):
        if child != head:
            return list(dict.fromkeys(k for w in joined_to(reading, child) for k in parties_of(reading, cast, w)))
    return []


def is_each(reading: Reading, head: int) -> bool:
    """Is it with each of those behind "with" by itself ("on good terms with both A and B")?"""
    stop = reading.bounds[reading.sentence_of[head]][1]
    return next((reading.words[i + 1].lower() == "both" for i in range(head + 1, stop - 1) if reading.words[i].lower() == "with"), False)


def reaches(reading: Reading, head: int, case: str) -> bool:
    """Does the other side stand behind this preposition ("ties to", of somebody's own)?"""
    return any(reading.case_of(c) == case for c in reading.children[head])


def joined_to(reading: Reading, head: int) -> list[int]:
    """The word and what is joined to it: conjuncts, and the halves of a hyphenated pair."""
    return [head, *(c for c in reading.children[head] if reading.rels[c].split(":")[0] in ("conj", "compound", "amod", "flat"))]


def parties_of(reading: Reading, cast: Cast, word: int) -> list[str]:
    """Whom a word stands for by the shortest mention that holds it ("our" in "our ally")."""
    mentions = [(hi - lo, keys) for lo, hi, keys in cast.beside(reading, word) if lo <= word < hi]
    return [k for k in min(mentions, default=(0, ()))[1] if cast.get(k).kind in COLLECTIVE]


def bearers(reading: Reading, cast: Cast, head: int, own: list[str], register: Register) -> list[str]:
    """Who is the ally, rival, enemy: those named beside the noun, with those joined to them on the same side of it, else the country of
    its adjective ("its Russian allies").
    """
    inside = [c for c in reading.children[head] if reading.rels[c] in ("amod", "compound", "nmod:poss")]
    meant = [k for c in inside for k in _meant(reading, cast, register, c, head)]
    own_mention = cast.at.get(head, ())
    passed = {*own, *(k for k in own_mention if meant or cast.get(k).kind == "people")}  # "Obama's foes" are nobody named
    listed = _listed(reading, head)
    for word in (*listed[:1], *_beside(reading, head)):
        joined = (c for c in reading.children[word] if reading.rels[c] == "conj")
        named = [w for w in (listed or (word, *joined)) if w != head and (w < head) == (word < head)]
        if found := [k for w in named for k in parties_of(reading, cast, w) if k not in passed]:
            return list(dict.fromkeys(found))
    adjectives = [c for c in inside if reading.rels[c] != "nmod:poss" and own]
    meant += [k for c in adjectives for k in parties_of(reading, cast, c)]
    return [k for k in (meant if own else ()) if k not in passed]


def is_mutual(reading: Reading, head: int) -> bool:
    """Are those beside a plural noun each other's ("A and B, bitter rivals, ...", "Once allies, A and B ..."): is it nobody else's, and in apposition?"""
    told_of = any(
        reading.rels[c] == "nmod:poss" or (reading.rels[c] == "compound" and c < head) or reading.case_of(c) in ("of", "to", "with")
        for c in reading.children[head]
    )
    after_names = reading.rels[head] == "appos" and any(reading.rels[c] == "conj" for c in reading.children[reading.heads[head]])
    return reading.words[head].lower().endswith("s") and not told_of and (after_names or _names_two(reading, head) or _named_after(reading, head) is not None)


def _names_two(reading: Reading, head: int) -> bool:
    """Do two names stand right behind rivals or enemies ("old foes A and B")? "Allies A and B" may be somebody's."""
    after = head + 1
    named = after < len(reading.words) and reading.upos[after] == "PROPN" and quality_of(reading, head, "bearers") in ("strained", "hostile")
    return named and any(reading.rels[c] == "conj" for c in reading.children[_top(reading, after)])


def _named_after(reading: Reading, head: int) -> int | None:
    """The name behind the comma that parts it from a noun with which its sentence begins ("Once close allies, A and B ...")."""
    first, stop = reading.bounds[reading.sentence_of[head]]
    comma = next((i for i in range(head + 1, min(head + APART + 1, stop - 1)) if reading.words[i] == ","), 0)
    name = next((i for i in range(comma + 1, min(comma + 3, stop)) if reading.upos[i] == "PROPN"), 0)
    fronted = all(reading.upos[i] in ("ADV", "ADJ", "SCONJ", "NUM") for i in range(first, head))
    return _top(reading, name) if fronted and comma and name else None


def is_hyphened(reading: Reading, i: int) -> bool:
    """Is it the second half of "Iranian-allied"?"""
    return i > 1 and reading.words[i - 1] == "-" and reading.rels[i] == "amod" and reading.words[i].lower() in table()["hyphened"]


def hyphened(reading: Reading, cast: Cast, i: int, register: Register) -> list[str]:
    """The sides of "Iranian-allied rebels": the state that the first half names, if the report speaks of it elsewhere, and whom the noun names."""
    country = register.country_of(reading.words[i - 2])
    state = cast.state(country.iso3) if country else None
    named = [k for k in parties_of(reading, cast, reading.heads[i]) if k != state][:1]
    return [state, *named] if state else named


def _listed(reading: Reading, head: int) -> list[int]:
    """Who is listed right behind a plural noun, a comma between: "its allies, A and B", whatever the tree makes of it."""
    after = [c for c in reading.children[head] if c > head and reading.rels[c] in ("conj", "appos")]
    first = next((i for c in after[:1] for i in reading.subtree(c) if reading.upos[i] != "PUNCT"), 0)
    plural = reading.words[head].lower().endswith("s") and reading.words[head + 1 : head + 2] == [","]
    return after if plural and len(after) > 1 and first == head + 2 and reading.rels[first] != "cc" else []


def _beside(reading: Reading, head: int) -> list[int]:
    """Words that may name who is the ally, likeliest first: "its ally Syria", "Syria, an ally of Iran", "allies such as Syria", "Syria is one of its allies",
    "calls Syria an ally", "Syria, its ally" where the tree joins the two.
    """
    above, rel = reading.heads[head], reading.rels[head].split(":")[0]
    found = [c for c in reading.children[head] if reading.rels[c].split(":")[0] in BESIDE or (reading.rels[c] == "nmod" and reading.case_of(c) in SUCH)]
    found += [c for c in reading.children[head] if reading.rels[c] == "nmod" and reading.upos[c] == "PROPN" and not reading.case_of(c)]
    if rel in BESIDE and rel != "nsubj":
        found.append(above)
    if rel == "conj" and reading.words[reading.subtree(head)[0] - 1] == "," and not any(reading.rels[c] == "cc" for c in reading.children[head]):
        found.append(above)
    if rel in LOOSE and not reading.case_of(head) and (before := _named_before(reading, head)) is not None:
        found.append(before)
    if (same := _same(reading, head)) is not None:
        found += _beside(reading, same)
    if rel == "nmod" and reading.words[above].lower() in ("one", "some"):
        remains = subjects(reading, reading.heads[above]) if reading.rels[above] == "xcomp" else []
        found += [*subjects(reading, above), *remains, *([reading.heads[above]] if reading.rels[above] == "appos" else [])]
    if rel == "xcomp" or (rel == "obl" and reading.case_of(head) == "as"):
        asked = [c for c in reading.children[above] if reading.rels[c] in ("obj", "nsubj:pass")]
        found += asked or [c for c in subjects(reading, above) if rel == "xcomp"]  # "B remains an ally of A"
    if (after := _named_after(reading, head)) is not None:
        found.append(after)
    if head + 1 < len(reading.words) and reading.upos[head + 1] == "PROPN":
        found.append(_top(reading, head + 1))  # whatever the tree hangs it on
    return found


def _top(reading: Reading, word: int) -> int:
    """The head of the name a word begins ("South Korea")."""
    while reading.rels[word] in ("compound", "amod", "nmod:desc") and reading.heads[word] > word:
        word = reading.heads[word]
    return word


def _named_before(reading: Reading, head: int) -> int | None:
    """The name that a comma or a dash parts from it ("NATO — Russia's foe —")."""
    first = reading.subtree(head)[0]
    return first - 2 if first > 1 and reading.words[first - 1] in BREAKS and reading.upos[first - 2] == "PROPN" else None


def is_form(reading: Reading, i: int, word: str) -> bool:
    """Is it the word, or a form of it ("intensifying": lemmas of rare verbs are not always found)?"""
    own = reading.words[i].lower()
    formed = reading.upos[i] in ("VERB", "ADJ") and own.endswith(("ing", "ed", "s")) and own.startswith(word.rstrip("ey")) and len(own) - len(word) < 4
    return word in (own, reading.lemmas[i].lower()) or formed
