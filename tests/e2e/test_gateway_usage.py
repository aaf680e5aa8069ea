"""What is accounted of answers that are large, packed, odd or broken."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import answers
from tests.support.answers import (
    Framing,
    Send,
    answer,
    answer_in_pieces,
    chat_body,
    chat_events,
    error,
)
from tests.support.gateway import route
from tests.support.wire import call, chat, dial, pair, read_head, read_stream
from tests.support.wire import request as raw_request
from vedette.gateway.breaker import FAILURES
from vedette.gateway.delivery import WHOLE_BYTES
from vedette.model.settings import OwnPrice

VECTOR = {"object": "embedding", "index": 0, "embedding": "A" * (WHOLE_BYTES + 1)}
LARGE = {
    "object": "list",
    "data": [VECTOR],
    "model": "text-embedding-3-small",
    "usage": {"prompt_tokens": 7, "total_tokens": 7},
}


@pytest.mark.parametrize("framing", ["length", "chunked"])
async def test_usage_of_an_answer_too_large_to_hold_is_counted(
    tmp_path: Path, framing: Framing
) -> None:
    body = json.dumps(LARGE).encode()
    priced = {"price_provider": "openai"}
    async with pair(tmp_path, provider_settings=priced) as (upstream, gateway):
        upstream.script(answer(body, framing=framing))
        request = {"model": "a/text-embedding-3-small", "input": "Hi"}
        answered = await call(gateway, request, "/v1/embeddings")
        assert answered.body == body
        span = await gateway.span()
        assert (span.status, span.usage.input_total) == ("ok", 7)
        assert span.cost_nano_usd == 7 * 20
        assert len(span.payload.raw_response) <= gateway.settings.max_body_bytes


async def test_a_large_text_that_speaks_of_usage_is_not_taken_for_it(tmp_path: Path) -> None:
    talk = '"usage": {"prompt_tokens": 5} ' * 10 + "x" * WHOLE_BYTES
    talk += '"usage": {"prompt_tokens": 5}'
    body = answers.chat_body(talk)
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer(body))
        assert (await call(gateway, chat())).body == body
        usage = (await gateway.span()).usage
        assert (usage.input_total, usage.output_total) == (9, 3)


UNREADABLE = {
    "no JSON": answer(b"<html>"),
    "an array": answer(b"[1]"),
    "a coding we did not ask for": answer(b"\x0b\x02\x80", headers=[("content-encoding", "br")]),
    "damaged gzip": answer(b"\x1f\x8b\x08oops", headers=[("content-encoding", "gzip")]),
    "usage of no known shape": answer(answers.chat_body(usage=[1])),
    "usage of odd numbers": answer(answers.chat_body(usage={"prompt_tokens": "many"})),
}


NO_ANSWERS = {
    "cut JSON": answer(b'{"choices": [{"message": {"content": "Hel'),
    "an array": answer(b"[1]"),
    "null": answer(b"null"),
    "a text": answer(b"Hello", content_type="text/plain"),
    "nested without end": answer(b"[" * 100_000),
}


@pytest.mark.parametrize("name", NO_ANSWERS)
async def test_what_is_no_answer_passes_but_is_no_success(tmp_path: Path, name: str) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(NO_ANSWERS[name])
        answered = await call(gateway, chat())
        assert answered.status == 200
        assert answered.body in b"".join(s.data for s in NO_ANSWERS[name] if isinstance(s, Send))
        span = await gateway.span()
        assert (span.status, span.payload.attributes["error.type"]) == ("error", "invalid_answer")
        assert [attempt.error for attempt in span.payload.attempts] == ["invalid_answer"]


@pytest.mark.parametrize("head", [b"", b"content-type: text/plain\r\n"], ids=["none", "text"])
async def test_an_answer_that_does_not_say_what_it_is_is_read(tmp_path: Path, head: bytes) -> None:
    body = chat_body()
    async with pair(tmp_path) as (upstream, gateway):
        raw = b"HTTP/1.1 200 OK\r\n%bcontent-length: %d\r\n\r\n%b" % (head, len(body), body)
        upstream.script((Send(raw),))
        assert (await call(gateway, chat())).body == body
        assert (await gateway.span()).usage.output_total == 3


async def test_an_empty_answer_to_a_chat_is_none(tmp_path: Path) -> None:
    routes = [route("fast", ("a", "m1"), ("a", "m2"))]
    async with pair(tmp_path, routes=routes) as (upstream, gateway):
        upstream.script((Send(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"),))
        assert (await call(gateway, chat("fast"))).status == 200
        span = await gateway.span()
        assert [attempt.error for attempt in span.payload.attempts] == ["invalid_answer", ""]
        assert span.status == "ok"


@pytest.mark.parametrize("script", UNREADABLE.values(), ids=UNREADABLE.keys())
async def test_answers_that_cannot_be_read_pass_and_spoil_nothing_for_others(
    tmp_path: Path, script: answers.Script
) -> None:
    priced = {"price_provider": "openai"}
    async with pair(tmp_path, provider_settings=priced) as (upstream, gateway):
        for _ in range(FAILURES + 1):
            upstream.script(script)
            answered = await call(gateway, chat())
            assert answered.status == 200
        answered = await call(gateway, chat("a/gpt-4o"))
        assert answered.header("x-vedette-cost-usd") == "0.0000525"
        spans = await gateway.spans.count(FAILURES + 2)
        assert (spans[-1].usage.input_total, spans[-1].usage.output_total) == (9, 3)
        said = (await call(gateway, path="/health/ready", method="GET")).body
        assert json.loads(said)["status"] == "ok"


async def test_a_stream_packed_against_our_wish_passes_unread(tmp_path: Path) -> None:
    packed = gzip.compress(b"".join(chat_events()))
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        upstream.script(answer_in_pieces([packed], headers=[("content-encoding", "gzip")]))
        client.send(raw_request(chat(stream=True)))
        status, headers = await read_head(client)
        assert (status, headers["content-encoding"]) == (200, "gzip")
        assert await read_stream(client) == packed
        assert (await gateway.span()).status == "ok"


BUCKETS: list[tuple[dict[str, Any], tuple[int, int, int, int]]] = [
    ({"prompt_tokens": 100, "completion_tokens": 50, "total_tokens": 150,
      "prompt_tokens_details": {"cached_tokens": 60},
      "completion_tokens_details": {"reasoning_tokens": 20}}, (40, 60, 30, 20)),
    ({"prompt_tokens": 100, "completion_tokens": 0, "total_tokens": 100}, (100, 0, 0, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("usage", "buckets"), BUCKETS)
@pytest.mark.parametrize("stream", [False, True])
async def test_tokens_stand_in_buckets_that_do_not_overlap(
    tmp_path: Path, usage: dict[str, Any], buckets: tuple[int, ...], stream: bool
) -> None:
    priced = {"price_provider": "openai"}
    async with pair(tmp_path, provider_settings=priced) as (upstream, gateway):
        if stream:
            last = {"id": "x", "model": "gpt-4o-2024-08-06", "choices": [], "usage": usage}
            events = chat_events(["x"])
            counted = answers.sse(json.dumps(last).encode())
            upstream.script(answer_in_pieces([*events[:-1], counted, events[-1]]))
        else:
            upstream.script(answers.chat(model="gpt-4o-2024-08-06", usage=usage))
        await call(gateway, chat("a/gpt-4o", stream=stream))
        span = await gateway.span()
        found = span.usage
        parts = (found.input_uncached, found.cache_read, found.output_text, found.reasoning)
        assert parts == buckets
        # Dollars a million: 2.50 in, 1.25 cached, 10 out.
        uncached, cached, text, reasoning = buckets
        assert span.cost_nano_usd == uncached * 2500 + cached * 1250 + (text + reasoning) * 10_000


@pytest.mark.parametrize("stream", [False, True])
async def test_searches_of_providers_are_counted_priced_and_told(
    tmp_path: Path, stream: bool
) -> None:
    """Known to cost $10 a thousand at OpenAI; with a price of one's own, what is said there."""
    usage = {"prompt_tokens": 100, "completion_tokens": 50, "total_tokens": 150}
    model = "gpt-5-search-api"

    def script() -> answers.Script:
        if not stream:
            return answers.chat(model=model, usage=usage)
        last = {"id": "x", "model": model, "choices": [], "usage": usage}
        events = chat_events(["x"])
        return answer_in_pieces([*events[:-1], answers.sse(json.dumps(last).encode()), events[-1]])

    own = OwnPrice(provider="a", model="own", input_atto_usd=10**9, output_atto_usd=0)
    priced = {"price_provider": "openai"}
    async with pair(tmp_path, provider_settings=priced, prices=(own,)) as (upstream, gateway):
        for name in (model, "own"):
            upstream.script(script())
            await call(gateway, chat(f"a/{name}", stream=stream))
        spans = await gateway.spans.count(2)
        listed, owned = sorted(spans, key=lambda span: -(span.cost_nano_usd or 0))
        assert listed.usage.web_searches == owned.usage.web_searches == 1
        # $1.25 and $10 a million tokens, and a cent.
        assert (listed.cost_nano_usd, listed.cost_source) == (125_000 + 500_000 + 10**7, "priced")
        assert (owned.cost_nano_usd, owned.cost_source) == (100, "partial")


async def test_an_error_costs_nothing(tmp_path: Path) -> None:
    async with pair(tmp_path, provider_settings={"price_provider": "openai"}) as (
        upstream,
        gateway,
    ):
        upstream.script(error(400))
        await call(gateway, chat("a/gpt-4o"))
        span = await gateway.span()
        assert span.cost_nano_usd is None
        assert (span.usage.input_total, span.usage.output_total) == (0, 0)


async def test_an_error_inside_a_200_is_an_error(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        body = answers.error_body("Upstream is ill.")
        upstream.script(answer(body))
        answered = await call(gateway, chat())
        assert (answered.status, answered.body) == (200, body)
        span = await gateway.span()
        assert (span.status, span.status_message) == ("error", "server_error: Upstream is ill.")


IMAGE = {
    "created": 1,
    "data": [{"b64_json": "AAAA"}],
    "usage": {"input_tokens": 50, "output_tokens": 1000, "total_tokens": 1050},
}
NANO = 10**9
PRICED = OwnPrice(
    provider="a", model="gpt-image-1", input_atto_usd=10 * NANO, output_atto_usd=40 * NANO
)


@pytest.mark.parametrize("capture", ["full", "none"])
@pytest.mark.parametrize("kind", ["json", "form"])
async def test_images_are_counted_and_priced(tmp_path: Path, capture: str, kind: str) -> None:
    form = b'--b\r\ncontent-disposition: form-data; name="model"\r\n\r\na/gpt-image-1\r\n--b--\r\n'
    async with pair(tmp_path, prices=(PRICED,), capture=capture) as (upstream, gateway):
        upstream.script(answer(json.dumps(IMAGE).encode()))
        if kind == "form":
            content_type = "multipart/form-data; boundary=b"
            answered = await call(gateway, form, "/v1/images/edits", content_type=content_type)
        else:
            asked = {"model": "a/gpt-image-1", "prompt": "A cat"}
            answered = await call(gateway, asked, "/v1/images/generations")
        assert answered.header("x-vedette-cost-usd") == "0.0000405"
        span = await gateway.span()
        assert (span.usage.input_total, span.usage.output_total) == (50, 1000)
        assert (span.cost_nano_usd, span.cost_source) == (40_500, "priced")


@pytest.mark.parametrize("encoding", ["", "gzip"])
async def test_an_answer_that_is_looked_up_is_not_counted_again(
    tmp_path: Path, encoding: str
) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        body = json.dumps({**IMAGE, "id": "resp_1", "model": "gpt-4o"}).encode()
        packed = gzip.compress(body) if encoding else body
        upstream.script(
            answer(packed, headers=[("content-encoding", encoding)] if encoding else [])
        )
        await call(gateway, path="/v1/responses/resp_1", method="GET")
        assert (await gateway.span()).usage.output_total == 0
