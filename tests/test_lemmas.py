"""Lemmas: irregular verbs, regular endings, what is no English."""

from __future__ import annotations

import pytest

from backchannel.reader.lemmas import lemma


@pytest.mark.parametrize(("form", "upos", "expected"), [
    ("met", "VERB", "meet"), ("fought", "VERB", "fight"), ("began", "VERB", "begin"), ("Withdrew", "VERB", "withdraw"), ("overthrew", "VERB", "overthrow"),
    ("held", "VERB", "hold"), ("was", "AUX", "be"), ("escalated", "VERB", "escalate"), ("hoping", "VERB", "hope"), ("planning", "VERB", "plan"),
    ("hardened", "VERB", "harden"),
    ("telephoned", "VERB", "telephone"), ("denies", "VERB", "deny"), ("reaches", "VERB", "reach"), ("dying", "VERB", "die"), ("passes", "VERB", "pass"),
    ("countries", "NOUN", "country"), ("wives", "NOUN", "wife"), ("women", "NOUN", "woman"), ("buses", "NOUN", "bus"), ("crises", "NOUN", "crisis"),
    ("headquarters", "NOUN", "headquarters"), ("news", "NOUN", "news"), ("larger", "ADJ", "large"), ("former", "ADJ", "former"), ("Kenyan", "ADJ", "Kenyan"),
    ("Moscow", "PROPN", "Moscow"), ("NATO", "PROPN", "NATO"), ("DNA", "NOUN", "DNA"),
    ("ing", "VERB", "ing"), ("s", "NOUN", "s"), ("", "NOUN", ""), ("→", "SYM", "→"),
])  # fmt: skip
def test_lemmas(form: str, upos: str, expected: str) -> None:
    """As Universal Dependencies write them; what has no lemma is its own."""
    assert lemma(form, upos) == expected


def test_unknown_verbs_are_cut_by_their_endings() -> None:
    """Words that no tree has."""
    assert [lemma(w, "VERB") for w in ("blortised", "blorting", "blorts", "reblorted")] == ["blortise", "blort", "blort", "reblort"]
