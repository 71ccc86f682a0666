"""The first ledger: reports, what was read out of them, and what people judged of it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

STAMP = ("known_at", sa.String(32))


def _of_report(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("report_id", sa.String(40), sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("place", sa.Integer, nullable=False),
        *columns,
        sa.Column(*STAMP, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )


def upgrade() -> None:
    """Makes every table of revision 0001."""
    op.create_table(
        "reports",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column(*STAMP, nullable=False, index=True),
        sa.Column("publisher", sa.Text),
        sa.Column("published_start", sa.String(32)),
        sa.Column("published_end", sa.String(32)),
        sa.Column("title", sa.Text),
        sa.Column("text_digest", sa.String(40), nullable=False, index=True),
        sa.Column("times", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
    _of_report(
        "actors",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.String(20)),
        sa.Column("country", sa.String(3)),
        sa.Column("entity", sa.Text),
    )
    _of_report(
        "statements",
        sa.Column("id", sa.String(40), nullable=False, index=True),
        sa.Column("stance", sa.String(24)),
        sa.Column("actor", sa.String(64)),
        sa.Column("verbatim", sa.Boolean),
    )
    _of_report(
        "claims",
        sa.Column("id", sa.String(40), nullable=False, index=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("type", sa.String(12)),
        sa.Column("status", sa.String(16)),
        sa.Column("start", sa.String(32)),
        sa.Column("end", sa.String(32)),
    )
    op.create_table(
        "parties",
        sa.Column("report_id", sa.String(40), primary_key=True),
        sa.Column("claim_key", sa.String(64), primary_key=True),
        sa.Column("actor_key", sa.String(64), primary_key=True),
        sa.Column("role", sa.String(12), primary_key=True),
        sa.ForeignKeyConstraint(["report_id", "claim_key"], ["claims.report_id", "claims.key"]),
        sa.ForeignKeyConstraint(["report_id", "actor_key"], ["actors.report_id", "actors.key"]),
    )
    op.create_table(
        "judgements",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("left", sa.String(40), nullable=False),
        sa.Column("right", sa.String(40), nullable=False),
        sa.Column("same", sa.Boolean, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column(*STAMP, nullable=False),
    )
    op.create_table(
        "undoings",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("judgement", sa.String(40), nullable=False, index=True),
        sa.Column("by", sa.Text),
        sa.Column(*STAMP, nullable=False),
    )
    op.create_table(
        "verdicts",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("record_id", sa.String(40), nullable=False, index=True),
        sa.Column("decision", sa.String(8), nullable=False),
        sa.Column("by", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("amendment", sa.Text, nullable=False),
        sa.Column(*STAMP, nullable=False),
    )
    op.create_table(
        "withdrawals",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("record_id", sa.String(40), nullable=False, index=True),
        sa.Column("superseded_by", sa.String(40)),
        sa.Column("reason", sa.Text),
        sa.Column("by", sa.Text),
        sa.Column(*STAMP, nullable=False),
    )
