"""Runs that were asked to stop and keep the best found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has said so of a run that is there."""
    op.add_column(
        "runs", sa.Column("enough", sa.Boolean, nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    """The wish is forgotten: such a run goes on to its end."""
    op.drop_column("runs", "enough")
