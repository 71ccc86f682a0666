"""Two parties -> how alike they are, and why: the same register entry, the same name, the same state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from backchannel.ledger.facts import Profile
from backchannel.ledger.settings import SETTINGS

P = SETTINGS["parties"]


_SEEN: dict[tuple[int, int], tuple[float, str]] = {}  # by marks: the news names the same parties again and again
_MOST = 200_000


def alike(a: Profile, b: Profile) -> tuple[float, str]:
    """0..1 and the reason. Two different persons are never alike, whatever they share."""
    pair = a.mark, b.mark
    found = _SEEN.get(pair)
    if found is None or a.mark < 0 or b.mark < 0:
        if len(_SEEN) >= _MOST:
            _SEEN.clear()
        found = _SEEN[pair] = _alike(a, b)
    return found


def _alike(a: Profile, b: Profile) -> tuple[float, str]:
    if a.entity and a.entity == b.entity:
        return P["same_entity"], f"{a.name}: the same register entry"
    if a.words and a.words == b.words and not _clash(a, b):
        return P["same_name"], f"{a.name}: the same name"
    if a.kind == b.kind == "person":
        return _persons(a, b)
    if a.country and a.country == b.country:
        return _countrymen(a, b)
    shorter, longer = sorted((set(a.words), set(b.words)), key=len)
    if shorter and shorter < longer and not _clash(a, b) and "person" not in (a.kind, b.kind):
        return P["state_body"], f"{a.name} and {b.name}: one name within the other"
    return 0.0, ""


def _persons(a: Profile, b: Profile) -> tuple[float, str]:
    if (a.entity and b.entity) or _clash(a, b) or not a.words or not b.words:
        return 0.0, ""
    shorter, longer = sorted((a.words, b.words), key=len)
    if len(shorter) < len(longer) and shorter[-1] == longer[-1] and set(shorter) <= set(longer):
        return P["short_name"], f"{a.name} and {b.name}: the same surname"
    return 0.0, ""


def _countrymen(a: Profile, b: Profile) -> tuple[float, str]:
    if a.kind in ("state", "government") and b.kind in ("state", "government"):
        return P["same_state"], f"{a.name} and {b.name}: the government of {a.country}"
    if _opposed(a, b) or _opposed(b, a):
        return 0.0, ""
    if (a.state_like and (b.state_like or b.kind == "military")) or (b.state_like and a.kind == "military"):
        return P["state_body"], f"{a.name} and {b.name}: bodies of {a.country}"
    if (a.kind == "person" and a.official and b.state_like) or (b.kind == "person" and b.official and a.state_like):
        return P["state_person"], f"{a.name} and {b.name}: both act for {a.country}"
    return P["same_country"], f"{a.name} and {b.name}: both of {a.country}"


def _opposed(group: Profile, other: Profile) -> bool:
    """Whether one is an armed group and the other an official or body of the state that it has risen against. The state's name may be the group's country
    ("strikes on Yemen", "on the Houthis").
    """
    return group.kind == "armed_group" and not group.official and other.official and other.kind not in ("state", "government")


def _clash(a: Profile, b: Profile) -> bool:
    return bool(a.country and b.country and a.country != b.country)


def likeness(left: Iterable[Profile], right: Iterable[Profile]) -> tuple[float, list[str]] | None:
    """How alike two sets of parties are: each of the smaller set with its best partner. Null when a set is empty; 0 when a party has no partner."""
    left, right = list(left), list(right)
    if len(left) == len(right) == 1:  # most acts: nothing to choose
        score, reason = alike(left[0], right[0])
        return (score, [reason]) if score else (0.0, [f"nobody on the other side is {left[0].name}"])
    small, large = sorted((left, right), key=lambda s: (len(s), [p.words for p in s]))
    if not small:
        return None
    scores, reasons, taken = [], [], set[int]()
    for party in sorted(small, key=lambda p: p.words):
        options = sorted(((*alike(party, other), place) for place, other in enumerate(large) if place not in taken), key=lambda o: (-o[0], o[2]))
        if not options or options[0][0] == 0:
            return 0.0, [f"nobody on the other side is {party.name}"]
        taken.add(options[0][2])
        scores.append(options[0][0])
        reasons.append(options[0][1])
    return sum(scores) / len(scores), reasons


def blocks(party: Profile) -> Iterator[str]:
    """The keys under which a party is found: its state, its last name, its register entry. Parties that are alike share one."""
    if party.country:
        yield party.country
    if party.words:
        yield "~" + party.words[-1]
        if party.kind != "person":
            yield "~" + party.words[0]
    if party.entity:
        yield "#" + party.entity
