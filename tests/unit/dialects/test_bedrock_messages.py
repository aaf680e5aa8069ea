"""Messages of other dialects, as the Converse API wants them."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.bedrock import CLAUDE, LLAMA, called
from vedette.dialects.bedrock_messages import MessageWriter
from vedette.dialects.contract import Unsupported
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

IMAGE = MediaPart(modality="image", mime_type="image/png", data="AAAA")
IMAGE_BLOCK = {"image": {"format": "png", "source": {"bytes": "AAAA"}}}


def text(content: str, **extra: Any) -> TextPart:
    return TextPart(content=content, extra=extra)


def write(
    *messages: Message, model: str = CLAUDE, dialect: str = "openai_chat"
) -> tuple[list[Any], list[Any], list[str]]:
    writer = MessageWriter(ChatRequest(model=model, messages=messages, dialect=dialect))
    system, written = writer.write()
    return system, written, list(writer.dropped)


def user(*parts: Part) -> list[Any]:
    """The blocks of one user's message."""
    _, (message,), _ = write(Message("user", parts))
    assert message["role"] == "user"
    content: list[Any] = message["content"]
    return content


def test_instructions_stand_apart_wherever_they_stood() -> None:
    assert write(
        Message("system", (text("a"),)),
        Message("user", (text("hi"),)),
        Message("developer", (text("b"), text("c"))),
        Message("user", (text("there"),), name="ann"),
    ) == (
        [{"text": "a"}, {"text": "b"}, {"text": "c"}],
        [{"role": "user", "content": [{"text": "hi"}, {"text": "there"}]}],
        ["messages.name"],
    )
    with pytest.raises(Unsupported, match="more than text"):
        write(Message("system", (IMAGE,)))


def test_roles_alternate_and_results_come_first() -> None:
    calls = (
        text("I look."),
        ToolCallPart(name="f", id="c1", arguments={}),
        ToolCallPart(name="g", id="c2", arguments="x"),
    )
    system, messages, _ = write(
        Message("user", (text("go"),)),
        Message("assistant", calls[:1]),
        Message("assistant", calls[1:]),
        Message("tool", (ToolResultPart(id="c1", result="1"),)),
        Message("user", (text("and?"),)),
        Message("tool", (ToolResultPart(id="c2", result={"b": 2}, is_error=True),)),
    )
    assert not system
    assert messages == [
        {"role": "user", "content": [{"text": "go"}]},
        {
            "role": "assistant",
            "content": [
                {"text": "I look."},
                {"toolUse": {"toolUseId": "c1", "name": "f", "input": {}}},
                {"toolUse": {"toolUseId": "c2", "name": "g", "input": {"INVALID_JSON": "x"}}},
            ],
        },
        {
            "role": "user",
            "content": [
                {"toolResult": {"toolUseId": "c1", "content": [{"text": "1"}]}},
                {
                    "toolResult": {
                        "toolUseId": "c2",
                        "content": [{"json": {"b": 2}}],
                        "status": "error",
                    }
                },
                {"text": "and?"},
            ],
        },
    ]


def test_what_is_empty_is_left_out() -> None:
    _, messages, dropped = write(
        Message("user", (text("a"), text(" \n"))),
        Message("assistant", (text(""),)),
        Message("user", ()),
        Message(
            "assistant",
            (RefusalPart(content="no"), RefusalPart(content="")),
        ),
    )
    assert [message["content"] for message in messages] == [[{"text": "a"}], [{"text": "no"}]]
    assert not dropped


def test_the_last_turn_of_the_assistant_ends_without_white_space() -> None:
    _, messages, _ = write(Message("user", (text("a "),)), Message("assistant", (text("Sure: "),)))
    assert [message["content"] for message in messages] == [[{"text": "a "}], [{"text": "Sure:"}]]


def test_media_and_documents() -> None:
    pdf = MediaPart(modality="file", mime_type="application/pdf", data="AAAA", name="a_b.pdf")
    content = user(IMAGE, pdf, pdf)
    assert content[0] == IMAGE_BLOCK
    assert [block["document"]["name"] for block in content[1:]] == ["a b", "a b (2)"]
    with pytest.raises(Unsupported, match="by its URL") as raised:
        user(MediaPart(modality="image", uri="https://x/cat.png"))
    assert raised.value.param == "messages"


def test_results_with_pictures() -> None:
    result = ToolResultPart(id="c", result="see", parts=(text("see"), IMAGE))
    assert user(result) == [
        {"toolResult": {"toolUseId": "c", "content": [{"text": "see"}, IMAGE_BLOCK]}}
    ]


@pytest.mark.parametrize(
    ("thought", "block"),
    [
        (ReasoningPart(content="a", signature="s", source="anthropic"),
         {"reasoningText": {"text": "a", "signature": "s"}}),
        (ReasoningPart(content="a", signature="s", source="bedrock", extra={"x": 1}),
         {"reasoningText": {"text": "a", "signature": "s"}}),
        (ReasoningPart(content="", signature="cmVk", redacted=True, source="anthropic"),
         {"redactedContent": "cmVk"}),
        (ReasoningPart(content="a", signature="s", source="gemini"), None),
        (ReasoningPart(content="a"), None),
    ],
)  # fmt: skip
def test_thoughts_go_back_to_who_signed_them(
    thought: ReasoningPart, block: dict[str, Any] | None
) -> None:
    _, messages, dropped = write(Message("assistant", (thought, text("b"))))
    expected = [] if block is None else [{"reasoningContent": block}]
    assert messages[0]["content"] == [*expected, {"text": "b"}]
    assert dropped == ([] if block else ["messages.reasoning"])


def test_marks_of_what_to_cache() -> None:
    marked = text("a", cache_control={"type": "ephemeral"})
    result = ToolResultPart(id="c", result="1", extra={"cache_control": {"type": "ephemeral"}})
    point = {"cachePoint": {"type": "default"}}
    system, messages, _ = write(Message("system", (marked,)), Message("user", (result, marked)))
    assert system == [{"text": "a"}, point]
    assert messages[0]["content"][1:] == [point, {"text": "a"}, point]
    system, messages, _ = write(Message("system", (marked,)), model=LLAMA)
    assert system == [{"text": "a"}]


def test_ids_become_allowed_ones_for_call_and_result_alike() -> None:
    def ids(id: str) -> list[str]:
        call, result = called()[1:]
        _, messages, _ = write(
            replace(call, parts=(ToolCallPart(name="f", id=id),)),
            replace(result, parts=(ToolResultPart(id=id, result="1"),)),
        )
        return [
            messages[0]["content"][0]["toolUse"]["toolUseId"],
            messages[1]["content"][0]["toolResult"]["toolUseId"],
        ]

    assert ids("call_1") == ["call_1", "call_1"]
    for odd in ("call 1|é", "x" * 65):
        first, second = ids(odd)
        assert first == second
        assert len(first) <= 64
        assert first.replace("_", "").isalnum()
    assert ids("a b") != ids("a_b")
    assert ids("") == ["call_1", "call_1"]


def test_raw_parts_of_others_are_left_out() -> None:
    assert user(text("a"), RawPart(content={"type": "x"}, dialect="openai_chat")) == [{"text": "a"}]


def test_a_request_of_this_dialect_stays_as_it_is() -> None:
    odd = (
        Message("system", (text("a"), RawPart(content={"cachePoint": {}}, dialect="bedrock"))),
        Message("user", (text(""), ReasoningPart(content="t"))),
        Message("user", (text(" "), ToolResultPart(id="?? ", result=[1]))),
        Message("system", (text("b"),), extra={"x": 1}),
        Message("assistant", (text("c "), ToolCallPart(name="f", arguments="z"))),
    )
    assert write(*odd, dialect="bedrock") == (
        [{"text": "a"}, {"cachePoint": {}}],
        [
            {
                "role": "user",
                "content": [{"text": ""}, {"reasoningContent": {"reasoningText": {"text": "t"}}}],
            },
            {
                "role": "user",
                "content": [
                    {"text": " "},
                    {"toolResult": {"toolUseId": "?? ", "content": [{"json": [1]}]}},
                ],
            },
            {"role": "system", "content": [{"text": "b"}], "x": 1},
            {
                "role": "assistant",
                "content": [
                    {"text": "c "},
                    {"toolUse": {"toolUseId": "", "name": "f", "input": "z"}},
                ],
            },
        ],
        [],
    )
