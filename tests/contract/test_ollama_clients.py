"""What we write for clients of Ollama, taken by the official one; real recordings, read."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.answers import answer, answer_in_pieces
from tests.support.recordings import SharedTape, shared_tapes
from tests.support.upstream import Upstream
from vedette.dialects import ollama_chat, ollama_embeddings, ollama_generate, openai_chat
from vedette.dialects.assemble import assemble
from vedette.dialects.contract import Fault, WriteContext
from vedette.dialects.framing import NDJSONReader
from vedette.dialects.replay import replay
from vedette.model.chat import (
    Answer,
    ChatRequest,
    Message,
    ReasoningPart,
    TextPart,
    ToolCallPart,
)
from vedette.model.embedding import EmbeddingAnswer, EmbeddingRequest
from vedette.model.usage import Usage

ollama = pytest.importorskip("ollama")

CONTEXT = WriteContext(
    request=ChatRequest(model="m"), model="m", id="0" * 16, created_s=1_700_000_000
)
SAID = Answer(
    model="m",
    messages=(
        Message(
            "assistant",
            (
                ReasoningPart(content="hm", signature="s", source="anthropic"),
                TextPart(content="Grüße 🐻"),
                ToolCallPart(name="f", id="toolu_1", arguments={"a": [1]}),
                ToolCallPart(name="g", arguments="{oops"),
            ),
            finish_reason="tool_call",
        ),
    ),
    usage=Usage(input_uncached=3, cache_read=4, output_text=5, reasoning=6),
)


@pytest.fixture
async def upstream() -> AsyncIterator[Upstream]:
    async with Upstream() as running:
        yield running


@pytest.fixture
async def client(upstream: Upstream) -> AsyncIterator[Any]:
    async with ollama.AsyncClient(host=f"http://127.0.0.1:{upstream.port}") as official:
        yield official


def stream_of(module: Any) -> bytes:
    writer = module.StreamWriter(CONTEXT)
    return b"".join([*map(writer.write, replay(SAID)), writer.end()])


def check_calls(calls: Any) -> None:
    assert [(call.function.name, dict(call.function.arguments)) for call in calls] == [
        ("f", {"a": [1]}),
        ("g", {"_raw": "{oops"}),
    ]


async def test_a_chat(upstream: Upstream, client: Any) -> None:
    upstream.script(answer(ollama_chat.write_answer(SAID, CONTEXT)))
    said = await client.chat("m", [{"role": "user", "content": "hi"}])
    assert (said.message.content, said.message.thinking) == ("Grüße 🐻", "hm")
    assert (said.prompt_eval_count, said.eval_count, said.done_reason) == (7, 11, "stop")
    check_calls(said.message.tool_calls)


async def test_a_streamed_chat(upstream: Upstream, client: Any) -> None:
    lines = stream_of(ollama_chat).splitlines(keepends=True)
    upstream.script(answer_in_pieces(lines, content_type="application/x-ndjson"))
    stream = await client.chat("m", [{"role": "user", "content": "hi"}], stream=True)
    pieces = [piece async for piece in stream]
    assert "".join(piece.message.content or "" for piece in pieces) == "Grüße 🐻"
    assert "".join(piece.message.thinking or "" for piece in pieces) == "hm"
    check_calls([call for piece in pieces for call in piece.message.tool_calls or ()])
    assert [piece.done for piece in pieces] == [False] * (len(pieces) - 1) + [True]
    assert pieces[-1].eval_count == 11


async def test_a_completion(upstream: Upstream, client: Any) -> None:
    lines = stream_of(ollama_generate).splitlines(keepends=True)
    upstream.script(
        answer(ollama_generate.write_answer(SAID, CONTEXT)),
        answer_in_pieces(lines, content_type="application/x-ndjson"),
    )
    whole = await client.generate("m", "hi")
    assert (whole.response, whole.thinking) == ("Grüße 🐻", "hm")
    pieces = [piece async for piece in await client.generate("m", "hi", stream=True)]
    assert "".join(piece.response for piece in pieces) == "Grüße 🐻"


async def test_a_broken_stream_raises(upstream: Upstream, client: Any) -> None:
    writer = ollama_chat.StreamWriter(CONTEXT)
    first, *_ = map(writer.write, list(replay(SAID))[1:2])
    upstream.script(
        answer_in_pieces(
            [first, writer.error(Fault(502, "it broke off"))], content_type="application/x-ndjson"
        )
    )
    stream = await client.chat("m", [{"role": "user", "content": "hi"}], stream=True)
    with pytest.raises(ollama.ResponseError, match="it broke off"):
        [piece async for piece in stream]


async def test_an_error_raises(upstream: Upstream, client: Any) -> None:
    body = ollama_chat.write_error(Fault(404, "model 'm' not found", type="not_found_error"))
    upstream.script(answer(body, 404))
    with pytest.raises(ollama.ResponseError, match="model 'm' not found") as raised:
        await client.chat("m", [{"role": "user", "content": "hi"}])
    assert raised.value.status_code == 404


async def test_embeddings(upstream: Upstream, client: Any) -> None:
    vectors = EmbeddingAnswer(vectors=((0.5, 1.0), (2.0, 3.0)), usage=Usage(input_uncached=4))
    old = ollama_embeddings.read_embedding_request(b'{"model": "m", "prompt": "a"}')
    upstream.script(
        answer(ollama_embeddings.write_embedding_answer(vectors, EmbeddingRequest(model="m"))),
        answer(ollama_embeddings.write_embedding_answer(vectors, old)),
    )
    embedded = await client.embed("m", ["a", "b"])
    assert [list(vector) for vector in embedded.embeddings] == [[0.5, 1.0], [2.0, 3.0]]
    assert embedded.prompt_eval_count == 4
    assert list((await client.embeddings("m", "a")).embedding) == [0.5, 1.0]


async def test_what_the_client_sends_is_read_whole(upstream: Upstream, client: Any) -> None:
    upstream.script(answer(ollama_chat.write_answer(SAID, CONTEXT)))

    def look_up(city: str) -> str:
        """Say where a city is.

        Args:
          city: its name
        """
        return city

    first = ollama.ChatResponse(**json.loads(ollama_chat.write_answer(SAID, CONTEXT)))
    messages = [
        {"role": "user", "content": "hi", "images": [b"\x89PNG\r\n\x1a\n"]},
        first.message,
        {"role": "tool", "tool_name": "g", "content": "2"},
        {"role": "tool", "tool_name": "f", "content": "1"},
    ]
    await client.chat(
        "m", messages, tools=[look_up], think="low", format="json", options={"seed": 1}
    )
    request = ollama_chat.read_request(upstream.requests[0].body)
    assert request.unknown == {}
    assert not request.stream
    assert [tool.name for tool in request.tools] == ["look_up"]
    assert request.messages[0].parts[1].modality == "image"  # type: ignore[union-attr]
    ids = [
        getattr(part, "id", "")
        for message in request.messages
        for part in message.parts
        if not isinstance(part, TextPart | ReasoningPart)
    ]
    # The client forgets the ids it was given: here are new ones, and results find their calls.
    assert ids == ["", "call_0", "call_1", "call_1", "call_0"]


TAPES = [tape for tape in shared_tapes() if tape.provider == "ollama"]
MODULES = {"chat": ollama_chat, "generate": ollama_generate}


@pytest.mark.parametrize("tape", [t for t in TAPES if t.api in MODULES], ids=lambda tape: tape.name)
def test_recordings_are_read_and_translated(tape: SharedTape) -> None:
    module = MODULES[tape.api]
    if tape.streamed:
        reader = module.StreamReader()
        events = NDJSONReader().feed(tape.response)
        read = assemble(delta for event in events for delta in reader.read(event.data))
    else:
        read = module.read_answer(tape.response)
    figures = tape.usage or {}
    assert read.usage == Usage(
        input_uncached=figures.get("prompt_eval_count", 0), output_text=figures["eval_count"]
    )
    assert read.messages[0].parts
    request = module.read_request(tape.request)
    assert request.model
    assert request.stream is tape.streamed
    neutral = replace(read, messages=(replace(read.messages[0], finish_reason="stop"),))
    written = openai_chat.write_answer(neutral, replace(CONTEXT, request=request))
    assert openai_chat.read_answer(written).messages[0].parts == read.messages[0].parts


@pytest.mark.parametrize("tape", [t for t in TAPES if t.api == "embeddings"], ids=lambda t: t.name)
def test_recorded_embeddings_are_read(tape: SharedTape) -> None:
    read = ollama_embeddings.read_embedding_answer(tape.response)
    request = ollama_embeddings.read_embedding_request(tape.request)
    assert len(read.vectors) == len(request.inputs)
    assert ollama_embeddings.read_answer(tape.response).messages
