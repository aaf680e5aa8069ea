"""What is read quickly is what would be read slowly, or nothing."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects import openai_chat
from vedette.dialects.openai_plain import known_request, plain_answer, plain_request
from vedette.gateway.lookalikes import lookalike
from vedette.model.chat import Message, TextPart

ASKED: dict[str, Any] = {
    "model": "m",
    "messages": [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": "Hello", "name": "ada"},
        {"role": "assistant", "content": None},
        {"content": "More."},
    ],
    "temperature": 0.1,
}
SAID: dict[str, Any] = {
    "id": "1",
    "choices": [
        {
            "index": 0,
            "message": {
                "role": "assistant", "content": "Hi.", "refusal": None, "annotations": [],
            },
            "finish_reason": "stop",
        }
    ],
    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
}  # fmt: skip


def encoded(value: Any) -> bytes:
    return json.dumps(value).encode()


def texts(messages: tuple[Message, ...]) -> list[tuple[str, str]] | None:
    """Roles and texts by the whole reading; None where there is anything else."""
    found = []
    for message in messages:
        if message.role in ("tool", "function"):
            return None
        for part in message.parts:
            if not isinstance(part, TextPart):
                return None
            found.append((message.role, part.content))
    return found


def test_texts_of_a_request_and_of_its_answer() -> None:
    assert plain_request(encoded(ASKED)) == [
        ("system", "Be kind."), ("user", "Hello"), ("user", "More."),
    ]  # fmt: skip
    assert plain_answer(encoded(SAID)) == [("assistant", "Hi.")]


TOOL = {"type": "function", "function": {"name": "f"}}
PART = {"type": "text", "text": "Hello"}


@pytest.mark.parametrize(
    "more",
    [
        {"tools": [TOOL]},
        {"functions": [{"name": "f"}]},
        {"response_format": {"type": "json_object"}},
        {"messages": [{"role": "user", "content": [PART]}]},
        {"messages": [{"role": "tool", "content": "3", "tool_call_id": "t"}]},
        {"messages": [{"role": "assistant", "content": "", "tool_calls": []}]},
        {"messages": ["Hello"]},
        {"messages": None},
        {"messages": [{"role": 3, "content": "Hello"}]},
    ],
    ids=[
        "tools", "functions", "format", "parts", "tool", "calls", "text", "none", "number",
    ],
)  # fmt: skip
def test_a_request_with_anything_else_is_not_plain(more: dict[str, Any]) -> None:
    assert plain_request(encoded({**ASKED, **more})) is None


@pytest.mark.parametrize(
    "more",
    [
        {"refusal": "No."},
        {"tool_calls": [TOOL]},
        {"reasoning_content": "Hm."},
        {"reasoning_details": []},
        {"audio": {"id": "a"}},
        {"images": []},
        {"content": [PART]},
        {"role": "tool"},
    ],
    ids=["refusal", "calls", "thought", "details", "audio", "images", "parts", "tool"],
)
def test_an_answer_with_anything_else_is_not_plain(more: dict[str, Any]) -> None:
    message = {**SAID["choices"][0]["message"], **more}
    assert plain_answer(encoded({**SAID, "choices": [{"message": message}]})) is None


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"messages": 3}', b"\xff"])
def test_what_is_no_call_is_not_plain(body: bytes) -> None:
    assert plain_request(body) is None
    assert plain_answer(body) is None


VALUES = st.one_of(
    st.none(), st.text(max_size=5), st.integers(), st.booleans(), st.just([]), st.just({}),
    st.just([PART]), st.just([TOOL]),
)  # fmt: skip
FIELDS = ("role", "content", "name", "refusal", "annotations", "tool_calls", "function_call",
          "audio", "images", "reasoning", "reasoning_content", "reasoning_details",
          "thinking_blocks", "extra")  # fmt: skip
MESSAGES = st.lists(
    st.fixed_dictionaries(
        {}, optional={"role": st.sampled_from(["user", "tool", "", "system", "function", "x"]),
                      "content": st.one_of(st.text(max_size=9), VALUES),
                      **{name: VALUES for name in FIELDS[2:]}},
    ),
    max_size=3,
)  # fmt: skip


@given(MESSAGES, VALUES, VALUES)
def test_quickly_read_requests_say_the_same(
    messages: list[dict[str, Any]], tools: object, wanted: object
) -> None:
    body = encoded({"model": "m", "messages": messages, "tools": tools, "response_format": wanted})
    quick = plain_request(body)
    if quick is not None:
        request = openai_chat.read_request(body)
        assert list(quick) == texts(request.messages)
        assert not request.tools
        assert request.output_format is None


@given(MESSAGES)
def test_quickly_read_answers_say_the_same(messages: list[dict[str, Any]]) -> None:
    body = encoded({"choices": [{"message": message} for message in messages]})
    quick = plain_answer(body)
    if quick is not None:
        assert list(quick) == texts(openai_chat.read_answer(body).messages)


@given(MESSAGES, st.dictionaries(st.text("aFmMsSeEgG_u\u017f", max_size=9), VALUES, max_size=2))
def test_what_is_known_can_be_read_one_way_alone(
    messages: list[dict[str, Any]], more: dict[str, object]
) -> None:
    body = encoded({**more, "model": "m", "messages": messages, "seed": 1})
    known = known_request(body)
    assert known is None or (known == plain_request(body) and lookalike(body) == "")


def test_a_name_in_another_case_is_not_known() -> None:
    said = {"role": "user", "content": "Hi."}
    assert known_request(encoded({"messages": [said], "top_p": 1})) == [("user", "Hi.")]
    assert known_request(encoded({"messages": [said], "Messages": [said]})) is None
    assert known_request(encoded({"messages": [{**said, "Content": "x"}]})) is None
    assert known_request(encoded({"messages": [said], "top": 1})) is None
