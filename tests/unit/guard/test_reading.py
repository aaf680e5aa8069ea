"""The texts of messages, in the order in which findings count them."""

from vedette.guard.reading import leaves, passages_of, with_tool
from vedette.model.chat import (
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
