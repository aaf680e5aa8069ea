"""The tables of the record store, as SQLAlchemy knows them."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
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
