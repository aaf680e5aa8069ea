"""Neutral messages and tools, as Ollama takes them."""

from typing import Any

import pytest

from vedette.dialects.contract import Unsupported
from vedette.dialects.ollama_message_writer import MessageWriter, as_object, write_tools
from vedette.dialects.ollama_messages import RAW, read_arguments, read_messages
from vedette.model.chat import (
    ChatRequest,
    MediaPart,
    Message,
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolChoice,
    ToolDefinition,
    ToolResultPart,
)

D = "ollama_chat"


def write(*messages: Message, dialect: str = "openai_chat") -> tuple[list[Any], list[str]]:
    writer = MessageWriter(ChatRequest(model="m", messages=messages, dialect=dialect), D)
    return list(writer.write()), list(writer.dropped)


def user(*parts: Part) -> Message:
    return Message("user", parts)


def text(content: str) -> TextPart:
    return TextPart(content=content)


def test_texts_of_a_message_are_parted_but_an_assistants_run_on() -> None:
    written, _ = write(
        Message("developer", (text("a"), text("b"))),
        Message("assistant", (text("c"), RefusalPart(content="d"))),
    )
    assert written == [
        {"role": "system", "content": "a\n\nb"},
        {"role": "assistant", "content": "cd"},
    ]


def test_pictures_stand_beside_the_text() -> None:
    written, _ = write(user(MediaPart(modality="image", data="AAAA"), text("what is it?")))
    assert written == [{"role": "user", "content": "what is it?", "images": ["AAAA"]}]


def test_results_of_a_turn_become_messages_of_their_own() -> None:
    calls = (
        ToolCallPart(name="f", id="1", arguments={"a": 1}),
        ToolCallPart(name="g", id="2", arguments=None),
    )
    picture = MediaPart(modality="image", data="AAAA")
    written, dropped = write(
        Message("assistant", calls),
        user(
            ToolResultPart(id="2", result={"x": [1]}, is_error=True),
            ToolResultPart(id="1", result="see", parts=(text("see"), text("here"), picture)),
            text("and now?"),
        ),
    )
    assert written == [
        {
            "role": "assistant", "content": "", "tool_calls": [
                {"id": "1", "function": {"index": 0, "name": "f", "arguments": {"a": 1}}},
                {"id": "2", "function": {"index": 1, "name": "g", "arguments": {}}},
            ],
        },
        {"role": "tool", "content": '{"x":[1]}', "tool_name": "g", "tool_call_id": "2"},
        {
            "role": "tool", "content": "see\n\nhere", "images": ["AAAA"], "tool_name": "f",
            "tool_call_id": "1",
        },
        {"role": "user", "content": "and now?"},
    ]  # fmt: skip
    assert dropped == ["messages.is_error"]


def test_a_result_of_nothing_is_empty() -> None:
    written, _ = write(Message("tool", (ToolResultPart(),)))
    assert written == [{"role": "tool", "content": ""}]


def test_only_thoughts_that_nobody_else_signed_are_shown_again() -> None:
    written, dropped = write(
        Message(
            "assistant",
            (
                ReasoningPart(content="plain"),
                ReasoningPart(content="other", source="openai_chat"),
                ReasoningPart(content="signed", signature="s", source="anthropic"),
                ReasoningPart(content="", signature="s", source="anthropic", redacted=True),
                text("so"),
            ),
        )
    )
    assert written == [{"role": "assistant", "content": "so", "thinking": "plainother"}]
    assert dropped == ["messages.reasoning"]


def test_names_and_foreign_parts_stay_behind() -> None:
    part = RawPart(content={"type": "novel"}, dialect="openai_chat")
    written, dropped = write(Message("user", (part, text("a")), name="ann", extra={"x": 1}))
    assert written == [{"role": "user", "content": "a"}]
    assert dropped == ["messages.name"]


def test_in_its_own_dialect_nothing_is_lost() -> None:
    messages = [
        {"role": "user", "content": "a", "novel": {"x": 1}},
        {"role": "user", "content": ["odd"]},
        {
            "role": "assistant", "content": "b", "thinking": "t",
            "tool_calls": [{"id": "c", "function": {"index": 0, "name": "f", "arguments": {}}}],
        },
        {"role": "tool", "content": "r", "tool_name": "f", "tool_call_id": "c", "novel": 2},
    ]  # fmt: skip
    assert write(*read_messages(messages, D), dialect=D) == (messages, [])


@pytest.mark.parametrize("arguments", [{"a": 1}, {}, "{oops", [1], 7, "text"])
def test_arguments_are_an_object_and_come_back(arguments: Any) -> None:
    written = as_object(arguments)
    assert isinstance(written, dict)
    assert read_arguments(written) == arguments


def test_what_is_no_object_stands_in_one() -> None:
    assert as_object("{oops") == {RAW: "{oops"}
    assert as_object(None) == {}
    assert as_object("") == {}


F, G = ToolDefinition(name="f", description="d"), ToolDefinition(name="g", strict=True)


def tools(choice: ToolChoice | None, *offered: ToolDefinition) -> tuple[list[str], list[str]]:
    request = ChatRequest(model="m", tools=offered, tool_choice=choice, dialect="openai_chat")
    written, dropped = write_tools(request, is_own=False)
    return [tool["function"]["name"] for tool in written], dropped


def test_a_tool_without_parameters_gets_empty_ones() -> None:
    written, _ = write_tools(ChatRequest(model="m", tools=(F,)), is_own=False)
    assert written == [
        {
            "type": "function",
            "function": {
                "name": "f", "description": "d",
                "parameters": {"type": "object", "properties": {}},
            },
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("choice", "offered"),
    [
        (None, ["f", "g"]),
        (ToolChoice("auto"), ["f", "g"]),
        (ToolChoice("none"), []),
        (ToolChoice("auto", ("g",)), ["g"]),
    ],
)
def test_which_tools_are_offered(choice: ToolChoice | None, offered: list[str]) -> None:
    names, dropped = tools(choice, F, G)
    assert names == offered
    assert dropped == (["tools.strict"] if "g" in offered else [])


@pytest.mark.parametrize("choice", [ToolChoice("required"), ToolChoice("tool", ("f",))])
def test_a_call_cannot_be_demanded(choice: ToolChoice) -> None:
    with pytest.raises(Unsupported, match="demands a call"):
        tools(choice, F)


def test_tools_of_a_provider_are_refused() -> None:
    with pytest.raises(Unsupported, match="web_search"):
        tools(None, ToolDefinition(name="web_search", built_in="web_search"))
