"""Messages as clients of every age send them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.ollama_messages import (
    RAW,
    read_answer_message,
    read_arguments,
    read_messages,
    read_tool_calls,
    read_tools,
)
from vedette.model.chat import (
    MediaPart,
    Message,
    RawPart,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolDefinition,
    ToolResultPart,
)

D = "ollama_chat"


def call(name: str, id: str = "", **arguments: Any) -> dict[str, Any]:
    function = {"function": {"name": name, "arguments": arguments}}
    return {"id": id, **function} if id else function


def ids(*messages: dict[str, Any]) -> list[tuple[str, str]]:
    """Id and name of every call and result, in order."""
    return [
        (part.id, part.name)
        for message in read_messages(list(messages), D)
        for part in message.parts
        if isinstance(part, ToolCallPart | ToolResultPart)
    ]


def test_a_conversation_is_read_whole() -> None:
    messages = [
        {"role": "System", "content": "be kind"},
        {"role": "user", "content": "look", "images": ["iVBORw0KGgo="], "novel": 1},
        {
            "role": "assistant", "content": "well", "thinking": "hm",
            "tool_calls": [call("f", "call_x", a=1)],
        },
        {"role": "tool", "content": "42", "tool_name": "f", "tool_call_id": "call_x"},
        {"content": None},
    ]  # fmt: skip
    assert read_messages(messages, D) == (
        Message("system", (TextPart(content="be kind"),)),
        Message(
            "user",
            (
                TextPart(content="look"),
                MediaPart(
                    modality="image", mime_type="image/png", size_bytes=8, data="iVBORw0KGgo="
                ),
            ),
            extra={"novel": 1},
        ),
        Message(
            "assistant",
            (
                ReasoningPart(content="hm"),
                TextPart(content="well"),
                ToolCallPart(name="f", id="call_x", arguments={"a": 1}),
            ),
        ),
        Message("tool", (ToolResultPart(id="call_x", name="f", result="42"),)),
        Message("user"),
    )


def test_calls_without_ids_get_stable_ones_and_results_find_them() -> None:
    first = {"role": "assistant", "tool_calls": [call("f"), call("g"), call("f")]}
    assert ids(
        first,
        {"role": "tool", "tool_name": "g", "content": "1"},
        {"role": "tool", "tool_name": "f", "content": "2"},
        {"role": "tool", "content": "3"},
        {"role": "assistant", "tool_calls": [call("f")]},
        {"role": "tool", "name": "f", "content": "4"},
    ) == [
        ("call_0", "f"), ("call_1", "g"), ("call_2", "f"),
        ("call_1", "g"), ("call_0", "f"), ("call_2", "f"),
        ("call_3", "f"), ("call_3", "f"),
    ]  # fmt: skip


def test_made_ids_are_nobody_elses() -> None:
    assert ids({"role": "assistant", "tool_calls": [call("f"), call("g", "call_0")]}) == [
        ("call_1", "f"), ("call_0", "g"),
    ]  # fmt: skip


def test_a_result_that_names_its_call_goes_first() -> None:
    assert ids(
        {"role": "assistant", "tool_calls": [call("f", "a"), call("f", "b")]},
        {"role": "tool", "tool_call_id": "b", "content": "1"},
        {"role": "tool", "tool_name": "f", "content": "2"},
    )[2:] == [("b", "f"), ("a", "f")]


@pytest.mark.parametrize(
    "result", [{"tool_name": "h"}, {"tool_call_id": "z"}, {"tool_name": "f", "tool_call_id": "z"}]
)
def test_a_result_of_an_unknown_call_stays_what_it_says(result: dict[str, str]) -> None:
    read = ids(
        {"role": "assistant", "tool_calls": [call("f", "a")]},
        {"role": "tool", "content": "1", **result},
    )
    assert read[1] == (result.get("tool_call_id", ""), result.get("tool_name", ""))


def test_a_result_with_a_picture_has_parts() -> None:
    ((message,),) = (read_messages([{"role": "tool", "content": "see", "images": ["AAAA"]}], D),)
    assert message.parts == (
        ToolResultPart(
            result="see",
            parts=(
                TextPart(content="see"),
                MediaPart(modality="image", size_bytes=3, data="AAAA"),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("given_", "read"),
    [
        ({"a": 1}, {"a": 1}),
        ({}, {}),
        (None, {}),
        ("", {}),
        ('{"a": 1}', {"a": 1}),
        ("{oops", "{oops"),
        ({RAW: "{oops"}, "{oops"),
        ({RAW: "[1]"}, [1]),
        ({RAW: 7}, {RAW: 7}),
        ({RAW: "x", "b": 1}, {RAW: "x", "b": 1}),
    ],
)
def test_arguments(given_: Any, read: Any) -> None:
    assert read_arguments(given_) == read


def test_signatures_of_calls_are_opened() -> None:
    sealed = {"google": {"thought_signature": "vdt:gemini:sig"}}
    (part,) = read_tool_calls([{**call("f"), "extra_content": sealed}], D)
    assert (part.signature, part.source) == ("sig", "gemini")


def test_content_of_another_kind_is_kept() -> None:
    (message,) = read_messages([{"role": "user", "content": [{"type": "text"}]}], D)
    assert message.parts == (RawPart(content=[{"type": "text"}], dialect=D),)


def test_an_answer_has_no_ids_of_ours() -> None:
    message = read_answer_message({"content": "a", "tool_calls": [call("f")]}, D, "stop")
    assert message.finish_reason == "stop"
    assert message.parts == (TextPart(content="a"), ToolCallPart(name="f", arguments={}))


def test_tools_keep_what_is_beside() -> None:
    function = {"name": "f", "description": "d", "parameters": {"type": "object"}, "x": 1}
    assert read_tools([{"type": "function", "function": function, "items": 2}]) == (
        ToolDefinition(
            name="f", description="d", parameters={"type": "object"},
            extra={"items": 2, "function": {"x": 1}},
        ),
    )  # fmt: skip


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "role",
                    "content",
                    "tool_calls",
                    "function",
                    "arguments",
                    "id",
                    "images",
                    "thinking",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_nothing_that_is_json_breaks_a_reader(value: Any) -> None:
    assert isinstance(read_messages(value, D), tuple)
    assert isinstance(read_tools(value), tuple)
    assert isinstance(read_messages([{"role": "tool", "tool_calls": value}], D), tuple)
