import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.ingest.message_shapes import plain, read_conversation, read_message
from vedette.model.chat import Message, ReasoningPart, TextPart, ToolCallPart, ToolResultPart

USER = Message("user", (TextPart(content="hi"),))
ANSWER = Message("assistant", (TextPart(content="yes"),))


@pytest.mark.parametrize(
    "written",
    [[{"role": "user", "content": "hi"}], {"messages": [{"role": "user", "content": "hi"}]},
     '[{"role": "user", "content": [{"type": "text", "text": "hi"}]}]',
     [{"role": "user", "parts": [{"type": "text", "content": "hi"}]}],
     [[{"lc": 1, "id": ["langchain", "HumanMessage"], "kwargs": {"content": "hi"}}]],
     [{"type": "human", "data": {"content": "hi"}}], [{"message": {"role": "user",
      "content": "hi"}}], {"contents": [{"role": "user", "parts": [{"text": "hi"}]}]},
     {"input": [{"type": "message", "role": "user", "content": "hi"}]},
     {"role": "user", "content": "hi"}],
)  # fmt: skip
def test_a_question_is_the_same_in_every_shape(written: Any) -> None:
    assert read_conversation(written, role="user") == (USER,)


@pytest.mark.parametrize(
    "written",
    [{"choices": [{"message": {"role": "assistant", "content": "yes"}}]},
     {"candidates": [{"content": {"role": "model", "parts": [{"text": "yes"}]}}]},
     {"role": "assistant", "content": [{"type": "text", "text": "yes"}]},
     {"content": [{"type": "text", "text": "yes"}]},
     {"output": [{"type": "message", "content": [{"type": "output_text", "text": "yes"}]}]},
     {"generations": [[{"text": "yes"}]]}, {"message": {"content": "yes"}},
     {"combined_chunk_content": "yes"}],
)  # fmt: skip
def test_an_answer_is_the_same_in_every_shape(written: Any) -> None:
    assert read_conversation(json.dumps(written), role="assistant") == (ANSWER,)


def test_instructions_beside_the_messages_come_first() -> None:
    asked = {"system": "be kind", "messages": [{"role": "user", "content": "hi"}]}
    found = read_conversation(asked, role="user")
    assert found == (Message("system", (TextPart(content="be kind"),)), USER)


def test_calls_thoughts_and_results_keep_their_order() -> None:
    spoken = read_message(
        {"role": "ai", "reasoning_content": "hm", "content": "look:",
         "tool_calls": [{"name": "look", "args": {"a": 1}, "id": "c1"}], "finish_reason": "stop"},
        role="assistant",
    )  # fmt: skip
    assert spoken == Message(
        "assistant",
        (ReasoningPart(content="hm"), TextPart(content="look:"),
         ToolCallPart(name="look", id="c1", arguments={"a": 1})),
        finish_reason="stop",
    )  # fmt: skip
    result = read_message({"role": "tool", "tool_call_id": "c1", "content": "4"}, role="user")
    assert result == Message("tool", (ToolResultPart(id="c1", result="4"),))


def test_parts_written_as_json_in_a_text_are_parts() -> None:
    found = read_message({"role": "user", "content": '[{"type": "text", "text": "hi"}]'}, role="")
    assert found == USER


@pytest.mark.parametrize(
    "value", ["hi", "{", "[]", "{}", [], {}, None, 7, ["a", "b"], {"query": "x"}, [{"id": 1}]]
)
def test_what_is_no_conversation_stays_what_it_is(value: Any) -> None:
    assert read_conversation(value, role="user") == ()


def test_a_plain_text_is_one_message() -> None:
    assert plain("hi", role="user") == (USER,)
    assert plain("", role="user") == plain(None, role="user") == ()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["role", "content", "parts", "messages", "choices", "message", "lc",
                             "kwargs", "generations", "tool_calls", "output", "id", "data"]),
            inner | st.sampled_from(["user", "assistant", "tool"]), max_size=4,
        ),
        max_leaves=12,
    )
)  # fmt: skip
def test_no_value_raises(value: Any) -> None:
    read_conversation(value, role="user")
    read_message(value, role="user")
