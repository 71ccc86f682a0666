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
