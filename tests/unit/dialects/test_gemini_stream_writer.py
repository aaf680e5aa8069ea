"""Streams written for Gemini's clients."""

import json
from typing import Any

import pytest
from google.genai import types
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.assemble import assemble
from vedette.dialects.contract import Fault, WriteContext
from vedette.dialects.framing import SSEReader
from vedette.dialects.gemini_array import ArrayReader
from vedette.dialects.gemini_stream import StreamReader
from vedette.dialects.gemini_stream_writer import ArrayWriter, StreamWriter
from vedette.model.chat import (
    ChatRequest,
    Delta,
    End,
    ErrorDelta,
    MediaDelta,
    RawDelta,
    ReasoningDelta,
    ReasoningPart,
    RefusalDelta,
    Start,
    Stop,
    TextDelta,
    TextPart,
    ToolArguments,
    ToolCallPart,
    ToolEnd,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage

CONTEXT = WriteContext(
    request=ChatRequest(model="asked"), model="asked", id="00000000000000ab", created_s=1
)


def written(*deltas: Delta) -> list[Any]:
    """The events, each as Google's client takes it."""
    writer = StreamWriter(CONTEXT)
    stream = b"".join(map(writer.write, deltas)) + writer.end()
    return events_of(stream)


def events_of(stream: bytes) -> list[Any]:
    events = [json.loads(event.data) for event in SSEReader().feed(stream)]
    for event in events:
        if "error" not in event:
            types.GenerateContentResponse.model_validate(event)
    return events


def said(*deltas: Delta) -> list[Any]:
    """The parts of all events, in order, but for the empty one at the end."""
    parts = [
        part
        for event in written(*deltas)
        for candidate in event["candidates"]
        for part in candidate["content"]["parts"]
    ]
    return parts[:-1]


def test_a_stream_from_start_to_end() -> None:
    events = written(
        Start("r1", "m1"),
        ReasoningDelta("hm"),
        TextDelta("Hi"),
        Stop("length"),
        UsageDelta(Usage(input_uncached=3, output_text=2)),
        End(),
    )
    named = {"modelVersion": "m1", "responseId": "r1"}
    assert events == [
        {"candidates": [{"content": {"parts": [{"text": "hm", "thought": True}], "role": "model"},
                         "index": 0}], **named},
        {"candidates": [{"content": {"parts": [{"text": "Hi"}], "role": "model"}, "index": 0}],
         **named},
        {"candidates": [{"content": {"parts": [{"text": ""}], "role": "model"}, "index": 0,
                         "finishReason": "MAX_TOKENS"}],
         "usageMetadata": {"promptTokenCount": 3, "candidatesTokenCount": 2, "totalTokenCount": 5,
                           "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 3}]},
         **named},
    ]  # fmt: skip


def test_a_stream_that_said_nothing_still_ends() -> None:
    (event,) = written()
    assert event["candidates"][0]["finishReason"] == "STOP"
    assert (event["modelVersion"], event["responseId"]) == ("asked", "00000000000000ab")


def test_a_call_is_told_when_its_arguments_are_whole() -> None:
    writer = StreamWriter(CONTEXT)
    assert writer.write(ToolStart(0, "c1", "f")) == b""
    assert writer.write(ToolArguments(0, '{"city":')) == b""
    assert writer.write(ToolArguments(0, '"Köln"}')) == b""
    (event,) = events_of(writer.write(ToolEnd(0)))
    call = {"id": "c1", "name": "f", "args": {"city": "Köln"}}
    assert event["candidates"][0]["content"]["parts"] == [{"functionCall": call}]
    assert writer.write(ToolEnd(0)) == b""
    assert len(events_of(writer.end())) == 1


def test_calls_without_an_end_are_told_at_the_end_in_their_order() -> None:
    assert said(
        ToolStart(0, "a", "f"),
        ToolStart(1, "b", "g"),
        ToolArguments(1, "{}"),
        ToolArguments(0, '{"x":1}'),
        Stop("tool_call"),
    ) == [
        {"functionCall": {"id": "a", "name": "f", "args": {"x": 1}}},
        {"functionCall": {"id": "b", "name": "g", "args": {}}},
    ]


def test_text_behind_a_call_stays_behind_it() -> None:
    assert said(ToolStart(0, "a", "f"), ToolArguments(0, "{}"), TextDelta("x")) == [
        {"functionCall": {"id": "a", "name": "f", "args": {}}},
        {"text": "x"},
    ]
    assert said(
        ToolStart(0, "a", "f"), ToolArguments(0, '{"x"'), TextDelta("x"), ToolArguments(0, ":1}")
    ) == [
        {"text": "x"},
        {"functionCall": {"id": "a", "name": "f", "args": {"x": 1}}},
    ]


def test_odd_calls() -> None:
    assert said(ToolArguments(2, '{"a":1}')) == [{"functionCall": {"name": "", "args": {"a": 1}}}]
    assert said(ToolStart(0, "a", "f"), ToolArguments(0, '{"a": ')) == [
        {"functionCall": {"id": "a", "name": "f", "args": {"arguments": '{"a":'}}}
    ]
    assert said(ToolArguments(0, "{}"), ToolStart(0, "a", "f")) == [
        {"functionCall": {"id": "a", "name": "f", "args": {}}}
    ]
    assert said(ToolEnd(0), ToolStart(0, "a", "f"), ToolEnd(0), ToolArguments(0, "{}")) == [
        {"functionCall": {"id": "a", "name": "f", "args": {}}}
    ]


def test_signatures_of_others_survive() -> None:
    stream: list[Delta] = [
        ReasoningDelta("hm", signature="sig==", source="anthropic"),
        ReasoningDelta("", signature="secret", redacted=True, source="anthropic"),
        ReasoningDelta("", signature="enc", source="openai_responses", id="rs_1"),
        ToolStart(0, "t1", "f", signature="sig2", source="anthropic"),
        ToolEnd(0),
    ]
    writer = StreamWriter(CONTEXT)
    data = b"".join(map(writer.write, stream)) + writer.end()
    reader = StreamReader()
    answer = assemble(d for event in SSEReader().feed(data) for d in reader.read(event.data))
    assert answer.messages[0].parts == (
        ReasoningPart(content="hm", signature="sig==", source="anthropic"),
        ReasoningPart(content="", signature="secret", redacted=True, source="anthropic"),
        ReasoningPart(content="", signature="enc", source="openai_responses", id="rs_1"),
        ToolCallPart(name="f", id="t1", arguments={}, signature="sig2", source="anthropic"),
    )


def test_media_and_refusals() -> None:
    assert said(
        MediaDelta("image", 3, mime_type="image/png", data="AAAA"),
        MediaDelta("audio", 3, file_id="audio_1"),
        RefusalDelta("no"),
    ) == [{"inlineData": {"mimeType": "image/png", "data": "AAAA"}}, {"text": "no"}]


def test_every_choice_has_its_end() -> None:
    last = written(TextDelta("a", 1), TextDelta("b", 0), Stop("stop", 1), Stop("length", 0))[-1]
    assert [(c["index"], c["finishReason"]) for c in last["candidates"]] == [
        (0, "MAX_TOKENS"),
        (1, "STOP"),
    ]


def test_an_error_is_the_last_event() -> None:
    fault = Fault(503, "busy", "overloaded_error")
    event = StreamWriter(CONTEXT).error(fault)
    assert event.startswith(b'data: {"error":')
    assert events_of(event)[0]["error"]["status"] == "UNAVAILABLE"


def test_the_list_form_is_one_json_value() -> None:
    writer = ArrayWriter(CONTEXT)
    stream = writer.write(TextDelta("a")) + writer.write(TextDelta("b")) + writer.end()
    listed = json.loads(stream)
    assert [e["candidates"][0]["content"]["parts"][0]["text"] for e in listed] == ["a", "b", ""]
    broken = ArrayWriter(CONTEXT)
    stream = broken.write(TextDelta("a")) + broken.error(Fault(500, "m"))
    assert json.loads(stream)[1]["error"]["message"] == "m"
    assert json.loads(ArrayWriter(CONTEXT).error(Fault(500, "m")))[0]["error"]["code"] == 500


choices, indices = st.integers(0, 2), st.integers(0, 2)
texts = st.text(max_size=5)
signatures = st.sampled_from(["", "QUJD", "sig"])
sources = st.sampled_from(["", "gemini", "anthropic"])
deltas = st.one_of(
    st.builds(Start, texts, texts),
    st.builds(TextDelta, texts, choices),
    st.builds(RefusalDelta, texts, choices),
    st.builds(ReasoningDelta, texts, choices, signatures, st.booleans(), sources, texts),
    st.builds(ToolStart, indices, texts, texts, choices, signatures, sources),
    st.builds(
        ToolArguments, indices, st.sampled_from(["{", "}", "{}", '{"a":1}', "x", ""]), choices
    ),
    st.builds(ToolEnd, indices, choices),
    st.builds(
        MediaDelta, st.sampled_from(["image", "audio", "odd"]), st.integers(0, 9), choices, texts,
        texts, st.sampled_from(["", "AAAA"]),
    ),
    st.builds(UsageDelta, st.just(Usage(input_uncached=1, output_text=2))),
    st.builds(Stop, st.sampled_from(["stop", "tool_call", "novel"]), choices, texts),
    st.just(End()),
    st.builds(ErrorDelta, texts),
    st.builds(RawDelta, st.binary(max_size=5)),
)  # fmt: skip


@given(st.lists(deltas, max_size=15))
def test_any_deltas_make_a_valid_stream(sequence: list[Delta]) -> None:
    events = written(*sequence)
    assert all("finishReason" not in c for event in events[:-1] for c in event["candidates"])
    assert all("finishReason" in c for c in events[-1]["candidates"])
    writer = ArrayWriter(CONTEXT)
    listed = b"".join(map(writer.write, sequence)) + writer.end()
    assert json.loads(listed) == events
    assert [json.loads(e.data) for e in ArrayReader().feed(listed) if e.data] == events


@pytest.mark.parametrize("kind", [StreamWriter, ArrayWriter])
def test_what_was_written_is_read_again(kind: type[StreamWriter]) -> None:
    sequence: list[Delta] = [
        Start("r1", "m1"),
        TextDelta("Let me "),
        TextDelta("look."),
        ReasoningDelta("", signature="QUJD", source="gemini"),
        ToolStart(0, "c1", "f"),
        ToolArguments(0, '{"a":1}'),
        Stop("stop"),
        UsageDelta(Usage(input_uncached=3, output_text=2, reasoning=4)),
    ]
    writer = kind(CONTEXT)
    stream = b"".join(map(writer.write, sequence)) + writer.end()
    frames = SSEReader() if kind is StreamWriter else ArrayReader()
    reader = StreamReader()
    answer = assemble(d for e in frames.feed(stream) if e.data for d in reader.read(e.data))
    assert (answer.id, answer.model, answer.finish_reasons) == ("r1", "m1", ("STOP",))
    assert answer.usage == Usage(input_uncached=3, output_text=2, reasoning=4)
    assert answer.messages[0].parts == (
        TextPart(content="Let me look."),
        ReasoningPart(content="", signature="QUJD", source="gemini"),
        ToolCallPart(name="f", id="c1", arguments={"a": 1}),
    )
