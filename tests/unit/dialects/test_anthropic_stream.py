"""Events of a streamed message, one at a time."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.anthropic_stream import StreamReader
from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    RawDelta,
    ReasoningDelta,
    Start,
    Stop,
    TextDelta,
    ToolArguments,
    ToolEnd,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage


def encode(event: Any) -> bytes:
    return json.dumps(event).encode()


def read(*events: Any) -> list[Delta]:
    reader = StreamReader()
    return [delta for event in events for delta in reader.read(encode(event))]


def block(index: int, **fields: Any) -> dict[str, Any]:
    return {"type": "content_block_start", "index": index, "content_block": fields}


def grown(index: int, **fields: Any) -> dict[str, Any]:
    return {"type": "content_block_delta", "index": index, "delta": fields}


def over(index: int) -> dict[str, Any]:
    return {"type": "content_block_stop", "index": index}


RESULT = block(1, type="web_search_tool_result", content=[{"url": "https://x"}])
CITED = grown(0, type="citations_delta", citation={"type": "char_location"})


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"type": "ping"}, []),
        ({"type": "message_stop"}, [End()]),
        (
            {
                "type": "error",
                "error": {
                    "type": "overloaded_error", "message": "busy", "details": {"error_code": "x"},
                },
            },
            [ErrorDelta("busy", "overloaded_error", "x")],
        ),
        ({"type": "error", "error": "odd"}, [ErrorDelta("odd")]),
        (block(0, type="text", text="a"), [TextDelta("a")]),
        (block(0, type="text", text=""), []),
        (
            block(0, type="thinking", thinking="a", signature="s"),
            [ReasoningDelta("a"), ReasoningDelta("", signature="s", source="anthropic")],
        ),
        (
            block(0, type="redacted_thinking", data="vdt:gemini:e"),
            [ReasoningDelta("", signature="e", redacted=True, source="gemini")],
        ),
        (
            grown(0, type="signature_delta", signature="s"),
            [ReasoningDelta("", signature="s", source="anthropic")],
        ),
        (grown(0, type="thinking_delta", thinking="t"), [ReasoningDelta("t")]),
        (grown(0, type="text_delta", text=""), []),
        (grown(0, type="input_json_delta", partial_json="{"), []),
        (CITED, [RawDelta(encode(CITED))]),
        (RESULT, [RawDelta(encode(RESULT))]),
        (over(0), []),
        (
            {"type": "message_delta", "usage": {"output_tokens": 3}},
            [UsageDelta(Usage(output_text=3))],
        ),
        (
            {
                "type": "message_delta",
                "delta": {"stop_reason": "stop_sequence", "stop_sequence": "END"},
            },
            [Stop("stop_sequence", 0, "END")],
        ),
        ({"type": "new_thing"}, [RawDelta(encode({"type": "new_thing"}))]),
        ({"type": "message_start", "message": 5}, [Start()]),
        (grown(0, type="text_delta", text=5), [TextDelta("5")]),
    ],
)  # fmt: skip
def test_events(event: dict[str, Any], expected: list[Delta]) -> None:
    assert read(event) == expected


def test_calls_are_numbered_among_calls() -> None:
    assert read(
        block(0, type="text", text=""),
        block(1, type="tool_use", id="t1", name="f", input={}),
        grown(1, type="input_json_delta", partial_json=""),
        grown(1, type="input_json_delta", partial_json='{"a":1}'),
        over(1),
        block(2, type="server_tool_use", id="s1", name="web_search", input={}),
        over(2),
    ) == [
        ToolStart(0, "t1", "f"),
        ToolArguments(0, '{"a":1}'),
        ToolEnd(0),
        ToolStart(1, "s1", "web_search"),
        ToolEnd(1),
    ]


def test_arguments_that_come_with_the_start_are_told_once() -> None:
    start = block(0, type="tool_use", id="t1", name="f", input={"a": 1})
    whole = [ToolStart(0, "t1", "f"), ToolArguments(0, '{"a":1}'), ToolEnd(0)]
    assert read(start, over(0)) == whole
    assert read(start, grown(0, type="input_json_delta", partial_json='{"a":1}'), over(0)) == whole


def test_the_signature_of_a_call_stands_in_a_block_before_it() -> None:
    call = {"type": "tool_use", "id": "t1", "name": "f", "input": {}}
    assert read(
        block(0, type="redacted_thinking", data="vdt:gemini:call:sig=="),
        over(0),
        block(1, **call),
        over(1),
        block(2, **call),
    ) == [
        ToolStart(0, "t1", "f", 0, "sig==", "gemini"),
        ToolEnd(0),
        ToolStart(1, "t1", "f"),
    ]


def test_the_last_figures_are_the_whole() -> None:
    begun = {
        "type": "message_start",
        "message": {
            "id": "m1",
            "model": "claude",
            "usage": {"input_tokens": 9, "cache_read_input_tokens": 4, "output_tokens": 1},
        },
    }
    ended = {
        "type": "message_delta",
        "delta": {"stop_reason": "end_turn"},
        "usage": {"output_tokens": 7, "input_tokens": None},
    }
    assert read(begun, ended) == [
        Start("m1", "claude"),
        UsageDelta(Usage(input_uncached=9, cache_read=4, output_text=1)),
        Stop("end_turn"),
        UsageDelta(Usage(input_uncached=9, cache_read=4, output_text=7)),
    ]


@given(st.binary(max_size=40))
def test_no_bytes_are_an_error(data: bytes) -> None:
    assert isinstance(StreamReader().read(data), list)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "index", "delta", "text", "thinking", "content_block", "message", "usage",
                 "error", "id", "input", "partial_json", "stop_reason", "signature", "data"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)  # fmt: skip
KINDS = st.sampled_from(
    ["message_start", "content_block_start", "content_block_delta", "content_block_stop",
     "message_delta", "message_stop", "error", "ping"]
)  # fmt: skip


@given(st.lists(st.tuples(KINDS, JSON), max_size=4))
def test_no_json_is_an_error(events: list[tuple[str, Any]]) -> None:
    reader = StreamReader()
    for kind, fields in events:
        event = {**fields, "type": kind} if isinstance(fields, dict) else fields
        for delta in reader.read(json.dumps(event).encode()):
            assert not (isinstance(delta, TextDelta) and not delta.text)
