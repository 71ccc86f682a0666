"""Reading + cast -> statements: who says what words (source, cue, content), nested as they stand in each other.

Spans come from the attribution heads, what belongs together from the links between a cue and the words around it. A quotation without a cue keeps the
speaker of the quotation before it (PARC/PolNeAR guidelines: continued direct speech).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace
from itertools import accumulate

import msgspec

from backchannel import records as r
from backchannel.coder.confidence import calibrated
from backchannel.coder.parties.cast import Cast
from backchannel.coder.statements.complements import LIKELY, OUTSIDE, UNSAID, announcing, clause_of, likely_cues, object_of, phrase_of, speaker
from backchannel.coder.statements.edges import MIN_WORDS, governing, in_text, opened, outside, whole
from backchannel.coder.statements.quotations import below, introduced, spread, unannounced
from backchannel.coder.statements.said import Said
from backchannel.coder.statements.stances import DENYING, cue_stance, denied_words, is_talk, stance_of
from backchannel.coder.statements.turns import turns, with_turns
from backchannel.coder.syntax.passives import passives
from backchannel.coder.syntax.spans import holders, source_at, span_of
from backchannel.reader import Reading
from backchannel.reader.encoder import Floats

LINKED = 0.35  # mean link probability from which a content or source belongs to a cue; best triple F1 on gold/train in steps of .05
LOOSE = 0.15  # the same for the only candidate of the cue's own sentence
OF_CUES = ("content", "source")  # roles of the links that are looked at here
MEDIUM = re.compile(r"(the|its|that|this) (report|article|\w*paper|daily|magazine|outlet|\w*site|broadcaster|channel|network|station|(news )?agency)$", re.I)
PASSIVE = 0.6  # score of what only the tree tells
OF_OBJECTS = frozenset(("accuses", "demands", "denies"))  # stances of a cue whose object is what is said
THIRD = frozenset(("he", "she", "they"))
CITING = frozenset(("citing", "quoting"))
SPEAKING = frozenset("person people media ministry office government military igo ngo armed_group party company".split())  # kinds of who can be cited
OCCASIONS = frozenset(
    "conference briefing interview speech address statement tweet letter memo hearing testimony post rally meeting call remark remarks report broadcast".split()
)  # lemmas of common nouns


def statements(reading: Reading, cast: Cast, report: r.Report) -> tuple[r.Statement, ...]:
    """The statements of a reading, in text order, with keys s1, s2, ..."""
    contents = [c for c in (opened(reading, in_text(reading, c)) for c in whole(reading, reading.spans("content"))) if c[1] - c[0] >= MIN_WORDS]
    sources = whole(reading, reading.spans("source"))
    cues = reading.spans("cue")
    linked = reading.role_scores([range(*cue) for cue in cues], OF_CUES)
    found = [s for cue, links in zip(cues, linked, strict=True) if (s := _at_cue(reading, cue, links, cues, _near(sources, links), _near(contents, links)))]
    passive = [Said(cue, source, content, PASSIVE, ["said in the passive, by the tree"]) for cue, source, content in passives(reading)]
    for told in (passive, _cited(reading, cast, found, sources)):
        found = [s for s in found if not any(s.cue and s.cue[0] <= p.cue[0] < s.cue[1] for p in told if p.cue)] + told
    found = _distinct([part for s in _distinct(found) for part in _each_confirming(reading, cast, s)])
    found = [governing(reading, s) for s in found]
    found = below(reading, cues, spread(reading, [*found, *introduced(reading, cues, found)]))
    found = [s if s.source or not s.cue else _by_tree(reading, s) for s in found]
    found += unannounced(reading, cast, contents, found)
    claimed = {i for s in found for i in range(*s.content)}
    denials = [(i, i + 1) for i in reading.having(DENYING) if (noun := denied_words(reading, i)) is not None and is_talk(reading, noun)]
    found += _governed(reading, [*dict.fromkeys((*cues, *denials)), *announcing(reading, (c for c in contents if claimed.isdisjoint(range(*c))))], found)
    found = with_turns(found, turns(reading, cast, found))
    inside = holders((s.cue[0] for s in found if s.cue), found, lambda o: o.content)
    found = [_by_own_subject(reading, s, inside[s.cue[0]]) if s.cue else s for s in found]
    found.sort(key=lambda s: (s.content[0], -s.content[1], s.cue or (0, 0)))
    keys = [f"s{n + 1}" for n in range(len(found))]
    rows = zip(found, keys, _within(reading, cast, found, keys), strict=True)
    return _media_named(cast, [_record(reading, cast, report, s, key, within) for s, key, within in rows])


def _media_named(cast: Cast, records: list[r.Statement]) -> tuple[r.Statement, ...]:
    """ "The report", "the newspaper" as a source is the medium that was the source before it."""
    last: str | None = None
    out = []
    for s in records:
        if s.source and last and MEDIUM.match(s.source.text) and not _is_known(cast, s.source.actor):
            s = msgspec.structs.replace(s, source=msgspec.structs.replace(s.source, actor=last), why=(*s.why, f"'{s.source.text}' is {cast.get(last).name}"))
        elif s.source and s.source.actor and cast.get(s.source.actor).kind == "media":
            last = s.source.actor
        out.append(s)
    return tuple(out)


def _is_known(cast: Cast, key: str | None) -> bool:
    """Does a description already stand for a body of the register, which is no medium ("the agency" for the nuclear one)?"""
    return key is not None and cast.get(key).entity is not None and cast.get(key).kind != "media"


def _at_cue(
    reading: Reading,
    cue: tuple[int, int],
    links: tuple[int, Floats],
    cues: list[tuple[int, int]],
    sources: list[tuple[int, int]],
    contents: list[tuple[int, int]],
) -> Said | None:
    """The statement a cue announces. ``cues``: all, what lies beyond the next sentence's speaker is no part of it."""
    base, scores = links
    end = base + len(scores)
    sentence = reading.sentence_of[cue[0]]
    sums = {role: list(accumulate(row, initial=0.0)) for role, row in zip(OF_CUES, scores.T.tolist(), strict=True)}

    def mean(role: str, lo: int, hi: int) -> float:
        lo, hi = max(lo, base), min(hi, end)
        return (sums[role][hi - base] - sums[role][lo - base]) / (hi - lo) if lo < hi else 0.0

    rated = sorted(((mean("content", *c), c) for c in contents if not (c[0] <= cue[0] and cue[1] <= c[1] and mean("content", *c) < 0.6)), reverse=True)
    own = [c for s, c in rated if s >= LINKED]
    if not own and rated and rated[0][0] >= LOOSE and reading.sentence_of[rated[0][1][0]] == sentence:
        own = [rated[0][1]]
    if not own:
        return None
    best = own[0]
    paragraph = reading.paragraph_of(cue[0])  # a quotation broken by its cue stays in the cue's paragraph
    near = [c for c in own if reading.paragraph_of(c[0]) == paragraph] if reading.paragraph_of(best[0]) == paragraph else [best]
    near = [c for c in near if not any(o != cue and reading.sentence_of[o[0]] != sentence for o in _between(cues, best, c))]
    content = (min(c[0] for c in near), max(c[1] for c in near))
    source_rated = sorted(((mean("source", *s), s) for s in sources), reverse=True)
    source = next((s for score, s in source_rated if score >= LINKED), None)
    if source is None and source_rated and source_rated[0][0] >= LOOSE:
        source = source_rated[0][1]
    score = min(max(0.6 * rated[0][0] + 0.4 * (source_rated[0][0] if source_rated else 0.0), 0.0), 1.0)
    why = [f"cue '{reading.quote(*cue)}'", f"content link {rated[0][0]:.2f}"]
    if source:
        why.append(f"source link {source_rated[0][0]:.2f}")
    return Said(cue, source, outside(reading, content, cue, source), score, why)


def _between(cues: list[tuple[int, int]], one: tuple[int, int], other: tuple[int, int]) -> list[tuple[int, int]]:
    """The cues (in text order) that begin between two contents."""
    return cues[bisect_left(cues, (min(one[1], other[1]),)) : bisect_left(cues, (max(one[0], other[0]),))]


def _governed(reading: Reading, cues: list[tuple[int, int]], found: list[Said]) -> list[Said]:
    """What is announced by cues that no content is linked to, or only what another one announces, and by likely ones inside a content; a mere object is, when
    it is denied, demanded or accused.
    """
    known = {i for s in found if s.cue for i in range(*s.cue)}
    left = [cue for cue in cues if not known & set(range(*cue)) and reading.quote(*cue).lower() not in CITING]
    held = {i for s in found if s.cue for i in range(*s.content)} - known - {i for cue in left for i in range(*cue)}
    out: list[Said] = []
    sources: dict[tuple[str, int], list[tuple[int, int] | None]] = defaultdict(list)  # of contents by where they begin and end
    for edge, of in ((edge, s.source) for s in found for edge in _edges(s.content)):
        sources[edge].append(of)
    free = (i for i in range(len(reading.words)) if i not in held and i not in known)
    for cue in [*left, *likely_cues(reading, sorted(held), LIKELY), *likely_cues(reading, free, OUTSIDE)]:
        words = reading.quote(*cue)
        denied = denied_words(reading, cue[0]) is not None
        content = clause_of(reading, cue) or (object_of(reading, cue) if denied or cue_stance(words) in OF_OBJECTS else None)
        source = speaker(reading, cue)
        alike = [x for edge in _edges(content) for x in sources[edge] if x] if content else []
        if content and source and not any(x[0] < source[1] and source[0] < x[1] for x in alike):
            out.append(Said(cue, source, content, PASSIVE, [f"what '{words}' governs"]))
            for edge in _edges(content):
                sources[edge].append(source)
    return out


def _edges(content: tuple[int, int]) -> tuple[tuple[str, int], tuple[str, int]]:
    return ("from", content[0]), ("to", content[1])


def _by_own_subject(reading: Reading, s: Said, around: list[Said]) -> Said:
    """The statement; one inside another's content is by its verb's own subject ("Lavrov said the Americans told us that ...")."""
    if not s.cue or not any(o is not s and s.source in (o.source, None) for o in around):
        return s
    subject = next((c for c in reading.children[reading.head_of(*s.cue)] if reading.rels[c] == "nsubj"), None)
    source = speaker(reading, s.cue) if subject is not None and reading.words[subject].lower() not in UNSAID else None
    return replace(s, source=source, why=[*s.why, "its verb's subject"]) if source and (not s.source or source[0] > s.source[1]) else s


def _by_tree(reading: Reading, s: Said) -> Said:
    """The statement by whom the tree has its cue belong to."""
    source = speaker(reading, s.cue) if s.cue else None
    return replace(s, source=source, why=[*s.why, "its cue's subject"]) if source and not (s.content[0] < source[1] and source[0] < s.content[1]) else s


def _near(spans: list[tuple[int, int]], links: tuple[int, Floats]) -> list[tuple[int, int]]:
    """Of spans in text order those that reach into the words the links speak of: no other can be linked."""
    base, end = links[0], links[0] + len(links[1])
    return spans[max(0, bisect_left(spans, (base,)) - 1) : bisect_left(spans, (end,))]


def _joins(reading: Reading, word: int) -> bool:
    """Is the word joined by "and" to the one it hangs from? (also where the tree takes a second name for an apposition)"""
    return reading.rels[word] == "conj" or (reading.rels[word] == "appos" and any(reading.rels[i] == "cc" for i in reading.subtree(word)))


def _each_confirming(reading: Reading, cast: Cast, s: Said) -> list[Said]:
    """Two parties that confirm or deny one thing together are two statements: each speaks for its own side (records.md, source chains)."""
    if not s.source or not s.cue or stance_of(reading, s) not in ("confirms", "denies"):
        return [s]
    lo, hi = s.source
    head = reading.head_of(lo, hi)
    second = next((c for c in reading.children[head] if lo <= c < hi and _joins(reading, c)), None)
    if second is None:
        return [s]
    split = min(reading.subtree(second))
    while split > lo and (reading.rels[split - 1] == "cc" or reading.words[split - 1] == ","):
        split -= 1
    begin = next((i for i in range(split, hi) if reading.rels[i] != "cc" and reading.words[i] != ","), hi)
    parts = [(lo, split), (begin, hi)]
    keys = [{k for i in range(*part) for k in cast.at.get(i, ())} for part in parts]
    if not all(keys) or keys[0] == keys[1]:
        return [s]
    return [replace(s, source=part, why=[*s.why, "one of two that vouch for it"]) for part in parts]


def _cited(reading: Reading, cast: Cast, found: list[Said], sources: list[tuple[int, int]]) -> list[Said]:
    """Whom a speaker cites for his words ("Reuters reported, citing two officials"); a reason that is cited is no source."""
    out = []
    for s in found:
        if not s.cue:
            continue
        above = {reading.head_of(*part) for part in (s.cue, s.source) if part} | set(range(*s.content))
        apart = set(range(*s.cue)) | set(range(*s.content))  # within the content who is spoken of cites
        for verb in range(*reading.bounds[reading.sentence_of[s.cue[0]]]):
            if reading.words[verb].lower() not in CITING or verb in apart or reading.rels[verb] not in ("advcl", "acl") or reading.heads[verb] not in above:
                continue
            cited = next((c for c in reading.children[verb] if reading.rels[c] in ("obj", "iobj")), None)
            source = next((x for x in sources if cited is not None and x[0] <= cited < x[1]), None)
            if source is None and cited is not None and any(cast.get(k).kind in SPEAKING for k in cast.at.get(cited, ())):
                source = phrase_of(reading, cited)
            if source is not None and source != s.source:
                out.append(Said((verb, verb + 1), source, s.content, PASSIVE, ["cited, by the tree"], s.cue))
    return out


def _distinct(found: list[Said]) -> list[Said]:
    """Two cues that announce the same words from the same source are one statement: the better one stays."""
    kept: list[Said] = []
    sources: dict[tuple[int, int], list[tuple[int, int] | None]] = defaultdict(list)  # content -> who is already kept as saying it
    for s in sorted(found, key=lambda s: -s.score):
        known = sources[s.content]
        if not known or (s.source and s.source not in known):
            kept.append(s)
            known.append(s.source)
    return sorted(kept, key=lambda s: s.content)


def _within(reading: Reading, cast: Cast, found: list[Said], keys: list[str]) -> list[str | None]:
    """For each statement the key of the smallest other whose content holds its cue and content; of two that announce the same words, that without its cue
    among them is the outer one, else a medium's ("The Post reported ..., according to two officials").
    """
    extents = [(min(s.content[0], cue[0]), max(s.content[1], cue[1])) for s in found for cue in (s.cue or s.content,)]
    around = holders((lo for lo, _ in extents), zip(found, keys, strict=True), lambda pair: pair[0].content)
    by_medium = {s.content: k for s, k in zip(found, keys, strict=True) if _is_medium(reading, cast, s)}
    by_cue: dict[tuple[tuple[int, int], tuple[int, int] | None], str] = {(s.content, s.cue): k for s, k in zip(found, keys, strict=True) if s.cue}
    carrying = {*by_medium.values(), *(by_cue.get((s.content, s.outer)) for s in found)}
    whose = {k: _whose(reading, cast, s) for s, k in zip(found, keys, strict=True)}
    out: list[str | None] = []
    for s, key, (lo, hi) in zip(found, keys, extents, strict=True):
        others = ((o, k) for o, k in around.get(lo, []) if o is not s and (not whose[k] & whose[key] or _is_another(reading, o, s)))
        holding = [(o.content[1] - o.content[0], k) for o, k in others if hi <= o.content[1] and (o.content != s.content or _tells(o, s)) and o.cue != s.cue]
        carried = by_cue.get((s.content, s.outer)) or by_medium.get(s.content)
        smallest = min(holding, default=(0, ""))[0]
        inner = [k for size, k in holding if size == smallest and k not in carrying] or [k for size, k in holding if size == smallest]
        out.append(inner[0] if inner else carried if carried != key and s.source and not _is_medium(reading, cast, s) else None)
    return out


def _is_another(reading: Reading, outer: Said, inner: Said) -> bool:
    """Is who speaks inside a quotation "he", whom its speaker cannot mean himself by?"""
    if not inner.source or not outer.content[0] <= inner.source[0] < outer.content[1]:
        return False
    return reading.quoted[inner.source[0]] and reading.words[inner.source[0]].lower() in THIRD


def _tells(outer: Said, inner: Said) -> bool:
    """Of two statements of the same words, is the cue of the one among the words of the other ("Officials said the ministers spoke of ...")?"""
    first, last = outer.content
    return inner.cue is not None and first <= inner.cue[0] < last and not (outer.cue and first <= outer.cue[0] < last)


def _whose(reading: Reading, cast: Cast, s: Said) -> set[tuple[int, int] | str]:
    """The words that name the speaker, and who he is."""
    source = source_at(reading, cast, s.source) if s.source else None
    return {x for x in (s.source, source and source.actor) if x}


def _is_medium(reading: Reading, cast: Cast, s: Said) -> bool:
    """Is the speaker a news outlet?"""
    source = source_at(reading, cast, s.source) if s.source else None
    return bool(source and source.actor) and cast.get(source.actor).kind == "media"  # type: ignore[union-attr,arg-type]


def _record(reading: Reading, cast: Cast, report: r.Report, s: Said, key: str, within: str | None) -> r.Statement:
    content = span_of(reading, *s.content)
    breaking = _breaking(reading, s)
    inner = [i for i in range(*s.content) if i not in breaking and not (s.source and s.source[0] <= i < s.source[1]) and reading.words[i][:1].isalnum()]
    source = source_at(reading, cast, s.source) if s.source else None
    source = msgspec.structs.replace(source, actor=s.whose) if source and s.whose else source
    return r.Statement(
        key=key,
        id="s" + r.digest(report.id, "statement", content.start, content.end, source.start if source else ""),
        source=source,
        cue=span_of(reading, *s.cue) if s.cue else None,
        content=content,
        verbatim=s.spoken or (bool(inner) and sum(reading.quoted[i] for i in inner) / len(inner) > 0.9),
        addressee=_addressee(reading, s),
        occasion=_occasion(reading, s),
        stance=stance_of(reading, s),  # type: ignore[arg-type]
        within=within,
        confidence=calibrated("statement" if s.cue else "quotation", s.score),
        why=tuple(s.why),
    )


def _breaking(reading: Reading, s: Said) -> range:
    """The report's own words around a cue that breaks a quotation; the cue alone where what is said is no quotation on both sides."""
    if not s.cue:
        return range(0)
    (lo, hi), (first, last) = s.cue, s.content
    while lo > first and not reading.quoted[lo - 1]:
        lo -= 1
    while hi < last and not reading.quoted[hi]:
        hi += 1
    return range(lo, hi) if first < lo and hi < last else range(*s.cue)


def _addressee(reading: Reading, s: Said) -> r.Span | None:
    """To whom: the object of "told"."""
    if not s.cue:
        return None
    said = set(range(*s.content)).difference(_breaking(reading, s))
    for i in range(*s.cue):
        if reading.lemmas[i] in ("tell", "inform", "assure", "remind", "warn", "urge", "ask"):
            for child in reading.children[i]:
                if reading.rels[child] in ("obj", "iobj") and child not in said:
                    words = [w for w in reading.subtree(child) if w not in said and w < i + 12]
                    return span_of(reading, words[0], words[-1] + 1) if words else None
    return None


def _occasion(reading: Reading, s: Said) -> r.Span | None:
    """During what: the prepositional phrase or when-clause at the cue that names an interview, a press conference, a letter ..."""
    if not s.cue:
        return None
    inside = set(range(*s.content)).difference(_breaking(reading, s)) | set(range(*s.source) if s.source else ())
    verb = reading.head_of(*s.cue)
    for child in sorted({c for v in (verb, reading.heads[verb]) for c in reading.children[v]}):
        words = reading.subtree(child)
        if child in inside or inside & set(words):
            continue
        phrase = reading.quote(words[0], words[-1] + 1)
        clause = reading.rels[child].startswith("advcl") and phrase.lower().startswith(("when", "asked")) and "ask" in phrase.lower()
        if clause or (reading.rels[child] in ("obl", "nmod") and reading.lemmas[child] in OCCASIONS and len(words) < 20):
            return span_of(reading, words[0], words[-1] + 1)
    return None
