"""Whole answers, read and written."""

import json
from typing import Any

import pytest
from google.genai import types
from hypothesis import given
from hypothesis import strategies as st

from tests.support.recordings import OWN
from vedette.dialects.contract import WriteContext
from vedette.dialects.gemini_answer import peek_answer, read_answer, write_answer
from vedette.dialects.openai_answer_head import head_of
from vedette.dialects.reading import Unreadable
from vedette.dialects.stops import neutral_stop
from vedette.model.chat import (
    Answer,
    ChatRequest,
    MediaPart,
    Message,
    RawPart,
    ReasoningPart,
    TextPart,
    ToolCallPart,
)
from vedette.model.usage import Usage

CONTEXT = WriteContext(
    request=ChatRequest(model="asked"), model="asked", id="00000000000000ab", created_s=1
)
WHOLE = sorted(path.stem for path in (OWN / "gemini").glob("*.json"))


def body(name: str) -> bytes:
    return (OWN / "gemini" / f"{name}.json").read_bytes()


def as_client_reads(written: bytes) -> types.GenerateContentResponse:
    """The answer as Google's client reads it, where anything unknown is an error."""
    return types.GenerateContentResponse.model_validate(json.loads(written))


def neutral(answer: Answer) -> Answer:
    messages = tuple(
        Message(
            role=m.role, parts=m.parts, finish_reason=neutral_stop("gemini", m.finish_reason),
            extra=m.extra,
        )
        for m in answer.messages
    )  # fmt: skip
    return Answer(
        id=answer.id, model=answer.model, messages=messages, usage=answer.usage,
        extra=answer.extra, dialect=answer.dialect,
    )  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_read_and_written_an_answer_is_the_same(name: str) -> None:
    answer = read_answer(body(name))
    again = read_answer(write_answer(neutral(answer), CONTEXT))
    assert neutral(again) == neutral(answer)
    assert again.usage == answer.usage
    as_client_reads(write_answer(neutral(answer), CONTEXT))


@pytest.mark.parametrize("name", WHOLE)
def test_the_head_is_that_of_the_whole(name: str) -> None:
    assert peek_answer(body(name)) == head_of(read_answer(body(name)))


def test_an_answer_with_calls_and_figures() -> None:
    answer = read_answer(body("tools"))
    assert (answer.id, answer.model, answer.dialect) == (
        "tOol1",
        "gemini-3-flash-preview",
        "gemini",
    )
    assert answer.finish_reasons == ("STOP",)
    assert answer.messages[0].parts == (
        TextPart(content="Let me look."),
        ToolCallPart(
            name="get_weather",
            id="a1b2c3d4",
            arguments={"city": "Köln", "days": 2},
            signature="Eq0BCqoBAdHtim8=",
            source="gemini",
        ),
        ToolCallPart(name="get_time", id="e5f6a7b8", arguments={}),
    )
    assert answer.usage == Usage(input_uncached=32, cache_read=64, output_text=34, reasoning=84)
    assert answer.messages[0].extra == {"finishMessage": "Model generated function call(s)."}


def test_a_stream_that_came_as_a_list_is_the_same_answer() -> None:
    listed, whole = read_answer(body("array")), read_answer(body("tools"))
    assert listed.messages[0].parts == whole.messages[0].parts
    assert (listed.id, listed.usage) == (whole.id, whole.usage)


def test_a_blocked_prompt_is_an_answer_that_says_nothing() -> None:
    answer = read_answer(body("blocked"))
    assert answer.messages == (Message(role="assistant", finish_reason="PROHIBITED_CONTENT"),)
    assert answer.error == ""
    assert answer.extra == {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}
    assert neutral_stop("gemini", answer.finish_reasons[0]) == "content_filter"


def test_the_time_of_an_answer() -> None:
    assert read_answer(body("pieces")).created_s == 1770091506
    assert read_answer(b'{"createTime": "soon"}').created_s == 0


def test_an_error_that_came_as_an_answer() -> None:
    value = b'{"error": {"code": 503, "message": "busy", "status": "UNAVAILABLE"}}'
    assert read_answer(value).error == "UNAVAILABLE: busy"
    assert peek_answer(value).error == "UNAVAILABLE: busy"


@pytest.mark.parametrize("odd", [b"", b"nope", b"7", b'"x"'])
def test_what_is_no_answer_is_unreadable(odd: bytes) -> None:
    for read in (read_answer, peek_answer):
        with pytest.raises(Unreadable):
            read(odd)


def test_an_answer_of_another_provider() -> None:
    message = Message(
        role="assistant",
        parts=(
            ReasoningPart(content="hm", signature="sig==", source="anthropic"),
            TextPart(content="Hi", extra={"citations": []}),
            MediaPart(modality="file", file_id="file-1"),
            RawPart(content={"type": "x"}, dialect="anthropic"),
            ToolCallPart(name="f", id="toolu_1", arguments="{broken"),
        ),
        finish_reason="tool_call",
        extra={"annotations": []},
    )
    answer = Answer(messages=(message,), usage=Usage(input_uncached=3, output_text=4),
                    extra={"service_tier": "x"}, dialect="anthropic")  # fmt: skip
    written = write_answer(answer, CONTEXT)
    made = json.loads(written)
    assert made.keys() == {"candidates", "usageMetadata", "modelVersion", "responseId"}
    assert (made["modelVersion"], made["responseId"]) == ("asked", "00000000000000ab")
    candidate = made["candidates"][0]
    assert candidate.keys() == {"content", "finishReason", "index"}
    assert candidate["finishReason"] == "STOP"
    parts = candidate["content"]["parts"]
    assert parts[1:] == [
        {"text": "Hi"},
        {"functionCall": {"id": "toolu_1", "name": "f", "args": {"arguments": "{broken"}}},
    ]
    assert as_client_reads(written).text == "Hi"
    assert read_answer(written).messages[0].parts[0] == message.parts[0]


def test_an_answer_that_says_nothing_still_has_a_part() -> None:
    written = write_answer(Answer(messages=(Message(role="assistant"),)), CONTEXT)
    assert json.loads(written)["candidates"][0]["content"]["parts"] == [{"text": ""}]


names = st.sampled_from(
    ["candidates", "content", "parts", "text", "finishReason", "index", "usageMetadata", "error",
     "promptFeedback", "blockReason", "functionCall", "modelVersion", "responseId"]
)  # fmt: skip
values = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5),
    max_leaves=20,
)


@given(st.dictionaries(names, values, max_size=6) | st.lists(values, max_size=3))
def test_no_answer_is_an_error(value: Any) -> None:
    data = json.dumps(value).encode()
    answer = read_answer(data)
    peek_answer(data)
    as_client_reads(write_answer(neutral(Answer(messages=answer.messages)), CONTEXT))
