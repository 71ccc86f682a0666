"""What the casebook's measures count."""

from pathlib import Path

import pytest
from bench import casebook

CASE = """- id: one
  why: "one act with two parties"
  published: 2024-03-07
  text: |
    France condemned Mali on Wednesday.
  entities:
    fra: {name: "France", kind: state, country: FRA, sector: GOV, says: ["France"]}
    mli: {name: "Mali", kind: state, country: MLI, sector: GOV, says: ["Mali"]}
  statements: []
  claims:
  - {k: c1, kind: event, anchor: "condemned", in: "France condemned Mali on", event: ACCUSE, mode: MODE, actor: [fra], recipient: [mli], when: 2024-03-06}
"""


@pytest.mark.skipif(not casebook.SHARED.is_dir(), reason="needs the scorer in ../shared/score")
@pytest.mark.parametrize(("mode", "right"), [("disapprove", 6), ("investigate", 5)])
def test_fields_count_each_expected_one_once(mode: str, right: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The claim with its type, its status, both parties, its mode and its day are six; a wrong mode costs one."""
    (tmp_path / "topic.yaml").write_text(CASE.replace("MODE", mode), encoding="utf8")
    monkeypatch.setattr(casebook, "CASEBOOK", tmp_path)
    assert casebook.fields("topic") == (6, right, 5, right - 1)
