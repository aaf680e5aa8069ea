"""The official clients of Anthropic and of OpenAI, each at the other's providers."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anthropic
import openai
import pytest
from anthropic import AsyncAnthropic
from openai import AsyncOpenAI

from tests.support import answers
from tests.support.answers import Cut, Script, Send
from tests.support.gateway import RunningGateway
from tests.support.official import check_anthropic_request, check_chat_request
from tests.support.recordings import streamed, whole
from tests.support.upstream import Received, Upstream
from tests.support.wire import pair

SSE = "text/event-stream"
HI: Any = [{"role": "user", "content": "Hi"}]
WEATHER = {"type": "object", "properties": {"city": {"type": "string"}}}


@asynccontextmanager
async def provider_of(
    directory: Path, dialect: str
) -> AsyncIterator[tuple[Upstream, RunningGateway]]:
    kind = "anthropic" if dialect == "anthropic" else "openai"
    settings = {"kind": kind, "dialects": (dialect,), "api_key": "k"}
    async with pair(directory, provider_settings=settings) as (upstream, gateway):
        yield upstream, gateway


def claude(gateway: RunningGateway) -> AsyncAnthropic:
    url = gateway.url.removesuffix("/v1")
    return AsyncAnthropic(base_url=url, api_key="c", max_retries=0)


def gpt(gateway: RunningGateway) -> AsyncOpenAI:
    return AsyncOpenAI(base_url=gateway.url, api_key="c", max_retries=0)


def tape(name: str) -> Callable[[Received], Script]:
    def respond(received: Received) -> Script:
        if json.loads(received.body).get("stream"):
            return answers.answer(streamed(name), content_type=SSE)
        return answers.answer(whole(name))

    return respond


def sent(upstream: Upstream, index: int = -1) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(upstream.requests[index].body)
    return body


@pytest.mark.parametrize(
    ("name", "kinds", "reason"),
    [
        ("openai_chat/text", ["text"], "end_turn"),
        ("openai_chat/tools", ["tool_use", "tool_use"], "tool_use"),
        ("openai_chat/reasoning", ["thinking", "text"], "end_turn"),
        ("openai_chat/refusal", ["text"], "refusal"),
    ],
)
async def test_claudes_client_at_a_chat_provider(
    tmp_path: Path, name: str, kinds: list[str], reason: str
) -> None:
    async with provider_of(tmp_path, "openai_chat") as (upstream, gateway):
        upstream.respond = tape(name)
        async with claude(gateway) as client:
            asked: Any = {"model": "a/m1", "max_tokens": 99, "messages": HI}
            message = await client.messages.create(**asked)
            async with client.messages.stream(**asked) as stream:
                told = await stream.get_final_message()
        spans = await gateway.spans.count(2)
    assert [block.type for block in message.content] == kinds
    assert [block.to_dict() for block in told.content] == [
        block.to_dict() for block in message.content
    ]
    assert told.stop_reason == message.stop_reason == reason
    assert told.usage.output_tokens == message.usage.output_tokens > 0
    assert [span.usage.output_total for span in spans] == [told.usage.output_tokens] * 2
    check_chat_request(sent(upstream))
    assert sent(upstream)["stream_options"] == {"include_usage": True}
    assert upstream.requests[0].header("authorization") == "Bearer k"


async def test_the_chat_client_at_claude(tmp_path: Path) -> None:
    async with provider_of(tmp_path, "anthropic") as (upstream, gateway):
        upstream.respond = tape("anthropic/tools")
        tools: Any = [{"type": "function", "function": {"name": "weather", "parameters": WEATHER}}]
        async with gpt(gateway) as client:
            asked: Any = {
                "model": "a/claude-sonnet-4-5", "messages": HI, "tools": tools,
                "reasoning_effort": "low",
            }  # fmt: skip
            whole_one = await client.chat.completions.create(**asked)
            async with client.chat.completions.stream(
                **asked, stream_options={"include_usage": True}
            ) as stream:
                told = await stream.get_final_completion()
    completion: Any
    for completion in (whole_one, told):
        message = completion.choices[0].message
        assert message.content == "Let me look."
        assert message.reasoning_content == "I need the weather."
        assert message.reasoning_details[0]["signature"] == "vdt:anthropic:EqQBCg=="
        assert [(c.id, c.function.name, c.function.arguments) for c in message.tool_calls] == [
            ("toolu_1", "weather", '{"city": "Zürich"}')
            if completion is told
            else ("toolu_1", "weather", '{"city":"Zürich"}'),
            ("toolu_2", "now", "{}"),
        ]
        assert completion.choices[0].finish_reason == "tool_calls"
        assert completion.usage.prompt_tokens == 4 + 1163 + 20
        assert completion.usage.prompt_tokens_details.cached_tokens == 20
    check_anthropic_request(sent(upstream))
    assert sent(upstream)["max_tokens"] == 64_000
    assert sent(upstream)["thinking"] == {"type": "enabled", "budget_tokens": 1024}


async def test_thoughts_and_results_go_on_with_the_next_turn(tmp_path: Path) -> None:
    async with provider_of(tmp_path, "anthropic") as (upstream, gateway):
        upstream.respond = tape("anthropic/tools")
        tools: Any = [{"type": "function", "function": {"name": "weather", "parameters": WEATHER}}]
        async with gpt(gateway) as client:
            asked: Any = {
                "model": "a/claude-sonnet-4-5", "tools": tools, "reasoning_effort": "low",
            }  # fmt: skip
            first = await client.chat.completions.create(**asked, messages=HI)
            message: Any = first.choices[0].message
            results: list[Any] = [
                {"role": "tool", "tool_call_id": call.id, "content": "sunny"}
                for call in message.tool_calls
            ]
            said = message.model_dump(exclude_none=True)
            await client.chat.completions.create(**asked, messages=[*HI, said, *results])
    assert sent(upstream)["messages"] == [
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": json.loads(whole("anthropic/tools"))["content"]},
        {
            "role": "user",
            "content": [
                {"type": "tool_result", "tool_use_id": "toolu_1", "content": "sunny"},
                {"type": "tool_result", "tool_use_id": "toolu_2", "content": "sunny"},
            ],
        },
    ]
    assert sent(upstream)["thinking"]["type"] == "enabled"


async def test_a_reasoning_server_gets_its_thoughts_back(tmp_path: Path) -> None:
    async with provider_of(tmp_path, "openai_chat") as (upstream, gateway):
        upstream.respond = tape("openai_chat/reasoning")
        async with claude(gateway) as client:
            asked: Any = {"model": "a/deepseek-reasoner", "max_tokens": 99}
            async with client.messages.stream(**asked, messages=HI) as stream:
                said = (await stream.get_final_message()).to_param()
            await client.messages.create(**asked, messages=[*HI, said, *HI])
    message = json.loads(whole("openai_chat/reasoning"))["choices"][0]["message"]
    assert sent(upstream)["messages"][1] == {
        "role": "assistant",
        "content": message["content"],
        "reasoning_content": message["reasoning_content"],
    }


CACHED = {"cache_control": {"type": "ephemeral"}}
PIXEL = "iVBORw0KGgo="
CODING: dict[str, Any] = {
    "model": "a/m1",
    "max_tokens": 32_000,
    "stream": True,
    "system": [
        {"type": "text", "text": "You are a coding assistant."},
        {"type": "text", "text": "Here is the environment.", **CACHED},
    ],
    "messages": [
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "<system-reminder>be brief</system-reminder>"},
                {"type": "text", "text": "Look at a.png", **CACHED},
            ],
        },
        {"role": "system", "content": "The user opened a file."},
        {
            "role": "assistant",
            "content": [
                {
                    "type": "thinking",
                    "thinking": "I must read it.",
                    "signature": "vdt:openai_chat:",
                },
                {"type": "text", "text": "I'll look."},
                {"type": "tool_use", "id": "call_1", "name": "Read", "input": {"path": "a.png"}},
                {"type": "tool_use", "id": "call_2", "name": "Bash", "input": {}},
            ],
        },
        {
            "role": "user",
            "content": [
                {
                    "type": "tool_result",
                    "tool_use_id": "call_1",
                    "content": [
                        {
                            "type": "image",
                            "source": {"type": "base64", "media_type": "image/png", "data": PIXEL},
                        }
                    ],
                },
                {
                    "type": "tool_result",
                    "tool_use_id": "call_2",
                    "is_error": True,
                    "content": "<tool_use_error>no command</tool_use_error>",
                    **CACHED,
                },
            ],
        },
    ],
    "tools": [
        {"name": "Read", "description": "Read a file", "input_schema": WEATHER, **CACHED},
        {"name": "Bash", "input_schema": {"type": "object", "$schema": "x"}},
    ],
    "thinking": {"type": "adaptive", "display": "omitted"},
    "output_config": {"effort": "high"},
    "context_management": {"edits": [{"type": "clear_thinking_20251015"}]},
    "metadata": {"user_id": "user_" + "0" * 120},
}
"""What a coding agent sends in the middle of its work."""


async def test_a_coding_agent_at_a_chat_provider(tmp_path: Path) -> None:
    async with provider_of(tmp_path, "openai_chat") as (upstream, gateway):
        upstream.respond = tape("openai_chat/tools")
        async with claude(gateway) as client:
            fields = {n: v for n, v in CODING.items() if n not in ("stream", "context_management")}
            async with client.messages.stream(
                **fields, extra_body={"context_management": CODING["context_management"]},
                extra_query={"beta": "true"},
            ) as stream:  # fmt: skip
                told = await stream.get_final_message()
            counted = await client.messages.count_tokens(model="a/m1", messages=HI)
    assert told.stop_reason == "tool_use"
    assert counted.input_tokens > 0
    request = sent(upstream, 0)
    check_chat_request(request)
    image = {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{PIXEL}"}}
    assert request["messages"] == [
        {"role": "system", "content": "You are a coding assistant.\n\nHere is the environment."},
        {"role": "user", "content": "<system-reminder>be brief</system-reminder>\n\nLook at a.png"},
        {"role": "system", "content": "The user opened a file."},
        {
            "role": "assistant",
            "content": "I'll look.",
            "reasoning_content": "I must read it.",
            "tool_calls": [
                {
                    "id": "call_1",
                    "type": "function",
                    "function": {"name": "Read", "arguments": '{"path":"a.png"}'},
                },
                {
                    "id": "call_2",
                    "type": "function",
                    "function": {"name": "Bash", "arguments": "{}"},
                },
            ],
        },
        {"role": "tool", "tool_call_id": "call_1", "content": "The result follows."},
        {
            "role": "tool",
            "tool_call_id": "call_2",
            "content": "<tool_use_error>no command</tool_use_error>",
        },
        {
            "role": "user",
            "content": [{"type": "text", "text": "Of the result of call_1:"}, image],
        },
    ]
    assert [tool["function"]["name"] for tool in request["tools"]] == ["Read", "Bash"]
    assert request["reasoning_effort"] == "high"
    assert request.keys() == {
        "model", "messages", "tools", "reasoning_effort", "max_tokens", "stream", "stream_options",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, anthropic.BadRequestError), (401, anthropic.AuthenticationError),
        (404, anthropic.NotFoundError), (429, anthropic.RateLimitError),
        (503, anthropic.InternalServerError),
    ],
)  # fmt: skip
async def test_errors_of_a_chat_provider_are_claudes_to_its_client(
    tmp_path: Path, status: int, kind: type[anthropic.APIStatusError]
) -> None:
    async with provider_of(tmp_path, "openai_chat") as (upstream, gateway):
        upstream.respond = lambda _: answers.error(status, message="Not today.")
        async with claude(gateway) as client:
            with pytest.raises(kind) as raised:
                await client.messages.create(model="a/m1", max_tokens=9, messages=HI)
    assert raised.value.status_code == status
    assert raised.value.api_message == "Not today."
    assert raised.value.type is not None


@pytest.mark.parametrize(
    ("status", "type", "kind"),
    [
        (400, "invalid_request_error", openai.BadRequestError),
        (429, "rate_limit_error", openai.RateLimitError),
        (529, "overloaded_error", openai.InternalServerError),
    ],
)
async def test_errors_of_claude_are_openais_to_its_client(
    tmp_path: Path, status: int, type: str, kind: Any
) -> None:
    body = {"type": "error", "error": {"type": type, "message": "Not today."}}
    async with provider_of(tmp_path, "anthropic") as (upstream, gateway):
        upstream.respond = lambda _: answers.answer(json.dumps(body).encode(), status)
        async with gpt(gateway) as client:
            with pytest.raises(kind) as raised:
                await client.chat.completions.create(model="a/claude", messages=HI)
    assert (raised.value.status_code, raised.value.type) == (status, type)
    assert "Not today." in raised.value.message


def cut(body: bytes) -> Script:
    head = answers.response_head(200, SSE, (), framing="close", length=None)
    return (Send(head + body), Cut())


def half(name: str) -> bytes:
    body = streamed(name)
    return body[: body.rindex(b"\n\n", 0, len(body) // 2) + 2]


async def test_a_broken_stream_is_raised_by_either_client(tmp_path: Path) -> None:
    async with provider_of(tmp_path / "a", "openai_chat") as (upstream, gateway):
        upstream.respond = lambda _: cut(half("openai_chat/text"))
        async with claude(gateway) as client:
            with pytest.raises(anthropic.APIStatusError, match="broke off"):
                async with client.messages.stream(model="a/m", max_tokens=9, messages=HI) as stream:
                    await stream.get_final_message()
        assert (await gateway.span()).status == "error"
    async with provider_of(tmp_path / "b", "anthropic") as (upstream, gateway):
        upstream.respond = lambda _: cut(half("anthropic/tools"))
        async with gpt(gateway) as chat:
            with pytest.raises(openai.APIError, match="broke off"):
                async with chat.chat.completions.stream(model="a/m", messages=HI) as chunks:
                    await chunks.get_final_completion()


async def test_what_the_provider_cannot_answer_is_refused(tmp_path: Path) -> None:
    async with provider_of(tmp_path, "anthropic") as (upstream, gateway):
        async with gpt(gateway) as client:
            with pytest.raises(openai.BadRequestError, match="'n'") as raised:
                await client.chat.completions.create(model="a/claude", messages=HI, n=2)
        assert raised.value.param == "n"
        assert not upstream.requests
