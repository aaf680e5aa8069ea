"""Calls of workers that died before all was said of them: the core goes on where they were.

See `model.pending` for the files. Each call is looked at once more, written, and only then gone
from the disk; one that the store knows already needs neither.
"""

import asyncio
import fcntl
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import msgspec

from vedette.errors import VedetteError
from vedette.ingest.collector import RETRY_S, SCAN_S, SpanWriter
from vedette.model.pending import LOCK, SUFFIX, Pending
from vedette.model.span import Span
from vedette.tasks import for_each

log = logging.getLogger(__name__)


class Spans(Protocol):
    """What is needed of the store."""

    def span(self, project_id: str, trace_id: str, span_id: str) -> Span | None: ...


class Heirs:
    """Takes over what workers left."""

    def __init__(
        self, place: Path | None, *, spans: Spans, writer: SpanWriter,
        look: Callable[[Pending], Span],
    ) -> None:  # fmt: skip
        """`look` blocks, and says what is to be said of a call."""
        self._place = place
        self._spans = spans
        self._writer = writer
        self._look = look
        self.taken = 0

    async def run(self) -> None:
        """Look for calls without a worker, until cancelled."""
        if self._place is None:
            return
        while True:
            await self.take(self._place)
            await asyncio.sleep(SCAN_S)

    async def take(self, place: Path) -> None:
        """Go on with all calls there whose worker is no more; what fails of them is raised last."""
        for left in await asyncio.to_thread(_orphans, place):
            await for_each(await asyncio.to_thread(_calls, left), self._go_on)
            await asyncio.to_thread(_remove, left)

    async def _go_on(self, path: Path) -> None:
        try:
            raw = await asyncio.to_thread(path.read_bytes)
            pending = msgspec.msgpack.decode(raw, type=Pending)
        except msgspec.DecodeError:
            log.error("the call %s cannot be read and is left out", path.name)
        else:
            await self._finish(pending)
        await asyncio.to_thread(path.unlink, missing_ok=True)

    async def _finish(self, pending: Pending) -> None:
        span = pending.span
        known = await asyncio.to_thread(
            self._spans.span, span.project_id, span.trace_id, span.span_id
        )
        if known is not None:
            return
        whole = await asyncio.to_thread(self._look, pending)
        while True:
            try:
                await self._writer.write([whole])
            except VedetteError as error:
                log.warning("the store does not take records: %s", error.message)
                await asyncio.sleep(RETRY_S)
            else:
                self.taken += 1
                return


def _orphans(place: Path) -> list[Path]:
    """Directories of workers that hold their lock no more."""
    if not place.is_dir():
        return []
    return [path for path in sorted(place.iterdir()) if path.name[0] != "." and _is_free(path)]


def _calls(left: Path) -> list[Path]:
    return sorted(left.glob(f"*{SUFFIX}"))


def _is_free(left: Path) -> bool:
    try:
        lock = os.open(left / LOCK, os.O_WRONLY)
    except FileNotFoundError:
        return left.is_dir()
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True


def _remove(left: Path) -> None:
    for draft in left.glob("*.new"):
        draft.unlink(missing_ok=True)
    (left / LOCK).unlink(missing_ok=True)
    with suppress(OSError):
        left.rmdir()
