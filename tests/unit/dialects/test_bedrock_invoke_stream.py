"""Streams of `InvokeModelWithResponseStream`, each in its vendor's own events."""

import base64
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import aws
from vedette.dialects.assemble import assemble
from vedette.dialects.bedrock_invoke import StreamReader
from vedette.dialects.bedrock_invoke_stream import chunk
from vedette.dialects.eventstream import EventStreamReader, exception_frame, frame
from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    RawDelta,
    Start,
    Stop,
    TextDelta,
    ToolArguments,
    ToolEnd,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage

METRICS = {"amazon-bedrock-invocationMetrics": {"inputTokenCount": 4, "outputTokenCount": 2}}


def framed(*events: Any) -> bytes:
    return b"".join(frame("chunk", chunk(msgspec.json.encode(event))) for event in events)


def read(stream: bytes) -> list[Delta]:
    frames, reader = EventStreamReader(), StreamReader()
    return [delta for event in frames.feed(stream) for delta in reader.read(event.data)]


CLAUDE = (
    {"type": "message_start", "message": {"id": "m", "model": "c", "usage": {"input_tokens": 4}}},
    {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Grüße"}},
    {"type": "content_block_stop", "index": 0},
    {"type": "content_block_start", "index": 1,
     "content_block": {"type": "tool_use", "id": "t", "name": "f", "input": {}}},
    {"type": "content_block_delta", "index": 1,
     "delta": {"type": "input_json_delta", "partial_json": '{"a":1}'}},
    {"type": "content_block_stop", "index": 1},
    {"type": "message_delta", "delta": {"stop_reason": "tool_use"}, "usage": {"output_tokens": 2}},
    {"type": "message_stop", **METRICS},
)  # fmt: skip
NOVA = (
    {"messageStart": {"role": "assistant"}},
    {"contentBlockDelta": {"delta": {"text": "Grüße"}, "contentBlockIndex": 0}},
    {"contentBlockStop": {"contentBlockIndex": 0}},
    {"messageStop": {"stopReason": "end_turn"}},
    {"metadata": {"usage": {"inputTokens": 4, "outputTokens": 2}}, **METRICS},
)


def test_claude() -> None:
    deltas = read(framed(*CLAUDE))
    assert [type(delta) for delta in deltas] == [
        Start, UsageDelta, TextDelta, ToolStart, ToolArguments, ToolEnd, Stop, UsageDelta, End,
    ]  # fmt: skip
    answer = assemble(deltas)
    assert (answer.id, answer.finish_reasons) == ("m", ("tool_use",))
    assert answer.usage == Usage(input_uncached=4, output_text=2)


def test_boto3_reads_the_same_frames() -> None:
    events = aws.events(framed(*CLAUDE), "InvokeModelWithResponseStream")
    assert [json.loads(event["chunk"]["bytes"]) for event in events] == list(CLAUDE)


@pytest.mark.parametrize(
    ("events", "text", "reason"),
    [
        (NOVA, "Grüße", "end_turn"),
        (({"generation": "Gr", "prompt_token_count": 4, "generation_token_count": 1,
           "stop_reason": None},
          {"generation": "üße", "prompt_token_count": None, "generation_token_count": 2,
           "stop_reason": "stop", **METRICS}), "Grüße", "stop"),
        (({"outputText": "Grüße", "index": 0, "totalOutputTextTokenCount": 2,
           "completionReason": "FINISH", "inputTextTokenCount": 4, **METRICS},), "Grüße", "FINISH"),
        (({"outputs": [{"text": "Gr", "stop_reason": None}]},
          {"outputs": [{"text": "üße", "stop_reason": "stop"}], **METRICS}), "Grüße", "stop"),
        (({"text": "Gr", "is_finished": False}, {"text": "üße", "is_finished": False},
          {"text": "", "finish_reason": "COMPLETE", **METRICS}), "Grüße", "COMPLETE"),
        (({"completion": "Grüße", "stop_reason": "stop_sequence", "type": "completion", **METRICS},
          ), "Grüße", "stop_sequence"),
        (({"id": "x", "choices": [{"index": 0, "delta": {"content": "Grüße"}}]},
          {"id": "x", "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}], **METRICS}),
         "Grüße", "stop"),
        (({"id": "x", "choices": [{"index": 0, "text": "Grüße", "finish_reason": "length"}],
           **METRICS},), "Grüße", "length"),
    ],
)  # fmt: skip
def test_every_vendor(events: tuple[Any, ...], text: str, reason: str) -> None:
    deltas = read(framed(*events))
    assert deltas[-1] == End()
    assert deltas.count(End()) == 1
    answer = assemble(deltas)
    assert "".join(delta.text for delta in deltas if isinstance(delta, TextDelta)) == text
    assert answer.finish_reasons == (reason,)
    assert answer.usage is not None
    assert (answer.usage.input_total, answer.usage.output_total) == (4, 2)


def test_an_answer_that_a_guardrail_has_written() -> None:
    blocked = {"outputText": "no", "amazon-bedrock-guardrailAction": "INTERVENED"}
    assert read(framed(blocked)) == [
        Start(form="outputText"), TextDelta("no"), Stop("guardrail_intervened"),
    ]  # fmt: skip


def test_an_unknown_format_is_believed_as_it_comes() -> None:
    assert read(framed({"novel": 1}, {"novel": 2})) == [
        RawDelta(b'{"novel":1}'), End(), RawDelta(b'{"novel":2}'), End(),
    ]  # fmt: skip


def test_what_stands_before_a_known_format_does_not_hide_it() -> None:
    began = {"event_type": "stream-start", "is_finished": False, "generation_id": "g"}
    said = {"event_type": "text-generation", "is_finished": False, "text": "Hi"}
    ended = {"event_type": "stream-end", "is_finished": True, "finish_reason": "COMPLETE"}
    told = [Start(form="event_type"), TextDelta("Hi"), Stop("COMPLETE")]
    assert read(framed(began, said, ended)) == told
    assert read(framed({"novel": 1}, said, ended))[2:] == told


def test_choices_are_told_apart() -> None:
    two = {"generations": [{"text": "a"}, {"text": "b"}]}
    deltas = read(framed(two, {"text": "c", "index": 1}))
    assert [(d.text, d.choice) for d in deltas if isinstance(d, TextDelta)] == [
        ("a", 0), ("b", 1), ("c", 1),
    ]  # fmt: skip


def test_exceptions_and_what_is_no_event() -> None:
    stream = exception_frame("modelTimeoutException", b'{"message":"late"}')
    assert read(stream) == [ErrorDelta("late", "modelTimeoutException")]
    odd = [
        b'{"chunk":{"bytes":"!"}}',
        b'{"chunk":{"bytes":5}}',
        b'{"chunk":{"bytes":"%b"}}' % base64.b64encode(b"[1]"),
        b'{"novel":{}}',
        b"{",
    ]
    assert [StreamReader().read(data) for data in odd] == [[RawDelta(data)] for data in odd]


@given(st.binary(max_size=60), st.dictionaries(st.sampled_from(
    ("type", "choices", "messageStart", "outputText", "text", "results", "generation", "outputs",
     "amazon-bedrock-invocationMetrics", "contentBlockDelta")),
    st.none() | st.integers() | st.text(max_size=3) | st.lists(st.none() | st.text(max_size=2)),
    max_size=3))  # fmt: skip
def test_nothing_that_is_sent_raises(data: bytes, event: dict[str, Any]) -> None:
    reader = StreamReader()
    reader.read(data)
    reader.read(b'{"chunk":%b}' % chunk(data))
    reader.read(b'{"chunk":%b}' % chunk(msgspec.json.encode(event)))
