"""A demand or threat and what it is about, told in one sentence -> what each tells of the other: who asks is not who is to do it, who is threatened is whom
it would be done to, and a threat is of the kind of what is threatened.

In the annotated articles and the casebook who is asked does 169 of 230 of the acts demanded and who asks one; 132 of 152 acts threatened have the recipient
of their threat.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace as change

from backchannel import records as r
from backchannel.coder.acts.anchors import Anchor
from backchannel.coder.acts.terms import SETTING, SHARING
from backchannel.coder.parties.cast import Cast
from backchannel.reader import Reading

# What is threatened -> the mode of the threat, as 104 of 113 such threats are annotated.
KINDS = {
    "ASSAULT": "violence", "SANCTION-discontinue": "restrict", "SANCTION-withdraw": "relations", "SANCTION-expel": "expel", "COERCE-restrict": "restrict",
    "COERCE-deport": "expel", "COERCE-arrest": "arrest", "REJECT-meet": "relations",
}  # fmt: skip


def with_frames(reading: Reading, cast: Cast, claims: Iterable[r.EventClaim], acts: Sequence[Anchor]) -> Iterator[r.EventClaim]:
    """The claims of acts, completed where one demand or threat is made in their sentence."""
    found = list(claims)
    heads = [reading.head_of(act.first, act.last) for act in acts]
    sentences: dict[int, list[int]] = {}
    for n, act in enumerate(acts):
        sentences.setdefault(reading.sentence_of[act.first], []).append(n)
    for members in sentences.values():
        setting = [n for n in members if found[n].event in SETTING]
        about = [n for n in members if found[n].event not in SETTING and found[n].status in SHARING]
        if len(setting) == 1 and about and found[setting[0]].status == "happened":
            one = found[setting[0]]
            for n in about:
                found[n] = _within(found[n], one, suffered=_is_suffered(reading, heads[n]))
            if one.event == "THREATEN":
                together = (keys for _, _, keys in cast.beside(reading, acts[setting[0]].first) if len(keys) > 1)
                threatened = [found[n] for n in about if found[n].status == "threatened"]
                found[setting[0]] = _of_kind(_to_all(one, threatened, together), threatened)
        for n in members:
            above = next((found[m] for m in members if heads[m] == reading.heads[heads[n]]), None)
            found[n] = _blamed(reading, cast, found[n], above, heads[n])
            found[n] = _called_off(found[n], [found[m] for m in members if reading.heads[heads[m]] == heads[n] and reading.rels[heads[m]] == "obj"])
    yield from found


def _blamed(reading: Reading, cast: Cast, claim: r.EventClaim, above: r.EventClaim | None, head: int) -> r.EventClaim:
    """An act that nobody is told to do, over which somebody is accused, is the accused's, of an ambassador his state's ("summoned Iran's ambassador over the
    supply of drones").
    """
    if above is None or above.event != "ACCUSE" or claim.actor or reading.case_of(head) not in ("over", "for"):
        return claim
    doing = (cast.state(cast.get(k).country) if cast.get(k).kind == "person" else k for k in above.recipient)
    return change(claim, actor=tuple(dict.fromkeys(k for k in doing if k and k not in claim.recipient)), why=(*claim.why, "who is accused of it"))


def _called_off(claim: r.EventClaim, objects: Sequence[r.EventClaim]) -> r.EventClaim:
    """Whoever calls off or puts off a contact, where nobody is told with whom, or only who was to come: with its other sides (41 of 58 annotated, one with
    nobody).
    """
    contact = next((c for c in objects if c.event == "CONSULT"), None)
    others = tuple(k for k in contact.recipient if k not in claim.actor) if contact else ()
    if contact is None or claim.event != "REJECT" or not others or not set(claim.recipient) <= set(contact.actor):
        return claim
    return change(claim, recipient=others, why=(*claim.why, "with whom the contact was to be"))


def _within(claim: r.EventClaim, setting: r.EventClaim, *, suffered: bool) -> r.EventClaim:
    """What is demanded or threatened, with whom the demand or threat is made to; ``suffered``: by whom the demand names."""
    others = setting.recipient
    if claim.status == "demanded" and claim.actor and others and set(claim.actor) <= set(setting.actor):
        return change(claim, actor=others, recipient=tuple(k for k in claim.recipient if k not in others), why=(*claim.why, "who is asked is to do it"))
    if claim.status == "threatened" and others and setting.actor and set(claim.actor) & set(others):
        return change(claim, actor=setting.actor, recipient=others, why=(*claim.why, "who is asked does not do it to others"))
    left = tuple(k for k in others if k not in claim.actor)
    if claim.status == "threatened" and setting.event == "THREATEN" and left and (suffered or set(claim.recipient) <= set(setting.actor)):
        return change(claim, recipient=left, why=(*claim.why, "who is threatened is whom it is done to"))
    return claim


def _is_suffered(reading: Reading, verb: int) -> bool:
    """Is it a passive without a subject of its own ("leave or *be shot*")?"""
    below = [reading.rels[c] for c in reading.children[verb]]
    return "aux:pass" in below and not any(rel.startswith("nsubj") for rel in below)


def _to_all(threat: r.EventClaim, threatened: Sequence[r.EventClaim], together: Iterable[tuple[str, ...]]) -> r.EventClaim:
    """A threat with all whom one phrase names together ("either country") where it has one of them and what is threatened would be done to all: of 21 such
    threats in the annotated articles 17 are made to all, three to some.
    """
    whom = {k for c in threatened for k in c.recipient}
    for group in together:
        if whom.issuperset(group) and not set(group).isdisjoint(threat.recipient) and set(group).isdisjoint(threat.actor):
            all_of_them = tuple(dict.fromkeys((*threat.recipient, *group)))
            threat = change(threat, recipient=all_of_them) if len(all_of_them) > len(threat.recipient) else threat
    return threat


def _of_kind(threat: r.EventClaim, threatened: Sequence[r.EventClaim]) -> r.EventClaim:
    """A threat of the kind of what is threatened, where that is one."""
    kinds = {KINDS.get(c.event) or KINDS.get(f"{c.event}-{c.mode}") for c in threatened} - {None}
    kind = kinds.pop() if len(kinds) == 1 else None
    return change(threat, mode=kind) if kind else threat
