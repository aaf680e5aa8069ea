"""Posting to addresses that others wrote."""

import asyncio
import base64
import hashlib
import hmac
import socket

import pytest

from tests.support.answers import Cut, Stall, answer, error, raw
from tests.support.upstream import Upstream
from vedette.outbound import (
    OutboundFailed,
    OutboundRefused,
    Reach,
    Reply,
    ask,
    check_url,
    post,
    signed,
)

LOCAL = Reach(("127.0.0.0/8",))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "10.1.2.3", "192.168.0.1", "172.16.9.9", "169.254.169.254",
        "100.64.0.1", "0.0.0.0", "[::1]", "[::]", "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "224.0.0.1", "255.255.255.255",
        "2130706433", "0x7f.1", "127.1",
    ],
)  # fmt: skip
def test_private_addresses_are_refused_however_they_are_written(host: str) -> None:
    with pytest.raises((OutboundRefused, OutboundFailed)):
        post(f"http://{host}:9/x", b"{}", reach=Reach(), timeout_s=2)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/x", "file:///etc/passwd", "a.example", "http://", "http://a:b@c.example",
        "http://a.example:99999/", "http://a.example/ x", "http://a.example/\r\nhost: b", "http://ä.example",
        "gopher://a.example", "http://[::1",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(OutboundRefused):
        check_url(url)


@pytest.mark.parametrize("named", ["127.0.0.1", "127.0.0.0/8"])
async def test_named_hosts_are_reached(named: str) -> None:
    async with Upstream() as upstream:
        upstream.script(answer(b'{"ok": true}'))
        url = f"http://127.0.0.1:{upstream.port}/hook?a=1"
        reply = await asyncio.to_thread(
            post, url, b"{}", reach=Reach((named,)), timeout_s=5, headers={"x-a": "b"}
        )
    assert reply == Reply(200, b'{"ok": true}', reply.headers)
    assert reply.headers["content-length"] == "12"
    [request] = upstream.requests
    assert request.target == b"/hook?a=1"
    assert (request.header("x-a"), request.header("content-type")) == ("b", "application/json")


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254", "169.254.170.2", "[fe80::1]", "[::ffff:169.254.169.254]", "0.0.0.0",
        "224.0.0.1", "100.100.100.200", "168.63.129.16", "[fd00:ec2::254]",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "reach",
    [Reach(allows_private=True), Reach(("0.0.0.0/0", "::/0"))],
    ids=["allowed", "named"],
)
def test_some_addresses_are_never_reached(host: str, reach: Reach) -> None:
    with pytest.raises(OutboundRefused, match="nothing is sent to"):
        post(f"http://{host}:9/x", b"{}", reach=reach, timeout_s=2)


async def test_any_private_address_where_that_is_allowed() -> None:
    async with Upstream() as upstream:
        wait = "HTTP/1.1 429 Slow\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n"
        upstream.script(raw(wait.encode()))
        url = f"http://localhost:{upstream.port}/"
        reach = Reach(allows_private=True)
        reply = await asyncio.to_thread(post, url, b"{}", reach=reach, timeout_s=5)
    assert (reply.status, reply.body, reply.retry_after) == (429, b"", "7")


def test_a_header_that_cannot_be_is_a_failure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(OutboundFailed):
            post(url, b"{}", reach=LOCAL, timeout_s=5, headers={"x-a": "b\r\nc: d"})


async def test_a_server_that_closes_after_its_answer_is_heard() -> None:
    async with Upstream() as upstream:
        for head in ("content-length: 2\r\nconnection: close", "connection: close"):
            upstream.script((*raw(f"HTTP/1.0 200 OK\r\n{head}\r\n\r\n{{}}".encode()), Cut()))
            url = f"http://127.0.0.1:{upstream.port}/"
            reply = await asyncio.to_thread(ask, "GET", url, reach=LOCAL, timeout_s=5)
            assert (reply.status, reply.body) == (200, b"{}")


async def test_redirects_are_not_followed() -> None:
    async with Upstream() as upstream:
        there = f"Location: http://127.0.0.1:{upstream.port}/secret"
        upstream.script(raw(f"HTTP/1.1 302 Found\r\n{there}\r\ncontent-length: 0\r\n\r\n".encode()))
        url = f"http://127.0.0.1:{upstream.port}/"
        reply = await asyncio.to_thread(post, url, b"{}", reach=LOCAL, timeout_s=5)
    assert reply.status == 302
    assert len(upstream.requests) == 1


async def test_nobody_is_waited_for_longer_than_said() -> None:
    async with Upstream() as upstream:
        upstream.script((Stall(),))
        url = f"http://127.0.0.1:{upstream.port}/"
        with pytest.raises(TimeoutError):
            await asyncio.to_thread(post, url, b"{}", reach=LOCAL, timeout_s=0.3)


@pytest.mark.parametrize(
    "told", [raw(b"nonsense\r\n\r\n"), answer(b"a" * 2_000)], ids=["no", "big"]
)
async def test_what_is_no_answer_or_too_much_is_a_failure(told: object) -> None:
    async with Upstream() as upstream:
        upstream.respond = lambda _: told if isinstance(told, tuple) else error(500)
        url = f"http://127.0.0.1:{upstream.port}/"
        with pytest.raises(OutboundFailed):
            await asyncio.to_thread(post, url, b"{}", reach=LOCAL, timeout_s=5, limit=1_000)


def test_a_port_where_nobody_is() -> None:
    with pytest.raises(OutboundFailed):
        post("http://127.0.0.1:1/", b"{}", reach=LOCAL, timeout_s=2)


def test_signatures_are_those_of_the_standard() -> None:
    key = base64.b64encode(b"k" * 24).decode()
    fields = signed(f"whsec_{key}", "msg_1", 1_700_000_000.9, b'{"a":1}')
    digest = hmac.new(b"k" * 24, b'msg_1.1700000000.{"a":1}', hashlib.sha256).digest()
    assert fields == {
        "webhook-id": "msg_1", "webhook-timestamp": "1700000000",
        "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }  # fmt: skip
    assert signed("plain words", "m", 0, b"")["webhook-signature"].startswith("v1,")
    assert signed("whsec_***", "m", 0, b"")["webhook-signature"].startswith("v1,")
    assert signed("", "m", 0, b"") == {}
