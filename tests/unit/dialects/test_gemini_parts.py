from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.gemini_parts import read_parts
from vedette.model.chat import (
    MediaPart,
    Part,
    RawPart,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

SIGNED = ReasoningPart(content="", signature="QUJD", source="gemini")


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ({"text": "hi"}, [TextPart(content="hi")]),
        ({"text": "hi", "partMetadata": {"a": 1}},
         [TextPart(content="hi", extra={"partMetadata": {"a": 1}})]),
        ({"text": ""}, []),
        ({"text": "hi", "thoughtSignature": "QUJD"}, [TextPart(content="hi"), SIGNED]),
        ({"text": "", "thought_signature": "QUJD"}, [SIGNED]),
        ({"thoughtSignature": "QUJD"}, [SIGNED]),
        ({"text": "hm", "thought": True}, [ReasoningPart(content="hm", source="gemini")]),
        ({"text": "hm", "thought": True, "thoughtSignature": "QUJD"},
         [ReasoningPart(content="hm", signature="QUJD", source="gemini")]),
        ({"thought": True, "thoughtSignature": "QUJD"},
         [ReasoningPart(content="", signature="QUJD", source="gemini", redacted=True)]),
        ({"function_call": {"name": "f", "args": {"a_b": 1}}, "thoughtSignature": "QUJD"},
         [ToolCallPart(name="f", arguments={"a_b": 1}, signature="QUJD", source="gemini")]),
        ({"functionCall": {"id": "1", "name": "f", "willContinue": True}},
         [ToolCallPart(id="1", name="f", arguments={},
                       extra={"functionCall": {"willContinue": True}})]),
        ({"inlineData": {"mimeType": "image/png", "data": "AAAA"}, "thoughtSignature": "QUJD"},
         [MediaPart(modality="image", mime_type="image/png", size_bytes=3, data="AAAA"), SIGNED]),
        ({"inlineData": {"mimeType": "image/png"}, "thought": True},
         [RawPart(content={"inlineData": {"mimeType": "image/png"}, "thought": True},
                  dialect="gemini")]),
        ({"fileData": {"fileUri": "https://x/a", "mimeType": "video/mp4"},
          "videoMetadata": {"fps": 2}},
         [MediaPart(modality="video", mime_type="video/mp4", uri="https://x/a",
                    extra={"videoMetadata": {"fps": 2}})]),
        ({"executableCode": {"code": "1"}, "thoughtSignature": "QUJD"},
         [RawPart(content={"executableCode": {"code": "1"}, "thoughtSignature": "QUJD"},
                  dialect="gemini")]),
        ({}, [RawPart(content={}, dialect="gemini")]),
        ("odd", [TextPart(content="odd")]),
        (None, []),
    ],
)  # fmt: skip
def test_parts(part: Any, expected: list[Part]) -> None:
    assert list(read_parts([part])) == expected


@pytest.mark.parametrize(
    ("response", "result", "is_error"),
    [
        ({"output": "x"}, "x", False),
        ({"output": [1]}, [1], False),
        ({"output": {"a": 1}}, {"output": {"a": 1}}, False),
        ({"error": "bad"}, "bad", True),
        ({"error": {"code": 1}}, {"error": {"code": 1}}, True),
        ({"a": 1, "error": "x"}, {"a": 1, "error": "x"}, False),
        (None, {}, False),
    ],
)
def test_what_a_tool_gave_back(response: Any, result: Any, is_error: bool) -> None:
    part = {"functionResponse": {"id": "1", "name": "f", "response": response}}
    expected = ToolResultPart(id="1", name="f", result=result, is_error=is_error)
    assert list(read_parts([part])) == [expected]


def test_media_of_a_result_stand_behind_its_text() -> None:
    blob = {"mimeType": "image/png", "data": "AAAA"}
    answer = {
        "name": "f",
        "response": {"output": "see"},
        "parts": [{"inline_data": blob}, {"odd": 1}],
        "scheduling": "SILENT",
    }
    picture = MediaPart(modality="image", mime_type="image/png", size_bytes=3, data="AAAA")
    odd = RawPart(content={"odd": 1}, dialect="gemini")
    assert list(read_parts([{"functionResponse": answer}])) == [
        ToolResultPart(
            name="f",
            result="see",
            parts=(TextPart(content="see"), picture, odd),
            extra={"functionResponse": {"scheduling": "SILENT"}},
        )
    ]


names = st.sampled_from(
    ["text", "thought", "thoughtSignature", "functionCall", "functionResponse", "inlineData",
     "fileData", "args", "response", "parts", "data", "x_y"]
)  # fmt: skip
values = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
    max_leaves=15,
)


@given(values)
def test_no_part_is_an_error(value: Any) -> None:
    assert isinstance(list(read_parts([value])), list)
    assert isinstance(list(read_parts(value)), list)
