"""Ollama on both sides of the gateway: its own client in front, its own server behind."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import ollama
import openai
import pytest

from tests.support import answers
from tests.support.answers import Script
from tests.support.gateway import OPENAI, RunningGateway, provider, running_gateway
from tests.support.upstream import Received, Upstream

NATIVE = ("ollama_chat", "ollama_generate", "ollama_embeddings")
HI: Any = [{"role": "user", "content": "hi"}]
NDJSON = "application/x-ndjson"
FIGURES = {"done": True, "done_reason": "stop", "prompt_eval_count": 7, "eval_count": 3}


def line(**fields: Any) -> bytes:
    return json.dumps({"model": "m", "created_at": "2026-01-01T00:00:00Z", **fields}).encode()


def play(request: Received) -> Script:
    """What Ollama says at each of its paths."""
    body = json.loads(request.body) if request.body else {}
    match request.path:
        case "/api/chat":
            said: dict[str, Any] = {"role": "assistant", "content": "Hello", "thinking": "hm"}
            call = {"function": {"name": "look_up", "arguments": {"city": "Rome"}}}
            if body.get("tools") and len(body["messages"]) == 1:
                said = {**said, "tool_calls": [call]}
            if body.get("stream") is not False:
                pieces = [
                    line(message=said, done=False),
                    line(message={**said, **EMPTY}, **FIGURES),
                ]
                return stream(pieces)
            return answers.answer(line(message=said, **FIGURES))
        case "/api/generate":
            if body.get("stream") is not False:
                return stream([line(response="Hello", done=False), line(response="", **FIGURES)])
            return answers.answer(line(response="Hello", **FIGURES))
        case "/api/embed":
            return answers.answer(b'{"model":"m","embeddings":[[0.5,1.0]],"prompt_eval_count":2}')
        case "/v1/models":
            return answers.answer(b'{"object":"list","data":[{"id":"m","object":"model"}]}')
    return answers.answer(b'{"error":"not found"}', 404)


EMPTY = {"content": "", "thinking": "", "tool_calls": []}


def stream(lines: list[bytes]) -> Script:
    return answers.answer_in_pieces([each + b"\n" for each in lines], content_type=NDJSON)


@asynccontextmanager
async def before(
    directory: Path, kind: str, respond: Callable[[Received], Script] | None, **changes: Any
) -> AsyncIterator[tuple[RunningGateway, Upstream, Any]]:
    """A gateway before one upstream, and Ollama's client pointed at it."""
    async with Upstream() as upstream:
        if respond:
            upstream.respond = respond
        url = upstream.url.removesuffix("/v1") if kind == "ollama" else upstream.url
        target = provider("p", url, kind=kind, **changes)
        async with running_gateway(directory, target) as gateway:
            host = gateway.url.removesuffix("/v1")
            async with ollama.AsyncClient(host=host) as client:
                yield gateway, upstream, client


def local(directory: Path, **changes: Any) -> Any:
    fields = {"dialects": NATIVE, "auth": "none", **changes}
    return before(directory, "ollama", play, **fields)


async def test_its_own_client_passes_through(tmp_path: Path) -> None:
    async with local(tmp_path) as (gateway, upstream, client):
        said = await client.chat("m", HI)
        assert (said.message.content, said.message.thinking) == ("Hello", "hm")
        pieces = [piece async for piece in await client.chat("m", HI, stream=True)]
        assert [piece.done for piece in pieces] == [False, True]
        assert (await client.generate("m", "hi")).response == "Hello"
        words = [piece.response async for piece in await client.generate("m", "hi", stream=True)]
        assert words == ["Hello", ""]
        assert [list(each) for each in (await client.embed("m", "a")).embeddings] == [[0.5, 1.0]]
        spans = await gateway.spans.count(5)
        paths = [request.path for request in upstream.requests if "api" in request.path]
        assert paths == ["/api/chat"] * 2 + ["/api/generate"] * 2 + ["/api/embed"]
        for span in spans[:4]:
            assert span.usage is not None
            assert (span.usage.input_uncached, span.usage.output_text) == (7, 3)
        assert spans[4].usage is not None
        assert spans[4].usage.input_uncached == 2


async def test_its_own_client_reaches_another_vendor(tmp_path: Path) -> None:
    async with before(tmp_path, "openai", None, dialects=OPENAI) as (_, upstream, client):
        said = await client.chat("m", HI, options={"temperature": 0.5, "num_predict": 9})
        assert said.message.content == "Hello there."
        assert said.done_reason == "stop"
        assert said.eval_count
        sent = json.loads(upstream.requests[-1].body)
        assert upstream.requests[-1].path == "/v1/chat/completions"
        assert (sent["temperature"], sent["model"]) == (0.5, "m")
        pieces = [piece async for piece in await client.chat("m", HI, stream=True)]
        assert "".join(piece.message.content for piece in pieces) == "Hello there."
        assert pieces[-1].done
        assert (await client.generate("m", "hi")).response == "Hello there."
        words = [piece.response async for piece in await client.generate("m", "hi", stream=True)]
        assert "".join(words) == "Hello there."
        assert len((await client.embed("m", ["a"])).embeddings) == 1


async def test_its_own_client_sees_the_models_of_the_gateway(tmp_path: Path) -> None:
    async with before(tmp_path, "openai", None, dialects=OPENAI) as (_, _, client):
        names = [model.model for model in (await client.list()).models]
        assert names
        assert (await client.show(names[0])).capabilities


async def test_an_unknown_model_is_an_error_that_the_client_knows(tmp_path: Path) -> None:
    async with local(tmp_path) as (_, upstream, client):
        upstream.script(answers.answer(b'{"error":"model \'x\' not found"}', 404))
        with pytest.raises(ollama.ResponseError, match="'x' not found") as raised:
            await client.chat("x", HI)
        assert raised.value.status_code == 404


async def test_a_stream_that_breaks_off_ends_in_an_error(tmp_path: Path) -> None:
    async with before(tmp_path, "openai", None, dialects=OPENAI) as (_, upstream, client):
        upstream.script(answers.cut_after(answers.chat_stream(["Hel", "lo"]), 400))
        with pytest.raises(ollama.ResponseError):
            [piece async for piece in await client.chat("m", HI, stream=True)]


async def test_an_openai_client_plays_a_round_of_tools(tmp_path: Path) -> None:
    function = {"name": "look_up", "description": "d", "parameters": {"type": "object"}}
    async with (
        local(tmp_path) as (gateway, upstream, _),
        openai.AsyncOpenAI(base_url=gateway.url, api_key="k", max_retries=0) as client,
    ):
        tools: Any = [{"type": "function", "function": function}]
        told = await client.chat.completions.create(model="m", messages=HI, tools=tools)
        assert told.choices[0].finish_reason == "tool_calls"
        calls: Any = told.choices[0].message.tool_calls
        (call,) = calls
        assert json.loads(call.function.arguments) == {"city": "Rome"}
        result = {"role": "tool", "tool_call_id": call.id, "content": "41.9"}
        turns: Any = [*HI, told.choices[0].message.model_dump(exclude_none=True), result]
        stream = await client.chat.completions.create(
            model="m", messages=turns, tools=tools, stream=True
        )
        chunks = [chunk async for chunk in stream if chunk.choices]
        assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == "Hello"
        assert chunks[-1].choices[0].finish_reason == "stop"
        last = json.loads(upstream.requests[-1].body)
        assert upstream.requests[-1].path == "/api/chat"
        assert last["stream"] is True
        assert last["messages"][-1] == {
            "role": "tool", "tool_name": "look_up", "tool_call_id": call.id, "content": "41.9",
        }  # fmt: skip
        vectors = await client.embeddings.create(model="m", input="a", encoding_format="float")
        assert vectors.data[0].embedding == [0.5, 1.0]
