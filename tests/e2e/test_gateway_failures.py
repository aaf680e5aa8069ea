"""What the client gets when a provider fails: another target, an honest error, never a lie."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from tests.support import answers
from tests.support.answers import (
    Cut,
    Reset,
    Script,
    Send,
    Stall,
    answer,
    answer_in_pieces,
    chat_events,
    chat_stream,
    cut_after,
    error,
    reset_after,
    sse,
    stalled_after,
)
from tests.support.gateway import RunningGateway, provider, route, running_gateway
from tests.support.rim import Answer
from tests.support.upstream import Upstream, closed_port
from tests.support.wire import call, chat, dial, error_of, pair, read_chunk, read_head, read_stream
from tests.support.wire import request as raw_request
from vedette.model.settings import Timeouts

QUICK = Timeouts(connect_s=0.5, first_byte_s=0.3, first_token_s=0.6, idle_s=0.3, total_s=5)
ASKS: dict[str, Any] = {"stream_options": {"include_usage": True}}
EVENTS = chat_events(usage=True)
WHOLE_STREAM = b"".join(EVENTS)


@asynccontextmanager
async def two_targets(
    directory: Path, *, retries: int = 2, first_url: str = "", **settings: Any
) -> AsyncIterator[tuple[Upstream, Upstream, RunningGateway]]:
    """A route `fast` over `a` and then `b`, with short deadlines."""
    settings = {"timeouts": QUICK, **settings}
    async with (
        Upstream() as first,
        Upstream() as second,
        running_gateway(
            directory,
            provider("a", first_url or first.url, **settings),
            provider("b", second.url, **settings),
            routes=[route("fast", ("a", "m1"), ("b", "m2"), retries=retries)],
        ) as gateway,
    ):
        yield first, second, gateway


async def ask(gateway: RunningGateway, *, stream: bool, model: str = "fast") -> Answer:
    fields = {"stream": True, **ASKS} if stream else {}
    return await call(gateway, chat(model, **fields))


HEAD_ONLY = answer_in_pieces([])[:1]
PREAMBLE: Script = (*HEAD_ONLY, Send(answers._chunk(EVENTS[0])))
PINGS: Script = (*PREAMBLE, *(step for _ in range(8) for step in (
    answers.Pause(0.1), Send(answers._chunk(b": ping\n\n")))), Stall())  # fmt: skip

BEFORE_OUTPUT: dict[str, tuple[Script, str]] = {
    "reset before the head": ((Reset(),), "reset"),
    "closed before the head": ((Cut(),), "closed_before_head"),
    "half a head": ((Send(b"HTTP/1.1 200 OK\r\nConten"), Cut()), "closed_before_head"),
    "no HTTP": ((Send(b"\x15\x03\x01\x00\x02\x02\x46\r\n\r\n"), Stall()), "bad_response"),
    "no head": ((Stall(),), "first_byte_timeout"),
    "429": (error(429), "http_429"),
    "500": (error(500), "http_500"),
    "502": (error(502), "http_502"),
    "503": (error(503), "http_503"),
    "504": (error(504), "http_504"),
    "529": (error(529), "http_529"),
    "408": (error(408), "http_408"),
}
ONLY_STREAMED: dict[str, tuple[Script, str]] = {
    "preamble and silence": ((*PREAMBLE, Stall()), "idle_timeout"),
    "preamble and pings": (PINGS, "first_token_timeout"),
    "head and silence": ((*HEAD_ONLY, Stall()), "idle_timeout"),
    "preamble and a cut": ((*PREAMBLE, Cut()), "closed_early"),
    "preamble and a reset": ((*PREAMBLE, Reset()), "reset"),
    "an error as first event": (
        answer_in_pieces([EVENTS[0], sse(b'{"error":{"message":"full","type":"overloaded"}}')]),
        "overloaded",
    ),
    "an empty stream": (answer_in_pieces([]), "stream_incomplete"),
}
ONLY_WHOLE: dict[str, tuple[Script, str]] = {
    "body cut": (cut_after(answers.chat(), 300), "closed_early"),
    "body reset": (reset_after(answers.chat(), 300), "reset"),
    "body stalled": (stalled_after(answers.chat(), 300), "idle_timeout"),
    "chunked body cut": (
        cut_after(answer(answers.chat_body(), framing="chunked"), 400), "closed_early",
    ),
}  # fmt: skip

CASES = [
    pytest.param(stream, script, code, id=f"{'streamed' if stream else 'whole'}-{name}")
    for stream in (False, True)
    for name, (script, code) in (BEFORE_OUTPUT | (ONLY_STREAMED if stream else ONLY_WHOLE)).items()
]


@pytest.mark.parametrize(("stream", "script", "code"), CASES)
async def test_another_target_answers_when_nothing_was_sent(
    tmp_path: Path, stream: bool, script: Script, code: str
) -> None:
    async with two_targets(tmp_path) as (first, second, gateway):
        first.script(script)
        answered = await ask(gateway, stream=stream)
        assert answered.status == 200
        assert answered.body == (WHOLE_STREAM if stream else answers.chat_body())
        assert answered.header("x-vedette-provider") == "b"
        assert answered.header("x-vedette-model") == "m2"
        assert answered.header("x-vedette-fallback") == "true"
        assert answered.header("x-vedette-attempts") == "2"
        assert json.loads(second.requests[0].body)["model"] == "m2"
        span = await gateway.span()
        assert (span.status, span.provider, span.model) == ("ok", "b", "m2")
        assert [(a.provider, a.error) for a in span.payload.attempts] == [("a", code), ("b", "")]
        assert (span.usage.input_total, span.usage.output_total) == (9, 3)
        assert len(first.requests) == 1
        assert not first.open_connections or code.startswith("http_")


async def test_nobody_listens_and_the_next_target_answers(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{closed_port()}/v1"
    async with two_targets(tmp_path, first_url=url) as (_, _, gateway):
        assert (await ask(gateway, stream=False)).status == 200
        span = await gateway.span()
        assert span.payload.attempts[0].error == "connect_refused"


async def test_a_name_that_does_not_resolve_and_the_next_target_answers(tmp_path: Path) -> None:
    async with two_targets(tmp_path, first_url="http://no-such-host.invalid/v1") as (_, _, gateway):
        assert (await ask(gateway, stream=False)).status == 200
        span = await gateway.span()
        assert span.payload.attempts[0].error in ("dns_failure", "connect_timeout")


async def test_a_provider_that_does_not_speak_tls(tmp_path: Path) -> None:
    async with Upstream() as plain:
        url = plain.url.replace("http://", "https://")
        async with two_targets(tmp_path, first_url=url) as (_, _, gateway):
            assert (await ask(gateway, stream=False)).status == 200
            span = await gateway.span()
            assert span.payload.attempts[0].error in ("tls_failure", "connect_timeout")


BROKEN_STREAMS: dict[str, tuple[Script, str]] = {
    "cut": (cut_after(chat_stream(usage=True), 900), "closed_early"),
    "reset": (reset_after(chat_stream(usage=True), 900), "reset"),
    "stalled": (stalled_after(chat_stream(usage=True), 900), "idle_timeout"),
    "no terminal event": (answer_in_pieces(EVENTS[:3]), "stream_incomplete"),
    "no terminal event, until close": (
        answer_in_pieces(EVENTS[:3], framing="close"), "stream_incomplete",
    ),
    "cut inside an event": (
        (*answer_in_pieces([EVENTS[0], EVENTS[1], EVENTS[2][:30]])[:-1], Cut()), "closed_early",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("script", "code"), BROKEN_STREAMS.values(), ids=BROKEN_STREAMS.keys())
@pytest.mark.parametrize("asks", [True, False])
async def test_a_stream_that_breaks_off_says_so_and_is_no_success(
    tmp_path: Path, script: Script, code: str, asks: bool
) -> None:
    async with two_targets(tmp_path) as (first, second, gateway):
        first.script(script)
        async with dial(gateway) as client:
            client.send(raw_request(chat("fast", stream=True, **(ASKS if asks else {}))))
            status, _ = await read_head(client)
            got = await read_stream(client)
        assert status == 200
        events = got.split(b"\n\n")
        assert events[-1] == b""
        said = json.loads(events[-2].removeprefix(b"data: "))["error"]
        assert (said["type"], said["code"]) == ("upstream_error", code)
        assert b"[DONE]" not in got
        assert not second.requests
        span = await gateway.span()
        assert span.status == "error"
        assert span.finish_reason == ""
        assert span.payload.attributes["error.type"] == code
        assert [a.error for a in span.payload.attempts] == [code]
        assert span.usage.estimated
        assert span.usage.output_total >= 1
        assert span.payload.output is not None


async def test_a_reset_behind_the_last_event_is_no_failure(tmp_path: Path) -> None:
    script = (*answer_in_pieces(EVENTS)[:-1], answers.Gate(), Reset())
    async with two_targets(tmp_path) as (first, _, gateway), dial(gateway) as client:
        first.script(script)
        client.send(raw_request(chat("fast", stream=True, **ASKS)))
        await read_head(client)
        got = b""
        async for chunk in _chunks_until(client, WHOLE_STREAM):
            got += chunk
        first.open_gate()
        got += await read_stream(client)
        assert got == WHOLE_STREAM
        assert (await gateway.span()).status == "ok"


async def _chunks_until(client: Any, whole: bytes) -> AsyncIterator[bytes]:
    size = 0
    while size < len(whole):
        chunk = await read_chunk(client)
        size += len(chunk)
        yield chunk


async def test_a_head_without_output_may_take_the_time_of_the_first_token(tmp_path: Path) -> None:
    """After the head, not the idle time but the first token's is the limit, on the last try too."""
    timeouts = Timeouts(connect_s=1, first_byte_s=30, first_token_s=0.3, idle_s=30, total_s=30)
    async with pair(tmp_path, provider_settings={"timeouts": timeouts}) as (upstream, gateway):
        upstream.script((*HEAD_ONLY, Stall()))
        answered = await call(gateway, chat(stream=True))
        assert b"first_token_timeout" in answered.body
        span = await gateway.span()
        assert span.payload.attributes["error.type"] == "first_token_timeout"


async def test_the_total_time_ends_a_stream_that_never_pauses(tmp_path: Path) -> None:
    timeouts = Timeouts(connect_s=1, first_byte_s=2, first_token_s=2, idle_s=2, total_s=0.4)
    gap = answers.Pause(0.1)
    async with pair(tmp_path, provider_settings={"timeouts": timeouts}) as (upstream, gateway):
        upstream.script(chat_stream(["x"] * 40, gap=gap))
        answered = await call(gateway, chat(stream=True))
        assert b"total_timeout" in answered.body
        assert (await gateway.span()).status == "error"


# ---- retries ------------------------------------------------------------------------------------


RETRY_AFTER = {
    "seconds": [("retry-after", "0")],
    "milliseconds": [("retry-after-ms", "20")],
    "azure": [("x-ms-retry-after-ms", "20")],
    "date": [("retry-after", formatdate(0, usegmt=True))],
}


@pytest.mark.parametrize("headers", RETRY_AFTER.values(), ids=RETRY_AFTER.keys())
async def test_a_single_target_is_asked_again_when_it_says_when(
    tmp_path: Path, headers: list[tuple[str, str]]
) -> None:
    routes = [route("fast", ("a", "m1"))]
    async with pair(tmp_path, routes=routes) as (upstream, gateway):
        upstream.script(error(429, headers=headers), error(503, headers=headers))
        answered = await call(gateway, chat("fast"))
        assert answered.status == 200
        assert answered.header("x-vedette-attempts") == "3"
        assert answered.header("x-vedette-fallback") == "false"
        errors = [a.error for a in (await gateway.span()).payload.attempts]
        assert errors == ["http_429", "http_503", ""]


NO_USE = {
    "too long a wait": (429, [("retry-after", "3600")], b""),
    "told not to": (503, [("x-should-retry", "false")], b""),
    "out of quota": (429, [], answers.error_body("No money.", "x", "insufficient_quota")),
}


@pytest.mark.parametrize(("status", "headers", "body"), NO_USE.values(), ids=NO_USE.keys())
async def test_a_target_is_not_asked_again_where_that_is_no_use(
    tmp_path: Path, status: int, headers: list[tuple[str, str]], body: bytes
) -> None:
    async with two_targets(tmp_path) as (first, second, gateway):
        first.script(answer(body or answers.error_body("No."), status, headers=headers))
        second.script(error(500, headers=[("retry-after-ms", "1")]), answers.chat())
        assert (await ask(gateway, stream=False)).status == 200
        assert (len(first.requests), len(second.requests)) == (1, 2)


async def test_a_silent_target_is_not_asked_twice(tmp_path: Path) -> None:
    async with two_targets(tmp_path) as (first, second, gateway):
        first.script((Stall(),))
        second.script(error(500, headers=[("retry-after-ms", "1")]), answers.chat())
        assert (await ask(gateway, stream=False)).status == 200
        assert (len(first.requests), len(second.requests)) == (1, 2)


@pytest.mark.parametrize("stream", [False, True])
async def test_when_all_fail_the_first_error_is_the_answer(tmp_path: Path, stream: bool) -> None:
    async with two_targets(tmp_path, retries=1) as (first, second, gateway):
        body = b'{"error": {"message":"first"}}'
        first.script(
            answer(body, 503, headers=[("x-request-id", "r1"), ("x-should-retry", "true")])
        )
        second.script(error(500))
        answered = await ask(gateway, stream=stream)
        assert (answered.status, answered.body) == (503, body)
        assert [v for n, v in answered.headers if n == "x-should-retry"] == ["false"]
        assert answered.header("x-vedette-attempt-log") == "a=http_503,b=http_500"
        assert answered.header("x-vedette-attempts") == "2"
        assert answered.header("x-vedette-error-source") == "provider"
        assert answered.header("x-vedette-provider") == "a"
        assert answered.header("x-request-id") == "r1"
        span = await gateway.span()
        assert (span.status, span.provider) == ("error", "a")
        assert [a.status for a in span.payload.attempts] == [503, 500]


async def test_when_nobody_can_be_reached_the_error_is_ours(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{closed_port()}/v1"
    async with two_targets(tmp_path, first_url=url, retries=0) as (_, second, gateway):
        await second.stop()
        answered = await ask(gateway, stream=False)
        assert answered.status == 502
        assert error_of(answered)["code"] == "connect_refused"
        assert answered.header("x-vedette-error-source") == "gateway"
        assert answered.header("x-vedette-attempt-log") == "a=connect_refused,b=connect_refused"
        assert answered.header("x-should-retry") == "false"


async def test_a_silent_provider_is_a_504_in_time(tmp_path: Path) -> None:
    async with pair(tmp_path, provider_settings={"timeouts": QUICK}) as (upstream, gateway):
        upstream.script((Stall(),))
        answered = await call(gateway, chat())
        assert answered.status == 504
        assert error_of(answered)["code"] == "first_byte_timeout"
        await upstream.client_gone()


async def test_an_answer_of_the_second_target_that_ends_the_search_is_its_own(
    tmp_path: Path,
) -> None:
    async with two_targets(tmp_path) as (first, second, gateway):
        first.script(error(503))
        second.script(error(400, message="b says no"))
        answered = await ask(gateway, stream=False)
        assert answered.status == 400
        assert error_of(answered)["message"] == "b says no"
        assert answered.header("x-vedette-provider") == "b"
        span = await gateway.span()
        assert (span.provider, span.model) == ("b", "m2")


async def test_what_failed_attempts_said_is_not_recorded_as_the_answer(tmp_path: Path) -> None:
    async with two_targets(tmp_path, retries=1) as (first, second, gateway):
        first.script((*PREAMBLE, Cut()))
        second.script(error(500, message="second"))
        answered = await ask(gateway, stream=True)
        assert answered.status == 502
        span = await gateway.span()
        assert "chatcmpl-test" not in span.payload.raw_response


# ---- connections --------------------------------------------------------------------------------


@pytest.mark.parametrize("reset", [True, False])
async def test_a_stale_connection_is_replaced_unseen(tmp_path: Path, reset: bool) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        assert (await call(gateway, chat())).status == 200
        # The provider closes the kept-alive connection as soon as it hears the next request.
        upstream.script((Reset() if reset else Cut(),))
        answered = await call(gateway, chat())
        assert answered.status == 200
        assert answered.header("x-vedette-attempts") == "1"
        assert [r.connection for r in upstream.requests] == [0, 0, 1]
        spans = await gateway.spans.count(2)
        assert all(span.status == "ok" for span in spans)


async def test_a_fresh_connection_that_fails_is_not_replaced(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script((Reset(),))
        answered = await call(gateway, chat())
        assert answered.status == 502
        assert error_of(answered)["code"] == "reset"
        assert len(upstream.requests) == 1


async def test_a_content_filter_is_an_answer(tmp_path: Path) -> None:
    body = answers.chat_body().replace(
        b'"finish_reason": "stop"', b'"finish_reason": "content_filter"'
    )
    async with two_targets(tmp_path) as (first, second, gateway):
        first.script(answer(body))
        answered = await ask(gateway, stream=False)
        assert answered.body == body
        assert not second.requests
        span = await gateway.span()
        assert (span.status, span.finish_reason) == ("ok", "content_filter")
