"""Streams for clients of the chat format, whatever the deltas do."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai.lib.streaming.chat import ChatCompletionStreamState
from openai.types.chat import ChatCompletionChunk

from tests.support.neutral import any_delta, any_error
from tests.support.official import check_chunk
from vedette.dialects.assemble import assemble
from vedette.dialects.contract import Fault, WriteContext
from vedette.dialects.framing import SSEReader
from vedette.dialects.openai_chat_writer import StreamWriter
from vedette.dialects.openai_stream import StreamReader
from vedette.model.chat import (
    Answer,
    ChatRequest,
    Delta,
    MediaDelta,
    MediaPart,
    Message,
    ReasoningDelta,
    ReasoningPart,
    RefusalDelta,
    RefusalPart,
    Start,
    Stop,
    TextDelta,
    TextPart,
    ToolArguments,
    ToolCallPart,
    ToolDefinition,
    ToolEnd,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage


def context(**fields: Any) -> WriteContext:
    request = ChatRequest(model="asked", **fields)
    return WriteContext(request=request, model="asked", id="0123456789abcdef", created_s=5)


def stream(deltas: Iterable[Delta], **fields: Any) -> bytes:
    writer = StreamWriter(context(**fields))
    return b"".join([*map(writer.write, deltas), writer.end()])


def chunks(data: bytes) -> list[dict[str, Any]]:
    """The chunks of a whole stream, each checked by the official client's types."""
    reader = SSEReader()
    *read, done = [event.data for event in [*reader.feed(data), *reader.close()]]
    assert done == b"[DONE]"
    decoded = [json.loads(chunk) for chunk in read]
    for chunk in decoded:
        check_chunk(chunk)
    return decoded


def accumulate(data: bytes) -> Any:
    """What the official client makes of the stream."""
    state: ChatCompletionStreamState[None] = ChatCompletionStreamState()
    for chunk in chunks(data):
        list(state.handle_chunk(ChatCompletionChunk.model_validate(chunk)))
    # Its last step raises for answers that were cut or filtered, as it does with OpenAI's own.
    return state.current_completion_snapshot


def read_back(data: bytes) -> Answer:
    reader, frames = StreamReader(), SSEReader()
    return assemble(d for event in frames.feed(data) for d in reader.read(event.data))


@given(st.lists(any_delta | any_error, max_size=12), st.booleans(), st.booleans())
def test_any_deltas_make_a_stream_that_the_official_client_takes(
    deltas: list[Delta], usage: bool, old: bool
) -> None:
    tools = (ToolDefinition(name="f", extra={"functions": old}),)
    data = stream(deltas, include_usage=usage, tools=tools)
    completion = accumulate(data)
    assert all(choice.finish_reason for choice in completion.choices)
    ids = {chunk["id"] for chunk in chunks(data)}
    assert len(ids) == 1


@given(before=st.lists(any_delta, max_size=12), after=st.lists(any_delta, max_size=6))
def test_it_goes_on_alike_after_what_was_told_in_other_bytes(
    before: list[Delta], after: list[Delta]
) -> None:
    one, other = StreamWriter(context()), StreamWriter(context())
    for delta in before:
        one.write(delta)
        other.follow(delta)
    for delta in after:
        assert other.write(delta) == one.write(delta)
    assert other.end() == one.end()


def test_a_whole_stream() -> None:
    data = stream(
        [
            Start("c1", "claude"),
            ReasoningDelta("I "),
            ReasoningDelta("think"),
            ReasoningDelta("", signature="s", source="anthropic"),
            ReasoningDelta("", signature="e", redacted=True, source="anthropic"),
            TextDelta("Let "),
            TextDelta("me"),
            ToolStart(4, "t1", "f", 0, "g", "gemini"),
            ToolArguments(4, '{"a":1}'),
            ToolStart(7, "t2", "g"),
            ToolEnd(7),
            ToolArguments(7, "late"),
            Stop("tool_call"),
            UsageDelta(Usage(input_uncached=7, cache_read=2, output_text=5)),
        ],
        include_usage=True,
    )
    answer = read_back(data)
    assert (answer.id, answer.model) == ("c1", "claude")
    assert answer.usage == Usage(input_uncached=7, cache_read=2, output_text=5)
    assert answer.messages == (
        Message(
            role="assistant",
            parts=(
                ReasoningPart(content="I think", signature="s", source="anthropic"),
                ReasoningPart(content="", signature="e", redacted=True, source="anthropic"),
                TextPart(content="Let me"),
                ToolCallPart(name="f", id="t1", arguments={"a": 1}, signature="g", source="gemini"),
                ToolCallPart(name="g", id="t2", arguments={}),
            ),
            finish_reason="tool_calls",
        ),
    )
    message = accumulate(data).choices[0].message
    assert message.reasoning_content == "I think"
    assert message.reasoning_details == [
        {
            "type": "reasoning.text", "text": "I think", "signature": "vdt:anthropic:s",
            "index": 0,
        },
        {"type": "reasoning.encrypted", "data": "vdt:anthropic:e", "index": 1},
    ]  # fmt: skip
    assert [call.function.arguments for call in message.tool_calls] == ['{"a":1}', "{}"]


def test_figures_come_only_if_they_were_asked_for() -> None:
    deltas: list[Delta] = [TextDelta("a"), UsageDelta(Usage(output_text=1)), Stop("stop")]
    plain = chunks(stream(deltas))
    assert not any("usage" in chunk for chunk in plain)
    *others, last = chunks(stream(deltas, include_usage=True))
    assert all(chunk["usage"] is None for chunk in others)
    assert (last["choices"], last["usage"]["completion_tokens"]) == ([], 1)


def test_every_choice_begins_before_those_of_higher_number() -> None:
    data = stream([TextDelta("b", 1), Stop("length", 1)])
    assert [choice.finish_reason for choice in accumulate(data).choices] == ["stop", "length"]
    roles = [chunk["choices"][0] for chunk in chunks(data)][:2]
    assert [(role["index"], role["delta"]["role"]) for role in roles] == [
        (0, "assistant"),
        (1, "assistant"),
    ]


@pytest.mark.parametrize("choice", [-1, 128, 10**12])
def test_absurd_choices_are_left_out(choice: int) -> None:
    data = stream([TextDelta("a", choice), ToolArguments(0, "x", choice), Stop("stop", choice)])
    assert len(accumulate(data).choices) == 1


def test_a_client_from_before_tools_gets_functions() -> None:
    tools = (ToolDefinition(name="f", extra={"functions": True}),)
    data = stream([ToolStart(0, "t", "f"), Stop("tool_call")], tools=tools)
    choice = accumulate(data).choices[0]
    assert (choice.message.function_call.name, choice.message.function_call.arguments) == (
        "f", "{}",
    )  # fmt: skip
    assert choice.finish_reason == "function_call"


def test_refusals_and_media() -> None:
    data = stream(
        [
            RefusalDelta("no"),
            MediaDelta("audio", 1, file_id="au", data="QQ=="),
            MediaDelta("audio", 2, file_id="au", data="QkM="),
            MediaDelta("image", 3, mime_type="image/webp", data="AAAA"),
            MediaDelta("video", 3, data="AAAA"),
            Stop("refusal"),
        ]
    )
    assert read_back(data).messages[0].parts == (
        RefusalPart(content="no"),
        MediaPart(modality="image", mime_type="image/webp", size_bytes=3, data="AAAA"),
        MediaPart(modality="audio", size_bytes=3, data="QUJD", file_id="au"),
    )
    completion = accumulate(data)
    assert completion.choices[0].message.audio.id == "au"
    assert completion.choices[0].finish_reason == "stop"


def test_arguments_without_a_call_have_one_made() -> None:
    call = accumulate(stream([ToolArguments(0, "{}")])).choices[0].message.tool_calls[0]
    assert (call.id, call.function.name) == ("call_0123456789abcdef000", "")


def test_an_empty_stream_is_one_all_the_same() -> None:
    completion = accumulate(stream([]))
    assert (completion.id, completion.model) == ("chatcmpl-0123456789abcdef", "asked")
    assert completion.choices[0].finish_reason == "stop"


def test_an_error_is_the_last_event() -> None:
    writer = StreamWriter(context())
    writer.write(TextDelta("a"))
    event = writer.error(Fault(529, "busy", "overloaded_error", "x"))
    assert json.loads(event.removeprefix(b"data: ")) == {
        "error": {"message": "busy", "type": "overloaded_error", "param": None, "code": "x"}
    }
