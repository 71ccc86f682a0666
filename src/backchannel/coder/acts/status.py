"""Anchor -> did it happen, was it denied, how sure is the source: status, polarity, certainty.

The model's heads and a table of what stands about an act (circumstances.py) say what is likely; a negation is read off the tree, and a denial that no word
expresses is dropped. FactBank (Sauri & Pustejovsky 2009) for what selects what; words that hedge in hedges.toml.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import numpy as np

from backchannel import records as r
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.acts.circumstances import circumstances, likelihoods
from backchannel.coder.acts.ultimatums import given_for, is_otherwise
from backchannel.coder.acts.undone import UNDOING, undone
from backchannel.coder.syntax.negation import NOT, negator
from backchannel.reader import Reading
from backchannel.reader.encoder import Floats
from backchannel.reader.labels import CERTAINTIES, POLARITIES, STATUSES

WILL = frozenset(("will", "wo", "'ll", "’ll", "would"))  # of what will not be done 37 of 54 annotated acts are planned or expected, 17 happened, all negative
NEGATING = NOT | {"without", "deny", "denied", "denies"}
SAID_NO = frozenset(("ACCUSE", "REJECT"))  # types of which a "not" is mostly the act itself ("is not acting fast enough")
DENIED = 0.9  # a denial that no word expresses is dropped below
SHARE = 0.3  # of what the circumstances say beside the head; 0.2 and 0.4 are within 0.003 on the held-out articles and on gold/dev
FLOOR = 1e-4  # of probabilities that are multiplied
OPEN_TO_DOUBT = 0.7  # of the possible acts that the head holds for certain below this, 13 of 18 held-out ones are possible
TRYING, TRIED = frozenset(("try", "attempt")), frozenset(("attempted", "abortive", "unsuccessful"))
DONE_OR_NOT = frozenset(("happened", "ongoing", "did_not_happen"))
AHEAD = frozenset(("happened", "ongoing", "planned", "expected"))  # labels of what is told as certain; what is asked ("whether he will visit") is possible
UNDER_WAY = frozenset(("ongoing", "ended"))
PENDING = frozenset(("planned", "expected"))  # what "must" be done is demanded in 22 of 29 annotated acts, in one of these in none
FORWARD = frozenset("planned expected threatened offered demanded proposed possible hypothetical".split())  # statuses of acts that lie ahead
COMING = frozenset("planned expected demanded possible hypothetical".split())


@cache
def _hedges() -> dict[str, str]:
    """hedges.toml: word -> certainty."""
    return tomllib.loads(resources.files(__package__).joinpath("hedges.toml").read_text(encoding="utf8"))


def weighed(head: Floats, told: Floats) -> Floats:
    """The probability of each status by what the head says and by the circumstances (STATUSES,)."""
    p = (head + FLOOR) * (told + FLOOR) ** SHARE
    out: Floats = p / p.sum()
    return out


def status(reading: Reading, anchor: Anchor, said: r.Statement | None = None) -> tuple[r.Status, str, str]:
    """(status, polarity, why); ``said``: the innermost statement that holds the act."""
    head = reading.head_of(anchor.first, anchor.last)
    likely = weighed(reading.mean_of("status", anchor.first, anchor.last), likelihoods(circumstances(reading, anchor, said)))
    label, p = STATUSES[int(likely.argmax())], float(likely.max())
    polarity, q = _best(reading, anchor, "polarity", POLARITIES)
    why = f"status {label} {p:.2f}"
    if label in AHEAD and _is_asked(reading, head):
        label, why = "possible", f"{why}; 'whether' -> possible"
    if label in AHEAD and _has_time(reading, head):
        label, why = "demanded", f"{why}; time is given for it -> demanded"
    if label in PENDING and any(reading.words[c].lower() == "must" for c in reading.children[head]):
        label, why = "demanded", f"{why}; 'must' -> demanded"
    failing = any(reading.words[c].lower() == "which" and reading.words[c - 1].lower() == "failing" for c in reading.children[head])
    if failing or (label in COMING and is_otherwise(reading, head, anchor.type)):
        label, why = "threatened", f"{why}; done otherwise -> threatened"
    if label == "happened" and anchor.type != "ACCUSE" and _is_tried(reading, head):
        label, why = "attempted", f"{why}; tried -> attempted"
    if label in DONE_OR_NOT and _is_cut_short(reading, head):
        label, why = "ended", f"{why}; cut short -> ended"
    undo = undone(reading, anchor.words) if anchor.type != "PROTEST" or label not in UNDER_WAY else None  # who calls off a strike may have begun it
    if undo is not None and (anchor.type not in SAID_NO or reading.lemmas[undo].lower() not in UNDOING):  # "failed to honour the pact" is the charge
        return "did_not_happen", "+", f"{why}; '{reading.words[undo]}' undoes it"
    no = None if anchor.type in SAID_NO else negator(reading, anchor.words)
    if no is not None:
        done = "happened" if label == "did_not_happen" else label  # which of the two it is depends on who says so (denials.as_told)
        if done in ("happened", "ongoing") and any(reading.words[c].lower() in WILL for c in reading.children[head]):
            done = "planned"
        return done, "-", f"{why}; '{reading.words[no]}' negates it"  # type: ignore[return-value]
    if label == "did_not_happen" or (polarity == "-" and q < DENIED and not _negated(reading, head)):
        polarity = "+"
    return label, polarity, why  # type: ignore[return-value]


def certainty(reading: Reading, anchor: Anchor, state: r.Status | None = None) -> r.Certainty:
    """How sure the innermost source is: by the head, but less than certain where a word at the act hedges it ("reportedly", "is likely to"), or where the act
    is merely possible and the head not sure.
    """
    label, p = _best(reading, anchor, "certainty", CERTAINTIES)
    if label != "certain":
        return label  # type: ignore[return-value]
    unsure = state == "possible" and p < OPEN_TO_DOUBT
    return _hedge(reading, reading.head_of(anchor.first, anchor.last)) or ("possible" if unsure else "certain")  # type: ignore[return-value]


def pick(reading: Reading, anchor: Anchor, head: str, labels: list[str]) -> str:
    """The likeliest label of a head over the anchor's words."""
    return _best(reading, anchor, head, labels)[0]


def _best(reading: Reading, anchor: Anchor, head: str, labels: list[str]) -> tuple[str, float]:
    p = reading.mean_of(head, anchor.first, anchor.last)
    k = int(np.argmax(p))
    return labels[k], float(p[k])


def _is_asked(reading: Reading, head: int) -> bool:
    """Is it asked whether it is so: the act's verb, or the verb that its noun is the object of or stands with ("whether A came with a request")?"""
    above = reading.heads[head] if reading.rels[head] == "obj" or reading.case_of(head) == "with" else head
    return any(reading.words[c].lower() == "whether" for w in {head, above} for c in reading.children[w])


def _has_time(reading: Reading, head: int) -> bool:
    """Is it what somebody has or is given time for ("has until Friday to leave", "48 hours to leave")?"""
    above = reading.heads[head]
    return any(head in given_for(reading, verb) for verb in (above, reading.heads[above]))


def _is_tried(reading: Reading, head: int) -> bool:
    """Is it what somebody tries or attempts to do, or an "attempted" one? Of 138 such acts that are annotated as attempted or as happened 130 are attempted; to
    try to hurt somebody is what he is accused of (ACCUSE).
    """
    tried = reading.rels[head] in ("xcomp", "acl") and reading.lemmas[reading.heads[head]].lower() in TRYING
    return tried or any(reading.rels[c] == "amod" and reading.words[c].lower() in TRIED for c in reading.children[head])


def _is_cut_short(reading: Reading, head: int) -> bool:
    """Is it what somebody breaks off ("cut short a visit", "the talks were cut short")? It has begun, and ended before its time."""
    verb = reading.heads[head]
    short = any(reading.words[c].lower() == "short" for c in reading.children[verb])
    return reading.rels[head] in ("obj", "nsubj:pass") and reading.lemmas[verb].lower() == "cut" and short


def _hedge(reading: Reading, head: int) -> str | None:
    """The certainty that a word at the act leaves ("reportedly struck", "suspected attack", "is believed to have"), if one does."""
    around = [reading.words[c].lower() for c in reading.children[head] if reading.rels[c].split(":")[0] in ("advmod", "amod")]
    if reading.rels[head].split(":")[0] == "xcomp":
        around.append(reading.words[reading.heads[head]].lower())
    return next((found for word in around if (found := _hedges().get(word))), None)


def _negated(reading: Reading, head: int) -> bool:
    """Is there a negation on the act or on what governs it?"""
    around = [head, *reading.children[head], reading.heads[head], *reading.children[reading.heads[head]]]
    return any(reading.words[i].lower() in NEGATING for i in around)
