"""Gemini on both sides of the gateway: Google's client in front, Gemini and Vertex behind."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anthropic
import openai
import pytest
from google import genai
from google.genai import errors, types
from google.genai.client import AsyncClient

from tests.support import answers
from tests.support.answers import Script
from tests.support.gateway import RunningGateway, provider, running_gateway
from tests.support.recordings import OWN
from tests.support.upstream import Received, Upstream
from vedette.dialects.contract import Fault
from vedette.dialects.gemini import write_error
from vedette.dialects.gemini_contents import UNSIGNED_CALL

NATIVE = ("gemini", "gemini_embeddings")
SIGNATURE = "Eq0BCqoBAdHtim8="
HI: Any = [{"role": "user", "content": "Hi"}]
TOOL = {"name": "get_weather", "description": "d"}
CITY = {"type": "object", "properties": {"city": {"type": "string"}}}


def play(request: Received) -> Script:
    """What Gemini says to each of its methods."""
    method = request.path.rpartition(":")[2]
    if method == "streamGenerateContent":
        return answers.answer_in_pieces([(OWN / "gemini/tools.sse").read_bytes()])
    if method == "batchEmbedContents":
        return answers.answer(b'{"embeddings":[{"values":[0.5,1.0]}]}')
    return answers.answer((OWN / "gemini/tools.json").read_bytes())


@asynccontextmanager
async def gemini(
    directory: Path, respond: Callable[[Received], Script] = play, **changes: Any
) -> AsyncIterator[tuple[RunningGateway, Upstream]]:
    """A gateway before Gemini."""
    async with Upstream() as upstream:
        upstream.respond = respond
        url = upstream.url.removesuffix("/v1")
        fields = {"kind": "gemini", "dialects": NATIVE, "api_key": "AIza-own", **changes}
        target = provider("g", f"{url}/v1beta", **fields)
        async with running_gateway(directory, target) as gateway:
            yield gateway, upstream


def google(gateway: RunningGateway) -> AsyncClient:
    """Google's client, to be closed with `async with`."""
    address = gateway.url.removesuffix("/v1")
    options = types.HttpOptions(base_url=address)
    return genai.Client(api_key="client", http_options=options).aio


def last_turns(upstream: Upstream) -> Any:
    return json.loads(upstream.requests[-1].body)["contents"][1:]


RESULTS = [
    {"functionResponse": {"id": "a1b2c3d4", "name": "get_weather", "response": {"output": "sun"}}},
    {"functionResponse": {"id": "e5f6a7b8", "name": "get_time", "response": {"output": "noon"}}},
]


async def test_an_openai_client_plays_a_round_of_tools(tmp_path: Path) -> None:
    tools: Any = [{"type": "function", "function": {**TOOL, "parameters": CITY}}]
    async with (
        gemini(tmp_path) as (gateway, upstream),
        openai.AsyncOpenAI(base_url=gateway.url, api_key="k", max_retries=0) as client,
    ):
        told = await client.chat.completions.create(model="g/gemini-3-flash", messages=HI,
                                                    tools=tools)  # fmt: skip
        message = told.choices[0].message
        assert told.choices[0].finish_reason == "tool_calls"
        assert [call.id for call in message.tool_calls or []] == ["a1b2c3d4", "e5f6a7b8"]
        assert told.usage is not None
        assert told.usage.total_tokens == 214
        asked = upstream.requests[0]
        assert asked.target == b"/v1beta/models/gemini-3-flash:generateContent"
        assert asked.header("x-goog-api-key") == "AIza-own"
        assert asked.header("authorization") is None
        results = [
            {"role": "tool", "tool_call_id": "e5f6a7b8", "content": "noon"},
            {"role": "tool", "tool_call_id": "a1b2c3d4", "content": "sun"},
        ]
        again: Any = [*HI, message.model_dump(exclude_none=True), *results]
        await client.chat.completions.create(model="g/gemini-3-flash", messages=again, tools=tools)
        model, answered = last_turns(upstream)
        assert model["parts"][1]["thoughtSignature"] == SIGNATURE
        assert answered == {"role": "user", "parts": RESULTS}
        span = await gateway.span()
        assert (span.provider, span.model, span.usage.reasoning) == ("g", "gemini-3-flash", 84)


async def test_an_anthropic_client_streams_a_round_of_tools(tmp_path: Path) -> None:
    tools: Any = [{**TOOL, "input_schema": CITY}]
    async with (
        gemini(tmp_path) as (gateway, upstream),
        anthropic.AsyncAnthropic(
            base_url=gateway.url.removesuffix("/v1"), api_key="k", max_retries=0
        ) as client,
    ):
        ask: dict[str, Any] = {"model": "g/gemini-3-flash", "max_tokens": 50, "tools": tools}
        async with client.messages.stream(messages=HI, **ask) as stream:
            message = await stream.get_final_message()
        assert message.stop_reason == "tool_use"
        calls = [block for block in message.content if block.type == "tool_use"]
        assert [(call.name, call.input) for call in calls] == [
            ("get_weather", {"city": "Köln", "days": 2}),
            ("get_time", {}),
        ]
        assert (message.usage.input_tokens, message.usage.cache_read_input_tokens) == (32, 64)
        results = [
            {"type": "tool_result", "tool_use_id": call.id, "content": said}
            for call, said in zip(calls, ("sun", "noon"), strict=True)
        ]
        turn: Any = {"role": "assistant", "content": message.content}
        again: Any = [*HI, turn, {"role": "user", "content": results}]
        await client.messages.create(messages=again, **ask)
        model, answered = last_turns(upstream)
        # Anthropic's format has no signatures on calls.
        assert model["parts"][1]["thoughtSignature"] in (SIGNATURE, UNSIGNED_CALL)
        assert answered == {"role": "user", "parts": RESULTS}


async def test_googles_client_passes_through(tmp_path: Path) -> None:
    async with gemini(tmp_path) as (gateway, upstream), google(gateway) as client:
        whole = await client.models.generate_content(model="gemini-3-flash", contents="hi")
        assert whole.function_calls
        assert whole.function_calls[0].id == "a1b2c3d4"
        stream = await client.models.generate_content_stream(model="gemini-3-flash", contents="hi")
        signed = [
            part.thought_signature
            async for chunk in stream
            for candidate in chunk.candidates or []
            for part in (candidate.content and candidate.content.parts) or []
            if part.thought_signature
        ]
        assert len(signed) == 1
        vectors = await client.models.embed_content(model="gemini-embedding-001", contents="a")
        assert [one.values for one in vectors.embeddings or []] == [[0.5, 1.0]]
        assert [request.target for request in upstream.requests] == [
            b"/v1beta/models/gemini-3-flash:generateContent",
            b"/v1beta/models/gemini-3-flash:streamGenerateContent?alt=sse",
            b"/v1beta/models/gemini-embedding-001:batchEmbedContents",
        ]
        assert {request.header("x-goog-api-key") for request in upstream.requests} == {"AIza-own"}


async def test_googles_client_reaches_another_provider(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        target = provider("o", upstream.url)
        async with running_gateway(tmp_path, target) as gateway, google(gateway) as client:
            whole = await client.models.generate_content(
                model="gpt-x",
                contents="hi",
                config=types.GenerateContentConfig(system_instruction="be kind", temperature=0),
            )
            assert whole.text == "Hello there."
            assert whole.usage_metadata
            assert whole.usage_metadata.total_token_count == 12
            assert json.loads(upstream.requests[0].body)["messages"] == [
                {"role": "system", "content": "be kind"},
                {"role": "user", "content": "hi"},
            ]
            stream = await client.models.generate_content_stream(model="gpt-x", contents="hi")
            chunks = [chunk async for chunk in stream]
            assert "".join(chunk.text or "" for chunk in chunks) == "Hello there."
            last = chunks[-1].candidates
            assert last
            assert last[0].finish_reason == types.FinishReason.STOP


async def test_errors_go_both_ways(tmp_path: Path) -> None:
    body = (
        b'{"error":{"code":429,"message":"quota","status":"RESOURCE_EXHAUSTED","details":['
        b'{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1s"}]}}'
    )
    async with (
        gemini(tmp_path, lambda _: answers.answer(body, 429)) as (gateway, _),
        openai.AsyncOpenAI(base_url=gateway.url, api_key="k", max_retries=0) as client,
        google(gateway) as googles,
    ):
        with pytest.raises(openai.RateLimitError, match="quota"):
            await client.chat.completions.create(model="g/gemini-3-flash", messages=HI)
        with pytest.raises(errors.ClientError) as raised:
            await googles.models.generate_content(model="m", contents="hi")
        assert (raised.value.code, raised.value.status) == (429, "RESOURCE_EXHAUSTED")


async def test_a_stream_that_ends_in_an_error_is_no_answer(tmp_path: Path) -> None:
    first = b'data: {"candidates":[{"content":{"parts":[{"text":"Hi"}]},"index":0}]}\r\n\r\n'
    error = {"error": {"code": 503, "message": "overloaded", "status": "UNAVAILABLE"}}
    broken = answers.answer_in_pieces([first, b"data: %b\r\n\r\n" % json.dumps(error).encode()])
    async with (
        gemini(tmp_path, lambda _: broken) as (gateway, _),
        openai.AsyncOpenAI(base_url=gateway.url, api_key="k", max_retries=0) as client,
    ):
        stream = await client.chat.completions.create(
            model="g/gemini-3-flash", messages=HI, stream=True
        )
        with pytest.raises(openai.APIError, match="overloaded"):
            [chunk async for chunk in stream]
        assert (await gateway.span()).status == "error"


async def test_a_blocked_prompt_is_an_answer(tmp_path: Path) -> None:
    blocked = answers.answer((OWN / "gemini/blocked.json").read_bytes())
    async with (
        gemini(tmp_path, lambda _: blocked) as (gateway, _),
        openai.AsyncOpenAI(base_url=gateway.url, api_key="k", max_retries=0) as client,
    ):
        told = await client.chat.completions.create(model="g/gemini-3-flash", messages=HI)
        assert told.choices[0].finish_reason == "content_filter"


async def test_vertex_takes_a_token_that_the_gateway_fetches(tmp_path: Path) -> None:
    def respond(request: Received) -> Script:
        if request.path == "/token":
            return answers.answer(b'{"access_token":"ya29.made","expires_in":3600}')
        if request.header("authorization") != "Bearer ya29.made":
            return answers.answer(write_error(Fault(401, "who are you?")), 401)
        return play(request)

    async with Upstream() as upstream:
        upstream.respond = respond
        url = upstream.url.removesuffix("/v1")
        person = {"type": "authorized_user", "client_id": "c", "client_secret": "s",
                  "refresh_token": "r", "token_uri": f"{url}/token"}  # fmt: skip
        options = {
            "project": "p1",
            "location": "europe-west4",
            "credentials_json": json.dumps(person),
        }
        target = provider("v", f"{url}/v1", kind="vertex", dialects=("gemini",), options=options)
        async with (
            running_gateway(tmp_path, target) as gateway,
            openai.AsyncOpenAI(base_url=gateway.url, api_key="k", max_retries=0) as client,
        ):
            told = await client.chat.completions.create(model="v/gemini-3-flash", messages=HI)
            assert told.choices[0].message.content == "Let me look."
        place = b"/v1/projects/p1/locations/europe-west4/publishers/google/models"
        assert upstream.requests[-1].target == place + b"/gemini-3-flash:generateContent"
