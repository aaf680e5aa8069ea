"""The tables of the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("organization", sa.String(64), nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("time_ns", sa.BigInteger, nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("project", sa.String(256), nullable=False),
        sa.Column("target_kind", sa.String(64), nullable=False),
        sa.Column("target_id", sa.String(256), nullable=False),
        sa.Column("source", sa.String(128), nullable=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("organization", "seq", name="pk_audit_entries"),
        sa.UniqueConstraint("source", name="uq_audit_entries_source"),
    )
    op.create_index("ix_audit_entries_time", "audit_entries", ["time_ns", "organization", "seq"])
    op.create_index("ix_audit_entries_project", "audit_entries", ["project", "time_ns"])
    op.create_table(
        "audit_heads",
        sa.Column("organization", sa.String(64), nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("organization", name="pk_audit_heads"),
    )
    op.create_table(
        "audit_personal",
        sa.Column("organization", sa.String(64), nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("field", sa.String(200), nullable=False),
        sa.Column("salt", sa.LargeBinary(32), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("organization", "seq", "field", name="pk_audit_personal"),
    )


def downgrade() -> None:
    op.drop_table("audit_personal")
    op.drop_table("audit_heads")
    op.drop_table("audit_entries")
