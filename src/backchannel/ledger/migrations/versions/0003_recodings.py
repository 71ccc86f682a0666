"""Reports coded again by a newer Backchannel."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the table."""
    op.create_table(
        "recodings",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("report_id", sa.String(40), nullable=False, index=True),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("known_at", sa.String(32), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Takes it away again: every report counts as it was first coded."""
    op.drop_table("recodings")
