"""Messages for servers of the chat format."""

from typing import Any

import pytest

from vedette.dialects.contract import Unsupported
from vedette.dialects.openai_chat_message_writer import write_messages
from vedette.dialects.openai_chat_part_writer import PartWriter
from vedette.dialects.openai_messages import read_message
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
    ToolResultPart,
)

CACHED = {"cache_control": {"type": "ephemeral"}}
FUNCTION = {"name": "f", "arguments": '{"a":1}'}
OWN_MESSAGES: list[dict[str, Any]] = [
    {"role": "system", "content": "s"},
    {"role": "developer", "content": [{"type": "text", "text": "a", **CACHED}], "name": "d"},
    {"role": "user", "content": "u", "name": "ann"},
    {"role": "user", "content": ""},
    {
        "role": "user",
        "content": [
            {"type": "text", "text": "a"},
            {"type": "image_url", "image_url": {"url": "https://x/a.png"}},
        ],
    },
    {"role": "assistant", "content": "a"},
    {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": "c", "type": "function", "function": FUNCTION}],
    },
    {"role": "assistant", "content": None, "function_call": FUNCTION},
    {
        "role": "assistant",
        "content": "a",
        "reasoning_content": "hm",
        "reasoning_details": [
            {"type": "reasoning.text", "text": "hm", "signature": "s", "index": 0, "format": "x"}
        ],
    },
    {"role": "assistant", "content": "a", "reasoning_content": "hm"},
    {"role": "assistant", "content": None, "refusal": "no"},
    {"role": "assistant", "content": None, "audio": {"id": "au"}},
    {"role": "assistant", "content": "a", "prefix": True},
    {"role": "tool", "tool_call_id": "c", "content": "ok"},
    {
        "role": "tool",
        "tool_call_id": "c",
        "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}],
    },
    {"role": "function", "name": "f", "content": "ok"},
]


@pytest.mark.parametrize("message", OWN_MESSAGES, ids=lambda message: message["role"])
def test_at_home_every_message_comes_back_as_it_was(message: dict[str, Any]) -> None:
    request = ChatRequest(model="m", messages=(read_message(message),), dialect="openai_chat")
    writer = PartWriter(request)
    assert write_messages(request, writer) == [message]
    assert writer.dropped == {}


def said(role: str, *parts: Part | str, **fields: Any) -> Message:
    written = tuple(TextPart(content=part) if isinstance(part, str) else part for part in parts)
    return Message(role=role, parts=written, **fields)


def write(*messages: Message, model: str = "qwen3") -> tuple[list[dict[str, Any]], list[str]]:
    request = ChatRequest(model=model, messages=messages, dialect="anthropic")
    writer = PartWriter(request)
    return write_messages(request, writer), list(writer.dropped)


def test_a_turn_with_results_becomes_a_message_for_each() -> None:
    messages, dropped = write(
        said("system", "one", TextPart(content="two", extra=CACHED)),
        said("assistant", "look", ToolCallPart(name="f", id="a", arguments={})),
        said("user", ToolResultPart(id="a", result={"x": 1}, extra=CACHED), "go on", "please"),
    )
    assert messages == [
        {"role": "system", "content": "one\n\ntwo"},
        {
            "role": "assistant",
            "content": "look",
            "tool_calls": [
                {"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}
            ],
        },
        {"role": "tool", "tool_call_id": "a", "content": '{"x":1}'},
        {"role": "user", "content": "go on\n\nplease"},
    ]
    assert dropped == ["messages.cache_control"]


def test_pictures_in_results_follow_in_a_message_of_the_user() -> None:
    picture = MediaPart(modality="image", uri="https://x/a.png")
    messages, _ = write(
        said(
            "user",
            ToolResultPart(id="a", result="", parts=(picture,)),
            ToolResultPart(id="b", result="see", parts=(TextPart(content="see"), picture)),
            "what is it?",
        )
    )
    image = {"type": "image_url", "image_url": {"url": "https://x/a.png"}}
    assert messages == [
        {"role": "tool", "tool_call_id": "a", "content": "The result follows."},
        {"role": "tool", "tool_call_id": "b", "content": "see"},
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "Of the result of a:"}, image,
                {"type": "text", "text": "Of the result of b:"}, image,
                {"type": "text", "text": "what is it?"},
            ],
        },
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("result", "content"),
    [("no such file", "Error: no such file"), ("Error: gone", "Error: gone"), (None, "Error")],
)
def test_that_a_result_is_an_error_is_said_in_words(result: Any, content: str) -> None:
    messages, _ = write(said("user", ToolResultPart(id="a", result=result, is_error=True)))
    assert messages[0]["content"] == content


def test_what_is_raw_in_a_result_is_left_out_by_name() -> None:
    raw = RawPart(content={"type": "tool_reference"}, dialect="anthropic")
    messages, dropped = write(said("user", ToolResultPart(id="a", parts=(raw,))))
    assert messages == [{"role": "tool", "tool_call_id": "a", "content": ""}]
    assert dropped == ["messages.tool_result"]


@pytest.mark.parametrize(
    ("thought", "model", "taken"),
    [
        (ReasoningPart(content="hm", source="openai_chat"), "deepseek-reasoner", True),
        (ReasoningPart(content="hm"), "deepseek-reasoner", True),
        (ReasoningPart(content="hm", signature="s", source="openai_chat"), "any", True),
        (ReasoningPart(content="hm", signature="s", source="anthropic"), "any", False),
        (ReasoningPart(content="hm", source="openai_chat"), "gpt-5", False),
    ],
)
def test_thoughts_go_to_who_thought_them(thought: Part, model: str, taken: bool) -> None:
    (message,), dropped = write(said("assistant", thought, "a"), model=model)
    assert (message.get("reasoning_content") == "hm") == taken
    assert dropped == ([] if taken else ["messages.reasoning"])


def test_a_turn_with_nothing_left_is_left_out() -> None:
    thought = ReasoningPart(content="hm", signature="s", source="anthropic")
    messages, _ = write(said("assistant", thought), said("user", ""), said("system", ""))
    assert messages == []


def test_roles_of_others_are_users() -> None:
    assert write(said("critic", "a"))[0] == [{"role": "user", "content": "a"}]


def test_developers_are_known_to_openai_only() -> None:
    assert write(said("developer", "a"), model="gpt-5")[0][0]["role"] == "developer"
    assert write(said("developer", "a"), model="qwen3")[0][0]["role"] == "system"


def test_a_refusal_is_a_refusal() -> None:
    messages, _ = write(said("assistant", RefusalPart(content="no")))
    assert messages == [{"role": "assistant", "content": None, "refusal": "no"}]


def test_calls_without_ids_get_some() -> None:
    messages, _ = write(
        said("assistant", ToolCallPart(name="f")), said("tool", ToolResultPart(name="f"))
    )
    assert messages[0]["tool_calls"][0]["id"] == messages[1]["tool_call_id"] == "call_1"


def test_media_of_the_assistant_are_refused() -> None:
    with pytest.raises(Unsupported):
        write(said("assistant", MediaPart(modality="image", data="AAAA")))
