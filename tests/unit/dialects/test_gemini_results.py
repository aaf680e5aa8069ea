from typing import Any

import pytest

from vedette.dialects.gemini_results import write_result
from vedette.model.chat import MediaPart, RawPart, TextPart, ToolResultPart

PICTURE = MediaPart(modality="image", mime_type="image/png", data="AAAA")
BLOB = {"inlineData": {"mimeType": "image/png", "data": "AAAA"}}


def written(result: ToolResultPart, *, inside: bool = True) -> list[dict[str, Any]]:
    return write_result(result, "1", "f", lambda extra: extra, media_inside=inside)


@pytest.mark.parametrize(
    ("result", "response"),
    [
        (ToolResultPart(result="x"), {"output": "x"}),
        (ToolResultPart(result={"a": 1}), {"a": 1}),
        (ToolResultPart(result=[1, 2]), {"output": [1, 2]}),
        (ToolResultPart(), {"output": ""}),
        (ToolResultPart(result="bad", is_error=True), {"error": "bad"}),
        (ToolResultPart(result={"a": 1}, is_error=True), {"error": {"a": 1}}),
        (ToolResultPart(result={"error": 1}, is_error=True), {"error": 1}),
        (
            ToolResultPart(result=[{}], parts=(TextPart(content="a"), TextPart(content="b"))),
            {"output": "a\nb"},
        ),
    ],
)
def test_a_result_is_an_object(result: ToolResultPart, response: dict[str, Any]) -> None:
    expected = {"functionResponse": {"id": "1", "name": "f", "response": response}}
    assert written(result) == [expected]


def test_media_stand_inside_or_beside_by_model() -> None:
    result = ToolResultPart(result="x", parts=(TextPart(content="x"), PICTURE))
    answer = {"id": "1", "name": "f", "response": {"output": "x"}}
    assert written(result) == [{"functionResponse": answer | {"parts": [BLOB]}}]
    assert written(result, inside=False) == [{"functionResponse": answer}, BLOB]


def test_extras_and_raw_parts_of_its_own_dialect_stay() -> None:
    raw = RawPart(content={"odd": 1}, dialect="gemini")
    extra = {"functionResponse": {"scheduling": "SILENT"}, "partMetadata": {"m": 1}}
    assert written(ToolResultPart(result="x", parts=(raw,), extra=extra)) == [
        {
            "functionResponse": {
                "id": "1",
                "name": "f",
                "response": {"output": "x"},
                "parts": [{"odd": 1}],
                "scheduling": "SILENT",
            },
            "partMetadata": {"m": 1},
        }
    ]
