"""A client of the gateway that says exactly what it is told to and reads bytes as they come.

async with pair(tmp_path) as (upstream, gateway):
    answer = await call(gateway, {"model": "a/m1", "messages": []})
    async with dial(gateway) as client:
        client.send(request(b"..."))
        head = await read_head(client)
        first = await read_chunk(client)
"""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.support.gateway import RunningGateway, provider, running_gateway
from tests.support.rim import WAIT_S, Answer, Client, parse_head
from tests.support.upstream import Upstream

CHAT = "/v1/chat/completions"
Headers = Sequence[tuple[str, str]]
Body = bytes | dict[str, Any]


@asynccontextmanager
async def pair(
    directory: Path, *, provider_settings: dict[str, Any] | None = None, **changes: Any
) -> AsyncIterator[tuple[Upstream, RunningGateway]]:
    """A scripted provider `a` and a gateway in front of it."""
    async with Upstream() as upstream:
        settings = provider("a", upstream.url, **(provider_settings or {}))
        async with running_gateway(directory, settings, **changes) as gateway:
            yield upstream, gateway


@asynccontextmanager
async def dial(gateway: RunningGateway, *, receive_buffer: int = 0) -> AsyncIterator[Client]:
    """A new connection; `receive_buffer` makes the kernel hold back no more than about that."""
    raw = socket.socket()
    raw.setblocking(False)
    if receive_buffer:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    await asyncio.get_running_loop().sock_connect(raw, ("127.0.0.1", gateway.port))
    reader, writer = await asyncio.open_connection(sock=raw, limit=1_048_576)
    async with Client(reader, writer) as client:
        yield client


def chat(model: str = "a/m1", **fields: Any) -> dict[str, Any]:
    """A small chat request; `fields` are added to it."""
    return {"model": model, "messages": [{"role": "user", "content": "Hi"}], **fields}


def request(
    body: Body = b"", path: str = CHAT, *, method: str = "POST", headers: Headers = (),
    content_type: str = "application/json",
) -> bytes:  # fmt: skip
    """One request with its length. Headers of `headers` replace none: they are added."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1"]
    if not any(name.lower() == "host" for name, _ in headers):
        lines.append("host: 127.0.0.1")
    if data or method == "POST":
        lines += [f"content-type: {content_type}", f"content-length: {len(data)}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + data


async def call(gateway: RunningGateway, body: Body = b"", path: str = CHAT, **how: Any) -> Answer:
    """The whole answer to one request on a connection of its own."""
    async with dial(gateway) as client:
        client.send(request(body, path, **how))
        return await client.answer(bodiless=how.get("method") == "HEAD")


async def read_head(client: Client) -> tuple[int, dict[str, str]]:
    """Status and headers, as soon as the head is there."""
    async with asyncio.timeout(WAIT_S):
        status, headers = parse_head(await client.reader.readuntil(b"\r\n\r\n"))
    return status, dict(headers)


async def read_chunk(client: Client) -> bytes:
    """The next chunk of a chunked body; empty at its end."""
    async with asyncio.timeout(WAIT_S):
        size = int((await client.reader.readuntil(b"\r\n"))[:-2], 16)
        return (await client.reader.readexactly(size + 2))[:-2]


async def read_stream(client: Client) -> bytes:
    """The rest of a chunked body. Raises IncompleteReadError where it is cut."""
    chunks = []
    while chunk := await read_chunk(client):
        chunks.append(chunk)
    return b"".join(chunks)


def error_of(answer: Answer) -> dict[str, Any]:
    """The error of an answer in OpenAI's shape, whose shape it checks."""
    error: dict[str, Any] = json.loads(answer.body)["error"]
    assert set(error) == {"message", "type", "param", "code"}
    return error
