"""Requests for completions."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.recordings import SharedTape, shared_tapes
from vedette.dialects.contract import Unsupported
from vedette.dialects.openai_completions_request import (
    NAME,
    read_request,
    split_inputs,
    write_request,
)
from vedette.errors import BadRequest
from vedette.model.chat import (
    ChatRequest,
    MediaPart,
    Message,
    OutputFormat,
    Part,
    RawPart,
    Reasoning,
    TextPart,
    ToolDefinition,
)

TAPES = [t for t in shared_tapes() if t.api == "completions"]


def read(**fields: Any) -> ChatRequest:
    return read_request(json.dumps({"model": "m", **fields}).encode())


def written(request: ChatRequest) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(write_request(request).body)
    return body


def chat(*messages: Message, **fields: Any) -> ChatRequest:
    return ChatRequest(model="m", messages=messages, dialect="openai_chat", **fields)


def raw(content: object) -> RawPart:
    return RawPart(content=content, dialect=NAME)


HI = Message(role="user", parts=(TextPart(content="hi"),))


@pytest.mark.parametrize(
    ("prompt", "parts"),
    [
        ("a", [TextPart(content="a")]),
        (["a", "b"], [TextPart(content="a"), TextPart(content="b")]),
        ([1, 2, 3], [raw([1, 2, 3])]),
        ([[1, 2], [3]], [raw([1, 2]), raw([3])]),
        ([{"image": "x"}, "a"], [raw({"image": "x"}), TextPart(content="a")]),
        (None, []),
    ],
)
def test_prompts_of_all_kinds(prompt: Any, parts: list[Part]) -> None:
    request = read(prompt=prompt)
    assert request.messages == tuple(Message(role="user", parts=(part,)) for part in parts)
    assert written(request).get("prompt") == prompt


def test_inputs_are_split() -> None:
    assert split_inputs(["a"]) == ["a"]
    assert split_inputs([1, 2]) == [[1, 2]]


def test_what_was_read_is_written() -> None:
    whole = {
        "model": "m", "prompt": "p", "max_tokens": 3, "temperature": 0, "top_p": 1, "n": 2,
        "stop": ["x"], "seed": 1, "frequency_penalty": 0.1, "presence_penalty": 0.2, "top_k": 4,
        "suffix": "s", "echo": True, "best_of": 3, "logprobs": 0, "logit_bias": {"1": 2},
        "user": "u", "stream": True, "metadata": {"a": "b"},
        "stream_options": {"include_usage": True, "continuous_usage_stats": True},
    }  # fmt: skip
    request = read_request(json.dumps(whole).encode())
    assert written(request) == whole
    assert request.include_usage
    assert request.settings["choice.count"] == 2


def test_a_stream_is_asked_for_its_figures() -> None:
    request = read(prompt="p", stream=True)
    assert not request.include_usage
    assert written(request)["stream_options"] == {"include_usage": True}


def test_a_chat_of_one_text_is_a_prompt() -> None:
    result = write_request(
        chat(
            HI,
            settings={"max_tokens": 3, "stop_sequences": ["x"], "top_k": 1},
            reasoning=Reasoning(effort="low"),
            output_format=OutputFormat(kind="text"),
            metadata={"a": "b"},
            unknown={"service_tier": "flex"},
            user="u",
        )
    )
    assert json.loads(result.body) == {
        "model": "m",
        "prompt": "hi",
        "max_tokens": 3,
        "stop": ["x"],
        "user": "u",
    }
    assert result.dropped == ("service_tier", "top_k", "reasoning_effort", "metadata")


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (chat(HI, HI), "messages"),
        (chat(), "messages"),
        (chat(Message(role="system", parts=HI.parts)), "messages"),
        (chat(Message(role="user", parts=(MediaPart(modality="image", uri="x"),))), "messages"),
        (chat(HI, tools=(ToolDefinition(name="f"),)), "tools"),
        (chat(HI, output_format=OutputFormat(kind="json")), "response_format"),
        (chat(HI, unknown={"logprobs": True}), "logprobs"),
    ],
)
def test_what_is_more_than_a_text_is_refused(request_: ChatRequest, field: str) -> None:
    with pytest.raises(Unsupported) as raised:
        write_request(request_)
    assert raised.value.param == field


@pytest.mark.parametrize("body", [b"", b"[]", b"5"])
def test_what_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        read_request(body)


odd = st.one_of(st.none(), st.integers(0, 3), st.text(max_size=2), st.lists(st.integers(0, 3)))


@given(st.fixed_dictionaries({}, optional={
    "prompt": st.one_of(odd, st.lists(odd, max_size=3)), "stop": odd, "n": odd, "stream": odd,
    "stream_options": odd, "suffix": odd, "user": odd,
}))  # fmt: skip
def test_no_request_is_too_odd_and_nothing_changes_twice(fields: dict[str, Any]) -> None:
    again = read_request(write_request(read(**fields)).body)
    assert read_request(write_request(again).body) == again


@pytest.mark.parametrize("tape", TAPES, ids=lambda tape: tape.name)
def test_recordings(tape: SharedTape) -> None:
    request = read_request(tape.request)
    assert request.messages
    again = read_request(write_request(request).body)
    assert replace(again, include_usage=request.include_usage) == request
