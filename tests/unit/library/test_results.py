"""What stands in an answer."""

from vedette.library.results import ChatResult, spoken
from vedette.model.chat import Message, ReasoningPart, RefusalPart, TextPart, ToolCallPart


def test_parts_stand_in_their_fields() -> None:
    call = ToolCallPart(name="f", id="c", arguments={"a": 1})
    parts = (
        ReasoningPart(content="Hm."), TextPart(content="Hel"), TextPart(content="lo"),
        RefusalPart(content="No."), call,
    )  # fmt: skip
    result = ChatResult(**spoken((Message("assistant", parts),)))
    assert (result.text, result.reasoning, result.refusal) == ("Hello", "Hm.", "No.")
    assert result.tool_calls == (call,)
    assert result.cost_usd is None


def test_no_choice_is_no_text() -> None:
    assert ChatResult(**spoken(())).text == ""
