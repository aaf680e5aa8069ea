"""There and back through every dialect: what it can express comes back as it was.

A dialect is in here as soon as its module has a `StreamWriter`.
"""

import json
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.conversations import answers, requests
from tests.support.recordings import SharedTape, shared_tapes
from vedette.dialects.assemble import assemble
from vedette.dialects.contract import Fault, Unsupported, WriteContext
from vedette.dialects.eventstream import EventStreamReader
from vedette.dialects.framing import NDJSONReader, SSEReader
from vedette.dialects.registry import CODECS
from vedette.dialects.replay import replay
from vedette.dialects.stops import neutral_stop
from vedette.model.chat import (
    Answer,
    ChatRequest,
    Delta,
    MediaPart,
    Message,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

WRITERS = sorted(name for name, codec in CODECS.items() if hasattr(codec, "StreamWriter"))
TALKERS = [name for name in WRITERS if name not in ("openai_completions", "ollama_generate")]
"""Dialects with tools and turns; the others have a prompt and no more."""
FRAMINGS: dict[str, Any] = {
    "sse": SSEReader, "ndjson": NDJSONReader, "eventstream": EventStreamReader,
}  # fmt: skip

NO_CALL_IDS = frozenset({"ollama_chat"})
NO_CALLS = frozenset({"ollama_generate", "openai_completions"})
NO_THOUGHTS = frozenset({"openai_completions"})
NO_SIGNATURES = frozenset({"ollama_generate", "openai_completions"})
NO_SIGNED_CALLS = frozenset({"openai_completions"})
NO_MODEL = frozenset({"bedrock"})
"""What the formats have no place for."""


def context(dialect: str) -> WriteContext:
    request = ChatRequest(model="asked", dialect=dialect, include_usage=True, stream=True)
    return WriteContext(request=request, model="asked", id="0123456789abcdef", created_s=5)


def stream(codec: ModuleType, deltas: Iterable[Delta]) -> bytes:
    writer = codec.StreamWriter(context(codec.NAME))
    return b"".join([*map(writer.write, deltas), writer.end()])


def read_stream(codec: ModuleType, data: bytes) -> Answer:
    frames, reader = FRAMINGS[codec.FRAMING](), codec.StreamReader()
    events = [*frames.feed(data), *frames.close()]
    return assemble(delta for event in events for delta in reader.read(event.data))


def facts(answer: Answer, dialect: str) -> dict[str, Any]:
    """What an answer says, as far as this dialect can tell it."""
    (message,) = answer.messages
    calls = [part for part in message.parts if isinstance(part, ToolCallPart)]
    thoughts = [part for part in message.parts if isinstance(part, ReasoningPart)]
    told: dict[str, Any] = {
        "model": "" if dialect in NO_MODEL else answer.model,
        "text": "".join(
            part.content for part in message.parts if isinstance(part, TextPart | RefusalPart)
        ),
    }
    if dialect not in NO_THOUGHTS:
        told["thoughts"] = "".join(part.content for part in thoughts)
    if dialect not in NO_SIGNATURES:
        told["signed"] = [
            (part.signature, part.source, part.redacted) for part in thoughts if part.signature
        ]
    if dialect not in NO_CALLS:
        told["calls"] = [(call.name, call.arguments) for call in calls]
    if dialect not in NO_SIGNED_CALLS:
        told["signed calls"] = [(call.signature, call.source) for call in calls]
    if dialect not in NO_CALLS | NO_CALL_IDS:
        told["ids"] = [call.id for call in calls]
    if answer.usage is not None:
        told["tokens"] = (answer.usage.input_total, answer.usage.output_total)
    return told


def stop(answer: Answer, dialect: str) -> str:
    (message,) = answer.messages
    calls = any(isinstance(part, ToolCallPart) for part in message.parts)
    return neutral_stop(dialect, message.finish_reason, calls=calls)


def is_refusal(answer: Answer) -> bool:
    return any(isinstance(part, RefusalPart) for part in answer.messages[0].parts)


@pytest.mark.slow
@pytest.mark.parametrize("dialect", WRITERS)
@given(answer=answers())
def test_a_whole_answer_comes_back(dialect: str, answer: Answer) -> None:
    codec = CODECS[dialect]
    again = codec.read_answer(codec.write_answer(answer, context(dialect)))
    assert facts(again, dialect) == facts(answer, dialect)
    if dialect not in NO_CALLS and not is_refusal(answer):
        assert stop(again, dialect) == answer.finish_reasons[0]


@pytest.mark.slow
@pytest.mark.parametrize("dialect", WRITERS)
@given(answer=answers())
def test_a_stream_says_what_the_whole_answer_says(dialect: str, answer: Answer) -> None:
    codec = CODECS[dialect]
    streamed = read_stream(codec, stream(codec, replay(answer)))
    whole = codec.read_answer(codec.write_answer(answer, context(dialect)))
    assert facts(streamed, dialect) == facts(whole, dialect)
    assert stop(streamed, dialect) == stop(whole, dialect)


@pytest.mark.slow
@pytest.mark.parametrize("dialect", TALKERS)
@given(data=st.data())
def test_a_conversation_comes_back(dialect: str, data: st.DataObject) -> None:
    codec = CODECS[dialect]
    request = data.draw(requests("openai_chat", "some-model"))
    request = replace(request, settings={}, output_format=None, tool_choice=None)
    try:
        written = codec.write_request(request)
    except Unsupported:
        # A medium that this dialect does not take.
        assert any(media(message) for message in request.messages)
        return
    again = codec.read_request(written.body)
    assert spoken(again.messages) == spoken(request.messages)
    assert asked(again.messages) == asked(request.messages)


def media(message: Message) -> list[MediaPart]:
    return [
        inner
        for part in message.parts
        for inner in ((part, *part.parts) if isinstance(part, ToolResultPart) else (part,))
        if isinstance(inner, MediaPart)
    ]


def spoken(messages: Iterable[Message]) -> str:
    """All words of all roles but instructions, in order, without the gaps between them."""
    return "".join(
        part.content.replace("\n", "")
        for message in messages
        if message.role in ("user", "assistant")
        for part in message.parts
        if isinstance(part, TextPart)
    )


def asked(messages: Iterable[Message]) -> list[tuple[str, Any]]:
    return [
        (part.name, part.arguments)
        for message in messages
        for part in message.parts
        if isinstance(part, ToolCallPart)
    ]


@pytest.mark.parametrize("dialect", WRITERS)
def test_an_error_comes_back(dialect: str) -> None:
    codec = CODECS[dialect]
    fault = Fault(429, "Slow down.", "rate_limit_error")
    assert codec.read_error(429, codec.write_error(fault)).message == "Slow down."
    writer = codec.StreamWriter(context(dialect))
    frames, reader = FRAMINGS[codec.FRAMING](), codec.StreamReader()
    data = writer.write(next(iter(replay(Answer())))) + writer.error(fault)
    deltas = [d for e in [*frames.feed(data), *frames.close()] for d in reader.read(e.data)]
    assert "Slow down." in assemble(deltas).error


NEXT_TURN: dict[str, Callable[[Any], Any]] = {
    "anthropic": lambda answer: {"messages": [{"role": "assistant", "content": answer["content"]}]},
    "bedrock": lambda answer: {"messages": [answer["output"]["message"]]},
    "gemini": lambda answer: {"contents": [answer["candidates"][0]["content"]]},
    "ollama_chat": lambda answer: {"messages": [answer["message"]]},
    "openai_chat": lambda answer: {"messages": [answer["choices"][0]["message"]]},
    "openai_responses": lambda answer: {"input": answer["output"]},
}
"""What clients send back of an answer with the next turn: all of it, as it came."""
SIGNERS = [name for name in ("anthropic", "gemini", "openai_responses") if name in TALKERS]


@pytest.mark.slow
@pytest.mark.parametrize("client", TALKERS)
@given(answer=answers(), provider=st.sampled_from(SIGNERS))
def test_signed_thoughts_come_home_through_any_client(
    client: str, provider: str, answer: Answer
) -> None:
    parts = tuple(
        replace(part, source=provider) if isinstance(part, ReasoningPart) else part
        for part in answer.messages[0].parts
    )
    signed = [
        (part.content, part.signature)
        for part in parts
        if isinstance(part, ReasoningPart) and part.signature
    ]
    message = replace(answer.messages[0], parts=parts)
    codec, home = CODECS[client], CODECS[provider]
    told = codec.write_answer(replace(answer, messages=(message,)), context(client))
    asked_again = codec.read_request(json.dumps(NEXT_TURN[client](json.loads(told))).encode())
    written = home.write_request(replace(asked_again, model="some-model"))
    turns = home.read_request(written.body).messages
    assert [
        (part.content, part.signature)
        for turn in turns
        for part in turn.parts
        if isinstance(part, ReasoningPart) and part.signature
    ] == signed
    if provider == "gemini":
        assert signed_calls(turns) == signed_calls((message,))


NO_SIGNATURE = "skip_thought_signature_validator"
"""What Gemini is told of calls that it did not sign."""


def signed_calls(messages: Iterable[Message]) -> list[tuple[str, str]]:
    return [
        (part.name, part.signature)
        for message in messages
        for part in message.parts
        if isinstance(part, ToolCallPart) and part.signature not in ("", NO_SIGNATURE)
    ]


APIS = {"chat": "openai_chat", "responses": "openai_responses", "messages": "anthropic"}
OTHER_FORMATS = ("bedrock", "cohere", "ollama", "writer")


def recorded() -> list[SharedTape]:
    return [
        tape
        for tape in shared_tapes()
        if tape.api in APIS and tape.provider not in OTHER_FORMATS and tape.status < 400
    ]


def neutral(answer: Answer, dialect: str) -> Answer:
    """The first choice, with neutral words."""
    message = answer.messages[0]
    return replace(
        answer,
        messages=(
            replace(message, finish_reason=stop(replace(answer, messages=(message,)), dialect)),
        ),
    )


@pytest.mark.slow
@pytest.mark.parametrize("tape", recorded(), ids=lambda tape: tape.name)
def test_recordings_are_told_in_every_dialect(tape: SharedTape) -> None:
    source = CODECS[APIS[tape.api]]
    if tape.streamed:
        read = read_stream(source, tape.response)
    else:
        read = source.read_answer(tape.response)
    answer = neutral(read, source.NAME)
    for dialect in TALKERS:
        codec = CODECS[dialect]
        whole = codec.read_answer(codec.write_answer(answer, context(dialect)))
        streamed = read_stream(codec, stream(codec, replay(answer)))
        told, heard = facts(whole, dialect), facts(answer, dialect)
        assert facts(streamed, dialect) == told
        # What the provider does not say is made where it must be there.
        for name, value in heard.items():
            assert told[name] == value or (name == "ids" and "" in value)


@pytest.mark.slow
@pytest.mark.parametrize("tape", recorded(), ids=lambda tape: tape.name)
def test_recorded_requests_are_asked_in_every_dialect(tape: SharedTape) -> None:
    if not tape.request:
        pytest.skip("its body is none")
    source = CODECS[APIS[tape.api]]
    request = source.read_request(tape.request)
    for dialect in TALKERS:
        codec = CODECS[dialect]
        try:
            written = codec.write_request(request)
        except Unsupported:
            if dialect == source.NAME:
                raise
            continue
        again = codec.read_request(written.body)
        assert asked(again.messages) == asked(request.messages)
        if dialect == source.NAME:
            assert replace(again, include_usage=request.include_usage) == request
            assert written.dropped == ()
