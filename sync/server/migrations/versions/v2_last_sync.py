"""When a team's desks were here last, to the hour. A step that was ever released is never edited."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v2"
down_revision = "v1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; 0 stands for never."""
    op.add_column("teams", sa.Column("last_sync", sa.BigInteger, nullable=False, server_default="0"))
