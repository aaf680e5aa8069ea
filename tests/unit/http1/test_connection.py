"""One connection, told byte by byte: any split of a request is the same request."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.bytewise import REQUESTS, converse, understood
from tests.support.rim import BOTH_LOOPS, Rim, echo
from vedette.http1.server import Request, Response


@pytest.fixture(params=BOTH_LOOPS, ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> object:
    return request.param


@given(sent=st.sampled_from(REQUESTS), data=st.data())
def test_any_split_of_the_bytes_is_the_same_conversation(sent: bytes, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(1, len(sent) - 1), max_size=12)))
    pieces = [sent[a:b] for a, b in itertools.pairwise([0, *cuts, len(sent)])]
    assert understood(converse(pieces)) == understood(converse([sent]))


@given(st.lists(st.binary(min_size=1, max_size=64), max_size=8))
def test_no_bytes_make_a_connection_raise(pieces: list[bytes]) -> None:
    converse([b"POST / HTTP/1.1\r\nhost: x\r\n", *pieces])


async def test_a_client_that_expects_100_is_told_only_when_its_body_is_wanted() -> None:
    async def wants(request: Request, response: Response) -> None:
        if request.path == "/no":
            response.send(403, [], b"")
        else:
            await echo(request, response)

    head = b"POST /%b HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n"
    async with Rim(wants) as rim:
        async with await rim.connect() as client:
            client.send(head % b"yes")
            assert (await client.answer()).status == 100
            client.send(b"hi")
            assert (await client.answer()).body.endswith(b"|hi")
        async with await rim.connect() as client:
            client.send(head % b"no")
            answer = await client.answer()
            assert (answer.status, answer.header("connection")) == (403, "close")


async def test_keep_alive_follows_version_and_wish() -> None:
    cases = [
        (b"1.1", b"", None),
        (b"1.1", b"connection: close\r\n", "close"),
        (b"1.0", b"", "close"),
        (b"1.0", b"connection: keep-alive\r\n", "keep-alive"),
    ]
    async with Rim(echo) as rim:
        for version, wish, said in cases:
            async with await rim.connect() as client:
                client.send(b"GET / HTTP/" + version + b"\r\nhost: x\r\n" + wish + b"\r\n")
                assert (await client.answer()).header("connection") == said
                if said == "close":
                    assert await client.rest() == b""
                else:
                    client.send(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
                    assert (await client.answer()).status == 200


async def test_the_answer_to_head_has_a_length_and_no_body() -> None:
    async with Rim(echo) as rim, await rim.connect() as client:
        client.send(b"HEAD / HTTP/1.1\r\nhost: x\r\n\r\nGET / HTTP/1.1\r\nhost: x\r\n\r\n")
        answer = await client.answer(bodiless=True)
        assert int(answer.header("content-length") or 0) > 0
        assert (await client.answer()).body.startswith(b"GET")


async def test_the_second_request_uses_the_connection_of_the_first() -> None:
    async with Rim(echo) as rim, await rim.connect() as client:
        for number in range(5):
            client.send(b"POST /%d HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\n\r\nx" % number)
            assert (await client.answer()).body == b"POST /%d 1|x" % number
        assert rim.server.stats.requests == 5
