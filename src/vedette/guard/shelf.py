"""Typed records of the guard in the record store."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Generic, TypeVar

import msgspec

from vedette.errors import NotFound, StoreError
from vedette.ports.paging import all_records
from vedette.ports.stores import Record, Records

SHELF = "_guard"
"""The `project_id` of what belongs to no single project."""

Body = TypeVar("Body", bound=msgspec.Struct)


class Kept(msgspec.Struct, Generic[Body], frozen=True):
    """A record with its body read."""

    id: str
    value: Body
    version: int
    created_ns: int
    updated_ns: int


class Shelf(Generic[Body]):
    """The records of one kind. Nothing is kept in memory; every method may block."""

    def __init__(self, records: Records, kind: str, type: type[Body]) -> None:
        self._records = records
        self._kind = kind
        self._type = type

    def get(self, id: str, *, project_id: str = SHELF) -> Kept[Body] | None:
        found = self._records.get(project_id, self._kind, id)
        return None if found is None else self._read(found)

    def need(self, id: str, *, project_id: str = SHELF) -> Kept[Body]:
        """Raises NotFound."""
        found = self.get(id, project_id=project_id)
        if found is None:
            raise NotFound(f"There is no {self._kind.replace('_', ' ')} {id[:80]!r}.")
        return found

    def all(self, *, project_id: str = SHELF, most: int = 100_000) -> Iterator[Kept[Body]]:
        """In the order of ids."""
        found = all_records(self._records, project_id, self._kind)
        return map(self._read, islice(found, most))

    def page(self, after_id: str, limit: int, *, project_id: str = SHELF) -> tuple[Kept[Body], ...]:
        """Those after an id."""
        found = self._records.list(project_id, self._kind, after_id=after_id, limit=limit)
        return tuple(map(self._read, found))

    def put(self, id: str, value: Body, *, version: int = 0, project_id: str = SHELF) -> Kept[Body]:
        """Create (version 0) or replace; raises Conflict."""
        body = msgspec.to_builtins(value)
        return self._read(self._records.put(project_id, self._kind, id, body, version=version))

    def delete(self, id: str, *, version: int, project_id: str = SHELF) -> None:
        """Raises Conflict; what is gone already is no error."""
        with suppress(NotFound):
            self._records.delete(project_id, self._kind, id, version=version)

    def _read(self, record: Record) -> Kept[Body]:
        try:
            value = msgspec.convert(record.body, self._type)
        except msgspec.ValidationError as error:
            raise StoreError(f"The {self._kind} {record.id!r} cannot be read: {error}.") from None
        return Kept(record.id, value, record.version, record.created_ns, record.updated_ns)
