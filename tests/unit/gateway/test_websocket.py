"""Who may open a WebSocket, what it costs, and what comes of it where there is none."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.support import answers
from tests.support.gateway import RunningGateway, provider, running_gateway
from tests.support.realtime import (
    KEY,
    RealtimeUpstream,
    closed,
    event,
    heard,
    opened,
    opening,
    switching,
)
from tests.support.rim import BOTH_LOOPS, Answer
from tests.support.upstream import Upstream
from tests.support.wire import call, dial, error_of, read_head
from vedette.model.policy import Action, Policy, Rule
from vedette.model.settings import GuardSettings, OwnPrice
from vedette.model.tenant import (
    AccessSnapshot,
    Allowance,
    Budget,
    Limits,
    Project,
    Scopes,
    VirtualKey,
)

SECRET = "vdt_abc_secret"
BEARER = {"authorization": f"Bearer {SECRET}"}


@pytest.fixture(params=BOTH_LOOPS, ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> object:
    """Flow control and the end of connections are the loop's business: both must do."""
    return request.param


@asynccontextmanager
async def keyed(
    directory: Path, url: str, *, allowance: Allowance | None = None, **fields: Any
) -> AsyncIterator[RunningGateway]:
    """A gateway that wants a key, and knows one; `fields` are the key's."""
    digest = hashlib.sha256(SECRET.encode()).hexdigest()
    key = VirtualKey(
        id="abc", sha256=digest, project_id="p1", allowance=allowance or Allowance(), **fields
    )
    snapshot = AccessSnapshot(version=1, keys=(key,), projects=(Project(id="p1", name="P"),))
    (directory / "access").write_bytes(msgspec.msgpack.encode(snapshot))
    price = OwnPrice(provider="a", model="*", input_atto_usd=0, output_atto_usd=10**15)
    async with running_gateway(
        directory, provider("a", url, api_key="sk-own"), prices=(price,),
        access_file=str(directory / "access"),
    ) as gateway:  # fmt: skip
        yield gateway


async def refused(gateway: RunningGateway, request: bytes) -> Answer:
    async with dial(gateway) as client:
        client.send(request)
        answered = await client.answer()
        assert answered.header("connection") == "close"
        assert await client.rest() == b""
    return answered


def shown(secret: str = SECRET) -> list[tuple[str, str]]:
    return [("authorization", f"Bearer {secret}")]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param([], 401, id="none"),
        pytest.param(shown("vdt_abc_wrong"), 401, id="unknown"),
        pytest.param(shown(), 101, id="bearer"),
        pytest.param([("api-key", SECRET)], 101, id="azure"),
        pytest.param(
            [("sec-websocket-protocol", f"realtime, openai-insecure-api-key.{SECRET}")],
            101, id="browser",
        ),
        pytest.param([*shown(), ("origin", "https://evil.example.com")], 403, id="foreign-page"),
        pytest.param([*shown(), ("x-vedette-provider", "nobody")], 404, id="no-such-provider"),
    ],
)  # fmt: skip
async def test_only_who_has_a_key_opens_one_and_the_key_stays_here(
    tmp_path: Path, headers: list[tuple[str, str]], status: int
) -> None:
    async with RealtimeUpstream() as upstream, keyed(tmp_path, upstream.url) as gateway:
        async with dial(gateway) as client:
            client.send(opening(headers=headers))
            assert (await read_head(client))[0] == status
        assert len(upstream.openings) == (status == 101)
        for request in upstream.openings:
            assert request.headers["authorization"] == "Bearer sk-own"
            assert SECRET not in repr(request)


async def test_a_key_in_the_address_stays_here(tmp_path: Path) -> None:
    async with RealtimeUpstream() as upstream, keyed(tmp_path, upstream.url) as gateway:
        query = f"key={SECRET}&model=a/m%2F1&x=%20y&api%2Dkey=k"
        async with opened(gateway, f"/v1/realtime?{query}") as socket:
            assert (await heard(socket))["type"] == "session.created"
        assert upstream.openings[0].path == "/v1/realtime?model=m%2F1&x=%20y"


@pytest.mark.parametrize(
    ("scopes", "path", "status"),
    [
        (Scopes(models=("a/gpt-realtime",)), "/v1/realtime?model=a/gpt-realtime", 101),
        (Scopes(models=("a/gpt-realtime",)), "/v1/realtime?model=a/gpt-4o", 403),
        (Scopes(models=("a/gpt-realtime",)), "/v1/realtime?intent=transcription", 403),
        (Scopes(models=("a/gpt-realtime",)), "/v1/responses?model=a/gpt-realtime", 403),
        (Scopes(models=("a/x",)), "/v1/realtime?model=a/x&mod%65l=a/y", 400),
        (Scopes(endpoints=("/v1/chat/*",)), "/v1/realtime?model=a/gpt-realtime", 403),
    ],
    ids=["allowed", "other-model", "no-model", "model-inside", "two-models", "other-place"],
)
async def test_scopes_of_a_key_hold(tmp_path: Path, scopes: Scopes, path: str, status: int) -> None:
    async with (
        RealtimeUpstream() as upstream,
        keyed(tmp_path, upstream.url, scopes=scopes) as gateway,
        dial(gateway) as client,
    ):
        client.send(opening(path, headers=shown()))
        assert (await read_head(client))[0] == status
        assert len(upstream.openings) == (status == 101)


async def test_one_that_is_open_takes_a_place_until_it_is_closed(tmp_path: Path) -> None:
    allowance = Allowance(limits=Limits(concurrency=1))
    async with (
        RealtimeUpstream() as upstream,
        keyed(tmp_path, upstream.url, allowance=allowance) as gateway,
    ):
        async with opened(gateway, additional_headers=BEARER) as socket:
            assert (await heard(socket))["type"] == "session.created"
            assert b"vedette_websockets_open 1" in await metrics(gateway, shown())
            assert (await refused(gateway, opening(headers=shown()))).status == 429
        await gateway.spans.count(2)
        async with opened(gateway, additional_headers=BEARER) as socket:
            assert (await heard(socket))["type"] == "session.created"
        await gateway.spans.count(3)
        assert b"vedette_websockets_open 0" in await metrics(gateway, shown())


async def test_what_is_said_is_taken_from_the_budget_at_once_and_its_end_ends_it(
    tmp_path: Path,
) -> None:
    """An answer costs 121 thousandths."""
    allowance = Allowance(
        budgets=(Budget(limit_nano_usd=300 * 10**6),), limits=Limits(tpm=1_000_000)
    )
    async with (
        RealtimeUpstream() as upstream,
        keyed(tmp_path, upstream.url, allowance=allowance) as gateway,
    ):
        async with opened(gateway, additional_headers=BEARER) as socket:
            for _ in range(2):
                await socket.send(event("response.create"))
                while (await heard(socket))["type"] != "response.done":
                    pass
            async with opened(gateway, additional_headers=BEARER) as other:
                assert (await heard(other))["type"] == "session.created"
            await socket.send(event("response.create"))
            assert await closed(socket) == (1008, "insufficient_quota")
        assert (await refused(gateway, opening(headers=shown()))).status == 429
        spans = await gateway.spans.count(3)
        (cut,) = [span for span in spans if span.usage.output_total]
        assert cut.cost_nano_usd == 3 * 121 * 10**6
        told = cut.payload.attributes
        assert told["error.type"] == "insufficient_quota"
        assert told["vedette.websocket.close_code"] == "1008"
        async with asyncio.timeout(30):
            while 1008 not in upstream.close_codes:
                await asyncio.sleep(0.01)


def rule(**fields: Any) -> GuardSettings:
    words = Rule(
        name="words", detector="keywords", where=("input",), options={"words": ["basalt"]},
        actions=(Action(kind="block"),), **fields,
    )  # fmt: skip
    return GuardSettings(policy=Policy(name="words", rules=(words,)))


@pytest.mark.parametrize(
    ("guard", "path", "status"),
    [
        (rule(), "/v1/realtime?model=a/m", 101),
        (rule(mode="shadow", on_error="closed"), "/v1/realtime?model=a/m", 101),
        (rule(on_error="closed"), "/v1/realtime?model=a/m", 403),
        (rule(mode="shadow"), "/v1/responses", 101),
        (rule(), "/v1/responses", 403),
    ],
    ids=["open", "shadow", "closed", "read-elsewhere-shadow", "read-elsewhere"],
)
async def test_a_guard_is_told_that_it_sees_nothing(
    tmp_path: Path, guard: GuardSettings, path: str, status: int
) -> None:
    async with (
        RealtimeUpstream() as upstream,
        running_gateway(tmp_path, provider("a", upstream.url), guard=guard) as gateway,
    ):
        async with dial(gateway) as client:
            client.send(opening(path))
            answered, headers = await read_head(client)
            assert answered == status
        span = await gateway.span()
        if status == 101:
            assert headers["x-vedette-guard"] == "bypass=websocket;n=1"
            assert span.payload.attributes["vedette.guard.bypassed"] == "websocket"
        else:
            assert span.payload.attributes["error.type"] == "guard_unseen"
            assert not upstream.openings


@pytest.mark.parametrize(
    "request_bytes",
    [
        opening(key="dGhlIHNhbXBsZQ=="),
        opening(key=""),
        opening(key=KEY + "x"),
        opening(version="8"),
    ],
    ids=["short-key", "no-key", "no-base64", "old-version"],
)
async def test_a_handshake_that_is_none_is_refused(tmp_path: Path, request_bytes: bytes) -> None:
    async with (
        RealtimeUpstream() as upstream,
        running_gateway(tmp_path, provider("a", upstream.url)) as gateway,
    ):
        answered = await refused(gateway, request_bytes)
        assert answered.status == 400
        assert error_of(answered)["code"] == "invalid_handshake"
        assert not upstream.openings


@pytest.mark.parametrize(
    "path", ["/v2/realtime", "/v1/../admin", "/v1beta/models/x:generateContent"]
)
async def test_nothing_is_opened_where_nothing_is_served(tmp_path: Path, path: str) -> None:
    async with (
        RealtimeUpstream() as upstream,
        running_gateway(tmp_path, provider("a", upstream.url)) as gateway,
    ):
        assert (await refused(gateway, opening(path))).status == 404
        assert not upstream.openings


async def test_a_head_of_a_megabyte_is_refused(tmp_path: Path) -> None:
    async with (
        RealtimeUpstream() as upstream,
        running_gateway(tmp_path, provider("a", upstream.url)) as gateway,
        dial(gateway) as client,
    ):
        client.send(opening(headers=[("x-large", "y" * 1_000_000)]))
        assert (await client.answer()).status == 431
        assert not upstream.openings


async def test_other_upgrades_and_websockets_with_a_body_are_served_without(
    tmp_path: Path,
) -> None:
    async with (
        Upstream() as upstream,
        running_gateway(tmp_path, provider("a", upstream.url)) as gateway,
        dial(gateway) as client,
    ):
        upstream.script(answers.answer(b"{}"), answers.answer(b"{}"))
        client.send(
            b"GET /v1/files HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: upgrade\r\n"
            b"upgrade: h2c\r\n\r\n"
        )
        assert (await client.answer()).status == 200
        client.send(opening("/v1/files").replace(b"\r\n\r\n", b"\r\ncontent-length: 2\r\n\r\nhi"))
        assert (await client.answer()).status == 200
        assert [request.header("upgrade") for request in upstream.requests] == [None, None]


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
        b"HTTP/1.1 101 X\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n",
        b"HTTP/1.1 101 X\r\nconnection: upgrade\r\nupgrade: websocket\r\nx: " + b"y" * 300_000,
        b"SPQR\r\n\r\n",
    ],
    ids=["no-upgrade", "another-protocol", "endless-head", "no-http"],
)
async def test_a_101_that_is_none_is_a_failure(tmp_path: Path, head: bytes) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)

    async with (
        switching(talk, head=head) as url,
        running_gateway(tmp_path, provider("a", url)) as gateway,
    ):
        answered = await refused(gateway, opening())
        assert answered.status == 502
        assert error_of(answered)["code"] == "bad_response"


async def test_an_unasked_101_stays_bad_for_other_calls(tmp_path: Path) -> None:
    async with (
        Upstream() as upstream,
        running_gateway(tmp_path, provider("a", upstream.url)) as gateway,
    ):
        upstream.script(
            answers.raw(
                b"HTTP/1.1 101 X\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n\x81\x00"
            )
        )
        answered = await call(gateway, {"model": "a/m"}, "/v1/other")
        assert answered.status == 502
        assert error_of(answered)["code"] == "bad_response"


async def metrics(gateway: RunningGateway, headers: Sequence[tuple[str, str]] = ()) -> bytes:
    return (await call(gateway, path="/metrics", method="GET", headers=headers)).body
