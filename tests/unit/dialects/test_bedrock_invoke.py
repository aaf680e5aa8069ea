"""`InvokeModel` in every vendor's own format."""

import json
from typing import Any

import pytest

from tests.support.recordings import shared_tapes
from vedette.dialects import bedrock_invoke
from vedette.dialects.assemble import assemble
from vedette.dialects.bedrock_invoke import peek_answer, read_answer, read_request
from vedette.dialects.eventstream import EventStreamReader
from vedette.dialects.openai_answer_head import head_of
from vedette.dialects.reading import Unreadable
from vedette.dialects.stops import neutral_stop
from vedette.errors import BadRequest
from vedette.model.chat import Answer, MediaPart, TextPart, ToolCallPart


@pytest.mark.parametrize(
    "request_body",
    [
        {"anthropic_version": "bedrock-2023-05-31", "max_tokens": 9,
         "messages": [{"role": "user", "content": "hi"}]},
        {"schemaVersion": "messages-v1", "inferenceConfig": {"maxTokens": 9},
         "messages": [{"role": "user", "content": [{"text": "hi"}]}]},
        {"messages": [{"role": "user", "content": "hi"}], "max_tokens": 9},
        {"prompt": "hi", "max_gen_len": 9},
        {"inputText": "hi", "textGenerationConfig": {"maxTokenCount": 9}},
        {"message": "hi", "max_tokens": 9},
    ],
)  # fmt: skip
def test_requests_are_known_by_their_marks(request_body: dict[str, Any]) -> None:
    read = read_request(json.dumps(request_body).encode())
    (message,) = read.messages
    assert message.parts == (TextPart(content="hi"),)
    assert read.settings["max_tokens"] == 9
    assert read.dialect == "bedrock_invoke"


def test_claude_with_a_picture_and_a_tool() -> None:
    answer = {
        "type": "message",
        "id": "msg_1",
        "content": [
            {"type": "text", "text": "a"},
            {"type": "tool_use", "id": "t", "name": "f", "input": {"a": 1}},
        ],
        "stop_reason": "tool_use",
        "usage": {"input_tokens": 4, "output_tokens": 2, "cache_read_input_tokens": 3},
    }
    read = read_answer(json.dumps(answer).encode())
    assert read.messages[0].parts[1] == ToolCallPart(name="f", id="t", arguments={"a": 1})
    assert read.usage is not None
    assert read.usage.input_total == 7
    picture = {"type": "base64", "media_type": "image/png", "data": "AAAA"}
    request = {
        "anthropic_version": "bedrock-2023-05-31",
        "messages": [{"role": "user", "content": [{"type": "image", "source": picture}]}],
    }
    (part,) = read_request(json.dumps(request).encode()).messages[0].parts
    assert isinstance(part, MediaPart)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"type": "message", "content": [{"type": "text", "text": "a"}],
          "stop_reason": "max_tokens"}, "max_tokens"),
        ({"output": {"message": {"role": "assistant", "content": [{"text": "a"}]}},
          "stopReason": "max_tokens"}, "max_tokens"),
        ({"choices": [{"message": {"role": "assistant", "content": "a"},
                       "finish_reason": "length"}]}, "length"),
        ({"choices": [{"text": "a", "finish_reason": "length"}]}, "length"),
        ({"generation": "a", "stop_reason": "length"}, "length"),
        ({"results": [{"outputText": "a", "completionReason": "LENGTH"}]}, "LENGTH"),
        ({"outputs": [{"text": "a", "stop_reason": "length"}]}, "length"),
        ({"text": "a", "finish_reason": "MAX_TOKENS"}, "MAX_TOKENS"),
    ],
)  # fmt: skip
def test_answers_are_known_by_their_marks(answer: dict[str, Any], reason: str) -> None:
    body = json.dumps(answer).encode()
    read = read_answer(body)
    assert read.messages[0].parts == (TextPart(content="a"),)
    assert read.finish_reasons == (reason,)
    assert neutral_stop("bedrock_invoke", reason) == "length"
    assert peek_answer(body) == head_of(read)


def test_what_is_no_object_is_refused() -> None:
    assert read_answer(b'{"message":"no"}').error == "no"
    assert read_answer(b"{}") == Answer()
    with pytest.raises(BadRequest):
        read_request(b"[]")
    with pytest.raises(Unreadable):
        read_answer(b"")


INVOKED = [tape for tape in shared_tapes() if tape.api.startswith("invoke")]
_INPUTS = ("inputTokenCount", "inputTokens", "input_tokens", "prompt_token_count", "prompt_tokens")


@pytest.mark.skipif(not INVOKED, reason="the shared recordings are not here")
def test_real_recordings_are_read() -> None:
    for tape in INVOKED:
        request = read_request(tape.request)
        assert request.messages[-1].parts
        assert request.settings
        if tape.streamed:
            frames, stream = EventStreamReader(), bedrock_invoke.StreamReader()
            events = frames.feed(tape.response) + frames.close()
            answer = assemble(delta for event in events for delta in stream.read(event.data))
        else:
            answer = read_answer(tape.response)
        assert any(isinstance(part, TextPart) for part in answer.messages[0].parts)
        assert answer.finish_reasons[0]
        told = (
            next((tape.usage[n] for n in _INPUTS if n in tape.usage), None) if tape.usage else None
        )
        if told is not None:
            assert answer.usage is not None
            assert answer.usage.input_uncached == told
