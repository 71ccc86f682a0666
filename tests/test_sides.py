"""Who acts and who is acted on, where the tree says it plainly."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.records import Coded, EventClaim

PUBLISHED = "2026-11-20"


def sides(coded: Coded, event: str) -> tuple[set[str], set[str]]:
    """Names of the actors and of the recipients of the acts of a type."""
    called = {a.key: a.name for a in coded.actors}
    acts = [c for c in coded.claims if isinstance(c, EventClaim) and c.event == event]
    return {called[k] for c in acts for k in c.actor}, {called[k] for c in acts for k in c.recipient}


@pytest.mark.parametrize(("text", "event", "actors", "recipients"), [
    ("The Philippines filed a protest over the harassment of Filipino fishermen by Chinese coast guard ships.",
     "COERCE", {"Chinese coast guard ships"}, {"Filipino fishermen"}),
    ("The Malian junta suffered heavy attacks by Tuareg rebels near Tinzaouaten.", "ASSAULT", {"Tuareg rebels"}, {"Malian junta"}),
    ("Japan sent Foreign Minister Taro Kono to Tehran on Monday to defuse the crisis.", "CONSULT", {"Taro Kono"}, {"Iran"}),
    ("Marco Rubio is in Moscow this week for a visit with Sergei Lavrov.", "CONSULT", {"Marco Rubio"}, {"Sergei Lavrov"}),
    ("The M23 rebels, whom Kinshasa has condemned, attacked Congolese army positions near Walikale.", "ACCUSE", {"DR Congo"}, {"M23"}),
])  # fmt: skip
def test_where_the_tree_is_plain(text: str, event: str, actors: set[str], recipients: set[str]) -> None:
    """By whom, who suffers, whom a clause tells of, who of a visit is sent and who is at home."""
    assert sides(code(text, published=PUBLISHED), event) == (actors, recipients)


def test_who_is_joined_takes_one_side() -> None:
    """Both foreign ministers visit, whatever stands between the names and the verb."""
    text = "The Dutch and German foreign ministers, Caspar Veldkamp and Johann Wadephul, visited Kyiv on Monday."
    assert sides(code(text, published=PUBLISHED), "CONSULT") == ({"Caspar Veldkamp", "Johann Wadephul"}, {"Ukraine"})


def test_whose_something_is_supported_may_be_ones_own_state() -> None:
    """Who defends his own state's policy supports the state."""
    text = "Interior Minister Nancy Faeser on Tuesday defended Germany's asylum policy."
    assert sides(code(text, published=PUBLISHED), "SUPPORT") == ({"Nancy Faeser"}, {"Germany"})


def test_whose_somebody_acts_is_not_acted_on() -> None:
    """ "Lebanon's Hezbollah" does nothing to Lebanon by that."""
    assert sides(code("Lebanon's Hezbollah refused to hand over its weapons."), "REJECT") == ({"Hezbollah"}, set())


def test_a_bare_sentence_tells_all_that_there_is() -> None:
    """Where nothing else is told a less likely recipient is one."""
    bare = "Uganda withdrew its last troops from Congo on Wednesday."
    assert sides(code(bare), "RETREAT")[1] == {"DR Congo"}
    assert not sides(code(f"{bare} It rained in the capital. Shops were closed on Friday."), "RETREAT")[1]
