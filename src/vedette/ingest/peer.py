"""One connected worker, as the collector sees it: frames in, acknowledgements out.

On a bare socket, not on a stream: a stream gives up what it has not handed out yet when it learns
that the other side is gone, which a write to a dead worker tells it at once. What a worker sent
before its death is to be read to the last byte, whether or not it can hear us.
"""

import asyncio
import socket
from contextlib import suppress

from vedette.model.wire import FRAME_LIMIT, HEADER_BYTES

READ_BYTES = 1_048_576
TELL_S = 30.0
"""A worker that takes no acknowledgement for so long is not told any more."""


class FrameTooLong(Exception):
    """The peer is not one of our workers."""


class Peer:
    """Reads frames with as much ahead as one read gives; never more is held."""

    def __init__(self, end: socket.socket) -> None:
        end.setblocking(False)
        self._end = end
        self._held = bytearray()
        self._loop = asyncio.get_running_loop()

    async def receive(self) -> bytes | None:
        """The next frame's body; None at the end, a frame that was cut short included.

        Raises FrameTooLong.
        """
        header = await self._exactly(HEADER_BYTES)
        if header is None:
            return None
        length = int.from_bytes(header, "big")
        if length > FRAME_LIMIT:
            raise FrameTooLong(f"a frame of {length} bytes")
        return await self._exactly(length)

    async def tell(self, data: bytes) -> None:
        """Send, if there is still somebody: else the end shows when all is read."""
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(TELL_S):
                await self._loop.sock_sendall(self._end, data)

    def close(self) -> None:
        self._end.close()

    async def _exactly(self, count: int) -> bytes | None:
        held = self._held
        while len(held) < count:
            try:
                data = await self._loop.sock_recv(self._end, READ_BYTES)
            except OSError:
                return None
            if not data:
                return None
            held += data
        taken = bytes(held[:count])
        del held[:count]
        return taken
