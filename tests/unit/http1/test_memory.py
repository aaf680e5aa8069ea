"""A call without sockets."""

import asyncio

from vedette.http1.memory import HIGH_BYTES, MemoryResponse, memory_request


async def test_a_request_is_whole_from_the_start() -> None:
    request = memory_request("/v1/x?a=1", [(b"host", b"h")], b"{}")
    assert (request.method, request.path, request.query) == ("POST", "/v1/x", "a=1")
    assert request.header(b"host") == b"h"
    assert await request.body.read(10) == b"{}"


async def test_a_whole_answer_and_its_facts() -> None:
    response = MemoryResponse()
    response.send(200, [(b"a", b"b")], b"body", more=b"x-vedette-provider: p\r\nage: 1\r\n")
    assert await response.read_all() == b"body"
    assert (response.status, response.facts) == (200, {"provider": "p"})


async def test_pieces_come_in_order_and_end() -> None:
    response = MemoryResponse()
    response.start(200, [])
    reading = asyncio.ensure_future(response.read_all())
    for piece in (b"a", b"", b"b"):
        response.write(piece)
        await asyncio.sleep(0)
    response.end()
    response.write(b"late")
    assert await reading == b"ab"


async def test_a_reader_that_does_not_keep_up_pauses_the_provider() -> None:
    response = MemoryResponse()
    told: list[str] = []
    response.on_pause = lambda: told.append("pause")
    response.on_resume = lambda: told.append("resume")
    response.start(200, [])
    for _ in range(3):
        response.write(b"x" * HIGH_BYTES)
    assert told == ["pause"]
    for _ in range(3):
        await response.read()
    assert told == ["pause", "resume"]


async def test_who_hangs_up_is_heard_once() -> None:
    response = MemoryResponse()
    lost: list[int] = []
    response.on_lost = lambda: lost.append(1)
    response.start(200, [])
    response.hang_up()
    response.hang_up()
    assert lost == [1]
    assert await response.read() == b""


async def test_a_cut_answer_is_known_as_such() -> None:
    response = MemoryResponse()
    response.abort()
    await response.has_head.wait()
    assert response.broken
