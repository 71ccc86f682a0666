"""Parties may be judged by names of any length: register entries have longer ones than records."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

COLUMNS = {"judgements": ("left", "right"), "verdicts": ("record_id",), "withdrawals": ("record_id", "superseded_by")}


def upgrade() -> None:
    """Takes the limit away."""
    _become(sa.String(40), sa.Text())


def downgrade() -> None:
    """Sets it again; where it is kept, a longer name stops this."""
    _become(sa.Text(), sa.String(40))


def _become(old: sa.types.TypeEngine[str], new: sa.types.TypeEngine[str]) -> None:
    for table, columns in COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.alter_column(column, existing_type=old, type_=new, existing_nullable=column == "superseded_by")
