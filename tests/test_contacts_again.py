"""Contacts named again, confirmed or denied by a noun alone, and whose initiative they were."""

from __future__ import annotations

import pytest

import backchannel as bc
from backchannel.records import Coded, EventClaim

CALL = "French President Emmanuel Macron and Russian President Vladimir Putin spoke by phone on Monday."
MET = "Turkish Foreign Minister Hakan Fidan met his Egyptian counterpart Badr Abdelatty in Cairo on Monday."


def contacts(coded: Coded) -> list[EventClaim]:
    """The contacts of a coded report."""
    return [c for c in coded.claims if isinstance(c, EventClaim) and c.event == "CONSULT"]


def code(text: str) -> Coded:
    """A report of a fixed date."""
    return bc.code(text, published="2026-03-05")


@pytest.mark.parametrize(
    ("text", "who", "stance"),
    [
        (f"{CALL} The Kremlin confirmed the call.", "Kremlin", "confirms"),
        (f"{CALL} The conversation was confirmed by the Elysee.", "Elysee", "confirms"),
        (f"{MET} Ankara denied the report.", "Türkiye", "denies"),
        (f"{MET} An Egyptian official confirmed that the two ministers had met.", "Egyptian official", "confirms"),
        (f"{CALL} The call was first reported by Axios.", "Axios", "asserts"),
    ],
)  # fmt: skip
def test_what_is_named_again_is_told_with_its_source(text: str, who: str, stance: str) -> None:
    """ "The call" has the parties and the day of the call told before it, and its own source and stance."""
    coded = code(text)
    first, again = contacts(coded)
    assert {*first.actor, *first.recipient} == {*again.actor, *again.recipient}
    assert again.when == first.when
    (said,) = [s for s in coded.statements if s.key == again.said_by[-1]]
    assert said.source is not None
    assert (next(a.name for a in coded.actors if a.key == said.source.actor), said.stance) == (who, stance)
    assert (again.polarity == "-") == (stance == "denies")
    assert not coded.faults()


@pytest.mark.parametrize(
    "text",
    [
        f"{CALL} Neither side has confirmed the call.",
        f"{CALL} The Kremlin refused to confirm or deny the call.",
        f"{CALL} The Elysee declined to comment on whether the two had spoken.",
        f"{MET} The call was confirmed by Ankara.",  # a meeting is no call
        f"{CALL} The budget was confirmed by the senate.",
    ],
)  # fmt: skip
def test_nobody_confirms_what_is_not_confirmed(text: str) -> None:
    """Silence, and what is said of something else, confirm nothing."""
    coded = code(text)
    vouching = {s.key for s in coded.statements if s.stance in ("confirms", "denies")}
    assert not any(vouching.intersection(c.said_by) for c in contacts(coded) if len(c.actor) > 1)


def test_a_contact_with_another_is_not_the_one_before() -> None:
    """Who confirms that he talked to somebody names the two."""
    coded = code(f"{CALL} Brazilian Foreign Minister Mauro Vieira confirmed that he had talked to Marco Rubio.")
    names = {a.key: a.name for a in coded.actors}
    assert [{names[k] for k in c.actor} for c in contacts(coded)] == [{"Emmanuel Macron", "Vladimir Putin"}, {"Mauro Vieira", "Marco Rubio"}]


@pytest.mark.parametrize(
    ("text", "initiative"),
    [
        ("At Moscow's request, Emmanuel Macron and Vladimir Putin held a telephone conversation on Monday.", {"Russia"}),
        ("Emmanuel Macron and Vladimir Putin spoke by phone on Monday on the initiative of the French side.", {"France"}),
        (f"{CALL} The call was initiated by Paris.", {"France"}),
        (f"{MET} Cairo had asked for the meeting.", {"Egypt"}),
        (f"{MET} The initiative for the meeting came from Ankara.", {"Türkiye"}),
        ("Emmanuel Macron telephoned Vladimir Putin on Monday.", {"Emmanuel Macron"}),
        ("Emmanuel Macron telephoned Vladimir Putin on Monday at the latter's request.", {"Vladimir Putin"}),
        ("Emmanuel Macron received a phone call from Vladimir Putin on Monday.", {"Vladimir Putin"}),
        (CALL, set()),
        (f"{CALL} Paris did not initiate the call.", set()),
        (f"{CALL} It is not known who initiated the call.", set()),
        ("Turkish Foreign Minister Hakan Fidan visited Cairo on Monday.", set()),
    ],
)  # fmt: skip
def test_the_initiative_is_what_the_words_say(text: str, initiative: set[str]) -> None:
    """Whoever asked for the contact or called, in either order of the phrase; nobody where the words leave it open."""
    coded = code(text)
    names = {a.key: a.name for a in coded.actors}
    assert {names[k] for c in contacts(coded) for k in c.roles.initiative} == initiative


def test_any_two_officials_are_not_the_two_before() -> None:
    """ "Two officials" are not the two just named, as "the two leaders" are; who stands for both is neither."""
    coded = code(f"{CALL} Two officials told Reuters that it lasted an hour. Both leaders confirmed the call.")
    sources = {s.source.text: s.source.actor for s in coded.statements if s.source}
    assert sources["Both leaders"] is None
    assert not any(
        m.text == "Two officials" for a in coded.actors if a.kind == "person" and a.name in ("Emmanuel Macron", "Vladimir Putin") for m in a.mentions
    )


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Envoys of Iran and the United States have exchanged messages through Oman. Iran's foreign minister met his Iraqi colleague on Monday. "
            "The White House has denied such contacts.",
            {"White House"},
        ),
        (
            "North Korean and American officials held talks in Stockholm in October. The delegations met the Swedish minister first. "
            "Washington confirmed those talks.",
            {"North Korean officials", "American officials"},
        ),
        ("India has had back-channel contacts with the Taliban since March. Such contacts were denied by New Delhi.", {"India", "Taliban"}),
    ],
)
def test_such_contacts_are_those_so_called(text: str, who: set[str]) -> None:
    """ "Such" and "those" point to what has the name, or to the sentence before where the speaker has part in it; else to nothing."""
    coded = code(text)
    names = {a.key: a.name for a in coded.actors}
    again = contacts(coded)[-1]
    assert again.said_by
    assert {names[k] for k in (*again.actor, *again.recipient)} == who
