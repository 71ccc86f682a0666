"""Which claims are one happening, with reasons, whatever the order of arrival."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import stories
from backchannel.ledger import Ledger
from backchannel.ledger.events import fuse
from backchannel.ledger.facts import Fact, Filed
from backchannel.ledger.matching import SAME, compare
from backchannel.records import Coded
from support import Maker, gold, gold_files


def filed(*reports: Coded) -> list[Filed]:
    """As the ledger would hand them over."""
    return [Filed(c, "2025-08-05T00:00:00Z") for c in sorted(reports, key=lambda c: c.report.id)]


def tell(
    event: str,
    actor: tuple[str, str, str],
    recipient: tuple[str, str, str] | None,
    *,
    day: str | None = "2025-08-03",
    mode: str | None = None,
    publisher: str = "Post",
    published: str = "2025-08-05",
    status: str = "happened",
    text: str | None = None,
    where: str | None = None,
) -> Fact:
    """One claim of one report; parties as (name, kind, country)."""
    m = Maker(f"It was told by {publisher} that it came about in Geneva or in Vienna, {published}.", publisher=publisher, published=published)
    a = m.actor(*actor)
    b = [m.actor(*recipient)] if recipient else []
    m.event("came about", event, actor=[a], recipient=b, when_=day, mode=mode, status=status, text=text, where=where)
    return next(filed(m.coded())[0].facts())


PUTIN, NETANYAHU = ("Vladimir Putin", "person", "RUS"), ("Benjamin Netanyahu", "person", "ISR")
RUSSIA, UKRAINE, KREMLIN = ("Russia", "state", "RUS"), ("Ukraine", "state", "UKR"), ("Kremlin", "government", "RUS")
WITKOFF = ("Steve Witkoff", "person", "USA")

SAME_CASES = {
    "the same call in two outlets": (
        tell("CONSULT", PUTIN, NETANYAHU, mode="phone"),
        tell("CONSULT", ("Netanyahu", "person", "ISR"), ("Putin", "person", "RUS"), publisher="B"),
    ),
    "a day inside the other's week": (
        tell("CONSULT", PUTIN, NETANYAHU),
        tell("CONSULT", PUTIN, NETANYAHU, day="2025-07-28/2025-08-03", publisher="B"),
    ),
    "a state by other names": (tell("ASSAULT", RUSSIA, UKRAINE, mode="aerial"), tell("ASSAULT", KREMLIN, UKRAINE, mode="aerial", publisher="B")),
    "the plan and its fulfilment on its day": (
        tell("CONSULT", WITKOFF, KREMLIN, mode="visit", day="2025-08-06", status="expected"),
        tell("CONSULT", WITKOFF, RUSSIA, mode="visit", day="2025-08-06", publisher="B", published="2025-08-07"),
    ),
    "undated, told on neighbouring days": (
        tell("SANCTION", WITKOFF, RUSSIA, day=None),
        tell("SANCTION", WITKOFF, RUSSIA, day=None, publisher="B", published="2025-08-06"),
    ),
}
OTHER_CASES = {
    "another day": (tell("CONSULT", PUTIN, NETANYAHU), tell("CONSULT", PUTIN, NETANYAHU, day="2025-07-20", publisher="B")),
    "another person of the same state": (
        tell("CONSULT", WITKOFF, KREMLIN),
        tell("CONSULT", ("Marco Rubio", "person", "USA"), KREMLIN, publisher="B"),
    ),
    "the other way round": (tell("ASSAULT", RUSSIA, UKRAINE), tell("ASSAULT", UKRAINE, RUSSIA, publisher="B")),
    "another kind of act": (tell("ASSAULT", RUSSIA, UKRAINE), tell("AID", RUSSIA, UKRAINE, publisher="B")),
    "threatened and done": (tell("SANCTION", WITKOFF, RUSSIA, status="threatened"), tell("SANCTION", WITKOFF, RUSSIA, publisher="B")),
    "recently is no day": (tell("CONSULT", PUTIN, NETANYAHU, day=None, text="recent"), tell("CONSULT", PUTIN, NETANYAHU, publisher="B")),
    "undated, weeks apart": (
        tell("CONSULT", PUTIN, NETANYAHU, day=None),
        tell("CONSULT", PUTIN, NETANYAHU, day=None, publisher="B", published="2025-09-05"),
    ),
}


@pytest.mark.parametrize("name", SAME_CASES)
def test_one_happening(name: str) -> None:
    """Told twice, it is one happening, and the reasons say why."""
    a, b = SAME_CASES[name]
    pairing = compare(a, b)
    assert pairing.score >= SAME, pairing
    assert pairing.why
    assert compare(b, a) == pairing


@pytest.mark.parametrize("name", OTHER_CASES)
def test_two_happenings(name: str) -> None:
    """What differs keeps them apart."""
    assert compare(*OTHER_CASES[name]).score < SAME


def test_a_meeting_is_no_call() -> None:
    """Of two weeks that overlap and one party that both name, channels that differ make two contacts; the same channel, or one unsaid, may be one."""
    facts = {}
    for channel in ("in_person", "phone", "unknown"):
        m = Maker(f"It was told that it came about, {channel}.", publisher="Herald" if channel == "in_person" else "Post", published="2025-08-05")
        both = [m.actor(*NETANYAHU), *([m.actor(*WITKOFF)] if channel == "in_person" else [])]
        day, mode = ("2025-07-28/2025-08-03", None) if channel == "in_person" else ("2025-07-01/2025-07-31", "phone" if channel == "phone" else None)
        m.event("came about", "CONSULT", actor=both, when_=day, mode=mode, channel=channel)
        facts[channel] = next(filed(m.coded())[0].facts())
    assert compare(facts["in_person"], facts["phone"]).score < SAME <= compare(facts["in_person"], facts["unknown"]).score


def test_a_report_keeps_its_acts_apart() -> None:
    """Two calls that one report tells are two, also when another report's vague claim could be either."""
    m = Maker("They spoke on Sunday. They had talked before. They met some calls ago.", publisher="Post", published="2025-08-05")
    a, b = m.actor(*PUTIN), m.actor(*NETANYAHU)
    m.event("spoke", "CONSULT", actor=[a, b], when_="2025-08-03")
    m.event("talked", "CONSULT", actor=[a, b], when_="2025-07-27/2025-08-02")
    other = tell("CONSULT", PUTIN, NETANYAHU, day="2025-07-28/2025-08-03", publisher="B")
    affairs = fuse(filed(m.coded(), other.filed.coded))
    assert all(len({f.claim.anchor.start for f in h.facts if f.filed.report.publisher == "Post"}) <= 1 for h in affairs.happenings)


def corpus() -> list[Coded]:
    """A few outlets on one affair, and annotated articles when they are there."""
    made = [
        stories.call("Post"),
        stories.call("Herald"),
        stories.call_confirmed("Mail"),
        stories.retold("Echo", "Gazette"),
        stories.ultimatum(),
        stories.call(None, extra="Rain."),
    ]
    return made + [gold(p) for p in gold_files()[:12]]


def told(day: str | None, publisher: str, *, published: str = "2025-08-12") -> Coded:
    """A report of one strike."""
    return tell("ASSAULT", RUSSIA, UKRAINE, day=day, publisher=publisher, published=published).filed.coded


def groups(*reports: Coded) -> list[list[str]]:
    """The publishers of each happening."""
    return sorted(sorted(f.filed.report.publisher or "" for f in h.facts) for h in fuse(filed(*reports)).happenings)


def test_a_sequence_of_daily_strikes_stays_many() -> None:
    """Strikes of neighbouring days are as many as their days, each told by several outlets."""
    reports = [told(f"2025-08-{day:02d}", f"{outlet}{day}") for day in range(1, 8) for outlet in "AB"]
    assert groups(*reports) == [[f"A{d}", f"B{d}"] for d in range(1, 8)]


def test_a_vague_claim_attaches_only_where_it_fits_one() -> None:
    """That week joins the week's only strike; where there were three it stays by itself, and the ledger says why."""
    week = told("2025-08-04/2025-08-10", "Weekly")
    assert groups(told("2025-08-05", "A"), week) == [["A", "Weekly"]]
    three = [told(f"2025-08-{d:02d}", n) for d, n in ((5, "A"), (7, "B"), (9, "C"))]
    assert groups(*three, week) == [["A"], ["B"], ["C"], ["Weekly"]]
    judged = [j for j in fuse(filed(*three, week)).judgements if not j.same]
    assert judged
    assert "two happenings" in judged[0].why[0]


def test_a_retrospective_attaches_to_the_old_event() -> None:
    """A report years later joins the event of its day, not the news of its own."""
    then, later = told("2022-02-24", "Then", published="2022-02-25"), told("2022-02-24", "Later", published="2025-02-24")
    assert groups(then, later, told("2025-02-23", "Now", published="2025-02-24")) == [["Later", "Then"], ["Now"]]


def test_fifty_orders_of_arrival_give_the_same_events() -> None:
    """Whatever order reports come in, events and decisions are the same; also when some were fused before."""
    from bench.synthetic import reports

    made = filed(*reports(300))
    whole = fuse(made)
    for seed in range(50):
        shuffled = list(made)
        random.Random(seed).shuffle(shuffled)
        fuse(shuffled[: seed % 10])
        again = fuse(shuffled)
        assert again.events == whole.events
        assert seed % 10 or again.judgements == whole.judgements


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_reports_never_changes_events(seed: int, tmp_path: Path) -> None:
    """Filed in any order, the same events come out, with the same ids."""
    reports = corpus()
    with Ledger(tmp_path / "a.db") as first, Ledger(tmp_path / "b.db") as second:
        for coded in reports:
            first.add(coded, known_at="2025-08-05T00:00:00Z")
        random.Random(seed).shuffle(reports)
        for coded in reports:
            second.add(coded, known_at="2025-08-05T00:00:00Z")
        assert first.fused() == second.fused()
        assert first.affairs().judgements == second.affairs().judgements


def test_every_claim_belongs_to_one_event(tmp_path: Path) -> None:
    """Fusing loses no event claim and uses none twice."""
    with Ledger(tmp_path / "l.db") as ledger:
        for coded in corpus():
            ledger.add(coded)
        fused = [c for e in ledger.fused() for c in e.claims]
        assert sorted(fused) == sorted(f.id for f in ledger.facts() if f.claim.__struct_config__.tag == "event")


def test_people_decide(tmp_path: Path) -> None:
    """A person's judgement wins over the score, both ways, and can be taken back; so can Backchannel's own."""
    one, two, far = stories.call("Post"), stories.call_confirmed("Herald", by=("Arland",)), stories.call("Mail", "2025-06-01", day="2025-05-30")
    a, b, c = (r.claims[0].id for r in (one, two, far))
    with Ledger(tmp_path / "l.db") as ledger:
        for coded in (one, two, far):
            ledger.add(coded)
        assert len(ledger.fused()) == 2
        apart = ledger.judge(a, b, same=False, by="reader")
        assert len(ledger.fused()) == 3
        ledger.undo(apart.id)
        assert len(ledger.fused()) == 2
        together = ledger.judge(a, c, same=True, by="reader", why="the date was a slip")
        assert len(ledger.fused()) == 1
        ledger.undo(together.id)
        own = next(j for j in ledger.affairs().judgements if {j.left, j.right} == {a, b})
        ledger.undo(own.id)
        assert len(ledger.fused()) == 3


def test_a_large_ledger_is_not_compared_pair_by_pair() -> None:
    """Only claims that share a party, a kind of act and a time are compared."""
    from backchannel.ledger.blocking import candidates

    facts = [
        tell("CONSULT", (f"Person {i % 50}", "person", f"C{i % 50:02d}"), None, day=f"2025-{1 + i % 12:02d}-{1 + i % 27:02d}", publisher=f"P{i}")
        for i in range(300)
    ]
    pairs = list(candidates(facts))
    assert len(pairs) < 300 * 299 / 2 / 20
    assert len(set(pairs)) == len(pairs)
    assert all(i < j for i, j in pairs)
    turned = facts[::-1]
    assert {frozenset((facts[i].id, facts[j].id)) for i, j in pairs} == {frozenset((turned[i].id, turned[j].id)) for i, j in candidates(turned)}


def test_the_same_parties_in_the_same_roles_are_one_cast() -> None:
    """Whichever reports and acts name them; another role, kind, state or spelling is another cast, and a spelling alone looks the same."""
    told = tell("CONSULT", PUTIN, NETANYAHU)
    assert tell("ASSAULT", PUTIN, NETANYAHU, publisher="B").cast is told.cast
    others = [(NETANYAHU, PUTIN), (PUTIN, None), (PUTIN, ("Benjamin Netanyahu", "person", "USA")), (PUTIN, ("Benjamin Netanyahu", "state", "ISR"))]
    assert told.cast.look not in {tell("CONSULT", *pair).cast.look for pair in others}
    spelt = tell("CONSULT", PUTIN, ("BENJAMIN NETANYAHU", "person", "ISR")).cast
    assert spelt is not told.cast
    assert spelt.look == told.cast.look


def test_another_mode_speaks_against_one_act_and_does_not_forbid_it() -> None:
    """Two reports of one day's attack: one mode for both scores most, a mode that only one names less, two modes least, and still more than nothing."""
    scores = []
    for mode in ("aerial", None, "drone"):
        facts = []
        for publisher, told in (("A", "aerial"), ("B", mode)):
            m = Maker("Borduria attacked Syldavia on Monday.", publisher=publisher)
            who = [m.actor("Borduria", "state", "BOR")]
            m.event("attacked", "ASSAULT", mode=told, actor=who, recipient=[m.actor("Syldavia", "state", "SYL")], when_="2025-08-04")
            facts += Filed(m.coded(), "2025-08-05T00:00:00Z").facts()
        scores.append(compare(*facts).score)
    assert scores[0] > scores[1] > scores[2] >= SAME


def visits(*told: tuple[str, str, str | None, str]) -> int:
    """How many acts there are in one report of these visits by Arlen: anchor, host, day, status."""
    m = Maker(
        "Arlen arrived in Borduria on Tuesday. He is visiting it. His visit ends soon. Berg, its premier, and Bork, its speaker, saw him.",
        publisher="Post",
        published="2025-08-06",
    )
    a = m.actor("Arlen", country="ARL")
    hosts = {
        "state": m.actor("Borduria", "state", "BOR"),
        "Berg": m.actor("Boris Berg", country="BOR", says=["Berg"]),
        "Bork": m.actor("Bela Bork", country="BOR", says=["Bork"]),
    }
    for anchor, host, day, status in told:
        m.event(anchor, "CONSULT", mode="visit", actor=[a], recipient=[hosts[host]], when_=day, status=status)
    return len(fuse([Filed(m.coded(), "2025-08-06T00:00:00Z")]).happenings)


def test_a_visit_told_in_stages_is_one() -> None:
    """Arrival, "is visiting" and "his visit" are one visit to a state and who receives one for it; other hosts and other days are others."""
    arrived, visiting = ("arrived", "state", "2025-08-05", "happened"), ("visiting", "state", "2025-08-04/2025-08-10", "ongoing")
    assert visits(arrived, visiting, ("visit", "Berg", None, "happened")) == 1
    assert visits(arrived, ("visit", "state", "2025-07-01", "happened")) == 2
    assert visits(("arrived", "Berg", "2025-08-05", "happened"), ("visit", "Bork", "2025-08-05", "happened")) == 2
    assert visits(arrived, ("visit", "state", None, "planned")) == 2


def words_of(event: str, *told: tuple[str, str, str]) -> int:
    """How many acts there are in as many reports of one minister's words to one state, each with its days, its matter and its sentence."""
    reports = []
    for n, (day, matter, sentence) in enumerate(told):
        m = Maker(sentence, publisher=f"Paper {n}", published="2025-08-05")
        who, whom = m.actor("Boris Berg", country="BOR"), m.actor("Syldavia", "state", "SYL")
        m.event("urged", event, actor=[who], recipient=[whom], when_=day, demand=[matter])
        reports.append(m.coded())
    return len(fuse(filed(*reports)).happenings)


def test_words_are_one_act_where_their_matter_is() -> None:
    """Who asks, accuses or praises does so again within a week; what is done otherwise than by words is told by parties and days."""
    grain = ("2025-08-04", "let grain ships pass", "On Monday Boris Berg urged Syldavia to let grain ships pass the Klow canal.")
    again = ("2025-07-30/2025-08-05", "open the canal to grain", "In a letter this week Boris Berg urged Syldavia to open the canal to grain.")
    captives = ("2025-07-30/2025-08-05", "free two captive fishermen", "Boris Berg urged Syldavia this week to free two captive fishermen.")
    assert words_of("REQUEST", grain, again) == 1
    assert words_of("REQUEST", grain, captives) == 2
    assert words_of("SANCTION", grain, captives) == 1
