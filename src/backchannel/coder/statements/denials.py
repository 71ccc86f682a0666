"""Event claims + statements -> event claims, those that a source denies with negative polarity.

"Cambodia denied that its troops had attacked the post": the act is coded, the denial is the statement's stance, and the claim under it is negative (the
guide's rule 3). Only what the denying content says first and foremost is denied: an act named deeper in it ("denied knowing of the attack") may well have
happened. On the annotated training articles 87 of 118 acts under a denying statement are negative; nearly all others stand deeper or under a cue that denies
by its content alone ("insisted it had not caved"). Denied is also the clause of a noun for words that are denied or false: "dismissed claims that he had
paid", "reports that it was struck are baseless" (13 of 15 annotated ones).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from backchannel import plover
from backchannel import records as r
from backchannel.coder.statements.stances import DENYING, WORDS, cue_stance, denied_words
from backchannel.coder.syntax.negation import is_negated, negator
from backchannel.coder.syntax.spans import content_of, head_at
from backchannel.reader import Reading

FALSE = frozenset(
    "false untrue baseless unfounded groundless absurd ridiculous nonsense lie fabrication fake wrong incorrect fiction bogus preposterous hoax".split()
)
TRUE, TRUTH = frozenset(("true", "accurate", "correct")), frozenset(("truth", "substance", "basis"))
DONE = frozenset(("happened", "ongoing", "attempted"))  # statuses of what is told as fact


def with_denials(reading: Reading, claims: Sequence[r.AnyClaim], said: Iterable[r.Statement]) -> list[r.AnyClaim]:
    """The claims, in order; what a cue of denial is about is negative, and the denying of a fact is no act of its own (REJECT)."""
    said = list(said)
    times = Counter(content_of(s) for s in said)
    about = [
        s for s in said if s.cue and ((s.stance == "denies" and _tells_of_denying(reading, s.cue, times[content_of(s)])) or s.stance == "declines_to_comment")
    ]
    denying = [s for s in about if s.stance == "denies"]  # not "did not deny"
    out = [_of_denied_words(reading, c) for c in claims if not (isinstance(c, r.EventClaim) and c.event == "REJECT" and any(_in_cue(c, s) for s in denying))]
    for s in about:
        before, after, tells = ("+", "-", "denies it") if s.stance == "denies" else ("-", "+", "leaves it open")
        held = [n for n, c in enumerate(out) if isinstance(c, r.EventClaim) and s.content.start <= c.anchor.start and c.anchor.end <= s.content.end]
        depths = {n: depth(reading, out[n].anchor) for n in held}
        for n in held:
            claim = out[n]
            if isinstance(claim, r.EventClaim) and claim.polarity == before and depths[n] == min(depths.values()) and not _negated_there(reading, claim, s):
                status = "happened" if claim.status == "did_not_happen" else claim.status
                why = (*claim.why, f"'{s.cue.text if s.cue else ''}' {tells}")
                out[n] = msgspec.structs.replace(claim, status=status, polarity=after, why=why)
    return out


def as_told(claim: r.EventClaim, *, by_someone: bool) -> r.EventClaim:
    """The claim with its strict root; what the report itself says was not done did not happen, while what a source says so is denied (the guide)."""
    if claim.polarity == "-" and claim.status in DONE and not by_someone:
        claim = msgspec.structs.replace(claim, status="did_not_happen", polarity="+")
    return msgspec.structs.replace(claim, plover_root=plover.root(event=claim.event, status=claim.status, polarity=claim.polarity))


def _of_denied_words(reading: Reading, claim: r.AnyClaim) -> r.AnyClaim:
    """The claim, negative when its act is told by words that are denied or false."""
    if not isinstance(claim, r.EventClaim) or claim.polarity == "-":
        return claim
    act = head_at(reading, claim.anchor)
    words = reading.heads[act]
    says = reading.rels[act] in ("acl", "ccomp") or (reading.rels[act] == "acl:relcl" and any(reading.rels[c] == "mark" for c in reading.children[act]))
    if not (says and reading.lemmas[words].lower() in WORDS and _are_denied(reading, words)):  # "the report, which accused it": no words of it
        return claim
    status = "happened" if claim.status == "did_not_happen" else claim.status
    return msgspec.structs.replace(claim, status=status, polarity="-", why=(*claim.why, f"the '{reading.words[words]}' denied"))


def _are_denied(reading: Reading, words: int) -> bool:
    """Whether a noun for words is what somebody denies, or is said to be false."""
    above, rel = reading.heads[words], reading.rels[words]
    lemma, around = reading.lemmas[above].lower(), {reading.words[c].lower() for c in reading.children[above]}
    if rel in ("obj", "nsubj:pass"):
        return lemma in DENYING and not is_negated(reading, above)
    if rel == "nsubj":
        return (lemma in TRUE) if is_negated(reading, above) else lemma in FALSE or (lemma == "news" and "fake" in around)
    return rel == "nmod" and lemma in TRUTH and "no" in around


def _tells_of_denying(reading: Reading, cue: r.Span, n_said: int) -> bool:
    """Is it a word for denying, or of what another says ("accused France of it, which Paris dismissed") or claims one for rejecting, too? ``n_said``: how many
    say it.
    """
    words = reading.words_at(cue.start, cue.end)
    rejects = n_said > 1 and any(reading.lemmas[i].lower() in DENYING for i in range(*words))
    return rejects or cue_stance(cue.text) == "denies" or denied_words(reading, reading.head_of(*words)) is not None


def _in_cue(claim: r.EventClaim, s: r.Statement) -> bool:
    return s.cue is not None and s.cue.start < claim.anchor.end and claim.anchor.start < s.cue.end


def _negated_there(reading: Reading, claim: r.EventClaim, s: r.Statement) -> bool:
    """Whether what is said has a negation of its own at the act ("declined to say why it had held no talks"), which the cue's does not undo."""
    word = negator(reading, range(*reading.words_at(claim.anchor.start, claim.anchor.end)))
    return s.stance != "denies" and word is not None and reading.starts[word] >= s.content.start


def depth(reading: Reading, anchor: r.Span) -> int:
    """Arcs from the anchor's first word to the root of its sentence."""
    i, n = reading.word_at(anchor.start), 0
    while reading.heads[i] != i:
        i, n = reading.heads[i], n + 1
    return n
