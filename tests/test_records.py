"""Records: JSON in and out, ids, contracts."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backchannel import plover
from backchannel import records as r

spans = st.builds(r.Span, start=st.integers(0, 9), end=st.integers(0, 9), text=st.text(max_size=5))
whens = st.builds(
    r.When,
    start=st.none() | st.just("2025-08-03"),
    precision=st.none() | st.just("day"),
    text=st.none() | st.text(max_size=9),
    bound=st.none() | st.just("before"),
)
events = st.builds(
    r.EventClaim, key=st.just("c1"), id=st.just("x"), anchor=spans, event=st.sampled_from(plover.TYPES), when=st.none() | whens, condition=st.none() | spans,
    roles=st.builds(r.Roles, topic=st.lists(spans, max_size=2).map(tuple), mediator=st.just(("a1",))), status=st.sampled_from(["happened", "planned"]),
)  # fmt: skip
offices = st.builds(r.OfficeClaim, key=st.just("c2"), id=st.just("y"), anchor=spans, person=st.just("a1"), office=st.text(max_size=9), from_=st.none() | whens)
relations = st.builds(r.RelationClaim, key=st.just("c3"), id=st.just("z"), anchor=spans, between=st.just(("a1", "a2")))
questions = st.builds(r.QuestionClaim, key=st.just("c4"), id=st.just("q"), anchor=spans, alternatives=st.lists(spans, max_size=3).map(tuple))
coded = st.builds(
    r.Coded,
    report=st.builds(r.Report, id=st.just("r1"), text=st.text(max_size=20), extra=st.dictionaries(st.text(max_size=4), st.integers(), max_size=2)),
    claims=st.lists(events | offices | relations | questions, max_size=4).map(tuple),
)


@given(coded)
def test_everything_comes_back_from_json(record: r.Coded) -> None:
    """Coded -> JSON -> Coded is the identity, for every kind of claim."""
    assert r.from_json(r.Coded, r.to_json(record)) == record


def test_json_uses_the_keys_others_rely_on() -> None:
    """Claims carry `kind` and an office its `from`, as interfaces.md promises."""
    claim = r.OfficeClaim(key="c1", id="i", anchor=r.Span(start=0, end=1, text="a"), person="a1", office="President", from_=r.When(start="2024"))
    plain = msgspec.json.decode(r.to_json(claim))
    assert plain["kind"] == "office" and plain["from"] == {"start": "2024"} and "from_" not in plain


@pytest.mark.parametrize(
    "broken", ['{"report": {}}', '{"report": {"id": "x", "text": 3}}', '{"report": {"id": "x", "text": "t"}, "claims": [{"kind": "nonsense"}]}']
)
def test_wrong_json_is_refused_with_the_path(broken: str) -> None:
    """Validation names the field that is wrong."""
    with pytest.raises(msgspec.ValidationError, match=r"\$"):
        r.from_json(r.Coded, broken)


def test_records_cannot_be_changed() -> None:
    """Records are frozen."""
    with pytest.raises(AttributeError):
        r.Span(start=0, end=1, text="a").start = 2  # type: ignore[misc]


def test_faults_finds_spans_and_keys_that_do_not_hold() -> None:
    """A span that does not slice back and a key that points nowhere are both named; sound records have no faults."""
    report = r.Report(id="r1", text="Putin called.")
    good = r.Coded(report=report, claims=(r.EventClaim(key="c1", id="i", anchor=r.Span(start=6, end=12, text="called"), event="CONSULT"),))
    assert good.faults() == []
    bad = r.Coded(
        report=report,
        claims=(r.EventClaim(key="c1", id="i", anchor=r.Span(start=5, end=12, text="called"), event="CONSULT", actor=("a9",), said_by=("s3",)),),
    )
    assert len(bad.faults()) == 3


def test_report_ids_ignore_typography_and_nothing_else() -> None:
    """The same words are the same report; another publisher or another word is another."""
    one = r.report_id("He said “no”.\n\nTwice", "AP")
    assert one == r.report_id('He said "no".  Twice', "ap")
    assert one != r.report_id('He said "no".  Twice', "Reuters") and one != r.report_id('He said "yes".  Twice', "AP")


@pytest.mark.parametrize(
    ("event", "status", "root"),
    [
        ("CONSULT", "planned", "AGREE"), ("AID", "offered", "AGREE"), ("SANCTION", "threatened", "THREATEN"), ("ASSAULT", "threatened", "THREATEN"),
        ("RETREAT", "planned", "CONCEDE"), ("CONCEDE", "planned", "CONCEDE"), ("ASSAULT", "happened", "ASSAULT"), ("RETREAT", "demanded", "REQUEST"),
        ("CONSULT", "did_not_happen", None), ("SANCTION", "hypothetical", None), ("CONSULT", "attempted", "CONSULT"),
    ],
)  # fmt: skip
def test_strict_root_follows_from_act_and_status(event: str, status: str, root: str | None) -> None:
    """PLOVER's boundaries: what is promised is AGREE, what is threatened THREATEN, what is demanded REQUEST."""
    assert plover.root(event=event, status=status) == root


def test_the_ontology_is_complete() -> None:
    """Sixteen types, each with quad, score and modes within the scale; conflict is negative, cooperation positive."""
    assert len(plover.TYPES) == 16
    for event in plover.TYPES:
        assert plover.quad(event) in plover.QUADS
        for mode in (None, *plover.modes(event)):
            score = plover.score(event, mode)
            assert -10 <= score <= 10
            assert (score > 0) == (plover.quad(event) in ("VC", "MC")) or event == "REQUEST"
