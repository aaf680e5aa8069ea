"""The texts of messages, in the order in which findings count them."""

from base64 import b64encode
from typing import Any

from vedette.guard.reading import leaves, passages_of, text_of_file, texts_of_blocks, with_tool
from vedette.model.chat import (
    MediaPart,
    Message,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from vedette.ports.detector import Evidence


def test_texts_stand_where_their_role_says() -> None:
    said = (
        Message("system", (TextPart(content="Be kind."),)),
        Message("user", (TextPart(content=""), TextPart(content="Hi."))),
        Message(
            "assistant",
            (ReasoningPart(content="Hm."), ToolCallPart(name="look", arguments={"at": "x"})),
        ),
        Message("tool", (ToolResultPart(result={"a": ["b", {"c": "d"}]}),)),
    )
    found = [(passage.where, passage.text) for passage in passages_of(said, default="input")]
    assert found == [
        ("system", "Be kind."), ("input", "Hi."), ("reasoning", "Hm."),
        ("tool_arguments", '{"at":"x"}'), ("tool_result", "b"), ("tool_result", "d"),
    ]  # fmt: skip


def test_what_is_no_message_stands_where_it_is_told() -> None:
    assert passages_of(None, default="output") == []
    assert passages_of("", default="output") == []
    (only,) = passages_of("Raw.", default="output")
    assert (only.text, only.where) == ("Raw.", "output")


def test_leaves_are_bounded_in_depth() -> None:
    deep: object = "end"
    for _ in range(100):
        deep = [deep]
    assert list(leaves(deep)) == []


def test_arguments_know_their_tool() -> None:
    assert with_tool(Evidence(canaries=("x",)), "look").tool_name == "look"


def file(text: str, **changes: Any) -> MediaPart:
    fields = {
        "modality": "file",
        "mime_type": "text/plain",
        "data": b64encode(text.encode()).decode(),
    }
    return MediaPart(**{**fields, **changes})


def test_documents_come_last_and_first_those_that_are_kept() -> None:
    blocks = {"source": {"type": "content", "content": [{"type": "text", "text": "In blocks."}]}}
    said = (
        Message(
            "user",
            (
                file("In a file."),
                file("In blocks.", extra=blocks, name="T"),
                TextPart(content="Hi."),
            ),
        ),
        Message("tool", (ToolResultPart(parts=(TextPart(content="So."), file("Found."))),)),
    )
    found = [(passage.where, passage.text) for passage in passages_of(said, default="input")]
    assert found == [
        ("input", "Hi."), ("tool_result", "So."), ("document", "In blocks."), ("document", "T"),
        ("document", "In a file."), ("tool_result", "Found."),
    ]  # fmt: skip


def test_marks_of_a_document_do_not_hide_its_text() -> None:
    marks = {"cache_control": {"type": "ephemeral"}, "citations": {"enabled": True}, "context": "C"}
    marked = file("Hello.", extra=marks)
    assert text_of_file(marked) == ["Hello."]
    assert texts_of_blocks(marked) == ["C"]


def test_what_is_no_text_has_none() -> None:
    image = file("x", modality="image", mime_type="image/png", extra={"detail": "high"})
    assert texts_of_blocks(image) == text_of_file(image) == []
    assert text_of_file(file("x", mime_type="application/pdf")) == []
    assert text_of_file(file("x", data="é")) == []
    assert text_of_file(file("", data="/w")) == ["\ufffd"]
