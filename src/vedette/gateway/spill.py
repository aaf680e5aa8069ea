"""Where records wait on disk while the core is away.

One directory for all workers. A file is `NAME.open` while its worker writes it and `NAME.ready`
when it is complete; the core imports ready files, and open ones that nobody holds a lock on (their
worker is dead). Frames are a 4-byte length and a msgpack `Span`: records are reduced to spans
(capture mode applied) before they touch the disk, so that nothing lies there that the store would
not keep. A frame cut short by a crash is the end of its file.
"""

import asyncio
import fcntl
import logging
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from io import FileIO
from pathlib import Path

import msgspec

from vedette.model.exchange import ExchangeRecord
from vedette.model.span import Span
from vedette.model.wire import HEADER_BYTES

log = logging.getLogger(__name__)

FILE_BYTES = 16_777_216

Reduce = Callable[[ExchangeRecord], Span]


class Spill:
    """Writes the spill files of one worker; all disk work runs off the event loop."""

    def __init__(
        self, directory: Path | None, *, worker: str, limit_bytes: int, reduce: Reduce
    ) -> None:
        self._directory = directory
        self._worker = worker
        self._limit_bytes = limit_bytes
        self._reduce = reduce
        self._file: FileIO | None = None
        self._path: Path | None = None
        self._count = 0
        self._turn = asyncio.Lock()
        self.written = 0
        self.failures = 0

    async def write(self, records: Sequence[ExchangeRecord]) -> bool:
        """Append records; False where the disk or the limit does not allow it."""
        if self._directory is None:
            return False
        async with self._turn:
            return await asyncio.to_thread(self._write, tuple(records))

    async def finish(self) -> None:
        """Hand the open file over to the core."""
        async with self._turn:
            if self._file is not None:
                await asyncio.to_thread(self._abandon)

    def _write(self, records: Sequence[ExchangeRecord]) -> bool:
        frames = []
        for record in records:
            try:
                body = msgspec.msgpack.encode(self._reduce(record))
            except (ValueError, TypeError, OverflowError) as error:
                self.failures += 1
                log.error("record %s cannot be spilled: %s", record.span_id, type(error).__name__)
                continue
            frames.append(len(body).to_bytes(HEADER_BYTES, "big") + body)
        data = b"".join(frames)
        try:
            file = self._room_for(len(data))
            if file is None:
                return False
            start = file.tell()
            try:
                _write_all(file, data)
            except OSError:
                # Half a frame would hide what is written after it.
                file.truncate(start)
                raise
        except OSError as error:
            self.failures += 1
            log.error("cannot write a spill file: %s", error.strerror)
            self._abandon()
            return False
        self.written += len(records)
        if file.tell() >= FILE_BYTES:
            self._finish()
        return True

    def _room_for(self, size: int) -> FileIO | None:
        directory = self._directory
        assert directory is not None
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _bytes_in(directory) + size > self._limit_bytes:
            return None
        if self._file is None:
            self._count += 1
            self._file = self._create(directory)
        return self._file

    def _create(self, directory: Path) -> FileIO:
        """A new file that gets its name when the lock is held: the core takes unlocked ones."""
        path = directory / f"{self._worker}-{self._count:06d}.open"
        draft = path.with_suffix(".new")
        file = FileIO(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft.rename(path)
        except OSError:
            file.close()
            draft.unlink(missing_ok=True)
            raise
        self._path = path
        return file

    def _finish(self) -> None:
        file, path = self._file, self._path
        self._file = self._path = None
        if file is None or path is None:
            return
        file.close()
        path.rename(path.with_suffix(".ready"))

    def _abandon(self) -> None:
        """Start a new file next time; what this one holds is whole."""
        try:
            self._finish()
        except OSError as error:
            log.error("cannot hand over a spill file: %s", error.strerror)


def _write_all(file: FileIO, data: bytes) -> None:
    """A disk that gets full takes a part and says nothing; only the next write fails."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _bytes_in(directory: Path) -> int:
    """Size of all files; those that the core takes away meanwhile count nothing."""
    size = 0
    for path in directory.iterdir():
        with suppress(FileNotFoundError):
            size += path.stat().st_size
    return size
