"""The database under records and audit log: opened, brought to the newest version, used."""

import logging
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from vedette.errors import StoreError
from vedette.stores.sqlite import prepare

log = logging.getLogger(__name__)

_FILE = "records.db"
_MIGRATIONS = Path(__file__).parent / "migrations"
_migrating = threading.Lock()
"""Alembic keeps the migration that runs in a global variable."""


class NewerRecords(StoreError):
    """The database was written by a newer version: this one must not touch it."""


class Database:
    """SQLite in a directory (`records.db` in it), or in memory for None.

    A database that cannot be used now (locked, damaged, no disk) does not keep the caller from
    starting: every call raises `StoreError` until one succeeds, and `problem` says why. Raises
    `NewerRecords` where it is of a newer version.
    """

    def __init__(self, directory: Path | None, *, busy_s: float) -> None:
        self._engine = _sqlite(directory, busy_s)
        self._lock = threading.Lock()
        # In memory there is one connection for all threads, and so one transaction at a time.
        self._turn: AbstractContextManager[object] = (
            threading.RLock() if directory is None else nullcontext()
        )
        self._is_ready = False
        self.problem = ""
        """Why the last call failed; empty when it did not."""
        try:
            self._prepare()
        except NewerRecords:
            self._engine.dispose()
            raise
        except StoreError as error:
            log.error(
                "%s Saved views, and changes of keys, are not available; all else is.",
                error.message,
            )

    @contextmanager
    def using(self, failure: str) -> Iterator[Connection]:
        """A connection in a transaction; what the database raises becomes StoreError."""
        self._prepare()
        with self._turn, self._reporting(failure), self._engine.begin() as connection:
            yield connection

    def close(self) -> None:
        self._engine.dispose()

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
            self.problem = f"{failure}: {_cause(error)}."
            raise StoreError(self.problem) from error
        self.problem = ""


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest version, wholly or not at all, while others wait.

    Raises `NewerRecords` where that is behind them.
    """
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    known = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    newest = known[0]
    with _migrating, engine.begin() as connection:
        applied = set(MigrationContext.configure(connection).get_current_heads())
        if applied == {newest}:
            return
        if unknown := applied - set(known):
            raise NewerRecords(
                f"{_FILE!r} was written by a newer Vedette (version {', '.join(sorted(unknown))}, "
                f"this one knows {newest}). Update Vedette, or point storage.path at another "
                "directory."
            )
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _sqlite(directory: Path | None, busy_s: float) -> Engine:
    if directory is None:
        return create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(URL.create("sqlite", database=str(directory / _FILE)))

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.execute(f"PRAGMA busy_timeout={round(busy_s * 1000)}")
        prepare(connection, busy_s)

    return engine


def _cause(error: SQLAlchemyError) -> str:
    """What the database said, without the statement and its values."""
    return str(getattr(error, "orig", None) or type(error).__name__)
