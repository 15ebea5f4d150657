"""The first tables. A step that was ever released is never edited."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "meta",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "creation_tokens",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger),
    )
    op.create_table(
        "teams",
        sa.Column("team", sa.String(32), primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("head_n", sa.BigInteger, nullable=False),
        sa.Column("head_hash", sa.String(64), nullable=False),
        sa.Column("members", sa.Integer, nullable=False),
        sa.Column("member_hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "members",
        sa.Column("team", sa.String(32), sa.ForeignKey("teams.team"), primary_key=True),
        sa.Column("mseq", sa.Integer, primary_key=True),
        sa.Column("entry", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "devices",
        sa.Column("device", sa.String(32), primary_key=True),
        sa.Column("team", sa.String(32), sa.ForeignKey("teams.team"), nullable=False),
    )
    op.create_table(
        "operations",
        sa.Column("team", sa.String(32), sa.ForeignKey("teams.team"), primary_key=True),
        sa.Column("n", sa.BigInteger, primary_key=True),
        sa.Column("op_id", sa.String(64), nullable=False),
        sa.Column("rec", sa.String(32), nullable=False),
        sa.Column("dev", sa.String(32), nullable=False),
        sa.Column("dseq", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("recipients", sa.Text, nullable=False),
        sa.Column("envelope", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("team", "op_id", name="one_position_an_operation"),
    )
    op.create_index("by_device", "operations", ["team", "dev", "dseq"])
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("nonce_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("device", sa.String(32), nullable=False),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "blob_parts",
        sa.Column("team", sa.String(32), sa.ForeignKey("teams.team"), primary_key=True),
        sa.Column("blob", sa.String(32), primary_key=True),
        sa.Column("part", sa.Integer, primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
