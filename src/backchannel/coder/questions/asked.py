"""What is asked by the tree: the clause below a word that says something is unknown ("whether he will go", "who fired"), else the phrase.

All functions return the numbers of words, none where nothing is asked. The trees are often wrong about where such clauses hang and what they hold, so that
words right behind count, too, and what follows a comma is cut off.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from backchannel.coder.syntax.negation import NOT
from backchannel.reader import Reading

WH = frozenset("how who whom whose what when where why which".split())
WHETHER = frozenset(("whether", "if"))
ABOUT = frozenset("about over on of as to into surrounding regarding concerning around".split())
LINKING = frozenset("remain be stay seem appear look become keep leave".split())
CLOSING = frozenset(("''", '"', "”"))
ASKING = frozenset("ccomp csubj xcomp acl nmod obl".split())  # relations of clauses that ask
LOOSE = frozenset(("advcl", "parataxis", "dep", "obj"))  # those that may where the subject is "it"
BEFORE = frozenset(("csubj", "nsubj", "ccomp", "advcl"))  # those of clauses that stand first ("Whether he will go is not known")
ASIDE = frozenset(("but", "although", "though", "given"))  # what they open goes beyond the question
TIMES = frozenset(("when", "where", "if"))  # which open clauses that only tell when, too
PREPOSITIONS = frozenset("by at for with from under against in through after to".split())  # before "whom" they are part of the question
MODIFIERS = frozenset("advmod obl iobj aux discourse punct".split())
BETWEEN = frozenset("ADV ADP SCONJ PART".split())
SPEAKERS = frozenset("i we you our your us me my".split())
DATELINE = 4  # words before a sentence

Words = tuple[int, ...]


def asking_clause(reading: Reading, i: int) -> Words:
    """The words of the clause that asks below word ``i``, or below what ``i`` completes ("remains to be seen whether"), from "who" or "whether" on."""
    near = _opener_behind(reading, i)
    if near is not None and not (reading.upos[i] == "ADJ" and reading.words[near].lower() in TIMES and subject_of(reading, i)):
        return _clause_from(reading, near)
    for word in (i, *_above(reading, i)):
        expletive = any(reading.words[c].lower() == "it" and reading.rels[c].startswith(("nsubj", "expl")) for c in reading.children[word])
        for c in reading.children[word]:
            base = reading.rels[c].split(":")[0]
            if c == i or reading.rels[c] == "acl:relcl" or (opener := _opener(reading, c, word)) is None:
                continue
            if opener > i and (base in ASKING or (base in LOOSE and expletive)):
                return _clause_from(reading, opener)
            first = [j for j in reading.subtree(c) if opener < j < i] if base in BEFORE else []
            told = reading.words[opener].lower() in TIMES and _has_subject(reading, word, c)  # "When he came, it was not known"
            if not told and any(reading.upos[j] in ("VERB", "AUX") for j in first):
                return tuple(range(opener, first[-1] + 1))
    return ()


def clause_before(reading: Reading, i: int) -> Words:
    """The clause that asks with which a sentence begins and of which word ``i`` is told, whatever the tree hangs it by ("Whether he goes hinges on it")."""
    start = next((j for j in range(*reading.bounds[reading.sentence_of[i]]) if reading.upos[j] not in ("PUNCT", "CCONJ")), i)
    for c in reading.children[i]:
        opener, words = _opener(reading, c, i), [j for j in reading.subtree(c) if j < i]
        if opener == start and words and any(reading.upos[j] in ("VERB", "AUX") for j in words):
            told = reading.words[opener].lower() in TIMES and _has_subject(reading, i, c)
            while reading.upos[words[-1]] == "PUNCT":
                words.pop()
            return () if told else tuple(range(opener, words[-1] + 1))
    return ()


def announced(reading: Reading, i: int) -> Words:
    """The question that a noun announces ("the question remains: Will they meet?")."""
    stop = reading.bounds[reading.sentence_of[i]][1]
    mark = next((j for j in range(i + 1, min(i + 5, stop)) if reading.words[j] == ":"), None)
    if mark is None or reading.words[i].isupper():  # "QUESTION:" in a transcript
        return ()
    first = mark + 1
    if first == stop and first < len(reading.words):
        stop = reading.bounds[reading.sentence_of[first]][1]
    end = next((j for j in range(first, stop) if reading.words[j] == "?"), first)
    return tuple(range(first, end))


def predicated(reading: Reading, i: int) -> Words:
    """The clause that a subject is said to be ("the question, though, is whether")."""
    stop = reading.bounds[reading.sentence_of[i]][1]
    verb = next((j for j in range(i + 1, min(i + 15, stop)) if reading.lemmas[j].lower() in ("be", "become", "remain") and reading.upos[j] != "NOUN"), stop)
    for j in range(verb + 1, min(verb + 6, stop)):
        if _opens(reading, j):
            return _clause_from(reading, j)
        if reading.upos[j] not in ("ADV", "PUNCT", "ADP") or reading.words[j].lower() in NOT:
            break
    return ()


def _above(reading: Reading, i: int) -> Iterator[int]:
    """The words that ``i`` only completes: "remains", "has yet", "is hard", "declined"."""
    for _ in range(2):
        head, rel = reading.heads[i], reading.rels[i].split(":")[0]
        if head == i or rel not in ("xcomp", "csubj"):
            return
        yield head
        i = head


def _has_subject(reading: Reading, i: int, clause: int) -> bool:
    """Has the word a subject beside the clause?"""
    return any(reading.rels[c].startswith(("nsubj", "csubj", "expl")) and c != clause for c in reading.children[i])


def _opener(reading: Reading, clause: int, above: int = -1) -> int | None:
    """The word that makes the clause ask: at its beginning, behind nothing but adverbs and prepositions, or right before it, hanging from the word above."""
    before = reading.subtree(clause)[0] - 1
    if before >= 0 and reading.heads[before] == above and reading.words[before].lower() in WH:
        return before
    for j in reading.subtree(clause)[:6]:
        if _opens(reading, j):
            return j
        if reading.upos[j] not in ("ADV", "ADP", "PUNCT", "SCONJ", "PART"):
            return None
    return None


def _opens(reading: Reading, j: int) -> bool:
    """Does the word open a clause that asks? Not one that tells of whom or what it is ("X, who is")."""
    low = reading.words[j].lower()
    if low in WHETHER:
        return reading.rels[j] in ("mark", "cc", "advmod", "case")
    return low in WH and not (low in ("which", "who", "where", "when") and j > 0 and reading.words[j - 1] == ",")


def _opener_behind(reading: Reading, i: int) -> int | None:
    """The word that opens a clause right behind word ``i``, with only adverbs, prepositions or what tells when and to whom between."""
    own = {j for c in reading.children[i] if reading.rels[c].split(":")[0] in MODIFIERS for j in reading.subtree(c)}
    stop = reading.bounds[reading.sentence_of[i]][1]
    for j in range(i + 1, min(i + 8, stop)):
        if _opens(reading, j):
            top = _top(reading, j)
            close = all(reading.upos[k] in ("ADV", "ADP", "SCONJ", "PART", "PUNCT") for k in range(i + 1, j))
            return j if reading.rels[top] != "acl:relcl" and (close or reading.rels[top] == "ccomp" or reading.words[j].lower() == "whether") else None
        if reading.upos[j] not in BETWEEN and j not in own:
            return None
    return None


def clause_at(reading: Reading, j: int) -> Words:
    """The clause that word ``j`` opens, when it asks and does not tell of whom or what it is."""
    return _clause_from(reading, j) if _opens(reading, j) and reading.rels[_top(reading, j)] != "acl:relcl" else ()


def _top(reading: Reading, j: int) -> int:
    """The highest word above ``j`` that does not stand before it."""
    top = j
    while reading.heads[top] > j and reading.heads[top] != top:
        top = reading.heads[top]
    return top


def _clause_from(reading: Reading, opener: int) -> Words:
    """The clause that a word opens; of "what", which may hang beside it, with the words that follow."""
    if reading.words[opener - 1].lower() in PREPOSITIONS and reading.rels[opener - 1] == "case" and reading.heads[opener - 1] >= opener:
        opener -= 1
    top = _top(reading, opener)
    words = [j for j in reading.subtree(top) if j >= opener]
    after = opener + 1
    if len(words) == 1 and after < reading.bounds[reading.sentence_of[opener]][1] and reading.upos[after] not in ("PUNCT", "CCONJ"):
        words += [j for j in reading.subtree(_top(reading, after)) if j > opener]
    return _without_asides(reading, range(opener, words[-1] + 1))


def _without_asides(reading: Reading, words: range) -> Words:
    """The words without clauses behind a comma at their end: "where ...", "given ...", "but ..." go beyond what is asked."""
    words = range(words[0], next((j for j in words[1:] if reading.words[j] == "?"), words.stop))
    closing = (j for j in words[:-1] if reading.words[j] in CLOSING and not reading.quoted[j + 1])
    if reading.quoted[words[0]] and (end := next(closing, None)) is not None:
        return tuple(range(words[0], end))
    for j in words[2:]:
        if reading.words[j - 1] == "," and (reading.words[j].lower() in ASIDE or _is_aside(reading, _top(reading, j), words)):
            return tuple(range(words[0], j - 1))
    return tuple(words)


def _is_aside(reading: Reading, top: int, words: range) -> bool:
    """Is it a clause of its own that ends the words, and does not ask either?"""
    rel = reading.rels[top].split(":")[0]
    own = rel in ("advcl", "acl", "parataxis") or (rel == "conj" and any(reading.rels[c].startswith("nsubj") for c in reading.children[top]))
    return own and reading.heads[top] in words and reading.subtree(top)[-1] >= words[-1] and not _asks(reading, top)


def _asks(reading: Reading, clause: int) -> bool:
    """Is it another clause that asks ("who fired, or whether")?"""
    words = [j for j in reading.subtree(clause)[:4] if reading.upos[j] != "CCONJ"]
    return any(_opens(reading, j) and reading.words[j].lower() not in ("where", "when", "if") for j in words[:2])


def that_clause(reading: Reading, i: int) -> Words:
    """The clause of "not clear that"."""
    for word in (i, *_above(reading, i)):
        for c in reading.children[word]:
            mark = next((j for j in reading.children[c] if reading.rels[j] == "mark" and reading.words[j].lower() == "that"), i)
            if reading.rels[c] in ("ccomp", "csubj") and c > i and reading.lemmas[word].lower() != "make":
                return tuple(j for j in reading.subtree(c) if j > mark)
    return ()


def subject_of(reading: Reading, i: int) -> Words:
    """The phrase of which a predicate says it; a pronoun tells nothing."""
    words = [i]
    if reading.rels[i].split(":")[0] in ("xcomp", "obl", "obj", "advmod") and reading.lemmas[reading.heads[i]].lower() in LINKING:
        words.append(reading.heads[i])
    for c in (c for word in words for c in reading.children[word]):
        noun = reading.rels[c].startswith("nsubj") and reading.upos[c] in ("NOUN", "PROPN")
        if c > i + 1 and reading.lemmas[i + 1].lower() == "be" and reading.upos[c] in ("NOUN", "PROPN"):  # "also uncertain is the treaty"
            return tuple(reading.subtree(c))
        phrase = tuple(j for j in reading.subtree(c) if j < i)
        if phrase and reading.words[c].lower() in ("that", "which") and reading.rels[c].startswith("nsubj") and reading.rels[i] == "acl:relcl":
            return _antecedent(reading, reading.heads[i], c)
        if phrase and ((noun and reading.words[phrase[0]].lower() not in WH | {"no"}) or (reading.rels[c].startswith("csubj") and len(phrase) > 2)):
            return phrase
    return ()


def _antecedent(reading: Reading, noun: int, relative: int) -> Words:
    """What a relative clause tells of ("issues that have not been resolved"), without what only leads to it."""
    aside = {j for d in reading.children[noun] if reading.rels[d] in ("case", "advmod", "mark") for j in reading.subtree(d)}
    return tuple(j for j in reading.subtree(noun) if j < relative and j not in aside)


def headline(reading: Reading, i: int) -> Words:
    """What stands before the last word of a line without a verb ("Fate of Hostages Unclear")."""
    first, last = reading.bounds[reading.sentence_of[i]]
    bare = i == last - 1 and not any(reading.upos[j] in ("VERB", "AUX") for j in range(first, last))
    return tuple(range(first, i)) if bare else ()


def asked_before(reading: Reading, i: int) -> Words:
    """The question of the sentence before, to which nobody could say or know more."""
    number = reading.sentence_of[i]
    told = any(reading.rels[c] in ("obj", "ccomp", "xcomp", "advcl", "obl") and c > i for c in reading.children[i])
    first, last = reading.bounds[number - 1] if number else (0, 0)
    while last > first and reading.words[last - 1] in CLOSING:
        last -= 1
    asks = last > first + 2 and reading.words[last - 1] == "?" and not reading.quoted[first]
    return tuple(range(first, last - 1)) if asks and not told else ()


def direct_choice(reading: Reading, sentence: int) -> tuple[Words, Words] | None:
    """The two answers of a direct question that names both ("Did A call B, or did B call A?"): not one that is quoted, nor of "I", "we" or "you"."""
    first, last = reading.bounds[sentence]
    start = next((j for j in range(first, last) if reading.upos[j] == "AUX" and reading.words[j][0].isupper()), last)
    if (
        reading.words[last - 1] != "?"
        or start == last
        or start - first > DATELINE
        or reading.quoted[start]
        or not SPEAKERS.isdisjoint(_lower(reading, start, last))
    ):
        return None
    for i in range(start + 2, last - 2):
        if reading.words[i].lower() == "or" and (reading.upos[i + 1] == "AUX" or reading.words[i - 1] == ","):
            return tuple(range(start, i)), tuple(range(i + 1, last - 1))
    return None


def listed_answers(reading: Reading, first: int) -> tuple[Words, ...]:
    """The answers listed at the end of the sentence of a question that begins at word ``first`` ("which side asked, the government or the rebels")."""
    stop = reading.bounds[reading.sentence_of[first]][1] - 1
    mark = next((j for j in range(first, stop) if reading.words[j] in (",", ":") and not _has_verb(reading, j + 1, stop)), stop)
    cuts = [mark, *(j for j in range(mark + 1, stop) if reading.words[j].lower() in (",", "or")), stop]
    parts = [tuple(range(a + 1, b)) for a, b in pairwise(cuts) if b > a + 1]
    return tuple(parts) if "or" in _lower(reading, mark, stop) and len(parts) > 1 else ()


def _has_verb(reading: Reading, first: int, last: int) -> bool:
    return any(reading.upos[j] in ("VERB", "AUX") for j in range(first, last))


def _lower(reading: Reading, first: int, last: int) -> set[str]:
    return {w.lower() for w in reading.words[first:last]}


def topic_of(reading: Reading, i: int) -> Words:
    """What a noun is about, without the preposition."""
    for c in reading.children[i]:
        if c > i and reading.rels[c].startswith(("nmod", "acl", "obl")) and reading.upos[c] != "PRON" and (case := reading.case_of(c)) in ABOUT:
            after = max(j for j in reading.children[c] if reading.words[j].lower() == case and reading.rels[j] == "case")
            return tuple(j for j in reading.subtree(c) if j > after)
    return ()
