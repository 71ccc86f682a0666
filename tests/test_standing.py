"""How well a happening is established, by who says so."""

from __future__ import annotations

import pytest

import stories
from backchannel.ledger.events import fuse
from backchannel.ledger.facts import Filed
from backchannel.records import Coded
from support import Maker


def standings(*reports: Coded) -> list[str]:
    """How the events of these reports stand."""
    affairs = fuse([Filed(c, "2025-08-05T00:00:00Z") for c in sorted(reports, key=lambda c: c.report.id)])
    return [h.event.standing for h in affairs.happenings]


def one(status: str = "happened", *, said: str | None = None, stance: str = "asserts", when_: str | None = "2025-08-06", **more: str) -> Coded:
    """One visit, said by a side, an outsider or the report itself."""
    m = Maker("Arlen visits Borduria on Wednesday, the speaker said in the hall.", publisher="Post", published="2025-08-05")
    a, b = m.actor("Arlen", country="ARL"), m.actor("Borduria", "state", "BOR")
    who = {
        "arland": ("Arland ministry", "ministry", "ARL"),
        "borduria": ("Borduria ministry", "ministry", "BOR"),
        "outsider": ("Observer", "person", "OUT"),
    }
    by = [m.said("the speaker", "Arlen visits Borduria on Wednesday", by=m.actor(*who[said]), cue="said", stance=stance)] if said else []
    m.event("visits", "CONSULT", mode="visit", actor=[a], recipient=[b], status=status, when_=when_, said_by=by, **more)
    return m.coded()


def newer(published: str) -> Coded:
    """An unrelated later report: the news has moved on."""
    return Maker("Rain fell on the capital all day.", publisher="Weather", published=published).coded()


@pytest.mark.parametrize(
    ("report", "standing"),
    [
        (one(), "reported"),
        (one(said="outsider"), "reported"),
        (one(said="arland"), "claimed"),
        (one(said="arland", stance="confirms"), "confirmed_by_one"),
        (one(said="outsider", stance="confirms"), "reported"),
        (one(said="borduria", stance="denies", polarity="-"), "denied"),
        (one(said="borduria", stance="denies"), "unclear"),
        (one("demanded", said="borduria", stance="demands", polarity="-"), "unclear"),
        (one(polarity="-"), "denied"),
        (one("did_not_happen"), "reported"),
        (one("did_not_happen", said="outsider"), "reported"),
        (one("did_not_happen", said="outsider", stance="denies"), "denied"),
        (one("expected"), "planned"),
        (one("threatened"), "threatened"),
        (one("possible"), "unclear"),
        (one(said="outsider", stance="speculates"), "unclear"),
        (one(certainty="unknown"), "unclear"),
    ],
)  # fmt: skip
def test_one_report(report: Coded, standing: str) -> None:
    """Each way of telling has its standing."""
    assert standings(report) == [standing]


def test_both_sides() -> None:
    """Confirmed by offices of both states; one of them denying makes it disputed."""
    assert standings(stories.call_confirmed("Post")) == ["confirmed_by_both"]
    assert standings(stories.call_confirmed("Post", by=("Borduria",))) == ["confirmed_by_one"]
    assert standings(stories.call("Post"), stories.call_confirmed("Mail", by=("Borduria",), stance="denies")) == ["disputed"]


def test_their_offices_speak_for_both() -> None:
    """A source that is both sides' at once confirms for both."""
    m = Maker("Arlen and Berg spoke, their offices confirmed.", publisher="Post", published="2025-08-05")
    a, b = m.actor("Arlen", country="ARL"), m.actor("Berg", country="BOR")
    s = m.said("their offices", "Arlen and Berg spoke", cue="confirmed", stance="confirms")
    m.event("spoke", "CONSULT", actor=[a, b], said_by=[s])
    assert standings(m.coded()) == ["confirmed_by_both"]


def test_an_accusation_alone_is_a_claim() -> None:
    """What only its accuser says is claimed, not reported."""
    m = Maker("The envoy condemned Bordurian strikes on towns.", publisher="Post", published="2025-08-05")
    e, b = m.actor("The envoy", "person", "OUT"), m.actor("Borduria", "state", "BOR")
    s = m.said("The envoy", "Bordurian strikes on towns", by=e, cue="condemned", stance="accuses")
    m.event("strikes", "ASSAULT", actor=[b], said_by=[s])
    assert standings(m.coded()) == ["claimed"]


def test_a_plan_lapses_when_the_news_has_passed_its_day() -> None:
    """Only the day of the newest report makes a plan or threat lapse; an undated one never does."""
    assert standings(one("expected"), newer("2025-08-06")) == ["planned"]
    assert standings(one("expected"), newer("2025-08-07")) == ["lapsed"]
    assert standings(one("threatened"), newer("2025-08-07")) == ["lapsed"]
    assert standings(one("expected", when_=None), newer("2025-12-24")) == ["planned"]


def test_what_was_over_when_it_was_told_as_planned_has_not_lapsed() -> None:
    """Nobody waited for the day of a vote "in June to leave" that a report of July tells of."""
    assert standings(one("planned", when_="2025-06-02"), newer("2025-08-07")) == ["unclear"]


def dated(day: str, status: str, *, said: str | None = None, stance: str = "asserts", polarity: str = "+", when_: str | None = "2025-08-20") -> Coded:
    """The visit of 20 August, told on a day."""
    m = Maker(f"Arlen visits Borduria on 20 August, the speaker said in the hall. It was {day}.", publisher=day, published=day)
    a, b = m.actor("Arlen", country="ARL"), m.actor("Borduria", "state", "BOR")
    who = {"arland": ("Arland ministry", "ministry", "ARL"), "borduria": ("Borduria ministry", "ministry", "BOR")}
    by = [m.said("the speaker", "Arlen visits Borduria on 20 August", by=m.actor(*who[said]), cue="said", stance=stance)] if said else []
    m.event("visits", "CONSULT", mode="visit", actor=[a], recipient=[b], status=status, when_=when_, said_by=by, polarity=polarity)
    return m.coded()


PLAN, OFF = dated("2025-08-05", "planned"), dated("2025-08-08", "did_not_happen")


def test_called_off_planned_again_and_held() -> None:
    """The newest word on a plan counts, and that it was called off, or that it would not be, is no denial of its being held."""
    off_by_a_side = dated("2025-08-08", "planned", said="arland", polarity="-")
    again, held = dated("2025-08-12", "planned"), dated("2025-08-21", "happened")
    assert standings(PLAN, OFF) == standings(PLAN, off_by_a_side) == ["lapsed"]
    assert standings(PLAN, OFF, again) == standings(PLAN, off_by_a_side, again) == ["planned"]
    assert standings(PLAN, OFF, again, held) == standings(PLAN, off_by_a_side, held) == ["reported"]
    assert standings(held, dated("2025-08-22", "did_not_happen")) == ["disputed"]


def test_a_contact_called_off_without_a_day_is_the_one_planned() -> None:
    """Told before its day, by a report that does not name it; not one told after it, nor one that nobody planned, nor one that is only said not to be held."""
    off = cancelled("2025-08-08")
    assert standings(PLAN, off) == ["reported", "lapsed"]  # the refusal, the visit
    assert len(standings(PLAN, cancelled("2025-08-26"))) == 3
    assert len(standings(off, dated("2025-08-21", "happened"))) == 3
    assert len(standings(PLAN, dated("2025-08-08", "did_not_happen", when_=None))) == 2
    assert standings(PLAN, off, dated("2025-08-12", "planned"), dated("2025-08-21", "happened")) == ["reported", "reported"]


def cancelled(day: str) -> Coded:
    """A visit called off, told on a day."""
    m = Maker(f"Arlen called off a visit to Borduria. It was {day}.", publisher=day, published=day)
    a, b = m.actor("Arlen", country="ARL"), m.actor("Borduria", "state", "BOR")
    sentence = "Arlen called off a visit to Borduria."
    m.event("called off", "REJECT", mode="meet", actor=[a], recipient=[b], when_=day, in_=sentence)
    m.event("visit", "CONSULT", mode="visit", actor=[a], recipient=[b], status="did_not_happen", when_=None, in_=sentence)
    return m.coded()


def test_the_last_word_of_a_side_counts() -> None:
    """Who admits what it denied denies it no longer, also when its denial is told later; a denial of what was merely said counts when it is newer."""
    denial, admission = (
        dated(day, "happened", said="arland", stance=s, polarity=p) for day, s, p in (("2025-08-21", "denies", "-"), ("2025-08-24", "confirms", "+"))
    )
    retold = dated("2025-08-26", "happened", said="arland", stance="denies", polarity="-")
    assert standings(denial, dated("2025-08-21", "happened", said="borduria")) == ["disputed"]
    assert standings(denial, admission) == standings(admission, retold) == ["confirmed_by_one"]
    assert standings(dated("2025-08-21", "happened", said="arland"), retold) == ["denied"]


def test_two_who_do_it_together_are_one_side() -> None:
    """What both accusers say is no confirmation by both sides; what the accused says with them is."""
    m = Maker("Arland and Borduria condemned Syldavia, their ministers said.", publisher="Post", published="2025-08-05")
    a, b, c = (m.actor(n, "state", k) for n, k in (("Arland", "ARL"), ("Borduria", "BOR"), ("Syldavia", "SYL")))
    for who in (a, b):
        s = m.said("their ministers", "Arland and Borduria condemned Syldavia", by=who, cue="said")
        m.event("condemned", "ACCUSE", actor=[a, b], recipient=[c], said_by=[s])
    assert standings(m.coded()) == ["claimed"]


def test_two_of_a_state_that_is_on_both_sides_are_one_side() -> None:
    """Of a ban by a state on its own firms two of its ministries speak for those who made it; with the ministry of the firms' own state both sides do."""
    found = []
    for firms in ("ARL", "BOR"):
        made = []
        for who, country, by in (("One ministry", "ARL", True), ("Another ministry", firms, False)):
            m = Maker(f"{who} said the ban on the firms held.", publisher=who, published="2025-08-05")
            makers, mills = [m.actor("Arland", "state", "ARL")] if by else [], m.actor("the firms", "company", firms)
            s = m.said(who, "the ban on the firms held", by=m.actor(who, "ministry", country), cue="said")
            m.event("ban", "SANCTION", mode="discontinue", actor=makers, recipient=[mills], when_="2025-08-04", said_by=[s])
            made.append(m.coded())
        found += standings(*made)
    assert found == ["claimed", "confirmed_by_both"]


@pytest.mark.parametrize(("stance", "n_reports", "found"), [
    ("denies", 1, ["disputed"]),
    ("denies", 2, ["disputed"]),
    ("asserts", 1, ["denied", "reported"]),
    ("asserts", 2, ["denied", "reported"]),
])  # fmt: skip
def test_only_a_denial_disputes_what_nobody_dated(stance: str, n_reports: int, found: list[str]) -> None:
    """What a source merely tells as not so ("did not tell me") is another act than what that report, or another, tells as so; what it denies is the same."""
    texts = ["Arlen jailed Berg, the envoy said.", "Arlen did not jail Berg, the minister said."]
    made = (
        [Maker(t, publisher=t[:14], published="2025-08-05") for t in texts]
        if n_reports == 2
        else [Maker(" ".join(texts), publisher="Post", published="2025-08-05")]
    )
    for m, act, who, country, how in ((made[0], "jailed", "the envoy", "OUT", "asserts"), (made[-1], "jail", "the minister", "BOR", stance)):
        a, b = m.actor("Arlen", country="ARL"), m.actor("Berg", country="BOR")
        s = m.said(who, texts[act == "jail"].partition(",")[0], by=m.actor(who, "person", country), cue="said", stance=how)
        polarity = "-" if act == "jail" else "+"
        m.event(act, "COERCE", mode="arrest", actor=[a], recipient=[b], when_=None, said_by=[s], polarity=polarity)
    assert sorted(standings(*(m.coded() for m in made))) == found


def test_a_plan_that_is_fulfilled_is_reported() -> None:
    """Plan and fulfilment are one event, and it has happened."""
    assert standings(one("expected"), done()) == ["reported"]


def done(publisher: str = "Herald") -> Coded:
    """The visit, told after it took place."""
    m = Maker("Arlen was in Borduria on Wednesday for a visit.", publisher=publisher, published="2025-08-07")
    m.event("visit", "CONSULT", mode="visit", actor=[m.actor("Arlen", country="ARL")], recipient=[m.actor("Borduria", "state", "BOR")], when_="2025-08-06")
    return m.coded()


def corroborated(*reports: Coded) -> list[str | None]:
    """The origins of the one event of these reports."""
    affairs = fuse([Filed(c, "2025-08-05T00:00:00Z") for c in sorted(reports, key=lambda c: c.report.id)])
    (happening,) = affairs.happenings
    return [o.name for o in happening.event.origins]


def test_a_plan_is_no_origin_of_what_was_done() -> None:
    """Who only told of the plan does not say that it was carried out, and who promised it does not confirm it; plans corroborate plans."""
    assert corroborated(one("expected"), done()) == ["Herald"]
    assert corroborated(one("planned", said="borduria", stance="confirms"), done()) == ["Herald"]
    assert standings(one("planned", said="borduria", stance="confirms"), done()) == ["reported"]
    assert corroborated(one(), done()) == ["Herald", "Post"]
    assert corroborated(one("expected")) == ["Post"]


def test_who_denies_or_will_not_comment_is_no_origin() -> None:
    """A denial disputes, silence does neither; both leave the origins to those who say that it happened."""
    assert corroborated(one(said="borduria", stance="denies", polarity="-"), done()) == ["Herald"]
    assert standings(one(said="borduria", stance="declines_to_comment"), done()) == ["reported"]
    assert corroborated(one(said="borduria", stance="declines_to_comment"), done()) == ["Herald"]
    assert standings(one(said="borduria", stance="declines_to_comment")) == ["unclear"]
    assert corroborated(one(said="borduria", stance="denies", polarity="-")) == ["Post"]


@pytest.mark.parametrize(("source", "standing"), [("Arland and Borduria", "confirmed_by_both"), ("Arland and its press", "claimed")])
def test_two_sides_that_say_it_together(source: str, standing: str) -> None:
    """One source of two names speaks for both."""
    m = Maker(f"Arlen and Berg spoke on Sunday, {source} said.", publisher="Post", published="2025-08-05")
    a, b = m.actor("Arlen", country="ARL"), m.actor("Berg", country="BOR")
    arland = m.actor("Arland", "state", "ARL", says=["Arland"])
    m.actor("Borduria", "state", "BOR", says=["Borduria"] if "Borduria" in source else [])
    s = m.said(source, "Arlen and Berg spoke on Sunday", by=arland, cue="said")
    m.event("spoke", "CONSULT", actor=[a, b], said_by=[s])
    assert standings(m.coded()) == [standing]
