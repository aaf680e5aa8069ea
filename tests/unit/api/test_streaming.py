"""Streamed answers end with their client, their source, or an error."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.types import Message

from vedette.api.streaming import Streamed
from vedette.errors import StoreError


class Wire:
    """An ASGI connection: what was sent, and a client that may leave."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.left = asyncio.Event()

    async def receive(self) -> Message:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)


async def run(pieces: AsyncIterator[bytes], wire: Wire) -> None:
    await Streamed(pieces, media_type="text/plain")({"type": "http"}, wire.receive, wire.send)


async def test_pieces_are_sent_one_by_one_and_ended() -> None:
    async def count() -> AsyncIterator[bytes]:
        yield b"a"
        yield b"b"

    wire = Wire()
    await run(count(), wire)
    assert [message.get("body") for message in wire.sent] == [None, b"a", b"b", b""]
    assert wire.sent[-1]["more_body"] is False
    names = [name for name, _ in wire.sent[0]["headers"]]
    assert b"content-length" not in names


async def test_the_source_is_closed_when_the_client_leaves() -> None:
    closed = asyncio.Event()
    wire = Wire()

    async def endless() -> AsyncIterator[bytes]:
        try:
            yield b"a"
            wire.left.set()
            await asyncio.Event().wait()
        finally:
            closed.set()

    async with asyncio.timeout(10):
        await run(endless(), wire)
    assert closed.is_set()
    assert wire.body == b"a"


async def test_an_error_breaks_the_answer_off() -> None:
    async def fail() -> AsyncIterator[bytes]:
        yield b"a"
        raise StoreError("gone")

    wire = Wire()
    with pytest.raises(ExceptionGroup):
        await run(fail(), wire)
    assert wire.sent[-1]["more_body"] is True
