from typing import Any

import pytest

from vedette.dialects.gemini_part_writer import call_arguments, write_part, write_parts
from vedette.model.chat import (
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

SIGNED = ReasoningPart(content="", signature="QUJD", source="gemini")


def all_of(extra: dict[str, Any]) -> dict[str, Any]:
    return extra


def written(*parts: Part) -> list[dict[str, Any]]:
    return write_parts(parts, lambda part: write_part(part, all_of))


def test_a_signature_goes_onto_the_text_before_it() -> None:
    assert written(TextPart(content="a"), SIGNED, SIGNED) == [
        {"text": "a", "thoughtSignature": "QUJD"},
        {"text": "", "thoughtSignature": "QUJD"},
    ]


def test_a_signature_alone_stands_alone() -> None:
    alone = {"text": "", "thoughtSignature": "QUJD"}
    assert written(SIGNED) == [alone]
    assert written(ToolCallPart(name="f"), SIGNED)[1] == alone
    assert written(ReasoningPart(content="hm"), SIGNED)[1] == alone


def test_a_redacted_thought_is_marked_as_one() -> None:
    redacted = ReasoningPart(content="", signature="QUJD", redacted=True, source="gemini")
    assert written(TextPart(content="a"), redacted)[1] == {
        "text": "",
        "thought": True,
        "thoughtSignature": "QUJD",
    }


def test_a_call_keeps_what_stood_in_and_beside_it() -> None:
    call = ToolCallPart(
        name="f",
        id="1",
        arguments={"a": 1},
        signature="QUJD",
        source="gemini",
        extra={"functionCall": {"willContinue": True}, "partMetadata": {"m": 1}},
    )
    assert written(call) == [
        {
            "functionCall": {"id": "1", "name": "f", "args": {"a": 1}, "willContinue": True},
            "thoughtSignature": "QUJD",
            "partMetadata": {"m": 1},
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"a": 1}, {"a": 1}),
        (None, {}),
        ("", {}),
        ('{"a": 1}', {"a": 1}),
        ('{"a": ', {"arguments": '{"a": '}),
        ([1], {"arguments": [1]}),
        ("7", {"arguments": 7}),
    ],
)
def test_arguments_are_an_object_whatever_the_model_wrote(arguments: Any, expected: Any) -> None:
    assert call_arguments(arguments) == expected


def test_what_has_no_place_is_none() -> None:
    assert write_part(RawPart(content={"x": 1}, dialect="anthropic"), all_of) is None
    assert write_part(RawPart(content="x", dialect="gemini"), all_of) is None
    assert write_part(ToolResultPart(id="1"), all_of) is None
    assert write_part(RefusalPart(content="no"), all_of) == {"text": "no"}
    raw = {"executableCode": {"code": "1"}}
    assert write_part(RawPart(content=raw, dialect="gemini"), all_of) == raw
