"""Chunks of real servers, one oddity at a time."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.openai_stream import StreamReader, is_output, read_sign
from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    MediaDelta,
    RawDelta,
    ReasoningDelta,
    RefusalDelta,
    Start,
    Stop,
    TextDelta,
    ToolArguments,
    ToolEnd,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage


def read(*chunks: Any) -> list[Delta]:
    """The deltas of these chunks but the Start."""
    reader = StreamReader()
    deltas = [delta for chunk in chunks for delta in reader.read(json.dumps(chunk).encode())]
    return [delta for delta in deltas if not isinstance(delta, Start)]


def chunk(delta: dict[str, Any], finish_reason: Any = None, index: Any = 0) -> dict[str, Any]:
    choice = {"index": index, "delta": delta, "finish_reason": finish_reason}
    return {"id": "x", "model": "m", "choices": [choice]}


def call(index: Any = None, id: Any = None, name: Any = None, arguments: Any = None) -> Any:
    function = {"name": name, "arguments": arguments}
    fields = {"index": index, "id": id, "function": function}
    return {"tool_calls": [{key: value for key, value in fields.items() if value is not None}]}


def test_the_role_chunk_starts_the_answer_and_says_nothing() -> None:
    reader = StreamReader()
    assert reader.read(json.dumps(chunk({"role": "assistant", "content": ""})).encode()) == [
        Start("x", "m")
    ]
    assert reader.read(json.dumps(chunk({"content": "Hi"})).encode()) == [TextDelta("Hi")]


def test_azure_begins_with_a_chunk_that_is_no_output() -> None:
    reader = StreamReader()
    first = {"id": "", "model": "", "choices": [], "prompt_filter_results": []}
    assert reader.read(json.dumps(first).encode()) == []
    assert reader.read(json.dumps(chunk({"content": "Hi"})).encode()) == [
        Start("x", "m"),
        TextDelta("Hi"),
    ]


def test_one_chunk_may_hold_everything() -> None:
    everything = chunk(
        {
            "content": "t",
            "reasoning": "r",
            "refusal": "no",
            "audio": {"id": "a1", "data": "AAAA", "transcript": "said"},
            **call(0, "c", "f", "{}"),
        },
        "stop",
        index=2,
    )
    everything["usage"] = {"prompt_tokens": 1, "completion_tokens": 2}
    assert read(everything) == [
        ReasoningDelta("r", 2, source="openai_chat"),
        TextDelta("t", 2),
        RefusalDelta("no", 2),
        ToolStart(0, "c", "f", 2),
        ToolArguments(0, "{}", 2),
        TextDelta("said", 2),
        MediaDelta("audio", 3, 2, "a1", data="AAAA"),
        Stop("stop", 2),
        UsageDelta(Usage(input_uncached=1, output_text=2)),
    ]


@pytest.mark.parametrize(
    "figures", [{"usage": {"prompt_tokens": 3}}, {"x_groq": {"usage": {"prompt_tokens": 3}}}]
)
def test_usage_is_found_wherever_it_stands(figures: dict[str, Any]) -> None:
    expected = UsageDelta(Usage(input_uncached=3))
    assert read({"id": "x", "choices": [], **figures}) == [expected]
    assert read({**chunk({"content": "a"}, "stop"), **figures}) == [
        TextDelta("a"),
        Stop("stop"),
        expected,
    ]
    assert read(figures) == [expected]


def test_parallel_calls_with_the_same_index_are_told_apart_by_id() -> None:
    assert read(
        chunk(call(0, "a", "f", '{"x"')),
        chunk(call(0, None, None, ":1}")),
        chunk(call(0, "b", "g", "{}")),
        chunk(call(0, "b", None, " ")),
    ) == [
        ToolStart(0, "a", "f"),
        ToolArguments(0, '{"x"'),
        ToolArguments(0, ":1}"),
        ToolStart(1, "b", "g"),
        ToolArguments(1, "{}"),
        ToolArguments(1, " "),
    ]


def test_calls_without_an_index_are_counted() -> None:
    assert read(
        chunk(call(None, "a", "f", "1")),
        chunk(call(None, None, None, "2")),
        chunk(call(None, "b", "g", "3")),
    ) == [
        ToolStart(0, "a", "f"),
        ToolArguments(0, "1"),
        ToolArguments(0, "2"),
        ToolStart(1, "b", "g"),
        ToolArguments(1, "3"),
    ]


def test_calls_of_two_choices_do_not_mix() -> None:
    assert read(chunk(call(0, "a", "f"), index=0), chunk(call(0, "b", "g"), index=1)) == [
        ToolStart(0, "a", "f", 0),
        ToolStart(0, "b", "g", 1),
    ]


def test_a_call_with_a_gap_in_its_index_is_the_next_one() -> None:
    assert read(chunk(call(3, "a", "f", "1")), chunk(call(3, None, None, "2"))) == [
        ToolStart(0, "a", "f"),
        ToolArguments(0, "1"),
        ToolArguments(0, "2"),
    ]


def test_the_functions_of_before_tools() -> None:
    legacy = {"function_call": {"name": "f", "arguments": ""}}
    assert read(chunk(legacy), chunk({"function_call": {"arguments": "{}"}})) == [
        ToolStart(0, "", "f"),
        ToolArguments(0, "{}"),
    ]


def test_content_in_parts_is_read_part_by_part() -> None:
    thinking = [{"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}]
    text = [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]
    assert read(chunk({"content": thinking}), chunk({"content": text}, "stop")) == [
        ReasoningDelta("hm", source="openai_chat"),
        TextDelta("ab"),
        Stop("stop"),
    ]


def test_wrong_types_read_as_absent() -> None:
    odd = chunk(call("0", 7, "f", {"a": 1}), 5, index="x")
    assert read({**odd, "id": 7, "usage": "none"}) == [
        ToolStart(0, "7", "f"),
        ToolArguments(0, '{"a":1}'),
        Stop("5"),
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"[DONE]", [End()]),
        (b" [DONE]  ", [End()]),
        (b"", []),
        (b"  ", []),
        (b"nonsense", [RawDelta(b"nonsense")]),
        (b"[1]", [RawDelta(b"[1]")]),
        (b'{"value":"Sure"}', [RawDelta(b'{"value":"Sure"}')]),
        (b'{"choices":[', [RawDelta(b'{"choices":[')]),
        (b'{"error":"boom"}', [ErrorDelta("boom")]),
        (b'{"error":{"message":"m","type":"t","code":1}}', [ErrorDelta("m", "t", "1")]),
        (b'{"id":"x","choices":[],"error":{"code":502}}', [ErrorDelta("502", code="502")]),
        (b'{"object":"error","message":"m","type":"T","code":400}', [ErrorDelta("m", "T", "400")]),
        (b'{"error":{"message":5,"type":[]}}', [ErrorDelta("5")]),
    ],
)
def test_what_stands_beside_chunks(data: bytes, expected: list[Delta]) -> None:
    assert StreamReader().read(data) == expected
    assert read_sign(data) == expected


def details(*entries: dict[str, Any], **beside: Any) -> dict[str, Any]:
    return chunk({"reasoning_details": list(entries), **beside})


def test_thoughts_with_signatures_are_told_once() -> None:
    text = {"type": "reasoning.text", "index": 0}
    assert read(
        details({**text, "text": "a"}, reasoning="a"),
        details({**text, "text": "b"}, reasoning="b"),
        details({**text, "signature": "s"}),
        details({"type": "reasoning.encrypted", "data": "vdt:anthropic:e", "index": 1}),
    ) == [
        ReasoningDelta("a", source="openai_chat"),
        ReasoningDelta("b", source="openai_chat"),
        ReasoningDelta("", signature="s", source="openai_chat"),
        ReasoningDelta("", signature="e", redacted=True, source="anthropic"),
    ]


def test_thoughts_that_stand_only_in_details_are_read() -> None:
    entry = {"type": "reasoning.text", "text": "a", "signature": "vdt:gemini:s", "id": "r1"}
    assert read(details(entry)) == [
        ReasoningDelta("a", signature="s", source="gemini", id="r1")
    ]  # fmt: skip


def test_thinking_blocks_bring_the_signature() -> None:
    block = {"type": "thinking", "thinking": "a"}
    signed = {"type": "thinking", "thinking": "", "signature": "s"}
    assert read(
        chunk({"reasoning_content": "a", "thinking_blocks": [block]}),
        chunk({"reasoning_content": "", "thinking_blocks": [signed]}),
    ) == [
        ReasoningDelta("a", source="openai_chat"),
        ReasoningDelta("", signature="s", source="anthropic"),
    ]  # fmt: skip


def test_a_call_may_be_signed() -> None:
    signed = call(0, "c", "f", "{}")
    signed["tool_calls"][0]["extra_content"] = {"google": {"thought_signature": "s"}}
    assert read(chunk(signed)) == [
        ToolStart(0, "c", "f", 0, "s", "openai_chat"),
        ToolArguments(0, "{}"),
    ]


def test_pictures_of_an_answer() -> None:
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}, "index": 0}
    assert read(chunk({"images": [image, "odd"]})) == [
        MediaDelta("image", 3, mime_type="image/png", data="AAAA")
    ]


@given(st.binary(max_size=60))
def test_no_bytes_are_an_error(data: bytes) -> None:
    assert isinstance(StreamReader().read(data), list)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["choices", "delta", "content", "tool_calls", "function", "index", "usage", "error",
                 "id", "message", "text", "type", "finish_reason", "arguments", "audio", "thinking",
                 "reasoning_details", "thinking_blocks", "images", "extra_content", "google"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=25,
)  # fmt: skip


@given(JSON, JSON)
def test_no_json_is_an_error(first: Any, second: Any) -> None:
    reader = StreamReader()
    for value in (first, second, {"choices": [first, second], "usage": second, "id": "1"}):
        for delta in reader.read(json.dumps(value).encode()):
            assert not (isinstance(delta, TextDelta) and not delta.text)


def test_what_counts_as_output() -> None:
    said: list[Delta] = [
        TextDelta("a"), ReasoningDelta("a"), RefusalDelta("a"), ToolStart(0, "", "f"),
        ToolArguments(0, "{"), MediaDelta("audio", 1),
    ]  # fmt: skip
    unsaid: list[Delta] = [
        Start(), Stop("stop"), End(), UsageDelta(Usage()), ErrorDelta("x"), RawDelta(b""),
        ToolEnd(0),
    ]  # fmt: skip
    assert all(is_output(delta) for delta in said)
    assert not any(is_output(delta) for delta in unsaid)
