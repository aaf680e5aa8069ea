"""Whole completions."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai.types import Completion

from tests.support.recordings import OWN, SharedTape, shared_tapes
from vedette.dialects.contract import WriteContext
from vedette.dialects.openai_completions_answer import read_answer, stop_reason, write_answer
from vedette.dialects.reading import Unreadable
from vedette.model.chat import (
    Answer,
    ChatRequest,
    Message,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
)
from vedette.model.usage import Usage

CONTEXT = WriteContext(request=ChatRequest(model="m"), model="m", id="1f", created_s=7)
# Writer's completions have another form.
TAPES = [
    t
    for t in shared_tapes()
    if t.api == "completions" and not t.streamed and t.status == 200 and t.provider != "writer"
]


def read(**fields: Any) -> Answer:
    return read_answer(json.dumps(fields).encode())


def test_an_answer_is_read_whole() -> None:
    choice = {"text": "a", "index": 0, "logprobs": {"tokens": ["a"]}, "finish_reason": "stop"}
    assert read(
        id="c",
        created=5,
        model="m",
        choices=[choice],
        usage={"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3},
        system_fingerprint="fp",
    ) == Answer(
        id="c",
        model="m",
        messages=(
            Message(
                role="assistant",
                parts=(TextPart(content="a"),),
                finish_reason="stop",
                extra={"logprobs": {"tokens": ["a"]}},
            ),
        ),
        finish_reasons=("stop",),
        usage=Usage(input_uncached=1, output_text=2),
        created_s=5,
        extra={"system_fingerprint": "fp"},
        dialect="openai_completions",
    )
    assert read(error={"type": "t", "message": "m"}).error == "t: m"


def test_what_is_no_object_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read_answer(b"[]")


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("stop", "stop"),
        ("stop_sequence", "stop"),
        ("tool_call", "stop"),
        ("length", "length"),
        ("content_filter", "content_filter"),
        ("refusal", "content_filter"),
        ("error", "length"),
        ("pause", "length"),
        ("", "stop"),
    ],
)
def test_why_it_ended(word: str, reason: str) -> None:
    assert stop_reason(word) == reason


def test_only_texts_are_told() -> None:
    parts = (
        ReasoningPart(content="hm"),
        TextPart(content="a"),
        RefusalPart(content="b"),
        ToolCallPart(name="f"),
    )
    body = write_answer(Answer(messages=(Message(role="assistant", parts=parts),)), CONTEXT)
    assert json.loads(body) == {
        "id": "cmpl-1f",
        "object": "text_completion",
        "created": 7,
        "model": "m",
        "choices": [{"text": "ab", "index": 0, "logprobs": None, "finish_reason": "stop"}],
    }


def test_an_empty_answer_has_a_choice() -> None:
    written = Completion.model_validate_json(write_answer(Answer(), CONTEXT), strict=True)
    assert [choice.text for choice in written.choices] == [""]


answers = st.builds(
    Answer,
    id=st.text(min_size=1, max_size=3),
    model=st.just("n"),
    messages=st.lists(
        st.builds(
            Message,
            role=st.just("assistant"),
            parts=st.text(st.characters(codec="utf-8"), min_size=1, max_size=4).map(
                lambda text: (TextPart(content=text),)
            ),
            finish_reason=st.sampled_from(["stop", "length", "content_filter"]),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
    usage=st.one_of(st.none(), st.builds(Usage, input_uncached=st.integers(0, 9))),
    created_s=st.integers(1, 9),
)


@given(answers)
def test_an_answer_is_read_as_it_was_written(answer: Answer) -> None:
    body = write_answer(answer, CONTEXT)
    Completion.model_validate_json(body, strict=True)
    again = read_answer(body)
    assert again.messages == answer.messages
    assert (again.id, again.model, again.usage, again.created_s) == (
        answer.id, answer.model, answer.usage, answer.created_s,
    )  # fmt: skip


def test_what_the_dialect_itself_says_is_written_again() -> None:
    choice = {
        "text": "a", "index": 0, "logprobs": {"tokens": ["a"]}, "finish_reason": "stop",
    }  # fmt: skip
    body = {
        "id": "c", "object": "text_completion", "created": 5, "model": "m", "choices": [choice],
        "system_fingerprint": "fp",
    }  # fmt: skip
    assert json.loads(write_answer(read(**body), CONTEXT)) == body


@pytest.mark.parametrize("path", sorted((OWN / "openai_completions").glob("*.json")), ids=str)
def test_our_tapes_are_what_the_official_client_expects(path: Any) -> None:
    Completion.model_validate_json(path.read_bytes(), strict=True)


@pytest.mark.parametrize("tape", TAPES, ids=lambda tape: tape.name)
def test_recordings(tape: SharedTape) -> None:
    answer = read_answer(tape.response)
    again = read_answer(write_answer(answer, CONTEXT))
    assert again.messages == answer.messages
    assert again.usage == answer.usage
    assert answer.messages[0].parts
