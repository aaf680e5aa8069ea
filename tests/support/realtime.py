"""A provider of WebSockets on a loopback port, of the `websockets` library, and what it says.

    async with RealtimeUpstream(talk) as upstream:
        ... call upstream.url ...
        assert upstream.openings[0].headers["authorization"] == "Bearer sk"

`talk(socket)` is what it does with each; the default is a small realtime session. Where a test has
to say bytes that no library says, it takes `support.upstream` and `accept`.
"""

import asyncio
import base64
import hashlib
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from tests.support.gateway import WAIT_S, RunningGateway

USAGE = {
    "total_tokens": 253,
    "input_tokens": 132,
    "output_tokens": 121,
    "input_token_details": {
        "text_tokens": 119, "audio_tokens": 13, "image_tokens": 0, "cached_tokens": 64,
        "cached_tokens_details": {"text_tokens": 64, "audio_tokens": 0},
    },
    "output_token_details": {"text_tokens": 30, "audio_tokens": 91},
}  # fmt: skip
"""As in OpenAI's reference."""

Talk = Callable[[ServerConnection], Awaitable[None]]


class RealtimeUpstream:
    """Use it with `async with`."""

    def __init__(
        self, talk: Talk | None = None, *, refuse: Response | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:  # fmt: skip
        self.openings: list[Request] = []
        self.close_codes: list[int | None] = []
        self.said: list[str | bytes] = []
        self._talk = talk or self.session
        self._refuse = refuse
        self._tls = tls
        self._server: Server

    async def __aenter__(self) -> Self:
        self._server = await serve(
            self._serve, "127.0.0.1", 0, process_request=self._look, ping_interval=None,
            subprotocols=["realtime"],  # type: ignore[list-item]
            select_subprotocol=lambda _, offered: "realtime" if "realtime" in offered else None,  # type: ignore[arg-type,return-value]
            max_size=None, ssl=self._tls,
        )  # fmt: skip
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        """The base URL to configure, with its /v1."""
        port = next(iter(self._server.sockets)).getsockname()[1]
        return f"http{'s' if self._tls else ''}://127.0.0.1:{port}/v1"

    async def session(self, socket: ServerConnection) -> None:
        """Answer each `response.create` as the realtime API does."""
        await socket.send(event("session.created", session={"model": "gpt-realtime"}))
        async for said in socket:
            self.said.append(said)
            if json.loads(said)["type"] == "response.create":
                await socket.send(event("response.created", response={"status": "in_progress"}))
                await socket.send(event("response.output_audio.delta", delta="UklGRg" * 200))
                await socket.send(done("Hello there."))

    def _look(self, socket: ServerConnection, request: Request) -> Response | None:
        self.openings.append(request)
        return self._refuse

    async def _serve(self, socket: ServerConnection) -> None:
        try:
            await self._talk(socket)
        finally:
            await socket.wait_closed()
            self.close_codes.append(socket.close_code)


def event(kind: str, **fields: Any) -> str:
    """One event, its id as the API has it."""
    return json.dumps({"type": kind, "event_id": "event_1", **fields})


def done(text: str, usage: Any = USAGE, **fields: Any) -> str:
    """`response.done` of an answer that was spoken."""
    item = {
        "id": "item_1", "object": "realtime.item", "type": "message", "status": "completed",
        "role": "assistant", "content": [{"type": "output_audio", "transcript": text}],
    }  # fmt: skip
    response = {
        "id": "resp_1", "object": "realtime.response", "status": "completed", "output": [item],
        "usage": usage, **fields,
    }  # fmt: skip
    return event("response.done", response=response)


def refusal(status: HTTPStatus, body: dict[str, Any], **headers: str) -> Response:
    """An answer that is no 101."""
    raw = json.dumps(body).encode()
    fields = {"content-type": "application/json", "content-length": str(len(raw)), **headers}
    return Response(status.value, status.phrase, Headers(fields), raw)


@asynccontextmanager
async def opened(
    gateway: RunningGateway, path: str = "/v1/realtime?model=a/gpt-realtime", **how: Any
) -> AsyncIterator[ClientConnection]:
    """A WebSocket through the gateway; its messages may have any size."""
    async with opened_at(f"127.0.0.1:{gateway.port}", path, **how) as socket:
        yield socket


@asynccontextmanager
async def opened_at(address: str, path: str, **how: Any) -> AsyncIterator[ClientConnection]:
    """The same at an address."""
    options: dict[str, Any] = {"proxy": None, "max_size": None, "ping_interval": None, **how}
    async with connect(f"ws://{address}{path}", **options) as socket:
        yield socket


async def heard(socket: ClientConnection) -> dict[str, Any]:
    """The next event."""
    async with asyncio.timeout(WAIT_S):
        said: dict[str, Any] = json.loads(await socket.recv())
    return said


async def closed(socket: ClientConnection) -> tuple[int, str]:
    """Code and reason with which the other side closes, whatever it says before."""
    async with asyncio.timeout(WAIT_S):
        await socket.wait_closed()
    return socket.close_code or 0, socket.close_reason or ""


RawTalk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def switching(talk: RawTalk, *, head: bytes = b"") -> AsyncIterator[str]:
    """A provider that says 101 (or `head`) and then whatever `talk` says; its base URL."""

    async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        key = asked.lower().partition(b"sec-websocket-key: ")[0]
        shown = asked[len(key) + 19 :].partition(b"\r\n")[0].decode()
        writer.write(head or SWITCHED % accept(shown).encode())
        try:
            await talk(reader, writer)
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve_one, "127.0.0.1", 0, limit=65_536)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    finally:
        server.close()


SWITCHED = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: upgrade\r\n"
    b"Sec-WebSocket-Accept: %b\r\nX-Request-Id: r1\r\n\r\n"
)
KEY = "dGhlIHNhbXBsZSBub25jZQ=="
"""The key of RFC 6455, section 1.3."""


def opening(
    path: str = "/v1/realtime?model=a/gpt-realtime", *, key: str = KEY, version: str = "13",
    headers: Sequence[tuple[str, str]] = (),
) -> bytes:  # fmt: skip
    """The request that opens a WebSocket, as bytes."""
    lines = [
        f"GET {path} HTTP/1.1", "host: 127.0.0.1", "connection: keep-alive, Upgrade",
        "upgrade: websocket", f"sec-websocket-key: {key}", f"sec-websocket-version: {version}",
        *(f"{name}: {value}" for name, value in headers),
    ]  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def accept(key: str) -> str:
    """The `sec-websocket-accept` for a `sec-websocket-key` (RFC 6455, section 4.2.2)."""
    digest = hashlib.sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()
    return base64.b64encode(digest).decode()
