"""Counts that nobody is asked for."""

import json
from pathlib import Path

import pytest

from tests.support.calls import asks as asking
from tests.support.calls import exchange
from tests.support.gateway import provider, running_gateway
from tests.support.upstream import Upstream
from tests.support.wire import call
from vedette.costs.tokenizers import find_tokenizer
from vedette.dialects import anthropic
from vedette.gateway.counting import count_tokens, estimate
from vedette.model.chat import ChatRequest, Message, TextPart


def asks(text: str) -> ChatRequest:
    return ChatRequest(model="m", messages=(Message("user", (TextPart(content=text),)),))


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("The quick brown fox jumps over the lazy dog. " * 100, 900, 1250),
        ("\u4eca\u5929\u5929\u6c14\u5f88\u597d\u3002" * 100, 500, 800),
        ("", 1, 8),
    ],
)
def test_estimates_are_near(text: str, least: int, most: int) -> None:
    assert least <= count_tokens(asks(text)) <= most


def test_what_a_stream_used_is_estimated_from_its_words() -> None:
    """Not from the JSON around them, nor from the base64 of a picture."""
    picture = {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{'A' * 900_000}"}}
    for one, least, most in [
        (asking("Name a fruit.", system="You are a helpful assistant."), 18, 30),
        (asking("", messages=[{"role": "user", "content": [picture]}]), 500, 2_000),
    ]:
        one.request_bytes = len(one.body)
        used = estimate(one, 7)
        assert least <= used.input_total <= most
        assert (used.output_total, used.estimated) == (7, True)


def test_what_is_no_chat_is_estimated_from_its_size() -> None:
    one = exchange()
    one.request_bytes = 400
    assert estimate(one, 0).input_total == 100
    one.request_bytes = 1
    assert estimate(one, 0).input_total == 1


def test_everything_counts() -> None:
    plain = {"model": "m", "messages": [{"role": "user", "content": "Hi"}]}
    image = {"type": "image", "source": {"type": "url", "url": "https://e.com/a.png"}}
    richer = [
        {**plain, "system": "You are terse."},
        {**plain, "tools": [{"name": "f", "input_schema": {"type": "object"}}]},
        {**plain, "messages": [{"role": "user", "content": [image]}]},
        {**plain, "messages": [*plain["messages"], {"role": "assistant", "content": [
            {"type": "tool_use", "id": "t", "name": "f", "input": {"a": 1}}]}]},
    ]  # fmt: skip
    least = count_tokens(anthropic.read_request(json.dumps(plain).encode()))
    for body in richer:
        assert count_tokens(anthropic.read_request(json.dumps(body).encode())) > least


@pytest.mark.skipif(find_tokenizer("gpt-4o") is None, reason="the extra `tokens` is not installed")
def test_what_openai_counted_is_met() -> None:
    """Recorded calls of one and of several messages, and what OpenAI said of their length."""
    for texts, prompt_tokens in (
        ([("user", "Say Hello World as a joke")], 13),
        ([("system", "You are a helpful assistant."), ("user", "Hello!")], 19),
    ):
        said = tuple(Message(role, (TextPart(content=text),)) for role, text in texts)
        request = ChatRequest(model="gpt-4o", messages=said)
        assert abs(count_tokens(request, find_tokenizer("gpt-4o")) - prompt_tokens) <= 1


async def test_a_client_of_anthropic_gets_a_count_from_any_provider(tmp_path: Path) -> None:
    body = {"model": "a/m", "messages": [{"role": "user", "content": "Hello there, you."}]}
    async with (
        Upstream() as upstream,
        running_gateway(tmp_path, provider("a", upstream.url)) as gateway,
    ):
        answered = await call(gateway, body, "/v1/messages/count_tokens")
        assert 4 <= json.loads(answered.body)["input_tokens"] <= 20
        assert answered.header("x-vedette-estimated") == "true"
        assert upstream.requests == []


async def test_who_can_count_is_asked(tmp_path: Path) -> None:
    body = {"model": "a/m", "messages": [{"role": "user", "content": "Hi"}]}
    async with Upstream() as upstream:
        native = provider("a", upstream.url, kind="anthropic", dialects=("anthropic",))
        async with running_gateway(tmp_path, native) as gateway:
            await call(gateway, body, "/v1/messages/count_tokens")
            assert upstream.requests[0].path == "/v1/messages/count_tokens"
