"""Streams for clients of Anthropic: blocks in order, whatever the deltas do."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.neutral import any_delta, any_error
from tests.support.official import check_anthropic_event
from vedette.dialects.anthropic_stream import StreamReader
from vedette.dialects.anthropic_writer import StreamWriter
from vedette.dialects.assemble import assemble
from vedette.dialects.contract import Fault, WriteContext
from vedette.dialects.framing import SSEReader
from vedette.dialects.tool_names import fit_name
from vedette.model.chat import (
    Answer,
    ChatRequest,
    Delta,
    MediaDelta,
    Message,
    ReasoningDelta,
    ReasoningPart,
    RefusalDelta,
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

CONTEXT = WriteContext(
    request=ChatRequest(model="asked"), model="asked", id="0123456789abcdef", created_s=5
)


def stream(deltas: Iterable[Delta]) -> bytes:
    writer = StreamWriter(CONTEXT)
    return b"".join([*map(writer.write, deltas), writer.end()])


def events(data: bytes) -> list[dict[str, Any]]:
    reader = SSEReader()
    read = []
    for event in [*reader.feed(data), *reader.close()]:
        read.append(json.loads(event.data))
        assert event.event == read[-1]["type"]
    return read


def check_order(read: list[dict[str, Any]]) -> None:
    """The rules of the format: one block after the other, numbered, between start and stop."""
    assert [read[0]["type"], *(e["type"] for e in read[-2:])] == [
        "message_start", "message_delta", "message_stop",
    ]  # fmt: skip
    index, is_open = -1, False
    for event in read[1:-2]:
        kind = event["type"]
        if kind == "content_block_start":
            assert not is_open
            index, is_open = index + 1, True
        assert is_open
        assert event["index"] == index
        if kind == "content_block_stop":
            is_open = False
    assert not is_open


def read_back(data: bytes) -> Answer:
    reader = StreamReader()
    frames = SSEReader()
    return assemble(d for event in frames.feed(data) for d in reader.read(event.data))


@given(st.lists(any_delta | any_error, max_size=12))
def test_any_deltas_make_a_valid_stream(deltas: list[Delta]) -> None:
    read = events(stream(deltas))
    check_order(read)
    for event in read:
        check_anthropic_event(event)


@given(st.lists(any_delta, max_size=6), st.integers(0, 5))
def test_an_error_may_come_at_any_time(deltas: list[Delta], at: int) -> None:
    writer = StreamWriter(CONTEXT)
    for delta in deltas[:at]:
        writer.write(delta)
    read = events(writer.error(Fault(529, "busy", "overloaded_error")))
    assert read == [
        {"type": "error", "error": {"type": "overloaded_error", "message": "busy"}}
    ]  # fmt: skip


def test_a_whole_stream() -> None:
    data = stream(
        [
            Start("m1", "claude"),
            ReasoningDelta("I "),
            ReasoningDelta("think"),
            ReasoningDelta("", signature="s", source="anthropic"),
            ReasoningDelta("", signature="e", redacted=True, source="gemini"),
            TextDelta("Let "),
            TextDelta("me"),
            ToolStart(0, "t1", "f"),
            ToolArguments(0, '{"a":'),
            ToolArguments(0, "1}"),
            ToolEnd(0),
            ToolStart(1, "t2", "g"),
            Stop("tool_call"),
            UsageDelta(Usage(input_uncached=7, cache_read=2, output_text=5)),
        ]
    )
    read = events(data)
    check_order(read)
    assert [e["content_block"] for e in read if e["type"] == "content_block_start"] == [
        {"type": "thinking", "thinking": "", "signature": ""},
        {"type": "redacted_thinking", "data": "vdt:gemini:e"},
        {"type": "text", "text": ""},
        {"type": "tool_use", "id": "t1", "name": "f", "input": {}},
        {"type": "tool_use", "id": "t2", "name": "g", "input": {}},
    ]
    assert read[-2]["delta"] == {"stop_reason": "tool_use", "stop_sequence": None}
    answer = read_back(data)
    assert (answer.id, answer.model) == ("m1", "claude")
    assert answer.usage == Usage(input_uncached=7, cache_read=2, output_text=5)
    assert answer.messages == (
        Message(
            role="assistant",
            parts=(
                ReasoningPart(content="I think", signature="s", source="anthropic"),
                ReasoningPart(content="", signature="e", redacted=True, source="gemini"),
                TextPart(content="Let me"),
                ToolCallPart(name="f", id="t1", arguments={"a": 1}),
                ToolCallPart(name="g", id="t2", arguments={}),
            ),
            finish_reason="tool_use",
        ),
    )


def test_the_signature_of_a_call_stands_in_a_block_before_it() -> None:
    data = stream([ToolStart(0, "t1", "f", 0, "sig==", "gemini"), ToolArguments(0, "{}")])
    read = events(data)
    check_order(read)
    assert [e["content_block"]["type"] for e in read if "content_block" in e] == [
        "redacted_thinking", "tool_use",
    ]  # fmt: skip
    assert read_back(data).messages[0].parts == (
        ToolCallPart(name="f", id="t1", arguments={}, signature="sig==", source="gemini"),
    )


def test_nothing_waits_that_can_be_told() -> None:
    writer = StreamWriter(CONTEXT)
    told = [
        writer.write(delta)
        for delta in (
            Start("m", "c"),
            TextDelta("a"),
            ToolStart(0, "t", "f"),
            ToolArguments(0, "{"),
            ToolArguments(0, "}"),
        )
    ]
    assert all(told)


def test_arguments_in_turns_are_put_in_order() -> None:
    data = stream(
        [
            ToolStart(0, "t1", "f"),
            ToolStart(1, "t2", "g"),
            ToolArguments(0, '{"a"'),
            ToolArguments(1, '{"b"'),
            ToolArguments(0, ":1}"),
            ToolArguments(1, ":2}"),
            TextDelta("after"),
        ]
    )
    check_order(events(data))
    assert read_back(data).messages[0].parts == (
        ToolCallPart(name="f", id="t1", arguments={"a": 1}),
        ToolCallPart(name="g", id="t2", arguments={"b": 2}),
        TextPart(content="after"),
    )


def test_a_call_that_never_ends_holds_the_others_until_the_end() -> None:
    writer = StreamWriter(CONTEXT)
    deltas: list[Delta] = [
        ToolStart(0, "t1", "f"), ToolArguments(0, '{"a": "}'), TextDelta("after"),
    ]  # fmt: skip
    written = [writer.write(delta) for delta in [*deltas, *[ToolArguments(0, "}")] * 100]]
    assert b"after" not in b"".join(written)
    check_order(events(b"".join([*written, ending := writer.end()])))
    assert b"after" in ending


def test_a_foreign_thought_bears_the_mark_of_who_thought_it() -> None:
    data = stream([ReasoningDelta("a", source="openai_chat"), TextDelta("b")])
    check_order(events(data))
    assert b'"signature":"vdt:openai_chat:"' in data
    assert read_back(data).messages[0].parts == (
        ReasoningPart(content="a", source="openai_chat"),
        TextPart(content="b"),
    )


@pytest.mark.parametrize(
    ("deltas", "reason", "sequence"),
    [
        ([TextDelta("a"), Stop("stop")], "end_turn", None),
        ([TextDelta("a"), Stop("stop_sequence", 0, "END")], "stop_sequence", "END"),
        ([RefusalDelta("no"), Stop("stop")], "refusal", None),
        ([ToolStart(0, "t", "f"), Stop("stop")], "tool_use", None),
        ([Stop("content_filter")], "refusal", None),
        ([], "end_turn", None),
    ],
)
def test_why_it_ended(deltas: list[Delta], reason: str, sequence: str | None) -> None:
    delta = events(stream(deltas))[-2]["delta"]
    assert (delta["stop_reason"], delta["stop_sequence"]) == (reason, sequence)


def test_what_the_format_has_no_place_for_is_left_out() -> None:
    data = stream([MediaDelta("image", 3, data="AAAA"), TextDelta("b", 1), TextDelta("a")])
    assert read_back(data).messages[0].parts == (TextPart(content="a"),)


def test_a_shortened_name_is_the_clients_own_again() -> None:
    name = "mcp__server__" + "a" * 60
    request = ChatRequest(model="asked", tools=(ToolDefinition(name=name),))
    writer = StreamWriter(replace(CONTEXT, request=request))
    data = writer.write(ToolStart(0, "t", fit_name(name))) + writer.end()
    assert read_back(data).messages[0].parts == (ToolCallPart(name=name, id="t", arguments={}),)


def test_ids_are_made_where_there_are_none() -> None:
    read = events(stream([ToolArguments(3, "{}")]))
    assert read[0]["message"]["id"] == "msg_0123456789abcdef"
    assert read[0]["message"]["model"] == "asked"
    assert read[1]["content_block"]["id"] == "toolu_0123456789abcdef00"
