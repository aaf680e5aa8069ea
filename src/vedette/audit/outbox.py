"""Changes outside the records' database get into the log all the same, each once.

What is about to be done is written into a file first, and the file goes when the entry stands in
the log. After a crash in between, or while the log cannot be written, the file is handed over
later under the same `source`: at least once, and not twice. Of a change that broke off in the
middle the entry says `unknown`.
"""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from vedette.clock import Clock
from vedette.errors import StoreError, VedetteError
from vedette.model.audit import AuditEvent
from vedette.ports.audit import AuditStore, acting

log = logging.getLogger(__name__)

STALE_NS = 60 * 10**9
"""A change that takes longer has broken off."""


class Notice:
    """What a change says of itself while it is made."""

    def __init__(self) -> None:
        self.details: dict[str, Any] = {}
        self.is_needed = True

    def forget(self) -> None:
        """Nothing changed: there is nothing to log."""
        self.is_needed = False


class Outbox:
    """Events on their way into the log. Thread-safe; several processes may share a directory."""

    def __init__(self, directory: Path | None, store: AuditStore, clock: Clock) -> None:
        """Without a directory nothing is kept over a crash (profile `memory`)."""
        self._directory = directory
        self._store = store
        self._clock = clock

    @contextmanager
    def noting(self, event: AuditEvent) -> Iterator[Notice]:
        """Log the change that the block makes; one that raises our error was not made.

        Raises StoreError before the block where the event cannot be kept: then nothing is done.
        """
        event, notice = self._ready(event), Notice()
        self._keep(replace(event, outcome="unknown"))
        try:
            yield notice
        except VedetteError as error:
            if error.status < 500:
                self._drop(event)
            else:
                self._hand_over(replace(event, outcome="failed"))
            raise
        except BaseException:
            self._hand_over(replace(event, outcome="failed"))
            raise
        if not notice.is_needed:
            self._drop(event)
            return
        self._hand_over(replace(event, details={**event.details, **notice.details}))

    def send(self, event: AuditEvent) -> None:
        """Log what has happened, at once or as soon as the log can be written."""
        self._hand_over(self._ready(event))

    def send_all(self, events: Sequence[AuditEvent]) -> None:
        """The same for several, in one transaction where that can be."""
        ready = [self._ready(event) for event in events]
        try:
            self._store.append(ready)
        except StoreError as error:
            log.warning("%d events wait for the audit log: %s", len(ready), error.message)
            for event in ready:
                self._keep(event)

    def drain(self) -> None:
        """Hand over what is left of earlier times."""
        if self._directory is None or not self._directory.is_dir():
            return
        for path in sorted(self._directory.glob("*.json")):
            with suppress(FileNotFoundError):
                self._take(path)

    def _take(self, path: Path) -> None:
        try:
            event = msgspec.json.decode(path.read_bytes(), type=AuditEvent)
        except msgspec.MsgspecError:
            log.error("%s is damaged and is left out of the audit log", path.name)
            path.rename(path.with_suffix(".damaged"))
            return
        age_ns = self._clock.now_ns() - (event.time_ns or 0)
        if event.outcome == "unknown" and age_ns < STALE_NS:
            return
        self._store.append([event])
        path.unlink(missing_ok=True)

    def _ready(self, event: AuditEvent) -> AuditEvent:
        return replace(
            event,
            actor=event.actor or acting.get(),
            time_ns=event.time_ns or self._clock.now_ns(),
            source=event.source or f"outbox:{os.getpid()}:{self._clock.trace_id()}",
        )

    def _hand_over(self, event: AuditEvent) -> None:
        try:
            self._store.append([event])
        except StoreError as error:
            log.warning("%s waits for the audit log: %s", event.action, error.message)
            self._keep(event)
        else:
            self._drop(event)

    def _keep(self, event: AuditEvent) -> None:
        if self._directory is None:
            return
        path = self._path(event)
        draft = path.with_suffix(".new")
        try:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(msgspec.json.encode(event))
                file.flush()
                os.fsync(descriptor)
            draft.replace(path)
        except OSError as error:
            reason = (error.strerror or "not possible").lower()
            raise StoreError(f"The change cannot be noted for the audit log: {reason}.") from None

    def _drop(self, event: AuditEvent) -> None:
        if self._directory is not None:
            with suppress(OSError):
                self._path(event).unlink()

    def _path(self, event: AuditEvent) -> Path:
        assert self._directory is not None
        return self._directory / f"{event.source.replace(':', '-')[:120]}.json"
