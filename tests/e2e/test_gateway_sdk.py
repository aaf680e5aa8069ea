"""The official OpenAI client through the gateway, as its users drive it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import openai
import pytest
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletionToolParam
from pydantic import BaseModel

from tests.support import answers
from tests.support.answers import Stall, answer, answer_in_pieces, chat_events, error, sse
from tests.support.gateway import RunningGateway, route
from tests.support.upstream import Upstream
from tests.support.wire import pair
from vedette.model.chat import Message, ToolCallPart

HI: Any = [{"role": "user", "content": "Hi"}]


@asynccontextmanager
async def client_of(
    directory: Path, *, retries: int = 0, **settings: Any
) -> AsyncIterator[tuple[AsyncOpenAI, Upstream, RunningGateway]]:
    async with pair(directory, **settings) as (upstream, gateway):
        async with AsyncOpenAI(
            base_url=gateway.url, api_key="sk-client", max_retries=retries
        ) as client:
            yield client, upstream, gateway


async def test_chat(tmp_path: Path) -> None:
    async with client_of(tmp_path) as (client, upstream, gateway):
        raw = await client.chat.completions.with_raw_response.create(
            model="a/m1", messages=HI, user="ann", metadata={"session_id": "s1", "tags": "x, y"},
            temperature=0.5, max_completion_tokens=20,
        )  # fmt: skip
        found = raw.parse()
        assert found.choices[0].message.content == "Hello there."
        assert found._request_id == "req_test"
        assert raw.headers["x-vedette-provider"] == "a"
        assert upstream.requests[0].header("authorization") == "Bearer sk-client"
        assert upstream.requests[0].header("x-stainless-lang") == "python"
        span = await gateway.span()
        assert (span.kind, span.name, span.status) == ("llm", "chat a/m1", "ok")
        assert (span.provider, span.model, span.response_model) == ("a", "m1", "m1-2026")
        assert (span.usage.input_total, span.usage.output_total) == (9, 3)
        assert (span.user_id, span.session_id, span.tags) == ("ann", "s1", ("x", "y"))
        assert (span.finish_reason, span.ttft_ms) == ("stop", None)
        assert span.cost_nano_usd is None, "a model nobody prices"
        assert span.cost_source == "unknown"
        sent = span.payload.attributes
        assert sent["gen_ai.request.temperature"] == 0.5
        assert "Hi" in str(span.payload.input)
        assert "Hello there." in str(span.payload.output)


async def test_a_safety_identifier_names_the_user(tmp_path: Path) -> None:
    async with client_of(tmp_path) as (client, _, gateway):
        await client.chat.completions.create(model="a/m1", messages=HI, safety_identifier="u7")
        assert (await gateway.span()).user_id == "u7"


async def test_labels_in_headers_win_over_the_body(tmp_path: Path) -> None:
    async with client_of(tmp_path) as (client, _, gateway):
        await client.chat.completions.create(
            model="a/m1", messages=HI, user="body", metadata={"session_id": "body", "tags": "body"},
            extra_headers={
                "x-vedette-session": "s", "x-vedette-user": "u", "x-vedette-tags": "a,b,,a",
                "x-vedette-environment": "live", "x-vedette-release": "v1",
            },
        )  # fmt: skip
        span = await gateway.span()
        assert (span.session_id, span.user_id, span.tags) == ("s", "u", ("a", "b"))
        assert (span.environment, span.release) == ("live", "v1")


@pytest.mark.parametrize("asks", [True, False])
async def test_stream(tmp_path: Path, asks: bool) -> None:
    async with client_of(tmp_path) as (client, _, gateway):
        options: Any = {"stream_options": {"include_usage": True}} if asks else {}
        stream = await client.chat.completions.create(
            model="a/m1", messages=HI, stream=True, **options
        )
        chunks = [chunk async for chunk in stream]
        text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
        assert text == "Hello there."
        usages = [chunk.usage.total_tokens for chunk in chunks if chunk.usage]
        assert usages == ([12] if asks else [])
        assert all(chunk.choices for chunk in chunks) is not asks
        span = await gateway.span()
        assert (span.usage.input_total, span.usage.output_total) == (9, 3)
        assert not span.usage.estimated
        assert span.ttft_ms is not None
        assert 0 < span.ttft_ms <= span.duration_ms


TOOL: ChatCompletionToolParam = {
    "type": "function",
    "function": {"name": "weather", "parameters": {"type": "object", "properties": {}}},
}
CALLS = [
    {
        "id": "c1",
        "type": "function",
        "function": {"name": "weather", "arguments": '{"city":"Rome"}'},
    },
    {
        "id": "c2",
        "type": "function",
        "function": {"name": "weather", "arguments": '{"city":"Oslo"}'},
    },
]


def called(span_messages: tuple[Message, ...] | str | None) -> list[tuple[str, Any]]:
    assert isinstance(span_messages, tuple)
    parts = [part for message in span_messages for part in message.parts]
    return [(p.name, p.arguments) for p in parts if isinstance(p, ToolCallPart)]


async def test_parallel_tool_calls(tmp_path: Path) -> None:
    message = {"role": "assistant", "content": None, "tool_calls": CALLS}
    choices = [{"index": 0, "message": message, "finish_reason": "tool_calls"}]
    async with client_of(tmp_path) as (client, upstream, gateway):
        upstream.script(answers.chat(choices=choices))
        found = await client.chat.completions.create(model="a/m1", messages=HI, tools=[TOOL])
        assert [c.id for c in found.choices[0].message.tool_calls or []] == ["c1", "c2"]
        span = await gateway.span()
        assert span.finish_reason == "tool_calls"
        assert [(c.name, c.arguments) for c in span.tool_calls] == [
            ("weather", {"city": "Rome"}), ("weather", {"city": "Oslo"}),
        ]  # fmt: skip
        assert len(called(span.payload.output)) == 2
        assert [tool.name for tool in span.payload.tools] == ["weather"]


def tool_events() -> list[bytes]:
    """Two calls, their arguments in pieces, mixed."""
    pieces: list[dict[str, Any]] = [
        {
            "index": 0,
            "id": "c1",
            "type": "function",
            "function": {"name": "weather", "arguments": ""},
        },
        {"index": 0, "function": {"arguments": '{"city":'}},
        {
            "index": 1,
            "id": "c2",
            "type": "function",
            "function": {"name": "weather", "arguments": ""},
        },
        {"index": 1, "function": {"arguments": '{"city":"Oslo"}'}},
        {"index": 0, "function": {"arguments": '"Rome"}'}},
    ]
    deltas: list[tuple[dict[str, Any], str | None]] = [
        ({"role": "assistant", "content": None}, None)
    ]
    deltas += [({"tool_calls": [piece]}, None) for piece in pieces]
    deltas.append(({}, "tool_calls"))
    return [
        *(
            sse(json.dumps({
                "id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m1-2026",
                "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
            }).encode())
            for delta, finish in deltas
        ),
        sse(b"[DONE]"),
    ]  # fmt: skip


async def test_streamed_tool_calls(tmp_path: Path) -> None:
    async with client_of(tmp_path) as (client, upstream, gateway):
        upstream.script(answer_in_pieces(tool_events()))
        async with client.chat.completions.stream(
            model="a/m1", messages=HI, tools=[TOOL]
        ) as stream:
            found = await stream.get_final_completion()
        asked = found.choices[0].message.tool_calls or []
        assert [c.function.arguments for c in asked] == ['{"city":"Rome"}', '{"city":"Oslo"}']
        span = await gateway.span()
        assert [(c.name, c.arguments) for c in span.tool_calls] == [
            ("weather", {"city": "Rome"}), ("weather", {"city": "Oslo"}),
        ]  # fmt: skip
        assert span.finish_reason == "tool_calls"


class City(BaseModel):
    name: str
    people: int


async def test_structured_output(tmp_path: Path) -> None:
    async with client_of(tmp_path) as (client, upstream, _):
        upstream.script(answers.chat('{"name":"Rome","people":2748000}'))
        found = await client.chat.completions.parse(model="a/m1", messages=HI, response_format=City)
        assert found.choices[0].message.parsed == City(name="Rome", people=2_748_000)
        sent = json.loads(upstream.requests[0].body)
        assert sent["response_format"]["json_schema"]["name"] == "City"


async def test_embeddings(tmp_path: Path) -> None:
    async with client_of(tmp_path) as (client, _, gateway):
        found = await client.embeddings.create(model="a/e1", input="Hi", encoding_format="float")
        assert found.data[0].embedding == [0.6, 0.8]
        span = await gateway.span()
        assert (span.kind, span.usage.input_total) == ("embedding", 2)


async def test_models(tmp_path: Path) -> None:
    async with client_of(tmp_path) as (client, _, _):
        assert [model.id async for model in client.models.list()] == ["m1"]


async def test_transcription(tmp_path: Path) -> None:
    async with client_of(tmp_path) as (client, upstream, gateway):
        upstream.script(answer(b'{"text":"hello"}'))
        found = await client.audio.transcriptions.create(
            model="a/whisper-1", file=("a.wav", b"RIFF" + b"\0" * 200_000)
        )
        assert found.text == "hello"
        body = upstream.requests[0].body
        assert b'name="model"\r\n\r\nwhisper-1\r\n' in body
        assert b"RIFF" + b"\0" * 200_000 in body
        assert (await gateway.span()).model == "whisper-1"


async def test_speech(tmp_path: Path) -> None:
    async with client_of(tmp_path) as (client, upstream, _):
        upstream.script(answer(b"ID3\0\xff" * 1000, content_type="audio/mpeg"))
        async with client.audio.speech.with_streaming_response.create(
            model="a/tts-1", input="Hi", voice="alloy"
        ) as response:
            assert await response.read() == b"ID3\0\xff" * 1000


async def test_images(tmp_path: Path) -> None:
    async with client_of(tmp_path) as (client, upstream, gateway):
        upstream.script(answer(b'{"created":1,"data":[{"b64_json":"AA=="}]}'))
        found = await client.images.generate(model="a/img", prompt="A tower")
        assert found.data is not None
        assert found.data[0].b64_json == "AA=="
        assert json.loads(upstream.requests[0].body)["model"] == "img"
        assert (await gateway.span()).name == "POST /v1/images/generations"


async def test_files(tmp_path: Path) -> None:
    async with client_of(tmp_path) as (client, upstream, _):
        upstream.script(answer(b'{"id":"file-1","object":"file"}'))
        found = await client.files.create(file=("a.jsonl", b"{}\n" * 50_000), purpose="batch")
        assert found.id == "file-1"
        assert b"{}\n" * 50_000 in upstream.requests[0].body
        upstream.script(answer(b"{}\n", content_type="application/octet-stream"))
        assert (await client.files.content("file-1")).content == b"{}\n"


ERRORS: list[tuple[int, type[openai.APIStatusError]]] = [
    (400, openai.BadRequestError),
    (401, openai.AuthenticationError),
    (403, openai.PermissionDeniedError),
    (404, openai.NotFoundError),
    (422, openai.UnprocessableEntityError),
    (429, openai.RateLimitError),
    (500, openai.InternalServerError),
]


@pytest.mark.parametrize(("status", "kind"), ERRORS)
async def test_error_classes(
    tmp_path: Path, status: int, kind: type[openai.APIStatusError]
) -> None:
    async with client_of(tmp_path) as (client, upstream, _):
        upstream.script(error(status, message="No luck."))
        with pytest.raises(kind, match="No luck") as raised:
            await client.chat.completions.create(model="a/m1", messages=HI)
        assert raised.value.status_code == status


async def test_our_own_errors_are_classes_as_well(tmp_path: Path) -> None:
    async with client_of(tmp_path, default_provider="") as (client, _, _):
        with pytest.raises(openai.NotFoundError) as raised:
            await client.chat.completions.create(model="nope", messages=HI)
        assert raised.value.code == "model_not_found"


async def test_a_client_that_retries_is_stopped_when_we_have_tried_enough(tmp_path: Path) -> None:
    routes = [route("fast", ("a", "m1"), retries=1)]
    async with client_of(tmp_path, retries=2, routes=routes) as (client, upstream, _):
        upstream.respond = lambda received: error(503, headers=[("retry-after-ms", "1")])
        with pytest.raises(openai.InternalServerError):
            await client.chat.completions.create(model="fast", messages=HI)
        assert len(upstream.requests) == 2


async def test_a_stream_that_breaks_off_raises(tmp_path: Path) -> None:
    async with client_of(tmp_path) as (client, upstream, gateway):
        upstream.script(answers.cut_after(answers.chat_stream(), 900))
        stream = await client.chat.completions.create(model="a/m1", messages=HI, stream=True)
        with pytest.raises(openai.APIError, match="broke off"):
            async for _ in stream:
                pass
        assert (await gateway.span()).status == "error"


async def test_an_abort_is_seen_by_the_provider(tmp_path: Path) -> None:
    async with client_of(tmp_path) as (client, upstream, gateway):
        upstream.script((*answer_in_pieces(chat_events()[:3])[:-1], Stall()))
        stream = await client.chat.completions.create(model="a/m1", messages=HI, stream=True)
        async for chunk in stream:
            if chunk.choices[0].delta.content:
                break
        await stream.close()
        await upstream.client_gone(timeout=0.5)
        span = await gateway.span()
        assert span.payload.attributes["http.response.status_code"] == 499


async def test_a_cancelled_call_is_seen_by_the_provider(tmp_path: Path) -> None:
    async with client_of(tmp_path) as (client, upstream, gateway):
        upstream.script((Stall(),))
        calling = asyncio.ensure_future(client.chat.completions.create(model="a/m1", messages=HI))
        await upstream.received()
        calling.cancel()
        await upstream.client_gone(timeout=0.5)
        assert (await gateway.span()).status == "error"


async def test_responses(tmp_path: Path) -> None:
    body = {
        "id": "resp_1", "object": "response", "created_at": 1, "status": "completed",
        "model": "m1-2026", "parallel_tool_calls": True, "tool_choice": "auto", "tools": [],
        "output": [{"type": "message", "role": "assistant", "id": "m", "status": "completed",
                    "content": [{"type": "output_text", "text": "Hello.", "annotations": []}]}],
        "usage": {"input_tokens": 11, "output_tokens": 6, "total_tokens": 17},
    }  # fmt: skip
    async with client_of(tmp_path) as (client, upstream, gateway):
        upstream.script(answer(json.dumps(body).encode()))
        found = await client.responses.create(model="a/m1", input="Hi")
        assert found.output_text == "Hello."
        span = await gateway.span()
        assert (span.kind, span.usage.output_total) == ("llm", 6)
        assert "Hello." in str(span.payload.output)


async def test_many_at_once_stay_apart(tmp_path: Path) -> None:
    async with client_of(tmp_path) as (client, upstream, gateway):

        def echo(received: Any) -> answers.Script:
            return answers.chat(json.loads(received.body)["messages"][0]["content"])

        upstream.respond = echo

        async def one(number: int) -> None:
            messages: Any = [{"role": "user", "content": f"call {number}"}]
            found = await client.chat.completions.create(model="a/m1", messages=messages)
            assert found.choices[0].message.content == f"call {number}"

        await asyncio.gather(*(one(number) for number in range(60)))
        spans = await gateway.spans.count(60)
        assert len({span.trace_id for span in spans}) == 60
