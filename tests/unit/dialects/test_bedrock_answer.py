"""Whole answers of the Converse API."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support import aws
from tests.support.bedrock import TAPES, context, whole
from vedette.dialects.bedrock import peek_answer, read_answer, read_request, write_answer
from vedette.dialects.openai_answer_head import AnswerHead, head_of
from vedette.dialects.reading import Unreadable
from vedette.dialects.stops import neutral_stop
from vedette.model.chat import (
    Answer,
    ChatRequest,
    MediaPart,
    Message,
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from vedette.model.usage import Usage

ASKING = ChatRequest(model="m", unknown={"additionalModelResponseFieldPaths": ["/stop_sequence"]})


@pytest.mark.parametrize("tape", TAPES)
def test_the_head_is_that_of_the_whole(tape: str) -> None:
    assert peek_answer(whole(tape)) == head_of(read_answer(whole(tape)))


def test_the_rest_of_an_answer_is_kept() -> None:
    read = read_answer(whole("thinking"))
    assert read.stop_sequence == "three"
    assert read.extra == {
        "metrics": {"latencyMs": 812},
        "additionalModelResponseFields": {"stop_sequence": "three"},
    }
    assert "guardrail" in read_answer(whole("guarded")).extra["trace"]


@pytest.mark.parametrize("tape", TAPES)
def test_what_was_read_is_written_as_it_was(tape: str) -> None:
    read = read_answer(whole(tape))
    reason = read.finish_reasons[0]
    message = replace(read.messages[0], finish_reason=neutral_stop("bedrock", reason))
    written = json.loads(write_answer(replace(read, messages=(message,)), context(ASKING)))
    expected = json.loads(whole(tape))
    if reason == "guardrail_intervened":
        expected["stopReason"] = "content_filtered"
    assert written == expected


def test_errors_in_an_answers_place() -> None:
    assert read_answer(b'{"message":"no"}') == Answer(
        error="no", extra={"message": "no"}, dialect="bedrock"
    )
    assert peek_answer(b'{"Message":"no"}') == AnswerHead(error="no")
    assert peek_answer(b'{"output":{},"usage":5,"stopReason":"end_turn"}').finish_reason
    for body in (b"", b"[]", b"{"):
        with pytest.raises(Unreadable):
            read_answer(body)
        with pytest.raises(Unreadable):
            peek_answer(body)


def write(*parts: Part, reason: str = "stop", **more: Any) -> dict[str, Any]:
    message = Message("assistant", parts, finish_reason=reason)
    body = write_answer(Answer(messages=(message,), **more), context())
    parsed = aws.answer(body)
    assert "Error" not in parsed
    answer: dict[str, Any] = json.loads(body)
    return answer


@pytest.mark.parametrize(
    ("part", "blocks"),
    [
        (TextPart(content="a", extra={"annotations": []}), [{"text": "a"}]),
        (TextPart(content=""), []),
        (RefusalPart(content="no"), [{"text": "no"}]),
        (
            ReasoningPart(content="hm", signature="s", source="gemini"),
            [{"reasoningContent": {"reasoningText": {"text": "hm", "signature": "vdt:gemini:s"}}}],
        ),
        (
            ReasoningPart(content="hm", source="gemini"),
            [{"reasoningContent": {"reasoningText": {"text": "hm", "signature": "vdt:gemini:"}}}],
        ),
        (
            ReasoningPart(content="hm"),
            [{"reasoningContent": {"reasoningText": {"text": "hm"}}}],
        ),
        (
            ToolCallPart(name="f", id="c", arguments="{no json"),
            [{"toolUse": {"toolUseId": "c", "name": "f", "input": {"INVALID_JSON": "{no json"}}}],
        ),
        (
            ToolCallPart(name="f", arguments=None),
            [{"toolUse": {"toolUseId": "tooluse_0123456789abcdef_0", "name": "f", "input": {}}}],
        ),
        (
            MediaPart(modality="image", mime_type="image/png", data="AAAA", extra={"x": 1}),
            [{"image": {"format": "png", "source": {"bytes": "AAAA"}}}],
        ),
        (MediaPart(modality="audio", file_id="audio_1", size_bytes=5), []),
        (RawPart(content={"type": "web_search"}, dialect="openai_responses"), []),
        (RawPart(content={"novel": 1}, dialect="bedrock"), [{"novel": 1}]),
        (
            ToolResultPart(id="c", result={"a": 1}),
            [{"toolResult": {"toolUseId": "c", "content": [{"json": {"a": 1}}]}}],
        ),
    ],
)
def test_parts_of_other_dialects(part: Part, blocks: list[Any]) -> None:
    assert write(part)["output"] == {"message": {"role": "assistant", "content": blocks}}


@pytest.mark.parametrize(
    ("reason", "written"),
    [("stop", "end_turn"), ("length", "max_tokens"), ("tool_call", "tool_use"),
     ("content_filter", "content_filtered"), ("refusal", "content_filtered"),
     ("pause", "end_turn"), ("error", "malformed_model_output"), ("novel", "end_turn"),
     ("stop_sequence", "stop_sequence")],
)  # fmt: skip
def test_stop_reasons_are_those_of_the_service(reason: str, written: str) -> None:
    assert write(reason=reason)["stopReason"] == written
    shape = aws.operation("Converse").output_shape.members["stopReason"]
    assert written in shape.enum


def test_figures_and_foreign_extras() -> None:
    usage = Usage(input_uncached=3, cache_read=2, output_text=1)
    answer = write(usage=usage, extra={"service_tier": "x", "metrics": 7}, dialect="openai_chat")
    assert answer["usage"] == {
        "inputTokens": 3, "outputTokens": 1, "totalTokens": 6, "cacheReadInputTokens": 2,
        "cacheWriteInputTokens": 0,
    }  # fmt: skip
    assert answer["metrics"] == {"latencyMs": 0}
    assert "service_tier" not in answer
    assert json.loads(write_answer(Answer(), context()))["output"]["message"]["content"] == []


def test_signatures_come_back_with_the_next_turn() -> None:
    """As a client sends them that appends the answer's message to its own, with boto3."""
    parts = (
        ReasoningPart(content="hm", signature="s1", source="anthropic"),
        ReasoningPart(content="", signature="cmVk", redacted=True, source="anthropic"),
        ReasoningPart(content="", signature="s2", source="gemini"),
        TextPart(content="so"),
        ToolCallPart(name="f", id="c", arguments={"a": 1}, signature="s3", source="gemini"),
    )
    message = Message("assistant", parts, finish_reason="tool_call")
    parsed = aws.answer(write_answer(Answer(messages=(message,)), context()))
    body = aws.request_body({"messages": [parsed["output"]["message"]]})
    assert read_request(body).messages == (Message("assistant", parts),)


TEXTS = st.text(min_size=1, max_size=4)
ARGUMENTS = st.dictionaries(TEXTS, st.integers(-9, 9) | TEXTS | st.lists(TEXTS), max_size=2)


@given(st.lists(st.one_of(
    st.builds(lambda text: TextPart(content=text), TEXTS),
    st.builds(lambda text, source: ReasoningPart(content=text, signature="s", source=source),
              TEXTS, st.sampled_from(("bedrock", "anthropic", "gemini"))),
    st.builds(lambda id, a: ToolCallPart(name="f", id=id, arguments=a), TEXTS, ARGUMENTS),
    st.just(MediaPart(modality="image", mime_type="image/gif", data="AAAA", size_bytes=3)),
)))  # fmt: skip
def test_every_answer_survives(parts: list[Part]) -> None:
    message = Message("assistant", tuple(parts), finish_reason="length")
    usage = Usage(input_uncached=1, output_text=2)
    body = write_answer(Answer(messages=(message,), usage=usage), context())
    read = read_answer(body)
    assert read.messages == (replace(message, finish_reason="max_tokens"),)
    assert read.usage == usage
    assert "Error" not in aws.answer(body)
