"""What the measure of wordings counts."""

from bench import wordings


def test_acts_are_counted_by_type_and_doubtful_words_not_at_all() -> None:
    """One act found with its type, one marked as another type, one coded where readers could not decide."""
    total = wordings.counts([
        "[a: France] {condemned|ACCUSE/disapprove a>b} [b: Mali] on Wednesday.",
        "[a: France] {condemned|SANCTION a>b} [b: Niger] on Wednesday.",
        "[a: France] {condemned|?} [b: Chad] on Wednesday.",
    ])  # fmt: skip
    assert total["ACCUSE"] == {"marked": 1, "coded": 2, "found": 1, "typed": 1, "status": 1}
    assert total["SANCTION"] == {"marked": 1, "found": 1, "typed": 0, "status": 0}
    assert total["all"] == {"marked": 2, "coded": 2, "found": 2, "typed": 1, "status": 1}


def test_questions_relations_and_contacts_are_counted_where_files_mark_them() -> None:
    """One question found and one passed over by the line, one that readers could not decide; a relation; a channel that is right, a disclosure that is not."""
    total = wordings.states([
        "It was {unclear|QUESTION} who fired first.",
        "It was unclear who fired first.",
        "It was {unclear|?} who fired first.",
        "{Relations|RELATION/strained worsening a+b} between [a: Chad] and [b: Sudan] have soured.",
        "[a: Macron] {telephoned|CONSULT/phone a>b; phone undisclosed} [b: Putin] on Monday, the Kremlin said publicly.",
    ])  # fmt: skip
    assert total["question"] == {"marked": 1, "coded": 2, "found": 1}
    assert total["relation"] == {"marked": 1, "coded": 1, "found": 1}
    assert total["channel"] == {"marked": 1, "right": 1}
    assert total["disclosure"] == {"marked": 1, "right": 0}
