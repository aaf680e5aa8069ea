"""Messages in the order that Anthropic wants."""

from typing import Any

from vedette.dialects.anthropic_block_writer import BlockWriter
from vedette.dialects.anthropic_message_writer import write_messages
from vedette.model.chat import (
    ChatRequest,
    MediaPart,
    Message,
    Part,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)


def said(role: str, *parts: Part | str, **fields: Any) -> Message:
    written = tuple(TextPart(content=part) if isinstance(part, str) else part for part in parts)
    return Message(role=role, parts=written, **fields)


def write(*messages: Message, dialect: str = "openai_chat") -> tuple[dict[str, Any], list[str]]:
    request = ChatRequest(model="claude-opus-5", messages=messages, dialect=dialect)
    writer = BlockWriter(request)
    return write_messages(request, writer), list(writer.dropped)


def text(content: str) -> dict[str, Any]:
    return {"type": "text", "text": content}


def test_instructions_are_gathered_wherever_they_stand() -> None:
    members, dropped = write(
        said("system", "a"), said("user", "hi"), said("developer", "b"), said("user", "there")
    )
    assert members == {
        "system": [text("a"), text("b")],
        "messages": [{"role": "user", "content": [text("hi"), text("there")]}],
    }
    assert dropped == []


def test_one_plain_text_is_a_string() -> None:
    members, _ = write(said("system", "a"), said("user", "hi"))
    assert members == {"system": "a", "messages": [{"role": "user", "content": "hi"}]}


def test_all_results_of_a_turn_stand_first_in_one_message() -> None:
    members, _ = write(
        said("user", "hi"),
        said("assistant", "look", ToolCallPart(name="f", id="a"), ToolCallPart(name="g", id="b")),
        said("tool", ToolResultPart(id="b", result="2")),
        said("user", "and this"),
        said("tool", ToolResultPart(id="a", result="1")),
        said("assistant", "done"),
    )
    assert [message["role"] for message in members["messages"]] == [
        "user", "assistant", "user", "assistant",
    ]  # fmt: skip
    assert members["messages"][2]["content"] == [
        {"type": "tool_result", "tool_use_id": "b", "content": "2"},
        {"type": "tool_result", "tool_use_id": "a", "content": "1"},
        text("and this"),
    ]


def test_neighbours_of_one_role_become_one_message() -> None:
    members, _ = write(said("user", "a"), said("user", "b"), said("assistant", "c"),
                       said("assistant", "d"), said("user", "e"))  # fmt: skip
    assert members["messages"] == [
        {"role": "user", "content": [text("a"), text("b")]},
        {"role": "assistant", "content": [text("c"), text("d")]},
        {"role": "user", "content": "e"},
    ]


def test_instructions_alone_are_said_by_the_user() -> None:
    members, _ = write(said("system", "Say hi."))
    assert members == {"messages": [{"role": "user", "content": "Say hi."}]}


def test_empty_messages_are_left_out() -> None:
    members, _ = write(said("user", "a"), said("assistant", ""), said("user", "b"))
    assert members["messages"] == [{"role": "user", "content": [text("a"), text("b")]}]


def test_the_last_words_of_the_assistant_end_without_white_space() -> None:
    members, _ = write(said("user", "a"), said("assistant", "Sure: \n"))
    assert members["messages"][-1] == {"role": "assistant", "content": "Sure:"}
    members, _ = write(said("user", "a"), said("assistant", " \n"))
    assert members["messages"] == [{"role": "user", "content": "a"}]


def test_names_are_left_out_by_name() -> None:
    members, dropped = write(said("user", "a", name="ann", extra={"x": 1}))
    assert members["messages"] == [{"role": "user", "content": "a"}]
    assert dropped == ["messages.name", "messages.x"]


def test_functions_of_before_tools_get_ids() -> None:
    members, _ = write(
        said("user", "hi"),
        said("assistant", ToolCallPart(name="f", extra={"type": "function_call"})),
        said("function", ToolResultPart(name="f", result="1")),
    )
    call, result = (message["content"][0] for message in members["messages"][1:])
    assert call["id"] == result["tool_use_id"] == "call_1"


def test_at_home_messages_stay_where_they_were() -> None:
    members, dropped = write(
        said("system", "a"),
        said("user", "b", "c"),
        said("system", "d"),
        said("user", MediaPart(modality="image", file_id="f"), extra={"x": 1}),
        dialect="anthropic",
    )
    assert members == {
        "system": "a",
        "messages": [
            {"role": "user", "content": [text("b"), text("c")]},
            {"role": "system", "content": "d"},
            {
                "role": "user",
                "content": [{"type": "image", "source": {"type": "file", "file_id": "f"}}],
                "x": 1,
            },
        ],
    }
    assert dropped == []
