"""Records on their way from a worker to the core.

`keep` is called on the client's path and only appends to a bounded buffer. A task sends batches
over the unix socket and holds each until the core has acknowledged it. What is under way is at
most `_IN_FLIGHT_SHARE` of the buffer, so that a core that does not acknowledge cannot fill it.
When the core is away for longer than `PATIENCE_S`, or the buffer is half full, the oldest records
go to a spill file (`spill`). When neither socket nor disk can take them (or not so many at once, as
when all clients leave together) and the buffer is full, the newest lose their bodies, then they are
dropped, both counted: memory stays bounded and calls go on.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from socket import SO_SNDBUF, SOL_SOCKET

import msgspec

from vedette.clock import Clock
from vedette.gateway.record import size_of, without_bodies
from vedette.gateway.spill import Spill
from vedette.model.exchange import ExchangeRecord
from vedette.model.wire import (
    FRAME_LIMIT,
    HEADER_BYTES,
    Ack,
    Batch,
    Hello,
    Report,
    encoder,
    frame,
)

log = logging.getLogger(__name__)

LINGER_S = 0.01
"""How long the sender rests at least, so that records leave in company; one that comes when it has
rested for so long leaves at once. What a dying worker loses, while the core reads, is what came
within this time."""
PATIENCE_S = 1.0
RECONNECT_S = 0.2
REPORT_S = 1.0
BATCH_RECORDS = 500
BATCH_BYTES = 2_097_152
"""To encode so much takes about a millisecond, in which no stream goes on."""
SOCKET_BYTES = 1_048_576
"""What the socket holds outlives the worker; the system may allow less."""
_IN_FLIGHT_SHARE = 4
_BATCH_SHARE = 8
_BARE_SHARE = 8
"""Of the bytes, for records without bodies: what a call was and cost outlives what it said."""

Records = list[ExchangeRecord]


class Sink:
    """Owns the buffer of one worker. Start `run` as a task; `close` flushes."""

    def __init__(
        self, *, worker: str, path: str, spill: Spill, clock: Clock, limit_records: int,
        limit_bytes: int,
    ) -> None:  # fmt: skip
        self._worker = worker
        self._path = path
        self._spill = spill
        self._clock = clock
        self._limit_records = limit_records
        self._limit_bytes = limit_bytes
        self._waiting: deque[ExchangeRecord] = deque()
        self._unacked: dict[int, Records] = {}
        self._in_flight = 0
        """Records in `_unacked`."""
        self._in_flight_bytes = 0
        self._bytes = 0
        self._number = 0
        self._wake: asyncio.Event = asyncio.Event()
        self._is_resting = False
        """Whether the first record that comes must see to it that the sender wakes."""
        self._acked: asyncio.Event = asyncio.Event()
        self._writer: asyncio.StreamWriter | None = None
        self._away_since = clock.monotonic()
        self._woken_at = 0.0
        """When the sender last woke, by the loop's time."""
        self._closing = False
        self._report_due = True
        self.report: Callable[[], Report] | None = None
        self.on_safe: Callable[[Records], None] = _nobody
        """Hears of records that are with the core or on disk."""
        self.sent = 0
        self.bare = 0
        """Records whose bodies found no room."""
        self.dropped = 0

    @property
    def is_connected(self) -> bool:
        return self._writer is not None

    @property
    def waiting(self) -> int:
        """Records held in memory, acknowledged ones excluded."""
        return len(self._waiting) + self._in_flight

    @property
    def held_bytes(self) -> int:
        """What the records in memory weigh."""
        return self._bytes

    @property
    def spilled(self) -> int:
        return self._spill.written

    def keep(self, record: ExchangeRecord) -> None:
        """Take a record. Never blocks, never raises."""
        size = size_of(record)
        if self._bytes + size > self._limit_bytes - self._limit_bytes // _BARE_SHARE:
            record = without_bodies(record)
            self.bare += size_of(record) < size
            size = size_of(record)
        if self.waiting >= self._limit_records or self._bytes + size > self._limit_bytes:
            self.dropped += 1
            return
        self._bytes += size
        self._waiting.append(record)
        if self._is_resting:
            self._wake_soon()

    async def run(self) -> None:
        """Connect, send, reconnect; until cancelled or closed."""
        is_back = True
        while not self._closing:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    reader, writer = await asyncio.open_unix_connection(self._path)
            except (OSError, TimeoutError):
                await self._while_away()
                continue
            writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_SNDBUF, SOCKET_BYTES)
            self._writer = writer
            if not is_back:
                log.info("the core is there again")
            try:
                _write(writer, frame(Hello(self._worker)))
                await self._converse(reader, writer)
            except (OSError, EOFError, msgspec.DecodeError) as error:
                log.warning("lost the core (%s): records wait for it", type(error).__name__)
                is_back = False
            finally:
                self._writer = None
                self._away_since = self._clock.monotonic()
                self._take_back()
                writer.close()

    async def close(self, *, timeout_s: float) -> None:
        """Send what waits and spill what cannot be sent."""
        deadline = self._clock.monotonic() + timeout_s
        while self.waiting and self.is_connected and self._clock.monotonic() < deadline:
            self._wake.set()
            self._acked.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(0.05):
                    await self._acked.wait()
        self._closing = True
        if self._writer is not None:
            self._writer.close()
        self._take_back()
        await self._spill_all()
        if self._waiting:
            lost = len(self._waiting)
            self.dropped += lost
            log.error("%d records are lost: neither the core nor the disk takes them", lost)
        await self._spill.finish()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._send(writer))
                both.create_task(self._read_acks(reader))
                both.create_task(self._call_for_reports())
        except* (OSError, EOFError, RuntimeError, msgspec.DecodeError) as errors:
            raise EOFError from errors

    async def _send(self, writer: asyncio.StreamWriter) -> None:
        await self._spill.finish()
        while True:
            # Never `drain`: while the core stands still, what comes must find its way to the disk.
            is_read = writer.transport.get_write_buffer_size() < BATCH_BYTES
            if self._report_due and self.report is not None and is_read:
                self._report_due = False
                _write(writer, frame(self.report()))
            if self._waiting and self._may_send and is_read:
                self._send_batch(writer)
                await asyncio.sleep(0)
            elif not (self._waiting and self._is_half_full and await self._relieve()):
                await self._rest()

    async def _call_for_reports(self) -> None:
        """One timer a second, instead of one for each time that the sender rests."""
        while True:
            self._report_due = True
            self._wake.set()
            await asyncio.sleep(REPORT_S)

    @property
    def _may_send(self) -> bool:
        return not self._unacked or (
            self._in_flight * _IN_FLIGHT_SHARE < self._limit_records
            and self._in_flight_bytes * _IN_FLIGHT_SHARE < self._limit_bytes
        )

    def _send_batch(self, writer: asyncio.StreamWriter) -> None:
        records = self._next_batch()
        self._number += 1
        try:
            data = frame(Batch(self._number, tuple(records)))
        except _NOT_ENCODABLE:
            records = self._without_unsendable(records)
            data = frame(Batch(self._number, tuple(records)))
        self._unacked[self._number] = records
        self._in_flight += len(records)
        self._in_flight_bytes += sum(map(size_of, records))
        _write(writer, data)

    def _without_unsendable(self, records: Records) -> Records:
        """Leave out what has no form on the wire: text that is no Unicode, numbers too large."""
        kept = []
        for record in records:
            try:
                encoder.encode(record)
            except _NOT_ENCODABLE as error:
                self.dropped += 1
                self._bytes -= size_of(record)
                log.error("record %s cannot be sent: %s", record.span_id, type(error).__name__)
            else:
                kept.append(record)
        return kept

    async def _rest(self) -> None:
        """Wait for a record, or for the time of the next report."""
        if self._acked.is_set():
            # The core takes records again: it may have the spilled ones, too.
            self._acked.clear()
            await self._spill.finish()
        self._wake.clear()
        self._is_resting = True
        if self._waiting:
            self._wake_soon()
        await self._wake.wait()
        self._is_resting = False
        self._woken_at = asyncio.get_running_loop().time()

    def _wake_soon(self) -> None:
        """Let the sender rest on until other records may have come since it last woke."""
        self._is_resting = False
        loop = asyncio.get_running_loop()
        due = self._woken_at + LINGER_S
        if loop.time() >= due:
            self._wake.set()
        else:
            loop.call_at(due, self._wake.set)

    async def _read_acks(self, reader: asyncio.StreamReader) -> None:
        decoder = msgspec.msgpack.Decoder(Ack)
        while True:
            length = int.from_bytes(await reader.readexactly(HEADER_BYTES), "big")
            if length > FRAME_LIMIT:
                raise EOFError
            ack = decoder.decode(await reader.readexactly(length))
            records = self._unacked.pop(ack.number, [])
            size = sum(map(size_of, records))
            self._bytes -= size
            self._in_flight_bytes -= size
            self._in_flight -= len(records)
            self.sent += len(records)
            self.on_safe(records)
            self._acked.set()
            if self._waiting and self._is_resting:
                self._wake_soon()

    async def _while_away(self) -> None:
        away_s = self._clock.monotonic() - self._away_since
        if self._waiting and (away_s > PATIENCE_S or self._is_half_full):
            await self._spill_all()
        await asyncio.sleep(RECONNECT_S)

    @property
    def _is_half_full(self) -> bool:
        return self.waiting > self._limit_records // 2 or self._bytes > self._limit_bytes // 2

    def _next_batch(self) -> Records:
        """The oldest waiting records: at least one, at most a small share of the buffer."""
        most = min(BATCH_RECORDS, self._limit_records // _BATCH_SHARE)
        most_bytes = min(BATCH_BYTES, self._limit_bytes // _BATCH_SHARE)
        records: Records = [self._waiting.popleft()]
        size = size_of(records[0])
        while self._waiting and len(records) < most and size < most_bytes:
            record = self._waiting.popleft()
            records.append(record)
            size += size_of(record)
        return records

    def _take_back(self) -> None:
        """Unacknowledged batches wait again, oldest first."""
        for number in sorted(self._unacked, reverse=True):
            self._waiting.extendleft(reversed(self._unacked.pop(number)))
        self._in_flight = self._in_flight_bytes = 0

    async def _relieve(self) -> bool:
        """Spill until the buffer is no longer half full; False when the disk takes nothing."""
        spilled = False
        while self._waiting and self._is_half_full:
            if not await self._spill_batch():
                return spilled
            spilled = True
        return spilled

    async def _spill_all(self) -> None:
        while self._waiting and await self._spill_batch():
            pass

    async def _spill_batch(self) -> bool:
        records = self._next_batch()
        if not await self._spill.write(records):
            # No room or no disk: keep them in memory, in order, and let the buffer push back.
            self._waiting.extendleft(reversed(records))
            return False
        self._bytes -= sum(map(size_of, records))
        self.on_safe(records)
        return True


def _write(writer: asyncio.StreamWriter, data: bytes) -> None:
    """Raises OSError where the core is gone: uvloop would raise RuntimeError, asyncio nothing."""
    if writer.transport.is_closing():
        raise ConnectionResetError
    writer.write(data)


def _nobody(records: Records) -> None: ...


_NOT_ENCODABLE = (ValueError, TypeError, OverflowError)
