"""Streams that end early, usage that is asked for, and objects that stay the client's own."""

import asyncio
import gc
import json
from typing import Any

import openai
import pytest

import vedette_sdk
from sdks.python.tests import talks
from sdks.python.tests.provider import SAID, Provider
from sdks.python.tests.started import Started
from vedette_sdk.current import CURRENT


def stream_of(provider: Provider, model: str = "gpt-4o", **more: Any) -> Any:
    return talks.openai_client(provider.url).chat.completions.create(
        model=model, messages=talks.MESSAGES, stream=True, **more
    )


def answer_of(said: dict[str, Any]) -> str:
    [answer] = json.loads(said["gen_ai.output.messages"])
    return "".join(part["content"] for part in answer["parts"])


def test_the_stream_is_the_clients_own_object(watched: Started, provider: Provider) -> None:
    stream = stream_of(provider)
    assert type(stream) is openai.Stream
    with stream:
        assert next(stream).choices[0].delta.role == "assistant"
        assert len(list(stream)) == 4
    assert "vedette.stream.abandoned" not in watched.said()


def test_a_dropped_stream_is_abandoned_and_holds_what_came(
    watched: Started, provider: Provider
) -> None:
    stream = stream_of(provider)
    for chunk in stream:
        if chunk.choices[0].delta.content:
            break
    del stream, chunk
    gc.collect()
    said = watched.said()
    assert said["vedette.stream.abandoned"] is True
    assert SAID.startswith(answer_of(said))
    assert "gen_ai.response.finish_reasons" not in said


def test_a_closed_stream_is_abandoned_though_it_is_still_held(
    watched: Started, provider: Provider
) -> None:
    stream = stream_of(provider)
    next(stream)
    stream.close()
    assert watched.said()["vedette.stream.abandoned"] is True


def test_an_anthropic_stream_that_is_left_early(watched: Started, provider: Provider) -> None:
    client = talks.anthropic_client(provider.url)
    with client.messages.stream(
        model="claude-of-ours", max_tokens=50, messages=talks.MESSAGES[1:]
    ) as stream:
        next(iter(stream.text_stream))
    del stream
    gc.collect()
    said = watched.said()
    assert said["vedette.stream.abandoned"] is True
    assert said["gen_ai.usage.input_tokens"] == 100, "the start of the stream tells it"


def test_an_async_stream_that_is_cancelled(watched: Started, provider: Provider) -> None:
    async def cancelled() -> None:
        async with talks.async_openai(provider.url) as client:
            stream = await client.chat.completions.create(
                model="gpt-4o", messages=talks.MESSAGES, stream=True
            )
            async for _ in stream:
                break
            await stream.close()

    asyncio.run(cancelled())
    assert watched.said()["vedette.stream.abandoned"] is True


def test_a_stream_that_breaks_off_is_an_error(watched: Started, provider: Provider) -> None:
    with pytest.raises(Exception, match=r"."):
        list(stream_of(provider, "cut-gpt"))
    span = watched.span()
    assert span["status"]["code"] == 2
    assert SAID.startswith(answer_of(span["attributes"]))


def test_a_stream_that_runs_when_the_sdk_ends_is_told_of(
    watched: Started, provider: Provider
) -> None:
    stream = stream_of(provider)
    next(stream)
    assert vedette_sdk.shutdown(20.0)
    [span] = watched.collector.spans()
    assert span["attributes"]["vedette.stream.abandoned"] is True
    assert len(list(stream)) == 4, "the stream itself goes on"


def test_usage_is_asked_for_and_the_extra_chunk_taken_out(sdk: Started, provider: Provider) -> None:
    sdk.start(include_usage=True)
    chunks = list(stream_of(provider))
    assert provider.requests[-1][2]["stream_options"] == {"include_usage": True}
    assert all(chunk.choices for chunk in chunks)
    assert sdk.said()["gen_ai.usage.output_tokens"] == 20


def test_a_usage_chunk_that_the_caller_asked_for_stays(sdk: Started, provider: Provider) -> None:
    sdk.start(include_usage=True)
    chunks = list(stream_of(provider, stream_options={"include_usage": True}))
    assert chunks[-1].usage.total_tokens == 120
    assert sdk.said()["gen_ai.usage.output_tokens"] == 20


def test_without_the_option_the_request_is_as_it_was(watched: Started, provider: Provider) -> None:
    list(stream_of(provider))
    assert "stream_options" not in provider.requests[-1][2]


def test_a_huge_stream_keeps_its_bound(sdk: Started, provider: Provider) -> None:
    sdk.start(privacy="full", max_text_chars=100, max_bytes=65_536)
    watch = CURRENT.watch
    assert watch is not None
    call = watch.begin("openai", lambda *_: None, {}, "chat", {})
    assert call is not None
    call.begin_stream()
    for _ in range(10_000):
        call.chunk("x" * 100, 100)
    assert call.chunks is not None
    assert sum(map(len, call.chunks)) <= watch.max_answer_bytes
    call.finish()
    assert sdk.said()["vedette.truncated"] is True


def test_what_the_caller_changes_afterwards_does_not_show(
    watched: Started, provider: Provider
) -> None:
    said = [dict(each) for each in talks.MESSAGES]
    client = talks.openai_client(provider.url)
    client.chat.completions.create(model="gpt-4o", messages=said)
    said[1]["content"] = "something else"
    said.append({"role": "user", "content": "more"})
    assert talks.QUESTION in watched.said()["gen_ai.input.messages"]
    assert "something else" not in watched.said()["gen_ai.input.messages"]
