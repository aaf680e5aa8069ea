"""Which headers travel, in both directions, and which stay."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.support import answers
from tests.support.answers import answer, chat_stream, error
from tests.support.wire import call, chat, dial, error_of, pair, read_head, read_stream
from tests.support.wire import request as raw_request

CREDENTIALS = [
    ("authorization", "Bearer client"),
    ("x-api-key", "client"),
    ("api-key", "client"),
    ("x-goog-api-key", "client"),
]


async def test_end_to_end_headers_reach_the_provider_as_they_are(tmp_path: Path) -> None:
    sent = [
        ("OpenAI-Organization", "org-1"),
        ("openai-beta", "assistants=v2"),
        ("anthropic-version", "2023-06-01"),
        ("idempotency-key", "k1"),
        ("x-stainless-lang", "python"),
        ("user-agent", "tests/1"),
        ("x-twice", "1"),
        ("x-twice", "2"),
    ]
    async with pair(tmp_path) as (upstream, gateway):
        await call(gateway, chat(), headers=sent)
        received = await upstream.received()
        for name, value in sent:
            assert value in received.header_values(name)
        assert received.header_values("x-twice") == ["1", "2"]
        assert received.header("host") == f"127.0.0.1:{upstream.port}"
        assert received.header("content-length") == str(len(received.body))


async def test_hop_by_hop_and_own_headers_stay(tmp_path: Path) -> None:
    sent = [
        ("connection", "keep-alive, X-Secret"),
        ("connection", "x-other"),
        ("x-secret", "1"),
        ("x-other", "1"),
        ("te", "trailers"),
        ("trailer", "x-t"),
        ("keep-alive", "timeout=5"),
        ("proxy-authorization", "Basic x"),
        ("proxy-connection", "keep-alive"),
        ("cookie", "console=1"),
        ("x-vedette-session", "s"),
        ("x-vedette-anything", "s"),
    ]
    async with pair(tmp_path) as (upstream, gateway):
        await call(gateway, chat(), headers=sent)
        received = await upstream.received()
        names = {name.decode().lower() for name, _ in received.headers}
        assert not names & {name for name, _ in sent}


@pytest.mark.parametrize(("name", "value"), CREDENTIALS)
async def test_the_clients_credential_travels_where_we_have_none(
    tmp_path: Path, name: str, value: str
) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        await call(gateway, chat(), headers=[(name, value)])
        assert (await upstream.received()).header(name) == value


@pytest.mark.parametrize(("name", "value"), CREDENTIALS)
async def test_our_credential_replaces_the_clients(tmp_path: Path, name: str, value: str) -> None:
    async with pair(tmp_path, provider_settings={"api_key": "ours"}) as (upstream, gateway):
        await call(gateway, chat(), headers=[(name, value)])
        received = await upstream.received()
        assert received.header_values("authorization") == ["Bearer ours"]
        assert b"client" not in received.head


async def test_a_key_of_ours_never_travels(tmp_path: Path) -> None:
    keys = (hashlib.sha256(b"client").hexdigest(),)
    async with pair(tmp_path, api_keys=keys) as (upstream, gateway):
        for name, value in CREDENTIALS:
            answered = await call(gateway, chat(), headers=[(name, value)])
            assert answered.status == 200
        await call(gateway, path="/v1/models", method="GET", headers=CREDENTIALS[:1])
        await call(gateway, path="/v1/files/x", method="GET", headers=CREDENTIALS[:1])
        assert len(upstream.requests) == 6
        for received in upstream.requests:
            assert b"client" not in received.head


async def test_without_a_valid_key_nothing_is_served(tmp_path: Path) -> None:
    keys = (hashlib.sha256(b"client").hexdigest(),)
    async with pair(tmp_path, api_keys=keys) as (upstream, gateway):
        wrong: list[list[tuple[str, str]]] = [[], [("authorization", "Bearer wrong")]]
        for headers in wrong:
            for how in (
                {"body": chat()},
                {"path": "/v1/models", "method": "GET"},
                {"path": "/v1/files/x", "method": "GET"},
                {"path": "/metrics", "method": "GET"},
            ):
                settings: dict[str, Any] = dict(how)
                answered = await call(gateway, headers=headers, **settings)
                assert answered.status == 401, how
                assert error_of(answered)["code"] == "invalid_api_key"
                assert answered.header("x-vedette-error-source") == "gateway"
        assert not upstream.requests
        assert (await call(gateway, path="/health/live", method="GET")).status == 200


async def test_a_trace_is_continued_with_our_span_as_parent(tmp_path: Path) -> None:
    trace, parent = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
    async with pair(tmp_path) as (upstream, gateway):
        header = f"00-{trace}-{parent}-01"
        await call(gateway, chat(), headers=[("traceparent", header), ("tracestate", "v=1")])
        received = await upstream.received()
        span = await gateway.span()
        assert (span.trace_id, span.parent_span_id) == (trace, parent)
        assert received.header_values("traceparent") == [f"00-{trace}-{span.span_id}-01"]
        assert received.header("tracestate") == "v=1"


@pytest.mark.parametrize("bad", ["00-" + "0" * 32 + "-b7ad6b7169203331-01", "junk", "ff-1-2-3"])
async def test_a_bad_traceparent_starts_a_new_trace(tmp_path: Path, bad: str) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        # The second call goes out under a remembered head.
        good = f"00-{'a' * 32}-{'b' * 16}-01"
        for sent in (good, bad, bad):
            said = [("traceparent", sent), ("tracestate", "v=1")]
            assert (await call(gateway, chat(), headers=said)).status == 200
        for span, received in zip(
            (await gateway.spans.count(3))[1:], upstream.requests[1:], strict=True
        ):
            assert len(span.trace_id) == 32
            assert int(span.trace_id, 16)
            assert span.parent_span_id == ""
            told = received.header_values("traceparent")
            assert told == [f"00-{span.trace_id}-{span.span_id}-01"]
            assert received.header("tracestate") is None


PROVIDER_HEADERS = [
    ("x-request-id", "r1"),
    ("retry-after", "7"),
    ("retry-after-ms", "7000"),
    ("x-ratelimit-remaining-tokens", "12"),
    ("openai-processing-ms", "3"),
]


async def test_the_providers_headers_reach_the_client(tmp_path: Path) -> None:
    hidden = [
        ("Connection", "x-hop"),
        ("x-hop", "1"),
        ("keep-alive", "timeout=5"),
        ("x-vedette-provider", "forged"),
        ("x-vedette-cost-usd", "0"),
    ]
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer(answers.chat_body(), headers=[*PROVIDER_HEADERS, *hidden]))
        answered = await call(gateway, chat())
        for name, value in PROVIDER_HEADERS:
            assert answered.header(name) == value
        assert answered.header("x-hop") is None
        assert answered.header("keep-alive") is None
        assert [v for n, v in answered.headers if n == "x-vedette-provider"] == ["a"]


async def test_an_answer_says_what_happened_on_the_way(tmp_path: Path) -> None:
    async with pair(tmp_path, provider_settings={"price_provider": "openai"}) as (
        upstream,
        gateway,
    ):
        upstream.script(answers.chat(model="gpt-4o-mini-2024-07-18"))
        answered = await call(gateway, chat("a/gpt-4o-mini"))
        span = await gateway.span()
        found = dict(answered.headers)
        assert found["x-vedette-request-id"] == span.payload.attributes["vedette.request_id"]
        assert found["x-vedette-provider"] == "a"
        assert found["x-vedette-model"] == "gpt-4o-mini"
        assert found["x-vedette-attempts"] == "1"
        assert found["x-vedette-fallback"] == "false"
        assert found["x-vedette-cache"] == "off"
        assert 0 <= float(found["x-vedette-overhead-ms"]) < 1000
        # 9 tokens at 0.15 and 3 at 0.60 dollars a million.
        assert span.cost_nano_usd == 9 * 150 + 3 * 600
        assert float(found["x-vedette-cost-usd"]) == pytest.approx(span.cost_nano_usd / 1e9)


async def test_errors_carry_our_headers_too(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(error(400))
        theirs = await call(gateway, chat())
        ours = await call(gateway, b"{")
        for answered, source in ((theirs, "provider"), (ours, "gateway")):
            assert answered.header("x-vedette-error-source") == source
            assert answered.header("x-vedette-request-id")
            assert answered.header("x-vedette-attempts")


async def test_a_stream_has_the_headers_of_a_stream(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(chat_stream())
        async with dial(gateway) as client:
            client.send(raw_request(chat(stream=True)))
            status, headers = await read_head(client)
            assert status == 200
            assert headers["content-type"].startswith("text/event-stream")
            assert headers["cache-control"] == "no-cache"
            assert headers["x-accel-buffering"] == "no"
            assert headers["transfer-encoding"] == "chunked"
            assert headers["x-request-id"] == "req_test"
            assert headers["x-vedette-provider"] == "a"
            await read_stream(client)


async def test_a_foreign_page_or_host_is_refused(tmp_path: Path) -> None:
    limits: dict[str, Any] = {
        "allowed_hosts": ("localhost", "127.0.0.1", "::1"),
        "allowed_origins": ("http://ok",),
    }
    async with pair(tmp_path, **limits) as (upstream, gateway):
        for headers in (
            [("host", "evil.example")],
            [("host", "127.0.0.1.evil.example:4000")],
            [("origin", "http://evil.example")],
            [("origin", "null")],
            [("host", "evil.example"), ("x-forwarded-host", "localhost")],
        ):
            answered = await call(gateway, chat(), headers=headers)
            assert answered.status == 403, headers
            assert error_of(answered)["code"] == "forbidden"
        assert not upstream.requests
        for host in ("LOCALHOST:4000", "[::1]:4000", "127.0.0.1"):
            assert (await call(gateway, chat(), headers=[("host", host)])).status == 200
        assert (await call(gateway, chat(), headers=[("origin", "http://ok")])).status == 200
