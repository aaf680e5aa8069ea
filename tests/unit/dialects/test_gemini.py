"""The Gemini dialect as a whole: with Google's client, between other dialects, on real tapes."""

import json
from typing import Any

import pytest
from google import genai
from google.genai import errors, types
from google.genai.client import AsyncClient

from tests.support import answers
from tests.support.recordings import OWN, SharedTape, shared_tapes, streamed
from tests.support.upstream import Upstream
from vedette.dialects import gemini
from vedette.dialects.assemble import assemble
from vedette.dialects.contract import Fault, WriteContext
from vedette.dialects.framing import SSEReader
from vedette.dialects.gemini import ArrayWriter, StreamReader, StreamWriter, read_answer
from vedette.dialects.registry import CODECS
from vedette.model.chat import (
    Answer,
    ChatRequest,
    Delta,
    ReasoningDelta,
    ReasoningPart,
    Start,
    Stop,
    TextDelta,
    TextPart,
    ToolArguments,
    ToolCallPart,
    ToolEnd,
    ToolResultPart,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage

CONTEXT = WriteContext(
    request=ChatRequest(model="asked"), model="asked", id="00000000000000ab", created_s=1
)
DELTAS: tuple[Delta, ...] = (
    Start("msg_1", "claude-x"),
    ReasoningDelta("Weighing", signature="sig==", source="anthropic"),
    TextDelta("Let me "),
    TextDelta("look."),
    ToolStart(0, "toolu_1", "get_weather"),
    ToolArguments(0, '{"city":'),
    ToolArguments(0, '"Köln"}'),
    ToolEnd(0),
    Stop("tool_call"),
    UsageDelta(Usage(input_uncached=10, cache_read=5, output_text=7, reasoning=3)),
)


def client(upstream: Upstream) -> AsyncClient:
    """Google's client, to be closed with `async with`."""
    options = types.HttpOptions(base_url=upstream.url.removesuffix("/v1"))
    return genai.Client(api_key="k", http_options=options).aio


def events(*deltas: Delta) -> bytes:
    writer = StreamWriter(CONTEXT)
    return b"".join(map(writer.write, deltas)) + writer.end()


async def test_googles_client_takes_a_stream_and_sends_its_turn_back() -> None:
    """The whole loop of tools: what the client keeps of our stream comes back unharmed."""
    async with Upstream() as upstream, client(upstream) as google:
        upstream.script(
            answers.answer_in_pieces([events(*DELTAS)]),
            answers.answer_in_pieces([events(Start("msg_2", "claude-x"), TextDelta("Sunny."))]),
        )
        chat = google.chats.create(model="gemini-any")
        chunks = [chunk async for chunk in await chat.send_message_stream("Weather in Köln?")]
        call = types.FunctionCall(id="toolu_1", name="get_weather", args={"city": "Köln"})
        assert [c for chunk in chunks for c in chunk.function_calls or []] == [call]
        assert chunks[-1].candidates
        assert chunks[-1].usage_metadata
        assert chunks[-1].candidates[0].finish_reason == types.FinishReason.STOP
        assert chunks[-1].usage_metadata.total_token_count == 25
        assert chunks[-1].response_id == "msg_1"
        result = types.Part.from_function_response(name="get_weather", response={"output": "sun"})
        told = [chunk.text async for chunk in await chat.send_message_stream(result)]
        assert "".join(text or "" for text in told) == "Sunny."
        request = gemini.read_request(upstream.requests[1].body)
    turn = [part for message in request.messages for part in message.parts]
    assert ReasoningPart(content="Weighing", signature="sig==", source="anthropic") in turn
    assert ToolCallPart(id="toolu_1", name="get_weather", arguments={"city": "Köln"}) in turn
    assert ToolResultPart(id="toolu_1", name="get_weather", result="sun") in turn


async def test_googles_client_takes_a_whole_answer() -> None:
    answer = assemble(DELTAS)
    async with Upstream() as upstream, client(upstream) as google:
        upstream.script(answers.answer(gemini.write_answer(answer, CONTEXT)))
        response = await google.models.generate_content(
            model="gemini-any",
            contents="hi",
            config=types.GenerateContentConfig(
                system_instruction="be kind",
                max_output_tokens=5,
                stop_sequences=["x"],
                response_mime_type="application/json",
                response_json_schema={"type": "object"},
                thinking_config=types.ThinkingConfig(thinking_budget=0),
                tools=[types.Tool(google_search=types.GoogleSearch())],
            ),
        )
        request = gemini.read_request(upstream.requests[0].body)
    assert response.function_calls
    assert response.function_calls[0].name == "get_weather"
    assert request.settings == {"max_tokens": 5, "stop_sequences": ["x"]}
    assert request.reasoning is not None
    assert request.reasoning.enabled is False
    assert request.output_format is not None
    assert request.output_format.kind == "json_schema"
    assert [tool.built_in for tool in request.tools] == ["googleSearch"]
    assert [message.role for message in request.messages] == ["system", "user"]


async def test_googles_client_raises_our_errors() -> None:
    fault = Fault(529, "busy", "overloaded_error")
    broken = StreamWriter(CONTEXT)
    cut = broken.write(TextDelta("Hi")) + broken.error(Fault(503, "broke off"))
    async with Upstream() as upstream, client(upstream) as google:
        upstream.script(
            answers.answer(gemini.write_error(fault), 529), answers.answer_in_pieces([cut])
        )
        with pytest.raises(errors.ServerError) as raised:
            await google.models.generate_content(model="m", contents="hi")
        assert (raised.value.code, raised.value.status) == (529, "UNAVAILABLE")
        stream = await google.models.generate_content_stream(model="m", contents="hi")
        assert (await anext(stream)).text == "Hi"
        with pytest.raises(errors.ServerError, match="broke off"):
            await anext(stream)


async def test_googles_client_counts_tokens() -> None:
    async with Upstream() as upstream, client(upstream) as google:
        upstream.script(answers.answer(gemini.write_count_answer(31)))
        counted = await google.models.count_tokens(model="m", contents="hi")
        assert counted.total_tokens == 31
        request = gemini.read_count_request(upstream.requests[0].body)
        assert request.messages[0].parts == (TextPart(content="hi"),)


def assembled(stream: bytes) -> Answer:
    reader = StreamReader()
    return assemble(d for event in SSEReader().feed(stream) for d in reader.read(event.data))


def test_streamed_and_whole_are_the_same_answer() -> None:
    whole = read_answer(gemini.write_answer(assemble(DELTAS), CONTEXT))
    stream = assembled(events(*DELTAS))
    assert stream.messages[0].parts == whole.messages[0].parts
    assert (stream.usage, stream.finish_reasons) == (whole.usage, whole.finish_reasons)
    assert whole.messages[0].parts == assemble(DELTAS).messages[0].parts
    listed = ArrayWriter(CONTEXT)
    written = b"".join(map(listed.write, DELTAS)) + listed.end()
    assert read_answer(written).messages[0].parts == whole.messages[0].parts


WRITERS = [name for name, codec in CODECS.items() if hasattr(codec, "StreamWriter")]


@pytest.mark.parametrize("dialect", WRITERS)
@pytest.mark.parametrize("tape", ["thinking", "tools", "image"])
def test_geminis_streams_go_to_every_client(tape: str, dialect: str) -> None:
    reader, writer = StreamReader(), CODECS[dialect].StreamWriter(CONTEXT)
    deltas = [
        d for event in SSEReader().feed(streamed(f"gemini/{tape}")) for d in reader.read(event.data)
    ]
    stream = b"".join(map(writer.write, deltas)) + writer.end()
    assert isinstance(stream, bytes)
    assert stream


def requests_of(dialect: str) -> list[dict[str, Any]]:
    texts = {"anthropic": {"max_tokens": 5}, "openai_responses": {}}
    messages = [{"role": "user", "content": "hi"}]
    key = "input" if dialect == "openai_responses" else "messages"
    return [{"model": "m", key: messages, **texts.get(dialect, {})}]


@pytest.mark.parametrize("dialect", ["openai_chat", "anthropic", "openai_responses"])
def test_requests_of_every_client_reach_gemini(dialect: str) -> None:
    for body in requests_of(dialect):
        request = CODECS[dialect].read_request(json.dumps(body).encode())
        written = json.loads(gemini.write_request(request).body)
        assert written["contents"] == [{"role": "user", "parts": [{"text": "hi"}]}]


TAPES = [tape for tape in shared_tapes() if tape.provider == "gemini"]


@pytest.mark.skipif(not TAPES, reason="the shared recordings are not here")
@pytest.mark.parametrize("tape", TAPES, ids=lambda tape: tape.name)
def test_recordings_are_read_and_their_figures_agree(tape: SharedTape) -> None:
    answer = read_answer(tape.response)
    assert tape.usage is not None
    assert answer.usage is not None
    assert answer.usage.input_total == tape.usage["promptTokenCount"]
    assert answer.usage.reasoning == tape.usage["thoughtsTokenCount"]
    total = answer.usage.input_total + answer.usage.output_total
    assert total == tape.usage["totalTokenCount"]
    assert isinstance(answer.messages[0].parts[0], TextPart)
    request = gemini.read_request(tape.request)
    assert json.loads(gemini.write_request(request).body) == json.loads(tape.request)
    again = read_answer(gemini.write_answer(answer, CONTEXT))
    assert again.messages[0].parts == answer.messages[0].parts
    for dialect in WRITERS:
        CODECS[dialect].write_answer(answer, CONTEXT)


def test_the_tapes_are_there() -> None:
    assert {path.stem for path in (OWN / "gemini").glob("*.sse")} == {
        "choices", "image", "pieces", "thinking", "tools",
    }  # fmt: skip
