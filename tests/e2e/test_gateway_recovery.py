"""A stream that breaks off in the middle, and what the client reads of it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import openai
import pytest

from tests.support.answers import (
    Script,
    chat_events,
    chat_stream,
    cut_after,
    delayed,
    error,
    reset_after,
    stalled_after,
)
from tests.support.gateway import RunningGateway, route, running_gateway
from tests.support.gateway import provider as settings
from tests.support.upstream import Received, Upstream
from tests.support.wire import call, chat

WORDS = "The quick brown fox jumps over the lazy dog and rests for a while .".split()
TEXT = " ".join(WORDS)
BREAKS = [cut_after, reset_after, stalled_after]


def words(*said: str) -> list[str]:
    return [said[0], *(f" {word}" for word in said[1:])]


def breaks_off(how: Any, count: int) -> Script:
    """A stream of all words that breaks after `count` of them."""
    whole = chat_stream(words(*WORDS))
    wanted = b'"content": "%s"' % (b" " + WORDS[count].encode())
    sent = b"".join(getattr(step, "data", b"") for step in whole)
    at = sent.find(wanted.replace(b": ", b":"))
    at = at if at >= 0 else sent.find(wanted)
    assert at > 0
    script: Script = how(whole, sent.rfind(b"data: ", 0, at))
    return script


@asynccontextmanager
async def two(
    tmp_path: Path, kind: str = "openai", **changes: object
) -> AsyncIterator[tuple[Upstream, Upstream, RunningGateway]]:
    async with Upstream() as one, Upstream() as other:
        routes = [route("fast", ("a", "m1"), ("b", "m2"), **changes)]
        providers = [settings("a", one.url), settings("b", other.url, kind=kind)]
        async with running_gateway(tmp_path, *providers, routes=routes) as gateway:
            yield one, other, gateway


async def read(gateway: RunningGateway) -> tuple[str, list[Any]]:
    """The text and the chunks that the official client reads."""
    async with openai.AsyncOpenAI(base_url=gateway.url, api_key="k", max_retries=0) as client:
        stream = await client.chat.completions.create(
            model="fast", messages=[{"role": "user", "content": "Tell."}], stream=True
        )
        chunks = [chunk async for chunk in stream]
    text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    return text, chunks


def delivered(request: Received) -> str:
    """What the second provider is told that the client has."""
    messages = json.loads(request.body)["messages"]
    said: list[str] = [m["content"] for m in messages if m["role"] == "assistant"]
    return said[0]


@pytest.mark.parametrize("how", BREAKS)
@pytest.mark.parametrize("count", [1, 5, 12])
@pytest.mark.parametrize("kind", ["openai", "vllm"])
async def test_the_next_target_goes_on(tmp_path: Path, how: Any, count: int, kind: str) -> None:
    async with two(tmp_path, kind, on_break="continue") as (one, other, gateway):
        one.script(breaks_off(how, count))
        other.script(chat_stream([f" {word}" for word in WORDS[count:]]))
        text, chunks = await read(gateway)
        assert text == TEXT
        assert len({chunk.id for chunk in chunks}) == 1, "one answer to the client"
        assert chunks[-1].choices[0].finish_reason == "stop"
        asked = json.loads(other.requests[0].body)
        assert delivered(other.requests[0]) == " ".join(WORDS[:count])
        assert (asked["messages"][-1]["role"] == "assistant") is (kind == "vllm")
        assert asked.get("continue_final_message", False) is (kind == "vllm")
        span = await gateway.span()
        assert span.status == "ok"
        attributes = span.payload.attributes
        assert attributes["vedette.splice.mode"] == "continue"
        assert attributes["vedette.splice.targets"] == "a/m1 -> b/m2"
        assert [attempt.error != "" for attempt in span.payload.attempts] == [True, False]
        assert span.usage.estimated, "nobody told what the first answer cost"


@pytest.mark.parametrize("again", [1, 2])
async def test_words_that_are_said_again_are_not_doubled(tmp_path: Path, again: int) -> None:
    async with two(tmp_path, on_break="continue") as (one, other, gateway):
        one.script(breaks_off(cut_after, 6))
        other.script(chat_stream(words(*WORDS[6 - again :])))
        text, _ = await read(gateway)
        assert text == TEXT


async def test_the_first_token_is_the_first_answer_s(tmp_path: Path) -> None:
    async with two(tmp_path, on_break="continue") as (one, other, gateway):
        one.script(breaks_off(cut_after, 6))
        other.script(delayed(chat_stream(words(*WORDS[6:])), 1.0))
        await read(gateway)
        span = await gateway.span()
    assert span.ttft_ms is not None
    assert span.ttft_ms < 1_000


async def test_a_message_of_its_own_gets_its_blank(tmp_path: Path) -> None:
    async with two(tmp_path, on_break="continue") as (one, other, gateway):
        one.script(breaks_off(cut_after, 6))
        other.script(chat_stream(words(*WORDS[6:])))
        text, _ = await read(gateway)
        assert text == TEXT


@pytest.mark.parametrize("how", BREAKS)
async def test_a_fresh_answer_goes_on_where_the_first_stopped(tmp_path: Path, how: Any) -> None:
    async with two(tmp_path, on_break="restart") as (one, other, gateway):
        one.script(breaks_off(how, 7))
        other.script(chat_stream(words(*WORDS)))
        text, _ = await read(gateway)
        assert text == TEXT
        asked = json.loads(other.requests[0].body)
        assert [message["role"] for message in asked["messages"]] == ["user"]


async def test_by_default_a_broken_stream_ends_in_an_error(tmp_path: Path) -> None:
    async with two(tmp_path) as (one, other, gateway):
        one.script(breaks_off(cut_after, 5))
        with pytest.raises(openai.APIError):
            await read(gateway)
        assert other.requests == []
        assert (await gateway.span()).status == "error"


async def test_until_it_breaks_the_bytes_are_the_providers(tmp_path: Path) -> None:
    async with two(tmp_path, on_break="continue") as (one, _, gateway):
        one.script(chat_stream(words(*WORDS), usage=True))
        asks = {"include_usage": True}
        answered = await call(gateway, chat("fast", stream=True, stream_options=asks))
        assert answered.body == b"".join(chat_events(words(*WORDS), usage=True))


async def test_what_was_spliced_is_told_behind_the_answer(tmp_path: Path) -> None:
    async with two(tmp_path, on_break="continue") as (one, other, gateway):
        one.script(breaks_off(cut_after, 5))
        other.script(chat_stream([f" {word}" for word in WORDS[5:]]))
        answered = await call(gateway, chat("fast", stream=True))
        body, _, trailer = answered.body.partition(b"event: vedette.splice\ndata: ")
        assert body.endswith(b"data: [DONE]\n\n")
        splice = json.loads(trailer)["splices"][0]
        assert splice["mode"] == "continue"
        assert splice["at_characters"] == len(" ".join(WORDS[:5]))


async def test_when_nobody_can_go_on_the_client_is_told(tmp_path: Path) -> None:
    async with two(tmp_path, on_break="continue", retries=0) as (one, other, gateway):
        one.script(breaks_off(cut_after, 5))
        other.script(error(500))
        answered = await call(gateway, chat("fast", stream=True))
        assert b'"error"' in answered.body
        assert b"[DONE]" not in answered.body
        assert (await gateway.span()).status == "error"


async def test_it_may_break_twice(tmp_path: Path) -> None:
    async with two(tmp_path, on_break="continue", retries=2) as (one, other, gateway):
        one.script(breaks_off(cut_after, 4), chat_stream([f" {word}" for word in WORDS[9:]]))
        second = chat_stream([f" {word}" for word in WORDS[4:]])
        sent = b"".join(getattr(step, "data", b"") for step in second)
        at = sent.find(WORDS[9].encode(), sent.find(WORDS[8].encode()))
        other.script(cut_after(second, sent.rfind(b"data: ", 0, at)))
        text, _ = await read(gateway)
        assert text == TEXT
