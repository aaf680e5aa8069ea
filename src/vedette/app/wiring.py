"""Messages between the supervisor and its children, on a socket pair each child inherits."""

import asyncio
import logging
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

import msgspec

from vedette.errors import VedetteError
from vedette.model.settings import CoreSettings, GatewaySettings
from vedette.model.wire import FRAME_LIMIT, HEADER_BYTES

log = logging.getLogger(__name__)


class LoadGateway(msgspec.Struct, frozen=True, tag="load_gateway"):
    """Take this snapshot from now on."""

    settings: GatewaySettings


class LoadCore(msgspec.Struct, frozen=True, tag="load_core"):
    settings: CoreSettings


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The child serves with this version of the settings."""

    version: int


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """The child could not take the settings and goes on with the old ones, if it had any."""

    version: int
    message: str


class Starting(msgspec.Struct, frozen=True, tag="starting"):
    """The child is at it: a large store may take minutes to open."""


Order = LoadGateway | LoadCore
Answer = Ready | Failed | Starting
Message = TypeVar("Message")
Kind = TypeVar("Kind", LoadGateway, LoadCore)
BEAT_S = 5.0


class Line:
    """One end of the socket pair."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def on(cls, end: socket.socket) -> "Line":
        """Talk over this socket from now on."""
        end.setblocking(False)
        return cls(*await asyncio.open_connection(sock=end, limit=FRAME_LIMIT))

    async def send(self, message: Order | Answer) -> None:
        """Send one message. Raises OSError when the other side is gone."""
        if self._writer.transport.is_closing():
            # uvloop would raise RuntimeError.
            raise ConnectionResetError("the other side is gone")
        self._writer.write(_frame(message))
        await self._writer.drain()

    async def receive(self, kind: "type[Message]") -> Message | None:
        """The next message; None when the other side is gone."""
        try:
            length = int.from_bytes(await self._reader.readexactly(HEADER_BYTES), "big")
            body = await self._reader.readexactly(length)
        except (OSError, EOFError):
            return None
        return msgspec.msgpack.decode(body, type=kind)

    def close(self) -> None:
        self._writer.close()


async def obey(
    line: Line, kind: type[Kind], load: Callable[[Kind], Awaitable[object]],
    stopping: asyncio.Event,
) -> None:  # fmt: skip
    """Take new settings whenever the other side has some; `stopping` is set when it is gone.

    What cannot be taken is answered with its reason, whatever it is: who does not answer counts as
    hanging.
    """
    try:
        while (order := await line.receive(kind)) is not None:
            version = order.settings.version
            try:
                await load(order)
            except (VedetteError, OSError, ValueError) as error:
                await line.send(Failed(version, str(error)))
            except Exception as error:
                log.exception("new settings fail")
                await line.send(Failed(version, type(error).__name__))
            else:
                await line.send(Ready(version))
    finally:
        stopping.set()


@contextmanager
def starting(end: socket.socket, *, beat_s: float = BEAT_S) -> Iterator[None]:
    """Tell the other side every `beat_s` that this one lives; nothing else may be sent meanwhile.

    From a thread: what opens a store may keep the loop busy.
    """
    done = threading.Event()

    def beat() -> None:
        while not done.wait(beat_s):
            with suppress(OSError):
                end.send(_frame(Starting()))

    thread = threading.Thread(target=beat, name="starting", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _frame(message: Order | Answer) -> bytes:
    body = msgspec.msgpack.encode(message)
    return len(body).to_bytes(HEADER_BYTES, "big") + body
