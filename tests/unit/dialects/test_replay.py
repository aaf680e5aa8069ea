"""What is replayed assembles to what it was."""

from vedette.dialects.assemble import assemble
from vedette.dialects.replay import arguments_text, replay
from vedette.model.chat import (
    Answer,
    Message,
    ReasoningPart,
    RefusalPart,
    Stop,
    TextPart,
    ToolCallPart,
)
from vedette.model.usage import Usage


def test_a_replayed_answer_assembles_to_itself() -> None:
    message = Message(
        role="assistant",
        parts=(
            ReasoningPart(content="Hm."),
            TextPart(content="Both."),
            ToolCallPart(name="add", id="c1", arguments={"a": 1}),
            ToolCallPart(name="now", id="c2", arguments={}),
        ),
        finish_reason="tool_call",
    )
    other = Message(role="assistant", parts=(RefusalPart(content="No."),), finish_reason="stop")
    answer = Answer(
        id="a1", model="m", messages=(message, other), finish_reasons=("tool_call", "stop"),
        usage=Usage(input_uncached=3, output_text=4),
    )  # fmt: skip
    assert assemble(replay(answer)) == answer


def test_a_stop_sequence_is_told() -> None:
    message = Message(role="assistant", parts=(), finish_reason="stop_sequence")
    stops = [d for d in replay(Answer(messages=(message,), stop_sequence="END")) if type(d) is Stop]
    assert stops == [Stop("stop_sequence", 0, "END")]


def test_arguments_are_json_unless_the_model_wrote_none() -> None:
    assert arguments_text(None) == "{}"
    assert arguments_text({"a": [1]}) == '{"a":[1]}'
    assert arguments_text('{"a": ') == '{"a": '
