"""When records leave the worker: what is still in its memory dies with it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from tests.support.exchanges import make_record
from vedette.clock import SystemClock
from vedette.gateway.sink import LINGER_S, Sink
from vedette.gateway.spill import Spill
from vedette.ingest.exchange import to_span
from vedette.ingest.peer import Peer
from vedette.model.exchange import ExchangeRecord
from vedette.model.wire import Batch, FromWorker
from vedette.tasks import Tasks

pytestmark = pytest.mark.anyio


class Core:
    """Reads what comes and acknowledges nothing."""

    def __init__(self, end: socket.socket) -> None:
        self.end = end
        self._peer = Peer(end)
        self._decoder: msgspec.msgpack.Decoder[FromWorker] = msgspec.msgpack.Decoder(FromWorker)

    async def batch(self) -> list[str]:
        """The spans of the next batch."""
        async with asyncio.timeout(30):
            while (body := await self._peer.receive()) is not None:
                match self._decoder.decode(body):
                    case Batch(records=records):
                        return [record.span_id for record in records]
        raise AssertionError("hung up")


@asynccontextmanager
async def connected(folder: Path) -> AsyncIterator[tuple[Sink, Core]]:
    path, tasks = folder / "c.sock", Tasks()
    spill = Spill(None, worker="w0", limit_bytes=0, reduce=lambda record: to_span(record, key=b""))
    sink = Sink(
        worker="w0", path=str(path), spill=spill, clock=SystemClock(), limit_records=1000,
        limit_bytes=10**8,
    )  # fmt: skip
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen(1)
        listener.setblocking(False)
        tasks.spawn(sink.run(), name="sink")
        async with asyncio.timeout(30):
            end, _ = await asyncio.get_running_loop().sock_accept(listener)
        with end:
            yield sink, Core(end)
            await tasks.drain()


def record(number: int) -> ExchangeRecord:
    return make_record(b"", trace_id=f"{number:032x}", span_id=f"{number:016x}")


async def test_records_leave_although_none_is_acknowledged_yet(tmp_path: Path) -> None:
    async with connected(tmp_path) as (sink, core):
        for number in range(1, 41):
            sink.keep(record(number))
            assert await core.batch() == [f"{number:016x}"]
        assert sink.waiting == 40


async def test_a_record_that_comes_alone_leaves_at_once(tmp_path: Path) -> None:
    loop = asyncio.get_running_loop()
    async with connected(tmp_path) as (sink, core):
        sink.keep(record(1))
        await core.batch()
        rested = loop.time() + 2 * LINGER_S
        while loop.time() < rested:
            await asyncio.sleep(0.001)
        sink.keep(record(2))
        # A few turns of the loop: a timer of LINGER_S would not be due.
        for _ in range(10):
            await asyncio.sleep(0)
        assert core.end.recv(1, socket.MSG_PEEK)


async def test_records_that_come_together_leave_together(tmp_path: Path) -> None:
    async with connected(tmp_path) as (sink, core):
        for number in range(1, 21):
            sink.keep(record(number))
        assert len(await core.batch()) == 20
