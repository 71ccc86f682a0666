"""Acts that end, halt or lift another: which of the two words is the act.

Who stops his attacks steps back (RETREAT), who halts his deliveries breaks off exchange (SANCTION): the stopping is the act, what is stopped only says of what.
"""

from __future__ import annotations

from collections.abc import Sequence

from backchannel.coder.acts.anchors import STATES, Anchor
from backchannel.reader import Reading
from backchannel.reader.labels import EVENTS

ENDING = frozenset(
    "stop halt suspend cease end freeze discontinue terminate scrap pause abandon drop quit cut lift ease relax loosen remove waive reduce curb limit revoke "
    "rescind withdraw repeal reverse roll call".split()
)
STEPS_BACK = frozenset(("RETREAT", "SANCTION"))  # types of ending; of a meeting that is cancelled (REJECT) the guide has both
STOPPED = frozenset(("obj", "xcomp", "nsubj:pass"))


def without_stopped(reading: Reading, found: Sequence[Anchor]) -> list[Anchor]:
    """The anchors without what an act beside them stops: of 28 such objects of acts in gold/train, gold/dev and the held-out articles one has its own, of 27
    acts after "no longer" in all annotated ones two.
    """
    heads = {reading.head_of(a.first, a.last): a for a in found}

    def is_stopped(head: int) -> bool:
        above = reading.heads[head]
        told = any(reading.rels[c] == "acl:relcl" for c in reading.children[head])  # by whom or when it was done
        stops = not told and _is_object(reading, head) and above in heads and heads[above].type in STEPS_BACK
        return stops or any(c in heads and reading.words[c].lower() == "longer" and reading.rels[c] == "advmod" for c in reading.children[head])

    return [a for head, a in heads.items() if a.type in STATES or not is_stopped(head)]


def stopped(reading: Reading, verb: int) -> str | None:
    """The likeliest type of what a verb of ending ends ("lifted the *blockade*"), if it is one."""
    ended = next((c for c in reading.children[verb] if _is_object(reading, c)), None)
    return None if ended is None else EVENTS[int(reading.probabilities("event")[ended, 1:].argmax())]


def _is_object(reading: Reading, word: int) -> bool:
    """Is it what a verb of ending ends?"""
    above = reading.heads[word]
    return above != word and reading.lemmas[above].lower() in ENDING and reading.rels[word] in STOPPED
