"""Events of streamed answers, one oddity at a time."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.assemble import assemble
from vedette.dialects.gemini_stream import StreamReader
from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    MediaDelta,
    RawDelta,
    RawPart,
    ReasoningDelta,
    Start,
    Stop,
    TextDelta,
    TextPart,
    ToolArguments,
    ToolEnd,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage


def read(*events: Any) -> list[Delta]:
    """The deltas of these events but the Start."""
    reader = StreamReader()
    deltas = [delta for event in events for delta in reader.read(json.dumps(event).encode())]
    return [delta for delta in deltas if not isinstance(delta, Start)]


def event(*parts: Any, finish: str = "", index: Any = 0, **more: Any) -> dict[str, Any]:
    candidate: dict[str, Any] = {"content": {"parts": list(parts), "role": "model"}, "index": index}
    if finish:
        candidate["finishReason"] = finish
    return {"candidates": [candidate], **more}


def raw(part: Any) -> RawDelta:
    return RawDelta(msgspec.json.encode({"gemini_part": part}))


def test_what_googles_own_tools_did_is_kept() -> None:
    code = {"executableCode": {"language": "PYTHON", "code": "1+1"}}
    answer = assemble(read(event({"text": "a"}), event(code), event({"text": "b"})))
    assert answer.messages[0].parts == (
        TextPart(content="a"),
        RawPart(content=code, dialect="gemini"),
        TextPart(content="b"),
    )


def test_the_first_event_starts_the_answer() -> None:
    reader = StreamReader()
    first = event({"text": "Hi"}, responseId="r", modelVersion="m")
    assert reader.read(json.dumps(first).encode()) == [Start("r", "m"), TextDelta("Hi")]
    assert reader.read(json.dumps(first).encode()) == [TextDelta("Hi")]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ({"text": "a"}, [TextDelta("a")]),
        ({"text": ""}, []),
        ({}, []),
        ({"text": "a", "thought": True}, [ReasoningDelta("a", source="gemini")]),
        ({"text": "a", "thought": True, "thoughtSignature": "QUJD"},
         [ReasoningDelta("a", signature="QUJD", source="gemini")]),
        ({"text": "", "thought": True}, []),
        ({"thought": True, "thoughtSignature": "QUJD"},
         [ReasoningDelta("", signature="QUJD", redacted=True, source="gemini")]),
        ({"text": "a", "thoughtSignature": "QUJD"},
         [TextDelta("a"), ReasoningDelta("", signature="QUJD", source="gemini")]),
        ({"text": "", "thoughtSignature": "QUJD"},
         [ReasoningDelta("", signature="QUJD", source="gemini")]),
        ({"functionCall": {"name": "f"}},
         [ToolStart(0, "", "f"), ToolArguments(0, "{}"), ToolEnd(0)]),
        ({"functionCall": {"id": "1", "name": "f", "args": {"a": 1.0, "b": [{}]}},
          "thoughtSignature": "QUJD"},
         [ToolStart(0, "1", "f", signature="QUJD", source="gemini"),
          ToolArguments(0, '{"a":1.0,"b":[{}]}'), ToolEnd(0)]),
        ({"inlineData": {"mimeType": "audio/L16;rate=24000", "data": "AAAA"}},
         [MediaDelta("audio", 3, mime_type="audio/L16;rate=24000", data="AAAA")]),
        ({"fileData": {"fileUri": "https://x/a.png", "mimeType": "image/png"},
          "thoughtSignature": "QUJD"},
         [MediaDelta("image", 0, file_id="https://x/a.png", mime_type="image/png"),
          ReasoningDelta("", signature="QUJD", source="gemini")]),
        ({"inlineData": {"data": "AAAA"}, "thought": True},
         [raw({"inlineData": {"data": "AAAA"}, "thought": True})]),
        ({"executableCode": {"code": "1"}}, [raw({"executableCode": {"code": "1"}})]),
    ],
)  # fmt: skip
def test_parts(part: dict[str, Any], expected: list[Delta]) -> None:
    assert read(event(part)) == expected


def test_calls_are_counted_by_choice() -> None:
    call = {"functionCall": {"name": "f", "args": {}}}
    starts = [
        delta
        for delta in read(event(call, call), event(call, index=1), event(call))
        if isinstance(delta, ToolStart)
    ]
    assert [(start.index, start.choice) for start in starts] == [(0, 0), (1, 0), (0, 1), (2, 0)]


def test_arguments_in_pieces_are_told_when_they_are_whole() -> None:
    def call(**fields: Any) -> dict[str, Any]:
        return event({"functionCall": fields})

    city = {"jsonPath": "$.city", "stringValue": "Kö", "willContinue": True}
    rest = {"jsonPath": "$.city", "stringValue": "ln"}
    assert read(
        call(name="f", willContinue=True),
        call(partialArgs=[city], willContinue=True),
        call(partialArgs=[rest], willContinue=True),
        call(),
        call(name="g", args={}),
    ) == [
        ToolStart(0, "", "f"),
        ToolArguments(0, '{"city":"Köln"}'),
        ToolEnd(0),
        ToolStart(1, "", "g"),
        ToolArguments(1, "{}"),
        ToolEnd(1),
    ]


def test_figures_are_told_when_they_change() -> None:
    figures = {"promptTokenCount": 5, "candidatesTokenCount": 1, "totalTokenCount": 6}
    more = {"promptTokenCount": 5, "candidatesTokenCount": 2, "totalTokenCount": 7}
    assert read(
        event({"text": "a"}, usageMetadata=figures),
        event({"text": "b"}, usageMetadata=figures),
        event({"text": "c"}, finish="STOP", usageMetadata=more),
    ) == [
        TextDelta("a"),
        UsageDelta(Usage(input_uncached=5, output_text=1)),
        TextDelta("b"),
        TextDelta("c"),
        Stop("STOP"),
        UsageDelta(Usage(input_uncached=5, output_text=2)),
    ]


def test_why_a_choice_ended() -> None:
    assert read(event(finish="MAX_TOKENS", index=1)) == [Stop("MAX_TOKENS", 1)]
    assert read(event(finish="FINISH_REASON_UNSPECIFIED")) == []
    assert read({"candidates": [{"finishReason": "STOP"}]}) == [Stop("STOP")]
    assert read({"promptFeedback": {"blockReason": "JAILBREAK"}}) == [Stop("SAFETY")]
    assert read({"promptFeedback": {"safetyRatings": []}}) == []


@pytest.mark.parametrize(
    "value",
    [
        {"error": {"code": 503, "message": "busy", "status": "UNAVAILABLE"}},
        [{"error": {"code": 503, "message": "busy", "status": "UNAVAILABLE"}}],
        {"candidates": [], "error": {"code": "503", "message": "busy", "status": "UNAVAILABLE"}},
    ],
)
def test_an_error_in_the_stream(value: Any) -> None:
    assert read(value) == [ErrorDelta("busy", "UNAVAILABLE", "503")]


def test_an_error_without_a_message() -> None:
    assert read({"error": {"code": 500}}) == [ErrorDelta("500", "", "500")]
    assert read({"error": "broken"}) == [ErrorDelta("broken")]


def test_what_does_not_have_the_expected_types_is_read_as_far_as_it_makes_sense() -> None:
    odd = {
        "candidates": [
            {
                "content": {"parts": [{"text": 7}, {"text": "a", "thought": "no"}, "x"]},
                "index": "0",
                "finishReason": None,
            }
        ],
        "usageMetadata": {"promptTokenCount": "5", "candidatesTokenCount": 2},
    }
    assert read(odd) == [
        TextDelta("7"),
        TextDelta("a"),
        raw("x"),
        UsageDelta(Usage(output_text=2)),
    ]
    call = event({"function_call": {"name": "f", "args": {"a_b": 1}}}, index="x")
    assert read(call) == [
        ToolStart(0, "", "f"),
        ToolArguments(0, '{"a_b":1}'),
        ToolEnd(0),
    ]


def test_several_answers_in_one_event() -> None:
    assert read([event({"text": "a"}), event({"text": "b"})]) == [TextDelta("a"), TextDelta("b")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", []),
        (b"[DONE]", [End()]),
        (b"{", [RawDelta(b"{")]),
        (b'{"x":1}', [RawDelta(b'{"x":1}')]),
        (b"[]", []),
        (b"7", [RawDelta(b"7")]),
    ],
)
def test_what_is_no_answer(data: bytes, expected: list[Delta]) -> None:
    assert StreamReader().read(data) == expected


@given(st.binary(max_size=60))
def test_no_bytes_are_an_error(data: bytes) -> None:
    assert isinstance(StreamReader().read(data), list)


names = st.sampled_from(
    ["candidates", "content", "parts", "text", "thought", "thoughtSignature", "functionCall",
     "partialArgs", "willContinue", "args", "name", "index", "finishReason", "usageMetadata",
     "inlineData", "data", "error", "promptFeedback", "promptTokenCount"]
)  # fmt: skip
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5),
    max_leaves=20,
)
parts = st.lists(st.dictionaries(names, values, max_size=4), max_size=3)


@given(
    st.lists(
        values | parts.map(lambda some: event(*some)),
        max_size=3,
    )
)
def test_no_event_is_an_error(events: list[Any]) -> None:
    assert isinstance(read(*events), list)
