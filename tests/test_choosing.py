"""Who acts, who is acted on, when and where, for whom a pronoun stands, of which country a party is: what the small networks choose, and how they compute."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from backchannel.coder import code
from backchannel.coder.choosing import Network, Networks, network
from backchannel.records import Coded, EventClaim

NETWORKS = (
    "parties/countries.npz",
    "parties/pronouns.npz",
    "acts/sides.npz",
    "acts/story.npz",
    "acts/story_2.npz",
    "acts/story_3.npz",
    "acts/when.npz",
    "acts/when_2.npz",
    "acts/when_3.npz",
    "acts/where.npz",
)


def _act(text: str, word: str) -> tuple[Coded, EventClaim]:
    """The one claim whose anchor holds the word."""
    coded = code(text, published="2024-03-07")
    (claim,) = [c for c in coded.claims if isinstance(c, EventClaim) and word in c.anchor.text]
    return coded, claim


def _names(coded: Coded, keys: tuple[str, ...]) -> list[str]:
    called = {a.key: a.name for a in coded.actors}
    return sorted(called[k] for k in keys)


@pytest.mark.parametrize(("text", "word", "actors", "recipients"), [
    ("Chad bombed Niger on Monday.", "bombed", ["Chad"], ["Niger"]),
    ("Niger was bombed by Chad on Monday.", "bombed", ["Chad"], ["Niger"]),
    ("The minister condemned Chad's attack on Niger.", "attack", ["Chad"], ["Niger"]),
    ("Peru and Chile condemned Bolivia on Monday.", "condemned", ["Chile", "Peru"], ["Bolivia"]),
    ("Ghana said that Togo had threatened Benin.", "threatened", ["Togo"], ["Benin"]),
    ("Kenya, which sanctioned Mali last year, was praised by Norway.", "praised", ["Norway"], ["Kenya"]),
    ("Kenya, which sanctioned Mali last year, was praised by Norway.", "sanctioned", ["Kenya"], ["Mali"]),
])  # fmt: skip
def test_sides(text: str, word: str, actors: list[str], recipients: list[str]) -> None:
    """Who acts and who is acted on, whatever the voice and the clause."""
    coded, claim = _act(text, word)
    assert (_names(coded, claim.actor), _names(coded, claim.recipient)) == (actors, recipients)


@pytest.mark.parametrize(("text", "word", "where"), [
    ("Soldiers opened fire on protesters in the port of Sfax on Monday.", "fire", "Sfax"),
    ("Rebels attacked a convoy near Gao, and the minister resigned in Bamako.", "attacked", "Gao"),
    ("Kenya accused Mali of spying.", "accused", None),
])  # fmt: skip
def test_where(text: str, word: str, where: str | None) -> None:
    """The place of the act itself, none where none is told."""
    _, claim = _act(text, word)
    assert claim.where is None if where is None else claim.where and where in claim.where.text


@pytest.mark.parametrize(("text", "word", "day"), [
    ("Chad bombed Niger on Monday, after Niger had sanctioned Chad on Friday.", "bombed", "2024-03-04"),
    ("Chad bombed Niger on Monday, after Niger had sanctioned Chad on Friday.", "sanctioned", "2024-03-01"),
    ("Chad said on Monday that it had bombed Niger.", "bombed", None),
])  # fmt: skip
def test_when(text: str, word: str, day: str | None) -> None:
    """Each act has its own day, and not the day on which it was told."""
    _, claim = _act(text, word)
    assert (claim.when.start if claim.when else None) == day


@pytest.mark.parametrize(("text", "word", "actor"), [
    ("Chancellor Angela Merkel met President Emmanuel Macron in Lyon. She condemned Iran.", "condemned", "Angela Merkel"),
    ("Chancellor Angela Merkel met President Emmanuel Macron in Lyon. He condemned Iran.", "condemned", "Emmanuel Macron"),
    ("The prime minister met the rebels in Gao. They attacked a convoy a day later.", "attacked", "rebels"),
])  # fmt: skip
def test_pronouns(text: str, word: str, actor: str) -> None:
    """A pronoun that acts is the party it stands for."""
    coded, claim = _act(text, word)
    assert _names(coded, claim.actor) == [actor]


@pytest.mark.parametrize(("text", "party", "country"), [
    ("Police in Lagos fired on protesters on Monday, Nigeria's president said.", "protesters", "NGA"),
    ("LIMA (AP) - Peru's president met opposition leaders on Tuesday. Protesters blocked roads, and the army sent soldiers.", "army", "PER"),
    ("Rebels attacked a convoy near Gao, and Mali's army chased the gunmen on Friday.", "gunmen", "MLI"),
    ("Iran's foreign minister met the leaders of Mali. His lawyer accused Mali of spying.", "Hossein Amir-Abdollahian's lawyer", "IRN"),
    ("Iran's foreign minister met the leaders of Mali. His lawyer accused Mali of spying.", "leaders of Mali", "MLI"),
    ("Sen. Ann Hale (D-Ohio) condemned Mali on Monday.", "Ann Hale", "USA"),
    ("Joe Heck, R-Nev., praised Mali.", "Joe Heck", "USA"),
    ("Iranian-backed militias attacked the base in Iraq on Monday.", "Iranian-backed militias", "IRQ"),
    ("Protesters blocked roads on Tuesday, and the army sent soldiers.", "army", None),
])  # fmt: skip
def test_countries(text: str, party: str, country: str | None) -> None:
    """The country of a party that does not say it: its owner's, or that which the report speaks of near it; none where the report speaks of none."""
    (found,) = [a for a in code(text, published="2024-03-07").actors if a.name == party]
    assert found.country == country


def test_what_is_inferred_says_so() -> None:
    """A country that stands around a party is told from one that its words or its owner give it."""
    coded = code(
        "Iran's foreign minister met the leaders of Mali. His lawyer accused Mali of spying. Police in Mali arrested protesters.", published="2024-03-07"
    )
    assert {a.name: a.country_inferred for a in coded.actors} | {"protesters": True} == {a.name: False for a in coded.actors if a.name != "protesters"} | {
        "protesters": True
    }
    assert next(a.country for a in coded.actors if a.name == "protesters") == "MLI"


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_rates_candidates_beside_each_other(name: str) -> None:
    """Probabilities add up to one, follow the candidates into any order, depend on who else stands there, and words never seen count as none."""
    one, rng = Network(name), np.random.default_rng(7)
    numbers, act = (rng.normal(size=size).astype(np.float32) for size in ((5, len(one.by_number)), one.by_act.shape[1]))
    words = [tuple(list(rows)[(i * 3) % len(rows)] for rows in one.rows) for i in range(5)]
    rated = one.rated(numbers, words, act)
    assert np.allclose(rated.sum(1), 1, atol=1e-5)
    order = [3, 1, 4, 0, 2]
    assert np.allclose(one.rated(numbers[order], [words[i] for i in order], act), rated[order], atol=1e-5)
    assert not np.array_equal(one.rated(numbers[:1], words[:1], act), rated[:1])
    unseen = [tuple(f"\x00{n}{i}" for n in range(len(one.rows))) for i in range(5)]
    assert np.array_equal(one.rated(numbers, unseen, act), one.rated(numbers, [("\x01",) * len(one.rows)] * 5, act))


@pytest.mark.parametrize("name", ["acts/sides.npz", "acts/story.npz"])
def test_questions_asked_together_are_answered_as_alone(name: str) -> None:
    """Candidates of one question are not beside those of another; a question without candidates has an answer without rows, first, last or alone."""
    several, rng = network(name), np.random.default_rng(5)
    one = getattr(several, "members", [several])[0]
    none = (np.zeros((0, 0), np.float32), [], np.zeros(one.by_act.shape[1], np.float32))
    asked = [none]
    for size in (3, 1, 5):
        numbers, act = (rng.normal(size=size_).astype(np.float32) for size_ in ((size, len(one.by_number)), one.by_act.shape[1]))
        asked += [(numbers, [tuple(list(rows)[(i * size) % len(rows)] for rows in one.rows) for i in range(size)], act), none]
    answers = several.each(asked)
    assert [a.shape for a in answers] == [(len(words), 3) for _, words, _ in asked]
    assert all(np.allclose(a, several.rated(*q), atol=1e-6) for a, q in zip(answers, asked, strict=True) if q[1])
    assert several.rated(*none).shape == (0, 3) and several.each([]) == []


def test_networks_of_one_question_say_their_mean() -> None:
    """Those numbered after the first are found beside it; a word that only some of them know is none to the others."""
    several = network("acts/story.npz")
    assert isinstance(several, Networks) and len(several.members) == 6 and isinstance(network("acts/sides.npz"), Network)
    rng, first = np.random.default_rng(7), several.members[0]
    numbers, act = (rng.normal(size=size).astype(np.float32) for size in ((5, len(first.by_number)), first.by_act.shape[1]))
    words = [tuple(list(rows)[(i * 3) % len(rows)] for rows in several.members[i].rows) for i in range(5)]
    assert any(word not in rows for own in words for word, rows in zip(own, first.rows, strict=True))
    each = [member.rated(numbers, words, act) for member in several.members]
    assert not np.allclose(each[0], each[1]) and np.allclose(several.rated(numbers, words, act), sum(each) / 6, atol=1e-6)


def test_the_fitted_network_is_the_one_that_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What training fits in torch gives the same probabilities on numpy, but for the rounding of its file."""
    torch = pytest.importorskip("torch", reason="torch is only in the extra 'train'")
    from training.choosing import Row, fit

    rng = np.random.default_rng(3)
    rows = [
        Row(rng.normal(size=(3, 4)).astype(np.float32), [("a", "x"), ("b", "x"), ("c", "y")], rng.normal(size=8).astype(np.float32), [1, 0, 0])
        for _ in range(64)
    ]
    model = fit(rows, 2, passes=2, batch=16)
    model.save(tmp_path / "made.npz")
    monkeypatch.setattr("backchannel.coder.choosing.resources.files", lambda _: tmp_path)
    network, row = Network("made.npz"), rows[0]
    with torch.no_grad():
        known = torch.tensor([[k.get(w, 0) for k, w in zip(model.rows, own, strict=True)] for own in row.words])
        scores = model(torch.tensor(row.numbers), known, torch.tensor(row.act).expand(3, -1), torch.zeros(3, dtype=torch.long))
    assert np.allclose(network.rated(*row[:3]), torch.softmax(scores, 1).numpy(), atol=5e-3)
