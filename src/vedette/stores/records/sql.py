"""Records in SQL: SQLite here, PostgreSQL through the same statements."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, delete, event, insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from vedette.clock import Clock
from vedette.errors import Conflict, NotFound, StoreError
from vedette.ports.stores import Record
from vedette.stores.records.tables import records

_MIGRATIONS = Path(__file__).parent / "migrations"
_LIST_LIMIT = 1000


class SqlRecords:
    """`ports.stores.Records` on a directory (`records.db` in it), or in memory for None."""

    def __init__(self, directory: Path | None, clock: Clock) -> None:
        self._clock = clock
        self._engine = _sqlite(directory)
        try:
            migrate(self._engine)
        except SQLAlchemyError as error:
            raise StoreError(f"The record store cannot be opened: {_cause(error)}.") from error

    def get(self, project_id: str, kind: str, id: str) -> Record | None:
        query = select(records).where(
            records.c.project_id == project_id, records.c.kind == kind, records.c.id == id
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return None if row is None else _record(row)

    def list(
        self, project_id: str, kind: str, *, after_id: str = "", limit: int = 100
    ) -> tuple[Record, ...]:
        query = (
            select(records)
            .where(
                records.c.project_id == project_id, records.c.kind == kind, records.c.id > after_id
            )
            .order_by(records.c.id)
            .limit(min(limit, _LIST_LIMIT))
        )
        with self._engine.connect() as connection:
            return tuple(map(_record, connection.execute(query)))

    def put(
        self, project_id: str, kind: str, id: str, body: dict[str, Any], *, version: int
    ) -> Record:
        now = self._clock.now_ns()
        try:
            with self._engine.begin() as connection:
                if version == 0:
                    connection.execute(
                        insert(records).values(
                            project_id=project_id, kind=kind, id=id, version=1, created_ns=now,
                            updated_ns=now, body=body,
                        )
                    )  # fmt: skip
                else:
                    changed = connection.execute(
                        update(records)
                        .where(*_is(project_id, kind, id), records.c.version == version)
                        .values(version=version + 1, updated_ns=now, body=body)
                    )
                    if changed.rowcount == 0:
                        raise Conflict(f"The {kind} {id!r} is no longer at version {version}.")
                row = connection.execute(select(records).where(*_is(project_id, kind, id))).one()
        except IntegrityError as error:
            raise Conflict(f"There is a {kind} {id!r} already.") from error
        except SQLAlchemyError as error:
            raise StoreError(f"The {kind} {id!r} was not saved: {_cause(error)}.") from error
        return _record(row)

    def delete(self, project_id: str, kind: str, id: str, *, version: int) -> None:
        with self._engine.begin() as connection:
            gone = connection.execute(
                delete(records).where(*_is(project_id, kind, id), records.c.version == version)
            )
            if gone.rowcount:
                return
            found = connection.execute(select(records.c.id).where(*_is(project_id, kind, id)))
            if found.first() is None:
                raise NotFound(f"There is no {kind} {id!r}.")
            raise Conflict(f"The {kind} {id!r} is no longer at version {version}.")

    def close(self) -> None:
        self._engine.dispose()


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest version."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _sqlite(directory: Path | None) -> Engine:
    if directory is None:
        return create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{directory / 'records.db'}")

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA busy_timeout=5000")

    return engine


def _is(project_id: str, kind: str, id: str) -> tuple[Any, ...]:
    return records.c.project_id == project_id, records.c.kind == kind, records.c.id == id


def _record(row: Row[Any]) -> Record:
    return Record(
        project_id=row.project_id, kind=row.kind, id=row.id, version=row.version,
        created_ns=row.created_ns, updated_ns=row.updated_ns, body=row.body,
    )  # fmt: skip


def _cause(error: SQLAlchemyError) -> str:
    """What the database said, without the statement and its values."""
    return str(getattr(error, "orig", None) or type(error).__name__)
