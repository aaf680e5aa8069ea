"""What clients ask for besides answers: vectors, counts, lists of models."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import ollama
import pytest
from anthropic import AsyncAnthropic
from google import genai
from google.genai import types
from openai import AsyncOpenAI

from tests.support.answers import answer
from tests.support.gateway import running_gateway
from tests.support.provided import SCENARIOS
from tests.support.providers import KINDS, answering, provider_of, settings_of
from tests.support.upstream import Upstream

TEXTS = ["one text", "and another"]
VECTORS = [[0.25, 0.5, -1.0], [0.0, 1.5, 0.125]]
Embed = Callable[[str, str], Coroutine[Any, Any, list[list[float]]]]


async def openai_embeds(root: str, model: str) -> list[list[float]]:
    async with AsyncOpenAI(base_url=f"{root}/v1", api_key="k", max_retries=0) as client:
        told = await client.embeddings.create(model=model, input=TEXTS)
        return [list(row.embedding) for row in told.data]


async def gemini_embeds(root: str, model: str) -> list[list[float]]:
    options = types.HttpOptions(base_url=root)
    async with genai.Client(api_key="k", http_options=options).aio as client:
        texts: Any = list(TEXTS)
        told = await client.models.embed_content(model=model, contents=texts)
        return [list(row.values or ()) for row in told.embeddings or ()]


async def ollama_embeds(root: str, model: str) -> list[list[float]]:
    async with ollama.AsyncClient(host=root) as client:
        told = await client.embed(model, TEXTS)
        return [list(row) for row in told.embeddings]


CLIENTS: dict[str, Embed] = {
    "openai": openai_embeds, "gemini": gemini_embeds, "ollama": ollama_embeds,
}  # fmt: skip
PROVIDERS: dict[str, tuple[str, str, str, Any]] = {
    "openai_embeddings": (
        "openai_chat", "e1", "/v1/embeddings",
        {
            "object": "list", "model": "e1", "usage": {"prompt_tokens": 5, "total_tokens": 5},
            "data": [
                {"object": "embedding", "index": index, "embedding": vector}
                for index, vector in enumerate(VECTORS)
            ],
        },
    ),
    "gemini_embeddings": (
        "gemini", "e1", "/models/e1:batchEmbedContents",
        {"embeddings": [{"values": vector} for vector in VECTORS]},
    ),
    "ollama_embeddings": (
        "ollama_chat", "e1", "/api/embed",
        {"model": "e1", "embeddings": VECTORS, "prompt_eval_count": 5},
    ),
    "bedrock_embeddings": (
        "bedrock", "cohere.embed-v4:0", "/model/cohere.embed-v4%3A0/invoke",
        {"embeddings": VECTORS, "response_type": "embeddings_floats"},
    ),
}  # fmt: skip
"""Dialect -> provider, model, path and answer."""


@pytest.mark.parametrize("dialect", PROVIDERS)
@pytest.mark.parametrize("client", CLIENTS)
async def test_vectors(tmp_path: Path, client: str, dialect: str) -> None:
    kind, model, path, told = PROVIDERS[dialect]
    async with Upstream() as upstream:
        settings = settings_of(kind, upstream, dialects=(dialect,))
        async with running_gateway(tmp_path, settings) as gateway:
            upstream.respond = lambda _: answer(json.dumps(told).encode())
            found = await CLIENTS[client](gateway.url.removesuffix("/v1"), model)
            assert found == VECTORS
            request = await upstream.received()
            assert request.path == path
            assert all(text.encode() in request.body for text in TEXTS)
            span = await gateway.span()
            assert (span.kind, span.status) == ("embedding", "ok")


HI: Any = [{"role": "user", "content": "How many tokens are these?"}]


@pytest.mark.parametrize("dialect", KINDS)
async def test_counts_for_clients_of_anthropic(tmp_path: Path, dialect: str) -> None:
    async with provider_of(tmp_path, dialect) as (upstream, _, root):
        upstream.respond = lambda _: answer(b'{"input_tokens":1234}')
        async with AsyncAnthropic(base_url=root, api_key="k", max_retries=0) as client:
            told = await client.messages.count_tokens(model="m1", messages=HI)
        if dialect == "anthropic":
            assert told.input_tokens == 1234
        else:
            assert 5 <= told.input_tokens <= 20, "an estimate"
            assert not upstream.requests, "nobody else has a counter to ask"


@pytest.mark.parametrize("dialect", KINDS)
async def test_counts_for_clients_of_gemini(tmp_path: Path, dialect: str) -> None:
    async with provider_of(tmp_path, dialect) as (upstream, _, root):
        upstream.respond = lambda _: answer(b'{"totalTokens":1234}')
        options = types.HttpOptions(base_url=root)
        async with genai.Client(api_key="k", http_options=options).aio as client:
            told = await client.models.count_tokens(model="m1", contents=HI[0]["content"])
        assert told.total_tokens is not None
        if dialect == "gemini":
            assert told.total_tokens == 1234
        else:
            assert 5 <= told.total_tokens <= 20


async def test_lists_of_models(tmp_path: Path) -> None:
    async with provider_of(tmp_path, "openai_chat") as (upstream, _, root):
        listed = {"object": "list", "data": [{"id": "m1", "object": "model", "created": 1}]}
        upstream.respond = lambda _: answer(json.dumps(listed).encode())
        async with AsyncOpenAI(base_url=f"{root}/v1", api_key="k") as openai:
            assert [model.id async for model in openai.models.list()] == ["m1"]
        async with AsyncAnthropic(base_url=root, api_key="k") as anthropic:
            assert [model.id async for model in anthropic.models.list()] == ["m1"]
        options = types.HttpOptions(base_url=root)
        async with genai.Client(api_key="k", http_options=options).aio as google:
            names = [model.name async for model in await google.models.list()]
            assert names == ["models/m1"]
        async with ollama.AsyncClient(host=root) as client:
            assert [model.model for model in (await client.list()).models] == ["m1"]
            assert (await client.show("m1")).capabilities


async def test_the_blocking_client_of_google(tmp_path: Path) -> None:
    """The other face of the same client, and its chats."""
    said = SCENARIOS["text"]

    def talk(root: str) -> tuple[str | None, str]:
        with genai.Client(
            api_key="k", http_options=types.HttpOptions(base_url=root)
        ) as client:  # fmt: skip
            chat = client.chats.create(model="m1")
            whole = chat.send_message("hi").text
            pieces = [piece.text or "" for piece in chat.send_message_stream("again")]
        return whole, "".join(pieces)

    async with provider_of(tmp_path, "anthropic") as (upstream, _, root):
        upstream.respond = answering("anthropic", said)
        assert await asyncio.to_thread(talk, root) == (said.text, said.text)
        sent = json.loads((await upstream.received(2)).body)["messages"]
        assert [message["role"] for message in sent] == ["user", "assistant", "user"]
