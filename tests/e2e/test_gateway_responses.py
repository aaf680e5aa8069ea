"""The official OpenAI client speaks responses and completions to providers of other dialects."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import openai
import pytest
from openai import AsyncOpenAI

from tests.support import answers
from tests.support.answers import Cut, Script, Send
from tests.support.gateway import RunningGateway
from tests.support.recordings import streamed, whole
from tests.support.upstream import Received, Upstream
from tests.support.wire import pair

SSE = "text/event-stream"
PROVIDERS = {
    "anthropic": ("anthropic/tools", ["reasoning", "message", "function_call", "function_call"]),
    "openai_chat": ("openai_chat/tools", ["function_call", "function_call"]),
    "gemini": ("gemini/tools", ["message", "function_call", "function_call"]),
}
TOOL: Any = {
    "type": "function", "name": "weather", "parameters": {"type": "object", "properties": {}},
    "strict": False,
}  # fmt: skip


@asynccontextmanager
async def client_of(
    directory: Path, dialect: str
) -> AsyncIterator[tuple[AsyncOpenAI, Upstream, RunningGateway]]:
    kind = "openai" if dialect.startswith("openai") else dialect
    settings = {"kind": kind, "dialects": (dialect,), "api_key": "k"}
    async with pair(directory, provider_settings=settings) as (upstream, gateway):
        async with AsyncOpenAI(base_url=gateway.url, api_key="c", max_retries=0) as client:
            yield client, upstream, gateway


def tape(pair: str) -> Callable[[Received], Script]:
    def respond(received: Received) -> Script:
        if b'"stream":true' in received.body or "stream" in received.path:
            return answers.answer(streamed(pair), content_type=SSE)
        return answers.answer(whole(pair))

    return respond


def cut(body: bytes) -> Script:
    head = answers.response_head(200, SSE, (), framing="close", length=None)
    return (Send(head + body), Cut())


@pytest.mark.parametrize("dialect", sorted(PROVIDERS))
async def test_responses_of_other_providers(tmp_path: Path, dialect: str) -> None:
    pair_name, kinds = PROVIDERS[dialect]
    async with client_of(tmp_path, dialect) as (client, upstream, gateway):
        upstream.respond = tape(pair_name)
        async with client.responses.stream(
            model="a/m1", input="hi", instructions="be kind", tools=[TOOL]
        ) as stream:
            last = [event.type async for event in stream][-1]
            told = await stream.get_final_response()
        response = await client.responses.create(model="a/m1", input="hi", tools=[TOOL])
        spans = await gateway.spans.count(2)
    assert last == "response.completed"
    assert [item.type for item in told.output] == kinds
    assert [item.type for item in response.output] == kinds
    assert told.usage is not None
    assert told.usage == response.usage
    assert [span.usage.output_total for span in spans] == [told.usage.output_tokens] * 2


async def test_completions_of_other_providers(tmp_path: Path) -> None:
    async with client_of(tmp_path, "anthropic") as (client, upstream, _):
        upstream.respond = tape("anthropic/tools")
        completion = await client.completions.create(model="a/m1", prompt="hi")
        stream = await client.completions.create(model="a/m1", prompt="hi", stream=True)
        text = "".join([c.choices[0].text async for c in stream if c.choices])
    assert completion.choices[0].text == text
    assert text


async def test_what_no_other_provider_can_answer_is_refused(tmp_path: Path) -> None:
    async with client_of(tmp_path, "anthropic") as (client, upstream, _):
        with pytest.raises(openai.BadRequestError, match="previous_response_id") as raised:
            await client.responses.create(model="a/m1", input="hi", previous_response_id="r")
        assert raised.value.param == "previous_response_id"
        assert not upstream.requests


@pytest.mark.parametrize(
    ("dialect", "pair_name"),
    [("anthropic", "anthropic/tools"), ("openai_responses", "openai_responses/text")],
)
async def test_a_stream_that_breaks_off_is_raised(
    tmp_path: Path, dialect: str, pair_name: str
) -> None:
    body = streamed(pair_name)
    half = body[: body.rindex(b"\n\n", 0, len(body) // 2) + 2]
    async with client_of(tmp_path, dialect) as (client, upstream, gateway):
        upstream.respond = lambda _: cut(half)
        with pytest.raises(openai.APIError, match="broke off"):
            async with client.responses.stream(model="a/m1", input="hi") as stream:
                await stream.get_final_response()
        assert (await gateway.span()).status == "error"
