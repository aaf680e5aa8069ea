"""What becomes of answers between dialects."""

from vedette.gateway.translation import neutral
from vedette.model.chat import Answer, Message, ToolCallPart


def test_reasons_become_neutral() -> None:
    message = Message("assistant", (ToolCallPart(name="f"),), finish_reason="end_turn")
    answer = neutral(Answer(messages=(message,), finish_reasons=("end_turn",)), "anthropic")
    assert answer.finish_reasons == ("tool_call",)
    assert answer.messages[0].finish_reason == "tool_call"
