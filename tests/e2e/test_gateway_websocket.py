"""WebSockets through the gateway, opened by OpenAI's own client and by the `websockets` library."""

import asyncio
import json
import ssl
from http import HTTPStatus
from pathlib import Path
from typing import Any

import openai
import pytest
from msgspec.structs import replace
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from tests.support.gateway import provider, route, running_gateway
from tests.support.ports import free_ports
from tests.support.realtime import (
    RealtimeUpstream,
    closed,
    done,
    event,
    heard,
    opened,
    refusal,
)
from tests.support.rim import BOTH_LOOPS
from tests.support.tls import certificate
from tests.support.upstream import Upstream

REALTIME = "/v1/realtime?model=a/gpt-realtime"


@pytest.fixture(params=BOTH_LOOPS, ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> object:
    """Flow control and the end of connections are the loop's business: both must do."""
    return request.param


def provider_a(upstream: RealtimeUpstream, **changes: Any) -> Any:
    return provider("a", upstream.url, **{"api_key": "sk-own", **changes})


async def converse(client: openai.AsyncOpenAI, model: str) -> list[str]:
    """One question and its answer; the types of the events that came."""
    kinds: list[str] = []
    async with client.realtime.connect(model=model) as connection:
        await connection.session.update(session={"type": "realtime", "instructions": "Be short."})
        await connection.conversation.item.create(
            item={
                "type": "message", "role": "user",
                "content": [{"type": "input_text", "text": "Hi!"}],
            }
        )  # fmt: skip
        await connection.response.create()
        async for said in connection:
            kinds.append(said.type)
            if said.type == "response.done":
                return kinds
    return kinds


async def test_the_official_client_holds_a_conversation(tmp_path: Path) -> None:
    async with (
        RealtimeUpstream() as upstream,
        running_gateway(tmp_path, provider_a(upstream, price_provider="openai")) as gateway,
    ):
        client = openai.AsyncOpenAI(base_url=gateway.url, api_key="sk-client")
        kinds = await converse(client, "a/gpt-realtime")
        assert kinds == [
            "session.created", "response.created", "response.output_audio.delta", "response.done",
        ]  # fmt: skip
        opening = upstream.openings[0]
        assert opening.path == "/v1/realtime?model=gpt-realtime"
        assert opening.headers["authorization"] == "Bearer sk-own"
        span = await gateway.span()
        assert (span.name, span.kind, span.status) == ("realtime a/gpt-realtime", "llm", "ok")
        assert (span.provider, span.model, span.response_model) == (
            "a", "gpt-realtime", "gpt-realtime",
        )  # fmt: skip
        usage = span.usage
        assert (usage.input_uncached, usage.cache_read, usage.audio_input) == (55, 64, 13)
        assert (usage.output_text, usage.audio_output) == (30, 91)
        # 55 at 4, 64 at 0.40, 13 at 32, 30 at 16 and 91 at 64 dollars for a million.
        assert span.cost_nano_usd == 6_965_600
        assert span.ttft_ms is not None
        attributes = span.payload.attributes
        assert attributes["vedette.websocket.sent_messages"] == "3"
        assert attributes["vedette.websocket.received_messages"] == "4"
        assert attributes["vedette.websocket.close_code"] == "1000"
        assert attributes["vedette.websocket.closed_by"] == "client"
        said = [
            (message.role, message.parts[0].content)  # type: ignore[union-attr]
            for messages in (span.payload.input, span.payload.output)
            for message in messages  # type: ignore[union-attr]
        ]
        assert said == [("system", "Be short."), ("user", "Hi!"), ("assistant", "Hello there.")]


async def test_several_answers_are_summed_and_each_is_priced(tmp_path: Path) -> None:
    async with (
        RealtimeUpstream() as upstream,
        running_gateway(tmp_path, provider_a(upstream, price_provider="openai")) as gateway,
    ):
        async with opened(gateway) as socket:
            for _ in range(3):
                await socket.send(event("response.create"))
                while (await heard(socket))["type"] != "response.done":
                    pass
        span = await gateway.span()
        assert (span.usage.audio_output, span.usage.cache_read) == (273, 192)
        assert span.cost_nano_usd == 3 * 6_965_600


@pytest.mark.parametrize("mode", ["redacted", "hash", "none"])
async def test_what_is_kept_is_what_the_mode_says(tmp_path: Path, mode: str) -> None:
    async with (
        RealtimeUpstream() as upstream,
        running_gateway(tmp_path, provider_a(upstream), capture=mode) as gateway,
    ):
        async with opened(gateway) as socket:
            await socket.send(
                event(
                    "response.create",
                    response={"instructions": "Write to ann.example@mail.example.com."},
                )
            )
            while (await heard(socket))["type"] != "response.done":
                pass
        span = await gateway.span()
        payload = span.payload
        assert span.usage.audio_output == 91
        assert not payload.raw_request
        assert not payload.raw_response
        shown = repr((payload.input, payload.output))
        assert "ann.example" not in shown
        if mode == "redacted":
            assert "Write to" in shown
            assert "Hello there." in shown
        else:
            assert "Hello" not in shown
            assert ("hmac:" in shown) is (mode == "hash")


async def test_sound_is_not_kept_and_its_words_are(tmp_path: Path) -> None:
    async def talk(socket: ServerConnection) -> None:
        async for said in socket:
            if json.loads(said)["type"] == "input_audio_buffer.commit":
                transcript = "conversation.item.input_audio_transcription.completed"
                await socket.send(event(transcript, transcript="What time is it?"))
                await socket.send(done("Noon."))

    async with (
        RealtimeUpstream(talk) as upstream,
        running_gateway(tmp_path, provider_a(upstream)) as gateway,
    ):
        async with opened(gateway) as socket:
            await socket.send(event("input_audio_buffer.append", audio="UklGRg" * 1000))
            await socket.send(event("input_audio_buffer.commit"))
            while (await heard(socket))["type"] != "response.done":
                pass
        span = await gateway.span()
        assert "UklGRg" not in span.payload.raw_request
        assert "What time is it?" in repr(span.payload.input)
        assert "Noon." in repr(span.payload.output)


async def test_responses_over_a_websocket_go_to_the_default_provider(tmp_path: Path) -> None:
    answer = {
        "id": "resp_2", "object": "response", "status": "completed", "model": "gpt-5",
        "output": [
            {
                "type": "message", "role": "assistant", "id": "msg_1", "status": "completed",
                "content": [{"type": "output_text", "text": "Hello.", "annotations": []}],
            }
        ],
        "usage": {"input_tokens": 20, "output_tokens": 7, "total_tokens": 27},
    }  # fmt: skip

    async def talk(socket: ServerConnection) -> None:
        async for _ in socket:
            await socket.send(event("response.completed", response=answer))

    async with (
        RealtimeUpstream(talk) as upstream,
        running_gateway(
            tmp_path, provider("b", "http://127.0.0.1:9/v1"), provider_a(upstream),
            default_provider="a",
        ) as gateway,
    ):  # fmt: skip
        async with opened(gateway, "/v1/responses?model=b/x") as socket:
            await socket.send(event("response.create", model="gpt-5", input="Hi!"))
            assert (await heard(socket))["type"] == "response.completed"
        assert upstream.openings[0].path == "/v1/responses?model=b/x"
        span = await gateway.span()
        assert (span.usage.input_total, span.usage.output_total) == (20, 7)
        assert (span.provider, span.response_model, span.status) == ("a", "gpt-5", "ok")
        assert "Hi!" in repr(span.payload.input)
        assert "Hello." in repr(span.payload.output)


async def test_messages_of_any_kind_and_size_pass_as_they_are(tmp_path: Path) -> None:
    async def echo(socket: ServerConnection) -> None:
        async for said in socket:
            await socket.send(said)

    large = "\N{LATIN SMALL LETTER E WITH ACUTE}" * 4_000_000
    async with (
        RealtimeUpstream(echo) as upstream,
        running_gateway(tmp_path, provider_a(upstream)) as gateway,
    ):
        # The library offers compression unless it is told not to.
        async with opened(gateway) as socket, asyncio.timeout(60):
            for said in ("", "hello", bytes(range(256)) * 300, large):
                await socket.send(said)
                assert await socket.recv() == said
            await socket.send(["in ", "three ", "parts"])
            assert await socket.recv() == "in three parts"
            await (await socket.ping(b"still there?"))
        assert "sec-websocket-extensions" not in upstream.openings[0].headers
        attributes = (await gateway.span()).payload.attributes
        assert attributes["vedette.websocket.sent_messages"] == "5"
        assert attributes["vedette.websocket.received_messages"] == "5"
        # One each way is longer than what is read.
        assert attributes["vedette.websocket.too_long"] == "2"
        assert int(attributes["vedette.websocket.sent_bytes"]) > 8_000_000


async def test_close_codes_pass_both_ways(tmp_path: Path) -> None:
    async def talk(socket: ServerConnection) -> None:
        if await socket.recv() == "close":
            await socket.close(4001, "session expired")

    async with (
        RealtimeUpstream(talk) as upstream,
        running_gateway(tmp_path, provider_a(upstream)) as gateway,
    ):
        async with opened(gateway) as socket:
            await socket.send("close")
            assert await closed(socket) == (4001, "session expired")
        async with opened(gateway) as socket:
            await socket.close(4002, "enough")
        first, second = await gateway.spans.count(2)
        told = first.payload.attributes
        assert told["vedette.websocket.close_code"] == "4001"
        assert told["vedette.websocket.closed_by"] == "provider"
        assert first.status == "ok"
        assert second.payload.attributes["vedette.websocket.close_code"] == "4002"
        assert upstream.close_codes == [4001, 4002]


async def test_a_provider_that_breaks_off_is_told_at_once(tmp_path: Path) -> None:
    async def talk(socket: ServerConnection) -> None:
        await socket.recv()
        socket.transport.abort()

    async with (
        RealtimeUpstream(talk) as upstream,
        running_gateway(tmp_path, provider_a(upstream)) as gateway,
    ):
        async with opened(gateway) as socket:
            await socket.send("go")
            assert await closed(socket) == (1006, "")
        span = await gateway.span()
        assert span.status == "error"
        assert span.payload.attributes["error.type"] in ("closed_early", "reset")
        assert span.payload.attributes["vedette.websocket.close_code"] == "1006"


async def test_a_client_that_breaks_off_is_told_at_once(tmp_path: Path) -> None:
    async with (
        RealtimeUpstream() as upstream,
        running_gateway(tmp_path, provider_a(upstream)) as gateway,
    ):
        async with opened(gateway) as socket:
            assert (await heard(socket))["type"] == "session.created"
            socket.transport.abort()
        span = await gateway.span()
        assert span.payload.attributes["http.response.status_code"] == 499
        assert span.payload.attributes["error.type"] == "client_gone"
        async with asyncio.timeout(30):
            while not upstream.close_codes:
                await asyncio.sleep(0.01)
        assert upstream.close_codes == [1006]


async def test_another_target_is_asked_while_there_is_no_101(tmp_path: Path) -> None:
    refused = refusal(HTTPStatus.SERVICE_UNAVAILABLE, {"error": {"message": "busy"}})
    (dead,) = free_ports(1)
    async with (
        RealtimeUpstream(refuse=refused) as busy,
        RealtimeUpstream() as upstream,
        running_gateway(
            tmp_path, provider("busy", busy.url), provider("dead", f"http://127.0.0.1:{dead}/v1"),
            provider_a(upstream),
            routes=[
                route(
                    "voice", ("busy", "m1"), ("dead", "m2"), ("a", "gpt-realtime"), retries=0,
                    hedge_after_s=0.01,
                )
            ],
        ) as gateway,
    ):  # fmt: skip
        async with opened(gateway, "/v1/realtime?model=voice") as socket:
            assert (await heard(socket))["type"] == "session.created"
            assert socket.response is not None
            assert socket.response.headers["x-vedette-fallback"] == "true"
            assert socket.response.headers["x-vedette-attempts"] == "3"
        span = await gateway.span()
        assert [one.error for one in span.payload.attempts] == ["http_503", "connect_refused", ""]
        assert (span.route, span.provider) == ("voice", "a")


@pytest.mark.parametrize("status", [HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND, HTTPStatus.OK])
async def test_what_is_no_101_is_an_ordinary_answer(tmp_path: Path, status: HTTPStatus) -> None:
    refused = refusal(status, {"error": {"message": "no realtime here"}})
    async with (
        RealtimeUpstream(refuse=refused) as upstream,
        running_gateway(tmp_path, provider_a(upstream)) as gateway,
    ):
        with pytest.raises(InvalidStatus) as raised:
            async with opened(gateway):
                pass
        answered = raised.value.response
        assert answered.status_code == status.value
        assert json.loads(answered.body or b"") == {"error": {"message": "no realtime here"}}
        assert answered.headers["connection"] == "close"
        span = await gateway.span()
        assert span.payload.attributes["http.response.status_code"] == status.value


async def test_a_new_configuration_leaves_it_open(tmp_path: Path) -> None:
    async with (
        RealtimeUpstream() as upstream,
        Upstream() as other,
        running_gateway(tmp_path, provider_a(upstream)) as gateway,
    ):
        async with opened(gateway) as socket:
            assert (await heard(socket))["type"] == "session.created"
            await gateway.worker.load(
                replace(gateway.settings, version=2, providers=(provider("b", other.url),))
            )
            await socket.send(event("response.create"))
            assert (await heard(socket))["type"] == "response.created"
        span = await gateway.span()
        assert (span.status, span.provider) == ("ok", "a")


async def test_browsers_show_their_key_among_the_subprotocols(tmp_path: Path) -> None:
    protocols = [Subprotocol("realtime"), Subprotocol("openai-insecure-api-key.sk-browser")]
    async with RealtimeUpstream() as upstream:
        for name, changes in (("forwards", {"api_key": ""}), ("replaces", {"api_key": "sk-own"})):
            directory = tmp_path / name
            directory.mkdir()
            async with running_gateway(directory, provider_a(upstream, **changes)) as gateway:
                async with opened(gateway, subprotocols=protocols) as socket:
                    assert socket.subprotocol == "realtime"
    first, second = (opening.headers["sec-websocket-protocol"] for opening in upstream.openings)
    assert first == "realtime, openai-insecure-api-key.sk-browser"
    assert second == "realtime"


async def test_a_provider_with_tls_is_talked_to_and_left_in_order(tmp_path: Path) -> None:
    cert, key = await asyncio.to_thread(certificate, tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    async with (
        RealtimeUpstream(tls=context) as upstream,
        running_gateway(tmp_path, provider_a(upstream, ca_file=str(cert))) as gateway,
    ):
        async with opened(gateway) as socket:
            await socket.send(event("response.create"))
            while (await heard(socket))["type"] != "response.done":
                pass
        await gateway.span()
        async with opened(gateway) as socket:
            socket.transport.abort()
        await gateway.spans.count(2)
        async with asyncio.timeout(30):
            while len(upstream.close_codes) < 2:
                await asyncio.sleep(0.01)
        assert upstream.close_codes == [1000, 1006]


async def test_azures_deployments_are_models_here_and_there(tmp_path: Path) -> None:
    async with RealtimeUpstream() as upstream:
        root = upstream.url.removesuffix("/v1")
        dated = {"api_version": "2025-04-01-preview"}
        azure = provider("z", root, kind="azure", api_key="k", auth="api-key", options=dated)
        async with running_gateway(tmp_path, azure, provider_a(upstream)) as gateway:
            path = "/openai/realtime?api-version=2024-10-01-preview&deployment="
            for model in ("z/voice", "a/voice"):
                async with opened(gateway, path + model) as socket:
                    assert (await heard(socket))["type"] == "session.created"
    there, here = upstream.openings
    assert there.path == "/openai/realtime?deployment=voice&api-version=2025-04-01-preview"
    assert there.headers["api-key"] == "k"
    assert here.path == "/v1/realtime?api-version=2024-10-01-preview&model=voice"
