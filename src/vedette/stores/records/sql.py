"""Records in SQL: SQLite here, PostgreSQL through the same statements.

Every change is written into the audit log in the transaction that makes it, but for the kinds of
`changes.PRIVATE`: who calls need not think of it, and nobody can forget it.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.exc import IntegrityError

from vedette.clock import Clock
from vedette.errors import Conflict, NotFound
from vedette.ports.stores import Record
from vedette.stores.records.audit import SqlAudit
from vedette.stores.records.changes import change_event
from vedette.stores.records.database import Database
from vedette.stores.records.tables import records

_LIST_LIMIT = 1000


class SqlRecords:
    """`ports.stores.Records` on a directory (`records.db` in it), or in memory for None."""

    def __init__(
        self, directory: Path | None, clock: Clock, *, busy_s: float = 5.0, sealing: bytes = b""
    ) -> None:
        """`sealing` is the secret of the audit log's seals."""
        self._clock = clock
        self._database = Database(directory, busy_s=busy_s)
        self.audit = SqlAudit(self._database, clock, sealing=sealing)

    def problem(self) -> str:
        """Why the last call failed; empty when it did not."""
        return self._database.problem

    def get(self, project_id: str, kind: str, id: str) -> Record | None:
        with self._database.using(f"The {kind} {id!r} cannot be read") as connection:
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
        with self._database.using(f"Records of kind {kind} cannot be read") as connection:
            return tuple(map(_record, connection.execute(query)))

    def put(
        self, project_id: str, kind: str, id: str, body: dict[str, Any], *, version: int
    ) -> Record:
        now = self._clock.now_ns()
        which = _is(project_id, kind, id)
        with self._database.using(f"The {kind} {id!r} was not saved") as connection:
            before: dict[str, Any] | None = None
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
                before = connection.execute(select(records.c.body).where(*which)).scalar() or {}
                changed = connection.execute(
                    update(records)
                    .where(*which, records.c.version == version)
                    .values(version=version + 1, updated_ns=now, body=body)
                )
                if changed.rowcount == 0:
                    raise Conflict(f"The {kind} {id!r} is no longer at version {version}.")
            event = change_event(project_id, kind, id, before=before, after=body)
            self.audit.note(connection, event)
            row = connection.execute(select(records).where(*which)).one()
        return _record(row)

    def delete(self, project_id: str, kind: str, id: str, *, version: int) -> None:
        which = _is(project_id, kind, id)
        with self._database.using(f"The {kind} {id!r} was not deleted") as connection:
            before = connection.execute(select(records.c.body).where(*which)).scalar()
            gone = connection.execute(delete(records).where(*which, records.c.version == version))
            if gone.rowcount:
                event = change_event(project_id, kind, id, before=before or {}, after=None)
                self.audit.note(connection, event)
                return
            found = connection.execute(select(records.c.id).where(*which))
            if found.first() is None:
                raise NotFound(f"There is no {kind} {id!r}.")
            raise Conflict(f"The {kind} {id!r} is no longer at version {version}.")

    def close(self) -> None:
        self._database.close()


def _is(project_id: str, kind: str, id: str) -> tuple[Any, ...]:
    return records.c.project_id == project_id, records.c.kind == kind, records.c.id == id


def _record(row: Row[Any]) -> Record:
    return Record(
        project_id=row.project_id, kind=row.kind, id=row.id, version=row.version,
        created_ns=row.created_ns, updated_ns=row.updated_ns, body=row.body,
    )  # fmt: skip
