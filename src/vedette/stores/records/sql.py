"""Records in SQL: SQLite here, PostgreSQL through the same statements."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, create_engine, delete, event, insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from vedette.clock import Clock
from vedette.errors import Conflict, NotFound, StoreError
from vedette.ports.stores import Record
from vedette.stores.records.tables import records

log = logging.getLogger(__name__)

_MIGRATIONS = Path(__file__).parent / "migrations"
_LIST_LIMIT = 1000


class SqlRecords:
    """`ports.stores.Records` on a directory (`records.db` in it), or in memory for None.

    A database that cannot be used now (locked, damaged, no disk) does not keep the caller from
    starting: every call raises `StoreError` until one succeeds, and `problem` says why.
    """

    def __init__(self, directory: Path | None, clock: Clock, *, busy_s: float = 5.0) -> None:
        self._clock = clock
        self._engine = _sqlite(directory, busy_s)
        self._lock = threading.Lock()
        self._is_ready = False
        self._problem = ""
        try:
            self._prepare()
        except StoreError as error:
            log.error(
                "%s Saved views, and changes of keys, are not available; all else is.",
                error.message,
            )

    def problem(self) -> str:
        """Why the last call failed; empty when it did not."""
        return self._problem

    def get(self, project_id: str, kind: str, id: str) -> Record | None:
        with self._using(f"The {kind} {id!r} cannot be read") as connection:
            row = connection.execute(select(records).where(*_is(project_id, kind, id))).first()
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
        with self._using(f"Records of kind {kind} cannot be read") as connection:
            return tuple(map(_record, connection.execute(query)))

    def put(
        self, project_id: str, kind: str, id: str, body: dict[str, Any], *, version: int
    ) -> Record:
        now = self._clock.now_ns()
        with self._using(f"The {kind} {id!r} was not saved") as connection:
            if version == 0:
                try:
                    connection.execute(
                        insert(records).values(
                            project_id=project_id, kind=kind, id=id, version=1, created_ns=now,
                            updated_ns=now, body=body,
                        )
                    )  # fmt: skip
                except IntegrityError as error:
                    raise Conflict(f"There is a {kind} {id!r} already.") from error
            else:
                changed = connection.execute(
                    update(records)
                    .where(*_is(project_id, kind, id), records.c.version == version)
                    .values(version=version + 1, updated_ns=now, body=body)
                )
                if changed.rowcount == 0:
                    raise Conflict(f"The {kind} {id!r} is no longer at version {version}.")
            row = connection.execute(select(records).where(*_is(project_id, kind, id))).one()
        return _record(row)

    def delete(self, project_id: str, kind: str, id: str, *, version: int) -> None:
        with self._using(f"The {kind} {id!r} was not deleted") as connection:
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

    @contextmanager
    def _using(self, failure: str) -> Iterator[Connection]:
        """A connection in a transaction; what the database raises becomes StoreError."""
        self._prepare()
        with self._reporting(failure), self._engine.begin() as connection:
            yield connection

    def _prepare(self) -> None:
        """Bring the tables to the newest version, once."""
        with self._lock:
            if not self._is_ready:
                with self._reporting("The record store cannot be opened"):
                    migrate(self._engine)
                self._is_ready = True

    @contextmanager
    def _reporting(self, failure: str) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            self._problem = f"{failure}: {_cause(error)}."
            raise StoreError(self._problem) from error
        self._problem = ""


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest version."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _sqlite(directory: Path | None, busy_s: float) -> Engine:
    if directory is None:
        return create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(URL.create("sqlite", database=str(directory / "records.db")))

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.execute(f"PRAGMA busy_timeout={round(busy_s * 1000)}")
        connection.execute("PRAGMA journal_mode=WAL")

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
