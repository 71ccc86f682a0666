"""Which time expression is an event's: every one in its chunk is a candidate, rated by the links, the tree and what it is (``choosing.py``); deadlines apart.

What tells when something was said is the time of an act that is done by saying it. The report's date is never put in its place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log1p

import numpy as np
from msgspec.structs import replace as change

from backchannel import records as r
from backchannel.coder import times as timex
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.acts.competing import Candidate, among
from backchannel.coder.acts.roles import Links
from backchannel.coder.acts.speaking import BY_WORDS, SAID
from backchannel.coder.acts.status import FORWARD
from backchannel.coder.acts.tenses import tenses
from backchannel.coder.choosing import network
from backchannel.coder.syntax import ways
from backchannel.coder.syntax.clauses import Clause, clause_of, in_common
from backchannel.coder.syntax.spans import content_of, holders
from backchannel.coder.times.calendar import PAST, Tense
from backchannel.coder.times.resolving import day_of, is_day_of
from backchannel.reader import Reading
from backchannel.reader.encoder import Floats
from backchannel.reader.labels import ROLES

LIKELY = 0.28  # an expression of its sentence is the act's from here on: right and open acts of both sets rise, from 0.35 only the open ones
LIKELY_BEFORE, LIKELY_AFTER = 0.5, 0.6  # one of a sentence before or after it; from 0.45 three more of those before are right and six more false
TELLING = ("when", "deadline", "ARGM-TMP", "trigger", "condition", "topic")  # links that tell for or against it
TELLING_AT = [ROLES.index(role) for role in TELLING]
BOUNDS = frozenset(("before", "by", "until", "within", "before_or_on"))
BEGUN = frozenset(("happened", "ongoing", "ended"))  # no act of these statuses lies ahead
WEEK = 7  # days
SENTENCES = 3  # before the act's, whose expressions may be its time also where another chunk begins between
STEPS = 6  # arcs between an expression and its event at most
CONTINUED = 800  # characters within which a speaker goes on: what he added was said when the rest was; from 400 to 1,500 nothing changes on gold/train
RANKED = frozenset("first second third only worst best".split())
NOT_RANKED = frozenset("latest honest modest west east".split())  # adjectives in -est that are no superlatives, or none that counts from a day
ADDING = frozenset(("add", "continue"))
BEGINNING = frozenset("begin start launch erupt commence".split())
COARSE = frozenset(("month", "season", "year"))  # what goes on and is dated to one in the past is open in 42 of 53 annotated cases, to a day in 20 of 47


class Times:
    """The time expressions of a report and where they stand among its words."""

    def __init__(
        self,
        reading: Reading,
        expressions: tuple[r.TimeExpression, ...],
        anchors: list[Anchor],
        said: tuple[r.Statement, ...],
        published: r.When | None,
        parties: Mapping[int, tuple[str, ...]],
    ) -> None:
        """``parties``: word -> keys of the actors its mention stands for."""
        self.reading, self.anchors, self.published, self.parties = reading, anchors, published, parties
        self.owner = {i: n for n, a in enumerate(anchors) for i in a.words}
        placed = sorted((words[0], e.start, e, words) for e in expressions if (words := _words_of(reading, e)))
        self.tense = tenses(reading)
        self.firsts = [first for first, *_ in placed]
        self.expressions = [(e, words) for _, _, e, words in placed]
        self.told = Counter(_ends(e) for e, _ in self.expressions)
        self.opening = next((n for n, (e, _) in enumerate(self.expressions) if e.when.start and e.when.direction != "future"), None)
        self.dated = {i for _, words in self.expressions for i in words}
        cues: dict[int, list[r.Statement]] = defaultdict(list)  # word of a cue -> what it says
        for statement in said:
            for i in _words_of(reading, statement.cue) if statement.cue else ():
                cues[i].append(statement)
        self._clauses: dict[int, Clause] = {}
        self.own = {i: {s.key for s in found} for i, found in cues.items()}
        self.dating = {n: {s.key for s in found} for n, (_, words) in enumerate(self.expressions) if (found := self._dated(words, cues))}
        self.said_on: dict[str, r.When] = {}  # statement -> when it was made
        for n, keys in self.dating.items():
            when = self.expressions[n][0].when
            if when.start and when.bound not in BOUNDS and when.direction != "future":
                self.said_on |= {k: when for k in keys if k not in self.said_on}
        self.holding = holders((reading.tokens[a.first].start for a in anchors), said, content_of)  # offset -> the statements in which it stands
        self.by_actor: dict[str, list[r.Statement]] = defaultdict(list)  # in the order of their contents
        for statement in sorted(said, key=content_of):
            if statement.source and statement.source.actor:
                self.by_actor[statement.source.actor].append(statement)

    def of(self, acts: Sequence[Links], statuses: Sequence[str], conditions: Sequence[r.Span | None]) -> list[r.When | None]:
        """The times of acts."""
        asked = [self.candidates(*own) for own in zip(acts, statuses, conditions, strict=True)]
        told = [self.described(links, status, own) for links, status, own in zip(acts, statuses, asked, strict=True)]
        rated = network("acts/when.npz").each([(*own, self.reading.act_vector(links.head)) for links, own in zip(acts, told, strict=True)])
        return [likeliest(own, p) for own, p in zip(asked, rated, strict=True)]

    def _within_reach(self, links: Links) -> Iterator[tuple[r.TimeExpression, list[int], int]]:
        """The expressions of an act's chunk and of the sentences just before it, and the first that the report looks back on, when that is its day (what else
        happened that day is news, too): itself, its words, its number.
        """
        reading = self.reading
        at = reading.sentence_of[links.head]
        first = bisect_left(self.firsts, min(links.base, reading.bounds[max(0, at - SENTENCES)][0]))
        last = bisect_left(self.firsts, max(links.end, reading.bounds[min(len(reading.bounds) - 1, at + 1)][1]))
        opening = [] if self.opening is None or first <= self.opening < last else [self.opening]
        today = (n for n in opening if is_day_of(self.expressions[n][0].when, self.published))
        for n in (*today, *range(first, last)):
            e, words = self.expressions[n]
            yield e, [w for w in words if w < links.end] or words, n

    def candidates(self, links: Links, status: str, condition: r.Span | None) -> list[Candidate]:
        """What may tell when an act was or will be."""
        found, anchor = [], links.anchor
        for said, inside, n in self._within_reach(links):
            whole, e = self.expressions[n][1], said
            if self.near(anchor, inside):
                e = self._looking_back(anchor, said) if status in BEGUN else self._looking_ahead(anchor, said, inside) if status in FORWARD else said
            ahead = e.when.direction == "future" and status in BEGUN
            bounds = e.when.bound in BOUNDS and not (self._when_of(anchor, whole) or (status in BEGUN and self._was_by(anchor, e, inside)))
            if not bounds and (e.when.start or e.when.end) and not ahead and not _holds(condition, e):
                compares = e.when.bound == "since" and self._ranks(whole) and not self._starts_since(anchor, whole)
                away = self.reading.sentence_of[inside[0]] - self.reading.sentence_of[links.head]
                found.append(Candidate(inside[0], inside, e, self._as_time_of(anchor, e, whole, status), self._tells_saying(anchor, n), compares, away))
        return found

    def described(self, links: Links, status: str, candidates: list[Candidate]) -> tuple[Floats, list[tuple[str, ...]]]:
        """Numbers (candidates, D) and words of each kind for the network."""
        if not candidates:
            return np.zeros((0, 0), np.float32), []
        reading, act, anchor = self.reading, links.head, links.anchor
        of_act = (*links.words, reading.feats[act], status)
        nothing = np.zeros((1, len(TELLING)), np.float32)  # a last row for words of other chunks, to which nothing is linked
        scores = np.concatenate([links.scores[:, TELLING_AT], nothing])
        places = [[i - links.base if links.base <= i < links.end else -1 for i in c.words] for c in candidates]
        odds = ways.log_odds(ways.best_over(scores, places))
        opening = _ends(self.expressions[self.opening][0]) if self.opening is not None else None
        clause, paragraph = self._clause(act), reading.paragraph_of(anchor.first)
        goes_on = (clause.subject, clause.opening, clause.adverb)
        voice = (self.is_own(anchor), self._is_past(anchor))
        numbers, words = [], []
        for c in candidates:
            head = reading.head_of(c.words[0], c.words[-1] + 1)
            steps = None if c.away else ways.way(reading, links.heights, head)
            gap = log1p(abs(c.first - anchor.first)) / 3
            placed = (abs(c.away) / 3, gap if c.first > anchor.first else -gap, not c.away and self.near(anchor, c.words), c.tells_saying)
            governor = self.owner.get(reading.heads[head])
            others = governor is not None and self.anchors[governor] is not anchor
            between = -1 if c.away else sum(i in self.owner for i in range(min(head, act) + 1, max(head, act)))
            clauses = (*voice, self._under(anchor, c.words), others, min(between, 3) / 3)
            linked, beside = links.base <= c.first < links.end, reading.paragraph_of(c.first) == paragraph
            numbers.append((*placed, *clauses, not linked, beside, log1p(self.told[_ends(c.expression)]) / 2, _ends(c.expression) == opening))
            own = (reading.case_of(head), ways.relation(reading, head), reading.upos[head], reading.lemmas[reading.heads[head]])
            when = c.expression.when
            what = (c.expression.timex.type, str(when.bound), str(when.direction), str(c.when.precision))
            words.append((*of_act, ways.told(steps, c.away), *own, *what, in_common(clause, self._clause(head)), *goes_on))
        where = (reading.tokens[act].start, reading.sentence_of[act], len(reading.bounds))
        return np.concatenate([odds, np.array(numbers, np.float32), among(candidates, *where, self.published)], 1), words

    def _clause(self, word: int) -> Clause:
        """The clause of a word, found once."""
        if word not in self._clauses:
            self._clauses[word] = clause_of(self.reading, self.parties, word)
        return self._clauses[word]

    def due_in(self, condition: r.Span) -> str | None:
        """The words of a deadline in a condition ("if it does not leave *by Friday*")."""
        return next((e.when.text for e, _ in self.expressions if e.when.bound in BOUNDS and _holds(condition, e)), None)

    def of_saying(self, anchor: Anchor, event: str, status: str, actors: Sequence[str]) -> r.When | None:
        """When the words were said by which an act is done: of an accusation, a threat ... told in the words of whoever makes it. What he did before he spoke
        ("said that he had rejected the plan") is no such act. A quotation without a cue, and what is added, go on with what was said before.
        """
        if event not in BY_WORDS or status != "happened" or (event != "ACCUSE" and self._is_past(anchor)):
            return None
        around = [s for s in self._around(anchor) if s.source and s.source.actor in actors]
        inner = min(around, key=lambda s: s.content.end - s.content.start, default=None)
        if inner is None or inner.source is None or not inner.source.actor:
            return None
        if when := self.said_on.get(inner.key):
            return when
        own = self.by_actor[inner.source.actor]
        at = bisect_left(own, content_of(inner), key=content_of)
        before = next((s for s in reversed(own[max(0, at - 3) : at]) if inner.content.start - s.content.start <= CONTINUED), None)
        return self.said_on.get(before.key) if before and self._goes_on(inner) else None

    def speaker(self, anchor: Anchor) -> str | None:
        """The actor who says the words in which an act is told, by the innermost statement; None: the report, or somebody whom it does not name."""
        inner = self.statement(anchor)
        return inner.source.actor if inner and inner.source else None

    def is_own(self, anchor: Anchor) -> bool:
        """Is an act told by the report itself?"""
        return not self._around(anchor)

    def statement(self, anchor: Anchor) -> r.Statement | None:
        """The innermost statement in whose content an anchor stands."""
        return min(self._around(anchor), key=lambda s: s.content.end - s.content.start, default=None)

    def _around(self, anchor: Anchor) -> list[r.Statement]:
        """The statements in whose content an anchor stands."""
        return self.holding.get(self.reading.tokens[anchor.first].start, [])

    def _goes_on(self, inner: r.Statement) -> bool:
        """Is a statement the rest of the one before: a quotation without a cue, or one that is added?"""
        words = _words_of(self.reading, inner.cue) if inner.cue else []
        return inner.cue is None or any(self.reading.lemmas[i].lower() in ADDING for i in words)

    def _is_past(self, anchor: Anchor) -> bool:
        """Is the act told by a verb in the past or the perfect?"""
        head = self.reading.head_of(anchor.first, anchor.last)
        have = any(self.reading.lemmas[c].lower() == "have" and self.reading.rels[c] == "aux" for c in self.reading.children[head])
        return self.reading.upos[head] == "VERB" and (have or "Tense=Past" in self.reading.feats[head])

    def _dated(self, words: list[int], cues: dict[int, list[r.Statement]]) -> list[r.Statement]:
        """The statements of which an expression tells when they were made: it hangs from their cue, or stands outside of what they say and below it."""
        i = self.reading.head_of(words[0], words[-1] + 1)
        if found := cues.get(self.reading.heads[i]):
            return found
        at = self.reading.tokens[words[0]].start
        for _ in range(STEPS):
            if found := cues.get(i):
                return [s for s in found if not s.content.start <= at < s.content.end]
            if self.reading.heads[i] == i:
                break
            i = self.reading.heads[i]
        return []

    def _tells_saying(self, anchor: Anchor, n: int) -> bool:
        """Does the expression tell when the words were said that hold the anchor? Not when the saying is the act itself."""
        own = {k for i in anchor.words for k in self.own.get(i, ())}
        return any(s.key in self.dating.get(n, ()) and s.key not in own for s in self._around(anchor))

    def _as_time_of(self, anchor: Anchor, e: r.TimeExpression, words: list[int], status: str) -> r.When:
        """The expression as the time of an act: a "since" that counts from the act is closed ("since the 2014 coup" dates the coup to 2014), what goes on since
        then is open ("since the strikes began on Monday"; "began in 2014", of a war that is not over).
        """
        if e.when.bound is None and e.when.start and self._goes_on_since(anchor, e.when, words, status):
            return change(e.when, end=None, precision="open", bound="since")
        closed = e.when.bound in BOUNDS or (e.when.bound == "since" and status != "ongoing" and self._starts_since(anchor, words))
        if not closed:
            return e.when
        alone = timex.find(self.reading.text, published=self.published, start=e.start, end=e.end)
        return alone[0].when if len(alone) == 1 and (alone[0].when.start == e.when.start or e.when.bound in BOUNDS) else e.when

    def _looking_back(self, anchor: Anchor, e: r.TimeExpression) -> r.TimeExpression:
        """A day of the week or a month as it is read of what is over, whatever the clause around it looks forward to; but the month of what is agreed or
        asked for ("agreed to a summit in December") may be ahead.
        """
        if e.when.direction != "future" or e.when.bound:
            return e
        tense: Tense = "past" if anchor.type in SAID else "did"
        past = timex.find(self.reading.text, published=self.published, start=e.start, end=e.end, tense=lambda _: tense)
        return past[0] if len(past) == 1 and past[0].when.start and past[0].when.direction != "future" else e

    def _looking_ahead(self, anchor: Anchor, e: r.TimeExpression, words: list[int]) -> r.TimeExpression:
        """A day of the week, or this week, as it is read of what is still to come; not the day on which it was offered or told ("said on Monday he would go").
        Of 77 days of the week annotated for what lies ahead and read as past 62 are the next ones, of 15 others nearly all are those of telling or offering.
        """
        told = self._is_past(anchor) if self._under(anchor, words) else self.tense(e.start) in PAST
        if told or e.when.direction == "future" or e.when.bound or not e.when.start or e.timex.type not in ("DATE", "TIME"):
            return e
        due = timex.find(self.reading.text, published=self.published, start=e.start, end=e.end, tense=lambda _: "future")
        if len(due) != 1 or due[0].when.start is None:
            return e
        first, will, until, end = (day_of(d) for d in (e.when.start, due[0].when.start, e.when.end, due[0].when.end))
        later = first and will and (will - first).days == WEEK
        return due[0] if later or (first == will and until and end and until < end) else e

    def _goes_on_since(self, anchor: Anchor, when: r.When, words: list[int], status: str) -> bool:
        """Does a time without "since" of its own tell since when an act goes on: that of a since-clause, or a past in which what still goes on began?"""
        reading = self.reading
        i = reading.head_of(words[0], words[-1] + 1)
        began = reading.lemmas[reading.heads[i]].lower() in BEGINNING
        if status == "ongoing" and when.direction == "past" and (began or when.precision in COARSE):
            return True
        head = reading.head_of(anchor.first, anchor.last)
        for _ in range(STEPS):
            if any(reading.rels[c] in ("mark", "case") and reading.words[c].lower() == "since" for c in reading.children[i]):
                return status == "ongoing" or head not in reading.subtree(i)
            if reading.heads[i] == i:
                break
            i = reading.heads[i]
        return False

    def _was_by(self, anchor: Anchor, e: r.TimeExpression, words: list[int]) -> bool:
        """Does what bounds an act that is over tell when it was ("by 2009 he was criticising", "seized before dawn on Friday")? Of 20 such annotated, 19."""
        tells = e.when.bound == "by" or (e.timex.type == "TIME" and e.when.bound == "before")
        return tells and e.when.direction != "future" and self.reading.sentence_of[anchor.first] == self.reading.sentence_of[words[0]]

    def _starts_since(self, anchor: Anchor, words: list[int]) -> bool:
        """Is the act what a "since" counts from ("since the coup in 2014", "since last year, when it left the deal")?"""
        reading = self.reading
        if self._when_of(anchor, words):
            return True
        i = reading.head_of(anchor.first, anchor.last)
        for _ in range(STEPS):
            marks = [c for c in reading.children[i] if reading.rels[c] in ("mark", "case") and reading.words[c].lower() == "since"]
            if i in words or (marks and words[0] in reading.subtree(i)):
                return True
            if reading.heads[i] == i:
                break
            i = reading.heads[i]
        return False

    def _when_of(self, anchor: Anchor, words: list[int]) -> bool:
        """Is the act what a "when" beside the expression tells ("before 1997, when it was handed over")?"""
        reading = self.reading
        after = next((i for i in range(words[-1] + 1, len(reading.words)) if reading.upos[i] != "PUNCT"), -1)
        if after < 0 or reading.words[after].lower() != "when":
            return False
        i = reading.head_of(anchor.first, anchor.last)
        for _ in range(STEPS):
            if after in reading.children[i]:
                return True
            if reading.heads[i] == i:
                break
            i = reading.heads[i]
        return False

    def _ranks(self, words: list[int]) -> bool:
        """Does a "since" tell how long nothing was like it ("for the first time since 2022", "the deadliest attack since the war"), not when it was?"""
        reading = self.reading
        since = next((i for i in range(words[0], max(words[0] - 9, -1), -1) if reading.words[i].lower() == "since"), 0)
        for i in range(since - 1, max(since - 13, -1), -1):
            low = reading.words[i].lower()
            if "VerbForm=Fin" in reading.feats[i] or low in ".;":
                return False
            most = low in ("most", "least") and reading.upos[i + 1] == "ADJ"
            if most or (reading.upos[i] == "ADJ" and (low in RANKED or (low.endswith("est") and low not in NOT_RANKED))):
                return True
        return False

    def _under(self, anchor: Anchor, words: list[int]) -> bool:
        """Does the expression hang below this anchor, no other anchor being between?"""
        i = self.reading.head_of(words[0], words[-1] + 1)
        for _ in range(STEPS):
            if i in self.owner or self.reading.heads[i] == i:
                break
            i = self.reading.heads[i]
        return i in self.owner and self.anchors[self.owner[i]] is anchor

    def near(self, anchor: Anchor, words: list[int]) -> bool:
        """Does the expression hang below this anchor, no other anchor being nearer?"""
        i = self.reading.head_of(words[0], words[-1] + 1)
        for _ in range(STEPS):
            if i in self.owner:
                return self.anchors[self.owner[i]] is anchor
            below = [c for c in self.reading.children[i] if c in self.owner and self.reading.rels[c].split(":")[0] in ("xcomp", "obj", "ccomp", "nsubj")]
            up = self.reading.heads[i]
            if up == i:
                return any(self.anchors[self.owner[c]] is anchor for c in below)
            i = up
        return False


def likeliest(candidates: list[Candidate], rated: Floats) -> r.When | None:
    """The time of an act by the probabilities of its candidates (candidates, 2); None: none is likely."""
    likely = [(float(p), -n) for n, (c, p) in enumerate(zip(candidates, rated[:, 1], strict=True)) if p >= _likely(c) and not c.compares]
    return candidates[-max(likely)[1]].when if likely else None


def _likely(candidate: Candidate) -> float:
    """From which probability on it is the act's time."""
    return LIKELY if not candidate.away else LIKELY_BEFORE if candidate.away < 0 else LIKELY_AFTER


def _ends(e: r.TimeExpression) -> tuple[str | None, str | None]:
    return e.when.start, e.when.end


def _words_of(reading: Reading, e: r.TimeExpression | r.Span) -> list[int]:
    return [i for i in range(*reading.words_at(e.start, e.end)) if reading.tokens[i].end > e.start]


def _holds(span: r.Span | None, e: r.TimeExpression) -> bool:
    return span is not None and span.start <= e.start < span.end
