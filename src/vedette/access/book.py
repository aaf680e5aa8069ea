"""All organizations, projects and keys: in the record store, in memory, and in the workers' file.

The store has the last word; memory is what was read from it and what was written to it since. A
change is in the store first and then in the file, so that what was answered is in force: within
the time a worker takes to look at the file. Where the file cannot be written the change stands in
the store and `behind` says so; writing is tried again by `catch_up`.
"""

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from vedette.access.files import version_in, write_snapshot
from vedette.errors import Conflict, NotFound, StoreError
from vedette.model.tenant import (
    DEFAULT,
    AccessSnapshot,
    Organization,
    Project,
    ScopedAllowance,
    VirtualKey,
)
from vedette.ports.stores import Record, Records

log = logging.getLogger(__name__)

SHELF = "_access"
"""The `project_id` under which the records of all tenants stand."""

Body = TypeVar("Body", bound=msgspec.Struct)


class KeysInUse(msgspec.Struct, frozen=True, kw_only=True):
    """The mark that a key was ever made."""

    since_ns: int


class FormerProject(msgspec.Struct, frozen=True, kw_only=True):
    """The mark that a project was there: what it recorded still is."""

    deleted_ns: int


@dataclass(frozen=True, slots=True)
class Entry(Generic[Body]):
    """A record with its body read."""

    value: Body
    version: int
    created_ns: int
    updated_ns: int


class Shelf(Generic[Body]):
    """The records of one kind."""

    def __init__(self, records: Records, kind: str, type: type[Body]) -> None:
        self._records = records
        self._kind = kind
        self._type = type
        self._entries: dict[str, Entry[Body]] = {}

    @property
    def entries(self) -> Mapping[str, Entry[Body]]:
        """By id, in the order of ids."""
        return self._entries

    def load(self) -> None:
        """Read all from the store. Raises StoreError; then what was known stays."""
        found: list[Record] = []
        while page := self._records.list(
            SHELF, self._kind, after_id=found[-1].id if found else "", limit=1000
        ):
            found += page
        self._entries = {record.id: self._read(record) for record in found}

    def get(self, id: str) -> Entry[Body]:
        """Raises NotFound."""
        found = self._entries.get(id)
        if found is None:
            raise NotFound(f"There is no {self._kind} {id[:80]!r}.")
        return found

    def values(self) -> tuple[Body, ...]:
        return tuple(entry.value for entry in self._entries.values())

    def put(self, id: str, value: Body, *, version: int) -> Entry[Body]:
        """Create (version 0) or replace. Raises Conflict or StoreError."""
        body = msgspec.to_builtins(value)
        record = self._records.put(SHELF, self._kind, id, body, version=version)
        entry = self._read(record)
        self._entries = dict(sorted({**self._entries, id: entry}.items()))
        return entry

    def delete(self, id: str, *, version: int) -> None:
        """Raises Conflict or StoreError; what is gone already is no error."""
        with suppress(NotFound):
            self._records.delete(SHELF, self._kind, id, version=version)
        self._entries = {key: entry for key, entry in self._entries.items() if key != id}

    def _read(self, record: Record) -> Entry[Body]:
        try:
            value = msgspec.convert(record.body, self._type)
        except msgspec.ValidationError as error:
            raise StoreError(f"The {self._kind} {record.id!r} cannot be read: {error}.") from None
        return Entry(value, record.version, record.created_ns, record.updated_ns)


class Book:
    """All kinds, changed one after the other. All methods may block; thread-safe."""

    def __init__(self, records: Records, file: Path | None) -> None:
        """`file` is what the workers read; None: nobody does."""
        self.organizations = Shelf(records, "organization", Organization)
        self.projects = Shelf(records, "project", Project)
        self.keys = Shelf(records, "key", VirtualKey)
        self.allowances = Shelf(records, "allowance", ScopedAllowance)
        self.former = Shelf(records, "former_project", FormerProject)
        self._in_use = Shelf(records, "keys_in_use", KeysInUse)
        self._file = file
        self._version = 0
        self._is_loaded = False
        self._lock = threading.RLock()
        self._complaint = ""
        self.behind = False
        """Whether the workers' file lacks a change."""

    def open(self) -> None:
        """Read everything and write the workers' file anew.

        Where the store cannot be read the workers keep the file they have, and the next call
        tries again.
        """
        try:
            with self.changing():
                pass
        except StoreError as error:
            self.behind = True
            if error.message != self._complaint:
                log.error("virtual keys are as they were: %s", error.message)
            self._complaint = error.message

    @contextmanager
    def reading(self) -> Iterator["Book"]:
        """The book as it is; raises StoreError where the store was never readable."""
        with self._lock:
            self._load()
            yield self

    @contextmanager
    def changing(self) -> Iterator["Book"]:
        """The book for one change; at the end the workers' file is written.

        Where one fails in the middle, or somebody else wrote, memory is read anew.
        """
        with self._lock:
            self._load()
            try:
                yield self
            except (Conflict, StoreError):
                self._is_loaded = False
                self.behind = True
                raise
            self._publish()

    def use_keys(self, now_ns: int) -> None:
        """Note that a key is made: from now on one is asked for."""
        if DEFAULT not in self._in_use.entries:
            self._in_use.put(DEFAULT, KeysInUse(since_ns=now_ns), version=0)

    def forget_use(self) -> None:
        """Let calls in without a key again, as before the first one was made."""
        found = self._in_use.entries.get(DEFAULT)
        if found is not None:
            self._in_use.delete(DEFAULT, version=found.version)

    @property
    def closed(self) -> bool:
        return bool(self._in_use.entries)

    def catch_up(self) -> None:
        """Write the file where an earlier change did not get there."""
        if self.behind:
            self.open()

    def snapshot(self) -> AccessSnapshot:
        """What the workers get."""
        return AccessSnapshot(
            version=self._version,
            organizations=self.organizations.values(),
            projects=self.projects.values(),
            keys=self.keys.values(),
            allowances=self.allowances.values(),
            closed=self.closed,
        )

    def _load(self) -> None:
        if self._is_loaded:
            return
        for shelf in (
            self.organizations, self.projects, self.keys, self.allowances, self.former,
            self._in_use,
        ):  # fmt: skip
            shelf.load()
        self._add_defaults()
        if self._file is not None:
            self._version = max(self._version, version_in(self._file))
        self._is_loaded = True

    def _add_defaults(self) -> None:
        """Those of calls without a key are there from the start."""
        if DEFAULT not in self.organizations.entries:
            self.organizations.put(DEFAULT, Organization(id=DEFAULT, name=DEFAULT), version=0)
        if DEFAULT not in self.projects.entries:
            self.projects.put(DEFAULT, Project(id=DEFAULT, name=DEFAULT), version=0)

    def _publish(self) -> None:
        self._version += 1
        if self._file is None:
            return
        try:
            write_snapshot(self._file, self.snapshot())
        except OSError as error:
            self.behind = True
            reason = error.strerror or "not possible"
            raise StoreError(
                f"The change is stored, but the gateway does not know it yet: {reason}. "
                "Vedette goes on trying."
            ) from None
        self.behind, self._complaint = False, ""
