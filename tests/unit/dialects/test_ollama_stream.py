"""Lines of real servers, one oddity at a time."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.ollama_stream import StreamReader
from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    MediaDelta,
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


def read(*lines: Any) -> list[Delta]:
    """The deltas of these lines but the Start."""
    reader = StreamReader("ollama_chat")
    deltas = [delta for line in lines for delta in reader.read(json.dumps(line).encode())]
    return [delta for delta in deltas if not isinstance(delta, Start)]


def said(**message: Any) -> dict[str, Any]:
    return {"model": "m", "message": {"role": "assistant", "content": "", **message}, "done": False}


def test_the_first_line_starts_the_answer() -> None:
    reader = StreamReader("ollama_chat")
    first = json.dumps(said(content="Hi")).encode()
    assert reader.read(first) == [Start("", "m"), TextDelta("Hi")]
    assert reader.read(first) == [TextDelta("Hi")]


def test_the_last_line_has_the_figures() -> None:
    last = {**said(), "done": True, "done_reason": "length", "prompt_eval_count": 3}
    assert read(last) == [Stop("length"), UsageDelta(Usage(input_uncached=3)), End()]
    assert read({**said(content="x"), "done": True}) == [TextDelta("x"), Stop("stop"), End()]


def test_calls_are_counted_through_the_stream() -> None:
    call = {"function": {"name": "f", "arguments": {"a": [1]}}}
    named = {"id": "x", "function": {"index": 7, "name": "g", "arguments": {}}}
    assert read(said(tool_calls=[call, named]), said(tool_calls=[call])) == [
        ToolStart(0, "", "f"), ToolArguments(0, '{"a":[1]}'), ToolEnd(0),
        ToolStart(1, "x", "g"), ToolArguments(1, "{}"), ToolEnd(1),
        ToolStart(2, "", "f"), ToolArguments(2, '{"a":[1]}'), ToolEnd(2),
    ]  # fmt: skip


def test_thoughts_come_before_what_is_said() -> None:
    assert read(said(thinking="hm", content="a")) == [ReasoningDelta("hm"), TextDelta("a")]


def test_a_proof_comes_alone() -> None:
    detail = {"type": "reasoning.text", "text": "", "signature": "vdt:anthropic:s", "index": 0}
    assert read(said(thinking="hm"), said(reasoning_details=[detail])) == [
        ReasoningDelta("hm"),
        ReasoningDelta("", signature="s", source="anthropic"),
    ]


def test_a_completion_says_it_at_the_top() -> None:
    assert read(
        {"model": "m", "response": "", "thinking": "hm", "done": False},
        {"model": "m", "response": "a", "done": False},
        {"model": "m", "response": "", "image": "iVBORw0KGgo=", "done": True},
    ) == [
        ReasoningDelta("hm"),
        TextDelta("a"),
        MediaDelta("image", 8, mime_type="image/png", data="iVBORw0KGgo="),
        Stop("stop"),
        End(),
    ]


@pytest.mark.parametrize(
    ("line", "deltas"),
    [
        ({"error": "boom"}, [ErrorDelta("boom")]),
        ({"error": {"message": "m", "type": "t"}}, [ErrorDelta("t: m")]),
        ({"error": "e", "type": "t", "code": "c"}, [ErrorDelta("e", "t", "c")]),
        (said(content=7), [TextDelta("7")]),
        (said(content=["x"], thinking={}), []),
        (said(tool_calls={}), []),
        ({**said(content="x"), "eval_count": "many", "done": True}, [
            TextDelta("x"), Stop("stop"), UsageDelta(Usage()), End(),
        ]),
        ({"status": "pulling"}, [RawDelta(b'{"status": "pulling"}')]),
        ([], [RawDelta(b"[]")]),
        ({"message": None, "done": True}, [Stop("stop"), End()]),
    ],
)  # fmt: skip
def test_odd_lines(line: Any, deltas: list[Delta]) -> None:
    assert read(line) == deltas


@pytest.mark.parametrize(
    ("data", "deltas"), [(b"", []), (b"  ", []), (b"{oops", [RawDelta(b"{oops")])]
)
def test_what_is_no_json(data: bytes, deltas: list[Delta]) -> None:
    assert StreamReader("ollama_chat").read(data) == deltas


@given(st.binary(max_size=40))
def test_no_bytes_are_an_error(data: bytes) -> None:
    assert isinstance(StreamReader("ollama_chat").read(data), list)


FIELDS = st.sampled_from(
    ["model", "message", "content", "thinking", "tool_calls", "function", "done", "done_reason",
     "response", "images", "error", "eval_count", "reasoning_details", "arguments", "type"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(FIELDS, inner, max_size=4),
    max_leaves=10,
)


@given(st.dictionaries(FIELDS, JSON))
def test_no_object_is_an_error(line: dict[str, Any]) -> None:
    assert isinstance(read(line), list)
