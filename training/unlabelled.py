"""News that nobody annotated: its texts, without labels. A student learns from what its teachers say of them (``losses.taught``)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bench.false_alarms import listed

from training import acts
from training.data import HERE, Sentence, load, segment

# Topics of AllSides that are set aside: hardly about politics, so that what is coded there can be judged false (``bench.false_alarms``).
TOPICS = (
    "sports technology culture science holidays arts_and_entertainment religion_and_faith education animal_welfare food family_and_marriage public_health "
    "obesity_and_malnutrition coronavirus"
).split()
LEAD = 12_000  # characters of an article that are read
# Training parts of public sets whose own labels are not used here.
SETS = (
    ("articles", "allsides", "trial"),
    ("events", "event_location", "train"),
    ("events", "geneva", "train"),
    ("coref", "ecbplus", "train"),
    ("timex", "tbaq", "train"),
)


def documents(*, political: bool = True) -> Iterator[list[Sentence]]:
    """Articles and sentences that are neither annotated, nor held out (by id or by their words), nor set aside for
    ``bench.false_alarms``: those of other topics than ``TOPICS``, or of these alone.
    """
    known = {json.loads(line)["id"] for path in (HERE / "annotations").glob("*.jsonl") for line in path.read_text(encoding="utf8").splitlines()}
    known |= {one.article for one in listed()}
    held = {a["text"] for a in acts.held_out_articles()}
    for task, name, split in SETS:
        for r in load(task, name, split):
            if r["id"] not in known and r["text"] not in held and (r.get("topic") in TOPICS) != political:
                yield segment(r["text"][:LEAD])
