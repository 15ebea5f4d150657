"""Refused places of a chain, erased records, and holds. A step that was ever released is never edited."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v3"
down_revision = "v2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add tables and columns; what was refused before is offered again, and refused once more."""
    op.create_table(
        "spent",
        sa.Column("team", sa.String(32), sa.ForeignKey("teams.team"), primary_key=True),
        sa.Column("dev", sa.String(32), primary_key=True),
        sa.Column("dseq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("op_id", sa.String(64), nullable=False),
    )
    op.add_column("teams", sa.Column("erased", sa.Integer, nullable=False, server_default="0"))
    op.add_column("teams", sa.Column("held", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "erased",
        sa.Column("team", sa.String(32), sa.ForeignKey("teams.team"), primary_key=True),
        sa.Column("rec", sa.String(32), primary_key=True),
    )
