"""A proxy on a loopback port between the pool and a provider with TLS."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from tests.support.ports import free_ports
from tests.support.rim import BOTH_LOOPS
from tests.support.tls import certificate
from vedette.clock import FakeClock
from vedette.http1.deadlines import Deadlines
from vedette.http1.errors import UpstreamError
from vedette.http1.pool import Origin, Pool
from vedette.http1.tunnel import proxy_of, tunnelled

NAMES = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY")
GIVEN = b"HTTP/1.1 200 Connection established\r\nvia: x\r\n\r\n"


@pytest.fixture(params=BOTH_LOOPS, ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> object:
    return request.param


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


class Proxy:
    """Answers CONNECT with `says`; behind 2xx it hands bytes on to `to`, whatever was asked."""

    def __init__(self, says: bytes, to: int = 0) -> None:
        self.says = says
        self.to = to
        self.heads: list[bytes] = []
        self.served: set[asyncio.Task[None] | None] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.served.add(asyncio.current_task())
        self.heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(self.says)
        if self.to and self.says == GIVEN:
            back, there = await asyncio.open_connection("127.0.0.1", self.to)
            async with asyncio.TaskGroup() as both:
                both.create_task(_hand_on(reader, there))
                both.create_task(_hand_on(back, writer))
        await _closed(writer)

    async def ended(self) -> None:
        await asyncio.gather(*(task for task in self.served if task is not None))


async def _hand_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
    await _closed(writer)


async def _closed(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError, ssl.SSLError):
        await writer.wait_closed()


@asynccontextmanager
async def running(proxy: Proxy) -> AsyncIterator[str]:
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with asyncio.timeout(10):
            await proxy.ended()
    finally:
        server.close()


async def test_tls_goes_through_the_tunnel_to_the_name_that_was_asked(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(cert, key)
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readline())
        writer.write(b"pong\n")
        await writer.drain()
        await _closed(writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=served)
    proxy = Proxy(GIVEN, server.sockets[0].getsockname()[1])
    async with running(proxy) as address:
        made = await tunnelled(f"http://ann:p%40ss@{address}", "api.example.com", 443)
        trusted = ssl.create_default_context(cafile=str(cert))
        reader, writer = await asyncio.open_connection(
            sock=made, ssl=trusted, server_hostname="localhost"
        )
        writer.write(b"ping\n")
        assert await reader.readline() == b"pong\n"
        await _closed(writer)
    server.close()
    assert heard == [b"ping\n"]
    assert proxy.heads == [
        b"CONNECT api.example.com:443 HTTP/1.1\r\nhost: api.example.com:443\r\n"
        b"proxy-authorization: Basic YW5uOnBAc3M=\r\n\r\n"
    ]


async def test_a_pool_goes_through_the_proxy_of_the_environment(
    tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(*certificate(tmp_path))

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            await reader.read()
        await _closed(writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=served)
    proxy = Proxy(GIVEN, server.sockets[0].getsockname()[1])
    async with running(proxy) as address:
        environment.setenv("HTTPS_PROXY", f"http://{address}")
        origin = Origin.of("https://api.example.com/v1", verify_tls=False)
        clock = FakeClock()
        pool = Pool(origin, max_connections=1, deadlines=Deadlines(clock), clock=clock)
        connection = await pool.open(10)
        assert pool.stats.open == 1
        connection.abort()
    server.close()
    assert proxy.heads[0].startswith(b"CONNECT api.example.com:443 HTTP/1.1\r\n")


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (b"HTTP/1.1 407 Authentication required\r\ncontent-length: 0\r\n\r\n", "answered 407"),
        (b"HTTP/1.1 200 OK\r\n\r\nspeaks out of turn", "answered 200"),
        (b"SSH-2.0 x\r\n\r\n", "answered x"),
        (b"\r\n\r\n", "answered nothing"),
        (b"", "answered nothing"),
    ],
    ids=["407", "more", "no HTTP", "blank", "closed"],
)
async def test_a_proxy_that_gives_no_tunnel_is_told(says: bytes, words: str) -> None:
    async with running(Proxy(says)) as address:
        with pytest.raises(UpstreamError, match=words) as error:
            await tunnelled(f"http://{address}", "::1", 443)
    assert error.value.code == "proxy_failed"


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:{}", "socks5://127.0.0.1:{}", "http://"])
async def test_what_is_no_proxy_is_told(proxy: str) -> None:
    with pytest.raises(UpstreamError) as error:
        await tunnelled(proxy.format(free_ports(1)[0]), "api.example.com", 443)
    assert error.value.code == "proxy_failed"


def test_the_environment_names_the_proxy(environment: pytest.MonkeyPatch) -> None:
    assert proxy_of("https", "api.example.com", 443) == ""
    environment.setenv("ALL_PROXY", "all.example.net:1")
    environment.setenv("NO_PROXY", "internal.example.com, .example.org")
    assert proxy_of("https", "api.example.com", 443) == "http://all.example.net:1"
    environment.setenv("HTTPS_PROXY", "http://p.example.net:3128")
    assert Origin.of("https://api.example.com/v1").proxy == "http://p.example.net:3128"
    for host in ("internal.example.com", "x.example.org", "localhost", "127.0.0.1", "::1"):
        assert proxy_of("https", host, 443) == "", host
    assert proxy_of("http", "api.example.com", 80) == ""
