"""Whether an act was done, how sure its source is, and what is denied: texts written for the purpose, every one short."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from backchannel import code, plover
from backchannel.coder.acts import circumstances
from backchannel.coder.acts.circumstances import likelihoods
from backchannel.reader.labels import STATUSES
from backchannel.records import EventClaim

NEITHER = "Hezbollah did not claim responsibility for the attack. It neither confirmed nor denied that it had fired the missiles."
NOT_DONE = [
    ("The prime minister did not meet Putin in Astana.", "meet", "did_not_happen", "+"),
    ("Tehran has held no direct talks with Washington since 2018.", "talks", "did_not_happen", "+"),
    ("Vucic on Friday ruled out handing over the minister to Kosovo.", "handing", "did_not_happen", "+"),
    ("Nobody was arrested after the attack on the consulate.", "arrested", "did_not_happen", "+"),
    ("No protester was killed by soldiers, General Min Aung Hlaing told state television.", "killed", "happened", "-"),
    ("The US did not provide any weapons to the Kurds, the spokesman said. Nor did it train them.", "provide", "happened", "-"),
    ("The planned summit between Putin and Trump in Budapest will not take place, the White House said.", "summit", "planned", "-"),
    ('"There are no plans for a meeting between Putin and Trump," an official said.', "meeting", "planned", "-"),
    (
        "Mexico has not joined Western sanctions against Russia, President Claudia Sheinbaum said on Monday. It never sent weapons.",
        "sanctions",
        "happened",
        "-",
    ),
    ("The minister declined to say why Kabul had held no talks with the rebels.", "talks", "happened", "-"),
    ("Cairo denied reports that it had supplied drones to the Sudanese army.", "supplied", "happened", "-"),
]


def act(text: str, word: str) -> EventClaim:
    """The claim whose anchor holds the word."""
    return next(c for c in code(text).claims if isinstance(c, EventClaim) and word in c.anchor.text)


@pytest.mark.parametrize(("text", "word", "status", "polarity"), NOT_DONE)
def test_what_is_not_done_is_denied_by_its_source_or_did_not_happen(text: str, word: str, status: str, polarity: str) -> None:
    """The report's own "did not" is did_not_happen, a source's is negative; neither has a strict root, so neither is counted."""
    claim = act(text, word)
    assert (claim.status, claim.polarity, claim.plover_root) == (status, polarity, None)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Not only did Azerbaijan shell the town, it also cut off gas supplies, Armenian officials said.", "shell"),
        ("The prime minister said she would not hesitate to expel Russian spies.", "expel"),
        (NEITHER, "fired"),
        ("The Kremlin neither confirmed nor denied that Putin and Trump had spoken.", "spoken"),
        ("Officials in Seoul refused to confirm or deny the meeting with North Korean envoys.", "meeting"),
        ("Ankara did not deny that its troops had crossed the border.", "crossed"),
        ("Ethiopia has not allowed journalists into Tigray, aid workers said.", "allowed"),
    ],
)  # fmt: skip
def test_a_not_that_leaves_the_act_does_not_negate_it(text: str, word: str) -> None:
    """As in "not only", "not hesitate", "neither confirmed nor denied", a permission that is refused."""
    claim = act(text, word)
    assert claim.polarity == "+" and claim.status != "did_not_happen"


def test_who_neither_confirms_nor_denies_says_nothing() -> None:
    """It is no denial."""
    stances = [s.stance for s in code(NEITHER).statements if s.cue and "denied" in s.cue.text]
    assert stances == ["declines_to_comment"]


def test_a_modal_in_the_act_itself_is_no_status() -> None:
    """A "must withdraw" is a demand that was made, not one that is demanded."""
    claim = act("Armenia must withdraw its troops from the border, the Azerbaijani foreign ministry said.", "withdraw")
    assert (claim.event, claim.status) in {("REQUEST", "happened"), ("RETREAT", "demanded")}


@pytest.mark.parametrize(
    ("text", "word", "certainty"),
    [
        ("Russian forces have reportedly shelled the Ukrainian city of Kherson.", "shelled", "probable"),
        ("Xi Jinping is likely to visit Saudi Arabia next year.", "visit", "probable"),
        ("Russian forces have shelled the Ukrainian city of Kherson.", "shelled", "certain"),
        ("Israel may attack Iranian nuclear sites.", "attack", "possible"),
    ],
)  # fmt: skip
def test_hedges_make_an_act_less_certain(text: str, word: str, certainty: str) -> None:
    """The word at the act tells how sure its source is."""
    assert act(text, word).certainty == certainty


def test_what_is_denied_has_no_strict_root() -> None:
    """It is no event of PLOVER's, whatever the type."""
    assert all(plover.root(event=t, status="happened", polarity="-") is None for t in plover.TYPES)


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The envoy also called for more freedom for Kenyan advisers to assist Somali troops.", "assist", "demanded"),
        ("Chad's commander warned that it is capable of shooting down Libyan drones.", "shooting", "threatened"),
        ("Washington already has broad sanctions on Sudan.", "sanctions", "ongoing"),
        ("The premier is meeting his Danish counterpart in Oslo today and will attend a summit.", "meeting", "ongoing"),
    ],
)
def test_circumstances_tell_the_status_where_the_head_is_unsure(text: str, word: str, status: str) -> None:
    """What stands about an act - who says it with what cue, its tense, what governs it - has a voice beside the reader's head."""
    assert act(text, word).status == status


def test_circumstances_that_were_never_seen_say_nothing() -> None:
    """The table's likelihoods are probabilities, the same with and without words that it does not know."""
    will = ["pos VERB", "aux will", "helped will"]
    p = likelihoods(will)
    assert p.shape == (len(STATUSES),) and p.sum() == pytest.approx(1, abs=1e-5)
    assert likelihoods([*will, "\x00"]).tolist() == p.tolist() and p[STATUSES.index("planned")] > likelihoods(["pos VERB"])[STATUSES.index("planned")]


def test_the_fitted_table_is_the_one_that_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What training fits in torch tells the statuses that it was taught, also in the rounding of its file."""
    pytest.importorskip("torch", reason="torch is only in the extra 'train'")
    from training.statuses import Act, fit, save

    acts = [Act(["aux will", f"lemma {i % 3}"], np.zeros(len(STATUSES), np.float32), STATUSES.index("planned")) for i in range(40)]
    acts += [Act(["form past", f"lemma {i % 3}"], np.zeros(len(STATUSES), np.float32), STATUSES.index("happened")) for i in range(40)]
    save(tmp_path / "status.npz", *fit(acts, min_count=2))
    monkeypatch.setattr("backchannel.coder.acts.circumstances.resources.files", lambda _: tmp_path)
    circumstances._table.cache_clear()
    assert [STATUSES[int(likelihoods([x]).argmax())] for x in ("aux will", "form past")] == ["planned", "happened"]
    circumstances._table.cache_clear()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The Iranian minister had to cut short his visit to Rome.", "visit"),
        ("Algeria's foreign minister cut short a visit to Niamey on Sunday.", "visit"),
        ("The president cut his trip to Germany short after the attack.", "trip"),
    ],
)
def test_what_is_cut_short_took_place_and_ended(text: str, word: str) -> None:
    """Whoever cuts a visit short has made it."""
    assert act(text, word).status == "ended"
