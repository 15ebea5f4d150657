"""A team's last visit, and the key a device logs in with. A step that was ever released is never edited."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v2"
down_revision = "v1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns: 0 stands for never; keys are taken from the logs of members at the next start."""
    op.add_column("teams", sa.Column("last_sync", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("devices", sa.Column("sign", sa.LargeBinary))
