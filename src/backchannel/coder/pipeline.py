"""The coder's stages in order: report -> reading -> times, actors, statements -> claims, said by whom -> Coded."""

from __future__ import annotations

import re
import signal
import threading
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import Any, NamedTuple

import msgspec

from backchannel import intake
from backchannel import records as r
from backchannel.coder import times as timex
from backchannel.coder.acts.anchors import Anchor, anchors
from backchannel.coder.acts.apart import with_times_apart
from backchannel.coder.acts.called_off import with_own_days
from backchannel.coder.acts.events import event_claims
from backchannel.coder.acts.expulsions import with_expulsions
from backchannel.coder.acts.frames import with_frames
from backchannel.coder.acts.idioms import with_idioms
from backchannel.coder.acts.obligations import Obligation, between_them, obligations, with_asking
from backchannel.coder.acts.phases import without_stopped
from backchannel.coder.acts.private import told_of_politics
from backchannel.coder.acts.retaliation import with_retaliation
from backchannel.coder.acts.same_day import with_days_of_saying, with_days_of_speech
from backchannel.coder.acts.speaking import by_speakers
from backchannel.coder.acts.tenses import tenses
from backchannel.coder.acts.when import Times
from backchannel.coder.contacts.again import named_again
from backchannel.coder.contacts.between import between_the_two, with_hosts
from backchannel.coder.contacts.initiative import with_initiative
from backchannel.coder.contacts.publicity import with_publicity
from backchannel.coder.offices import office_claims
from backchannel.coder.own_types import OwnType, imported, labelled, with_own_anchors
from backchannel.coder.parties.actors import Casting
from backchannel.coder.parties.cast import Cast
from backchannel.coder.questions import question_claims
from backchannel.coder.relations import relation_claims
from backchannel.coder.statements import statements
from backchannel.coder.statements.answers import with_answers
from backchannel.coder.statements.denials import as_told, with_denials
from backchannel.coder.syntax.spans import content_of, holders
from backchannel.coder.times.entries import in_order, with_days_of_entries
from backchannel.errors import InputError, UsageError
from backchannel.reader import Reading, read
from backchannel.register import NOTHING, Additions, Register

REPLACED = re.compile(r"\b(?:earlier|previous|original) version\b", re.IGNORECASE)
Item = r.Report | str | dict[str, Any] | r.Refusal


def code(report: str | r.Report, *, known: Additions = NOTHING, **about: Any) -> r.Coded:
    """Code one report: everything said to be, with evidence.

    ``about``: title, publisher, published, url, ... when ``report`` is a text (see ``intake.report``).
    ``known``: who is who beside the register and the imported actors, as a ledger knows it (``Ledger.known()``).

    Raises:
        InputError: the text cannot be used (empty, too large, another language); the message is one line.
        UsageError: a Report, and something told about it besides.

    """
    if not isinstance(report, r.Report):
        report = intake.report(report, **about)
    elif about:
        raise UsageError(
            f"a Report and {', '.join(about)}", "a text with what is told about it, or a Report that has it", "msgspec.structs.replace(report, ...)"
        )
    register = Register.load(known=known)
    found = stages(report, register)
    return r.Coded(report=report, actors=found.cast.actors, times=found.expressions, statements=found.statements, claims=_claims(found, report, register))


class Stages(NamedTuple):
    """What a report's claims are made of."""

    reading: Reading
    cast: Cast
    statements: tuple[r.Statement, ...]
    expressions: tuple[r.TimeExpression, ...]
    anchors: list[Anchor]
    obliged: list[Obligation]
    times: Times
    own: tuple[OwnType, ...]

    @property
    def acts(self) -> list[Anchor]:
        """The anchors of events."""
        return [a for a in self.anchors if a.type not in ("RELATION", "QUESTION")]


def stages(report: r.Report, register: Register) -> Stages:
    """Read a report; find its times, its actors, what is said by whom, and the words that name acts."""
    reading = read(report.text, skip=[(b.start, b.end) for b in report.boilerplate])
    expressions = tuple(timex.find(report.text, published=report.published, tense=tenses(reading)))
    expressions = in_order(report.text, [e for e in expressions if not any(b.start <= e.start < b.end for b in report.boilerplate)])
    casting = Casting(reading, register, _on(report))
    said = statements(reading, casting.run(), report)
    cast = casting.speakers(said)
    own = imported()
    obliged = obligations(reading, cast, said)
    found = with_asking(with_own_anchors(reading, with_expulsions(reading, without_stopped(reading, with_idioms(reading, anchors(reading)))), own), obliged)
    return Stages(reading, cast, said, expressions, found, obliged, Times(reading, expressions, found, said, report.published, cast.at), own)


def _on(report: r.Report) -> str | None:
    """The day on which the register is asked: the last of the publication interval (of an open one its first)."""
    published = report.published
    if not published or not published.start:
        return None
    return (published.end or published.start)[:10]


def _claims(found: Stages, report: r.Report, register: Register) -> tuple[r.AnyClaim, ...]:
    reading, cast, acts = found.reading, found.cast, found.acts
    claims: list[r.AnyClaim] = []
    done = with_retaliation(reading, event_claims(reading, cast, acts, found.times), acts)
    coded = with_frames(reading, cast, between_them(done, acts, found.obliged), acts)
    said = with_days_of_saying(found.times, acts, coded)
    events = list(with_days_of_speech(reading, found.times, acts, with_times_apart(reading, found.times, acts, said)))
    claims += told_of_politics(reading, cast, acts, events, [labelled(reading, a, c, found.own) for a, c in zip(acts, events, strict=True)])
    claims = with_days_of_entries(reading.text, with_own_days(reading, claims, found.expressions), found.expressions)
    claims += relation_claims(reading, cast, found.anchors, register, found.times)
    claims += office_claims(reading, cast, register, found.expressions, _on(report))
    claims += question_claims(reading, found.anchors, cast)
    claims.sort(key=lambda c: (c.anchor.start, c.anchor.end, c.__class__.__name__))
    claims = by_speakers(reading, cast, claims, found.statements)
    claims = with_hosts(reading, cast, list(between_the_two(reading, cast, named_again(reading, cast, claims, found.statements))))
    claims = with_answers(reading, cast, claims, found.statements)
    claims = with_initiative(reading, cast, claims)
    told = with_publicity(reading, with_denials(reading, claims, found.statements), found.statements, cast.actors)
    return _numbered(told, found.statements, report)


def _numbered(claims: list[r.AnyClaim], said: tuple[r.Statement, ...], report: r.Report) -> tuple[r.AnyClaim, ...]:
    """Keys, ids and who says so. A claim confirmed or denied by several sources is one claim for each."""
    by_key = {s.key: s for s in said}
    holding = holders((c.anchor.start for c in claims), said, content_of)
    confirming = sorted((s for s in said if s.stance == "confirms"), key=content_of)
    out: list[r.AnyClaim] = []
    seen: set[str] = set()
    for claim in claims:
        chains = _chains(claim, holding.get(claim.anchor.start, []), confirming, by_key)
        for chain in chains:
            inner = by_key[chain[-1]] if chain else None
            source = inner.source.text if inner and inner.source else ""
            if REPLACED.search(source):  # "an earlier version of this article said ...": taken back, no news
                continue
            what = claim.event if isinstance(claim, r.EventClaim) else f"{claim.office} {claim.person}" if isinstance(claim, r.OfficeClaim) else ""
            kind = claim.__struct_config__.tag
            identity = "c" + r.digest(report.id, kind, claim.anchor.start, claim.anchor.end, what, inner.id if inner and len(chains) > 1 else source)
            if identity in seen:  # one act told of two days: "postponed to Friday"
                identity = "c" + r.digest(identity, "again")
            seen.add(identity)
            confirmed = inner and not _holds(inner, claim)
            why = (*claim.why, f"{source} confirms what it was about") if confirmed else claim.why
            one = _asserted(claim, chains, inner, by_key) if isinstance(claim, r.EventClaim) else claim
            told = as_told(one, by_someone=bool(chain)) if isinstance(one, r.EventClaim) else one
            out.append(msgspec.structs.replace(told, key=f"c{len(out) + 1}", id=identity, said_by=chain, why=why))
    return tuple(out)


def _asserted(claim: r.EventClaim, chains: Sequence[tuple[str, ...]], inner: r.Statement | None, by_key: dict[str, r.Statement]) -> r.EventClaim:
    """The claim as one of several sources of the same words holds it: what another denies ("accuse Russia of it, charges that it denies") it asserts."""
    if own := _of_himself(inner):
        together = [s.source.actor for chain in chains if chain and (s := by_key[chain[-1]]).source and inner and s.cue == inner.cue]
        if own not in (*claim.actor, *claim.recipient):
            claim = msgspec.structs.replace(claim, actor=tuple(own if k in together else k for k in claim.actor))
    denied = any(by_key[chain[-1]].stance == "denies" for chain in chains if chain)
    others = len(chains) > 1 and inner is not None and inner.stance not in ("denies", "declines_to_comment")
    return msgspec.structs.replace(claim, polarity="+") if denied and others else claim


def _of_himself(s: r.Statement | None) -> str | None:
    """Who speaks of what he himself did: "A and B denied *having done it*" says it of each."""
    own = s.source.actor if s and s.source else None
    return own if s and s.content.text.split(" ", 1)[0].endswith("ing") else None


def _chains(claim: r.AnyClaim, around: list[r.Statement], confirming: list[r.Statement], by_key: dict[str, r.Statement]) -> list[tuple[str, ...]]:
    """Statement keys, outermost first, for each innermost source that vouches for the claim (says it, or confirms what the talk was about); one empty chain for
    the report's own voice. ``around``: the statements in whose content the anchor begins; ``confirming``: all that confirm, in text order.
    """
    if isinstance(claim, r.OfficeClaim) and not {"title at the name", "title for the name"}.isdisjoint(claim.why):
        return [()]
    holding = [s for s in around if _holds(s, claim) and not _inside_cue(s, claim)]
    if not holding:
        return [_outward(s, by_key) for s in _confirming_topic(claim, confirming)] or [()]
    smallest = min(s.content.end - s.content.start for s in holding)
    inner = [s for s in holding if s.content.end - s.content.start == smallest]
    carrying = {s.within for s in inner}  # of two with the same words the outer one vouches through the other
    return [_outward(s, by_key) for s in inner if s.key not in carrying]


def _holds(s: r.Statement, claim: r.AnyClaim) -> bool:
    return s.content.start <= claim.anchor.start and claim.anchor.end <= s.content.end


def _outward(inner: r.Statement, by_key: dict[str, r.Statement]) -> tuple[str, ...]:
    """The keys of a statement and of those it stands within, outermost first."""
    chain = [inner.key]
    while (up := by_key[chain[0]].within) and up not in chain:
        chain.insert(0, up)
    return tuple(chain)


def _confirming_topic(claim: r.AnyClaim, confirming: list[r.Statement]) -> list[r.Statement]:
    """Who confirms, in the sentence of a talk, what it was about ("with their offices confirming that Syria was discussed") confirms the talk."""
    if not isinstance(claim, r.EventClaim) or claim.event != "CONSULT" or not claim.roles.topic:
        return []
    first, last = (bisect_left(confirming, (offset, 0), key=content_of) for offset in (claim.evidence[0].start, claim.evidence[0].end))
    return [s for s in confirming[first:last] if any(s.content.start <= t.start and t.end <= s.content.end for t in claim.roles.topic)]


def _inside_cue(s: r.Statement, claim: r.AnyClaim) -> bool:
    """Does the anchor stand in the words that announce the content (its cue or its source), which a broken quotation runs across?"""
    return any(part and part.start < claim.anchor.end and claim.anchor.start < part.end for part in (s.cue, s.source))


# ------------------------------------------------------------------ many
def code_many(reports: Iterable[Item], *, processes: int = 1, known: Additions = NOTHING) -> Iterator[r.Coded | r.Refusal]:
    """Code a stream of reports, in order. One that cannot be used comes out as a Refusal and the rest goes on.

    ``reports``: Reports, texts, dictionaries with the keys of the JSON-lines input, or Refusals (passed through). ``known``: see ``code``.
    """
    attempt = partial(_attempt, known=known)
    if processes <= 1:
        yield from map(attempt, reports)
        return
    import multiprocessing
    import os

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # for the workers: one core each
    pool = ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield from _in_order(pool, attempt, reports, window=4 * processes)
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Processes begun meanwhile take no notice of Ctrl-C: the terminal sends it to all, and the caller, who is asked to stop, ends them."""
    if threading.current_thread() is not threading.main_thread():  # who else may not say what becomes of signals
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _in_order(
    pool: ProcessPoolExecutor, attempt: Callable[[Item], r.Coded | r.Refusal], reports: Iterable[Item], *, window: int
) -> Iterator[r.Coded | r.Refusal]:
    from collections import deque

    waiting: deque[Any] = deque()
    for item in reports:
        with nullcontext() if waiting else _interrupts_ignored():  # with the first item the workers begin
            waiting.append(pool.submit(attempt, item))
        while len(waiting) >= window:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _attempt(item: Item, *, known: Additions = NOTHING) -> r.Coded | r.Refusal:
    name = "report"
    try:
        if isinstance(item, r.Refusal):
            return item
        if isinstance(item, dict):
            about = dict(item)
            text = about.pop("text", "")
            name = str(about.get("id") or about.get("url") or "report")
            given = {k: about.pop(k) for k in ("title", "publisher", "published", "url", "language", "byline") if k in about}
            given_id = about.pop("id", None)
            return code(intake.report(text, given_id=None if given_id is None else str(given_id), extra=about, **given), known=known)
        if isinstance(item, r.Report):
            name = item.path or item.given_id or item.id
        return code(item, known=known)
    except InputError as error:
        return error.refusal(name)
    except Exception as error:  # a report that breaks a stage is a row in the run report, the rest goes on
        return r.Refusal(
            name=name,
            stage="coder",
            found=f"an internal error ({type(error).__name__}: {error})",
            expected="a report that can be coded",
            hint="reporting it",
        )
