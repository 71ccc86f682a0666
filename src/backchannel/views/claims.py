"""Every claim, one a row, as it was coded: for export and for programs that do their own fusing."""

from __future__ import annotations

from typing import Unpack

import msgspec

from backchannel.ledger import Fact, Ledger
from backchannel.records import EventClaim, OfficeClaim, Party, QuestionClaim, RelationClaim
from backchannel.views.rows import Row, is_background, of_facts
from backchannel.views.view import Filters, View, chosen
from backchannel.views.wording import act, clean, joined, named


class ClaimRow(Row, frozen=True, kw_only=True, tag="claim"):
    """A claim with its names filled in."""

    kind: str = "event"
    type: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()  # PLOVER contexts, then types of the user's own
    plover_root: str | None = None
    anchor: str = ""
    polarity: str | None = None
    event: str | None = None  # id of the event it belongs to
    superseded_by: str | None = None  # what stands in its place; the claim is shown and counts for nothing
    why: tuple[str, ...] = ()

    def what(self) -> str:
        """Trump → Russia: sanctions ("impose sanctions"), threatened."""
        actors, recipients = named(self.parties, "actor"), named(self.parties, "recipient")
        kind = act(self.type, self.mode, self.contexts) if self.type else self.kind
        status = f", {self.status.replace('_', ' ')}" if self.status and self.status != "happened" else ""
        return f"{joined(actors) or 'Unnamed'}" + (f" → {joined(recipients)}" if recipients else "") + f": {kind} (“{clean(self.anchor)}”){status}"


def rows(ledger: Ledger, **wanted: Unpack[Filters]) -> View[ClaimRow]:
    """The claims, by report and place."""
    as_known_on = wanted.get("as_known_on")
    of = ledger.affairs(as_known_on).by_claim
    found = [claim_row(f, of[f.id].event.id if f.id in of else None) for f in ledger.facts(as_known_on)]
    back = {w.record: w.superseded_by or "" for w in ledger.withdrawals(as_known_on)}
    for fact in (f for filed in ledger.superseded(as_known_on) for f in filed.facts()):
        by = back.get(fact.id, back.get(fact.filed.report.id, ""))
        found.append(msgspec.structs.replace(claim_row(fact, None), superseded_by=by))
    return chosen("claims", found, wanted)


def claim_row(fact: Fact, event: str | None) -> ClaimRow:
    """The claim with its names filled in."""
    claim = fact.claim
    act_ = claim if isinstance(claim, EventClaim) else None
    parties = tuple(
        Party(name=p.name, role=role if role in ("recipient", "mediator", "third_party") else "actor", country=p.country, entity=p.entity)
        for role, p in fact.roles
    )
    return ClaimRow(
        **of_facts([fact]),
        id=claim.id,
        parties=parties,
        when=claim.when,
        status=act_.status if act_ else None,
        kind=kind_of(fact),
        type=act_.event if act_ else None,
        mode=act_.mode if act_ else None,
        contexts=act_.contexts if act_ else (),
        plover_root=act_.plover_root if act_ else None,
        anchor=claim.anchor.text,
        polarity=act_.polarity if act_ else None,
        event=event,
        why=claim.why,
        background=is_background(claim.when, [fact]),
    )


def kind_of(fact: Fact) -> str:
    """event, relation, office or question."""
    kinds = {EventClaim: "event", RelationClaim: "relation", OfficeClaim: "office", QuestionClaim: "question"}
    return kinds[type(fact.claim)]
