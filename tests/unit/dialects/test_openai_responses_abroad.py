"""Responses and completions on their way through the other dialects, there and back."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import asdict, replace

from tests.support.recordings import SharedTape, shared_tapes
from vedette.dialects.assemble import assemble
from vedette.dialects.contract import Unsupported, WriteContext
from vedette.dialects.eventstream import EventStreamReader
from vedette.dialects.framing import NDJSONReader, SSEReader
from vedette.dialects.registry import CHATS, CODECS
from vedette.dialects.replay import replay
from vedette.dialects.stops import neutral_stop
from vedette.model.chat import (
    Answer,
    Delta,
    Message,
    Part,
    ReasoningPart,
    Stop,
    TextPart,
    ToolCallPart,
)
from vedette.model.usage import Usage

NAME = "openai_responses"
RESPONSES = CODECS[NAME]
OTHERS = sorted(CHATS - {NAME})
TAPES = [
    t
    for t in shared_tapes()
    # Writer's completions have another form.
    if t.api in ("responses", "completions") and t.provider != "writer" and t.status == 200
]
USER = {"role": "user", "content": "hi"}


def context(dialect: str) -> WriteContext:
    request = CODECS[dialect].read_request(b"{}")
    return WriteContext(request=request, model="m", id="0f" * 8, created_s=7)


def answer_of(*parts: Part) -> Answer:
    message = Message(role="assistant", parts=parts, finish_reason="tool_call")
    return Answer(
        id="r",
        model="m",
        messages=(message,),
        finish_reasons=("tool_call",),
        usage=Usage(input_uncached=3, output_text=2),
    )


def parts_of(message: Message) -> list[dict[str, Any]]:
    """The parts but for the ids of thoughts, which not every dialect has."""
    plain = []
    for part in message.parts:
        fields = {name: value for name, value in asdict(part).items() if name != "extra"}
        if isinstance(part, ReasoningPart):
            del fields["id"]
        plain.append(fields)
    return plain


def items_of(answer: Answer, *, stream: bool) -> list[dict[str, Any]]:
    """The output that a client of responses gets."""
    if not stream:
        output: list[dict[str, Any]] = json.loads(RESPONSES.write_answer(answer, context(NAME)))[
            "output"
        ]
        return output
    writer = RESPONSES.StreamWriter(context(NAME))
    body = b"".join(map(writer.write, replay(answer))) + writer.end()
    last = json.loads(SSEReader().feed(body)[-1].data)
    output = last["response"]["output"]
    return output


CALL = ToolCallPart(name="f", id="call_1", arguments={"a": 1})
SIGNED = {
    "anthropic": (
        ReasoningPart(content="hm", signature="c2ln", source="anthropic"),
        ReasoningPart(content="", signature="cmVk", source="anthropic", redacted=True),
        TextPart(content="so"),
        CALL,
    ),
    "bedrock": (
        ReasoningPart(content="hm", signature="c2ln", source="bedrock"),
        TextPart(content="so"),
        CALL,
    ),
    "gemini": (
        TextPart(content="so"),
        replace(CALL, signature="c2ln", source="gemini"),
    ),
}


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("provider", sorted(SIGNED))
def test_what_a_provider_signed_comes_back_through_a_client_of_responses(
    provider: str, stream: bool
) -> None:
    answer = answer_of(*SIGNED[provider])
    result = {"type": "function_call_output", "call_id": "call_1", "output": "x"}
    turn = {"model": "m", "input": [USER, *items_of(answer, stream=stream), result]}
    request = RESPONSES.read_request(json.dumps(turn).encode())
    written = CODECS[provider].write_request(request)
    back = CODECS[provider].read_request(written.body)
    said = next(message for message in back.messages if message.role == "assistant")
    assert parts_of(said) == parts_of(answer.messages[0])


def chat_turn(answer: dict[str, Any]) -> dict[str, Any]:
    result = {"role": "tool", "tool_call_id": "call_1", "content": "x"}
    return {"messages": [USER, answer["choices"][0]["message"], result]}


def anthropic_turn(answer: dict[str, Any]) -> dict[str, Any]:
    result = {"type": "tool_result", "tool_use_id": "call_1", "content": "x"}
    said = {"role": "assistant", "content": answer["content"]}
    return {"max_tokens": 9, "messages": [USER, said, {"role": "user", "content": [result]}]}


def bedrock_turn(answer: dict[str, Any]) -> dict[str, Any]:
    result = {"toolResult": {"toolUseId": "call_1", "content": [{"text": "x"}]}}
    asked = {"role": "user", "content": [{"text": "hi"}]}
    said = answer["output"]["message"]
    return {"messages": [asked, said, {"role": "user", "content": [result]}]}


def gemini_turn(answer: dict[str, Any]) -> dict[str, Any]:
    result = {"functionResponse": {"name": "f", "response": {"result": "x"}}}
    asked = {"role": "user", "parts": [{"text": "hi"}]}
    said = answer["candidates"][0]["content"]
    return {"contents": [asked, said, {"role": "user", "parts": [result]}]}


TURNS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "openai_chat": chat_turn,
    "anthropic": anthropic_turn,
    "bedrock": bedrock_turn,
    "gemini": gemini_turn,
}


@pytest.mark.parametrize("client", sorted(TURNS))
def test_what_openai_encrypted_comes_back_through_every_client(client: str) -> None:
    answer = answer_of(
        ReasoningPart(content="hm", signature="Z0FB", source=NAME),
        TextPart(content="so"),
        CALL,
    )
    codec = CODECS[client]
    told = json.loads(codec.write_answer(answer, context(client)))
    turn = {"model": "gpt-5.1", **TURNS[client](told)}
    request = replace(codec.read_request(json.dumps(turn).encode()), model="gpt-5.1")
    _, thought, said, call, result = json.loads(RESPONSES.write_request(request).body)["input"]
    assert thought["type"] == "reasoning"
    assert thought["encrypted_content"] == "Z0FB"
    assert thought["summary"] == [{"type": "summary_text", "text": "hm"}]
    assert said == {"role": "assistant", "content": "so"}
    assert (call["name"], call["arguments"]) == ("f", '{"a":1}')
    assert call["call_id"] == result["call_id"]


@pytest.mark.parametrize("dialect", OTHERS)
@pytest.mark.parametrize(
    "fields",
    [
        {"previous_response_id": "r"},
        {"conversation": "c"},
        {"background": True},
        {"prompt": {"id": "p"}},
        {"tools": [{"type": "web_search"}]},
        {"input": [USER, {"type": "item_reference", "id": "x"}]},
        {"input": [{"role": "user", "content": [{"type": "input_file", "file_id": "f"}]}]},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_what_only_its_own_provider_has_is_refused_everywhere(
    dialect: str, fields: dict[str, Any]
) -> None:
    body = {"model": "m", "input": [USER], **fields}
    request = RESPONSES.read_request(json.dumps(body).encode())
    with pytest.raises(Unsupported):
        CODECS[dialect].write_request(request)


@pytest.mark.parametrize("dialect", OTHERS)
@pytest.mark.parametrize("tape", TAPES, ids=lambda tape: tape.name)
def test_recordings_are_translated(tape: SharedTape, dialect: str) -> None:
    source = f"openai_{tape.api}"
    if (written := _request(tape, source, dialect)) is not None:
        assert CODECS[dialect].read_request(written).messages
    first, second = _answered(tape, source), _retold(tape, source, dialect)
    assert _words(second) == _words(first)
    if first.usage is not None and not _hides_figures(tape, source):
        assert second.usage is not None
        assert second.usage.input_total == first.usage.input_total
        assert second.usage.output_total == first.usage.output_total


def _request(tape: SharedTape, source: str, dialect: str) -> bytes | None:
    """The recorded request in another dialect; None where it cannot be asked there."""
    request = CODECS[source].read_request(tape.request)
    try:
        written: bytes = CODECS[dialect].write_request(request).body
    except Unsupported:
        return None
    return written


def _hides_figures(tape: SharedTape, source: str) -> bool:
    """Whether the stream comes from a format whose client must ask for figures, and did not."""
    request = CODECS[source].read_request(tape.request)
    return tape.streamed and not request.include_usage


def _words(answer: Answer) -> list[object]:
    """What was said and called, however it was cut into parts."""
    parts = [part for message in answer.messages for part in message.parts]
    calls = [(part.name, part.arguments) for part in parts if isinstance(part, ToolCallPart)]
    return ["".join(part.content for part in parts if isinstance(part, TextPart)), *calls]


def _deltas(codec: Any, body: bytes) -> list[Delta]:
    frames, reader = FRAMINGS[codec.FRAMING](), codec.StreamReader()
    events = [*frames.feed(body), *frames.close()]
    return [delta for event in events for delta in reader.read(event.data)]


FRAMINGS: dict[str, Callable[[], Any]] = {
    "sse": SSEReader,
    "ndjson": NDJSONReader,
    "eventstream": EventStreamReader,
}


def _answered(tape: SharedTape, source: str) -> Answer:
    """The recorded answer; its first choice, as most dialects have one."""
    codec = CODECS[source]
    if tape.streamed:
        return assemble(_deltas(codec, tape.response))
    answer: Answer = codec.read_answer(tape.response)
    words = [neutral_stop(source, word) for word in answer.finish_reasons[:1]]
    return replace(answer, messages=answer.messages[:1], finish_reasons=tuple(words))


def _retold(tape: SharedTape, source: str, dialect: str) -> Answer:
    """The same as a client of `dialect` reads it."""
    codec, made = CODECS[dialect], context(dialect)
    if not tape.streamed:
        whole: Answer = codec.read_answer(codec.write_answer(_answered(tape, source), made))
        return whole
    deltas = [
        replace(delta, reason=neutral_stop(source, delta.reason))
        if isinstance(delta, Stop)
        else delta
        for delta in _deltas(CODECS[source], tape.response)
    ]
    made = WriteContext(
        request=replace(made.request, include_usage=True), model="m", id=made.id, created_s=7
    )
    writer = codec.StreamWriter(made)
    return assemble(_deltas(codec, b"".join(map(writer.write, deltas)) + writer.end()))
