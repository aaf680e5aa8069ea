"""Calls without ids find their results."""

from vedette.dialects.tool_calls import result_text, with_call_ids
from vedette.model.chat import Message, Part, TextPart, ToolCallPart, ToolResultPart


def said(role: str, *parts: Part) -> Message:
    return Message(role=role, parts=parts)


def test_results_are_matched_by_name_then_by_order() -> None:
    messages = with_call_ids(
        (
            said("user", TextPart(content="hi")),
            said("assistant", ToolCallPart(name="f"), ToolCallPart(name="g")),
            said("function", ToolResultPart(name="g", result="1")),
            said("function", ToolResultPart(result="2")),
            said("assistant", ToolCallPart(name="f"), ToolCallPart(name="h", id="own")),
            said("tool", ToolResultPart(id="own", result="3")),
            said("function", ToolResultPart(name="f", result="4")),
        )
    )
    ids = [[part.id for part in m.parts if not isinstance(part, TextPart)] for m in messages]  # type: ignore[union-attr]
    assert ids == [[], ["call_1", "call_2"], ["call_2"], ["call_1"], ["call_3", "own"], ["own"],
                   ["call_3"]]  # fmt: skip


def test_messages_with_ids_stay_as_they_are() -> None:
    messages = (
        said("assistant", ToolCallPart(name="f", id="a")),
        said("tool", ToolResultPart(id="a")),
    )
    assert with_call_ids(messages) is messages


def test_a_result_without_a_call_gets_an_id_all_the_same() -> None:
    (message,) = with_call_ids((said("function", ToolResultPart(name="f")),))
    assert message.parts == (ToolResultPart(name="f", id="call_0"),)


def test_results_become_text() -> None:
    assert [result_text(value) for value in ("a", None, {"b": [1]}, 5)] == [
        "a", "", '{"b":[1]}', "5",
    ]  # fmt: skip
