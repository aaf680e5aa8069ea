"""The tables of the record store, as SQLAlchemy knows them."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

records = Table(
    "records",
    metadata,
    Column("project_id", String(64), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("id", String(128), nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_ns", BigInteger, nullable=False),
    Column("updated_ns", BigInteger, nullable=False),
    Column("body", JSON, nullable=False),
    PrimaryKeyConstraint("project_id", "kind", "id", name="pk_records"),
)

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("organization", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("time_ns", BigInteger, nullable=False),
    Column("action", String(64), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("actor", String(128), nullable=False),
    Column("project", String(256), nullable=False),
    Column("target_kind", String(64), nullable=False),
    Column("target_id", String(256), nullable=False),
    Column("source", String(128), nullable=True),
    Column("body", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
    PrimaryKeyConstraint("organization", "seq", name="pk_audit_entries"),
    UniqueConstraint("source", name="uq_audit_entries_source"),
    Index("ix_audit_entries_time", "time_ns", "organization", "seq"),
    Index("ix_audit_entries_project", "project", "time_ns"),
)

audit_heads = Table(
    "audit_heads",
    metadata,
    Column("organization", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("organization", name="pk_audit_heads"),
)

audit_personal = Table(
    "audit_personal",
    metadata,
    Column("organization", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("field", String(200), nullable=False),
    Column("salt", LargeBinary(32), nullable=False),
    Column("value", Text, nullable=False),
    PrimaryKeyConstraint("organization", "seq", "field", name="pk_audit_personal"),
)
