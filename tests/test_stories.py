"""Claims told alike: which words are near in meaning, which reports tell one story, and what that may and may not join."""

from __future__ import annotations

import random

import pytest

from backchannel.ledger.events import fuse
from backchannel.ledger.evidence import WEIGHTS, evidence, odds
from backchannel.ledger.facts import Filed
from backchannel.ledger.intervals import days
from backchannel.ledger.matching import SAME, compare
from backchannel.ledger.meaning import meaning, rarity
from backchannel.ledger.stories import LEAST, likeness, neighbours, telling
from backchannel.records import Coded, When
from support import Maker

NAVY = "The Indian frigate Mysore {act} 23 Somali pirates in the Gulf of Aden on its way to the Ethiopian freighter Gibe, the navy said in Delhi."
COURT = "The Rotterdam court {act} 23 Surinamese smugglers over cocaine found in banana crates aboard a Panamanian reefer, prosecutors said."


def tell(act: str, who: tuple[str, str, str | None], whom: tuple[str, str, str | None], *, text: str = NAVY, event: str = "COERCE", more: str = "") -> Coded:
    """An undated report of one act, nobody knows when it came out."""
    m = Maker(text.format(act=act) + more, publisher=f"{act} {who[0]} {more}")
    m.event(act, event, actor=[m.actor(*who)], recipient=[m.actor(*whom)], when_=None)
    return m.coded()


def n_events(*reports: Coded) -> int:
    """How many happenings they come to."""
    return len(fuse([Filed(c, "2025-01-01T00:00:00Z") for c in sorted(reports, key=lambda c: c.report.id)]).events)


NAVYMEN, SAILORS = ("the Indian navy", "military", "IND"), ("commandos", "people", None)
PIRATES, BRIGANDS = ("pirates", "people", None), ("sea brigands", "people", None)


def test_words_of_one_meaning_are_near() -> None:
    """Forms of a word and words for one thing are nearer than words for different things; an unknown word is near nothing but itself."""
    assert meaning("captured", "Captured ") == 1.0
    assert min(meaning("shot", "shooting"), meaning("attacked", "attack")) > 0.8
    assert meaning("talks", "negotiations") > meaning("talks", "sanctions")
    assert meaning("captured", "arrested") > meaning("captured", "praised")
    assert meaning("xqzzt", "captured") == 0.0


def test_rare_words_tell_more() -> None:
    """Function words tell nothing, names most."""
    assert rarity("the") == 0 < rarity("talks") < rarity("peskov")


def test_reports_of_one_story_are_alike() -> None:
    """The same affair in other words is alike, another affair is not, whatever words of reporting they share."""
    one, other, far = (telling(t) for t in (NAVY.format(act="captured"), "Pirates held by the frigate Mysore off Aden were Somali, Delhi said.", COURT))
    assert likeness(one, other) > LEAST > likeness(one, far)
    assert likeness(one, one) == pytest.approx(1.0)


def test_neighbours_do_not_hang_on_order_and_keep_to_their_time() -> None:
    """The same pairs whatever the order of reports; dated reports far apart in time are none, undated ones may be of any time."""
    texts = [NAVY, NAVY + " It rained.", COURT, COURT + " Snow fell.", NAVY + " Winds rose."]
    outs = [days(When(start=d, end=d)) if d else None for d in ("2024-05-01", "2024-05-03", "2024-05-01", None, "2024-07-01")]
    whole = {frozenset((texts[i], texts[j])) for i, j in neighbours([telling(t) for t in texts], outs)}
    assert whole == {frozenset((texts[0], texts[1])), frozenset((texts[2], texts[3]))}
    order = list(range(len(texts)))
    for seed in range(10):
        random.Random(seed).shuffle(order)
        again = neighbours([telling(texts[i]) for i in order], [outs[i] for i in order])
        assert {frozenset((texts[order[i]], texts[order[j]])) for i, j in again} == whole


def test_neighbours_do_not_grow_with_the_square() -> None:
    """Two thousand undated reports of four hundred stories: each is paired with its own story's, and with few."""
    rng = random.Random(1)
    words = [f"{a}{b}{c}" for a in ("bal", "dor", "kes", "mur", "tov", "zan") for b in ("ak", "em", "il", "on", "ur") for c in ("ia", "ov", "sk", "tal", "wen")]
    stories = [" ".join(rng.choices(words, k=15)) for _ in range(400)]
    found = neighbours([telling(f"{s} {' '.join(rng.choices(words, k=3))}") for s in stories for _ in range(5)], [None] * 2000)
    assert 400 < len(found) < 2000 * 8


def test_told_alike_is_one_happening() -> None:
    """Undated, parties described in other words: one act when words and story are near, with the reasons."""
    one, other = tell("seized", NAVYMEN, PIRATES), tell("seizing", SAILORS, BRIGANDS, more=" The Gibe had called for help.")
    affairs = fuse([Filed(c, "2025-01-01T00:00:00Z") for c in sorted((one, other), key=lambda c: c.report.id)])
    assert len(affairs.events) == 1
    assert any("one story" in w for w in affairs.judgements[0].why)
    assert any("near in meaning" in w for w in affairs.judgements[0].why)


def test_what_reports_tell_twice_in_other_words_is_one_where_it_is_so_across_them() -> None:
    """Two claims of one report hardly speak against one happening when the other report's two are like both; by themselves they are two."""
    made, more = [], " It was late on Friday when commandos {act} sea brigands off Socotra and sailed for the gulf."
    for publisher, first, then in (("Post", "captured", "arrested"), ("Mail", "seized", "detained")):
        m = Maker(NAVY.format(act=first) + more.format(act=then), publisher=publisher)
        for act, who, whom in ((first, NAVYMEN, PIRATES), (then, SAILORS, BRIGANDS)):
            m.event(act, "COERCE", actor=[m.actor(*who)], recipient=[m.actor(*whom)], when_=None)
        made.append(m.coded())
    assert n_events(made[0]) == 2
    assert n_events(*made) == 1


def test_each_piece_of_evidence_has_its_weight() -> None:
    """What is weighed and what is fitted are the same, by name and in order."""
    a, b = (next(Filed(tell(word, NAVYMEN, PIRATES), "2025-01-01T00:00:00Z").facts()) for word in ("captured", "seized"))
    assert ["bias", *evidence(a, b)] == list(WEIGHTS)


OTHERS = {
    "another story": tell("captured", NAVYMEN, PIRATES, text=COURT),
    "a word of another meaning": tell("praised", NAVYMEN, PIRATES),
    "another kind of act": tell("captured", NAVYMEN, PIRATES, event="AID", more=" So it went."),
    "another state's navy": tell("captured", ("the Turkish navy", "military", "TUR"), PIRATES),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_told_otherwise_stays_apart(name: str) -> None:
    """Neither words nor story alone join, and parties known to be others never are joined."""
    assert n_events(tell("captured", NAVYMEN, PIRATES), OTHERS[name]) == 2


def test_a_mediation_and_the_talks_it_serves_stay_apart() -> None:
    """Told in one word in one story, the mediator's part and the sides' own talks are two."""
    made = []
    for publisher, mediated in (("A", True), ("B", False)):
        m = Maker(NAVY.format(act="talks over"), publisher=publisher)
        a, b, c = m.actor("India", "state", "IND"), m.actor("Somalia", "state", "SOM"), m.actor("Oman", "state", "OMN")
        m.event("talks", "CONSULT", actor=[a, b], mediator=[c] if mediated else [], when_=None)
        made.append(m.coded())
    assert n_events(*made) == 2


def test_a_mediation_and_a_visit_stay_apart() -> None:
    """Also where one of the two has a mode: who mediates between two sides pays none of them the visit that another does."""
    made = []
    for publisher, mediated in (("A", True), ("B", False)):
        m = Maker(NAVY.format(act="talks over"), publisher=publisher, published="2025-08-05")
        a, b, c = m.actor("India", "state", "IND"), m.actor("Somalia", "state", "SOM"), m.actor("Oman", "state", "OMN")
        m.event("talks", "CONSULT", mode=None if mediated else "visit", actor=[a, b], mediator=[c] if mediated else [], when_=None)
        made.append(m.coded())
    assert n_events(*made) == 2


def test_claims_of_which_nothing_is_known_are_not_lumped_together() -> None:
    """Undated reports of unknown date that name nobody and share no story are as many happenings as reports."""
    made = []
    for text in (NAVY, COURT, "A village near Lake Chad was {act} by armed men, farmers told a radio station."):
        m = Maker(text.format(act="attacked"), publisher=text[:20])
        m.event("attacked", "ASSAULT", when_=None)
        made.append(m.coded())
    assert n_events(*made) == 3


def test_the_same_number_speaks_for_one_act() -> None:
    """Claims that tell the same number score higher, and say so; another number costs nothing, for reports differ on numbers."""
    scores = []
    for number in ("23", "41"):
        facts = []
        for publisher, told in (("A", "23"), ("B", number)):
            verb = "captured" if publisher == "A" else "seized"
            text = f"The Indian frigate Mysore {verb} {told} Somali pirates in the Gulf of Aden, the navy said in Delhi."
            text = text if publisher == "A" else f"Sailors of the frigate Mysore {verb} {told} Somali pirates. Freighters had been warned of skiffs off Bosaso."
            m = Maker(text, publisher=publisher)
            who = m.actor(*NAVYMEN)
            m.event(verb, "COERCE", actor=[who], recipient=[m.actor(*PIRATES)], when_=None, in_=text, quantity=[f"{told} Somali pirates"])
            facts += Filed(m.coded(), "2025-01-01T00:00:00Z").facts()
        scores.append(compare(*facts))
    same, other = scores
    assert same.score > other.score >= SAME
    assert any("both say 23" in w for w in same.why)


def contact(verb: str, status: str, published: str, *, event: str = "CONSULT", text: str = "", alone: bool = False) -> Coded:
    """An undated report of a contact, or another act, of Arlen and Borduria."""
    m = Maker(
        text or f"Arlen {verb} the premier of Borduria about the Zemlinsky canal and its tolls, envoys said in Klow.", publisher=published, published=published
    )
    arlen, premier = m.actor("Arlen", country="SYL"), m.actor("Boris Berg", country="BOR")
    m.event(verb, event, actor=[arlen], recipient=[] if alone else [premier], status=status, when_=None)
    return m.coded()


def test_a_contact_ahead_and_one_held_are_one_when_the_same_two_have_it() -> None:
    """Told two days apart without a day, a meeting planned is the meeting held; not one of which a side is left out, and no planned act of another kind."""
    ahead, held = ("meets", "planned", "2025-08-05"), ("met", "happened", "2025-08-07")
    assert n_events(contact(*ahead), contact(*held)) == 1
    assert n_events(contact(*ahead, alone=True), contact(*held)) == 2
    assert n_events(contact(*ahead), contact("met", "happened", "2025-08-12")) == 2
    assert n_events(contact("sanctions", "planned", "2025-08-05", event="SANCTION"), contact("sanctioned", "happened", "2025-08-07", event="SANCTION")) == 2


def test_without_days_parties_alone_make_no_act_one() -> None:
    """The same two accused in one word on neighbouring days: one act in one story, two in reports that have nothing in common."""
    first = contact("accused", "happened", "2025-08-05", event="ACCUSE")
    assert n_events(first, contact("accused", "happened", "2025-08-06", event="ACCUSE")) == 1
    other = "Arlen accused Berg. Swimmers and gymnasts had failed tests for steroids and hidden their samples in Szohod laboratories, referees complained."
    other += " Rowers, cyclists and fencers await verdicts of a tribunal in Lausanne, whose chemists found traces of hormones."
    assert n_events(first, contact("accused", "happened", "2025-08-06", event="ACCUSE", text=other)) == 2


def test_what_the_other_report_is_about_speaks_for_one_act() -> None:
    """An act told in the words of the other's head, and with the same words around it, has more evidence than one told somewhere below it in other words."""
    head, below = "The frigate Mysore captured pirates off Aden. ", "Budgets for dredging harbours were raised by ministers in the spring. " * 9
    facts = []
    for text in (head + below, "The frigate Mysore captured pirates. " + below, below + head, below + "Skippers captured a whale. "):
        m = Maker(text, publisher=text[:9] + text[-9:])
        m.event("captured", "COERCE", when_=None)
        facts += Filed(m.coded(), "2025-01-01T00:00:00Z").facts()
    near, far = evidence(facts[0], facts[1]), evidence(facts[2], facts[3])
    assert near["lead"] > far["lead"]
    assert near["shared"] > far["shared"]
    assert near["first"] > far["first"]


# ------------------------------------------------------------------ within one report
def test_an_act_named_again_is_one() -> None:
    """ "Visited" and "the visit" of one report are one act, also when the second leaves the host out; a visit on another day is another."""
    m = Maker("Sa'ar visited Ukraine. The visit was seen as a signal. An earlier visit had been cut short.", publisher="Post", published="2025-08-05")
    a, b = m.actor("Gideon Sa'ar", "person", "ISR"), m.actor("Ukraine", "state", "UKR")
    m.event("visited", "CONSULT", mode="visit", actor=[a], recipient=[b], when_="2025-07")
    m.event("visit was", "CONSULT", mode="visit", actor=[a], when_="2025-07")
    m.event("visit had", "CONSULT", mode="visit", actor=[a], when_="2024-03")
    assert n_events(m.coded()) == 2


def test_calls_of_different_pairs_stay_apart() -> None:
    """Calls that one report tells in one sentence are as many as their pairs, though a party be in both."""
    m = Maker("Netanyahu held a call with Bennett, and Putin had a call with Netanyahu.", publisher="Post", published="2025-08-05")
    a, b, c = (m.actor(n, "person", s) for n, s in (("Netanyahu", "ISR"), ("Bennett", "ISR"), ("Putin", "RUS")))
    m.event("call with Bennett", "CONSULT", mode="phone", actor=[a, b], when_=None)
    m.event("call with Netanyahu", "CONSULT", mode="phone", actor=[c, a], when_=None)
    assert n_events(m.coded()) == 2


def test_calls_of_different_pairs_stay_apart_whatever_the_register_says() -> None:
    """Within a report its own names decide: two people whom a title led to one entry are two."""
    m = Maker("The prime minister called Putin, and Bennett called Putin.", publisher="Post", published="2025-08-05")
    a = m.actor("Benjamin Netanyahu", "person", "ISR", entity="Q43723")
    b = m.actor("Naftali Bennett", "person", "ISR", entity="Q43723")
    c = m.actor("Vladimir Putin", "person", "RUS", entity="Q7747")
    m.event("called Putin, and", "CONSULT", mode="phone", actor=[a, c], when_=None)
    m.event("called Putin.", "CONSULT", mode="phone", actor=[b, c], when_=None)
    assert n_events(m.coded()) == 2


def test_calls_of_different_pairs_are_not_joined_by_a_third_report() -> None:
    """Told in other reports too, vaguely, the two calls stay two."""
    text = "Netanyahu held a call with Bennett, and Putin had a call with Netanyahu, Kan reported from Jerusalem."
    m = Maker(text, publisher="Post", published="2025-08-05")
    a, b, c = (m.actor(n, "person", s) for n, s in (("Netanyahu", "ISR"), ("Bennett", "ISR"), ("Putin", "RUS")))
    m.event("call with Bennett", "CONSULT", mode="phone", actor=[a, b], when_=None)
    m.event("call with Netanyahu", "CONSULT", mode="phone", actor=[c, a], when_=None)
    others = []
    for n in range(3):
        o = Maker(text + f" It was quoted for the {n + 2}th time.", publisher=f"Paper {n}", published="2025-08-05")
        o.event("call with Bennett", "CONSULT", mode="phone", actor=[o.actor("Netanyahu", "person", "ISR")], when_=None)
        others.append(o.coded())
    made = [Filed(r, "2025-08-05T00:00:00Z") for r in sorted([m.coded(), *others], key=lambda r: r.report.id)]
    home = {f.claim.anchor.text: h.event.id for h in fuse(made).happenings for f in h.facts if f.filed.report.publisher == "Post"}
    assert len(home) == len(set(home.values())) == 2


FILLER = " The weather in the gulf was calm that day, and the crew of the ship had sailed from Mumbai in May." * 60


@pytest.mark.parametrize(("published", "far", "n"), [(None, False, 1), (None, True, 2), ("2025-08-04", True, 1)])
def test_reports_of_unknown_day_are_one_story_near_their_heads(published: str | None, far: bool, n: int) -> None:
    """What two reports tell alike of an act without a day is one where both tell it first; far down only when it is known that they came out together."""
    reports = []
    for publisher, who in (("Post", NAVYMEN), ("Herald", SAILORS)):
        text = NAVY.format(act="spoke of") + (FILLER if far else "") + f" They captured the pirates, the {publisher} learnt."
        m = Maker(text, publisher=publisher, published=published)
        m.event("captured", "COERCE", actor=[m.actor(*who)], recipient=[m.actor(*PIRATES)], when_=None)
        reports.append(m.coded())
    assert n_events(*reports) == n


YEAR = "2025-01-01/2025-12-31"


@pytest.mark.parametrize(
    ("first", "second", "day", "n"),
    [("testing", "tests", None, 1), ("testing", "retreat", None, 2), ("testing", "retreat", YEAR, 2), ("testing", "retreat", "2025-08-03", 1)],
)
def test_acts_of_the_same_parties_without_a_day_need_words_of_one_meaning(first: str, second: str, day: str | None, n: int) -> None:
    """That a state does things of one type in the same week or year makes them one only when the words say so; on the same day it does."""
    reports = []
    for publisher, act, text in (
        ("Post", first, "The {} of rockets by Borduria alarmed fishermen in the north."),
        ("Herald", second, "In the capital a general defended the {} by Borduria."),
    ):
        m = Maker(text.format(act), publisher=publisher, published="2025-08-04")
        m.event(act, "MOBILIZE", actor=[m.actor("Borduria", "state", "BOR")], when_=day)
        reports.append(m.coded())
    assert n_events(*reports) == n


def test_other_matters_speak_against_one_act() -> None:
    """Two demands of one side that share no word of what is demanded; a demand without a matter tells nothing of that."""
    facts = []
    for demand in ("open the canal to grain", "free two captive fishermen", None):
        m = Maker(f"Berg urged Syldavia to {demand}.", publisher=str(demand))
        m.event("urged", "REQUEST", actor=[m.actor("Berg")], recipient=[m.actor("Syldavia", "state", "SYL")], when_=None, demand=[demand] if demand else [])
        facts += Filed(m.coded(), "2025-01-01T00:00:00Z").facts()
    grain, captives, nothing = facts
    assert (evidence(grain, captives)["matter"], evidence(grain, nothing)["matter"]) == (1.0, 0.0)
    assert evidence(grain, captives)["shared"] == 0.0  # act and parties are compared by themselves


def test_the_surer_of_two_sure_pairs_scores_more() -> None:
    """Two reports that share all words of an act are surer to tell one than two that share some, also where nobody would doubt either."""
    facts = []
    sentences = ("captured two dozen Somali pirates off Aden", "captured two dozen Somali pirates off Aden", "captured pirates off Aden after a chase")
    for n, sentence in enumerate(sentences):
        m = Maker(f"The Indian frigate Mysore {sentence}. Its crew freed the tanker Olib.", publisher=f"Paper {n}", published="2025-08-05")
        m.event("captured", "COERCE", mode="arrest", when_=None)
        facts += Filed(m.coded(), "2025-08-05T00:00:00Z").facts()
    wholly, partly = odds(facts[0], facts[1]).score, odds(facts[0], facts[2]).score
    assert 0.9 < partly < wholly <= 1
