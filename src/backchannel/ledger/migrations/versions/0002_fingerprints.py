"""Fingerprints of reports, and the address by which versions of a report are found."""

import json

import sqlalchemy as sa
from alembic import op

from backchannel.ledger.versions import address

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds the table and the column; addresses of reports that are there are filled in, fingerprints are made again on reading."""
    op.create_table(
        "fingerprints",
        sa.Column("report_id", sa.String(40), sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("scheme", sa.String(32), nullable=False),
        sa.Column("grams", sa.LargeBinary, nullable=False),
    )
    op.add_column("reports", sa.Column("address", sa.Text))
    op.create_index("ix_reports_address", "reports", ["address"])
    reports = sa.table("reports", sa.column("id"), sa.column("record"), sa.column("address"))
    connection = op.get_bind()
    for row in connection.execute(sa.select(reports.c.id, reports.c.record)).all():
        found = address(json.loads(row.record).get("url"))
        if found:
            connection.execute(reports.update().where(reports.c.id == row.id).values(address=found))


def downgrade() -> None:
    """Takes both away again; nothing that was read or judged is in them."""
    op.drop_index("ix_reports_address", "reports")
    op.drop_column("reports", "address")
    op.drop_table("fingerprints")
