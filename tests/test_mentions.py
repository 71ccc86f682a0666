"""What may be a mention, which earlier one it goes back to, and what the signs say of both."""

from __future__ import annotations

import numpy as np
import pytest

from backchannel.reader import read
from backchannel.reader.coreference import LABELS, Network, chains, linked, network
from backchannel.reader.mentions import spans
from backchannel.reader.reading import Reading
from backchannel.reader.signs import mentions_of, spans_of, words_of

TEXT = (
    "The United Nations sent an envoy to the city on Monday. Only the mayor of the town near the border thanked the U.N. on Tuesday. "
    "The African Union praised the envoy, and the European Union promised him help."
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    """The text, read."""
    return read(TEXT)


def test_spans_hold_their_head_and_stay_in_the_sentence(reading: Reading) -> None:
    """Each once, the tree's own version first, the versions of one head one after the other."""
    found = spans(reading)
    assert len(found) == len(set(found))
    assert all(s.first <= s.head < s.last and reading.sentence_of[s.first] == reading.sentence_of[s.last - 1] for s in found)
    assert [s.head for s in found] == sorted(s.head for s in found)


def test_a_phrase_comes_in_versions(reading: Reading) -> None:
    """With what follows and without, with the adverb before it and without."""
    mayor = {reading.quote(s.first, s.last) for s in spans(reading) if reading.words[s.head] == "mayor"}
    assert {"the mayor", "the mayor of the town", "the mayor of the town near the border", "Only the mayor of the town near the border"} <= mayor


def test_heads_lie_somewhere(reading: Reading) -> None:
    """A word's head lies in its sentence with probability 1, nowhere outside; no word has none."""
    n = len(reading.words)
    words = np.arange(n + 1)
    lo, hi = np.array([*(reading.bounds[s] for s in reading.sentence_of), (0, n)]).T
    assert reading.arcs_within(words, lo, hi) == pytest.approx(np.append(np.ones(n), 0.0), abs=1e-4)
    assert not reading.arcs_within(words, lo, lo).any()


def test_every_earlier_mention_is_a_pair_once(reading: Reading) -> None:
    """By the later one; in a short text all of them, but for two names that differ before the same word."""
    candidates = spans_of(reading)
    given = mentions_of(reading, candidates.spans, np.zeros(len(candidates.spans), np.float32))
    names = [reading.quote(s.first, s.last) for s in given.spans]
    pairs = [(y, x) for y in range(len(names)) for x in range(y)]
    found = list(zip(given.later.tolist(), given.earlier.tolist(), strict=True))
    assert found == sorted(found) and set(found) <= set(pairs) and len(found) == len(set(found))
    assert {tuple(names[n] for n in pair) for pair in set(pairs) - set(found)} == {("the European Union", "The African Union")}
    assert len(given.facts) == len(names) and len(given.pair_facts) == len(given.later) and np.isfinite(given.pair_facts).all()


def test_a_mention_joins_what_has_the_better_odds_together(reading: Reading) -> None:
    """Two mentions of one chain at even odds each outweigh "no antecedent" at three halves; one alone does not; a likely "no mention" is left out."""
    chosen = [s for s in spans(reading) if not s.several][:4]
    given = mentions_of(reading, chosen, np.zeros(4, np.float32))
    own = np.full((4, 2 + len(LABELS)), -9.0, np.float32)
    own[:, 1] = np.log(1.5)
    pairs = np.full(6, -9.0, np.float32)
    at = {pair: n for n, pair in enumerate(zip(given.later.tolist(), given.earlier.tolist(), strict=True))}
    pairs[at[1, 0]] = 3.0
    pairs[at[2, 0]] = pairs[at[2, 1]] = 0.0
    pairs[at[3, 2]] = 0.0
    assert [len(c.mentions) for c in linked(reading, given, own, pairs)] == [3, 1]
    pairs[at[2, 1]] = -9.0
    assert [len(c.mentions) for c in linked(reading, given, own, pairs)] == [2, 1, 1]
    own[3, 0] = 5.0
    assert [len(c.mentions) for c in linked(reading, given, own, pairs)] == [2, 1]


def test_abbreviations_and_namesakes(reading: Reading) -> None:
    """What is abbreviated is the same; what has another name before the same noun is not."""
    of = {reading.quote(m.first, m.last): n for n, chain in enumerate(chains(reading)) for m in chain.mentions}
    assert of["The United Nations"] == of["the U.N."]
    assert of["The African Union"] != of["the European Union"]
    assert of["an envoy"] == of["him"]


def test_the_same_text_has_the_same_chains() -> None:
    """Twice over; and a text without a word has none."""
    assert chains(read(TEXT)) == chains(read(TEXT))
    assert chains(read("")) == [] == read("").mentions


def test_an_unknown_word_is_known_by_its_vector(reading: Reading) -> None:
    """The network knows common words by themselves and every word by what the reader makes of it."""
    net: Network = network()
    numbers = words_of(reading, net.known).numbers[:, 2]
    assert numbers[reading.words.index("the")] > 0 == numbers[reading.words.index("envoy")]
    assert np.isfinite(net.words(words_of(reading, net.known))).all()


def test_an_address_is_no_name() -> None:
    """Of mail only; who is called by a handle keeps it."""
    found = read("Send questions to: Kevin.A.Boone@example.com or call Antony Blinken.")
    assert [found.quote(lo, hi) for lo, hi, _ in found.names] == ["Antony Blinken"]


def test_a_given_name_ends_behind_its_hyphen() -> None:
    """Also where its last syllable looks like a preposition; what is led or backed by somebody is not his name."""
    found = read(
        "Kim Jong Un invited South Korean President Moon Jae-in to visit Pyongyang. John Smith-led rebels fled. Wounded men of the sit-in in Cairo left."
    )
    assert [found.quote(lo, hi) for lo, hi, kind in found.names if kind == "PER"] == ["Kim Jong Un", "Moon Jae-in", "John Smith"]
