"""The ledger's tables: what was read out of each report, and what people judged of it.

Append-only: a row is never changed or deleted. A correction, withdrawal, verdict or undone judgement is a new row that points at the old one,
and every row says when the ledger learnt it (``known_at``). The whole record is kept as JSON; the columns beside it are what queries filter on.
"""

from sqlalchemy import Boolean, Column, Float, ForeignKey, ForeignKeyConstraint, Index, Integer, LargeBinary, MetaData, String, Table, Text

REVISION = "0004"  # the newest migration; a ledger at another revision is migrated, or refused when it is newer

metadata = MetaData()


def _of_report(name: str, *columns: Column[object] | Index) -> Table:
    """A table of records that belong to one report and are named within it by ``key``."""
    return Table(
        name,
        metadata,
        Column("report_id", String(40), ForeignKey("reports.id"), primary_key=True),
        Column("key", String(64), primary_key=True),
        Column("place", Integer, nullable=False),  # its place among the report's records
        *columns,
        Column("known_at", String(32), nullable=False),
        Column("record", Text, nullable=False),
    )


reports = Table(
    "reports",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("known_at", String(32), nullable=False, index=True),
    Column("publisher", Text),
    Column("published_start", String(32)),
    Column("published_end", String(32)),
    Column("title", Text),
    Column("text_digest", String(40), nullable=False, index=True),
    Column("times", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("address", Text, index=True),  # its URL without what does not matter: two texts at one address are two versions
)
fingerprints = Table(  # made of the text, kept so that copies are found without reading every text again
    "fingerprints",
    metadata,
    Column("report_id", String(40), ForeignKey("reports.id"), primary_key=True),
    Column("scheme", String(32), nullable=False),
    Column("grams", LargeBinary, nullable=False),
)
actors = _of_report("actors", Column("name", Text, nullable=False), Column("kind", String(20)), Column("country", String(3)), Column("entity", Text))
statements = _of_report(
    "statements",
    Column("id", String(40), nullable=False, index=True),
    Column("stance", String(24)),
    Column("actor", String(64)),
    Column("verbatim", Boolean),
)
claims = _of_report(
    "claims",
    Column("id", String(40), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("type", String(12)),
    Column("status", String(16)),
    Column("start", String(32)),
    Column("end", String(32)),
)
parties = Table(  # which actor takes part in which claim, and as what
    "parties",
    metadata,
    Column("report_id", String(40), primary_key=True),
    Column("claim_key", String(64), primary_key=True),
    Column("actor_key", String(64), primary_key=True),
    Column("role", String(12), primary_key=True),
    ForeignKeyConstraint(["report_id", "claim_key"], ["claims.report_id", "claims.key"]),
    ForeignKeyConstraint(["report_id", "actor_key"], ["actors.report_id", "actors.key"]),
)
judgements = Table(
    "judgements",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("left", Text, nullable=False),  # of a record, or a party: these are longer
    Column("right", Text, nullable=False),
    Column("same", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    Column("why", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("known_at", String(32), nullable=False),
)
undoings = Table(  # a judgement taken back: of a person, or of Backchannel itself
    "undoings",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("judgement", String(40), nullable=False, index=True),
    Column("by", Text),
    Column("known_at", String(32), nullable=False),
)
verdicts = Table(
    "verdicts",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("record_id", Text, nullable=False, index=True),
    Column("decision", String(8), nullable=False),
    Column("by", Text),
    Column("note", Text),
    Column("amendment", Text, nullable=False),
    Column("known_at", String(32), nullable=False),
)
withdrawals = Table(  # a report or claim taken back, and what stands in its place
    "withdrawals",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("record_id", Text, nullable=False, index=True),
    Column("superseded_by", Text),
    Column("reason", Text),
    Column("by", Text),
    Column("known_at", String(32), nullable=False),
)
recodings = Table(  # a report coded again by a newer Backchannel; the newest counts
    "recodings",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("report_id", String(40), nullable=False, index=True),
    Column("version", String(32), nullable=False),  # of Backchannel
    Column("known_at", String(32), nullable=False),
    Column("record", Text, nullable=False),  # all that was read out of it
)
