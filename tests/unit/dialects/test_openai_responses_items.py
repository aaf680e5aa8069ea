"""Items, read into messages."""

from typing import Any

import pytest

from vedette.dialects.openai_responses_content import ITEM, NAME
from vedette.dialects.openai_responses_items import (
    read_arguments,
    read_input,
    read_output,
    read_reasoning,
)
from vedette.model.chat import (
    MediaPart,
    Message,
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)


def call(call_id: str, **fields: Any) -> dict[str, Any]:
    return {"type": "function_call", "call_id": call_id, "name": "f", "arguments": "{}", **fields}


def said(text: str, **fields: Any) -> dict[str, Any]:
    return {"role": "assistant", "content": text, **fields}


F: dict[str, Any] = {"name": "f", "arguments": {}}


def test_an_assistants_items_are_one_message() -> None:
    thought = {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "sig"}
    items = [thought, said("a"), call("1"), call("2"), {"role": "user", "content": "b"}]
    assert read_input(items) == [
        Message(
            role="assistant",
            parts=(
                ReasoningPart(content="", signature="sig", redacted=True, source=NAME, id="rs_1"),
                TextPart(content="a"),
                ToolCallPart(id="1", **F),
                ToolCallPart(id="2", **F),
            ),
        ),
        Message(role="user", parts=(TextPart(content="b"),)),
    ]


def test_calls_stay_together_whatever_is_said_between() -> None:
    [message] = read_input([said("a", id="m1"), call("1"), said("b", id="m2"), call("2")])
    assert message.parts == (
        TextPart(content="a", extra={ITEM: {"id": "m1"}}),
        ToolCallPart(id="1", **F),
        TextPart(content="b", extra={ITEM: {"id": "m2"}}),
        ToolCallPart(id="2", **F),
    )


def test_what_is_said_twice_is_two_messages() -> None:
    assert [len(message.parts) for message in read_input([said("a"), said("b"), call("1")])] == [
        1,
        2,
    ]


def test_results_are_messages_of_their_own() -> None:
    items = [
        {"type": "function_call_output", "call_id": "1", "output": "x", "status": "completed"},
        {"type": "custom_tool_call_output", "call_id": "2", "output": "y", "id": "i"},
    ]
    assert read_input(items) == [
        Message(role="tool", parts=(ToolResultPart(id="1", result="x"),)),
        Message(
            role="tool",
            parts=(
                ToolResultPart(
                    id="2", result="y", extra={"id": "i", "type": "custom_tool_call_output"}
                ),
            ),
        ),
    ]


def test_results_of_several_parts() -> None:
    text = {"type": "input_text", "text": "a"}
    image = {"type": "input_image", "image_url": "https://x.example/a"}
    one, two = read_input(
        [
            {"type": "function_call_output", "call_id": "1", "output": [text]},
            {"type": "function_call_output", "call_id": "2", "output": [text, image]},
        ]
    )
    assert one.parts == (ToolResultPart(id="1", result="a"),)
    assert two.parts == (
        ToolResultPart(
            id="2",
            result="a",
            parts=(
                TextPart(content="a"),
                MediaPart(modality="image", uri="https://x.example/a"),
            ),
        ),
    )


def test_other_fields_of_an_item_are_kept() -> None:
    user = {"type": "message", "role": "user", "id": "m", "status": "completed", "content": "a"}
    assert read_input([user])[0].extra == {"id": "m"}
    [answer] = read_input([said("a", type="message", id="m", phase="commentary")])
    assert answer.parts[0] == TextPart(
        content="a", extra={ITEM: {"id": "m", "phase": "commentary"}}
    )
    refusal = {"type": "refusal", "refusal": "no"}
    [refused] = read_input([said("", id="m", status="incomplete") | {"content": [refusal]}])
    assert refused.parts == (
        RefusalPart(content="no", extra={ITEM: {"id": "m", "status": "incomplete"}}),
    )
    [calling] = read_input([call("1", id="fc", namespace="n", status="completed")])
    assert calling.parts == (ToolCallPart(id="1", extra={"id": "fc", "namespace": "n"}, **F),)


@pytest.mark.parametrize(
    ("item", "role"),
    [
        ({"type": "item_reference", "id": "x"}, "user"),
        ({"type": "web_search_call", "id": "x"}, "assistant"),
        ({"type": "mcp_list_tools", "id": "x"}, "assistant"),
        ({"type": "computer_call_output", "call_id": "x"}, "tool"),
        ({"type": "additional_tools", "role": "developer", "tools": []}, "developer"),
        ({"type": "something_new"}, "user"),
        (5, "user"),
    ],
)
def test_items_we_do_not_know_are_kept_as_they_came(item: Any, role: str) -> None:
    raw = RawPart(content=item, dialect=NAME)
    assert read_input([item]) == [Message(role=role, parts=(raw,))]


def test_a_reference_need_not_say_what_it_is() -> None:
    reference = RawPart(content={"id": "x", "type": "item_reference"}, dialect=NAME)
    assert read_input([{"id": "x"}])[0].parts == (reference,)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            {"id": "r", "summary": [{"text": "a"}], "encrypted_content": "sig"},
            ReasoningPart(content="a", signature="sig", source=NAME, id="r"),
        ),
        (
            {"id": "r", "summary": [{"text": "a"}, {"text": "b"}]},
            ReasoningPart(
                content="a\n\nb", id="r", extra={"summary": [{"text": "a"}, {"text": "b"}]}
            ),
        ),
        (
            {"summary": [], "content": [{"type": "reasoning_text", "text": "a"}]},
            ReasoningPart(
                content="a", extra={"content": [{"type": "reasoning_text", "text": "a"}]}
            ),
        ),
        (
            {"summary": [{"text": "a"}], "encrypted_content": "vdt:anthropic:s"},
            ReasoningPart(content="a", signature="s", source="anthropic"),
        ),
        (
            {"summary": [], "encrypted_content": "vdt:anthropic:s"},
            ReasoningPart(content="", signature="s", source="anthropic", redacted=True),
        ),
        # Signed and not shown, but not redacted either.
        (
            {"summary": [{"text": ""}], "encrypted_content": "vdt:anthropic:s"},
            ReasoningPart(content="", signature="s", source="anthropic"),
        ),
        # Not signed, but another provider's.
        (
            {"summary": [{"text": "a"}], "encrypted_content": "vdt:openai_chat:"},
            ReasoningPart(content="a", source="openai_chat"),
        ),
    ],
)
def test_thoughts(item: dict[str, Any], expected: Part) -> None:
    assert read_reasoning({"type": "reasoning", **item}) == expected


def test_a_call_that_another_provider_signed() -> None:
    signed = {"google": {"thought_signature": "vdt:gemini:s"}}
    assert read_output([call("1", id="fc", extra_content=signed)]) == (
        ToolCallPart(id="1", signature="s", source="gemini", **F),
    )


def test_a_custom_call_is_a_function_call_of_one_argument() -> None:
    item = {"type": "custom_tool_call", "call_id": "1", "name": "f", "input": "a\nb"}
    part = ToolCallPart(name="f", id="1", arguments={"input": "a\nb"})
    assert read_output([item]) == (part,)
    [message] = read_input([item])
    assert message.parts[0] == ToolCallPart(
        name="f", id="1", arguments={"input": "a\nb"}, extra={"type": "custom_tool_call"}
    )


def test_output() -> None:
    citation = {"type": "url_citation", "url": "https://x.example"}
    text = {"type": "output_text", "text": "a", "annotations": [citation], "logprobs": []}
    search = {"type": "web_search_call", "id": "ws"}
    items = [
        {"type": "reasoning", "id": "r", "summary": []},
        {"type": "message", "id": "m", "content": [text]},
        search,
        {"type": "image_generation_call", "id": "ig", "result": "AAAA", "output_format": "webp"},
        {"type": "image_generation_call", "id": "ig", "result": None},
    ]
    assert read_output(items) == (
        TextPart(content="a", extra={"annotations": [citation]}),
        RawPart(content=search, dialect=NAME),
        MediaPart(modality="image", mime_type="image/webp", size_bytes=3, data="AAAA"),
        RawPart(content=items[-1], dialect=NAME),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("  ", {}),
        ('{"a": 1}', {"a": 1}),
        ('{"a": ', '{"a": '),
        ("null", None),
        ('"a"', '"a"'),
        ("[1]", [1]),
    ],
)
def test_arguments(text: str, expected: Any) -> None:
    assert read_arguments(text) == expected
