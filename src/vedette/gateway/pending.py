"""Calls that wait for what is said of them afterwards, on disk in case this worker dies meanwhile.

See `model.pending` for the files. Nothing is written where there is no directory.
"""

import asyncio
import fcntl
import logging
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from vedette.model.exchange import ExchangeRecord
from vedette.model.pending import LOCK, SUFFIX, Pending, RuleOrigin
from vedette.model.policy import Policy
from vedette.model.span import Span
from vedette.tasks import Tasks

log = logging.getLogger(__name__)

MOST = 10_000
"""Calls on disk at once; those beyond are lost with their worker."""


class PendingCalls:
    """Those of one worker."""

    def __init__(
        self, directory: Path | None, *, worker: str, reduce: Callable[[ExchangeRecord], Span]
    ) -> None:
        self._place = directory / worker if directory is not None else None
        self._reduce = reduce
        self._lock: int | None = None
        self._names: set[str] = set()
        self._tasks = Tasks()
        self.failures = 0

    async def put(
        self, record: ExchangeRecord, policy: Policy, origins: dict[str, RuleOrigin]
    ) -> bool:
        """Keep the call until `settle` hears of its record; False where it cannot be kept."""
        return await asyncio.to_thread(self.put_now, record, policy, origins)

    def put_now(
        self, record: ExchangeRecord, policy: Policy, origins: dict[str, RuleOrigin]
    ) -> bool:
        """The same, at once."""
        if self._place is None or len(self._names) >= MOST:
            return False
        self._names.add(record.span_id)
        try:
            body = msgspec.msgpack.encode(Pending(self._reduce(record), policy, origins))
            self._open(self._place)
            path = self._place / (record.span_id + SUFFIX)
            draft = path.with_suffix(".new")
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(body)
                draft.rename(path)
            except OSError:
                draft.unlink(missing_ok=True)
                raise
        except (OSError, ValueError, TypeError, OverflowError) as error:
            self._names.discard(record.span_id)
            self.failures += 1
            log.error("a call cannot be kept for later: %s", type(error).__name__)
            return False
        return True

    def settle(self, records: Sequence[ExchangeRecord]) -> None:
        """These are safe as a whole."""
        if self._names:
            done = self._names.intersection(record.span_id for record in records)
            if done:
                self._names -= done
                self._tasks.spawn(asyncio.to_thread(self._remove, done), name="settle calls")

    async def close(self) -> None:
        """Leave what is left to the core."""
        await self._tasks.finish()
        if self._lock is not None:
            if self._place is not None and not self._names:
                (self._place / LOCK).unlink(missing_ok=True)
                with suppress(OSError):
                    self._place.rmdir()
            os.close(self._lock)
            self._lock = None

    def _open(self, place: Path) -> None:
        """Make the directory, under a name that the core looks at when its lock is held."""
        if self._lock is not None:
            return
        draft = place.with_name(f".{place.name}")
        draft.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(draft / LOCK, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft.rename(place)
        except OSError:
            os.close(lock)
            raise
        self._lock = lock

    def _remove(self, names: set[str]) -> None:
        assert self._place is not None
        for name in names:
            (self._place / (name + SUFFIX)).unlink(missing_ok=True)
