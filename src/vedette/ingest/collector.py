"""The core's end of the unix socket: records in, acknowledgements out, spill files read back.

A batch is acknowledged when the writer has made it durable. Batches are read ahead of that
(`backlog`), so that little is lost with a worker that dies. While the store cannot write, nothing
is acknowledged and the workers hold or spill their records: nothing is lost in between.
"""

import asyncio
import fcntl
import logging
import os
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import msgspec

from vedette.clock import Clock
from vedette.errors import VedetteError
from vedette.ingest.backlog import Backlog
from vedette.ingest.peer import FrameTooLong, Peer
from vedette.metrics import Totals
from vedette.model.exchange import ExchangeRecord
from vedette.model.span import Span
from vedette.model.wire import (
    FRAME_LIMIT,
    HEADER_BYTES,
    Ack,
    Batch,
    FromWorker,
    Hello,
    Report,
    frame,
)
from vedette.tasks import Tasks, Troubles

log = logging.getLogger(__name__)

RETRY_S = 0.5
SCAN_S = 1.0
IMPORT_SPANS = 500
BACKLOG = 64
STORING = "storing of records"
IMPORTING = "spill import"

Reduce = Callable[[ExchangeRecord], Span]


class SpanWriter(Protocol):
    """What the collector needs of `ingest.writer.Writer`."""

    async def write(self, spans: Sequence[Span]) -> int: ...


class Collector:
    """Listens on the socket path and imports the spill directory."""

    def __init__(
        self, *, path: Path, spill_dir: Path | None, writer: SpanWriter, reduce: Reduce,
        totals: Totals, clock: Clock, troubles: Troubles | None = None,
    ) -> None:  # fmt: skip
        self._path = path
        self._spill_dir = spill_dir
        self._writer = writer
        self._reduce = reduce
        self._totals = totals
        self._clock = clock
        self._tasks = Tasks(troubles)
        self._troubles = self._tasks.troubles
        self._listener: socket.socket | None = None
        self._decoder: msgspec.msgpack.Decoder[FromWorker] = msgspec.msgpack.Decoder(FromWorker)
        self.workers: set[str] = set()
        self.received = 0
        self.imported = 0

    async def start(self) -> None:
        """Bind the socket, for this user only, and begin to import."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX)
        try:
            listener.bind(str(self._path))
            os.chmod(self._path, 0o600)
            listener.listen(BACKLOG)
            listener.setblocking(False)
        except OSError:
            listener.close()
            raise
        self._listener = listener
        self._tasks.keep(lambda: self._accept(listener), name="collector")
        if (directory := self._spill_dir) is not None:
            self._tasks.keep(lambda: self._import_forever(directory), name="spill import")

    async def close(self) -> None:
        """Hang up and stop listening; what was not acknowledged stays with the workers."""
        await self._tasks.drain()
        if self._listener is not None:
            self._listener.close()
            self._path.unlink(missing_ok=True)

    async def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                end = await _arrival(listener)
            except OSError as error:
                self._troubles.failed("collector", error)
                await asyncio.sleep(RETRY_S)
            else:
                self._troubles.over("collector")
                self._take_in(Peer(end))

    def _take_in(self, peer: Peer) -> None:
        serving = self._tasks.spawn(self._serve(peer), name="worker connection")
        # Not in the task: one that is cancelled before it began closes nothing.
        serving.add_done_callback(lambda _: peer.close())

    async def _serve(self, peer: Peer) -> None:
        backlog = Backlog(self._clock)
        async with asyncio.TaskGroup() as both:
            both.create_task(self._store(peer, backlog))
            try:
                await self._read(peer, backlog)
            finally:
                backlog.close()

    async def _read(self, peer: Peer, backlog: Backlog) -> None:
        """Take all that the worker sends, to its end."""
        worker = ""
        try:
            while (body := await peer.receive()) is not None:
                match self._decoder.decode(body):
                    case Hello(worker=worker):
                        self.workers.add(worker)
                    case Batch() as batch:
                        await backlog.put(batch, len(body))
                    case Report(samples=samples):
                        self._totals.update(worker, samples)
        except (msgspec.DecodeError, FrameTooLong) as error:
            log.error("worker %s sent what cannot be read: %s", worker, error)
        finally:
            self.workers.discard(worker)
            self._totals.retire(worker)

    async def _store(self, peer: Peer, backlog: Backlog) -> None:
        while group := await backlog.take():
            records = [record for batch in group for record in batch.records]
            spans = await asyncio.to_thread(self._reduced, records)
            await self._write(spans)
            self.received += len(spans)
            await peer.tell(b"".join(frame(Ack(batch.number)) for batch in group))

    def _reduced(self, records: Sequence[ExchangeRecord]) -> list[Span]:
        """One that cannot be reduced is left out: else its worker would send it for ever."""
        spans = []
        for record in records:
            with self._troubles.noted("reading of records"):
                spans.append(self._reduce(record))
        return spans

    async def _write(self, spans: Sequence[Span]) -> None:
        """Try until the spans are durable: the worker waits, and spills what it cannot hold."""
        while True:
            try:
                await self._writer.write(spans)
            except VedetteError as error:
                self._troubles.failed(STORING, error)
                await asyncio.sleep(RETRY_S)
            else:
                self._troubles.over(STORING)
                return

    async def _import_forever(self, directory: Path) -> None:
        while True:
            await self.import_from(directory)
            await asyncio.sleep(SCAN_S)

    async def import_from(self, directory: Path) -> None:
        """Write what lies in the spill files that are complete or whose worker is no more."""
        try:
            found = await asyncio.to_thread(_importable, directory)
        except OSError as error:
            self._troubles.failed(IMPORTING, error)
            return
        failure: OSError | None = None
        for path in found:
            try:
                await self._import(path)
            except OSError as error:
                failure = error
                if self._troubles.failed(IMPORTING, error):
                    log.error("the spill file %s cannot be imported", path.name)
        if failure is None:
            self._troubles.over(IMPORTING)

    async def _import(self, path: Path) -> None:
        """Write all its spans; from the start again when it is interrupted: each counts once."""
        offset = -1
        end = 0
        while end != offset:
            offset = end
            spans, end = await asyncio.to_thread(_read_spans, path, offset)
            if spans:
                await self._write(spans)
                self.imported += len(spans)
        await asyncio.to_thread(_remove, path, end)


async def _arrival(listener: socket.socket) -> socket.socket:
    """The next connection; none is lost where this is cancelled, as `sock_accept` may lose it."""
    loop = asyncio.get_running_loop()
    while True:
        with suppress(BlockingIOError):
            return listener.accept()[0]
        arrived = asyncio.Event()
        loop.add_reader(listener, arrived.set)
        try:
            await arrived.wait()
        finally:
            loop.remove_reader(listener)


def _importable(directory: Path) -> list[Path]:
    """Complete files, and files whose worker is no more, oldest first."""
    if not directory.is_dir():
        return []
    found = [
        path
        for path in directory.iterdir()
        if path.suffix == ".ready" or (path.suffix == ".open" and _is_orphan(path))
    ]
    return sorted(found, key=lambda path: path.name)


def _remove(path: Path, end: int) -> None:
    """Delete an imported file, saying what of it could not be read."""
    left = path.stat().st_size - end
    if left:
        log.warning("the last %d bytes of the spill file %s are cut short", left, path.name)
    path.unlink()
    log.info("spill file %s is imported", path.name)


def _is_orphan(path: Path) -> bool:
    """True where no living process holds the file; a worker may rename it while we look."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, FileNotFoundError):
        return False
    return True


def _read_spans(path: Path, offset: int) -> tuple[list[Span], int]:
    """The next whole frames from `offset`; none at the end or before a frame cut short."""
    spans: list[Span] = []
    decoder = msgspec.msgpack.Decoder(Span)
    with path.open("rb") as file:
        file.seek(offset)
        while len(spans) < IMPORT_SPANS:
            header = file.read(HEADER_BYTES)
            length = int.from_bytes(header, "big")
            body = file.read(length) if len(header) == HEADER_BYTES else b""
            if len(header) < HEADER_BYTES or len(body) < length or length > FRAME_LIMIT:
                break
            try:
                spans.append(decoder.decode(body))
            except msgspec.DecodeError:
                log.error("a span in %s cannot be read and is left out", path.name)
            offset = file.tell()
    return spans, offset
