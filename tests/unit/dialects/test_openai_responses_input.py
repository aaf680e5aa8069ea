"""Messages, written as items."""

from typing import Any

from vedette.dialects.openai_responses_content import NAME
from vedette.dialects.openai_responses_input import (
    InputWriter,
    reasoning_item,
    split_instructions,
)
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

NONE: frozenset[str] = frozenset()
TEXT = TextPart(content="a")


def write(*messages: Message, dialect: str = "anthropic") -> tuple[list[dict[str, Any]], list[str]]:
    writer = InputWriter(ChatRequest(model="m", dialect=dialect), NONE)
    return writer.write(messages), list(writer.dropped)


def message(role: str, *parts: Part) -> Message:
    return Message(role=role, parts=parts)


def test_the_first_plain_system_message_is_the_instructions() -> None:
    first, other = message("system", TEXT), message("user", TEXT)
    request = ChatRequest(model="m", messages=(first, other))
    assert split_instructions(request) == ("a", (other,))
    for not_plain in (
        message("developer", TEXT),
        message("system", TEXT, TEXT),
        message("system", TextPart(content="a", extra={"x": 1})),
        Message(role="system", parts=(TEXT,), extra={"type": "message"}),
    ):
        request = ChatRequest(model="m", messages=(not_plain, other))
        assert split_instructions(request) == ("", (not_plain, other))


def test_results_stand_between_the_texts_of_a_user() -> None:
    items, _ = write(
        message("user", TEXT, ToolResultPart(id="1", result="x"), TEXT, RefusalPart(content="b"))
    )
    assert items == [
        {"role": "user", "content": "a"},
        {"type": "function_call_output", "call_id": "1", "output": "x"},
        {
            "role": "user",
            "content": [
                {"type": "input_text", "text": "a"},
                {"type": "input_text", "text": "b"},
            ],
        },
    ]


def test_an_assistants_turn_becomes_items() -> None:
    items, dropped = write(
        message(
            "assistant",
            ReasoningPart(content="hm", signature="s", source=NAME, id="rs"),
            TEXT,
            ToolCallPart(name="f", id="1", arguments={"a": 1}),
            RefusalPart(content="no"),
        )
    )
    assert items == [
        {
            "type": "reasoning",
            "summary": [{"type": "summary_text", "text": "hm"}],
            "encrypted_content": "s",
            "id": "rs",
        },
        {"role": "assistant", "content": "a"},
        {"type": "function_call", "call_id": "1", "name": "f", "arguments": '{"a":1}'},
        {"role": "assistant", "content": [{"type": "refusal", "refusal": "no"}]},
    ]
    assert dropped == []


def test_thoughts_go_to_nobody_but_their_signer() -> None:
    thoughts = (
        ReasoningPart(content="hm"),
        ReasoningPart(content="hm", signature="s", source="anthropic"),
        ReasoningPart(content="hm", source="openai_chat"),
    )
    assert write(message("assistant", *thoughts)) == ([], ["messages.reasoning"])
    own, dropped = write(message("assistant", *thoughts), dialect=NAME)
    assert own == [{"type": "reasoning", "summary": [{"type": "summary_text", "text": "hm"}]}]
    assert dropped == ["input.reasoning"]


def test_names_and_marks_of_errors_are_left_out_by_name() -> None:
    named = Message(role="user", parts=(TEXT,), name="Ann")
    failed = message("tool", ToolResultPart(id="1", result="x", is_error=True))
    assert write(named, failed)[1] == ["messages.name", "messages.is_error"]


def test_what_an_assistant_drew_is_shown_by_the_user() -> None:
    items, _ = write(message("assistant", MediaPart(modality="image", data="QUJD")))
    picture = {"type": "input_image", "image_url": "data:image/png;base64,QUJD", "detail": "auto"}
    assert items == [{"role": "user", "content": [picture]}]


def test_items_we_do_not_know_go_only_home() -> None:
    item = {"type": "web_search_call", "id": "ws"}
    raw = message("assistant", RawPart(content=item, dialect=NAME))
    assert write(raw, dialect=NAME)[0] == [item]
    assert write(raw)[0] == []


def test_other_roles_speak_as_users() -> None:
    assert (
        write(message("tool", TEXT), message("critic", TEXT))[0]
        == [{"role": "user", "content": "a"}] * 2
    )


def test_a_hidden_thought_is_no_redacted_one() -> None:
    hidden = ReasoningPart(content="", signature="s", source="anthropic")
    redacted = ReasoningPart(content="", signature="s", source="anthropic", redacted=True)
    assert reasoning_item(hidden)["summary"] == [{"type": "summary_text", "text": ""}]
    assert reasoning_item(redacted)["summary"] == []
    unsigned = ReasoningPart(content="hm", source="openai_chat")
    assert reasoning_item(unsigned)["encrypted_content"] == "vdt:openai_chat:"
