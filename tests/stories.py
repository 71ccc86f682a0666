"""Small made-up reports on one affair, told by several outlets: what the ledger and view tests share."""

from __future__ import annotations

from backchannel.records import Coded
from support import Maker

CALL = "Anna Arlen, president of Arland, spoke by phone with Boris Berg, prime minister of Borduria, on Sunday."


def call(
    publisher: str | None,
    published: str = "2025-08-05",
    *,
    extra: str = "",
    day: str | None = "2025-08-03",
    carried: tuple[tuple[str, str], ...] = (),
) -> Coded:
    """A report of a phone call in its own voice."""
    m = Maker(f"{CALL} {extra}".strip(), publisher=publisher, published=published, carried=carried)
    a, b = m.actor("Anna Arlen", country="ARL"), m.actor("Boris Berg", country="BOR")
    m.event("spoke by phone", "CONSULT", mode="phone", actor=[a, b], when_=day, text="on Sunday", channel="phone", disclosure="public")
    return m.coded()


def call_confirmed(publisher: str, published: str = "2025-08-06", *, by: tuple[str, ...] = ("Arland", "Borduria"), stance: str = "confirms") -> Coded:
    """A report in which offices of the sides confirm (or deny) the call."""
    m = Maker(
        "Arlen and Berg talked on the phone on Sunday, the office of the president of Arland and the spokesman of Borduria said. "
        f"This was learnt by {publisher}.",
        publisher=publisher,
        published=published,
    )
    a, b = m.actor("Arlen", country="ARL"), m.actor("Berg", country="BOR")
    offices = {
        "Arland": m.actor("Office of the President", "office", "ARL", says=["the office of the president of Arland"]),
        "Borduria": m.actor("spokesman of Borduria", "person", "BOR", says=["the spokesman of Borduria"]),
    }
    said = {"Arland": "the office of the president of Arland", "Borduria": "the spokesman of Borduria"}
    for side in by:
        key = m.said(said[side], "Arlen and Berg talked on the phone on Sunday", by=offices[side], cue="said", stance=stance)
        m.event(
            "talked",
            "CONSULT",
            mode="phone",
            actor=[a, b],
            when_="2025-08-03",
            text="on Sunday",
            said_by=[key],
            polarity="-" if stance == "denies" else "+",
        )
    return m.coded()


def retold(publisher: str, outlet: str, published: str = "2025-08-07") -> Coded:
    """A report that knows of the call only from another outlet."""
    m = Maker(f"Arlen and Berg held a call on Sunday, according to {outlet}.", publisher=publisher, published=published)
    a, b = m.actor("Arlen", country="ARL"), m.actor("Berg", country="BOR")
    o = m.actor(outlet, "media", says=[outlet], sector="MED")
    s = m.said(outlet, "Arlen and Berg held a call on Sunday", by=o, cue="according to")
    m.event("call", "CONSULT", mode="phone", actor=[a, b], when_="2025-08-03", text="on Sunday", said_by=[s])
    return m.coded()


def ultimatum(publisher: str = "Daily Post", published: str = "2025-08-05", deadline: str = "2025-08-08") -> Coded:
    """A threat with a demand and a term."""
    m = Maker(
        "Arlen warned that she would impose sanctions on Borduria unless it opened the border before Friday. Rain fell.",
        publisher=publisher,
        published=published,
    )
    a, b = m.actor("Arlen", country="ARL"), m.actor("Borduria", "state", "BOR")
    s = m.said("Arlen", "she would impose sanctions on Borduria unless it opened the border before Friday", by=a, cue="warned", stance="threatens")
    m.event(
        "warned",
        "THREATEN",
        actor=[a],
        recipient=[b],
        deadline=deadline,
        demand=["opened the border"],
        condition="unless it opened the border before Friday",
    )
    m.event("impose sanctions", "SANCTION", mode="discontinue", actor=[a], recipient=[b], status="threatened", deadline=deadline, said_by=[s])
    m.event("opened the border", "RETREAT", mode="access", actor=[b], status="demanded", deadline=deadline, said_by=[s])
    return m.coded()


def later_act(
    anchor: str, event: str, mode: str | None, actor: str, recipient: str | None, *, published: str = "2025-08-09", day: str | None = "2025-08-09"
) -> Coded:
    """A later report that something was done, on a day or undated."""
    text = f"{actor} {anchor} on Saturday" + (f", to the dismay of {recipient}" if recipient else "") + ". It was a grey day in the capital."
    m = Maker(text, publisher="Morning Herald", published=published)
    countries = {"Arlen": ("person", "ARL"), "Borduria": ("state", "BOR")}
    a = m.actor(actor, *countries[actor])
    to = [m.actor(recipient, *countries[recipient])] if recipient else []
    m.event(anchor, event, mode=mode, actor=[a], recipient=to, when_=day)
    return m.coded()
