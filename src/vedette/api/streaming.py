"""Answers that go on for a while: sent piece by piece, ended when the client leaves."""

import logging
from collections.abc import AsyncIterator, Mapping

import anyio
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

log = logging.getLogger(__name__)

SEND_S = 60.0
"""How long a client may take to make room for the next piece."""


class Streamed(Response):
    """Sends the pieces of an async iterator and closes it in the end, whoever ends it.

    An error of the iterator cuts the connection, so that the client sees a broken answer.
    """

    def __init__(
        self,
        pieces: AsyncIterator[bytes],
        *,
        media_type: str,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(media_type=media_type, headers=dict(headers or {}))
        del self.headers["content-length"]
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": self.status_code}
        await send(start | {"headers": self.raw_headers})
        async with anyio.create_task_group() as group:

            async def leave_when_gone() -> None:
                while (await receive())["type"] != "http.disconnect":
                    pass
                group.cancel_scope.cancel()

            group.start_soon(leave_when_gone)
            try:
                await self._send_all(send)
            finally:
                with anyio.CancelScope(shield=True):
                    await _close(self._pieces)
            group.cancel_scope.cancel()

    async def _send_all(self, send: Send) -> None:
        try:
            async for piece in self._pieces:
                with anyio.fail_after(SEND_S):
                    message = {"type": "http.response.body", "body": piece, "more_body": True}
                    await send(message)
        except TimeoutError:
            log.info("a client took nothing for %g s; its stream is cut", SEND_S)
            return
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _close(pieces: AsyncIterator[bytes]) -> None:
    close = getattr(pieces, "aclose", None)
    if close is not None:
        await close()
